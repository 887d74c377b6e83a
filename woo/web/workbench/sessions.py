"""The door: nothing opens without a session, and a form from another site is turned away before it is read."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from woo.errors import NotAllowed
from woo.services import users
from woo.services.users import SignedIn
from woo.web.workbench.house import House
from woo.web.workbench.mishaps import error_page

_SAFE = frozenset({"GET", "HEAD"})
LOGIN = "/inloggen"


class Door:
    """Lets a request in with who sent it in `request.state.me`. Open to all: the login page and the static files."""

    def __init__(self, app: ASGIApp, house: House, open_paths: tuple[str, ...]) -> None:
        self.app, self.house, self.open_paths = app, house, open_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        answer: ASGIApp = self.app
        if request.method not in _SAFE and not self._own_page(request):
            answer = error_page(
                request, 403, "Dit kan niet", "Dit formulier kwam niet van deze werkbank. Er is niets opgeslagen."
            )
        elif not request.url.path.startswith(self.open_paths):
            me = await run_in_threadpool(self._who, request)
            if me is None:
                answer = self._to_login(request)
            else:
                request.state.me = me
        await answer(scope, receive, send)

    def _who(self, request: Request) -> SignedIn | None:
        token = request.cookies.get(self.house.cookie)
        if not token:
            return None
        with self.house.database.reading() as work:
            return users.signed_in(work, token)

    def _own_page(self, request: Request) -> bool:
        """Whether the browser says that one of our own pages sent this; form tokens are checked as well."""
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return False
        origin = request.headers.get("origin", "null")
        if origin == "null":  # what browsers send from pages with `Referrer-Policy: no-referrer`
            return True
        own = {(request.url.scheme, request.url.netloc), urlsplit(self.house.database.settings.workbench_url)[:2]}
        return tuple(urlsplit(origin)[:2]) in own

    def _to_login(self, request: Request) -> Response:
        if request.method in _SAFE and "application/json" not in request.headers.get("accept", ""):
            path = request.url.path
            return RedirectResponse(LOGIN if path == "/" else f"{LOGIN}?naar={quote(path)}", 303)
        return error_page(
            request,
            401,
            "U bent niet ingelogd",
            str(
                NotAllowed(
                    "U bent niet meer ingelogd. Deze wijziging is niet opgeslagen. "
                    "Log opnieuw in en probeer het dan nog eens."
                )
            ),
        )


def set_session(response: Response, house: House, token: str) -> None:
    """Give the browser its session: out of reach of scripts, not sent along from other sites' forms."""
    response.set_cookie(
        house.cookie,
        token,
        max_age=house.database.settings.session_hours * 3600,
        path="/",
        httponly=True,
        secure=house.https,
        samesite="lax",
    )


def drop_session(response: Response, house: House) -> None:
    """Take the session away again."""
    response.delete_cookie(house.cookie, path="/", httponly=True, secure=house.https, samesite="lax")
