"""Embedded programs keep the outlines that are shown and lose the others, with their names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from redaction.pdf import redact
from redaction.pdf.fontprograms import cff_names_by_code, shrink_cff, shrink_truetype
from redaction.pdf.fontprune import glyph_names
from redaction.pdf.redact import UNCUT
from redaction.pdf.verification.checks import run_checks
from tests.unit.pdf import attacks
from tests.unit.pdf.programs import (
    compact,
    drawn,
    truetype,
    with_program,
    wrapped,
)


def test_a_program_that_is_none_cannot_be_cut() -> None:
    assert shrink_truetype(b"geen lettertype", {1}) is None
    assert shrink_cff(b"geen lettertype", cff_names_by_code({65}, {})) is None


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


@pytest.mark.parametrize(
    ("table", "code", "name"),
    [("MacRoman", 0xDE, "fi"), ("MacRoman", 0xDF, "fl"), ("WinAnsi", 0xAD, "hyphen"), ("WinAnsi", 0xB2, "twosuperior")],
)
def test_codes_of_a_predefined_table_call_letters_by_their_standard_names(table: str, code: int, name: str) -> None:
    """The Adobe Glyph List of fontTools has no ligatures: a font that was cut lost its fi."""
    base = Name(f"/{table}Encoding")
    assert glyph_names(base)[code] == name
    assert glyph_names(Dictionary(BaseEncoding=base, Differences=Array([65, Name.Q])))[code] == name


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
