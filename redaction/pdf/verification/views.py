"""One part of a page as both files draw it, and how much the two pictures differ: by square, and by letter."""
from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from redaction.pdf.geometry import Box
from redaction.pdf.verification.drawing import Picture, picture_of, window, without_text
from redaction.pdf.verification.pairs import Flags, Numbers

REACH = 2
"""Pixels that the place of a letter may be rounded by, in fine pixels; in others half of it."""
STEPS = sorted(
    ((y, x) for y in range(-REACH, REACH + 1) for x in range(-REACH, REACH + 1)),
    key=lambda step: (max(map(abs, step)), abs(step[0]), step),
)
"""Ways to lay one letter upon another, nearest first."""
STROKE, CONTRAST = 8, 60
"""Fine pixels to the edge of a line, and how much darker (of 255) it is than what is beside it."""
SAME = 8
"""Brightness (of 255) by which one ground may differ in two pictures."""
NEAREST = 9
"""How many of them are at most a pixel each way; see the order."""
CELL = 8
"""Pixels of the side of the cells in which changes are looked up."""
MOST_PIXELS = 6000
"""Longest side of the picture of a whole page."""
NO_END = 1 << 20
"""The same of a page of which a part is drawn."""
Places = np.ndarray[Any, np.dtype[np.intp]]


