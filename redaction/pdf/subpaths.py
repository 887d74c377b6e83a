"""The subpaths of a shape: each as straight lines on the page, with the operators that drew it."""

from __future__ import annotations

import math
from typing import NamedTuple

from redaction.pdf.content import NotUnderstood, PathUse, Segment
from redaction.pdf.geometry import Point, apply, quad, scale_of

MOST_STEPS = 240
"""Straight pieces of one curve at most."""
SAG = 0.01
"""Points that a piece may lie beside its curve."""
FAR = 1e6
MOST_POINTS = 200_000
CLOSING = {"s", "b", "b*"}
Polyline = list[Point]


class Subpath(NamedTuple):
    """A part of a path in one stroke: on the page as lines, and the operators that drew it."""

    points: Polyline
    closed: bool
    segments: list[Segment]


def subpaths_of(path: PathUse) -> list[Subpath]:
    """The subpaths on the page as lines, curves cut into short straight pieces."""
    found: list[Subpath] = []
    current: Polyline = []
    drawn: list[Segment] = []
    scale = scale_of(path.ctm)
    here: Point = (0.0, 0.0)
    count = 0
    for segment in path.segments:
        v, operator = segment.values, segment.operator
        if operator == "re":
            _close(found, current, drawn, False)
            found.append(Subpath(list(quad(path.ctm, v[0], v[1], v[0] + v[2], v[1] + v[3])), True, [segment]))
            current, drawn, here = [], [], (v[0], v[1])
            continue
        if operator == "m":
            _close(found, current, drawn, False)
            here = (v[0], v[1])
            current, drawn = [apply(path.ctm, *here)], [segment]
        elif operator == "h":
            start = current[:1]
            begin = drawn[:1]
            _close(found, current, [*drawn, segment], True)
            current, drawn = list(start), begin
        elif operator == "l":
            here = (v[0], v[1])
            current.append(apply(path.ctm, *here))
            drawn.append(segment)
        else:
            points = _curve(here, segment, scale)
            here = points[-1]
            current += [apply(path.ctm, *p) for p in points]
            drawn.append(segment)
            count += len(points)
        if count + len(path.segments) > MOST_POINTS:
            raise NotUnderstood("te veel lijnen onder een vak")
    _close(found, current, drawn, path.operator in CLOSING)
    return found


def _close(found: list[Subpath], line: Polyline, drawn: list[Segment], closed: bool) -> None:
    if len(line) > 1:
        if closed and drawn[-1].operator != "h":
            drawn = [*drawn, Segment("h", ())]
        found.append(Subpath(line, closed, drawn))


def _curve(start: Point, segment: Segment, scale: float) -> list[Point]:
    """The curve after its start as straight pieces: as many as keep within SAG of it on the page."""
    v = segment.values
    if segment.operator == "c":
        p1, p2, p3 = (v[0], v[1]), (v[2], v[3]), (v[4], v[5])
    elif segment.operator == "v":
        p1, p2, p3 = start, (v[0], v[1]), (v[2], v[3])
    else:
        p1, p2, p3 = (v[0], v[1]), (v[2], v[3]), (v[2], v[3])
    corners = ((start, p1, p2), (p1, p2, p3))
    bend = max(math.dist((a[0] + c[0], a[1] + c[1]), (2 * b[0], 2 * b[1])) for a, b, c in corners)
    steps = min(MOST_STEPS, max(1, math.ceil(math.sqrt(0.75 * min(bend * scale, FAR) / SAG))))
    points = []
    for i in range(1, steps + 1):
        t = i / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        points.append(
            (
                a * start[0] + b * p1[0] + c * p2[0] + d * p3[0],
                a * start[1] + b * p1[1] + c * p2[1] + d * p3[1],
            )
        )
    return points
