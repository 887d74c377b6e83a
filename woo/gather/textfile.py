"""Reads plain text: which encoding it has, and whether it is the export of a chat."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_STAMP = re.compile(
    r"^[\u200e\u200f]?\[?(?P<day>\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}),? "
    r"(?P<time>\d{1,2}[:.]\d{2}(?::\d{2})?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?)"
    r"\]?(?: [-–] | )(?P<rest>.*)$"
)
_SENDER = re.compile(r"^(?P<sender>[^:\n]{1,80}?): (?P<text>.*)$|^(?P<only>[^:\n]{1,80}):$")


@dataclass(frozen=True)
class ChatMessage:
    """One message: date and time as the export writes them, who sent it ("" for a notice of the app), its text."""

    day: str
    time: str
    sender: str
    text: str


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8 or UTF-16 where the bytes prove it, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    sample = data[:4000]
    if sample.count(0) > len(sample) // 4:
        encoding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
        return data.decode(encoding, "replace"), encoding
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig"), "utf-8"
    # Five bytes mean nothing in Windows-1252; Latin-1 keeps them, and the page shows them by number.
    return "".join(_cp1252(byte) for byte in data) if _has_holes(data) else data.decode("cp1252"), "windows-1252"


def looks_like_text(head: bytes, tolerance: float = 0.01) -> bool:
    """Whether bytes are text: no larger share of control characters than `tolerance` after decoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in head:
        text = decode(head)[0] if head.count(0) > len(head) // 4 else "\x00" * 100
    else:
        text = head.decode("cp1252", "replace")
    controls = sum(1 for char in text if ord(char) < 32 and char not in "\t\r\n\f\x1b")
    return controls <= len(text) * tolerance


def chat_messages(text: str) -> list[ChatMessage]:
    """The messages of a WhatsApp or Signal export in order, or [] when the text is not one.

    Lines without a time belong to the message before them. Three messages at least, and the first line must be one.
    """
    lines = text.lstrip("\ufeff\n\r ").splitlines()
    if not lines or not _STAMP.match(lines[0]):
        return []
    messages: list[ChatMessage] = []
    for line in lines:
        found = _STAMP.match(line)
        if found:
            messages.append(_message(found["day"], found["time"], found["rest"]))
        else:
            last = messages[-1]
            messages[-1] = ChatMessage(last.day, last.time, last.sender, f"{last.text}\n{line}")
    return messages if len(messages) >= 3 and sum(1 for message in messages if message.sender) >= 2 else []


def chat_days(messages: Iterable[ChatMessage]) -> tuple[date, ...]:
    """The days of the messages in order; the order of day and month is derived from all of them together."""
    parts = [[int(part) for part in re.split(r"[-/.]", message.day)] for message in messages]
    month_first = any(len(str(p[0])) < 3 and p[1] > 12 for p in parts) and all(p[0] <= 12 for p in parts)
    days = []
    for first, second, third in parts:
        year, month, day = (first, second, third) if first > 31 else (
            (third, first, second) if month_first else (third, second, first))
        try:
            days.append(date(year + 2000 if year < 100 else year, month, day))
        except ValueError:
            continue
    return tuple(days)


def _message(day: str, time: str, rest: str) -> ChatMessage:
    """Split the sender from the text; a notice of the app has no sender."""
    found = _SENDER.match(rest.lstrip("\u200e\u200f"))
    if not found:
        return ChatMessage(day, time, "", rest)
    return ChatMessage(day, time, (found["sender"] or found["only"]).strip(), found["text"] or "")


def _has_holes(data: bytes) -> bool:
    """Whether the data has a byte that Windows-1252 does not define."""
    return any(byte in data for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _cp1252(byte: int) -> str:
    """One character; the undefined ones by their own number."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)
