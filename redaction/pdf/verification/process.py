"""Keeps verifying processes ready, gives them jobs, and ends those that take too long."""
from __future__ import annotations

import atexit
import contextlib
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

MOST_JOBS = 100
"""Jobs after which a process is replaced, so that no library can pile up memory."""
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); import runpy; "
    "runpy.run_module('redaction.pdf.verification.worker', run_name='__main__')"
)


class WorkerFailed(Exception):
    """The process died or took too long; what it was checking is not proven."""


class Worker:
    """One verifying process."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[3])
        self.jobs = 0
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, job: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The answer to a job; raises WorkerFailed, and the process must then be ended."""
        assert self.process.stdin is not None and self.process.stdout is not None  # noqa: S101
        self.jobs += 1
        try:
            self.process.stdin.write(json.dumps(job).encode() + b"\n")
            self.process.stdin.flush()
            found: dict[str, Any] = json.loads(self._line(time.monotonic() + seconds))
        except (OSError, ValueError) as error:
            raise WorkerFailed from error
        return found

    def _line(self, deadline: float) -> bytes:
        stream = self.process.stdout
        assert stream is not None  # noqa: S101
        parts: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while not parts or not parts[-1].endswith(b"\n"):
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):  # an answer that comes too late does not count
                    raise WorkerFailed
                part = os.read(stream.fileno(), 1 << 16)
                if not part:
                    raise WorkerFailed
                parts.append(part)
        return b"".join(parts)

    def end(self) -> None:
        """End the process, however it is doing."""
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was written last has no reader any more
                    stream.close()
        self.process.wait()


class Workers:
    """The idle processes of this program; safe to use from several threads, and after a fork."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.idle: list[Worker] = []
        self.owner = os.getpid()
        atexit.register(self.end)

    def ask(self, job: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The answer of some worker; raises WorkerFailed."""
        worker = self._take()
        try:
            found = worker.ask(job, seconds)
        except BaseException:
            worker.end()
            raise
        self._give(worker)
        return found

    def end(self) -> None:
        """End all idle processes."""
        with self.lock:
            mine, self.idle = (self.idle if self.owner == os.getpid() else []), []
        for worker in mine:
            worker.end()

    def _take(self) -> Worker:
        with self.lock:
            if self.owner != os.getpid():  # a forked child must not share the pipes of its parent
                self.idle, self.owner = [], os.getpid()
            while self.idle:
                worker = self.idle.pop()
                if worker.process.poll() is None:
                    return worker
        return Worker()

    def _give(self, worker: Worker) -> None:
        if worker.jobs >= MOST_JOBS:
            worker.end()
            return
        with self.lock:
            self.idle.append(worker)


BUILDERS = Workers()
"""Processes that redact, so that a file made to exhaust them costs no more than itself."""
WORKERS = Workers()
"""Processes that verify."""
