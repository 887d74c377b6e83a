"""Filled form fields without a look of their own: drawn as a viewer shows them, and never what must go."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageChops

from redaction.pdf import Item, Plan, normalise, read_pages, redact, render_page
from redaction.pdf.builder import Builder
from redaction.pdf.fontcensus import FontCensus
from redaction.pdf.verification.checks import run_checks
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


def as_a_program_shows(path: Path) -> Image.Image:
    """Without a form environment: PDFium then draws no fields."""
    with pdfium.PdfDocument(str(path)) as document:
        picture: Image.Image = document[0].render(scale=1).to_pil().convert("RGB")
        return picture


def plan_for(source: Path, text: str = attacks.SECRET) -> Plan:
    word = next(w for w in next(read_pages(source)).words if w.text == text)
    return Plan((Item(0, (word.box,), ""),))


def same_outside(source: Path, made: Path, plan: Plan) -> bool:
    found = True
    for show in (as_a_program_shows, as_a_viewer_shows):
        before, after = show(source), show(made)
        _, y0, _, y1 = plan.items[0].boxes[0]
        for picture in (before, after):
            picture.paste((0, 0, 0), (0, 298 - int(y1), 300, 302 - int(y0)))
        found &= ImageChops.difference(before, after).getbbox() is None
    return found


@pytest.mark.parametrize("defence", [True, False])
def test_a_field_away_from_the_boxes_looks_to_every_reader_as_it_did(defence: bool, tmp_path: Path) -> None:
    source = attacks.saved(form(anew=False), tmp_path / "in.pdf")
    plan = plan_for(source, "zelf")
    redact(source, plan, tmp_path / "out.pdf", width_defence=defence)
    assert same_outside(source, tmp_path / "out.pdf", plan)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        fields = list(pdf.pages[0].obj.Annots)
        assert len(fields) == len(pdf.Root.AcroForm.Fields) == 2
        assert not any(key in f for f in fields for key in ("/V", "/DA", "/Opt", "/MK", "/A", "/AA"))
        assert {str(f.T) for f in fields} == {"veld 1", "veld 2"} and all(f.Ff == 65537 for f in fields)


def test_a_field_under_a_box_becomes_part_of_the_page_without_what_the_box_covers(tmp_path: Path) -> None:
    source = attacks.saved(form(anew=False), tmp_path / "in.pdf")
    redact(source, Plan((Item(0, ((20.0, 150.0, 180.0, 170.0),), "5.1.2e"),)), tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert len(pdf.pages[0].obj.Annots) == 1
    assert b"Akkoord" not in (tmp_path / "out.pdf").read_bytes()


def test_a_field_on_a_page_that_becomes_an_image_stays_above_it(tmp_path: Path) -> None:
    source = attacks.saved(form(anew=False), tmp_path / "in.pdf")
    builder = Builder(source, plan_for(source), tmp_path, width_defence=False, password=None, images={0: "test"})
    builder.build(tmp_path / "out.pdf")
    builder.close()
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert len(pdf.pages[0].obj.Annots) == 2


def test_a_field_that_looks_like_what_must_go_is_reported_where_it_stays(tmp_path: Path) -> None:
    source = attacks.saved(form(anew=False), tmp_path / "in.pdf")
    plan = plan_for(source)
    redact(source, plan, tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert not run_checks(source, tmp_path / "out.pdf", plan).findings
        look = pdf.pages[0].obj.Annots[0].AP.N
        look.write(look.read_bytes().replace(b"tweede", attacks.SECRET.encode()))
        pdf.save(tmp_path / "worse.pdf")
    found = run_checks(source, tmp_path / "worse.pdf", plan).findings
    assert any("geen pagina" in f.message for f in found)


@pytest.mark.parametrize("anew", [True, False])
def test_a_field_that_holds_what_must_go_stays_empty(anew: bool, tmp_path: Path) -> None:
    source = attacks.saved(form(anew=anew, value=f"van {attacks.SECRET}"), tmp_path / "in.pdf")
    word = next(w for w in next(read_pages(source)).words if w.text == attacks.SECRET)
    report = redact(source, Plan((Item(0, (word.box,), "5.1.2e"),)), tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        pdf.flatten_annotations()
        attacks.saved(pdf, tmp_path / "flat.pdf")
    words = [w.text for w in next(read_pages(tmp_path / "flat.pdf")).words]
    assert "Akkoord" in words and attacks.SECRET not in words
    assert any("veld" in note for note in report.notes)


def test_letters_that_only_a_field_shows_count_as_shown() -> None:
    with form(anew=False) as pdf:
        font = pdf.pages[0].obj.Resources.Font.F1
        look = Stream(pdf, b"BT /F1 12 Tf (qx) Tj ET", Resources=Dictionary(Font=Dictionary(F1=font)))
        pdf.pages[0].obj.Annots[0].AP = Dictionary(N=pdf.make_indirect(look))
        census = FontCensus(pdf)
        census.count()
        assert {b"q", b"x"} <= census.used[font.objgen]
