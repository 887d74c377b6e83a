"""Looks for bad redaction in a file without its original: text under bars, unseen text, left-over data."""
from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from redaction.errors import UnusableInput
from redaction.pdf.fonts import number
from redaction.pdf.hidden_words import HiddenWords
from redaction.pdf.pages import read_page
from redaction.pdf.pdfium import document_of
from redaction.pdf.report import Finding, Report, listed, now, sha256_of
from redaction.pdf.verification.bars import findings_of, unseen_letters
from redaction.pdf.verification.checks import OBJECT_CHANNELS, Ledger, versions
from redaction.pdf.verification.objects import check_objects
from redaction.pdf.verification.raw import check_raw

PAGE_CHANNELS = ("text under bars", "see-through bars", "unseen text", "off the page")
REDACTION_CHANNELS = {"text under bars", "see-through bars", "unseen text", "highlights", "redact proposals"}
"""What people do when they mean to redact; text off the page is the doing of programs."""
MARKERS = {
    "/Highlight": "/C", "/Underline": "/C", "/StrikeOut": "/C", "/Ink": "/C", "/Line": "/C", "/Square": "/IC",
    "/Polygon": "/IC",
}  # fmt: skip
"""Annotations that people use as a black bar, with the entry that holds the colour."""
LARGEST = 14_400
"""Points of the longest side that a page may have (ISO 32000-1, annex C); on larger ones no letter can be seen."""
THICK = 5.0
"""Points that a pen is wide when it draws a bar; a thinner one signs or points."""
FAINT = 0.5
"""Brightness (of 1) of a marker that is dark enough to be meant as a bar."""


def bad_redaction(report: Report) -> dict[str, tuple[int, ...]]:
    """What in a report of `inspect` says that somebody tried to hide text and failed: message to pages (from 0).

    Metadata, attachments and the like are left out: ordinary files have them too. An earlier version of the file counts
    where there are bars.
    """
    pages: dict[str, set[int]] = {}
    for finding in report.findings:
        if finding.channel in REDACTION_CHANNELS or (finding.channel == "revisions" and report.notes):
            pages.setdefault(finding.message, set()).update({finding.page} - {None})  # type: ignore[arg-type]
    return {message: tuple(sorted(where)) for message, where in pages.items()}


def run_inspection(redacted: Path) -> Report:
    """Everything that can be found without the original."""
    start, began = time.perf_counter(), now()
    ledger = Ledger()
    nothing = HiddenWords((), ())
    bars: set[int] = set()
    try:
        with document_of(redacted) as document:
            count = len(document)
            ledger.channels["open"] = "ok"
            ledger.check(PAGE_CHANNELS, lambda: _pages(document, count, bars))
    except UnusableInput:
        finding = Finding(None, "open", "Het bestand kan niet worden geopend.")
        return Report(channels={"open": "finding"}, findings=(finding,))
    ledger.check((*OBJECT_CHANNELS, "highlights"), lambda: check_objects(redacted, nothing) + _highlights(redacted))
    ledger.check(["revisions"], lambda: check_raw(redacted, nothing))
    return Report(
        pages=count,
        channels=ledger.channels,
        findings=tuple(dict.fromkeys(ledger.findings)),
        notes=(f"Er staan zwarte vakken in de tekst van pagina {listed(sorted(bars))}.",) if bars else (),
        seconds=time.perf_counter() - start,
        versions=versions(),
        redacted_sha256=sha256_of(redacted),
        checked_at=began,
    )


def _pages(document: Any, count: int, bars: set[int]) -> list[Finding]:
    found: list[Finding] = []
    for index in range(count):
        page = read_page(document, index)
        if max(page.width, page.height) > LARGEST:
            found.append(Finding(index, "limits", "De pagina is te groot om te bekijken."))
        else:
            unseen = unseen_letters(document, page)
            found += findings_of(index, unseen)
            if unseen.bars:
                bars.add(index)
    return found


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
                if note.get("/Subtype") in ("/Ink", "/Line") and _pen(note) < THICK:
                    continue
                if isinstance(colour, Array) and len(colour) in (1, 3) and max(number(c) for c in colour) < FAINT:
                    message = "Een donkere markering is geen lak: de tekst staat eronder."
                    found.append(Finding(index, "highlights", message))
    return found


def _pen(note: Dictionary) -> float:
    """Width in points of the line that an annotation draws."""
    style, border = note.get("/BS"), note.get("/Border")
    if isinstance(style, Dictionary) and "/W" in style:
        return number(style["/W"])
    return number(border[2]) if isinstance(border, Array) and len(border) > 2 else 1.0
