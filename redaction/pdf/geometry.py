"""Points, boxes and matrices of PDF user space, and the few operations redaction needs on them."""
from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points; origin bottom-left, y upwards, page rotation not applied."""
Matrix = tuple[float, float, float, float, float, float]
Polygon = Sequence[Point]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(m: Matrix, n: Matrix) -> Matrix:
    """Matrix that applies `m` first and `n` after it."""
    a, b, c, d, e, f = m
    na, nb, nc, nd, ne, nf = n
    return (
        a * na + b * nc,
        a * nb + b * nd,
        c * na + d * nc,
        c * nb + d * nd,
        e * na + f * nc + ne,
        e * nb + f * nd + nf,
    )


def apply(m: Matrix, x: float, y: float) -> Point:
    """Image of the point (x, y) under `m`."""
    return (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])


def invert(m: Matrix) -> Matrix:
    """Inverse of `m`; raises ZeroDivisionError for a matrix that flattens the plane."""
    a, b, c, d, e, f = m
    k = a * d - b * c
    if abs(k) < 1e-14:
        raise ZeroDivisionError("matrix without inverse")
    return (d / k, -b / k, -c / k, a / k, (c * f - d * e) / k, (b * e - a * f) / k)


def quad(m: Matrix, x0: float, y0: float, x1: float, y1: float) -> tuple[Point, Point, Point, Point]:
    """Corners of the rectangle under `m`, in order around it."""
    return (apply(m, x0, y0), apply(m, x1, y0), apply(m, x1, y1), apply(m, x0, y1))


def bounds(points: Iterable[Point]) -> Box:
    """Smallest box around the points (at least one)."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def union(boxes: Iterable[Box]) -> Box:
    """Smallest box around all boxes (at least one)."""
    x0s, y0s, x1s, y1s = zip(*boxes, strict=True)
    return (min(x0s), min(y0s), max(x1s), max(y1s))


def normal(box: Sequence[float]) -> Box:
    """The box with its corners in order."""
    x0, y0, x1, y1 = (float(v) for v in box[:4])
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def touches(a: Box, b: Box) -> bool:
    """Whether two boxes share area."""
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def touches_any(a: Box, boxes: Iterable[Box]) -> bool:
    """Whether the box shares area with one of the boxes."""
    x0, y0, x1, y1 = a
    return any(x0 < b[2] and x1 > b[0] and y0 < b[3] and y1 > b[1] for b in boxes)


def within(a: Box, b: Box, slack: float = 0.0) -> bool:
    """Whether `a` lies in `b`, give or take `slack` points."""
    return a[0] >= b[0] - slack and a[1] >= b[1] - slack and a[2] <= b[2] + slack and a[3] <= b[3] + slack


def contains(box: Box, x: float, y: float) -> bool:
    """Whether the point lies in the box or on its edge."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def box_area(box: Box) -> float:
    """Area in square points; 0 for a box inside out."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def intersection(a: Box, b: Box) -> Box:
    """Shared part of two boxes; inside out when they are apart."""
    return (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))


def area(polygon: Polygon) -> float:
    """Area of a simple polygon in square points."""
    total = 0.0
    for i, (x, y) in enumerate(polygon):
        px, py = polygon[i - 1]
        total += px * y - x * py
    return abs(total) / 2


def clip(polygon: Polygon, box: Box) -> list[Point]:
    """Part of the polygon inside the box (Sutherland and Hodgman, 1974); empty when there is none."""
    points = list(polygon)
    for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        kept: list[Point] = []
        for i, p in enumerate(points):
            o = points[i - 1]
            p_in, o_in = (p[axis] - limit) * sign >= 0, (o[axis] - limit) * sign >= 0
            if p_in != o_in:
                t = (limit - o[axis]) / (p[axis] - o[axis])
                kept.append((o[0] + t * (p[0] - o[0]), o[1] + t * (p[1] - o[1])))
            if p_in:
                kept.append(p)
        points = kept
        if not points:
            return []
    return points


def scale_of(m: Matrix) -> float:
    """Mean enlargement of lengths by `m`."""
    return math.sqrt(abs(m[0] * m[3] - m[1] * m[2]))


def grown(box: Box, by: float) -> Box:
    """The box enlarged by `by` points on every side (smaller when negative)."""
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)
