"""The process that builds or verifies: one job a line as JSON on standard input, one answer a line back.

Limits come first. What was built by one process is verified by another: they are kept apart in two sets.
"""
from __future__ import annotations

import gc
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

MEGABYTES = 6000
_OBJECTS_BETWEEN_SWEEPS = 100_000
"""Pages become many small objects without cycles; looking for cycles every 700 of them took a fifth of the time."""


def limit_memory() -> None:
    """Bound this process in memory, for a file may be made to exhaust it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(seconds: int) -> None:
    """Bound the processor time of the job that begins now; past it the system ends this process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, most))


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """Do the job; its report as JSON."""
    from redaction.pdf.plan import Plan  # noqa: PLC0415  after the limits
    from redaction.pdf.verification.checks import run_checks  # noqa: PLC0415
    from redaction.pdf.verification.inspection import run_inspection  # noqa: PLC0415

    if job["kind"] == "build":
        from redaction.pdf.building import build  # noqa: PLC0415

        return build(job)
    if job["kind"] == "inspect":
        return run_inspection(Path(job["redacted"])).to_json()
    plan = Plan.from_json(job["plan"])
    return run_checks(Path(job["original"]), Path(job["redacted"]), plan, forks=True).to_json()


def main() -> None:
    """Entry of the process: answer jobs until the input ends."""
    limit_memory()
    gc.set_threshold(_OBJECTS_BETWEEN_SWEEPS, 20, 20)
    sys.setrecursionlimit(3000)
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints by accident must not look like an answer
    for line in sys.stdin:
        job = json.loads(line)
        limit_time(int(job["cpu_seconds"]))
        channel.write(json.dumps(answer(job)) + "\n")
        channel.flush()


if __name__ == "__main__":
    main()
