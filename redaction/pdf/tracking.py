"""How far the letters of one line stand apart: where that fills the line out, it tells how long a removed name was.

Writers do it by character spacing (Tc), or by a number between every two letters (TJ).
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
DECIMALS = 4
"""Of points, to which two spacings are one."""
Style = tuple[int, float]


class Tracking:
    """The character spacing of each font and size in a stream."""

    def __init__(self, shows: Sequence[Show]) -> None:
        self._shows = shows

    @cached_property
    def _found(self) -> dict[Style, Counter[float]]:
        found: dict[Style, Counter[float]] = {}
        for show in self._shows:
            found.setdefault(_style(show), Counter())[_spacing(show)] += 1
        return found

    def set_usual(self, runs: Sequence[Run]) -> None:
        """Give the runs of one line the spacing that other lines have: their own when those have it too."""
        spread = [run for run in runs if run.show.state.char_space]
        here = Tracking([run.show for run in runs])
        for run in spread:
            style, own = _style(run.show), _spacing(run.show)
            others = self._found[style] - here._found[style]
            run.char_space = own if own in others else max(others, key=lambda s: (others[s], -abs(s)), default=0.0)
        self._set_numbers(runs)

    def _set_numbers(self, runs: Sequence[Run]) -> None:
        """Note how far the numbers in the strings of one line set its letters apart, and those of other lines."""
        styles: dict[Style, list[Run]] = {}
        for run in runs:
            styles.setdefault(_style(run.show), []).append(run)
        for style, alike in styles.items():
            own = _usual([run.show for run in alike])
            if abs(own) <= FAINT:
                continue
            here = {run.show.index for run in runs}
            others = [_usual([s]) for s in self._shows if _style(s) == style and s.index not in here]
            same = any(abs(other - own) <= FAINT for other in others)
            for run in alike:
                run.apart = _points(run, own)
                run.usual = run.apart if same else _points(run, statistics.median(others) if others else 0.0)


def spaced(run: Run, spacing: float) -> float:
    """Points on the page of a character spacing (Tc)."""
    scale = 1.0 if run.vertical else run.show.state.scale
    return spacing * scale * abs(run.unit)


def over(run: Run) -> float:
    """Points on the page that the letters of a run stood further apart than they are to."""
    return spaced(run, run.show.state.char_space - run.char_space)


def closer(run: Run, gap: float) -> float:
    """Points that a letter comes closer to the one before it, which is of the run and so far away."""
    more = over(run)
    if not run.apart:
        return more
    own = gap - spaced(run, run.show.state.char_space)
    even = abs(own - run.apart) <= abs(_points(run, FAINT))
    return more + (own if even else run.apart) - run.usual


def _points(run: Run, numbers: float) -> float:
    """Points on the page of thousandths of the size of the font."""
    return spaced(run, numbers / 1000 * run.show.state.size)


def _usual(shows: Sequence[Show]) -> float:
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


def _style(show: Show) -> Style:
    return id(show.state.font), round(show.state.size, DECIMALS)


def _spacing(show: Show) -> float:
    return round(show.state.char_space, DECIMALS)
