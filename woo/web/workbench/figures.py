"""The figures over requests, with what each of them means, and as files to work with."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from woo.publish.profile import profile
from woo.services.figure_files import figures_csv, figures_ods
from woo.services.figures import DEFINITIONS, Figures, figures
from woo.web.workbench.visit import Visit

ODS = "application/vnd.oasis.opendocument.spreadsheet"


def show(visit: Visit) -> Response:
    """The page."""
    found = _found(visit)
    query = urlencode({k: v for k, v in (("jaar", found.year), ("directie", found.directorate)) if v})
    return visit.page("figures.html", found=found, meaning=DEFINITIONS, query=f"?{query}" if query else "")


def as_csv(visit: Visit) -> Response:
    """The table by month and directorate."""
    return _file(figures_csv(_found(visit)), "text/csv; charset=utf-8", "woo-cijfers.csv")


def as_ods(visit: Visit) -> Response:
    """All tables as a spreadsheet."""
    name = profile(visit.house.database.settings.organisation_file).organisation.name
    return _file(figures_ods(_found(visit), name), ODS, "woo-cijfers.ods")


def _found(visit: Visit) -> Figures:
    query = visit.request.query_params
    year, directorate = query.get("jaar", ""), query.get("directie", "")[:200]
    with visit.reading() as work:
        return figures(work, int(year) if len(year) == 4 and year.isdecimal() else None, directorate or None)


def _file(data: bytes, kind: str, name: str) -> Response:
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
