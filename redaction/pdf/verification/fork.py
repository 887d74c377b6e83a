"""A second process for half of the checks: it shares what was read already, and dies with the first."""
from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
T = TypeVar("T")


class ForkFailed(Exception):
    """The second process died; what it was checking is not proven."""


def begun(work: Callable[[], T]) -> Callable[[], T]:
    """Start `work` in a copy of this process; the function that is returned waits for its result, and raises its error.

    Only for a process without other threads.
    """
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(sender, work, os.getpid()), daemon=True)
    process.start()
    sender.close()

    def result() -> T:
        try:
            good, value = receiver.recv()
        except EOFError as error:
            raise ForkFailed from error
        finally:
            process.kill()
            process.join()
            receiver.close()
        if not good:
            raise value
        return value  # type: ignore[no-any-return]

    return result


def _child(sender: Connection, work: Callable[[], Any], parent: int) -> None:
    """In the copy: do the work and send what came of it."""
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)
    try:
        answer: tuple[bool, Any] = (True, work())
    except Exception as error:
        error.__cause__ = error.__context__ = None
        answer = (False, error)
    sender.send(answer)
    sender.close()
