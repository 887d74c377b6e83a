"""How far the letters of one line stand apart: where that fills the line out, it tells how long a removed name was.

Writers do it by character spacing (Tc), or by a number between every two letters (TJ); some do both, and one takes back
what the other gives.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from redaction.pdf.content import Show
from redaction.pdf.runs import Run

FAINT = 2.0
"""Thousandths of the size of a font: numbers between letters that are no more are none, or the same."""
EXACT = 0.01
"""The same where only character spacing sets letters apart: that is the same all along a line."""
DECIMALS = 4
"""Of points, to which two spacings are one."""
Style = tuple[int, float]


class Tracking:
    """How far apart the letters are set in each font and size of a stream."""

    def __init__(self, shows: Sequence[Show]) -> None:
        self._shows = shows
        self._known: dict[int, float | None] = {}

    @cached_property
    def _found(self) -> dict[Style, list[Show]]:
        found: dict[Style, list[Show]] = {}
        for show in self._shows:
            found.setdefault(_style(show), []).append(show)
        return found

    def _own(self, show: Show) -> float | None:
        """How far apart the letters of a show are set by itself; None where it shows none."""
        if show.index not in self._known:
            self._known[show.index] = _apart(show, _numbers([show])) if _shows_letters(show) else None
        return self._known[show.index]

    def set_usual(self, runs: Sequence[Run]) -> None:
        """Give the runs of one line the spacing that other lines have: their own when those have it too."""
        here = {run.show.index for run in runs}
        alike: dict[tuple[Style, float], list[Run]] = {}
        for run in runs:
            alike.setdefault((_style(run.show), _spacing(run.show)), []).append(run)
        for (style, spacing), some in alike.items():
            others = [show for show in self._found[style] if show.index not in here]
            numbers = _numbers([run.show for run in some])
            slack = FAINT if abs(numbers) > EXACT else EXACT
            own = _apart(some[0].show, numbers)
            known = [a for a in map(self._own, others) if a is not None] if abs(own) > slack else []
            usual = _usual(own, known, slack) if abs(own) > slack else 0.0
            kept = any(_spacing(show) == spacing for show in others)
            for run in some:
                if abs(own) > slack:
                    run.apart, run.usual = _points(run, own), _points(run, usual)
                run.char_space = run.show.state.char_space if kept else usual / 1000 * run.show.state.size


def closer(run: Run, gap: float) -> float:
    """Points that a letter comes closer to the one before it, which is of the run and so far away."""
    if not run.apart:
        return 0.0
    even = abs(gap - run.apart) <= abs(_points(run, FAINT))
    return (gap if even else run.apart) - run.usual


def _usual(own: float, others: Sequence[float], slack: float) -> float:
    """How far apart a line is to be set: as it is when others are too, else as most are, in thousandths of its size."""
    if any(abs(other - own) <= slack for other in others):
        return own
    counts = Counter(round(other) if slack == FAINT else round(other, 2) for other in others)
    return max(counts, key=lambda s: (counts[s], -abs(s)), default=0.0)


def _apart(show: Show, numbers: float) -> float:
    """How far apart the letters of a show are set by its character spacing and by numbers together."""
    return (1000 * show.state.char_space / show.state.size if show.state.size else 0.0) + numbers


def _numbers(shows: Sequence[Show]) -> float:
    """How far apart most letters are set by numbers, in thousandths of the size of the font."""
    found: list[float] = []
    for show in shows:
        font = show.state.font
        between = 0.0
        first = True
        for item in show.items:
            if isinstance(item, float):
                between -= item
                continue
            count = sum(1 for _ in font.glyphs(item)) if font is not None else 0
            if count:
                found += [between] * (not first) + [0.0] * (count - 1)
                between, first = 0.0, False
    return statistics.median(found) if found else 0.0


def _shows_letters(show: Show) -> bool:
    font = show.state.font
    codes = (font.glyphs(item) for item in show.items if isinstance(item, bytes)) if font is not None else ()
    return font is not None and any(not font.is_blank(code) for some in codes for code, *_ in some)


def _points(run: Run, numbers: float) -> float:
    """Points on the page of thousandths of the size of the font."""
    scale = 1.0 if run.vertical else run.show.state.scale
    return numbers / 1000 * run.show.state.size * scale * abs(run.unit)


def _style(show: Show) -> Style:
    return id(show.state.font), round(show.state.size, DECIMALS)


def _spacing(show: Show) -> float:
    return round(show.state.char_space, DECIMALS)
