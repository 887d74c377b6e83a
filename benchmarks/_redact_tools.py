"""The tools that are compared: the product, the same with pictures only, and PyMuPDF in a process of its own.

PyMuPDF is under the AGPL, so it is never a dependency: it is installed in an environment apart, for this measurement.
"""
from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from typing import Any

from redaction.pdf import Plan
from redaction.pdf.builder import Builder

HERE = Path(__file__).parent
ENVIRONMENT = HERE.parent / "var" / "bench-pymupdf"


@dataclass(frozen=True)
class Made:
    """What a tool made of a file: the document that the plan is about, engines of pages, processor seconds."""

    base: Path
    engines: dict[int, str] = field(default_factory=dict)
    seconds: float = 0.0


class Ours:
    """The product's own engine; with `images` every page of the plan becomes a picture."""

    def __init__(self, *, width_defence: bool, images: bool = False) -> None:
        self.width_defence, self.images = width_defence, images

    def run(self, source: Path, plan: Plan, work: Path) -> Made:
        """Redact into `work/out.pdf`."""
        start = process_time()
        forced = dict.fromkeys(plan.pages(), "peer") if self.images else {}
        builder = Builder(source, plan, work, width_defence=self.width_defence, password=None, images=forced)
        try:
            engines = builder.build(work / "out.pdf").engines
        finally:
            builder.close()
        return Made(builder.base, engines, process_time() - start)


class PyMuPdf:
    """`apply_redactions` and `scrub` of PyMuPDF."""

    def __init__(self, python: Path) -> None:
        self.process = subprocess.Popen(
            [python, HERE / "_pymupdf_peer.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.version = str(self._line()["version"])

    def run(self, source: Path, plan: Plan, work: Path) -> Made:
        """Redact into `work/out.pdf`; raises RuntimeError when PyMuPDF fails."""
        assert self.process.stdin is not None
        job = {"source": str(source), "plan": plan.to_json(), "target": str(work / "out.pdf")}
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        answer = self._line()
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return Made(source, {}, float(answer["seconds"]))

    def _line(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


def start_pymupdf() -> PyMuPdf | None:
    """PyMuPDF in its own environment, which is made the first time; None where it cannot be installed."""
    python = ENVIRONMENT / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True, capture_output=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", "pymupdf"], check=True, capture_output=True)
        return PyMuPdf(python)
    except (subprocess.CalledProcessError, OSError, ValueError):
        return None
