"""The page of a term: the sum as a table, and "wat als" that stores nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from models import AuditEvent, Case, CaseEvent
from tests.web.conftest import Unit
from woo.services import legal_facts
from woo.web.workbench.calculator import blocks_of


def counts(unit: Unit) -> tuple[int, int]:
    with unit.database.reading() as work:
        return tuple(work.session.scalar(select(func.count()).select_from(m)) or 0 for m in (CaseEvent, AuditEvent))


def test_the_term_stands_there_as_picture_and_as_sum(reviewing: Unit) -> None:
    page = reviewing.browser("coordinator").get(f"{reviewing.case}/termijn").text

    assert "Uiterlijk" not in page
    assert "29-06-2026" in page
    assert "Woo 4.4 lid 1" in page
    assert 'class="woo-timeline"' in page


def test_what_is_supposed_is_computed_and_nothing_is_stored(reviewing: Unit) -> None:
    before = counts(reviewing)
    browser = reviewing.browser("jurist")
    signed_in = counts(reviewing)
    answer = browser.get(
        f"{reviewing.case}/termijn?verdaging=ja&zienswijze-1-mededeling_verzoeker=2026-06-10&zienswijze-1-einde=2026-06-22"
    )

    assert answer.status_code == 200
    assert "Uiterlijk 27 juli 2026" in answer.text
    assert "Dat is 28 dagen (20 werkdagen) later dan nu." in answer.text
    assert before[0] == counts(reviewing)[0]
    assert signed_in == counts(reviewing)


SUPPOSED = {
    "ontvangst": "ontvangst-1-datum=2026-06-04",
    "precisering": "precisering-1-uitnodiging=2026-06-05&precisering-1-gepreciseerd=2026-06-12"
    "&precisering-1-antwoordtermijn=2026-06-19",
    "aanvulling": "aanvulling-1-uitnodiging=2026-06-05&aanvulling-1-aangevuld=2026-06-12"
    "&aanvulling-1-antwoordtermijn=2026-06-19",
    "zienswijze": "zienswijze-1-mededeling_verzoeker=2026-06-10&zienswijze-1-einde=2026-06-22"
    "&zienswijze-2-mededeling_verzoeker=2026-06-23&zienswijze-2-einde=2026-06-30",
    "instemming_uitstel": "instemming_uitstel-1-schriftelijk=2026-06-10&instemming_uitstel-1-van=2026-06-11"
    "&instemming_uitstel-1-tot_en_met=2026-06-20",
    "vertraging_aanvrager": "vertraging_aanvrager-1-van=2026-06-11&vertraging_aanvrager-1-tot_en_met=2026-06-20",
    "overmacht": "overmacht-1-van=2026-06-11&overmacht-1-tot_en_met=2026-06-20&overmacht-1-medegedeeld=2026-06-11",
    "buitenlandse_informatie": "buitenlandse_informatie-1-mededeling=2026-06-11"
    "&buitenlandse_informatie-1-ontvangen=2026-06-20",
}


def test_everything_that_moves_the_term_in_the_calculator_can_be_supposed(reviewing: Unit) -> None:
    known = {block.prefix.rsplit("-", 1)[0] for block in blocks_of("beslistermijn", {})}

    assert known == {*SUPPOSED, "verdaging"}
    page = reviewing.browser("jurist").get(f"{reviewing.case}/termijn").text
    assert all(f'name="{name.split("=")[0]}"' in page for query in SUPPOSED.values() for name in query.split("&")[:1])


@pytest.mark.parametrize("query", SUPPOSED.values(), ids=SUPPOSED.keys())
def test_what_is_supposed_gives_the_day_that_the_calculator_gives(reviewing: Unit, query: str) -> None:
    browser = reviewing.browser("jurist")
    alone = browser.get(f"/termijnen/rekenen?soort=beslistermijn&begin=2026-06-01&{query}").text
    here = browser.get(f"{reviewing.case}/termijn?{query}").text

    said = re.compile(r"Uiterlijk (\d+ \w+ 2026)")
    assert said.findall(alone)[:1] == said.findall(here)[:1] != ["29 juni 2026"]


def test_the_answer_to_a_running_zienswijze_can_be_supposed(reviewing: Unit) -> None:
    with reviewing.database.work(reviewing.people.jurist) as work:
        case = work.session.get_one(Case, reviewing.case_id)
        today = work.clock.today()
        legal_facts.record_fact(work, case, "zienswijze", today, {"mededeling_verzoeker": today.isoformat()})
    page = reviewing.browser("jurist").get(f"{reviewing.case}/termijn?antwoord=2026-06-25").text

    assert "Uiterlijk 9 juli 2026" in page  # 16 t/m 25 juni: 10 dagen


def test_dates_that_cannot_be_are_refused_in_plain_dutch(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    wrong = [
        "zienswijze-1-mededeling_verzoeker=morgen",
        "zienswijze-1-mededeling_verzoeker=2026-06-22&zienswijze-1-einde=2026-06-10",
        "zienswijze-1-mededeling_verzoeker=2020-01-01&zienswijze-1-einde=2020-02-01",
        "instemming_uitstel-1-schriftelijk=2026-06-15&instemming_uitstel-1-van=2026-06-16"
        "&instemming_uitstel-1-tot_en_met=2190-01-01",
        "antwoord=" + "9" * 4000,
    ]
    for query in wrong:
        answer = browser.get(f"{reviewing.case}/termijn?{query}")
        assert answer.status_code == 422, query
        assert 'role="alert"' in answer.text
        assert "29-06-2026" in answer.text


def test_the_page_needs_a_session(reviewing: Unit) -> None:
    assert reviewing.visitor.get(f"{reviewing.case}/termijn").status_code == 303


def test_the_history_tells_what_each_fact_did_to_the_last_day(reviewing: Unit) -> None:
    with reviewing.database.work(reviewing.people.jurist) as work:
        case = work.session.get_one(Case, reviewing.case_id)
        told = {"medegedeeld": "2026-06-12", "dagen": 14}
        fact = legal_facts.record_fact(work, case, "verdaging", date(2026, 6, 12), told, note="De omvang.")
    with reviewing.database.work(reviewing.people.jurist) as work:
        legal_facts.withdraw_fact(work, work.session.get_one(Case, reviewing.case_id), fact.id, "Verkeerde zaak.")
    page = reviewing.browser("jurist").get(f"{reviewing.case}/geschiedenis").text

    assert "Verzoek ontvangen (1 juni 2026). Laatste dag: 29 juni 2026<" in page
    assert "De omvang. Laatste dag: 13 juli 2026 (was 29 juni 2026)<" in page
    assert "Verkeerde zaak. Laatste dag: 29 juni 2026 (was 13 juli 2026)<" in page


def test_the_history_tells_the_other_terms_that_a_fact_set_going(reviewing: Unit) -> None:
    with reviewing.database.work(reviewing.people.jurist) as work:
        case = work.session.get_one(Case, reviewing.case_id)
        decided = {"bekendgemaakt": "2026-06-05", "over": "de mails", "bezwaar_verwacht": True}
        legal_facts.record_fact(work, case, "deelbesluit", date(2026, 6, 5), decided)
    page = reviewing.browser("jurist").get(f"{reviewing.case}/geschiedenis").text

    assert "Informatie verstrekken: vanaf 19 juni 2026" in page
    assert "Bezwaar maken: 17 juli 2026" in page
