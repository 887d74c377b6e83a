"""Damage to what stays: a proven file that is then harmed, in a letter or beside the letters, is no longer proven."""
from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.eexec import encrypt
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

from redaction.pdf import Item, Plan, Report, read_pages
from redaction.pdf.builder import Builder
from redaction.pdf.labels import FONT_FILE
from redaction.pdf.pages import PageText
from redaction.pdf.verification.checks import run_checks
from tests.unit.pdf import attacks
from tests.unit.pdf.test_attacks import build

pytestmark = pytest.mark.slow
LETTERS = sorted(set("Deze regel blijft van Agnes Zwartkruis en hem"))
GLYPHS = [".notdef", *(f"g{ord(c)}" for c in LETTERS)]
MATRICES = {
    "whole": (1, 0, 0, 1, 0, 0), "shifted": (1, 0, 0, 1, 90, 0), "raised": (1, 0, 0, 1, 0, 90),
    "widened": (1.3, 0, 0, 1, 0, 0),
}  # fmt: skip
DAMAGE = ["another", "empty", "shifted", "raised", "widened"]
HARMED = "e"
"""The letter that is harmed: on the line of the box and on the other one."""
Outline = list[tuple[str, Any]]


def outlines(damage: str) -> dict[str, tuple[Outline, int]]:
    """Outline (1000 units an em) and advance of each letter."""
    found: dict[str, tuple[Outline, int]] = {}
    with TTFont(FONT_FILE) as font:
        glyphs, names, scale = font.getGlyphSet(), font.getBestCmap(), 1000 / font["head"].unitsPerEm
        for letter in LETTERS:
            harmed = damage if letter == HARMED else "whole"
            shape = names[ord("c" if harmed == "another" else letter)]
            a, b, c, d, e, f = MATRICES.get(harmed, MATRICES["whole"])
            pen = RecordingPen()
            if harmed != "empty":
                glyphs[shape].draw(TransformPen(pen, (a * scale, b, c, d * scale, e, f)))
            found[letter] = pen.value, round(font["hmtx"][names[ord(letter)]][0] * scale)
    return found


def leftmost(outline: Outline) -> int:
    return round(min((p[0] for _, points in outline for p in points if p), default=0))


def replayed(outline: Outline, pen: Any) -> Any:
    recorded = RecordingPen()
    recorded.value = outline
    recorded.replay(pen)
    return pen


def cubic(outline: Outline, pen: Any) -> Any:
    replayed(outline, Qu2CuPen(pen, 1.0, all_cubic=True))
    return pen


def sfnt(damage: str, *, truetype: bool) -> TTFont:
    builder = FontBuilder(1000, isTTF=truetype)
    builder.setupGlyphOrder(GLYPHS)
    builder.setupCharacterMap({ord(c): f"g{ord(c)}" for c in LETTERS})
    drawn = outlines(damage)
    if truetype:
        shapes = {f"g{ord(c)}": replayed(o, TTGlyphPen(None)).glyph() for c, (o, _) in drawn.items()}
        builder.setupGlyf({".notdef": TTGlyphPen(None).glyph()} | shapes)
    else:
        curves = {f"g{ord(c)}": cubic(o, T2CharStringPen(w, None)).getCharString() for c, (o, w) in drawn.items()}
        builder.setupCFF("Proef", {}, {".notdef": T2CharStringPen(500, None).getCharString()} | curves, {})
    builder.setupHorizontalMetrics(
        {".notdef": (500, 0)} | {f"g{ord(c)}": (w, leftmost(o)) for c, (o, w) in drawn.items()}
    )
    builder.setupHorizontalHeader(ascent=900, descent=-250)
    builder.setupNameTable({"familyName": "Proef"})
    builder.setupOS2()
    builder.setupPost()
    return builder.font


def truetype(damage: str) -> bytes:
    buffer = io.BytesIO()
    sfnt(damage, truetype=True).save(buffer)
    return buffer.getvalue()


def compact(damage: str) -> bytes:
    font = sfnt(damage, truetype=False)
    return bytes(font["CFF "].compile(font))


