"""Opening files with PDFium. PDFium is not thread-safe: every call into it happens under `LOCK`."""
from __future__ import annotations

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
    """Visible box of a PDFium page in user space: the crop box within the media box, US Letter when there is none."""
    media = normal(page.get_mediabox() or (0, 0, 612, 792))
    crop = normal(page.get_cropbox() or media)
    seen = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if seen[2] - seen[0] < 1 or seen[3] - seen[1] < 1:
        return media if media[2] - media[0] >= 1 and media[3] - media[1] >= 1 else (0.0, 0.0, 612.0, 792.0)
    return seen
