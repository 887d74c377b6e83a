"""Files that arrive "already redacted": what is still readable under the bars becomes a to-do, with its pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from woo.gather import Converted, SourceItem, Unusable, convert, gather
from woo.gather.sandbox import Limits

Draw = Callable[[canvas.Canvas], None]
LINE = "Het bezwaar van J. de Vries uit Almere is ontvangen op 7 mei."
BAR = (158.0, 696.0, 74.0, 14.0)


def redacted_pdf(*pages: Draw) -> bytes:
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=A4)
    for draw in pages:
        sheet.setFillGray(0)
        sheet.setFont("Helvetica", 12)
        draw(sheet)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def untouched(sheet: canvas.Canvas) -> None:
    sheet.drawString(72, 700, LINE)


def bar_over_text(sheet: canvas.Canvas) -> None:
    sheet.drawString(72, 700, LINE)
    sheet.rect(*BAR, stroke=0, fill=1)


def white_over_text(sheet: canvas.Canvas) -> None:
    sheet.drawString(72, 700, LINE)
    sheet.setFillGray(1)
    sheet.rect(*BAR, stroke=0, fill=1)


def see_through_bar(sheet: canvas.Canvas) -> None:
    sheet.drawString(72, 700, LINE)
    sheet.setFillAlpha(0.6)
    sheet.rect(*BAR, stroke=0, fill=1)


def bar_without_text(sheet: canvas.Canvas) -> None:
    sheet.drawString(72, 700, "Het bezwaar van")
    sheet.drawString(236, 700, "uit Almere is ontvangen op 7 mei.")
    sheet.rect(160, 696, 72, 14, stroke=0, fill=1)


def thick_line_over_text(sheet: canvas.Canvas) -> None:
    sheet.drawString(72, 700, LINE)
    sheet.setLineWidth(14)
    sheet.line(158, 703, 232, 703)


def with_annotation(data: bytes, **entries: object) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        x, y, width, height = BAR
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=pikepdf.Array([x, y, x + width, y + height]))
        for key, value in entries.items():
            note[f"/{key}"] = value
        pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(note)])
        pdf.save(buffer)
    return buffer.getvalue()


def told(data: bytes, folder: Path) -> list[str]:
    outcome = convert(SourceItem("aangeleverd.pdf", data), folder)
    assert isinstance(outcome, Converted)
    return [todo.message for todo in outcome.todo if todo.reason == "already_redacted"]


@pytest.mark.parametrize(
    ("draw", "what"),
    [
        (bar_over_text, "Onder een zwart vlak"),
        (thick_line_over_text, "Onder een zwart vlak"),
        (see_through_bar, "doorzichtig"),
        (white_over_text, "niet te zien"),
    ],
)
def test_text_that_another_failed_to_hide_becomes_a_todo_with_its_page(draw: Draw, what: str, tmp_path: Path) -> None:
    (message,) = told(redacted_pdf(untouched, draw, untouched, draw), tmp_path)
    assert what in message
    assert "(Pagina 2 en 4.)" in message
    assert "Vries" not in message


@pytest.mark.parametrize(
    ("entries", "what"),
    [
        ({"Subtype": pikepdf.Name.Redact}, "nooit uitgevoerd"),
        ({"Subtype": pikepdf.Name.Highlight, "C": pikepdf.Array([0.1, 0.1, 0.1])}, "donkere markering"),
    ],
)
def test_a_redaction_that_was_drawn_but_never_applied_becomes_a_todo(
    entries: dict[str, object], what: str, tmp_path: Path
) -> None:
    (message,) = told(with_annotation(redacted_pdf(untouched), **entries), tmp_path)
    assert what in message


def test_bars_with_nothing_under_them_are_a_note_and_no_work(tmp_path: Path) -> None:
    outcome = convert(SourceItem("gelakt.pdf", redacted_pdf(untouched, bar_without_text)), tmp_path)
    assert isinstance(outcome, Converted)
    assert outcome.todo == ()
    assert "Er staan zwarte vakken in de tekst van pagina 2. Daaronder is geen tekst gevonden." in outcome.notes


def test_an_earlier_version_behind_the_bars_becomes_a_todo(tmp_path: Path) -> None:
    data = redacted_pdf(bar_without_text)
    (message,) = told(data + b"\n" + data[data.rindex(b"startxref") :], tmp_path)
    assert "eerdere versie" in message


def test_an_ordinary_file_gives_neither_todo_nor_note(tmp_path: Path) -> None:
    outcome = convert(SourceItem("gewoon.pdf", redacted_pdf(untouched)), tmp_path)
    assert isinstance(outcome, Converted)
    assert (outcome.todo, outcome.notes) == ((), ())


def test_one_file_that_cannot_be_looked_through_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("woo.gather.redacted._LIMITS", Limits(seconds=0))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "een.pdf").write_bytes(redacted_pdf(bar_over_text))
    (folder / "twee.txt").write_text("Gewone tekst in een los bestand.")
    work = tmp_path / "work"
    work.mkdir()
    outcomes = [outcome for _, outcome in gather(folder, work)]
    assert len(outcomes) == 2
    assert not any(isinstance(outcome, Unusable) for outcome in outcomes)
    (todo,) = [todo for outcome in outcomes if isinstance(outcome, Converted) for todo in outcome.todo]
    assert todo.reason == "already_redacted"
    assert "niet nagaan" in todo.message
