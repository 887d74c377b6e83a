"""Every case at one look: phase, deadline, who it waits for, what comes next; the most pressing case on top."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from models import Case, Document, ToDo, User
from woo.law.lifecycle import PHASE_LABELS, Phase
from woo.services.clocks import working_days_left
from woo.services.standings import Standing, standing_of, standings
from woo.services.work import Work

_FEW = 500
_WAITS = {
    Phase.INTAKE: ("Centrale Eenheid", "Verzoek in behandeling nemen"),
    Phase.GATHERING: ("Informatiespecialist", "Bestanden aanleveren"),
    Phase.SUGGESTING: ("Systeem", "Voorstellen maken"),
    Phase.REVIEW: ("Jurist", "Documenten beoordelen"),
    Phase.ZIENSWIJZE: ("Derde-belanghebbende", "Zienswijze afwachten"),
    Phase.REDACTING: ("Systeem", "Lakken en controleren"),
    Phase.APPROVAL: ("Tweede jurist", "Vier-ogencontrole"),
    Phase.BESLUIT: ("Jurist", "Besluit nemen"),
    Phase.PUBLICATION: ("Communicatie", "Publiceren"),
    Phase.PUBLISHING: ("Systeem", "Publiceren"),
    Phase.PUBLISHED: ("Niemand", "Klaar"),
    Phase.CLOSED: ("Niemand", "Klaar"),
}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One case on the board. `badge`: ok, soon, late, suspended or done; `working_days_left` is negative when late.

    `court` is the last day that a court set, beside the statutory `deadline`.
    `version` is that of the case: who changes it says which one was seen.
    """

    case_id: uuid.UUID
    number: str
    title: str
    phase: Phase
    phase_label: str
    deadline: date | None
    court: date | None
    working_days_left: int | None
    badge: str
    badge_text: str
    waiting_for: str
    waiting_since: datetime
    next_step: str
    assigned_to: str | None
    assigned_to_id: uuid.UUID | None
    directorate: str
    urgent: bool
    trouble: str | None
    open_todos: int
    documents: int
    problem: str | None
    version: int


def rows(work: Work, today: date | None = None) -> list[BoardRow]:
    """All cases, worst first: trouble, then the least working days left; decided cases last."""
    return rows_for(work, standings(work, today))


def row_of(work: Work, case: Case, today: date | None = None) -> BoardRow:
    """The row of one case."""
    return rows_for(work, [standing_of(case, today or work.clock.today())])[0]


def waits_for(phase: Phase, trouble: str | None) -> tuple[str, str]:
    """Who a case waits for and what the next step is, in Dutch; in trouble it waits for the operator."""
    return ("Beheerder", "Storing oplossen") if trouble else _WAITS[phase]


def rows_for(work: Work, wanted: Sequence[Standing]) -> list[BoardRow]:
    """The rows of these cases, in the same order."""
    ids = [standing.case_id for standing in wanted]
    details = {row.id: row for row in _among(work, select(Case.id, Case.title, Case.phase_since), Case.id, ids)}
    todos = _counts(work, ToDo.case_id, ids, ToDo.closed_at.is_(None))
    documents = _counts(work, Document.case_id, ids)
    staff = dict(work.session.execute(select(User.id, User.name)).tuples().all())
    return [_row(s, details[s.case_id].title, details[s.case_id].phase_since, staff, todos, documents) for s in wanted]


def _row(
    s: Standing,
    title: str,
    since: datetime,
    staff: Mapping[uuid.UUID, str],
    todos: Mapping[uuid.UUID, int],
    documents: Mapping[uuid.UUID, int],
) -> BoardRow:
    waiting_for, next_step = waits_for(s.phase, s.trouble)
    return BoardRow(
        case_id=s.case_id,
        number=s.number,
        title=title,
        phase=s.phase,
        phase_label=PHASE_LABELS[s.phase],
        deadline=s.clock.deadline,
        court=s.clock.court,
        working_days_left=s.working_days_left,
        badge=s.badge,
        badge_text=s.badge_text,
        waiting_for=waiting_for,
        waiting_since=since,
        next_step=next_step,
        assigned_to=staff.get(s.assigned_to_id) if s.assigned_to_id else None,
        assigned_to_id=s.assigned_to_id,
        directorate=s.directorate,
        urgent=s.urgent,
        trouble=s.trouble,
        open_todos=todos.get(s.case_id, 0),
        documents=documents.get(s.case_id, 0),
        problem=s.clock.problem,
        version=s.version,
    )


def _counts(
    work: Work, key: InstrumentedAttribute[uuid.UUID], ids: Sequence[uuid.UUID], *only: ColumnElement[bool]
) -> dict[uuid.UUID, int]:
    """How many rows each of these cases has."""
    query = select(key, func.count()).where(*only).group_by(key)
    return {row[0]: row[1] for row in _among(work, query, key, ids)}


def _among(
    work: Work, query: Select[Any], key: InstrumentedAttribute[uuid.UUID], ids: Sequence[uuid.UUID]
) -> Sequence[Row[Any]]:
    """The rows of these cases; where they are many, of all: one long list of keys is slower than the whole table."""
    return work.session.execute(query.where(key.in_(ids)) if len(ids) <= _FEW else query).all()


__all__ = ["BoardRow", "row_of", "rows", "rows_for", "waits_for", "working_days_left"]
