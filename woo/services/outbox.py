"""What Prefect must be told, written in the same transaction as the change itself; the dispatcher delivers it later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from models import Case, OutboxMessage
from woo.services.work import Work

START_STAGE = "start_stage"
SHOW_CASE = "show_case"
EMIT_EVENT = "emit_event"
_MAX_WAIT = timedelta(minutes=10)


def post(work: Work, kind: str, case: Case, **payload: str | int) -> None:
    """Leave a message for the dispatcher. `payload` holds ids and names of stages or events; never personal data."""
    now = work.clock.now()
    work.session.add(OutboxMessage(kind=kind, case_id=case.id, payload=payload, created_at=now, available_at=now))


def waiting(work: Work, limit: int = 100) -> Sequence[OutboxMessage]:
    """The messages to deliver now, oldest first."""
    return work.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.delivered_at.is_(None), OutboxMessage.available_at <= work.clock.now())
        .order_by(OutboxMessage.id)
        .limit(limit)
    ).all()


def deliverable(work: Work, limit: int = 100) -> Sequence[OutboxMessage]:
    """The messages to deliver now in the order they were left; a case with an older message in waiting keeps still."""
    older = aliased(OutboxMessage)
    blocked = exists().where(
        older.case_id == OutboxMessage.case_id,
        older.delivered_at.is_(None),
        older.id < OutboxMessage.id,
        older.available_at > work.clock.now(),
    )
    return work.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.delivered_at.is_(None), OutboxMessage.available_at <= work.clock.now(), ~blocked)
        .order_by(OutboxMessage.id)
        .limit(limit)
    ).all()


def delivered(work: Work, message_id: int) -> None:
    """Note that a message reached Prefect; a second note changes nothing."""
    message = work.session.get_one(OutboxMessage, message_id)
    if message.delivered_at is None:
        message.delivered_at = work.clock.now()


def failed(work: Work, message_id: int, error: str) -> None:
    """Try a message again later, each time after a longer wait. `error` is the kind of error, without data."""
    message = work.session.get_one(OutboxMessage, message_id)
    message.tries += 1
    message.last_error = error[:200]
    message.available_at = work.clock.now() + min(_MAX_WAIT, timedelta(seconds=2 ** min(message.tries, 9)))
