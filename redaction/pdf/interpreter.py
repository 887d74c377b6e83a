"""Walks a content stream and notes everything it paints, with its place on the page (ISO 32000-2, 8 and 9)."""
from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from redaction.pdf.content import (
    Content,
    FormUse,
    ImageUse,
    Mark,
    Marks,
    MaskUse,
    Paint,
    PathUse,
    Segment,
    ShadingUse,
    Show,
    Step,
    TextState,
    dash_of,
    entry_of,
    named,
    segment_points,
)
from redaction.pdf.fonts import Font, number, read_font
from redaction.pdf.geometry import IDENTITY, Box, Matrix, apply, bounds, multiply, quad
from redaction.pdf.layers import Layers
from redaction.pdf.runs import pens_of

NUMBERS = (int, Decimal, float)
SIDE = 0.3
"""Room in em left and right of a text run for glyphs that hang over."""
PATH_VALUES = {"m": 2, "l": 2, "c": 6, "v": 4, "y": 4, "re": 4, "h": 0}
MOST_STACK = 10_000


class FontCache:
    """Fonts by object, so that each is read once for a document."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], Font] = {}
        self._direct: list[tuple[Dictionary, Font]] = []

    def get(self, source: Any) -> Font:
        """Font of a resource object."""
        if not isinstance(source, Dictionary):
            return read_font(None)
        if not source.is_indirect:
            return read_font(source)
        key = source.objgen
        if key not in self._fonts:
            self._fonts[key] = read_font(source)
        return self._fonts[key]


class Interpreter:
    """Reads one content stream into a `Content`. `ctm` maps its coordinates to the page."""

    def __init__(self, fonts: FontCache, layers: Layers, resources: Dictionary, ctm: Matrix = IDENTITY) -> None:
        self.fonts, self.layers, self.resources = fonts, layers, resources
        self.ctm = ctm
        self.text, self.paint = TextState(), Paint()
        self.stack: list[tuple[Matrix, TextState, Paint]] = []
        self.matrix = self.line = IDENTITY
        self.chain = self.body = 0
        self.segments: list[Segment] = []
        self.first = 0
        self.clips = ""
        self.marks: Marks = ()
        self.hidden = 0
        self.names: dict[str, Font] = {}

    def read(self, source: Any) -> Content:
        """Take the stream (a page or a form) apart; raises pikepdf.PdfError when it cannot be parsed."""
        instructions = list(pikepdf.parse_content_stream(source))
        operators = [named(i) for i in instructions]
        self.content = Content(instructions, operators, self.resources)
        for index, (operator, instruction) in enumerate(zip(operators, instructions, strict=True)):
            handler = HANDLERS.get(operator)
            if handler is not None:  # viewers too skip what is no operator
                handler(self, index, operator, instruction)
        for mark in self.marks:
            mark.end = len(instructions)
        self.content.unclosed = (len(self.stack), len(self.marks))
        self.content.unpainted = self.first if self.segments else None
        return self.content

    # text -----------------------------------------------------------------------------------------------------------
    def show(self, index: int, operator: str, instruction: Any) -> None:
        """Tj, TJ, ' and "."""
        operands = instruction.operands
        if operator in "'\"":
            if operator == '"' and len(operands) == 3:
                self.text = self.text._replace(word_space=number(operands[0]), char_space=number(operands[1]))
            self._next_line(index, operator, 0.0, -self.text.leading)
        if not len(operands):
            return
        state = self.text
        if state.font is None:
            state = self.text = state._replace(font=self.fonts.get(None))
        items = _items(operands[0] if operator == "TJ" else [operands[-1]])
        font = state.font
        assert font is not None  # noqa: S101  set just above
        pens, pen, low, high = pens_of(items, state)
        box = self._run_box(state, font, low, high)
        hidden = self.hidden > 0
        self.content.shows.append(
            Show(index, operator, items, state, self.matrix, self.ctm, box, self.chain, self.marks, hidden, pens, pen)
        )
        self._move_pen(font.vertical, pen)

    def _run_box(self, state: TextState, font: Font, low: float, high: float) -> Box:
        size = state.size
        room = SIDE * abs(size)
        if font.vertical:
            corners = (-0.6 * size, low - room, 0.6 * size, high + room)
        else:
            corners = (low - room, font.descent * size + state.rise, high + room, font.ascent * size + state.rise)
        return bounds(quad(multiply(self.matrix, self.ctm), *corners))

    def _move_pen(self, vertical: bool, by: float) -> None:
        a, b, c, d, e, f = self.matrix
        self.matrix = (a, b, c, d, e + by * c, f + by * d) if vertical else (a, b, c, d, e + by * a, f + by * b)

    def _step(self, index: int, operator: str, matrix: Matrix) -> None:
        self.content.steps.append(Step(index, operator, self.chain, self.body, matrix, self.text.leading))

    def _next_line(self, index: int, operator: str, x: float, y: float) -> None:
        a, b, c, d, e, f = self.line
        self.matrix = self.line = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)
        self.chain += 1
        self._step(index, operator, self.line)

    def move(self, index: int, operator: str, instruction: Any) -> None:
        """Td, TD, T*."""
        if operator == "T*":
            self._next_line(index, operator, 0.0, -self.text.leading)
            return
        operands = instruction.operands
        if len(operands) >= 2:
            x, y = number(operands[0]), number(operands[1])
            if operator == "TD":
                self.text = self.text._replace(leading=-y)
            self._next_line(index, operator, x, y)

    def place(self, index: int, operator: str, instruction: Any) -> None:
        """Tm, BT, ET."""
        self.chain += 1
        if operator != "Tm":
            self.content.in_text = operator == "BT"
        if operator == "Tm":
            operands = instruction.operands
            if len(operands) >= 6:
                self.matrix = self.line = _matrix(operands)
        elif operator == "BT":
            self.matrix = self.line = IDENTITY
            self.body += 1
        self._step(index, operator, self.line)

    def choose_font(self, index: int, operator: str, instruction: Any) -> None:
        """Tf."""
        operands = instruction.operands
        if len(operands) < 2:
            return
        name = _name(operands[0])
        font = self.names.get(name)
        if font is None:
            font = self.names[name] = self.fonts.get(entry_of(self.resources, "/Font", operands[0]))
        self.text = self.text._replace(font=font, size=number(operands[1]))

    def set_text(self, index: int, operator: str, instruction: Any) -> None:
        """Tc, Tw, Tz, TL, Ts, Tr."""
        operands = instruction.operands
        if len(operands):
            value = number(operands[0])
            change: dict[str, Any] = {TEXT_FIELDS[operator]: value / 100 if operator == "Tz" else value}
            self.text = self.text._replace(**change)
            if operator in ("Tc", "Tw"):
                self._step(index, operator, self.line)

    # graphics state -------------------------------------------------------------------------------------------------
    def save(self, index: int, operator: str, instruction: Any) -> None:
        """q."""
        if len(self.stack) < MOST_STACK:
            self.stack.append((self.ctm, self.text, self.paint))
            self._step(index, operator, self.line)

    def restore(self, index: int, operator: str, instruction: Any) -> None:
        """Q."""
        if self.stack:
            self.ctm, self.text, self.paint = self.stack.pop()
            self._step(index, operator, self.line)
        else:
            self.content.loose.append(index)

    def transform(self, index: int, operator: str, instruction: Any) -> None:
        """cm."""
        operands = instruction.operands
        if len(operands) >= 6:
            matrix = _matrix(operands)
            self.ctm = multiply(matrix, self.ctm)
            self._step(index, operator, matrix)

    def graphics_state(self, index: int, operator: str, instruction: Any) -> None:
        """gs: line width, font and soft mask."""
        operands = instruction.operands
        given = entry_of(self.resources, "/ExtGState", operands[0]) if len(operands) else None
        if not isinstance(given, Dictionary):
            return
        if "/LW" in given:
            self.paint = self.paint._replace(line_width=number(given["/LW"]))
        if "/D" in given:
            self.paint = self.paint._replace(dash=dash_of(given["/D"]))
        if "/Font" in given:
            font, size = given["/Font"][0], given["/Font"][1]
            self.text = self.text._replace(font=self.fonts.get(font), size=number(size))
        mask = given.get("/SMask")
        if isinstance(mask, Dictionary) and isinstance(mask.get("/G"), Stream):
            self.content.masks.append(MaskUse(index, given, mask["/G"], self.ctm))

    def pen(self, index: int, operator: str, instruction: Any) -> None:
        """w, d."""
        if operator == "d":
            self.paint = self.paint._replace(dash=dash_of(instruction.operands))
        elif len(instruction.operands):
            self.paint = self.paint._replace(line_width=number(instruction.operands[0]))

    def colour(self, index: int, operator: str, instruction: Any) -> None:
        """Colour operators: which pattern, if any, paints fills and strokes."""
        operands = instruction.operands
        if operator == "cs" and len(operands):
            self.paint = self.paint._replace(space=entry_of(self.resources, "/ColorSpace", operands[0]))
        pattern = None
        if operator in ("scn", "SCN") and len(operands) and isinstance(operands[-1], Name):
            pattern = entry_of(self.resources, "/Pattern", operands[-1])
        field = "stroke_pattern" if operator[0].isupper() else "fill_pattern"
        if getattr(self.paint, field) is not pattern:
            change: dict[str, Any] = {field: pattern}
            if operator == "scn":
                change["values"] = tuple(operands[:-1])
            self.paint = self.paint._replace(**change)

    # paths ----------------------------------------------------------------------------------------------------------
    def path(self, index: int, operator: str, instruction: Any) -> None:
        """m, l, c, v, y, h, re."""
        if not self.segments:
            self.first = index
        values = tuple(map(float, instruction.operands)) if len(instruction.operands) else ()
        if len(values) >= PATH_VALUES[operator]:
            self.segments.append(Segment(operator, values))

    def clip(self, index: int, operator: str, instruction: Any) -> None:
        """W, W*."""
        self.clips = operator

    def paint_path(self, index: int, operator: str, instruction: Any) -> None:
        """f, S, B, n and their variants."""
        if self.segments:
            ctm = self.ctm
            points = [apply(ctm, x, y) for s in self.segments for x, y in segment_points(s)]
            if points:
                box, hidden = bounds(points), self.hidden > 0
                self.content.paths.append(
                    PathUse(
                        self.first, index, operator, self.segments, self.paint, ctm, box, self.clips, self.marks, hidden
                    )
                )
                self.paint = self.paint.clipped(box) if self.clips else self.paint
        self.segments, self.clips = [], ""

    def shading(self, index: int, operator: str, instruction: Any) -> None:
        """sh."""
        source = entry_of(self.resources, "/Shading", instruction.operands[0]) if len(instruction.operands) else None
        self.content.shadings.append(ShadingUse(index, source, self.ctm, self.marks, self.hidden > 0))

    # objects --------------------------------------------------------------------------------------------------------
    def paint_object(self, index: int, operator: str, instruction: Any) -> None:
        """Do."""
        if not len(instruction.operands):
            return
        source = entry_of(self.resources, "/XObject", instruction.operands[0])
        if not isinstance(source, Stream):
            return
        name = _name(instruction.operands[0])
        hidden = self.hidden > 0 or ("/OC" in source and self.layers.hides(source["/OC"]))
        if source.get("/Subtype") == "/Form":
            given = source.get("/Matrix")
            ctm = multiply(_matrix(given), self.ctm) if given is not None and len(given) >= 6 else self.ctm
            box = [number(v) for v in source.get("/BBox", [0, 0, 0, 0])]
            place = bounds(quad(ctm, *(box if len(box) == 4 else [0.0] * 4)))
            hidden = hidden or self.paint.cuts_off(place)
            self.content.forms.append(FormUse(index, name, source, ctm, place, self.marks, hidden))
        elif source.get("/Subtype") == "/Image":
            place = bounds(quad(self.ctm, 0, 0, 1, 1))
            hidden = hidden or self.paint.cuts_off(place)
            self.content.images.append(ImageUse(index, name, source, self.ctm, place, self.marks, hidden))

    def inline_image(self, index: int, operator: str, instruction: Any) -> None:
        """BI ... EI."""
        place = bounds(quad(self.ctm, 0, 0, 1, 1))
        hidden = self.hidden > 0 or self.paint.cuts_off(place)
        self.content.images.append(ImageUse(index, None, instruction.iimage, self.ctm, place, self.marks, hidden))

    # marked content -------------------------------------------------------------------------------------------------
    def begin_mark(self, index: int, operator: str, instruction: Any) -> None:
        """BMC, BDC."""
        operands = instruction.operands
        tag = _name(operands[0]) if len(operands) else ""
        properties = None
        if operator == "BDC" and len(operands) > 1:
            given = operands[1]
            properties = given
            if isinstance(given, Name):
                properties = entry_of(self.resources, "/Properties", given)
                self.content.properties.add(_name(given))
        known = properties if isinstance(properties, Dictionary) else None
        mcid = int(number(known["/MCID"], -1)) if known is not None and "/MCID" in known else None
        hidden = tag == "/OC" and known is not None and self.layers.hides(known)
        mark = Mark(index, tag, known, mcid, hidden)
        self.content.marks.append(mark)
        self.marks = (*self.marks, mark)
        self.hidden += hidden

    def point_mark(self, index: int, operator: str, instruction: Any) -> None:
        """DP: a point with a property list."""
        operands = instruction.operands
        if len(operands) > 1 and isinstance(operands[1], Name):
            self.content.properties.add(_name(operands[1]))

    def end_mark(self, index: int, operator: str, instruction: Any) -> None:
        """EMC."""
        if self.marks:
            self.hidden -= self.marks[-1].hidden
            self.marks[-1].end = index
            self.marks = self.marks[:-1]
        else:
            self.content.loose.append(index)


