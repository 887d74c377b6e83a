"""Attempts at a stage: claimed once, fenced, taken over when silent, and bounded."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Case, OutboxMessage, StageAttempt
from tests.conftest import NOW
from tests.support.cases import claim, new_case
from tests.support.outbox import waiting
from tests.support.people import People
from woo.clock import FixedClock
from woo.errors import Stale
from woo.law.lifecycle import Stage
from woo.services import outbox, stages
from woo.services.work import Database


def _queued(database: Database, people: People) -> uuid.UUID:
    case_id = new_case(database, people)
    with database.work() as work:
        stages.queue(work, work.session.get_one(Case, case_id), Stage.GATHER)
    return case_id


def _later(database: Database, **time: float) -> Database:
    later = replace(database, clock=FixedClock(NOW + timedelta(**time)))
    return later


def _deliver_all(database: Database) -> None:
    with database.work() as work:
        for message in waiting(work):
            outbox.delivered(work, message.id)


def test_an_attempt_can_be_claimed_once(database: Database, people: People) -> None:
    case_id = _queued(database, people)
    claim(database, case_id, Stage.GATHER)

    with pytest.raises(Stale), database.work() as work:
        stages.claim(work, case_id, Stage.GATHER, 1)


def test_queueing_twice_gives_one_attempt(database: Database, people: People) -> None:
    case_id = _queued(database, people)

    with database.work() as work:
        stages.queue(work, work.session.get_one(Case, case_id), Stage.GATHER)

    with database.reading() as work:
        assert len(work.session.scalars(select(StageAttempt)).all()) == 1
        assert len(work.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "start_stage")).all()) == 1


def test_an_orphan_of_an_older_attempt_cannot_write(database: Database, people: People) -> None:
    case_id = _queued(database, people)
    orphan = claim(database, case_id, Stage.GATHER)
    _deliver_all(database)
    with _later(database, minutes=5).work() as work:
        assert stages.take_over_silent(work) == 1

    with pytest.raises(Stale), database.work() as work:
        stages.hold(work, orphan)


def test_a_silent_attempt_is_followed_by_a_new_one_and_three_are_enough(database: Database, people: People) -> None:
    case_id = _queued(database, people)
    for minutes in (5, 10, 15):
        claim(database, case_id, Stage.GATHER)
        _deliver_all(database)
        database = _later(database, minutes=minutes)
        with database.work() as work:
            stages.take_over_silent(work)

    with database.reading() as work:
        case = work.session.get_one(Case, case_id)
        assert [a.state for a in work.session.scalars(select(StageAttempt).order_by(StageAttempt.number))] == [
            "failed"
        ] * 3
        assert case.trouble is not None
        assert "3 keer niet gelukt" in case.trouble


def test_a_person_can_start_a_new_round_after_trouble(database: Database, people: People) -> None:
    test_a_silent_attempt_is_followed_by_a_new_one_and_three_are_enough(database, people)

    with database.work(people.coordinator) as work:
        case = work.session.scalars(select(Case)).one()
        attempt = stages.retry(work, case)

        assert (attempt.number, attempt.round, case.trouble) == (4, 2, None)


def test_a_message_that_was_never_delivered_is_not_taken_for_silence(database: Database, people: People) -> None:
    _queued(database, people)

    with _later(database, days=2).work() as work:
        assert stages.take_over_silent(work) == 0


def test_only_one_process_leads(database: Database) -> None:
    with database.work() as work:
        assert stages.lead(work, "dispatcher", "een")
    with database.work() as work:
        assert not stages.lead(work, "dispatcher", "twee")
    with _later(database, minutes=1).work() as work:
        assert stages.lead(work, "dispatcher", "twee")
