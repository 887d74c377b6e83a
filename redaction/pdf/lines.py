"""Width defence: text after a removed run moves, so that the gap tells nothing but a multiple of 12 points.

Without it the place of the next word gives the length of a removed name to 1/1000 point, enough to tell which colleague
it was (Bland, Iyer and Levchenko, "Story Beyond the Eye", PETS 2023).
"""
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from redaction.pdf.content import Show
from redaction.pdf.geometry import Box, Point, bounds, touches
from redaction.pdf.runs import Glyph, Run

STEP = 12.0
"""Gaps are a multiple of this many points."""
LEAST = 36.0
"""No gap is smaller, however short the removed word."""
GRID = 6.0
"""Widths of black boxes are a multiple of this many points."""
NEAR = 2.5
"""Text further away than this many line heights stands in another column."""
EDGE = 6.0
"""Points between moved text and the edge of the page."""
OVERLAP = 3.0
"""A box that runs further than this over a word that stays covers another line, not this one."""
UNSEEN = 3
"""Text rendering mode of text that is not shown."""
ONE_LINE = 1.9
"""A box lower than this many line heights holds one line."""
AIR = 1.0
"""White between the black box and the word after it, at least."""


@dataclass(slots=True)
class Bar:
    """A black box for one gap on a line, and the plan boxes that made the gap."""

    box: Box
    sources: frozenset[Box]
    level: frozenset[Box]
    """Those sources that lie on this line alone, so that the bar can stand for them."""
    moved: bool = False
    """Whether text before the gap on this line moved, so that the gap is not where the plan box was."""


@dataclass(slots=True)
class _Line:
    direction: Point
    across: float
    height: float
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class _Spot:
    start: float
    end: float
    glyph: Glyph
    run: Run


class LineMover:
    """Moves what follows removed text within one content stream. `run_of` explodes a Show, once."""

    def __init__(self, shows: list[Show], run_of: Callable[[Show], Run], boxes: list[Box], page: Box) -> None:
        self.shows, self.run_of, self.boxes, self.page = shows, run_of, boxes, page
        self._places: tuple[Counter[int], Counter[int], Counter[int]] | None = None

    def move(self, touched: list[Run]) -> list[Bar]:
        """Set the shift of every glyph that moves; the bars for the gaps."""
        bars: list[Bar] = []
        for line in self._lines(touched):
            self._collect(line)
            bars += _Walk(self, line).walk()
        return bars

    def _lines(self, touched: list[Run]) -> list[_Line]:
        lines: list[_Line] = []
        for run in touched:
            if run.height < 0.5 or all(g.blank or not g.removed for g in run.glyphs):
                continue
            if run.show.state.mode == UNSEEN:  # text under a scan: what the reader sees is in the picture
                continue
            across = run.across()
            for line in lines:
                if _same_way(line.direction, run.direction) and abs(line.across - across) < 0.4 * line.height:
                    break
            else:
                lines.append(_Line(run.direction, across, run.height))
        return lines

    def _collect(self, line: _Line) -> None:
        slack = 0.5 * line.height
        level = abs(line.direction[1]) < 1e-6
        for show in self.shows:
            if level and not (show.box[1] - slack <= line.across * line.direction[0] <= show.box[3] + slack):
                continue
            if show.hidden or not show.state.size:
                continue
            run = self.run_of(show)
            if _same_way(run.direction, line.direction) and abs(run.across() - line.across) < slack:
                line.runs.append(run)

    def end_of(self, line: _Line) -> float:
        """Where the visible page ends along a line."""
        x0, y0, x1, y1 = self.page
        dx, dy = line.direction
        return max(x * dx + y * dy for x, y in ((x0, y0), (x0, y1), (x1, y0), (x1, y1)))

    def aligned(self, show: Show, direction: Point) -> bool:
        """Whether two other lines have text with the same beginning, middle or end: then it stands in a column."""
        if self._places is None:
            self._places = (Counter(), Counter(), Counter())
            seen = set()
            for other in self.shows:
                places = _places_of(other, direction)
                level = round(sum(v * w for v, w in zip(other.box[1::-1], direction, strict=True)))
                for kind, place in enumerate(places):
                    if (kind, place, level) not in seen:
                        seen.add((kind, place, level))
                        self._places[kind][place] += 1
        mine = _places_of(show, direction)
        return any(
            sum(counter[place + d] for d in (-1, 0, 1)) >= 3
            for counter, place in zip(self._places, mine, strict=True)
        )