def type1(damage: str) -> bytes:
    """A Type 1 program: curves in their own code, locked twice."""
    shapes = {".notdef": b"0 500 hsbw endchar"}
    for letter, (outline, width) in outlines(damage).items():
        shapes[f"g{ord(letter)}"] = b"0 %d hsbw %s endchar" % (width, relative(cubic(outline, RecordingPen()).value))
    secret = b"\0\0\0\0dup /Private 8 dict dup begin /RD {string currentfile exch readstring pop} def\n/lenIV 4 def\n"
    secret += b"/ND {noaccess def} def /NP {noaccess put} def /Subrs 0 array ND\n"
    secret += b"2 index /CharStrings %d dict dup begin\n" % len(shapes)
    for name, program in shapes.items():
        body = bytes(encrypt(b"\0\0\0\0" + assembled(program), 4330)[0])
        secret += b"/%s %d RD %s ND\n" % (name.encode(), len(body), body)
    head = b"%!PS-AdobeFont-1.0: Proef\n12 dict begin /FontName /Proef def /FontType 1 def /PaintType 0 def\n"
    head += b"/FontMatrix [0.001 0 0 0.001 0 0] def /FontBBox {-200 -300 1200 1000} def\n/Encoding 256 array\n"
    head += b"0 1 255 {1 index exch /.notdef put} for\n"
    head += b"".join(b"dup %d /g%d put\n" % (ord(c), ord(c)) for c in LETTERS)
    head += b"readonly def\ncurrentdict end\ncurrentfile eexec\n"
    locked = bytes(encrypt(secret + b"end\nend\nreadonly put\nmark currentfile closefile\n", 55665)[0])
    return head + locked + (b"0" * 64 + b"\n") * 8 + b"cleartomark\n"


OPERATORS = {"rlineto": 5, "rrcurveto": 8, "closepath": 9, "hsbw": 13, "endchar": 14, "rmoveto": 21}


def assembled(program: bytes) -> bytes:
    out = b""
    for word in program.decode().split():
        number = OPERATORS.get(word)
        out += bytes((number,)) if number is not None else b"\xff" + int(word).to_bytes(4, "big", signed=True)
    return out


def relative(outline: Outline) -> bytes:
    """An outline of lines and cubic curves as a Type 1 program, without its width."""
    x = y = 0
    words: list[str] = []
    for operator, points in outline:
        for px, py in points:
            words += [str(round(px) - x), str(round(py) - y)]
            x, y = round(px), round(py)
        words.append({"moveTo": "rmoveto", "lineTo": "rlineto", "curveTo": "rrcurveto"}.get(operator, "closepath"))
    return " ".join(words).encode()


def procedures(pdf: pikepdf.Pdf, damage: str) -> Dictionary:
    """Glyphs of a Type 3 font."""
    names = {"moveTo": "m", "lineTo": "l", "curveTo": "c", "closePath": "h"}
    made = Dictionary()
    for letter, (outline, width) in outlines(damage).items():
        curves = cubic(outline, RecordingPen()).value
        steps = [f"{' '.join(f'{v:.0f}' for p in points for v in p)} {names[o]}" for o, points in curves]
        body = f"{width} 0 0 -300 1200 1000 d1 {' '.join(steps)} f".encode()
        made[f"/g{ord(letter)}"] = pdf.make_indirect(Stream(pdf, body))
    return made


PROGRAMS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "type1": ("/FontFile", type1), "truetype": ("/FontFile2", truetype), "cff": ("/FontFile3", compact),
    "cid": ("/FontFile2", truetype),
}  # fmt: skip


