"""The decision term of many cases at once, for lists: derived from the facts, remembered in this process, never stored.

Ten thousand sums take seconds, and hardly any changes between two looks. A sum is kept until a fact is added to its
case (facts are only ever added); one that still runs (an open suspension) holds for one day.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Row, Select, func, select

from models import CaseEvent
from woo.errors import InputRejected
from woo.law.calendar import working_days_between
from woo.law.sums import Period
from woo.services import legal_facts
from woo.services.work import Work

_CHUNK = 900  # SQLite takes a bounded number of values in one question


@dataclass(frozen=True, slots=True)
class CaseClock:
    """The term of one case in short. `deadline` is None where it cannot be computed: `problem` says why, in Dutch.

    `received` and `taken` (the besluit was made known; None while there is none) are the facts as they stand now;
    `start` is the day the term counts from: later than `received` for a request that another organ forwarded. `court`
    is the last day that a court set, while there is no decision: it stands beside the statutory one (Awb 8:55d).
    """

    received: date
    start: date
    deadline: date | None
    suspensions: tuple[Period, ...] = ()
    taken: date | None = None
    problem: str | None = None
    provisional: bool = False
    court: date | None = None

    def suspended_on(self, day: date) -> bool:
        """True when the term stands still on `day`."""
        return any(day in run for run in self.suspensions)

    def suspended_until(self, day: date) -> int:
        """Days up to and including `day` on which the term stood still."""
        return sum(max(0, (min(run.last, day) - run.first).days + 1) for run in self.suspensions)


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The term of every case on one day. `changed` are the cases whose term is another one than in the answer before
    this one, which had the mark `follows`."""

    by_case: Mapping[uuid.UUID, CaseClock]
    changed: Collection[uuid.UUID] = ()
    follows: object = None
    mark: object = field(default_factory=object)


_Mark = tuple[int, datetime | None]  # how many facts there are, and when the newest was recorded
_BY_CASE = select(CaseEvent.case_id, func.count(), func.max(CaseEvent.recorded_at)).group_by(CaseEvent.case_id)


@dataclass(slots=True)
class _Memory:
    """What the process knows of one case store. `known`: the mark and the day that a case's sum was made on."""

    lock: Lock = field(default_factory=Lock)
    mark: _Mark = (0, None)
    day: date | None = None
    known: dict[uuid.UUID, tuple[_Mark, date, CaseClock]] = field(default_factory=dict)
    answer: Terms = field(default_factory=lambda: Terms({}))


_MEMORIES: WeakKeyDictionary[object, _Memory] = WeakKeyDictionary()


def clocks(work: Work, today: date) -> Terms:
    """The term of every case on `today`; the same object as long as nothing changed. Others read it too."""
    memory = _MEMORIES.setdefault(work.session.get_bind(), _Memory())
    if may_be_undone(work):
        return _answer(work, _Memory(known=dict(memory.known)), today)
    with memory.lock:
        return _answer(work, memory, today)


def may_be_undone(work: Work) -> bool:
    """Whether what is read now may be rolled back later, so that nobody may remember it."""
    return bool(work.session.connection().get_execution_options().get("woo_write", True))


@lru_cache(maxsize=4096)
def working_days_left(deadline: date, today: date) -> int:
    """Working days from today to the last day: 0 on the day itself, negative when it has passed."""
    return working_days_between(today, deadline) if deadline >= today else -working_days_between(deadline, today)


def clock_of(facts: Iterable[legal_facts.Fact], today: date) -> CaseClock:
    """The term of one case from its facts, the withdrawn and corrected ones included."""
    standing = legal_facts.standing_among(list(facts))
    received = next(f.happened_on for f in standing if f.kind == legal_facts.RECEIVED)
    taken = next((f.happened_on for f in standing if f.kind == legal_facts.BESLUIT), None)
    try:
        deadline = legal_facts.deadline_from(standing, today, alternatives=False)
        court = legal_facts.court_term_from(standing, today)
    except InputRejected as error:  # shown on the list: one case that cannot be computed hides no other
        return CaseClock(received, received, None, taken=taken, problem=str(error))
    return CaseClock(
        received, deadline.start, deadline.deadline, deadline.suspensions, taken, None, deadline.provisional, court
    )


def _answer(work: Work, memory: _Memory, today: date) -> Terms:
    """One short question tells whether any fact was added; only then the cases are looked at."""
    mark = work.session.execute(select(func.count(), func.max(CaseEvent.recorded_at))).tuples().one()
    if (mark, today) != (memory.mark, memory.day):
        marks, kept = _added(work, memory, mark) if today == memory.day and memory.mark[1] else None, memory.answer
        if marks is None:
            marks, kept = _marks(work, _BY_CASE), Terms({})
        stale = [case_id for case_id, own in marks.items() if not _holds(memory.known.get(case_id), own, today)]
        for case_id, facts in _facts(work, stale):
            memory.known[case_id] = (marks[case_id], today, clock_of(facts, today))
        by_case = {**kept.by_case, **{case_id: memory.known[case_id][2] for case_id in marks}}
        memory.answer = Terms(by_case, stale, memory.answer.mark)
        memory.mark, memory.day = mark, today
    return memory.answer


def _marks(work: Work, query: Select[tuple[uuid.UUID, int, datetime]]) -> dict[uuid.UUID, _Mark]:
    return {case_id: (count, newest) for case_id, count, newest in work.session.execute(query)}


def _added(work: Work, memory: _Memory, mark: _Mark) -> dict[uuid.UUID, _Mark] | None:
    """The marks of the cases that got a fact since the last look; None where not every new fact was found.

    Facts are only ever added, so that the numbers must add up. One that was recorded before the newest and committed
    after it makes them differ: then every case is looked at.
    """
    since = select(CaseEvent.case_id).where(CaseEvent.recorded_at >= memory.mark[1])
    marks = _marks(work, _BY_CASE.where(CaseEvent.case_id.in_(since)))
    before = sum(memory.known[case_id][0][0] for case_id in marks if case_id in memory.known)
    found = sum(count for count, _ in marks.values()) - before
    return marks if memory.mark[0] + found == mark[0] else None


def _holds(known: tuple[_Mark, date, CaseClock] | None, mark: _Mark, today: date) -> bool:
    """Whether a remembered sum is still the sum. Only what runs depends on the day; a term that lapsed stays lapsed."""
    if known is None or known[0] != mark:
        return False
    _, day, clock = known
    return day == today or (day < today and not clock.provisional and clock.problem is None)


def _facts(work: Work, case_ids: list[uuid.UUID]) -> Iterator[tuple[uuid.UUID, list[Row[Any]]]]:
    """The facts of cases, in the order in which they were recorded."""
    query = select(
        CaseEvent.case_id,
        CaseEvent.id,
        CaseEvent.kind,
        CaseEvent.happened_on,
        CaseEvent.data,
        CaseEvent.corrects_id,
    ).order_by(CaseEvent.case_id, CaseEvent.recorded_at, CaseEvent.id)
    for start in range(0, len(case_ids), _CHUNK):
        rows = work.session.execute(query.where(CaseEvent.case_id.in_(case_ids[start : start + _CHUNK])))
        for case_id, facts in groupby(rows, key=itemgetter(0)):
            yield case_id, list(facts)
