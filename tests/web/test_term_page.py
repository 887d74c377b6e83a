"""The page of a term: the sum as a table, and "wat als" that stores nothing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from models import AuditEvent, Case, CaseEvent
from tests.web.conftest import Unit
from woo.services import legal_facts


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
        f"{reviewing.case}/termijn?verdaging=ja&zienswijze-mededeling_verzoeker=2026-06-10&zienswijze-einde=2026-06-22"
    )

    assert answer.status_code == 200
    assert "Uiterlijk 27 juli 2026" in answer.text
    assert "Dat is 28 dagen (20 werkdagen) later dan nu." in answer.text
    assert before[0] == counts(reviewing)[0]
    assert signed_in == counts(reviewing)


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
        "zienswijze-mededeling_verzoeker=morgen",
        "zienswijze-mededeling_verzoeker=2026-06-22&zienswijze-einde=2026-06-10",
        "zienswijze-mededeling_verzoeker=2020-01-01&zienswijze-einde=2020-02-01",
        "instemming_uitstel-schriftelijk=2026-06-15&instemming_uitstel-van=2026-06-16"
        "&instemming_uitstel-tot_en_met=2190-01-01",
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
