"""The visible box of a page, and its inherited attributes."""
from __future__ import annotations

import pikepdf
from pikepdf import Dictionary

from redaction.pdf.fonts import number
from redaction.pdf.geometry import Box, normal

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
DEEPEST = 50


def crop_box(page: pikepdf.Page) -> Box:
    """Visible box of a page with its own attributes, as viewers take it."""
    media = _box(page.obj.get("/MediaBox"), (0.0, 0.0, 612.0, 792.0))
    crop = _box(page.obj.get("/CropBox"), media)
    seen = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return seen if seen[2] - seen[0] >= 1 and seen[3] - seen[1] >= 1 else media


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


def _box(value: object, default: Box) -> Box:
    if isinstance(value, pikepdf.Array) and len(value) >= 4:
        box = normal([number(v) for v in value])
        if box[2] - box[0] >= 1 and box[3] - box[1] >= 1:
            return box
    return default
