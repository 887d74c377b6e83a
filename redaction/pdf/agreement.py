"""Whether our reading of a page and PDFium's put the characters in the same places.

The reviewer sees the page by PDFium and our own interpreter removes the text; where the two differ a box would take the
wrong letters, so that the page must become an image.
"""

from __future__ import annotations

import math
from itertools import chain
from typing import Any

import numpy as np

from redaction.pdf.blanks import Blanks
from redaction.pdf.characters import NO_PLACES, Places
from redaction.pdf.content import Show
from redaction.pdf.geometry import Box, grown, multiply

CELL = 0.25
"""Points. Places in one cell of this size or in cells next to it are the same: up to 0.25 apart always, over 0.5 never.
PDFium counts in single precision and was off by less than 0.1 on every page measured, while the narrowest letter
of the smallest print is 1 point wide: neither noise nor a mistake of one letter comes near."""
FEW = 5
"""So many of our glyphs may be unknown to PDFium: it leaves out marks that have no width."""
SHARE = 0.02
"""And so large a part of them."""
SMALLEST = 0.1
"""Lower text (in points) is seen by nobody, and PDFium leaves it out."""
Numbers = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
ROW = 1 << 32
FARTHEST = 1e8
AROUND = np.array([dx * ROW + dy for dx in (-1, 0, 1) for dy in (-1, 0, 1)])


def agree(shows: list[Show], unread: list[Box], origins: Places, visible: Box) -> bool:
    """Whether every character of PDFium on the visible page is a glyph of `shows`, and nearly every glyph a character.

    Characters in `unread`, the boxes of forms that were not read for they are far from all boxes, are not looked at.
    """
    origins = origins[:, :2]
    ours, theirs = places_of(shows), origins[_within(origins, visible)]
    our_keys, their_keys = _keys(ours), _keys(theirs)
    missing = theirs[_missing(their_keys, our_keys)]
    for box in unread:
        missing = missing[~_within(missing, grown(box, CELL))]
    if len(missing):
        return False
    shown = np.repeat(np.array([_is_told(s) for s in shows], bool), [len(s.pens) for s in shows])
    judged = np.flatnonzero(shown & _within(ours, visible)) if len(ours) else np.empty(0, int)
    strange = _missing(our_keys[judged], _keys(origins))
    if len(strange) <= FEW:
        return True
    unknown = _unknown(shows, ours, judged, judged[strange])
    return unknown <= max(FEW, SHARE * len(judged))


def drawn_under(origins: Places, boxes: list[Box]) -> Places:
    """The origins of the characters that lie in a box by the middle of their own, where the reader sees them."""
    if not len(origins) or not boxes:
        return NO_PLACES[:, :2]
    middles = (origins[:, 2:4] + origins[:, 4:6]) / 2
    return origins[np.any([_within(middles, box) for box in boxes], axis=0), :2]


def glyphs_at(shows: list[Show], places: Places) -> list[tuple[Show, int]]:
    """The glyphs (a Show, and which of its own) of which the origin is one of the places."""
    if not len(places):
        return []
    near = np.sort((_keys(places)[:, None] + AROUND).ravel())
    found = np.flatnonzero(_among(_keys(places_of(shows)), near))
    firsts = np.cumsum([0, *(len(show.pens) for show in shows)])
    owners = np.searchsorted(firsts, found, side="right") - 1
    return [(shows[owner], i) for owner, i in zip(owners.tolist(), (found - firsts[owners]).tolist(), strict=True)]


def places_of(shows: list[Show]) -> Places:
    """Origin on the page of every glyph, a row (x, y) each."""
    counts = [len(s.pens) for s in shows]
    total = sum(counts)
    if not total:
        return np.empty((0, 2))
    pens = np.fromiter(chain.from_iterable(s.pens for s in shows), float, total)
    frames = np.repeat(np.array([multiply(s.matrix, s.ctm) for s in shows]), counts, axis=0)
    rises = np.repeat(np.array([s.state.rise for s in shows]), counts)
    vertical = [s.state.font is not None and s.state.font.vertical for s in shows]
    x, y = pens, rises
    if any(vertical):
        down = np.repeat(np.array(vertical, bool), counts)
        hang = np.array(list(chain.from_iterable(_hang(s) for s in shows))).reshape(-1, 2)
        x, y = np.where(down, 0.0, pens) - hang[:, 0], np.where(down, pens, rises) - hang[:, 1]
    a, b, c, d, e, f = frames.T
    return np.stack([a * x + c * y + e, b * x + d * y + f], axis=1)


def _is_told(show: Show) -> bool:
    """Whether PDFium names each glyph: not in hidden layers, nor where words are given in place of the glyphs."""
    if show.hidden or any(m.properties is not None and "/ActualText" in m.properties for m in show.marks):
        return False
    a, b, c, d, _, _ = multiply(show.matrix, show.ctm)
    return abs(show.state.size) * math.sqrt(abs(a * d - b * c)) >= SMALLEST


def _hang(show: Show) -> list[tuple[float, float]]:
    """For each glyph how far its origin lies from the pen: in vertical writing the pen is above its middle."""
    font = show.state.font
    if font is None or not font.vertical:
        return [(0.0, 0.0)] * len(show.pens)
    size = show.state.size
    codes = chain.from_iterable(font.glyphs(item) for item in show.items if isinstance(item, bytes))
    return [(x * size, y * size) for x, y in (font.hang(code) for code, _, _ in codes)]


def _within(places: Places, box: Box) -> Flags:
    x, y = places[:, 0], places[:, 1]
    found: Flags = (x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3])
    return found


def _keys(places: Places) -> Numbers:
    """The cell of each place as one number."""
    cells = np.floor(np.clip(np.nan_to_num(places, nan=FARTHEST), -FARTHEST, FARTHEST) / CELL).astype(np.int64)
    found: Numbers = cells[:, 0] * ROW + cells[:, 1]
    return found


def _missing(keys: Numbers, others: Numbers) -> Numbers:
    """Indices of the keys that are not among the others, nor in a cell next to one of them."""
    known = np.sort(others)
    left: Numbers = np.flatnonzero(~_among(keys, known))
    return left[~_among(keys[left][:, None] + AROUND, known).any(axis=1)]


def _among(keys: Numbers, known: Numbers) -> Flags:
    """Which keys are among the known ones, which are in order."""
    found: Flags = np.zeros(keys.shape, bool)
    if len(known):
        found = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys
    return found


def _unknown(shows: list[Show], ours: Places, judged: Numbers, strange: Numbers) -> int:
    """How many of the strange glyphs show something that no known glyph close by shows too.

    PDFium names a sign once that is drawn twice almost in place: a shadow, a row of one sign that makes a line.
    """
    signs = [(id(show.state.font), code, show) for show in shows for code in _codes(show)]
    blanks = Blanks()
    doubtful = set(strange.tolist())
    known: dict[tuple[int, bytes], list[int]] = {}
    for i in judged.tolist():
        if i not in doubtful:
            known.setdefault(signs[i][:2], []).append(i)
    count = 0
    for i in doubtful:
        font, code, show = signs[i]
        line, own = show.box, show.state.font
        near = ours[known.get((font, code), [])] - ours[i]
        reach = min(line[2] - line[0], line[3] - line[1])
        again = bool((np.abs(near) <= reach).all(axis=1).any())
        count += own is not None and not again and not blanks.shows_nothing(own, code)
    return count


def _codes(show: Show) -> list[bytes]:
    font = show.state.font
    if font is None:
        return [b""] * len(show.pens)
    return [g[0] for item in show.items if isinstance(item, bytes) for g in font.glyphs(item)]
