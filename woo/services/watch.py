"""The deadline watch: what the Centrale Eenheid must know of all running cases this morning, and how it was before.

Everything follows from the facts and the log; only that an event was said is remembered, by the message that said it.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import and_, select

from models import Case, OutboxMessage
from woo.clock import AMSTERDAM, dutch_day
from woo.law.lifecycle import Phase
from woo.services import board, gaps, outbox, projection
from woo.services.board import BoardRow
from woo.services.clocks import working_days_left
from woo.services.gaps import Gap
from woo.services.standings import Standing, standings
from woo.services.work import Work

WORST = 200  # Prefect's screens hold a whole table in one page of the browser; the workbench does not
WORST_GAPS = 10
WEEKS = 8
STILL_DAYS = 5
"""A case lies still when nothing happened for more working days than this and its term does not stand still."""
_MONDAY = timedelta(weeks=1)


class Alert(StrEnum):
    """What is said of a case, once for each date; the value is the name of the event in Prefect."""

    DUE = "woo.termijn.nadert"
    OVERDUE = "woo.termijn.verlopen"
    SUSPENDED = "woo.termijn.opgeschort"
    STILL = "woo.termijn.stil"
    UNKNOWN = "woo.termijn.onbekend"


_SAID = and_(OutboxMessage.kind == outbox.EMIT_EVENT, OutboxMessage.payload["event"].as_string().like("woo.termijn.%"))


@dataclass(frozen=True, slots=True)
class Announcement:
    """One alert about one case. `on`: the last day, or since when the term or the case stands still."""

    case_id: uuid.UUID
    number: str
    alert: Alert
    on: date


@dataclass(frozen=True, slots=True)
class Line:
    """A running case with the moment of the last thing that happened to it, and working days since."""

    row: BoardRow
    still_since: datetime
    still_days: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases run, how many of those are late, and how many lie still."""

    running: int
    late: int
    still: int


@dataclass(frozen=True, slots=True)
class Watch:
    """This morning: the worst lines, counts per directorate and badge, how many lie still there, and the past Mondays.

    `trend` tells how it was at the end of each Monday, seen with the facts as they stand now; that of a Monday that is
    today tells how it is. `oldest` is the day from which Prefect's screens must look to show every running case.
    """

    today: date
    lines: Sequence[Line]
    running: int
    badges: Mapping[str, Counter[str]]
    still: Mapping[str, int]
    trend: Sequence[tuple[date, Count]]
    gaps: Sequence[Gap]
    announcements: Sequence[Announcement]
    changed: Sequence[uuid.UUID]
    oldest: date


def look(work: Work) -> Watch:
    """Everything of this morning from one look at the standings of all cases; nothing is written."""
    today, every = work.clock.today(), standings(work)
    running = [s for s in every if s.running]
    mondays = last_mondays(today)
    signs = gaps.last_signs(work, [*(_end_of(day) for day in mondays), _end_of(today)])
    now = {case_id: sign[-1] for case_id, sign in signs.items()}
    badges: dict[str, Counter[str]] = {}
    still: Counter[str] = Counter()
    for s in running:
        badges.setdefault(s.directorate, Counter())[s.badge] += 1
        still[s.directorate] += _lies_still(s, now.get(s.case_id), today)
    return Watch(
        today=today,
        lines=_lines(work, running[:WORST], now, today),
        running=len(running),
        badges=badges,
        still=still,
        trend=_trend(work, every, mondays, signs),
        gaps=_worst_gaps(work, running, now, today),
        announcements=list(_announcements(work, running, now, today)),
        changed=[p.view.case_id for p in projection.pictures(work) if p.changed],
        oldest=min((s.clock.received for s in running), default=today),
    )


def announce(work: Work, seen: Watch) -> None:
    """Leave the messages of this morning: what is newly to be said, and the pictures that changed overnight."""
    outbox.post_all(
        work,
        outbox.EMIT_EVENT,
        [(a.case_id, {"event": a.alert, "once": a.on.isoformat()}) for a in seen.announcements],
    )
    outbox.ask_for_pictures(work, seen.changed)


