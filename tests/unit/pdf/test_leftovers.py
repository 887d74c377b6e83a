"""What held removed content goes too: how many pieces there were, and how wide, tells what they were."""

from __future__ import annotations

import time
from pathlib import Path

import pikepdf
import pytest
from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator, Stream

from redaction.pdf import redact
from redaction.pdf.content import named
from redaction.pdf.leftovers import without_leftovers
from tests.unit.pdf import attacks


def tidied(content: bytes) -> bytes:
    pdf = pikepdf.new()
    read = pikepdf.parse_content_stream(Stream(pdf, content))
    made = without_leftovers((named(i), i, b"MCID" in pikepdf.unparse_content_stream([i])) for i in read)
    return b" ".join(bytes(pikepdf.unparse_content_stream(made)).split())


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (b"q 7.2 0 0 15 100 697 cm Q", b""),
        (b"q 72 700 31.5 14 re W n BT /F1 9 Tf 72 700 Td ET Q", b""),
        (b"q q 1 g Q 0 0 9 9 re f Q", b"q 0 0 9 9 re f Q"),
        (b"BT /F1 9 Tf 3 Tc 72 700 Td 1 0 0 1 9 9 Tm T* ET", b"/F1 9 Tf 3 Tc"),
        (b"BT 4 -12 TD ET", b"12 TL"),
        (b"BT 4 -12 Td (a) Tj ET", b"BT 4 -12 Td (a) Tj ET"),
        (b"/Span << /ActualText (Z) >> BDC EMC /P BMC 1 g EMC", b"1 g"),
        (b"BT 9 9 Td 1 0 0 1 5 5 Tm (a) Tj 1 0 0 1 31.5 5 Tm 1 g () Tj ET", b"BT 1 0 0 1 5 5 Tm (a) Tj 1 g ET"),
        (b"BT 9 -9 TD 1 0 0 1 5 5 Tm (a) Tj 3 0 Td (b) Tj ET", b"BT 9 TL 1 0 0 1 5 5 Tm (a) Tj 3 0 Td (b) Tj ET"),
        (b"q 9 0 0 9 1 1 cm /P << /MCID 3 >> BDC EMC Q", b"/P << /MCID 3 >> BDC EMC"),
        (b"q /P BMC Q 0 0 9 9 re f EMC", b"q /P BMC Q 0 0 9 9 re f EMC"),
        (b"Q 1 g ET", b"Q 1 g ET"),
        (b"q \xff\xfe Q", b"q \xff\xfe Q"),
    ],
)
def test_only_what_holds_nothing_to_be_seen_goes(given: bytes, left: bytes) -> None:
    assert tidied(given) == left


def test_much_nesting_and_many_places_take_no_longer_than_their_number() -> None:
    save, fill, place, grey = (
        ContentStreamInstruction(o, Operator(n))
        for n, o in (("q", []), ("f", []), ("Tm", [1, 0, 0, 1, 0, 0]), ("g", [0]))
    )
    begun = time.process_time()
    without_leftovers((named(i), i, False) for i in [*[save] * 20_000, *[fill] * 20_000, *[grey, place] * 20_000])
    assert time.process_time() - begun < 5


def test_letters_that_were_pictures_leave_no_matrices_behind(tmp_path: Path) -> None:
    """Each picture is as wide as its letter."""
    widths = (b"7.25", b"3.25", b"9.25")
    body, x = b"", 200.0
    for width in widths:
        body += b"q %s 0 0 12 %f 698 cm /Im Do Q\n" % (width, x)
        x += float(width)
    pdf = attacks.document(body)
    image = Stream(pdf, bytes(64), Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8, BitsPerComponent=8)
    image["/ColorSpace"] = Name.DeviceGray
    pdf.pages[0].obj["/Resources"]["/XObject"] = Dictionary(Im=pdf.make_indirect(image))
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").engines == {0: "content"}
    with pikepdf.open(tmp_path / "out.pdf") as made:
        content = made.pages[0].Contents.read_bytes()
    assert [width for width in widths if width in content] == []
    assert b" cm" not in content


def lines_of(name: bytes, shown: bytes, work: Path) -> bytes:
    """All drawing operators of a redacted page on which a name of some width stood."""
    pdf = attacks.document(shown)
    inner = Stream(pdf, b"BT /F1 12 Tf 0 3 Td (" + name + b") Tj ET", Type=Name.XObject, Subtype=Name.Form)
    inner["/Matrix"], inner["/BBox"] = [1, 0, 0, 1, 200, 697], [0, 0, 3 * len(name) + 40, 14]
    inner["/Resources"] = Dictionary(Font=pdf.pages[0].obj.Resources.Font)
    pdf.pages[0].obj["/Resources"]["/XObject"] = Dictionary(Fm=pdf.make_indirect(inner))
    source = attacks.saved(pdf, work / f"{len(name)}.pdf")
    assert redact(source, attacks.PLAN, work / "out.pdf").engines == {0: "content"}
    with pikepdf.open(work / "out.pdf") as made:
        streams = [o for o in made.objects if isinstance(o, Stream) and o.get("/Subtype") == "/Form"]
        return made.pages[0].Contents.read_bytes() + b"".join(str(s.BBox).encode() + s.read_bytes() for s in streams)


@pytest.mark.parametrize(
    "shown",
    [
        b"BT /F1 12 Tf 200 700 Td (%s) Tj 1 0 0 1 %d 700 Tm () Tj ET",
        b"BT /F1 12 Tf 200 700 Td (%s) Tj ET 200 698 m %d 698 l S",
        b"1 1 0 rg 200 697 %d 12 re f 0 g BT /F1 12 Tf 200 700 Td (%s) Tj ET",
        b"/Fm Do",
    ],
    ids=["place_after_it", "underlined", "marked", "form"],
)
def test_nothing_that_is_left_tells_how_wide_a_name_was(shown: bytes, tmp_path: Path) -> None:
    made = []
    for name, end in ((b"Jansen", 238), (b"Jaspers", 247)):
        values = (name, end) if shown.find(b"%s") < shown.find(b"%d") else (end - 200, name)
        made.append(lines_of(name, shown % values if b"%" in shown else shown, tmp_path))
    assert made[0] == made[1]
