"""To-dos: what a machine could not do is never dropped but waits here, with its reason, for a person."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from models import Case, ToDo
from woo.errors import InputRejected, NotAllowed
from woo.law.lifecycle import Role
from woo.services import audit, facts, outbox
from woo.services.work import Work

REASON_LABELS = {
    "password": "Wachtwoord nodig",
    "broken": "Bestand beschadigd",
    "empty": "Bestand leeg",
    "unsupported": "Soort bestand wordt niet omgezet",
    "system_file": "Bestand van een programma",
    "too_large": "Bestand te groot",
    "tool_missing": "Programma ontbreekt",
    "no_text": "Geen leesbare tekst",
    "uncovered": "Tekens zonder letterteken",
    "not_read": "Deel niet gelezen",
    "already_redacted": "Lijkt al gelakt",
    "not_proven": "Lakken niet bewezen",
    "incomplete": "Niet compleet",
}
_CLOSERS = frozenset({Role.JURIST, Role.COORDINATOR, Role.INFORMATION_SPECIALIST})


def open_todo(
    work: Work,
    case: Case,
    reason: str,
    message: str,
    *,
    source_file_id: uuid.UUID | None = None,
    document_id: uuid.UUID | None = None,
) -> ToDo:
    """Leave a to-do; the same open to-do twice is one. `message` is Dutch and holds no personal data."""
    known = work.session.scalars(
        select(ToDo).where(
            ToDo.case_id == case.id,
            ToDo.reason == reason,
            ToDo.closed_at.is_(None),
            ToDo.message == message,
            ToDo.source_file_id == source_file_id,
            ToDo.document_id == document_id,
        )
    ).first()
    if known:
        return known
    todo = ToDo(
        case_id=case.id,
        reason=reason,
        message=message,
        source_file_id=source_file_id,
        document_id=document_id,
        created_at=work.clock.now(),
    )
    work.session.add(todo)
    work.session.flush()
    audit.record(work, "todo_opened", "todo", todo.id, case_id=case.id, reason=reason)
    return todo


def close_todo(work: Work, case: Case, todo_id: uuid.UUID, resolution: str, version: int) -> None:
    """Close a to-do with what was done about it; that text stays in the history."""
    if _CLOSERS.isdisjoint(work.actor.roles):
        raise NotAllowed("U mag deze to-do niet afronden. Er is niets veranderd.")
    if not resolution.strip():
        raise InputRejected("Schrijf op wat u met deze to-do heeft gedaan. Er is niets veranderd.")
    todo = work.session.get(ToDo, todo_id)
    if todo is None or todo.case_id != case.id:
        raise InputRejected("Deze to-do hoort niet bij deze zaak.")
    facts.expect_version(todo, version)
    if todo.closed_at is not None:
        raise InputRejected("Deze to-do is al afgerond.")
    todo.closed_at, todo.closed_by_id, todo.resolution = work.clock.now(), work.actor.id, resolution.strip()
    audit.record(work, "todo_closed", "todo", todo.id, case_id=case.id)
    outbox.post(work, outbox.SHOW_CASE, case)


def close_solved(work: Work, case: Case, reason: str, document_id: uuid.UUID, resolution: str) -> None:
    """Close what solved itself: a later attempt succeeded."""
    for todo in work.session.scalars(
        select(ToDo).where(
            ToDo.case_id == case.id, ToDo.reason == reason, ToDo.document_id == document_id, ToDo.closed_at.is_(None)
        )
    ):
        todo.closed_at, todo.resolution = work.clock.now(), resolution
        audit.record(work, "todo_closed", "todo", todo.id, case_id=case.id)


def open_todos(work: Work, case: Case) -> Sequence[ToDo]:
    """The open to-dos of a case, oldest first."""
    return work.session.scalars(
        select(ToDo).where(ToDo.case_id == case.id, ToDo.closed_at.is_(None)).order_by(ToDo.created_at, ToDo.id)
    ).all()
