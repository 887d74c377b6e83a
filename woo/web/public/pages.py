"""The pages that show what is published: the list with a search in titles, and one page a publication."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from woo.web.public.catalogue import Catalogue, Publication
from woo.web.public.views import Views

T = TypeVar("T")

PUBLICATIONS_PER_PAGE = 25
DOCUMENTS_PER_PAGE = 100
_MAX_QUERY = 100
_SITE_FILE = re.compile(
    r"robots\.txt|manifest-sleutel\.pem|sitemapindex-diwoo-infocat014\.xml"
    r"|sitemap-diwoo-infocat014-[A-Za-z0-9.\-]+\.xml"
)
_TYPES = {
    ".pdf": "application/pdf",
    ".csv": "text/csv; charset=utf-8; header=present",
    ".html": "text/html; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".pem": "application/x-pem-file",
}
_SAVED = (".csv", ".xlsx", ".pem")


class PublicationPages:
    """The endpoints for everything that is read."""

    def __init__(self, root: Path, views: Views) -> None:
        self.root = root
        self.views = views
        self.catalogue = Catalogue(root)

    def listing(self, request: Request) -> Response:
        """`/`: the publications, newest first, with a search in titles."""
        query = request.query_params.get("q", "")[:_MAX_QUERY].strip()
        found = self.catalogue.search(query)
        page = _page(request, len(found), PUBLICATIONS_PER_PAGE)
        return self.views.page(
            request,
            "lijst.html",
            query=query,
            total=len(found),
            page=page,
            pages=_pages(len(found), PUBLICATIONS_PER_PAGE),
            publications=_part(found, page, PUBLICATIONS_PER_PAGE),
        )

    def publication(self, request: Request) -> Response:
        """`/publicaties/{number}`: one case with its documents."""
        publication = self._get(request)
        total = len(publication.documents)
        page = _page(request, total, DOCUMENTS_PER_PAGE)
        return self.views.page(
            request,
            "publicatie.html",
            publication=publication,
            case=publication.summary,
            total=total,
            page=page,
            pages=_pages(total, DOCUMENTS_PER_PAGE),
            documents=_part(publication.documents, page, DOCUMENTS_PER_PAGE),
        )

    def file(self, request: Request) -> Response:
        """`/publicaties/{number}/{path}`: a file that the manifest names, with ranges; 410 for a withdrawn one."""
        publication = self._get(request)
        name = request.path_params["path"]
        found = publication.files.get(name)
        if found is None or not found.path.is_file():
            if withdrawn := publication.withdrawn(name):
                return self.views.page(
                    request, "ingetrokken.html", status=410, document=withdrawn, case=publication.summary
                )
            raise HTTPException(404)
        headers = {"Cache-Control": "no-cache"}
        if found.sha256:
            headers["ETag"] = f'"{found.sha256}"'
            if f'"{found.sha256}"' in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
        prefix = "" if name.startswith("documenten/") else f"{publication.summary.number}-"
        return _file(found.path, f"{prefix}{found.path.name}", headers)

    def site_file(self, request: Request) -> Response:
        """robots.txt, the sitemaps and the public key: what stands in the root of the public folder."""
        name = request.path_params["name"]
        path = self.root / name
        if not _SITE_FILE.fullmatch(name) or ".." in name or not path.is_file():
            if name == "robots.txt":
                return PlainTextResponse("User-agent: *\nAllow: /\n")
            raise HTTPException(404)
        return _file(path, name, {"Cache-Control": "no-cache"})

    def _get(self, request: Request) -> Publication:
        publication = self.catalogue.get(request.path_params["number"])
        if publication is None:
            raise HTTPException(404)
        return publication


def _file(path: Path, name: str, headers: dict[str, str]) -> FileResponse:
    """The file with its real type; a list opens in a program, the rest in the browser."""
    return FileResponse(
        path,
        media_type=_TYPES[path.suffix],
        filename=name,
        headers=headers,
        content_disposition_type="attachment" if path.suffix in _SAVED else "inline",
    )


def _pages(total: int, size: int) -> int:
    return max(1, math.ceil(total / size))


def _page(request: Request, total: int, size: int) -> int:
    """The page asked for, from 1; 404 where it does not exist."""
    asked = request.query_params.get("pagina", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,5}", asked) or int(asked) > _pages(total, size):
        raise HTTPException(404)
    return int(asked)


def _part(items: Sequence[T], page: int, size: int) -> Sequence[T]:
    return items[(page - 1) * size : page * size]
