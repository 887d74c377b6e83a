"""Redacting a file as a whole: only what is proven is written."""
from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont

from redaction.pdf import (
    Item,
    NotProven,
    Plan,
    Report,
    UnusableInput,
    inspect,
    read_pages,
    redact,
    render_page,
    sha256_of,
    verify,
)
from redaction.pdf.command import batch_command, redact_command, verify_command
from redaction.pdf.redact import _to_image
from redaction.pdf.report import Finding
from tests.unit.pdf import attacks


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return attacks.saved(attacks.plain(), tmp_path / "in.pdf")


def test_a_redacted_file_is_written_with_a_report_that_proves_it(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    report = redact(source, attacks.PLAN, target)
    assert report.proven
    assert report.engines == {0: "content"}
    assert report.removed_characters == len(attacks.SECRET)
    assert report.redacted_sha256 == sha256_of(target)
    assert report.original_sha256 == sha256_of(source)
    assert report.plan_sha256 == attacks.PLAN.sha256()
    assert set(report.channels.values()) <= {"ok", "skipped: pdftotext is niet geïnstalleerd"}
    assert Report.from_json(json.loads(json.dumps(report.to_json()))).to_json() == report.to_json()
    assert verify(source, target, attacks.PLAN).proven
    assert inspect(target).proven


def test_the_label_is_white_on_opaque_black_and_readable(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    redact(source, attacks.PLAN, target)
    assert "5.1.2e" in [w.text for w in next(read_pages(target)).words]
    picture = render_page(target, 0, 72).convert("L").crop((197, 842 - 713, 275, 842 - 695))
    assert sum(1 for v in picture.tobytes() if v < 40) > 0.5 * picture.width * picture.height
    assert max(picture.tobytes()) > 150


def test_two_grounds_on_one_text_both_stand_in_the_box(source: Path, tmp_path: Path) -> None:
    first = attacks.PLAN.items[0]
    plan = Plan((first, replace(first, code="5.1.1d")))
    report = redact(source, plan, tmp_path / "out.pdf")
    assert report.engines == {0: "content"}
    assert "5.1.2e, 5.1.1d" in next(read_pages(tmp_path / "out.pdf")).text


def test_a_text_that_stays_on_the_page_stops_the_file(tmp_path: Path) -> None:
    body = attacks.SHOWN + b"BT /F1 12 Tf 72 400 Td (Ook hier staat Zwartkruis) Tj ET"
    source = attacks.saved(attacks.document(body), tmp_path / "in.pdf")
    with pytest.raises(NotProven) as caught:
        redact(source, attacks.PLAN, tmp_path / "out.pdf")
    assert {f.channel for f in caught.value.findings} >= {"text:pdfium"}
    assert not any(attacks.SECRET in f.message for f in caught.value.findings)
    assert list(tmp_path.glob("*.p*")) == [source]


def test_gone_everywhere_looks_at_pages_without_boxes_too(tmp_path: Path) -> None:
    pdf = attacks.plain()
    pdf.pages.append(pdf.pages[0])
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    redact(source, attacks.PLAN, tmp_path / "one.pdf")
    with pytest.raises(NotProven):
        redact(source, Plan(attacks.PLAN.items, gone_everywhere=True), tmp_path / "all.pdf")


def test_an_earlier_result_is_kept_when_a_new_one_is_not_proven(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    redact(source, attacks.PLAN, target)
    before = sha256_of(target)
    with pytest.raises(NotProven):
        redact(source, Plan((Item(0, (attacks.BOX,), "5.1.2e", "Behandeld"),)), target)
    assert sha256_of(target) == before


def test_a_file_with_a_user_password_is_refused_without_it_and_redacted_with_it(tmp_path: Path) -> None:
    lock = pikepdf.Encryption(owner="a", user="b")
    source = attacks.saved(attacks.plain(), tmp_path / "in.pdf", encryption=lock)
    with pytest.raises(UnusableInput) as caught:
        redact(source, attacks.PLAN, tmp_path / "out.pdf")
    assert caught.value.reason == "password"
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf", password="b").proven


@pytest.mark.parametrize("data", [b"", b"geen pdf", b"%PDF-1.7\n%%EOF"])
def test_a_file_that_is_no_pdf_is_refused(data: bytes, tmp_path: Path) -> None:
    source = tmp_path / "in.pdf"
    source.write_bytes(data)
    with pytest.raises(UnusableInput) as caught:
        redact(source, attacks.PLAN, tmp_path / "out.pdf")
    assert caught.value.reason == "broken"
    assert not (tmp_path / "out.pdf").exists()


def test_the_rest_of_a_half_covered_word_goes_too(source: Path, tmp_path: Path) -> None:
    plan = Plan((Item(0, ((196.0, 694.0, 230.0, 714.0),), "5.1.2e", attacks.SECRET),))
    redact(source, plan, tmp_path / "out.pdf")
    text = next(read_pages(tmp_path / "out.pdf")).text
    assert "kruis" not in text
    assert "Behandeld door" in text


def test_tags_stay_and_the_label_gets_a_place_in_them(tmp_path: Path) -> None:
    source = attacks.saved(attacks.tagged(True), tmp_path / "in.pdf")
    redact(source, attacks.PLAN, tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        paragraph = pdf.Root.StructTreeRoot.K.K[0]
        assert paragraph.S == "/P"
        first, label = paragraph.K
        assert first == 0
        assert str(label.ActualText) == "weggelakt, grond 5.1.2e"
        marks = [i for i in pikepdf.parse_content_stream(pdf.pages[0]) if str(i.operator) == "BDC"]
        assert int(label.K) in [int(m.operands[1].MCID) for m in marks]
        assert bool(pdf.Root.MarkInfo.Marked)


def test_the_label_font_is_embedded_with_the_letters_of_the_labels_alone(source: Path, tmp_path: Path) -> None:
    redact(source, attacks.PLAN, tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        program = pdf.pages[0].resources.Font.LakLabel.FontDescriptor.FontFile3.read_bytes()
    font = CFFFontSet()
    font.decompile(io.BytesIO(program), TTFont())
    assert sorted(font[0].getGlyphOrder()) == [".notdef", "e", "five", "one", "period", "two"]


def test_a_box_without_a_ground_brings_no_font_along(source: Path, tmp_path: Path) -> None:
    redact(source, Plan((Item(0, ((300.0, 300.0, 304.0, 302.0),), ""),)), tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert "/LakLabel" not in pdf.pages[0].resources.Font


def test_the_same_input_gives_the_same_bytes(source: Path, tmp_path: Path) -> None:
    redact(source, attacks.PLAN, tmp_path / "one.pdf")
    redact(source, attacks.PLAN, tmp_path / "two.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_check_that_may_not_finish_proves_nothing(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redaction.pdf.verification.BASE_SECONDS", 0)
    report = verify(source, source, Plan(()))
    assert [f.channel for f in report.findings] == ["limits"]
    assert not report.proven


def test_a_scan_loses_the_pixels_under_the_box_and_nothing_else(tmp_path: Path) -> None:
    source = attacks.saved(attacks.CONTENT["image_jpeg"](True), tmp_path / "in.pdf")
    redact(source, Plan((Item(0, (attacks.BOX,), "5.1.2e"),)), tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        (image,) = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        picture = pikepdf.PdfImage(image).as_pil_image().convert("L")
    wide, high = picture.size
    middle = picture.crop((int(wide * 0.27), int(high * 0.4), int(wide * 0.7), high // 2))
    darkest, lightest = middle.getextrema()
    assert lightest - darkest < 8
    assert picture.crop((0, 0, picture.width // 5, picture.height)).getextrema()[0] > 200


def test_the_same_image_on_another_page_is_a_note_for_the_reviewer(tmp_path: Path) -> None:
    pdf = attacks.CONTENT["image_jpeg"](True)
    for _ in range(2):
        pdf.pages.append(pdf.pages[0])
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    report = redact(source, Plan((Item(0, (attacks.BOX,), "5.1.2e"),)), tmp_path / "out.pdf")
    assert report.proven
    (note,) = report.notes
    assert "onder een vak op pagina 1 staat ongelakt op pagina 2, 3" in note
    everywhere = Plan(tuple(Item(n, (attacks.BOX,), "5.1.2e") for n in range(3)))
    assert redact(source, everywhere, tmp_path / "out.pdf").notes == ()


# --- looking without the original -----------------------------------------------------------------------------------
def test_text_under_a_black_rectangle_is_found_without_the_original(tmp_path: Path) -> None:
    body = attacks.SHOWN + b"0 g 196 694 80 20 re f\n"
    report = inspect(attacks.saved(attacks.document(body), tmp_path / "in.pdf"))
    assert "text under bars" in {f.channel for f in report.findings}


def test_an_unapplied_redact_annotation_and_a_dark_highlight_are_found(tmp_path: Path) -> None:
    proposal = attacks.annotated(True, Subtype=pikepdf.Name.Redact, Rect=pikepdf.Array(list(attacks.BOX)))
    found = inspect(attacks.saved(proposal, tmp_path / "a.pdf"))
    assert any("nooit uitgevoerd" in f.message for f in found.findings)
    marker = attacks.annotated(
        True, Subtype=pikepdf.Name.Highlight, Rect=pikepdf.Array(list(attacks.BOX)), C=pikepdf.Array([0, 0, 0])
    )
    assert "highlights" in {f.channel for f in inspect(attacks.saved(marker, tmp_path / "b.pdf")).findings}


def test_an_ordinary_page_is_not_accused(tmp_path: Path) -> None:
    assert inspect(attacks.saved(attacks.plain(), tmp_path / "in.pdf")).proven


# --- what the command line does -------------------------------------------------------------------------------------
def plan_file(folder: Path, plan: Plan = attacks.PLAN) -> Path:
    path = folder / "plan.json"
    path.write_text(json.dumps(plan.to_json()), "utf-8")
    return path


def test_the_command_gives_its_exit_codes(source: Path, tmp_path: Path) -> None:
    plan = plan_file(tmp_path)
    code, answer = redact_command(source, plan, tmp_path / "out.pdf")
    assert (code, answer["proven"]) == (0, True)
    assert verify_command(source, tmp_path / "out.pdf", plan)[0] == 0
    code, answer = verify_command(source, source, plan)
    assert code == 3
    assert {"page", "channel", "message"} == set(answer["findings"][0])
    assert verify_command(tmp_path / "out.pdf")[0] == 0
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"niets")
    assert redact_command(broken, plan, tmp_path / "x.pdf")[0] == 4
    assert verify_command(broken)[0] == 4
    plan.write_text("{}", "utf-8")
    assert redact_command(source, plan, tmp_path / "x.pdf")[0] == 2
    assert not (tmp_path / "x.pdf").exists()


def test_one_bad_line_in_a_batch_does_not_stop_the_others(source: Path, tmp_path: Path) -> None:
    plan = plan_file(tmp_path)
    job = {"in": str(source), "plan": str(plan), "out": str(tmp_path / "out.pdf")}
    lines = [job | {"in": str(tmp_path / "weg.pdf")}, "geen opdracht", job | {"width_defence": False}]
    jobs = tmp_path / "jobs.jsonl"
    jobs.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    answers = list(batch_command(jobs))
    assert [code for code, _ in answers] == [4, 2, 0]
    assert (tmp_path / "out.pdf").exists()


def test_a_box_off_the_page_does_not_keep_the_file_back(tmp_path: Path) -> None:
    pdf = attacks.plain()
    pdf.pages[0].obj["/MediaBox"] = pikepdf.Array([0, 500, 595, 842])
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    report = redact(source, Plan((Item(0, ((100.0, 200.0, 200.0, 240.0),), "5.1.2e"),)), tmp_path / "out.pdf")
    assert (report.proven, report.engines) == (True, {0: "content"})


def test_a_parent_tree_without_entries_is_made_anew(tmp_path: Path) -> None:
    pdf = attacks.tagged(True)
    pdf.Root.StructTreeRoot.ParentTree = pdf.make_indirect(pikepdf.Dictionary())
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    redact(source, attacks.PLAN, tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as made:
        assert len(made.Root.StructTreeRoot.ParentTree.Nums) > 0


@pytest.mark.parametrize("part", ["/ToUnicode", "/FontFile2"])
def test_a_part_of_a_font_that_cannot_be_unpacked_does_not_keep_the_file_back(part: str, tmp_path: Path) -> None:
    pdf = attacks.plain()
    font = pdf.pages[0].resources.Font.F1
    broken = pdf.make_indirect(pikepdf.Stream(pdf, b"no deflated bytes", Filter=pikepdf.Name.FlateDecode))
    descriptor = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name.Helvetica, Flags=32)
    font["/FontDescriptor"] = pdf.make_indirect(descriptor)
    (font if part == "/ToUnicode" else font["/FontDescriptor"])[part] = broken
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").proven


def test_a_script_that_the_structure_tree_still_leads_to_loses_its_text(tmp_path: Path) -> None:
    pdf = attacks.tagged(True)
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    attributes = pikepdf.Dictionary(O=pikepdf.Name.Layout, Then=pdf.make_indirect(action))
    pdf.Root.StructTreeRoot.K.A = pdf.make_indirect(attributes)
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").proven


def test_an_element_no_longer_tells_how_far_what_is_gone_reached(tmp_path: Path) -> None:
    pdf = attacks.tagged(True)
    wide = pikepdf.Dictionary(
        O=pikepdf.Name.Layout, BBox=pikepdf.Array([72, 690, 181, 712]), Width=109, TextAlign=pikepdf.Name.Start
    )
    pdf.Root.StructTreeRoot.K.K[0].A = pikepdf.Array([wide, 0])
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    redact(source, attacks.PLAN, tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as made:
        kept = made.Root.StructTreeRoot.K.K[0].A[0]
        assert set(kept.keys()) == {"/O", "/TextAlign"}


def test_only_the_pages_that_fail_become_images_as_long_as_a_page_is_to_blame() -> None:
    plan = Plan(items=tuple(replace(attacks.PLAN.items[0], page=page) for page in range(3)))
    on_a_page, of_the_file = Finding(1, "pixels", "iets"), Finding(None, "strings", "iets")
    assert _to_image(Report(pages=4, findings=(on_a_page,)), plan, 0) == {1}
    assert _to_image(Report(pages=4, findings=(on_a_page,)), plan, 1) == {1}
    assert _to_image(Report(pages=4, findings=(on_a_page, of_the_file)), plan, 0) == {1}
    assert _to_image(Report(pages=4, findings=(on_a_page, of_the_file)), plan, 1) == {0, 1, 2, 3}
    assert _to_image(Report(pages=400, findings=(of_the_file,)), plan, 1) == {0, 1, 2}
