"""One visit to one screen: who looks, what was sent, the ways to answer. Handlers are plain functions of a visit."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import Message

from models import Case
from woo.errors import InputRejected, NotAllowed
from woo.law.lifecycle import Role
from woo.services import cases, screens
from woo.services.users import SignedIn
from woo.services.work import Work
from woo.web.workbench.forms import Form
from woo.web.workbench.house import House
from woo.web.workbench.messages import MESSAGES

_FORM_BYTES = 4 * 1024 * 1024
_FORM_SLACK = 1024 * 1024


class NotFound(InputRejected):
    """There is nothing at this address (404)."""

    def __init__(
        self, message: str = "Deze pagina bestaat niet. Ga terug of begin bij het overzicht van zaken."
    ) -> None:
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who is signed in and asks for something."""

    request: Request
    house: House
    me: SignedIn
    form: Form = field(default_factory=Form)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """A reading unit of work for the visitor."""
        with self.house.database.reading(self.me.actor) as work:
            yield work

    @contextmanager
    def working(self) -> Iterator[Work]:
        """A writing unit of work for the visitor."""
        with self.house.database.work(self.me.actor) as work:
            yield work

    @property
    def roles(self) -> frozenset[Role]:
        """What the visitor is in the organisation."""
        return self.me.actor.roles

    @property
    def wants_json(self) -> bool:
        """Whether a script asked, so that the answer must be data."""
        return "application/json" in self.request.headers.get("accept", "")

    def part(self, name: str) -> str:
        """A part of the address."""
        return str(self.request.path_params[name])

    def case(self, work: Work) -> Case:
        """The case in the address; NotFound where it does not exist."""
        try:
            return cases.case_by_number(work, self.part("number"))
        except InputRejected:
            raise NotFound("Deze zaak bestaat niet. Controleer het nummer of zoek de zaak in het overzicht.") from None

    def dossier(self, work: Work) -> Case:
        """The case in the address, for somebody who may read its documents; NotAllowed for others."""
        screens.check_reader(work)
        return self.case(work)

    def page(self, template: str, status: int = 200, **data: Any) -> HTMLResponse:
        """A screen."""
        done = MESSAGES.get(self.request.query_params.get("gedaan", ""))
        frame = {"me": self.me, "roles": self.roles, "path": self.request.url.path, "done": done, "Role": Role}
        return self.house.templates.answer(template, frame | data, status)

    def go(self, path: str, done: str | None = None, fragment: str = "") -> RedirectResponse:
        """Send the browser on after a form, with a short message; so a reload sends nothing twice."""
        assert done is None or done in MESSAGES, done  # noqa: S101 - a typing error in our own code
        query = f"?{urlencode({'gedaan': done})}" if done else ""
        return RedirectResponse(f"{path}{query}{'#' + fragment if fragment else ''}", 303)

    def data(self, content: object) -> JSONResponse:
        """Data for one of our own scripts."""
        return JSONResponse(content)


_DELIVERERS = frozenset({Role.JURIST, Role.COORDINATOR, Role.INFORMATION_SPECIALIST})
Handler = Callable[[Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def screen(handler: Handler) -> Endpoint:
    """A page to look at: changes nothing."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(handler, Visit(request, request.app.state.house, request.state.me))

    return endpoint


def action(handler: Handler, *, uploads: bool = False) -> Endpoint:
    """A form that was sent: its token is checked, its size is bounded, then the handler runs."""

    async def endpoint(request: Request) -> Response:
        house: House = request.app.state.house
        if uploads and _DELIVERERS.isdisjoint(request.state.me.actor.roles):
            raise NotAllowed("U mag geen bestanden aanleveren. Er is niets opgeslagen.")
        limit = house.database.settings.upload_megabytes * 1024 * 1024 + _FORM_SLACK if uploads else _FORM_BYTES
        async with read_form(request, limit, files=2000 if uploads else 0) as form:
            request.state.form = form
            if not hmac.compare_digest(form.text("csrf", 100).encode(), request.state.me.csrf.encode()):
                raise NotAllowed(
                    "Dit formulier is verlopen. Er is niets opgeslagen. "
                    "Ga terug, ververs de pagina en probeer het opnieuw."
                )
            return await run_in_threadpool(handler, Visit(request, house, request.state.me, form))

    return endpoint


@asynccontextmanager
async def read_form(request: Request, limit: int, *, files: int = 0) -> AsyncIterator[Form]:
    """The form in a request of at most `limit` bytes; files go to disk while they come in."""
    if (
        request.headers.get("content-length", "0").isdecimal()
        and int(request.headers.get("content-length", "0")) > limit
    ):
        raise _too_large(limit)
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await request.receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise _too_large(limit)
        return message

    try:
        async with Request(request.scope, bounded).form(
            max_files=files, max_fields=5000, max_part_size=_FORM_SLACK
        ) as data:
            yield Form(data)
    except MultiPartException as error:
        raise InputRejected(
            "Het formulier is niet leesbaar of heeft te veel bestanden. Er is niets opgeslagen."
        ) from error


def _too_large(limit: int) -> InputRejected:
    return InputRejected(
        f"De bestanden zijn samen te groot (meer dan {limit // (1024 * 1024)} MB). Er is niets opgeslagen. "
        "Lever ze in kleinere delen aan."
    )
