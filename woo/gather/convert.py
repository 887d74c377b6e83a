"""From a source item to an outcome: which converter takes it, and what happens when it cannot be taken.

Reading what others made is done in processes of their own; nothing that goes in comes out unnamed.
"""

from __future__ import annotations

import dataclasses
import itertools
import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from woo.gather.archive import unpack
from woo.gather.dates import from_file_name, from_iso
from woo.gather.docx import Inside, Refused, inspect_and_clean
from woo.gather.items import DateSource, Outcome, SourceItem, Unusable
from woo.gather.kinds import is_system_file, mismatch, promised_kind, sniff
from woo.gather.mailpage import convert_mail
from woo.gather.office import office_to_pdf
from woo.gather.pages import TooLong
from woo.gather.pdffile import ScanJob, convert_pdf, pages_without_text, stem
from woo.gather.plain import convert_text
from woo.gather.redacted import with_redaction_check
from woo.gather.remarks import append_sheet, remarks_sheet
from woo.gather.sandbox import Exceeded, Limits, run_function
from woo.gather.scan import read_scan
from woo.gather.tools import has_office
from woo.gather.walk import walk

LIMITS = Limits(seconds=300)
OFFICE_BATCH = 12
_RECOGNISABLE = ("eml", "txt", "pdf", "docx", "xlsx", "pptx", "zip", "odt", "ods", "odp", "image")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class OfficeJob:
    """A Word file that was looked into and cleaned, ready for LibreOffice."""

    item: SourceItem
    source: Path
    inside: Inside
    notes: tuple[str, ...] = ()


_TOO_DEEP = Unusable.because("too_large", "Dit bestand zit te diep in andere bestanden. Het is bewaard maar niet "
                             "gelezen. Pak het zelf uit en lever het opnieuw aan.")
T = TypeVar("T")
Stage = Outcome | ScanJob | OfficeJob


def convert(item: SourceItem, workdir: Path) -> Outcome:
    """Make one PDF of an item, or unpack it, or say why neither can be done. Never raises for what the item holds.

    Files are written below `workdir`, under names that say nothing of the content.
    """
    return next(convert_many([item], workdir))


def convert_office(items: Sequence[SourceItem], workdir: Path) -> tuple[Outcome, ...]:
    """The outcomes of several Word files in their own order, with one start of LibreOffice for each dozen."""
    return tuple(convert_many(items, workdir))


def convert_many(items: Sequence[SourceItem], workdir: Path) -> Iterator[Outcome]:
    """The outcome of each item, in the order of `items`; Word files go through LibreOffice a dozen at a time."""
    for start in range(0, len(items), OFFICE_BATCH):
        stages = [(_first(item, folder), folder) for item, folder in
                  ((item, Path(tempfile.mkdtemp(prefix="item-", dir=workdir))) for item in
                   items[start : start + OFFICE_BATCH])]
        jobs = [stage for stage, _ in stages if isinstance(stage, OfficeJob)]
        made = _office(jobs, workdir)
        for stage, folder in stages:
            done = _finished(stage, made, folder) if isinstance(stage, OfficeJob) else stage
            yield with_redaction_check(read_scan(done, folder) if isinstance(done, ScanJob) else done, folder)


def gather(root: Path, workdir: Path, deepest: int = 10) -> Iterator[tuple[SourceItem, Outcome]]:
    """Everything below `root` with its outcome, parts directly after what they were part of.

    A part that lies more than `deepest` levels down is a to-do: what unpacks for ever must end.
    """
    yield from _gather(walk(root), workdir, deepest)


def _gather(items: Iterable[SourceItem], workdir: Path, deepest: int) -> Iterator[tuple[SourceItem, Outcome]]:
    """Items with their outcomes, and after each its children."""
    source = iter(items)
    while batch := list(itertools.islice(source, OFFICE_BATCH)):
        for item, outcome in zip(batch, convert_many(batch, workdir), strict=True):
            yield item, outcome
            if isinstance(outcome, Unusable):
                continue
            if item.depth < deepest:
                yield from _gather(outcome.children, workdir, deepest)
            else:
                yield from ((child, _TOO_DEEP) for child in outcome.children)


def _first(item: SourceItem, folder: Path) -> Stage:
    """What can be said or done in one look, in a process of its own."""
    if item.refused:
        return item.refused
    stage: Stage = _guarded(first_stage, item, folder)
    return stage


def _guarded(function: Callable[..., T], *args: object) -> T | Unusable:
    """Run a step in the sandbox; whatever goes wrong there is an outcome and a line in the log without content."""
    try:
        return run_function(function, *args, limits=LIMITS)
    except Exceeded as error:
        _LOG.warning("conversion step %s ended: %s", function.__name__, error.what)
        return Unusable.because("broken" if error.what == "crash" else "too_large")
    except ImportError:  # the installation is broken, not the file
        raise
    except Exception as error:
        _LOG.warning("conversion step %s failed: %s", function.__name__, type(error).__name__)
        return Unusable.because("broken", "Dit bestand kan niet worden gelezen. Het origineel is bewaard. "
                                "Vraag de aanleveraar om een ander exemplaar, of maak er zelf een PDF van.")


