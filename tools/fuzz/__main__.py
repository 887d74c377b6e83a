"""`python -m tools.fuzz [-max_total_time=600] [CORPUS]`: random bytes as operators, CMaps, widths and image files.

Install atheris (Apache-2.0) in an environment apart and put it on PYTHONPATH. An error that the builder does not know
ends the run, and the bytes that caused it are written to a file `crash-…`.
"""
from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(include=["redaction"]):
    import pikepdf
    from pikepdf import Array, Dictionary, Name, Stream

    from redaction.pdf.cleaning import clean_document
    from redaction.pdf.content import NotUnderstood
    from redaction.pdf.editor import ContentEditor, Orders
    from redaction.pdf.fonts import read_font
    from redaction.pdf.hidden_words import HiddenWords
    from redaction.pdf.images import strip_metadata
    from redaction.pdf.layers import Layers
    from redaction.pdf.unseen import drop_unseen
    from tests.unit.pdf.test_fuzz import FORESEEN, VISIBLE, page_of

BOXES = [(190.0, 690.0, 280.0, 716.0), (60.0, 80.0, 300.0, 120.0)]
HIDDEN = HiddenWords(["Zwartkruis"], ["Behandeld door Zwartkruis"])


def operators(data: bytes) -> None:
    """Bytes as the content of a page, with and without the width defence."""
    with page_of(data) as pdf:
        page = pdf.pages[0]
        orders = Orders(BOXES, VISIBLE, width_defence=bool(data[-1:] > b"\x7f"))
        outcome = ContentEditor(pdf, Layers(pdf)).edit_page(page, page.obj["/Resources"], orders, whole=True)
        body = pikepdf.unparse_content_stream(outcome.instructions or [])
        page.obj["/Contents"] = pdf.make_indirect(Stream(pdf, body))


def whole_page(data: bytes) -> None:
    """Bytes as content that is cleaned of what no reader sees."""
    with page_of(data) as pdf:
        drop_unseen(pdf, HIDDEN)
        clean_document(pdf, HIDDEN, lambda index: "Behandeld door")


def font(data: bytes) -> None:
    """Bytes as a CMap and as codes in a font of one of three kinds."""
    with pikepdf.new() as pdf:
        kind = ("Type1", "Type0", "Type3")[data[0] % 3] if data else "Type0"
        table = pdf.make_indirect(Stream(pdf, data))
        below = Dictionary(W=Array([1, Array(list(data[:8]))]), DW=500)
        made = Dictionary(
            Type=Name.Font, Subtype=Name(f"/{kind}"), Encoding=table if kind == "Type0" else Name.WinAnsiEncoding,
            ToUnicode=table, DescendantFonts=Array([below]), FirstChar=0, Widths=Array(list(data[:40])),
        )  # fmt: skip
        read = read_font(pdf.make_indirect(made))
        for glyph in read.glyphs(data[-40:]):
            read.unicode_of(glyph[0])


def image(data: bytes) -> None:
    """Bytes as a JPEG or JPEG 2000 file that is stripped."""
    with pikepdf.new() as pdf:
        strip_metadata(Stream(pdf, b"\xff\xd8" + data, Filter=Name.DCTDecode))
        strip_metadata(Stream(pdf, b"\x00\x00\x00\x0cjP  " + data, Filter=Name.JPXDecode))


TARGETS = (operators, operators, whole_page, font, image)


def one(data: bytes) -> None:
    """One input: its first byte chooses what is fuzzed."""
    try:
        TARGETS[(data[0] if data else 0) % len(TARGETS)](data[1:])
    except (*FORESEEN, NotUnderstood):
        return


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
