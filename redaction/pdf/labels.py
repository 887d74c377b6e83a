"""The black box with the ground in white: opaque, in an embedded font, its letters never sized to the box."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from fontTools.agl import UV2AGL
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from redaction.pdf.geometry import Box, touches_any, within

FONT_FILE = Path(__file__).with_name("label.ttf")
READABLE, SMALLEST = (7.0, 5.0, 3.5), (2.5,)
"""Sizes in points; the first that fits in the box is used, then a place beside it, and only then the smallest."""
CAP = 0.73
ROOM = 1.0
FONT_NAME = "/LakLabel"
BASE_FONT = "/LAKLAB+LakLabel"
CODEC = "cp1252"
"""WinAnsiEncoding, in which labels are written."""
SUPERIORS = {"¹": "onesuperior", "²": "twosuperior", "³": "threesuperior"}
"""Names that the Adobe Glyph List of fontTools lacks."""
FLATNESS = 1.0
"""Thousandths of an em that an outline may differ from the one in the file."""
BETWEEN = ", "
"""Between the grounds of one box."""


@dataclass(frozen=True)
class Sign:
    """One black box on a page with the label in it."""

    box: Box
    label: str


@functools.cache
def _letters() -> dict[str, tuple[str, str, int]]:
    """For each character of the label font and WinAnsiEncoding: its glyph in the file, its name, advance (per 1000)."""
    with TTFont(FONT_FILE) as font:
        scale, widths = 1000 / font["head"].unitsPerEm, font["hmtx"]
        found = {}
        for code, glyph in font.getBestCmap().items():
            letter = chr(code)
            name = SUPERIORS.get(letter) or UV2AGL.get(code)
            if name and letter.encode(CODEC, "ignore"):
                found[letter] = (glyph, name, round(widths[glyph][0] * scale))
        return found


@functools.lru_cache(maxsize=64)
def _program(letters: str) -> bytes:
    """A bare CFF program with these characters: of all kinds of font program it takes the least room."""
    shapes = {".notdef": T2CharStringPen(0, None).getCharString()}
    with TTFont(FONT_FILE) as font:
        glyphs, scale = font.getGlyphSet(), 1000 / font["head"].unitsPerEm
        for glyph, name, width in (_letters()[c] for c in letters):
            pen = T2CharStringPen(width, glyphs)
            cubic = Qu2CuPen(pen, FLATNESS, all_cubic=True)
            glyphs[glyph].draw(TransformPen(cubic, (scale, 0, 0, scale, 0, 0)))
            shapes[name] = pen.getCharString()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(list(shapes))
    builder.setupHead(unitsPerEm=1000, created=0, modified=0)
    builder.setupHorizontalHeader()
    builder.setupCFF("LakLabel", {}, shapes, {})
    program: bytes = builder.font["CFF "].compile(builder.font)
    return program


def printable(code: str) -> str:
    """The code with only letters that the label font has."""
    return "".join(c if c in _letters() else "?" for c in code)


def label_width(text: str, size: float) -> float:
    """Width of a printable label in points."""
    return sum(_letters()[c][2] for c in text) * size / 1000


class LabelFont:
    """The label font in one document, holding only the letters that were written with it."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf, self._written = pdf, set[str]()
        self.object: Object = pdf.make_indirect(Dictionary())

    def encode(self, text: str) -> str:
        """Hexadecimal string of a printable label, whose letters the font will hold."""
        self._written |= set(text)
        return text.encode(CODEC).hex().upper()

    def embed(self) -> None:
        """Put the font in the document, once all labels are written."""
        letters = "".join(sorted(self._written, key=lambda c: c.encode(CODEC)))
        if not letters:
            return
        first, last = (letters[i].encode(CODEC)[0] for i in (0, -1))
        widths = [0] * (last - first + 1)
        for letter in letters:
            widths[letter.encode(CODEC)[0] - first] = _letters()[letter][2]
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name(BASE_FONT), Flags=32, FontBBox=Array([-200, -240, 1200, 1000]),
            ItalicAngle=0, Ascent=930, Descent=-240, CapHeight=730, StemV=80,
            FontFile3=self._pdf.make_indirect(Stream(self._pdf, _program(letters), Subtype=Name.Type1C)),
        )  # fmt: skip
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(BASE_FONT), Encoding=Name.WinAnsiEncoding,
            FirstChar=first, LastChar=last, Widths=Array(widths), FontDescriptor=self._pdf.make_indirect(descriptor),
        )  # fmt: skip
        for key, value in font.items():
            self.object[key] = value


def spoken(label: str) -> str:
    """What a screen reader says of a black box."""
    return f"weggelakt, grond {label}"


