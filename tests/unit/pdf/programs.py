"""Small font programs of three letters in each form, and a page that shows them in one."""

from __future__ import annotations

import io

import pikepdf
from fontTools.cffLib import CFFFontSet, FDArrayIndex, FDSelect, FontDict
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import encodeFloat
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from pikepdf import Array, Dictionary, Name, Stream

from tests.unit.pdf import attacks

ORDER = [".notdef", "X", "Q", "Z"]
CODES = {88: "X", 81: "Q", 90: "Z"}


def triangle(pen: object, top: int) -> object:
    for move, point in (("moveTo", (0, 0)), ("lineTo", (500, 0)), ("lineTo", (250, top))):
        getattr(pen, move)(point)
    pen.closePath()  # type: ignore[attr-defined]
    return pen


def new_builder(*, truetype: bool) -> FontBuilder:
    builder = FontBuilder(1000, isTTF=truetype)
    builder.setupGlyphOrder(ORDER)
    builder.setupCharacterMap(CODES)
    return builder


def finished(builder: FontBuilder) -> TTFont:
    builder.setupHorizontalMetrics(dict.fromkeys(ORDER, (600, 0)))
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "Proef"})
    builder.setupOS2()
    builder.setupPost()
    return builder.font


def truetype(*without: str) -> bytes:
    builder = new_builder(truetype=True)
    builder.setupGlyf({name: triangle(TTGlyphPen(None), 100 * i).glyph() for i, name in enumerate(ORDER)})  # type: ignore[attr-defined]
    font = finished(builder)
    for table in without:
        del font[table]
    font["LAST"] = newTable("LAST")
    font["LAST"].data = b"wat een maker er nog bij schreef"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def compact() -> bytes:
    builder = new_builder(truetype=False)
    drawn = {n: triangle(T2CharStringPen(600, None), 100 * i).getCharString() for i, n in enumerate(ORDER)}  # type: ignore[attr-defined]
    builder.setupCFF("Proef", {}, drawn, {})
    font = finished(builder)
    return bytes(font["CFF "].compile(font))


def wrapped() -> bytes:
    """The compact program in an OpenType one."""
    builder = new_builder(truetype=False)
    drawn = {n: triangle(T2CharStringPen(600, None), 100 * i).getCharString() for i, n in enumerate(ORDER)}  # type: ignore[attr-defined]
    builder.setupCFF("Proef", {}, drawn, {})
    buffer = io.BytesIO()
    finished(builder).save(buffer)
    return buffer.getvalue()


def numbered() -> bytes:
    """A compact program with CIDs as XeLaTeX writes it: the usual scale for the whole, and 1 for its only part."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(compact()), None)
    top = fonts[fonts.fontNames[0]]
    part = FontDict()
    part.setCFF2(False)
    part.Private, part.FontMatrix = top.Private, [1, 0, 0, 1, 0, 0]
    parts, chosen = FDArrayIndex(), FDSelect(format=3)
    parts.append(part)
    chosen.gidArray = [0] * len(ORDER)
    top.ROS, top.FDArray, top.FDSelect, top.CIDCount = ("Adobe", "Identity", 0), parts, chosen, len(ORDER)
    del top.rawDict["Private"], top.Private
    names = [".notdef", *(f"cid{i:05d}" for i in range(1, len(ORDER)))]
    top.CharStrings.charStrings = {
        new: top.CharStrings.charStrings[old] for old, new in zip(top.charset, names, strict=True)
    }
    top.charset = names
    top.CharStrings.fdArray, top.CharStrings.fdSelect = parts, chosen
    top.FontMatrix = [0.002, 0, 0, 0.002, 0, 0]
    buffer = io.BytesIO()
    fonts.compile(buffer, TTFont(recalcBBoxes=False))
    return buffer.getvalue().replace(encodeFloat(0.002), encodeFloat(0.001))  # fontTools would leave the usual out


def encoded(code: int) -> bytes:
    """A program whose own encoding shows Q at this code."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(compact()), None)
    top = fonts[fonts.fontNames[0]]
    top.Encoding = [".notdef"] * 256
    top.Encoding[code] = "Q"
    buffer = io.BytesIO()
    fonts.compile(buffer, TTFont(recalcBBoxes=False))
    return buffer.getvalue()


class Raw:
    """A table that is written as it is, whatever it holds."""

    dependencies: tuple[str, ...] = ()

    def __init__(self, data: bytes) -> None:
        self.data = data

    def compile(self, _font: TTFont) -> bytes:
        return self.data


def with_program(key: str, program: bytes) -> pikepdf.Pdf:
    """A page with X and Z in plain sight, and Q under the box, in a simple font with this program."""
    pdf = attacks.document(b"BT /F2 12 Tf 200 700 Td (Q) Tj 0 -100 Td (XZ) Tj ET")
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Proef"), Flags=4, FontBBox=Array([0, 0, 600, 700]),
            ItalicAngle=0, Ascent=700, Descent=0, CapHeight=700, StemV=80,
        )
    )  # fmt: skip
    stream = pdf.make_indirect(Stream(pdf, program))
    if key == "/FontFile3":
        stream["/Subtype"] = Name.Type1C
    descriptor[key] = stream
    rows = b"".join(b"<%02X> <%04X>\n" % (c, c) for c in CODES)
    table = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 3 beginbfchar\n%sendbfchar endcmap" % rows
    pdf.pages[0].obj["/Resources"]["/Font"]["/F2"] = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType if key == "/FontFile2" else Name.Type1,
            BaseFont=Name("/ABCDEF+Proef"), FirstChar=81, LastChar=90, Widths=Array([600] * 10),
            FontDescriptor=descriptor, ToUnicode=pdf.make_indirect(Stream(pdf, table)),
            Encoding=Dictionary(Differences=Array([81, Name.Q, 88, Name.X, 90, Name.Z])),
        )
    )  # fmt: skip
    return pdf


def drawn(key: str, program: bytes) -> int:
    if key == "/FontFile2":
        font = TTFont(io.BytesIO(program))
        return sum(font["glyf"][name].numberOfContours > 0 for name in font.getGlyphOrder())
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    strings = fonts[fonts.fontNames[0]].CharStrings.values()
    for string in strings:
        string.decompile()
    return sum(len(string.program) > 1 for string in strings)


def drawn_letters(program: bytes) -> list[str]:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    top = fonts[fonts.fontNames[0]]
    for name in top.charset:
        top.CharStrings[name].decompile()
    return [name for name in top.charset if len(top.CharStrings[name].program) > 1]
