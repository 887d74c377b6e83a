"""Every leak channel: the verifier reports it when it leaks, and it is closed after redaction."""
from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from redaction.pdf import Plan, Report, read_pages
from redaction.pdf.builder import Builder
from redaction.pdf.verification.checks import run_checks
from tests.unit.pdf import attacks

pytestmark = pytest.mark.slow
DRAWN = [
    "tiling_pattern", "soft_mask", "painted_clip", "clip_of_rectangles", "mesh_of_letters", "mesh_of_letters_as_colour",
    "function_of_letters", "function_of_letters_as_colour", "mesh_of_letters_shown_beside_the_box",
]  # fmt: skip


def build(source: Path, plan: Plan, work: Path, *, width_defence: bool = True) -> tuple[Path, Report, Builder]:
    target = work / "out.pdf"
    builder = Builder(source, plan, work, width_defence=width_defence, password=None, images={})
    builder.build(target)
    builder.close()
    return target, run_checks(builder.base, target, plan), builder


def inflated(path: Path, work: Path) -> bytes:
    """All bytes of a file with every stream written out plain."""
    target = work / "plain.pdf"
    with pikepdf.open(path) as pdf:
        pdf.save(
            target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    return target.read_bytes() + path.read_bytes()


def assert_clean(source: Path, plan: Plan, work: Path) -> None:
    target, report, _ = build(source, plan, work)
    assert report.proven, report.findings
    data = inflated(target, work).lower()
    for form in (attacks.SECRET.lower().encode(), attacks.SECRET.lower().encode("utf-16-be")):
        assert form not in data
        assert form.hex().encode() not in data
    text = " ".join(w.text for page in read_pages(target) for w in page.words)
    assert [word for word in attacks.KEPT if word not in text] == []


def attacked(name: str, work: Path) -> tuple[Path, Plan]:
    """The file of an attack inside the content, and the plan against it."""
    pdf = attacks.CONTENT[name](True)
    source = attacks.saved(pdf, work / "in.pdf")
    return source, attacks.PLANS[name](source) if name in attacks.PLANS else attacks.boxes_on_every_page(pdf)


def test_every_row_that_a_file_can_carry_has_attacks() -> None:
    """Rows 25 and 27 to 33 are about gaps, sizes, other files and people; they have tests of their own."""
    assert sorted(attacks.ROWS) == [*range(1, 25), 26, 34, 35, 36]


@pytest.mark.parametrize("name", sorted(attacks.CONTENT))
def test_a_secret_in_the_content_is_reported_when_left_and_gone_after_redaction(name: str, tmp_path: Path) -> None:
    source, plan = attacked(name, tmp_path)
    assert not run_checks(source, source, plan).proven
    assert_clean(source, plan, tmp_path)


@pytest.mark.parametrize("name", sorted(attacks.BESIDE))
def test_a_secret_beside_the_content_is_reported_when_left_and_gone_after_redaction(name: str, tmp_path: Path) -> None:
    source = attacks.saved(attacks.BESIDE[name](True), tmp_path / "in.pdf")
    leak = attacks.saved(attacks.BESIDE[name](False), tmp_path / "leak.pdf")
    assert not run_checks(source, leak, attacks.PLAN).proven
    assert_clean(source, attacks.PLAN, tmp_path)


@pytest.mark.parametrize("name", sorted(attacks.BYTES))
def test_bytes_around_the_document_are_reported_and_do_not_come_along(name: str, tmp_path: Path) -> None:
    source = attacks.BYTES[name](tmp_path / "in.pdf")
    assert not run_checks(source, source, attacks.PLAN).proven
    assert_clean(source, attacks.PLAN, tmp_path)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert not pdf.is_encrypted


def test_a_form_shared_by_two_pages_keeps_its_text_on_the_page_without_a_box(tmp_path: Path) -> None:
    source = attacks.saved(attacks.CONTENT["shared_form"](True), tmp_path / "in.pdf")
    target, report, _ = build(source, attacks.PLAN, tmp_path)
    assert report.proven, report.findings
    first, second = ([w.text for w in page.words] for page in read_pages(target))
    assert attacks.SECRET not in first
    assert attacks.SECRET in second


def test_a_font_no_longer_spells_the_letters_that_were_removed(tmp_path: Path) -> None:
    source = attacks.saved(attacks.CONTENT["composite_font"](True), tmp_path / "in.pdf")
    target, _, _ = build(source, attacks.PLAN, tmp_path)
    with pikepdf.open(target) as pdf:
        fonts = [f for f in pdf.objects if isinstance(f, pikepdf.Dictionary) and f.get("/ToUnicode") is not None]
        spelled = b"".join(f.ToUnicode.read_bytes() for f in fonts if "Test" in str(f.BaseFont))
    assert b"005a" not in spelled.lower()


@pytest.mark.parametrize("name", DRAWN)
def test_drawings_are_rewritten_and_need_no_image(name: str, tmp_path: Path) -> None:
    source = attacks.saved(attacks.CONTENT[name](True), tmp_path / "in.pdf")
    _, report, builder = build(source, attacks.PLAN, tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}


def test_a_shape_filled_with_many_tiles_shows_none_of_them_under_a_box(tmp_path: Path) -> None:
    def tiles(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
        tile = pikepdf.Stream(pdf, b"0 0 12 6 re 3 9 9 4 re f 20 2 m 30 18 l 38 4 l f")
        tile["/Type"], tile["/PatternType"], tile["/PaintType"], tile["/TilingType"] = pikepdf.Name.Pattern, 1, 1, 1
        tile["/BBox"], tile["/XStep"], tile["/YStep"] = pikepdf.Array([0, 0, 40, 20]), 40, 20
        tile["/Resources"] = pikepdf.Dictionary()
        return {"P1": pdf.make_indirect(tile)}

    body = b"/Pattern cs /P1 scn 60 680 480 120 re f\n"
    source = attacks.saved(attacks.document(body, Pattern=tiles), tmp_path / "in.pdf")
    _, report, builder = build(source, attacks.PLAN, tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}


@pytest.mark.parametrize("painting", [b"f", b"S", b"B"])
def test_parts_of_a_drawing_beside_the_box_keep_their_curves(painting: bytes, tmp_path: Path) -> None:
    """Curves as lines take ten times the bytes."""
    ring = "{0} 704 m {0} 724 {1} 724 {1} 704 c {1} 684 {0} 684 {0} 704 c h\n"
    rings = "".join(ring.format(72 + 4 * i, 92 + 4 * i) for i in range(80))
    source = attacks.saved(attacks.document(b"q 1 w " + rings.encode() + painting + b" Q\n"), tmp_path / "in.pdf")
    target, report, builder = build(source, attacks.PLAN, tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}
    with pikepdf.open(target) as pdf:
        curves = sum(str(i.operator) == "c" for i in pikepdf.parse_content_stream(pdf.pages[0]))
    assert curves > 60
