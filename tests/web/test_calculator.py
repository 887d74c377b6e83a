"""The calculator: every kind of term, with its events, computed without storing anything."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from lxml import html

from tests.web.conftest import Unit
from woo.web.workbench.calculator import ADDRESS, KINDS


def ask(unit: Unit, **fields: str) -> tuple[int, str]:
    answer = unit.browser("coordinator").get(f"{ADDRESS}?{urlencode(fields)}")
    return answer.status_code, answer.text


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_term_is_computed_with_its_sum(reviewing: Unit, kind: str) -> None:
    extra = {"gestelde_termijn-1-einde": "2026-05-20"} if "enquête" in kind else {}
    status, page = ask(reviewing, soort=kind, begin="2026-04-21", **extra)

    assert status == 200
    assert "De som: 21-04-2026 + " in page


@pytest.mark.parametrize(
    ("kind", "begin", "events", "says"),
    [
        ("actieve openbaarmaking", "2026-04-21", {}, "Uiterlijk 6 mei 2026"),
        ("actieve openbaarmaking onderzoek", "2026-04-21", {}, "Uiterlijk 19 mei 2026"),
        ("parlementaire enquête", "2026-01-05", {"gestelde_termijn-1-einde": "2026-01-17"},
         "Uiterlijk 17 januari 2026"),
        ("beroep niet tijdig vanaf", "2026-03-09", {}, "Niet eerder dan 24 maart 2026"),
        ("beslistermijn", "2026-01-12", {"verdaging-1-medegedeeld": "2026-02-04", "verdaging-1-dagen": "14"},
         "Uiterlijk 23 februari 2026"),
        ("beslistermijn", "2026-06-01",
         {"zienswijze-1-mededeling_verzoeker": "2026-06-10", "zienswijze-1-einde": "2026-06-24",
          "zienswijze-2-mededeling_verzoeker": "2026-06-20", "zienswijze-2-einde": "2026-07-04"},
         "Uiterlijk 23 juli 2026"),
        ("beslissing op bezwaar", "2026-05-18",
         {"verzuim-1-uitnodiging": "2026-05-20", "verzuim-1-antwoordtermijn": "2026-06-01",
          "verzuim-1-hersteld": "2026-05-25"}, "Uiterlijk 3 juli 2026"),
        ("beslistermijn", "2028-12-20", {}, "Deze datum ligt daarbuiten"),
    ],
)
def test_a_term_is_computed_with_its_events(
    reviewing: Unit, kind: str, begin: str, events: dict[str, str], says: str
) -> None:
    status, page = ask(reviewing, soort=kind, begin=begin, **events)

    assert status == 200
    assert says in page


def test_after_one_zienswijze_there_is_room_for_another(reviewing: Unit) -> None:
    _, page = ask(reviewing, soort="beslistermijn", begin="2026-06-01",
                  **{"zienswijze-1-mededeling_verzoeker": "2026-06-10", "zienswijze-1-einde": "2026-06-24"})
    names = set(html.fromstring(page).xpath("//input/@name"))

    assert "zienswijze-2-einde" in names
    assert "zienswijze-3-einde" not in names


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"soort": "wens", "begin": "2026-04-21"}, "kennen wij niet"),
        ({"soort": "beslistermijn", "begin": "morgen"}, "klopt niet"),
        ({"soort": "antimisbruikbesluit", "begin": "2022-04-30"}, "geldt vanaf"),
        ({"soort": "beslistermijn", "begin": "2026-01-12", "overmacht-1-van": "2026-01-13",
          "overmacht-1-tot_en_met": "2190-01-01"}, "te ver weg"),
        ({"soort": "parlementaire enquête", "begin": "2026-01-12"}, "gestelde termijn"),
        ({"soort": "beslistermijn", "begin": "9" * 3000}, "te lang"),
        ({"soort": "<script>alert(1)</script>", "begin": "2026-04-21"}, "kennen wij niet"),
    ],
)
def test_what_cannot_be_computed_is_refused_in_plain_dutch(reviewing: Unit, fields: dict[str, str], says: str) -> None:
    status, page = ask(reviewing, **fields)

    assert status == 422
    assert says in page
    assert "Er is niets opgeslagen." not in page
    assert "<script>alert" not in page


def test_the_calculator_needs_a_session(reviewing: Unit) -> None:
    assert reviewing.visitor.get(ADDRESS).status_code == 303
