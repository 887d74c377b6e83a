"""A file keeps its own title where somebody sees it, unless the title tells what was removed."""
from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest

from redaction.pdf import redact
from redaction.pdf.cleaning import TITLE
from redaction.pdf.command import redact_command
from tests.unit.pdf import attacks

pytestmark = pytest.mark.slow


def titled(title: str, path: Path, *, packet: bool = False) -> Path:
    pdf = attacks.plain()
    if packet:
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = title
    else:
        pdf.docinfo["/Title"] = title
    return attacks.saved(pdf, path)


def title_of(path: Path) -> str:
    with pikepdf.open(path) as pdf:
        return str(pdf.docinfo.get("/Title") or pdf.open_metadata().get("dc:title"))


@pytest.mark.parametrize("packet", [False, True])
def test_a_title_without_removed_words_stays_and_the_report_names_it(packet: bool, tmp_path: Path) -> None:
    source, plan = titled("Besluit over de haven", tmp_path / "in.pdf", packet=packet), tmp_path / "plan.json"
    plan.write_text(json.dumps(attacks.PLAN.to_json()), "utf-8")
    code, report = redact_command(source, plan, tmp_path / "out.pdf")
    assert code == 0
    assert title_of(tmp_path / "out.pdf") == "Besluit over de haven"
    assert "De titel van het bestand is gebleven: Besluit over de haven" in report["notes"]


@pytest.mark.parametrize(
    "title", ["Brief aan Zwartkruis", "brief_zwartkruis.docx", "BriefZwartkruis", "1234", "Besluit\u0007", "a" * 300]
)
def test_a_title_that_tells_or_that_is_no_text_becomes_the_fixed_one(title: str, tmp_path: Path) -> None:
    report = redact(titled(title, tmp_path / "in.pdf"), attacks.PLAN, tmp_path / "out.pdf", title=None)
    assert title_of(tmp_path / "out.pdf") == TITLE
    assert report.notes == ()


def test_a_case_gives_every_file_the_fixed_title(tmp_path: Path) -> None:
    """Nobody sees the title of a file on the way to publication, so none is kept."""
    redact(titled("Besluit over de haven", tmp_path / "in.pdf"), attacks.PLAN, tmp_path / "out.pdf")
    assert title_of(tmp_path / "out.pdf") == TITLE
