"""A note whose text stands on the page is drawn when it has no look of its own: it was dropped."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from redaction.pdf import NormaliseReport, Plan, normalise, read_pages
from redaction.pdf.plan import Item
from tests.unit.pdf import attacks
from tests.unit.pdf.test_attacks import build, inflated

RECT = (72.0, 500.0, 222.0, 560.0)
SAID = "Dit is een opmerking over méér dan een regel van de tekst"
BLUE = "0 0 1 rg /Helv 12 Tf"


def with_note(contents: str = SAID, **entries: Any) -> pikepdf.Pdf:
    pdf = attacks.document(b"")
    told = {"Rect": Array(RECT), "DA": String(BLUE), "F": 4} | entries
    note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Contents=String(contents), **told)
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(note)])
    return pdf


def normalised(pdf: pikepdf.Pdf, work: Path) -> tuple[Path, NormaliseReport]:
    target = work / "out.pdf"
    return target, normalise(attacks.saved(pdf, work / "in.pdf"), target)


def words_in_note(path: Path) -> list[Any]:
    return [w for w in next(read_pages(path)).words if RECT[1] < w.box[1] < RECT[3]]


def test_all_of_the_text_stands_within_the_rectangle_in_the_colour_of_the_note(tmp_path: Path) -> None:
    target, report = normalised(with_note(), tmp_path)
    words = words_in_note(target)
    assert " ".join(word.text for word in words) == SAID
    assert all(RECT[0] < w.box[0] and w.box[2] < RECT[2] and w.box[3] < RECT[3] for w in words)
    assert len({round(w.box[1]) for w in words}) > 1
    assert not report.dropped
    picture = pypdfium2.PdfDocument(target)[0].render(rev_byteorder=True).to_numpy()[282:342, 72:222, :3]
    assert {tuple(p) for p in picture.reshape(-1, 3).tolist()} >= {(0, 0, 255), (255, 255, 255)}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_poppler_reads_the_same_words(tmp_path: Path) -> None:
    target, _ = normalised(with_note(DA=String("/TiBo 9 Tf 1 0 0 rg"), Q=1, C=Array([1, 1, 0])), tmp_path)
    told = subprocess.run(["pdftotext", str(target), "-"], check=True, capture_output=True).stdout.decode()
    assert SAID in " ".join(told.split())


@pytest.mark.parametrize(
    "note",
    [
        {"contents": SAID * 9},
        {"contents": "Жанна"},
        {"contents": "een-woord-dat-veel-te-lang-is-voor-zijn-rechthoek"},
        {"F": 2},
        {"F": 32},
        {"contents": " "},
    ],
    ids=["too much text", "other letters", "too long a word", "hidden", "not for the screen", "no text"],
)
def test_what_cannot_be_seen_whole_is_not_drawn(note: dict[str, Any], tmp_path: Path) -> None:
    target, report = normalised(with_note(**note), tmp_path)
    assert not words_in_note(target)
    assert {d.kind for d in report.dropped} == {"annotation"}


def test_a_note_that_says_what_must_go_is_not_drawn(tmp_path: Path) -> None:
    source = attacks.saved(with_note(f"Vraag {attacks.SECRET} nog"), tmp_path / "in.pdf")
    target, report, _ = build(source, Plan((Item(0, (attacks.BOX,), "5.1.2e", attacks.SECRET),)), tmp_path)
    assert report.proven, report.findings
    assert attacks.SECRET.encode() not in inflated(target, tmp_path)


def test_a_box_over_the_text_of_a_note_takes_it_away(tmp_path: Path) -> None:
    source = attacks.saved(with_note(f"Vraag {attacks.SECRET} nog"), tmp_path / "in.pdf")
    base = tmp_path / "base.pdf"
    normalise(source, base)
    box = next(w.box for w in words_in_note(base) if w.text == attacks.SECRET)
    target, report, builder = build(base, Plan((Item(0, (box,), "5.1.2e", attacks.SECRET),)), tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}
    assert {"Vraag", "nog"} <= {w.text for w in words_in_note(target)}
