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
"""Points between the heights of one font in one size."""
MOST_KINDS = 40
"""Fonts and sizes of a page that are measured."""
Rows = np.ndarray[Any, np.dtype[np.float64]]
Measure = Callable[[Sequence[int]], tuple[Rows, list[int]]]
"""Gives left, right, bottom and top of the ink of these characters, a row each, and for each whether it has any."""


def as_high_as_drawn(low: Rows, high: Rows, codes: Sequence[int], measure: Measure) -> tuple[Rows, Rows]:
    """The lower left and upper right corners of all characters, with heights that their ink bears out.

    For text that runs up or down the page the height lies across. `codes` are the Unicode numbers of the characters.
    """
    for axis in (1, 0):
        size, other = (high - low)[:, axis], (high - low)[:, 1 - axis]
        narrow = [i for i in np.flatnonzero((other > 0) & (size > NARROW * other)).tolist() if _is_letter(codes[i])]
        for tall in np.unique(np.round(size[narrow] / SAME))[:MOST_KINDS] * SAME:
            alike = np.flatnonzero(np.abs(size - tall) <= SAME)
            ink = _ink([i for i in alike.tolist() if _is_letter(codes[i])], low[:, axis], axis, measure)
            if ink is not None and tall > TOO_HIGH * (ink[1] - ink[0]):
                low, high = low.copy(), high.copy()
                high[alike, axis] = low[alike, axis] + ink[1]
                low[alike, axis] += ink[0]
    return low, high


def _ink(letters: Sequence[int], start: Rows, axis: int, measure: Measure) -> tuple[float, float] | None:
    """Where the ink of these letters begins and ends at most, from the start of their boxes; None without ink."""
    sides, known = measure(letters)
    begin, end = sides[:, 2 * axis], sides[:, 2 * axis + 1]
    inked = np.array(known, bool) & (end > begin)
    if not inked.any():
        return None
    origin = start[list(letters)]
    return float((begin - origin)[inked].min()), float((end - origin)[inked].max())


def _is_letter(code: int) -> bool:
    return chr(code).isalnum()
