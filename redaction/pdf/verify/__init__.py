"""Verification in a process of its own: what redacted a file never decides whether it is safe."""
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from redaction.errors import UnusableInput
from redaction.pdf.plan import Plan
from redaction.pdf.report import Finding, Report, sha256_of

MEGABYTES = 6000
BASE_SECONDS = 120
SECONDS_PER_MEGABYTE = 60


def verify(original: Path, redacted: Path, plan: Plan) -> Report:
    """Check a redacted file against its original and the plan, by whatever program it was made.

    Never raises for a bad file: what cannot be checked is a finding.
    """
    size = original.stat().st_size + redacted.stat().st_size
    job = {"kind": "verify", "original": str(original), "redacted": str(redacted), "plan": plan.to_json()}
    return _run(job, size, Report(plan_sha256=plan.sha256(), redacted_sha256=sha256_of(redacted)))


def inspect(redacted: Path) -> Report:
    """Look for bad redaction in a file without its original; raises UnusableInput when it is missing."""
    if not redacted.is_file():
        raise UnusableInput("broken")
    job = {"kind": "inspect", "redacted": str(redacted)}
    return _run(job, redacted.stat().st_size, Report(redacted_sha256=sha256_of(redacted)))


def _run(job: dict[str, Any], size: int, empty: Report) -> Report:
    seconds = BASE_SECONDS + SECONDS_PER_MEGABYTE * (size >> 20)
    job |= {"cpu_seconds": seconds, "megabytes": MEGABYTES}
    root = str(Path(__file__).resolve().parents[3])
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {root!r}); import runpy; "
               "runpy.run_module('redaction.pdf.verify.worker', run_name='__main__')"]  # fmt: skip
    try:
        done = subprocess.run(
            command, input=json.dumps(job).encode(), capture_output=True, timeout=2 * seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return empty.with_findings((Finding(None, "limits", "De controle duurde te lang en is afgebroken."),))
    try:
        if done.returncode == 0:
            return Report.from_json(json.loads(done.stdout))
    except (ValueError, KeyError):
        pass
    return empty.with_findings((Finding(None, "limits", "De controle is afgebroken: te veel geheugen of tijd nodig."),))


__all__ = ["inspect", "verify"]
