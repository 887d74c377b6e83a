"""What a person sees when something cannot be done: what happened, what was kept, what to do; with the right status.

An unexpected error gets a reference. The log holds its type, place and reference, never its text, which may hold
personal data.
"""

from __future__ import annotations

import logging
import traceback
import uuid

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from woo.errors import InputRejected, NotAllowed, Stale, Unavailable, WooError
from woo.web.workbench.forms import Form
from woo.web.workbench.house import House
from woo.web.workbench.visit import NotFound

log = logging.getLogger("woo.web")
_STATUS: tuple[tuple[type[WooError], int, str], ...] = (
    (NotFound, 404, "Niet gevonden"),
    (Stale, 409, "Iemand anders was u voor"),
    (NotAllowed, 403, "Dit kan niet"),
    (InputRejected, 422, "Dit kunnen we niet verwerken"),
    (Unavailable, 503, "Even niet beschikbaar"),
)


def show_refusal(request: Request, error: Exception) -> Response:
    """The page for an error of our own."""
    status, title = next(((s, t) for kind, s, t in _STATUS if isinstance(error, kind)), (500, "Er ging iets mis"))
    return error_page(request, status, title, str(error))


def show_http_error(request: Request, error: Exception) -> Response:
    """The page for an address or method that does not exist."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 405:
        return error_page(
            request, 405, "Dit kan hier niet", "Deze pagina kan zo niet worden gevraagd. Er is niets veranderd."
        )
    return error_page(request, status, "Niet gevonden", str(NotFound()))


def error_page(request: Request, status: int, title: str, message: str) -> Response:
    """A page, or data where a script asked, with one message."""
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"message": message, "status": status}, status)
    house: House = request.app.state.house
    me = getattr(request.state, "me", None)
    form: Form = getattr(request.state, "form", None) or Form()
    number = request.path_params.get("number") if status != 404 else None
    return house.templates.answer(
        "error.html",
        {
            "title": title,
            "message": message,
            "me": me,
            "roles": me.actor.roles if me else (),
            "path": request.url.path,
            "done": None,
            "kept": form.kept() if request.method == "POST" else [],
            "number": number,
        },
        status,
    )


class Mishaps:
    """Catches what nobody expected, so that no server log ever prints its text."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            reference = uuid.uuid4().hex[:10]
            log.error("reference=%s type=%s at=%s", reference, type(error).__name__, _place(error))
            if started:
                return
            text = (
                f"Er ging iets mis dat wij niet hadden verwacht. Wat u eerder opsloeg, is bewaard; deze stap niet. "
                f"Probeer het opnieuw. Blijft het misgaan? Meld dan deze code aan de beheerder: {reference}."
            )
            response = error_page(Request(scope, receive), 500, "Er ging iets mis", text)
            await response(scope, receive, send)


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "?"
