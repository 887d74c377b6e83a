"""Finds what is still drawn under a box in whatever colour: black on black, white on white, masked away or covered."""
from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from redaction.pdf.geometry import Box, Matrix, bounds, invert, multiply, quad, touches

MOST_CORNERS = 6
"""A rule, a bar or a frame has no more corners than this; what has more is a drawing."""
DEEPEST = 10
FINEST = 400
"""Samples along each side of a box, at most."""
LEAST = 24
"""Samples in a box from which a picture can be told from another."""
THE_SAME = 0.95
SAME_PLACE = 0.5
"""Points that the corners of a picture may differ when it is the same one."""
Samples = np.ndarray[Any, np.dtype[np.float64]]
Bytes = np.ndarray[Any, np.dtype[np.uint8]]


def paint_alike(page: Any) -> None:
    """Give every drawing on a page the same black, and take all else away: rules, letters and pictures."""
    for item, _ in objects(page.raw):
        if pdfium_c.FPDFPageObj_GetType(item) == pdfium_c.FPDF_PAGEOBJ_FORM:
            continue
        if pdfium_c.FPDFPageObj_GetType(item) != pdfium_c.FPDF_PAGEOBJ_PATH or _is_plain(item):
            pdfium_c.FPDFPageObj_SetIsActive(item, False)
            continue
        for colour in (pdfium_c.FPDFPageObj_SetFillColor, pdfium_c.FPDFPageObj_SetStrokeColor):
            colour(item, 0, 0, 0, 255)
        pdfium_c.FPDFPageObj_SetBlendMode(item, b"Normal")


def same_picture(old: Any, new: Any, box: Box) -> bool:
    """Whether a picture of the first page still has its samples under the box on the second, seen or not."""
    before = list(_pictures(old, box))
    for matrix, item in _pictures(new, box):
        for placed, other in before:
            if _same_place(matrix, placed) and _alike(_under(item, matrix, box), _under(other, placed, box)):
                return True
    return False


def objects(raw: Any) -> Iterator[tuple[Any, Matrix]]:
    """Every object of a page, those in forms too, with the matrix that brings its co-ordinates to those of the page."""
    yield from _objects(
        raw, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0
    )


