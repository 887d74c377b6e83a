"""The block "Lopende termijnen" of a case: every term that follows from its facts, with the sum and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models import Case
from woo.errors import InputRejected
from woo.law.calendar import working_days_between
from woo.law.dwangsom import Dwangsom
from woo.law.procedure_terms import STANDING_LABELS, Standing, Term
from woo.services import legal_facts
from woo.services.standings import SOON_DAYS
from woo.services.work import Work

_OVER = frozenset({Standing.PAST, Standing.DONE})
_BADGES = {
    Standing.LATE: "late",
    Standing.RUNNING: "ok",
    Standing.OPEN: "ok",
    Standing.PAST: "done",
    Standing.DONE: "done",
}


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term on screen: how it stands in words, and the kind of badge that says so."""

    term: Term
    standing: Standing
    label: str
    badge: str


@dataclass(frozen=True, slots=True)
class RunningTerms:
    """What still runs and what is over; `problem` tells why nothing can be shown."""

    running: Sequence[TermLine] = ()
    over: Sequence[TermLine] = ()
    forfeited: Sequence[tuple[date, Dwangsom]] = ()
    problem: str = ""


def running_terms(work: Work, case: Case) -> RunningTerms:
    """The terms of a case as they stand today."""
    today = work.clock.today()
    try:
        lines = [_line(term, today) for term in legal_facts.procedure_terms(case, today)]
        forfeited = legal_facts.dwangsommen_of(case, today)
    except InputRejected as error:
        return RunningTerms(problem=str(error))
    return RunningTerms(
        [line for line in lines if line.standing not in _OVER],
        [line for line in lines if line.standing in _OVER],
        forfeited,
    )


def _line(term: Term, today: date) -> TermLine:
    standing = term.standing(today)
    left = working_days_between(today, term.deadline.deadline) if term.deadline else None
    badge = "soon" if standing is Standing.RUNNING and left is not None and left < SOON_DAYS else _BADGES[standing]
    return TermLine(term, standing, _label(term, standing, left), badge)


def _label(term: Term, standing: Standing, left: int | None) -> str:
    if term.settled is not None:
        return f"{'Te laat gedaan' if term.settled_late else 'Gedaan'} op {term.settled:%d-%m-%Y}"
    if left is None or standing not in (Standing.RUNNING, Standing.LATE):
        return STANDING_LABELS[standing].capitalize()
    days = f"{abs(left)} {'werkdag' if abs(left) == 1 else 'werkdagen'}"
    return f"Nog {days}" if standing is Standing.RUNNING else f"{days.capitalize()} te laat"
