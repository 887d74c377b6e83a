"""Checks on pictures of the pages: nothing of the original shines through, and nothing else changed."""

from __future__ import annotations

from typing import Any

import numpy as np

from redaction.pdf.geometry import Box, intersection
from redaction.pdf.pages import PageText
from redaction.pdf.pdfium import crop_of
from redaction.pdf.report import Finding
from redaction.pdf.verification.damage import check_damage, check_untouched
from redaction.pdf.verification.drawing import (
    DARK,
    DPI,
    Numbers,
    Picture,
    ink_of,
    lift,
    picture_of,
    shapes_on,
    upright,
    window,
)
from redaction.pdf.verification.evidence import PageEvidence
from redaction.pdf.verification.sight import FAINT, seen
from redaction.pdf.verification.traces import paint_alike, same_picture
from redaction.pdf.verification.views import View

CLOSE = 144
"""Resolution at which what stays is compared."""
ALIKE = 0.6
"""Correlation above which what is under a box is the original."""
STRUCTURE = 8.0
"""Spread of brightness below which a region shows nothing to recognise."""
FAINTEST = 0.25
"""Spread of the steps of brightness from pixel to pixel below which even a computer sees nothing."""
THE_SAME = 0.9
MOST_LAYERS = 4
"""Bars on top of one another that are taken off one by one."""
THIN, FINE = 6.0, 288
"""A box of fewer points than this is compared at this resolution: else it is mostly rim."""
EDGE = 2
"""Pixels at the rim of a box that are not compared: what stands beside it may show there."""
FLAT = 10.0
"""Spread of brightness below which a letter cannot be seen."""
LEAST_HIDDEN = 4
"""Unseen letters in a row from which they are text: single ones are glyphs that the font lacks."""


def check_pixels(page: PageEvidence, before: Any, after: Any) -> list[Finding]:
    """Findings for one page of two open PDFium documents."""
    found: list[Finding] = []
    with upright(before, page.index) as old, upright(after, page.index) as new:
        view = View.of(old, new, page.original.crop, CLOSE)
        if view is None:
            return [Finding(page.index, "pixels", "De pagina heeft een andere maat gekregen.")]
        found += check_damage(page, view, [box for _, box in shapes_on(new)], old, new)
        old_half, new_half = view.before[::2, ::2], view.after[::2, ::2]
        if any(_lost_from_sight(page, box, old_half, new_half) for box in page.boxes):
            found.append(Finding(page.index, "pixels", "Tekst naast een zwart vak is niet meer te zien."))
        if _shines_through(page, old, new):
            found.append(Finding(page.index, "pixels", "Onder een zwart vak is het oude beeld nog te herkennen."))
    return found


def check_others(pages: list[PageEvidence], before: Any, after: Any) -> list[Finding]:
    """Findings for the pages of two open documents that have no boxes."""
    found: list[Finding] = []
    looked_at = {page.index for page in pages}
    for index in range(min(len(before), len(after))):
        if index in looked_at:
            continue
        with upright(before, index) as old, upright(after, index) as new:
            view = View.of(old, new, crop_of(old), CLOSE)
            if view is None:
                found.append(Finding(index, "pixels", "De pagina heeft een andere maat gekregen."))
            else:
                found += check_untouched(index, view, old, new)
    return found


def _shines_through(page: PageEvidence, old: Any, new: Any) -> bool:
    """Whether something of the original is left under a box, once its bar is gone, in whatever colour; spoils both."""
    for _ in range(MOST_LAYERS):
        lifted = lift(new, page.boxes, layer=True)
        if _seen_under(page, old, new):
            return True
        if not lifted:
            break
    if lift(new, page.boxes) and _seen_under(page, old, new):
        return True
    if any(same_picture(old, new, box) for box in page.boxes):
        return True
    paint_alike(old)
    paint_alike(new)
    return any(_the_same(old, new, box) for box in page.boxes)


def _seen_under(page: PageEvidence, old: Any, new: Any) -> bool:
    return any(_the_same(old, new, box) or _faintly_alike(old, new, box) for box in page.boxes)


def _the_same(old: Any, new: Any, box: Box) -> bool:
    dpi = FINE if min(box[2] - box[0], box[3] - box[1]) < THIN else DPI
    return _alike(picture_of(old, dpi, box), picture_of(new, dpi, box))


