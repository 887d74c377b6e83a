"""What was really worked: pages judged per working day, and how long finished cases took; from the audit chain.

Nothing is stored twice: this process remembers what it counted and reads only the lines that came after.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import func, select

from models import AuditEvent, Document
from woo.clock import dutch_day
from woo.law.calendar import is_working_day, working_days_between
from woo.law.lifecycle import Event, Phase
from woo.services.clocks import may_be_undone
from woo.services.forecast import MIN_DAYS
from woo.services.work import Work

PACE_DAYS, CASE_DAYS = 90, 365
_CHUNK = 900  # SQLite takes a bounded number of values in one question
_AFTER_REVIEW = (Phase.REDACTING, Phase.APPROVAL, Phase.BESLUIT)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured up to and including yesterday.

    `days`: for each jurist the pages of every working day since her first judgement in the last PACE_DAYS, days without
    a judgement included. `until_besluit`: working days from the first time in a phase to the besluit; `zienswijzen`:
    working days that a case waited for a zienswijze; both of the last CASE_DAYS.
    """

    days: Mapping[uuid.UUID, Sequence[int]]
    until_besluit: Mapping[Phase, Sequence[int]]
    zienswijzen: Sequence[int]

    @property
    def unit(self) -> Sequence[int]:
        """The days of all jurists together: those of the average jurist."""
        return [pages for days in self.days.values() for pages in days]

    def days_of(self, user_id: uuid.UUID | None) -> tuple[Sequence[int], bool]:
        """The days of a jurist and True; those of the unit and False where hers are too few, or there is no jurist."""
        own = self.days.get(user_id, ()) if user_id else ()
        return (own, True) if len(own) >= MIN_DAYS else (self.unit, False)


@dataclass(slots=True)
class _Memory:
    """What was counted so far, up to and including line `seq` of the chain; `answer` is that of `day`."""

    lock: Lock = field(default_factory=Lock)
    seq: int = 0
    pages: dict[tuple[uuid.UUID, date], int] = field(default_factory=lambda: defaultdict(int))
    judged: set[uuid.UUID] = field(default_factory=set)
    entered: dict[uuid.UUID, dict[Phase, date]] = field(default_factory=lambda: defaultdict(dict))
    waits: list[tuple[date, int]] = field(default_factory=list)
    ends: list[tuple[date, Phase, int]] = field(default_factory=list)
    day: date | None = None
    answer: Measured | None = None


_MEMORIES: WeakKeyDictionary[object, _Memory] = WeakKeyDictionary()


def measured(work: Work) -> Measured:
    """What was measured until today. Others read the answer too."""
    if may_be_undone(work):
        return _answer(work, _Memory())
    memory = _MEMORIES.setdefault(work.session.get_bind(), _Memory())
    with memory.lock:
        return _answer(work, memory)


def _answer(work: Work, memory: _Memory) -> Measured:
    today = work.clock.today()
    newest = work.session.scalar(select(func.max(AuditEvent.seq))) or 0
    if newest != memory.seq:
        _count_judgements(work, memory, newest)
        _count_moves(work, memory, newest)
        memory.seq, memory.answer = newest, None
    if memory.answer is None or memory.day != today:
        memory.day, memory.answer = today, _summed(memory, today)
    return memory.answer


def _count_judgements(work: Work, memory: _Memory, until: int) -> None:
    """A document counts once: on the first day that somebody judged it."""
    query = (
        select(AuditEvent.actor_id, AuditEvent.at, AuditEvent.object_id)
        .where(AuditEvent.action == "document_judged", AuditEvent.seq > memory.seq, AuditEvent.seq <= until)
        .order_by(AuditEvent.seq)
    )
    first: dict[uuid.UUID, tuple[uuid.UUID, date]] = {}
    for actor, at, key in work.session.execute(query):
        document = uuid.UUID(key)
        if actor is not None and document not in memory.judged:
            first.setdefault(document, (actor, _working_day(dutch_day(at))))
    for document, pages in _page_counts(work, list(first)):
        memory.pages[first[document]] += pages
    memory.judged |= first.keys()


def _page_counts(work: Work, documents: list[uuid.UUID]) -> Iterator[tuple[uuid.UUID, int]]:
    for start in range(0, len(documents), _CHUNK):
        some = documents[start : start + _CHUNK]
        yield from work.session.execute(select(Document.id, Document.page_count).where(Document.id.in_(some))).tuples()


def _count_moves(work: Work, memory: _Memory, until: int) -> None:
    query = (
        select(AuditEvent.case_id, AuditEvent.at, AuditEvent.action, AuditEvent.data)
        .where(AuditEvent.action.in_(list(Event)), AuditEvent.seq > memory.seq, AuditEvent.seq <= until)
        .order_by(AuditEvent.seq)
    )
    for case_id, at, action, data in work.session.execute(query):
        if case_id is not None and data["source"] != data["target"]:
            _count_move(memory, case_id, at, action, Phase(data["source"]), Phase(data["target"]))


def _count_move(memory: _Memory, case_id: uuid.UUID, at: datetime, action: str, source: Phase, target: Phase) -> None:
    day, entered = dutch_day(at), memory.entered[case_id]
    if source is Phase.ZIENSWIJZE and source in entered:
        memory.waits.append((day, working_days_between(entered.pop(source), day)))
    entered.setdefault(target, day)
    if action == Event.BESLUIT_TAKEN:
        memory.ends += [(day, p, working_days_between(entered[p], day)) for p in _AFTER_REVIEW if p in entered]
        del memory.entered[case_id]


def _summed(memory: _Memory, today: date) -> Measured:
    since, cases_since = today - timedelta(days=PACE_DAYS), today - timedelta(days=CASE_DAYS)
    began: dict[uuid.UUID, date] = {}
    for user, day in memory.pages:
        if since <= day < today:
            began[user] = min(day, began.get(user, day))
    until_besluit: dict[Phase, list[int]] = {phase: [] for phase in _AFTER_REVIEW}
    for day, phase, number in memory.ends:
        if day >= cases_since:
            until_besluit[phase].append(number)
    return Measured(
        days={user: [memory.pages.get((user, d), 0) for d in _days(day, today)] for user, day in began.items()},
        until_besluit=until_besluit,
        zienswijzen=[number for day, number in memory.waits if day >= cases_since],
    )


def _days(first: date, today: date) -> Iterator[date]:
    """The working days from `first` up to yesterday: today is not over yet."""
    for number in range((today - first).days):
        day = first + timedelta(days=number)
        if is_working_day(day):
            yield day


def _working_day(day: date) -> date:
    """The day itself, or the last working day before it: what is done in a weekend counts with the week."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
