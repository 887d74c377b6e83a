"""PDFs: attachments come out, scans get text where they have none, and what cannot be read says why."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from woo.gather import Converted, SourceItem, Unusable, convert, gather, tools_report

Reader = Callable[[Path], str]
SHARED = Path(__file__).parents[4] / "shared" / "data" / "pdf"


def text_pdf(*pages: str, password: str = "") -> bytes:
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=A4)
    for page in pages:
        sheet.drawString(72, 700, page)
        sheet.showPage()
    sheet.save()
    with pikepdf.open(io.BytesIO(buffer.getvalue())) as pdf:
        pdf.docinfo["/CreationDate"] = "D:20260507101500+02'00'"
        del pdf.docinfo["/ModDate"]
        result = io.BytesIO()
        pdf.save(result, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)
    return result.getvalue()


def test_a_pdf_keeps_its_text_pages_and_date(tmp_path: Path, text_of: Reader) -> None:
    data = text_pdf("een regel tekst op de eerste bladzijde", "twee")
    outcome = convert(SourceItem("map/Besluit.PDF", data), tmp_path)
    assert isinstance(outcome, Converted)
    assert (outcome.kind, outcome.title, outcome.pages, outcome.date) == ("pdf", "Besluit", 2, date(2026, 5, 7))
    assert "een regel tekst" in text_of(outcome.pdf) and outcome.todo == ()
    assert "Besluit" not in outcome.pdf.name


def test_files_inside_a_pdf_come_out(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(text_pdf("een regel tekst"))) as pdf:
        pdf.attachments["bijlage.txt"] = pikepdf.AttachedFileSpec(pdf, b"verstopte tekst", filename="bijlage.txt")
        pdf.save(buffer)
    source = tmp_path / "a.pdf"
    source.write_bytes(buffer.getvalue())
    seen = {item.path: outcome for item, outcome in gather(source, tmp_path)}
    assert list(seen) == ["a.pdf", "a.pdf!/bijlage.txt"]
    assert all(isinstance(outcome, Converted) for outcome in seen.values())


def test_the_reviewer_is_told_what_did_not_come_along(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(text_pdf("een regel tekst"))) as pdf:
        note = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Text, "/Contents": "mening van de steller"}
        note["/Rect"] = pikepdf.Array([9, 9, 29, 29])
        pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(note))])
        pdf.save(buffer)
    outcome = convert(SourceItem("a.pdf", buffer.getvalue()), tmp_path)
    assert isinstance(outcome, Converted)
    assert outcome.notes == (
        "De tekst van een opmerking staat niet op de pagina zelf, en is weggelaten. (pagina 1)",
    )


@pytest.mark.parametrize(("data", "reason"), [
    (text_pdf("geheim", password="x"), "password"), (b"%PDF-1.7\nkapot", "broken"), (b"", "empty"),
    (text_pdf(*["bladzijde met tekst"] * 3)[:1200], "broken"),
])
def test_a_pdf_that_cannot_be_read_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    outcome = convert(SourceItem("a.pdf", data), tmp_path)
    assert isinstance(outcome, Unusable) and outcome.reason == reason
    assert outcome.message.endswith(".") and "bewaard" in outcome.message


def test_a_renamed_pdf_is_found_by_its_content(tmp_path: Path) -> None:
    outcome = convert(SourceItem("rapport.docx", text_pdf("een regel tekst op de bladzijde")), tmp_path)
    assert isinstance(outcome, Converted) and outcome.kind == "pdf"
    assert any("past niet bij de inhoud" in note for note in outcome.notes)


@pytest.mark.ocr
def test_a_scan_gets_a_text_layer_and_other_pages_stay_as_they_are(
    tmp_path: Path, scan: bytes, text_of: Reader
) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(text_pdf("een gewone bladzijde met tekst"))) as pdf, \
            pikepdf.open(io.BytesIO(scan)) as picture:
        pdf.pages.extend(picture.pages)
        pdf.save(buffer)
    outcome = convert(SourceItem("a.pdf", buffer.getvalue()), tmp_path)
    assert isinstance(outcome, Converted) and outcome.todo == () and outcome.pages == 2
    text = text_of(outcome.pdf)
    assert "mevrouw Jansen" in text and "7 mei gesloten" in text
    assert text.count("een gewone bladzijde met tekst") == 1
    assert outcome.notes == ("1 pagina('s) zijn met OCR gelezen; daar zitten leesfouten in.",)


@pytest.mark.ocr
def test_a_scan_without_words_is_a_to_do(tmp_path: Path) -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (800, 1100), "white").save(buffer, "PDF")
    outcome = convert(SourceItem("a.pdf", buffer.getvalue()), tmp_path)
    assert isinstance(outcome, Converted) and [todo.reason for todo in outcome.todo] == ["no_text"]


def test_without_tesseract_a_scan_is_kept_with_a_to_do(
    tmp_path: Path, scan: bytes, monkeypatch: pytest.MonkeyPatch, bare_path: str
) -> None:
    monkeypatch.setenv("PATH", bare_path)
    outcome = convert(SourceItem("a.pdf", scan), tmp_path)
    assert isinstance(outcome, Converted) and outcome.pages == 1
    assert outcome.notes == ("geen tekst: OCR is niet geïnstalleerd",)
    assert [todo.reason for todo in outcome.todo] == ["no_text"]


def test_missing_programs_are_reported_with_what_to_install(monkeypatch: pytest.MonkeyPatch, bare_path: str) -> None:
    monkeypatch.setenv("PATH", bare_path)
    report = {tool.name: tool for tool in tools_report()}
    assert set(report) == {"soffice", "tesseract", "pdftotext"}
    assert not any(tool.found for tool in report.values())
    assert "tesseract-ocr-nld" in report["tesseract"].message


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared collection of PDFs is not beside the project")
def test_no_pdf_of_the_collection_breaks_the_converter(tmp_path: Path) -> None:
    for source in sorted(SHARED.glob("*.pdf")):
        outcome = convert(SourceItem(source.name, source), tmp_path)
        assert isinstance(outcome, Converted | Unusable), source.name
        if isinstance(outcome, Converted):
            with pikepdf.open(outcome.pdf) as pdf:
                assert len(pdf.pages) == outcome.pages, source.name
