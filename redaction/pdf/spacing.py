"""Where the words of a line go, so that a gap in it says no more than a multiple of 12 points.

A removed word is told by more than its own gap: where a line is set against two edges the spaces between the words that
stay give its width, and where it is centred or set against the right edge its beginning does. So each is set anew in
its own way. Lengths are points along the line.
"""
from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

STEP = 12.0
"""Gaps are a multiple of this many points."""
LEAST = 36.0
"""No gap is smaller, however short the removed word."""
WIDER = 1.4
"""Each length that a gap can have is about this many times the one before: long names are rare and need company."""
GRID = 6.0
"""Widths of black boxes are a multiple of this many points."""
AIR = 1.0
"""White between the black box and the word after it, at least."""
TIGHT = 0.2
"""Spaces between words are never made narrower than this many line heights: else readers join the words."""
SIDE = 0.16
"""White in line heights between a word and the black box after it."""
STRETCHED = 0.03
"""Points that spaces differ from those of the font when a line was stretched or squeezed."""
TRIES = 4
"""Times that a gap is made a step wider so that its bar covers all that the box did."""


class Setting(Enum):
    """Which ends of a line stay in place."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"
    BOTH = "both"


@dataclass(slots=True)
class Piece:
    """A word that stays, or what is `gone`: removed letters with the boxes over them. `to` is where it comes.

    After one that is `close` the next follows without a blank, in a script that knows none. `blank` is the white that
    the font sets between words, known for a word before another; a line that keeps its length keeps what it has.
    """

    start: float
    end: float
    gone: bool = False
    to: tuple[float, float] = (0.0, 0.0)
    close: bool = False
    blank: float | None = None

    @property
    def shift(self) -> float:
        """How far a word moves."""
        return self.to[0] - self.start


@dataclass(frozen=True, slots=True)
class Room:
    """How far a line may reach, and its height."""

    low: float
    high: float
    height: float
    measured: bool = False
    """Whether the places come from the ink of a picture: then spaces that are made even keep how they differ.

    For they differ by the letters beside them, and to measure each word anew would add up what is measured wrong.
    """


def place(pieces: Sequence[Piece], setting: Setting, span: tuple[float, float], room: Room) -> list[Piece]:
    """Give the pieces of one line, of which no two in a row are gone, their places; the line was set within the span.

    Words that find no room are not among the pieces that come back: a piece that is gone stands in their place too.
    """
    line = _Line(list(pieces), setting, span, room)
    while not line.fits():
        line.swallow()
    return line.pieces


class _Line:
    def __init__(self, pieces: list[Piece], setting: Setting, span: tuple[float, float], room: Room) -> None:
        self.pieces, self.setting, self.room = pieces, setting, room
        self.start, self.end = span

    def fits(self) -> bool:
        """Whether the line finds room; then its pieces have their places."""
        if all(p.gone for p in self.pieces):
            self._alone(self.pieces[0])
            return True
        steps = [0] * len(self.pieces)
        for _ in range(TRIES):
            if not self._set(steps):
                return False
            bare = [i for i, p in enumerate(self.pieces) if p.gone and not _covers(p)]
            if not bare or self.setting in (Setting.LEFT, Setting.RIGHT):
                break
            for i in bare:
                steps[i] += 1
        return True

    def swallow(self) -> None:
        """Let a gap take in the word next to it, on the side to which the line would grow."""
        forward = self.setting is not Setting.RIGHT
        at = [i for i, p in enumerate(self.pieces) if p.gone][-1 if forward else 0]
        near = at + 1 if forward else at - 1
        if not 0 <= near < len(self.pieces):
            near = 2 * at - near
        low, high = min(at, near), max(at, near)
        if low and self.pieces[low - 1].gone:
            low -= 1
        if high + 1 < len(self.pieces) and self.pieces[high + 1].gone:
            high += 1
        self.pieces[low : high + 1] = [Piece(self.pieces[low].start, self.pieces[high].end, gone=True)]

    def _set(self, steps: list[int]) -> bool:
        """Lay the pieces out, with gaps so many steps wider; whether that was possible."""
        gaps = [self._gap(i) + STEP * steps[i] if p.gone else 0.0 for i, p in enumerate(self.pieces)]
        least = self._fitted(gaps)
        ways = (self._spread, gaps), (self._longer, gaps), (self._spread, least), (self._longer, least)
        return any(way(found) for way, found in ways) or self._clamped(gaps)

    def _spread(self, gaps: list[float]) -> bool:
        """Lay the pieces out with these gaps and as much white between words as their setting wants."""
        spaces = [self._space(i) for i in range(len(self.pieces))]
        solid = self._solid() + sum(gaps)
        count = sum(space is not None for space in spaces)
        tight = TIGHT * self.room.height
        if self.setting is Setting.BOTH and count:
            even = (self.end - self.start - solid) / count
            return even >= tight - 1e-6 and self._lay(gaps, self._evened(spaces, even), solid + even * count)
        spaces = self._loose(spaces)
        natural = [space for space in spaces if space is not None]
        if self._lay(gaps, spaces, solid + sum(natural)):
            return True
        even = min(max(natural, default=0.0), (self._most() - solid) / max(1, count))
        return even >= tight - 1e-6 and self._lay(gaps, self._evened(spaces, even), solid + even * count)

    def _solid(self) -> float:
        """Points of the words that stay."""
        return sum(p.end - p.start for p in self.pieces if not p.gone)

    def _fitted(self, gaps: list[float]) -> list[float]:
        """Gaps for a full line: one as wide as the other words leave room for, which tells no more than they do.

        Several are as narrow as can be.
        """
        least = [max(LEAST, step_up(self._need(i), STEP)) if p.gone else 0.0 for i, p in enumerate(self.pieces)]
        count = sum(self._space(i) is not None for i in range(len(self.pieces)))
        whole = self.end - self.start if self.setting is Setting.BOTH else self._most()
        room = step_down(whole - self._solid() - count * TIGHT * self.room.height, STEP)
        alone = sum(p.gone for p in self.pieces) == 1
        return [min(gap, max(one, room) if alone else one) for one, gap in zip(least, gaps, strict=True)]

    def _loose(self, spaces: list[float | None]) -> list[float | None]:
        """The spaces as the font has them: a line may be stretched where no other tells, and what stretches it tells.

        They keep how they differ from each other.
        """
        over = [s - p.blank for s, p in zip(spaces, self.pieces, strict=True) if s is not None and p.blank is not None]
        usual = statistics.median(over) if over else 0.0
        if abs(usual) < STRETCHED:
            return spaces
        return [
            p.blank if s is not None and p.blank is not None and abs(s - p.blank - usual) < STRETCHED
            else s and max(1e-6, s - usual)
            for s, p in zip(spaces, self.pieces, strict=True)
        ]  # fmt: skip

    def _evened(self, spaces: list[float | None], even: float) -> list[float | None]:
        """The spaces between words, so wide on average."""
        if not self.room.measured:
            return [space and even for space in spaces]
        found = [space for space in spaces if space is not None]
        more = even - sum(found) / max(1, len(found))
        return [None if space is None else space + more for space in spaces]

    def _longer(self, gaps: list[float]) -> bool:
        """Let a full line, its words close together, run on into the margin."""
        if self.setting is not Setting.BOTH:
            return False
        spaces = self._evened([self._space(i) for i in range(len(self.pieces))], TIGHT * self.room.height)
        return self._lay(gaps, spaces, self._solid() + sum(gaps) + sum(space for space in spaces if space is not None))

    def _clamped(self, gaps: list[float]) -> bool:
        """Let the bar at the end of the line be no longer than its room."""
        if not self.pieces[-1].gone or self.setting is not Setting.LEFT:
            return False
        spaces = self._loose([self._space(i) for i in range(len(self.pieces))])
        length = self._solid() + sum(gaps) + sum(space for space in spaces if space is not None)
        last = self.pieces[-1]
        over = self.start + length - self.room.high
        gaps[-1] = max(last.end - last.start, gaps[-1] - over)
        return self._lay(gaps, spaces, length - over)

    def _most(self) -> float:
        """The greatest length that there is room for."""
        low, high = self.room.low, self.room.high
        if self.setting is Setting.RIGHT:
            return self.end - low
        if self.setting is Setting.CENTRE:
            middle = (self.start + self.end) / 2
            return 2 * min(middle - low, high - middle)
        return high - self.start

    def _lay(self, gaps: list[float], spaces: list[float | None], length: float) -> bool:
        at = self.start
        if self.setting is Setting.RIGHT:
            at = self.end - length
        elif self.setting is Setting.CENTRE:
            at = (self.start + self.end - length) / 2
        if at < min(self.room.low, self.start) - 0.01 or at + length > max(self.room.high, self.end) + 0.01:
            return False
        for i, piece in enumerate(self.pieces):
            if piece.gone:
                piece.to = self._bar(i, at, gaps[i])
                at += gaps[i]
            else:
                piece.to = (at, at + piece.end - piece.start)
                at = piece.to[1]
            at += spaces[i] or 0.0
        return True

    def _bar(self, i: int, at: float, gap: float) -> tuple[float, float]:
        lead, trail = self._beside(i)
        if i == len(self.pieces) - 1:
            return (at + self._air(lead), at + gap)
        if self.setting is Setting.RIGHT:
            end = at + gap - self._air(trail)
            return (end - step_down(end - at - AIR, GRID), end)
        start = at + self._air(lead)
        return (start, start + step_down(at + gap - start - AIR, GRID))

    def _gap(self, i: int) -> float:
        """Points from the word before what is gone to the word after it; at the end of a line to where the bar ends."""
        return gap_for(self._need(i)) + (self._air(self._beside(i)[0]) if i == len(self.pieces) - 1 else 0.0)

    def _need(self, i: int) -> float:
        """The least that is enough for what is gone and the white beside it."""
        width = self.pieces[i].end - self.pieces[i].start
        lead, trail = self._beside(i)
        if i == len(self.pieces) - 1:
            return lead + width
        white = max(lead, trail)
        return max(lead + width + trail, step_up(white + width, GRID) + self._air(white) + AIR)

    def _space(self, i: int) -> float | None:
        """The space after a word before another, None where there is none or a gap holds it."""
        if i + 1 == len(self.pieces) or self.pieces[i].gone or self.pieces[i + 1].gone or self.pieces[i].close:
            return None
        return max(1e-6, self.pieces[i + 1].start - self.pieces[i].end)

    def _air(self, white: float) -> float:
        """White between a bar and the word before it.

        How much there was may not show, for an A is drawn closer to a blank than other letters; only whether any was.
        """
        air = SIDE * self.room.height
        return air if white >= air else 0.0

    def _beside(self, i: int) -> tuple[float, float]:
        """White before and after what is gone."""
        before = self.pieces[i].start - self.pieces[i - 1].end if i else 0.0
        after = self.pieces[i + 1].start - self.pieces[i].end if i + 1 < len(self.pieces) else 0.0
        return max(0.0, before), max(0.0, after)

    def _alone(self, piece: Piece) -> None:
        """The bar for a line of which nothing stays."""
        length = min(gap_for(piece.end - piece.start), max(self._most(), piece.end - piece.start))
        if self.setting is Setting.BOTH:
            piece.to = (piece.start, piece.end)
        elif self.setting is Setting.RIGHT:
            piece.to = (piece.end - length, piece.end)
        elif self.setting is Setting.CENTRE:
            middle = (piece.start + piece.end) / 2
            piece.to = (middle - length / 2, middle + length / 2)
        else:
            piece.to = (piece.start, piece.start + length)


def _covers(piece: Piece) -> bool:
    return piece.to[0] <= piece.start + 0.01 and piece.to[1] >= piece.end - 0.01


def gap_for(length: float) -> float:
    """The gap for something of this length: 36, 60, 84, 108, 144, 192, 264 points and so on."""
    gap = LEAST
    while gap < length - 1e-6:
        gap = max(gap + 2 * STEP, step_down(gap * WIDER, STEP))
    return gap


def step_up(length: float, step: float) -> float:
    """The smallest multiple of the step that is not less."""
    return math.ceil(length / step - 1e-6) * step


def step_down(length: float, step: float) -> float:
    """The greatest multiple of the step that is not more."""
    return math.floor(length / step + 1e-6) * step
