"""Embedded programs keep the outlines that are shown and lose the others, with their names."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet, FDArrayIndex, FDSelect, FontDict
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import encodeFloat
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from pikepdf import Array, Dictionary, Name, Stream, String

from redaction.pdf import redact
from redaction.pdf.fontprograms import cff_names_by_code, shrink_cff, shrink_truetype, truetype_glyphs
from redaction.pdf.fontprune import glyph_names
from redaction.pdf.redact import UNCUT
from redaction.pdf.verification.checks import run_checks
from tests.unit.pdf import attacks

ORDER = [".notdef", "X", "Q", "Z"]
CODES = {88: "X", 81: "Q", 90: "Z"}


def _triangle(pen: object, top: int) -> object:
    for move, point in (("moveTo", (0, 0)), ("lineTo", (500, 0)), ("lineTo", (250, top))):
        getattr(pen, move)(point)
    pen.closePath()  # type: ignore[attr-defined]
    return pen


def _builder(*, truetype: bool) -> FontBuilder:
    builder = FontBuilder(1000, isTTF=truetype)
    builder.setupGlyphOrder(ORDER)
    builder.setupCharacterMap(CODES)
    return builder


def _finished(builder: FontBuilder) -> TTFont:
    builder.setupHorizontalMetrics(dict.fromkeys(ORDER, (600, 0)))
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "Proef"})
    builder.setupOS2()
    builder.setupPost()
    return builder.font


def truetype(*without: str) -> bytes:
    builder = _builder(truetype=True)
    builder.setupGlyf({name: _triangle(TTGlyphPen(None), 100 * i).glyph() for i, name in enumerate(ORDER)})  # type: ignore[attr-defined]
    font = _finished(builder)
    for table in without:
        del font[table]
    font["LAST"] = newTable("LAST")
    font["LAST"].data = b"wat een maker er nog bij schreef"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def compact() -> bytes:
    builder = _builder(truetype=False)
    drawn = {n: _triangle(T2CharStringPen(600, None), 100 * i).getCharString() for i, n in enumerate(ORDER)}  # type: ignore[attr-defined]
    builder.setupCFF("Proef", {}, drawn, {})
    font = _finished(builder)
    return bytes(font["CFF "].compile(font))


@pytest.mark.parametrize("without", [(), ("cmap",), ("post", "OS/2", "name")])
def test_a_truetype_program_loses_the_outlines_that_nothing_shows(without: tuple[str, ...]) -> None:
    made = shrink_truetype(truetype(*without), {1, 40_000})
    assert made is not None
    font = TTFont(io.BytesIO(made))
    assert [font["glyf"][name].numberOfContours for name in font.getGlyphOrder()] == [1, 1]
    assert ("cmap" in font) == ("cmap" not in without)
    assert "LAST" not in font and "name" not in font


def test_the_letters_that_went_from_a_truetype_program_lose_their_names() -> None:
    made = shrink_truetype(truetype(), {1, 3})
    assert made is not None
    font = TTFont(io.BytesIO(made))
    assert font.getGlyphOrder()[1::2] == ["X", "Z"]
    assert "Q" not in font.getGlyphOrder()


def test_a_compact_program_loses_the_outlines_and_names_that_nothing_shows() -> None:
    made = shrink_cff(compact(), cff_names_by_code({81}, {81: "Q"}))
    assert made is not None
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(made), None)
    top = fonts[fonts.fontNames[0]]
    strings = [top.CharStrings[name] for name in top.charset]
    for string in strings:
        string.decompile()
    assert [len(string.program) > 1 for string in strings] == [True, False, True, False]
    assert [name in CODES.values() for name in top.charset] == [False, False, True, False]


def test_a_program_that_is_none_cannot_be_cut() -> None:
    assert shrink_truetype(b"geen lettertype", {1}) is None
    assert shrink_cff(b"geen lettertype", cff_names_by_code({65}, {})) is None


def test_a_table_of_codes_is_not_looked_up_by_letter() -> None:
    """In code 0x8E Mac OS writes an accented e: that letter's own number is no code of this font."""
    builder = _builder(truetype=True)
    builder.setupGlyf({name: _triangle(TTGlyphPen(None), 100).glyph() for name in ORDER})  # type: ignore[attr-defined]
    font = _finished(builder)
    table = font["cmap"].tables[0]
    table.platformID, table.platEncID, table.cmap = 1, 0, {0x8E: "X", 0xE9: "Q"}
    font["cmap"].tables = [table.__class__.newSubtable(6)]
    font["cmap"].tables[0].__dict__.update(platformID=1, platEncID=0, language=0, cmap=table.cmap)
    buffer = io.BytesIO()
    font.save(buffer)
    assert truetype_glyphs(buffer.getvalue(), {0x8E}, {}) == {1}


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


