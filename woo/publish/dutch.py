"""Dutch words around numbers and lists, so that a letter never reads "1 documenten"; dates: `woo.law.dutch`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def short_date(day: date | None) -> str:
    """`12-01-2026`; empty where there is no date."""
    return f"{day:%d-%m-%Y}" if day else ""


def documents(count: int) -> str:
    """`geen documenten`, `1 document` or `12 documenten`."""
    return "geen documenten" if count == 0 else f"{count} document{'' if count == 1 else 'en'}"


def counted(count: int, one: str, many: str) -> str:
    """The number with the right form of the noun: `1 dag`, `28 dagen`."""
    return f"{count} {one if count == 1 else many}"


def enumeration(parts: Sequence[str]) -> str:
    """`a, b en c`."""
    *head, last = parts or ("",)
    return f"{', '.join(head)} en {last}" if head else last


def sentence(text: str) -> str:
    """`text` with a full stop at its end, so that texts of users can stand in a row."""
    text = text.strip()
    return text if not text or text[-1] in ".!?:" else f"{text}."
