"""Opening files with PDFium. PDFium is not thread-safe: every call into it happens under `LOCK`."""
from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from redaction.errors import UnusableInput
from redaction.pdf.geometry import Box, normal

LOCK = threading.RLock()
PASSWORD_ERROR = int(pdfium_c.FPDF_ERR_PASSWORD)


def open_document(path: Path, password: str | None = None) -> Any:
    """PDFium document of the file, to be closed by the caller; raises UnusableInput."""
    with LOCK:
        try:
            document = pdfium.PdfDocument(str(path), password=password)
        except pdfium.PdfiumError as error:
            code = getattr(error, "err_code", None)
            raise UnusableInput("password" if code == PASSWORD_ERROR else "broken") from error
        except OSError as error:
            raise UnusableInput("broken") from error
        if len(document) == 0:
            document.close()
            raise UnusableInput("empty")
        return document


@contextmanager
def document_of(path: Path, password: str | None = None) -> Iterator[Any]:
    """PDFium document for the length of a with-block; the lock is not held in between."""
    document = open_document(path, password)
    try:
        yield document
    finally:
        with LOCK:
            document.close()


def crop_of(page: Any) -> Box:
    """Visible box of a PDFium page in user space: the crop box within the media box, inherited ones too."""
    rect = pdfium_c.FS_RECTF()
    if pdfium_c.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(rect)):
        box = normal((rect.left, rect.bottom, rect.right, rect.top))
        if box[2] - box[0] >= 1 and box[3] - box[1] >= 1:
            return box
    return (0.0, 0.0, 612.0, 792.0)


def unloadable_pages(document: Any) -> tuple[int, ...]:
    """Pages (from 0) of an open document that PDFium cannot load, so that nobody can see them."""
    found = []
    with LOCK:
        for index in range(len(document)):
            try:
                document[index].close()
            except pdfium.PdfiumError:
                found.append(index)
    return tuple(found)
