"""The part of the embedded tree that works: registers what Prefect must know, runs flow runs, delivers the outbox."""

from __future__ import annotations

import asyncio
import logging
import signal

from prefect.client.orchestration import get_client

from flows.case_store import case_store
from flows.deployments import register
from flows.dispatch import Dispatcher
from flows.forks import Forks
from flows.notifications import set_up as set_up_notifications
from flows.processes import follow_parent
from flows.runner_ready import say_ready
from flows.serve import RunServer
from woo.services import stages


def adopt_orphans() -> int:
    """Start anew what a tree before this one left running: there is one tree to a home, so those runs are dead."""
    with case_store().work() as work:
        orphans = stages.running(work)
        for attempt in orphans:
            stages.fail(work, attempt.id, "afgebroken")
        return len(orphans)


async def wait_for_server(stop: asyncio.Event) -> None:
    """Wait until Prefect's API answers."""
    while not stop.is_set():
        async with get_client() as client:
            if await client.api_healthcheck() is None:
                return
        await asyncio.sleep(0.1)


async def main() -> None:
    """Work until SIGTERM."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    forks = Forks()
    adopt_orphans()
    await wait_for_server(stop)
    if stop.is_set():
        return
    async with get_client() as client:
        deployments = await register(client)
        await set_up_notifications(client, case_store().settings)
    say_ready()
    dispatcher = Dispatcher(case_store(), poll_seconds=0.5)
    await asyncio.gather(RunServer(forks, deployments).run_until(stop), dispatcher.run(stop))


if __name__ == "__main__":
    follow_parent()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    asyncio.run(main())
