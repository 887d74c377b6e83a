"""`woo termijn`: the last day of many cases at once, from a JSON file or the standard input, with every sum."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from woo.errors import InputRejected
from woo.law.deadlines import Deadline, deadline_of_case
from woo.law.dutch import date_in_words, day_in_words, days_in_words

MAX_BYTES = 50 * 1024 * 1024
EXIT_SOME_FAILED = 3


def run(file: str | Path, json_out: bool) -> int:
    """Answer every case in `file` ("-" is the standard input), in the same order; 3 when one could not be computed.

    Raises InputRejected when the file itself cannot be read as a list of cases.
    """
    answers = [_answer(case) for case in _cases(file)]
    if json_out:
        # A line for each case, ASCII only: an id may hold half a character that no terminal can write.
        sys.stdout.write("[\n" + ",\n".join(json.dumps(_as_json(*answer)) for answer in answers) + "\n]\n")
    else:
        sys.stdout.writelines(_as_text(*answer) for answer in answers)
    return EXIT_SOME_FAILED if any(isinstance(result, InputRejected) for _, result in answers) else 0


def _cases(file: str | Path) -> list[object]:
    raw = _read(file)
    if len(raw) > MAX_BYTES:
        raise InputRejected("Het bestand is te groot. Splits het in bestanden van ten hoogste 50 MB.")
    try:
        cases = json.loads(raw, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise InputRejected("Het bestand is geen geldige JSON. Controleer het bestand.") from None
    if not isinstance(cases, list):
        raise InputRejected("Het bestand moet een lijst van zaken zijn. Controleer het bestand.")
    return cases


def _no_number(name: str) -> object:
    raise ValueError(name)


def _read(file: str | Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(file).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        raise InputRejected("Het bestand kan niet worden gelezen. Controleer de naam en de rechten.") from None


def _answer(case: object) -> tuple[object, Deadline | InputRejected]:
    """The id of a case with its sum, or with why there is none."""
    identity = case.get("id") if isinstance(case, Mapping) else None
    try:
        return identity, deadline_of_case(case)
    except InputRejected as error:
        return identity, error


def _as_json(identity: object, result: Deadline | InputRejected) -> dict[str, object]:
    if isinstance(result, InputRejected):
        return {"id": identity, "error": str(result)}
    return {
        "id": identity,
        "kind": result.kind,
        "deadline": result.deadline.isoformat(),
        "nominal": result.nominal.isoformat(),
        "steps": [
            {
                "date": step.date.isoformat(),
                "days": step.days,
                "article": step.article,
                "text": step.text,
                "interpretation": step.interpretation,
            }
            for step in result.steps
        ],
        "warnings": list(result.warnings),
        "suspended": [[run.first.isoformat(), run.last.isoformat()] for run in result.suspensions],
        "provisional": result.provisional,
        "alternatives": [
            {
                "deadline": other.deadline.isoformat(),
                "nominal": other.nominal.isoformat(),
                "article": other.article,
                "text": other.text,
            }
            for other in result.alternatives
        ],
    }


def _as_text(identity: object, result: Deadline | InputRejected) -> str:
    """The same for a reader: the date first, then the sum, then what to look at."""
    name = json.dumps(identity).strip('"')
    if isinstance(result, InputRejected):
        return f"{name}: {result}\n"
    lines = [f"{name}: {result.kind}: {day_in_words(result.deadline)}"]
    lines += [
        f"  {date_in_words(step.date):>17}  {'+' + days_in_words(step.days) if step.days else '':>9}  {step.text} "
        f"[{step.article}{'; interpretatie' if step.interpretation else ''}]"
        for step in result.steps
    ]
    lines += [f"  Let op: {warning}" for warning in result.warnings]
    lines += [
        f"  Andere lezing: {day_in_words(other.deadline)}. {other.text} [{other.article}]"
        for other in result.alternatives
    ]
    return "\n".join(lines) + "\n"
