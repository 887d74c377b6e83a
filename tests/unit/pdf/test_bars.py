"""Bars over what is no text, and pens that draw no bar: looking without the original."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from redaction.pdf import inspect
from redaction.pdf.verification.inspection import bad_redaction
from tests.unit.pdf import attacks
from tests.unit.pdf.attacks.drawing import outlines
from tests.unit.pdf.attacks.pictures import image_stream, picture

pytestmark = pytest.mark.slow

BAR = b"0 g 196 694 80 20 re f\n"


def scan(body: bytes) -> pikepdf.Pdf:
    """A page that is a picture with a name in it, and something drawn over that."""
    shown = b"q 150 0 0 40 190 685 cm /Im Do Q\n" + body
    return attacks.document(shown, XObject=lambda pdf: {"Im": pdf.make_indirect(image_stream(pdf, picture()))})


DRAWN = attacks.document(b"q 0.006 0 0 0.006 200 700 cm\n" + outlines() + b"\nQ\n" + BAR)


@pytest.mark.parametrize("body", [scan(BAR), DRAWN], ids=["scan", "outlines"])
def test_a_bar_over_a_name_that_is_no_text_is_found(body: pikepdf.Pdf, tmp_path: Path) -> None:
    found = bad_redaction(inspect(attacks.saved(body, tmp_path / "in.pdf")))
    assert found == {"Onder een zwart vlak staat nog iets geschreven of getekend.": (0,)}


@pytest.mark.parametrize("body", [scan(b""), attacks.document(BAR)], ids=["no_bar", "nothing_under_it"])
def test_a_picture_without_a_bar_and_a_bar_over_nothing_are_not_accused(body: pikepdf.Pdf, tmp_path: Path) -> None:
    assert bad_redaction(inspect(attacks.saved(body, tmp_path / "in.pdf"))) == {}


def drawn(kind: str, width: float) -> pikepdf.Pdf:
    pen: dict[str, Any] = {"C": Array([0, 0, 0]), "BS": Dictionary(W=width), "Rect": Array(list(attacks.BOX))}
    return attacks.annotated(False, Subtype=Name(f"/{kind}"), **pen)


@pytest.mark.parametrize("kind", ["Ink", "Line"])
def test_a_thick_black_pen_is_a_bar_and_a_thin_one_is_not(kind: str, tmp_path: Path) -> None:
    thick = inspect(attacks.saved(drawn(kind, 14), tmp_path / "thick.pdf"))
    thin = inspect(attacks.saved(drawn(kind, 1), tmp_path / "thin.pdf"))
    assert "highlights" in {f.channel for f in thick.findings}
    assert "highlights" not in {f.channel for f in thin.findings}
