"""Where the ink of words lies in a picture of a page, to a tenth of a pixel or so: OCR says it to a pixel or two."""
from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from pikepdf import Stream
from PIL import Image

from redaction.pdf.content import ImageUse
from redaction.pdf.fonts import number
from redaction.pdf.geometry import Box, touches_any

DPI, FINEST = 200.0, 400.0
"""Pixels for an inch in which ink is measured: where those of the scan are not known, and at most."""
SOFT = 0.7
"""Pixels (standard deviation) that ink is spread when it moves.

Of ink that is spread so far hardly anything tells how it lay on the pixels before: what is finer than a pixel is gone.
"""
BROAD = 1.1
"""The same when it is measured."""
FINE = 8
"""Parts of a pixel in which the ends of ink are looked for."""
REACH = 3
"""Standard deviations that ink is spread at most."""
FAINT = 0.15
"""Share of full darkness that is no ink yet: grain of the paper, and what lossy compression leaves."""
LEAST = 1.0
"""Full dark pixels in a column from which a word begins there."""
SLACK = 0.3
"""Share of a line's height that its ink may lie higher or lower than OCR says."""
HANGS = 0.35
"""Line heights that the ink of the first and last word may reach further than OCR says."""
Numbers = np.ndarray[Any, np.dtype[np.float64]]


def spread(size: int, by: float) -> Numbers:
    """Weights (a row for each new place, a column for each old one) that move pixels by so many, and soften them."""
    away = np.arange(size)[:, None] - np.arange(size) - by
    weights = np.where(np.abs(away) < REACH * SOFT + 1, np.exp(-0.5 * (away / SOFT) ** 2), 0.0)
    found: Numbers = weights / (SOFT * np.sqrt(2 * np.pi))
    return found


def ink_under(boxes: Sequence[Box], images: Sequence[ImageUse], draw: Callable[[float], Image.Image], crop: Box) -> Ink:
    """The ink of a page, in as many pixels as its finest image under the boxes has; `draw` makes a picture of the page.

    That is given the pixels for an inch.
    """
    found = [_resolution(use) for use in images if touches_any(use.box, boxes)]
    return Ink(draw(min(max(found, default=DPI), FINEST)), crop)


def _resolution(use: ImageUse) -> float:
    """Pixels for an inch."""
    width = int(number(use.source.get("/Width"))) if isinstance(use.source, Stream) else 0
    return 72 * width / max(1.0, math.hypot(*use.ctm[:2])) or DPI


