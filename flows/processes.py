"""Processes of the embedded tree: they die with their parent, write to their own log, and stop within a bound."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from woo.errors import Unavailable

PARENT_VARIABLE = "FLOWS_PARENT"
_PR_SET_PDEATHSIG = 1
_LOG_LIMIT = 10 * 1024 * 1024


def follow_parent(number: int = signal.SIGTERM) -> None:
    """Die when the parent dies, also by kill -9 (Linux). A parent that is gone already ends this process at once."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number)
    expected = os.environ.get(PARENT_VARIABLE)
    if expected and expected != str(os.getppid()):
        os._exit(1)


def listen(port: int, host: str = "127.0.0.1") -> socket.socket:
    """A socket that listens on `port` (0: any free one); Unavailable where the port is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise Unavailable(f"Poort {port} is al in gebruik. Er is niets gestart. Stop het andere programma.") from None
    listener.listen(128)
    listener.set_inheritable(True)
    return listener


def free_port(wanted: int, host: str = "127.0.0.1") -> int:
    """`wanted`, or any free port where that is 0; for a program that insists on opening its port itself."""
    with listen(wanted, host) as listener:
        return int(listener.getsockname()[1])


@dataclass(slots=True)
class Child:
    """One process of the tree: `python -m module arguments` in its own session, with exactly this environment."""

    name: str
    module: str
    environment: Mapping[str, str]
    logs: Path
    arguments: Sequence[str] = ()
    pass_fds: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start the process; its output goes to `<logs>/<name>.log`, of which one older part is kept."""
        self.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.logs / f"{self.name}.log"
        if path.exists() and path.stat().st_size > _LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        self.started_at = time.monotonic()
        with path.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module, *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**self.environment, PARENT_VARIABLE: str(os.getpid())},
                pass_fds=self.pass_fds,
                start_new_session=True,
            )

    @property
    def alive(self) -> bool:
        """True while the process runs."""
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        if self.process is not None and self.alive:
            self.process.terminate()

    def stop(self, until: float) -> None:
        """Wait for the process until the monotonic moment `until`; then kill its whole session."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, until - time.monotonic()))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)  # also what it left behind
        self.process.wait()
