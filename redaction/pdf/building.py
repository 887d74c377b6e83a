"""Builds the redacted document in a process of its own: a file made to exhaust its reader costs one refusal."""
from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from redaction.apart import Exceeded
from redaction.errors import RedactionError, UnusableInput
from redaction.pdf.builder import Builder, Built
from redaction.pdf.origin import ORIGIN, limits
from redaction.pdf.plan import Plan

BASE_SECONDS = 180
SECONDS_PER_MEGABYTE = 60


def build_apart(
    source: Path,
    plan: Plan,
    work: Path,
    target: Path,
    *,
    width_defence: bool,
    password: str | None,
    images: dict[int, str],
    title: str | None,
) -> tuple[Path, Built]:
    """Write the redacted document to `target`; the document that the plan is about, and what was done.

    Raises UnusableInput when the source cannot be used or asks too much time or memory, ValueError when the plan does
    not fit it, and RedactionError when the builder itself failed.
    """
    seconds = BASE_SECONDS + SECONDS_PER_MEGABYTE * (source.stat().st_size >> 20)
    make = partial(
        Builder, source.absolute(), plan, work, width_defence=width_defence, password=password, images=images
    )
    try:
        return ORIGIN.run(_build, make, target, title, limits=limits(seconds))
    except Exceeded:
        raise UnusableInput("too_large") from None
    except (UnusableInput, ValueError):
        raise
    except Exception as error:
        raise RedactionError(f"Het lakken is mislukt ({type(error).__name__}). Er is geen bestand gemaakt.") from None


def _build(make: Callable[[], Builder], target: Path, title: str | None) -> tuple[Path, Built]:
    """In the copy: write the document."""
    builder = make()
    try:
        return builder.base, builder.build(target, title)
    finally:
        builder.close()
