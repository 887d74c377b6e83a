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

OK, UNEXPECTED, WRONG_CALL, LEAK, UNUSABLE = 0, 1, 2, 3, 4
Answer = tuple[int, dict[str, Any]]


def redact_command(
    source: Path, plan_file: Path, target: Path, *, password_file: Path | None = None, width_defence: bool = True
) -> Answer:
    """`woo redact IN PLAN OUT`: 0 and a report, 2 for a wrong plan, 3 when not proven, 4 for an unusable source."""
    try:
        plan, password = read_plan(plan_file), _password(password_file)
        report = redact(source, plan, target, width_defence=width_defence, password=password, title=None)
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
        if not original.is_file() or not redacted.is_file():
            raise UnusableInput("broken")
        return _judged(verify(original, redacted, read_plan(plan_file)))
    except UnusableInput as error:
        return UNUSABLE, {"error": str(error), "reason": error.reason}
    except ValueError as error:
        return WRONG_CALL, {"error": str(error)}
    except OSError as error:
        return WRONG_CALL, {"error": f"Een bestand kan niet worden gelezen ({type(error).__name__})."}


def batch_command(
    jobs_file: Path, *, password_file: Path | None = None, width_defence: bool = True
) -> Iterator[Answer]:
    """`woo redact --batch JOBS.jsonl`: an answer for each line as soon as it is done; no line stops the others.

    `password_file` and `width_defence` hold for the lines that do not say otherwise.
    """
    try:
        lines = jobs_file.open("rb")
    except OSError:
        yield WRONG_CALL, {"error": "Het bestand met opdrachten kan niet worden gelezen. Er is niets gelakt."}
        return
    with lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                code, answer = _job(line, password_file, width_defence)
                yield code, {"line": number, "exit": code} | answer


def _job(line: bytes, password_file: Path | None, width_defence: bool) -> Answer:
    try:
        job = json.loads(line)
        source, plan, target = Path(job["in"]), Path(job["plan"]), Path(job["out"])
        defence = {True: True, "on": True, False: False, "off": False}[job.get("width_defence", width_defence)]
    except (ValueError, KeyError, TypeError):
        message = "Deze regel is geen opdracht met 'in', 'plan' en 'out'; 'width_defence' is true of false."
        return WRONG_CALL, {"error": message}
    try:
        code, answer = redact_command(source, plan, target, password_file=password_file, width_defence=defence)
    except Exception as error:  # one bad file never stops the others
        code, answer = UNEXPECTED, {"error": f"Onverwachte fout bij dit bestand ({type(error).__name__})."}
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


def _password(path: Path | None) -> str | None:
    """The password in the file, without its line end; raises ValueError when it is no text."""
    try:
        return path.read_text("utf-8").rstrip("\r\n") if path is not None else None
    except UnicodeDecodeError as error:
        raise ValueError("Het bestand met het wachtwoord is geen tekst (UTF-8).") from error


def _judged(report: Report) -> Answer:
    unopened = any(f.channel == "open" for f in report.findings)
    return (OK if report.proven else UNUSABLE if unopened else LEAK), report.to_json()
