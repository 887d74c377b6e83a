"""A letter that went from a line that was set anew, came to it or became another is seen, though all others moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from redaction.pdf.verification.checks import run_checks
from tests.unit.pdf import attacks
from tests.unit.pdf.test_attacks import build
from tests.unit.pdf.test_damage import content, replaced, rewritten, seen


@pytest.mark.parametrize("width_defence", [True, False], ids=["line set anew", "line as it was"])
@pytest.mark.parametrize("word", [b"mandag", b"maaandag", b"maandug"])
def test_a_letter_too_few_or_too_many_among_those_that_moved_is_seen(
    word: bytes, width_defence: bool, tmp_path: Path
) -> None:
    source = attacks.saved(attacks.plain(), tmp_path / "in.pdf")
    target, report, _ = build(source, attacks.PLAN, tmp_path, width_defence=width_defence)
    assert report.proven, report.findings
    file = rewritten(target, tmp_path / "harmed.pdf", replaced(content, rb"op maandag", b"op " + word))
    assert seen(run_checks(source, file, attacks.PLAN)) == [0]
