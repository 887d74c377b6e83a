"""Verification in a process of its own: what redacted a file never decides whether it is safe."""
from __future__ import annotations

from pathlib import Path
from typing import Any

from redaction.errors import UnusableInput
from redaction.pdf.plan import Plan
from redaction.pdf.report import Finding, Report, sha256_of
from redaction.pdf.verification.process import WORKERS, WorkerFailed

BASE_SECONDS = 120
SECONDS_PER_MEGABYTE = 60


def verify(original: Path, redacted: Path, plan: Plan) -> Report:
    """Check a redacted file against its original and the plan, by whatever program it was made.

    Never raises for a bad file: what cannot be checked is a finding. Raises OSError when a file is missing.
    """
    size = original.stat().st_size + redacted.stat().st_size
    job = {
        "kind": "verify",
        "original": str(original.absolute()),
        "redacted": str(redacted.absolute()),
        "plan": plan.to_json(),
    }
    return _ask(job, size, Report(plan_sha256=plan.sha256(), redacted_sha256=sha256_of(redacted)))


def inspect(redacted: Path) -> Report:
    """Look for bad redaction in a file without its original; raises UnusableInput when it is missing."""
    if not redacted.is_file():
        raise UnusableInput("broken")
    job = {"kind": "inspect", "redacted": str(redacted.absolute())}
    return _ask(job, redacted.stat().st_size, Report(redacted_sha256=sha256_of(redacted)))


def _ask(job: dict[str, Any], size: int, empty: Report) -> Report:
    seconds = BASE_SECONDS + SECONDS_PER_MEGABYTE * (size >> 20)
    try:
        return Report.from_json(WORKERS.ask(job | {"cpu_seconds": seconds}, 3.0 * seconds))
    except (WorkerFailed, KeyError, TypeError):
        message = "De controle is afgebroken: te veel geheugen of tijd nodig."
        return empty.with_findings((Finding(None, "limits", message),))


__all__ = ["inspect", "verify"]
