"""The clock in a real browser: accessible, silent, and readable on 320 pixels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from models import Case
from tests.e2e.conftest import Site
from tests.e2e.pages import Screen
from tests.e2e.test_screens import look
from tests.support.cases import new_case
from woo.services import legal_facts

pytestmark = pytest.mark.browser
Open = Callable[..., Screen]
SUPPOSED = "verdaging=ja&zienswijze-mededeling_verzoeker=2026-06-10&zienswijze-einde=2026-06-22"


@pytest.mark.parametrize("path", ["/termijnen", "/termijnen?week=laat", "/juristen", "/cijfers"])
def test_the_screens_of_the_unit(reviewing: Site, screen: Open, path: str) -> None:
    new_case(reviewing.database, reviewing.people, directorate="Directoraat-generaal Rechtspleging")
    look(screen(reviewing.base).sign_in("coordinator"), path)


@pytest.mark.parametrize(
    "query",
    ["", "?soort=beslistermijn&begin=2026-06-01", "?soort=actieve+openbaarmaking&begin=2026-04-21",
     "?soort=parlementaire+enqu%C3%AAte"],
)
def test_the_calculator(reviewing: Site, screen: Open, query: str) -> None:
    look(screen(reviewing.base).sign_in("coordinator"), f"/termijnen/rekenen{query}")


def test_a_case_with_terms_of_every_sort(reviewing: Site, screen: Open) -> None:
    facts = (
        ("deelbesluit", "2026-06-02", {"bekendgemaakt": "2026-06-02", "over": "de mails", "bezwaar_verwacht": True}),
        ("bezwaar", "2026-06-05", {"ontvangen": "2026-06-05", "besluit_van": "2026-06-02"}),
        ("ingebrekestelling", "2026-06-08", {"ontvangen": "2026-06-08", "over": "verzoek"}),
        ("vordering", "2026-06-09", {"gevorderd": "2026-06-09", "bij": "een adviesbureau"}),
    )
    with reviewing.database.work(reviewing.people.jurist) as work:
        for kind, day, data in facts:
            case = work.session.get_one(Case, reviewing.case_id)
            legal_facts.record_fact(work, case, kind, date.fromisoformat(day), data)
    window = screen(reviewing.base).sign_in("jurist").open(reviewing.case)
    window.page.get_by_text("Voorbij of gedaan").click()

    assert "Ingebrekestelling zonder gevolg" in window.text()
    assert "Beslissen op bezwaar" in window.text()
    assert window.violations() == []
    assert window.width_at_320() <= 320


def test_a_fact_is_entered_with_the_keyboard_alone(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base).sign_in("jurist").open(f"{reviewing.case}/feiten/ingebrekestelling")
    assert window.violations() == []
    window.page.fill("#ontvangen", "2026-06-12")
    window.page.focus("#over")
    window.keys("ArrowDown")
    window.page.focus("#ontvangen")
    window.keys("Enter")
    window.page.wait_for_url("**gedaan=feit**")

    assert "Ingebrekestelling ontvangen" in window.text()


@pytest.mark.parametrize("query", ["", f"?{SUPPOSED}", "?zienswijze-einde=2026-06-01"])
def test_the_term_of_a_case(reviewing: Site, screen: Open, query: str) -> None:
    window = screen(reviewing.base).sign_in("jurist")
    window.open(f"{reviewing.case}/termijn{query}")
    assert window.violations() == []
    assert window.width_at_320() <= 320
    if "zienswijze-einde=2026-06-01" in query:
        window.noise[:] = [line for line in window.noise if "422" not in line]  # Chromium itself notes the status


def test_what_if_works_without_script(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base, java_script_enabled=False).sign_in("jurist").open(f"{reviewing.case}/termijn")
    window.page.check("#verdaging")
    window.press("Reken uit")

    assert "Dat is 14 dagen" in window.text()


def test_the_letters_of_the_timeline_can_be_read_on_a_small_screen(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base, viewport={"width": 320, "height": 640}).sign_in("jurist").open(reviewing.case)
    heights = window.page.eval_on_selector_all(
        ".woo-timeline text", "all => all.map(t => t.getBoundingClientRect().height)"
    )
    right = window.page.eval_on_selector_all(
        ".woo-timeline text", "all => Math.max(...all.map(t => t.getBoundingClientRect().right))"
    )

    assert min(heights) >= 11
    assert right <= 320


def test_cases_are_assigned_with_the_keyboard_alone(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base, java_script_enabled=False).sign_in("coordinator").open("/termijnen")
    window.page.focus("input[name=zaak]")
    window.keys("Space")
    window.page.focus("input[name=naar]")
    window.keys("Space", "Enter")
    window.page.wait_for_url("**gedaan=zaken-toegewezen")

    assert "De gekozen zaken zijn toegewezen." in window.text()
    assert "1 zaak van J. Eerste" in window.page.inner_text(".woo-desks").replace("\n", " ")


def test_rows_that_are_stacked_on_a_small_screen_do_not_overlap(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base, viewport={"width": 320, "height": 640}).sign_in("coordinator").open("/termijnen")
    cells = window.page.eval_on_selector_all(
        ".woo-table-stacked tbody tr > *", "all => all.map(c => [c.clientHeight, c.scrollHeight])"
    )

    assert len(cells) > 5
    assert [shown for shown in cells if shown[1] > shown[0] + 1] == []
    assert window.violations() == []