@pytest.mark.parametrize("own", [True, False], ids=["object", "in_its_place"])
@pytest.mark.parametrize("key", ["/FontFile2", "/FontFile3"])
def test_after_redaction_no_program_draws_the_letter_that_went(key: str, own: bool, tmp_path: Path) -> None:
    pdf = with_program(key, truetype() if key == "/FontFile2" else compact())
    if not own:
        font = Dictionary(dict(pdf.pages[0].obj.Resources.Font.F2.items()))
        font["/FontDescriptor"] = Dictionary(dict(font.FontDescriptor.items()))
        pdf.pages[0].obj["/Resources"]["/Font"]["/F2"] = font
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    report = redact(source, attacks.PLAN, tmp_path / "out.pdf")
    assert report.engines == {0: "content"}
    with pikepdf.open(tmp_path / "out.pdf") as made:
        program = made.pages[0].resources.Font.F2.FontDescriptor[key].read_bytes()
    assert drawn(key, program) == 3  # .notdef, X and Z


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


def test_a_page_whose_program_cannot_be_cut_becomes_an_image(tmp_path: Path) -> None:
    source = attacks.saved(with_program("/FontFile2", b"\0\1\0\0" + bytes(200)), tmp_path / "in.pdf")
    report = redact(source, attacks.PLAN, tmp_path / "out.pdf")
    assert report.proven and report.engines == {0: "image"}
    assert report.reasons[0].startswith("de controle vond nog iets op deze pagina: ")
    assert UNCUT.rstrip(".") in report.reasons[0]
    with pikepdf.open(tmp_path / "out.pdf") as made:
        names = [str(o.get("/FontName")) for o in made.objects if isinstance(o, Dictionary)]
    assert "/ABCDEF+Proef" not in names


