"""Lines and shapes under a box: cut away geometrically, so that no coordinate of the hidden part stays in the file."""

from __future__ import annotations

import itertools
import math

from pikepdf import Array, ContentStreamInstruction, Operator, Stream

from redaction.pdf.content import Dash, NotUnderstood, PathUse, Segment, segment_points
from redaction.pdf.geometry import (
    Box,
    Matrix,
    Point,
    apply,
    area,
    bounds,
    box_area,
    clip,
    grown,
    invert,
    scale_of,
    touches,
    within,
)
from redaction.pdf.spans import between, free_spans, meets, outside
from redaction.pdf.subpaths import Polyline, Subpath, subpaths_of

EXACT = 0.001
"""Points that the rounding of a number may shift a line."""
FINEST = 6
"""Decimals that a writer gives to a number, at most."""
FLAT = 1e-9
"""Area of what is only a line; viewers draw those."""
FAR = 1e6
MOST_CORNERS = 4
"""Corners of a clip that may lie in a box: as many as a rectangle has."""
INSIDE = 1.0
"""Points that a shape may stick out of a box and still count as inside it."""
THICK = 1.0
"""Points of half a line from which its ends are seen to be cut across."""
MITRE = 11.0
"""Times half its width that a line may stick out at its corners, with some to spare (ISO 32000-2, 8.4.3.5)."""
SHOWN = 1.0
"""Points of a side that must show for all of it to be known."""
POINTED = 10
"""Half thicknesses that a sharp corner of an outline sticks out, at most, where nothing else is set."""
EVEN_ODD = {"f*", "B*", "b*"}
FILLED = {"f", "F", "f*", "B", "B*", "b", "b*"}
STROKED = {"S", "s", "B", "B*", "b", "b*"}


def edit_path(path: PathUse, boxes: list[Box]) -> list[ContentStreamInstruction] | None:
    """Operators that paint what stays of the path, or None when it can stay as it is.

    Raises NotUnderstood for a shape with too many lines to cut.
    """
    near = boxes_near(path, boxes)
    if not near:
        return None
    painted = None if path.operator == "n" or _as_it_is(path, near) else _painted_outside(path, near)
    if path.clips:
        spells = _spells(path, near)
        if painted is None and not spells:
            return None
        clipped = clip_outside(path, near, path.clips) if spells else _clipped(path)
        return (painted if painted is not None else _whole(path)) + clipped
    return [] if path.operator == "n" else painted


def _painted_outside(path: PathUse, boxes: list[Box]) -> list[ContentStreamInstruction]:
    filled = [] if path.operator in ("S", "s") else subpaths_of(path)
    out = _filled(filled, boxes, path, "f*" if path.operator in EVEN_ODD else "f")
    return out + stroke_outside(path, boxes)


def may_show(path: PathUse, visible: Box) -> bool:
    """Whether anything of the path may be seen: it is painted, and comes on the page and in its clips."""
    place = grown(path.box, POINTED * _half_width(path))
    return path.operator != "n" and touches(grown(place, SHOWN), visible) and not path.paint.cuts_off(place)


def boxes_near(path: PathUse, boxes: list[Box]) -> list[Box]:
    """The boxes that the path, as thick as it is drawn, lies in or under."""
    room = _half_width(path)
    place = (path.box[0] - room, path.box[1] - room, path.box[2] + room, path.box[3] + room)
    return [b for b in boxes if touches(place, b) or within(path.box, b, INSIDE)]


def clip_outside(path: PathUse, boxes: list[Box], operator: str) -> list[ContentStreamInstruction]:
    """Operators that clip (W or W*) what follows to the part of the path outside the boxes."""
    shape = _filled(subpaths_of(path), boxes, path, operator, alone=False)
    nothing = ContentStreamInstruction([0, 0, 0, 0], Operator("re"))
    return [*(shape[:-1] or [nothing]), *(ContentStreamInstruction([], Operator(o)) for o in (operator, "n"))]


def stroke_outside(path: PathUse, boxes: list[Box]) -> list[ContentStreamInstruction]:
    """Operators that draw the outline of the path outside the boxes; none for a path without one."""
    return _stroked(subpaths_of(path), boxes, path) if path.operator in STROKED else []


def _outlines(path: PathUse) -> list[Polyline]:
    return [s.points for s in subpaths_of(path)]


