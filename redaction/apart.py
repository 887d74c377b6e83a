"""Work in a process of its own: bounded in time and memory, without secrets, ended with everything it started.

    Origin   a warm process without threads, which opens no file and only makes copies of itself
    Copy     one of those copies, within its limits: does what it is asked, one thing at a time
"""
from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from typing import Any, Literal, NoReturn, TypeVar

MB = 1024 * 1024
T = TypeVar("T")
_KEPT = (
    "PATH", "LD_LIBRARY_PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "XDG_CACHE_HOME", "TESSDATA_PREFIX",
    "OMP_NUM_THREADS",
)  # fmt: skip
"""What an origin may know of the environment; the rest may hold passwords."""
_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
_DEEPEST = 3000
"""Calls within calls, for files that hold things in things."""
_OBJECTS_BETWEEN_SWEEPS = 100_000
"""Pages become many small objects without cycles; looking for cycles every 700 of them took a fifth of the time."""


@dataclass(frozen=True)
class Limits:
    """Bounds of a copy: seconds by the clock for one answer, bytes of address space, bytes of any one file written.

    `cpu` bounds its processor seconds, so that a busy loop cannot outlive its watcher; by default twice `seconds`.
    """

    seconds: float = 120
    memory: int = 4096 * MB
    file_size: int = 2048 * MB
    cpu: int | None = None

    def apply(self) -> None:
        """Bound this process and all that it starts, for good."""
        for kind, wanted in (
            (resource.RLIMIT_AS, self.memory),
            (resource.RLIMIT_FSIZE, self.file_size),
            (resource.RLIMIT_CPU, int(self.seconds * 2) + 1 if self.cpu is None else self.cpu),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hard = resource.getrlimit(kind)
            bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(kind, (bound, bound))


class Exceeded(Exception):
    """A process hit a bound or died. `what` says which; the text holds nothing of what it was doing."""

    def __init__(self, what: Literal["time", "memory", "crash"]) -> None:
        super().__init__(f"own process ended: {what}")
        self.what = what

    def __reduce__(self) -> tuple[type[Exceeded], tuple[str]]:
        """Exceptions cross the process border by pickle, which needs the one argument."""
        return Exceeded, (self.what,)


class Copy:
    """One copy of an origin. Functions must be of a module; they, their arguments and results are pickled."""

    def __init__(self, line: Connection, pid: int, seconds: float) -> None:
        self._line, self._seconds, self.pid = line, seconds, pid

    def do(self, function: Callable[..., T], *args: Any) -> T:
        """What the function gives there, or raises there; Exceeded where time or memory ran out or the copy died."""
        until = time.monotonic() + self._seconds
        with contextlib.suppress(OSError):  # it died already: there will be no answer
            self._line.send((function, args))
        if not self._line.poll(max(0.0, until - time.monotonic())):
            raise Exceeded("time")
        return _received(self._line)  # type: ignore[no-any-return]

    def end(self) -> None:
        """End the copy and everything it started, however they are doing."""
        _kill_group(self.pid)
        self._line.close()


class Origin:
    """A process that is made warm once, by `warm`, when the first copy is asked for; safe to use from several threads.

    `warm` imports or loads what the copies need, and must not start threads. What it raises is raised to who asked.
    """

    def __init__(self, warm: Callable[[], object]) -> None:
        self._warm, self._lock = warm, threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()

    def run(self, function: Callable[..., T], *args: Any, limits: Limits) -> T:
        """Call the function in a copy that lives for this one call; see `Copy.do`."""
        copy = self.copy(limits)
        try:
            return copy.do(function, *args)
        finally:
            copy.end()

    def copy(self, limits: Limits) -> Copy:
        """A new copy; who asks must end it."""
        ours, theirs = Pipe()
        with theirs, self._lock:
            if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
                self._start()
            try:
                self._line.send(limits)
                send_handle(self._line, theirs.fileno(), None)
                return Copy(ours, self._line.recv(), limits.seconds)
            except (OSError, EOFError):
                raise Exceeded("crash") from None

    def end(self) -> None:
        """End the process and its copies, and wait until it is gone."""
        with self._lock:
            if self._process is not None and self._owner == os.getpid():
                self._line.close()  # to the process, the end of its work
                self._process.wait()
            self._process = None

    def _start(self) -> None:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(os.path.abspath(place) for place in sys.path)  # noqa: PTH100
        self._line, theirs = Pipe()
        with theirs:
            self._owner, self._process = os.getpid(), subprocess.Popen(
                [sys.executable, "-P", "-c", "from redaction.apart import originate; originate()"],
                stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=environment, start_new_session=True,
            )  # fmt: skip
        try:
            self._line.send((self._warm, ()))
            _received(self._line)
        except BaseException:
            self._process.kill()
            self._process.wait()
            self._process = None
            raise


def begun(work: Callable[[], T]) -> Callable[[], T]:
    """Start `work` in a copy of this very process; the function that is returned waits for its result.

    It gives or raises what the work did, or raises Exceeded where the copy died. Only for a process without other
    threads; the copy shares its limits and dies with it.
    """
    ours, theirs = Pipe(duplex=False)
    pid = _fork(lambda: _send(theirs, work))
    theirs.close()

    def result() -> T:
        try:
            return _received(ours)  # type: ignore[no-any-return]
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            ours.close()

    return result


def sweep_seldom() -> None:
    """Let this process look for cycles of objects seldom."""
    gc.set_threshold(_OBJECTS_BETWEEN_SWEEPS, 20, 20)


def originate() -> None:
    """What the process of an origin does: grow warm, and make copies for as long as somebody may ask for them."""
    line = Connection(os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.setrecursionlimit(_DEEPEST)
    sweep_seldom()
    _send(line, partial(_done, line.recv_bytes()))
    gc.freeze()  # sweeps in a copy need not look at what it shares
    copies: set[int] = set()
    with contextlib.suppress(EOFError):
        while True:
            limits, handle = line.recv(), recv_handle(line)
            copies -= {pid for pid in copies if os.waitpid(pid, os.WNOHANG)[0]}
            pid = _fork(partial(_serve, line, handle, limits))
            os.close(handle)
            with contextlib.suppress(PermissionError, ProcessLookupError):  # it did this itself, or is gone
                os.setpgid(pid, pid)
            copies.add(pid)
            line.send(pid)
    for pid in copies:
        _kill_group(pid)


def _serve(origin: Connection, handle: int, limits: Limits) -> None:
    """In a copy: own group, limits, and answers until nobody asks any more."""
    origin.close()
    os.setpgid(0, 0)
    limits.apply()
    line = Connection(handle)
    with contextlib.suppress(EOFError):
        while True:
            _send(line, partial(_done, line.recv_bytes()))


def _done(job: bytes) -> Any:
    function, args = pickle.loads(job)  # noqa: S301  from who made this process
    return function(*args)


def _fork(body: Callable[[], object]) -> int:
    """The id of a copy of this process that does `body` and ends; it dies with this one."""
    parent = os.getpid()
    pid = os.fork()
    return pid or _live(body, parent)


def _live(body: Callable[[], object], parent: int) -> NoReturn:
    try:
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() == parent:  # else it died before the line above
            body()
    finally:
        os._exit(0)


def _send(line: Connection, work: Callable[[], object]) -> None:
    """Do the work and send what came of it."""
    try:
        answer: tuple[bool, object] = (True, work())
    except Exception as error:
        error.__cause__ = error.__context__ = None
        answer = (False, error)
    try:
        line.send(answer)
    except Exception:  # an answer that cannot be pickled must not look like success
        line.send((False, Exceeded("crash")))


def _received(line: Connection) -> Any:
    """What the other side sent, given or raised; Exceeded where it died or nobody understands what it said."""
    try:
        good, value = line.recv()
    except Exception:
        raise Exceeded("crash") from None
    if good:
        return value
    raise Exceeded("memory") if isinstance(value, MemoryError) else value


def _kill_group(leader: int) -> None:
    """Kill every process of the group that `leader` leads; quiet when all are gone already."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
