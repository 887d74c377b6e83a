"""What the command line does with PDFs: functions that return (exit code, JSON), so that the CLI only wires them."""
from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from redaction.errors import NotProven, UnusableInput
from redaction.pdf.plan import Plan
from redaction.pdf.redact import redact
from redaction.pdf.report import Report
from redaction.pdf.verification import inspect, verify

OK, WRONG_CALL, LEAK, UNUSABLE = 0, 2, 3, 4
Answer = tuple[int, dict[str, Any]]


def redact_command(
    source: Path, plan_file: Path, target: Path, *, password_file: Path | None = None, width_defence: bool = True
) -> Answer:
    """`woo redact IN PLAN OUT`: 0 and a report, 2 for a wrong plan, 3 when not proven, 4 for an unusable source."""
    try:
        plan = read_plan(plan_file)
        password = password_file.read_text("utf-8").rstrip("\r\n") if password_file is not None else None
        report = redact(source, plan, target, width_defence=width_defence, password=password)
    except NotProven as error:
        return LEAK, {"error": str(error), "findings": [f.to_json() for f in error.findings], "proven": False}
    except UnusableInput as error:
        return UNUSABLE, {"error": str(error), "reason": error.reason}
    except ValueError as error:
        return WRONG_CALL, {"error": str(error)}
    except OSError as error:
        return WRONG_CALL, {"error": f"Een bestand kan niet worden gelezen of geschreven ({type(error).__name__})."}
    return OK, report.to_json()


def verify_command(original: Path, redacted: Path | None = None, plan_file: Path | None = None) -> Answer:
    """`woo verify ORIGINAL REDACTED PLAN`, or `woo verify REDACTED` for a look without the original: 0, 3 or 4."""
    try:
        if redacted is None:
            return _judged(inspect(original))
        if plan_file is None:
            return WRONG_CALL, {"error": "Geef ook het lakplan op, of alleen het gelakte bestand."}
        return _judged(verify(original, redacted, read_plan(plan_file)))
    except UnusableInput as error:
        return UNUSABLE, {"error": str(error), "reason": error.reason}
    except ValueError as error:
        return WRONG_CALL, {"error": str(error)}
    except OSError as error:
        return WRONG_CALL, {"error": f"Een bestand kan niet worden gelezen ({type(error).__name__})."}


def batch_command(jobs_file: Path) -> Iterator[Answer]:
    """`woo redact --batch JOBS.jsonl`: an answer for each line as soon as it is done; no line stops the others."""
    with jobs_file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                code, answer = _job(line)
                yield code, {"line": number, "exit": code} | answer


def _job(line: str) -> Answer:
    try:
        job = json.loads(line)
        source, plan, target = Path(job["in"]), Path(job["plan"]), Path(job["out"])
        defence = job.get("width_defence", True)
    except (ValueError, KeyError, TypeError):
        return WRONG_CALL, {"error": "Deze regel is geen opdracht met 'in', 'plan' en 'out'."}
    try:
        code, answer = redact_command(source, plan, target, width_defence=defence not in (False, "off"))
    except Exception as error:  # one bad file never stops the others
        code, answer = UNUSABLE, {"error": f"Onverwachte fout bij dit bestand ({type(error).__name__})."}
    return code, {"in": str(source), "out": str(target)} | answer


def read_plan(path: Path) -> Plan:
    """Plan from a JSON file; raises ValueError with a Dutch sentence."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise ValueError("Het lakplan is geen geldige JSON.") from error
    if not isinstance(data, dict):
        raise ValueError("Het lakplan is geen JSON-object.")
    return Plan.from_json(data)


def _judged(report: Report) -> Answer:
    unopened = any(f.channel == "open" for f in report.findings)
    return (OK if report.proven else UNUSABLE if unopened else LEAK), report.to_json()
