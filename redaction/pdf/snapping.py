"""Boxes grow to whole words before anything is removed, so that no half name stays behind."""
from __future__ import annotations

import itertools
import re

from redaction.pdf.geometry import Box, union
from redaction.pdf.pages import PageText
from redaction.pdf.scripts import UNSPACED

WORD = re.compile(rf"[^\W_{UNSPACED}]+(?:[-'’.][^\W_{UNSPACED}]+)*")
HYPHEN = "-"
LEVEL = 1.5
"""A word higher than this many of its letters does not run level."""
LONGEST = 40
"""A longer stretch without spaces is no word but a code; the box stays as it is."""


def snap_boxes(boxes: list[Box], page: PageText) -> dict[Box, Box]:
    """For each box the box that also covers the rest of every word of which it covers a letter."""
    snapped = {box: box for box in boxes}
    covered = [0, *itertools.accumulate(page.inside(boxes))]
    for match in WORD.finditer(page.text):
        start, end = match.span()
        if covered[start] == covered[end] or end - start > LONGEST:
            continue
        placed = zip(match.group(), page.char_boxes[start:end], strict=True)
        letters = [b for c, b in placed if b is not None and c != HYPHEN]  # one that breaks the word tells nothing
        for box in boxes:
            inside = [b for b in letters if _centre_in(b, box)]
            if inside and len(inside) < len(letters):
                rest = [b for b in letters if _beside(b, inside[0])]
                snapped[box] = _wider(snapped[box], union([*inside, *rest]), inside[0])
    return snapped


def _centre_in(letter: Box, box: Box) -> bool:
    x, y = (letter[0] + letter[2]) / 2, (letter[1] + letter[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _beside(letter: Box, other: Box) -> bool:
    """Whether two letters of a word stand on one level line."""
    return min(letter[3], other[3]) - max(letter[1], other[1]) > 0.3 * min(letter[3] - letter[1], other[3] - other[1])


def _wider(box: Box, word: Box, letter: Box) -> Box:
    """The box made as wide as the word; its height stays, for it was drawn for this line."""
    if word[3] - word[1] > LEVEL * (letter[3] - letter[1]):
        return box  # slanting text: the box of a letter is no guide
    return (min(box[0], word[0]), box[1], max(box[2], word[2]), box[3])
