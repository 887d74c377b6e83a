"""Character spacing (Tc) of a single line: where it fills the line out, it tells how long a removed name was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from redaction.pdf.content import Show
from redaction.pdf.runs import Run

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


def spaced(run: Run, spacing: float) -> float:
    """Points on the page of a character spacing (Tc)."""
    scale = 1.0 if run.vertical else run.show.state.scale
    return spacing * scale * abs(run.unit)


def over(run: Run) -> float:
    """Points on the page that the letters of a run stood further apart than they are to."""
    return spaced(run, run.show.state.char_space - run.char_space)


def _style(show: Show) -> Style:
    return id(show.state.font), round(show.state.size, DECIMALS)


def _spacing(show: Show) -> float:
    return round(show.state.char_space, DECIMALS)
