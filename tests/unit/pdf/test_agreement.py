"""A page that our interpreter and PDFium read differently becomes an image; pages that they read alike do not."""
from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String

from redaction.pdf import Item, Plan, read_pages, redact, render_page
from redaction.pdf.agreement import agree, drawn_under, places_of
from redaction.pdf.blanks import Blanks
from redaction.pdf.builder import DIFFERS, Builder, Built
from redaction.pdf.fontprograms import shrink_cff
from redaction.pdf.fonts import read_font
from redaction.pdf.geometry import IDENTITY, grown
from redaction.pdf.interpreter import FontCache, Interpreter
from redaction.pdf.layers import Layers
from redaction.pdf.orders import Orders
from redaction.pdf.pages import read_page_with_origins
from redaction.pdf.pdfium import document_of
from redaction.pdf.raster import IMAGE
from tests.unit.pdf import attacks
from tests.unit.pdf.attacks.page import boxes_on_words
from tests.unit.pdf.programs import compact, truetype
from tests.unit.pdf.test_attacks import assert_clean
from tests.unit.pdf.test_attacks import build as built_and_checked

pytestmark = pytest.mark.slow
PAGE = (0.0, 0.0, 595.0, 842.0)


def font(pdf: pikepdf.Pdf, **entries: object) -> dict[str, pikepdf.Object]:
    return {"F2": pdf.make_indirect(Dictionary(Type=Name.Font, **entries))}


def downwards(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """A font for vertical writing in which some letters take less room than the others."""
    below = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Omlaag, W2=Array([0, 400, -300, 500, 880]),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
    )  # fmt: skip
    return font(
        pdf, Subtype=Name.Type0, BaseFont=Name.Omlaag, Encoding=Name("/Identity-V"), DescendantFonts=Array([below])
    )


