"""A Woo request from the public web form: what may be filled in, what is wrong with it, and the file it becomes.

The public site writes the file into the inbox and the intake flow reads it; neither knows the other. Law: Woo art. 4.1
(no reason needed), 4.1 lid 4 (what it is about), 4.5 (form of the answer).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime

from woo.errors import InputRejected

FORMAT = "woo-verzoek/1"
MAX_FILE = 200_000

# Field, longest value in characters, whether it may have several lines, and its label on the form.
FIELDS: Mapping[str, tuple[int, bool, str]] = {
    "subject": (200, False, "Onderwerp"),
    "question": (20_000, True, "Welke documenten u zoekt"),
    "period_from": (10, False, "Periode: van"),
    "period_to": (10, False, "Periode: tot en met"),
    "name": (150, False, "Naam"),
    "email": (254, False, "E-mailadres"),
    "postal_address": (500, True, "Postadres"),
    "phone": (30, False, "Telefoonnummer"),
    "salutation": (100, False, "Aanhef"),
}
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@(?:[^\s@<>,;:\"()\[\]\\.]{1,63}\.)+[^\s@<>,;:\"()\[\]\\.]{2,63}")
_PHONE = re.compile(r"[0-9+()\-\s]{8,30}")
_REFERENCE = re.compile(r"[A-Z0-9\-]{10,40}")
_TOKEN = re.compile(r"[0-9a-f]{32}")


def form_token(sent: str = "") -> str:
    """What makes one shown form different from every other: the one that was sent along, or a new one."""
    return sent if _TOKEN.fullmatch(sent) else secrets.token_hex(16)


def form_reference(token: str, texts: Iterable[str]) -> str:
    """A name for this request on this form: sending it twice gives the same one, so that it is registered once."""
    digest = hashlib.sha256("\0".join((token, *texts)).encode()).digest()
    return f"WV-{base64.b32encode(digest).decode('ascii')[:16]}"


class FormRejected(InputRejected):
    """The form cannot be taken in as it is; `errors` has a Dutch sentence per field, in the order of the form."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("Het formulier is nog niet goed ingevuld. Er is niets verstuurd. Verbeter de genoemde velden.")
        self.errors = dict(errors)


@dataclass(frozen=True)
class RequestForm:
    """A complete request. `received_at` (UTC) is when it reached our system; `reference` is random and says nothing."""

    reference: str
    received_at: datetime
    subject: str
    question: str
    name: str
    email: str = ""
    postal_address: str = ""
    phone: str = ""
    salutation: str = ""
    period_from: date | None = None
    period_to: date | None = None

    def full_text(self) -> str:
        """The request as one text, as a letter would put it."""
        parts = [self.question]
        if self.period_from or self.period_to:
            ends = (
                f"van {self.period_from:%d-%m-%Y}" if self.period_from else "",
                f"tot en met {self.period_to:%d-%m-%Y}" if self.period_to else "",
            )
            parts.append(f"Periode: {' '.join(end for end in ends if end)}")
        return "\n\n".join(parts)

    def same_request(self, other: RequestForm) -> bool:
        """Whether the other is this form sent again: only the moment of receipt may differ."""
        return replace(self, received_at=other.received_at) == other

    def to_json(self) -> bytes:
        """The file for the inbox."""
        values = asdict(self) | {
            "format": FORMAT,
            "received_at": self.received_at.astimezone(UTC).isoformat(),
            "period_from": f"{self.period_from}" if self.period_from else "",
            "period_to": f"{self.period_to}" if self.period_to else "",
        }
        return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def from_json(cls, data: bytes) -> RequestForm:
        """Read a file from the inbox, checked as strictly as the form itself; InputRejected where it cannot be used."""
        problem = "Dit bestand is geen verzoek van het webformulier. Het bestand is bewaard. Bekijk het met de hand."
        try:
            values = json.loads(data) if len(data) <= MAX_FILE else None
            if not isinstance(values, dict) or values.get("format") != FORMAT:
                raise InputRejected(problem)
            received = datetime.fromisoformat(values["received_at"])
            reference = values["reference"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise InputRejected(problem) from None
        texts = {name: values.get(name, "") for name in FIELDS}
        sound = isinstance(reference, str) and _REFERENCE.fullmatch(reference) and received.tzinfo is not None
        if not sound or not all(isinstance(text, str) for text in texts.values()):
            raise InputRejected(problem)
        return read_form(texts, reference, received)


def read_form(values: Mapping[str, str], reference: str, received_at: datetime) -> RequestForm:
    """The request in the fields of the form; FormRejected with a sentence for each field that is not right."""
    texts = {name: _clean(values.get(name, "")) for name in FIELDS}
    errors = _errors(texts)
    if errors:
        raise FormRejected({name: errors[name] for name in FIELDS if name in errors})
    return RequestForm(
        reference,
        received_at,
        subject=texts["subject"],
        question=texts["question"],
        name=texts["name"],
        email=texts["email"],
        postal_address=texts["postal_address"],
        phone=texts["phone"],
        salutation=texts["salutation"],
        period_from=_day(texts["period_from"]),
        period_to=_day(texts["period_to"]),
    )


def _clean(text: str) -> str:
    """Line ends made equal, composed letters, no blanks at the ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _errors(texts: Mapping[str, str]) -> dict[str, str]:
    errors = _missing(texts) | _wrong_periods(texts)
    if texts["email"] and not _EMAIL.fullmatch(texts["email"]):
        errors["email"] = "Vul een e-mailadres in zoals naam@voorbeeld.nl."
    if texts["phone"] and not _PHONE.fullmatch(texts["phone"]):
        errors["phone"] = "Vul een telefoonnummer in met alleen cijfers, spaties, + en -, bijvoorbeeld 06 12345678."
    for name, (longest, several_lines, label) in FIELDS.items():
        if len(texts[name]) > longest:
            errors[name] = f"{label} is te lang: maak het {longest} tekens of korter."
        elif any(_unwelcome(char, several_lines) for char in texts[name]):
            errors[name] = f"{label} bevat tekens die wij niet kunnen lezen. Typ de tekst opnieuw."
    return errors


def _missing(texts: Mapping[str, str]) -> dict[str, str]:
    errors = {}
    if not texts["subject"]:
        errors["subject"] = "Vul in waar uw verzoek over gaat."
    if len(texts["question"]) < 10:
        errors["question"] = "Beschrijf welke documenten of welke informatie u zoekt."
    if not texts["name"]:
        errors["name"] = "Vul uw naam in."
    if not texts["email"] and not texts["postal_address"]:
        errors["email"] = "Vul uw e-mailadres of uw postadres in. Anders kunnen wij u het besluit niet sturen."
    return errors


def _wrong_periods(texts: Mapping[str, str]) -> dict[str, str]:
    errors = {}
    for name in ("period_from", "period_to"):
        if texts[name] and _day(texts[name]) is None:
            errors[name] = "Vul een datum in als dag-maand-jaar, bijvoorbeeld 31-01-2026."
    start, end = _day(texts["period_from"]), _day(texts["period_to"])
    if start and end and end < start:
        errors["period_to"] = "De einddatum ligt voor de begindatum. Draai de datums om of verbeter ze."
    return errors


def _day(text: str) -> date | None:
    """A date as people (31-01-2026) or browsers (2026-01-31) write it; None where it is neither."""
    for pattern in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def _unwelcome(char: str, several_lines: bool) -> bool:
    """Control characters, and the signs that turn the reading order around."""
    if char in "\n\t":
        return not several_lines
    return unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") or char in "\u202a\u202b\u202d\u202e\u2066\u2067"
