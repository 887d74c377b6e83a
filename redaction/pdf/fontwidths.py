"""Widths of a simple font that gives none of its own: PDFium lays its codes out, and we look where the pen ends."""

from __future__ import annotations

import functools
import io

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Dictionary, Name, Stream

from redaction.pdf.characters import read_characters
from redaction.pdf.pdfium import LOCK

SIZE, STEP = 10, 50
"""Font size and distance between the lines of the sheet on which codes are laid out, one a line."""
WIDE = 500
USUAL = 500.0
KEYS = ("/Type", "/Subtype", "/BaseFont", "/FirstChar", "/LastChar", "/Encoding", "/FontDescriptor")


def measured_widths(source: Dictionary) -> list[float]:
    """Width of each code in thousandths of an em."""
    with pikepdf.new() as pdf:
        own = pdf.copy_foreign(source) if source.is_indirect else source
        font = Dictionary({key: own[key] for key in KEYS if key in own})
        mark = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier, Encoding=Name.WinAnsiEncoding)
        page = pdf.add_blank_page(page_size=(WIDE, 257 * STEP))
        page.obj["/Resources"] = Dictionary(Font=Dictionary(F=pdf.make_indirect(font), M=pdf.make_indirect(mark)))
        page.obj["/Contents"] = Stream(pdf, "\n".join(map(_line, range(256))).encode())
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True)
    return list(_pen_ends(buffer.getvalue()))


def _line(code: int) -> str:
    """The code and after it a mark in a font of which every letter is known."""
    return f"BT 1 0 0 1 0 {(code + 1) * STEP} Tm /F {SIZE} Tf <{code:02x}> Tj /M {SIZE} Tf (|) Tj ET"


@functools.lru_cache(maxsize=256)
def _pen_ends(sheet: bytes) -> tuple[float, ...]:
    """Where the mark stands on each line of the sheet, in thousandths of an em."""
    widths = [USUAL] * 256
    with LOCK:
        document = pdfium.PdfDocument(sheet)
        try:
            textpage = document[0].get_textpage()
            found = read_characters(textpage, origins=True)
        finally:
            document.close()
    ends: dict[int, float] = {}
    for x, y in found.origins.tolist():
        code = round(y / STEP) - 1
        ends[code] = max(x, ends.get(code, 0.0))
    for code, end in ends.items():
        if 0 <= code < 256:
            widths[code] = float(round(end * 1000 / SIZE))
    return tuple(widths)
