"""The words of one line: letters that stay together or go together, and the blanks after them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from redaction.pdf.leaders import in_leaders
from redaction.pdf.runs import Glyph, Run
from redaction.pdf.scripts import is_unspaced
from redaction.pdf.spacing import Piece
from redaction.pdf.tracking import closer

NEAR = 2.5
"""Text further away than this many line heights stands in another column."""
JOINED = 0.15
"""Letters closer than this many line heights, without a blank between them, are of one word."""


@dataclass(slots=True)
class Spot:
    """A glyph with its beginning and end along the line."""

    start: float
    end: float
    glyph: Glyph
    run: Run
    leads: bool = False
    """Whether it is of a leader."""
    inset: float = 0.0
    """Points that it comes closer to the beginning of its word, where the letters stand wider than on other lines."""

    @property
    def letter(self) -> str:
        """What it says; nothing for one that goes."""
        return self.run.letter(self.glyph)


@dataclass(slots=True, eq=False)
class Word:
    """Letters that stay together or go together, and the blanks after them."""

    piece: Piece
    spots: list[Spot]
    blanks: list[Spot] = field(default_factory=list)

    @property
    def leads(self) -> bool:
        """Whether it is a leader."""
        return self.spots[0].leads

    def tighten(self) -> None:
        """Set the letters as wide apart as on other lines."""
        if self.piece.gone:
            return
        for before, spot in pairwise(self.spots):
            spot.inset = before.inset + closer(before.run, spot.start - before.end)
        self.piece.end -= self.spots[-1].inset


def words_of(
    runs: Sequence[Run], height: float, border: Callable[[float, float], bool]
) -> tuple[list[Spot], list[Word]]:
    """The blanks before the first word, and the words; `border` tells whether a cell ends between two places."""
    words: list[Word] = []
    before: list[Spot] = []
    spots = [Spot(*run.extent(g), g, run) for run in runs for g in run.glyphs]
    spots.sort(key=lambda s: s.start)
    inked = [s for s in spots if not s.glyph.blank]
    for spot, leads in zip(inked, in_leaders([s.letter for s in inked]), strict=True):
        spot.leads = leads
    for spot in spots:
        last = words[-1] if words else None
        if spot.glyph.blank:
            (last.blanks if last else before).append(spot)
        elif last and _together(last, spot, height, border):
            last.spots += [*last.blanks, spot]
            last.blanks = []
            last.piece.end = max(last.piece.end, spot.end)
        else:
            if last:
                last.piece.close = _touches(last, spot, height) and _unspaced(last, spot)
            words.append(Word(Piece(spot.start, spot.end, spot.glyph.removed), [spot]))
    return before, words


def _together(word: Word, spot: Spot, height: float, border: Callable[[float, float], bool]) -> bool:
    if word.piece.gone != spot.glyph.removed or word.leads != spot.leads:
        return False
    if spot.leads:
        return True
    if word.piece.gone:  # a space between two removed words goes too, for it tells their lengths
        return spot.start - word.piece.end <= NEAR * height and not border(word.piece.end, spot.start)
    return _touches(word, spot, height) and not _unspaced(word, spot)


def _touches(word: Word, spot: Spot, height: float) -> bool:
    run = word.spots[-1].run
    between = spot.start - word.piece.end - max(0.0, run.apart)
    return not word.blanks and between <= JOINED * height


def _unspaced(word: Word, spot: Spot) -> bool:
    """Whether one of the two is of a script without blanks."""
    return is_unspaced(spot.letter) or is_unspaced(word.spots[-1].letter)
