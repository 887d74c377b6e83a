"""Registering a request that came by post, by telephone or at the desk (Woo art. 4.1: also oral, without a form)."""

from __future__ import annotations

from datetime import datetime, time

from starlette.responses import Response

from woo.clock import AMSTERDAM
from woo.errors import InputRejected, NotAllowed
from woo.intake_form import form_reference, form_token
from woo.services import cases, intake
from woo.services.cases import CHANNELS, REGISTRARS, IncomingRequest
from woo.web.workbench.forms import Form
from woo.web.workbench.visit import Visit

_BY_HAND = ("post", "phone", "desk", "email")
_FIELDS = ("kanaal", "ontvangen", "onderwerp", "tekst", "naam", "adres", "email", "telefoon", "aanhef", "directie")


def blank(visit: Visit) -> Response:
    """The empty form."""
    _check(visit)
    return _page(visit, dict.fromkeys(_FIELDS, ""), form_token(), "")


def register(visit: Visit) -> Response:
    """Make the case, once for a form that is sent twice; on a refusal the form comes back as it was filled in."""
    _check(visit)
    filled, token = {name: visit.form.text(name) for name in _FIELDS}, form_token(visit.form.text("formulier", 40))
    try:
        reference = f"workbench:{form_reference(token, filled.values())}"
        incoming = _incoming(visit.form, visit.house.database.clock.now(), reference)
        with visit.working() as work:
            case = cases.register_request(work, incoming)
            if case.request.receipt_sha256 is None:
                intake.write_receipt(work, case)
            number = case.number
    except InputRejected as error:
        return _page(visit, filled, token, str(error))
    return visit.go(f"/zaken/{number}", "geregistreerd")


def _incoming(form: Form, now: datetime, reference: str) -> IncomingRequest:
    received = form.day("ontvangen", "Ontvangen op")
    moment = datetime.combine(received, time(9), AMSTERDAM)
    if received == now.astimezone(AMSTERDAM).date():
        moment = now
    return IncomingRequest(
        channel=form.text("kanaal", 40),
        received_at=moment,
        subject=form.text("onderwerp", 500),
        text=form.text("tekst"),
        requester_name=form.text("naam", 300),
        requester_email=form.text("email", 320) or None,
        postal_address=form.text("adres", 500) or None,
        phone=form.text("telefoon", 50) or None,
        salutation=form.text("aanhef", 200) or None,
        directorate=form.text("directie", 200),
        source_reference=reference,
    )


def _check(visit: Visit) -> None:
    if REGISTRARS.isdisjoint(visit.roles):
        raise NotAllowed("U mag geen verzoeken registreren. Er is niets opgeslagen.")


def _page(visit: Visit, filled: dict[str, str], token: str, problem: str) -> Response:
    return visit.page(
        "register.html",
        422 if problem else 200,
        filled=filled,
        token=token,
        problem=problem,
        channels=[(name, CHANNELS[name]) for name in _BY_HAND],
        today=visit.house.database.clock.today(),
    )
