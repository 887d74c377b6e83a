"""The ground can be read at every box, and what a screen reader says is true."""
from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name, String

from redaction.pdf import redact
from redaction.pdf.geometry import Box, touches
from redaction.pdf.labels import FONT_NAME, LabelFont, Sign, draw_signs
from redaction.pdf.pages import PageText, read_pages
from redaction.pdf.plan import Item, Plan
from redaction.pdf.snapping import snap_boxes
from tests.unit.pdf import attacks

CODE = "5.1.2e"
SMALL: Box = (200.0, 690.0, 207.0, 698.0)


def redacted(pdf: pikepdf.Pdf, work: Path, *boxes: Box) -> Path:
    source, target = attacks.saved(pdf, work / "in.pdf"), work / "out.pdf"
    redact(source, Plan((Item(0, boxes, CODE),)), target, width_defence=False)
    return target


def label_in(path: Path) -> list[Box]:
    """Boxes of the words that are the ground."""
    return [word.box for page in read_pages(path) for word in page.words if word.text == CODE]


@pytest.mark.slow
def test_a_label_that_does_not_fit_in_its_box_stands_beside_it(tmp_path: Path) -> None:
    (label,) = label_in(redacted(attacks.plain(False), tmp_path, SMALL))
    assert not touches(label, SMALL)
    assert abs(label[0] - SMALL[2]) < 3


@pytest.mark.slow
def test_a_label_in_a_tall_box_is_turned_instead_of_made_smaller(tmp_path: Path) -> None:
    tall = (200.0, 600.0, 212.0, 640.0)
    target = redacted(attacks.plain(False), tmp_path, tall)
    with pikepdf.open(target) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    assert f"{FONT_NAME} 7".encode() in content
    assert b"\n0 1 -1 0 " in content


@pytest.mark.slow
@pytest.mark.parametrize("turned", [b"0 1 -1 0", b"0 -1 1 0"], ids=["up", "down"])
@pytest.mark.parametrize("rotation", [0, 180])
def test_a_turned_label_goes_the_same_way_as_the_text_it_stands_for(
    turned: bytes, rotation: int, tmp_path: Path
) -> None:
    pdf = attacks.document(b"BT /F1 12 Tf " + turned + b" 208 650 Tm (Zwartkruis en meer) Tj ET")
    pdf.pages[0].obj["/Rotate"] = rotation
    below = (204.0, 560.0, 220.0, 651.0) if turned == b"0 -1 1 0" else (198.0, 649.0, 212.0, 740.0)
    target = redacted(pdf, tmp_path, below)
    with pikepdf.open(target) as made:
        content = made.pages[0].Contents.read_bytes()
    label = content[content.index(FONT_NAME.encode()) :].splitlines()[1]
    assert label.startswith(turned)


def test_two_labels_do_not_stand_on_each_other_or_on_text() -> None:
    signs = [Sign(SMALL, CODE), Sign((200.0, 699.0, 207.0, 707.0), CODE)]
    page: Box = (0.0, 0.0, 595.0, 842.0)
    font = LabelFont(pikepdf.new())
    drawn = draw_signs(signs, font, 0, lambda sign: None, list, page)
    assert drawn.count(b"q\n0 g\nBT\n") == 2
    assert b"BT" not in draw_signs(signs, font, 0, lambda sign: None, lambda: [page], page)


def test_a_word_is_covered_whole_when_its_first_covered_letter_is_narrow() -> None:
    letters = "Jillis"
    boxes = tuple((60.0 + 3 * i, 697.0, 62.6 + 3 * i, 710.0) for i in range(len(letters)))
    page = PageText(0, 595, 842, 0, (0, 0, 595, 842), letters, boxes)
    drawn = (63.0, 697.0, 69.0, 710.0)
    assert snap_boxes([drawn], page) == {drawn: (60.0, 697.0, 77.6, 710.0)}


@pytest.mark.slow
def test_the_result_follows_pdf_1_7_and_says_its_language(tmp_path: Path) -> None:
    with pikepdf.open(redacted(attacks.plain(), tmp_path, attacks.BOX)) as pdf:
        assert pdf.pdf_version == "1.7"
        assert str(pdf.Root.Lang) == "nl-NL"
    english = attacks.plain()
    english.Root["/Lang"] = String("en")
    with pikepdf.open(redacted(english, tmp_path, attacks.BOX)) as pdf:
        assert str(pdf.Root.Lang) == "en"


@pytest.mark.slow
def test_a_picture_that_is_partly_covered_keeps_a_description(tmp_path: Path) -> None:
    pdf = attacks.tagged(True, Alt=String(f"Foto van {attacks.SECRET}"))
    pdf.Root.StructTreeRoot.K.K[0]["/S"] = Name.Figure
    with pikepdf.open(redacted(pdf, tmp_path, attacks.BOX)) as made:
        assert str(made.Root.StructTreeRoot.K.K[0].Alt) in ("afbeelding, deels weggelakt", "weggelakt")
