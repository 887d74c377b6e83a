"""Takes in a PDF: one normalised file for reviewer and redactor, its attachments as items, pages that need OCR."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2

from redaction.errors import UnusableInput
from redaction.pdf.normalise import NormaliseReport, normalise
from redaction.pdf.report import listed
from woo.gather.dates import from_file_name, from_pdf
from woo.gather.items import Converted, DateSource, SourceItem, ToDo, Unusable

SOURCE = "source.pdf"
"""Name in the work folder of a PDF as it was received."""
_TAIL = 4096
_FEW = 60  # characters: a stamp or page number over a scan, not a text layer


@dataclass(frozen=True)
class ScanJob:
    """A converted document whose `pages` (from 0) hold a picture of text and no text."""

    converted: Converted
    pages: tuple[int, ...]


def convert_pdf(item: SourceItem, folder: Path) -> Converted | ScanJob | Unusable:
    """The PDF, normalised, in `folder`; a job for the text reader when pages have no text."""
    source, target = item.as_file(folder, SOURCE), folder / "document.pdf"
    day, day_source = document_date(source, item.name)
    try:
        report = normalise(source, target)
    except UnusableInput as error:
        return Unusable.because(error.reason)
    if report.repaired and is_cut_off(item):
        return Unusable.because("broken", "Dit PDF-bestand is afgekapt: het einde ontbreekt. Het origineel is bewaard. "
                                "Vraag de aanleveraar om het hele bestand.")
    converted = Converted(
        target, "pdf", stem(item.name), report.pages, date=day, date_source=day_source, notes=_notes(report),
        children=tuple(item.child(attachment.name, attachment.data) for attachment in report.attachments),
        todo=_todo(report),
    )
    scanned = pages_without_text(target)
    return ScanJob(converted, scanned) if scanned else converted


def document_date(source: Path, name: str) -> tuple[date | None, DateSource | None]:
    """The day from the PDF's properties (last change, else creation), else from the file name."""
    try:
        with pikepdf.open(source) as pdf:
            values = [str(pdf.docinfo.get(key, "")) for key in ("/ModDate", "/CreationDate")]
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, OSError):
        values = []
    for value in values:
        if day := from_pdf(value):
            return day, "properties"
    day = from_file_name(name)
    return day, "file_name" if day else None


def is_cut_off(item: SourceItem) -> bool:
    """Whether the end of the file is missing, so that pages may be lost though the rest can be repaired."""
    with item.open() as stream:
        stream.seek(max(0, item.size - _TAIL))
        return b"%%EOF" not in stream.read()


def pages_without_text(pdf: Path) -> tuple[int, ...]:
    """Pages (from 0) that show a picture, or drawn letters, and hold no text to speak of."""
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(number for number, page in enumerate(document) if _needs_text(page))


def stem(name: str) -> str:
    """The file name without its extension, as a title; ".PDF" stays what it is."""
    head, dot, tail = name.rpartition(".")
    return head if dot and head and tail.isalnum() and len(tail) <= 5 else name


def _needs_text(page: pypdfium2.PdfPage) -> bool:
    """Few characters and a large picture, or no character at all and something drawn."""
    characters = page.get_textpage().count_chars()
    if characters >= _FEW:
        return False
    width, height = page.get_size()
    pictures = drawn = 0.0
    for thing in page.get_objects(max_depth=4):
        left, bottom, right, top = thing.get_bounds()
        drawn += 1
        if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE:
            pictures = max(pictures, (right - left) * (top - bottom))
    return bool(pictures > width * height / 2 if characters else pictures > 0 or drawn > 20)


def _todo(report: NormaliseReport) -> tuple[ToDo, ...]:
    """What a person must look at: pages that nobody can see."""
    if not report.unreadable:
        return ()
    pages = ", ".join(str(index + 1) for index in report.unreadable)
    return (ToDo("not_read", f"Pagina {pages} is beschadigd en kan niet worden getoond. De andere pagina's en het "
                 "origineel zijn bewaard. Vraag de aanleveraar om een goed exemplaar."),)  # fmt: skip


def _notes(report: NormaliseReport) -> tuple[str, ...]:
    """What the reviewer should know."""
    notes = []
    if report.repaired:
        notes.append("Dit PDF-bestand was beschadigd en is hersteld. Controleer of alles er is.")
    if report.attachments:
        notes.append(f"In dit PDF-bestand zaten {len(report.attachments)} bijlage(n); ze staan apart in het dossier.")
    lost: dict[str, set[int]] = {}
    for item in report.dropped:
        if item.kind not in ("attachment", "metadata"):  # told above; and every file says who made it
            lost.setdefault(item.why, set()).update({item.page} - {None})  # type: ignore[arg-type]
    notes += [f"{why} (pagina {listed(sorted(pages))})" if pages else why for why, pages in lost.items()]
    return tuple(notes)
