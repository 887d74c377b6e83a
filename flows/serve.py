"""Serves the deployments of the embedded default: finds the flow runs that are due and runs each in a fork.

Prefect's own runner starts a fresh interpreter per run (4-8 s); its workers poll work queues, at which Prefect's SQLite
was seen to lock up for a minute. This loop asks by deployment, as the runner does, and uses the public client only.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import Abort
from prefect.states import Crashed, Pending
from prefect.utilities.engine import propose_state

from flows.deployments import URGENT
from flows.dispatch import PREFECT_ERRORS, sleep
from flows.forks import Forks

log = logging.getLogger("woo.serve")


@dataclass(slots=True)
class RunServer:
    """Runs what is due of these deployments, at most `limit` at a time, urgent cases first."""

    forks: Forks
    deployment_ids: Collection[uuid.UUID]
    limit: int = 2
    poll_seconds: float = 1.0
    _under_way: dict[uuid.UUID, asyncio.Task[None]] = field(default_factory=dict)

    async def run_until(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then end the forks; Prefect being away for a while does not end this."""
        async with get_client() as client:
            while not stop.is_set():
                try:
                    await self._take_up(client)
                except PREFECT_ERRORS as error:
                    log.warning("Prefect does not answer (%s)", type(error).__name__)
                await sleep(stop, self.poll_seconds)
            await self.forks.end()
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _take_up(self, client: PrefectClient) -> None:
        self._under_way = {run_id: task for run_id, task in self._under_way.items() if not task.done()}
        if len(self._under_way) >= self.limit:
            return
        due = await client.get_scheduled_flow_runs_for_deployments(list(self.deployment_ids), datetime.now(UTC))
        for run in urgent_first(due):
            if len(self._under_way) < self.limit and run.id not in self._under_way:
                self._under_way[run.id] = asyncio.create_task(self._carry_out(client, run))

    async def _carry_out(self, client: PrefectClient, run: FlowRun) -> None:
        try:
            state = await propose_state(client, Pending(), flow_run_id=run.id)
            if not state.is_pending():
                return  # no room for it now, or cancelled before it began
            fork = await self.forks.start({"PREFECT__FLOW_RUN_ID": str(run.id)})
            with suppress(*PREFECT_ERRORS):  # only for who looks in Prefect's screens which process it is
                await client.update_flow_run(run.id, infrastructure_pid=str(fork.pid))
            code = await self.forks.wait(fork)
            log.info("run %s ended with %s", run.id, code)
            if code:
                message = "Het proces van deze poging is onverwacht geëindigd."
                await propose_state(client, Crashed(name="Afgebroken", message=message), flow_run_id=run.id)
        except Abort:
            return
        except PREFECT_ERRORS as error:
            log.warning("run %s: Prefect does not answer (%s)", run.id, type(error).__name__)


def urgent_first(due: Iterable[FlowRun]) -> list[FlowRun]:
    """The runs of urgent cases before the others, and otherwise in the order in which they were planned."""
    return sorted(due, key=lambda run: URGENT not in run.tags)
