"""A page of the cases that somebody asks for, with the counts around it: per badge, week, directorate and jurist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from woo.services import board
from woo.services.board import BoardRow
from woo.services.standings import Standing, standings
from woo.services.work import Work

PAGE = 100
NOBODY = "niemand"
LATE, UNKNOWN = "laat", "onbekend"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which cases to show; an empty text asks for all.

    `directorate` is its name, `phase` a Phase, `jurist` the key of a user or NOBODY (an address holds no names), `week`
    the ISO week of the deadline as 2026-50, or LATE, or UNKNOWN.
    """

    directorate: str = ""
    phase: str = ""
    jurist: str = ""
    week: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """One page (`number`, from 1) of the `found` cases out of `every`; the counts are over what was found.

    `heat` counts running cases by directorate and week of the deadline.
    """

    rows: Sequence[BoardRow]
    weeks: Sequence[str]
    found: int
    every: int
    number: int
    pages: int
    badges: Mapping[str, int]
    directorates: Sequence[str]
    heat: Mapping[tuple[str, str], int]
    troubled: Sequence[BoardRow]


def overview(work: Work, asked: Asked, number: int = 1, *, running: bool = False, by_day: bool = False) -> Overview:
    """The cases that fit, worst first, or (`by_day`) by last day. `running` leaves out what is decided.

    A page beyond the last is the last. Adds up to the list of all cases: counts and rows come from the same standings.
    """
    today = work.clock.today()
    every = [s for s in standings(work, today) if s.running or not running]
    found = [s for s in every if _fits(s, asked, today)]
    if by_day:
        found = sorted(found, key=lambda s: (s.clock.deadline or date.min, s.number))
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(1, number), pages)
    shown = found[(number - 1) * PAGE : number * PAGE]
    return Overview(
        rows=board.rows_for(work, shown),
        weeks=[week_of(s, today) for s in shown],
        found=len(found),
        every=len(every),
        number=number,
        pages=pages,
        badges=Counter(s.badge for s in found),
        directorates=sorted({s.directorate for s in every if s.directorate}, key=str.casefold),
        heat=Counter((s.directorate, week_of(s, today)) for s in found if s.running),
        troubled=board.rows_for(work, [s for s in found if s.running and (s.trouble or s.clock.problem)][:PAGE]),
    )


def week_of(s: Standing, today: date) -> str:
    """The week in which the term of a case ends: 2026-50, or LATE, or UNKNOWN where it cannot be computed."""
    if s.clock.deadline is None:
        return UNKNOWN
    return LATE if s.clock.deadline < today else week_key(s.clock.deadline)


@lru_cache(maxsize=4096)
def week_key(day: date) -> str:
    """The ISO week of a day: 2026-50."""
    year, week, _ = day.isocalendar()
    return f"{year}-{week:02d}"


def weeks_ahead(today: date, number: int) -> list[str]:
    """This week and the next ones, `number` in all."""
    return [week_key(today + timedelta(weeks=n)) for n in range(number)]


def _fits(s: Standing, asked: Asked, today: date) -> bool:
    return (
        (not asked.directorate or s.directorate == asked.directorate)
        and (not asked.phase or s.phase == asked.phase)
        and (not asked.jurist or (str(s.assigned_to_id) if s.assigned_to_id else NOBODY) == asked.jurist)
        and (not asked.week or week_of(s, today) == asked.week)
    )