def without_widths(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    return font(pdf, Subtype=Name.TrueType, BaseFont=Name.Onbekend, Encoding=Name.WinAnsiEncoding)


def backwards(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    widths = Array([-500] * 91)
    return font(
        pdf, Subtype=Name.TrueType, BaseFont=Name.Arial, Encoding=Name.WinAnsiEncoding, FirstChar=32, LastChar=122,
        Widths=widths,
    )  # fmt: skip


def symbols(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    return font(pdf, Subtype=Name.Type1, BaseFont=Name.Symbol)


Fonts = Callable[[pikepdf.Pdf], dict[str, pikepdf.Object]]
ODD: dict[str, tuple[bytes, Fonts | None]] = {
    "saved and restored inside text": (b"130 500 Td (Naam: ) Tj q 300 0 Td (elders) Tj Q (Zwartkruis) Tj", None),
    "a move of one number": (b"200 500 Td 100 Td (Zwartkruis) Tj", None),
    "a size without a font": (b"200 500 Td 24 Tf (Zwartkruis) Tj", None),
    "widths below zero": (b"300 500 Td /F2 12 Tf (Aan ) Tj /F1 12 Tf (Zwartkruis) Tj", backwards),
    "letters downwards before it": (b"200 500 Td /F2 12 Tf <005a00770061> Tj /F1 12 Tf (Zwartkruis) Tj", downwards),
}


def to_the_left(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Helvetica of which the capitals say Arabic letters."""
    table = Stream(pdf, b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <41> <5A> <0627> endbfrange")
    return font(
        pdf, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding,
        ToUnicode=pdf.make_indirect(table),
    )  # fmt: skip


def control_codes(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """A font in which a control code is the space, by the name of its glyph alone."""
    differences = Array([18, Name.space, 65, Name.Z, Name.w, Name.a, Name.r, Name.t])
    return font(
        pdf, Subtype=Name.TrueType, BaseFont=Name.Arial, FirstChar=18, LastChar=69, Widths=Array([500] * 52),
        Encoding=Dictionary(Type=Name.Encoding, Differences=differences),
    )  # fmt: skip


SECRET = b" /F1 12 Tf (Zwartkruis) Tj"
ALIKE: dict[str, tuple[bytes, Fonts | None]] = {
    "a font without widths": (b"200 500 Td /F2 12 Tf (Zwartkruis) Tj", without_widths),
    "symbols before it": (b"200 500 Td /F2 12 Tf (Geheim: ) Tj" + SECRET, symbols),
    "codes that the font does not know": (b"200 500 Td /F1 12 Tf (\\n\\001\\253\\377) Tj" + SECRET, None),
    "a gap in text to the left": (b"200 600 Td /F2 12 Tf (AB) Tj -40 0 Td (CD) Tj 0 -99 Td" + SECRET, to_the_left),
    "spaces that are named alone": (
        b"200 600 Td /F2 12 Tf" + b" 0 -20 Td (\x12) Tj" * 9 + b" 20 0 Td (ABCDE) Tj 0 -50 Td" + SECRET, control_codes,
    ),
    "a shadow": (
        b"200 600 Td /F1 12 Tf (Een schaduw van letters) Tj 0.7 -0.7 Td (Een schaduw van letters) Tj 0 -99 Td" + SECRET,
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(ALIKE))
def test_widths_gaps_and_doubles_as_the_reader_sees_them_are_no_difference(name: str, tmp_path: Path) -> None:
    show, fonts = ALIKE[name]
    body = b"BT /F1 12 Tf " + show + b" ET\n"
    pdf = attacks.document(body, Font=fonts) if fonts is not None else attacks.document(body)
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    plan = boxes_on_words(source)
    assert plan.items
    assert built(source, plan, tmp_path).reasons == {}
    assert_clean(source, plan, tmp_path)


def built(source: Path, plan: Plan, work: Path) -> Built:
    builder = Builder(source, plan, work, width_defence=True, password=None, images={})
    try:
        return builder.build(work / "out.pdf")
    finally:
        builder.close()


@pytest.mark.parametrize("name", sorted(ODD))
def test_a_page_that_is_read_differently_becomes_an_image_without_the_secret(name: str, tmp_path: Path) -> None:
    show, fonts = ODD[name]
    body = b"BT /F1 12 Tf " + show + b" ET\n"
    pdf = attacks.document(body, Font=fonts) if fonts is not None else attacks.document(body)
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    plan = boxes_on_words(source)
    assert plan.items
    assert built(source, plan, tmp_path).reasons == {0: DIFFERS}
    assert_clean(source, plan, tmp_path)


def test_the_report_names_the_reason(tmp_path: Path) -> None:
    source = attacks.saved(attacks.document(b"BT /F1 12 Tf 200 500 Td 100 Td (Zwartkruis) Tj ET"), tmp_path / "in.pdf")
    report = redact(source, boxes_on_words(source), tmp_path / "out.pdf")
    assert report.proven
    assert (report.engines, report.reasons) == ({0: "image"}, {0: DIFFERS})


@pytest.mark.parametrize(
    "name",
    ["actual_text_inline", "composite_font", "double_struck", "invisible", "shared_form", "type3_font", "vertical",
     "zero_size"],
)  # fmt: skip
def test_ordinary_and_hidden_text_is_read_alike(name: str, tmp_path: Path) -> None:
    pdf = attacks.CONTENT[name](True)
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    plan = attacks.PLANS[name](source) if name in attacks.PLANS else attacks.boxes_on_every_page(pdf)
    assert built(source, plan, tmp_path).reasons == {}


def test_one_letter_a_point_away_is_a_difference_unless_it_stands_in_a_form_that_was_not_read(tmp_path: Path) -> None:
    source = attacks.saved(attacks.plain(), tmp_path / "in.pdf")
    with document_of(source) as document:
        text, origins = read_page_with_origins(document, 0)
    with pikepdf.open(source) as pdf:
        page = pdf.pages[0]
        shows = Interpreter(FontCache(), Layers(pdf), page.obj["/Resources"], IDENTITY).read(page).shows
        assert len(places_of(shows)) == len(origins)
        assert agree(shows, [], origins, text.crop)
        moved = origins.copy()
        moved[-1, 0] += 1.0
        assert not agree(shows, [], moved, text.crop)
        x, y = moved[-1, :2].tolist()
        assert agree(shows, [(x - 1, y - 1, x + 1, y + 1)], moved, text.crop)
        assert agree(shows, [], moved, (0.0, y + 1, 595.0, 842.0))


def test_text_of_ours_that_the_reader_does_not_see_is_a_difference(tmp_path: Path) -> None:
    source = attacks.saved(attacks.plain(), tmp_path / "in.pdf")
    with document_of(source) as document:
        _, origins = read_page_with_origins(document, 0)
    with pikepdf.open(source) as pdf:
        page = pdf.pages[0]
        shows = Interpreter(FontCache(), Layers(pdf), page.obj["/Resources"], IDENTITY).read(page).shows
        assert not agree(shows, [], origins[: len(origins) // 2], PAGE)


def through_letters() -> pikepdf.Pdf:
    """A black picture, larger than the box, that shines through the letters of the secret alone."""
    body = b"q BT /F1 12 Tf 7 Tr 200 700 Td (Zwartkruis) Tj ET 300 0 0 100 150 650 cm /Im Do Q\n"

    def picture(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
        image = Stream(pdf, b"\x00" * 64)
        image["/Type"], image["/Subtype"], image["/Width"], image["/Height"] = Name.XObject, Name.Image, 8, 8
        image["/ColorSpace"], image["/BitsPerComponent"] = Name.DeviceGray, 8
        return {"Im": pdf.make_indirect(image)}

    return attacks.document(body, XObject=picture)


def test_letters_that_a_picture_shines_through_leave_neither_bytes_nor_shape_nor_the_rest_of_it(tmp_path: Path) -> None:
    source = attacks.saved(through_letters(), tmp_path / "in.pdf")
    plan = Plan((Item(0, (grown(attacks.BOX, 2.0),), "5.1.2e", attacks.SECRET),))
    assert_clean(source, plan, tmp_path)
    made = render_page(tmp_path / "out.pdf", 0, 72).convert("L")
    assert made.crop((300, 842 - 690, 440, 842 - 655)).getextrema()[0] > 200
    assert next(read_pages(source)).text != next(read_pages(tmp_path / "out.pdf")).text
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        shown = [bytes(i.operands[-1]) for i in pikepdf.parse_content_stream(pdf.pages[0], "Tj")]
        drawn = [str(i.operands[-1]) for i in pikepdf.parse_content_stream(pdf.pages[0], "Do")]
    assert attacks.SECRET.encode() not in b"".join(shown)
    assert len(drawn) == 1 and drawn != [IMAGE]


def drawn_downwards(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Letters as pictures of a hundred pixels high, in a font that says they are a thousand high, upside down."""
    procedure = pdf.make_indirect(Stream(pdf, b"60 0 5 -70 55 20 d1 5 -70 50 90 re f"))
    letters = [Name.Z, Name.w, Name.a, Name.r, Name.t, Name.k, Name.u, Name.i, Name.s]
    codes = [x for letter in letters for x in (ord(str(letter)[1:]), letter)]
    return font(
        pdf, Subtype=Name.Type3, FontMatrix=Array([1, 0, 0, -1, 0, 0]), FontBBox=Array([0, 0, 1000, 1000]),
        FirstChar=65, LastChar=122, Widths=Array([60] * 58),
        CharProcs=Dictionary({str(letter): procedure for letter in letters}),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array(codes)),
    )  # fmt: skip


def test_letters_of_a_font_with_a_box_that_is_made_up_go_without_an_image(tmp_path: Path) -> None:
    body = b"BT /F2 0.12 Tf 200 500 Td (Zwartkruis) Tj 0 -20 Td (kast) Tj ET\n"
    source = attacks.saved(attacks.document(body, Font=drawn_downwards), tmp_path / "in.pdf")
    report = redact(source, Plan((Item(0, ((199.0, 497.0, 273.0, 509.0),), "5.1.2e"),)), tmp_path / "out.pdf")
    assert report.engines == {0: "content"}
    text = next(read_pages(tmp_path / "out.pdf")).text
    assert "kast" in text
    assert "kruis" not in text


def test_text_that_begins_on_the_very_edge_of_a_form_lies_in_it(tmp_path: Path) -> None:
    def forms(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
        letters = Dictionary(Font=Dictionary(**font(pdf, Subtype=Name.Type1, BaseFont=Name.Helvetica)))
        body = b"BT /F2 12 Tf 0 0 Td (Stempel) Tj ET"
        made = Stream(pdf, body, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, -10, 60, 10]), Resources=letters)
        return {"Fm1": pdf.make_indirect(made)}

    body = b"q 1 0 0 1 71.0004 300 cm /Fm1 Do Q BT /F1 12 Tf 200 500 Td (Zwartkruis) Tj ET\n"
    source = attacks.saved(attacks.document(body, XObject=forms), tmp_path / "in.pdf")
    words = [w for w in next(read_pages(source)).words if w.text == "Zwartkruis"]
    plan = Plan(tuple(Item(0, (w.box,), "5.1.2e") for w in words))
    assert built(source, plan, tmp_path).reasons == {}


def test_text_that_the_edge_of_a_form_far_from_the_boxes_cuts_off_is_no_difference(tmp_path: Path) -> None:
    def forms(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
        made = attacks.form(pdf, b"BT /F1 12 Tf 300 300 Td (Een waarde die te lang is voor het veld) Tj ET")
        made["/BBox"] = pikepdf.Array([295, 290, 360, 320])
        return {"Fm": made}

    source = attacks.saved(attacks.document(attacks.SHOWN + b"/Fm Do\n", XObject=forms), tmp_path / "in.pdf")
    _, report, builder = built_and_checked(source, attacks.PLAN, tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}


def test_a_letter_that_hangs_far_from_its_line_goes_when_the_reader_sees_it_under_the_box(tmp_path: Path) -> None:
    """As the large brackets of formulas do: our measure of a letter says nothing of where its ink is."""
    pdf = attacks.document(b"BT /F1 12 Tf 200 760 Td (X) Tj ET\n" + attacks.SHOWN)
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    plan = Plan((Item(0, (attacks.BOX,), "5.1.2e"),))
    builder = Builder(source, plan, tmp_path, width_defence=False, password=None, images={})
    page, resources = builder.pdf.pages[0], builder.pdf.pages[0].obj["/Resources"]
    far = np.array([[200.0, 760.0]])
    orders = Orders([attacks.BOX], PAGE, under=far)
    outcome = builder.editor.edit_page(page, resources, orders, whole=True)
    shown = b"".join(bytes(s) for i in outcome.instructions or [] if str(i.operator) == "TJ" for s in i.operands[0])
    builder.close()
    assert b"X" not in shown and attacks.SECRET.encode() not in shown
    assert outcome.removed == len(attacks.SECRET) + 1


def test_what_the_reader_sees_under_a_box_is_told_by_the_middle_of_its_own_box(tmp_path: Path) -> None:
    rows = np.array([[10.0, 90.0, 10.0, 0.0, 20.0, 20.0], [10.0, 10.0, 10.0, 60.0, 20.0, 80.0]])
    assert drawn_under(rows, [(0.0, 0.0, 30.0, 30.0)]).tolist() == [[10.0, 90.0]]
    assert not len(drawn_under(rows, []))


@pytest.mark.parametrize("program", ["/FontFile2", "/FontFile3"])
def test_a_glyph_without_outline_says_nothing_whatever_it_is_called(program: str) -> None:
    pdf = pikepdf.new()
    data = truetype() if program == "/FontFile2" else compact_with_blank()
    descriptor = Dictionary(Type=Name.FontDescriptor, Flags=4)
    descriptor[program] = pdf.make_indirect(Stream(pdf, data, Subtype=Name.Type1C))
    source = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, FontDescriptor=pdf.make_indirect(descriptor), FirstChar=0,
        Widths=Array([250, 250]), Encoding=Dictionary(Differences=Array([0, Name("/Z"), Name("/X")])),
    )  # fmt: skip
    blanks, font = Blanks(), read_font(source)
    assert blanks.shows_nothing(font, b"\0") == (program == "/FontFile3")
    assert not blanks.shows_nothing(font, b"\1")


def compact_with_blank() -> bytes:
    """A compact program in which Z has no outline."""
    made = shrink_cff(compact(), lambda top: {"X"})
    assert made is not None
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(made), None)
    top = fonts[fonts.fontNames[0]]
    empty = next(name for name in top.charset if name not in ("X", ".notdef"))
    top.charset = ["Z" if name == empty else name for name in top.charset]
    top.CharStrings.charStrings = {
        "Z" if name == empty else name: place for name, place in top.CharStrings.charStrings.items()
    }
    buffer = io.BytesIO()
    fonts.compile(buffer, TTFont(recalcBBoxes=False))
    return buffer.getvalue()
