"""The deadlines and the figures on screen: filters, pages, heat, gaps, files; for everybody who is signed in."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from lxml import html

from models import Case
from tests.support.cases import new_case
from tests.web.conftest import Unit
from woo.services import legal_facts, overview
from woo.services.standings import NOBODY
from woo.web.workbench.heat import Heat, heat_svg


def numbers(page: str) -> list[str]:
    """The cases in the list, in order."""
    return re.findall(r'scope="row"><a class="nl-link" href="/zaken/([\d-]+)"', page)


def test_filters_and_pages_of_the_board_survive_turning_the_page(
    reviewing: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "PAGE", 2)
    for n in range(4):
        new_case(reviewing.database, reviewing.people, subject=f"zaak {n}", directorate="PG & co")
    browser, found = reviewing.browser("jurist"), []
    address = "/zaken?directie=PG+%26+co"
    while address:
        page = browser.get(address).text
        found += numbers(page)
        link = html.fromstring(page).xpath("//a[@rel='next']/@href")
        address = link[0] if link else ""
    assert len(found) == len(set(found)) == 4
    assert "4 zaken van 5" in page


def test_a_page_number_that_means_nothing_is_the_first_or_the_last(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    for page in ("0", "-1", "99", "x", "9" * 400, "²"):
        for path in ("/zaken", "/termijnen"):
            answer = browser.get(f"{path}?bladzijde={page}")
            assert answer.status_code == 200
            assert numbers(answer.text) == [reviewing.number]


def test_the_deadlines_can_be_filtered_and_say_what_lies_still(reviewing: Unit) -> None:
    new_case(reviewing.database, reviewing.people, subject="iets anders", directorate="PG")
    browser = reviewing.browser("coordinator")
    page = browser.get("/termijnen").text

    assert "2 lopende zaken" in page
    assert "Ligt stil sinds" in page
    assert "vandaag nog aan gewerkt" in page
    assert numbers(browser.get("/termijnen?directie=DGRR").text) == [reviewing.number]
    assert numbers(browser.get("/termijnen?fase=review").text) == [reviewing.number]
    assert numbers(browser.get("/termijnen?week=2026-30").text) == []
    assert len(numbers(browser.get(f"/termijnen?jurist={NOBODY}&week=2026-27").text)) == 2


def test_the_term_of_a_court_stands_beside_the_statutory_one_until_there_is_a_besluit(reviewing: Unit) -> None:
    with reviewing.database.work(reviewing.people.jurist) as work:
        case = work.session.get_one(Case, reviewing.case_id)
        ruling = {"verzonden": "2026-06-12", "over": "verzoek", "uitkomst": "gegrond", "termijn_tot": "2026-09-01"}
        legal_facts.record_fact(work, case, "uitspraak_niet_tijdig", date(2026, 6, 12), ruling)

    assert "Rechter: uiterlijk 01-09-2026" in reviewing.browser("coordinator").get("/termijnen").text


def test_every_count_in_the_heat_table_leads_to_that_many_cases(reviewing: Unit) -> None:
    for n in range(3):
        new_case(reviewing.database, reviewing.people, subject=f"zaak {n}", directorate="PG")
    browser = reviewing.browser("coordinator")
    links = html.fromstring(browser.get("/termijnen").text).xpath("//details//td/a")

    assert sorted(int(a.xpath("text()")[0]) for a in links) == [1, 3]
    for link in links:
        assert len(numbers(browser.get(link.get("href")).text)) == int(link.xpath("text()")[0])


def test_a_directorate_with_hostile_text_is_shown_as_text(reviewing: Unit) -> None:
    new_case(reviewing.database, reviewing.people, directorate='"><script>alert(1)</script>')
    browser = reviewing.browser("coordinator")
    for path in ("/termijnen", "/cijfers", "/zaken"):
        assert "<script>alert" not in browser.get(path).text
    heat = Heat([("a", '<b onclick="x">')], [("w", "wk 1")], {("a", "w"): 1}, {})
    assert "<b" not in heat_svg(heat)


def test_the_darkest_cell_is_the_fullest_and_an_empty_one_is_empty() -> None:
    cells = {("a", "w"): 1, ("b", "w"): 40}
    svg = heat_svg(Heat([("a", "A"), ("b", "B"), ("c", "C")], [("w", "wk 1")], cells, {}))

    assert re.findall(r"woo-heat__cell--(\d)", svg) == ["1", "4", "0"]
    assert re.findall(r'text-anchor="middle">([^<]+)</text>', svg) == ["wk 1", "1", "40"]


@pytest.mark.parametrize("login", ["jurist", "coordinator", "specialist", "communication", "administrator"])
def test_figures_are_for_everybody_and_hold_no_names(reviewing: Unit, login: str) -> None:
    page = reviewing.browser(login).get("/cijfers").text

    assert "Verzoeken met de dag van ontvangst in de maand." in page
    assert "Sietske" not in page
    assert "J. Eerste" not in page.replace("J. Eerste</a>", "")  # the visitor's own name stands in the frame


def test_figures_come_as_files_with_the_same_choice(reviewing: Unit) -> None:
    new_case(reviewing.database, reviewing.people, directorate="PG")
    browser = reviewing.browser("coordinator")
    links = html.fromstring(browser.get("/cijfers?jaar=2026&directie=PG").text).xpath("//form//a/@href")
    table, book = (browser.get(link) for link in links)

    assert list(csv.reader(io.StringIO(table.text)))[-1][2] == "1"
    assert table.headers["content-type"].startswith("text/csv")
    assert zipfile.ZipFile(io.BytesIO(book.content)).testzip() is None
    assert book.headers["content-disposition"] == 'attachment; filename="woo-cijfers.ods"'


@pytest.mark.parametrize("path", ["/cijfers", "/cijfers.csv", "/cijfers.ods", "/termijnen"])
def test_nothing_of_it_opens_without_a_session(reviewing: Unit, path: str) -> None:
    assert reviewing.visitor.get(path).status_code == 303
