"""Search in the text of a dossier: every place where words stand, with the boxes to redact it there."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from models import Case, Document, Page, Suggestion
from redaction.pdf import Box
from woo.errors import InputRejected
from woo.services import suggestions
from woo.services.work import Work

MAX_HITS = 500
_CONTEXT = 8
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """One place: words `first` to `last` of a page. `covered`: a box lies there already; `key` names it in a form."""

    document_id: uuid.UUID
    document_number: int | None
    page_index: int
    first: int
    last: int
    before: str
    text: str
    after: str
    boxes: tuple[Box, ...]
    covered: bool

    @property
    def key(self) -> str:
        """The place as text: document, page, first and last word."""
        return f"{self.document_id}:{self.page_index}:{self.first}:{self.last}"


def find(work: Work, case: Case, query: str) -> list[Hit]:
    """Every place in the case where the words of `query` stand one after another; at most MAX_HITS, in reading order.

    Case does not matter; a word in the text may be longer than the searched one. InputRejected for too short a query.
    """
    wanted = query.casefold().split()
    if sum(map(len, wanted)) < _SHORTEST:
        raise InputRejected("Zoek op minstens twee letters of cijfers.")
    pages = work.session.execute(
        select(Page, Document.number)
        .join(Document, Page.document_id == Document.id)
        .where(Document.case_id == case.id, func.lower(Page.text).contains(_ascii_part(wanted), autoescape=True))
        .options(undefer(Page.words))
        .order_by(Document.number, Page.index)
    )
    found: list[Hit] = []
    for page, number in pages:
        covered = [
            box
            for s in work.session.scalars(
                select(Suggestion).where(
                    Suggestion.document_id == page.document_id, Suggestion.page_index == page.index
                )
            )
            for box in s.boxes
        ]
        found.extend(_hits(page, number, wanted, covered))
        if len(found) >= MAX_HITS:
            return found[:MAX_HITS]
    return found


def redact_hits(work: Work, case: Case, query: str, keys: Sequence[str], code: str) -> int:
    """Draw a decided box on every chosen place; returns how many. They are searched anew: none is taken on trust."""
    hits = {hit.key: hit for hit in find(work, case, query)}
    if not keys or any(key not in hits for key in keys):
        raise InputRejected("Kies een of meer treffers uit de lijst. Er is niets gelakt.")
    for hit in (hits[key] for key in dict.fromkeys(keys)):
        document = work.session.get_one(Document, hit.document_id)
        suggestions.draw_box(work, case, document, hit.page_index, hit.boxes, hit.text, code)
    return len(set(keys))


def _hits(page: Page, number: int | None, wanted: Sequence[str], covered: Sequence[Sequence[float]]) -> Iterator[Hit]:
    words = page.words
    for start in range(len(words) - len(wanted) + 1):
        if all(want in words[start + i][0].casefold() for i, want in enumerate(wanted)):
            end = start + len(wanted) - 1
            boxes = line_boxes(words[start : end + 1])
            yield Hit(
                page.document_id,
                number,
                page.index,
                start,
                end,
                _text(words[max(0, start - _CONTEXT) : start]),
                _text(words[start : end + 1]),
                _text(words[end + 1 : end + 1 + _CONTEXT]),
                boxes,
                covered=all(any(_touch(box, other) for other in covered) for box in boxes),
            )


def line_boxes(words: Sequence[Sequence[Any]]) -> tuple[Box, ...]:
    """One box for each line of the given words (`[text, x0, y0, x1, y1]`), in PDF user space."""
    lines: list[list[float]] = []
    for _, x0, y0, x1, y1 in words:
        last = lines[-1] if lines else None
        if last and min(last[3], y1) - max(last[1], y0) > 0.5 * min(last[3] - last[1], y1 - y0) and x0 >= last[0]:
            lines[-1] = [min(last[0], x0), min(last[1], y0), max(last[2], x1), max(last[3], y1)]
        else:
            lines.append([x0, y0, x1, y1])
    return tuple((a, b, c, d) for a, b, c, d in lines)


def _touch(a: Sequence[float], b: Sequence[float]) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > 0 and min(a[3], b[3]) - max(a[1], b[1]) > 0


def _text(words: Sequence[Sequence[Any]]) -> str:
    return " ".join(str(word[0]) for word in words)


def _ascii_part(wanted: Sequence[str]) -> str:
    """What the database may be asked to look for: SQLite folds only ASCII, so the longest plain part of the words."""
    parts = "".join(c if c.isascii() else " " for c in " ".join(wanted)).split() or [""]
    return max(parts, key=len)
