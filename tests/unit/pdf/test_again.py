"""What was normalised or redacted before can be redacted again: names that this room gave then are not given twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Stream

from redaction.pdf import Item, Plan, normalise, redact
from redaction.pdf.geometry import Box
from tests.unit.pdf import attacks


def shown(path: Path) -> np.ndarray:
    with pdfium.PdfDocument(str(path)) as document:
        return np.asarray(document[0].render(scale=2).to_pil().convert("L")).astype(int)


def same_outside(before: Path, after: Path, boxes: list[Box]) -> bool:
    old, new = shown(before), shown(after)
    loud = np.abs(old - new) > 8
    for x0, y0, x1, y1 in boxes:
        loud[int(2 * (842 - y1 - 2)) : int(2 * (842 - y0 + 2)), int(2 * (x0 - 2)) : int(2 * (x1 + 2))] = False
    return not loud.any()


def form(pdf: pikepdf.Pdf, content: bytes, box: list[float]) -> Stream:
    fonts = Dictionary(Font=Dictionary(F1=attacks.helvetica(pdf)))
    return Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=Array(box), Resources=fonts)


def test_forms_that_lost_what_lay_off_the_page_are_not_mixed_up_when_words_in_others_go(tmp_path: Path) -> None:
    def forms(pdf: pikepdf.Pdf) -> dict[str, Stream]:
        wide = form(pdf, b"BT /F1 9 Tf 560 600 Td (Eerst) Tj 200 0 Td (elders) Tj ET", [0, 0, 900, 842])
        return {"A": wide, "B": form(pdf, b"BT /F1 9 Tf 60 500 Td (Naam Jansen komt) Tj ET", [0, 0, 595, 842])}

    source = attacks.saved(attacks.document(b"/A Do /B Do", around=False, XObject=forms), tmp_path / "in.pdf")
    normalise(source, tmp_path / "normal.pdf")
    box = (85.0, 498.0, 116.0, 508.0)
    redact(tmp_path / "normal.pdf", Plan((Item(0, (box,), ""),)), tmp_path / "out.pdf", width_defence=False)
    assert same_outside(tmp_path / "normal.pdf", tmp_path / "out.pdf", [box])


def test_labels_of_before_keep_their_letters_when_a_file_is_redacted_again(tmp_path: Path) -> None:
    body = b"BT /F1 9 Tf 60 600 Td (Naam Jansen komt) Tj 0 -50 Td (Naam Pieters gaat) Tj ET"
    source = attacks.saved(attacks.document(body, around=False), tmp_path / "in.pdf")
    first, second = (85.0, 595.0, 116.0, 611.0), (85.0, 545.0, 116.0, 561.0)
    redact(source, Plan((Item(0, (first,), "5.1.1d"),)), tmp_path / "once.pdf", width_defence=False)
    redact(tmp_path / "once.pdf", Plan((Item(0, (second,), "5.2"),)), tmp_path / "twice.pdf", width_defence=False)
    assert same_outside(tmp_path / "once.pdf", tmp_path / "twice.pdf", [second])


def test_a_form_that_is_drawn_twice_keeps_its_font_where_no_box_lies(tmp_path: Path) -> None:
    look = b"0.9 g 0 0 200 12 re f q 0 g BT /F1 9 Tf 2 2 Td (Jansen) Tj ET Q"
    body = b"q 1 0 0 1 60 600 cm /A Do Q q 1 0 0 1 60 500 cm /A Do Q"
    pdf = attacks.document(body, around=False, XObject=lambda p: {"A": form(p, look, [0, 0, 200, 12])})
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    box = (60.0, 599.0, 95.0, 612.0)
    redact(source, Plan((Item(0, (box,), ""),)), tmp_path / "out.pdf", width_defence=False)
    with pikepdf.open(tmp_path / "out.pdf") as made:
        drawn = [form for form in made.pages[0].Resources.XObject.values() if b"Tj" in form.read_bytes()]
        assert [[*form.Resources.Font.keys()] for form in drawn] == [["/F1"]]
