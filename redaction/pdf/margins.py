"""How the lines of a page are set: which of their ends stand in one column with those of other lines."""
from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np

from redaction.pdf.geometry import Box, Point
from redaction.pdf.pages import PageText
from redaction.pdf.spacing import Setting

BLANK = 32
"""Codes of signs up to here take room and show nothing."""
APART = 1.0
"""Letters further apart than this many heights stand in different cells or columns."""
LEVEL = 0.5
"""Share of a height that letters of one line may lie higher or lower."""
ROW = 0.3
"""Heights between one line and the next, at least, where letters are put in lines by their places."""
NEAR = 0.035
"""Ends closer than this many heights stand in one column: typesetters round."""
LEAST_NEAR = 0.3
"""That in points, at least."""
FURTHEST = 1.0
"""Points that the end of a full line may lie before that of the longest."""
OTHERS = 2
"""Other lines that must end at the same place."""
NARROW = 0.9
"""A line set in the middle of the page is narrower than this share of its text."""
FULL = 0.6
"""A line that begins further to the right than this share of its column is set against the right edge alone."""
Numbers = np.ndarray[Any, np.dtype[np.float64]]


class Margins:
    """The stretches of text of a page along one direction (a unit vector along an axis)."""

    def __init__(self, text: PageText, direction: Point) -> None:
        self.crop = span_of(text.crop, direction)
        self.leftward = _reads_to_the_left(text.text)
        by_place = self.leftward or direction[0] < 0
        self.starts, self.ends, self.levels, self.heights = _stretches(text, direction, by_place=by_place)
        self.near = max(LEAST_NEAR, NEAR * float(self.heights.mean())) if len(self.heights) else LEAST_NEAR

    def setting(
        self, start: float, end: float, level: float, height: float, *, rough: float = 0.0
    ) -> tuple[Setting, float, float]:
        """How a stretch from start to end, with its middle at this level, is set, and between which two places.

        Those are where the column stands, which typesetters come near to by a rounding that depends on the words.
        `rough` is how many points the places may be off.
        """
        near = self.near + rough
        away = np.abs(self.levels - level) > LEVEL * height
        starts, ends = self.starts[away], self.ends[away]
        beside = np.abs(ends - end) < near
        if beside.sum() >= OTHERS:
            edge = float(np.median(ends[beside]))
            if self._full(start, edge, starts[beside], near):
                return Setting.BOTH, start, edge
            return Setting.RIGHT, start + edge - end, edge
        if not rough and beside.any() and self._last(start, end, starts, ends, near):
            return Setting.BOTH, start, float(np.median(ends[beside]))
        middle, middles = (start + end) / 2, (starts + ends) / 2
        around = np.abs(middles - middle) < near
        found = None
        if around.sum() >= OTHERS and not _shared(starts[around], near):
            found = float(np.median(middles[around]))
        elif (np.abs(starts - start) < near).sum() < OTHERS:
            found = self._middle(start, end, near)
        if found is None:
            return Setting.RIGHT if self.leftward else Setting.LEFT, start, end
        return Setting.CENTRE, start + found - middle, end + found - middle

    def beginning(self, start: float, level: float, height: float, rough: float) -> float:
        """Where the column begins in which a stretch does, by its other lines; its own beginning where none do."""
        away = np.abs(self.levels - level) > LEVEL * height
        beside = self.starts[away & (np.abs(self.starts - start) < self.near + rough)]
        return float(np.median(beside)) if len(beside) >= OTHERS else start

    def tells_nothing(self, start: float, level: float, height: float, rough: float) -> bool:
        """Whether too few other lines begin where this one does to see that it is set against two edges."""
        away = np.abs(self.levels - level) > LEVEL * height
        return int((away & (np.abs(self.starts - start) < self.near + rough)).sum()) <= OTHERS

    def stands_in_column(self, start: float, end: float) -> bool:
        """Whether other lines have text with the same beginning, middle or end."""
        places = (self.starts, start), (self.ends, end), ((self.starts + self.ends) / 2, (start + end) / 2)
        return any(int((np.abs(column - place) < 1.5).sum()) > OTHERS for column, place in places)

    @staticmethod
    def _last(start: float, end: float, starts: Numbers, ends: Numbers, near: float) -> bool:
        """Whether a stretch ends where one other of its column does, and none ends further: ragged lines rarely do."""
        column = np.abs(starts - start) < near
        met = column & (np.abs(ends - end) < near)
        return bool(met.any() and ends[column].max() < end + FURTHEST)

    @staticmethod
    def _full(start: float, edge: float, starts: Numbers, near: float) -> bool:
        """Whether a stretch that ends at an edge fills its line: it begins where others do, or a little further on."""
        met = starts[_meetings(starts, near) > 1]
        if not len(met) or len(met) < 0.5 * len(starts):
            return False
        first = float(np.median(met))
        if len(met) == OTHERS and start < first - near:  # two that meet by chance, of lines set against the right edge
            return False
        return bool((np.abs(met - start) < near).any() or edge - start > FULL * (edge - first))

    def _middle(self, start: float, end: float, near: float) -> float | None:
        """The middle of the text or of the page, where a stretch that is clearly narrower has its own middle there."""
        low, high = (float(self.starts.min()), float(self.ends.max())) if len(self.starts) else (start, end)
        if end - start >= NARROW * (high - low):
            return None
        middles = (low + high) / 2, (self.crop[0] + self.crop[1]) / 2
        return next((m for m in middles if abs((start + end) / 2 - m) < near), None)


