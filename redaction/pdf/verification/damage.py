"""Looks for damage to what stays: letter by letter where text may move, square by square everywhere else.

A viewer sets letters on whole pixels. What stands still has the same pixels in both files. A letter that moved has the
same pixels too, give or take two that its place is rounded by; where that is not so, it is looked at in finer pixels.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from redaction.pdf.geometry import Box, contains, grown, touches
from redaction.pdf.pages import PageText
from redaction.pdf.report import Finding
from redaction.pdf.verification.drawing import picture_resolution
from redaction.pdf.verification.evidence import PageEvidence
from redaction.pdf.verification.pairs import LEVEL, Numbers, Pairs, Whole
from redaction.pdf.verification.views import View

FINE = 432
"""Resolution of the second look at what differs at the first."""
FAINT = 24
"""Difference of brightness (of 255) of a pixel from which it counts."""
SEEN = 60
"""Difference of brightness within the place of a letter from which it is to be seen."""
SHARE = 0.05
"""Share of the pixels at its place that change when a letter goes or comes."""
SQUARE = 2.0
"""Points of the side of a square."""
MOST = 10.0
"""Mean difference of brightness in a square from which it has changed."""
INK = 0.25
"""Square points of black that a letter may differ by."""
AROUND = 3.0
"""Points around a box, and the letters that stick out of it, that may change with it."""
BESIDE, ABOVE = 1.5, 0.3
"""Points beside a letter that moved, and heights above and below it, where its ink or a mark under it may be."""
LINE = 1.0
"""Points that the feet of letters on one line lie apart at most."""
RIM = 1.5
"""Points along the edge of a bar that may be smoothed."""
GAP = 1.5
"""Heights between letters that moved which still belong to one stretch: marks under the words move with it."""
SMEAR = 2
"""Pixels that an edge may lie aside in a picture of the page."""
MOST_IN_PICTURE = 45.0
"""Mean difference of brightness in a square of such a picture from which it has changed."""
MOST_SQUARES = 400
"""More squares than this are not looked at again: they are no rounding."""
CM = 72 / 2.54


def check_damage(page: PageEvidence, view: View, bars: list[Box], old: Any, new: Any) -> list[Finding]:
    """Finding when something outside the boxes of a page changed, with the place of the first that did.

    `view` shows the open pages `old` and `new` whole, `bars` are the black boxes of the new one.
    """
    if not view.differs(FAINT).any():
        return []
    pairs = Pairs(page)
    if resolution := picture_resolution(new):
        places = _in_picture(page, pairs, view, bars)
        if places:
            places = _in_picture(page, pairs, _as_made(view, old, new, resolution), bars)
    else:
        still = np.flatnonzero(pairs.still & ~pairs.under)
        again, again_at = pairs.in_place(still[view.near_change(pairs.before.frames[still], FAINT)])
        places = [*_squares(page, pairs, view, bars, old, new, again)]
        covers = [grown(bar, RIM) for bar in bars if pairs.beside(bar)]
        moved, moved_to = np.append(pairs.moved, again), np.append(pairs.places, pairs.after.frames[again_at], axis=0)
        gaps = [grown(box, AROUND) for box in page.boxes]
        places += _letters(pairs, view, (covers, gaps), old, new, moved, moved_to)
        places += _unpaired(pairs, view, covers)
    if not places:
        return []
    x, y = _as_seen(places[0], page.original)
    where = f"{x / CM:.1f} cm van links, {y / CM:.1f} cm van boven".replace(".", ",")
    return [Finding(page.index, "pixels", f"Het beeld buiten de zwarte vakken is veranderd ({where}).")]


def check_untouched(index: int, view: View, old: Any, new: Any) -> list[Finding]:
    """Finding when a page without boxes changed: it shares its fonts and pictures with others that have them."""
    if not view.differs(FAINT).any():
        return []
    if resolution := picture_resolution(new):
        changed = _blurred(view)
        if changed:
            changed = _blurred(_as_made(view, old, new, resolution))
    else:
        changed = [*_confirmed(view.squares(view.differs(FAINT), SQUARE, MOST), view.crop, old, new)]
    message = "Het beeld van een pagina zonder zwarte vakken is veranderd."
    return [Finding(index, "pixels", message)] if changed else []


def _as_seen(box: Box, text: PageText) -> tuple[float, float]:
    """How far (points) a box lies from the left and the top of the page as a reader holds it."""
    left, bottom = box[0] - text.crop[0], box[1] - text.crop[1]
    right, top = text.crop[2] - box[2], text.crop[3] - box[3]
    return {90: (bottom, left), 180: (right, bottom), 270: (top, right)}.get(text.rotation, (left, top))


def _as_made(view: View, old: Any, new: Any, resolution: int) -> View:
    """The same as the picture of the page was made, in colour and with as many pixels: all else looks otherwise."""
    return View.of(old, new, view.crop, min(resolution, FINE), colour=True) or view


def _blurred(view: View) -> list[Box]:
    """Squares that changed by more than drawing a page anew does."""
    rough = replace(view, slack=SMEAR)
    return rough.squares(rough.differs(0), SQUARE, MOST_IN_PICTURE)


def _in_picture(page: PageEvidence, pairs: Pairs, view: View, bars: list[Box]) -> list[Box]:
    """Squares of a page that is a picture that changed by more than drawing it anew does; lines of boxes left out."""
    rough = replace(view, slack=SMEAR)
    loud = rough.differs(0)
    for x0, y0, x1, y1 in (grown(tuple(box), AROUND) for box in (*page.boxes, *pairs.crossed.tolist())):
        loud[view.window((view.crop[0], y0, view.crop[2], y1))] = 0
        if page.original.rotation in (90, 270):
            loud[view.window((x0, view.crop[1], x1, view.crop[3]))] = 0
    for drawn in (*(bar for bar in bars if pairs.beside(bar)), *pairs.labels.tolist()):
        loud[view.window(grown(tuple(drawn), RIM))] = 0
    return rough.squares(loud, SQUARE, MOST_IN_PICTURE)


# squares -------------------------------------------------------------------------------------------------------------
def _squares(
    page: PageEvidence, pairs: Pairs, view: View, bars: list[Box], old: Any, new: Any, again: Whole
) -> Iterator[Box]:
    """Squares that changed where nothing may; letters that were drawn `again` in their place are looked at apart."""
    loud = view.differs(FAINT).copy()
    free: list[tuple[Any, float, float]] = [(box, AROUND, AROUND) for box in (*page.boxes, *pairs.crossed.tolist())]
    free += [(bar, RIM, RIM) for bar in bars if pairs.beside(bar)]
    free += [(box, 0.0, 0.0) for box in pairs.before.frames[again].tolist()]
    ways = pairs.before.boxes[pairs.moved], pairs.after.boxes[pairs.moved_to]
    loose = [pairs.excused, *(_stretches(boxes) for boxes in ways)]
    free += [(box, BESIDE, ABOVE * (box[3] - box[1])) for box in np.concatenate(loose).tolist()]
    for (x0, y0, x1, y1), wide, high in free:
        loud[view.window((x0 - wide, y0 - high, x1 + wide, y1 + high))] = False
    changed = view.squares(loud, SQUARE, MOST)
    yield from _confirmed(changed, view.crop, old, new)


def _confirmed(changed: list[Box], crop: Box, old: Any, new: Any) -> Iterator[Box]:
    """Those of the squares that changed in fine pixels too; of very many all."""
    if len(changed) > MOST_SQUARES:
        yield from changed
        return
    squares = np.array(changed, float).reshape(-1, 4)
    for line in _lines(squares, 1.5 * SQUARE):
        yield from _still_changed(squares[line], crop, old, new)


def _still_changed(squares: Numbers, crop: Box, old: Any, new: Any) -> list[Box]:
    """Those of the squares, on one line, in which something has changed in fine pixels too."""
    fine = View.of(old, new, crop, FINE, grown(_around(squares), SQUARE))
    listed: list[Box] = [tuple(square) for square in squares.tolist()]
    if fine is None:
        return listed
    tolerant = fine.tolerant()
    changed = tolerant.squares(tolerant.differs(0), SQUARE, MOST)
    return [square for square in listed if any(touches(square, other) for other in changed)]


def _around(boxes: Numbers) -> Box:
    low, high = boxes.min(axis=0).tolist(), boxes.max(axis=0).tolist()
    return (low[0], low[1], high[2], high[3])


def _stretches(boxes: Numbers) -> Numbers:
    """Boxes of letters, each as far as the next one on its line when that stands close."""
    if not len(boxes):
        return boxes
    wide = boxes[np.lexsort((boxes[:, 0], boxes[:, 1].round(1)))]
    step = wide[1:, 0] - wide[:-1, 2]
    height = wide[:-1, 3] - wide[:-1, 1]
    near = (np.abs(wide[1:, 1] - wide[:-1, 1]) < 0.1) & (step > 0) & (step < GAP * height)
    wide[:-1, 2][near] = wide[1:, 0][near]
    return wide


# letters -------------------------------------------------------------------------------------------------------------
def _letters(
    pairs: Pairs, view: View, hides: tuple[list[Box], list[Box]], old: Any, new: Any, moved: Whole, places: Numbers
) -> Iterator[Box]:
    """Letters that moved to these places, or were drawn anew there, and look otherwise now.

    `hides` are what covers afterwards, and where something went.
    """
    if not len(moved):
        return
    covers, gaps = hides
    before, after = pairs.before.frames, pairs.after.frames
    odd = view.misfits(before[moved], places, (before, after), (pairs.excused, covers), FAINT) > INK
    if not odd.any():
        return
    for line in _lines(before[moved[odd]], LINE):
        these, those = moved[odd][line], places[odd][line]
        part = grown(_around(np.concatenate([before[these], those])), AROUND)
        fine = View.of(old, new, view.crop, FINE, part)
        if fine is None:
            yield from map(tuple, before[these].tolist())
            continue
        fine = fine.tolerant().above(old, new, FINE, part, [*covers, *gaps])
        misfits = fine.misfits(before[these], those, (before, after), (pairs.excused, covers), FAINT)
        yield from map(tuple, before[these[misfits > INK]].tolist())


def _unpaired(pairs: Pairs, view: View, covers: list[Box]) -> Iterator[Box]:
    """Letters that were to be seen among those that moved and are no more, or the other way round.

    The squares between letters that moved may change, and do not tell. Where a bar stands now, only a letter that stood
    on one line with those that moved counts: the others went with what is under the bar.
    """
    gone, fresh = pairs.unpaired
    differs = view.differs(FAINT)
    was, now = (_stretches(boxes) for boxes in (pairs.before.boxes[pairs.moved], pairs.after.boxes[pairs.moved_to]))
    for frames, picture, covered in ((gone, view.before, was), (fresh, view.after, was[:0])):
        for frame in map(tuple, frames.tolist()):
            part, changed = picture[view.window(frame)], differs[view.window(frame)]
            x, y = (frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2
            among = np.concatenate([was, now])
            if any(contains(cover, x, y) for cover in covers):
                among = covered[np.abs(covered[:, [1, 3]] - [frame[1], frame[3]]).max(axis=1) < LEVEL]
            seen = part.size > 0 and int(np.ptp(part)) > SEEN and float(changed.mean()) > SHARE
            if seen and any(contains(tuple(box), x, y) for box in among.tolist()):
                yield frame


def _lines(boxes: Numbers, apart: float) -> Iterator[Whole]:
    """Indices of the boxes by line: those whose feet are not further apart than this."""
    upwards = np.argsort(boxes[:, 1], kind="stable")
    if len(upwards):
        yield from np.split(upwards, np.flatnonzero(np.diff(boxes[upwards, 1]) > apart) + 1)
