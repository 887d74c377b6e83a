"""Fonts lose what nothing shows any more, however their writer numbered the letters."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from redaction.pdf.cmaps import to_unicode
from redaction.pdf.fontprune import prune_fonts


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
