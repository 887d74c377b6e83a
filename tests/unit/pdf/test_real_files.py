"""Real and odd PDFs of many producers: each is redacted and proven, or refused with a reason; none crashes."""
from __future__ import annotations

import random
from pathlib import Path

import pytest

from redaction.pdf import Item, NotProven, Plan, UnusableInput, normalise, read_pages, redact

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "pdf"
FILES = sorted(FOLDER.glob("*.pdf")) if FOLDER.is_dir() else []
REFUSED = {"d000-corrupted.pdf", "d012-AES128ExposedMeta.pdf", "d013-PasswordSample-256bit.pdf", "d046-issue-100.pdf"}

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not FILES, reason="no folder of test files beside the project")]


@pytest.mark.parametrize("source", FILES, ids=lambda p: p.stem)
def test_a_real_file_is_redacted_and_proven_or_refused(source: Path, tmp_path: Path) -> None:
    chance = random.Random(source.name)
    target = tmp_path / "out.pdf"
    try:
        normalise(source, tmp_path / "normal.pdf")
    except UnusableInput as error:
        assert source.name in REFUSED
        assert error.reason in ("broken", "password")
        return
    items = []
    for page in read_pages(tmp_path / "normal.pdf"):
        words = [w.box for w in page.words if len(w.text) > 3]
        x0, y0, x1, y1 = page.crop
        boxes = chance.sample(words, min(2, len(words))) or [(x0 + 10, y0 + 10, (x0 + x1) / 2, (y0 + y1) / 2)]
        items += [Item(page.index, (box,), "5.1.2e") for box in boxes]
    try:
        report = redact(source, Plan(tuple(items)), target)
    except NotProven as error:
        pytest.fail(f"not proven: {[(f.page, f.channel) for f in error.findings]}")
    assert report.proven
    assert target.exists()
