"""Width defence: the words of a line with removed text move, so that its gaps tell nothing but a multiple of 12 points.

Without it the place of the next word gives the length of a removed name to 1/1000 point, enough to tell which colleague
it was (Bland, Iyer and Levchenko, "Story Beyond the Eye", PETS 2023).
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from redaction.pdf.borders import INNER, MARK, Edge, Track, edges_of
from redaction.pdf.content import PathUse, Show
from redaction.pdf.geometry import Box, Point, bounds, touches
from redaction.pdf.leaders import AIR, lay
from redaction.pdf.line_words import NEAR, Spot, Word, words_of
from redaction.pdf.margins import APART, Margins, depth_of, span_of
from redaction.pdf.pages import PageText
from redaction.pdf.runs import Run
from redaction.pdf.spacing import Piece, Room, Setting, place
from redaction.pdf.tracking import Tracking

EDGE = 6.0
"""Points between moved text and the edge of the page."""
BETWEEN = 4.0
"""Points between moved text and the next column, at least."""
BORDER = 1.5
"""Points between moved text and the border of a cell, at least."""
RAISED = 0.5
"""Line heights that raised and lowered letters stand off their line, at most."""
OVERLAP = 3.0
"""A box that runs further than this over a word that stays covers another line, not this one."""
SQUEEZED = 0.4
"""Share of a blank that there is between two words at least; texts painted over each other have less."""
UNSEEN = 3
"""Text rendering mode of text that is not shown."""
ONE_LINE = 1.9
"""A box lower than this many line heights holds one line."""


@dataclass(slots=True)
class Bar:
    """A black box for one gap on a line, and the plan boxes that made the gap."""

    box: Box
    sources: frozenset[Box]
    level: frozenset[Box]
    """Those sources that lie on this line alone, so that the bar can stand for them."""
    moved: bool = False
    """Whether the gap does not begin where the plan box did."""


@dataclass(slots=True)
class _Line:
    direction: Point
    across: float
    height: float
    runs: list[Run] = field(default_factory=list)


class LineMover:
    """Moves the words beside removed text within one content stream. `run_of` explodes a Show, once."""

    def __init__(
        self,
        shows: list[Show],
        paths: list[PathUse],
        pictures: list[Box],
        run_of: Callable[[Show], Run],
        boxes: list[Box],
        page: Box,
        text: PageText | None,
        frame: Box | None = None,
    ) -> None:
        self.shows, self.paths, self.pictures, self.run_of = shows, paths, pictures, run_of
        self.boxes, self.page, self.text, self.frame = boxes, page, text, frame
        self.tracks: list[Track] = []
        """Where the words of each line went, once they moved."""
        self.swallowed = 0
        """Words that went for want of room."""
        self.tracking = Tracking(shows)
        self._margins: dict[Point, Margins] = {}
        self._edges: dict[Point, list[Edge]] = {}

    def move(self, touched: list[Run]) -> list[Bar]:
        """Set the shift of every glyph that moves; the bars for the gaps."""
        bars: list[Bar] = []
        for line in self._lines(touched):
            self._collect(line)
            bars += _Setter(self, line).bars()
        return bars

    def _lines(self, touched: list[Run]) -> list[_Line]:
        lines: list[_Line] = []
        for run in sorted(touched, key=lambda r: -r.height):  # raised and lowered letters join the line they stand on
            if run.height < 0.5 or all(g.blank or not g.removed for g in run.glyphs):
                continue
            if run.show.state.mode == UNSEEN:  # text under a scan: what the reader sees is in the picture
                continue
            across = run.across()
            for line in lines:
                if _same_way(line.direction, run.direction) and abs(line.across - across) < RAISED * line.height:
                    break
            else:
                lines.append(_Line(run.direction, across, run.height))
        return lines

    def _collect(self, line: _Line) -> None:
        slack = RAISED * line.height
        level = abs(line.direction[1]) < 1e-6
        for show in self.shows:
            if level and not (show.box[1] - slack <= line.across * line.direction[0] <= show.box[3] + slack):
                continue
            if show.hidden or not show.state.size:
                continue
            run = self.run_of(show)
            if _same_way(run.direction, line.direction) and abs(run.across() - line.across) < slack:
                line.runs.append(run)

    def margins(self, direction: Point) -> Margins | None:
        """How lines in this direction are set; None for text along no axis."""
        axis = (float(round(direction[0])), float(round(direction[1])))
        if self.text is None or not _same_way(axis, direction):
            return None
        if axis not in self._margins:
            self._margins[axis] = Margins(self.text, axis)
        return self._margins[axis]

    def edges(self, line: _Line) -> list[Edge]:
        """The upright edges beside a line."""
        if line.direction not in self._edges:
            self._edges[line.direction] = edges_of(self.paths, self.pictures, self.frame, line.direction)
        found = (e for e in self._edges[line.direction] if e.beside(line.across, line.height))
        return [e for e in found if e.rule or e.high - e.low > MARK * line.height]


class _Setter:
    """Sets one line anew: cell by cell, word by word."""

    def __init__(self, mover: LineMover, line: _Line) -> None:
        self.mover, self.line = mover, line
        self.margins = mover.margins(line.direction)
        self.edges = mover.edges(line)
        mover.tracking.set_usual(line.runs)
        self.before, self.words = words_of(line.runs, line.height, self._border)
        self.reach: dict[Word, tuple[float, float]] = {}
        """From where to where each cell that was set reaches now, by its first word."""

    def bars(self) -> list[Bar]:
        """Move the words; the bars for the gaps of this line."""
        cells = self._cells()
        found: list[Bar] = []
        fixed = [cell for cell in cells if not cell[0].leads]
        page_low, page_high = span_of(self.mover.page, self.line.direction)
        for i, cell in enumerate(fixed):
            if not any(w.piece.gone for w in cell):
                continue
            low = fixed[i - 1][-1].piece.end + BETWEEN if i else page_low + EDGE
            high = fixed[i + 1][0].piece.start - BETWEEN if i + 1 < len(fixed) else page_high - EDGE
            found += self._set(cell, *self._between_borders(cell, low, high))
        for i, cell in enumerate(cells):
            if cell[0].leads:
                self._lead_anew(cell[0], cells[i - 1] if i else None, cells[i + 1] if i + 1 < len(cells) else None)
        return found

    def _lead_anew(self, leader: Word, before: list[Word] | None, after: list[Word] | None) -> None:
        """Lay the dots between what was set before and after them, where any of it was."""
        cells = [cell for cell in (before, after) if cell]
        if not any(cell[0] in self.reach for cell in cells):
            return
        dots = [s for s in leader.spots if not s.glyph.blank]
        air = AIR * self.line.height
        low = self._reach(before)[1] + air if before else dots[0].start
        high = self._reach(after)[0] - air if after else dots[-1].end
        still = after is None or after[0] not in self.reach
        places = lay([s.start for s in dots], dots[0].end - dots[0].start, low, high, from_high=still)
        for spot in (*leader.spots, *leader.blanks):
            spot.run.touched = True
            spot.glyph.removed |= spot.glyph.blank
        for spot, to in zip(dots, places, strict=True):
            spot.glyph.removed = to is None
            spot.glyph.shift = (to or 0.0) - spot.start

    def _reach(self, cell: list[Word]) -> tuple[float, float]:
        return self.reach.get(cell[0], (cell[0].piece.start, max(w.piece.end for w in cell)))

    # cells ----------------------------------------------------------------------------------------------------------
    def _cells(self) -> list[list[Word]]:
        """The words of each cell or column on the line."""
        cells: list[list[Word]] = []
        for i, word in enumerate(self.words):
            if cells and not self._apart(i):
                cells[-1].append(word)
            else:
                cells.append([word])
        return cells

    def _apart(self, i: int) -> bool:
        """Whether a word stands in another cell than the one before."""
        last, word = self.words[i - 1].piece, self.words[i].piece
        if self.words[i - 1].leads or self.words[i].leads:
            return True
        if (last.gone and word.gone) or self._border(last.end, word.start):
            return True
        if not word.gone and any(e.cuts and last.end - 0.5 < e.at < word.end - 0.5 for e in self.edges):
            return True
        if word.start - last.end <= APART * self.line.height or self.margins is None:
            return False
        end = word.end
        for later in self.words[i + 1 :]:
            if later.piece.start - end > APART * self.line.height:
                break
            end = max(end, later.piece.end)
        return self.margins.stands_in_column(word.start, end)

    def _border(self, end: float, start: float) -> bool:
        wide = start - end > INNER * self.line.height
        return any(end - 0.5 < e.at < start + 0.5 and (e.rule or wide) for e in self.edges)

    def _between_borders(self, cell: list[Word], low: float, high: float) -> tuple[float, float]:
        start, end = cell[0].piece.start, max(w.piece.end for w in cell)
        low = max([low, *(e.at + BORDER for e in self.edges if e.at < start + 0.5)])
        high = min([high, *(e.at - BORDER for e in self.edges if e.at > end - 0.5)])
        return min(low, start), max(high, end)

    # setting --------------------------------------------------------------------------------------------------------
    def _set(self, cell: list[Word], low: float, high: float) -> list[Bar]:
        setting, start, end = self._setting(cell)
        for word in cell:
            word.tighten()
        for i, word in enumerate(cell):
            if word.piece.gone:
                before = cell[i - 1].piece if i else None
                after = cell[i + 1].piece if i + 1 < len(cell) else None
                self._widen(word, before, after, high)
        for word, following in pairwise(cell):
            blank = sum(spot.end - spot.start for spot in word.blanks)
            if word.blanks and SQUEEZED * blank < following.piece.start - word.piece.end < APART * self.line.height:
                word.piece.blank = blank
        pieces = place([w.piece for w in cell], setting, (start, end), Room(low, high, self.line.height))
        self.reach[cell[0]] = min(p.to[0] for p in pieces), max(p.to[1] for p in pieces)
        stay = {id(p) for p in pieces}
        for spot in (s for w in cell for s in (*w.spots, *w.blanks)):
            spot.run.touched = True  # also what does not move is written without the spacing that the line had
        for word in cell:
            if id(word.piece) not in stay and not word.piece.gone:
                self.mover.swallowed += 1
                for spot in word.spots:
                    spot.glyph.removed = True
        self._shift(cell, pieces)
        self._note(pieces)
        return [bar for piece in pieces if piece.gone for bar in self._bar(cell, piece, pieces, setting)]

    def _setting(self, cell: list[Word]) -> tuple[Setting, float, float]:
        """How the cell is set, and between which places."""
        height = self.line.height
        start, end = cell[0].piece.start, max(w.piece.end for w in cell)
        far = any(b.piece.start - a.piece.end > NEAR * height for a, b in pairwise(cell))
        if self.margins is None or far:
            return Setting.LEFT, start, end
        return self.margins.setting(start, end, self.line.across + 0.3 * height, height)

    def _widen(self, word: Word, before: Piece | None, after: Piece | None, high: float) -> None:
        """Let what is gone reach as far as the boxes over it."""
        sides = [span_of(b, self.line.direction) for b in self._sources([word])]
        piece = word.piece
        left, right = min([piece.start, *(s for s, _ in sides)]), max([piece.end, *(e for _, e in sides)])
        piece.start = max(left, before.end) if before else left
        if after is None:
            piece.end = max(piece.end, min(right, high))
        else:
            piece.end = right if right < after.start + OVERLAP else after.start

    def _shift(self, cell: list[Word], pieces: list[Piece]) -> None:
        stay = {id(p) for p in pieces if not p.gone}
        if cell[0] is self.words[0]:
            self._lead(cell[0], self.before, stays=id(cell[0].piece) in stay)
        for i, word in enumerate(cell):
            if id(word.piece) in stay:
                for spot in word.spots:
                    spot.glyph.shift = word.piece.shift - spot.inset
                self._follow(word)
            else:
                after = cell[i + 1].piece if i + 1 < len(cell) and id(cell[i + 1].piece) in stay else None
                self._close(word, after)

    @staticmethod
    def _lead(first: Word, blanks: list[Spot], *, stays: bool) -> None:
        """Blanks at the beginning of a line go along with its first word."""
        for spot in blanks:
            spot.run.touched = True
            spot.glyph.removed |= not stays
            spot.glyph.shift = first.piece.shift

    @staticmethod
    def _follow(word: Word) -> None:
        """The blanks after a word that stays, each of its own width: wider ones would tell how the line was spaced."""
        at = word.piece.to[1]
        for spot in word.blanks:
            spot.glyph.shift = at - spot.start
            at += spot.end - spot.start

    @staticmethod
    def _close(word: Word, after: Piece | None) -> None:
        """Of the blanks in and after what is gone the last stays, against the word that follows."""
        for spot in (*word.spots, *word.blanks):
            if after is not None and spot in word.blanks[-1:]:
                spot.glyph.shift = after.to[0] - spot.end
            else:
                spot.glyph.removed = True

    def _note(self, pieces: list[Piece]) -> None:
        places = [place for p in pieces for place in ((p.start, p.to[0]), (p.end, p.to[1]))]
        if any(abs(new - old) > 1e-9 for old, new in places):
            olds, news = zip(*sorted(places), strict=True)
            self.mover.tracks.append(Track(self.line.direction, self.line.across, self.line.height, olds, news))

    # bars -----------------------------------------------------------------------------------------------------------
    def _bar(self, cell: list[Word], piece: Piece, pieces: list[Piece], setting: Setting) -> list[Bar]:
        words = [w for w in cell if piece.start - 0.01 <= w.piece.start and w.piece.end <= piece.end + 0.01]
        words = [w for w in words if w.piece is piece or all(w.piece is not p for p in pieces)]
        sources = self._sources(words)
        level = [b for b in sources if self._holds_one_line(b)]
        if not level and piece is pieces[-1]:
            return []  # a box over several lines was drawn by hand: its width says nothing
        low, high = self.line.across - 0.25 * self.line.height, self.line.across + 0.85 * self.line.height
        for box in level:
            deep = depth_of(box, self.line.direction)
            low, high = min(low, deep[0]), max(high, deep[1])
        dx, dy = self.line.direction
        corners = [(a * dx - c * dy, a * dy + c * dx) for a in piece.to for c in (low, high)]
        moved = setting is not Setting.LEFT or abs(piece.to[0] - piece.start) > OVERLAP
        return [Bar(bounds(corners), frozenset(sources), frozenset(level), moved)]

    def _sources(self, words: list[Word]) -> list[Box]:
        inks = [bounds(s.run.ink(s.glyph)) for w in words for s in w.spots if not s.glyph.blank]
        return [b for b in self.mover.boxes if any(touches(i, b) for i in inks)]

    def _holds_one_line(self, box: Box) -> bool:
        low, high = depth_of(box, self.line.direction)
        return high - low < ONE_LINE * self.line.height


def _same_way(a: Point, b: Point) -> bool:
    return a[0] * b[0] + a[1] * b[1] > 0.9995
