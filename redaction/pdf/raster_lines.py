"""Width defence for pictures of text: the pixels of the words beside a box move, as words in text do."""
from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from PIL import Image

from redaction.pdf.geometry import Box, union
from redaction.pdf.ink import Ink
from redaction.pdf.leaders import AIR, in_leaders
from redaction.pdf.margins import Margins
from redaction.pdf.pages import PageText
from redaction.pdf.samples import Region, Samples, regions
from redaction.pdf.scripts import is_unspaced
from redaction.pdf.spacing import Piece, Room, Setting, place, step_up
from redaction.pdf.strips import Move

LEFT, RIGHT = 0.5, 1.0
"""Points beside a stretch that move with it, for ink that hangs over."""
APART = 1.4
"""Letters of one line further apart than this many heights stand in two columns: OCR reads across them."""
JOINED = 0.12
"""Letters closer than this many heights are of one word."""
EDGE = 6.0
"""Points between moved text and the edge of the page."""
BETWEEN = 4.0
"""Points between moved text and the next column, at least."""
OVER = 0.5
"""Share of a letter's height that must be level with a box to stand on its line."""
ONE_LINE = 1.9
"""A box lower than this many letters holds one line."""
ROUGH = 0.15
"""Heights that OCR is wrong about where a line begins or ends."""
SLACK, DEEPER = 0.04, 0.1
"""Heights that a box is drawn beyond the letters of its line, and the steps in which it grows where it was drawn so."""
USUAL = 0.27
"""White between two words of a scan in line heights, where no other lines tell whether it is stretched."""
SQUEEZED = 0.4
"""Share of a blank that there is between two words at least."""
LEVEL = (1.0, 0.0)
Strip = Callable[[tuple[int, int], tuple[int, int, int, int], float], Image.Image]
"""Draws part (pixels) of a picture of some size, with the page so many points to the right."""


@dataclass
class Shifted:
    """What moves on a page, in an order in which no stretch is painted over before it moved, and what is where then.

    Letters that went under a box have no place any more.
    """

    moves: list[Move]
    text: PageText
    boxes: list[Box]
    covered: list[Box]
    """Where the boxes were, and letters that went with them: there the paper must be bare."""
    swallowed: list[Box]
    """The words among those that went for want of room."""
    went: dict[Box, Box]
    """For each box where it is now."""
    rows: list[Box] = field(default_factory=list)
    """Of a scan: where the letters stood that OCR read on the lines that were set anew."""
    words: list[tuple[str, Box]] = field(default_factory=list)
    """Of a scan: the words that stay on those lines, where they are now."""


@dataclass(eq=False)
class _Word:
    """Letters that stay or go together, by their numbers, and the boxes over them."""

    piece: Piece
    letters: list[int]
    boxes: set[int] = field(default_factory=set)
    leads: bool = False
    """Whether it is a leader."""
    own: Box | None = None
    """What of a scan it takes along when it moves."""


def shift_lines(text: PageText, boxes: list[Box], *, ink: Ink | None = None) -> Shifted:
    """Where what stands beside each box on its line goes. Turned text, and what lies beside a box over lines, stays.

    On a line without room the box covers words too. Of a scan the text was read from the picture, not quite in place:
    there `ink` tells where the words stand.
    """
    page = _Page(text, boxes, ink)
    for row in page.rows():
        page.set_row(row)
    leftward = sorted((m for m in page.moves if m.by < 0), key=lambda m: m.flow[0])
    rightward = sorted((m for m in page.moves if m.by >= 0), key=lambda m: -m.flow[0])
    return Shifted(leftward + rightward, replace(text, char_boxes=tuple(page.places)), page.boxes, page.covered,
                   page.swallowed, dict(zip(boxes, page.boxes, strict=True)), page.lines, page.words)  # fmt: skip


