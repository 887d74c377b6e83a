"""What of the text of a page shows: letters in white, cut off or covered stand in the file, but nobody sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from redaction.pdf.geometry import Box
from redaction.pdf.pages import PageText
from redaction.pdf.verification.drawing import grey, window

SHARP = 216
"""Resolution at which a letter can be seen at all."""
FAINT = 4
"""Range of brightness below which even a computer sees nothing."""


def seen(document: Any, index: int, crop: Box, boxes: Iterable[Box]) -> list[bool]:
    """For each place on a page whether the picture of the page shows anything there."""
    picture = grey(document, index, SHARP)
    places = (picture[window(box, crop, picture.shape)] for box in boxes)
    return [bool(place.size) and bool(np.ptp(place) >= FAINT) for place in places]


def parted(document: Any, page: PageText) -> tuple[PageText, PageText]:
    """The page with the letters that show, and with those that do not; spaces stand in the place of the others."""
    flags = iter(seen(document, page.index, page.crop, (b for b in page.char_boxes if b is not None)))
    shown, not_shown = [], []
    for character, box in zip(page.text, page.char_boxes, strict=True):
        shows = None if box is None else next(flags)
        shown.append(" " if shows is False else character)
        not_shown.append(" " if shows else character)
    return replace(page, text="".join(shown)), replace(page, text="".join(not_shown))
