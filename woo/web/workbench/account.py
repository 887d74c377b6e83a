"""Logging in and out, and a person's own preferences."""

from __future__ import annotations

import hmac
import secrets

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from woo.services import users
from woo.web.workbench.house import House
from woo.web.workbench.messages import MESSAGES
from woo.web.workbench.sessions import LOGIN, drop_session, set_session
from woo.web.workbench.visit import Visit, read_form

_TOKEN = "woo-inloggen"  # noqa: S105 - the name of a cookie
_WRONG = (
    "De inlognaam of het wachtwoord klopt niet. Na vijf keer wacht u een kwartier. "
    "Vraag de beheerder als u niet meer kunt inloggen."
)
_EXPIRED = "Deze inlogpagina was verlopen. Vul uw gegevens opnieuw in."


async def login(request: Request) -> Response:
    """The login form, and what comes of it. The form carries a token of its own, since there is no session yet."""
    house: House = request.app.state.house
    if request.method != "POST":
        return _form(request, house, "", request.query_params.get("naar", ""))
    async with read_form(request, 20_000) as form:
        name, target = form.text("inlognaam", 200), form.text("naar", 500)
        ours = request.cookies.get(_TOKEN, "")
        if not ours or not hmac.compare_digest(form.text("csrf", 100).encode(), ours.encode()):
            return _form(request, house, _EXPIRED, target)
        token = await run_in_threadpool(_sign_in, house, name, form.text("wachtwoord", 1000))
    if token is None:
        return _form(request, house, _WRONG, target)
    response = RedirectResponse(_local(target), 303)
    set_session(response, house, token)
    response.delete_cookie(_TOKEN, path=LOGIN)
    return response


def logout(visit: Visit) -> Response:
    """End the session."""
    with visit.working() as work:
        users.sign_out(work, visit.request.cookies.get(visit.house.cookie, ""))
    response = RedirectResponse(f"{LOGIN}?gedaan=uitgelogd", 303)
    drop_session(response, visit.house)
    return response


def profile(visit: Visit) -> Response:
    """Who I am here, and whether single keys work."""
    return visit.page("profile.html")


def save_profile(visit: Visit) -> Response:
    """Turn single keys on or off (WCAG 2.1.4)."""
    with visit.working() as work:
        users.switch_keys(work, enabled=visit.form.flag("toetsen"))
    return visit.go("/profiel", "toetsen")


def _sign_in(house: House, name: str, password: str) -> str | None:
    with house.database.work() as work:
        return users.sign_in(work, name, password)


def _form(request: Request, house: House, problem: str, target: str) -> Response:
    token = secrets.token_urlsafe(24)
    response = house.templates.answer(
        "login.html",
        {
            "me": None,
            "roles": (),
            "path": LOGIN,
            "done": MESSAGES.get(request.query_params.get("gedaan", "")),
            "problem": problem,
            "target": _local(target),
            "token": token,
        },
        401 if problem else 200,
    )
    response.set_cookie(_TOKEN, token, path=LOGIN, httponly=True, secure=house.https, samesite="strict")
    return response


def _local(target: str) -> str:
    """An address within the workbench; anything else becomes the board."""
    good = target.startswith("/") and not target.startswith(("//", "/\\")) and "\n" not in target and "\r" not in target
    return target if good and not target.startswith(LOGIN) else "/zaken"
