"""The text of one content stream: which letters go, which move, and the operators that show what stays."""
from __future__ import annotations

from redaction.pdf.agreement import glyphs_at
from redaction.pdf.borders import Track
from redaction.pdf.characters import Places
from redaction.pdf.content import Content, Show
from redaction.pdf.geometry import Box, Matrix, touches_any
from redaction.pdf.lines import UNSEEN, Bar, LineMover
from redaction.pdf.pages import PageText
from redaction.pdf.positions import TextWriter
from redaction.pdf.raster_lines import Shifted
from redaction.pdf.runs import Run, explode, mark_all, mark_outside, mark_removed

LEVEL = 0.35
"""Share of a line's height at its top and bottom into which letters of other lines may reach."""


class StreamText:
    """The letters of one stream while they are edited."""

    def __init__(self, content: Content, boxes: list[Box], visible: Box, ctm: Matrix, *, moves: bool = True) -> None:
        self.ctm, self._moves = ctm, moves
        self.content, self.boxes, self.visible = content, boxes, visible
        self.runs: dict[int, Run] = {}
        self.hit: list[Run] = []
        """The runs that lose letters to the boxes."""
        self.tracks: list[Track] = []
        self.swallowed = 0
        """Words beside the boxes that went for want of room."""

    def _run_of(self, show: Show) -> Run:
        run = self.runs.get(show.index)
        if run is None:
            run = self.runs[show.index] = explode(show)
        return run

    def remove(self, under: Places, *, trim: bool) -> None:
        """Mark the letters in the boxes, those that begin at a place `under` them, in hidden layers, and off the page.

        The last only with `trim`.
        """
        boxes, (x0, y0, x1, y1) = self.boxes, self.visible
        for show in self.content.shows:
            box = show.box
            if show.hidden:
                mark_all(self._run_of(show))
            elif boxes and touches_any((box[0], box[1] - 1e-3, box[2], box[3] + 1e-3), boxes):
                run = self._run_of(show)
                if mark_removed(run, boxes):
                    self.hit.append(run)
            if trim and not show.hidden and (box[0] < x0 or box[1] < y0 or box[2] > x1 or box[3] > y1):
                mark_outside(self._run_of(show), self.visible)
        hit = {run.show.index for run in self.hit}
        for show, i in glyphs_at(self.content.shows, under):
            run = self._run_of(show)
            run.glyphs[i].removed = run.touched = True
            if show.index not in hit:
                hit.add(show.index)
                self.hit.append(run)

    def set_anew(self, text: PageText | None, frame: Box | None) -> list[Bar]:
        """Move what stays on the lines that lost letters, within the frame; the bars of the gaps.

        `text` is all that the page reads.
        """
        content = self.content
        pictures = [use.box for use in content.images if not use.hidden]
        mover = LineMover(content.shows, content.paths, pictures, self._run_of, self.boxes, self.visible, text, frame)
        bars = mover.move(self.hit)
        self.tracks, self.swallowed = mover.tracks, mover.swallowed
        return bars

    def move_scan(self, shifted: Shifted) -> None:
        """Take the unseen text of a scan from the lines that were set anew: it tells where they stood."""
        for show in self.content.shows:
            if show.state.mode == UNSEEN and not show.hidden and touches_any(show.box, shifted.rows):
                mark_removed(self._run_of(show), [_middle(row) for row in shifted.rows])

    def rewritten(self) -> TextWriter:
        """The operators of the text that changes."""
        writer = TextWriter(self.content, self.runs, self._run_of, self.ctm, exact=not self._moves)
        writer.write()
        return writer


def _middle(row: Box) -> Box:
    """The middle of a line, which letters of no other line reach."""
    x0, y0, x1, y1 = row
    return x0, y0 + LEVEL * (y1 - y0), x1, y1 - LEVEL * (y1 - y0)
