"""What of the text of a page shows: letters in white, cut off or covered stand in the file, but nobody sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from redaction.pdf.geometry import Box, contains, grown
from redaction.pdf.pages import PageText
from redaction.pdf.verification.drawing import grey, picture_of, upright, window

SHARP = 216
"""Resolution at which a letter can be seen at all."""
FAINT = 4
"""Range of brightness below which even a computer sees nothing."""
RIM = 1.0
"""Points around a word that are drawn with it: letters may be of no size at all."""
SOLID = re.compile(r"\S+")


def seen(document: Any, index: int, crop: Box, boxes: Iterable[Box]) -> list[bool]:
    """For each place on a page whether the picture of the page shows anything there."""
    picture = grey(document, index, SHARP)
    return [_shows(picture[window(box, crop, picture.shape)]) for box in boxes]


def parted(document: Any, page: PageText, wanted: Callable[[str], bool]) -> tuple[str, str]:
    """The text of a page with the wanted words that show, and nothing but those that do not show, all else in spaces.

    Only words are looked at that are `wanted`; where none is by itself, such as a word in letters apart, all are.
    """
    words = [match.span() for match in SOLID.finditer(page.text) if wanted(match.group())]
    letters = list(page.text)
    for start, end in words:
        letters[start:end] = " " * (end - start)
    if wanted("".join(letters)):
        words = [match.span() for match in SOLID.finditer(page.text)]
    hidden: set[int] = set()
    with upright(document, page.index) as opened:
        for start, end in words:
            for line in (grown(box, RIM) for box in page.boxes_for(start, end)):
                picture = picture_of(opened, SHARP, line)
                letters_of = ((i, page.char_boxes[i]) for i in range(start, end))
                on_line = [(i, box) for i, box in letters_of if box is not None and contains(line, *_middle(box))]
                hidden.update(i for i, box in on_line if not _shows(picture[window(box, line, picture.shape)]))
    shown = "".join(" " if i in hidden else c for i, c in enumerate(page.text))
    return shown, "".join(c if i in hidden or c.isspace() else " " for i, c in enumerate(page.text))


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _shows(picture: np.ndarray[Any, Any]) -> bool:
    return bool(picture.size) and bool(np.ptp(picture) >= FAINT)
