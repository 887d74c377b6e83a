"""Looks for bad redaction in a file without its original: text under bars, unseen text, left-over data."""
from __future__ import annotations

import ctypes
import time
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2.raw as pdfium_c
from pikepdf import Array, Dictionary

from redaction.errors import UnusableInput
from redaction.pdf.fonts import number
from redaction.pdf.geometry import Box, box_area, contains, normal
from redaction.pdf.hidden_words import HiddenWords
from redaction.pdf.pages import PageText, read_page
from redaction.pdf.pdfium import LOCK, document_of
from redaction.pdf.report import Finding, Report, sha256_of
from redaction.pdf.verification.checks import OBJECT_CHANNELS, Ledger, versions
from redaction.pdf.verification.objects import check_objects
from redaction.pdf.verification.pixels import DARK, bounds_of, grey, luminance, window
from redaction.pdf.verification.raw import check_raw

DPI = 144
FLAT = 10.0
"""Spread of brightness below which a letter cannot be seen."""
SMALLEST_BAR = (8.0, 4.0)
MARKERS = {
    "/Highlight": "/C", "/Underline": "/C", "/StrikeOut": "/C", "/Ink": "/C", "/Square": "/IC", "/Polygon": "/IC",
}  # fmt: skip
"""Annotations that people use as a black bar, with the entry that holds the colour."""
MOST_HIDDEN = 3
"""Stray unseen letters up to this number are typesetting, not text."""


def run_inspection(redacted: Path) -> Report:
    """Everything that can be found without the original."""
    start = time.perf_counter()
    ledger = Ledger()
    nothing = HiddenWords((), ())
    try:
        with document_of(redacted) as document:
            count = len(document)
            ledger.channels["open"] = "ok"
            ledger.check(["text under bars", "unseen text", "off the page"], lambda: _pages(document, count))
    except UnusableInput:
        finding = Finding(None, "open", "Het bestand kan niet worden geopend.")
        return Report(channels={"open": "finding"}, findings=(finding,))
    ledger.check(["highlights"], lambda: _highlights(redacted))
    ledger.check(OBJECT_CHANNELS, lambda: check_objects(redacted, nothing))
    ledger.check(["revisions"], lambda: check_raw(redacted, nothing))
    return Report(
        pages=count,
        channels=ledger.channels,
        findings=tuple(dict.fromkeys(ledger.findings)),
        seconds=time.perf_counter() - start,
        versions=versions(),
        redacted_sha256=sha256_of(redacted),
    )


def _pages(document: Any, count: int) -> list[Finding]:
    found: list[Finding] = []
    for index in range(count):
        page = read_page(document, index)
        if any(b is not None for b in page.char_boxes):
            found += _page(document, page)
    return found


def _page(document: Any, page: PageText) -> list[Finding]:
    picture = grey(document, page.index, uncover=[], dpi=DPI)
    bars = dark_bars(document, page.index)
    under = unseen = outside = 0
    for character, box in zip(page.text, page.char_boxes, strict=True):
        if box is None or character.isspace() or not character.isprintable():
            continue
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not contains(page.crop, x, y):
            outside += 1
            continue
        rows, columns = window(box, page.crop, picture.shape)
        spot = picture[rows, columns]
        if spot.size and float(np.std(spot)) >= FLAT:
            continue
        if float(np.mean(spot)) < DARK and any(contains(b, x, y) for b in bars):
            under += 1
        elif box_area(box) > 1 and character.isalnum():
            unseen += 1
    found = []
    if under:
        found.append(Finding(page.index, "text under bars", "Onder een zwart vlak staat nog tekst die te kopiëren is."))
    if unseen > MOST_HIDDEN:
        found.append(Finding(page.index, "unseen text", "Er staat tekst op de pagina die niet te zien is."))
    if outside > MOST_HIDDEN:
        found.append(Finding(page.index, "off the page", "Er staat tekst buiten de zichtbare pagina."))
    return found


def dark_bars(document: Any, index: int) -> list[Box]:
    """Dark filled shapes and pictures of some size on a page."""
    bars: list[Box] = []
    with LOCK:
        page = document[index]
        try:
            for position in range(pdfium_c.FPDFPage_CountObjects(page.raw)):
                item = pdfium_c.FPDFPage_GetObject(page.raw, position)
                kind = pdfium_c.FPDFPageObj_GetType(item)
                picture = kind == pdfium_c.FPDF_PAGEOBJ_IMAGE
                if not picture and (kind != pdfium_c.FPDF_PAGEOBJ_PATH or luminance(item) >= DARK):
                    continue
                place = bounds_of(item)
                if place and place[2] - place[0] >= SMALLEST_BAR[0] and place[3] - place[1] >= SMALLEST_BAR[1]:
                    bars.append(place)
            for position in range(pdfium_c.FPDFPage_GetAnnotCount(page.raw)):
                note = pdfium_c.FPDFPage_GetAnnot(page.raw, position)
                rect = pdfium_c.FS_RECTF()
                if pdfium_c.FPDFAnnot_GetRect(note, ctypes.byref(rect)):
                    bars.append(normal((rect.left, rect.bottom, rect.right, rect.top)))
                pdfium_c.FPDFPage_CloseAnnot(note)
        finally:
            page.close()
    return bars


def _highlights(path: Path) -> list[Finding]:
    """Annotations in a dark colour that were meant as a black bar."""
    found = []
    with pikepdf.open(path) as pdf:
        for index, page in enumerate(pdf.pages):
            listed = page.obj.get("/Annots")
            for note in listed if isinstance(listed, Array) else []:
                if not isinstance(note, Dictionary):
                    continue
                colour = note.get(MARKERS.get(str(note.get("/Subtype")), "/None"))
                if isinstance(colour, Array) and len(colour) in (1, 3) and max(number(c) for c in colour) < 0.3:
                    message = "Een donkere markering is geen lak: de tekst staat eronder."
                    found.append(Finding(index, "highlights", message))
    return found
