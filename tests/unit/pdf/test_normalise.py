"""Normalising: what the reviewer sees is all there is."""
from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from redaction.pdf import NormaliseReport, UnusableInput, inspect, normalise, read_pages, redact
from redaction.pdf.normalise import empty_unreadable
from redaction.pdf.pdfium import document_of, unloadable_pages
from tests.unit.pdf import attacks
from tests.unit.pdf.test_attacks import inflated


def normalised(pdf: pikepdf.Pdf, work: Path) -> tuple[Path, NormaliseReport]:
    source = attacks.saved(pdf, work / "in.pdf")
    target = work / "normal.pdf"
    return target, normalise(source, target)


@pytest.mark.parametrize(
    "name",
    ["hidden_layer", "hidden_membership", "stamp_in_a_hidden_layer", "off_page", "outside_crop_box",
     "javascript", "open_action", "page_action",
     "piece_info", "info", "xmp_document", "xmp_page", "jpeg_comment", "signature", "xfa", "note", "mail_link",
     "named_destination", "page_label", "layer_name", "attachment", "associated_file", "file_annotation", "thumbnail",
     "outline", "field_options", "unused_property"],
)  # fmt: skip
def test_what_a_reviewer_cannot_see_does_not_come_along(name: str, tmp_path: Path) -> None:
    target, _ = normalised(attacks.BESIDE[name](False), tmp_path)
    assert attacks.SECRET.encode() not in inflated(target, tmp_path)
    assert inspect(target).proven


@pytest.mark.parametrize("name", ["free_text_over_box", "stamp_over_box", "field_appearance"])
def test_what_an_annotation_shows_becomes_part_of_the_page(name: str, tmp_path: Path) -> None:
    target, _ = normalised(attacks.CONTENT[name](True), tmp_path)
    page = next(read_pages(target))
    assert attacks.SECRET in [w.text for w in page.words]
    with pikepdf.open(target) as pdf:
        assert "/Annots" not in pdf.pages[0].obj
        assert "/AcroForm" not in pdf.Root


@pytest.mark.parametrize("name", ["attachment", "associated_file", "file_annotation"])
def test_packed_files_come_out(name: str, tmp_path: Path) -> None:
    _, report = normalised(attacks.BESIDE[name](True), tmp_path)
    assert [a.data for a in report.attachments] == [f"Beste {attacks.SECRET}".encode()]
    assert "attachment" in {d.kind for d in report.dropped}


def test_a_note_is_reported_as_dropped_with_its_page(tmp_path: Path) -> None:
    _, report = normalised(attacks.BESIDE["note"](True), tmp_path)
    assert [(d.kind, d.page) for d in report.dropped] == [("note", 0)]
    assert not any(attacks.SECRET in d.why for d in report.dropped)


@pytest.mark.parametrize(
    ("name", "kind", "page"),
    [("signature", "signature", 0), ("field_appearance", "form", None), ("page_action", "script", 0),
     ("javascript", "script", None), ("thumbnail", "thumbnail", 0), ("info", "metadata", None),
     ("hidden_layer", "layer", None), ("stamp_in_a_hidden_layer", "hidden", 0)],
)  # fmt: skip
def test_what_does_not_come_along_is_named_with_its_reason(
    name: str, kind: str, page: int | None, tmp_path: Path
) -> None:
    make = attacks.BESIDE.get(name) or attacks.CONTENT[name]
    _, report = normalised(make(True), tmp_path)
    assert (kind, page) in [(d.kind, d.page) for d in report.dropped]
    assert not any(attacks.SECRET in d.why for d in report.dropped)


def test_a_heading_that_can_be_read_stays_in_the_outline(tmp_path: Path) -> None:
    pdf = attacks.plain()
    with pdf.open_outline() as tree:
        tree.root.append(pikepdf.OutlineItem("Deze regel blijft staan", 0))
        tree.root.append(pikepdf.OutlineItem("Geheime werktitel", 0))
    target, _ = normalised(pdf, tmp_path)
    with pikepdf.open(target) as made, made.open_outline() as tree:
        assert [item.title for item in tree.root] == ["Deze regel blijft staan", "Pagina 1"]


def test_a_web_link_stays(tmp_path: Path) -> None:
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://www.rijksoverheid.nl/"))
    target, _ = normalised(attacks.annotated(True, Subtype=pikepdf.Name.Link, A=link), tmp_path)
    with pikepdf.open(target) as pdf:
        assert str(pdf.pages[0].obj.Annots[0].A.URI) == "https://www.rijksoverheid.nl/"


def test_a_normalised_file_stays_the_same_to_the_eye(tmp_path: Path) -> None:
    source = attacks.saved(attacks.plain(), tmp_path / "in.pdf")
    normalise(source, tmp_path / "out.pdf")
    assert next(read_pages(source)).words == next(read_pages(tmp_path / "out.pdf")).words


def test_nothing_is_left_behind_when_the_source_is_broken(tmp_path: Path) -> None:
    source = tmp_path / "in.pdf"
    source.write_bytes(b"%PDF-1.4 kapot")
    with pytest.raises(UnusableInput):
        normalise(source, tmp_path / "out.pdf")
    assert list(tmp_path.iterdir()) == [source]


def with_damaged_page(work: Path) -> Path:
    pdf = attacks.plain()
    pdf.pages.append(pdf.pages[0])
    pdf.pages[1].obj["/Type"] = pikepdf.Name.Kapot
    return attacks.saved(pdf, work / "in.pdf")


def test_a_page_that_cannot_be_shown_is_repaired_where_that_can_be_done(tmp_path: Path) -> None:
    source = with_damaged_page(tmp_path)
    with document_of(source) as document:
        assert unloadable_pages(document) == (1,)
    assert normalise(source, tmp_path / "out.pdf").unreadable == ()
    first, second = read_pages(tmp_path / "out.pdf")
    assert first.text == second.text != ""


def test_a_page_that_cannot_be_shown_or_repaired_is_emptied_and_named(tmp_path: Path) -> None:
    source = with_damaged_page(tmp_path)
    with pikepdf.open(source) as pdf:
        assert empty_unreadable(pdf, source) == (1,)
        assert "/Contents" not in pdf.pages[1].obj
        assert "/Contents" in pdf.pages[0].obj


def test_a_page_that_its_crop_box_does_not_show_is_shown_whole(tmp_path: Path) -> None:
    pdf = attacks.document(attacks.SHOWN)
    pdf.pages[0].obj["/CropBox"] = pikepdf.Array([1000, 1000, 1200, 1200])
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    report = redact(source, attacks.PLAN, tmp_path / "out.pdf")
    assert report.proven and report.engines == {0: "content"}
    assert normalise(source, tmp_path / "normal.pdf").repaired
    (page,) = read_pages(tmp_path / "normal.pdf")
    assert (page.width, page.height) == (595, 842)
    assert attacks.SECRET in page.text
