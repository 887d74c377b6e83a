"""Pages as PDFium draws them, in grey, and the dark shapes on them: what the checks on pictures look at."""
from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c

from redaction.pdf.geometry import Box, box_area, intersection
from redaction.pdf.pdfium import LOCK, crop_of
from redaction.pdf.verification.traces import MOST_CORNERS, clipped_to_a_drawing, objects

DPI = 72
DARK = 60
"""Brightness (of 255) below which something is black."""
MOST_PIXELS = 4000
"""Longest side of a picture: larger pages are compared at a lower resolution."""
COVERING = 0.9
"""Share of the page that the picture of a scan, or of a page that became an image, covers."""
Numbers = np.ndarray[Any, np.dtype[np.float64]]
Picture = np.ndarray[Any, np.dtype[np.uint8]]


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


@contextmanager
def without_text(page: Any) -> Iterator[None]:
    """The page with its letters out of sight, in forms too, for as long."""
    found = [i for i, _ in objects(page.raw) if pdfium_c.FPDFPageObj_GetType(i) == pdfium_c.FPDF_PAGEOBJ_TEXT]
    for item in found:
        pdfium_c.FPDFPageObj_SetIsActive(item, False)
    try:
        yield
    finally:
        for item in found:
            pdfium_c.FPDFPageObj_SetIsActive(item, True)


def picture_of(
    page: Any, dpi: int, box: Box | None = None, *, most: int = MOST_PIXELS, colour: bool = False
) -> Picture:
    """Picture of the crop box of an upright page, or of the pixels of it that a user-space box covers.

    The whole page has at most so many pixels on a side. It is drawn in grey, or with `colour` made grey afterwards:
    colours that blend give another grey when each is drawn in grey.
    """
    crop = crop_of(page)
    scale = min(dpi / 72, most / max(crop[2] - crop[0], crop[3] - crop[1]))
    margins: tuple[float, ...] = (0.0,) * 4
    if box is not None:
        columns, rows = (math.ceil(size * scale) for size in page.get_size())
        down, across = window(box, crop, (rows, columns))
        pixels = (across.start, rows - down.stop, columns - across.stop, down.start)
        margins = tuple((n - 0.5) / scale for n in pixels)  # PDFium rounds them up
    bitmap = page.render(scale=scale, crop=margins, grayscale=not colour, prefer_bgrx=colour)
    try:
        if colour:
            return np.asarray(bitmap.to_pil().convert("L"))
        return np.array(bitmap.to_numpy(), np.uint8).reshape(bitmap.height, bitmap.width)
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


def lift(page: Any, boxes: list[Box], *, layer: bool = False) -> int:
    """Take dark filled shapes over the boxes off the page, from the top down to what they hide; how many.

    As a `layer` only the topmost bar over each box: a dark shape below it may be a window to what is written.
    """
    count = 0
    waiting = list(boxes)
    for item, place in shapes_on(page):
        barred = [b for b in waiting if _bars(place, b)]
        if barred or (not layer and any(box_area(intersection(place, b)) > 0.5 * box_area(place) for b in boxes)):
            waiting = [b for b in waiting if b not in barred] if layer else waiting
            pdfium_c.FPDFPage_RemoveObject(page.raw, item)
            pdfium_c.FPDFPageObj_Destroy(item)
            count += 1
    return count


def _bars(place: Box, box: Box) -> bool:
    """Whether a shape lies over most of a box without being much larger."""
    return box_area(intersection(place, box)) > 0.8 * box_area(box) and box_area(place) < 30 * box_area(box)


def shapes_on(page: Any) -> list[tuple[Any, Box]]:
    """Dark filled shapes with the corners of a box, from the top down, and where each lies."""
    found = []
    for position in range(pdfium_c.FPDFPage_CountObjects(page.raw) - 1, -1, -1):
        item = pdfium_c.FPDFPage_GetObject(page.raw, position)
        if pdfium_c.FPDFPageObj_GetType(item) != pdfium_c.FPDF_PAGEOBJ_PATH or not _dark(item):
            continue
        if pdfium_c.FPDFPath_CountSegments(item) > MOST_CORNERS or clipped_to_a_drawing(item):
            continue
        place = bounds_of(item)
        if place is not None and box_area(place) >= 1:
            found.append((item, place))
    return found


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


def picture_resolution(page: Any) -> int:
    """Pixels for an inch of the picture that covers a page (a scan, or a page that became an image); 0 without one."""
    crop = crop_of(page)
    for item in (pdfium_c.FPDFPage_GetObject(page.raw, i) for i in range(pdfium_c.FPDFPage_CountObjects(page.raw))):
        place = bounds_of(item) if pdfium_c.FPDFPageObj_GetType(item) == pdfium_c.FPDF_PAGEOBJ_IMAGE else None
        if place and box_area(intersection(place, crop)) > COVERING * box_area(crop):
            wide, high = ctypes.c_uint(), ctypes.c_uint()
            pdfium_c.FPDFImageObj_GetImagePixelSize(item, wide, high)
            return max(1, round(72 * wide.value / (place[2] - place[0])))
    return 0
