"""The characters of a page as PDFium finds them: what each says, its box and its origin (where its pen stood)."""

from __future__ import annotations

import ctypes
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, overload

import numpy as np
import pypdfium2.raw as pdfium_c

from redaction.pdf.geometry import Box
from redaction.pdf.heights import as_high_as_drawn

SOFT_HYPHEN = 0x02
HYPHEN_IN_TEXT = 0xFFFE
"""How the text of a whole page gives a soft hyphen."""
NOT_A_CHARACTER = (0, 0xFFFE, 0xFFFF)
BLANK = re.compile(r"\s")
BLOCK = 4096
"""Characters that are measured at a time."""
Places = np.ndarray[Any, np.dtype[np.float64]]
"""A row of numbers for each character: x and y, or the four of a box."""
Codes = np.ndarray[Any, np.dtype[np.uint32]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Indices = np.ndarray[Any, np.dtype[np.intp]]
NOWHERE = (np.nan,) * 4
NO_PLACES: Places = np.empty((0, 6))


def _bare(function: Any, result: Any) -> Any:
    """The C function without the checks of its arguments, which cost more than the function itself."""
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_text_of = _bare(pdfium_c.FPDFText_GetText, ctypes.c_int)
_unicode_of = _bare(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint)
_is_generated = _bare(pdfium_c.FPDFText_IsGenerated, ctypes.c_int)
_loose_box_of = _bare(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int)
_ink_of = _bare(pdfium_c.FPDFText_GetCharBox, ctypes.c_int)
_origin_of = _bare(pdfium_c.FPDFText_GetCharOrigin, ctypes.c_int)


class CharBoxes(Sequence[Box | None]):
    """A box for each character, None where it has none; kept as `rows` of an array until somebody wants tuples."""

    def __init__(self, rows: Places) -> None:
        self.rows = rows

    @classmethod
    def of(cls, boxes: Sequence[Box | None]) -> CharBoxes:
        """The same boxes, of whatever kind the sequence is."""
        if isinstance(boxes, CharBoxes):
            return boxes
        return cls(np.array([NOWHERE if b is None else b for b in boxes], float).reshape(-1, 4))

    @functools.cached_property
    def _listed(self) -> list[Box | None]:
        return _tuples(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Box | None: ...
    @overload
    def __getitem__(self, at: slice) -> list[Box | None]: ...
    def __getitem__(self, at: int | slice) -> Box | list[Box | None] | None:
        if isinstance(at, slice) and "_listed" not in vars(self):
            return _tuples(self.rows[at])
        return self._listed[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list


def _tuples(rows: Places) -> list[Box | None]:
    listed: list[Box | None] = list(map(tuple, rows.tolist()))
    for at in np.flatnonzero(np.isnan(rows[:, 0])).tolist():
        listed[at] = None
    return listed


@dataclass(frozen=True)
class Characters:
    """`boxes[i]` belongs to `text[i]`; None where PDFium made up a space or newline.

    `origins` has a row (x, y) for every character that is drawn, those without a meaning too, and `spots` its box.
    """

    text: str
    boxes: CharBoxes
    origins: Places
    spots: Places


def read_characters(textpage: Any, *, origins: bool) -> Characters:
    """Characters of an open text page; without `origins` those are left empty. The caller holds the lock."""
    count = max(0, pdfium_c.FPDFText_CountChars(textpage.raw))
    page = ctypes.cast(textpage.raw, ctypes.c_void_p)
    codes = _codes(page, count)
    rects, known = _measured(_loose_box_of, page, range(count), ctypes.c_float, 4, 1)
    left, top, right, bottom = rects.T
    low, high = np.minimum((left, bottom), (right, top)).T, np.maximum((left, bottom), (right, top)).T
    low, high = as_high_as_drawn(low, high, codes, lambda some: _measured(_ink_of, page, some, ctypes.c_double, 4, 4))
    text, kept = _letters(codes)
    sides = np.hstack([low, high])
    flat = (left == right) & (top == bottom)  # a gap that PDFium no longer calls made up, in text to the left
    places = kept.tolist()
    blanks = [places[match.start()] for match in BLANK.finditer(text)]
    made_up = [at for at in blanks if flat[at] or _is_generated(page, at) == 1]
    boxed, drawn = known, np.ones(count, bool)
    boxed[made_up] = drawn[made_up] = False
    boxes = CharBoxes(np.where(boxed[:, None], sides, np.nan)[kept])
    if not origins:
        return Characters(text, boxes, NO_PLACES, NO_PLACES)
    points, told = _measured(_origin_of, page, np.flatnonzero(drawn).tolist(), ctypes.c_double, 2, 2)
    return Characters(text, boxes, points[told], sides[drawn][told])


def _measured(
    function: Any, page: ctypes.c_void_p, wanted: Sequence[int], kind: Any, each: int, pointers: int
) -> tuple[Places, Flags]:
    """What the function fills in for each wanted character, and whether it did."""
    numbers, slots = _room(kind, each, pointers)
    found, known = [np.empty((0, each))], [np.empty(0, bool)]
    for start in range(0, len(wanted), BLOCK):
        part = wanted[start : start + BLOCK]
        known.append(np.fromiter(map(function, repeat(page), part, *slots), bool, len(part)))
        found.append(np.frombuffer(numbers, kind, each * len(part)).reshape(-1, each).astype(np.float64))
    return np.concatenate(found), np.concatenate(known)


@functools.cache
def _room(kind: Any, each: int, pointers: int) -> tuple[Any, list[list[Any]]]:
    """Numbers for PDFium to fill in, `each` for a character of a block, and the pointers to them.

    Pointers take longer to make than to use, so that they are kept; the lock keeps two users of them apart.
    """
    numbers = (kind * (each * BLOCK))()
    size = ctypes.sizeof(kind)
    return numbers, [[ctypes.byref(numbers, (each * i + k) * size) for i in range(BLOCK)] for k in range(pointers)]


def _codes(page: ctypes.c_void_p, count: int) -> Codes:
    """The number in Unicode of each character: at once where the text of the page has one unit for each."""
    units = (ctypes.c_ushort * (count + 1))()
    if _text_of(page, 0, count, units) == count + 1:
        found: Codes = np.frombuffer(bytes(units), np.uint16)[:count].astype(np.uint32)
        if not _halves(found).any():
            for at in np.flatnonzero(found == HYPHEN_IN_TEXT).tolist():
                found[at] = _unicode_of(page, at)
            return found
    return np.fromiter(map(_unicode_of, repeat(page), range(count)), np.uint32, count)


def _letters(codes: Codes) -> tuple[str, Indices]:
    """Text of the codes, and for each letter the index of its code: halves of a pair become one, no character none."""
    codes = np.where(codes == SOFT_HYPHEN, ord("-"), codes)
    kept = ~np.isin(codes, NOT_A_CHARACTER)
    halves = _halves(codes)
    if halves.any():
        first = 0
        for at in np.flatnonzero(halves).tolist():
            if codes[at] < 0xDC00:
                first, kept[at] = int(codes[at]), False
            else:
                codes[at] = 0x10000 + ((first - 0xD800) << 10) + (int(codes[at]) - 0xDC00) if first else 0xFFFD
                first = 0
    return codes[kept].astype("<u4").tobytes().decode("utf-32-le"), np.flatnonzero(kept)


def _halves(codes: Codes) -> Flags:
    """Which codes are half of a pair that stands for one character."""
    found: Flags = (codes >= 0xD800) & (codes < 0xE000)
    return found
