"""Fonts lose what nothing shows any more, however their writer numbered the letters."""

from __future__ import annotations

import pikepdf
import pytest
from fontTools.misc.eexec import decrypt
from pikepdf import Array, Dictionary, Name, Stream

from redaction.pdf.cmaps import to_unicode
from redaction.pdf.fontprune import prune_fonts
from redaction.pdf.fonts import read_font
from tests.unit.pdf.test_type1 import LETTERS, coded, program


def font_with(code: int, letter: str) -> set[bytes]:
    """Codes that the table of a touched font still names, when only its letter 1 is shown."""
    rows = f"<01> <0061> <{code:02x}> <{ord(letter):04x}>"
    table = f"1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar {rows} endbfchar"
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/AAAAAA+Eigen"), FirstChar=0, LastChar=64,
                Widths=Array([500] * 65), ToUnicode=Stream(pdf, table.encode()),
            )
        )  # fmt: skip
        page = pdf.add_blank_page(page_size=(200, 200)).obj
        page["/Resources"] = Dictionary(Font=Dictionary(F1=font))
        page["/Contents"] = Stream(pdf, b"BT /F1 12 Tf <01> Tj ET")
        prune_fonts(pdf, {font.objgen})
        return set(to_unicode(font.ToUnicode))


@pytest.mark.parametrize(("code", "letter", "stays"), [(0x20, "4", False), (0x20, " ", True), (0x21, "4", False)])
def test_a_letter_that_is_numbered_as_a_space_is_no_space(code: int, letter: str, stays: bool) -> None:
    assert (bytes((code,)) in font_with(code, letter)) is stays


def test_fonts_that_share_a_program_keep_the_letters_of_each() -> None:
    with pikepdf.new() as pdf:
        descriptor = pdf.make_indirect(Dictionary(Type=Name.FontDescriptor, FontName=Name("/AAAAAA+Eigen")))
        descriptor["/FontFile"] = Stream(pdf, program())
        fonts = Dictionary()
        for key, letter in (("/F1", "/A"), ("/F2", "/B")):
            fonts[key] = pdf.make_indirect(
                Dictionary(
                    Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/AAAAAA+Eigen"), FontDescriptor=descriptor,
                    FirstChar=1, Widths=Array([500]), Encoding=Dictionary(Differences=Array([1, Name(letter)])),
                )
            )  # fmt: skip
        page = pdf.add_blank_page(page_size=(200, 200)).obj
        page["/Resources"] = Dictionary(Font=fonts)
        page["/Contents"] = Stream(pdf, b"BT /F1 12 Tf <01> Tj /F2 12 Tf <01> Tj ET")
        assert prune_fonts(pdf, {fonts["/F1"].objgen}) == set()
        clear, secret = int(descriptor.FontFile.Length1), int(descriptor.FontFile.Length2)
        plain, _ = decrypt(descriptor.FontFile.read_bytes()[clear : clear + secret], 55665)
    assert all(coded(LETTERS[letter]) in plain for letter in "AB")


def test_letters_of_procedures_are_as_high_as_they_are_drawn_whatever_size_is_asked() -> None:
    """Converters of print streams ask for 50 points, and shrink the letters again in the matrix of the font."""
    pdf = pikepdf.new()
    drawn = {"/a": Stream(pdf, b"26 0 2 -10 23 25 d1"), "/b": Stream(pdf, b"30 0 2 -1 28 33 d1")}
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 0, 0]), FontMatrix=Array([0.004, 0, 0, 0.004, 0, 0]),
        CharProcs=Dictionary(drawn), Encoding=Dictionary(Differences=Array([97, Name.a, Name.b])), FirstChar=97,
        LastChar=98, Widths=Array([26, 30]),
    )  # fmt: skip
    assert read_font(font).em == pytest.approx(43 * 0.004 / 0.95)
    font["/CharProcs"] = Dictionary()
    assert read_font(font).em == 1.0
