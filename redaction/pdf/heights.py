"""Heights of characters for fonts that say they are far higher than they draw: a box may not reach over other lines.

PDFium takes the height of a line from the font. Ghostscript writes Type 3 fonts with a made-up box of 1000 by 1000, and
some others claim several lines, so that a word would stand in a box of ten lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

NARROW = 6.0
"""Letters more than this many times as high as wide are looked at: none is in the box of its own line."""
TOO_HIGH = 3.5
"""A box so many times as high as the ink of all letters of its kind together is not the height of a line."""
SAME = 0.05
"""Part by which the heights of one font in one size differ: PDFium adds what sticks out of the line."""
MOST_KINDS = 40
"""Fonts and sizes of a page that are measured."""
Rows = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Codes = np.ndarray[Any, np.dtype[np.uint32]]
Measure = Callable[[Sequence[int]], tuple[Rows, Flags]]
"""Gives left, right, bottom and top of the ink of these characters, a row each, and for each whether it has any."""


def as_high_as_drawn(low: Rows, high: Rows, codes: Codes, measure: Measure) -> tuple[Rows, Rows]:
    """The lower left and upper right corners of all characters, with heights that their ink bears out.

    For text that runs up or down the page the height lies across. `codes` are the Unicode numbers of the characters.
    """
    for axis in (1, 0):
        size, other = (high - low)[:, axis], (high - low)[:, 1 - axis]
        narrow = [i for i in np.flatnonzero((other > 0) & (size > NARROW * other)).tolist() if _is_letter(codes[i])]
        for tall in _kinds(size[narrow]):
            alike = np.flatnonzero(np.abs(size - tall) <= SAME * tall)
            letters = [i for i in alike.tolist() if _is_letter(codes[i])]
            sides = low[:, axis], high[:, axis]
            side, ink = _ink(letters, (sides[0][letters], sides[1][letters]), axis, measure)
            if ink is not None and tall > TOO_HIGH * (ink[1] - ink[0]):
                begin = sides[side][alike]
                low, high = low.copy(), high.copy()
                low[alike, axis], high[alike, axis] = begin + ink[0], begin + ink[1]
    return low, high


def _kinds(sizes: Rows) -> list[float]:
    """One height for each group of those that are the same."""
    found: list[float] = []
    for size in sorted(sizes.tolist()):
        if not found or size > found[-1] * (1 + SAME):
            found.append(size)
    return found[:MOST_KINDS]


def _ink(
    letters: Sequence[int], sides: tuple[Rows, Rows], axis: int, measure: Measure
) -> tuple[int, tuple[float, float] | None]:
    """Which side of the boxes tells where the line is, and where the ink begins and ends from there; None without ink.

    It is the side far from the ink: the other gives way to what sticks out.
    """
    ink, known = measure(letters)
    begin, end = ink[:, 2 * axis], ink[:, 2 * axis + 1]
    inked = known & (end > begin)
    if not inked.any():
        return 0, None
    far = int(np.abs(sides[1] - end)[inked].sum() > np.abs(begin - sides[0])[inked].sum())
    return far, (float((begin - sides[far])[inked].min()), float((end - sides[far])[inked].max()))


def _is_letter(code: int) -> bool:
    return chr(code).isalnum()
