"""Attacks in what font programs and colour profiles say about their makers (row 26)."""
from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream
from PIL import ImageCms

from tests.unit.pdf.attacks.names import painted
from tests.unit.pdf.attacks.page import SECRET, SHOWN, Attack, add_beside, document

LETTER = [((0, 0), (500, 0), (250, 700))]


def _drawn(pen: Any) -> Any:
    for first, *rest in LETTER:
        pen.moveTo(first)
        for point in rest:
            pen.lineTo(point)
        pen.closePath()
    return pen


def _finished(builder: FontBuilder, names: dict[str, str]) -> TTFont:
    builder.setupHorizontalMetrics(dict.fromkeys(builder.font.getGlyphOrder(), (600, 0)))
    builder.setupHorizontalHeader()
    builder.setupNameTable(names)
    builder.setupOS2()
    builder.setupPost()
    return builder.font


def truetype(letter: str = "A", **names: str) -> bytes:
    """A TrueType program with one letter, of this name."""
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", letter])
    builder.setupCharacterMap({65: letter})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), letter: _drawn(TTGlyphPen(None)).glyph()})
    buffer = io.BytesIO()
    _finished(builder, names).save(buffer)
    return buffer.getvalue()


def compact(**entries: str) -> bytes:
    """A CFF program with one letter and these entries in its dictionary."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    letters = {".notdef": T2CharStringPen(600, None), "A": _drawn(T2CharStringPen(600, None))}
    builder.setupCFF("Letter", entries, {n: p.getCharString() for n, p in letters.items()}, {})
    font = _finished(builder, {})
    return bytes(font["CFF "].compile(font))


def set_in(key: str, program: Callable[[], bytes]) -> Attack:
    """A page with a line in a font of which the program stands under this key."""

    def attack(visible: bool) -> pikepdf.Pdf:
        pdf = document((SHOWN if visible else b"") + b"BT /F2 12 Tf 72 300 Td (AAAA) Tj ET\n")
        stream = Stream(pdf, program(), **({"Subtype": Name.Type1C} if key == "FontFile3" else {}))
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Letter"), Flags=32, FontBBox=Array([0, 0, 600, 700]),
            ItalicAngle=0, Ascent=900, Descent=-200, CapHeight=700, StemV=80,
        )  # fmt: skip
        descriptor[f"/{key}"] = pdf.make_indirect(stream)
        kind = Name.TrueType if key == "FontFile2" else Name.Type1
        pdf.pages[0].obj.Resources.Font["/F2"] = pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=kind, BaseFont=Name("/ABCDEF+Letter"), FirstChar=65, LastChar=65,
                Widths=Array([600]), FontDescriptor=pdf.make_indirect(descriptor), Encoding=Name.WinAnsiEncoding,
            )
        )  # fmt: skip
        return pdf

    return attack


def _type1() -> bytes:
    """The readable part of a Type 1 program; readers make do with another font for what follows."""
    head = f"%!PS-AdobeFont-1.0: Letter\n% getekend door {SECRET}\n/FontInfo 9 dict dup begin\n"
    return f"{head}/Notice (Copyright {SECRET}) readonly def end\n/FontName /Letter def\ncurrentfile eexec\n".encode()


def _type1_with_brackets() -> bytes:
    """The same with brackets in a string, as notices of copyright have."""
    notice = f"/Notice (Copyright (c) 1999, door (het bureau (van)) {SECRET}) readonly def"
    return f"%!PS-AdobeFont-1.0: Letter\n/FontInfo 9 dict dup begin\n{notice} end\ncurrentfile eexec\n".encode()


def profile(text: str, kind: bytes) -> bytes:
    """sRGB as a colour profile that describes itself with this text, written as one of the types of text."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    wide = text.encode("utf-16-be")
    body = {
        b"mluc": struct.pack(">II", 1, 12) + b"nlNL" + struct.pack(">II", len(wide), 28) + wide,
        b"desc": struct.pack(">I", len(text) + 1) + text.encode() + bytes(79),
    }[kind]
    entries = range(132, 132 + 12 * int.from_bytes(made[128:132], "big"), 12)
    place = next(at for at in entries if made[at : at + 4] == b"desc")
    made += bytes(-len(made) % 4)
    made[place + 4 : place + 12] = struct.pack(">II", len(made), len(body) + 8)
    made += kind + bytes(4) + body
    made[:4] = struct.pack(">I", len(made))
    return bytes(made)


def _coloured(kind: bytes) -> Attack:
    def space(pdf: pikepdf.Pdf) -> Dictionary:
        stream = pdf.make_indirect(Stream(pdf, profile(f"scherm van {SECRET}", kind), N=3, Alternate=Name.DeviceRGB))
        return Dictionary(R0=Array([Name.ICCBased, stream]))

    return lambda visible: painted(visible, ColorSpace=space)


PROGRAMS: dict[str, Attack] = {
    "truetype_names": set_in("FontFile2", lambda: truetype(copyright=f"(c) {SECRET}", fullName=SECRET)),
    "truetype_glyph_names": set_in("FontFile2", lambda: truetype(f"{SECRET}.alt")),
    "compact_font_strings": set_in("FontFile3", lambda: compact(Notice=f"(c) {SECRET}", FullName=SECRET)),
    "type1_notice": set_in("FontFile", _type1),
    "type1_notice_with_brackets": set_in("FontFile", _type1_with_brackets),
    "profile_description": _coloured(b"desc"),
    "profile_description_in_languages": _coloured(b"mluc"),
}
for _name, _attack in PROGRAMS.items():
    add_beside(26, _name, _attack)
