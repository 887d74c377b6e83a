"""Forms that draw themselves are shown once, in every reader, and can be redacted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary

from redaction.pdf import normalise, read_pages, redact
from redaction.pdf.loops import break_loops
from tests.unit.pdf import attacks
from tests.unit.pdf.attacks.page import SHOWN, document, form

AGAIN = b"q 1 0 0 1 0 -20 cm /Fm Do Q "


def of_itself(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """A form that draws itself, twenty points lower each time."""
    made = form(pdf, AGAIN + SHOWN)
    made["/Resources"]["/XObject"] = Dictionary(Fm=made)
    return {"Fm": made}


def of_each_other(pdf: pikepdf.Pdf) -> dict[str, Any]:
    first = form(pdf, AGAIN + SHOWN)
    second = form(pdf, b"/Fm Do BT /F1 12 Tf 72 400 Td (tweede) Tj ET")
    second["/Resources"]["/XObject"] = Dictionary(Fm=first)
    first["/Resources"]["/XObject"] = Dictionary(Fm=second)
    return {"Fm": first}


@pytest.mark.parametrize("forms", [of_itself, of_each_other])
def test_a_form_that_draws_itself_is_drawn_once_and_its_page_stays_a_page(forms: Any, tmp_path: Path) -> None:
    source = attacks.saved(document(b"/Fm Do\n", XObject=forms), tmp_path / "in.pdf")
    report = normalise(source, tmp_path / "normal.pdf")
    assert any("zichzelf" in loss.why for loss in report.dropped)
    words = [w.text for w in next(read_pages(tmp_path / "normal.pdf")).words]
    assert words.count(attacks.SECRET) == 1
    for plain in (source, tmp_path / "normal.pdf"):
        assert redact(plain, attacks.PLAN, tmp_path / "out.pdf").engines == {0: "content"}


def test_a_form_that_only_lists_itself_among_its_resources_draws_no_loop() -> None:
    pdf = document(b"/Fm Do\n", XObject=lambda pdf: {"Fm": form(pdf, SHOWN)})
    page = pdf.pages[0].obj
    page.Resources.XObject.Fm["/Resources"] = page["/Resources"]
    assert not break_loops(pdf)
