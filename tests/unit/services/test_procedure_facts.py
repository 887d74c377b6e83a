"""Facts of the procedure in the case store: recorded with their real date, corrected, and what follows from them."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from models import AuditEvent, Case, OutboxMessage
from tests.support.cases import new_case
from tests.support.people import People
from woo.errors import InputRejected, NotAllowed
from woo.law.lifecycle import Phase
from woo.services import cases, history, legal_facts
from woo.services.work import Database

TODAY = date(2026, 6, 15)


@pytest.fixture
def case_id(database: Database, people: People) -> uuid.UUID:
    """A case that was received on 1 June 2026 and accepted."""
    return new_case(database, people)


def record(database: Database, people: People, case_id: uuid.UUID, kind: str, day: str, **data: object) -> uuid.UUID:
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, case_id)
        return legal_facts.record_fact(work, case, kind, date.fromisoformat(day), dict(data)).id


def last_days(database: Database, case_id: uuid.UUID) -> dict[str, str]:
    with database.reading() as work:
        found = legal_facts.procedure_terms(work.session.get_one(Case, case_id), TODAY)
    return {term.name: term.deadline.deadline.isoformat() for term in found if term.deadline}


def test_terms_follow_from_the_facts_as_they_stand_now(database: Database, people: People, case_id: uuid.UUID) -> None:
    first = record(database, people, case_id, "deelbesluit", "2026-06-05", bekendgemaakt="2026-06-05", over="de mails")
    before = last_days(database, case_id)
    with database.work(people.jurist) as work:
        case, data = work.session.get_one(Case, case_id), {"bekendgemaakt": "2026-06-08", "over": "de mails"}
        legal_facts.record_fact(work, case, "deelbesluit", date(2026, 6, 8), data, corrects=first)

    assert before["Bezwaar maken"] == "2026-07-17"
    assert last_days(database, case_id)["Bezwaar maken"] == "2026-07-20"
    assert last_days(database, case_id)["Besluit op het verzoek"] == "2026-06-29"


def test_a_fact_of_the_procedure_that_cannot_be_leaves_nothing_behind(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    with pytest.raises(InputRejected, match="vóór de ontvangst"):
        record(database, people, case_id, "vordering", "2026-05-20", gevorderd="2026-05-20", bij="een bureau")
    with pytest.raises(InputRejected, match="Kies uit"):
        record(database, people, case_id, "ingebrekestelling", "2026-06-10", ontvangen="2026-06-10", over="iets")

    with database.reading() as work:
        assert {fact.kind for fact in work.session.get_one(Case, case_id).events} == {"received"}


def test_how_a_request_ended_is_a_fact_with_its_reason_and_the_log_holds_none_of_it(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    with database.work(people.coordinator) as work:
        case = work.session.get_one(Case, case_id)
        cases.close(work, case, "ingetrokken", date(2026, 6, 12), "Mevrouw Hiemstra belde.")
    with database.reading(people.coordinator) as work:
        case = work.session.get_one(Case, case_id)
        logged = [event.data for event in work.session.scalars(select(AuditEvent))]
        posted = [message.payload for message in work.session.scalars(select(OutboxMessage))]

        assert case.phase == Phase.CLOSED
        assert "Hiemstra" not in f"{logged}{posted}"
        told = " ".join(line.text for line in history.lines(work, case))
        assert "Ingetrokken door de verzoeker (12 juni 2026) – Mevrouw Hiemstra belde" in told
    assert set(last_days(database, case_id)) == {"Besluit op het verzoek"}


@pytest.mark.parametrize(
    ("ending", "fact", "data"),
    [
        ("doorgezonden", "doorzending", {"datum": "2026-06-10", "naar": "de gemeente", "omvang": "geheel"}),
        ("niet_behandeld", "precisering", {"uitnodiging": "2026-06-02", "antwoordtermijn": "2026-06-09"}),
    ],
)
def test_an_ending_rests_on_its_fact(
    database: Database, people: People, case_id: uuid.UUID, ending: str, fact: str, data: dict[str, object]
) -> None:
    def close() -> None:
        with database.work(people.jurist) as work:
            cases.close(work, work.session.get_one(Case, case_id), ending, date(2026, 6, 12), "Zie brief.")

    with pytest.raises(InputRejected, match="Leg eerst vast"):
        close()
    record(database, people, case_id, fact, "2026-06-10" if fact == "doorzending" else "2026-06-02", **data)
    close()

    with database.reading() as work:
        assert work.session.get_one(Case, case_id).phase == Phase.CLOSED


def test_an_ending_can_be_corrected_and_never_taken_away(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    with pytest.raises(InputRejected, match="Sluit de zaak af"):
        record(database, people, case_id, "afsluiting", "2026-06-12", datum="2026-06-12", wijze="ingetrokken")
    with database.work(people.jurist) as work:
        cases.close(work, work.session.get_one(Case, case_id), "antimisbruik", date(2026, 6, 12), "Zie brief.")
    with database.reading() as work:
        case = work.session.get_one(Case, case_id)
        fact = next(fact.id for fact in legal_facts.standing_facts(case) if fact.kind == legal_facts.ENDED)
    with pytest.raises(InputRejected, match="alleen verbeterd"), database.work(people.jurist) as work:
        legal_facts.withdraw_fact(work, work.session.get_one(Case, case_id), fact, "Vergissing.")
    with database.work(people.jurist) as work:
        data = {"datum": "2026-06-11", "wijze": "antimisbruik"}
        case = work.session.get_one(Case, case_id)
        legal_facts.record_fact(work, case, "afsluiting", date(2026, 6, 11), data, corrects=fact)

    assert last_days(database, case_id)["Bezwaar maken"] == "2026-07-23"


def test_closing_needs_a_reason_and_the_right_role(database: Database, people: People, case_id: uuid.UUID) -> None:
    for actor, reason in ((people.jurist, " "), (people.communication, "Ingetrokken.")):
        with pytest.raises(NotAllowed), database.work(actor) as work:
            cases.close(work, work.session.get_one(Case, case_id), "ingetrokken", date(2026, 6, 12), reason)

    with database.reading() as work:
        assert work.session.get_one(Case, case_id).phase == Phase.GATHERING


def test_the_dwangsom_of_a_ruling_is_counted_until_today(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    record(database, people, case_id, "uitspraak_niet_tijdig", "2026-06-08", verzonden="2026-06-08", over="verzoek",
           uitkomst="gegrond", termijn_tot="2026-06-10", dwangsom_per_dag=100,
           dwangsom_maximum=15_000)

    with database.reading() as work:
        [(day, found)] = legal_facts.dwangsommen_of(work.session.get_one(Case, case_id), TODAY)
    assert (day, found.days, found.total) == (date(2026, 6, 8), 5, 500)
