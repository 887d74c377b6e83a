"""Upright edges between the cells of a table, which text that moves may not cross, and marks that belong to words."""
from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from pikepdf import ContentStreamInstruction, Operator

from redaction.pdf.content import PathUse, Segment, segment_points
from redaction.pdf.geometry import Box, Matrix, Point, apply, bounds, invert, scale_of
from redaction.pdf.margins import depth_of, span_of

THIN = 2.5
"""Points that a rule is wide at most."""
MARK = 1.45
"""What is painted behind or under words is at most this many line heights high; the ground of a cell is higher."""
INNER = 0.45
"""Words on both sides of the edge of a shape are in two cells when this many heights apart."""
RULE = 0.25
"""Line heights that a rule under or through words is high at most."""
FITS = 0.3
"""Line heights that a mark may stick out of the words of its line."""
FAINT = 1e-6
STROKED = {"S", "s", "B", "B*", "b", "b*"}


@dataclass(frozen=True)
class Edge:
    """One upright edge: its place along the line, its ends square to it, and whether it is a rule or ends a picture."""

    at: float
    low: float
    high: float
    rule: bool
    cuts: bool = False
    """Whether what is painted next may end here: nothing may move past it."""

    def beside(self, across: float, height: float) -> bool:
        """Whether the edge runs along the whole height of a line with this baseline."""
        return self.low <= across + 0.1 * height and self.high >= across + 0.6 * height


def edges_of(
    paths: Sequence[PathUse], pictures: Sequence[Box], frame: Box | None, direction: Point
) -> list[Edge]:
    """The upright edges that shapes, clips and pictures have, and the frame that holds them all, seen along an axis."""
    found = []
    if frame is not None:
        found = [Edge(at, *depth_of(frame, direction), True, True) for at in span_of(frame, direction)]
    for box in pictures:
        found += [Edge(at, *depth_of(box, direction), True) for at in span_of(box, direction)]
    for path in paths:
        for box in _parts(path):
            (start, end), (low, high) = span_of(box, direction), depth_of(box, direction)
            cuts = bool(path.clips)
            if end - start <= THIN < high - low:
                found.append(Edge((start + end) / 2, low, high, True, cuts))
            elif high - low > THIN:
                found += [Edge(at, low, high, path.operator in STROKED, cuts) for at in (start, end)]
    return found


def _parts(path: PathUse) -> Iterator[Box]:
    """Boxes on the page of the rectangles of a path, and of its lines where those are drawn."""
    last: Point | None = None
    for segment in path.segments:
        points = [apply(path.ctm, x, y) for x, y in segment_points(segment)]
        if segment.operator == "re":
            yield bounds(points)
        elif segment.operator == "l" and last is not None and points and path.operator in STROKED:
            yield bounds([last, points[0]])
        last = points[-1] if points else last
    if path.operator not in STROKED and path.segments[0].operator != "re":
        yield path.box


@dataclass(frozen=True)
class Track:
    """Where the places along one line went: `olds` in order, and `news` for each."""

    direction: Point
    across: float
    height: float
    olds: tuple[float, ...]
    news: tuple[float, ...]

    def moved(self, at: float) -> float:
        """Where a place along the line went."""
        if at <= self.olds[0]:
            return at + self.news[0] - self.olds[0]
        if at >= self.olds[-1]:
            return at + self.news[-1] - self.olds[-1]
        return float(np.interp(at, self.olds, self.news))

    def carries(self, box: Box) -> bool:
        """Whether a shape with this box is painted under or behind words of the line and reaches no further."""
        (start, end), (low, high) = span_of(box, self.direction), depth_of(box, self.direction)
        slack = FITS * self.height
        top = 1.25 if high - low > RULE * self.height else 0.8  # above that runs the rule under the line above
        lowest, highest = self.across - 0.45 * self.height, self.across + top * self.height
        if high - low > MARK * self.height or low < lowest or high > highest:
            return False
        return end - start > FAINT and self.olds[0] - slack <= start and end <= self.olds[-1] + slack

    def holds(self, box: Box) -> bool:
        """Whether a box lies on this line, over its words."""
        (start, end), (low, high) = span_of(box, self.direction), depth_of(box, self.direction)
        middle = self.across + 0.3 * self.height
        one = high - low < 2 * MARK * self.height and low < middle < high
        return one and start < self.olds[-1] and end > self.olds[0]

    def moved_point(self, x: float, y: float) -> Point:
        """Where a point of the page on this line went."""
        dx, dy = self.direction
        by = self.moved(x * dx + y * dy) - (x * dx + y * dy)
        return x + by * dx, y + by * dy

    def moved_box(self, box: Box) -> Box:
        """Where a box on this line went."""
        return bounds([self.moved_point(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])])


def carried(path: PathUse, tracks: Sequence[Track]) -> PathUse | None:
    """The path where the words went that it is painted under or behind; None for one that stays."""
    track = None if path.clips else next((t for t in tracks if t.carries(path.box)), None)
    if track is None:
        return None
    try:
        back = invert(path.ctm)
    except ZeroDivisionError:
        return None
    segments = [s for segment in path.segments for s in _carried(segment, path.ctm, back, track)]
    points = [apply(path.ctm, x, y) for s in segments for x, y in segment_points(s)]
    return replace(path, segments=segments, box=bounds(points))


def _carried(segment: Segment, ctm: Matrix, back: Matrix, track: Track) -> list[Segment]:
    decimals = max(0, 2 + math.ceil(math.log10(max(scale_of(ctm), FAINT))))  # finer ones tell where it was
    points = [
        (round(x, decimals), round(y, decimals))
        for x, y in (apply(back, *track.moved_point(*apply(ctm, *at))) for at in segment_points(segment))
    ]
    if segment.operator == "re":
        (x0, y0), _, (x1, y1), _ = points
        return [Segment("re", (x0, y0, x1 - x0, y1 - y0))]
    return [Segment(segment.operator, tuple(v for point in points for v in point))]


def drawn(path: PathUse) -> list[ContentStreamInstruction]:
    """The operators that paint a path."""
    made = [(s.operator, s.values) for s in path.segments] + [(path.operator, ())]
    return [ContentStreamInstruction([round(v, 4) for v in values], Operator(name)) for name, values in made]
