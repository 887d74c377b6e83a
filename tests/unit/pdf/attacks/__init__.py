"""PDF files that each hide one secret in one place, and the plan that should remove it, by row of the checklist."""
from __future__ import annotations

from tests.unit.pdf.attacks import around, drawing, files, names, notes, pictures, programs, surplus, tags, text
from tests.unit.pdf.attacks.notes import annotated
from tests.unit.pdf.attacks.page import (
    BESIDE,
    BOX,
    BYTES,
    CONTENT,
    ELSEWHERE,
    KEPT,
    PLAN,
    PLANS,
    ROWS,
    SECRET,
    SHOWN,
    boxes_on_every_page,
    document,
    form,
    helvetica,
    plain,
    saved,
)
from tests.unit.pdf.attacks.tags import tagged

__all__ = [
    "BESIDE",
    "BOX",
    "BYTES",
    "CONTENT",
    "ELSEWHERE",
    "KEPT",
    "PLAN",
    "PLANS",
    "ROWS",
    "SECRET",
    "SHOWN",
    "annotated",
    "around",
    "boxes_on_every_page",
    "document",
    "drawing",
    "files",
    "form",
    "helvetica",
    "names",
    "notes",
    "pictures",
    "plain",
    "programs",
    "saved",
    "surplus",
    "tagged",
    "tags",
    "text",
]
