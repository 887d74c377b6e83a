"""Read, redact and verify PDF files. Usable as a library on its own: it knows no law, no database and no web.

    normalise(source, normal)                                    # once, before review: what is seen is all there is
    page = next(read_pages(normal))                              # words with boxes
    plan = Plan((Item(0, (page.words[4].box,), "5.1.2e"),))
    report = redact(normal, plan, target)                        # written only when it is proven

Pages count from 0. Boxes are (x0, y0, x1, y1) in points (1/72 inch, UserUnit not applied) of PDF user space: origin at
the bottom left of the page's own co-ordinates, y upwards, page rotation not applied. `page_to_view` and `view_to_page`
go to and from the rotated page as a reader sees it. Angles are degrees clockwise, resolutions dots per inch, times
seconds. What cannot be used raises UnusableInput, what may leak NotProven; neither leaves a file behind.
"""
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
