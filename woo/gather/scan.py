"""Gives pages that are only a picture an invisible text layer, by OCRmyPDF and Tesseract in a process of their own."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from woo.gather.items import Converted, ToDo
from woo.gather.pdffile import ScanJob, pages_without_text
from woo.gather.sandbox import MB, Exceeded, Limits, run_function, run_program
from woo.gather.tools import LANGUAGES, has_ocr

NOT_INSTALLED = "geen tekst: OCR is niet geïnstalleerd"
_SECONDS = 120
_SECONDS_EACH = 60
_LONGEST = 4 * 3600


def read_scan(job: ScanJob, folder: Path) -> Converted:
    """The document with a text layer on the pages that lack one.

    Other pages stay as they are. What could not be read becomes a to-do; the document itself is never lost.
    """
    if not has_ocr():
        return _with_todo(job.converted, "Deze scan heeft geen tekst, want de tekstherkenning (OCR) is niet "
                          "geïnstalleerd. Persoonsgegevens worden hier niet gevonden. Laat OCR installeren, of lak "
                          "deze pagina's met de hand.", NOT_INSTALLED)
    target = folder / "read.pdf"
    if not _recognise(job, target, folder):
        return _with_todo(job.converted, "De tekstherkenning (OCR) van deze scan is mislukt. Het document is bewaard. "
                          "Persoonsgegevens worden hier niet gevonden. Lak deze pagina's met de hand.",
                          "geen tekst: OCR is mislukt")
    converted = dataclasses.replace(
        job.converted, pdf=target,
        notes=(*job.converted.notes, f"{len(job.pages)} pagina('s) zijn met OCR gelezen; daar zitten leesfouten in."))
    left = set(run_function(pages_without_text, target, limits=Limits())) & set(job.pages)
    if left:
        return _with_todo(converted, f"Op {len(left)} pagina('s) vond de tekstherkenning (OCR) geen tekst. Bekijk of "
                          "daar iets staat, en lak het zo nodig met de hand.", "")
    return converted


def _recognise(job: ScanJob, target: Path, folder: Path) -> bool:
    """Run OCRmyPDF; whether it wrote the file."""
    command = [sys.executable, "-m", "ocrmypdf", "--mode", "redo", "--pages",
               ",".join(str(page + 1) for page in job.pages), "--language", "+".join(LANGUAGES), "--output-type", "pdf",
               "--optimize", "0", "--jobs", "1", "--rasterizer", "pypdfium", "--tesseract-timeout", str(_SECONDS_EACH),
               "--invalidate-digital-signatures", "--quiet", str(job.converted.pdf.resolve()), str(target.resolve())]
    seconds = min(_SECONDS + _SECONDS_EACH * len(job.pages), _LONGEST)
    try:
        finished = run_program(command, limits=Limits(seconds=seconds, memory=6144 * MB), cwd=folder,
                               env={"OMP_THREAD_LIMIT": "1"})
    except (Exceeded, OSError):
        return False
    return finished.code in (0, 4, 10) and target.exists()


def _with_todo(converted: Converted, message: str, note: str) -> Converted:
    """The document with one more to-do."""
    notes = (*converted.notes, note) if note else converted.notes
    return dataclasses.replace(converted, notes=notes, todo=(*converted.todo, ToDo("no_text", message)))
