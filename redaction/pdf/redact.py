"""Redact a PDF and prove it: the result is written only when an independent check finds nothing."""
from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from redaction.errors import NotProven, UnusableInput
from redaction.pdf.building import build_apart
from redaction.pdf.cleaning import TITLE
from redaction.pdf.plan import Plan
from redaction.pdf.report import Finding, Report, sha256_of
from redaction.pdf.verification import verify

ROUNDS = 3
"""Attempts at most: content, then with the failing pages as images, then with what failed now, or with all pages."""
UNCUT = "Een lettertype bevat nog letters die zijn weggelakt."
MOST_WHOLE = 50
"""A document of at most this many pages becomes images whole when something outside its pages cannot be proven."""


def redact(
    source: Path,
    plan: Plan,
    target: Path,
    *,
    width_defence: bool = True,
    password: str | None = None,
    title: str | None = TITLE,
) -> Report:
    """Write to `target` what may be published of `source` by `plan`; the report proves it.

    Raises UnusableInput when the source cannot be used and NotProven when the result may leak; `target` is then not
    written. A page that cannot be rewritten, or fails the check, becomes an image with invisible text.
    With None as `title` the file keeps its own, when that holds nothing of the plan; the notes of the report say which.
    """
    start = time.perf_counter()
    original_hash = _hash(source)
    with tempfile.TemporaryDirectory(prefix="lak-") as folder:
        work = Path(folder)
        report = _attempts(source, plan, work, width_defence=width_defence, password=password, title=title)
        if not report.proven:
            raise NotProven(report.findings)
        made = work / "out.pdf"
        if sha256_of(made) != report.redacted_sha256:
            raise NotProven((Finding(None, "hash", "Het bestand is na de controle veranderd."),))
        _publish(made, target)
    return replace(report, seconds=time.perf_counter() - start, original_sha256=original_hash)


def _attempts(
    source: Path, plan: Plan, work: Path, *, width_defence: bool, password: str | None, title: str | None
) -> Report:
    images: dict[int, str] = {}
    made = work / "out.pdf"
    report = Report()
    for attempt in range(ROUNDS):
        base, built = build_apart(
            source, plan, work, made, width_defence=width_defence, password=password, images=images, title=title
        )
        checked = verify(base, made, plan)
        report = replace(
            checked,
            findings=checked.findings + tuple(Finding(p, "fonts", UNCUT) for p in sorted(built.uncut)),
            pages=built.pages,
            boxes=sum(len(i.boxes) for i in plan.items),
            removed_characters=built.removed,
            engines=built.engines,
            reasons=built.reasons,
            notes=tuple(built.notes),
        )
        pages = _to_image(report, plan, attempt) - set(images)
        if report.proven or not pages:
            break
        images |= {page: _reason(report, page) for page in sorted(pages)}
    return report


def _to_image(report: Report, plan: Plan, attempt: int) -> set[int]:
    """Pages to make an image of in the next attempt: those with findings, and more when no page is to blame."""
    failing = {f.page for f in report.findings if f.page is not None}
    if all(f.page is not None for f in report.findings) or (failing and attempt == 0):
        return failing
    return set(range(report.pages)) if report.pages <= MOST_WHOLE else failing | set(plan.pages())


def _reason(report: Report, page: int) -> str:
    """Why a page becomes an image: what the check found on it, or in the file where no page is to blame."""
    here = [f for f in report.findings if f.page == page]
    told = dict.fromkeys(f.message.rstrip(".") for f in here or report.findings)
    return f"de controle vond nog iets {'op deze pagina' if here else 'in het bestand'}: {'; '.join(told)}"


def _hash(source: Path) -> str:
    try:
        return sha256_of(source)
    except OSError as error:
        raise UnusableInput("broken") from error


def _publish(made: Path, target: Path) -> None:
    """Move the file into place in one step, so that nobody ever sees half of it."""
    beside = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        shutil.copyfile(made, beside)
        os.replace(beside, target)  # noqa: PTH105  replaces an existing file in one step
    finally:
        beside.unlink(missing_ok=True)


__all__ = ["redact"]
