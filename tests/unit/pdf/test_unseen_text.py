"""A text that must go and also stands where nobody sees it does not keep the file back: its page becomes an image."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from redaction.pdf import NotProven, Plan, read_pages, redact, verify
from tests.unit.pdf import attacks

AGAIN = b"BT /F1 12 Tf 72 300 Td (%s) Tj ET\n" % attacks.SECRET.encode()
LONGER = AGAIN.replace(b") Tj", b" en nog een zin die niemand leest) Tj")
HIDING = {
    "white": b"1 g " + AGAIN + b"0 g\n",
    "covered": AGAIN + b"1 g 60 290 300 30 re f 0 g\n",
    "cut_off": b"q 0 0 9 9 re W n " + AGAIN + b"Q\n",
    "tiny": AGAIN.replace(b" 12 Tf", b" 0.01 Tf"),
    "tiny_and_more": LONGER.replace(b" 12 Tf", b" 0.01 Tf"),
    "more_than_the_name": b"1 g " + LONGER + b"0 g\n",
}


@pytest.mark.parametrize("name", sorted(HIDING))
def test_a_text_that_also_stands_out_of_sight_goes_there_too(name: str, tmp_path: Path) -> None:
    source = attacks.saved(attacks.document(attacks.SHOWN + HIDING[name]), tmp_path / "in.pdf")
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").engines == {0: "image"}
    (page,) = read_pages(tmp_path / "out.pdf")
    assert attacks.SECRET not in page.text
    assert "niemand" not in page.text
    assert [word for word in attacks.KEPT if word not in page.text] == []


def test_a_text_that_also_stands_in_plain_sight_still_keeps_the_file_back(tmp_path: Path) -> None:
    source = attacks.saved(attacks.document(attacks.SHOWN + AGAIN), tmp_path / "in.pdf")
    with pytest.raises(NotProven):
        redact(source, attacks.PLAN, tmp_path / "out.pdf")


ON_WHITE = b"BT /F1 12 Tf 72 640 Td (Einde van de bijlage) Tj ET\n"


def _with_a_second_page(body: bytes, path: Path, **around: str) -> Path:
    pdf = attacks.document(attacks.SHOWN)
    other = attacks.document(ON_WHITE + body)
    pdf.pages.append(other.pages[0])
    for key, value in around.items():
        pdf.docinfo[f"/{key}"] = value
    return attacks.saved(pdf, path)


@pytest.mark.parametrize("name", sorted(HIDING))
@pytest.mark.parametrize("named", [True, False])
def test_a_text_that_stands_out_of_sight_on_a_page_without_boxes_goes_too(
    name: str, named: bool, tmp_path: Path
) -> None:
    source = _with_a_second_page(HIDING[name], tmp_path / "in.pdf")
    (item,) = attacks.PLAN.items
    plan = attacks.PLAN if named else Plan((replace(item, text=None),))
    redact(source, plan, tmp_path / "out.pdf")
    shown, other = read_pages(tmp_path / "out.pdf")
    assert attacks.SECRET not in shown.text + other.text
    assert "Einde van de bijlage" in other.text


def test_the_proof_tells_a_text_out_of_sight_on_a_page_without_boxes(tmp_path: Path) -> None:
    source = _with_a_second_page(HIDING["white"], tmp_path / "in.pdf")
    with pikepdf.open(source) as pdf:
        shown = pdf.pages[0].Contents
        shown.write(shown.read_bytes().replace(attacks.SHOWN, b""))
        pdf.save(tmp_path / "out.pdf")
    report = verify(source, tmp_path / "out.pdf", attacks.PLAN)
    assert "unseen text" in {f.channel for f in report.findings if f.page == 1}


def test_a_text_in_plain_sight_on_a_page_without_boxes_may_stay_there(tmp_path: Path) -> None:
    source = _with_a_second_page(AGAIN, tmp_path / "in.pdf")
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").engines == {0: "content"}
    _, other = read_pages(tmp_path / "out.pdf")
    assert attacks.SECRET in other.text


def test_letters_of_a_scan_are_in_sight_where_its_picture_shows_them(tmp_path: Path) -> None:
    pdf = attacks.document(attacks.SHOWN)
    scan = attacks.document(AGAIN + b"BT 3 Tr /F1 12 Tf 72 300 Td (Zwartkruis) Tj ET\n")
    pdf.pages.append(scan.pages[0])
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").engines == {0: "content"}