def _places_of(show: Show, direction: Point) -> tuple[int, int, int]:
    """Beginning, middle and end of a Show along the direction, in whole points."""
    dx, dy = direction
    x0, y0, x1, y1 = show.box
    corners = [x * dx + y * dy for x, y in ((x0, y0), (x0, y1), (x1, y0), (x1, y1))]
    return round(min(corners)), round((min(corners) + max(corners)) / 2), round(max(corners))


class _Walk:
    """One line from its beginning to its end."""

    def __init__(self, mover: LineMover, line: _Line) -> None:
        self.mover, self.line = mover, line
        self.delta = 0.0
        self.before: float | None = None
        """End of the kept text before the gap, after its own move."""
        self.before_plain: float | None = None
        """The same without the move."""
        self.gap: list[_Spot] = []
        self.bars: list[Bar] = []
        spots = [_Spot(*run.extent(g), g, run) for run in line.runs for g in run.glyphs]
        self.spots = sorted(spots, key=lambda s: s.start)
        along = [s.end for s in self.spots if not s.glyph.blank and not s.glyph.removed]
        self.last = max(along, default=0.0)

    def walk(self) -> list[Bar]:
        """Set the shifts; the bars of this line."""
        blanks: list[_Spot] = []
        for spot in self.spots:
            if spot.glyph.blank:
                blanks.append(spot)
            elif spot.glyph.removed:
                if self.gap and spot.start - max(s.end for s in self.gap) > NEAR * self.line.height:
                    self._close_at_end(spot.start + self.delta)  # another column: a gap of its own
                    self.gap = []
                for blank in blanks if self.gap else ():
                    blank.glyph.removed = blank.run.touched = True  # a space between two removed words tells too
                self._settle(blanks)
                self.gap.append(spot)
                blanks = []
            else:
                self._keep(spot)
                self._settle(blanks)
                blanks = []
        self._settle(blanks)
        if self.gap:
            self._close_at_end(self.mover.end_of(self.line))
        return self.bars

    def _settle(self, blanks: list[_Spot]) -> None:
        for blank in blanks:
            self._shift(blank)

    def _shift(self, spot: _Spot) -> None:
        if self.delta and not spot.glyph.removed:
            spot.glyph.shift = self.delta
            spot.run.touched = True

    def _keep(self, spot: _Spot) -> None:
        if self.gap:
            self._close_before(spot)
        elif self.delta and self.before is not None and self.before_plain is not None:
            far = spot.start - self.before_plain > NEAR * self.line.height
            if far and spot.start >= self.before + 2 and self.mover.aligned(spot.run.show, self.line.direction):
                self.delta = 0.0
        self._shift(spot)
        self.before = max(self.before or -math.inf, spot.end + self.delta)
        self.before_plain = max(self.before_plain or -math.inf, spot.end)

    def _close_before(self, spot: _Spot) -> None:
        """The gap ends at a word that stays: find how far it moves, and draw the bar."""
        start = self.gap[0].start + self.delta
        end = max(s.end for s in self.gap)
        was = self.delta
        anchor = self.before if self.before is not None else start
        bar_start = max(min(start, self._left() + was), anchor)
        right = self._right()
        reach = (right if right < spot.start + OVERLAP else spot.start) + was
        far = spot.start - end > NEAR * self.line.height
        if far and self.mover.aligned(spot.run.show, self.line.direction) and spot.start > reach + AIR:
            self.delta = 0.0
            next_start = spot.start
        else:
            natural = spot.start + was - anchor
            needed = max(natural, reach + AIR - anchor, _grid_up(reach - bar_start) + bar_start + AIR - anchor)
            gap = max(LEAST, _step_up(needed))
            if not self._fits(gap - natural):
                gap = _step_up(natural)
            next_start = anchor + gap
            self.delta = next_start - spot.start
        if far:  # the bar need not run up to another column
            wanted = max(LEAST, _step_up(reach - bar_start))
            width = min(wanted, next_start - AIR - bar_start)
        else:
            width = _grid_down(next_start - AIR - bar_start)
        self._add_bar(bar_start, max(bar_start + width, min(reach, next_start)), moved=was != 0)
        self.gap = []

    def _close_at_end(self, most: float) -> None:
        """Nothing follows before `most`: the bar's width says no more than a multiple of 12 points."""
        if not self._level_sources():
            return  # a box over several lines was drawn by hand: its width says nothing
        start = min(self.gap[0].start, self._left()) + self.delta
        if self.before is not None:
            start = max(start, self.before)
        reach = self._right() + self.delta
        wanted = start + max(LEAST, _step_up(reach - start))
        limit = most - AIR
        self._add_bar(start, max(reach, wanted if wanted <= limit else limit), moved=self.delta != 0)

    def _fits(self, more: float) -> bool:
        return self.last + self.delta + more <= self.mover.end_of(self.line) - EDGE

    def _sources(self) -> list[Box]:
        inks = [bounds(s.run.ink(s.glyph)) for s in self.gap]
        return [b for b in self.mover.boxes if any(touches(i, b) for i in inks)]

    def _level_sources(self) -> list[Box]:
        """Those boxes of the gap that hold this line alone."""
        dx, dy = self.line.direction
        found = []
        for box in self._sources():
            x0, y0, x1, y1 = box
            depths = [y * dx - x * dy for x, y in ((x0, y0), (x0, y1), (x1, y0), (x1, y1))]
            if max(depths) - min(depths) < ONE_LINE * self.line.height:
                found.append(box)
        return found

    def _sides(self) -> list[tuple[float, float]]:
        dx, dy = self.line.direction
        sides = []
        for x0, y0, x1, y1 in self._sources():
            corners = [x * dx + y * dy for x, y in ((x0, y0), (x0, y1), (x1, y0), (x1, y1))]
            sides.append((min(corners), max(corners)))
        return sides

    def _left(self) -> float:
        return min((a for a, _ in self._sides()), default=self.gap[0].start)

    def _right(self) -> float:
        box_end = max((b for _, b in self._sides()), default=-math.inf)
        return max(min(box_end, self.mover.end_of(self.line)), *(s.end for s in self.gap), -math.inf)

    def _add_bar(self, start: float, end: float, moved: bool) -> None:
        sources = self._sources()
        dx, dy = self.line.direction
        low, high = self.line.across - 0.25 * self.line.height, self.line.across + 0.85 * self.line.height
        level = self._level_sources()
        for x0, y0, x1, y1 in level:
            depths = [y * dx - x * dy for x, y in ((x0, y0), (x0, y1), (x1, y0), (x1, y1))]
            low, high = min(low, *depths), max(high, *depths)
        corners = [(a * dx - c * dy, a * dy + c * dx) for a in (start, end) for c in (low, high)]
        self.bars.append(Bar(bounds(corners), frozenset(sources), frozenset(level), moved))


def _same_way(a: Point, b: Point) -> bool:
    return a[0] * b[0] + a[1] * b[1] > 0.9995


def _step_up(length: float) -> float:
    return math.ceil(length / STEP - 1e-6) * STEP


def _grid_up(length: float) -> float:
    return math.ceil(length / GRID - 1e-6) * GRID


def _grid_down(length: float) -> float:
    return math.floor(length / GRID + 1e-6) * GRID