def _half_width(path: PathUse) -> float:
    if path.operator in ("f", "F", "f*", "n"):
        return 0.0
    return max(path.paint.line_width * scale_of(path.ctm) / 2, 0.25)


def _spells(path: PathUse, boxes: list[Box]) -> bool:
    """Whether a clip may spell something in the boxes: an outline with corners there does, a rectangle does not."""
    if len(path.segments) == 1 and path.segments[0].operator == "re":
        return False
    corners = (apply(path.ctm, x, y) for segment in path.segments for x, y in segment_points(segment))
    return sum(any(b[0] < x < b[2] and b[1] < y < b[3] for b in boxes) for x, y in corners) > MOST_CORNERS


def _whole(path: PathUse) -> list[ContentStreamInstruction]:
    """Operators that paint the path as it is, and clip nothing."""
    painted = ContentStreamInstruction([], Operator(path.operator))
    return [*_lines(path.segments), painted] if path.operator != "n" else []


def _clipped(path: PathUse) -> list[ContentStreamInstruction]:
    """Operators that clip what follows to the path as it is, and paint nothing."""
    return [*_lines(path.segments), *(ContentStreamInstruction([], Operator(o)) for o in (path.clips, "n"))]


def _lines(segments: list[Segment]) -> list[ContentStreamInstruction]:
    """The operators that drew a shape, with their own numbers."""
    return [ContentStreamInstruction([round(v, FINEST) for v in s.values], Operator(s.operator)) for s in segments]


def _as_it_is(path: PathUse, boxes: list[Box]) -> bool:
    """Whether the fill, where there is one, tells nothing, and no line of the outline comes under a box."""
    if path.operator not in ("S", "s") and not _plain_background(path, boxes):
        return False
    lines = subpaths_of(path) if path.operator in STROKED else []
    return not any(_comes_under(_around(s.points, s.closed), path, boxes) for s in lines)


def _comes_under(points: Polyline, path: PathUse, boxes: list[Box]) -> bool:
    """Whether a line of the outline comes under a box, other than as a plain one that can be followed beside it."""
    wide = _wide(path, boxes)
    met = [side for side in itertools.pairwise(points) if meets([*side], wide)]
    return any(not _plain_band(*side, path, boxes) for side in met)


def _plain_band(start: Point, end: Point, path: PathUse, boxes: list[Box]) -> bool:
    """Whether a line sticks out, as thick as it is, of the boxes it meets, and shows on all sides.

    Rules under words do, and Ghostscript draws shades so. Cut, half their thickness would go beside the box too.
    """
    (x0, y0), (x1, y1) = start, end
    level = abs(y1 - y0) < EXACT
    if path.paint.dash.lengths or isinstance(path.paint.stroke_pattern, Stream):
        return False
    if level == (abs(x1 - x0) < EXACT):
        return False
    room = _half_width(path)
    if level:
        band = (min(x0, x1), y0 - room, max(x0, x1), y0 + room)
    else:
        band = (x0 - room, min(y0, y1), x0 + room, max(y0, y1))
    low, high = (1, 3) if level else (0, 2)
    near = [b for b in boxes if touches(b, band)]
    return not any(b[low] <= band[low] and band[high] <= b[high] for b in near) and _all_show(band, boxes)


def _plain_background(path: PathUse, boxes: list[Box]) -> bool:
    """Whether the path fills a rectangle of which each side shows outside the boxes: what lies under them is plain.

    Cut in pieces it would look another way: viewers put each rectangle on whole pixels by itself. Tiles are cut: what
    stands in one may be told from the others, but the reviewer wants it gone here.
    """
    whole = None if isinstance(path.paint.fill_pattern, Stream) else _rectangle_of(_outlines(path))
    return whole is not None and _all_show(whole, boxes)


def _all_show(whole: Box, boxes: list[Box]) -> bool:
    """Whether each side of a rectangle shows outside the boxes."""
    x0, y0, x1, y1 = whole
    return all(_shows(a, b, boxes) for a, b in itertools.pairwise(((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))))


def _shows(a: Point, b: Point, boxes: list[Box]) -> bool:
    """Whether enough of the line a-b lies outside the boxes to see where it runs."""
    long = math.dist(a, b)
    return sum(e - s for s, e in free_spans(a, b, boxes)) * long >= min(SHOWN, long) - EXACT


