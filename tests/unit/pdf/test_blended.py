"""Colours that blend: a page that became an image shows them as they were."""

from __future__ import annotations

from pathlib import Path

from pikepdf import Dictionary, Name

from redaction.pdf.builder import Builder
from redaction.pdf.verification.checks import run_checks
from tests.unit.pdf import attacks

BLENDED = b"0.9 0.1 0.2 rg 60 300 200 200 re f /GS1 gs 0.1 0.8 0.9 rg 120 350 200 200 re f /GS0 gs 0 g\n"


def test_colours_that_blend_look_the_same_on_a_page_that_became_an_image(tmp_path: Path) -> None:
    pdf = attacks.document(attacks.SHOWN + BLENDED)
    states = {"/GS1": Dictionary(BM=Name.Difference), "/GS0": Dictionary(BM=Name.Normal)}
    pdf.pages[0].obj["/Resources"]["/ExtGState"] = Dictionary(states)
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    builder = Builder(source, attacks.PLAN, tmp_path, width_defence=False, password=None, images={0: "proef"})
    builder.build(tmp_path / "out.pdf")
    builder.close()
    assert run_checks(builder.base, tmp_path / "out.pdf", attacks.PLAN).proven
