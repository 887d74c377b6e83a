"""Verification in a process of its own: what redacted a file never decides whether it is safe."""
from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from redaction.errors import UnusableInput
from redaction.pdf.origin import ORIGIN, limits
from redaction.pdf.plan import Plan
from redaction.pdf.report import Finding, Report, sha256_of

BASE_SECONDS = 120
SECONDS_PER_MEGABYTE = 60


def verify(original: Path, redacted: Path, plan: Plan) -> Report:
    """Check a redacted file against its original and the plan, by whatever program it was made.

    Never raises for a bad file: what cannot be checked is a finding. Raises OSError when a file is missing.
    """
    size = original.stat().st_size + redacted.stat().st_size
    check = partial(_verify, original.absolute(), redacted.absolute(), plan)
    return _ask(check, size, Report(plan_sha256=plan.sha256(), redacted_sha256=sha256_of(redacted)))


def inspect(redacted: Path) -> Report:
    """Look for bad redaction in a file without its original; raises UnusableInput when it is missing."""
    if not redacted.is_file():
        raise UnusableInput("broken")
    check = partial(_inspect, redacted.absolute())
    return _ask(check, redacted.stat().st_size, Report(redacted_sha256=sha256_of(redacted)))


def _ask(check: Callable[[], Report], size: int, empty: Report) -> Report:
    seconds = BASE_SECONDS + SECONDS_PER_MEGABYTE * (size >> 20)
    try:
        return ORIGIN.run(check, limits=limits(seconds))
    except Exception:  # whatever went wrong: what was not checked is not proven
        message = "De controle is afgebroken: te veel geheugen of tijd nodig."
        return empty.with_findings((Finding(None, "limits", message),))


def _verify(original: Path, redacted: Path, plan: Plan) -> Report:
    from redaction.pdf.verification.checks import run_checks  # noqa: PLC0415  only the copy needs the four readers

    return run_checks(original, redacted, plan, forks=True)


def _inspect(redacted: Path) -> Report:
    from redaction.pdf.verification.inspection import run_inspection  # noqa: PLC0415

    return run_inspection(redacted)


__all__ = ["inspect", "verify"]
