"""Every case at one look: phase, deadline, who it waits for, what comes next; the most pressing case on top."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from models import Case, Document, ToDo
from woo.errors import InputRejected
from woo.law.calendar import working_days_between
from woo.law.deadlines import Deadline
from woo.law.lifecycle import DECIDED_PHASES, PHASE_LABELS, Phase
from woo.services import legal_facts
from woo.services.work import Work

SOON_DAYS = 7
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
    """One case on the board. `badge`: ok, soon, late, suspended or done; `working_days_left` is negative when late."""

    case_id: uuid.UUID
    number: str
    title: str
    phase: Phase
    phase_label: str
    deadline: date | None
    working_days_left: int | None
    badge: str
    badge_text: str
    waiting_for: str
    waiting_since: datetime
    next_step: str
    assigned_to: str | None
    directorate: str
    urgent: bool
    trouble: str | None
    open_todos: int
    documents: int
    problem: str | None


def rows(work: Work, today: date | None = None) -> list[BoardRow]:
    """All cases, worst first: trouble, then the least working days left; decided cases last."""
    day = today or work.clock.today()
    cases = work.session.scalars(select(Case).options(selectinload(Case.events), joinedload(Case.assigned_to))).all()
    todos = _counts(work, select(ToDo.case_id, func.count()).where(ToDo.closed_at.is_(None)).group_by(ToDo.case_id))
    documents = _counts(work, select(Document.case_id, func.count()).group_by(Document.case_id))
    board = [_row(case, day, todos.get(case.id, 0), documents.get(case.id, 0)) for case in cases]
    return sorted(board, key=_urgency)


def row_of(work: Work, case: Case, today: date | None = None) -> BoardRow:
    """The row of one case."""
    todos = (
        work.session.scalar(
            select(func.count()).select_from(ToDo).where(ToDo.case_id == case.id, ToDo.closed_at.is_(None))
        )
        or 0
    )
    documents = work.session.scalar(select(func.count()).select_from(Document).where(Document.case_id == case.id)) or 0
    return _row(case, today or work.clock.today(), todos, documents)


def _row(case: Case, today: date, todos: int, documents: int) -> BoardRow:
    phase = Phase(case.phase)
    problem, deadline = None, None
    try:
        deadline = legal_facts.deadline_of(case, today)
    except InputRejected as error:  # shown on the board: one case that cannot be computed hides no other
        problem = str(error)
    left = working_days_left(deadline.deadline, today) if deadline else None
    badge, text = _badge(case, phase, deadline, left, today)
    waiting_for, next_step = _WAITS[phase]
    if case.trouble:
        waiting_for, next_step = "Beheerder", "Storing oplossen"
    return BoardRow(
        case_id=case.id,
        number=case.number,
        title=case.title,
        phase=phase,
        phase_label=PHASE_LABELS[phase],
        deadline=deadline.deadline if deadline else None,
        working_days_left=left,
        badge=badge,
        badge_text=text,
        waiting_for=waiting_for,
        waiting_since=case.phase_since,
        next_step=next_step,
        assigned_to=case.assigned_to.name if case.assigned_to else None,
        directorate=case.directorate,
        urgent=case.urgent,
        trouble=case.trouble,
        open_todos=todos,
        documents=documents,
        problem=problem,
    )


def working_days_left(deadline: date, today: date) -> int:
    """Working days from today to the last day: 0 on the day itself, negative when it has passed."""
    return working_days_between(today, deadline) if deadline >= today else -working_days_between(deadline, today)


def _badge(case: Case, phase: Phase, deadline: Deadline | None, left: int | None, today: date) -> tuple[str, str]:
    if phase in DECIDED_PHASES:
        return _decided(case, deadline)
    if deadline is None or left is None:
        return "late", "termijn niet te berekenen"
    if deadline.suspended_on(today):
        return "suspended", "opgeschort"
    if deadline.deadline < today:
        return "late", f"{_days(max(1, -left))} te laat"
    if left == 0:
        return "soon", "vandaag"
    return ("soon" if left < SOON_DAYS else "ok"), f"nog {_days(left)}"


def _decided(case: Case, deadline: Deadline | None) -> tuple[str, str]:
    taken = legal_facts.besluit_on(case)
    if taken is None or deadline is None:
        return "done", "afgesloten"
    return "done", "op tijd besloten" if taken <= deadline.deadline else "te laat besloten"


def _days(number: int) -> str:
    return f"{number} {'werkdag' if number == 1 else 'werkdagen'}"


def _urgency(row: BoardRow) -> tuple[int, int, int, str]:
    decided = row.phase in DECIDED_PHASES
    left = row.working_days_left if row.working_days_left is not None else -9999
    return (1 if decided else 0, 0 if row.trouble or row.urgent else 1, left, row.number)


def _counts(work: Work, query: object) -> Mapping[uuid.UUID, int]:
    return dict(work.session.execute(query).tuples().all())  # type: ignore[call-overload]
