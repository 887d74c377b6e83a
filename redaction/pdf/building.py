"""Builds the redacted document in a process of its own: a file made to exhaust its reader costs one refusal."""
from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from redaction.errors import RedactionError, UnusableInput
from redaction.pdf.builder import Builder, Built
from redaction.pdf.plan import Plan
from redaction.pdf.verification.process import BUILDERS, WorkerFailed

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
    title: str,
) -> tuple[Path, Built]:
    """Write the redacted document to `target`; the document that the plan is about, and what was done.

    Raises UnusableInput when the source cannot be used or asks too much time or memory, ValueError when the plan does
    not fit it, and RedactionError when the builder itself failed.
    """
    seconds = BASE_SECONDS + SECONDS_PER_MEGABYTE * (source.stat().st_size >> 20)
    job = {
        "kind": "build",
        "cpu_seconds": seconds,
        "source": str(source.absolute()),
        "plan": plan.to_json(),
        "work": str(work),
        "target": str(target),
        "width_defence": width_defence,
        "password": password,
        "images": {str(page): why for page, why in images.items()},
        "title": title,
    }
    try:
        answer = BUILDERS.ask(job, 3.0 * seconds)
    except WorkerFailed as error:
        raise UnusableInput("too_large") from error
    if "unusable" in answer:
        raise UnusableInput(answer["unusable"])
    if "wrong" in answer:
        raise ValueError(answer["wrong"])
    if "failed" in answer:
        raise RedactionError(f"Het lakken is mislukt ({answer['failed']}). Er is geen bestand gemaakt.")
    built = answer["built"]
    for key in ("engines", "reasons"):
        built[key] = {int(page): value for page, value in built[key].items()}
    return Path(answer["base"]), Built(**built)


def build(job: dict[str, Any]) -> dict[str, Any]:
    """Do a job of `build_apart` in this process; the answer as JSON."""
    images = {int(page): why for page, why in job["images"].items()}
    try:
        builder = Builder(
            Path(job["source"]), Plan.from_json(job["plan"]), Path(job["work"]),
            width_defence=job["width_defence"], password=job["password"], images=images,
        )  # fmt: skip
        try:
            built = builder.build(Path(job["target"]), job["title"])
        finally:
            builder.close()
    except UnusableInput as error:
        return {"unusable": error.reason}
    except ValueError as error:
        return {"wrong": str(error)}
    except Exception as error:  # told to the caller, for this process has no log
        return {"failed": type(error).__name__}
    return {"base": str(builder.base), "built": asdict(built)}
