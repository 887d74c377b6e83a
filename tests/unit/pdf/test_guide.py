"""The auditor's guide tells the truth: what it names exists, and the proof shares no more than it says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.unit.pdf import attacks

ROOT = Path(__file__).parents[3]
ROOM = ROOT / "redaction" / "pdf"
GUIDE = (ROOT / "docs" / "lakken-nagelopen.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([\d–]+) \|(.+)\|$", GUIDE, re.MULTILINE)


def test_every_module_that_the_guide_names_exists_and_every_module_of_the_proof_is_named() -> None:
    named = set(re.findall(r"`([\w/]+\.py)`", GUIDE))
    proof = {f"verification/{p.name}" for p in (ROOM / "verification").glob("*.py")} - {"verification/__init__.py"}
    there = {p.name for p in ROOM.glob("*.py")} | proof | {name.removeprefix("verification/") for name in proof}
    assert named - there == set()
    assert proof - named - {"verification/evidence.py"} <= HELPING


HELPING = {"verification/surplus.py", "verification/tokens.py", "verification/typefaces.py"}
"""Modules of the proof that serve others of it."""


def test_the_guide_has_all_lines_of_the_checklist() -> None:
    numbers = [n for first, _ in ROWS for n in range(int(first.split("–")[0]), int(first.split("–")[-1]) + 1)]
    assert numbers == list(range(1, 37))


def test_every_attack_file_that_the_guide_names_exists() -> None:
    named = {name for _, row in ROWS for name in re.findall(r"`(\w+)`", row.split("|")[-1])}
    assert named - {*attacks.CONTENT, *attacks.BESIDE, *attacks.BYTES} == set()
    assert len(named) > 90


SHARED = {
    "fonts": {"number"}, "geometry": None, "hidden_words": None, "labels": {"BETWEEN", "printable"}, "origin": None,
    "pages": {"PageText", "read_page"}, "pdfium": None, "plan": {"Plan"}, "render": {"PdfRenderer"}, "report": None,
}  # fmt: skip
"""What the proof takes from the code that removes, by module; None where the whole module only reads or reports."""


def test_the_proof_shares_no_code_with_what_removes_but_what_the_guide_says() -> None:
    taken = [
        (str(node.module).removeprefix("redaction.pdf."), alias.name)
        for path in (ROOM / "verification").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("redaction.pdf.")
        for alias in node.names
        if not (node.module or "").startswith("redaction.pdf.verification")
    ]
    assert taken
    assert [t for t in taken if t[0] not in SHARED or t[1] not in (SHARED[t[0]] or {t[1]})] == []
