"""Filled form fields without a look of their own: drawn as a viewer shows them, and never what must go."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops

from redaction.pdf import Item, Plan, normalise, read_pages, redact, render_page
from tests.unit.pdf import attacks

LINES = "Een lange regel die doorloopt tot over de rand\ntweede regel"


def form(*, anew: bool, value: str = LINES) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 300))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page.obj["/Resources"] = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    page.obj["/Contents"] = pikepdf.Stream(pdf, b"BT /F1 12 Tf 20 30 Td (Behandeld door Zwartkruis zelf) Tj ET")

    def widget(rect: list[int], **entries: object) -> pikepdf.Object:
        made = Dictionary(Type=Name.Annot, Subtype=Name.Widget, F=4, Rect=Array(rect), **entries)
        made["/DA"] = String("/Helv 11 Tf 0 g")
        return pdf.make_indirect(made)

    fields = Array([
        widget([20, 200, 180, 260], FT=Name.Tx, Ff=4096, T=String("a"), V=String(value)),
        widget([20, 150, 180, 170], FT=Name.Tx, T=String("b"), V=String("Akkoord")),
    ])  # fmt: skip
    page.obj["/Annots"] = fields
    pdf.Root["/AcroForm"] = Dictionary(Fields=fields, DR=Dictionary(Font=Dictionary(Helv=pdf.make_indirect(font))))
    if anew:
        pdf.Root.AcroForm["/NeedAppearances"] = True
    return pdf


def as_a_viewer_shows(path: Path) -> Image.Image:
    with pdfium.PdfDocument(str(path)) as document:
        document.init_forms()
        picture: Image.Image = document[0].render(scale=1).to_pil().convert("RGB")
        return picture


@pytest.mark.parametrize("anew", [True, False])
def test_a_filled_field_is_drawn_as_a_viewer_shows_it(anew: bool, tmp_path: Path) -> None:
    source = attacks.saved(form(anew=anew), tmp_path / "in.pdf")
    normalise(source, tmp_path / "normal.pdf")
    words = [w.text for w in next(read_pages(tmp_path / "normal.pdf")).words]
    assert {"doorloopt", "tweede", "Akkoord"} <= set(words)
    difference = ImageChops.difference(as_a_viewer_shows(source), render_page(tmp_path / "normal.pdf", 0, 72))
    counts = difference.convert("L").histogram()
    assert sum(counts[64:]) < 0.001 * sum(counts)


def test_a_filled_field_is_not_lost_when_a_file_is_redacted_without_normalising(tmp_path: Path) -> None:
    source = attacks.saved(form(anew=False), tmp_path / "in.pdf")
    word = next(w for w in next(read_pages(source)).words if w.text == attacks.SECRET)
    redact(source, Plan((Item(0, (word.box,), "5.1.2e"),)), tmp_path / "out.pdf")
    words = [w.text for w in next(read_pages(tmp_path / "out.pdf")).words]
    assert {"doorloopt", "tweede", "Akkoord"} <= set(words)


@pytest.mark.parametrize("anew", [True, False])
def test_a_field_that_holds_what_must_go_stays_empty(anew: bool, tmp_path: Path) -> None:
    source = attacks.saved(form(anew=anew, value=f"van {attacks.SECRET}"), tmp_path / "in.pdf")
    word = next(w for w in next(read_pages(source)).words if w.text == attacks.SECRET)
    report = redact(source, Plan((Item(0, (word.box,), "5.1.2e"),)), tmp_path / "out.pdf")
    words = [w.text for w in next(read_pages(tmp_path / "out.pdf")).words]
    assert "Akkoord" in words and attacks.SECRET not in words
    assert any("veld" in note for note in report.notes)