def font_of(pdf: pikepdf.Pdf, kind: str) -> Any:
    """A font of a kind, with a program of its own."""
    widths = {ord(c): w for c, (_, w) in outlines("whole").items()}
    codes = sorted(widths)
    listed = Array([widths.get(code, 0) for code in range(codes[0], codes[-1] + 1)])
    differences = Array([item for code in codes for item in (code, Name(f"/g{code}"))])
    rows = b"".join(b"<%02X> <%04X>\n" % (c, c) for c in codes)
    span = b"<00> <FF>"
    if kind == "cid":
        rows = b"".join(b"<%04X> <%04X>\n" % (GLYPHS.index(f"g{c}"), c) for c in codes)
        span = b"<0000> <FFFF>"
    table = b"begincmap 1 begincodespacerange %b endcodespacerange %d beginbfchar\n%bendbfchar endcmap"
    told = pdf.make_indirect(Stream(pdf, table % (span, len(codes), rows)))
    if kind == "type3":
        return pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([-200, -300, 1200, 1000]), FirstChar=codes[0],
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), LastChar=codes[-1], Widths=listed, ToUnicode=told,
            Encoding=Dictionary(Differences=differences), CharProcs=procedures(pdf, "whole"), Resources=Dictionary(),
        ))  # fmt: skip
    key, program = PROGRAMS[kind]
    stream = pdf.make_indirect(Stream(pdf, program("whole")))
    if key == "/FontFile3":
        stream["/Subtype"] = Name.Type1C
    descriptor = pdf.make_indirect(Dictionary({
        "/Type": Name.FontDescriptor, "/FontName": Name("/ABCDEF+Proef"), "/Flags": 4, "/Ascent": 900, "/Descent": -250,
        "/FontBBox": Array([-200, -300, 1200, 1000]), "/ItalicAngle": 0, "/CapHeight": 700, "/StemV": 80, key: stream,
    }))  # fmt: skip
    if kind == "cid":
        wide = Array([widths[ord(n)] for n in LETTERS])
        below = pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Proef"), FontDescriptor=descriptor,
            CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0), CIDToGIDMap=Name.Identity,
            W=Array([1, wide]), DW=500,
        ))  # fmt: skip
        return pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Proef"), Encoding=Name("/Identity-H"),
            DescendantFonts=Array([below]), ToUnicode=told,
        ))  # fmt: skip
    return pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.TrueType if kind == "truetype" else Name.Type1, BaseFont=Name("/ABCDEF+Proef"),
        FirstChar=codes[0], LastChar=codes[-1], Widths=listed, FontDescriptor=descriptor, ToUnicode=told,
        Encoding=Dictionary(Differences=differences),
    ))  # fmt: skip


def shown(text: str, kind: str) -> bytes:
    codes = b"".join(b"%04X" % GLYPHS.index(f"g{ord(c)}") if kind == "cid" else b"%02X" % ord(c) for c in text)
    return b"<%s> Tj" % codes


def page_in(kind: str, *, line: bool) -> pikepdf.Pdf:
    """A page with the harmed letter on the line of the box, or on another one."""
    beside = b"112 0 Td %s" % shown("hem", kind) if line else b"-128 -60 Td %s" % shown("Deze regel blijft", kind)
    body = b"BT /F2 12 Tf 200 700 Td %s %s ET" % (shown("Zwartkruis", kind), beside)
    return attacks.document(body, around=False, Font=lambda pdf: {"F2": font_of(pdf, kind)})


def harmed(path: Path, kind: str, damage: str, target: Path) -> Path:
    """The file with the program of its font in place of the one that was cut, the letter harmed in it."""
    with pikepdf.open(path) as pdf:
        font = pdf.pages[0].obj.Resources.Font.F2
        if kind == "type3":
            kept = font.CharProcs.keys()
            for name, glyph in procedures(pdf, damage).items():
                if name in kept:
                    font.CharProcs[name] = glyph
        else:
            owner = font.DescendantFonts[0] if kind == "cid" else font
            key, program = PROGRAMS[kind]
            owner.FontDescriptor[key].write(program(damage))
        pdf.save(target)
    return target


def seen(report: Report) -> list[int | None]:
    """Pages of which the report says that what stays has changed."""
    return [f.page for f in report.findings if f.channel == "pixels" and "is veranderd" in f.message]


