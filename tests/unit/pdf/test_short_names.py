"""A surname of four letters stands in a file by chance more often than a long one; it may hide nowhere all the same."""
from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from redaction.pdf.hidden_words import HiddenWords
from redaction.pdf.plan import Item, Plan
from redaction.pdf.verification.checks import run_checks
from redaction.pdf.verification.operands import check_operands
from tests.unit.pdf import attacks
from tests.unit.pdf.attacks.names import painted
from tests.unit.pdf.attacks.pictures import photo
from tests.unit.pdf.attacks.programs import profile, set_in, truetype
from tests.unit.pdf.test_attacks import build, inflated

pytestmark = pytest.mark.slow

NAME = "Bakx"
BLANK = b"BT /F1 12 Tf 200 700 Td (....) Tj ET\n"


def with_body(body: bytes) -> pikepdf.Pdf:
    return attacks.document(BLANK + body)


def with_image(data: bytes, kind: str, **entries: Any) -> pikepdf.Pdf:
    def image(pdf: pikepdf.Pdf) -> dict[str, Any]:
        made = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Image, Width=64, Height=64, **entries)
        made.write(data, filter=Array([Name(kind)]))
        return {"Im": pdf.make_indirect(made)}

    return attacks.document(BLANK + b"q 100 0 0 100 72 300 cm /Im Do Q\n", XObject=image)


def saved_photo(kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    photo().save(buffer, kind, **options)
    return buffer.getvalue()


def exif() -> bytes:
    found = Image.Exif()
    found[0x013B] = NAME
    return found.tobytes()


def in_profile() -> pikepdf.Pdf:
    def space(pdf: pikepdf.Pdf) -> Dictionary:
        stream = pdf.make_indirect(Stream(pdf, profile(f"scherm van {NAME}", b"mluc"), N=3))
        return Dictionary(R0=Array([Name.ICCBased, stream]))

    return painted(False, ColorSpace=space)


def glyph_within_a_glyph() -> pikepdf.Pdf:
    """A letter in the box that is drawn by a letter of another font, which writes the name."""

    def font(pdf: pikepdf.Pdf, body: bytes, inner: Any) -> Any:
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 4000, 1000]), FirstChar=97, LastChar=97,
                FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), Widths=Array([4000]), Resources=Dictionary(Font=inner),
                CharProcs=Dictionary(a=pdf.make_indirect(Stream(pdf, b"4000 0 d0 " + body))),
                Encoding=Dictionary(Differences=Array([97, Name("/a")])),
            )
        )  # fmt: skip

    pdf = with_body(b"BT /F4 12 Tf 200 700 Td (a) Tj ET\n")
    fonts = pdf.pages[0].obj.Resources.Font
    below = font(pdf, f"BT /F1 1000 Tf ({NAME}) Tj ET".encode(), Dictionary(F1=fonts.F1))
    fonts["/F4"] = font(pdf, b"BT /F3 1000 Tf (a) Tj ET", Dictionary(F3=below))
    return pdf


def named_destination() -> pikepdf.Pdf:
    pdf = with_body(b"")
    pdf.Root["/Dests"] = Dictionary({f"/{NAME}": Array([pdf.pages[0].obj, Name.Fit])})
    return pdf


def spare(kind: str, **entries: Any) -> pikepdf.Pdf:
    """A form or pattern in the resources that no page draws."""
    pdf = with_body(b"")
    body = b"BT /F1 9 Tf 5 5 Td [(B) -20 (ak) 10 (x)] TJ ET"
    made = Stream(pdf, body, BBox=Array([0, 0, 90, 90]), **entries)
    resources = pdf.pages[0].obj.Resources
    made["/Resources"] = Dictionary(Font=resources.Font)
    resources[f"/{kind}"] = Dictionary(Reserve=pdf.make_indirect(made))
    return pdf


def spare_glyph() -> pikepdf.Pdf:
    """A letter b that writes the name, in a font of which the text shows the letter a alone."""
    pdf = with_body(b"BT /F3 12 Tf 72 400 Td (a) Tj ET\n")
    fonts = pdf.pages[0].obj.Resources.Font
    bodies = {"/a": b"500 0 0 0 500 500 d1 0 0 500 500 re f", "/b": f"500 0 d0 BT /F1 9 Tf ({NAME}) Tj ET".encode()}
    fonts["/F3"] = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 500, 500]), FirstChar=97, LastChar=98,
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), Widths=Array([500, 500]),
            Resources=Dictionary(Font=Dictionary(F1=fonts.F1)),
            CharProcs=Dictionary({k: pdf.make_indirect(Stream(pdf, body)) for k, body in bodies.items()}),
            Encoding=Dictionary(Differences=Array([97, Name("/a"), Name("/b")])),
        )
    )  # fmt: skip
    return pdf