def move_pixels(picture: Image.Image, crop: Box, shifted: Shifted, strip: Strip) -> Image.Image:
    """Copy of a picture of the crop box with its words at their new places, and bare paper where they went."""
    x0, y0, x1, y1 = crop
    samples = Samples.from_bytes(picture.tobytes(), picture.width, picture.height, 8, len(picture.getbands()))
    ctm = (x1 - x0, 0.0, 0.0, y1 - y0, x0, y0)

    def pixels(box: Box) -> list[Region]:
        return regions(samples.width, samples.height, ctm, [box])

    for box in shifted.covered:
        for region in pixels(box):
            samples.cover(region, mixed=True)
    fresh = []
    for move in shifted.moves:
        for region in pixels(_wider(move.flow, 0.0)):
            samples.bare(region)
        for region in pixels(_wider(move.flow, move.by)):
            part = (region.left, region.top, region.right, region.bottom)
            drawn = strip(picture.size, part, move.by)
            _bare(drawn, region, [r for b in shifted.covered for r in pixels(_wider(b, move.by, 0.0, 0.0))])
            fresh.append((drawn, part))
    made = Image.frombytes(picture.mode, picture.size, samples.to_bytes())
    for drawn, part in fresh:
        made.paste(drawn, part)
    return made


def _wider(box: Box, by: float, left: float = LEFT, right: float = RIGHT) -> Box:
    return (box[0] + by - left, box[1], box[2] + by + right, box[3])


def _bare(strip: Image.Image, place: Region, covered: list[Region]) -> None:
    """Take from a strip what stood under a box beside it."""
    for region in covered:
        left, right = max(region.left, place.left), min(region.right, place.right)
        top, bottom = max(region.top, place.top), min(region.bottom, place.bottom)
        if left < right and top < bottom:
            paper = tuple(int(v) for v in np.median(np.asarray(strip), axis=(0, 1)))
            strip.paste(paper, (left - place.left, top - place.top, right - place.left, bottom - place.top))


