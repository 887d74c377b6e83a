"""Which parts of a line come in a box, and which lie outside all boxes."""

from __future__ import annotations

import itertools

from redaction.pdf.geometry import Box, Point, bounds
from redaction.pdf.subpaths import Polyline


def meets(points: Polyline, boxes: list[Box]) -> bool:
    """Whether any side of a polyline comes in a box."""
    x0, y0, x1, y1 = bounds(points)
    near = [b for b in boxes if x0 <= b[2] and b[0] <= x1 and y0 <= b[3] and b[1] <= y1]
    return any(_hidden_span(a, b, box) for box in near for a, b in itertools.pairwise(points))


def outside(points: Polyline, boxes: list[Box]) -> list[tuple[int, Polyline]]:
    """The parts of a polyline outside all boxes, each with the number of the side that it begins on."""
    pieces: list[tuple[int, Polyline]] = []
    current: Polyline = []
    begin = 0
    for side, (a, b) in enumerate(itertools.pairwise(points)):
        for t0, t1 in free_spans(a, b, boxes):
            start, end = between(a, b, t0), between(a, b, t1)
            if not current or current[-1] != start:
                if len(current) > 1:
                    pieces.append((begin, current))
                current, begin = [start], side
            current.append(end)
    if len(current) > 1:
        pieces.append((begin, current))
    return pieces


def free_spans(a: Point, b: Point, boxes: list[Box]) -> list[tuple[float, float]]:
    """The parts (from, to in 0..1) of the line a-b outside all boxes."""
    spans = [(0.0, 1.0)]
    for box in boxes:
        hidden = _hidden_span(a, b, box)
        if hidden is None:
            continue
        low, high = hidden
        rest = [(s, min(e, low)) for s, e in spans if s < low] + [(max(s, high), e) for s, e in spans if e > high]
        spans = sorted(s for s in rest if s[1] - s[0] > 1e-9)
    return spans


def _hidden_span(a: Point, b: Point, box: Box) -> tuple[float, float] | None:
    """Part (from, to in 0..1) of the line a-b inside the box (Liang and Barsky, 1984), None when there is none."""
    low, high = 0.0, 1.0
    for axis in (0, 1):
        step = b[axis] - a[axis]
        to_low, to_high = box[axis] - a[axis], box[axis + 2] - a[axis]
        if abs(step) < 1e-12:
            if to_low > 0 or to_high < 0:
                return None
            continue
        first, last = sorted((to_low / step, to_high / step))
        low, high = max(low, first), min(high, last)
    return (low, high) if low < high else None


def between(a: Point, b: Point, t: float) -> Point:
    """The point at `t` (0..1) on the line a-b; its ends exactly."""
    if t == 0.0:
        return a
    if t == 1.0:
        return b
    return (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
