"""How a request comes in: an e-mail as a file, or a form that the public site left in the inbox (Woo art. 4.1)."""

from __future__ import annotations

import email.policy
import hashlib
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from inscriptis import get_text
from sqlalchemy.exc import OperationalError

from models import Case
from woo.clock import AMSTERDAM
from woo.errors import InputRejected, WooError
from woo.intake_form import RequestForm
from woo.publish.letters import receipt_letter
from woo.services import audit, case_files, cases, outbox
from woo.services.cases import IncomingRequest
from woo.services.storable import one_line, storable
from woo.services.work import SYSTEM, Database, Work

log = logging.getLogger("woo.intake")
MAX_BYTES = 50 * 1024 * 1024
REFUSED_FOLDER = "afgekeurd"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file in the inbox: a case, or the reason why a person must look at it."""

    name: str
    case_number: str | None
    problem: str | None


def take_in(work: Work, data: bytes, name: str) -> Case:
    """Register the request in an .eml or form (.json) and write the receipt letter; the same file twice is one case."""
    if len(data) > MAX_BYTES:
        raise InputRejected(
            "Dit bestand is te groot voor een verzoek. Het bestand is bewaard. Registreer het verzoek met de hand."
        )
    incoming = _from_form(data) if name.lower().endswith(".json") else _from_mail(data)
    case = cases.register_request(work, incoming)
    kept = case.request.original_sha256
    if kept is not None and kept != hashlib.sha256(data).hexdigest() and not _sent_again(work, kept, data):
        raise InputRejected(
            f"Een ander bericht met hetzelfde kenmerk is al geregistreerd als zaak {case.number}. "
            "Dit bestand is bewaard. Vergelijk de twee en registreer het zo nodig met de hand."
        )
    if case.request.receipt_sha256 is None:
        write_receipt(work, case)
    return case


def _sent_again(work: Work, kept: str, data: bytes) -> bool:
    """Whether this is the web form of a case once more: pressed twice, it came in at two moments."""
    try:
        return RequestForm.from_json(work.store.path(kept).read_bytes()).same_request(RequestForm.from_json(data))
    except InputRejected:
        return False


def write_receipt(work: Work, case: Case) -> None:
    """Make the ontvangstbevestiging and keep it with the request (duty: Wmebv; contact: Woo art. 4.7)."""
    letter = receipt_letter(case_files.case_file(work, case), work.clock.today())
    case.request.receipt_sha256 = work.store.put_bytes(letter)
    audit.record(
        work,
        "receipt_letter_made",
        "request",
        case.request.id,
        case_id=case.id,
        content_sha256=case.request.receipt_sha256,
    )
    outbox.post(work, outbox.SHOW_CASE, case)


def empty_inbox(database: Database) -> list[Taken]:
    """Take in every file of the inbox; what cannot be used moves to a folder of its own, nothing is thrown away."""
    inbox = database.settings.inbox_root
    inbox.mkdir(parents=True, exist_ok=True)
    return [
        _take_file(database, file)
        for file in sorted(inbox.iterdir())
        if file.is_file() and file.suffix.lower() in {".eml", ".json"}
    ]


def _take_file(database: Database, file: Path) -> Taken:
    try:
        if file.is_symlink() or file.stat().st_size > MAX_BYTES:
            raise InputRejected("Dit bestand is te groot voor een verzoek, of is alleen een verwijzing.")
        data = file.read_bytes()
        with database.work(SYSTEM) as work:
            number = take_in(work, data, file.name).number
    except InputRejected as error:
        return _refuse(database, file, str(error))
    except WooError as error:  # the file stays where it is: the next round tries again
        return Taken(file.name, None, str(error))
    except (OSError, OperationalError):
        return Taken(file.name, None, "De opslag antwoordt niet. Het bestand wacht op de volgende keer.")
    except Exception as error:  # one strange message must not keep all later requests waiting
        log.error("inbox file refused: %s", type(error).__name__)
        return _refuse(database, file, "Dit bestand kan niet worden gelezen. Het is bewaard. Registreer het zelf.")
    file.unlink()
    return Taken(file.name, number, None)


def _refuse(database: Database, file: Path, problem: str) -> Taken:
    """Set a file aside for a person, beside earlier ones of the same name."""
    refused = file.parent / REFUSED_FOLDER
    refused.mkdir(mode=0o700, exist_ok=True)
    target, number = refused / file.name, 1
    while target.exists() or target.is_symlink():
        number += 1
        target = refused / f"{file.stem} ({number}){file.suffix}"
    file.rename(target)
    with database.work(SYSTEM) as work:
        audit.record(work, "inbox_file_refused", "file", "inbox", result="refused")
    return Taken(file.name, None, problem)


def _from_mail(data: bytes) -> IncomingRequest:
    message = BytesParser(policy=email.policy.default).parsebytes(data)
    if not isinstance(message, EmailMessage) or not message.get("From"):
        raise InputRejected(
            "Dit is geen e-mail die gelezen kan worden. Het bestand is bewaard. Registreer het verzoek met de hand."
        )
    name, address = parseaddr(str(message["From"]))
    body = _body(message)
    reference = one_line(str(message.get("Message-ID") or "").strip(" <>"), 400)
    return IncomingRequest(
        channel="email",
        received_at=_received_at(message),
        subject=one_line(str(message.get("Subject") or ""), 500) or "Woo-verzoek",
        text=storable(body).strip(),
        requester_name=one_line(name or address, 300),
        requester_email=one_line(address, 320) or None,
        original=data,
        source_reference=f"mail:{reference}" if reference else f"file:{hashlib.sha256(data).hexdigest()}",
    )


def _from_form(data: bytes) -> IncomingRequest:
    form = RequestForm.from_json(data)
    return IncomingRequest(
        channel="form",
        received_at=form.received_at,
        subject=form.subject,
        text=form.full_text(),
        requester_name=form.name,
        requester_email=form.email or None,
        postal_address=form.postal_address or None,
        phone=form.phone or None,
        salutation=form.salutation or None,
        original=data,
        source_reference=f"form:{form.reference}",
    )


def _received_at(message: EmailMessage) -> datetime:
    """When the message reached our system: the newest `Received` header (Awb art. 2:17); else what the sender says."""
    newest = message.get_all("Received", [])[:1]
    stamps = [*(str(value).rpartition(";")[2] for value in newest), str(message.get("Date") or "")]
    for stamp in stamps:
        try:
            moment = parsedate_to_datetime(stamp.strip())
            moment = (moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)).astimezone(UTC)
        except (TypeError, ValueError, OverflowError):
            continue
        return moment
    raise InputRejected(
        "De e-mail heeft geen leesbare datum van ontvangst. Het bestand is bewaard. Registreer het verzoek met de hand."
    )


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeDecodeError):
        text = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
    return (get_text(text) if part.get_content_subtype() == "html" else text).strip()
