"""Tiling patterns under a box: one that repeats is seen elsewhere and stays, one that is a picture is taken apart."""
from __future__ import annotations

import math
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Object, Operator, Stream

from redaction.pdf.content import FormUse, NotUnderstood, PathUse
from redaction.pdf.fonts import number
from redaction.pdf.geometry import Box, Matrix, apply, bounds, invert, multiply, quad

MOST_TILES = 40
"""A shape that shows more tiles than this hides none of them: the same tile stands outside the boxes too."""
EDGE = 1e-6
"""Share of a tile that must lie in the shape for the tile to count as shown."""
FRESH = (("g", [0]), ("G", [0]), ("w", [1]), ("J", [0]), ("j", [0]), ("M", [10]), ("d", [Array([]), 0]))
"""The graphics state in which a tile is painted (ISO 32000-2, 8.7.3.1)."""


class Tiles:
    """The tiles of one pattern that a shape shows, as forms placed on the page; `base` is the matrix of the stream."""

    def __init__(self, pdf: pikepdf.Pdf, path: PathUse, pattern: Stream, base: Matrix) -> None:
        self.path = path
        self.space: Any = None
        """The colour space that colours the tiles, None when they have colours of their own."""
        if int(number(pattern.get("/PaintType"), 1)) != 1:
            known = path.paint.space
            if not isinstance(known, Array) or len(known) < 2:
                raise NotUnderstood("vlak met een patroon zonder eigen kleur")
            self.space = known[1]
        self.box = _box(pattern.get("/BBox"))
        self.form = _form(pdf, pattern)
        self.uses = [
            FormUse(path.index, "", self.form, place, bounds(quad(place, *self.box)), path.marks, False)
            for place in _places(pattern, base, self.box, path.box) or []
        ]

    def paint(self, names: list[str], space: str) -> list[ContentStreamInstruction]:
        """Operators that paint the forms under these names, in the order of `uses`; `space` names the colour space."""
        back = invert(self.path.ctm)
        out = [_instruction(operator, operands) for operator, operands in FRESH]
        if self.space is not None:
            for choose, colour in (("cs", "sc"), ("CS", "SC")):
                out += [_instruction(choose, [Name(space)]), _instruction(colour, list(self.path.paint.values))]
        for use, name in zip(self.uses, names, strict=True):
            to_place = [round(v, 6) for v in multiply(use.ctm, back)]
            out += [_instruction("q", []), _instruction("cm", to_place), _instruction("Do", [Name(name)])]
            out.append(_instruction("Q", []))
        return out


def picture_pattern(path: PathUse, base: Matrix) -> Stream | None:
    """The tiling pattern that fills the path and may show something once; None for plain and repeated fills.

    Raises NotUnderstood for an outline drawn with such a pattern.
    """
    paint = path.paint
    tilings = [p for p in (paint.fill_pattern, paint.stroke_pattern) if isinstance(p, Stream)]
    found = [p for p in tilings if _once(p, base, path.box)]
    if any(p is paint.stroke_pattern for p in found) and path.operator not in ("f", "F", "f*"):
        raise NotUnderstood("lijn met een patroon van tekst of beeld")
    return next((p for p in found if p is paint.fill_pattern and path.operator not in ("S", "s")), None)


def _once(pattern: Stream, base: Matrix, area: Box) -> bool:
    return _places(pattern, base, _box(pattern.get("/BBox")), area) is not None


def _places(pattern: Stream, base: Matrix, box: Box, area: Box) -> list[Matrix] | None:
    """The matrix to the page of each tile that the area shows; None when there are more than `MOST_TILES`."""
    given = pattern.get("/Matrix")
    own = [number(v) for v in given] if isinstance(given, Array) and len(given) == 6 else [1, 0, 0, 1, 0, 0]
    placed = multiply((own[0], own[1], own[2], own[3], own[4], own[5]), base)
    try:
        back = invert(placed)
    except ZeroDivisionError:
        return []
    x0, y0, x1, y1 = bounds([apply(back, x, y) for x in (area[0], area[2]) for y in (area[1], area[3])])
    wide = abs(number(pattern.get("/XStep"))) or box[2] - box[0] or 1.0
    high = abs(number(pattern.get("/YStep"))) or box[3] - box[1] or 1.0
    across = range(math.ceil((x0 - box[2]) / wide + EDGE), math.floor((x1 - box[0]) / wide - EDGE) + 1)
    down = range(math.ceil((y0 - box[3]) / high + EDGE), math.floor((y1 - box[1]) / high - EDGE) + 1)
    if len(across) * len(down) > MOST_TILES:
        return None
    return [multiply((1, 0, 0, 1, i * wide, j * high), placed) for j in down for i in across]


def _form(pdf: pikepdf.Pdf, pattern: Stream) -> Object:
    form = Stream(pdf, pattern.read_bytes(), Type=Name.XObject, Subtype=Name.Form, BBox=pattern["/BBox"])
    form["/Resources"] = pattern.get("/Resources", Dictionary())
    return pdf.make_indirect(form)


def _box(values: Any) -> Box:
    numbers = [number(v) for v in values] if isinstance(values, Array) else []
    return bounds([(numbers[0], numbers[1]), (numbers[2], numbers[3])]) if len(numbers) == 4 else (0.0, 0.0, 0.0, 0.0)


def _instruction(operator: str, operands: list[Any]) -> ContentStreamInstruction:
    return ContentStreamInstruction(operands, Operator(operator))
