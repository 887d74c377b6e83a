"""Width defence: the gap after a removed word says nothing but a multiple of twelve points."""
from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from reportlab.pdfbase.pdfmetrics import stringWidth

from redaction.pdf import Box, Item, PageText, Plan, read_pages, redact, render_page
from redaction.pdf.builder import Builder
from redaction.pdf.imagefiles import image_object
from redaction.pdf.verification.checks import run_checks
from tests.unit.pdf import attacks
from tests.unit.pdf.test_attacks import build

NAMES = ("Li", "Bos", "Jansen", "De Vries", "Wolfeschlegelstein", "Ruijter-Dijkgraaf")
LINE = "Het gesprek met {} vond plaats op maandag."


def one_line(name: str, *, placed: bool) -> pikepdf.Pdf:
    """A line with a name in it, as one string or each word placed by itself."""
    text = LINE.format(name)
    if not placed:
        return attacks.document(b"BT /F1 11 Tf 72 500 Td (" + text.encode() + b") Tj ET\n")
    body, x = b"", 72.0
    for word in text.split():
        body += f"BT /F1 11 Tf 1 0 0 1 {x:.3f} 500 Tm ({word}) Tj ET\n".encode()
        x += stringWidth(word + " ", "Helvetica", 11)
    return attacks.document(body)


def page_of(path: Path) -> PageText:
    return next(read_pages(path))


def box_of(page: PageText, text: str) -> Box:
    start = page.text.index(text)
    return page.boxes_for(start, start + len(text))[0]


def redacted_page(
    name: str, work: Path, *, placed: bool, width_defence: bool = True
) -> tuple[PageText, PageText, Path]:
    source = attacks.saved(one_line(name, placed=placed), work / "in.pdf")
    before = page_of(source)
    plan = Plan((Item(0, (box_of(before, name),), "5.1.2e", name),))
    target, report, _ = build(source, plan, work, width_defence=width_defence)
    assert report.proven, report.findings
    return before, page_of(target), target


