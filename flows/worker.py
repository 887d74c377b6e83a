"""A Prefect worker for the pool `woo` whose flow runs are forks of a process in which everything is imported already.

`python -m flows.worker [--queue spoed] [--limit 2]` on any number of machines; Prefect's own process worker can take
its place, but needs 4-8 seconds to start each run.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import multiprocessing
import os
import signal
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess

import anyio
import anyio.abc
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import InfrastructureNotFound
from prefect.workers.base import BaseJobConfiguration, BaseVariables, BaseWorker, BaseWorkerResult

from flows.deployments import POOL, QUEUES
from flows.engine import run_engine
from flows.processes import PARENT_VARIABLE

POOL_TYPE = "woo"
_STOP_SECONDS = 4.0


class ForkResult(BaseWorkerResult):
    """How a fork ended."""


class WarmWorker(BaseWorker[BaseJobConfiguration, BaseVariables, ForkResult]):
    """Runs each flow run as a fork of a warm process."""

    type = POOL_TYPE
    job_configuration = BaseJobConfiguration
    job_configuration_variables = BaseVariables
    _description = "Voert stappen van Woo-zaken uit in een voorverwarmd proces."
    _display_name = "Woo"
    _forks: dict[str, ForkServerProcess]

    def warm_up(self) -> None:
        """Start the fork server now and from this thread: it dies with the thread that started it."""
        self._forks = {}
        os.environ[PARENT_VARIABLE] = str(os.getpid())
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["flows.warm"])
        forkserver.ensure_running()

    async def run(
        self,
        flow_run: FlowRun,
        configuration: BaseJobConfiguration,
        task_status: anyio.abc.TaskStatus[int] | None = None,
    ) -> ForkResult:
        """Fork, and wait for the end of the fork."""
        environment = {key: value for key, value in configuration.env.items() if value is not None}
        fork = multiprocessing.get_context("forkserver").Process(target=run_engine, args=(environment,), daemon=False)
        fork.start()
        self._forks[str(fork.pid)] = fork
        if task_status is not None:
            task_status.started(fork.pid or 0)
        try:
            while fork.is_alive():
                await anyio.sleep(0.1)
        finally:
            self._forks.pop(str(fork.pid), None)
        return ForkResult(identifier=str(fork.pid), status_code=fork.exitcode or 0)

    async def kill_infrastructure(
        self, infrastructure_pid: str, configuration: BaseJobConfiguration, grace_seconds: int = 30
    ) -> None:
        """End the fork of a run that was cancelled in Prefect before it began."""
        fork = self._forks.get(infrastructure_pid)
        if fork is None:
            raise InfrastructureNotFound("Dit proces loopt niet op deze machine.")
        await _end([fork], grace_seconds)

    async def end_forks(self) -> None:
        """Ask every fork to stop, so that it hands its attempt back; kill what does not listen."""
        await _end(list(self._forks.values()), _STOP_SECONDS)

    async def run_until(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then end the forks."""
        task = asyncio.create_task(self.start(printer=logging.getLogger("woo.worker").info))
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            await self.end_forks()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _end(forks: list[ForkServerProcess], grace_seconds: float) -> None:
    for fork in forks:
        fork.terminate()
    with anyio.move_on_after(grace_seconds):
        while any(fork.is_alive() for fork in forks):
            await anyio.sleep(0.05)
    for fork in forks:
        if fork.is_alive():
            fork.kill()


async def main() -> None:
    """Work until SIGTERM or SIGINT."""
    options = argparse.ArgumentParser(prog="python -m flows.worker", description="Voert stappen van Woo-zaken uit.")
    options.add_argument("--queue", action="append", choices=QUEUES, help="alleen deze wachtrij; mag vaker")
    options.add_argument("--limit", type=int, default=os.cpu_count() or 1, help="zoveel stappen tegelijk")
    chosen = options.parse_args()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    worker = WarmWorker(work_pool_name=POOL, work_queues=chosen.queue, limit=chosen.limit)
    worker.warm_up()
    await worker.run_until(stop)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    asyncio.run(main())
