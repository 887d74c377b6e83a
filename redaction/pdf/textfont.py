"""The font of text under a picture: to select and to read aloud, never to see. Its codes are UTF-16."""

from __future__ import annotations

import functools
import io

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Object, Stream, String

NAME = "/LakText"
WIDTH, HEIGHT = 500, 700
"""Of every letter, per 1000."""
BLOCK = 100
"""Ranges at most in one block of a CMap (ISO 32000-2, 9.10.3)."""
UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) "
    b"/Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> "
    b"endcodespacerange\n%s\nendcmap CMapName currentdict /CMap defineresource pop end end"
)


class TextFont:
    """The font in one document, put there when the first picture needs it."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf

    @functools.cached_property
    def object(self) -> Object:
        """The font dictionary."""
        pdf = self._pdf
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name.LakText, Flags=5, FontBBox=Array([0, 0, WIDTH, HEIGHT]),
            ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=HEIGHT, StemV=80,
            FontFile2=Stream(pdf, _program(), Length1=len(_program())),
        )  # fmt: skip
        below = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.LakText, DW=WIDTH,
            CIDToGIDMap=Stream(pdf, b"\0\1" * 0x10000),
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
        )  # fmt: skip
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.LakText, Encoding=Name("/Identity-H"),
                ToUnicode=Stream(pdf, UNICODE % _ranges()), DescendantFonts=Array([pdf.make_indirect(below)]),
            )
        )  # fmt: skip


@functools.cache
def _program() -> bytes:
    """A TrueType program with one letter, a block: PDFium does not read letters that take no room."""
    pen = TTGlyphPen(None)
    for place, point in enumerate([(0, 0), (0, HEIGHT), (WIDTH, HEIGHT), (WIDTH, 0)]):
        (pen.lineTo if place else pen.moveTo)(point)
    pen.closePath()
    block = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "block"])
    builder.setupCharacterMap({0x20: "block"})
    builder.setupGlyf({".notdef": block, "block": block})
    builder.setupHorizontalMetrics({".notdef": (WIDTH, 0), "block": (WIDTH, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost(keepGlyphNames=False)
    builder.setupHead(unitsPerEm=1000, created=0, modified=0)
    buffer = io.BytesIO()
    builder.font.recalcTimestamp = False
    builder.save(buffer)
    return buffer.getvalue()


def _ranges() -> bytes:
    """Every code stands for itself; a range may not go past its last byte."""
    rows = [b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(256)]
    blocks = [rows[i : i + BLOCK] for i in range(0, len(rows), BLOCK)]
    return b"\n".join(b"%d beginbfrange\n%s\nendbfrange" % (len(b), b"\n".join(b)) for b in blocks)