def _reads_to_the_left(text: str) -> bool:
    """Whether most letters are of a script that is read from the right, where lines begin at the right edge."""
    letters = [unicodedata.bidirectional(c) for c in text if c.isalpha()]
    return 2 * sum(kind in ("R", "AL") for kind in letters) > len(letters)


def _meetings(column: Numbers, near: float) -> Numbers:
    """For each place how many are the same, itself included."""
    met: Numbers = (np.abs(column[:, None] - column) < near).sum(axis=1)
    return met


def _shared(column: Numbers, near: float) -> bool:
    """Whether most of the places are those of others too: single ones meet by chance."""
    return bool((_meetings(column, near) > 1).mean() >= 0.5)


def span_of(box: Box, direction: Point) -> tuple[float, float]:
    """From where to where a box reaches along a direction."""
    dx, dy = direction
    corners = [x * dx + y * dy for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(corners), max(corners)


def depth_of(box: Box, direction: Point) -> tuple[float, float]:
    """The same square to the direction."""
    return span_of(box, (-direction[1], direction[0]))


def _stretches(text: PageText, direction: Point, *, by_place: bool) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Beginning, end, level and height of each stretch of letters without a wide gap, blanks at its ends left out.

    The letters are taken as they are read, or `by_place`: PDFium puts dots of Arabic letters on lines of their own, and
    reads text that stands upside down or is mirrored backwards.
    """
    inked = np.frombuffer(text.text.encode("utf-32-le", "surrogatepass"), np.uint32) > BLANK
    boxes = text.corners[inked & ~np.isnan(text.corners[:, 0])]
    if not len(boxes):
        none: Numbers = np.empty(0)
        return none, none, none, none
    dx, dy = direction
    along = np.sort(np.stack([boxes[:, 0] * dx + boxes[:, 1] * dy, boxes[:, 2] * dx + boxes[:, 3] * dy]), axis=0)
    across = np.sort(np.stack([boxes[:, 1] * dx - boxes[:, 0] * dy, boxes[:, 3] * dx - boxes[:, 2] * dy]), axis=0)
    height, level = across[1] - across[0], across.mean(axis=0)
    if by_place:
        usual = float(np.median(height))
        height = np.maximum(height, usual)
        row = _rows(level, usual)
        order = np.lexsort((along[0], row))
        level = (np.bincount(row, level) / np.bincount(row))[row][order]
        along, height = along[:, order], height[order]
    step = along[0][1:] - along[1][:-1]
    low, high = np.minimum(height[1:], height[:-1]), np.maximum(height[1:], height[:-1])
    fresh = (np.abs(np.diff(level)) > LEVEL * high) | (step > APART * low) | (step < -2 * high)
    first = np.concatenate([[0], np.flatnonzero(fresh) + 1])
    count = np.diff(np.concatenate([first, [len(boxes)]]))
    return (
        np.minimum.reduceat(along[0], first),
        np.maximum.reduceat(along[1], first),
        np.add.reduceat(level, first) / count,
        np.maximum.reduceat(height, first),
    )


def _rows(levels: Numbers, height: float) -> np.ndarray[Any, np.dtype[np.intp]]:
    """For each letter the number of its line: one begins where no letter lies a little higher."""
    upwards = np.argsort(levels, kind="stable")
    found = np.empty(len(levels), np.intp)
    found[upwards] = np.cumsum(np.diff(levels[upwards], prepend=levels[upwards[0]]) > ROW * height)
    return found
