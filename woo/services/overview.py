"""A page of the cases that somebody asks for, with the counts around it: per badge, week, directorate and jurist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from woo.services import board
from woo.services.board import BoardRow
from woo.services.standings import Standing, standings, week_key
from woo.services.work import Work

PAGE = 100
_BADGE, _DIRECTORATE, _LAST_DAY = attrgetter("badge"), attrgetter("directorate"), attrgetter("last_day")
_CELL = attrgetter("directorate", "week")


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
    every = [s for s in standings(work) if s.running] if running else standings(work)
    found = every if asked == Asked() else [s for s in every if _fits(s, asked)]
    if by_day:
        found = sorted(found, key=_LAST_DAY)
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(1, number), pages)
    shown = found[(number - 1) * PAGE : number * PAGE]
    troubled = [s for s in found if s.running and (s.trouble or s.clock.problem)][:PAGE]
    rows = board.rows_for(work, [*shown, *troubled])
    return Overview(
        rows=rows[: len(shown)],
        weeks=[s.week for s in shown],
        found=len(found),
        every=len(every),
        number=number,
        pages=pages,
        badges=Counter(map(_BADGE, found)),
        directorates=sorted({*map(_DIRECTORATE, every)} - {""}, key=str.casefold),
        heat=Counter(map(_CELL, (s for s in found if s.running))),
        troubled=rows[len(shown) :],
    )


def weeks_ahead(today: date, number: int) -> list[str]:
    """This week and the next ones, `number` in all."""
    return [week_key(today + timedelta(weeks=n)) for n in range(number)]


def _fits(s: Standing, asked: Asked) -> bool:
    return (
        (not asked.directorate or s.directorate == asked.directorate)
        and (not asked.phase or s.phase == asked.phase)
        and (not asked.jurist or s.jurist == asked.jurist)
        and (not asked.week or s.week == asked.week)
    )
