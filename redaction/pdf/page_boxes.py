"""The visible box of a page, and its inherited attributes."""
from __future__ import annotations

import pikepdf
from pikepdf import Dictionary

from redaction.pdf.fonts import number
from redaction.pdf.geometry import Box, intersection, normal

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
DEEPEST = 50
LETTER: Box = (0.0, 0.0, 612.0, 792.0)
"""A page that does not say how large it is."""


def crop_box(page: pikepdf.Page) -> Box:
    """Visible box of a page with its own attributes, as viewers take it."""
    media = _box(page.obj.get("/MediaBox"), LETTER)
    seen = intersection(media, _box(page.obj.get("/CropBox"), media))
    return seen if _has_size(seen) else media


def drop_empty_crops(pdf: pikepdf.Pdf) -> bool:
    """Show the whole of each page whose crop box shares nothing with it: viewers do not agree; whether any was."""
    found = False
    for page in pdf.pages:
        own_attributes(page)
        media = _box(page.obj.get("/MediaBox"), LETTER)
        if not _has_size(intersection(media, _box(page.obj.get("/CropBox"), media))):
            page.obj["/CropBox"] = pikepdf.Array(media)
            found = True
    return found


def own_attributes(page: pikepdf.Page) -> None:
    """Write inherited attributes into the page itself, so that a change is for this page alone."""
    for key in INHERITED:
        node, depth = page.obj, 0
        while isinstance(node, Dictionary) and key not in node and depth < DEEPEST:
            node, depth = node.get("/Parent"), depth + 1
        if isinstance(node, Dictionary) and key in node and node.objgen != page.obj.objgen:
            page.obj[key] = node[key]


def rotation(page: pikepdf.Page) -> int:
    """Clockwise rotation for display: 0, 90, 180 or 270."""
    return int(number(page.obj.get("/Rotate"))) // 90 * 90 % 360


def _has_size(box: Box) -> bool:
    return box[2] - box[0] >= 1 and box[3] - box[1] >= 1


def _box(value: object, default: Box) -> Box:
    if isinstance(value, pikepdf.Array) and len(value) >= 4:
        box = normal([number(v) for v in value])
        if _has_size(box):
            return box
    return default
