"""What Prefect must be told, written in the same transaction as the change itself; the dispatcher delivers it later."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from sqlalchemy import case as either
from sqlalchemy import exists, insert, select
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


def post_all(work: Work, kind: str, messages: Iterable[tuple[uuid.UUID, dict[str, str | int]]]) -> int:
    """Leave a message for each of many cases, by their keys; how many. All bear the same moment."""
    now = work.clock.now()
    rows = [
        {"kind": kind, "case_id": case_id, "payload": payload, "created_at": now, "available_at": now, "tries": 0}
        for case_id, payload in messages
    ]
    if rows:
        work.session.execute(insert(OutboxMessage), rows)
    return len(rows)


def ask_for_pictures(work: Work, case_ids: Collection[uuid.UUID]) -> int:
    """Ask to show these cases, except those that were asked for already and wait; how many."""
    waits = set(
        work.session.scalars(
            select(OutboxMessage.case_id).where(OutboxMessage.kind == SHOW_CASE, OutboxMessage.delivered_at.is_(None))
        )
    )
    return post_all(work, SHOW_CASE, [(case_id, {}) for case_id in case_ids if case_id not in waits])


def deliverable(work: Work, limit: int = 100) -> Sequence[OutboxMessage]:
    """The messages to deliver now; a case with an older message in waiting keeps still.

    Work goes before pictures, urgent cases before others, and then the oldest first: ten thousand pictures that a new
    day changed must not keep a jurist waiting.
    """
    older = aliased(OutboxMessage)
    blocked = exists().where(
        older.case_id == OutboxMessage.case_id,
        older.delivered_at.is_(None),
        older.id < OutboxMessage.id,
        older.available_at > work.clock.now(),
    )
    return work.session.scalars(
        select(OutboxMessage)
        .join(Case, Case.id == OutboxMessage.case_id)
        .where(OutboxMessage.delivered_at.is_(None), OutboxMessage.available_at <= work.clock.now(), ~blocked)
        .order_by(either((OutboxMessage.kind == START_STAGE, 0), else_=1), Case.urgent.desc(), OutboxMessage.id)
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