def announced(work: Work, moment: datetime, alerts: Collection[Alert]) -> list[Announcement]:
    """What was announced in the round of this moment, the earliest date first."""
    query = (
        select(OutboxMessage.case_id, Case.number, OutboxMessage.payload)
        .join(Case, Case.id == OutboxMessage.case_id)
        .where(_SAID, OutboxMessage.created_at == moment)
    )
    found = [
        Announcement(case_id, number, Alert(payload["event"]), date.fromisoformat(payload["once"]))
        for case_id, number, payload in work.session.execute(query)
    ]
    return sorted((a for a in found if a.alert in alerts), key=lambda a: (a.on, a.number))


def last_mondays(today: date, number: int = WEEKS) -> list[date]:
    """The latest Mondays up to and including today, oldest first."""
    latest = today - timedelta(days=today.weekday())
    return [latest - _MONDAY * back for back in reversed(range(number))]


def _announcements(
    work: Work, running: Sequence[Standing], signs: Mapping[uuid.UUID, datetime | None], today: date
) -> Iterator[Announcement]:
    """What is to be said today and was not said before about the same date."""
    said = _said(work)
    for s in running:
        for alert, on in _alerts(s, signs.get(s.case_id), today):
            if (s.case_id, alert, on.isoformat()) not in said:
                yield Announcement(s.case_id, s.number, alert, on)


def _alerts(s: Standing, sign: datetime | None, today: date) -> Iterator[tuple[Alert, date]]:
    if s.clock.deadline is None:
        yield Alert.UNKNOWN, s.clock.received
    elif s.badge == "late":
        yield Alert.OVERDUE, s.clock.deadline
    elif s.badge == "soon":
        yield Alert.DUE, s.clock.deadline
    elif s.badge == "suspended":
        yield Alert.SUSPENDED, next(run.first for run in s.clock.suspensions if today in run)
    if sign and _lies_still(s, sign, today):
        yield Alert.STILL, dutch_day(sign)


def _said(work: Work) -> set[tuple[uuid.UUID, str, str]]:
    query = select(OutboxMessage.case_id, OutboxMessage.payload).where(_SAID)
    return {(case_id, p["event"], p["once"]) for case_id, p in work.session.execute(query)}


def _lines(
    work: Work, worst: Sequence[Standing], signs: Mapping[uuid.UUID, datetime | None], today: date
) -> list[Line]:
    lines = []
    for row in board.rows_for(work, worst):
        since = signs.get(row.case_id) or row.waiting_since
        lines.append(Line(row, since, working_days_left(today, dutch_day(since))))
    return lines


def _worst_gaps(
    work: Work, running: Sequence[Standing], signs: Mapping[uuid.UUID, datetime | None], today: date
) -> list[Gap]:
    """The cases that have been lying still for longest, with what the log says about each."""
    lying = [(sign, s.case_id) for s in running if (sign := signs.get(s.case_id)) and _lies_still(s, sign, today)]
    return gaps.still_since(work, [case_id for _, case_id in sorted(lying)[:WORST_GAPS]])


def _lies_still(s: Standing, sign: datetime | None, day: date) -> bool:
    """Whether nothing happened to the case for too long on `day`; while its term stands still others are to move."""
    if sign is None or s.clock.suspended_on(day):
        return False
    return working_days_left(day, dutch_day(sign)) > STILL_DAYS


def _trend(
    work: Work,
    every: Sequence[Standing],
    mondays: Sequence[date],
    signs: Mapping[uuid.UUID, tuple[datetime | None, ...]],
) -> list[tuple[date, Count]]:
    closed = dict(
        work.session.execute(select(Case.id, Case.phase_since).where(Case.phase == Phase.CLOSED)).tuples().all()
    )
    counts = []
    for index, day in enumerate(mondays):
        ran = [s for s in every if _ran_on(s, closed.get(s.case_id), day)]
        late = sum(_late_on(s, day) for s in ran)
        still = sum(_lies_still(s, sign[index] if (sign := signs.get(s.case_id)) else None, day) for s in ran)
        counts.append((day, Count(len(ran), late, still)))
    return counts


def _ran_on(s: Standing, closed: datetime | None, day: date) -> bool:
    ended = s.clock.taken or (dutch_day(closed) if closed else None)
    return s.clock.received <= day and (ended is None or ended > day)


def _late_on(s: Standing, day: date) -> bool:
    deadline = s.clock.deadline
    return deadline is None or (deadline < day and not s.clock.suspended_on(day))


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), AMSTERDAM)
