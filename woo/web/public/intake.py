"""The web form for a Woo request: shows it, checks it, and leaves one file in the inbox (Woo art. 4.1).

No session, no cookie and no script. What the house does with the file afterwards is not known here.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from woo.clock import AMSTERDAM, Clock
from woo.intake_form import FIELDS, FormRejected, RequestForm, form_reference, form_token, read_form
from woo.law.dutch import date_in_words
from woo.web.public.limits import RateLimit, TooLarge, form_fields, sender_of
from woo.web.public.views import Views

_log = logging.getLogger("woo.public")
_TRAP = "website"
_REFERENCE = re.compile(r"WV-[A-Z2-7]{16}")
_MOMENT = "%Y%m%dT%H%M"
MAX_WAITING = 2_000
_TOO_LARGE = "Uw verzoek is te lang om te versturen. Maak de tekst korter, of stuur uw verzoek per e-mail of post."


class RequestForms:
    """The endpoints of the form. `inbox` is the folder where requests wait for the intake flow."""

    def __init__(self, inbox: Path, views: Views, clock: Clock, limit: RateLimit) -> None:
        self.inbox, self.views, self.clock, self.limit = inbox, views, clock, limit

    def show(self, request: Request) -> Response:
        """`GET /verzoek`: the empty form."""
        return self._form(request, {}, {}, form_token())

    async def send(self, request: Request) -> Response:
        """`POST /verzoek`: the same form with what is wrong, or one file in the inbox and the confirmation."""
        if _from_elsewhere(request):
            raise HTTPException(403)
        try:
            values = await form_fields(request)
        except TooLarge:
            return self._form(request, {}, {"question": _TOO_LARGE}, form_token(), status=413)
        except ValueError:
            raise HTTPException(400) from None
        token = form_token(values.get("token", ""))
        texts = {name: values.get(name, "") for name in FIELDS}
        if values.get(_TRAP):
            return self._form(request, texts, {_TRAP: "Laat het veld 'Website' leeg."}, token, status=422)
        now = self.clock.now()
        try:
            form = read_form(texts, form_reference(token, texts.values()), now)
        except FormRejected as rejected:
            return self._form(request, texts, rejected.errors, token, status=422)
        if not self._file_of(form).exists():  # a second press is no second request: it is told the same, uncounted
            if not self.limit.allows(sender_of(request)):
                return self._busy(request, texts, token, 429)
            if not self._keep(form):
                return self._busy(request, texts, token, 503)
        query = urlencode({"kenmerk": form.reference, "moment": now.astimezone(AMSTERDAM).strftime(_MOMENT)})
        return RedirectResponse(f"/verzoek/ontvangen?{query}", 303, headers={"Cache-Control": "no-store"})

    def received(self, request: Request) -> Response:
        """`GET /verzoek/ontvangen`: the reference and the moment of receipt."""
        reference = request.query_params.get("kenmerk", "")
        try:
            moment = datetime.strptime(request.query_params.get("moment", ""), _MOMENT).replace(tzinfo=AMSTERDAM)
        except ValueError:
            raise HTTPException(404) from None
        if not _REFERENCE.fullmatch(reference):
            raise HTTPException(404)
        return self._private(
            self.views.page(
                request,
                "ontvangen.html",
                reference=reference,
                day=date_in_words(moment.date()),
                time=f"{moment:%H.%M} uur",
            )
        )

    def _form(
        self,
        request: Request,
        values: Mapping[str, str],
        errors: Mapping[str, str],
        token: str,
        *,
        status: int = 200,
    ) -> Response:
        return self._private(
            self.views.page(
                request,
                "verzoek.html",
                status=status,
                values=dict.fromkeys(FIELDS, "") | dict(values),
                errors=dict(errors),
                fields=FIELDS,
                token=token,
                trap=_TRAP,
            )
        )

    def _busy(self, request: Request, texts: Mapping[str, str], token: str, status: int) -> Response:
        _log.warning("a web form was refused with status %d", status)
        message = (
            "Wij kunnen uw verzoek nu niet aannemen. Het is nog niet verstuurd. Wat u heeft ingevuld, staat er "
            "nog. Probeer het over een uur opnieuw, of stuur uw verzoek per e-mail of post."
        )
        answer = self._form(request, texts, {"subject": message}, token, status=status)
        answer.headers["Retry-After"] = "3600"
        return answer

    def _keep(self, form: RequestForm) -> bool:
        """Put the request in the inbox, whole or not at all; the same one twice is one file. False where that fails."""
        final = self._file_of(form)
        waiting = self.inbox / f".{form.reference}-{secrets.token_hex(4)}"
        try:
            self.inbox.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.scandir(self.inbox) as entries:
                if sum(1 for _ in entries) >= MAX_WAITING:
                    return False
            handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(form.to_json())
                file.flush()
                os.fsync(file.fileno())
            if not final.exists():
                waiting.rename(final)
        except OSError as error:
            _log.error("the inbox cannot be written: %s", type(error).__name__)
            return False
        finally:
            with contextlib.suppress(OSError):
                waiting.unlink(missing_ok=True)
        _log.info("a web form was received: %s", form.reference)
        return True

    def _file_of(self, form: RequestForm) -> Path:
        return self.inbox / f"{form.reference}.json"

    @staticmethod
    def _private(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response


def _from_elsewhere(request: Request) -> bool:
    """True where another site makes the browser send the form."""
    site = request.headers.get("sec-fetch-site", "")
    if site:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.headers.get("host", "")