def _wide(path: PathUse, boxes: list[Box]) -> list[Box]:
    """The boxes made larger by half the thickness of the outline."""
    room = _half_width(path)
    return [(b[0] - room, b[1] - room, b[2] + room, b[3] + room) for b in boxes]


def _rectangle_of(outlines: list[Polyline]) -> Box | None:
    """The level rectangle that is all that these outlines fill, also when it was drawn line by line."""
    solid = [p for p in outlines if area(p) > FLAT]
    if len(solid) != 1:
        return None
    box = bounds(solid[0])
    return box if abs(area(solid[0]) - box_area(box)) <= EXACT**2 else None


def free_cells(boxes: list[Box]) -> list[Box]:
    """Rectangles that together are the whole plane without the boxes."""
    cells: list[Box] = [(-FAR, -FAR, FAR, FAR)]
    for box in boxes:
        rest: list[Box] = []
        for cell in cells:
            if not touches(cell, box):
                rest.append(cell)
                continue
            x0, y0, x1, y1 = cell
            low, high = max(y0, box[1]), min(y1, box[3])
            rest += [(x0, y0, x1, low), (x0, high, x1, y1), (x0, low, box[0], high), (box[2], low, x1, high)]
        cells = [c for c in rest if c[2] - c[0] > 1e-9 and c[3] - c[1] > 1e-9]
    return cells


def _filled(
    subpaths: list[Subpath], boxes: list[Box], path: PathUse, operator: str, *, alone: bool = True
) -> list[ContentStreamInstruction]:
    """The filled shape outside the boxes: one path, in which the shared edges of its pieces cancel out.

    A lone rectangle gives rectangles, each painted by itself (`alone`) and drawn as it was: viewers put those on whole
    pixels, one way or the other.
    """
    back = _back(path.ctm)
    whole = [s for s in subpaths if not any(touches(bounds(s.points), b) for b in boxes)]
    cut = [s.points for s in subpaths if s not in whole] if len(whole) < len(subpaths) else []
    kept = [i for subpath in whole for i in _lines(subpath.segments)]
    if cut:
        found = [(p, piece) for cell in free_cells(boxes) for p in cut if len(piece := clip(p, cell)) > 2]
        pieces = [piece for p, piece in found if area(piece) > FLAT or area(p) <= FLAT]
        if alone and _rectangle_of([s.points for s in subpaths]) is not None:
            if path.segments[0].operator == "re":
                return [i for piece in pieces for i in _rectangle(bounds(piece), back, operator)]
            begun = _begun_midway if _begins_midway(subpaths) else list
            return [i for piece in pieces for i in _draw([(begun(piece), True)], back, operator)]
        kept += _draw([(p, True) for p in pieces], back, "")
    return [*kept, ContentStreamInstruction([], Operator(operator))] if kept else []


def _begins_midway(subpaths: list[Subpath]) -> bool:
    """Whether a rectangle is drawn from a place on one of its sides: PDFium does not put those on whole pixels."""
    (x, y), (x0, y0, x1, y1) = subpaths[0].points[0], bounds(subpaths[0].points)
    return min(x - x0, x1 - x) > EXACT or min(y - y0, y1 - y) > EXACT


def _begun_midway(piece: Polyline) -> Polyline:
    """The same piece, drawn from the middle of its first side."""
    return [between(piece[0], piece[1], 0.5), *piece[1:], piece[0]]


def _rectangle(box: Box, back: Matrix, operator: str) -> list[ContentStreamInstruction]:
    x0, y0, x1, y1 = bounds([apply(back, box[0], box[1]), apply(back, box[2], box[3])])
    numbers = [round(v, 4) for v in (x0, y0, x1 - x0, y1 - y0)]
    return [ContentStreamInstruction(numbers, Operator("re")), ContentStreamInstruction([], Operator(operator))]