@pytest.mark.parametrize("name", [b"/ABCDEF+Proef", b"/ABCDEF+Pr#f6f"], ids=["utf8", "latin1"])
@pytest.mark.parametrize("key", ["/FontFile2", "/FontFile3"])
def test_a_program_that_still_draws_what_went_is_reported(key: str, name: bytes, tmp_path: Path) -> None:
    """The text and the table of letters are gone; the outlines alone tell."""
    program = truetype() if key == "/FontFile2" else compact()
    pdf = with_program(key, program)
    pdf.pages[0].resources.Font.F2["/BaseFont"] = pikepdf.Object.parse(name)
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    redact(source, attacks.PLAN, tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as made:
        old = made.pages[0].resources.Font.F2.FontDescriptor[key]
        old.write(program)
        made.save(tmp_path / "leak.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert run_checks(source, tmp_path / "out.pdf", attacks.PLAN).proven
    found = run_checks(source, tmp_path / "leak.pdf", attacks.PLAN).findings
    assert {f.channel for f in found} == {"fonts"}


def test_a_map_of_glyphs_tells_nothing_of_letters_that_went(tmp_path: Path) -> None:
    pdf = attacks.plain()
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Proef"), Flags=4, FontBBox=Array([0, 0, 600, 700]),
            ItalicAngle=0, Ascent=700, Descent=0, CapHeight=700, StemV=80,
            FontFile2=pdf.make_indirect(Stream(pdf, truetype())),
        )
    )  # fmt: skip
    places = bytes(2 * 66) + b"\0\1\0\2"  # CIDs 66 and 67 show X and Q
    below = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Proef"), FontDescriptor=descriptor, DW=600,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        CIDToGIDMap=pdf.make_indirect(Stream(pdf, places)),
    )  # fmt: skip
    pdf.pages[0].obj["/Resources"]["/Font"]["/F2"] = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/ABCDEF+Proef"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(below)]),
        )
    )
    body = b"BT /F2 12 Tf 200 700 Td <0043> Tj 0 -100 Td <0042> Tj ET"
    pdf.pages[0].obj["/Contents"] = pdf.make_indirect(Stream(pdf, body))
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    redact(source, attacks.PLAN, tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as made:
        kept = made.pages[0].resources.Font.F2.DescendantFonts[0].CIDToGIDMap.read_bytes()
    assert kept == bytes(2 * 66) + b"\0\1\0\0"


@pytest.mark.parametrize(("table", "bytes_left"), [("hmtx", 6), ("glyf", -8), ("cmap", 14)])
def test_a_program_with_a_table_that_its_maker_cut_short_is_cut_all_the_same(table: str, bytes_left: int) -> None:
    font = TTFont(io.BytesIO(truetype()))
    short = newTable(table)
    short.data = font.reader[table][:bytes_left]
    font.tables[table] = _Raw(short.data)
    buffer = io.BytesIO()
    font.save(buffer)
    made = shrink_truetype(buffer.getvalue(), {1})
    assert made is not None
    kept = TTFont(io.BytesIO(made))
    assert kept["glyf"]["X" if table != "cmap" else kept.getGlyphOrder()[1]].numberOfContours == 1
    assert len(kept["glyf"].keys()) == 2


def test_codes_in_a_table_that_claims_more_than_there_is_still_find_their_letters() -> None:
    whole = truetype()
    font = TTFont(io.BytesIO(whole))
    font.tables["cmap"] = _Raw(font.reader["cmap"][:-2])  # the last two bytes are zero: no entry is lost
    buffer = io.BytesIO()
    font.save(buffer)
    assert truetype_glyphs(buffer.getvalue(), {88}, {}) == truetype_glyphs(whole, {88}, {}) == {1}
    made = shrink_truetype(buffer.getvalue(), {1})
    assert made is not None
    assert TTFont(io.BytesIO(made)).getBestCmap()[88]


@pytest.mark.parametrize(("stays", "goes"), [(1, 3), (3, 1)])
def test_outlines_in_another_order_are_cut_too_and_take_no_others_along(stays: int, goes: int) -> None:
    font = TTFont(io.BytesIO(truetype()), recalcBBoxes=False)
    places, data = list(font["loca"]), font.reader["glyf"]
    outlines = {glyph: data[places[glyph] : places[glyph + 1]] for glyph in (1, 3)}
    size = len(outlines[1])
    turned = [2 * size, 0, size, size, 2 * size]  # the first lies behind the last, and runs to the end
    font.tables["glyf"] = _Raw(outlines[1] + outlines[3])
    font.tables["loca"] = _Raw(b"".join(place.to_bytes(4, "big") for place in turned))
    font["head"].indexToLocFormat = 1
    buffer = io.BytesIO()
    font.save(buffer)
    made = shrink_truetype(buffer.getvalue(), {stays})
    assert made is not None
    kept = TTFont(io.BytesIO(made))
    assert [kept["glyf"][name].numberOfContours for name in kept.getGlyphOrder()].count(1) == 1
    assert len(kept.reader["glyf"]) <= size
    assert outlines[goes] not in made


class _Raw:
    """A table that is written as it is, whatever it holds."""

    dependencies: tuple[str, ...] = ()

    def __init__(self, data: bytes) -> None:
        self.data = data

    def compile(self, _font: TTFont) -> bytes:
        return self.data


def test_a_compact_program_without_a_list_of_names_has_the_predefined_ones() -> None:
    told = re.compile(rb"(\x1d.{4}|\x1c.{2}|[\x20-\xf6]|[\xf7-\xfe].)\x0f", re.DOTALL)
    untold = told.sub(lambda found: found[1] + b"\x0d", compact(), count=1)  # now the operator for a mere number
    made = shrink_cff(untold, cff_names_by_code({32}, {32: "space"}))
    assert made is not None
    assert _drawn(made) == [".notdef", "space"]


def _drawn(program: bytes) -> list[str]:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    top = fonts[fonts.fontNames[0]]
    for name in top.charset:
        top.CharStrings[name].decompile()
    return [name for name in top.charset if len(top.CharStrings[name].program) > 1]


def _encoded(code: int) -> bytes:
    """A program whose own encoding shows Q at this code."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(compact()), None)
    top = fonts[fonts.fontNames[0]]
    top.Encoding = [".notdef"] * 256
    top.Encoding[code] = "Q"
    buffer = io.BytesIO()
    fonts.compile(buffer, TTFont(recalcBBoxes=False))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("table", "code", "name"),
    [("MacRoman", 0xDE, "fi"), ("MacRoman", 0xDF, "fl"), ("WinAnsi", 0xAD, "hyphen"), ("WinAnsi", 0xB2, "twosuperior")],
)
def test_codes_of_a_predefined_table_call_letters_by_their_standard_names(table: str, code: int, name: str) -> None:
    """The Adobe Glyph List of fontTools has no ligatures: a font that was cut lost its fi."""
    base = Name(f"/{table}Encoding")
    assert glyph_names(base)[code] == name
    assert glyph_names(Dictionary(BaseEncoding=base, Differences=Array([65, Name.Q])))[code] == name


def test_of_its_own_codes_a_compact_program_keeps_those_that_are_shown() -> None:
    made = shrink_cff(_encoded(12), cff_names_by_code({12}, {}), {12})
    assert made is not None
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(made), None)
    assert fonts[fonts.fontNames[0]].Encoding[12] == "Q"
    gone = shrink_cff(_encoded(12), cff_names_by_code({81}, {81: "Q"}), {81})
    assert gone is not None
    fonts.decompile(io.BytesIO(gone), None)
    assert "Q" not in fonts[fonts.fontNames[0]].Encoding


def test_codes_in_a_table_of_256_bytes_still_find_their_letters() -> None:
    """As LibreOffice writes its fonts: numbered from 1, in such a table alone."""
    font = TTFont(io.BytesIO(truetype()))
    table = CmapSubtable.newSubtable(0)
    table.platformID, table.platEncID, table.language, table.cmap = 1, 0, 0, {1: "X", 2: "Q", 3: "Z"}
    font["cmap"].tables = [table]
    buffer = io.BytesIO()
    font.save(buffer)
    made = shrink_truetype(buffer.getvalue(), {1, 3})
    assert made is not None
    cut = TTFont(io.BytesIO(made))
    (kept,) = cut["cmap"].tables
    assert {code: cut.getGlyphID(name) for code, name in kept.cmap.items() if cut.getGlyphID(name)} == {1: 1, 3: 3}


def test_the_box_that_a_letter_claims_stays_for_it_says_where_the_letter_stands() -> None:
    font = TTFont(io.BytesIO(truetype()), recalcBBoxes=False)
    font["glyf"]["X"].xMin = -70
    buffer = io.BytesIO()
    font.save(buffer)
    made = shrink_truetype(buffer.getvalue(), {1})
    assert made is not None
    assert TTFont(io.BytesIO(made))["glyf"]["X"].xMin == -70


def wrapped() -> bytes:
    """The compact program in an OpenType one."""
    builder = _builder(truetype=False)
    drawn = {n: _triangle(T2CharStringPen(600, None), 100 * i).getCharString() for i, n in enumerate(ORDER)}  # type: ignore[attr-defined]
    builder.setupCFF("Proef", {}, drawn, {})
    buffer = io.BytesIO()
    _finished(builder).save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", [Name.OpenType, Name.Type1C])
@pytest.mark.parametrize(("program", "key"), [(wrapped, "/FontFile3"), (truetype, "/FontFile2")])
def test_a_program_in_opentype_or_under_a_wrong_label_is_cut_too(
    program: Callable[[], bytes], key: str, kind: Name, tmp_path: Path
) -> None:
    pdf = with_program("/FontFile3", program())
    pdf.pages[0].obj.Resources.Font.F2.FontDescriptor.FontFile3["/Subtype"] = kind
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").engines == {0: "content"}
    with pikepdf.open(tmp_path / "out.pdf") as made:
        descriptor = made.pages[0].resources.Font.F2.FontDescriptor
        assert drawn(key, descriptor[key].read_bytes()) == 3  # .notdef, X and Z
        assert sum(k in descriptor for k in ("/FontFile", "/FontFile2", "/FontFile3")) == 1


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


def test_the_scale_of_a_program_with_cids_stays_what_it_was() -> None:
    made = shrink_cff(numbered(), lambda top: {"cid00001"})
    assert made is not None
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(made), None)
    top = fonts[fonts.fontNames[0]]
    scales = [d.rawDict["FontMatrix"] for d in (top, *top.FDArray) if "FontMatrix" in d.rawDict]
    assert scales in ([], [[0.001, 0, 0, 0.001, 0, 0]])
