"""What went out of step is put right: silent attempts, runs that ended by themselves, runs that nobody ended."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.states import Crashed, Running
from sqlalchemy import select

from flows import reconcile
from flows.projection import woo_case
from models import Case, StageAttempt
from tests.flows.conftest import Tree
from tests.support.cases import new_case
from tests.support.outbox import waiting
from tests.support.people import make_people
from woo.law.lifecycle import Stage
from woo.services import outbox, stages
from woo.services.work import Database


@pytest.fixture
def case_id(store: Database) -> uuid.UUID:
    case_id = new_case(store, make_people(store))
    with store.work() as work:
        stages.queue(work, work.session.get_one(Case, case_id), Stage.GATHER)
    return case_id


def claimed(store: Database, case_id: uuid.UUID, run_id: uuid.UUID | None = None) -> uuid.UUID:
    with store.work() as work:
        return stages.claim(work, case_id, Stage.GATHER, 1, run_id).id


def states(store: Database) -> list[tuple[int, str]]:
    with store.reading() as work:
        rows = work.session.scalars(select(StageAttempt).order_by(StageAttempt.number))
        return [(a.number, a.state) for a in rows]


def test_an_attempt_that_fell_silent_is_started_anew_and_one_that_works_is_not(
    store: Database, case_id: uuid.UUID
) -> None:
    attempt = claimed(store, case_id)
    assert reconcile.take_over_silent(store) == 0

    with store.work() as work:
        work.session.get_one(StageAttempt, attempt).lease_until = store.clock.now() - timedelta(seconds=1)

    assert reconcile.take_over_silent(store) == 1
    assert states(store) == [(1, "failed"), (2, "queued")]
    assert reconcile.take_over_silent(store) == 0


def test_a_queued_attempt_is_announced_once_more_only_where_it_was_delivered(
    store: Database, case_id: uuid.UUID
) -> None:
    def announced() -> int:
        with store.work() as work:
            stages.announce_again(work, work.session.get_one(Case, case_id))
        with store.reading() as work:
            return sum(m.kind == outbox.START_STAGE for m in waiting(work))

    assert announced() == 1
    with store.work() as work:
        for message in waiting(work):
            outbox.delivered(work, message.id)
    assert announced() == 1


@pytest.mark.prefect
def test_a_run_that_ended_without_finishing_its_attempt_is_not_waited_for(
    tree: Tree, store: Database, case_id: uuid.UUID
) -> None:
    run = tree.ask(lambda client: client.create_flow_run(woo_case, parameters={"zaak": "x"}, state=Running()))
    claimed(store, case_id, run.id)
    assert tree.ask(lambda client: reconcile.give_up_ended(client, store)) == 0

    tree.ask(lambda client: client.set_flow_run_state(run.id, Crashed(), force=True))

    assert tree.ask(lambda client: reconcile.give_up_ended(client, store)) == 1
    assert states(store) == [(1, "failed"), (2, "queued")]


@pytest.mark.prefect
def test_a_run_whose_attempt_was_taken_over_is_ended_in_prefect_too(
    tree: Tree, store: Database, case_id: uuid.UUID
) -> None:
    run = tree.ask(lambda client: client.create_flow_run(woo_case, parameters={"zaak": "x"}, state=Running()))
    attempt = claimed(store, case_id, run.id)
    with store.work() as work:
        stages.fail(work, attempt, "lease verlopen")

    async def close(client: PrefectClient) -> tuple[int, FlowRun]:
        return await reconcile.close_dead_runs(client, store), await client.read_flow_run(run.id)

    count, found = tree.ask(close)
    assert (count, found.state_name) == (0, "Running"), "a run gets a minute to say itself how it ended"

    with store.work() as work:
        row = work.session.get_one(StageAttempt, attempt)
        row.ended_at = store.clock.now() - timedelta(minutes=2)

    count, found = tree.ask(close)
    assert (count, found.state_name) == (1, "Overgenomen")
