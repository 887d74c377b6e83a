"""Where the words of a line go, so that a gap in it says no more than a multiple of 12 points.

A removed word is told by more than its own gap: where a line is set against two edges the spaces between the words that
stay give its width, and where it is centred or set against the right edge its beginning does. So each is set anew in
its own way. Lengths are points along the line.
"""
from __future__ import annotations

import math
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

    After one that is `close` the next follows without a blank, in a script that knows none.
    """

    start: float
    end: float
    gone: bool = False
    to: tuple[float, float] = (0.0, 0.0)
    close: bool = False

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
        spaces = [self._space(i) for i in range(len(self.pieces))]
        solid = sum(p.end - p.start for p in self.pieces if not p.gone) + sum(gaps)
        count = sum(space is not None for space in spaces)
        tight = TIGHT * self.room.height
        if self.setting is Setting.BOTH and count:
            even = max(tight, (self.end - self.start - solid) / count)
            return self._lay(gaps, [space and even for space in spaces], solid + even * count)
        natural = [space for space in spaces if space is not None]
        if self._lay(gaps, spaces, solid + sum(natural)):
            return True
        even = min(max(natural, default=0.0), (self._most() - solid) / max(1, count))
        narrow = even >= tight and self._lay(gaps, [space and even for space in spaces], solid + even * count)
        return narrow or self._clamped(gaps, spaces, solid + sum(natural))

    def _clamped(self, gaps: list[float], spaces: list[float | None], length: float) -> bool:
        """Let the bar at the end of the line be no longer than its room."""
        if not self.pieces[-1].gone or self.setting is not Setting.LEFT:
            return False
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
        width = self.pieces[i].end - self.pieces[i].start
        lead, trail = self._beside(i)
        if i == len(self.pieces) - 1:
            return gap_for(lead + width) + self._air(lead)
        white = max(lead, trail)
        return gap_for(max(lead + width + trail, step_up(white + width, GRID) + self._air(white) + AIR))

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