@dataclass(frozen=True)
class Surroundings:
    """What stands around the boxes of a page: `crop` is its visible box, and `rotation` how far a reader holds it.

    `taken` tells what boxes hold, and `is_clear` whether a box is so light that a label can be read there; both are
    asked only for a label that its box has no room for. `turn_of` tells how far (degrees) the text in a box is turned:
    a label that must be turned goes the same way.
    """

    rotation: int = 0
    crop: Box | None = None
    taken: Callable[[], Sequence[Box]] = tuple
    is_clear: Callable[[Box], bool] = lambda _: True
    turn_of: Callable[[Box], int] = lambda _: 0


def draw_signs(
    signs: list[Sign], font: LabelFont, mcid_of: Callable[[Sign], int | None], around: Surroundings
) -> bytes:
    """Content that paints the boxes and labels on a page, to be put after the page's own content.

    `mcid_of` gives the marked-content identifier of a label in a tagged file, else None. A label that its box has no
    room for stands beside it, where it can be read and covers nothing; where there is no place, the box only says it.
    """
    full = functools.cache(lambda: [*around.taken(), *(sign.box for sign in signs)])
    bars, silent, labels = [], [], []
    for sign in signs:
        x0, y0, x1, y1 = sign.box
        bar = f"{x0:.3f} {y0:.3f} {x1 - x0:.3f} {y1 - y0:.3f} re\nf\n".encode()
        mcid = mcid_of(sign)
        text = _label(sign, font, around, READABLE) or _label_beside(sign, font, around, full, READABLE[1:])
        text = text or _label(sign, font, around, SMALLEST) or _label_beside(sign, font, around, full, SMALLEST)
        if mcid is not None:
            labels.append(f"/Span <</MCID {mcid}>> BDC\n{text}EMC\n".encode())
        elif text or not sign.label:
            labels.append(text.encode())
        else:
            silent.append(b"/Span <</ActualText %s>> BDC\n%sEMC\n" % (String(spoken(sign.label)).unparse(), bar))
            continue
        bars.append(bar)
    return b"/Artifact BMC\nq\n0 g\n%sQ\nEMC\n" % b"".join(bars) + _black(silent) + b"\n".join(labels) + b"\n"


def _black(bars: list[bytes]) -> bytes:
    return b"q\n0 g\n%sQ\n" % b"".join(bars) if bars else b""


def _label(sign: Sign, font: LabelFont, around: Surroundings, sizes: tuple[float, ...]) -> str:
    """The label within its box, upright where it fits so in the same size; nothing when it does not fit."""
    rotation, text_turn = around.rotation, around.turn_of(sign.box)
    aside = text_turn if (text_turn - rotation) % 180 else (rotation + 90) % 360
    x0, y0, x1, y1 = sign.box
    text = printable(sign.label)
    for size in sizes if text else ():
        for turn in (rotation, aside):
            wide, high = (y1 - y0, x1 - x0) if turn in (90, 270) else (x1 - x0, y1 - y0)
            if label_width(text, size) + ROOM <= wide and size * CAP + ROOM <= high:
                return f"q\n1 g\n{_written(text, font, size, turn, (x0 + x1) / 2, (y0 + y1) / 2)}Q\n"
    return ""


def _label_beside(
    sign: Sign, font: LabelFont, around: Surroundings, taken: Callable[[], list[Box]], sizes: tuple[float, ...]
) -> str:
    """The label in black right, left, above or below its box, as a reader sees the page; its place is then taken."""
    x0, y0, x1, y1 = sign.box
    text, crop = printable(sign.label), around.crop
    across, up = _directions(around.rotation)
    for size in sizes if text and crop is not None else ():
        wide, high = label_width(text, size), size * CAP
        half = (abs(across[0] * wide) + abs(up[0] * high)) / 2, (abs(across[1] * wide) + abs(up[1] * high)) / 2
        for way in (across, (-across[0], -across[1]), up, (-up[0], -up[1])):
            x = (x0 + x1) / 2 + way[0] * ((x1 - x0) / 2 + half[0] + ROOM)
            y = (y0 + y1) / 2 + way[1] * ((y1 - y0) / 2 + half[1] + ROOM)
            place = (x - half[0], y - half[1], x + half[0], y + half[1])
            free = crop is not None and within(place, crop) and not touches_any(place, taken())
            if free and around.is_clear(place):
                taken().append(place)
                return f"q\n0 g\n{_written(text, font, size, around.rotation, x, y)}Q\n"
    return ""


def _directions(turn: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where text goes that is turned this far (degrees): along its line, and up from it."""
    cos, sin = round(math.cos(math.radians(turn))), round(math.sin(math.radians(turn)))
    return (cos, sin), (-sin, cos)


def _written(text: str, font: LabelFont, size: float, turn: int, x: float, y: float) -> str:
    """Operators that write the text with its middle at x, y."""
    (cos, sin), _ = _directions(turn)
    along, up = -label_width(text, size) / 2, -CAP * size / 2
    matrix = f"{cos} {sin} {-sin} {cos} {x + along * cos - up * sin:.3f} {y + along * sin + up * cos:.3f}"
    return f"BT\n{FONT_NAME} {size} Tf\n{matrix} Tm\n<{font.encode(text)}> Tj\nET\n"