@pytest.mark.parametrize("placed", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_the_gap_is_a_multiple_of_twelve_and_at_least_thirty_six_points(
    name: str, placed: bool, tmp_path: Path
) -> None:
    _, after, _ = redacted_page(name, tmp_path, placed=placed)
    gap = box_of(after, "vond")[0] - box_of(after, "met")[2]
    assert gap >= 36 - 0.01
    assert gap / 12 == pytest.approx(round(gap / 12), abs=0.002)


@pytest.mark.parametrize("name", NAMES)
def test_words_after_the_gap_keep_their_distances(name: str, tmp_path: Path) -> None:
    before, after, _ = redacted_page(name, tmp_path, placed=True)
    for page in (before, after):
        assert box_of(page, "plaats")[0] - box_of(page, "vond")[0] == pytest.approx(
            box_of(before, "plaats")[0] - box_of(before, "vond")[0], abs=0.01
        )
    assert box_of(after, "gesprek") == pytest.approx(box_of(before, "gesprek"), abs=0.01)


def test_names_of_nearly_the_same_width_give_the_same_file(tmp_path: Path) -> None:
    results = []
    for name in ("Jansen", "Janson"):
        work = tmp_path / name
        work.mkdir()
        _, after, _ = redacted_page(name, work, placed=False)
        results.append([(w.text, tuple(round(v, 2) for v in w.box)) for w in after.words])
    assert results[0] == results[1]


def test_with_the_defence_off_no_word_moves(tmp_path: Path) -> None:
    before, after, _ = redacted_page("Jansen", tmp_path, placed=False, width_defence=False)
    for word in ("gesprek", "met", "vond", "maandag"):
        assert box_of(after, word) == pytest.approx(box_of(before, word), abs=0.01)


def test_the_black_box_has_a_width_on_the_grid_and_touches_no_word(tmp_path: Path) -> None:
    _, after, target = redacted_page("De Vries", tmp_path, placed=False)
    with pikepdf.open(target) as pdf:
        boxes = [
            [float(v) for v in i.operands]
            for i in pikepdf.parse_content_stream(pdf.pages[0])
            if str(i.operator) == "re"
        ]
    (x, _, width, _), *others = boxes
    assert others == []
    assert width / 6 == pytest.approx(round(width / 6), abs=0.01)
    assert x >= box_of(after, "met")[2]
    assert x + width <= box_of(after, "vond")[0]


def test_a_column_further_on_stays_where_it_was(tmp_path: Path) -> None:
    rows = "".join(
        f"BT /F1 11 Tf 72 {y} Td ({name}) Tj ET BT /F1 11 Tf 300 {y} Td (Kolom{y}) Tj ET\n"
        for y, name in ((500, "Jansen"), (480, "Pietersen"), (460, "Li"), (440, "Bakker"))
    )
    source = attacks.saved(attacks.document(rows.encode()), tmp_path / "in.pdf")
    before = page_of(source)
    plan = Plan((Item(0, (box_of(before, "Pietersen"),), "5.1.2e", "Pietersen"),))
    target, report, _ = build(source, plan, tmp_path)
    assert report.proven, report.findings
    assert box_of(page_of(target), "Kolom480") == pytest.approx(box_of(before, "Kolom480"), abs=0.01)


@pytest.mark.parametrize("name", ["Li", "Jansen", "Wolfeschlegelstein"])
def test_an_image_page_gets_the_same_gaps(name: str, tmp_path: Path) -> None:
    source = attacks.saved(one_line(name, placed=False), tmp_path / "in.pdf")
    before = page_of(source)
    plan = Plan((Item(0, (box_of(before, name),), "5.1.2e", name),))
    builder = Builder(source, plan, tmp_path, width_defence=True, password=None, images={0: "test"})
    builder.build(tmp_path / "out.pdf")
    builder.close()
    report = run_checks(source, tmp_path / "out.pdf", plan)
    assert report.proven, report.findings
    after = page_of(tmp_path / "out.pdf")
    gap = box_of(after, "vond")[0] - box_of(after, "met")[2]
    assert gap >= 35.9
    assert gap / 12 == pytest.approx(round(gap / 12), abs=0.05)
    x0, y0, x1, y1 = box_of(after, "vond")
    picture = render_page(tmp_path / "out.pdf", 0, 144).convert("L")
    ink = picture.crop((int(2 * x0), int(2 * (842 - y1)), int(2 * x1), int(2 * (842 - y0))))
    assert sum(v < 128 for v in ink.tobytes()) > 0.1 * ink.width * ink.height


def scanned(pdf: pikepdf.Pdf, work: Path, *, form: bool) -> Path:
    """The page as a picture with its text unseen, in a form of its own as OCRmyPDF puts it."""
    picture = render_page(attacks.saved(pdf, work / "text.pdf"), 0, 144).convert("L")
    page = pdf.pages[0]
    objects = page.obj.Resources["/XObject"] = pikepdf.Dictionary(Scan=image_object(pdf, picture))
    body = b"3 Tr\n" + page.Contents.read_bytes()
    if form:
        objects["/Text"] = text = pikepdf.Stream(pdf, body, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        text["/BBox"] = pikepdf.Array([0, 0, 595, 842])
        text["/Resources"] = pikepdf.Dictionary(Font=page.obj.Resources.Font)
        body = b"/Text Do"
    page.obj["/Contents"] = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q " + body)
    return attacks.saved(pdf, work / "in.pdf")


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize("name", ["Li", "Jansen", "Wolfeschlegelstein"])
def test_a_scan_moves_its_pixels_with_the_text_that_ocr_read(name: str, form: bool, tmp_path: Path) -> None:
    source = scanned(one_line(name, placed=False), tmp_path, form=form)
    before = page_of(source)
    target, report, builder = build(source, Plan((Item(0, (box_of(before, name),), "5.1.2e", name),)), tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}
    after = page_of(target)
    gap = box_of(after, "vond")[0] - box_of(after, "met")[2]
    assert gap >= 36 - 0.01
    assert gap / 12 == pytest.approx(round(gap / 12), abs=0.01)
    x0, y0, x1, y1 = box_of(after, "vond")
    made = np.asarray(render_page(target, 0, 144).convert("L")).astype(int)
    ink = made[int(2 * (842 - y1)) : int(2 * (842 - y0)), int(2 * x0) : int(2 * x1)]
    assert (ink < 128).mean() > 0.1
    behind = made[int(2 * (842 - y1)) : int(2 * (842 - y0)), int(2 * box_of(after, "maandag.")[2]) + 4 :]
    assert behind.min() > 200


def test_words_of_a_tagged_scan_that_are_written_anew_are_tagged(tmp_path: Path) -> None:
    pdf = one_line("Jansen", placed=False)
    source = scanned(pdf, tmp_path, form=False)
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array([])))
    pdf.Root["/StructTreeRoot"] = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=top))
    top["/P"] = pdf.Root.StructTreeRoot
    attacks.saved(pdf, source)
    target, report, _ = build(source, Plan((Item(0, (box_of(page_of(source), "Jansen"),), "5.1.2e"),)), tmp_path)
    assert report.proven, report.findings
    marks: list[str] = []
    shown: list[tuple[str, ...]] = []
    with pikepdf.open(target) as made:
        for instruction in pikepdf.parse_content_stream(made.pages[0]):
            operator = str(instruction.operator)
            if operator in ("BDC", "BMC"):
                marks.append(str(instruction.operands[0]))
            elif operator == "EMC":
                marks.pop()
            elif operator in ("Tj", "TJ"):
                shown.append(tuple(marks))
        kinds = [str(kid.S) for kid in made.Root.StructTreeRoot.K.K]
    assert shown.count(("/P",)) >= 3
    assert "/P" in kinds and "/Span" in kinds


