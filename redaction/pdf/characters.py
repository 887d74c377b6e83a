"""The characters of a page as PDFium finds them: what each says, its box and its origin (where its pen stood)."""
from __future__ import annotations

import ctypes
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c

from redaction.pdf.geometry import Box
from redaction.pdf.heights import as_high_as_drawn

SOFT_HYPHEN = 0x02
NOT_A_CHARACTER = {0, 0xFFFE, 0xFFFF}
BLOCK = 4096
"""Characters that are measured at a time."""
Places = np.ndarray[Any, np.dtype[np.float64]]
"""A row of numbers for each character: x and y, or the four of a box."""
NO_PLACES: Places = np.empty((0, 6))


def _bare(function: Any, result: Any) -> Any:
    """The C function without the checks of its arguments, which cost more than the function itself."""
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_unicode_of = _bare(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint)
_is_generated = _bare(pdfium_c.FPDFText_IsGenerated, ctypes.c_int)
_loose_box_of = _bare(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int)
_ink_of = _bare(pdfium_c.FPDFText_GetCharBox, ctypes.c_int)
_origin_of = _bare(pdfium_c.FPDFText_GetCharOrigin, ctypes.c_int)


@dataclass(frozen=True)
class Characters:
    """`boxes[i]` belongs to `text[i]`; None where PDFium made up a space or newline.

    `origins` has a row (x, y) for every character that is drawn, those without a meaning too, and `spots` its box.
    """

    text: str
    boxes: tuple[Box | None, ...]
    origins: Places
    spots: Places


def read_characters(textpage: Any, *, origins: bool) -> Characters:
    """Characters of an open text page; without `origins` those are left empty. The caller holds the lock."""
    count = max(0, pdfium_c.FPDFText_CountChars(textpage.raw))
    page = ctypes.cast(textpage.raw, ctypes.c_void_p)
    codes = list(map(_unicode_of, repeat(page), range(count)))
    rects, known = _measured(_loose_box_of, page, range(count), ctypes.c_float, 4, 1)
    left, top, right, bottom = rects.T
    low, high = np.minimum((left, bottom), (right, top)).T, np.maximum((left, bottom), (right, top)).T
    low, high = as_high_as_drawn(low, high, codes, lambda some: _measured(_ink_of, page, some, ctypes.c_double, 4, 4))
    listed = list(map(tuple, np.hstack([low, high]).tolist()))
    text, kept = _letters(codes)
    boxes: list[Box | None] = [listed[i] if known[i] else None for i in kept]
    flat = (left == right) & (top == bottom)  # a gap that PDFium no longer calls made up, in text to the left
    made_up = [
        at
        for at, letter in enumerate(text)
        if letter.isspace() and (flat[kept[at]] or _is_generated(page, kept[at]) == 1)
    ]
    for at in made_up:
        boxes[at] = None
    points, spots = NO_PLACES, NO_PLACES
    if origins:
        drawn = sorted(set(range(count)) - {kept[at] for at in made_up})
        points, told = _measured(_origin_of, page, drawn, ctypes.c_double, 2, 2)
        points, spots = (rows[np.array(told, bool)] for rows in (points, np.hstack([low, high])[drawn]))
    return Characters(text, tuple(boxes), points, spots)


def _measured(
    function: Any, page: ctypes.c_void_p, wanted: Sequence[int], kind: Any, each: int, pointers: int
) -> tuple[Places, list[int]]:
    """What the function fills in for each wanted character, and whether it did."""
    numbers, slots = _room(kind, each, pointers)
    found, known = [np.empty((0, each))], []
    for start in range(0, len(wanted), BLOCK):
        part = wanted[start : start + BLOCK]
        known += list(map(function, repeat(page), part, *slots))
        found.append(np.frombuffer(numbers, kind, each * len(part)).reshape(-1, each).astype(np.float64))
    return np.concatenate(found), known


@functools.cache
def _room(kind: Any, each: int, pointers: int) -> tuple[Any, list[list[Any]]]:
    """Numbers for PDFium to fill in, `each` for a character of a block, and the pointers to them.

    Pointers take longer to make than to use, so that they are kept; the lock keeps two users of them apart.
    """
    numbers = (kind * (each * BLOCK))()
    size = ctypes.sizeof(kind)
    return numbers, [[ctypes.byref(numbers, (each * i + k) * size) for i in range(BLOCK)] for k in range(pointers)]


def _letters(codes: list[int]) -> tuple[str, Sequence[int]]:
    """Text of the codes, and for each letter the index of its code: halves of a pair become one, no character none."""
    seen = set(codes)
    if max(seen, default=0) < 0xD800 and seen.isdisjoint({0, SOFT_HYPHEN}):
        return "".join(map(chr, codes)), range(len(codes))
    letters: list[str] = []
    kept: list[int] = []
    high = 0
    for i, code in enumerate(codes):
        if 0xD800 <= code < 0xE000:
            if code < 0xDC00:
                high = code
                continue
            letters.append(chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD))
            high = 0
        elif code in NOT_A_CHARACTER:
            continue
        else:
            letters.append("-" if code == SOFT_HYPHEN else chr(code))
        kept.append(i)
    return "".join(letters), kept
