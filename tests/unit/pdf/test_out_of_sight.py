"""Shapes, pictures and forms that no reader sees go from every page: off the page, cut off by a clip, not painted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageChops

from redaction.pdf import PdfRenderer, redact
from tests.unit.pdf import attacks
from tests.unit.pdf.attacks.page import form
from tests.unit.pdf.attacks.pictures import image_stream

DRAWN = b"%d 311 m %d 317 l %d 323 l h "
HIDDEN = {
    "off_the_page": DRAWN % (1301, 1307, 1313) + b"f\n",
    "thick_and_off_the_page": b"9 w " + DRAWN % (1301, 1307, 1313) + b"S\n",
    "cut_off": b"q 0 0 9 9 re W n " + DRAWN % (101, 107, 113) + b"f Q\n",
    "cut_off_by_two": b"q 50 300 20 50 re W n q 90 300 80 50 re W n " + DRAWN % (101, 107, 113) + b"f Q Q\n",
    "not_painted": DRAWN % (101, 107, 113) + b"n\n",
    "left_open": DRAWN % (101, 107, 113) + b"0 g\n",
}
SEEN = {
    "half_off_the_page": DRAWN % (590, 607, 613) + b"f\n",
    "in_its_clip": b"q 50 300 100 50 re W n " + DRAWN % (101, 107, 113) + b"f Q\n",
    "beside_an_earlier_clip": b"q 0 0 9 9 re W n Q " + DRAWN % (101, 107, 113) + b"f\n",
    "thick_beside_its_clip": b"q 120 300 50 50 re W n 20 w " + DRAWN % (101, 107, 113) + b"S Q\n",
    "its_own_clip": DRAWN % (101, 107, 113) + b"W f\n",
}


def _redacted(body: bytes, tmp_path: Path, *, page: int = 0, **resources: Any) -> Path:
    """The redacted file; the box is on the first page, the content on the page that is asked for."""
    pages = [attacks.document(attacks.SHOWN + (b"" if page else body), **resources)]
    if page:
        pages.append(attacks.document(body, **resources))
        pages[0].pages.append(pages[1].pages[0])
    source = attacks.saved(pages[0], tmp_path / "in.pdf")
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf", width_defence=False).engines == {0: "content"}
    with PdfRenderer(source) as before, PdfRenderer(tmp_path / "out.pdf") as after:
        below = (0, 300, 595, 842)
        one, other = (r.image(page, 72).crop(below) for r in (before, after))
        assert ImageChops.difference(one, other).getbbox() is None
    return tmp_path / "out.pdf"


def _numbers(path: Path, page: int) -> set[float]:
    with pikepdf.open(path) as pdf:
        steps = pikepdf.parse_content_stream(pdf.pages[page])
        return {float(v) for s in steps if str(s.operator) in "ml" for v in s.operands}


@pytest.mark.parametrize("page", [0, 1])
@pytest.mark.parametrize("name", sorted(HIDDEN))
def test_a_shape_of_which_nothing_shows_goes(name: str, page: int, tmp_path: Path) -> None:
    assert not {311.0, 317.0, 323.0} & _numbers(_redacted(HIDDEN[name], tmp_path, page=page), page)


@pytest.mark.parametrize("name", sorted(SEEN))
def test_a_shape_of_which_something_may_show_stays(name: str, tmp_path: Path) -> None:
    assert {311.0, 317.0, 323.0} <= _numbers(_redacted(SEEN[name], tmp_path, page=1), 1)


@pytest.mark.parametrize("page", [0, 1])
@pytest.mark.parametrize(("clip", "stays"), [(b"0 0 9 9", False), (b"60 290 60 60", True), (b"71 299 9 9", True)])
def test_a_picture_and_a_form_that_a_clip_cuts_off_go(clip: bytes, stays: bool, page: int, tmp_path: Path) -> None:
    body = b"q %s re W n q 90 0 0 90 72 300 cm /Im Do Q /Fm Do Q\n" % clip

    def both(pdf: pikepdf.Pdf) -> dict[str, Any]:
        photo = pdf.make_indirect(image_stream(pdf, Image.radial_gradient("L").resize((30, 30))))
        drawing = form(pdf, b"80 310 30 30 re f")
        drawing["/BBox"] = pikepdf.Array([70, 300, 110, 340])
        return {"Im": photo, "Fm": drawing}

    with pikepdf.open(_redacted(body, tmp_path, page=page, XObject=both)) as pdf:
        drawn = [s for s in pikepdf.parse_content_stream(pdf.pages[page]) if str(s.operator) == "Do"]
    assert bool(drawn) is stays
