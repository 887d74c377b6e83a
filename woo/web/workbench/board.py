"""The overview of cases (worst first) and the deadlines of the Centrale Eenheid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from starlette.responses import RedirectResponse, Response

from woo.law.lifecycle import DECIDED_PHASES, PHASE_LABELS, Phase, Role
from woo.services import board, screens
from woo.services.board import BoardRow
from woo.services.cases import REGISTRARS
from woo.web.workbench.visit import Visit

BADGES = {"late": "te laat", "soon": "binnenkort", "ok": "op schema", "suspended": "opgeschort", "done": "besloten"}
NOBODY = "niemand"


def home(visit: Visit) -> Response:
    """The workbench begins with the cases."""
    return RedirectResponse("/zaken", 303)


def cases_board(visit: Visit) -> Response:
    """All cases that fit the chosen filters."""
    with visit.reading() as work:
        every = board.rows(work)
        jurists = {str(user.id): user.name for user in screens.staff(work, Role.JURIST)}
    asked = {name: visit.request.query_params.get(name, "")[:200] for name in ("directie", "fase", "jurist")}
    rows = [row for row in every if _fits(row, asked, jurists.get(asked["jurist"], "–"))]
    return visit.page(
        "board.html",
        rows=rows,
        every=len(every),
        asked=asked,
        badges=Counter(row.badge for row in every),
        labels=BADGES,
        directorates=_sorted(row.directorate for row in every),
        phases=[(p, PHASE_LABELS[p]) for p in Phase],
        jurists=jurists,
        nobody=NOBODY,
        may_register=not REGISTRARS.isdisjoint(visit.roles),
    )


def deadlines(visit: Visit) -> Response:
    """What ends in which week, who carries what, and what nobody took up."""
    with visit.reading() as work:
        every = board.rows(work)
        today = work.clock.today()
    running = [row for row in every if row.phase not in DECIDED_PHASES]
    load = Counter(row.assigned_to or "" for row in running)
    return visit.page(
        "deadlines.html",
        badges=Counter(row.badge for row in running),
        labels=BADGES,
        weeks=_by_week(running, today),
        load=sorted(load.items(), key=lambda item: (-item[1], item[0])),
        directorates=Counter(row.directorate for row in running),
        troubled=[row for row in running if row.trouble or row.problem],
        running=len(running),
        today=today,
    )


def _fits(row: BoardRow, asked: dict[str, str], jurist: str | None) -> bool:
    """Whether a case fits the filters. People are asked for by key: an address holds no names."""
    return (
        (not asked["directie"] or row.directorate == asked["directie"])
        and (not asked["fase"] or row.phase == asked["fase"])
        and (
            not asked["jurist"] or (row.assigned_to is None if asked["jurist"] == NOBODY else row.assigned_to == jurist)
        )
    )


def _by_week(rows: Iterable[BoardRow], today: date) -> list[tuple[str, list[BoardRow]]]:
    """Running cases by the week in which their term ends: late ones first, then week by week."""
    weeks: dict[tuple[int, str], list[BoardRow]] = {}
    for row in rows:
        weeks.setdefault(_week(row, today), []).append(row)
    return [(name, weeks[order, name]) for order, name in sorted(weeks)]


def _week(row: BoardRow, today: date) -> tuple[int, str]:
    if row.deadline is None:
        return (-2, "Termijn niet te berekenen")
    if row.deadline < today:
        return (-1, "Te laat")
    monday = row.deadline - timedelta(days=row.deadline.weekday())
    year, week, _ = row.deadline.isocalendar()
    this_week = " (deze week)" if monday <= today < monday + timedelta(days=7) else ""
    return (monday.toordinal(), f"Week {week} van {year}{this_week}")


def _sorted(values: Iterable[str | None]) -> list[str]:
    return sorted({value for value in values if value}, key=str.casefold)
