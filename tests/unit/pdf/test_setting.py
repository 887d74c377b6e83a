"""How a line is set tells a removed name too: justified, centred and right-aligned lines, cells, and marks on words."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
import typst
from pikepdf import Array, Dictionary, Name
from reportlab.pdfbase.pdfmetrics import stringWidth

from redaction.pdf import Item, Plan, read_pages, render_page
from redaction.pdf.builder import Builder
from redaction.pdf.margins import Margins
from redaction.pdf.pages import PageText
from redaction.pdf.raster_lines import shift_lines
from redaction.pdf.snapping import snap_boxes
from redaction.pdf.spacing import Setting
from redaction.pdf.verification.checks import run_checks
from tests.unit.pdf import attacks
from tests.unit.pdf.attacks.text import predefined
from tests.unit.pdf.test_attacks import build
from tests.unit.pdf.test_width import box_of, page_of
from woo.typeset import FONT_DIR

LEFT, RIGHT, SIZE, TOP = 72.0, 500.0, 11, 700
FILLER = (
    "De gemeente heeft daarover in het voorjaar een besluit genomen en het gemeld",
    "en de bewoners van de hele wijk hebben dat per brief en in de krant vernomen",
    "zodat er op dit moment geen bezwaar meer open staat bij de commissie en zo",
)
LINE = "zegt dat {} gisteren met de anderen in het gebouw aan de haven was en bleef"
Placed = list[tuple[float, str]]
"""Words of a line with their beginnings."""


def wide(text: str) -> float:
    return stringWidth(text, "Helvetica", SIZE)


def spread(line: str) -> Placed:
    """From margin to margin."""
    words = line.split()
    space = (RIGHT - LEFT - sum(map(wide, words))) / (len(words) - 1)
    return follow(words, LEFT, space)


def follow(words: Iterable[str], start: float, space: float) -> Placed:
    placed = []
    for word in words:
        placed.append((start, word))
        start += wide(word) + space
    return placed


def centred(line: str) -> Placed:
    return follow(line.split(), 297.5 - wide(line) / 2, wide(" "))


def to_the_right(line: str) -> Placed:
    return follow(line.split(), RIGHT - wide(line), wide(" "))


def content(lines: Iterable[Placed]) -> str:
    return "\n".join(
        f"BT /F1 {SIZE} Tf 1 0 0 1 {x:.4f} {TOP - 16 * row} Tm ({word}) Tj ET"
        for row, line in enumerate(lines)
        for x, word in line
    )


def redacted(body: str, name: str, work: Path, link: pikepdf.Object | None = None) -> Path:
    work.mkdir(exist_ok=True)
    pdf = attacks.document(body.encode(), around=False)
    if link is not None:
        pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(link)])
    source = attacks.saved(pdf, work / "in.pdf")
    before = page_of(source)
    target, report, builder = build(source, Plan((Item(0, (box_of(before, name),), "5.1.2e", name),)), work)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}
    return target


def seen(path: Path) -> list[tuple[str, float, float]]:
    """Every word that can be read, and every box."""
    words = [(w.text, round(w.box[0], 1), round(w.box[2], 1)) for w in next(read_pages(path)).words]
    with pikepdf.open(path) as pdf:
        boxes = [i.operands for i in pikepdf.parse_content_stream(pdf.pages[0]) if str(i.operator) == "re"]
    return words + [("box", round(float(b[0]), 1), round(float(b[0]) + float(b[2]), 1)) for b in boxes]


@pytest.mark.parametrize("set_line", [spread, centred, to_the_right])
def test_names_of_unlike_width_give_the_same_line(set_line: Callable[[str], Placed], tmp_path: Path) -> None:
    """Where the line begins, where it ends and how wide its spaces are does not tell them apart."""
    found = []
    for name in ("Jansen", "Janssens"):
        lines = [set_line(line) for line in (*FILLER, LINE.format(name))]
        found.append(seen(redacted(content(lines), name, tmp_path / name)))
    assert found[0] == found[1]


def test_a_justified_line_still_ends_at_the_margin(tmp_path: Path) -> None:
    lines = [spread(line) for line in (*FILLER, LINE.format("Jansen"))]
    after = page_of(redacted(content(lines), "Jansen", tmp_path))
    assert box_of(after, "en bleef")[2] == pytest.approx(RIGHT, abs=0.05)
    assert box_of(after, "zegt")[0] == pytest.approx(LEFT, abs=0.05)


def test_letters_that_stand_closer_to_a_blank_do_not_show_in_the_box(tmp_path: Path) -> None:
    found = []
    for name, closer in (("Anders", 0.6), ("Jansen", 0.0)):
        line = follow(["zegt", "dat"], LEFT, wide(" "))
        start = LEFT + wide("zegt dat ") - closer
        line += follow([name, "kwam"], start, wide(" "))
        found.append(seen(redacted(content([line]), name, tmp_path / name)))
    assert found[0] == found[1]


@pytest.mark.parametrize("images", [{}, {0: "test"}])
def test_text_that_goes_for_want_of_room_is_told_to_the_jurist(images: dict[int, str], tmp_path: Path) -> None:
    words = [(76.0, "Jansen"), *((125.0 + 35.8 * k, "maand") for k in range(13))]
    source = attacks.saved(attacks.document(content([words]).encode(), around=False), tmp_path / "in.pdf")
    plan = Plan((Item(0, (box_of(page_of(source), "Jansen"),), "5.1.2e", "Jansen"),))
    builder = Builder(source, plan, tmp_path, width_defence=True, password=None, images=images)
    builder.build(tmp_path / "out.pdf")
    builder.close()
    assert page_of(tmp_path / "out.pdf").text.count("maand") < 13
    assert [note for note in builder.built.notes if note.startswith("Op pagina 1 is ook tekst naast een vak gelakt")]


@pytest.mark.parametrize("border", [160, 136])
def test_text_of_a_cell_stays_in_the_cell(border: int, tmp_path: Path) -> None:
    """What finds no room in it goes under the box, as does the rest of a full line."""
    row = [(76.0, "Jansen"), (114.0, "belt"), (border + 4.0, "Utrecht")]
    rules = f"0.5 w 72 690 m 72 715 l S {border} 690 m {border} 715 l S 72 690 200 25 re S"
    target = redacted(content([row]) + "\n" + rules, "Jansen", tmp_path)
    after = page_of(target)
    assert box_of(after, "Utrecht")[0] == pytest.approx(border + 4.0, abs=0.05)
    assert max(end for word, _, end in seen(target) if word in ("belt", "box") and end < 270) < border
    assert ("belt" in after.text) == (border == 160)


def test_text_of_a_form_stays_within_its_frame(tmp_path: Path) -> None:
    pdf = attacks.document(b"/Fm Do", around=False)
    resources = pdf.pages[0].obj.Resources
    form = pikepdf.Stream(pdf, content([follow(["Jan", "kwam", "toen"], LEFT, wide(" "))]).encode())
    form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([60, 690, 158, 715])})
    form["/Resources"] = Dictionary(Font=resources.Font)
    resources["/XObject"] = Dictionary(Fm=pdf.make_indirect(form))
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    target, report, _ = build(source, Plan((Item(0, (box_of(page_of(source), "Jan"),), "5.1.2e", "Jan"),)), tmp_path)
    assert report.proven, report.findings
    assert max(end for _, _, end in seen(target)) <= 158


def test_an_underline_and_a_link_go_along_with_their_words(tmp_path: Path) -> None:
    line = follow(["zegt", "Jansen", "in", "rapport", "twee"], LEFT, wide(" "))
    x = next(at for at, word in line if word == "rapport")
    mark = f"{x:.3f} {TOP - 2} {wide('rapport'):.3f} 0.6 re f"
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([x, TOP - 3, x + wide("rapport"), TOP + 9]),
        A=Dictionary(S=Name.URI, URI="https://www.open-overheid.nl"),
    )  # fmt: skip
    target = redacted(content([line]) + "\n" + mark, "Jansen", tmp_path, link)
    moved = box_of(page_of(target), "rapport")[0]
    assert moved > x + 1
    with pikepdf.open(target) as pdf:
        page = pdf.pages[0]
        marks = [float(i.operands[0]) for i in pikepdf.parse_content_stream(page) if str(i.operator) == "re"]
        assert marks[0] == pytest.approx(moved, abs=0.05)
        assert float(page.obj.Annots[0].Rect[0]) == pytest.approx(moved, abs=0.05)


def entry(title: str, number: str) -> Placed:
    """A title, the dots that lead from it, and a page number at the right edge."""
    line = follow(title.split(), LEFT, wide(" "))
    end = RIGHT - wide(number) - 4
    count = int((end - line[-1][0] - wide(line[-1][1]) - 3) / wide("."))
    return [*line, (end - count * wide("."), "." * count), (RIGHT - wide(number), number)]


@pytest.mark.parametrize("way", ["text", "image"])
def test_dots_that_lead_to_a_page_number_give_way_and_the_words_before_them_stay(way: str, tmp_path: Path) -> None:
    found = []
    for name in ("Jansen", "Janssens"):
        lines = [entry(f"Brief van {name} over de haven", "12"), entry("Besluit", "7"), entry("Bezwaar", "31")]
        work = tmp_path / name
        work.mkdir()
        source = attacks.saved(attacks.document(content(lines).encode(), around=False), work / "in.pdf")
        before = page_of(source)
        plan = Plan((Item(0, (box_of(before, name),), "5.1.2e"),))
        images = {0: "test"} if way == "image" else {}
        builder = Builder(source, plan, work, width_defence=True, password=None, images=images)
        builder.build(work / "out.pdf")
        builder.close()
        after = page_of(work / "out.pdf")
        assert box_of(after, "12")[0] == pytest.approx(box_of(before, "12")[0], abs=0.05)
        assert box_of(after, "haven")[0] > box_of(before, "haven")[0]
        dots = [w for w in after.words if w.text.strip(".") == "" and w.box[1] > TOP - 5]
        assert dots and box_of(after, "haven")[2] < min(w.box[0] for w in dots) < box_of(after, "haven")[2] + 12
        assert max(w.box[2] for w in dots) < box_of(after, "12")[0]
        found.append(seen(work / "out.pdf"))
    assert found[0] == found[1]


def test_dots_that_lead_to_a_removed_name_end_where_the_box_begins(tmp_path: Path) -> None:
    found = []
    for name in ("Jansens", "Janssens"):
        lines = [entry("Voorzitter", name), entry("Griffier", "Bakker"), entry("Wethouder", "Visser")]
        found.append(seen(redacted(content(lines), name, tmp_path / name)))
    dots, box = (next(s for s in found[0] if s[0].strip(".") == word) for word in ("", "box"))
    assert dots[1] < dots[2] < box[1]
    assert found[0] == found[1]


def test_a_raised_letter_goes_along_with_its_line(tmp_path: Path) -> None:
    line = follow(["noot", "Jansen", "bij", "twee"], LEFT, wide(" "))
    raised = line[3][0] + wide("twee")
    body = content([line]) + f"\nBT /F1 6 Tf 1 0 0 1 {raised:.3f} {TOP + 4} Tm (9) Tj ET"
    after = page_of(redacted(body, "Jansen", tmp_path))
    assert box_of(after, "9")[0] == pytest.approx(box_of(after, "twee")[2], abs=0.3)


def test_a_page_redacted_twice_is_the_same_file(tmp_path: Path) -> None:
    body = content([spread(line) for line in (*FILLER, LINE.format("Jansen"))])
    first, second = (redacted(body, "Jansen", tmp_path / name) for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


def test_words_of_a_picture_are_drawn_at_their_new_place(tmp_path: Path) -> None:
    """How letters lie on the pixels would tell where they stood before; so two names give the same pixels."""
    found = []
    for name in ("Jansen", "Janssens"):
        work = tmp_path / name
        work.mkdir()
        lines = [spread(line) for line in (*FILLER, LINE.format(name))]
        source = attacks.saved(attacks.document(content(lines).encode(), around=False), work / "in.pdf")
        plan = Plan((Item(0, (box_of(page_of(source), name),), "5.1.2e", name),))
        builder = Builder(source, plan, work, width_defence=True, password=None, images={0: "test"})
        builder.build(work / "out.pdf")
        builder.close()
        assert run_checks(source, work / "out.pdf", plan).proven
        found.append(np.asarray(render_page(work / "out.pdf", 0, 200).convert("L")).astype(int))
    different = np.abs(found[0] - found[1]) > 64
    assert different.sum() < 20


def test_a_line_that_is_read_to_the_left_keeps_its_right_end() -> None:
    hebrew, latin = "שלום עולם", "hallo daar"
    for letters, expected in ((hebrew, Setting.RIGHT), (latin, Setting.LEFT)):
        boxes = tuple((100 + 6.0 * i, 700.0, 105 + 6.0 * i, 710.0) for i in range(len(letters)))
        text = PageText(0, 595, 842, 0, (0, 0, 595, 842), letters, boxes)
        setting, _, _ = Margins(text, (1.0, 0.0)).setting(60.0, 155.0, 600.0, 10.0)
        assert setting == expected


def test_a_tall_letter_under_a_box_does_not_make_the_box_of_a_picture_higher() -> None:
    found = []
    for name, higher in (("Aron", 0.0), ("Adri", 0.13)):
        letters, boxes, x = f"met {name} kwam", [], 72.0
        for letter in letters:
            boxes.append((x, 700.0, x + 6.0, 709.0 + (higher if letter in "di" else 0.0)))
            x += 6.0
        text = PageText(0, 595, 842, 0, (0, 0, 595, 842), letters, tuple(boxes))
        found.append(shift_lines(text, list(text.boxes_for(4, 8))).boxes)
    assert found[0] == found[1]


def kanji(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Courier of which the capitals say Japanese signs."""
    table = pikepdf.Stream(
        pdf, b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <41> <5A> <4E00> endbfrange"
    )
    said = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier, Encoding=Name.WinAnsiEncoding)
    said["/ToUnicode"] = pdf.make_indirect(table)
    return {"F2": pdf.make_indirect(said)}


