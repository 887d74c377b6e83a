"""Runs every check on a redacted file, in the order of the leak-channel checklist; a check that fails is a finding."""
from __future__ import annotations

import platform
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pikepdf

from redaction.apart import Exceeded, begun
from redaction.errors import UnusableInput
from redaction.pdf.geometry import Box
from redaction.pdf.pdfium import document_of
from redaction.pdf.plan import Plan
from redaction.pdf.report import Finding, Report, now, sha256_of
from redaction.pdf.verification.evidence import Evidence, PageEvidence, gather
from redaction.pdf.verification.fonts import check_fonts, check_outlines
from redaction.pdf.verification.letters import (
    check_everywhere,
    check_reading,
    check_survival,
    leaking,
    letters_of,
    still_leaks,
    still_too_many,
    too_many,
)
from redaction.pdf.verification.objects import check_objects
from redaction.pdf.verification.ocr import check_ocr, languages
from redaction.pdf.verification.pixels import blackened, check_others, check_pixels, unseen
from redaction.pdf.verification.programs import check_programs
from redaction.pdf.verification.raw import check_raw
from redaction.pdf.verification.routes import Reading, by_pdfminer, by_poppler, by_pypdf, poppler_version

FAILED = "Deze controle is mislukt"
"""How the finding of a check that went wrong begins."""
REASONS: dict[type[Exception], str] = {
    pikepdf.PdfError: "het bestand is beschadigd",
    MemoryError: "te veel geheugen nodig",
    RecursionError: "het bestand is te diep genest",
    subprocess.TimeoutExpired: "te veel tijd nodig",
    Exceeded: "het proces is afgebroken",
    subprocess.CalledProcessError: "een ander programma kon het bestand niet lezen",
}
"""Why checks go wrong, for who reads the report; of other errors the name is told."""
OBJECT_CHANNELS = (
    "strings", "structure", "annotations", "outline", "forms", "links", "metadata", "attachments", "scripts", "layers",
    "thumbnails", "application data", "signatures", "redact proposals",
)  # fmt: skip
EARLY, LATE = "pypdf", "pdfminer"
"""The routes that take longest: one reads while the evidence is gathered, the other during all checks."""
WORTH_A_FORK = 4
"""Pages with boxes from which a second process saves time."""
UNSEEN = "Een tekst die weg moest, staat nog onzichtbaar op deze pagina."
READABLE = "Een woord onder een zwart vak is nog als tekst te lezen."
UNDER_BOX = "Er staan nog letters onder een zwart vak."
LIBRARIES = ("pikepdf", "pypdfium2", "pdfminer.six", "pypdf", "fonttools")


@dataclass
class Ledger:
    """Channels checked so far and what they found."""

    channels: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def check(self, channels: Iterable[str], work: Callable[[], list[Finding]]) -> None:
        """Do one check; an error in it counts as a finding, for what was not checked is not proven."""
        names = list(channels)
        try:
            found = work()
        except Exception as error:  # fail closed, whatever went wrong
            why = next((text for kind, text in REASONS.items() if isinstance(error, kind)), type(error).__name__)
            found = [Finding(None, names[0], f"{FAILED} ({why}).")]
        for name in names:
            self.channels.setdefault(name, "ok")
        for finding in found:
            self.channels[finding.channel] = "finding"
        self.findings += found


def run_checks(
    original: Path, redacted: Path, plan: Plan, *, forks: bool = False, ledger: Ledger | None = None
) -> Report:
    """All checks of the redacted file against the original and the plan, noted in an empty ledger.

    With `forks` by more processes, which saves time and costs memory.
    """
    start, began = time.perf_counter(), now()
    ledger = ledger or Ledger()
    apart = forks and len(plan.pages()) >= WORTH_A_FORK
    try:
        with document_of(original), document_of(redacted) as document:
            wanted = set(range(len(document))) if plan.gone_everywhere else set(plan.pages())
        early = cache(begun(lambda: list(by_pypdf(redacted, wanted)))) if apart else None
        evidence = gather(original, redacted, plan)
    except UnusableInput:
        finding = Finding(None, "open", "Het gelakte bestand of het origineel kan niet worden geopend.")
        return Report(channels={"open": "finding"}, findings=(finding,), plan_sha256=plan.sha256())
    ledger.channels["open"] = "ok"
    ledger.check(["pages"], lambda: _check_pages(original, evidence, plan))
    routes = _routes(original, redacted, evidence, wanted, early)
    late = begun(routes[LATE]) if apart else routes[LATE]
    for route, work in routes.items():
        if route not in (EARLY, LATE):
            ledger.check([f"text:{route}"], work)
    if "poppler" not in routes:
        ledger.channels["text:poppler"] = "skipped: pdftotext is niet geïnstalleerd"
    ledger.check(["unseen text"], lambda: _check_unseen(evidence))
    ledger.check(["survival"], lambda: _check_survival(original, redacted, evidence))
    ledger.check(["pixels"], lambda: _check_pixels(original, redacted, evidence))
    if languages() is None:
        ledger.channels["ocr"] = "skipped: Tesseract is niet geïnstalleerd"
    else:
        ledger.check(["ocr"], lambda: _check_ocr(redacted, evidence))
    ledger.check(OBJECT_CHANNELS, lambda: check_objects(redacted, evidence.hidden))
    ledger.check(["raw", "revisions"], lambda: check_raw(redacted, evidence.hidden, evidence.readable))
    ledger.check(["fonts"], lambda: _check_fonts(original, redacted, evidence))
    ledger.check([f"text:{EARLY}"], routes[EARLY])
    ledger.check([f"text:{LATE}"], late)
    return Report(
        pages=evidence.page_count,
        boxes=sum(len(i.boxes) for i in plan.items),
        removed_characters=sum(len(p.under) for p in evidence.pages),
        channels=ledger.channels,
        findings=tuple(dict.fromkeys(ledger.findings)),
        seconds=time.perf_counter() - start,
        versions=versions(),
        original_sha256=sha256_of(original),
        redacted_sha256=sha256_of(redacted),
        plan_sha256=plan.sha256(),
        checked_at=began,
    )