@dataclass(frozen=True)
class View:
    """Pictures of a part of a page before and after, whose corner lies at `left`, `top` (points, user space).

    `across` and `down` are pixels a point. `slack` is by how many pixels a line may lie aside in the other picture.
    """

    crop: Box
    before: Picture
    after: Picture
    left: float
    top: float
    across: float
    down: float
    slack: int = 0
    lines: tuple[Flags, Flags] | None = None
    """Pixels of lines that are drawn under the letters, before and after."""

    @classmethod
    def of(
        cls, old: Any, new: Any, crop: Box, dpi: int, part: Box | None = None, *, colour: bool = False
    ) -> View | None:
        """Pictures of the open pages `old` and `new`, or of a part of them; None where they differ in size.

        With `colour` they are drawn in colour and made grey afterwards.
        """
        most = MOST_PIXELS if part is None else NO_END
        before, after = (picture_of(page, dpi, part, most=most, colour=colour) for page in (old, new))
        if before.shape != after.shape:
            return None
        if part is None:
            across, down = before.shape[1] / (crop[2] - crop[0]), before.shape[0] / (crop[3] - crop[1])
            return cls(crop, before, after, crop[0], crop[3], across, down)
        whole = tuple(int(np.ceil(size * dpi / 72)) for size in reversed(old.get_size()))
        across, down = whole[1] / (crop[2] - crop[0]), whole[0] / (crop[3] - crop[1])
        rows, columns = window(part, crop, whole)
        return cls(crop, before, after, crop[0] + columns.start / across, crop[3] - rows.start / down, across, down)

    def tolerant(self) -> View:
        """The same, where an edge may lie a pixel aside: letters that are drawn as curves lie between pixels."""
        return replace(self, slack=1)

    def window(self, box: Any) -> tuple[slice, slice]:
        """Rows and columns of what lies in a box; empty where that is outside."""
        x0, y0, x1, y1 = box
        top, bottom = int(np.floor((self.top - y1) * self.down)), int(np.ceil((self.top - y0) * self.down))
        left, right = int(np.floor((x0 - self.left) * self.across)), int(np.ceil((x1 - self.left) * self.across))
        return slice(max(0, top), max(0, bottom)), slice(max(0, left), max(0, right))

    @cached_property
    def _difference(self) -> Picture:
        if not self.slack:
            return np.maximum(self.before, self.after) - np.minimum(self.before, self.after)
        (low, high), (low_after, high_after) = self._ranges
        found = np.zeros(self.before.shape, np.int16)
        for more, less in (
            (low_after, self.before), (self.before, high_after), (low, self.after), (self.after, high)
        ):  # fmt: skip
            np.maximum(found, more.astype(np.int16) - less, out=found)
        return found.astype(np.uint8)

    @cached_property
    def _ranges(self) -> tuple[tuple[Picture, Picture], tuple[Picture, Picture]]:
        """The darkest and brightest pixel around each, before and after."""
        return _range(self.before, self.slack), _range(self.after, self.slack)

    def above(self, old: Any, new: Any, dpi: int, part: Box, covers: list[Box]) -> View:
        """The same, where letters are told from the lines that run under them, which do not move with them.

        Where the ground varies, and is the same in both pictures but for the `covers`, the letters alone are left.
        """
        with without_text(old), without_text(new):
            grounds = [picture_of(page, dpi, part, most=NO_END) for page in (old, new)]
        lines = [_range(g, STROKE)[1].astype(np.int16) - g > CONTRAST for g in grounds]
        made = replace(self, lines=(lines[0], lines[1]))
        changed = np.abs(grounds[0].astype(np.int16) - grounds[1]) > SAME
        for cover in covers:
            changed[self.window(cover)] = False
        if np.ptp(grounds[0]) <= SAME or changed.any():
            return made
        return replace(made, before=_letters_on(grounds[0], self.before), after=_letters_on(grounds[1], self.after))

    def differs(self, least: int) -> Flags:
        """Which pixels differ by more than so much."""
        found: Flags = self._difference > least
        return found

    def near_change(self, boxes: Numbers, least: int) -> Flags:
        """Which of the boxes may hold pixels that differ by more than so much."""
        rows, columns = np.divmod(np.flatnonzero(self.differs(least)), self.before.shape[1])
        shape = tuple(n // CELL + 1 for n in self.before.shape)
        cells = np.bincount(rows // CELL * shape[1] + columns // CELL, minlength=shape[0] * shape[1]) > 0
        sums = np.pad(cells.reshape(shape).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        left, top, wide, high = self._frames(boxes)
        x0, x1 = (left // CELL).clip(0, shape[1]), ((left + wide - 1) // CELL + 1).clip(0, shape[1])
        y0, y1 = (top // CELL).clip(0, shape[0]), ((top + high - 1) // CELL + 1).clip(0, shape[0])
        found: Flags = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0] > 0
        return found

    def squares(self, where: Flags, side: float, most: float) -> list[Box]:
        """Squares (of so many points) in which the mean difference, of the pixels told, is more than `most`."""
        spots = np.flatnonzero(where)
        if not len(spots):
            return []
        rows, columns = np.divmod(spots, where.shape[1])
        pixels = max(2, round(side * self.across))
        wide = where.shape[1] // pixels + 1
        sums = np.bincount(rows // pixels * wide + columns // pixels, self._difference.ravel()[spots].astype(float))
        found = np.flatnonzero(sums > most * pixels**2)
        return [self._box(n // wide * pixels, n % wide * pixels, pixels) for n in found.tolist()]

    def _box(self, row: int, column: int, pixels: int) -> Box:
        x0, y1 = self.left + column / self.across, self.top - row / self.down
        return (x0, y1 - pixels / self.down, x0 + pixels / self.across, y1)

    # letters ---------------------------------------------------------------------------------------------------------
    def misfits(
        self, boxes: Numbers, places: Numbers, letters: tuple[Numbers, Numbers], other: tuple[Any, Any], least: int
    ) -> Numbers:
        """For each letter before and after (a box a row) how much ink differs at best, in square points of black.

        Pixels that belong to more than one of all `letters` are not looked at, for other lines reach in there, nor are
        those in the boxes of `other` things: what went, and what covers afterwards.
        """
        left, top, wide, high = self._frames(boxes)
        steps = np.stack([np.rint((boxes[:, 3] - places[:, 3]) * self.down),
                          np.rint((places[:, 0] - boxes[:, 0]) * self.across)]).astype(int)  # fmt: skip
        shared = self._shared(letters[0], boxes), self._shared(letters[1], places)
        for pixels, things in zip(shared, other, strict=True):
            for thing in things:
                pixels[self.window(thing)] = True
        best = np.full(len(boxes), np.inf)
        for down, across in STEPS if self.slack else STEPS[:NEAREST]:
            open_ = np.flatnonzero(best > 0)
            if not len(open_):
                break
            each, row, column, first = _pixels(left[open_], top[open_], wide[open_], high[open_])
            who = open_[each]
            there = row + steps[0][who] + down, column + steps[1][who] + across
            differs = self._differs_at((row, column), there, shared)
            differs[differs <= least] = 0
            best[open_] = np.minimum(best[open_], np.add.reduceat(differs, first))
        return best / 255 / (self.across * self.down)

    def _frames(self, boxes: Numbers) -> tuple[Places, Places, Places, Places]:
        """Left, top, width and height of each letter in pixels."""
        x0, x1 = ((boxes[:, i] - self.left) * self.across for i in (0, 2))
        y0, y1 = ((self.top - boxes[:, i]) * self.down for i in (3, 1))
        left, top = np.floor(x0).astype(np.intp), np.floor(y0).astype(np.intp)
        wide, high = np.ceil(x1).astype(np.intp) - left, np.ceil(y1).astype(np.intp) - top
        return left, top, wide.clip(1), high.clip(1)

    def _differs_at(
        self, here: tuple[Places, Places], there: tuple[Places, Places], shared: tuple[Flags, Flags]
    ) -> Places:
        rows, columns = self.before.shape
        here, there = ((y.clip(0, rows - 1), x.clip(0, columns - 1)) for y, x in (here, there))
        a, b = self.before[here].astype(np.int16), self.after[there].astype(np.int16)
        if not self.slack:
            found = np.abs(a - b)
        else:
            (low, high), (low_after, high_after) = self._ranges
            found = np.maximum(low_after[there] - a, a - high_after[there])
            found = np.maximum(found, np.maximum(low[here] - b, b - high[here])).clip(0)
        found[shared[0][here] | shared[1][there]] = 0
        if self.lines is not None:
            found[self.lines[0][here] | self.lines[1][there]] = 0
        differs: Places = found.astype(np.intp)
        return differs

    def _shared(self, letters: Numbers, some: Numbers) -> Flags:
        """The pixels that belong to more than one letter, near the lines of some of them."""
        near = np.zeros(len(letters), bool)
        for low, high in {(float(a), float(b)) for a, b in some[:, [1, 3]]}:
            near |= (letters[:, 1] < high) & (letters[:, 3] > low)
        rows, columns = self.before.shape
        left, top, wide, high_ = self._frames(letters[near])
        x0, x1 = left.clip(0, columns), (left + wide).clip(0, columns)
        y0, y1 = top.clip(0, rows), (top + high_).clip(0, rows)
        count = np.zeros(self.before.shape, np.uint8)
        for x, end, y, foot in np.stack([x0, x1, y0, y1], axis=1).tolist():
            count[y:foot, x:end] += 1
        shared: Flags = count > 1
        return shared


def _letters_on(ground: Picture, picture: Picture) -> Any:
    """What a picture shows upon its ground, from black (-255) by nothing (0) to white (255)."""
    here = picture.astype(np.int16) - ground
    here[np.abs(here) <= SAME] = 0
    most = np.where(here < 0, ground, 255 - ground.astype(np.int16)).clip(1)
    return (here * np.int32(255) // most).astype(np.int16)


def _pixels(left: Places, top: Places, wide: Places, high: Places) -> tuple[Places, Places, Places, Places]:
    """All pixels of some frames: of which frame each is, its row and column, and where those of each frame begin."""
    count = wide * high
    first = np.concatenate([[0], count.cumsum()[:-1]]) if len(count) else count
    who = np.repeat(np.arange(len(count)), count)
    inner = np.arange(len(who)) - np.repeat(first, count)
    return who, top[who] + inner // wide[who], left[who] + inner % wide[who], first


def _range(picture: Picture, by: int) -> tuple[Picture, Picture]:
    """The darkest and the brightest of the pixels within so many of each."""
    low = high = np.pad(picture, by, "edge")
    for _ in range(2):  # along the columns, then along the rows
        low, high = (_joined(values, 2 * by + 1, how).T for values, how in ((low, np.minimum), (high, np.maximum)))
    return low, high


def _joined(picture: Picture, count: int, how: Any) -> Picture:
    """The lowest or highest of so many rows from each row on."""
    rows = len(picture) - count + 1
    found = picture[:rows].copy()
    for step in range(1, count):
        how(found, picture[step : step + rows], out=found)
    return found
