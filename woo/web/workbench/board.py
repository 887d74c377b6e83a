"""The overview of cases: worst first, a page at a time."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from woo.law.lifecycle import PHASE_LABELS, Phase, Role
from woo.services import projection, screens
from woo.services.cases import REGISTRARS
from woo.services.overview import Asked, Overview, overview
from woo.services.standings import NOBODY
from woo.services.work import Work
from woo.web.workbench.visit import Visit

BADGES = {"late": "te laat", "soon": "binnenkort", "ok": "op schema", "suspended": "opgeschort", "done": "besloten"}
_WATCHERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})


def home(visit: Visit) -> Response:
    """The workbench begins with the cases."""
    return RedirectResponse("/zaken", 303)


def cases_board(visit: Visit) -> Response:
    """The cases that fit the chosen filters."""
    wanted, number = asked(visit)
    with visit.reading() as work:
        seen = overview(work, wanted, number)
        links = run_links(visit, work, [row.case_id for row in seen.rows if row.badge == "late"])
        jurists = {str(user.id): user.name for user in screens.staff(work, Role.JURIST)}
    return visit.page(
        "board.html",
        seen=seen,
        run_links=links,
        asked=wanted,
        labels=BADGES,
        phases=[(p, PHASE_LABELS[p]) for p in Phase],
        jurists=jurists,
        nobody=NOBODY,
        pager=pager("/zaken", wanted, seen),
        may_register=not REGISTRARS.isdisjoint(visit.roles),
    )


def run_links(visit: Visit, work: Work, case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The runs of these cases in Prefect's screens, for those who watch over the process there."""
    return projection.links_to_runs(work, case_ids) if not _WATCHERS.isdisjoint(visit.roles) else {}


def asked(visit: Visit) -> tuple[Asked, int]:
    """The filters and the page in the address. A value that means nothing finds nothing; it is never refused."""
    query = visit.request.query_params
    directorate, phase, jurist, week = (query.get(name, "")[:200] for name in ("directie", "fase", "jurist", "week"))
    page = query.get("bladzijde", "1")
    return Asked(directorate, phase, jurist, week), int(page) if page.isdecimal() and len(page) < 7 else 1


def address(path: str, wanted: Asked, **changes: object) -> str:
    """The address of the same list with other filters or another page."""
    fields = {"directie": wanted.directorate, "fase": wanted.phase, "jurist": wanted.jurist, "week": wanted.week}
    query = urlencode({name: value for name, value in (fields | changes).items() if value})
    return f"{path}?{query}" if query else path


def pager(path: str, wanted: Asked, seen: Overview) -> dict[str, str]:
    """Addresses of the page before and after; empty where there is none."""
    before, after = seen.number - 1, seen.number + 1
    return {
        "before": address(path, wanted, bladzijde=before if before > 1 else "") if before else "",
        "after": address(path, wanted, bladzijde=after) if after <= seen.pages else "",
    }
