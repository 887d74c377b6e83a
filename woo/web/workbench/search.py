"""Searching a dossier, and redacting the chosen places at once."""

from __future__ import annotations

from starlette.responses import Response

from woo.errors import InputRejected
from woo.law.grounds import ground
from woo.law.lifecycle import Phase, Role
from woo.services import searching
from woo.web.workbench.case_page import ground_choices, tabs_of
from woo.web.workbench.visit import Visit


def show(visit: Visit) -> Response:
    """The empty question. What is asked is sent as a form, never in the address: it may be a name."""
    return _page(visit, "")


def redact(visit: Visit) -> Response:
    """Search, or redact the chosen places."""
    query = visit.form.text("q", 200)
    if not visit.form.flag("lakken"):
        return _page(visit, query)
    with visit.working() as work:
        case = visit.dossier(work)
        searching.redact_hits(
            work, case, query, visit.form.texts("treffers"), ground(visit.form.text("grond", 20)).code
        )
    return visit.go(f"/zaken/{visit.part('number')}/zoeken", "gelakt")


def _page(visit: Visit, query: str) -> Response:
    problem = ""
    with visit.reading() as work:
        case = visit.dossier(work)
        try:
            hits = searching.find(work, case, query) if query.strip() else []
        except InputRejected as error:
            hits, problem = [], str(error)
        return visit.page(
            "search.html",
            case=case,
            tab="zoeken",
            tabs=tabs_of(visit, case),
            query=query,
            hits=hits,
            problem=problem,
            most=searching.MAX_HITS,
            grounds=ground_choices(),
            may_decide=Role.JURIST in visit.roles and case.phase == Phase.REVIEW,
        )
