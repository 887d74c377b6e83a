"""Pictures of pages by PDFium, and the way from user space to the picture as the reader sees it."""
from __future__ import annotations

import io
from pathlib import Path
from types import TracebackType
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from redaction.errors import UnusableInput
from redaction.pdf.characters import Places
from redaction.pdf.geometry import Box
from redaction.pdf.pages import PageText, read_page, read_page_with_origins
from redaction.pdf.pdfium import LOCK, crop_of, open_document

MOST_PIXELS = 50_000_000
"""A page that would give a larger picture is rendered at a lower resolution."""


class PdfRenderer:
    """One open document that gives pictures and text of its pages; safe to use from several threads."""

    def __init__(self, pdf: Path, *, password: str | None = None) -> None:
        self._document: Any = open_document(pdf, password)

    def __enter__(self) -> PdfRenderer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        with LOCK:
            return len(self._document)

    def close(self) -> None:
        """Give the file back."""
        with LOCK:
            self._document.close()

    def text(self, index: int) -> PageText:
        """Text and boxes of a page (from 0)."""
        return read_page(self._document, index)

    def text_with_origins(self, index: int) -> tuple[PageText, Places]:
        """The same, and for every character that is drawn its origin and box, a row (x, y, x0, y0, x1, y1) each."""
        return read_page_with_origins(self._document, index)

    def image(self, index: int, dpi: float) -> Image.Image:
        """Picture (RGB) of a page (from 0) as the reader sees it: cropped and rotated."""
        with LOCK:
            return _render(self._document, index, dpi, turned=True)

    def upright(self, index: int, dpi: float) -> Image.Image:
        """Picture (RGB) of the crop box before rotation, so that user space maps to it by shift and scale alone."""
        with LOCK:
            return _render(self._document, index, dpi, turned=False)

    def strip(self, index: int, size: tuple[int, int], part: tuple[int, int, int, int], by: float) -> Image.Image:
        """Part (left, top, right, bottom) of the picture of `upright`, which has this size, with all `by` points right.

        So it is drawn at its new place, not copied there: how its letters lie on the pixels tells where it stands.
        """
        with LOCK:
            return _strip(self._document, index, size, part, by)

    def jpeg(self, index: int, dpi: float, quality: int = 80) -> bytes:
        """The picture of `image` as JPEG."""
        buffer = io.BytesIO()
        self.image(index, dpi).save(buffer, "JPEG", quality=quality)
        return buffer.getvalue()


def render_page(pdf: Path, index: int, dpi: float, *, password: str | None = None) -> Image.Image:
    """Picture of one page (from 0) as the reader sees it; use PdfRenderer for more than one."""
    with PdfRenderer(pdf, password=password) as renderer:
        return renderer.image(index, dpi)


def page_to_view(box: Box, page: PageText) -> tuple[float, float, float, float]:
    """(x, y, width, height) in points of a user-space box on the rotated page, origin top-left, y downwards."""
    left, bottom = box[0] - page.crop[0], box[1] - page.crop[1]
    right, top = box[2] - page.crop[0], box[3] - page.crop[1]
    wide, high = right - left, top - bottom
    turn = page.rotation % 360
    if turn == 90:
        return (bottom, left, high, wide)
    if turn == 180:
        return (page.width - right, bottom, wide, high)
    if turn == 270:
        return (page.height - top, page.width - right, high, wide)
    return (left, page.height - top, wide, high)


def view_to_page(view: tuple[float, float, float, float], page: PageText) -> Box:
    """User-space box of a rectangle (x, y, width, height) drawn on the rotated page: the inverse of page_to_view."""
    x, y, wide, high = view
    turn = page.rotation % 360
    if turn == 90:
        left, bottom, right, top = y, x, y + high, x + wide
    elif turn == 180:
        left, bottom, right, top = page.width - x - wide, y, page.width - x, y + high
    elif turn == 270:
        left, bottom, right, top = page.width - y - high, page.height - x - wide, page.width - y, page.height - x
    else:
        left, bottom, right, top = x, page.height - y - high, x + wide, page.height - y
    dx, dy = page.crop[0], page.crop[1]
    return (left + dx, bottom + dy, right + dx, top + dy)


def _render(document: Any, index: int, dpi: float, *, turned: bool) -> Image.Image:
    try:
        page = document[index]
    except Exception as error:
        raise UnusableInput("broken") from error
    try:
        if not turned:
            page.set_rotation(0)
        crop = crop_of(page)
        scale = dpi / 72
        pixels = (crop[2] - crop[0]) * (crop[3] - crop[1]) * scale * scale
        if pixels > MOST_PIXELS:
            scale *= (MOST_PIXELS / pixels) ** 0.5
        bitmap = page.render(scale=scale, rev_byteorder=True)
        try:
            image: Image.Image = bitmap.to_pil().convert("RGB")
            return image
        finally:
            bitmap.close()
    finally:
        page.close()


def _strip(
    document: Any, index: int, size: tuple[int, int], part: tuple[int, int, int, int], by: float
) -> Image.Image:
    left, top, right, bottom = part
    page = document[index]
    try:
        page.set_rotation(0)
        across, down = (pixels / points for pixels, points in zip(size, page.get_size(), strict=True))
        bitmap = pdfium.PdfBitmap.new_native(right - left, bottom - top, pdfium_c.FPDFBitmap_BGR)
        try:
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, right - left, bottom - top)
            matrix = pdfium_c.FS_MATRIX(across, 0, 0, down, by * across - left, -top)
            clip = pdfium_c.FS_RECTF(0, 0, right - left, bottom - top)
            pdfium_c.FPDF_RenderPageBitmapWithMatrix(bitmap.raw, page.raw, matrix, clip, pdfium_c.FPDF_ANNOT)
            picture: Image.Image = bitmap.to_pil().convert("RGB")
            return picture
        finally:
            bitmap.close()
    finally:
        page.close()
