"""A text-showing operator glyph by glyph: where each glyph stands, whether it goes, and how far it moves."""
from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import chain

from pikepdf import String

from redaction.pdf.content import Show, TextState
from redaction.pdf.geometry import (
    Box,
    Matrix,
    Point,
    apply,
    area,
    bounds,
    box_area,
    clip,
    contains,
    multiply,
    quad,
    touches,
)

SHARE = 0.2
"""A glyph goes when more than this share of its core lies in a box."""
HUGE = 6.0
"""A glyph so many times larger than a box, as of a watermark, is read from what stands outside the box."""
CORE = (-0.05, 0.58)
"""Height of the core in em above the baseline: where a letter has its ink, free of the lines above and below."""


@dataclass(slots=True, eq=False)
class Glyph:
    """One glyph of a run: its code, the pen before it, its width (text space), and what becomes of it."""

    code: bytes
    pen: float
    width: float
    """How far it moves the pen, without character and word spacing."""
    blank: bool
    removed: bool = False
    shift: float = 0.0
    """Points along the writing direction that the glyph moves."""


@dataclass(slots=True, eq=False)
class Run:
    """The glyphs of one Show, in order, and the frame they are set in."""

    show: Show
    frame: Matrix
    glyphs: list[Glyph]
    end: float
    direction: Point
    """Unit vector of reading on the page."""
    unit: float
    """Points on the page for one unit of pen movement; negative when the pen runs against `direction`."""
    char_space: float
    """Points between its letters when it is written anew (Tc)."""
    touched: bool = False
    apart: float = 0.0
    """Points on the page that most of its letters are set apart."""
    usual: float = 0.0
    """The same on other lines."""

    def along(self, pen: float) -> float:
        """Position on the page along `direction`."""
        x, y = apply(self.frame, 0.0, pen) if self.vertical else apply(self.frame, pen, 0.0)
        return x * self.direction[0] + y * self.direction[1]

    def across(self) -> float:
        """Distance of the baseline from the origin, square to `direction`."""
        x, y = self.frame[4], self.frame[5]
        return y * self.direction[0] - x * self.direction[1]

    @property
    def vertical(self) -> bool:
        """Whether the font writes downwards."""
        font = self.show.state.font
        return font is not None and font.vertical

    @property
    def height(self) -> float:
        """Size of the font on the page in points."""
        m = self.frame
        side = math.hypot(m[0], m[1]) if self.vertical else math.hypot(m[2], m[3])
        font = self.show.state.font
        return abs(self.show.state.size) * side * (font.em if font is not None else 1.0)

    def letter(self, glyph: Glyph) -> str:
        """What a glyph says; nothing for one that stays or goes unread, as all that go."""
        font = self.show.state.font
        if glyph.removed or font is None:
            return ""
        return font.unicode_of(glyph.code) or (glyph.code.decode("latin-1") if len(glyph.code) == 1 else "")

    def extent(self, glyph: Glyph) -> tuple[float, float]:
        """(start, end) of a glyph along `direction`."""
        a, b = self.along(glyph.pen), self.along(glyph.pen + glyph.width)
        return (a, b) if a <= b else (b, a)

    def ink(self, glyph: Glyph) -> tuple[Point, Point, Point, Point]:
        """Core of the glyph on the page, as a quadrilateral."""
        state = self.show.state
        size = state.size
        if self.vertical:
            return quad(self.frame, -0.5 * size, glyph.pen + glyph.width, 0.5 * size, glyph.pen)
        low, high = glyph.pen, glyph.pen + glyph.width
        if abs(glyph.width) < 1e-6:  # a mark without width hangs over the letter before it
            low, high = glyph.pen - 0.5 * size * state.scale, glyph.pen
        font = state.font
        bottom, top = CORE
        if font is not None and font.type3:
            bottom, top = font.descent * 0.5, font.ascent * 0.8
        return quad(self.frame, low, bottom * size + state.rise, high, top * size + state.rise)


