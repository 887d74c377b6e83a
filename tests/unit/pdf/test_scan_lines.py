"""Words of a scan move by parts of a pixel, so that neither their pixels nor their unseen text tell a removed name."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import ImageChops

from redaction.pdf import Item, Plan, redact, render_page
from redaction.pdf.imagefiles import image_object
from redaction.pdf.ink import Ink
from tests.unit.pdf import attacks
from tests.unit.pdf.test_attacks import build
from tests.unit.pdf.test_setting import FILLER, LINE, content, spread
from tests.unit.pdf.test_width import box_of, page_of

DPI = 200


def scan_of(name: str, work: Path) -> Path:
    """A justified paragraph as a picture, with its words unseen on whole pixels as OCR places them."""
    work.mkdir()
    lines = [spread(line) for line in (*FILLER, LINE.format(name))]
    pdf = attacks.document(content(lines).encode(), around=False)
    fine = render_page(attacks.saved(pdf, work / "text.pdf"), 0, 3 * DPI).convert("L")  # a scanner sees no letters
    page = pdf.pages[0]
    page.obj.Resources["/XObject"] = pikepdf.Dictionary(Scan=image_object(pdf, fine.reduce(3), quality=95))
    rounded = [[(round(x * DPI / 72) * 72 / DPI, word) for x, word in line] for line in lines]
    body = b"q 595 0 0 842 0 0 cm /Scan Do Q 3 Tr\n" + content(rounded).encode()
    page.obj["/Contents"] = pdf.make_stream(body)
    return attacks.saved(pdf, work / "in.pdf")


def test_a_justified_line_of_a_scan_gives_the_same_page_for_names_of_unlike_width(tmp_path: Path) -> None:
    words, pixels = [], []
    for name in ("Jansen", "Jannsen"):
        source = scan_of(name, tmp_path / name)
        plan = Plan((Item(0, (box_of(page_of(source), name),), "5.1.2e", name),))
        target, report, builder = build(source, plan, tmp_path / name)
        assert report.proven, report.findings
        assert builder.built.engines == {0: "content"}
        words.append(page_of(target).words)
        pixels.append(np.asarray(render_page(target, 0, DPI).convert("L")).astype(int))
    assert [w.text for w in words[0]] == [w.text for w in words[1]]
    assert all(a.box == pytest.approx(b.box, abs=0.06) for a, b in zip(*words, strict=True))
    assert (np.abs(pixels[0] - pixels[1]) > 64).sum() < 60


@pytest.mark.parametrize("read", [True, False])
def test_the_report_says_that_nothing_can_move_on_a_scan_that_nobody_read(tmp_path: Path, read: bool) -> None:
    source = scan_of("Jansen", tmp_path / "scan")
    plan = Plan((Item(0, (box_of(page_of(source), "Jansen"),), "5.1.2e"),))
    if not read:
        with pikepdf.open(source, allow_overwriting_input=True) as pdf:
            pdf.pages[0].obj["/Contents"] = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")
            pdf.save(source)
    report = redact(source, plan, tmp_path / "out.pdf")
    assert any("Pagina 1 is een beeld zonder tekst" in note for note in report.notes) is not read


def test_ink_is_found_to_a_small_part_of_a_pixel(tmp_path: Path) -> None:
    pdf = attacks.document(b"BT /F1 11 Tf 72 500 Td (maandag) Tj ET", around=False)
    fine = render_page(attacks.saved(pdf, tmp_path / "in.pdf"), 0, 3 * DPI).convert("L")
    starts = []
    for right in range(3):
        scan = ImageChops.offset(fine, right, 0).crop((0, 0, *(side // 3 * 3 for side in fine.size))).reduce(3)
        ink = Ink(scan, (0.0, 0.0, scan.width * 72 / DPI, scan.height * 72 / DPI))
        low, high = ink.band((72, 497, 115, 510))
        (found,) = ink.words([[(72.0, 497.0, 82.0, 510.0), (106.0, 497.0, 115.0, 510.0)]], low, high)
        assert found is not None
        starts.append((found[1] - 72) * DPI / 72 - right / 3)
    assert max(starts) - min(starts) < 0.1