def test_a_full_line_without_blanks_loses_the_name_and_nothing_beside_it(tmp_path: Path) -> None:
    """60 letters of 7.2 points from 72 to 504, of which a name of four goes."""
    rows = [("ABCDEFGHIJKLM" * 5)[k : k + 60] for k in range(4)]
    body = "\n".join(f"BT /F2 12 Tf 72 {700 - 20 * i} Td ({row}) Tj ET" for i, row in enumerate(rows))
    source = attacks.saved(attacks.document(body.encode(), around=False, Font=kanji), tmp_path / "in.pdf")
    name = (72 + 10 * 7.2, 696.0, 72 + 14 * 7.2, 710.0)
    target, report, builder = build(source, Plan((Item(0, (name,), "5.1.2e"),)), tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}
    first = [[b for b in page_of(path).char_boxes if b and b[1] > 690] for path in (source, target)]
    kept = [[round(box[0], 1) for box in boxes] for boxes in first]
    assert kept[1][:10] == kept[0][:10]
    moved = [round(at + 36 - 4 * 7.2, 1) for at in kept[0][14:]]
    assert [at for at in kept[1] if at >= moved[0]] == moved


def test_a_box_on_a_name_in_a_script_without_blanks_stays_as_it_is() -> None:
    letters = "会議は市役所で田中が出席した。"
    places = tuple((72 + 12.0 * i, 700.0, 84 + 12.0 * i, 712.0) for i in range(len(letters)))
    box = (72 + 12.0 * 7, 700.0, 72 + 12.0 * 9, 712.0)
    assert snap_boxes([box], PageText(0, 595, 842, 0, (0, 0, 595, 842), letters, places)) == {box: box}


