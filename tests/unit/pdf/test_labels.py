"""The ground can be read at every box, and what a screen reader says is true."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name, String

from redaction.pdf import redact
from redaction.pdf.geometry import Box, touches
from redaction.pdf.labels import FONT_NAME, LabelFont, Sign, Surroundings, draw_signs
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
    drawn = draw_signs(signs, font, lambda sign: None, Surroundings(crop=page))
    assert drawn.count(b"q\n0 g\nBT\n") == 2
    for full in (Surroundings(crop=page, taken=lambda: [page]), Surroundings(crop=page, is_clear=lambda _: False)):
        drawn = draw_signs(signs, font, lambda sign: None, full)
        assert b"BT" not in drawn
        assert drawn.count(b"/Span <</ActualText (weggelakt, grond 5.1.2e)>> BDC") == 2
        assert drawn.count(b" re\nf\n") == 2


def ground(box: Box, **around: Any) -> bytes:
    """The operators of the label of one box."""
    drawn = draw_signs([Sign(box, CODE)], LabelFont(pikepdf.new()), lambda sign: None, Surroundings(**around))
    return drawn[drawn.index(b"EMC") :]


def test_a_label_is_made_smaller_then_set_beside_and_only_then_too_small_to_read_at_ease() -> None:
    page: Box = (0.0, 0.0, 595.0, 842.0)
    low = (200.0, 690.0, 230.0, 695.0)
    assert b"/LakLabel 5.0" in ground(low, crop=page) and b"1 g" in ground(low, crop=page)
    lower = (200.0, 690.0, 230.0, 693.0)
    assert b"/LakLabel 5.0" in ground(lower, crop=page) and b"0 g" in ground(lower, crop=page)
    alone = ground(lower, crop=page, taken=lambda: [page])
    assert b"/LakLabel 2.5" in alone and b"1 g" in alone


def page_of_small_print(ground: bytes = b"") -> pikepdf.Pdf:
    return attacks.document(ground + b" BT /F1 4 Tf 72 700 Td (Op 3 mei sprak Jo met Xi) Tj ET", around=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ground", "labels"),
    [(b"", 2), (b"0 g 60 660 400 60 re f 1 g", 0), (b"0 0 1 RG 60 706.5 m 300 706.5 l 60 696.5 m 300 696.5 l S", 1)],
    ids=["on white", "on black", "between rules"],
)
def test_a_label_stands_only_where_it_can_be_read(ground: bytes, labels: int, tmp_path: Path) -> None:
    pdf = page_of_small_print(ground)
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    words = {word.text: word.box for word in next(read_pages(source)).words}
    target = redacted(pdf, tmp_path, words["Jo"], words["Xi"])
    found = label_in(target)
    assert len(found) == labels
    kept = [box for text, box in words.items() if text not in ("Jo", "Xi")]
    assert not any(touches(inked(label), box) for label in found for box in kept)


def inked(label: Box) -> Box:
    """The part of the line of a label that its signs fill: none of them hangs below it."""
    x0, y0, x1, y1 = label
    return x0, y0 + 0.24 * (y1 - y0), x1, y1 - 0.2 * (y1 - y0)


@pytest.mark.slow
def test_a_label_does_not_stand_where_words_have_moved_to(tmp_path: Path) -> None:
    line = b"BT /F1 2.4 Tf 72 700 Td (Van Jo aan wie dan ook of wat dan ook en verder nog meer) Tj ET"
    pdf = attacks.document(line, around=False)
    source, target = attacks.saved(pdf, tmp_path / "in.pdf"), tmp_path / "out.pdf"
    box = next(word.box for word in next(read_pages(source)).words if word.text == "Jo")
    redact(source, Plan((Item(0, (box,), CODE),)), target)
    words = next(read_pages(target)).words
    (label,) = label_in(target)
    assert not any(touches(inked(label), word.box) for word in words if word.text != CODE)


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
