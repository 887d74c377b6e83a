"""Pages as text with boxes, plans as data, and the way from user space to the picture."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from redaction.pdf import (
    Item,
    PdfRenderer,
    Plan,
    UnusableInput,
    page_to_view,
    read_pages,
    redact,
    render_page,
    view_to_page,
)
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


def scanned_letters(pdf: pikepdf.Pdf) -> None:
    """A Type 3 font as Ghostscript writes it: in pixels, upside down, and with a made-up box of 1000 by 1000."""
    letters = {"/H": (b"0 0 30 60", 40), "/l": (b"0 0 8 60", 12), "/x": (b"0 0 30 40", 36)}
    procedures = {
        name: pdf.make_indirect(Stream(pdf, b"%d 0 %s d1 %s re f" % (wide, box, box)))
        for name, (box, wide) in letters.items()
    }
    widths = [{"H": 40, "l": 12, "x": 36}.get(chr(code), 0) for code in range(256)]
    differences = [item for name in letters for item in (ord(name[1]), Name(name))]
    table = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 3 beginbfchar\n%s\nendbfchar endcmap"
    rows = b"\n".join(b"<%02X> <%04X>" % (ord(name[1]), ord(name[1])) for name in letters)
    pdf.pages[0].obj["/Resources"]["/Font"]["/F3"] = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1000, 1000]), FirstChar=0, LastChar=255,
            FontMatrix=Array([1, 0, 0, -1, 0, 0]), Widths=Array(widths), CharProcs=Dictionary(procedures),
            Encoding=Dictionary(Differences=Array(differences)), ToUnicode=pdf.make_indirect(Stream(pdf, table % rows)),
        )
    )  # fmt: skip


@pytest.mark.parametrize("turn", [b"1 0 0 -1 100 300", b"0 1 1 0 100 300"])
def test_a_word_is_as_high_as_its_ink_where_the_font_claims_ten_lines(turn: bytes, tmp_path: Path) -> None:
    pdf = attacks.document(b"BT /F3 0.12 Tf %s Tm (Hlx) Tj ET" % turn)
    scanned_letters(pdf)
    page = next(read_pages(attacks.saved(pdf, tmp_path / "in.pdf")))
    x0, y0, x1, y1 = next(w.box for w in page.words if w.text == "Hlx")
    assert min(x1 - x0, y1 - y0) == pytest.approx(7.2, abs=0.2)
    assert x0 == pytest.approx(100, abs=0.2) or x1 == pytest.approx(100, abs=0.2)
    assert y0 == pytest.approx(300, abs=0.2)


def test_a_box_takes_no_words_from_other_lines_where_the_font_claims_ten(tmp_path: Path) -> None:
    pdf = attacks.document(b"BT /F3 0.12 Tf 1 0 0 -1 100 300 Tm (HlxHlx) Tj 1 0 0 -1 100 360 Tm (xxHl) Tj ET")
    scanned_letters(pdf)
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    plan = Plan((Item(0, ((95.0, 355.0, 160.0, 375.0),), "5.1.2e"),))
    redact(source, plan, tmp_path / "out.pdf", width_defence=False)
    words = [w.text for w in next(read_pages(tmp_path / "out.pdf")).words]
    assert "HlxHlx" in words
    assert "xxHl" not in words


def test_narrow_letters_and_signs_of_a_plain_font_stay_as_high_as_their_line(tmp_path: Path) -> None:
    pdf = attacks.document(b"BT /F1 12 Tf 100 300 Td (il.) Tj 0 -40 Td (|l|) Tj ET")
    page = next(read_pages(attacks.saved(pdf, tmp_path / "in.pdf")))
    assert all(y1 - y0 > 10 for box in page.char_boxes if box is not None for _, y0, _, y1 in [box])


def test_words_in_a_box_are_those_of_which_a_letter_comes_in_it(tmp_path: Path) -> None:
    pdf = attacks.document(b"BT /F1 12 Tf 100 300 Td (Aan Jansen en Pietersen) Tj ET")
    page = next(read_pages(attacks.saved(pdf, tmp_path / "in.pdf")))
    jansen = next(w for w in page.words if w.text == "Jansen")
    x0, y0, x1, y1 = jansen.box
    assert page.words_in([(x0 + 1, y0 + 1, x0 + 2, y1 - 1)]) == [jansen]
    assert [w.text for w in page.words_in([(x0 - 5, y0, x1 + 5, y1)])] == ["Aan", "Jansen", "en"]
    assert page.words_in([(x0, y0 - 100, x1, y0 - 50)]) == []


def test_a_word_that_is_broken_over_tight_lines_gives_boxes_of_one_line_each(tmp_path: Path) -> None:
    lines = b"BT /F1 12 Tf 1 0 0 1 60 600 Tm (zo'n onvoor-) Tj 0 -13 Td (stelbare dag) Tj ET"
    (page,) = read_pages(attacks.saved(attacks.document(lines, around=False), tmp_path / "in.pdf"))
    start = page.text.index("onvoor")
    (half,) = page.boxes_for(start, start + len("onvoor"))
    (whole, rest) = page.boxes_for(start, page.text.index("stelbare") + len("stelbare"))
    assert half[1] == whole[1] > rest[3] - 3
