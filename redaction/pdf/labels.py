"""The black box with the ground in white: opaque, in an embedded font, its letters never sized to the box."""
from __future__ import annotations

import functools
import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from redaction.pdf.geometry import Box

FONT_FILE = Path(__file__).with_name("label.ttf")
SIZES = (7.0, 5.0, 3.5)
"""Sizes in points; the first that fits is used, and none at all when the smallest does not fit."""
CAP = 0.73
ROOM = 1.0
FONT_NAME = "/LakLabel"
BETWEEN = ", "
"""Between the grounds of one box."""


@dataclass(frozen=True)
class Sign:
    """One black box on a page with the label in it."""

    box: Box
    label: str


@functools.cache
def _cmap() -> dict[int, tuple[int, int]]:
    """Glyph number and advance (per 1000) of each character in the label font."""
    with TTFont(FONT_FILE) as font:
        scale = 1000 / font["head"].unitsPerEm
        widths, order = font["hmtx"], font.getReverseGlyphMap()
        return {c: (order[n], round(widths[n][0] * scale)) for c, n in font.getBestCmap().items()}


@functools.lru_cache(maxsize=64)
def _program(letters: str) -> bytes:
    font = TTFont(FONT_FILE, recalcTimestamp=False)
    options = subset.Options(retain_gids=True, notdef_outline=True, hinting=False, drop_tables=["name"])
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def printable(code: str) -> str:
    """The code with only letters that the label font has."""
    known = _cmap()
    return "".join(c if ord(c) in known else "?" for c in code)


def label_width(text: str, size: float) -> float:
    """Width of a printable label in points."""
    known = _cmap()
    return sum(known[ord(c)][1] for c in text) * size / 1000


class LabelFont:
    """The label font in one document, holding only the letters of its labels."""

    def __init__(self, pdf: pikepdf.Pdf, labels: set[str]) -> None:
        letters = "".join(sorted({c for label in labels for c in printable(label)} | {" "}))
        self.object = _font_object(pdf, letters)

    @staticmethod
    def encode(text: str) -> str:
        """Hexadecimal string of a printable label."""
        known = _cmap()
        return "".join(f"{known[ord(c)][0]:04X}" for c in text)


def _font_object(pdf: pikepdf.Pdf, letters: str) -> Object:
    known = _cmap()
    program = _program(letters)
    glyphs = sorted((known[ord(c)][0], known[ord(c)][1], c) for c in letters)
    rows = b"\n".join(b"<%04X> <%s>" % (g, c.encode("utf-16-be").hex().encode()) for g, _, c in glyphs)
    unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"%d beginbfchar\n%s\nendbfchar\nendcmap CMapName currentdict /CMap defineresource pop end end"
        % (len(glyphs), rows)
    )
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/LAKLAB+LakLabel"), Flags=32,
            FontBBox=Array([-200, -240, 1200, 1000]), ItalicAngle=0, Ascent=930, Descent=-240, CapHeight=730, StemV=80,
            FontFile2=pdf.make_indirect(Stream(pdf, program, Length1=len(program))),
        )
    )  # fmt: skip
    below = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/LAKLAB+LakLabel"), DW=600,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            CIDToGIDMap=Name.Identity, FontDescriptor=descriptor,
            W=Array([x for g, w, _ in glyphs for x in (g, Array([w]))]),
        )
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/LAKLAB+LakLabel"), Encoding=Name("/Identity-H"),
            DescendantFonts=Array([below]), ToUnicode=pdf.make_indirect(Stream(pdf, unicode)),
        )
    )  # fmt: skip


def draw_signs(signs: list[Sign], rotation: int, mcid_of: Callable[[Sign], int | None]) -> bytes:
    """Content that paints the boxes and labels on a page of this rotation, to be put after the page's own content.

    `mcid_of` gives the marked-content identifier of a label in a tagged file, else None.
    """
    parts = [b"/Artifact BMC\nq\n0 g\n"]
    for sign in signs:
        x0, y0, x1, y1 = sign.box
        parts.append(f"{x0:.3f} {y0:.3f} {x1 - x0:.3f} {y1 - y0:.3f} re\nf\n".encode())
    parts.append(b"Q\nEMC\n")
    for sign in signs:
        mcid = mcid_of(sign)
        text = _label(sign, rotation)
        opening = f"/Span <</MCID {mcid}>> BDC\n" if mcid is not None else ""
        if text or opening:
            parts.append(f"{opening}{text}{'EMC' if opening else ''}\n".encode())
    return b"".join(parts)


def _label(sign: Sign, rotation: int) -> str:
    x0, y0, x1, y1 = sign.box
    wide, high = x1 - x0, y1 - y0
    if rotation in (90, 270):
        wide, high = high, wide
    text = printable(sign.label)
    size = next((s for s in SIZES if label_width(text, s) + ROOM <= wide and s * CAP + ROOM <= high), None)
    if size is None or not text:
        return ""
    turn = math.radians(rotation)
    cos, sin = round(math.cos(turn)), round(math.sin(turn))
    along, up = -label_width(text, size) / 2, -CAP * size / 2
    x = (x0 + x1) / 2 + along * cos - up * sin
    y = (y0 + y1) / 2 + along * sin + up * cos
    matrix = f"{cos} {sin} {-sin} {cos} {x:.3f} {y:.3f}"
    return f"q\nBT\n1 g\n{FONT_NAME} {size} Tf\n{matrix} Tm\n<{LabelFont.encode(text)}> Tj\nET\nQ\n"
