"""Width defence for image pages: strips of pixels after a box move, so that the gap is a multiple of 12 points too."""
from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from redaction.pdf.geometry import Box
from redaction.pdf.lines import AIR, EDGE, LEAST, NEAR, STEP
from redaction.pdf.pages import PageText

OVER = 0.5
"""Share of a letter's height that must be level with a box to stand on its line."""


@dataclass
class Moved:
    """The picture, its text and the boxes after the moves; all in user space of the page."""

    picture: Image.Image
    text: PageText
    boxes: list[Box]


def quantise(picture: Image.Image, text: PageText, boxes: list[Box]) -> Moved:
    """Move what follows each box on its line. Boxes without text beside them, and turned text, stay as they are."""
    state = _Lines(picture.copy(), text, list(boxes))
    for number in sorted(range(len(boxes)), key=lambda n: boxes[n][0]):
        state.widen(number)
    return Moved(state.picture, replace(text, char_boxes=tuple(state.letters)), state.boxes)


class _Lines:
    def __init__(self, picture: Image.Image, text: PageText, boxes: list[Box]) -> None:
        self.picture, self.crop, self.boxes = picture, text.crop, boxes
        self.letters: list[Box | None] = list(text.char_boxes)
        self.blank = [c.isspace() for c in text.text]

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
        if flow[2] + gap - natural > self.crop[2] - EDGE:
            gap = math.ceil(natural / STEP - 1e-6) * STEP
        if flow[2] + gap - natural > self.crop[2] - EDGE:
            self.boxes[number] = (box[0], box[1], flow[2], box[3])  # no room: the rest of the line goes too
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
            if letter[0] - x1 > NEAR * height:
                break
            x1, y0, y1 = max(x1, letter[2]), min(y0, letter[1]), max(y1, letter[3])
        return (x0, y0, x1, y1)

    def _shift(self, flow: Box, by: float, number: int) -> None:
        x0, y0, x1, y1 = flow
        self._move_pixels(flow, by)
        for i, letter in enumerate(self.letters):
            if letter is not None and x0 - 0.01 <= letter[0] <= x1 and y0 <= (letter[1] + letter[3]) / 2 <= y1:
                self.letters[i] = (letter[0] + by, letter[1], letter[2] + by, letter[3])
        for i, box in enumerate(self.boxes):
            if i != number and x0 <= box[0] <= x1 and y0 <= (box[1] + box[3]) / 2 <= y1:
                self.boxes[i] = (box[0] + by, box[1], box[2] + by, box[3])

    def _move_pixels(self, flow: Box, by: float) -> None:
        across = self.picture.width / (self.crop[2] - self.crop[0])
        down = self.picture.height / (self.crop[3] - self.crop[1])
        left, right = round((flow[0] - 0.5 - self.crop[0]) * across), round((flow[2] + 1 - self.crop[0]) * across)
        top, bottom = round((self.crop[3] - flow[3]) * down), round((self.crop[3] - flow[1]) * down)
        left, top = max(0, left), max(0, top)
        right, bottom = min(self.picture.width, right), min(self.picture.height, bottom)
        if right <= left or bottom <= top:
            return
        strip = self.picture.crop((left, top, right, bottom))
        pixels = np.asarray(strip).reshape(-1, len(strip.getbands()))
        paper = tuple(int(v) for v in np.percentile(pixels, 90, axis=0))
        self.picture.paste(paper if len(paper) > 1 else paper[0], (left, top, right, bottom))
        self.picture.paste(strip, (left + round(by * across), top))
