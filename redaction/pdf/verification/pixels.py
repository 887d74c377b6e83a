"""Checks on pictures of the pages: nothing of the original shines through, and nothing else changed."""
from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c
from PIL import Image

from redaction.pdf.geometry import Box, box_area, grown, intersection
from redaction.pdf.pages import PageText
from redaction.pdf.pdfium import LOCK, crop_of
from redaction.pdf.report import Finding
from redaction.pdf.verification.evidence import PageEvidence
from redaction.pdf.verification.traces import MOST_CORNERS, clipped_to_a_drawing, paint_alike, same_picture

DPI = 72
CHANGED = 48
"""Difference of mean brightness (of 255) that counts as a change."""
COARSE = 4
"""Pixels are compared in squares of this many, so that another way to smooth letters is no change."""
SHARP = 3
"""What changed is looked at again in so many times the pixels, for a hairline is a pixel thick at any resolution.

A square of the same size then tells so many times less of it: the difference that counts is as much smaller."""
MOST_CHANGED = 0.01
ALIKE = 0.6
"""Correlation above which what is under a box is the original."""
STRUCTURE = 8.0
"""Spread of brightness below which a region shows nothing to recognise."""
FAINT, FAINTEST = 4, 0.25
"""Range of brightness, and spread of its steps from pixel to pixel, below which even a computer sees nothing."""
THE_SAME = 0.9
MOST_LAYERS = 4
"""Bars on top of one another that are taken off one by one."""
THIN, FINE = 6.0, 288
"""A box of fewer points than this is compared at this resolution: else it is mostly rim."""
EDGE = 2
"""Pixels at the rim of a box that are not compared: what stands beside it may show there."""
DARK = 60
FLAT = 10.0
"""Spread of brightness below which a letter cannot be seen."""
LEAST_HIDDEN = 4
"""Unseen letters in a row from which they are text: single ones are glyphs that the font lacks."""
MOST_PIXELS = 4000
"""Longest side of a picture: larger pages are compared at a lower resolution."""
Numbers = np.ndarray[Any, np.dtype[np.float64]]
Picture = np.ndarray[Any, np.dtype[np.uint8]]


def check_pixels(page: PageEvidence, before: Any, after: Any) -> list[Finding]:
    """Findings for one page of two open PDFium documents."""
    found = []
    with upright(before, page.index) as old, upright(after, page.index) as new:
        original, redacted = picture_of(old, DPI), picture_of(new, DPI)
        if original.shape != redacted.shape:
            return [Finding(page.index, "pixels", "De pagina heeft een andere maat gekregen.")]
        if _changed(page, original, redacted) and _changed(
            page, picture_of(old, SHARP * DPI), picture_of(new, SHARP * DPI), SHARP
        ):
            found.append(Finding(page.index, "pixels", "Het beeld buiten de zwarte vakken is veranderd."))
        if any(_lost_from_sight(page, box, original, redacted) for box in page.boxes):
            found.append(Finding(page.index, "pixels", "Tekst naast een zwart vak is niet meer te zien."))
        if _shines_through(page, old, new):
            found.append(Finding(page.index, "pixels", "Onder een zwart vak is het oude beeld nog te herkennen."))
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
    return any(_alike(picture_of(old, DPI, box), picture_of(new, DPI, box)) for box in page.boxes)


def _seen_under(page: PageEvidence, old: Any, new: Any) -> bool:
    for box in page.boxes:
        dpi = FINE if min(box[2] - box[0], box[3] - box[1]) < THIN else DPI
        if _alike(picture_of(old, dpi, box), picture_of(new, dpi, box)) or _faintly_alike(old, new, box):
            return True
    return False


def grey(document: Any, index: int, dpi: int = DPI) -> Picture:
    """Picture (grey, rows by columns) of the upright crop box of a page."""
    with upright(document, index) as page:
        return picture_of(page, dpi)


@contextmanager
def upright(document: Any, index: int) -> Iterator[Any]:
    """A page of an open document without its rotation; PDFium is held for as long."""
    with LOCK:
        page = document[index]
        try:
            page.set_rotation(0)
            yield page
        finally:
            page.close()


