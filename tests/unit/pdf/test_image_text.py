"""The text under a page that became a picture: all of it can be read, in every script."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from redaction.pdf import read_pages
from redaction.pdf.builder import Builder
from redaction.pdf.raster import painted
from redaction.pdf.textfont import TextFont
from tests.unit.pdf import attacks

WORDS = ["Ωmega", "Γ", "Житомир", "€", "→", "“gezegd”"]


def test_letters_outside_latin_can_be_read_also_one_at_a_time(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.obj["/Resources"] = Dictionary(Font=Dictionary({"/F": TextFont(pdf).object}))
    rows = [f"BT /F 12 Tf 72 {800 - 30 * i} Td <{w.encode('utf-16-be').hex()}> Tj ET" for i, w in enumerate(WORDS)]
    page.obj["/Contents"] = Stream(pdf, "\n".join(rows).encode())
    text = next(read_pages(attacks.saved(pdf, tmp_path / "in.pdf")))
    assert [w.text for w in text.words] == WORDS


def test_all_picture_pages_share_one_embedded_font(tmp_path: Path) -> None:
    pdf = next(iter(attacks.CONTENT.values()))(True)
    pdf.pages.append(pdf.pages[0])
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    builder = Builder(source, attacks.PLAN, tmp_path, width_defence=False, password=None, images={0: "a", 1: "b"})
    builder.build(tmp_path / "out.pdf")
    builder.close()
    with pikepdf.open(tmp_path / "out.pdf") as made:
        fonts = [p.obj.Resources.Font.get("/LakText") for p in made.pages]
        known = [f for f in fonts if f is not None]
        assert known and len({f.objgen for f in known}) == 1
        assert isinstance(known[0].DescendantFonts[0].FontDescriptor.FontFile2, Stream)


def test_a_link_keeps_the_colour_of_its_border(tmp_path: Path) -> None:
    pdf = next(iter(attacks.CONTENT.values()))(True)
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([72, 90, 200, 115]), Border=Array([0, 0, 1]),
        C=Array([1, 1, 1]), A=Dictionary(S=Name.URI, URI="https://www.open-overheid.nl"),
    )  # fmt: skip
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(link)])
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    builder = Builder(source, attacks.PLAN, tmp_path, width_defence=False, password=None, images={})
    builder.build(tmp_path / "out.pdf")
    builder.close()
    with pikepdf.open(tmp_path / "out.pdf") as made:
        assert [int(v) for v in made.pages[0].obj.Annots[0].C] == [1, 1, 1]


def test_how_a_place_was_rounded_does_not_show_in_the_black_box_of_a_picture() -> None:
    blank = Image.new("L", (200, 100), 255)
    sizes = [(20.0 + off, 10.0, 60.0 - off, 20.0) for off in (0.0, 1e-5, -1e-5)]
    made = [painted(blank, (0.0, 0.0, 100.0, 50.0), [box]).tobytes() for box in sizes]
    assert made[0] == made[1] == made[2]
