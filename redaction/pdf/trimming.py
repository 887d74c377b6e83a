"""Takes out of pages what no reader sees: content of hidden layers, and text off the page."""
from __future__ import annotations

import pikepdf
from pikepdf import Dictionary, Stream

from redaction.pdf.content import NotUnderstood
from redaction.pdf.editor import ContentEditor
from redaction.pdf.layers import Layers
from redaction.pdf.orders import Orders
from redaction.pdf.page_boxes import crop_box, own_attributes


def trim_pages(pdf: pikepdf.Pdf, layers: Layers) -> tuple[list[int], list[int]]:
    """Trim every page. Pages (from 0) that lost text, and pages whose content cannot be read and stayed as it was."""
    editor = ContentEditor(pdf, layers)
    trimmed, unread = [], []
    for index, page in enumerate(pdf.pages):
        own_attributes(page)
        resources = page.obj.get("/Resources")
        if not isinstance(resources, Dictionary):
            resources = Dictionary()
        try:
            outcome = editor.edit_page(page, resources, Orders([], crop_box(page)))
        except (NotUnderstood, pikepdf.PdfError, TypeError, ValueError, RecursionError):
            unread.append(index)
            continue
        page.obj["/Resources"] = outcome.resources
        if outcome.instructions is None:
            continue
        page.obj["/Contents"] = pdf.make_indirect(Stream(pdf, pikepdf.unparse_content_stream(outcome.instructions)))
        if outcome.removed:
            trimmed.append(index)
    return trimmed, unread