def pens_of(items: list[bytes | float], state: TextState) -> tuple[list[float], float, float, float]:
    """(pen before each glyph, pen at the end, least and greatest pen) of what an operator shows, in text space."""
    font = state.font
    assert font is not None  # noqa: S101  the interpreter sets a font before it shows
    scale = 1.0 if font.vertical else state.scale
    by, extra, word_space = state.size * scale, state.char_space * scale, state.word_space * scale
    kern = -by / 1000
    pens: list[float] = []
    pen = low = high = 0.0
    for item in items:
        if isinstance(item, float):
            pen += item * kern
        elif word_space:
            for _, em, spaced in font.glyphs(item):
                pens.append(pen)
                pen += em * by + (extra + word_space if spaced else extra)
        else:
            for em in font.advances(item):
                pens.append(pen)
                pen += em * by + extra
        if pen > high:
            high = pen
        elif pen < low:
            low = pen
    return pens, pen, low, high


def explode(show: Show) -> Run:
    """The glyphs of a Show with their places."""
    state = show.state
    font, size = state.font, state.size
    assert font is not None  # noqa: S101  the interpreter sets a font before it notes a Show
    vertical = font.vertical
    scale = 1.0 if vertical else state.scale
    glyphs = []
    codes = chain.from_iterable(font.glyphs(item) for item in show.items if isinstance(item, bytes))
    for (code, em, _), pen in zip(codes, show.pens, strict=True):
        glyphs.append(Glyph(code, pen, em * size * scale, font.is_blank(code)))
    frame = multiply(show.matrix, show.ctm)
    dx, dy = (frame[2], frame[3]) if vertical else (frame[0], frame[1])
    unit = math.hypot(dx, dy)
    forward = -1.0 if (size * scale < 0) != vertical else 1.0
    direction = (dx / unit * forward, dy / unit * forward) if unit > 1e-9 else (1.0, 0.0)
    return Run(show, frame, glyphs, show.end, direction, unit * forward, state.char_space)


def mark_removed(run: Run, boxes: list[Box]) -> bool:
    """Mark the glyphs whose core lies in a box; whether there are any."""
    near = [b for b in boxes if touches(run.show.box, b)] or boxes
    for glyph in run.glyphs:
        if _in_a_box(run.ink(glyph), near):
            glyph.removed = run.touched = True
    return run.touched


def mark_outside(run: Run, page: Box) -> bool:
    """Mark the glyphs that lie wholly off the visible page; whether there are any."""
    for glyph in run.glyphs:
        x0, y0, x1, y1 = bounds(run.ink(glyph))
        if x1 < page[0] or x0 > page[2] or y1 < page[1] or y0 > page[3]:
            glyph.removed = run.touched = True
    return run.touched


def mark_all(run: Run) -> None:
    """Mark every glyph."""
    run.touched = True
    for glyph in run.glyphs:
        glyph.removed = True


def _in_a_box(ink: tuple[Point, Point, Point, Point], boxes: list[Box]) -> bool:
    x0, y0, x1, y1 = bounds(ink)
    for box in boxes:
        if x0 > box[2] or x1 < box[0] or y0 > box[3] or y1 < box[1]:
            continue
        if contains(box, (x0 + x1) / 2, (y0 + y1) / 2):
            return True
        whole = area(ink)
        part = clip(ink, box) if SHARE * whole > 1e-9 and whole < HUGE * box_area(box) else None
        if part and area(part) > SHARE * whole:
            return True
    return False


def rewrite(
    run: Run, residual: float, *, placed: bool, decimals: int = 3
) -> tuple[float, list[String | float], float]:
    """(pen at the first letter that stays, items of a TJ that shows what stays, pen movement owed to what comes after).

    `residual` is what the operators before owe; where those did not place the pen it begins at the first letter. A
    removed stretch becomes one movement, and none at all when nothing follows it, so that no advance of a removed glyph
    is left in the file. The items are for no word spacing, and for the character spacing of the run; movements have so
    many decimals.
    """
    state = run.show.state
    scale = 1.0 if run.vertical else state.scale
    step, extra = state.size * scale, run.char_space * scale
    kept = [(g, g.pen + (g.shift / run.unit if run.unit else 0.0)) for g in run.glyphs if not g.removed]
    start = kept[0][1] if kept else 0.0
    items: list[String | float] = []
    buffer = b""
    actual = -residual if placed else start
    for glyph, wanted in kept:
        owed = wanted - actual
        if abs(owed) > 1e-7 and abs(step) > 1e-9:
            if buffer:
                items.append(String(buffer))
                buffer = b""
            units = round(-owed / step * 1000, decimals)
            items.append(units)
            actual -= units / 1000 * step
        buffer += glyph.code
        actual += glyph.width + extra
    if buffer:
        items.append(String(buffer))
    return start, items, run.end - actual