def test_text_that_is_written_downwards_gets_gaps_of_twelve_points(tmp_path: Path) -> None:
    rows = ["会議は月曜日に市役所で開かれ田中太郎氏が出席した。", "担当者は報告書を提出した。"]
    body = "\n".join(
        f"BT /F2 12 Tf {400 - 30 * i} 760 Td <{row.encode('shift_jis').hex()}> Tj ET" for i, row in enumerate(rows)
    )
    pdf = attacks.document(body.encode(), around=False, Font=lambda p: {"F2": predefined(p, "90ms-RKSJ-V")})
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    name = "田中太郎"
    plan = Plan((Item(0, (box_of(page_of(source), name),), "5.1.2e", name),))
    target, report, builder = build(source, plan, tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}
    after = page_of(target)
    gap = box_of(after, "れ")[1] - box_of(after, "氏")[3]
    assert gap >= 36 - 0.01
    assert gap / 12 == pytest.approx(round(gap / 12), abs=0.002)


def test_lines_in_arabic_keep_their_right_end(tmp_path: Path) -> None:
    """Also those of which PDFium reads the dots of the letters as lines of their own."""
    page = (
        '#set page(width: 420pt, height: 250pt, margin: 36pt)\n#set text(font: "Noto Naskh Arabic", size: 12pt, '
        'lang: "ar")\n' + "قال السيد أحمد بن يوسف إن الاجتماع كان مفيدا للجميع في المدينة وقد حضر الجميع\n\n" * 2
        + "السيد أحمد بن يوسف"
    )  # fmt: skip
    source = tmp_path / "in.pdf"
    source.write_bytes(typst.compile(page.encode(), font_paths=[FONT_DIR]))
    *_, last = sorted({round(b[1]) for b in page_of(source).char_boxes if b}, reverse=True)
    name = (300.0, last - 1.0, 357.0, last + 17.0)
    target, report, builder = build(source, Plan((Item(0, (name,), "5.1.2e"),)), tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}
    boxes = [[b for b in page_of(path).char_boxes if b and abs(b[1] - last) < 5] for path in (source, target)]
    assert len(boxes[1]) < len(boxes[0])
    assert max(b[2] for b in boxes[1]) == pytest.approx(384.0, abs=0.1)
