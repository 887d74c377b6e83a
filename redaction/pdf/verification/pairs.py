"""Letters of a page before and after redaction: which of them stood still, which moved along a line, which went."""
from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

import numpy as np

from redaction.pdf.geometry import Box
from redaction.pdf.pages import PageText
from redaction.pdf.verification.evidence import PageEvidence
from redaction.pdf.verification.letters import in_labels

BLANKS = [9, 10, 13, 32, 160]
"""Codes of signs that take room and show nothing; others below 32 are letters of fonts that do not say which."""
STILL = 0.1
"""Points that a letter which stands still may be read apart in two files."""
LEVEL = 0.05
"""Points that the top and foot of letters on one line may be read apart."""
BESIDE = 3.0
"""Points that a letter may stand above or below a box and still be on its line."""
LONG, SLIM = 100.0, 4.0
"""Points, and widths, that a letter is high at most; what fonts with odd measures claim says not where a letter is."""
ABOUT = 0.25
"""Heights of letters that the feet of one line lie apart at most where the font was measured by a letter that went."""
LEADERS = re.compile(r"([.…·_\-‐])\1{2,}")
"""Signs in a row that lead to a number: they are laid anew when the words beside them move."""
Numbers = np.ndarray[Any, np.dtype[np.float64]]
Whole = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Letters:
    """The signs of a page that show something: `at` is where each stands in the text of the page."""

    text: PageText
    at: Whole
    codes: Whole
    boxes: Numbers
    frames: Numbers
    """The boxes, each ending where the next letter on its line begins: some fonts claim far more than a letter."""

    @classmethod
    def of(cls, text: PageText) -> Letters:
        """Those of a page."""
        codes = np.frombuffer(text.text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
        wide, high = text.corners[:, 2] - text.corners[:, 0], text.corners[:, 3] - text.corners[:, 1]
        long = np.maximum(wide, high)  # no number where there is no box: then no comparison holds
        sane = (long <= np.maximum(LONG, SLIM * np.minimum(wide, high))) & (wide * high <= text.width * text.height / 8)
        at = np.flatnonzero(sane & ~np.isin(codes, BLANKS))
        return cls(text, at, codes[at], text.corners[at], _parted(text.corners[at]))


class Pairs:
    """How the letters of a page before and after belong together.

    Letters may only move along a line that a box stands on, in their order.
    """

    def __init__(self, page: PageEvidence) -> None:
        self.page = page
        self.before, self.after = Letters.of(page.original), Letters.of(page.redacted)
        self.still = _among(self.before, self.after)
        self.under = np.array(page.original.inside(page.boxes), bool)[self.before.at]
        fresh = np.flatnonzero(~_among(self.after, self.before))
        self.axes = (0, 1) if self._turned() else (0,)
        """Along which axes text may move: 0 for level text."""
        self.on_line = self._on_line(self.before.boxes)
        gone = np.flatnonzero(~self.still & ~self.under & self.on_line)
        self.moved, self.moved_to = np.empty(0, np.int64), np.empty(0, np.int64)
        self.places = np.empty((0, 4))
        """Where the frames of letters that moved lie afterwards: they go along their line, and stay as high."""
        gone, fresh = self._pair(gone, fresh, _exact_lines)
        labelled = self._labelled(fresh)
        self.labels = self.after.boxes[labelled]
        """Boxes of the signs of labels."""
        self.gone, self.fresh = self._pair(gone, np.setdiff1d(fresh, labelled), _rough_lines, changed=True)
        """Letters on the lines of boxes that have no place any more, and letters that were nowhere before."""

    def _pair(
        self, gone: Whole, fresh: Whole, lines: Callable[[Numbers], Whole], *, changed: bool = False
    ) -> tuple[Whole, Whole]:
        """Note the letters that moved along their lines; those that are left of both.

        With `changed` only those of which the foot or top is not what it was, and the width is.
        """
        for axis in self.axes:
            left, right = _in_order(self.before, gone, self.after, fresh, axis, lines)
            if changed:
                was, now = self.before.boxes[left], self.after.boxes[right]
                apart = np.abs(now - was)[:, [1 - axis, 3 - axis]].max(axis=1) > LEVEL
                wide = np.abs((now - was)[:, axis + 2] - (now - was)[:, axis]) <= LEVEL
                left, right = left[apart & wide], right[apart & wide]
            steps = np.zeros((len(left), 4))
            steps[:, axis] = steps[:, axis + 2] = self.after.boxes[right, axis] - self.before.boxes[left, axis]
            self.places = np.concatenate([self.places, self.before.frames[left] + steps])
            self.moved, self.moved_to = np.append(self.moved, left), np.append(self.moved_to, right)
            gone, fresh = np.setdiff1d(gone, left), np.setdiff1d(fresh, right)
        return gone, fresh

    @cached_property
    def excused(self) -> Numbers:
        """Boxes of letters that may go or come.

        They are those of words that a box cuts, words beside a box that went for want of room, leaders and labels.
        """
        lost = self.before.boxes[self.gone[self._may_go]]
        return np.concatenate([self._cut_words, lost, self.labels])

    @cached_property
    def _cut_words(self) -> Numbers:
        words = [w.box for w in self.page.original.words_in(self.page.boxes)]
        return np.array(words, float).reshape(-1, 4)

    @cached_property
    def _may_go(self) -> Flags:
        """Which of the letters that went may do so."""
        return self._beside_boxes() | _in_leaders(self.before, self.gone)

    @cached_property
    def unpaired(self) -> tuple[Numbers, Numbers]:
        """Frames of letters that went from the line of a box, and of letters that came there, without a reason.

        Letters of a line that only stand in another order are neither.
        """
        gone, fresh = self.gone[~self._may_go], self.fresh[~_in_leaders(self.after, self.fresh)]
        gone = gone[_outside(self.before.boxes[gone], self._cut_words)]
        fresh = fresh[self._on_line(self.after.boxes[fresh]) & _outside(self.after.boxes[fresh], self._cut_words)]
        was, now = self.before.boxes[gone][:, None], self.after.boxes[fresh][None]
        level = (was[..., 1] < now[..., 3]) & (was[..., 3] > now[..., 1])
        same = self.before.codes[gone][:, None] == self.after.codes[fresh][None]
        twin = same & (level | (len(self.axes) > 1))
        return self.before.frames[gone[~twin.any(axis=1)]], self.after.frames[fresh[~twin.any(axis=0)]]

    @cached_property
    def crossed(self) -> Numbers:
        """Boxes of letters that stick out of a box that runs through them: it covers most of its own height there."""
        left, low, right, high = self.page.original.corners.T
        found = np.zeros(len(left), bool)
        for x0, y0, x1, y1 in self.page.boxes:
            shared = np.minimum(high, y1) - np.maximum(low, y0)
            found |= (left < x1) & (right > x0) & (shared > (y1 - y0) / 2) & (high - low > y1 - y0)
        crossed: Numbers = self.page.original.corners[found]
        return crossed

    def beside(self, bar: Box) -> bool:
        """Whether a bar stands on the line of a box."""
        return any(
            bar[1 - axis] < box[3 - axis] and bar[3 - axis] > box[1 - axis]
            for box, axis in itertools.product(self.page.boxes, self.axes)
        )

    def in_place(self, letters: Whole) -> tuple[Whole, Whole]:
        """Of letters that stand still those that are found again, and the letters after that they are."""
        found = np.full(len(letters), -1)
        for shift in (0.0, STILL / 2):
            keys = _keys(self.after, shift)
            order = np.argsort(keys, kind="stable")
            mine = _keys(self.before, shift)[letters]
            spot = np.searchsorted(keys[order], mine).clip(0, len(keys) - 1)
            same = keys[order][spot] == mine
            found[same] = order[spot[same]]
        return letters[found >= 0], found[found >= 0]

    def _turned(self) -> bool:
        """Whether text beside a box may run up or down the page."""
        text = self.page.original
        return text.rotation in (90, 270) or any(text.turn_in(box) in (90, 270) for box in self.page.boxes)

    def _on_line(self, boxes: Numbers) -> Flags:
        found = np.zeros(len(boxes), bool)
        for box, axis in itertools.product(self.page.boxes, self.axes):
            low, high = 1 - axis, 3 - axis
            found |= (boxes[:, low] < box[high] + BESIDE) & (boxes[:, high] > box[low] - BESIDE)
        return found

    def _beside_boxes(self) -> Flags:
        """Which of the letters that went stand next to a box, or to others that went which do."""
        found: set[int] = set()
        boxes = self.before.boxes
        for axis in self.axes:
            middles, height = boxes[:, [1 - axis, 3 - axis]].mean(axis=1), boxes[:, 3 - axis] - boxes[:, 1 - axis]
            left = set(self.gone.tolist()) - found
            while left:
                letter = left.pop()
                line = np.flatnonzero(np.abs(middles - middles[letter]) < height[letter] / 2)
                line = line[np.argsort(boxes[line, axis], kind="stable")]
                found |= self._chained(line)
                left -= set(line.tolist())
        return np.array([int(i) in found for i in self.gone], bool)

    def _chained(self, line: Whole) -> set[int]:
        """The letters of a line that went together with some under a box."""
        free = self.under[line] | np.isin(line, self.gone)
        found: set[int] = set()
        for goes, run in itertools.groupby(zip(line.tolist(), free.tolist(), strict=True), lambda p: p[1]):
            letters = [i for i, _ in run]
            if goes and self.under[letters].any():
                found |= set(letters)
        return found

    def _labelled(self, fresh: Whole) -> Whole:
        """Those of the letters that are signs of labels, which stand beside a bar that has no room for them."""
        found: set[int] = set()
        boxes = self.after.boxes[fresh]
        middles = boxes.reshape(-1, 2, 2).mean(axis=1)
        for axis in self.axes:
            lines = _exact_lines(boxes[:, [1 - axis, 3 - axis]])
            for line in np.unique(lines):
                some = np.flatnonzero(lines == line)
                signs = [(chr(self.after.codes[fresh[i]]), *middles[i].tolist()) for i in some]
                found |= {int(fresh[some[i]]) for i in in_labels(signs, self.page.codes)}
        return np.array(sorted(found), np.int64)


def _in_leaders(letters: Letters, some: Whole) -> Flags:
    """Which of some letters lead to a number."""
    spots = {i for match in LEADERS.finditer(letters.text.text) for i in range(*match.span())}
    return np.array([int(i) in spots for i in letters.at[some]], bool)


def _outside(boxes: Numbers, others: Numbers) -> Flags:
    """Which of the boxes have their middle in none of the others."""
    x, y = (boxes[:, [i, i + 2]].mean(axis=1)[:, None] for i in (0, 1))
    inside = (others[:, 0] <= x) & (x <= others[:, 2]) & (others[:, 1] <= y) & (y <= others[:, 3])
    found: Flags = ~inside.any(axis=1)
    return found


def _parted(boxes: Numbers) -> Numbers:
    frames = boxes.copy()
    order = np.lexsort((boxes[:, 0], boxes[:, 3].round(1), boxes[:, 1].round(1)))
    one, other = order[:-1], order[1:]
    level = (np.abs(boxes[one] - boxes[other])[:, [1, 3]] < LEVEL).all(axis=1) & (boxes[other, 0] > boxes[one, 0])
    one, other = one[level], other[level]
    frames[one, 2] = np.minimum(boxes[one, 2], boxes[other, 0])
    return frames


def _among(letters: Letters, others: Letters) -> Flags:
    """Which letters stand among the others at the same place."""
    found = np.zeros(len(letters.codes), bool)
    for shift in (0.0, STILL / 2):  # a place at the seam of two cells lies in the middle of one the other time
        found |= np.isin(_keys(letters, shift), _keys(others, shift))
    return found


def _keys(letters: Letters, shift: float) -> Whole:
    cells = np.floor((letters.boxes + shift) / STILL).astype(np.int64)
    keys = letters.codes
    for column in cells.T:
        keys = keys * 1_000_003 + column
    return keys


def _in_order(
    before: Letters, some: Whole, after: Letters, others: Whole, axis: int, lines: Callable[[Numbers], Whole]
) -> tuple[Whole, Whole]:
    """Letters that stand on the same line in both, in the same order along an axis: the one and the other.

    `lines` tells the line of each letter from its foot and top.
    """
    line = lines(np.concatenate([before.boxes[some], after.boxes[others]])[:, [1 - axis, 3 - axis]])
    left: list[int] = []
    right: list[int] = []
    for each in np.intersect1d(line[: len(some)], line[len(some) :]):
        mine, theirs = some[line[: len(some)] == each], others[line[len(some) :] == each]
        mine = mine[np.argsort(before.boxes[mine, axis], kind="stable")]
        theirs = theirs[np.argsort(after.boxes[theirs, axis], kind="stable")]
        match = SequenceMatcher(None, before.codes[mine].tolist(), after.codes[theirs].tolist(), autojunk=False)
        for block in match.get_matching_blocks():
            left += mine[block.a : block.a + block.size].tolist()
            right += theirs[block.b : block.b + block.size].tolist()
    return np.array(left, np.int64), np.array(right, np.int64)


def _exact_lines(sides: Numbers) -> Whole:
    """The line of each letter: those of one line have the same foot and top."""
    low, high = (_levels(values, LEVEL) for values in sides.T)
    return low * (len(sides) + 1) + high


def _rough_lines(sides: Numbers) -> Whole:
    """The same where both may have changed: PDFium measures A and g where a font does not say how high it is."""
    low, high = sides.T
    return _levels(low, ABOUT * float(np.median(high - low))) if len(sides) else np.zeros(0, np.int64)


def _levels(values: Numbers, apart: float) -> Whole:
    """For each value the number of its level: values of one level follow each other at most this far apart."""
    order = np.argsort(values, kind="stable")
    steps = np.empty(len(values), np.int64)
    steps[order] = np.cumsum(np.diff(values[order], prepend=values[order[:1]]) > apart)
    return steps
