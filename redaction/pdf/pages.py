"""The text of a page with a box for every character and word, read by PDFium. Coordinates are PDF user space."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from redaction.pdf.characters import NO_PLACES, CharBoxes, Places, read_characters
from redaction.pdf.geometry import Box, touches_any, union
from redaction.pdf.pdfium import LOCK, crop_of, document_of

COLUMN_GAP = 3.0
"""Characters of one line further apart than this many character heights stand in different columns."""
LEVEL = 0.3
"""Share of the lower of two heights that characters of one line have in common, at least."""
SOLID = re.compile(r"\S+")


@dataclass(frozen=True)
class Word:
    """Characters between white space, with the box around them."""

    text: str
    box: Box


@dataclass(frozen=True)
class PageText:
    """One page as a reader sees it. `char_boxes[i]` belongs to `text[i]`; None where PDFium made up a space or newline.

    `width`, `height` and `crop` describe the visible box in points, before the page's `rotation` (0, 90, 180, 270).
    """

    index: int
    width: float
    height: float
    rotation: int
    crop: Box
    text: str
    char_boxes: Sequence[Box | None]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Words in reading order; a word that is broken over columns or lines gives a word for each part."""
        return tuple(word for match in SOLID.finditer(self.text) for word in self._parts(match))

    def words_in(self, boxes: Sequence[Box]) -> list[Word]:
        """The words that come in one of the boxes with a letter, in reading order."""
        before = [0, *np.cumsum(self._touched(boxes)).tolist()]
        near = (m for m in SOLID.finditer(self.text) if before[m.end()] > before[m.start()])
        return [word for match in near for word in self._parts(match) if touches_any(word.box, boxes)]

    def _parts(self, match: re.Match[str]) -> Iterator[Word]:
        for start, end in self._runs(match.start(), match.end()):
            boxes = [b for b in self.char_boxes[start:end] if b is not None]
            yield Word(self.text[start:end], union(boxes))

    def boxes_for(self, start: int, end: int) -> tuple[Box, ...]:
        """Boxes that cover `text[start:end]`: one for each line, as high as the words they touch."""
        found = []
        for first, last in self._runs(max(0, start), min(end, len(self.text))):
            inked = [self.char_boxes[i] for i in range(first, last) if not self.text[i].isspace()]
            boxes = [b for b in inked if b is not None]
            if boxes:
                found.append(self._line_high(union(boxes), first, last))
        return tuple(found)

    def _touched(self, boxes: Sequence[Box]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        left, low, right, high = self.corners.T
        found = np.zeros(len(self.text), bool)
        for x0, y0, x1, y1 in boxes:
            found |= (left < x1) & (right > x0) & (low < y1) & (high > y0)
        return found

    def inside(self, boxes: Sequence[Box]) -> list[bool]:
        """For each character whether its middle lies in one of the boxes."""
        x, y = self._middles
        found = np.zeros(len(x), bool)
        for x0, y0, x1, y1 in boxes:
            found |= (x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1)
        flags: list[bool] = found.tolist()
        return flags

    @cached_property
    def corners(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The box of each character, a row each; no numbers where there is none."""
        return CharBoxes.of(self.char_boxes).rows

    @cached_property
    def _middles(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Middle of each character, two rows (x, y); no number where there is no box."""
        boxes = self.corners
        return np.stack([boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]]) / 2

    def turn_in(self, box: Box) -> int:
        """How far the text in a box is turned: 0, 90, 180 or 270 degrees, by the way most characters follow another."""
        inside = np.array(self.inside([box]), bool)
        steps = np.diff(self._middles, axis=1)[:, inside[:-1] & inside[1:]] if len(inside) > 1 else np.zeros((2, 0))
        level = np.abs(steps[0]) >= np.abs(steps[1])
        if 2 * np.count_nonzero(level) >= len(level):
            return 180 if np.sign(steps[0][level]).sum() < 0 else 0
        return 270 if np.sign(steps[1][~level]).sum() < 0 else 90

    def stretches(self, boxes: Sequence[Box]) -> list[str]:
        """Text in the boxes: a string for each stretch that no character outside them or new line breaks."""
        inside = np.array(self.inside(boxes), bool)
        along = inside | np.isnan(self.corners[:, 0])
        found: list[str] = []
        end = 0
        for start in np.flatnonzero(inside).tolist():
            if start < end:
                continue
            end = start + 1
            while end < len(along) and along[end] and (inside[end] or self.text[end] not in "\r\n"):
                end += 1
            found.append(self.text[start:end].strip())
        return [f for f in found if f]

    def without(self, boxes: Sequence[Box]) -> str:
        """The text with a space for each character in the boxes."""
        letters = list(self.text)
        for at in np.flatnonzero(self.inside(boxes)).tolist():
            letters[at] = " "
        return "".join(letters)

    def _line_high(self, box: Box, first: int, last: int) -> Box:
        while first > 0 and not self.text[first - 1].isspace():
            first -= 1
        while last < len(self.text) and not self.text[last].isspace():
            last += 1
        x0, y0, x1, y1 = box
        low, high = y0, y1
        for other in self.char_boxes[first:last]:
            if other is not None and other[3] - other[1] < 2 * (high - low):
                shared = min(other[3], high) - max(other[1], low)
                if shared > LEVEL * min(other[3] - other[1], high - low):  # a broken word goes on at the next line
                    y0, y1 = min(y0, other[1]), max(y1, other[3])
        return (x0, y0, x1, y1)

    def _runs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Stretches of text[start:end] that lie together on one line."""
        first: int | None = None
        last: Box | None = None
        for i in range(start, end):
            box = self.char_boxes[i]
            if box is None or self.text[i].isspace():
                if self.text[i] in "\r\n" and first is not None:
                    yield first, i
                    first = last = None
                continue
            if last is not None and first is not None and not _together(last, box):
                yield first, i
                first = None
            if first is None:
                first = i
            last = box
        if first is not None:
            yield first, end


def _together(a: Box, b: Box) -> bool:
    """Whether two following characters stand on one line (across, or down for vertical writing) and close by."""
    height, width = max(a[3] - a[1], b[3] - b[1]), max(a[2] - a[0], b[2] - b[0])
    down = min(a[3], b[3]) - max(a[1], b[1])
    across = min(a[2], b[2]) - max(a[0], b[0])
    if down >= LEVEL * min(a[3] - a[1], b[3] - b[1]):
        return -across <= COLUMN_GAP * max(height, 1.0)
    return across >= LEVEL * min(a[2] - a[0], b[2] - b[0]) and -down <= max(width, height)


def read_pages(pdf: Path, *, password: str | None = None, pages: Collection[int] | None = None) -> Iterator[PageText]:
    """Pages in order, one in memory at a time; raises UnusableInput when the file does not open.

    `pages` (from 0) are the ones that are wanted, where not all are.
    """
    with document_of(pdf, password) as document:
        with LOCK:
            count = len(document)
        for index in range(count):
            if pages is None or index in pages:
                yield read_page(document, index)


def read_page(document: Any, index: int) -> PageText:
    """One page of an open PDFium document; one that PDFium cannot load is empty here, and named by `normalise`."""
    return read_page_with_origins(document, index, origins=False)[0]


def read_page_with_origins(document: Any, index: int, *, origins: bool = True) -> tuple[PageText, Places]:
    """The same, and of all characters that PDFium drew a row each: the origin, and the four sides of the box."""
    with LOCK:
        try:
            page = document[index]
        except Exception:
            return PageText(index, 612.0, 792.0, 0, (0.0, 0.0, 612.0, 792.0), "", ()), NO_PLACES
        try:
            crop = crop_of(page)
            textpage = page.get_textpage()
            try:
                found = read_characters(textpage, origins=origins)
            finally:
                textpage.close()
            rotation = int(page.get_rotation()) % 360
        finally:
            page.close()
    places = np.hstack([found.origins, found.spots]) if origins else NO_PLACES
    size = crop[2] - crop[0], crop[3] - crop[1]
    return PageText(index, *size, rotation, crop, found.text, found.boxes), places