def jpeg_with_profile() -> pikepdf.Pdf:
    return with_image(saved_photo("JPEG", icc_profile=profile(f"scherm van {NAME}", b"mluc")), "/DCTDecode", **JPEG)


def wide_comment() -> pikepdf.Pdf:
    body = b"% " + NAME.encode("utf-16-be") + b"\n0.5 g 72 300 40 40 re f\n"
    return attacks.document(BLANK + b"/Fm Do\n", XObject=lambda pdf: {"Fm": attacks.form(pdf, body)})


def table_in_a_font(tag: str) -> Callable[[], bytes]:
    def program() -> bytes:
        with TTFont(io.BytesIO(truetype())) as font:
            font[tag] = DefaultTable(tag)
            font[tag].data = b"\0\1" + NAME.encode("utf-16-be") + b"\0\1"
            buffer = io.BytesIO()
            font.save(buffer)
        return buffer.getvalue()

    return program


def linked(address: str) -> pikepdf.Pdf:
    pdf = with_body(b"")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([72, 300, 90, 310]))
    link["/A"] = Dictionary(S=Name.URI, URI=pikepdf.String(address))
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(link)])
    return pdf


CODED = f"{NAME.lower()}@gemeente.nl".encode()
PATTERN = {"Type": Name.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 90, "YStep": 90}
JPEG = {"ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8}
PLACES: dict[str, Callable[[], pikepdf.Pdf]] = {
    "mark_entry": lambda: with_body(f"/Artifact <</Type /Pagination /Naam ({NAME})>> BDC q Q EMC\n".encode()),
    "mark_key": lambda: with_body(f"/Span <</{NAME} 1>> BDC q Q EMC\n".encode()),
    "mark_point": lambda: with_body(f"/{NAME} MP\n".encode()),
    "mark_in_hexadecimal": lambda: with_body(f"/Span <</Naam <{NAME.encode().hex()}>>> BDC q Q EMC\n".encode()),
    "names_of_a_font": lambda: set_in("FontFile2", lambda: truetype(copyright=f"(c) {NAME}"))(False),
    "profile": in_profile,
    "jpeg_exif": lambda: with_image(saved_photo("JPEG", exif=exif()), "/DCTDecode", **JPEG),
    "jpeg_comment": lambda: with_image(saved_photo("JPEG", comment=NAME.encode()), "/DCTDecode", **JPEG),
    "jpeg_tail": lambda: with_image(saved_photo("JPEG") + NAME.encode(), "/DCTDecode", **JPEG),
    "picture_behind_a_jpeg": lambda: with_image(
        saved_photo("JPEG") + saved_photo("JPEG", comment=NAME.encode()), "/DCTDecode", **JPEG
    ),
    "jpx_comment": lambda: with_image(saved_photo("JPEG2000", comment=NAME), "/JPXDecode"),
    "jpeg_profile": jpeg_with_profile,
    "spare_form": lambda: spare("XObject", Type=Name.XObject, Subtype=Name.Form),
    "spare_pattern": lambda: spare("Pattern", **PATTERN),
    "spare_glyph": spare_glyph,
    "old_destination": named_destination,
    "wide_comment_in_a_form": wide_comment,
    "letters_in_operators_of_nobody": lambda: with_body(" ".join(f"({c}) zz" for c in NAME).encode()),
    "comment_behind_the_scan_of_a_jpeg": lambda: with_image(
        saved_photo("JPEG")[:-2] + b"\xff\xfe\0\6" + NAME.encode() + b"\xff\xd9", "/DCTDecode", **JPEG
    ),
    "table_of_a_font_that_draws_nothing": lambda: set_in("FontFile2", table_in_a_font("Hoi "))(False),
    "end_of_a_font_program": lambda: set_in("FontFile2", lambda: truetype() + NAME.encode())(False),
    "address_in_base64": lambda: linked("https://x.nl/?u=" + base64.urlsafe_b64encode(CODED).decode()),
    "address_in_digits": lambda: linked("https://x.nl/?u=" + CODED.hex()),
}  # fmt: skip


@pytest.mark.parametrize("place", sorted(PLACES))
def test_a_short_name_is_reported_when_left_and_gone_after_redaction(place: str, tmp_path: Path) -> None:
    pdf = PLACES[place]()
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    plan = Plan((Item(0, (attacks.BOX,), "5.1.2e", NAME),), gone_everywhere=True)
    clean = attacks.saved(with_body(b""), tmp_path / "clean.pdf")
    usual = {f.channel for f in run_checks(clean, clean, plan).findings}
    assert {f.channel for f in run_checks(source, source, plan).findings} - usual
    target, report, _ = build(source, plan, tmp_path)
    assert report.proven, report.findings
    data = inflated(target, tmp_path).lower()
    assert NAME.lower().encode() not in data
    assert NAME.lower().encode("utf-16-be") not in data
    assert set(report.engines.values()) <= {"content"}


def test_a_picture_and_a_mask_that_no_page_draws_are_reported(tmp_path: Path) -> None:
    def mask(pdf: pikepdf.Pdf) -> dict[str, Any]:
        return {"Reserve": Dictionary(SMask=Dictionary(S=Name.Luminosity, G=attacks.form(pdf, b"0 0 9 9 re f")))}

    drawn = with_image(saved_photo("JPEG"), "/DCTDecode", **JPEG)
    plan = Plan((Item(0, (), "5.1.2e"),))
    whole = attacks.saved(drawn, tmp_path / "drawn.pdf")
    assert run_checks(whole, whole, plan).proven
    drawn.pages[0].obj["/Contents"] = drawn.make_stream(BLANK)
    for name, pdf in (("picture", drawn), ("mask", attacks.document(BLANK, ExtGState=mask))):
        source = attacks.saved(pdf, tmp_path / f"{name}.pdf")
        assert not run_checks(source, source, plan).proven
        assert build(source, plan, tmp_path)[1].proven


def test_a_glyph_that_no_text_shows_goes_also_when_no_box_lies_over_text(tmp_path: Path) -> None:
    source = attacks.saved(spare_glyph(), tmp_path / "in.pdf")
    plan = Plan((Item(0, ((400, 400, 450, 420),), "5.1.2e", NAME),), gone_everywhere=True)
    target, report, _ = build(source, plan, tmp_path)
    assert report.proven, report.findings
    assert NAME.encode() not in inflated(target, tmp_path)


def test_a_glyph_that_only_a_removed_glyph_drew_goes_with_it(tmp_path: Path) -> None:
    source = attacks.saved(glyph_within_a_glyph(), tmp_path / "in.pdf")
    target, report, _ = build(source, Plan((Item(0, (attacks.BOX,), "5.1.2e"),)), tmp_path)
    assert report.proven, report.findings
    assert NAME.encode() in inflated(source, tmp_path)
    assert NAME.encode() not in inflated(target, tmp_path)


@pytest.mark.parametrize(
    "tail", [(b"endobj\n", b"endobj\n% Bakx\n"), (b"%PDF-", b"Bakx\n%PDF-")], ids=["between_objects", "before_the_file"]
)
def test_a_short_name_outside_all_objects_is_reported(tail: tuple[bytes, bytes], tmp_path: Path) -> None:
    source = attacks.saved(with_body(b""), tmp_path / "in.pdf")
    plan = Plan((Item(0, (), "5.1.2e", NAME),), gone_everywhere=True)
    assert run_checks(source, source, plan).proven
    leak = tmp_path / "leak.pdf"
    leak.write_bytes(source.read_bytes().replace(*tail, 1))
    assert not run_checks(source, leak, plan).proven


@pytest.mark.parametrize("spelled", ["&#74;&#97;&#110;&#115;&#101;&#110;", "&#x4a;&#x61;&#x6E;sen"])
def test_a_name_in_character_numbers_is_seen(spelled: str) -> None:
    assert HiddenWords(["Jansen"], ()).within(f"<dc:creator>{spelled}</dc:creator>")
    assert not HiddenWords(["Pietersen"], ()).within(spelled)


SPELLED = {
    "escapes_of_scripts": r"https://x.nl/?q=\u0047\u00fc\u006e\u0065\u015f",
    "escapes_of_bytes": r"naam=\x47\xfcne\u015f",
    "numbers": " ".join(str(ord(c)) for c in "Güne"),
    "numbers_with_commas": "(" + ", ".join(str(ord(c)) for c in "Güne") + ")",
    "pairs_of_digits": "Güne".encode().hex(" ").upper(),
    "pairs_of_one_byte_each": "Güne".encode("latin-1").hex(":"),
    "a_domain": "https://xn--gne-hoa.nl/",
    "wide_base64": base64.urlsafe_b64encode("Güne".encode("utf-16-le")).decode(),
}


@pytest.mark.parametrize("way", sorted(SPELLED))
def test_a_name_in_the_notation_of_a_program_is_seen(way: str) -> None:
    assert HiddenWords(["Güneş", "Güne"], ()).within(SPELLED[way])
    assert not HiddenWords(["Pietersen", "Bakx"], ()).within(SPELLED[way])


def test_numbers_and_codes_that_are_no_words_stay(tmp_path: Path) -> None:
    hidden = HiddenWords(["Bakx", "Jansen"], ())
    for text in ("278 278 355 556", "12 34 56 78 90", "06 12 34 56 78", "[1 0 0 1 72 700]", "C:\\users\\x", "xn--"):
        assert not hidden.within(text)


@pytest.mark.parametrize("codec", ["utf-16-be", "utf-16-le", "latin-1"])
def test_a_short_name_in_hexadecimal_text_between_operators_is_seen(codec: str) -> None:
    mark = {"utf-16-be": b"\xfe\xff", "utf-16-le": b"\xff\xfe", "latin-1": b""}[codec]
    pdf = attacks.document(b"/Span <</E <%s>>> BDC EMC" % (mark + "Ngozi".encode(codec)).hex().encode())
    assert check_operands(pdf, HiddenWords(["Ngozi"], ()))
    assert not check_operands(pdf, HiddenWords(["Jansen"], ()))


LONG = "Žofia Kovářová-Güneş"
WAYS = {
    "as an address": "mailto:zofia.kovarova-gunes@gemeente.nl",
    "with a line": "Žofia_Kovářová_Güneş",
    "with another hyphen": "Žofia Kovářová\u2010Güneş",
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_long_name_is_seen_without_accents_and_hyphens(way: str) -> None:
    assert HiddenWords([LONG], ()).within(WAYS[way])
    assert not HiddenWords(["Marijke Verhoeven-Smit"], ()).within(WAYS[way])


CARRIED: dict[str, bytes] = {
    "a comment": b"% " + LONG.encode() + b"\n",
    "a comment of wide letters": b"%" + LONG.encode("utf-16-be") + b"\n",
    "an operand too many": b"(" + LONG.encode() + b") 0.5 g 0 g",
    "a tag": b"/" + b"".join(b"#%02x" % b for b in LONG.replace(" ", "_").encode()) + b" BMC EMC",
    "a mark": b"/Punt <</Naam (" + LONG.encode() + b")>> DP",
}


@pytest.mark.parametrize("place", sorted(CARRIED))
def test_a_long_name_with_accents_is_reported_when_left_and_gone_after_redaction(place: str, tmp_path: Path) -> None:
    source = attacks.saved(with_body(CARRIED[place]), tmp_path / "in.pdf")
    plan = Plan((Item(0, (attacks.BOX,), "5.1.2e", LONG),))
    bare = attacks.saved(with_body(b""), tmp_path / "bare.pdf")
    usual = {f.channel for f in run_checks(bare, bare, plan).findings}
    assert {f.channel for f in run_checks(source, source, plan).findings} - usual
    target, report, _ = build(source, plan, tmp_path)
    assert report.proven, report.findings
    data = inflated(target, tmp_path)
    assert not [form for form in (LONG.encode(), LONG.encode("utf-16-be"), b"Kov#c3") if form in data]


def test_postscript_of_a_function_and_a_map_of_codes_lose_their_comments(tmp_path: Path) -> None:
    def inks(pdf: pikepdf.Pdf) -> dict[str, Any]:
        tint = Stream(pdf, b"{ %" + LONG.encode() + b"\n1 exch sub }", FunctionType=4)
        tint["/Domain"], tint["/Range"] = Array([0, 1]), Array([0, 1])
        return {"Inkt": Array([Name.Separation, Name.Rood, Name.DeviceGray, pdf.make_indirect(tint)])}

    pdf = attacks.document(BLANK + b"/Inkt cs 0.3 scn 72 300 40 40 re f\n", ColorSpace=inks)
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    plan = Plan((Item(0, (attacks.BOX,), "5.1.2e", LONG),))
    assert {"raw"} <= {f.channel for f in run_checks(source, source, plan).findings}
    target, report, _ = build(source, plan, tmp_path)
    assert report.proven, report.findings
    assert LONG.encode() not in inflated(target, tmp_path)
    assert b"1 exch sub" in inflated(target, tmp_path)


def test_the_licence_that_every_font_names_is_no_hidden_word() -> None:
    """In "License see" stands the plural too."""
    assert not HiddenWords((), ["licenses"]).within("released under the GUST Font License -- see the file")
    assert HiddenWords((), ["www.gnu.org/licenses"]).within("http://www.gnu.org/licenses/")