def picture_of(page: Any, dpi: int, box: Box | None = None) -> Picture:
    """Picture of the crop box of an upright page, or of the pixels of it that a user-space box covers."""
    crop = crop_of(page)
    scale = min(dpi / 72, MOST_PIXELS / max(crop[2] - crop[0], crop[3] - crop[1]))
    margins: tuple[float, ...] = (0.0,) * 4
    if box is not None:
        columns, rows = (math.ceil(size * scale) for size in page.get_size())
        down, across = window(box, crop, (rows, columns))
        pixels = (across.start, rows - down.stop, columns - across.stop, down.start)
        margins = tuple((n - 0.5) / scale for n in pixels)  # PDFium rounds them up
    bitmap = page.render(scale=scale, crop=margins, grayscale=True)
    try:
        picture: Image.Image = bitmap.to_pil().convert("L")
        return np.asarray(picture).copy()
    finally:
        bitmap.close()


def window(box: Box, crop: Box, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Rows and columns of a picture of the crop box that a user-space box covers."""
    down, across = shape[0] / (crop[3] - crop[1]), shape[1] / (crop[2] - crop[0])
    top, bottom = int((crop[3] - box[3]) * down), int(np.ceil((crop[3] - box[1]) * down))
    left, right = int((box[0] - crop[0]) * across), int(np.ceil((box[2] - crop[0]) * across))
    return (
        slice(max(0, min(top, shape[0] - 1)), max(1, min(bottom, shape[0]))),
        slice(max(0, min(left, shape[1] - 1)), max(1, min(right, shape[1]))),
    )


def _lost_from_sight(page: PageEvidence, box: Box, before: Picture, after: Picture) -> bool:
    """Whether letters beside a box cannot be seen any more: what moves along its line may be cut off there."""
    x0, y0, x1, y1 = page.redacted.crop
    line = (box[0], y0, box[2], y1) if page.redacted.rotation in (90, 270) else (x0, box[1], x1, box[3])
    return _longest_blank(after, page.redacted, line) >= LEAST_HIDDEN > _longest_blank(before, page.original, line)


def _longest_blank(picture: Picture, text: PageText, line: Box) -> int:
    """Letters in a row that cannot be told from the paper, among those with their middle in a box."""
    visible = intersection(line, text.crop)  # nobody sees what lies off the page
    letters = [text.char_boxes[i] for i in np.flatnonzero(text.inside([visible])) if text.text[i].isalnum()]
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
    picture = grey(before, page.index, SHARP * DPI)
    places = [picture[window(box, page.original.crop, picture.shape)] for _, box in page.kept]
    return [c for (c, _), place in zip(page.kept, places, strict=True) if not place.size or np.ptp(place) < FAINT]


def _black(picture: Picture, crop: Box, boxes: list[Box]) -> list[bool]:
    means, spreads = ink_of(picture, crop, boxes)
    dark: list[bool] = ((means < DARK) & (spreads < FLAT)).tolist()
    return dark


def _changed(page: PageEvidence, before: Picture, after: Picture, sharp: int = 1) -> bool:
    return _share_changed(before, after, _outside(page, before.shape), sharp) > MOST_CHANGED


def _outside(page: PageEvidence, shape: tuple[int, ...]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """The pixels that no box may change: those on other lines, for text on the line of a box may move.

    Letters go whole, also those that stick out above or below a box.
    """
    mask = np.ones(shape, dtype=bool)
    for x0, y0, x1, y1 in (*page.boxes, *_crossed(page)):
        rows, columns = window(grown((x0, y0, x1, y1), 3), page.original.crop, shape)
        mask[rows, :] = False
        if page.original.rotation in (90, 270):
            mask[:, columns] = False
    return mask


def _crossed(page: PageEvidence) -> list[list[float]]:
    """Boxes of the letters that stick out of a box that runs through them: it covers most of its own height there."""
    left, low, right, high = page.original.corners.T
    found = np.zeros(len(left), bool)
    for x0, y0, x1, y1 in page.boxes:
        shared = np.minimum(high, y1) - np.maximum(low, y0)
        found |= (left < x1) & (right > x0) & (shared > (y1 - y0) / 2) & (high - low > y1 - y0)
    crossed: list[list[float]] = page.original.corners[found].tolist()
    return crossed


def _share_changed(
    before: Picture, after: Picture, mask: np.ndarray[Any, np.dtype[np.bool_]], sharp: int
) -> float:
    """Share of squares of which the mean brightness changed, as far as the mask reaches, at so many times the DPI."""
    change = np.where(mask, before.astype(np.int16) - after, np.int16(0))
    side, counts = sharp * COARSE, CHANGED // sharp
    rows, columns = (size // side * side for size in change.shape)
    if not rows or not columns:
        return float((np.abs(change) > counts).mean())
    lines = np.add.reduce([change[i:rows:side] for i in range(side)])
    squares = np.add.reduce([lines[:, i:columns:side] for i in range(side)])
    return float((np.abs(squares) > counts * side**2).mean())


def lift(page: Any, boxes: list[Box], *, layer: bool = False) -> int:
    """Take dark filled shapes over the boxes off the page, from the top down to what they hide; how many.

    As a `layer` only the topmost bar over each box: a dark shape below it may be a window to what is written.
    """
    raw, count = page.raw, 0
    waiting = list(boxes)
    for position in range(pdfium_c.FPDFPage_CountObjects(raw) - 1, -1, -1):
        item = pdfium_c.FPDFPage_GetObject(raw, position)
        if pdfium_c.FPDFPageObj_GetType(item) != pdfium_c.FPDF_PAGEOBJ_PATH or not _dark(item):
            continue
        if pdfium_c.FPDFPath_CountSegments(item) > MOST_CORNERS or clipped_to_a_drawing(item):
            continue
        place = bounds_of(item)
        if place is None or box_area(place) < 1:
            continue
        barred = [b for b in waiting if _bars(place, b)]
        if barred or (not layer and any(box_area(intersection(place, b)) > 0.5 * box_area(place) for b in boxes)):
            waiting = [b for b in waiting if b not in barred] if layer else waiting
            pdfium_c.FPDFPage_RemoveObject(raw, item)
            pdfium_c.FPDFPageObj_Destroy(item)
            count += 1
    return count


def _bars(place: Box, box: Box) -> bool:
    """Whether a shape lies over most of a box without being much larger."""
    return box_area(intersection(place, box)) > 0.8 * box_area(box) and box_area(place) < 30 * box_area(box)


def ink_of(picture: Picture, part: Box, boxes: list[Box]) -> tuple[Numbers, Numbers]:
    """Mean and spread of the brightness of each letter's core, in a picture of a part of the page.

    The core is the part of a letter's box, which is as high as the line, that holds ink whatever the letter is.
    """
    x0, y0, x1, y1 = np.array(boxes, float).reshape(-1, 4).T
    rows, columns = picture.shape
    down, across = rows / (part[3] - part[1]), columns / (part[2] - part[0])
    top = ((part[3] - y1 + 0.3 * (y1 - y0)) * down).clip(0, rows - 1).astype(int)
    bottom = np.ceil((part[3] - y0 - 0.25 * (y1 - y0)) * down).clip(1, rows).astype(int)
    left = ((x0 + 0.1 * (x1 - x0) - part[0]) * across).clip(0, columns - 1).astype(int)
    right = np.ceil((x1 - 0.1 * (x1 - x0) - part[0]) * across).clip(1, columns).astype(int)
    pixels = (bottom - top).clip(1) * (right - left).clip(1)

    def total(values: Numbers) -> Numbers:
        sums = np.pad(values.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        corners: Numbers = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return corners

    grey_values = picture.astype(float)
    means = total(grey_values) / pixels
    return means, np.sqrt((total(grey_values**2) / pixels - means**2).clip(0))


def bounds_of(item: Any) -> Box | None:
    """Box of a PDFium page object in user space."""
    values = [ctypes.c_float() for _ in range(4)]
    if not pdfium_c.FPDFPageObj_GetBounds(item, *(ctypes.byref(v) for v in values)):
        return None
    x0, y0, x1, y1 = (v.value for v in values)
    return (x0, y0, x1, y1)


def _dark(item: Any) -> bool:
    brightness, opacity = fill_of(item)
    return opacity >= 128 and brightness < DARK


def fill_of(item: Any) -> tuple[float, int]:
    """Brightness (0 to 255) and opacity (0 to 255) of an object's fill; opacity 0 when it has none."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if pdfium_c.FPDFPageObj_GetType(item) == pdfium_c.FPDF_PAGEOBJ_PATH:
        pdfium_c.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroke))
        if mode.value == 0:
            return 255.0, 0
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium_c.FPDFPageObj_GetFillColor(
        item, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
    )
    return 0.3 * red.value + 0.59 * green.value + 0.11 * blue.value, alpha.value


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