def versions() -> dict[str, str]:
    """Versions of the tools that checked."""
    poppler = poppler_version()
    return _libraries() | ({"poppler": poppler} if poppler else {})


@cache
def _libraries() -> dict[str, str]:
    return {name: version(name) for name in LIBRARIES} | {"python": platform.python_version()}


def _check_pages(original: Path, evidence: Evidence, plan: Plan) -> list[Finding]:
    with document_of(original) as document:
        count = len(document)
    found = []
    if count != evidence.page_count:
        found.append(Finding(None, "pages", "Het gelakte bestand heeft een ander aantal pagina's dan het origineel."))
    if any(item.page >= count for item in plan.items):
        found.append(Finding(None, "pages", "Het lakplan noemt een pagina die niet bestaat."))
    return found


Readings = Iterable[tuple[int, Reading]]
Reader = Callable[[Path, set[int]], Readings]


def _routes(
    original: Path, redacted: Path, evidence: Evidence, wanted: set[int], early: Callable[[], Readings] | None
) -> dict[str, Callable[[], list[Finding]]]:
    """The check of each route that reads letters; `early` gives what EARLY has read of the redacted file already."""
    crops = {p.index: (p.redacted.crop, p.redacted.rotation) for p in evidence.pages}
    readers: dict[str, Reader] = {
        "pdfium": lambda _, _wanted: ((p.index, letters_of(p)) for p in evidence.pages),
        "pdfminer": by_pdfminer,
        "pypdf": lambda path, pages: early() if early and path == redacted else by_pypdf(path, pages),
    }
    if poppler_version() is not None:
        readers["poppler"] = lambda path, pages: by_poppler(path, {i: crops[i] for i in pages if i in crops})
    works = {name: partial(_route, name, reader) for name, reader in readers.items()}
    return {name: partial(work, original, redacted, evidence, wanted) for name, work in works.items()}


def _route(
    route: str, reader: Reader, original: Path, redacted: Path, evidence: Evidence, wanted: set[int]
) -> list[Finding]:
    """What one route finds; where it sees otherwise than PDFium, the original is read by it too."""
    pages = {p.index: p for p in evidence.pages}
    found: list[Finding] = []
    doubtful: dict[int, set[str]] = {}
    boxes: dict[int, list[Box]] = {}
    readings: dict[int, Reading] = {}
    seen: set[int] = set()
    for index, reading in reader(redacted, wanted):
        seen.add(index)
        found += check_everywhere(index, evidence.gone_everywhere, route, reading.text)
        if index in pages:
            found += check_reading(pages[index], route, reading)
            if words := too_many(pages[index], reading):
                doubtful[index], readings[index] = words, reading
            if leaks := leaking(pages[index], reading):
                boxes[index], readings[index] = leaks, reading
    if readings and route != "pdfium":
        for index, before in reader(original, set(readings)):
            if index in doubtful and not still_too_many(pages[index], before, readings[index], doubtful[index]):
                del doubtful[index]
            if not any(still_leaks(pages[index], b, before, readings[index]) for b in boxes.get(index, [])):
                boxes.pop(index, None)
    found += [Finding(index, f"text:{route}", READABLE) for index in sorted(doubtful)]
    found += [Finding(index, f"text:{route}", UNDER_BOX) for index in sorted(boxes)]
    missing = sorted(set(pages) - seen)
    return found + [Finding(i, f"text:{route}", "Deze controle kon de pagina niet lezen.") for i in missing]


def _check_unseen(evidence: Evidence) -> list[Finding]:
    """Removed words that pages still hold where nobody sees them, also on pages without boxes."""
    return [Finding(i, "unseen text", UNSEEN) for i, text in evidence.unseen.items() if evidence.hidden.within(text)]


def _check_ocr(redacted: Path, evidence: Evidence) -> list[Finding]:
    with document_of(redacted) as after:
        return check_ocr(evidence.pages, after)


def _check_fonts(original: Path, redacted: Path, evidence: Evidence) -> list[Finding]:
    found = check_fonts(redacted, evidence) + check_programs(redacted, evidence.hidden)
    return found + check_outlines(original, redacted, evidence)


def _check_survival(original: Path, redacted: Path, evidence: Evidence) -> list[Finding]:
    with document_of(original) as before, document_of(redacted) as after:
        return [f for page in evidence.pages for f in check_survival(page, partial(_out_of_sight, page, before, after))]


def _out_of_sight(page: PageEvidence, before: Any, after: Any) -> list[str]:
    """Letters outside the boxes that a reader sees to be covered now, and those that nobody saw before."""
    return blackened(page, before, after) + unseen(page, before)


def _check_pixels(original: Path, redacted: Path, evidence: Evidence) -> list[Finding]:
    with document_of(original) as before, document_of(redacted) as after:
        found = [f for page in evidence.pages for f in check_pixels(page, before, after)]
        return found + check_others(evidence.pages, before, after)