@pytest.mark.parametrize("form", [False, True])
def test_words_of_a_scan_that_find_no_room_go_with_their_pixels_and_the_jurist_is_told(
    form: bool, tmp_path: Path
) -> None:
    line = "Jo sprak in de raad met de wethouder over de haven en de school aan de rand van de stad en zo voort en"
    pdf = attacks.document(f"BT -1 Tw /F1 11 Tf 90 500 Td ({line}) Tj ET\n".encode(), around=False)
    source = scanned(pdf, tmp_path, form=form)
    plan = Plan((Item(0, (box_of(page_of(source), "Jo"),), "5.1.2e", "Jo"),))
    target, report, builder = build(source, plan, tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}
    assert any(note.startswith("Op pagina 1 is ook tekst naast een vak gelakt") for note in builder.built.notes)
    after = page_of(target)
    gone = [word for word in line.split() if word not in after.text]
    assert gone and set(gone) != set(line.split())
    _, y0, _, y1 = box_of(after, "5.1.2e")
    made = np.asarray(render_page(target, 0, 144).convert("L")).astype(int)
    last = max(w.box[2] for w in after.words if w.text in line.split())
    behind = made[int(2 * (842 - y1)) : int(2 * (842 - y0)), int(2 * last) + 6 :]
    assert behind.min() > 200


# --- how much a gap still tells ------------------------------------------------------------------------------------
TEAM, TEAMS = 50, 12
FIRST = "Jan Anna Pieter Fatima Willem Sanne Mohammed Els Bas Charlotte Joris Maria Kees Yasmine Thijs Eva".split()
LAST = (
    "Bos|Li|Jansen|De Vries|Van den Berg|Bakker|Visser|Smit|Meijer|De Boer|Mulder|De Groot|Vos|Peters|Hendriks|Dekker|"
    "Van Leeuwen|Brouwer|De Wit|Dijkstra|Smits|De Graaf|Van der Meer|Kok|Jacobs|De Haan|Vermeulen|Van der Heijden|"
    "Schouten|Van Beek|Willems|Hoekstra|Koster|Prins|Huisman|Postma|El Amrani|Yilmaz|Kaya|Ruijter-Dijkgraaf"
).split("|")


def teams() -> list[list[str]]:
    chance = random.Random(5)
    people = [f"{first} {last}" for first in FIRST for last in LAST]
    return [chance.sample(people, TEAM) for _ in range(TEAMS)]


@pytest.mark.slow
def test_a_gap_points_to_one_of_fifty_colleagues_in_at_most_four_in_a_hundred_cases(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    for team in teams():
        lines = [f"BT /F1 11 Tf 72 {800 - 15 * i} Td ({LINE.format(name)}) Tj ET" for i, name in enumerate(team)]
        single = attacks.document("\n".join(lines).encode(), around=False)
        pdf.pages.append(single.pages[0])
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    items = []
    for page, team in zip(read_pages(source), teams(), strict=True):
        items += [Item(page.index, page.boxes_for(at := page.text.index(f"met {n} vond") + 4, at + len(n)), "5.1.2e")
                  for n in team]  # fmt: skip
    builder = Builder(source, Plan(tuple(items)), tmp_path, width_defence=True, password=None, images={})
    builder.build(tmp_path / "out.pdf")
    builder.close()
    alone = 0
    for page in read_pages(tmp_path / "out.pdf"):
        ends = Counter(round(w.box[0]) for w in page.words if w.text == "vond")
        assert sum(ends.values()) == TEAM
        alone += sum(1 for count in ends.values() if count == 1)
    assert alone <= 0.04 * TEAM * TEAMS


def test_two_boxes_side_by_side_with_their_own_grounds_are_one_bar_and_proven(tmp_path: Path) -> None:
    line = "Haar man Wim Brand krijgt chemo, op de afdeling, zegt zij"
    source = attacks.saved(attacks.document(f"BT /F1 12 Tf 72 700 Td ({line}) Tj ET".encode()), tmp_path / "in.pdf")

    def box(words: str) -> Box:
        before = 72 + stringWidth(line[: line.index(words)], "Helvetica", 12)
        return before, 697, before + stringWidth(words, "Helvetica", 12), 709

    plan = Plan((Item(0, (box("Wim Brand"),), "5.1.2e"), Item(0, (box("krijgt chemo"),), "5.1.1d")))
    report = redact(source, plan, tmp_path / "out.pdf")

    assert report.engines == {0: "content"}
    text = next(read_pages(tmp_path / "out.pdf")).text
    assert "Haar man , op de afdeling, zegt zij" in text
    assert "5.1.2e, 5.1.1d" in text
