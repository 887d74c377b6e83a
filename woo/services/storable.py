"""Texts from outside in a form that every database keeps: PostgreSQL refuses NUL, half characters and long keys."""

from __future__ import annotations

import hashlib
import re

_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_TAIL = 40


def storable(text: str) -> str:
    """The text with a space for every control character and half character; its length stays, so offsets hold."""
    return _UNSTORABLE.sub(" ", text)


def one_line(text: str, limit: int) -> str:
    """The text on one line without control characters, of at most `limit` characters."""
    return " ".join(storable(text).split())[:limit]


def shortened(name: str, limit: int) -> str:
    """A name of at most `limit` bytes: what is cut from the middle is replaced by a mark, and the extension stays."""
    data = name.encode()
    if len(data) <= limit:
        return name
    mark = f"~{hashlib.sha256(data).hexdigest()[:12]}~"
    head = data[: limit - _TAIL - len(mark)].decode(errors="ignore")
    return head + mark + data[-_TAIL:].decode(errors="ignore")
