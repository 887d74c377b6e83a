"""Words that moved over a picture are compared without it, and the picture under them may not change."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name, Stream

from redaction.pdf.verification.checks import run_checks
from tests.unit.pdf import attacks
from tests.unit.pdf.test_attacks import build
from tests.unit.pdf.test_damage import content, replaced, rewritten, seen

WIDE, HIGH = 240, 20
BRIGHT = bytes(150 + (7 * x + 31 * y) % 100 for y in range(HIGH) for x in range(WIDE))
DIM = bytes(value - 140 for value in BRIGHT)


def on_a_picture(samples: bytes, colour: bytes) -> pikepdf.Pdf:
    def objects(pdf: pikepdf.Pdf) -> dict[str, Any]:
        picture = Stream(pdf, samples, Type=Name.XObject, Subtype=Name.Image, ColorSpace=Name.DeviceGray)
        picture["/Width"], picture["/Height"], picture["/BitsPerComponent"] = WIDE, HIGH, 8
        return {"Im1": pdf.make_indirect(picture)}

    body = b"q 480 0 0 40 60 685 cm /Im1 Do Q " + colour + b" BT /F1 12 Tf 72 700 Td (Behandeld door) Tj ET\n"
    line = b"BT /F1 12 Tf 200 700 Td (Zwartkruis) Tj 90 0 Td (op maandag) Tj ET\n"
    return attacks.document(body + line, around=False, XObject=objects)


def erased(pdf: pikepdf.Pdf, page: Any) -> None:
    """Paper where the picture was, under the word that moved and nowhere else."""
    for name in page.Resources.XObject.keys():  # noqa: SIM118  a pikepdf object is no dict
        picture = page.Resources.XObject[name]
        wide, high = int(picture.Width), int(picture.Height)
        rows = bytearray(picture.read_bytes())
        column = wide * 310 // 480
        for y in range(high * 3 // 8, high * 5 // 8):
            rows[y * wide + column : y * wide + column + wide // 40] = b"\xff" * (wide // 40)
        picture.write(bytes(rows))


HARMS = {
    "in another colour": replaced(content, rb"\[[^\]]*op maandag", rb"0.5 g \g<0>"),
    "raised": replaced(content, rb"\[[^\]]*op maandag", rb"1 Ts \g<0>"),
    "larger": replaced(content, rb"\[[^\]]*op maandag", rb"/F1 12.3 Tf \g<0>"),
    "a spot on the picture": erased,
}


@pytest.mark.parametrize(("samples", "colour"), [(BRIGHT, b"0 g"), (DIM, b"1 g")], ids=["on bright", "on dim"])
def test_words_that_move_over_a_picture_are_still_compared(samples: bytes, colour: bytes, tmp_path: Path) -> None:
    source = attacks.saved(on_a_picture(samples, colour), tmp_path / "in.pdf")
    target, report, builder = build(source, attacks.PLAN, tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}
    with pikepdf.open(target) as pdf:
        assert re.search(rb"1 0 0 1 (?!200)\S+ 700 Tm", pdf.pages[0].obj.Contents.read_bytes())
    for harm, change in HARMS.items():
        file = rewritten(target, tmp_path / "harmed.pdf", change)
        assert seen(run_checks(source, file, attacks.PLAN)) == [0], harm
