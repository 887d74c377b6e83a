"""Where every case stands (term, phase, badge), the most pressing first: what lists, counts and pictures begin with.

Ten thousand cases are not worked out again for each look: this process remembers where they stood, and works out anew
what changed since.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, select

from models import Case
from woo.law.lifecycle import DECIDED_PHASES, Phase
from woo.services.clocks import CaseClock, clock_of, clocks, may_be_undone, working_days_left
from woo.services.work import Work

SOON_DAYS = 7
_FEW = 500  # more keys than this in one question cost more than reading the whole table
_COLUMNS = (
    Case.id,
    Case.number,
    Case.phase,
    Case.directorate,
    Case.assigned_to_id,
    Case.urgent,
    Case.trouble,
    Case.version,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one case stands, in as little as lists and counts of very many cases need. See `BoardRow`."""

    case_id: uuid.UUID
    number: str
    phase: Phase
    directorate: str
    assigned_to_id: uuid.UUID | None
    urgent: bool
    trouble: str | None
    clock: CaseClock
    working_days_left: int | None
    badge: str
    badge_text: str
    version: int

    @property
    def running(self) -> bool:
        """Whether the term still runs: there is no besluit and the request was not closed."""
        return self.phase not in DECIDED_PHASES


@dataclass(slots=True)
class _Memory:
    """What the process knows of one case store: the answer, and what was true when it was made."""

    lock: Lock = field(default_factory=Lock)
    mark: tuple[int, int] = (0, 0)
    day: date | None = None
    clocks: Mapping[uuid.UUID, CaseClock] = field(default_factory=dict)
    known: dict[str, Standing] = field(default_factory=dict)
    answer: Sequence[Standing] = ()


_MEMORIES: WeakKeyDictionary[object, _Memory] = WeakKeyDictionary()


def standings(work: Work, today: date | None = None) -> Sequence[Standing]:
    """Where every case stands, worst first. Do not change the answer: others read it too."""
    day = today or work.clock.today()
    memory = _MEMORIES.setdefault(work.session.get_bind(), _Memory())
    if may_be_undone(work):
        return _answer(work, _Memory(), day)
    with memory.lock:
        return _answer(work, memory, day)


def standing_of(case: Case, today: date) -> Standing:
    """Where one case stands."""
    return _standing(case, clock_of(case.events, today), today)


def _answer(work: Work, memory: _Memory, today: date) -> Sequence[Standing]:
    """Every edit of a case raises its version, and no case loses one: the sum tells whether anything was edited."""
    terms = clocks(work, today)
    mark = work.session.execute(select(func.count(), func.sum(Case.version))).tuples().one()
    if terms is not memory.clocks or (mark, today) != (memory.mark, memory.day):
        if today != memory.day:
            memory.known.clear()
        edited = (mark, today) != (memory.mark, memory.day)
        _renew(work, memory, terms, today, _versions(work) if edited else None)
        memory.answer = sorted(memory.known.values(), key=_urgency)
        complete = len(memory.known) == mark[0]  # else a case came in between the two questions
        memory.clocks, memory.mark, memory.day = terms, mark if complete else (0, 0), today
    return memory.answer


def _versions(work: Work) -> dict[str, int]:
    return dict(work.session.execute(select(Case.number, Case.version)).tuples().all())


def _renew(
    work: Work, memory: _Memory, terms: Mapping[uuid.UUID, CaseClock], today: date, edited: Mapping[str, int] | None
) -> None:
    """Work out anew the cases whose version differs in `edited` (None: none was), or whose term is another one now."""
    versions = {number: s.version for number, s in memory.known.items()} if edited is None else edited
    memory.known = {
        number: s
        for number, s in memory.known.items()
        if versions.get(number) == s.version and terms.get(s.case_id) is s.clock
    }
    missing = versions.keys() - memory.known.keys()
    query = select(*_COLUMNS)
    if len(missing) <= _FEW:
        query = query.where(Case.number.in_(missing))
    for case in work.session.execute(query):
        if case.number in missing and case.id in terms:  # else it came in just now: the next look shows it
            memory.known[case.number] = _standing(case, terms[case.id], today)


def _standing(case: Any, clock: CaseClock, today: date) -> Standing:
    phase = Phase(case.phase)
    left = working_days_left(clock.deadline, today) if clock.deadline else None
    badge, text = _badge(phase, clock, left, today)
    return Standing(
        case.id,
        case.number,
        phase,
        case.directorate,
        case.assigned_to_id,
        case.urgent,
        case.trouble,
        clock,
        left,
        badge,
        text,
        case.version,
    )


def _badge(phase: Phase, clock: CaseClock, left: int | None, today: date) -> tuple[str, str]:
    if phase in DECIDED_PHASES:
        return _decided(clock)
    if clock.deadline is None or left is None:
        return "late", "termijn niet te berekenen"
    if clock.suspended_on(today):
        return "suspended", "opgeschort"
    if clock.deadline < today:
        return "late", f"{_days(max(1, -left))} te laat"
    if left == 0:
        return "soon", "vandaag"
    return ("soon" if left < SOON_DAYS else "ok"), f"nog {_days(left)}"


def _decided(clock: CaseClock) -> tuple[str, str]:
    if clock.taken is None:
        return "done", "afgesloten"
    if clock.deadline is None:  # the besluit is there, the term cannot be computed: never in time
        return "done", "besloten"
    return "done", "op tijd besloten" if clock.taken <= clock.deadline else "te laat besloten"


def _days(number: int) -> str:
    return f"{number} {'werkdag' if number == 1 else 'werkdagen'}"


def _urgency(s: Standing) -> tuple[int, int, int, str]:
    left = s.working_days_left if s.working_days_left is not None else -9999
    return (0 if s.running else 1, 0 if s.trouble or s.urgent else 1, left, s.number)
