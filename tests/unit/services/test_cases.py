"""Registering and moving cases: numbers, idempotence, roles, guards, and the outbox in the same transaction."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from models import AuditEvent, Case, OutboxMessage
from tests.support.cases import incoming, new_case
from tests.support.people import People
from woo.errors import InputRejected, NotAllowed, Stale, TransitionNotAllowed
from woo.law.lifecycle import Event, Phase
from woo.services import cases, legal_facts
from woo.services.work import Database


def test_a_request_becomes_a_numbered_case_with_its_receipt_and_legal_hold(database: Database, people: People) -> None:
    with database.work(people.coordinator) as work:
        case = cases.register_request(work, incoming())

        assert case.number == "2026-0001"
        assert legal_facts.received_on(case) == date(2026, 6, 1)
        assert legal_facts.deadline_of(case).deadline == date(2026, 6, 29)
        assert case.legal_hold_at is not None


def test_numbers_follow_each_other_within_a_year(database: Database, people: People) -> None:
    with database.work(people.coordinator) as work:
        numbers = [cases.register_request(work, incoming(subject=f"zaak {n}")).number for n in range(3)]

    assert numbers == ["2026-0001", "2026-0002", "2026-0003"]


def test_the_same_message_twice_is_one_case(database: Database, people: People) -> None:
    with database.work(people.coordinator) as work:
        first = cases.register_request(work, incoming(source_reference="mail:1"))
        second = cases.register_request(work, incoming(source_reference="mail:1"))

    assert first.id == second.id


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": " "},
        {"text": ""},
        {"requester_name": ""},
        {"channel": "duif"},
        {"received_at": datetime(2026, 7, 1, tzinfo=UTC)},
        {"received_at": datetime(2026, 6, 1)},
    ],
)
def test_a_request_that_cannot_be_right_is_refused_and_nothing_is_kept(
    database: Database, people: People, changes: dict[str, object]
) -> None:
    with pytest.raises(InputRejected), database.work(people.coordinator) as work:
        cases.register_request(work, incoming(**changes))

    with database.reading() as work:
        assert work.session.scalars(select(Case)).all() == []
        assert work.session.scalars(select(AuditEvent).where(AuditEvent.case_id.is_not(None))).all() == []


def test_communications_cannot_register_a_request(database: Database, people: People) -> None:
    with pytest.raises(NotAllowed), database.work(people.communication) as work:
        cases.register_request(work, incoming())


def test_a_move_writes_case_audit_and_outbox_together(database: Database, people: People) -> None:
    case_id = new_case(database, people)

    with database.reading() as work:
        assert work.session.get_one(Case, case_id).phase == Phase.GATHERING
        assert (
            work.session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq.desc())).first()
            == "request_accepted"
        )
        assert {m.kind for m in work.session.scalars(select(OutboxMessage))} == {"show_case", "emit_event"}


def test_a_move_that_the_table_lacks_changes_nothing(database: Database, people: People) -> None:
    case_id = new_case(database, people)

    with pytest.raises(TransitionNotAllowed), database.work(people.jurist) as work:
        cases.move(work, work.session.get_one(Case, case_id), Event.BESLUIT_TAKEN)

    with database.reading() as work:
        assert work.session.get_one(Case, case_id).phase == Phase.GATHERING


def test_two_people_who_edit_the_same_case_do_not_overwrite_each_other(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    describe = {"summary": "", "directorate": "", "search_description": ""}
    with database.work(people.jurist) as work:
        cases.describe(work, work.session.get_one(Case, case_id), title="eerste", version=2, **describe)

    with pytest.raises(Stale), database.work(people.coordinator) as work:
        cases.describe(work, work.session.get_one(Case, case_id), title="tweede", version=2, **describe)

    with database.reading() as work:
        assert work.session.get_one(Case, case_id).title == "eerste"


def test_ten_people_who_register_at_once_get_ten_numbers(database: Database, people: People) -> None:
    def register(n: int) -> None:
        for _ in range(20):
            try:
                with database.work(people.coordinator) as work:
                    cases.register_request(work, incoming(subject=f"zaak {n}"))
                return
            except Stale:
                continue

    threads = [threading.Thread(target=register, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as work:
        assert sorted(work.session.scalars(select(Case.number))) == [f"2026-{n:04d}" for n in range(1, 11)]