@pytest.mark.parametrize("line", [True, False], ids=["on the line of the box", "on another line"])
@pytest.mark.parametrize("kind", ["type1", "truetype", "cff", "cid", "type3"])
def test_a_letter_that_the_embedded_font_draws_otherwise_is_seen(kind: str, line: bool, tmp_path: Path) -> None:
    source = attacks.saved(page_in(kind, line=line), tmp_path / "in.pdf")
    target, report, builder = build(source, attacks.PLAN, tmp_path)
    assert report.proven and builder.built.engines == {0: "content"}, report.findings
    assert not seen(run_checks(source, harmed(target, kind, "whole", tmp_path / "whole.pdf"), attacks.PLAN))
    for damage in DAMAGE:
        file = harmed(target, kind, damage, tmp_path / f"{damage}.pdf")
        report = run_checks(source, file, attacks.PLAN)
        assert seen(report) == [0], damage
        assert all(re.search(r"\(\d+,\d cm van links, \d+,\d cm van boven\)", f.message) for f in report.findings
                   if f.channel == "pixels")  # fmt: skip


def without_height(kind: str, other: str) -> pikepdf.Pdf:
    """A page in a font that does not say how high it is: PDFium measures its A and g, of which the A goes at least."""
    body = b"BT /F2 12 Tf 200 700 Td %s 112 0 Td %s -240 -60 Td %s ET"
    shows = tuple(shown(text, kind) for text in ("Agnes Zwart", "hem", other))

    def fonts(pdf: pikepdf.Pdf) -> dict[str, Any]:
        font = font_of(pdf, kind)
        del font.FontDescriptor.Ascent, font.FontDescriptor.Descent
        return {"F2": font}

    return attacks.document(body % shows, around=False, Font=fonts)


ON_THE_LINE = {"in white": b"1 g ", "raised": b"1 Ts ", "wider": b"101 Tz ", "larger": b"/F2 12.3 Tf "}


@pytest.mark.parametrize("other", ["Deze regel blijft", "Deze blijft van"], ids=["other tops", "other feet too"])
@pytest.mark.parametrize("kind", ["type1", "truetype", "cff"])
def test_letters_that_moved_are_compared_when_the_font_gets_another_height(
    kind: str, other: str, tmp_path: Path
) -> None:
    source = attacks.saved(without_height(kind, other), tmp_path / "in.pdf")
    target, report, builder = build(source, attacks.PLAN, tmp_path)
    tops = {page.char_boxes[page.text.index("hem")][3] for page in map(first_page, (source, target))}  # type: ignore[index]
    assert len(tops) == 2
    assert report.proven and builder.built.engines == {0: "content"}, report.findings
    for harm, operator in ON_THE_LINE.items():
        change = replaced(content, rb"\[ (<68656d>|\(hem\))", operator + rb"\g<0>")
        file = rewritten(target, tmp_path / "harmed.pdf", change)
        assert seen(run_checks(source, file, attacks.PLAN)) == [0], harm


def first_page(path: Path) -> PageText:
    return next(read_pages(path))


def furnished() -> pikepdf.Pdf:
    """A page with a rule, a small picture and a form around the text."""
    squares = bytes((0, 255) * 4 + (255, 0) * 4) * 4
    body = attacks.page.SHOWN + (
        b"72 600 300 0.75 re f\nq 20 0 0 20 400 560 cm /Im1 Do Q\n/Fm1 Do\n"
        b"BT /F1 12 Tf 72 520 Td (Een bedrag van 12.50 euro) Tj ET\n"
    )

    def objects(pdf: pikepdf.Pdf) -> dict[str, Any]:
        image = Stream(pdf, squares)
        image["/Type"], image["/Subtype"], image["/ColorSpace"] = Name.XObject, Name.Image, Name.DeviceGray
        image["/Width"], image["/Height"], image["/BitsPerComponent"] = 8, 8, 8
        return {"Im1": pdf.make_indirect(image), "Fm1": attacks.page.form(pdf, b"BT /F1 12 Tf 300 450 Td (vorm) Tj ET")}

    return attacks.document(body, XObject=objects)


def rewritten(path: Path, target: Path, change: Callable[[pikepdf.Pdf, Any], None]) -> Path:
    with pikepdf.open(path) as pdf:
        change(pdf, pdf.pages[0].obj)
        pdf.save(target)
    return target


