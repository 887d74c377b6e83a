"""Where every case stands (term, phase, badge), the most pressing first: what lists, counts and pictures begin with.

Ten thousand cases are not worked out again for each look: this process remembers where they stood, and works out anew
what changed since.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import attrgetter
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select, func, or_, select

from models import Case
from woo.law.lifecycle import DECIDED_PHASES, Phase
from woo.services.clocks import CaseClock, Terms, clock_of, clocks, may_be_undone, working_days_left
from woo.services.work import Work

SOON_DAYS = 7
NOBODY = "niemand"
LATE, UNKNOWN = "laat", "onbekend"
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
    """Where one case stands, in as little as lists and counts of very many cases need. See `BoardRow`.

    `running`: the term still runs, there is no besluit and the request was not closed. `jurist` is the key of the user
    as text, or NOBODY. `week` is the ISO week of the last day (2026-50), or LATE, or UNKNOWN where there is none.
    `urgency` and `last_day` put a list in order: the most pressing first, the earliest last day first.
    """

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
    running: bool
    jurist: str
    week: str
    urgency: tuple[int, int, int, str]
    last_day: str


@dataclass(slots=True)
class _Memory:
    """What the process knows of one case store: the answer, and what was true when it was made."""

    lock: Lock = field(default_factory=Lock)
    mark: tuple[int, int] = (0, 0)
    day: date | None = None
    terms: Terms | None = None
    answer: Sequence[Standing] = ()


_MEMORIES: WeakKeyDictionary[object, _Memory] = WeakKeyDictionary()


def standings(work: Work, today: date | None = None) -> Sequence[Standing]:
    """Where every case stands, worst first. Do not change the answer: others read it too.

    One reading unit of work gets one answer, so that what it shows in several places adds up.
    """
    day = today or work.clock.today()
    if may_be_undone(work):
        return _answer(work, _Memory(), day)
    seen: dict[date, Sequence[Standing]] = work.session.info.setdefault("standings", {})
    if day not in seen:
        memory = _MEMORIES.setdefault(work.session.get_bind(), _Memory())
        with memory.lock:
            seen[day] = _answer(work, memory, day)
    return seen[day]


def standing_of(case: Case, today: date) -> Standing:
    """Where one case stands."""
    return _standing(case, clock_of(case.events, today), today)


@lru_cache(maxsize=4096)
def week_key(day: date) -> str:
    """The ISO week of a day: 2026-50."""
    year, week, _ = day.isocalendar()
    return f"{year}-{week:02d}"


def _answer(work: Work, memory: _Memory, today: date) -> Sequence[Standing]:
    """Every edit of a case raises its version, and no case loses one: the sum tells whether anything was edited."""
    terms = clocks(work, today)
    mark = work.session.execute(select(func.count(), func.sum(Case.version))).tuples().one()
    if terms is not memory.terms or (mark, today) != (memory.mark, memory.day):
        changed = _changed(memory, terms) if today == memory.day else None
        edited = _edited(work, memory) if changed is not None and mark != memory.mark else ()
        if changed is None or len(changed) + len(edited) > _FEW:
            fresh, kept = _work_out(work, select(*_COLUMNS), terms, today), []
        else:
            query = select(*_COLUMNS).where(or_(Case.id.in_(changed), Case.number.in_(edited)))
            fresh = _work_out(work, query, terms, today)
            kept = [s for s in memory.answer if s.number not in fresh]
        memory.answer = sorted([*kept, *fresh.values()], key=attrgetter("urgency"))
        complete = len(memory.answer) == mark[0]  # else a case came in between the two questions
        memory.terms, memory.mark, memory.day = terms, mark if complete else (0, 0), today
    return memory.answer


def _changed(memory: _Memory, terms: Terms) -> Collection[uuid.UUID] | None:
    """The cases whose term is another one than at the last look; None where that cannot be told."""
    if terms is memory.terms:
        return ()
    return terms.changed if memory.terms and terms.follows is memory.terms.mark else None


def _edited(work: Work, memory: _Memory) -> Collection[str]:
    """The cases that were edited, or came in, since the last look."""
    known = {s.number: s.version for s in memory.answer}
    return [n for n, version in work.session.execute(select(Case.number, Case.version)) if known.get(n) != version]


def _work_out(work: Work, query: Select[Any], terms: Terms, today: date) -> dict[str, Standing]:
    """Where these cases stand, by number. One that came in just now has no term yet: the next look shows it."""
    return {
        case.number: _standing(case, terms.by_case[case.id], today)
        for case in work.session.execute(query)
        if case.id in terms.by_case
    }


def _standing(case: Any, clock: CaseClock, today: date) -> Standing:
    phase = Phase(case.phase)
    running = phase not in DECIDED_PHASES
    left = working_days_left(clock.deadline, today) if clock.deadline else None
    badge, text = _badge(phase, clock, left, today)
    pressing = bool(case.trouble or case.urgent)
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
        running,
        str(case.assigned_to_id) if case.assigned_to_id else NOBODY,
        _week(clock.deadline, today),
        (not running, not pressing, -9999 if left is None else left, case.number),
        f"{clock.deadline or ''} {case.number}",
    )


def _week(deadline: date | None, today: date) -> str:
    if deadline is None:
        return UNKNOWN
    return LATE if deadline < today else week_key(deadline)


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
