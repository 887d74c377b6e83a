"""The deadlines of the Centrale Eenheid: what ends in which week, what lies still, what makes it, who carries what."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from itertools import groupby

from starlette.responses import Response

from woo.law.lifecycle import DECIDED_PHASES, PHASE_LABELS, Phase
from woo.services import gaps
from woo.services.assignment import may_assign, may_take, pool
from woo.services.board import BoardRow
from woo.services.forecast import ANSWER_LABELS
from woo.services.outlook import outlook, pages_to_judge
from woo.services.overview import Asked, overview, weeks_ahead
from woo.services.standings import LATE, NOBODY, UNKNOWN, week_key
from woo.web.workbench.board import BADGES, address, asked, pager
from woo.web.workbench.forecast_text import sum_of
from woo.web.workbench.heat import Heat, heat_svg
from woo.web.workbench.visit import Visit

WEEKS, DIRECTORATES = 8, 12
PATH = "/termijnen"
_LATER, _REST = "later", "\0rest"


def show(visit: Visit) -> Response:
    """The running cases that fit the filters, by the week in which their term ends."""
    wanted, number = asked(visit)
    with visit.reading() as work:
        today = work.clock.today()
        seen = overview(work, wanted, number, running=True, by_day=True)
        still = {gap.case_id: gap for gap in gaps.still_since(work, [row.case_id for row in seen.rows])}
        shown = {row.number for row in seen.rows}
        pages = pages_to_judge(work)
        found = pool(work, shown, pages)
        chances = outlook(work, shown, pages)
    this_week = week_key(today)
    lines = zip(seen.weeks, seen.rows, strict=True)
    heat = heat_of(wanted, seen.heat, weeks_ahead(today, WEEKS))
    return visit.page(
        "deadlines.html",
        seen=seen,
        asked=wanted,
        labels={name: label for name, label in BADGES.items() if name != "done"},
        phases=[(p, PHASE_LABELS[p]) for p in Phase if p not in DECIDED_PHASES],
        weeks=[
            (week_label(week, this_week), [row for _, row in group])
            for week, group in groupby(lines, key=lambda line: line[0])
        ],
        week_choices=[(w, week_label(w, this_week)) for w in _choices(wanted, weeks_ahead(today, 26))],
        still=still,
        pool=found,
        chances=chances,
        answers=ANSWER_LABELS,
        sums={row.case_id: sum_of(chances[row.case_id], row.deadline) for row in seen.rows if row.case_id in chances},
        may_assign=may_assign(visit.roles),
        takes=_takes(visit, seen.rows),
        action=address(f"{PATH}/toewijzen", wanted, bladzijde=number if number > 1 else ""),
        heat=heat,
        picture=heat_svg(heat),
        jurists={str(desk.user_id): desk.name for desk in found.desks},
        nobody=NOBODY,
        pager=pager(PATH, wanted, seen),
        today=today,
    )


def _takes(visit: Visit, rows: Sequence[BoardRow]) -> frozenset[uuid.UUID]:
    """The cases that the visitor may assign: all of them, or those she may take or hand back."""
    mine = {row.case_id for row in rows if may_take(visit.roles, row.assigned_to_id, visit.me.actor.id)}
    return frozenset({row.case_id for row in rows} if may_assign(visit.roles) else mine)


def week_label(week: str, this_week: str = "") -> str:
    """A week as a reader sees it."""
    if week in (LATE, UNKNOWN):
        return {LATE: "Te laat", UNKNOWN: "Termijn niet te berekenen"}[week]
    year, number = week.split("-")
    return f"Week {int(number)} van {year}{' (deze week)' if week == this_week else ''}"


def heat_of(wanted: Asked, counts: Mapping[tuple[str, str], int], weeks: list[str]) -> Heat:
    """The table of directorates by week: the busiest directorates by name, the others together; later weeks together.

    Each cell leads to its cases, except where it stands for several weeks or directorates.
    """
    totals: dict[str, int] = {}
    for (directorate, _), number in counts.items():
        totals[directorate] = totals.get(directorate, 0) + number
    named = sorted(sorted(totals, key=str.casefold), key=lambda d: -totals[d])[:DIRECTORATES]
    columns = [LATE, *weeks, _LATER] + ([UNKNOWN] if any(week == UNKNOWN for _, week in counts) else [])
    cells: dict[tuple[str, str], int] = {}
    for (directorate, week), number in counts.items():
        row = directorate if directorate in named else _REST
        column = week if week in columns else _LATER
        cells[row, column] = cells.get((row, column), 0) + number
    rows = [*named, *([_REST] if len(named) < len(totals) else [])]
    return Heat(
        rows=[(row, "Andere directies" if row is _REST else row or "Geen directie") for row in rows],
        columns=[(column, _short(column)) for column in columns],
        cells=cells,
        links={
            (row, column): address(PATH, wanted, directie=row, week=column)
            for row, column in cells
            if row and row is not _REST and column != _LATER
        },
    )


def _short(column: str) -> str:
    words = {LATE: "Te laat", UNKNOWN: "?", _LATER: "Later"}
    return words.get(column) or f"wk {int(column.split('-')[1])}"


def _choices(wanted: Asked, ahead: list[str]) -> list[str]:
    """The weeks to choose from: late, this week and the half year after it, and what the address asks for."""
    return [LATE, *ahead] + ([UNKNOWN] if wanted.week == UNKNOWN else [])