def _items(given: Any) -> list[bytes | float]:
    """What is shown: strings as bytes, and numbers."""
    listed = given.as_list() if isinstance(given, Array) else given  # twice as fast as going through an Array
    return [float(i) if isinstance(i, NUMBERS) else _bytes(i) for i in listed]


def _bytes(item: Any) -> bytes:
    try:
        return bytes(item)
    except (TypeError, ValueError):
        return b""


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (number(v) for v in list(values)[:6])
    return (a, b, c, d, e, f)


def _name(value: Any) -> str:
    """A name operand as text, also when its bytes are not UTF-8."""
    try:
        return str(value)
    except (UnicodeDecodeError, ValueError):
        return "/"


TEXT_FIELDS = {"Tc": "char_space", "Tw": "word_space", "Tz": "scale", "TL": "leading", "Ts": "rise", "Tr": "mode"}

Handler = Callable[[Interpreter, int, str, Any], None]
HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("Tj", "TJ", "'", '"'), Interpreter.show),
    **dict.fromkeys(("Td", "TD", "T*"), Interpreter.move),
    **dict.fromkeys(("Tm", "BT", "ET"), Interpreter.place),
    **dict.fromkeys(TEXT_FIELDS, Interpreter.set_text),
    **dict.fromkeys(PATH_VALUES, Interpreter.path),
    **dict.fromkeys(("W", "W*"), Interpreter.clip),
    **dict.fromkeys(("f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "n"), Interpreter.paint_path),
    **dict.fromkeys(("cs", "CS", "sc", "SC", "scn", "SCN", "g", "G", "rg", "RG", "k", "K"), Interpreter.colour),
    **dict.fromkeys(("BMC", "BDC"), Interpreter.begin_mark),
    "DP": Interpreter.point_mark,
    "Tf": Interpreter.choose_font,
    "q": Interpreter.save,
    "Q": Interpreter.restore,
    "cm": Interpreter.transform,
    "gs": Interpreter.graphics_state,
    **dict.fromkeys(("w", "d"), Interpreter.pen),
    "sh": Interpreter.shading,
    "Do": Interpreter.paint_object,
    "INLINE IMAGE": Interpreter.inline_image,
    "EMC": Interpreter.end_mark,
}
