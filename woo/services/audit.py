"""The one writer of the audit chain, and its check: every event seals the one before it with SHA-256.

The chain also seals the content of rows that may never change (legal facts, decisions, what was sent): `verify_chain`
recomputes them.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import AuditEvent, AuditHead, CaseEvent, Communication, Decision
from woo.services.work import Work

_START = "0" * 64
Sealable = CaseEvent | Communication | Decision
_SEALED: dict[str, type[CaseEvent] | type[Communication] | type[Decision]] = {
    "case_event": CaseEvent,
    "communication": Communication,
    "decision": Decision,
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A place where the chain does not hold: `seq` of the event, and what is wrong, in Dutch."""

    seq: int
    message: str


def record(
    work: Work,
    action: str,
    object_type: str,
    object_id: object,
    *,
    case_id: uuid.UUID | None = None,
    result: str = "ok",
    sealed: Iterable[Sealable] = (),
    **data: Any,
) -> AuditEvent:
    """Add one event (past tense) to the chain, in the transaction of `work`.

    `data` holds keys, counts and hashes; never personal data.
    """
    head = work.session.get(AuditHead, 1, with_for_update=True, populate_existing=True)
    if head is None:
        head = AuditHead(id=1, seq=0, hash=_START)
        work.session.add(head)
    seals: dict[str, dict[str, str]] = {}
    for row in sealed:
        seals.setdefault(_kind(row), {})[str(row.id)] = digest(row)
    if seals:
        data["sealed"] = seals
    event = AuditEvent(
        seq=head.seq + 1,
        at=work.clock.now(),
        actor_id=work.actor.id,
        origin=work.actor.origin,
        action=action,
        case_id=case_id,
        object_type=object_type,
        object_id=str(object_id),
        result=result,
        data=_plain(data),
        previous_hash=head.hash,
        hash="",
    )
    event.hash = _seal(event)
    head.seq, head.hash = event.seq, event.hash
    work.session.add(event)
    work.session.flush()
    return event


def take_turn(work: Work) -> None:
    """Wait until every other writer is done: what is read from here on is what the rows will be at the commit.

    A rule that counts rows needs this on PostgreSQL, where two transactions may each see what the other is changing.
    """
    work.session.get(AuditHead, 1, with_for_update=True, populate_existing=True)


def digest(row: Sealable) -> str:
    """SHA-256 over every column of a row that may never change."""
    values = {c.key: _text(getattr(row, c.key)) for c in row.__mapper__.column_attrs}
    return hashlib.sha256(_canonical(values)).hexdigest()


def verify_chain(session: Session) -> list[Breach]:
    """Every place where the chain is broken; empty where all is as it was written."""
    return list(_breaches(session))


def length(session: Session) -> int:
    """How many events the chain holds."""
    return session.scalar(select(func.count()).select_from(AuditEvent)) or 0


def _breaches(session: Session) -> Iterator[Breach]:
    previous, seq = _START, 0
    for event in session.scalars(select(AuditEvent).order_by(AuditEvent.seq).execution_options(yield_per=500)):
        seq += 1
        if event.seq != seq:
            yield Breach(seq, "er ontbreekt een regel in het logboek")
            seq = event.seq
        if event.previous_hash != previous:
            yield Breach(seq, "deze regel sluit niet aan op de vorige")
        if event.hash != _seal(event):
            yield Breach(seq, "deze regel is na het schrijven veranderd")
        previous = event.hash
        yield from _changed_rows(session, event)
    head = session.get(AuditHead, 1)
    if head is not None and (head.seq, head.hash) != (seq, previous):
        yield Breach(seq, "het einde van het logboek is weggehaald of vervangen")
    if head is None and seq:
        yield Breach(seq, "de kop van het logboek is weg")


def _changed_rows(session: Session, event: AuditEvent) -> Iterator[Breach]:
    for kind, seals in event.data.get("sealed", {}).items():
        found = _digests(session, kind, [uuid.UUID(key) for key in seals])
        for key, seal in seals.items():
            if key not in found:
                yield Breach(event.seq, f"een verzegelde rij ({kind}) is verwijderd")
            elif found[key] != seal:
                yield Breach(event.seq, f"een verzegelde rij ({kind}) is na het schrijven veranderd")


def _digests(session: Session, kind: str, keys: list[uuid.UUID]) -> dict[str, str]:
    model = _SEALED[kind]
    rows: Iterable[Sealable] = session.scalars(select(model).where(model.id.in_(keys)))
    return {str(row.id): digest(row) for row in rows}


def _seal(event: AuditEvent) -> str:
    values = {c.key: _text(getattr(event, c.key)) for c in AuditEvent.__mapper__.column_attrs if c.key != "hash"}
    return hashlib.sha256(_canonical(values)).hexdigest()


def _kind(row: Sealable) -> str:
    return next(kind for kind, model in _SEALED.items() if isinstance(row, model))


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | uuid.UUID):
        return str(value)
    return value


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(data, default=str))  # type: ignore[no-any-return]


def _canonical(values: dict[str, Any]) -> bytes:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()
