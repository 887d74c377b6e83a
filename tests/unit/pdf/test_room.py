"""Words beside a box move only as far as a reader sees room: to a clip, the end of a form, or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Name, Stream

from redaction.pdf import Item, Plan
from tests.unit.pdf import attacks
from tests.unit.pdf.test_attacks import build
from tests.unit.pdf.test_width import box_of, page_of

LINE = b"BT /F1 12 Tf 72 700 Td (Door Zwartkruis op maandag) Tj 183 0 Td (dinsdag) Tj ET"
END = 275.0
"""Where the clip or the form ends: within the last word."""
PICTURE = 304.0
"""Where the picture begins: behind it."""


def objects(pdf: pikepdf.Pdf) -> dict[str, Any]:
    picture = Stream(pdf, bytes(range(64, 128)), Type=Name.XObject, Subtype=Name.Image, ColorSpace=Name.DeviceGray)
    picture["/Width"], picture["/Height"], picture["/BitsPerComponent"] = 8, 8, 8
    form = attacks.form(pdf, LINE)
    form["/BBox"] = Array([60, 690, END, 715])
    return {"Im1": pdf.make_indirect(picture), "Fm1": form}


BODIES = {
    "a clip": b"q 60 690 %d 25 re W n %b Q" % (END - 60, LINE),
    "a form": b"/Fm1 Do",
    "a picture": LINE + b" q 10 0 0 10 %d 699 cm /Im1 Do Q" % PICTURE,
}


@pytest.mark.parametrize("end", sorted(BODIES))
def test_words_do_not_move_out_of_sight(end: str, tmp_path: Path) -> None:
    source = attacks.saved(attacks.document(BODIES[end], around=False, XObject=objects), tmp_path / "in.pdf")
    plan = Plan((Item(0, (box_of(page_of(source), "Zwartkruis"),), "5.1.2e", "Zwartkruis"),))
    target, report, builder = build(source, plan, tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}
    before, after = ({word.text: word.box for word in page_of(path).words} for path in (source, target))
    assert after["maandag"][0] > before["maandag"][0]
    assert after["maandag"][2] < after["dinsdag"][0]
    assert after["dinsdag"][2] < PICTURE
    assert end == "a picture" or after["dinsdag"] == pytest.approx(before["dinsdag"], abs=0.01)
