"""Runs a function or a program in a process of its own, with bounded time, memory and output.

The whole process group dies when the time is over, so that no helper of a helper lives on.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal, TypeVar

MB = 1024 * 1024
T = TypeVar("T")
_FAREWELL = 5.0  # seconds that a child which has answered gets to end by itself


@dataclass(frozen=True)
class Limits:
    """Bounds of one run: wall-clock seconds, bytes of address space, bytes of any one file written."""

    seconds: float = 120
    memory: int = 4096 * MB
    file_size: int = 2048 * MB


class Exceeded(Exception):
    """The run hit a bound. `what` says which; the text holds nothing of the input."""

    def __init__(self, what: Literal["time", "memory", "crash"]) -> None:
        super().__init__(f"sandboxed run ended: {what}")
        self.what = what

    def __reduce__(self) -> tuple[type[Exceeded], tuple[str]]:
        """Exceptions cross the process border by pickle, which needs the one argument."""
        return Exceeded, (self.what,)


@dataclass(frozen=True)
class Finished:
    """A program that ended by itself; `output` is the last part of what it wrote, for tests and never for logs."""

    code: int
    output: str


def run_function(function: Callable[..., T], *args: Any, limits: Limits) -> T:
    """Call a module-level `function` in a fresh process and return its result; arguments and result are pickled.

    Its own exceptions come back as they are. Raises Exceeded when time or memory ran out or the process died.
    """
    context = _context()
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(sender, function, args, limits), daemon=False)
    with _starting, _nameless_main():
        process.start()
    sender.close()
    try:
        if not receiver.poll(limits.seconds):
            raise Exceeded("time")
        good, value = receiver.recv()
        process.join(_FAREWELL)
    except EOFError:
        raise Exceeded("crash") from None
    finally:
        receiver.close()
        process.kill()  # a child that is slow to start has no group of its own yet
        if process.pid is not None:
            kill_group(process.pid)
        process.join()
    if good:
        return value  # type: ignore[no-any-return]
    if isinstance(value, MemoryError):
        raise Exceeded("memory")
    raise value


def run_program(command: Sequence[str], *, limits: Limits, cwd: Path, env: Mapping[str, str] | None = None) -> Finished:
    """Run a program with nothing on its standard input and a bare environment plus `env`.

    Raises Exceeded("time") after killing its whole group, and FileNotFoundError when the program is not installed.
    """
    bare = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH") if key in os.environ}
    bare |= {"HOME": str(cwd), "TMPDIR": str(cwd), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **(env or {})}
    with tempfile.TemporaryFile(dir=cwd) as log:
        process = subprocess.Popen(
            list(command), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=cwd, env=bare,
            start_new_session=True, preexec_fn=_limiter(limits),  # noqa: PLW1509 - the child execs at once
        )
        try:
            code = process.wait(limits.seconds)
        except subprocess.TimeoutExpired:
            raise Exceeded("time") from None
        finally:
            kill_group(process.pid)
            process.wait()
        log.seek(max(0, log.tell() - 4000))
        return Finished(code, log.read(4000).decode("utf-8", "replace"))


def kill_group(leader: int) -> None:
    """Kill every process of the group that `leader` started; quiet when all are gone already."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


_starting = threading.Lock()


def _context() -> multiprocessing.context.ForkServerContext:
    """A fork server: forking this process itself would copy locks that its threads hold."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["woo.gather.convert", "redaction.pdf.verification.inspection"])
    return context


@contextlib.contextmanager
def _nameless_main() -> Iterator[None]:
    """Hide the calling script for the moment of starting: every child would run all of its imports again (seconds)."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _child(sender: Connection, function: Callable[..., Any], args: tuple[Any, ...], limits: Limits) -> None:
    """In the new process: own group, limits, work, answer."""
    os.setsid()
    _apply(limits)
    try:
        answer: tuple[bool, Any] = (True, function(*args))
    except MemoryError as error:
        answer = (False, error)
    except Exception as error:
        error.__cause__ = error.__context__ = None
        answer = (False, error)
    try:
        sender.send(answer)
    except Exception:  # an answer that cannot be pickled must not look like success
        sender.send((False, Exceeded("crash")))
    sender.close()


def _limiter(limits: Limits) -> Callable[[], None]:
    """What runs between fork and exec."""
    return lambda: _apply(limits)


def _apply(limits: Limits) -> None:
    """Set the bounds of this process; processor time is bounded too, so a busy loop cannot outlive its watcher."""
    cpu = int(limits.seconds * 2) + 1
    for kind, wanted in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file_size),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (bound, bound))
