"""The public site as an ASGI app; nothing is public by default: an empty folder gives an empty list."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from woo.clock import Clock
from woo.web.headers import STATIC, CompressText, LastingFiles, ProtectingHeaders, static_version
from woo.web.public.intake import RequestForms
from woo.web.public.limits import RateLimit
from woo.web.public.pages import PublicationPages
from woo.web.public.policy import PublicPolicy
from woo.web.public.views import Views

OWN_STATIC = Path(__file__).parent / "static"
FORMS_PER_HOUR = 10
FORMS_PER_HOUR_IN_TOTAL = 500
_TROUBLE = {
    400: ("Wij kunnen dit niet lezen", "Ga terug en probeer het opnieuw."),
    403: ("Dit formulier kwam van een andere website", "Open het formulier op deze website en vul het daar in."),
    404: ("Deze pagina bestaat niet", "Misschien is het adres verkeerd getypt, of is de publicatie vervallen."),
    405: ("Dit kan hier niet", "Ga terug naar de publicaties."),
    500: ("Er ging iets mis", "Dat ligt aan ons. Probeer het later opnieuw."),
}


def create_app(
    public_root: Path,
    inbox: Path | None,
    base_url: str,
    *,
    organisation: str = "",
    theme_dir: Path | None = None,
    clock: Clock | None = None,
    forms_per_hour: int = FORMS_PER_HOUR,
) -> ASGIApp:
    """The public site over `public_root` (read only); `inbox` is where the request form leaves files, None for no form.

    `base_url` is the address of the site; `theme_dir` holds the organisation's own theme.css and pictures.
    """
    version, own_version = static_version(), static_version(OWN_STATIC)
    theme = theme_dir if theme_dir and (theme_dir / "theme.css").is_file() else None
    views = Views(
        organisation=organisation,
        static=f"/static/{version}",
        own_static=f"/static/{own_version}",
        theme="/huisstijl/theme.css" if theme else "",
        with_form=inbox is not None,
    )
    routes = _reading(PublicationPages(public_root, views))
    if inbox is not None:
        limit = RateLimit(forms_per_hour, 3600, FORMS_PER_HOUR_IN_TOTAL)
        routes = _form(RequestForms(inbox, views, clock or Clock(), limit)) + routes
    if theme:
        routes.insert(0, Mount("/huisstijl", StaticFiles(directory=theme)))
    for folder, name in ((STATIC, version), (OWN_STATIC, own_version)):
        routes.insert(0, Mount(f"/static/{name}", LastingFiles(directory=folder)))
    app = Starlette(routes=routes, exception_handlers={HTTPException: _trouble(views), 500: _trouble(views)})
    app.router.redirect_slashes = False  # a redirect would repeat the Host header of whoever asks
    # The headers stand outside of Starlette, so that an answer to an unforeseen error carries them too.
    return PublicPolicy(ProtectingHeaders(CompressText(app), https=base_url.startswith("https://"), cache="no-cache"))


def _reading(pages: PublicationPages) -> list[BaseRoute]:
    return [
        Route("/", pages.listing),
        Route("/publicaties/{number}", pages.publication),
        Route("/publicaties/{number}/{path:path}", pages.file),
        Route("/{name}", pages.site_file),
    ]


def _form(forms: RequestForms) -> list[BaseRoute]:
    return [
        Route("/verzoek", forms.show, methods=["GET"]),
        Route("/verzoek", forms.send, methods=["POST"]),
        Route("/verzoek/ontvangen", forms.received),
    ]


def _trouble(views: Views) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def page(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        title, advice = _TROUBLE.get(status, _TROUBLE[500])
        return await asyncio.to_thread(views.page, request, "fout.html", status=status, title=title, advice=advice)

    return page
