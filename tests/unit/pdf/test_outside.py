"""What lies outside the boxes looks as it did, in the ways in which real files are written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from redaction.pdf import Item, Plan, normalise, read_pages, redact
from redaction.pdf.geometry import Box
from redaction.pdf.imagefiles import read_image
from tests.unit.pdf import attacks

SCALE = 2


def shown(path: Path) -> np.ndarray:
    with pdfium.PdfDocument(str(path)) as document:
        picture: Image.Image = document[0].render(scale=SCALE).to_pil().convert("RGB")
        return np.asarray(picture).astype(int)


def changed(body: bytes, box: Box, work: Path) -> int:
    """Pixels that change outside the box (with a rim of 2 points) on a page with this content."""
    source = attacks.saved(attacks.document(body, around=False), work / "in.pdf")
    report = redact(source, Plan((Item(0, (box,), ""),)), work / "out.pdf", width_defence=False)
    assert report.engines == {0: "content"}
    before, after = shown(source), shown(work / "out.pdf")
    high = before.shape[0]
    x0, y0, x1, y1 = (int(v) for v in (box[0] - 2, box[1] - 2, box[2] + 3, box[3] + 3))
    difference = np.abs(before - after).max(axis=2)
    difference[high - SCALE * y1 : high - SCALE * y0, SCALE * x0 : SCALE * x1] = 0
    return int((difference > 8).sum())


def test_a_colour_chosen_between_the_lines_of_a_shape_and_its_painting_stays(tmp_path: Path) -> None:
    shapes = b"1 0 0 rg 60 500 200 100 re 300 500 200 100 re 0 1 0 rg f 60 200 100 50 re f\n"
    assert changed(shapes, (100.0, 520.0, 160.0, 540.0), tmp_path) == 0


def test_text_after_a_box_keeps_its_operators_to_the_last_decimal_where_none_moves(tmp_path: Path) -> None:
    lines = b"12.3 TL 1.123457 -12.3 Td [(Tweede)-333.33333( regel)] TJ T* (Derde) Tj 0 0 (Vierde ) \" (regel) ' "
    body = b"BT /F1 9 Tf 1 0 0 1 60.1234 600.4321 Tm (Naam Jansen komt) Tj " + lines + b"ET\n"
    for box, gone in (((85.0, 598.0, 116.0, 608.0), b"Jansen"), ((60.0, 585.0, 95.0, 596.0), b"Tweede")):
        assert changed(body, box, tmp_path) == 0
        with pikepdf.open(tmp_path / "out.pdf") as pdf:
            content = pdf.pages[0].Contents.read_bytes()
        assert gone not in content and b"1.123457 -12.3 Td" in content and b" Tm" not in content[60:]


def test_operators_that_placed_what_is_wholly_gone_go_too(tmp_path: Path) -> None:
    body = b"BT /F1 9 Tf 60 600 Td (Naam) Tj 30 0 Td (Jan) Tj 15.678 0 Td (sen) Tj 20 0 Td (komt) Tj ET\n"
    assert changed(body, (85.0, 598.0, 120.0, 608.0), tmp_path) == 0
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert b"15.678" not in pdf.pages[0].Contents.read_bytes()


def test_a_step_over_what_is_gone_keeps_the_places_that_viewers_add_up(tmp_path: Path) -> None:
    steps = b"(gaat) Tj 30.333 0 Td (Jansen) Tj -30.333 -10.959 Td (verder) Tj 0 -10.959 TD (Derde) Tj T* (einde) Tj ET"
    body = b"BT /F1 9 Tf 1.1 0 0 1.1 20.1 600.4321 Tm 3.3 0 Td (Naam) Tj 33.3 0 Td (gaat) Tj 3.7 -10.959 Td " + steps
    for box in ((90.0, 587.0, 160.0, 596.0), (55.0, 575.0, 110.0, 584.0)):
        assert changed(body, box, tmp_path) == 0
        with pikepdf.open(tmp_path / "out.pdf") as pdf:
            content = pdf.pages[0].Contents.read_bytes()
        assert content.count(b" Tm") == 1 and content.count(b" Td") + content.count(b" TD") + content.count(b"T*") >= 4


@pytest.mark.parametrize("dash", [b"[9 3] 2 d", b"[5] 0 d", b"[7 2 1] 3 d"])
def test_a_broken_line_that_a_box_cuts_is_broken_where_it_was(dash: bytes, tmp_path: Path) -> None:
    lines = b"60 500 m 500 500 l S 2 0 0 1 0 0 cm 40 300 m 220 340 l 240 300 l h S\n"
    for box in ((100.0, 480.0, 133.0, 520.0), (60.0, 290.0, 140.0, 316.0)):
        assert changed(dash + b" 2 w " + lines, box, tmp_path) < 8


def test_a_shade_drawn_line_by_line_keeps_its_edges(tmp_path: Path) -> None:
    lines = b"0.5 g 60.3 500.3 m 60.3 500.3 l 60.3 600.7 l 260.7 600.7 l 260.7 500.3 l h 260.7 500.3 m f\n"
    assert changed(lines, (100.0, 520.0, 160.0, 540.0), tmp_path) == 0


def test_a_note_without_a_look_is_drawn_where_and_as_it_was(tmp_path: Path) -> None:
    with attacks.document(b"BT /F1 12 Tf 60 600 Td (Naam) Tj ET\n", around=False) as pdf:
        notes = [
            Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array(rect), F=4)
            for rect in ([200, 400, 220, 420], [300, 450, 304, 440])
        ]
        pdf.pages[0].obj["/Annots"] = pdf.make_indirect(Array(notes))
        source = attacks.saved(pdf, tmp_path / "in.pdf")
    redact(source, Plan((Item(0, ((60.0, 598.0, 95.0, 610.0),), ""),)), tmp_path / "out.pdf", width_defence=False)
    rows = slice(SCALE * 300, None)
    assert not np.abs(shown(source) - shown(tmp_path / "out.pdf"))[rows].any()


def test_metadata_that_cannot_be_read_does_not_keep_a_file_with_notes_back(tmp_path: Path) -> None:
    with attacks.document(b"BT /F1 12 Tf 60 600 Td (Naam) Tj ET\n", around=False) as pdf:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=Array([200, 400, 220, 420]), F=4)
        pdf.pages[0].obj["/Annots"] = pdf.make_indirect(Array([note]))
        pdf.Root["/Metadata"] = Stream(pdf, b"{|}~", Type=Name.Metadata, Subtype=Name.XML, Filter=Name.ASCII85Decode)
        pdf.save(tmp_path / "in.pdf", fix_metadata_version=False)
    plan = Plan((Item(0, ((60.0, 598.0, 95.0, 610.0),), ""),))
    assert redact(tmp_path / "in.pdf", plan, tmp_path / "out.pdf").proven
    assert normalise(tmp_path / "in.pdf", tmp_path / "normal.pdf").pages == 1


@pytest.mark.parametrize("shade", [b"60.3 500.37 200.4 20.9 re f\n", b"60.3 500.37 200.4 0.48 re f\n"])
def test_a_shade_that_sticks_out_of_a_box_on_all_sides_keeps_its_edges(shade: bytes, tmp_path: Path) -> None:
    for box in ((100.0, 490.0, 160.0, 510.4), (100.0, 499.1, 160.0, 511.3), (100.0, 490.0, 160.0, 540.0)):
        assert changed(b"0.5 g " + shade, box, tmp_path) == 0


def test_of_a_shade_that_ends_under_a_box_the_end_goes(tmp_path: Path) -> None:
    changed(b"0.5 g 60.3 500.3 73.7 10 re f\n", (100.0, 490.0, 160.0, 540.0), tmp_path)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert b"73.7" not in pdf.pages[0].Contents.read_bytes()


def test_a_frame_around_a_box_keeps_its_operators(tmp_path: Path) -> None:
    assert changed(b"0.7 w 60.34567 500.3 200.7 40.1 re S\n", (100.0, 510.0, 160.0, 530.0), tmp_path) == 0
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert b"60.34567 500.3 200.7 40.1 re" in pdf.pages[0].Contents.read_bytes()


@pytest.mark.parametrize("kind", [b"/BPC 8 /CS /G", b"/BPC 1 /CS /G", b"/BPC 1 /IM true"])
def test_a_coarse_image_keeps_its_pixels_as_sharp_as_they_were(kind: bytes, tmp_path: Path) -> None:
    size = 40 if b"8" in kind else 5
    pixels = np.random.default_rng(1).integers(0, 256, (40, size), np.uint8).tobytes().replace(b"EI", b"ei")
    body = b"q 0.2 g 400 0 0 400 100 300 cm BI /W 40 /H 40 " + kind + b" ID " + pixels + b" EI Q\n"
    assert changed(body, (143.0, 413.0, 198.0, 457.0), tmp_path) < 500  # of a million: where the finer pixels meet them
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        (form,) = pdf.pages[0].Resources.XObject.values()
        whole, part = (read_image(i).samples for i in form.Resources.XObject.values())
    hidden = whole.pixels(25, 28)[:, 5:9], part.pixels(3, part.height - 3)[:, 2 : part.width - 2]
    assert [len(np.unique(h.reshape(-1, 1), axis=0)) for h in hidden] == [1, 1]


def test_a_large_curve_that_a_box_cuts_stays_round(tmp_path: Path) -> None:
    """In a few straight pieces each would lie more than half a point beside the curve."""
    curve = b"0 0 0 rg 20 20 m 20 900 575 900 575 20 c h f\n"
    assert changed(curve, (280.0, 660.0, 320.0, 700.0), tmp_path) < 300


def test_a_shade_that_is_drawn_as_one_thick_line_stays_around_a_box(tmp_path: Path) -> None:
    text = b"BT /F1 9 Tf 60 600 Td (Naam Jansen komt) Tj ET\n"
    band = b"1 0.8 0.6 RG 14 w 60 604 m 400 604 l S 300 100 m 300 700 l S " + text
    assert changed(band, (85.0, 599.0, 116.0, 608.0), tmp_path) == 0


def test_a_line_that_is_thinner_than_a_box_is_cut_there(tmp_path: Path) -> None:
    assert changed(b"2 w 60 604 m 400 604 l S\n", (85.0, 599.0, 116.0, 608.0), tmp_path) == 0
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        drawn = pdf.pages[0].Contents.read_bytes().split()
    assert drawn.count(b"m") >= 2


def test_a_thick_rule_that_a_box_comes_half_way_stays(tmp_path: Path) -> None:
    """Cut, it went over its whole thickness, also below the box and beside it."""
    rule = b"8 w 60 598 m 400 598 l S 60 540 340 50 re S\n"
    assert changed(rule, (85.0, 598.0, 116.0, 608.0), tmp_path) == 0


def test_a_column_line_that_was_drawn_from_the_middle_of_its_end_keeps_its_edges(tmp_path: Path) -> None:
    column = b"207.1 346.5 m 208.3 346.5 l 208.3 211.5 l 207.1 211.5 l 205.8 211.5 l 205.8 346.5 l 207.1 346.5 l h f*\n"
    assert changed(column, (178.5, 336.8, 297.5, 378.9), tmp_path) == 0


def test_letters_of_the_next_line_that_a_box_touches_at_their_tops_stay(tmp_path: Path) -> None:
    lines = b"BT /F1 20 Tf 1 0 0 1 60 600 Tm (Service) Tj 0 -14 Td (program) Tj ET\n"
    assert changed(lines, (60.0, 595.7, 135.0, 614.0), tmp_path) == 0


def test_the_hyphen_behind_the_first_half_of_a_word_stays(tmp_path: Path) -> None:
    lines = b"BT /F1 12 Tf 1 0 0 1 60 600 Tm (zo'n onvoor-) Tj 0 -14 Td (stelbare dag) Tj ET\n"
    source = attacks.saved(attacks.document(lines, around=False), tmp_path / "look.pdf")
    (page,) = read_pages(source)
    (half,) = page.boxes_for(start := page.text.index("onvoor"), start + len("onvoor"))
    assert changed(lines, (half[0], half[1], half[2] - 1, half[3]), tmp_path) == 0


def test_a_drawing_under_a_very_thin_box_is_cut_and_not_taken_for_what_was_there(tmp_path: Path) -> None:
    """Seen coarsely, such a box is mostly rim."""
    drawing = b"100 103 m 101.6 103 l 107 99 l 105.4 99 l h 104 103 m 106 103 l 111 99 l 109 99 l h f\n"
    assert changed(drawing, (100.1, 100.8, 105.5, 102.15), tmp_path) == 0


def test_a_thick_line_that_a_box_cuts_keeps_its_ends_along_the_box(tmp_path: Path) -> None:
    """Cut across, it would end beside the box. Where its ink does not leave the box, nothing of its middle stays."""
    box = (260.0, 572.0, 330.0, 612.0)
    assert changed(b"12 w 240 560 m 360 640 l S 310 609 m 310 590 l S\n", box, tmp_path) == 0
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        drawn = [i for i in pikepdf.parse_content_stream(pdf.pages[0]) if str(i.operator) in "ml"]
    places = [[float(v) for v in i.operands] for i in drawn]
    assert not any((266.5 < x < 323.5 and 578.5 < y < 605.5) or x == 310 for x, y in places)
