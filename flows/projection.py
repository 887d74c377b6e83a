"""The case in Prefect's screens: a run without a process per case, written through the API, never read as truth.

The stage runs hang under it on its timeline. Prefect losing its database costs the picture only: it is made anew.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Collection, Mapping, Sequence

from prefect import Task, flow
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import ArtifactCreate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Pending

from models import Case
from woo.law.lifecycle import STAGE_LABELS, Stage
from woo.services import outbox, projection, stages
from woo.services.projection import CaseView, Picture
from woo.services.work import Database

_PAGE = 200


@flow(name="Woo-zaak")
def woo_case(zaak: str) -> None:
    """Een Woo-zaak van ontvangst tot publicatie. Deze stroom draait niet: hij toont waar de zaak staat."""


def _nothing() -> None:
    """The stage itself runs under this line."""


async def show_case(client: PrefectClient, database: Database, case_id: uuid.UUID) -> uuid.UUID:
    """Write the picture of a case where it changed since it was last written; returns the run that shows it."""
    view, run_id, shown = await asyncio.to_thread(_read, database, case_id)
    if run_id is not None and shown == view.sha256:
        return run_id
    if run_id is None or not await _redraw(client, run_id, view):
        run_id = await _draw(client, view)
    await asyncio.to_thread(_remember, database, case_id, run_id, view.sha256)
    return run_id


async def place_for_stage(client: PrefectClient, case_run_id: uuid.UUID, stage: Stage, attempt: int) -> uuid.UUID:
    """The line on the case's timeline under which this attempt runs; asked twice, it is the same line."""
    line = await client.create_task_run(
        task=Task(_nothing, name=STAGE_LABELS[stage]),
        flow_run_id=case_run_id,
        dynamic_key=f"{stage}-{attempt}",
        name=f"{STAGE_LABELS[stage]} · poging {attempt}",
        state=Pending(),
    )
    return line.id


async def restore_pictures(client: PrefectClient, database: Database) -> int:
    """Ask for every picture that Prefect lost, or that somebody changed by hand (Resume, Cancel, Delete); how many."""
    pictures = await asyncio.to_thread(_pictures, database)
    found: dict[uuid.UUID, FlowRun] = {}
    run_ids = [picture.run_id for picture in pictures if picture.run_id is not None]
    for start in range(0, len(run_ids), _PAGE):
        wanted = FlowRunFilter(id=FlowRunFilterId(any_=run_ids[start : start + _PAGE]))
        found |= {run.id: run for run in await client.read_flow_runs(flow_run_filter=wanted, limit=_PAGE)}
    wrong = [picture for picture in pictures if not _right(picture, found)]
    for start in range(0, len(wrong), _PAGE):
        await asyncio.to_thread(_ask_for, database, wrong[start : start + _PAGE], found.keys())
    return len(wrong)


def _read(database: Database, case_id: uuid.UUID) -> tuple[CaseView, uuid.UUID | None, str | None]:
    with database.reading() as work:
        run = projection.shown_run(work, case_id)
        view = projection.view_of(work, work.session.get_one(Case, case_id))
        return view, run.flow_run_id if run else None, run.shown_sha256 if run else None


def _remember(database: Database, case_id: uuid.UUID, run_id: uuid.UUID, sha256: str) -> None:
    with database.work() as work:
        projection.remember_run(work, case_id, run_id, sha256)


def _pictures(database: Database) -> list[Picture]:
    with database.reading() as work:
        return projection.pictures(work)


def _ask_for(database: Database, wrong: Sequence[Picture], found: Collection[uuid.UUID]) -> None:
    with database.work() as work:
        for picture in wrong:
            if picture.run_id is not None:
                projection.remember_run(work, picture.view.case_id, picture.run_id, "")
                if picture.run_id not in found:
                    stages.announce_again(work, work.session.get_one(Case, picture.view.case_id))
        outbox.ask_for_pictures(work, [picture.view.case_id for picture in wrong])


def _right(picture: Picture, found: Mapping[uuid.UUID, FlowRun]) -> bool:
    view, run = picture.view, found.get(picture.run_id) if picture.run_id else None
    if picture.changed or run is None or run.state is None:
        return False
    state = (run.state.type.value, run.state.name, run.state.message)
    return (run.name, set(run.tags), state) == (
        view.name,
        set(view.tags),
        (view.state_type, view.state_name, view.message),
    )


def _state(view: CaseView) -> State[None]:
    return State(type=StateType(view.state_type), name=view.state_name, message=view.message)


async def _draw(client: PrefectClient, view: CaseView) -> uuid.UUID:
    run = await client.create_flow_run(
        woo_case, name=view.name, parameters={"zaak": view.number}, tags=view.tags, state=_state(view)
    )
    link = ArtifactCreate(
        key=f"zaak-{view.number}",
        type="markdown",
        description="De zaak in de werkbank",
        data=f"[Open zaak {view.number} in de werkbank]({view.link})",
        flow_run_id=run.id,
    )
    await client.create_artifact(link)
    return run.id


async def _redraw(client: PrefectClient, run_id: uuid.UUID, view: CaseView) -> bool:
    """Overwrite the picture; False where the run is gone."""
    try:
        await client.set_flow_run_state(run_id, _state(view), force=True)
    except ObjectNotFound:
        return False
    await client.update_flow_run(run_id, name=view.name, tags=list(view.tags))
    return True