class _Page:
    def __init__(self, text: PageText, boxes: list[Box], ink: Ink | None) -> None:
        self.text, self.crop, self.given, self.ink = text, text.crop, boxes, ink
        self.boxes = list(boxes)
        self.letters = {
            i: b for i, (c, b) in enumerate(zip(text.text, text.char_boxes, strict=True))
            if b is not None and not c.isspace()
        }  # fmt: skip
        self.signs = text.text
        self.places: list[Box | None] = list(text.char_boxes)
        self.margins = Margins(text, LEVEL)
        self.moves: list[Move] = []
        self.covered = list(boxes)
        self.swallowed: list[Box] = []
        self.lines: list[Box] = []
        self.words: list[tuple[str, Box]] = []

    def rows(self) -> list[list[int]]:
        """The letters of each line that has a box, from left to right."""
        found: list[list[int]] = []
        taken: set[int] = set()
        for box in sorted(self.given):
            row = [i for i, letter in self.letters.items() if _level(letter, box)]
            under = [self.letters[i] for i in row if _under(self.letters[i], box)]
            if not under or taken & {i for i in row if _under(self.letters[i], box)}:
                continue
            if box[3] - box[1] > ONE_LINE * max(b[3] - b[1] for b in under):
                continue
            taken |= set(row)
            found.append(sorted(row, key=lambda i: self.letters[i][0]))
        return found

    def set_row(self, row: list[int]) -> None:
        """Move the words of one line."""
        height = statistics.median(self.letters[i][3] - self.letters[i][1] for i in row)
        cells = self._cells(row, height)
        fixed = [cell for cell in cells if not cell[0].leads]
        for i, cell in enumerate(fixed):
            if not any(w.piece.gone for w in cell):
                continue
            low = fixed[i - 1][-1].piece.end + BETWEEN if i else self.crop[0] + EDGE
            high = fixed[i + 1][0].piece.start - BETWEEN if i + 1 < len(fixed) else self.crop[2] - EDGE
            if self.ink is not None:
                self._measure(cell, self.ink)
            start, end = cell[0].piece.start, cell[-1].piece.end
            reach = self._set(cell, Room(min(low, start), max(high, end), height, self.ink is not None), start, end)
            at = cells.index(cell)
            for leader in (c[0] for c in (*cells[max(0, at - 1) : at], *cells[at + 1 : at + 2]) if c[0].leads):
                self._shorten(leader, reach[0] - AIR * height, reach[1] + AIR * height)

    def _cells(self, row: list[int], height: float) -> list[list[_Word]]:
        cells: list[list[_Word]] = []
        leading = dict(zip(row, in_leaders([self.signs[i] for i in row]), strict=True))
        for i in row:
            x0, _, x1, _ = self.letters[i]
            over = {n for n, box in enumerate(self.given) if _under(self.letters[i], box)}
            last = cells[-1][-1] if cells else None
            leads = leading[i] and not over
            if last is not None and last.leads and leads:
                last.letters.append(i)
                last.piece.end = max(last.piece.end, x1)
            elif last is None or x0 - last.piece.end > APART * height or last.leads or leads:
                cells.append([_Word(Piece(x0, x1, bool(over)), [i], over, leads)])
            elif last.piece.gone == bool(over) and (over or self._joined(last, i, height)):
                last.letters.append(i)
                last.boxes |= over
                last.piece.end = max(last.piece.end, x1)
            else:
                last.piece.close = x0 - last.piece.end < JOINED * height and self._unspaced(last, i)
                cells[-1].append(_Word(Piece(x0, x1, bool(over)), [i], over))
        return cells

    def _joined(self, word: _Word, i: int, height: float) -> bool:
        return self.letters[i][0] - word.piece.end < JOINED * height and not self._unspaced(word, i)

    def _unspaced(self, word: _Word, i: int) -> bool:
        """Whether a letter follows the word in a script without blanks."""
        return is_unspaced(self.signs[i]) or is_unspaced(self.signs[word.letters[-1]])

    def _measure(self, cell: list[_Word], ink: Ink) -> None:
        """Take the places of the words from their ink."""
        stay = [self.letters[i] for w in cell if not w.piece.gone for i in w.letters]
        if not stay:
            return
        low, high = ink.band(union(stay))
        found = ink.words([[self.letters[i] for i in w.letters] for w in cell], low, high)
        for word, place_of in zip(cell, found, strict=True):
            if place_of is None:
                word.own = union([self.letters[i] for i in word.letters])
            elif not word.piece.gone:
                word.own, word.piece.start, word.piece.end = place_of

    def _shorten(self, leader: _Word, low: float, high: float) -> None:
        """Take the dots of a leader away that lie between these places."""
        for i in leader.letters:
            if self.letters[i][0] < high and self.letters[i][2] > low:
                self.places[i] = None
                self.covered.append(self.letters[i])

    def _set(self, cell: list[_Word], room: Room, start: float, end: float) -> tuple[float, float]:
        """Move the words of a cell; from where to where it reaches then."""
        level = statistics.median(self.letters[i][1] + self.letters[i][3] for w in cell for i in w.letters) / 2
        rough = ROUGH * room.height if self.ink is not None else 0.0
        setting, start, end = self.margins.setting(start, end, level, room.height, rough=rough)
        if self.ink is not None:
            start, end = self._own_ends(cell, setting, (start, end), level, room.height)
        for i, word in enumerate(cell):
            if word.piece.gone:
                self._widen(word, cell[i - 1].piece.end if i else room.low,
                            cell[i + 1].piece.start if i + 1 < len(cell) else room.high)  # fmt: skip
        alone = setting is Setting.LEFT and self.margins.tells_nothing(start, level, room.height, rough)
        if self.ink is None or alone:
            for word, after in pairwise(cell):
                blank = self._blank_after(word) if self.ink is None else USUAL * room.height
                if blank is not None and after.piece.start - word.piece.end > SQUEEZED * blank:
                    word.piece.blank = blank
        pieces = place([w.piece for w in cell], setting, (start, end), room)
        for piece in (p for p in pieces if p.gone):
            for word in cell:
                if piece.start - 0.01 <= word.piece.start and word.piece.end <= piece.end + 0.01:
                    for n in word.boxes:
                        low, high = self._depth(cell, self.given[n])
                        self.boxes[n] = (piece.to[0], low, piece.to[1], high)
        self._move(cell, {id(p) for p in pieces})
        if self.ink is not None:
            self._note(cell, room, {id(p) for p in pieces})
        return min(p.to[0] for p in pieces), max(p.to[1] for p in pieces)

    def _own_ends(
        self, cell: list[_Word], setting: Setting, ends: tuple[float, float], level: float, height: float
    ) -> tuple[float, float]:
        """Between which places a cell of a scan was set: where its own ink ends, for OCR is rough about other lines.

        Of a name at an end not even the first or last letter may show: there the other lines tell.
        """
        start, end = ends
        if setting in (Setting.BOTH, Setting.RIGHT) and not cell[-1].piece.gone:
            start, end = start + cell[-1].piece.end - end, cell[-1].piece.end
        if setting is Setting.BOTH and not cell[0].piece.gone:
            start = cell[0].piece.start
        elif setting in (Setting.BOTH, Setting.LEFT) and cell[0].piece.gone:
            start = self.margins.beginning(start, level, height, ROUGH * height) - RIGHT
            cell[0].piece.start = max(cell[0].piece.start, start)
        return start, end

    def _depth(self, cell: list[_Word], box: Box) -> tuple[float, float]:
        """From where to where a box on the line is drawn: the tail of a single letter under it may not show."""
        stay = [i for w in cell if not w.piece.gone for i in w.letters] or [i for w in cell for i in w.letters]
        low, high = (statistics.median(self.letters[i][side] for i in stay) for side in (1, 3))
        slack, step = SLACK * (high - low), DEEPER * (high - low)
        low, high = low - slack, high + slack
        return low - step_up(max(0.0, low - box[1]), step), high + step_up(max(0.0, box[3] - high), step)

    def _blank_after(self, word: _Word) -> float | None:
        """How wide the blank after a word is by itself."""
        at = max(word.letters) + 1
        box = self.text.char_boxes[at] if at < len(self.signs) and self.signs[at] == " " else None
        return box[2] - box[0] if box is not None else None

    def _widen(self, word: _Word, low: float, high: float) -> None:
        """Let what is gone reach as far as the boxes over it."""
        sides = [self.given[n] for n in word.boxes]
        word.piece.start = max(low, min([word.piece.start, *(b[0] for b in sides)]))
        word.piece.end = min(high, max([word.piece.end, *(b[2] for b in sides)]))

    def _move(self, cell: list[_Word], stay: set[int]) -> None:
        """Move the letters that stay; words side by side that go equally far are one stretch of pixels."""
        group: list[_Word] = []
        for word in cell:
            if not word.piece.gone and id(word.piece) not in stay:
                self.swallowed.append(union([self.letters[i] for i in word.letters]))
            if word.piece.gone or id(word.piece) not in stay:
                for i in word.letters:
                    self.places[i] = None
                    self.covered.append(self.letters[i])
                self._close(group)
                group = []
                continue
            if group and abs(group[-1].piece.shift - word.piece.shift) > 1e-6:
                self._close(group)
                group = []
            group.append(word)
        self._close(group)

    def _note(self, cell: list[_Word], room: Room, stay: set[int]) -> None:
        """Note where the words of a cell stood, and those that stay with their new places."""
        letters = [self.letters[i] for w in cell for i in w.letters]
        x0, y0, x1, y1 = union(letters)
        self.lines.append((max(room.low, x0 - room.height), y0, min(room.high, x1 + room.height), y1))
        kept = [w for w in cell if not w.piece.gone and id(w.piece) in stay]
        for word in kept:
            low, high = (statistics.median(self.letters[i][side] for w in kept for i in w.letters) for side in (1, 3))
            said = "".join(self.signs[i] for i in sorted(word.letters))
            self.words.append((said, (word.piece.to[0], low, word.piece.to[1], high)))

    def _close(self, group: list[_Word]) -> None:
        by = group[0].piece.shift if group else 0.0
        if abs(by) < 1e-6:
            return
        boxes = {i: self.letters[i] for w in group for i in w.letters}
        self.moves.append(Move(union([w.own for w in group if w.own] or boxes.values()), by))
        for i, (x0, y0, x1, y1) in boxes.items():
            self.places[i] = (x0 + by, y0, x1 + by, y1)


def _level(letter: Box, box: Box) -> bool:
    """Whether a letter stands on the line of a box."""
    shared = min(letter[3], box[3]) - max(letter[1], box[1])
    return shared > OVER * min(letter[3] - letter[1], box[3] - box[1])


def _under(letter: Box, box: Box) -> bool:
    x, y = (letter[0] + letter[2]) / 2, (letter[1] + letter[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
