"""Puts right what went out of step: silent attempts, runs that died, and pictures that were lost or changed by hand."""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta
from typing import Any

from prefect import flow
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Completed

from flows.case_store import case_store
from flows.projection import restore_pictures
from flows.stage import TAKEN_OVER, as_task, quietly
from woo.services import stages
from woo.services.work import Database

_RECENT = timedelta(days=1)
_SETTLED = timedelta(minutes=1)
"""A run that notes its own end does so within this time; only after it is a run that says nothing called dead."""


def take_over_silent(database: Database) -> int:
    """Start anew every attempt whose lease ran out; returns how many."""
    with database.work() as work:
        return stages.take_over_silent(work)


async def give_up_ended(client: PrefectClient, database: Database) -> int:
    """Start anew every attempt whose run ended without finishing it; returns how many. No waiting for the lease."""
    count = 0
    for attempt_id, run_id in await asyncio.to_thread(_running, database):
        run = await _run(client, run_id)
        if run is not None and run.state is not None and run.state.is_final():
            count += await asyncio.to_thread(_give_up, database, attempt_id)
    return count


async def close_dead_runs(client: PrefectClient, database: Database) -> int:
    """End in Prefect the runs whose attempt was taken over: a process that was killed could not say so; how many."""
    count = 0
    for run_id in await asyncio.to_thread(_given_up, database):
        run = await _run(client, run_id)
        if run is not None and run.state is not None and not run.state.is_final():
            dead: State[None] = State(type=StateType.CRASHED, name=TAKEN_OVER, message="Een nieuwe poging is gestart.")
            await client.set_flow_run_state(run_id, dead, force=True)
            count += 1
    return count


async def put_right(database: Database) -> str:
    """Everything of this module once; what was done, in Dutch."""
    taken_over = await asyncio.to_thread(take_over_silent, database)
    async with get_client() as client:
        taken_over += await give_up_ended(client, database)
        closed = await close_dead_runs(client, database)
        pictures = await restore_pictures(client, database)
    return f"{taken_over} stappen overgenomen, {closed} stromen afgesloten, {pictures} beelden hersteld."


@flow(name="Bijstellen", flow_run_name="Bijstellen", persist_result=False, log_prints=False)
@quietly
def reconcile() -> State[Any]:
    """Neem stilgevallen stappen over en herstel het beeld van zaken in Prefect."""
    done: list[str] = []
    as_task("Bijstellen", lambda: done.append(asyncio.run(put_right(case_store()))))
    return Completed(name="Bijgesteld", message=done[0])


async def _run(client: PrefectClient, run_id: uuid.UUID) -> FlowRun | None:
    try:
        return await client.read_flow_run(run_id)
    except ObjectNotFound:
        return None


def _running(database: Database) -> list[tuple[uuid.UUID, uuid.UUID]]:
    with database.reading() as work:
        return [(a.id, a.flow_run_id) for a in stages.running(work) if a.flow_run_id is not None]


def _given_up(database: Database) -> list[uuid.UUID]:
    with database.reading() as work:
        now = database.clock.now()
        recent = stages.given_up(work, now - _RECENT)
        return [a.flow_run_id for a in recent if a.flow_run_id and a.ended_at and a.ended_at <= now - _SETTLED]


def _give_up(database: Database, attempt_id: uuid.UUID) -> int:
    with database.work() as work:
        if attempt_id not in {a.id for a in stages.running(work)}:
            return 0
        stages.fail(work, attempt_id, "stroom beëindigd")
        return 1
