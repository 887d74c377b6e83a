"""What the checks see beyond letters: pictures read by eye, a second process, entries that are not on the list."""
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from redaction.pdf import Item, Plan, redact
from redaction.pdf.verification.checks import run_checks
from redaction.pdf.verification.ocr import languages
from tests.unit.pdf import attacks
from tests.unit.pdf.attacks.page import AROUND
from tests.unit.pdf.test_attacks import build

pytestmark = pytest.mark.slow


@pytest.mark.ocr
@pytest.mark.skipif(languages() is None, reason="Tesseract is not installed")
def test_a_box_beside_the_word_on_a_scan_is_seen_by_reading_the_picture(tmp_path: Path) -> None:
    source = attacks.saved(attacks.CONTENT["image_jpeg"](True), tmp_path / "in.pdf")
    beside = Plan((Item(0, ((165.0, 692.0, 192.0, 714.0),), "5.1.2e", attacks.SECRET),))
    _, report, _ = build(source, beside, tmp_path, width_defence=False)
    assert [(f.page, f.channel) for f in report.findings] == [(0, "ocr")]
    _, report, _ = build(source, attacks.PLAN, tmp_path, width_defence=False)
    assert report.proven, report.findings
    assert report.channels["ocr"] == "ok"


def test_the_record_says_when_the_check_began_and_by_what(tmp_path: Path) -> None:
    source = attacks.saved(attacks.plain(), tmp_path / "in.pdf")
    before = datetime.now(UTC).replace(microsecond=0)
    report = redact(source, attacks.PLAN, tmp_path / "out.pdf")
    assert report.checked_at is not None
    assert before <= datetime.fromisoformat(report.checked_at) <= datetime.now(UTC)
    assert {"pikepdf", "pypdfium2", "pdfminer.six", "pypdf"} <= set(report.to_json()["versions"])


def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    pdf = attacks.plain()
    for _ in range(5):
        pdf.pages.append(pdf.pages[0])
    plan = attacks.boxes_on_every_page(pdf)
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    redact(source, plan, tmp_path / "out.pdf")
    for file in (source, tmp_path / "out.pdf"):
        alone, both = (run_checks(source, file, plan, forks=forks) for forks in (False, True))
        unlike = {"seconds": 0.0, "checked_at": None, "findings": ()}
        assert replace(both, **unlike) == replace(alone, **unlike)
        assert set(both.findings) == set(alone.findings)
    assert {f.channel for f in run_checks(source, source, plan, forks=True).findings} >= {"text:pdfminer", "text:pypdf"}


@pytest.mark.parametrize(("right", "channels"), [(595, set()), (320, {"pixels"})], ids=["whole", "cut off"])
def test_text_that_is_cut_off_beside_a_box_is_seen_to_be_lost(right: int, channels: set[str], tmp_path: Path) -> None:
    source = attacks.saved(attacks.plain(), tmp_path / "in.pdf")
    body = b"q 0 600 %d 242 re W n %bQ %b" % (right, AROUND, AROUND.partition(b"\n")[2])
    made = attacks.saved(attacks.document(body, around=False), tmp_path / "out.pdf")
    assert {f.channel for f in run_checks(source, made, attacks.PLAN).findings} == channels


@pytest.mark.parametrize(
    ("where", "key", "channel"),
    [("root", "/AcroForm", "forms"), ("root", "/Eigen", "application data"), ("page", "/Eigen", "application data"),
     ("page", "/Thumb", "thumbnails"), ("trailer", "/Eigen", "application data"), ("info", "/Author", "metadata")],
)  # fmt: skip
def test_an_entry_that_is_not_on_the_list_is_a_finding(where: str, key: str, channel: str, tmp_path: Path) -> None:
    source = attacks.saved(attacks.plain(), tmp_path / "in.pdf")
    redact(source, attacks.PLAN, tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        owner = {"root": pdf.Root, "page": pdf.pages[0].obj, "trailer": pdf.trailer, "info": pdf.docinfo}[where]
        owner[key] = String("iets") if where == "info" else pdf.make_indirect(Dictionary(Type=Name.Iets))
        pdf.save(tmp_path / "more.pdf")
    report = run_checks(source, tmp_path / "more.pdf", attacks.PLAN)
    assert {f.channel for f in report.findings} == {channel}


def test_a_hidden_word_that_is_part_of_a_key_of_the_format_is_no_leak(tmp_path: Path) -> None:
    def picture(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
        image = pikepdf.Stream(pdf, b"\x00\x40\x80\xc0", Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2)
        image["/ColorSpace"], image["/BitsPerComponent"] = Name.DeviceGray, 8
        return {"Im": pdf.make_indirect(image)}

    body = attacks.SHOWN.replace(attacks.SECRET.encode(), b"Component") + b"q 40 0 0 40 72 300 cm /Im Do Q\n"
    source = attacks.saved(attacks.document(body, XObject=picture), tmp_path / "in.pdf")
    plan = Plan((Item(0, (attacks.BOX,), "5.1.2e", "Component"),))
    _, report, _ = build(source, plan, tmp_path)
    assert report.proven, report.findings
    with pikepdf.open(tmp_path / "out.pdf", allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Resources.XObject.Im["/Component"] = 1
        pdf.save(tmp_path / "out.pdf")
    assert not run_checks(source, tmp_path / "out.pdf", plan).proven
