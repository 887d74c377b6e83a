"""A page as the reviewer sees it: its size and its boxes in screen order, with coordinates of the picture.

Stored boxes are PDF user space; the picture is cropped and rotated. `redaction.pdf` turns one into the other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from models import Page, Suggestion
from redaction.detect import KIND_LABELS
from redaction.pdf import Box, PageText, page_to_view, view_to_page
from woo.errors import InputRejected
from woo.law.grounds import ground
from woo.services.exposure import Exposed, exposed_texts
from woo.services.suggestions import verdict_of

NUMBER_KEYS = ("5.1.2.e", "5.2.1", "5.1.2.i", "5.1.1.e", "5.1.1.d", "5.1.1.c", "5.1.2.d", "5.1.2.h", "5.1.2.f")
"""The grounds under the keys 1 to 9, most used first, in the same order everywhere."""
VERDICT_LABELS = {"open": "open", "redact": "lakken", "keep": "niet lakken"}
_MOST_BOXES = 200
_RECT = re.compile(r"-?\d{1,6}(\.\d{1,6})?(,-?\d{1,6}(\.\d{1,6})?){3}")

View = tuple[float, float, float, float]
"""x, y, width, height on the picture in points; origin top left."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One box (or several, where the text runs over lines) with what was proposed and decided."""

    id: str
    version: int
    rects: tuple[View, ...]
    text: str
    code: str
    verdict: str
    label: str
    kind: str
    why: str
    score: int | None
    drawn: bool
    public_role: bool


def geometry(page: Page) -> PageText:
    """The page's frame without its text, for turning coordinates."""
    x0, y0, x1, y1 = page.crop
    return PageText(page.index, page.width, page.height, page.rotation, (x0, y0, x1, y1), "", ())


def view_size(page: Page) -> tuple[float, float]:
    """Width and height of the picture in points, after rotation."""
    return (page.height, page.width) if page.rotation % 180 else (page.width, page.height)


def marks_of(page: Page, rows: Sequence[Suggestion]) -> list[Mark]:
    """The boxes of a page for the screen."""
    frame = geometry(page)
    return [_mark(row, frame) for row in rows]


def _mark(row: Suggestion, frame: PageText) -> Mark:
    verdict = verdict_of(row)
    code = row.decision.ground if row.decision and row.decision.ground else row.ground
    rects = tuple(_rounded(page_to_view((b[0], b[1], b[2], b[3]), frame)) for b in row.boxes)
    return Mark(
        id=str(row.id),
        version=row.version,
        rects=rects,
        text=row.text,
        code=ground(code).code,
        verdict=verdict,
        label=VERDICT_LABELS[verdict],
        kind="eigen kader" if row.origin == "hand" else KIND_LABELS.get(row.kind, row.kind),
        why=row.why,
        score=round(row.score * 100) if row.score is not None else None,
        drawn=row.origin == "hand",
        public_role=row.public_role,
    )


def words_of(page: Page) -> list[list[Any]]:
    """The words of a page for drawing: text, x, y, width, height on the picture."""
    frame = geometry(page)
    return [[text, *_rounded(page_to_view((x0, y0, x1, y1), frame))] for text, x0, y0, x1, y1 in page.words]


def read_rects(page: Page, sent: str) -> tuple[Box, ...]:
    """The boxes in PDF user space for rectangles that a browser sent as `x,y,w,h;x,y,w,h`; cut to the page."""
    parts = sent.split(";")
    if len(parts) > _MOST_BOXES or not all(_RECT.fullmatch(part) for part in parts):
        raise InputRejected("Het kader is niet leesbaar. Er is niets opgeslagen. Teken het opnieuw.")
    frame, (wide, high) = geometry(page), view_size(page)
    boxes = []
    for part in parts:
        x, y, w, h = (float(value) for value in part.split(","))
        left, top = max(0.0, x), max(0.0, y)
        right, bottom = min(wide, x + w), min(high, y + h)
        if not all(map(math.isfinite, (left, top, right, bottom))) or right - left < 1 or bottom - top < 1:
            raise InputRejected(
                "Het kader ligt niet op de pagina of is te klein. Er is niets opgeslagen. Teken het opnieuw."
            )
        boxes.append(view_to_page((left, top, right - left, bottom - top), frame))
    return tuple(boxes)


def text_under(page: Page, boxes: Sequence[Box]) -> str:
    """The words whose middle lies in one of the boxes, in reading order."""
    inside = [
        text
        for text, x0, y0, x1, y1 in page.words
        if any(b[0] <= (x0 + x1) / 2 <= b[2] and b[1] <= (y0 + y1) / 2 <= b[3] for b in boxes)
    ]
    return " ".join(inside)


def still_readable(exposed: Iterable[Exposed]) -> list[str]:
    """What stays readable on a page although it is redacted there too, for whoever must know whether that was meant."""
    return [f"“{e.text}” is op pagina {e.page_index + 1} gelakt, maar staat daar ook nog leesbaar." for e in exposed]


def readable_on(page: Page, rows: Sequence[Suggestion]) -> list[str]:
    """The same for one page, as it is decided now."""
    redacted = [(row.page_index, row.text) for row in rows if verdict_of(row) == "redact"]
    return still_readable(exposed_texts({page.index: page.text}, redacted))


def _rounded(view: View) -> View:
    x, y, w, h = view
    return (round(x, 2), round(y, 2), round(w, 2), round(h, 2))
