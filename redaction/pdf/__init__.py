"""Read, redact and verify PDF files. Usable as a library on its own: it knows no law, no database and no web."""
from __future__ import annotations

from redaction.errors import NotProven, RedactionError, UnusableInput
from redaction.pdf.flatten import Attachment, Dropped
from redaction.pdf.geometry import Box
from redaction.pdf.normalise import NormaliseReport, normalise
from redaction.pdf.pages import PageText, Word, read_pages
from redaction.pdf.plan import Item, Plan
from redaction.pdf.redact import redact
from redaction.pdf.render import PdfRenderer, page_to_view, render_page, view_to_page
from redaction.pdf.report import Finding, Report, sha256_of
from redaction.pdf.verification import inspect, verify

__all__ = [
    "Attachment",
    "Box",
    "Dropped",
    "Finding",
    "Item",
    "NormaliseReport",
    "NotProven",
    "PageText",
    "PdfRenderer",
    "Plan",
    "RedactionError",
    "Report",
    "UnusableInput",
    "Word",
    "inspect",
    "normalise",
    "page_to_view",
    "read_pages",
    "redact",
    "render_page",
    "sha256_of",
    "verify",
    "view_to_page",
]