def _stroked(subpaths: list[Subpath], boxes: list[Box], path: PathUse) -> list[ContentStreamInstruction]:
    wide = _wide(path, boxes)
    back = _back(path.ctm)
    whole: list[ContentStreamInstruction] = []
    pieces: list[tuple[Polyline, bool]] = []
    dashed: list[ContentStreamInstruction] = []
    thick = _half_width(path) > THICK and not path.paint.dash.lengths
    if thick:
        wide = _reached(path, boxes)
    for line, closed, segments in subpaths:
        points = _around(line, closed)
        if not _comes_under(points, path, boxes):
            whole += _lines(segments)
            continue
        left = outside(points, wide)
        if closed and len(left) > 1 and left[0][1][0] == left[-1][1][-1]:
            far, last = left.pop()
            left[0] = (far, [*last, *left[0][1][1:]])  # the corner where the outline began keeps its join
        if path.paint.dash.lengths:
            dashed += _dashed(points, left, path.paint.dash, back)
        else:
            pieces += [(p, False) for _, p in left if not thick or outside(p, boxes)]  # what stays inside goes
    if thick and pieces:
        stroke = ContentStreamInstruction([], Operator("S"))
        return [*([*whole, stroke] if whole else []), *_clipped_stroke(pieces, boxes, path, back)]
    drawn = whole + _draw(pieces, back, "")
    return [*drawn, *([ContentStreamInstruction([], Operator("S"))] if drawn else []), *dashed]


def _reached(path: PathUse, boxes: list[Box]) -> list[Box]:
    """Where the middle of a thick line may not come: from there its ink does not reach beyond the boxes."""
    room = _half_width(path)
    deep = [(b[0] + room, b[1] + room, b[2] - room, b[3] - room) for b in boxes]
    return [b for b in deep if b[0] < b[2] and b[1] < b[3]]


def _clipped_stroke(
    pieces: list[tuple[Polyline, bool]], boxes: list[Box], path: PathUse, back: Matrix
) -> list[ContentStreamInstruction]:
    """The pieces of a thick line as far as they show outside the boxes: cut across, they would end beside them."""
    x0, y0, x1, y1 = bounds([point for points, _ in pieces for point in points])
    far = MITRE * _half_width(path)
    sheet: Polyline = [(x0 - far, y0 - far), (x1 + far, y0 - far), (x1 + far, y1 + far), (x0 - far, y1 + far)]
    shown = [(piece, True) for cell in free_cells(boxes) if len(piece := clip(sheet, cell)) > 2]
    save, window, end, restore = (ContentStreamInstruction([], Operator(o)) for o in ("q", "W", "n", "Q"))
    return [save, *_draw(shown, back, ""), window, end, *_draw(pieces, back, "S"), restore]


def _dashed(
    points: Polyline, pieces: list[tuple[int, Polyline]], dash: Dash, back: Matrix
) -> list[ContentStreamInstruction]:
    """The pieces of one line, each broken where the whole line was."""
    own = [apply(back, *p) for p in points]
    gone = [0.0, *itertools.accumulate(math.dist(a, b) for a, b in itertools.pairwise(own))]
    out: list[ContentStreamInstruction] = []
    for side, piece in pieces:
        far = gone[side] + math.dist(own[side], apply(back, *piece[0]))
        out.append(_dash(dash._replace(start=(dash.start + far) % (2 * sum(dash.lengths)))))
        out += _draw([(piece, False)], back, "S")
    return [*out, _dash(dash)]


def _dash(dash: Dash) -> ContentStreamInstruction:
    return ContentStreamInstruction([Array(list(dash.lengths)), round(dash.start, 4)], Operator("d"))


def _around(line: Polyline, closed: bool) -> Polyline:
    """The line with, where it is closed, its start at its end too."""
    return [*line, line[0]] if closed else line


def _back(ctm: Matrix) -> Matrix:
    try:
        return invert(ctm)
    except ZeroDivisionError as error:
        raise NotUnderstood("vorm zonder oppervlak onder een vak") from error


def _draw(pieces: list[tuple[Polyline, bool]], back: Matrix, operator: str) -> list[ContentStreamInstruction]:
    """Operators that draw the pieces, and paint them where an operator is given."""
    out: list[ContentStreamInstruction] = []
    decimals = min(8, max(0, math.ceil(-math.log10(EXACT * max(scale_of(back), 1e-6)))))
    for points, closed in pieces:
        for i, point in enumerate(points):
            x, y = apply(back, *point)
            operands = [round(x, decimals), round(y, decimals)]
            out.append(ContentStreamInstruction(operands, Operator("l" if i else "m")))
        if closed:
            out.append(ContentStreamInstruction([], Operator("h")))
    if out and operator:
        out.append(ContentStreamInstruction([], Operator(operator)))
    return out