def _objects(owner: Any, count: Any, get: Any, outer: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    for position in range(count(owner)):
        item = get(owner, position)
        yield item, outer
        if depth < DEEPEST and pdfium_c.FPDFPageObj_GetType(item) == pdfium_c.FPDF_PAGEOBJ_FORM:
            inner = multiply(_matrix_of(item), outer)
            yield from _objects(
                item, pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject, inner, depth + 1
            )


def clipped_to_a_drawing(item: Any) -> bool:
    """Whether a shape only shows through a window with more corners than a box has: the window is what is seen."""
    window = pdfium_c.FPDFPageObj_GetClipPath(item)
    count = pdfium_c.FPDFClipPath_CountPaths(window) if window else 0
    return any(pdfium_c.FPDFClipPath_CountPathSegments(window, i) > MOST_CORNERS for i in range(max(0, count)))


def _is_plain(item: Any) -> bool:
    return int(pdfium_c.FPDFPath_CountSegments(item)) <= MOST_CORNERS and not clipped_to_a_drawing(item)


def _matrix_of(item: Any) -> Matrix:
    found = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(item, ctypes.byref(found))
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _pictures(page: Any, box: Box) -> Iterator[tuple[Matrix, Any]]:
    """The pictures that lie under a box, with the matrix that brings the unit square to their place."""
    for item, outer in objects(page.raw):
        if pdfium_c.FPDFPageObj_GetType(item) == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            matrix = multiply(_matrix_of(item), outer)
            if touches(bounds(quad(matrix, 0, 0, 1, 1)), box):
                yield matrix, item


def _same_place(one: Matrix, other: Matrix) -> bool:
    return all(
        abs(a - b) <= SAME_PLACE
        for p, q in zip(quad(one, 0, 0, 1, 1), quad(other, 0, 0, 1, 1), strict=True)
        for a, b in zip(p, q, strict=True)
    )


def _alike(one: list[Samples], other: list[Samples]) -> bool:
    return any(_correlate(a, b) for a, b in zip(one, other, strict=False))


def _correlate(a: Samples, b: Samples) -> bool:
    """Whether two planes of samples hold the same, apart from level and upright rules."""
    if a.shape != b.shape or a.size < LEAST:
        return False
    first, second = (v - v.mean(axis=0, keepdims=True) - v.mean(axis=1, keepdims=True) for v in (a, b))
    if min(first.std(), second.std()) < 1e-3:
        return False
    return bool(np.corrcoef(first.reshape(-1), second.reshape(-1))[0, 1] > THE_SAME)


def _under(item: Any, matrix: Matrix, box: Box) -> list[Samples]:
    """The planes of samples of a picture as far as it lies under a box, before masks and, where known, colours."""
    back = invert(matrix)
    found = []
    for plane in _planes(item):
        rows, columns = plane.shape
        across, down = _places(box, matrix, columns, rows)
        x, y = np.meshgrid(across, down)
        u, v = back[0] * x + back[2] * y + back[4], back[1] * x + back[3] * y + back[5]
        inside = (u >= 0) & (u < 1) & (v > 0) & (v <= 1)
        at = (((1 - v) * rows).clip(0, rows - 1).astype(int), (u * columns).clip(0, columns - 1).astype(int))
        values = np.where(inside, plane[at], np.nan)
        values = values[~np.isnan(values).all(axis=1)][:, ~np.isnan(values).all(axis=0)]
        found.append(np.where(np.isnan(values), np.nanmean(values) if values.size else 0.0, values))
    return found


def _places(box: Box, matrix: Matrix, columns: int, rows: int) -> tuple[Samples, Samples]:
    """Where samples are taken: as close as those of the picture, and not at the rim of the box."""
    width, height = (max(abs(matrix[i]), abs(matrix[i + 2]), 1e-6) for i in (0, 1))
    across = int(min(FINEST, max(8, (box[2] - box[0]) / width * max(columns, rows))))
    down = int(min(FINEST, max(8, (box[3] - box[1]) / height * max(columns, rows))))
    dx, dy = 0.03 * (box[2] - box[0]), 0.06 * (box[3] - box[1])
    return np.linspace(box[0] + dx, box[2] - dx, across), np.linspace(box[1] + dy, box[3] - dy, down)


def _planes(item: Any) -> Iterator[Bytes]:
    """The colours of a picture without its mask, each a plane, and the bytes that they are made from."""
    raw = pdfium_c.FPDFImageObj_GetBitmap(item)
    if raw:
        # As it lies there, freed with the last that looks at it: a copy of a large scan takes gigabytes.
        picture = np.atleast_3d(pdfium.PdfBitmap.from_raw(raw).to_numpy())
        for band in range(picture.shape[2]):
            yield picture[:, :, band]
    yield from _packed(item)


def _packed(item: Any) -> Iterator[Bytes]:
    """The bytes of the rows of a picture as they are before decoding to colours: those may all be the same."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not pdfium_c.FPDFImageObj_GetImagePixelSize(item, ctypes.byref(width), ctypes.byref(height)) or not height.value:
        return
    size = pdfium_c.FPDFImageObj_GetImageDataDecoded(item, None, 0)
    row = size // height.value
    if row < 2 or size % height.value:
        return
    buffer = (ctypes.c_ubyte * size)()
    pdfium_c.FPDFImageObj_GetImageDataDecoded(item, buffer, size)
    values = np.frombuffer(buffer, np.uint8).reshape(height.value, row)
    step = row // width.value if width.value and row % width.value == 0 else 1
    for part in range(step if step <= 8 else 1):
        yield values[:, part::step]
