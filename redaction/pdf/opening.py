"""Opening a hostile or damaged PDF with qpdf, by way of PDFium where qpdf gives up."""
from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from redaction.errors import UnusableInput
from redaction.pdf.page_boxes import drop_empty_crops
from redaction.pdf.pdfium import LOCK, document_of
from redaction.pdf.titles import title_of

MOST_BYTES = 2_000_000_000
MOST_PAGES = 50_000
TRAILER = {"/Root", "/Size", "/Info", "/ID", "/Encrypt"}

logging.getLogger("pikepdf").setLevel(logging.ERROR)  # qpdf warns about every repaired object


@dataclass
class Opened:
    """An open document; `repaired` says that the file was damaged, `encrypted` that it was locked."""

    pdf: pikepdf.Pdf
    repaired: bool = False
    encrypted: bool = False
    title: str = ""
    """What the file says that it is called: it may tell what must go."""


def open_pdf(path: Path, password: str | None = None) -> Opened:
    """The document, decrypted; raises UnusableInput when it needs a password, is broken, empty or too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnusableInput("too_large")
    except OSError as error:
        raise UnusableInput("broken") from error
    try:
        opened = _by_qpdf(path, password)
    except pikepdf.PasswordError as error:
        raise UnusableInput("password") from error
    except (pikepdf.PdfError, RuntimeError, ValueError, OSError, RecursionError):
        opened = _by_pdfium(path, password)
    opened.title = title_of(opened.pdf)
    _clean_trailer(opened.pdf)
    pages = len(opened.pdf.pages)
    if pages == 0:
        raise UnusableInput("empty")
    if pages > MOST_PAGES:
        raise UnusableInput("too_large")
    opened.repaired |= drop_empty_crops(opened.pdf)
    return opened


def _clean_trailer(pdf: pikepdf.Pdf) -> None:
    """Leave only what a trailer needs: a damaged one can make the file that is written unreadable."""
    for key in [k for k in pdf.trailer.keys() if k not in TRAILER]:  # noqa: SIM118  a pikepdf object is no dict
        del pdf.trailer[key]
    if "/Size" not in pdf.trailer:
        pdf.trailer["/Size"] = len(pdf.objects) + 1


def _by_qpdf(path: Path, password: str | None) -> Opened:
    pdf = pikepdf.open(path, password=password or "")
    if not len(pdf.pages):
        raise pikepdf.PdfError("no pages")
    for page in pdf.pages:
        if not isinstance(page.obj, pikepdf.Dictionary):
            raise pikepdf.PdfError("page is no dictionary")
    repaired = bool(pdf.get_warnings())
    if repaired and "/Root" not in pdf.trailer:
        raise pikepdf.PdfError("no catalog")
    return Opened(pdf, repaired, bool(pdf.is_encrypted))


def _by_pdfium(path: Path, password: str | None) -> Opened:
    buffer = io.BytesIO()
    with document_of(path, password) as document, LOCK:
        document.save(buffer)
    try:
        pdf = pikepdf.open(buffer)
        len(pdf.pages)
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise UnusableInput("broken") from error
    return Opened(pdf, repaired=True)
