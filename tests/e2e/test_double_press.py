"""A double click on a button that sends a request: one case, one message."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from models import Case
from tests.conftest import NOW
from tests.e2e.conftest import Site, serve
from tests.e2e.pages import Screen
from woo.clock import FixedClock
from woo.services import intake
from woo.web.public.app import create_app as create_public_app

pytestmark = pytest.mark.browser
Open = Callable[..., Screen]


def cases_in(site: Site) -> int:
    """How many cases there are."""
    with site.database.reading() as work:
        return work.session.scalar(select(func.count()).select_from(Case)) or 0


def press_twice(window: Screen, label: str, then: str) -> None:
    """A double click, as quick as a hand is; waits for the words that come after it."""
    window.page.get_by_role("button", name=label, exact=True).dblclick(delay=20)
    window.page.get_by_text(then).first.wait_for()


def test_a_double_click_on_registreren_is_one_case(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base).sign_in("coordinator").open("/zaken/nieuw")
    window.page.select_option("#kanaal", "post")
    for field, text in (("ontvangen", "2026-06-10"), ("onderwerp", "Drones"), ("tekst", "Alles."), ("naam", "Sam")):
        window.page.fill(f"#{field}", text)
    before = cases_in(reviewing)

    press_twice(window, "Registreren", "Het verzoek is geregistreerd.")

    assert cases_in(reviewing) == before + 1


def test_a_double_click_on_the_public_form_is_one_request(reviewing: Site, screen: Open) -> None:
    settings = reviewing.database.settings
    app = create_public_app(settings.public_root, settings.inbox_root, "http://127.0.0.1", clock=FixedClock(NOW))
    address, stop = serve(app)
    before = cases_in(reviewing)
    try:
        window = screen(address).open("/verzoek")
        for field, text in (("subject", "Drones"), ("question", "Alles over drones."), ("name", "Sam")):
            window.page.fill(f"#{field}", text)
        window.page.fill("#email", "sam@voorbeeld.nl")
        press_twice(window, "Verzoek versturen", "WV-")
    finally:
        stop()

    taken = intake.empty_inbox(reviewing.database)

    assert len(taken) == 1
    assert cases_in(reviewing) == before + 1
