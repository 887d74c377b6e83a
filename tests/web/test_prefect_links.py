"""From the workbench to the run of a case in Prefect: for who watches over the process, where the settings say so."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.conftest import NOW
from tests.support.cases import new_case
from tests.web.browser import Browser
from tests.web.conftest import Unit
from woo.clock import FixedClock
from woo.services import projection
from woo.services.work import Database
from woo.settings import Settings
from woo.web.workbench import create_app

RUN = uuid.UUID(int=7)
LINK = f"https://prefect.example/v2/runs/flow-run/{RUN}"


def screens(unit: Unit, login: str, *, days: int = 60, address: str = "https://prefect.example/") -> tuple[str, str]:
    """The board and the case some days later, when the case has a run and another case has none."""
    home = unit.database.settings.home
    database = Database(Settings(home=home, prefect_ui_url=address), FixedClock(NOW + timedelta(days=days)))
    with database.work() as work:
        projection.remember_run(work, unit.case_id, RUN, "")
    new_case(database, unit.people, subject="een andere zaak")
    app = create_app(database)
    browser = Browser(TestClient(app, follow_redirects=False)).sign_in(login)
    pages = browser.get("/zaken").text, browser.get(unit.case).text
    app.state.house.images.close()
    database.engine.dispose()
    return pages


@pytest.mark.parametrize("login", ["coordinator", "administrator"])
def test_a_late_case_leads_to_its_run_from_the_board_and_from_its_page(reviewing: Unit, login: str) -> None:
    board, case = screens(reviewing, login)

    assert board.count("/v2/runs/flow-run/") == board.count(LINK) == 1  # the other case is late too, and has no run
    assert LINK in case


def test_a_case_in_time_has_its_link_on_its_own_page_only(reviewing: Unit) -> None:
    board, case = screens(reviewing, "coordinator", days=0)

    assert LINK not in board
    assert LINK in case


def test_a_jurist_is_not_sent_to_prefect(reviewing: Unit) -> None:
    board, case = screens(reviewing, "jurist")

    assert LINK not in board + case


def test_without_the_setting_there_is_no_link(reviewing: Unit) -> None:
    board, case = screens(reviewing, "coordinator", address="")

    assert "flow-run" not in board + case
