"""Width defence for pictures of text: strips of pixels after a box move, so that gaps are multiples of 12 points."""
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image

from redaction.pdf.geometry import Box, Matrix
from redaction.pdf.lines import EDGE, NEAR
from redaction.pdf.pages import PageText
from redaction.pdf.samples import Samples, regions
from redaction.pdf.spacing import AIR, LEAST, STEP

LEFT, RIGHT = 0.5, 1.0
"""Points beside a stretch that move with it, for ink that hangs over."""
APART = 1.4
"""Letters of one line further apart than this many heights stand in two columns: OCR reads across them."""
BETWEEN = 4.0
"""Points between moved text and the next column, at least."""
OVER = 0.5
"""Share of a letter's height that must be level with a box to stand on its line."""


@dataclass(frozen=True)
class Move:
    """A stretch of a line that goes `by` points to the right; a later move may take it further."""

    flow: Box
    by: float


@dataclass
class Shifted:
    """What moves on a page, in order, and its text and boxes after that; all in user space."""

    moves: list[Move]
    text: PageText
    boxes: list[Box]


def shift_lines(text: PageText, boxes: list[Box], *, cover: bool) -> Shifted:
    """Where what follows each box on its line goes. Boxes without text beside them, and turned text, stay.

    On a line without room the box covers the rest of it too where the caller can `cover` that, and stays where not.
    """
    state = _Lines(text, list(boxes), cover)
    for number in sorted(range(len(boxes)), key=lambda n: boxes[n][0]):
        state.widen(number)
    return Shifted(state.moves, replace(text, char_boxes=tuple(state.letters)), state.boxes)


def move_pixels(picture: Image.Image, crop: Box, moves: list[Move]) -> Image.Image:
    """Copy of a picture (grey or colours) of the crop box with its strips moved."""
    x0, y0, x1, y1 = crop
    count = len(picture.getbands())
    samples = Samples.from_bytes(picture.tobytes(), picture.width, picture.height, 8, count)
    move_strips(samples, (x1 - x0, 0.0, 0.0, y1 - y0, x0, y0), moves)
    return Image.frombytes(picture.mode, picture.size, samples.to_bytes())


def move_strips(samples: Samples, ctm: Matrix, moves: Sequence[Move]) -> None:
    """Make the moves in an image painted upright into the unit square of `ctm`."""
    for move in moves:
        x0, y0, x1, y1 = move.flow
        for region in regions(samples.width, samples.height, ctm, [(x0 - LEFT, y0, x1 + RIGHT, y1)]):
            samples.move(region, round(move.by / ctm[0] * samples.width))


class _Lines:
    def __init__(self, text: PageText, boxes: list[Box], cover: bool) -> None:
        self.crop, self.boxes, self.cover = text.crop, boxes, cover
        self.letters: list[Box | None] = list(text.char_boxes)
        self.blank = [c.isspace() for c in text.text]
        self.moves: list[Move] = []

    def widen(self, number: int) -> None:
        """Make the gap of one box a multiple of the step, by moving the letters right of it."""
        box = self.boxes[number]
        line = self._level_with(box)
        if not any(self._under(letter, box) for letter in line):
            return
        kept = [x for x in line if not any(self._under(x, b) for b in self.boxes)]
        before = [x for x in kept if (x[0] + x[2]) / 2 < box[0]]
        after = sorted(x for x in kept if (x[0] + x[2]) / 2 > box[2])
        height = box[3] - box[1]
        if not after or after[0][0] - box[2] > NEAR * height:
            return
        anchor = max((x[2] for x in before), default=box[0])
        anchor = anchor if box[0] - anchor < NEAR * height else box[0]
        natural = after[0][0] - anchor
        gap = max(LEAST, math.ceil(max(natural, box[2] + 2 * AIR - anchor) / STEP - 1e-6) * STEP)
        flow = self._flow(after, height)
        limit = min([self.crop[2] - EDGE, *(x[0] - BETWEEN for x in after if x[0] > flow[2])])
        if flow[2] + gap - natural > limit:
            gap = math.ceil(natural / STEP - 1e-6) * STEP
        if flow[2] + gap - natural > limit:
            if self.cover:
                self.boxes[number] = (box[0], box[1], flow[2], box[3])
            return
        self._shift(flow, gap - natural, number)
        self.boxes[number] = (box[0], box[1], anchor + gap - AIR, box[3])

    def _level_with(self, box: Box) -> list[Box]:
        found = []
        for letter, blank in zip(self.letters, self.blank, strict=True):
            if letter is not None and not blank:
                level = min(letter[3], box[3]) - max(letter[1], box[1])
                if level > OVER * min(letter[3] - letter[1], box[3] - box[1]):
                    found.append(letter)
        return found

    @staticmethod
    def _under(letter: Box, box: Box) -> bool:
        x, y = (letter[0] + letter[2]) / 2, (letter[1] + letter[3]) / 2
        return box[0] <= x <= box[2] and box[1] <= y <= box[3]

    @staticmethod
    def _flow(after: list[Box], height: float) -> Box:
        """The unbroken stretch of letters that begins right of the box."""
        x0, y0, x1, y1 = after[0]
        for letter in after[1:]:
            if letter[0] - x1 > APART * height:
                break
            x1, y0, y1 = max(x1, letter[2]), min(y0, letter[1]), max(y1, letter[3])
        return (x0, y0, x1, y1)

    def _shift(self, flow: Box, by: float, number: int) -> None:
        x0, y0, x1, y1 = flow
        self.moves.append(Move(flow, by))
        for i, letter in enumerate(self.letters):
            if letter is not None and x0 - 0.01 <= letter[0] <= x1 and y0 <= (letter[1] + letter[3]) / 2 <= y1:
                self.letters[i] = (letter[0] + by, letter[1], letter[2] + by, letter[3])
        for i, box in enumerate(self.boxes):
            if i != number and x0 <= box[0] <= x1 and y0 <= (box[1] + box[3]) / 2 <= y1:
                self.boxes[i] = (box[0] + by, box[1], box[2] + by, box[3])