def first_stage(item: SourceItem, folder: Path) -> Stage:
    """Recognise the item and convert what needs no other program. Runs inside the sandbox."""
    if is_system_file(item):
        return Unusable.because("system_file")
    kind = sniff(item)
    converter = _CONVERTERS.get(kind)
    if converter is None:
        return _unusable(item, kind)
    try:
        stage = converter(item, folder)
    except TooLong:
        return Unusable.because("too_large")
    return _noted(stage, item) if mismatch(item, kind) else stage


def _unusable(item: SourceItem, kind: str) -> Unusable:
    """Why there is no converter for this content."""
    if kind == "empty":
        return Unusable.because("empty")
    if kind == "encrypted":
        return Unusable.because("password")
    # A known extension over content that nothing recognises is a damaged file, not a new kind.
    damaged = kind == "broken-zip" or (kind == "unknown" and promised_kind(item) in _RECOGNISABLE)
    return Unusable.because("broken" if damaged else "unsupported")


def _noted(stage: Stage, item: SourceItem) -> Stage:
    """The same stage with a remark that name and content differ."""
    note = "De naam van dit bestand past niet bij de inhoud. De inhoud is gevolgd."
    if isinstance(stage, ScanJob):
        return dataclasses.replace(stage, converted=dataclasses.replace(
            stage.converted, notes=(*stage.converted.notes, note)))
    return stage if isinstance(stage, Unusable) else dataclasses.replace(stage, notes=(*stage.notes, note))


def _prepare_office(item: SourceItem, folder: Path) -> OfficeJob | Unusable:
    """Look into a Word file and write the copy that LibreOffice may see."""
    source = folder / f"{folder.name}.docx"
    try:
        return OfficeJob(item, source, inspect_and_clean(item, source))
    except Refused as refused:
        return Unusable.because(refused.reason)


def _office(jobs: Sequence[OfficeJob], workdir: Path) -> dict[Path, Path]:
    """PDFs by source; none when LibreOffice is not there."""
    if not jobs or not has_office():
        return {}
    folder = Path(tempfile.mkdtemp(prefix="office-", dir=workdir))
    return office_to_pdf([job.source for job in jobs], folder)


def _finished(job: OfficeJob, made: Mapping[Path, Path], folder: Path) -> Outcome | ScanJob:
    """The outcome of a Word file after LibreOffice had its turn."""
    if job.source in made:
        return _guarded(finish_office, job, made[job.source], folder)
    return Unusable.because("broken" if has_office() else "tool_missing")


def finish_office(job: OfficeJob, made: Path, folder: Path) -> Outcome | ScanJob:
    """Normalise what LibreOffice made, add the page with remarks, and tell the rest. Runs inside the sandbox."""
    stage = convert_pdf(SourceItem(job.item.path, made), folder)
    if isinstance(stage, Unusable):
        return stage
    converted = stage.converted if isinstance(stage, ScanJob) else stage
    sheet = remarks_sheet(job.inside, converted.pdf)
    pages = append_sheet(converted.pdf, sheet, folder) if sheet else converted.pages
    day, source = _office_date(job)
    converted = dataclasses.replace(
        converted, kind="doc", title=stem(job.item.name), pages=pages, date=day, date_source=source,
        notes=(*job.notes, *_office_notes(job.inside, added=sheet is not None)),
        children=tuple(job.item.child(name, data) for name, data in job.inside.children))
    scanned = pages_without_text(converted.pdf)
    return ScanJob(converted, scanned) if scanned else converted


def _office_date(job: OfficeJob) -> tuple[date | None, DateSource | None]:
    """The day of the last change, else of creation, else from the name."""
    day = from_iso(job.inside.modified) or from_iso(job.inside.created)
    if day:
        return day, "properties"
    day = from_file_name(job.item.name)
    return day, "file_name" if day else None


def _office_notes(inside: Inside, *, added: bool) -> tuple[str, ...]:
    """What the reviewer should know about this Word file."""
    notes = []
    if added:
        notes.append("Achteraan staan de opmerkingen, wijzigingen of verborgen teksten uit dit bestand.")
    if inside.outside:
        notes.append(f"{inside.outside} verwijzing(en) naar andere bestanden zijn niet gevolgd.")
    if inside.macros:
        notes.append("Dit bestand bevat macro's. Ze zijn niet uitgevoerd.")
    return tuple(notes)


_CONVERTERS: dict[str, Callable[[SourceItem, Path], Stage]] = {
    "pdf": convert_pdf, "eml": convert_mail, "txt": convert_text, "zip": unpack, "docx": _prepare_office,
}
