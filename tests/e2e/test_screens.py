"""Every screen in a real browser: accessible (axe), silent, from one origin, no sideways scrolling at 320 pixels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.conftest import Site
from tests.e2e.pages import Screen
from tests.web import world

pytestmark = pytest.mark.browser
Open = Callable[..., Screen]


def look(window: Screen, address: str, wait: bool = False) -> None:
    """Open a screen and hold it to the bars."""
    (window.review if wait else window.open)(address)

    assert window.violations() == [], address
    assert window.width_at_320() <= 320, address


def test_the_login_page(reviewing: Site, screen: Open) -> None:
    look(screen(reviewing.base), "/inloggen")


@pytest.mark.parametrize("path", ["/zaken", "/termijnen", "/zaken/nieuw", "/profiel"])
def test_the_common_screens(reviewing: Site, screen: Open, path: str) -> None:
    look(screen(reviewing.base).sign_in("jurist"), path)


@pytest.mark.parametrize(
    "path", ["", "/geschiedenis", "/bronnen", "/feiten/verdaging", "/zoeken", "/akkoord", "/besluit", "/publicatie"]
)
def test_the_screens_of_a_case_in_review(reviewing: Site, screen: Open, path: str) -> None:
    look(screen(reviewing.base).sign_in("jurist"), reviewing.case + path)


def test_the_review_page(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base).sign_in("jurist")
    look(window, f"{reviewing.case}/beoordelen", wait=True)
    window.keys("a", "x")
    assert window.violations() == []
    window.keys("?")
    assert window.violations() == []


def test_the_results_of_a_search(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base).sign_in("jurist").open(f"{reviewing.case}/zoeken")
    window.page.fill("#q", "meldpunt")
    window.press("Zoeken")

    assert "3 treffers" in window.text() or "treffers" in window.text()
    assert window.violations() == []
    assert window.width_at_320() <= 320


@pytest.mark.parametrize("login", ["jurist", "second_jurist"])
def test_the_screens_of_the_second_reader(burned: Site, screen: Open, login: str) -> None:
    window = screen(burned.base).sign_in(login)
    look(window, f"{burned.case}/akkoord")
    window.page.click("tbody th a")
    assert window.violations() == []
    assert window.width_at_320() <= 320


def test_the_besluit_with_its_draft(drafted: Site, screen: Open) -> None:
    look(screen(drafted.base).sign_in("jurist"), f"{drafted.case}/besluit")


def test_the_publication_before_and_after(drafted: Site, screen: Open) -> None:
    world.take(drafted.database, drafted.people, drafted.case_id)
    window = screen(drafted.base).sign_in("communication")
    look(window, f"{drafted.case}/publicatie")
    window.press("Publiceren")
    world.publish(drafted.database, drafted.case_id)
    look(window, f"{drafted.case}/publicatie")
    assert "Gepubliceerd op" in window.text()


def test_a_refusal_is_a_page_to_read(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base).sign_in("communication").open(f"{reviewing.case}/beoordelen")

    assert "U mag de documenten van deze zaak niet bekijken." in window.text()
    assert window.violations() == []
    assert [line for line in window.noise if "403" not in line] == []  # Chromium itself notes the status
    window.noise.clear()


def test_typing_filters_the_board_in_the_browser_and_sends_nothing(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base).sign_in("jurist")
    sent: list[str] = []
    window.page.on("request", lambda r: sent.append(r.url) if "/static/" not in r.url else None)
    window.page.fill("#zoek", "bestaat niet")
    hidden = window.page.is_hidden("tbody tr")
    window.page.fill("#zoek", "MELDPUNT")

    assert hidden
    assert window.page.is_visible("tbody tr")
    assert sent == []


def test_the_focus_can_be_seen(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base).sign_in("jurist")
    window.keys("Tab")
    assert window.page.evaluate("document.activeElement.className").startswith("nl-skip-link")
    window.keys("Tab", "Tab")

    assert window.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
