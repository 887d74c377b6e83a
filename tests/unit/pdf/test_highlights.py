"""Looks of annotations that blend with the text below them do so as part of the page too, in PDFium and in poppler."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from redaction.pdf import normalise
from tests.unit.pdf import attacks

MARK = Array([70, 646, 200, 664])
"""Where the mark lies: over the words of the second line."""
FILL = b"1 1 0 rg 70 646 130 18 re f"
MULTIPLIED = Dictionary(G0=Dictionary(Type=Name.ExtGState, BM=Name.Multiply))
GROUP = Dictionary(S=Name.Transparency)
DARK = 128


def look(pdf: pikepdf.Pdf, body: bytes, **entries: Any) -> Any:
    return pdf.make_indirect(Stream(pdf, body, Type=Name.XObject, Subtype=Name.Form, BBox=MARK, **entries))


def blended(**entries: Any) -> Callable[[pikepdf.Pdf], Any]:
    return lambda pdf: look(pdf, b"/G0 gs " + FILL, Resources=Dictionary(ExtGState=MULTIPLIED), **entries)


def nested(**entries: Any) -> Callable[[pikepdf.Pdf], Any]:
    def made(pdf: pikepdf.Pdf) -> Any:
        inner = Dictionary(Inner=look(pdf, FILL, Group=GROUP))
        return look(
            pdf, b"/G0 gs /Inner Do", Resources=Dictionary(ExtGState=MULTIPLIED, XObject=inner), Group=GROUP, **entries
        )

    return made


LOOKS: dict[str, Callable[[pikepdf.Pdf], Any]] = {
    "that multiplies": blended(),
    "in a group": blended(Group=GROUP),
    "in a group apart": blended(Group=Dictionary(S=Name.Transparency, I=True)),
    "of a group in a group": nested(),
    "laid on its side": lambda pdf: look(pdf, FILL, Matrix=Array([0, 1, -1, 0, 0, 0])),
    "that covers": lambda pdf: look(pdf, FILL),
    "that covers in a group": lambda pdf: look(pdf, FILL, Group=GROUP),
}


def marked(subtype: str, made: Callable[[pikepdf.Pdf], Any], *, state: bool = False) -> pikepdf.Pdf:
    pdf = attacks.document(b"")
    shown = made(pdf)
    note = Dictionary(
        Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=MARK, F=4, C=Array([1, 1, 0]),
        QuadPoints=Array([70, 664, 200, 664, 70, 646, 200, 646]),
        AP=Dictionary(N=Dictionary(On=shown) if state else shown),
    )  # fmt: skip
    if state:
        note["/AS"] = Name.On
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(note)])
    return pdf


def dark(picture: Any) -> int:
    """Dark pixels where the mark lies, in a grey picture of a page at 72 dpi."""
    return int((np.asarray(picture).squeeze()[178:196, 70:200] < DARK).sum())


def by_pdfium(path: Path) -> int:
    return dark(pypdfium2.PdfDocument(path)[0].render(grayscale=True).to_numpy())


def by_poppler(path: Path) -> int:
    ppm = subprocess.run(["pdftoppm", "-r", "72", "-gray", str(path)], check=True, capture_output=True).stdout
    return dark(Image.open(io.BytesIO(ppm)))


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")
@pytest.mark.parametrize("state", [False, True], ids=["one look", "a look of a state"])
@pytest.mark.parametrize("kind", LOOKS)
def test_words_under_a_highlight_stay_to_be_read(kind: str, state: bool, tmp_path: Path) -> None:
    source = attacks.saved(marked("Highlight", LOOKS[kind], state=state), tmp_path / "in.pdf")
    target = tmp_path / "out.pdf"
    normalise(source, target)
    bare = attacks.saved(attacks.document(b""), tmp_path / "bare.pdf")
    assert by_poppler(target) == by_poppler(source) >= by_poppler(bare) > 0
    assert by_pdfium(target) >= by_pdfium(bare) > 0


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")
@pytest.mark.parametrize("subtype", ["Ink", "Square", "Stamp"])
@pytest.mark.parametrize("kind", LOOKS)
def test_other_marks_cover_or_show_what_is_below_as_they_did(kind: str, subtype: str, tmp_path: Path) -> None:
    source = attacks.saved(marked(subtype, LOOKS[kind]), tmp_path / "in.pdf")
    target = tmp_path / "out.pdf"
    normalise(source, target)
    for draw in (by_poppler, by_pdfium):
        assert bool(draw(target)) == bool(draw(source))
