"""The process that verifies: reads one job as JSON on standard input and answers with a report. Limits come first."""
from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any


def limit(seconds: int, megabytes: int) -> None:
    """Bound this process in processor time and memory, for the file may be made to exhaust either."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """Do the job; its report as JSON."""
    from redaction.pdf.plan import Plan  # noqa: PLC0415  after the limits
    from redaction.pdf.verify.checks import run_checks  # noqa: PLC0415
    from redaction.pdf.verify.inspection import run_inspection  # noqa: PLC0415

    if job["kind"] == "inspect":
        return run_inspection(Path(job["redacted"])).to_json()
    return run_checks(Path(job["original"]), Path(job["redacted"]), Plan.from_json(job["plan"])).to_json()


def main() -> None:
    """Entry of the process."""
    job = json.load(sys.stdin)
    limit(int(job["cpu_seconds"]), int(job["megabytes"]))
    sys.setrecursionlimit(3000)
    json.dump(answer(job), sys.stdout)


if __name__ == "__main__":
    main()