def replaced(owner: Callable[[Any], Any], old: bytes, new: bytes) -> Callable[[pikepdf.Pdf, Any], None]:
    def change(_: pikepdf.Pdf, page: Any) -> None:
        stream = owner(page)
        data = stream.read_bytes()
        made, count = re.subn(old, new, data)
        assert count, data
        stream.write(made)

    return change


def content(page: Any) -> Any:
    return page.Contents


HARMS = {
    "a kept word in white": replaced(content, rb".*\(Deze regel.*", rb"1 g\n\g<0>\n0 g"),
    "a word on the line of the box in white": replaced(content, rb".*\(op maandag\).*", rb"1 g\n\g<0>\n0 g"),
    "a rule that went": replaced(content, rb"72 600 300 0.75 re", rb"72 600 0 0 re"),
    "a picture of something else": replaced(lambda p: p.Resources.XObject.Im1, rb"(?s)^.{8}", bytes(8)),
    "a letter in a form": replaced(lambda p: p.Resources.XObject.Fm1, rb"\(vorm\)", rb"(worm)"),
    "a comma for a point": replaced(content, rb"12\.50", rb"12,50"),
    "a letter a point aside": replaced(content, rb"\(Ook onderaan\) Tj", rb"[(Oo) -90 (k) 90 ( onderaan)] TJ"),
}  # fmt: skip


@pytest.mark.parametrize("width_defence", [True, False], ids=["lines set anew", "lines as they were"])
@pytest.mark.parametrize("harm", HARMS)
def test_what_changed_outside_the_boxes_is_seen_however_small(harm: str, width_defence: bool, tmp_path: Path) -> None:
    source = attacks.saved(furnished(), tmp_path / "in.pdf")
    target, report, _ = build(source, attacks.PLAN, tmp_path, width_defence=width_defence)
    assert report.proven, report.findings
    assert seen(run_checks(source, rewritten(target, tmp_path / "harmed.pdf", HARMS[harm]), attacks.PLAN)) == [0]


def test_the_rule_under_a_line_stays_when_words_of_the_line_below_move(tmp_path: Path) -> None:
    above = b"BT /F1 12 Tf 72 716 Td (Deze woorden zijn onderstreept) Tj ET\n72 714.2 160 0.6 re f\n"
    body = above + attacks.page.AROUND + attacks.page.SHOWN
    source = attacks.saved(attacks.document(body, around=False), tmp_path / "in.pdf")
    target, report, builder = build(source, attacks.PLAN, tmp_path)
    assert report.proven and builder.built.engines == {0: "content"}, report.findings
    with pikepdf.open(target) as pdf:
        assert b"72 714.2 160 0.6 re" in pdf.pages[0].obj.Contents.read_bytes()


def test_a_font_that_spoils_a_page_without_boxes_is_seen_there(tmp_path: Path) -> None:
    pdf = page_in("truetype", line=True)
    spare = pdf.make_stream(b"BT /F2 12 Tf 72 600 Td %s ET" % shown("Deze regel blijft", "truetype"))
    pdf.pages.append(pdf.pages[0])
    pdf.pages[1].obj["/Contents"] = spare
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    target, report, _ = build(source, attacks.PLAN, tmp_path)
    assert report.proven, report.findings
    file = harmed(target, "truetype", "another", tmp_path / "harmed.pdf")
    assert set(seen(run_checks(source, file, attacks.PLAN))) == {0, 1}


def test_a_label_beside_a_bar_without_room_is_no_change_on_a_page_that_became_an_image(tmp_path: Path) -> None:
    body = b"BT /F1 12 Tf 100 700 Td (Aan Jansen en Pietersen) Tj ET"
    pdf = attacks.document(body, around=False)
    pdf.pages[0].obj["/MediaBox"] = Array([95, 670, 240, 720])
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    plan = Plan((Item(0, ((124.0, 694.6, 162.0, 697.2),), "5.1.2e"),))
    builder = Builder(source, plan, tmp_path, width_defence=False, password=None, images={0: "proef"})
    builder.build(tmp_path / "out.pdf")
    builder.close()
    assert "5.1.2e" in next(read_pages(tmp_path / "out.pdf")).text
    assert [f for f in run_checks(source, tmp_path / "out.pdf", plan).findings if f.channel == "pixels"] == []
