"""Flow runs as forks of a process in which everything is imported already: a run starts in one second, not in eight.

The forks die with the fork server, the fork server with the process that made it; also by kill -9 (Linux).
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Mapping
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess

from flows.engine import run_engine
from flows.processes import PARENT_VARIABLE

_GRACE_SECONDS = 4.0


class Forks:
    """The fork server and what runs in it. Make it in the main thread: it dies with the thread that started it."""

    def __init__(self) -> None:
        self._running: set[ForkServerProcess] = set()
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["flows.warm"])
        os.environ[PARENT_VARIABLE] = str(os.getpid())
        forkserver.ensure_running()

    async def start(self, environment: Mapping[str, str]) -> ForkServerProcess:
        """Start the flow run that `environment` names."""
        fork = self._context.Process(target=run_engine, args=(dict(environment),), daemon=False)
        forkserver.ensure_running()  # here and not in the thread below, should it have died
        await asyncio.to_thread(fork.start)
        self._running.add(fork)
        return fork

    async def wait(self, fork: ForkServerProcess) -> int:
        """The exit code of a fork, once it ended; negative where a signal ended it."""
        while fork.is_alive():
            await asyncio.sleep(0.1)
        self._running.discard(fork)
        return fork.exitcode or 0

    async def end(self) -> None:
        """Ask every fork to stop, so that it hands its attempt back; kill what does not listen."""
        forks = list(self._running)
        for fork in forks:
            fork.terminate()
        until = asyncio.get_running_loop().time() + _GRACE_SECONDS
        while any(fork.is_alive() for fork in forks) and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.05)
        for fork in forks:
            if fork.is_alive():
                fork.kill()