class Ink:
    """The ink on a page, in a picture of its crop box."""

    def __init__(self, picture: Image.Image, crop: Box) -> None:
        self._grey = np.asarray(picture.convert("L"))
        self.crop = crop
        rows, columns = self._grey.shape
        self.across, self.down = columns / (crop[2] - crop[0]), rows / (crop[3] - crop[1])
        """Pixels for a point."""

    def band(self, line: Box) -> tuple[float, float]:
        """From where to where (user space) the ink of the line reaches that these letters stand on."""
        reach = round(SLACK * (line[3] - line[1]) * self.down)
        top, bottom = ((self.crop[3] - y) * self.down for y in (line[3], line[1]))
        left, right = ((x - self.crop[0]) * self.across for x in (line[0], line[2]))
        columns = slice(max(0, int(left)), max(1, int(right)))
        edges = [self._emptiest(round(row), reach, columns) for row in (top, bottom)]
        return self.crop[3] - edges[1] / self.down, self.crop[3] - edges[0] / self.down

    def words(self, words: Sequence[Sequence[Box]], low: float, high: float) -> list[tuple[Box, float, float] | None]:
        """For each word (the boxes of its letters, from left to right) on a line from `low` to `high` what is its own.

        That is the white to which its ink reaches, and where its ink begins and ends; None where none is found.
        """
        top, bottom = (max(0, round((self.crop[3] - y) * self.down)) for y in (high, low))
        height = bottom - top
        hang = HANGS * height / self.across
        first, last = words[0][0][0] - hang, words[-1][-1][2] + hang
        left = max(0, int((first - self.crop[0]) * self.across))
        right = min(self._grey.shape[1], int((last - self.crop[0]) * self.across) + 1)
        if height < 2 or right - left < 2:
            return [None] * len(words)
        ink = self._columns(self._grey[top:bottom, left:right])
        cuts = [0.0]
        for word, following in pairwise(words):
            ends = ((b[0] + b[2]) / 2 for b in (word[-1], following[0]))
            cuts.append(_widest_white(ink, *(((x - self.crop[0]) * self.across - left) * FINE for x in ends)))
        cuts.append(float(len(ink)))
        found: list[tuple[Box, float, float] | None] = []
        for start, end in pairwise(cuts):
            ends_of = _ends(ink, int(start), int(end))
            if ends_of is None:
                found.append(None)
                continue
            white = [self.crop[0] + (left + at / FINE) / self.across for at in (start, end)]
            begins, stops = (self.crop[0] + (left + at / FINE) / self.across for at in ends_of)
            own = max(white[0], begins - hang), min(white[1], stops + hang)
            found.append(((own[0], low, own[1], high), begins, stops))
        return found

    def _emptiest(self, row: int, reach: int, columns: slice) -> int:
        first, last = max(0, row - reach), min(self._grey.shape[0] - 1, row + reach)
        rows = self._grey[first : last + 1, columns].astype(float)
        if not rows.size:
            return row
        ink = np.maximum(0.0, np.median(rows) - rows - FAINT * 255).sum(axis=1)
        return min(range(first, last + 1), key=lambda r: (ink[r - first], abs(r - row)))

    @staticmethod
    def _columns(pixels: np.ndarray[Any, Any]) -> Numbers:
        """Full dark pixels in each column, so many columns for a pixel."""
        dark = np.maximum(0.0, np.median(pixels) - pixels.astype(float)) / 255
        size = dark.shape[1]
        found = np.empty(size * FINE)
        for part in range(FINE):
            soft = _softened(dark, (part + 0.5) / FINE - 0.5)
            found[part::FINE] = np.maximum(0.0, soft - FAINT).sum(axis=0)
        return found


def _softened(dark: Numbers, at: float) -> Numbers:
    """What is seen so many pixels to the right of each, of ink that is spread."""
    reach = int(np.ceil(REACH * BROAD)) + 1
    padded = np.pad(dark, ((0, 0), (reach, reach)))
    found = np.zeros_like(dark)
    for step in range(-reach, reach + 1):
        weight = np.exp(-0.5 * ((step - at) / BROAD) ** 2) / (BROAD * np.sqrt(2 * np.pi))
        found += weight * padded[:, reach + step : reach + step + dark.shape[1]]
    return found


def _widest_white(ink: Numbers, start: float, end: float) -> float:
    """The middle of the widest white between two places; where there is none, of the least ink."""
    low, high = max(0, int(start)), min(len(ink), max(int(end), int(start) + 1))
    part = ink[low:high]
    if not len(part):
        return float(low)
    white = np.flatnonzero(part <= min(LEAST / 4, part.min() + 1e-9) if part.min() < LEAST / 4 else part <= part.min())
    groups = np.split(white, np.flatnonzero(np.diff(white) > 1) + 1)
    widest = max(groups, key=len)
    return low + float(widest[0] + widest[-1] + 1) / 2


def _ends(ink: Numbers, start: int, end: int) -> tuple[float, float] | None:
    """Where the ink between two places begins and ends, to a part of a step."""
    part = ink[start:end]
    there = np.flatnonzero(part >= LEAST)
    if not len(there):
        return None
    return start + _crossing(part, int(there[0]), -1), start + _crossing(part, int(there[-1]), 1)


def _crossing(part: Numbers, at: int, step: int) -> float:
    """Where it passes the least amount of ink, between a place that has more and the one beside it."""
    beside = at + step
    if not 0 <= beside < len(part):
        return at + 0.5
    share = (part[at] - LEAST) / max(1e-9, part[at] - part[beside])
    return at + 0.5 + step * min(1.0, float(share))