def _lost_from_sight(page: PageEvidence, box: Box, before: Picture, after: Picture) -> bool:
    """Whether letters beside a box cannot be seen any more: what moves along its line may be cut off there."""
    x0, y0, x1, y1 = page.redacted.crop
    line = (box[0], y0, box[2], y1) if page.redacted.rotation in (90, 270) else (x0, box[1], x1, box[3])
    return _longest_blank(after, page.redacted, line) >= LEAST_HIDDEN > _longest_blank(before, page.original, line)


def _longest_blank(picture: Picture, text: PageText, line: Box) -> int:
    """Letters in a row that cannot be told from the paper, among those with their middle in a box."""
    visible = intersection(line, text.crop)  # nobody sees what lies off the page
    letters = [text.char_boxes[i] for i in np.flatnonzero(text.inside([visible])).tolist() if text.text[i].isalnum()]
    rows, columns = window(line, text.crop, picture.shape)
    down, across = picture.shape[0] / text.height, picture.shape[1] / text.width
    x, y = text.crop[0], text.crop[3]
    part = (x + columns.start / across, y - rows.stop / down, x + columns.stop / across, y - rows.start / down)
    means, spreads = ink_of(picture[rows, columns], part, [b for b in letters if b is not None])
    longest = row = 0
    for blank in ((spreads < FLAT) & (means >= DARK)).tolist():
        row = row + 1 if blank else 0
        longest = max(longest, row)
    return longest


def blackened(page: PageEvidence, before: Any, after: Any) -> list[str]:
    """Letters outside the boxes that a reader sees to be covered: a bar went over them for want of room on its line."""
    boxes = [box for _, box in page.kept]
    with upright(before, page.index) as old, upright(after, page.index) as new:
        black = [_black(picture_of(each, DPI), page.original.crop, boxes) for each in (old, new)]
    return [c for (c, _), was, now in zip(page.kept, *black, strict=True) if now and not was]


def unseen(page: PageEvidence, before: Any) -> list[str]:
    """Letters outside the boxes of which the original shows nothing: white, cut off or covered."""
    flags = seen(before, page.index, page.original.crop, (box for _, box in page.kept))
    return [c for (c, _), shows in zip(page.kept, flags, strict=True) if not shows]


def _black(picture: Picture, crop: Box, boxes: list[Box]) -> list[bool]:
    means, spreads = ink_of(picture, crop, boxes)
    dark: list[bool] = ((means < DARK) & (spreads < FLAT)).tolist()
    return dark


def _alike(before: np.ndarray[Any, Any], after: np.ndarray[Any, Any]) -> bool:
    """Whether two pictures of one region show the same, apart from level and upright rules (table lines, shades)."""
    a, b = _without_rules(before), _without_rules(after)
    if a.size < 12 or a.std() < STRUCTURE or b.std() < STRUCTURE / 2:
        return False
    return bool(np.corrcoef(a, b)[0, 1] > ALIKE)


def _faintly_alike(old: Any, new: Any, box: Box) -> bool:
    """Whether a box hides hardly visible detail that is still there: eyes miss it, but a computer brings it out.

    Only what differs from pixel to pixel counts, for soft shades may stay; nothing else comes as near as the same.
    """
    before = picture_of(old, DPI, box)
    if _without_rules(before).std() >= STRUCTURE or np.ptp(before) < FAINT:
        return False
    a, b = (_detail(picture_of(page, FINE, box)) for page in (old, new))
    if a.size < 12 or a.shape != b.shape or min(a.std(), b.std()) < FAINTEST:
        return False
    return bool(np.corrcoef(a, b)[0, 1] > THE_SAME)


def _detail(region: Picture) -> Numbers:
    """How much each pixel differs from the next, level and upright, without rules; the rim left out."""
    rim = EDGE * FINE // DPI
    inner = region[rim:-rim, rim:-rim].astype(float)
    steps = inner[1:, 1:] - inner[:-1, :-1]
    return _without_rules(steps)


def _without_rules(region: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    rows, columns = region.shape
    inner = region[min(EDGE, rows // 4) : rows - min(EDGE, rows // 4), min(EDGE, columns // 4) :].astype(float)
    inner = inner[:, : max(1, inner.shape[1] - min(EDGE, columns // 4))]
    if not inner.size:
        return inner.reshape(-1)
    flat: np.ndarray[Any, Any] = inner - inner.mean(axis=0, keepdims=True) - inner.mean(axis=1, keepdims=True)
    return flat.reshape(-1)
