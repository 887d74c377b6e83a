"""Boxes that a jurist draws: on words, over the edge, on a whole page, on pages that lie turned."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from models import Page
from redaction.pdf import read_pages, render_page
from tests.web.conftest import Desk
from woo.errors import InputRejected
from woo.web.workbench import marks


def test_a_box_drawn_on_words_is_kept_where_it_was_drawn(desk: Desk) -> None:
    words = desk.browser.get(f"{desk.base}/1/woorden").json()
    word = next(w for w in words if w[0] == "minister")

    answer = desk.browser.post(
        f"{desk.base}/1/kaders", json=True, vakken=",".join(map(str, word[1:])), grond="5.1.2.i"
    ).json()

    assert answer["mark"]["text"] == "minister"
    assert answer["mark"]["verdict"] == "redact"
    row = next(r for r in desk.rows() if r.origin == "hand")
    with desk.unit.database.reading() as work:
        page = work.session.scalars(select(Page).where(Page.document_id == desk.document_id, Page.index == 0)).one()
        stored = next(w for w in page.words if w[0] == "minister")
    assert row.boxes[0] == pytest.approx(stored[1:], abs=0.05)
    assert row.decision is not None
    assert row.decision.ground == "5.1.2.i"


@pytest.mark.parametrize(
    "vakken",
    [
        "",
        "x",
        "1,2,3",
        "1,2,3,4,5",
        "nan,1,2,3",
        "1e9,1,2,3",
        "-50,-50,20,20",
        "700,900,50,50",
        "1,1,0,0",
        ";".join(["1,1,5,5"] * 201),
    ],
)
def test_a_box_that_is_no_box_is_refused(desk: Desk, vakken: str) -> None:
    answer = desk.browser.post(f"{desk.base}/1/kaders", json=True, vakken=vakken, grond="5.1.2.e")

    assert answer.status_code == 422
    assert all(row.origin == "machine" for row in desk.rows())


def test_a_box_over_the_edge_is_cut_to_the_page(desk: Desk) -> None:
    desk.browser.post(f"{desk.base}/1/kaders", json=True, vakken="500,800,500,500", grond="5.1.2.e")

    row = next(r for r in desk.rows() if r.origin == "hand")
    assert row.boxes[0] == pytest.approx([500, 0, 595.28, 41.89], abs=0.05)


def test_the_whole_page_can_be_redacted_without_scripts(desk: Desk) -> None:
    answer = desk.browser.post(f"{desk.base}/1/hele-pagina", grond="5.1.2.e")

    assert answer.status_code == 303
    row = next(r for r in desk.rows() if r.origin == "hand")
    assert row.boxes[0] == pytest.approx([0, 0, 595.28, 841.89], abs=0.05)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_go_to_the_screen_and_back_on_turned_and_cropped_pages(tmp_path: Path, rotation: int) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(400, 600))
    canvas.setCropBox((40, 30, 380, 360))
    canvas.setPageRotation(rotation)
    canvas.drawString(100, 300, "woord")
    canvas.save()
    read = next(iter(read_pages(tmp_path / "a.pdf")))
    page = Page(
        index=0,
        width=read.width,
        height=read.height,
        rotation=read.rotation,
        crop=list(read.crop),
        text=read.text,
        words=[[w.text, *w.box] for w in read.words],
    )
    [[_, *view]] = marks.words_of(page)

    boxes = marks.read_rects(page, ",".join(map(str, view)))

    assert boxes[0] == pytest.approx(read.words[0].box, abs=0.02)
    assert marks.text_under(page, boxes) == "woord"
    assert marks.view_size(page) == pytest.approx(render_page(tmp_path / "a.pdf", 0, 72).size, abs=1)


def test_rectangles_are_read_strictly() -> None:
    page = Page(index=0, width=100, height=100, rotation=0, crop=[0, 0, 100, 100], text="", words=[])

    for bad in ("inf,1,2,3", "1,1,1", "1;1;1;1", "0x1,1,1,1", "1,1,1,1;"):
        with pytest.raises(InputRejected):
            marks.read_rects(page, bad)
