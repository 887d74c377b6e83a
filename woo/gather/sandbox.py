"""Runs a function or a program on what others made, in a process of its own with bounded time, memory and output."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from redaction.apart import MB, Exceeded, Limits, Origin

_WARM = ("woo.gather.convert", "redaction.pdf.verification.inspection")


def _warm() -> None:
    for module in _WARM:
        import_module(module)


run_function = Origin(_warm).run


@dataclass(frozen=True)
class Finished:
    """A program that ended by itself; `output` is the last part of what it wrote, for tests and never for logs."""

    code: int
    output: str


def run_program(command: Sequence[str], *, limits: Limits, cwd: Path, env: Mapping[str, str] | None = None) -> Finished:
    """Run a program with nothing on its standard input and a bare environment plus `env`.

    Raises Exceeded when it hit a bound, and FileNotFoundError when the program is not installed.
    """
    bare = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH") if key in os.environ}
    bare |= {"HOME": str(cwd), "TMPDIR": str(cwd), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **(env or {})}
    return run_function(_program, list(command), cwd, bare, limits=limits)


def _program(command: list[str], cwd: Path, env: dict[str, str]) -> Finished:
    with tempfile.TemporaryFile(dir=cwd) as log:
        code = subprocess.call(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=cwd, env=env)
        log.seek(max(0, log.tell() - 4000))
        return Finished(code, log.read(4000).decode("utf-8", "replace"))


__all__ = ["MB", "Exceeded", "Finished", "Limits", "run_function", "run_program"]
