"""Delivers the outbox to Prefect: one leader, at least once, in the order of each case; twice changes nothing.

`python -m flows.dispatch` in production; the embedded tree runs the same loop beside its worker.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import uuid
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
from prefect.client.orchestration import PrefectClient, get_client
from prefect.events import Event
from prefect.exceptions import PrefectException

from flows.case_events import case_event, emit
from flows.case_store import case_store
from flows.deployments import REGULAR, STAGE_DEPLOYMENTS, URGENT
from flows.projection import place_for_stage, restore_pictures, show_case
from models import Case, OutboxMessage
from woo.law.lifecycle import STAGE_LABELS, Stage
from woo.services import outbox, stages
from woo.services.work import Database

log = logging.getLogger("woo.dispatch")
_JOB = "dispatch"
_LEASE = 30
PREFECT_ERRORS = (httpx.HTTPError, PrefectException, OSError)


@dataclass(frozen=True, slots=True)
class Message:
    """One message with what its delivery needs of the case: no names, no titles."""

    id: int
    kind: str
    case_id: uuid.UUID
    number: str
    urgent: bool
    payload: dict[str, str | int]
    created_at: datetime


@dataclass(slots=True)
class Round:
    """What one round did."""

    delivered: int = 0
    failed: int = 0


async def deliver_waiting(client: PrefectClient, database: Database) -> Round:
    """Deliver what waits now; a message that fails holds back the later ones of its case, not those of others."""
    done = Round()
    held_back: set[uuid.UUID] = set()
    waiting = await asyncio.to_thread(_waiting, database)
    for message in waiting:
        if message.kind != outbox.EMIT_EVENT and message.case_id not in held_back:
            if error := await _try(deliver(client, database, message)):
                held_back.add(message.case_id)
            await _count(database, done, [message], error)
    events = [m for m in waiting if m.kind == outbox.EMIT_EVENT and m.case_id not in held_back]
    if events:  # together, in one request
        await _count(database, done, events, await _try(_emit_events(client, database, events)))
    return done


async def deliver(client: PrefectClient, database: Database, message: Message) -> None:
    """Tell Prefect one thing."""
    match message.kind:
        case outbox.START_STAGE:
            await _start_stage(client, database, message)
        case outbox.SHOW_CASE:
            await show_case(client, database, message.case_id)
        case _:
            raise ValueError("unknown kind of message")


async def _try(delivery: Coroutine[Any, Any, None]) -> str | None:
    """The kind of error that a delivery ended with; None where it arrived."""
    try:
        await delivery
    except Exception as error:
        return type(error).__name__
    return None


async def _count(database: Database, done: Round, messages: Sequence[Message], error: str | None) -> None:
    if error is None:
        done.delivered += len(messages)
    else:
        done.failed += len(messages)
        log.warning("%s messages from %s on not delivered: %s", len(messages), messages[0].id, error)
    await asyncio.to_thread(_note, database, [message.id for message in messages], error)


async def _start_stage(client: PrefectClient, database: Database, message: Message) -> None:
    stage, attempt = Stage(str(message.payload["stage"])), int(message.payload["attempt"])
    case_run_id = await show_case(client, database, message.case_id)
    deployment = await client.read_deployment_by_name(STAGE_DEPLOYMENTS[stage].full_name)
    await client.create_flow_run_from_deployment(
        deployment.id,
        name=f"Woo {message.number} · {STAGE_LABELS[stage]} · poging {attempt}",
        parameters={"case_id": str(message.case_id), "attempt": attempt},
        tags=[stage, f"zaak:{message.number}", *([URGENT] if message.urgent else [])],
        idempotency_key=f"{message.case_id}:{stage}:{attempt}",
        parent_task_run_id=await place_for_stage(client, case_run_id, stage, attempt),
        work_queue_name=(URGENT if message.urgent else REGULAR) if deployment.work_pool_name else None,
    )


async def _emit_events(client: PrefectClient, database: Database, messages: Sequence[Message]) -> None:
    await emit(client, [_event(message, database.settings.workbench_url) for message in messages])


def _event(message: Message, workbench_url: str) -> Event:
    name, date = str(message.payload["event"]), str(message.payload.get("once", ""))
    return case_event(
        message.case_id,
        message.number,
        name,
        date or str(message.id),
        message.created_at,
        workbench_url,
        **({"datum": date} if date else {}),
    )


def _waiting(database: Database) -> list[Message]:
    with database.reading() as work:
        messages: Sequence[OutboxMessage] = outbox.deliverable(work)
        cases = {m.case_id: work.session.get_one(Case, m.case_id) for m in messages}
        return [
            Message(m.id, m.kind, m.case_id, cases[m.case_id].number, cases[m.case_id].urgent, m.payload, m.created_at)
            for m in messages
        ]


def _note(database: Database, message_ids: Sequence[int], error: str | None) -> None:
    with database.work() as work:
        for message_id in message_ids:
            if error is None:
                outbox.delivered(work, message_id)
            else:
                outbox.failed(work, message_id, error)


@dataclass(slots=True)
class Dispatcher:
    """The loop around `deliver_waiting`. It also takes over silent attempts: that must go on while no worker lives."""

    database: Database
    poll_seconds: float = 1.0
    tidy_seconds: float = 5.0
    holder: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}")

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set. Nothing that Prefect or the case store does ends this loop."""
        restored, tidied, wait = False, 0.0, self.poll_seconds
        while not stop.is_set():
            now = asyncio.get_running_loop().time()
            try:
                if await asyncio.to_thread(self._lead):
                    if now - tidied >= self.tidy_seconds:
                        await asyncio.to_thread(self._take_over)
                        tidied = now
                    async with get_client() as client:
                        if not restored:
                            await restore_pictures(client, self.database)
                            restored = True
                        await self._drain(client, stop)
                wait = self.poll_seconds
            except PREFECT_ERRORS as error:
                wait = min(30.0, wait * 2)
                log.warning("Prefect does not answer (%s); trying again in %.0f s", type(error).__name__, wait)
            except Exception as error:  # of our own making: it must be seen, and must not stop all other cases
                log.error("a round ended with %s", type(error).__name__)
            await sleep(stop, wait)

    async def _drain(self, client: PrefectClient, stop: asyncio.Event) -> None:
        """Deliver round after round on one connection while this process leads and Prefect answers."""
        loop = asyncio.get_running_loop()
        until = loop.time() + min(self.tidy_seconds, _LEASE / 3)
        while loop.time() < until and not stop.is_set():
            if await asyncio.to_thread(_anything_waits, self.database):
                if (away := await client.api_healthcheck()) is not None:
                    raise ConnectionError("Prefect") from away
                await deliver_waiting(client, self.database)
            await sleep(stop, self.poll_seconds)

    def _lead(self) -> bool:
        with self.database.work() as work:
            return stages.lead(work, _JOB, self.holder, _LEASE)

    def _take_over(self) -> None:
        with self.database.work() as work:
            stages.take_over_silent(work)


def _anything_waits(database: Database) -> bool:
    with database.reading() as work:
        return bool(outbox.deliverable(work, 1))


async def sleep(stop: asyncio.Event, seconds: float) -> None:
    """Sleep, but not beyond `stop`."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def main() -> None:
    """Deliver until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await Dispatcher(case_store(), tidy_seconds=30).run(stop)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    asyncio.run(main())
