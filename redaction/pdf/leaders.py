"""Leaders: the dots that lead from a title to its page number, which give way when the words before them move."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import groupby, pairwise

from redaction.pdf.spacing import step_up

SIGNS = frozenset("._-–—·…․•∙")
"""Signs that leaders are made of."""
LEAST = 4
"""So many of one sign in a row, at least: three dots end a sentence."""
PITCH = 0.5
"""Points in which the distance of spread dots is rounded: it tells how long the words were."""
AIR = 0.3
"""Line heights between a leader and what stands beside it."""


def in_leaders(letters: Sequence[str]) -> list[bool]:
    """For each letter of a line, blanks left out, whether it is of a leader."""
    found: list[bool] = []
    for letter, same in groupby(letters):
        count = len(list(same))
        found += [letter in SIGNS and count >= LEAST] * count
    return found


def lay(starts: Sequence[float], width: float, low: float, high: float, *, from_high: bool) -> list[float | None]:
    """New beginnings of the dots of a leader between two places, None for those that find no room.

    They stand in order, as far apart as they were, and are counted from that end of the two that did not move.
    """
    between = [b - a for a, b in pairwise(starts)]
    natural = statistics.median(between)
    pitch = width if abs(natural - width) < 0.01 * width else max(width, step_up(natural, PITCH))
    places = (
        [high - width - i * pitch for i in range(len(starts))]
        if from_high
        else [low + i * pitch for i in range(len(starts))]
    )
    kept = [p if low - 0.01 <= p <= high - width + 0.01 else None for p in places]
    return kept[::-1] if from_high else kept
