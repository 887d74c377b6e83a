"""Reads one e-mail: headers as written, bodies, pictures in the text, and attachments as items of their own."""

from __future__ import annotations

import email
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.generator import BytesGenerator
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from woo.gather.items import SourceItem
from woo.gather.textfile import decode

MAX_PARTS = 2000
_HEADERS = (("From", "Van"), ("Sender", "Verzonden door"), ("Reply-To", "Antwoord aan"), ("To", "Aan"), ("Cc", "Cc"),
            ("Bcc", "Bcc"), ("Resent-From", "Doorgezonden door"), ("Resent-To", "Doorgezonden aan"), ("Date", "Datum"),
            ("Subject", "Onderwerp"))
_SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
_ID = re.compile(r"<([^<>\s]+)>")
_REPLY = re.compile(r"^\s*(?:(?:re|fw|fwd|aw|wg|antw|betr|doorst|tr|sv|vs)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)


@dataclass
class Mail:
    """What one message holds.

    `headers` are (Dutch label, value) in reading order. `html` and `plain` are the bodies in order; `pictures` are
    bytes by Content-ID; `invitations` the text of calendar parts; `signed` says a digital signature was there.
    """

    headers: list[tuple[str, str]] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    pictures: dict[str, SourceItem] = field(default_factory=dict)
    invitations: list[str] = field(default_factory=list)
    attachments: list[SourceItem] = field(default_factory=list)
    signed: bool = False
    cut: bool = False
    subject: str = ""
    date: str = ""
    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()


def read_mail(item: SourceItem) -> Mail:
    """Parse the bytes of a message; what is malformed is kept as text rather than refused."""
    message = email.message_from_bytes(item.read().removeprefix(b"\xef\xbb\xbf").lstrip())
    mail = Mail()
    _read_headers(message, mail)
    for number, (part, in_alternative) in enumerate(_leaves(message)):
        if number >= MAX_PARTS:
            mail.cut = True
            break
        _read_part(part, in_alternative, item, mail)
    return mail


def thread_key(message_id: str | None, in_reply_to: str | None, references: tuple[str, ...]) -> str | None:
    """The first message of the conversation, by which mails of one thread are put together.

    From References (its first), else In-Reply-To, else the message itself. A subject is never used: two different
    conversations may have the same one.
    """
    if references:
        return references[0]
    return in_reply_to or message_id


def plain_subject(subject: str) -> str:
    """The subject without RE:, FW: and the like, for showing a thread under one name."""
    return _REPLY.sub("", subject).strip()


def header_text(message: Message, name: str) -> list[str]:
    """Every value of a header, decoded; raw 8-bit text is read as UTF-8 or Windows-1252."""
    return [_decoded(str(value)) for key, value in message.raw_items() if key.lower() == name.lower()]


def _read_headers(message: Message, mail: Mail) -> None:
    """Fill the fields that come from the header block."""
    for name, label in _HEADERS:
        for value in header_text(message, name):
            if value:
                mail.headers.append((label, value))
    first = {name: (header_text(message, name) or [""])[0] for name in ("Subject", "Date")}
    mail.subject, mail.date = first["Subject"], first["Date"]
    mail.message_id = _first_id(header_text(message, "Message-ID"))
    mail.in_reply_to = _first_id(header_text(message, "In-Reply-To"))
    mail.references = tuple(_ID.findall(" ".join(header_text(message, "References"))))
    fields = [value for name in ("From", "To", "Cc", "Bcc") for value in header_text(message, name)]
    people = (name or address for name, address in getaddresses(fields))
    mail.participants = tuple(dict.fromkeys(person for person in people if person))


def _first_id(values: list[str]) -> str | None:
    """The first message number in a header, without its brackets."""
    for value in values:
        found = _ID.search(value)
        if found or value.strip():
            return found[1] if found else value.strip()
    return None


def _leaves(message: Message) -> Iterator[tuple[Message, bool]]:
    """Every part that is not itself a list of parts, and whether it is one of several forms of the same text."""
    stack: list[tuple[Message, bool]] = [(message, False)]
    while stack:
        part, in_alternative = stack.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            inside = part.get_content_subtype() == "alternative" or in_alternative
            stack.extend((child, inside) for child in reversed(_inner(part)))
        else:
            yield part, in_alternative


def _inner(part: Message) -> list[Message]:
    """The messages or parts directly inside; the library's own answer fails on a stated encoding that is nonsense."""
    payload = part.get_payload() if part.is_multipart() else []
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _read_part(part: Message, in_alternative: bool, item: SourceItem, mail: Mail) -> None:
    """Put one part where it belongs."""
    kind = part.get_content_type()
    name = _file_name(part)
    attached = part.get_content_disposition() == "attachment"
    if kind in _SIGNATURES:
        mail.signed = True
    elif part.get_content_maintype() == "message" and kind == "message/rfc822":
        mail.attachments.append(item.child(name or _message_name(part), _attached_message(part), media_type=kind))
    elif kind == "text/calendar" and (in_alternative or not attached):
        mail.invitations.append(_text(part))
    elif kind == "text/html" and not attached and not name:
        mail.html.append(_text(part))
    elif part.get_content_maintype() in ("text", "message", "multipart") and not attached and not name:
        mail.plain.append(_text(part))
    else:
        _read_file(part, name, attached, item, mail)


def _read_file(part: Message, name: str, attached: bool, item: SourceItem, mail: Mail) -> None:
    """A picture that the text refers to, or an attachment."""
    kind = part.get_content_type()
    child = item.child(_unique(name or _nameless(kind), mail), _bytes(part), media_type=kind)
    cid = str(part.get("Content-ID") or "").strip().strip("<>").strip()
    if cid and cid not in mail.pictures and part.get_content_maintype() == "image" and not attached:
        mail.pictures[cid] = child
    else:
        mail.attachments.append(child)


def _unique(name: str, mail: Mail) -> str:
    """Two attachments may have one name; both must stay findable."""
    taken = {child.name for child in (*mail.attachments, *mail.pictures.values())}
    if name not in taken:
        return name
    head, dot, tail = name.rpartition(".")
    number = 2
    while (other := f"{head} ({number}).{tail}" if dot else f"{name} ({number})") in taken:
        number += 1
    return other


def _attached_message(part: Message) -> bytes:
    """The inner message with CRLF line ends, so that one message always gives the same bytes."""
    if not (inner := _inner(part)):
        return _bytes(part)
    buffer = io.BytesIO()
    BytesGenerator(buffer, mangle_from_=False, maxheaderlen=0).flatten(inner[0])
    return re.sub(rb"\r?\n", b"\r\n", buffer.getvalue())


def _message_name(part: Message) -> str:
    """A label for an attached message without a file name: its subject."""
    subject = next((value for inner in _inner(part)[:1] for value in header_text(inner, "Subject")), "")
    return f"{subject.replace('/', '-')[:120] or 'bericht'}.eml"


def _file_name(part: Message) -> str:
    """The file name as the sender gave it, decoded, without folders."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        name = ""
    return re.split(r"[/\\]", _decoded(name))[-1].strip()


def _nameless(kind: str) -> str:
    """A label for a part that has no name."""
    suffix = {"image/png": ".png", "image/jpeg": ".jpg", "application/pdf": ".pdf", "text/plain": ".txt",
              "text/html": ".html", "text/calendar": ".ics"}.get(kind, "")
    return f"bijlage zonder naam{suffix}"


def _bytes(part: Message) -> bytes:
    """The decoded content; text that says nothing of its transfer is taken as it stands."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b"".join(inner.as_bytes() for inner in _inner(part))


def _text(part: Message) -> str:
    """The text of a part in its stated encoding; when that is wrong, in the one its bytes show."""
    data = _bytes(part)
    if not part.is_multipart():
        try:
            charset = part.get_content_charset() or ""
            return data.decode(charset) if charset else decode(data)[0]
        except (LookupError, ValueError):
            return decode(data)[0]
    return part.as_bytes().decode("utf-8", "replace")


def _decoded(value: str) -> str:
    """A header value with its encoded words read; unknown encodings fall back to what the bytes show."""
    pieces: list[str] = []
    try:
        parts = decode_header(re.sub(r"\r?\n[ \t]*", " ", value))
    except (ValueError, LookupError, TypeError):
        parts = [(value, None)]
    for text, charset in parts:
        data = text if isinstance(text, bytes) else str(text).encode("utf-8", "surrogateescape")
        try:
            pieces.append(data.decode(charset) if charset and charset != "unknown-8bit" else decode(data)[0])
        except (LookupError, ValueError):
            pieces.append(decode(data)[0])
    return re.sub(r"[ \t]+", " ", "".join(pieces)).strip()
