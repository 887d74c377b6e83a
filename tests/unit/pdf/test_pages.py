"""Pages as text with boxes, plans as data, and the way from user space to the picture."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array

from redaction.pdf import Item, PdfRenderer, Plan, UnusableInput, page_to_view, read_pages, render_page, view_to_page
from tests.unit.pdf import attacks


@pytest.fixture(params=[0, 90, 180, 270])
def turned(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    pdf = attacks.plain()
    pdf.pages[0].obj["/Rotate"] = request.param
    pdf.pages[0].obj["/CropBox"] = Array([40, 60, 560, 800])
    return attacks.saved(pdf, tmp_path / "in.pdf")


def test_words_and_boxes_are_in_user_space_whatever_the_rotation(turned: Path) -> None:
    page = next(read_pages(turned))
    box = next(w.box for w in page.words if w.text == attacks.SECRET)
    assert box[0] == pytest.approx(200, abs=1)
    assert 694 < box[1] < 700 < box[3] < 714
    assert page.crop == pytest.approx((40, 60, 560, 800))
    assert len(page.text) == len(page.char_boxes)


def test_a_box_lands_on_its_ink_in_the_picture(turned: Path) -> None:
    page = next(read_pages(turned))
    start = page.text.index(attacks.SECRET)
    (box,) = page.boxes_for(start, start + len(attacks.SECRET))
    x, y, wide, high = page_to_view(box, page)
    picture = np.asarray(render_page(turned, 0, 144).convert("L"))
    inside = picture[int(y * 2) : int((y + high) * 2), int(x * 2) : int((x + wide) * 2)]
    assert (inside < 128).mean() > 0.05
    assert view_to_page((x, y, wide, high), page) == pytest.approx(box)


def test_boxes_for_gives_one_box_a_line_as_high_as_the_line(tmp_path: Path) -> None:
    body = b"BT /F1 12 Tf 72 500 Td (naam: Jan) Tj 0 -14 Td (Jansen, adres) Tj ET"
    page = next(read_pages(attacks.saved(attacks.document(body, around=False), tmp_path / "in.pdf")))
    start = page.text.index("Jan")
    boxes = page.boxes_for(start, page.text.index(", adres"))
    assert len(boxes) == 2
    assert boxes[0][1] > boxes[1][3] - 3
    assert all(10 < b[3] - b[1] < 18 for b in boxes)
    whole = page.boxes_for(page.text.index("adres"), page.text.index("adres") + 1)[0]
    assert whole[3] - whole[1] == pytest.approx(boxes[1][3] - boxes[1][1], abs=2)


def test_words_of_different_columns_are_never_one_box(tmp_path: Path) -> None:
    body = b"BT /F1 12 Tf 72 500 Td (links) Tj 300 0 Td (rechts) Tj ET"
    page = next(read_pages(attacks.saved(attacks.document(body, around=False), tmp_path / "in.pdf")))
    assert len(page.boxes_for(0, len(page.text))) == 2


def test_a_renderer_gives_pictures_of_the_turned_page(turned: Path) -> None:
    with PdfRenderer(turned) as renderer:
        page = renderer.text(0)
        size = renderer.image(0, 72).size
        assert renderer.jpeg(0, 72).startswith(b"\xff\xd8")
        assert len(renderer) == 1
    expected = (page.width, page.height) if page.rotation in (0, 180) else (page.height, page.width)
    assert size == pytest.approx(expected, abs=1)


def test_pages_are_read_one_by_one(tmp_path: Path) -> None:
    pdf = attacks.plain()
    for _ in range(5):
        pdf.pages.append(pdf.pages[0])
    pages = read_pages(attacks.saved(pdf, tmp_path / "in.pdf"))
    assert [p.index for p in pages] == [0, 1, 2, 3, 4, 5]


def test_a_locked_file_says_so(tmp_path: Path) -> None:
    lock = pikepdf.Encryption(owner="a", user="b")
    source = attacks.saved(attacks.plain(), tmp_path / "in.pdf", encryption=lock)
    with pytest.raises(UnusableInput, match="wachtwoord"):
        next(read_pages(source))


def test_a_plan_survives_json_and_has_one_hash(tmp_path: Path) -> None:
    plan = Plan((Item(0, ((1.0, 2.0, 3.0, 4.0),), "5.1.2e", "Jansen"), Item(3, (), "5.1.1c")), gone_everywhere=True)
    assert Plan.from_json(plan.to_json()) == plan
    assert plan.sha256() == Plan.from_json(plan.to_json()).sha256()
    assert plan.sha256() != Plan(plan.items).sha256()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"items": [1]},
        {"items": [{"page": -1, "boxes": [], "code": "a"}]},
        {"items": [{"page": 0, "boxes": [[1, 2, 3]], "code": "a"}]},
        {"items": [{"page": 0, "boxes": [[1, 2, 1, 4]], "code": "a"}]},
        {"items": [{"page": 0, "boxes": [[1, 2, float("nan"), 4]], "code": "a"}]},
        {"items": [{"page": 0, "boxes": [], "code": 3}]},
    ],
)
def test_a_wrong_plan_is_refused_in_dutch(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"lakplan"):
        Plan.from_json(data)
