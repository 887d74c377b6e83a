"""What another route reads under a box is excused only where it cannot be what stood there."""

from __future__ import annotations

import pytest

from redaction.pdf.geometry import Box
from redaction.pdf.pages import PageText
from redaction.pdf.verification.evidence import PageEvidence
from redaction.pdf.verification.letters import UNNAMED, still_leaks
from redaction.pdf.verification.routes import Reading

CROP: Box = (0.0, 0.0, 595.0, 842.0)
BOX: Box = (100.0, 690.0, 130.0, 710.0)
NAME, REST = "Bos", "kwam"
WIDE = 10.0
FIRST, NEXT = 100.0, 140.0
"""Where the name began, and the word after it."""


def page(level: bool) -> PageEvidence:
    """A page with the name under the box and a word beside it, on a level line or on an upright one."""
    places = [(FIRST + WIDE * i, c) for i, c in enumerate(NAME)] + [(NEXT + WIDE * i, c) for i, c in enumerate(REST)]
    boxes = tuple(_box(at, level) for at, _ in places)
    text = PageText(0, 595, 842, 0, CROP, "".join(c for _, c in places), boxes)
    return PageEvidence(0, [BOX if level else (690.0, 100.0, 710.0, 130.0)], ["5.1.2e"], [], text, text)


def _box(at: float, level: bool) -> Box:
    return (at, 692.0, at + WIDE, 708.0) if level else (692.0, at, 708.0, at + WIDE)


def reading(signs: str, start: float, level: bool) -> Reading:
    """Signs one behind the other, from there on."""
    points = [(start + WIDE * (i + 0.5), 700.0) for i in range(len(signs))]
    return Reading(signs, tuple((c, x, y) if level else (c, y, x) for c, (x, y) in zip(signs, points, strict=True)))


@pytest.mark.parametrize("level", [True, False], ids=["level", "upright"])
@pytest.mark.parametrize(
    ("signs", "start", "leaks"),
    [
        (UNNAMED * 4, NEXT - 2 * WIDE, False),
        (UNNAMED * 5, NEXT - 3 * WIDE, True),
        (UNNAMED + "B" + UNNAMED * 2, NEXT - 3 * WIDE, True),
    ],
    ids=["the word moved into the box", "a sign more than stood beside it", "a sign with a name"],
)
def test_signs_that_a_route_cannot_name_are_those_that_moved_only_while_they_are_no_more(
    signs: str, start: float, leaks: bool, level: bool
) -> None:
    before = Reading("", (*reading(UNNAMED * 3, FIRST, level).places, *reading(UNNAMED * 4, NEXT, level).places))
    after = reading(signs, start, level)
    assert still_leaks(page(level), page(level).boxes[0], before, after) == leaks
