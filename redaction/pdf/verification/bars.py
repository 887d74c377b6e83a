"""Bars on a page and the letters they were meant to hide: what a reader cannot see, but a program can copy."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c

from redaction.pdf.geometry import Box, box_area, contains, grown, touches
from redaction.pdf.pages import PageText
from redaction.pdf.pdfium import LOCK
from redaction.pdf.report import Finding
from redaction.pdf.verification.drawing import (
    DARK,
    Picture,
    bounds_of,
    fill_of,
    grey,
    ink_of,
    lift,
    picture_of,
    upright,
    window,
)
from redaction.pdf.verification.pixels import FLAT, LEAST_HIDDEN

DPI = 144
RIM = 1.5
"""Points along the edge of a bar that may be smoothed."""
DUSK = 160
"""Brightness (of 255) of a see-through bar over white paper below which it was meant to hide."""
LOWEST, HIGHEST, NARROWEST = 5.0, 60.0, 8.0
"""Sizes in points of what may be a bar: lower are rules, higher are pictures and panels."""
PAPER, STROKES = 180.0, 20.0
"""Brightness of the paper, and spread of brightness, of a place where something is written or drawn on paper."""
NEIGHBOUR = 20.0
"""Points from a bar to the next letter of its line."""
DEEPEST = 10


@dataclass
class Unseen:
    """How many letters of a page are hidden, by how."""

    under: int = 0
    """Under something dark."""
    through: int = 0
    """Under a bar that one can see through."""
    blank: int = 0
    """Longest row of letters that cannot be told from the paper."""
    outside: int = 0
    """Off the visible page."""
    pictured: int = 0
    """Bars over writing that is no text: in the picture of a scan, or drawn."""
    bars: int = 0
    """Dark bars on lines of text, with or without letters under them."""


def unseen_letters(document: Any, page: PageText) -> Unseen:
    """Count the hidden letters of a page."""
    picture = grey(document, page.index, DPI)
    found, row = Unseen(), 0
    solid, veils = _bars(document, page.index)
    letters = [
        (c, b) for c, b in zip(page.text, page.char_boxes, strict=True) if b and c.isprintable() and not c.isspace()
    ]
    means, spreads = ink_of(picture, page.crop, [b for _, b in letters])
    for (character, box), mean, spread in zip(letters, means, spreads, strict=True):
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not contains(page.crop, x, y):
            found.outside += 1
        elif spread >= FLAT:
            row = 0
            found.through += any(contains(veil, x, y) for veil in veils)
        elif mean < DARK:
            found.under += character.isalnum()
        elif box_area(box) > 1 and character.isalnum():
            row += 1
            found.blank = max(found.blank, row)
    flat = [b for b in solid if _is_dark(picture[window(grown(b, -RIM), page.crop, picture.shape)])]
    found.bars = sum(_stands_in_line(b, page) for b in flat)
    found.pictured = _written_under(document, page, flat) if flat and not found.under else 0
    return found


def _written_under(document: Any, page: PageText, bars: list[Box]) -> int:
    """How many bars have strokes on paper under them once they are lifted; the caller's document stays as it was."""
    with upright(document, page.index) as lifted:
        lift(lifted, bars)
        picture = picture_of(lifted, DPI)
    spots = [picture[window(grown(b, -RIM), page.crop, picture.shape)] for b in bars]
    return sum(bool(s.size) and float(np.median(s)) > PAPER and float(s.std()) > STROKES for s in spots)


def findings_of(index: int, unseen: Unseen) -> Iterator[Finding]:
    """What the hidden letters of a page mean."""
    if unseen.under:
        yield Finding(index, "text under bars", "Onder een zwart vlak staat nog tekst die te kopiëren is.")
    if unseen.pictured:
        yield Finding(index, "text under bars", "Onder een zwart vlak staat nog iets geschreven of getekend.")
    if unseen.through:
        yield Finding(index, "see-through bars", "Een vlak over de tekst is doorzichtig: de tekst is te lezen.")
    if unseen.blank >= LEAST_HIDDEN:
        yield Finding(index, "unseen text", "Er staat tekst op de pagina die niet te zien is.")
    if unseen.outside >= LEAST_HIDDEN:
        yield Finding(index, "off the page", "Er staat tekst buiten de zichtbare pagina.")


def _bars(document: Any, index: int) -> tuple[list[Box], list[Box]]:
    """Dark shapes of the size of a bar: those that cover fully, and those that do not and lie over earlier text."""
    solid: list[Box] = []
    veils: list[Box] = []
    texts: list[Box] = []
    with LOCK:
        page = document[index]
        try:
            for item in _objects(page.raw, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject, 0):
                kind, place = pdfium_c.FPDFPageObj_GetType(item), bounds_of(item)
                if place is not None and kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
                    texts.append(place)
                elif place is not None and kind == pdfium_c.FPDF_PAGEOBJ_PATH and _has_size_of_bar(place):
                    brightness, alpha = fill_of(item)
                    if alpha == 255 and brightness < DARK:
                        solid.append(place)
                    elif 0 < alpha < 255 and 255 - alpha + brightness * alpha / 255 < DUSK:
                        veils += [place] if any(touches(place, t) for t in texts) else []
        finally:
            page.close()
    return solid, veils


def _has_size_of_bar(place: Box) -> bool:
    return LOWEST <= place[3] - place[1] <= HIGHEST and place[2] - place[0] >= NARROWEST


def _stands_in_line(bar: Box, page: PageText) -> bool:
    """Whether letters stand left or right of the bar on its own line, as beside a word that was covered."""
    for character, box in zip(page.text, page.char_boxes, strict=True):
        if box is None or character.isspace() or not bar[1] <= (box[1] + box[3]) / 2 <= bar[3]:
            continue
        if 0 <= bar[0] - box[2] <= NEIGHBOUR or 0 <= box[0] - bar[2] <= NEIGHBOUR:
            return True
    return False


def _objects(owner: Any, count: Any, get: Any, depth: int) -> Iterator[Any]:
    """Objects of a page in the order of drawing, those in forms too."""
    for position in range(count(owner)):
        item = get(owner, position)
        yield item
        if depth < DEEPEST and pdfium_c.FPDFPageObj_GetType(item) == pdfium_c.FPDF_PAGEOBJ_FORM:
            yield from _objects(item, pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject, depth + 1)


def _is_dark(spot: Picture) -> bool:
    return bool(spot.size) and float(spot.mean()) < DARK and float(spot.std()) < FLAT
