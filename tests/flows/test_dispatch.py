"""The outbox on its way to Prefect: twice is once, each case in its own order, nothing lost while Prefect is away."""

from __future__ import annotations

import asyncio
import uuid

import pytest
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags
from prefect.client.schemas.objects import FlowRun
from sqlalchemy import select

from flows import dispatch
from flows.serve import urgent_first
from models import Case, OutboxMessage
from tests.conftest import NOW
from tests.flows.conftest import Tree
from tests.support.cases import incoming, new_case
from tests.support.outbox import waiting
from tests.support.people import make_people
from woo.clock import FixedClock
from woo.law.lifecycle import Stage
from woo.services import cases, outbox, stages
from woo.services.work import Database

NOBODY = "http://127.0.0.1:9/api"


@pytest.fixture
def case_id(store: Database) -> uuid.UUID:
    return new_case(store, make_people(store))


def ask_for_stage(store: Database, case_id: uuid.UUID) -> None:
    with store.work() as work:
        stages.queue(work, work.session.get_one(Case, case_id), Stage.GATHER)


def left(store: Database) -> list[tuple[str, int]]:
    with store.reading() as work:
        rows = work.session.scalars(select(OutboxMessage).where(OutboxMessage.delivered_at.is_(None)))
        return [(m.kind, m.tries) for m in rows]


def without_prefect(store: Database) -> dispatch.Round:
    async def round_() -> dispatch.Round:
        async with PrefectClient(NOBODY) as client:
            return await dispatch.deliver_waiting(client, store)

    return asyncio.run(round_())


def test_messages_wait_while_prefect_is_away_and_the_case_store_goes_on(store: Database, case_id: uuid.UUID) -> None:
    before = len(left(store))

    done = without_prefect(store)

    assert (done.delivered, done.failed) == (0, 1)
    assert len(left(store)) == before
    assert max(tries for _, tries in left(store)) == 1


def test_a_message_in_waiting_holds_back_its_case_and_no_other(store: Database, case_id: uuid.UUID) -> None:
    with store.work() as work:
        other = cases.register_request(work, incoming(subject="tweede")).id
        first = next(m for m in waiting(work) if m.case_id == case_id)
        outbox.failed(work, first.id, "ConnectError")

    with store.reading() as work:
        assert {m.case_id for m in outbox.deliverable(work)} == {other}


def test_each_try_waits_longer_than_the_one_before(sqlite_database: Database) -> None:
    database = Database(sqlite_database.settings, FixedClock(NOW))
    new_case(database, make_people(database))
    waits = []
    with database.work() as work:
        message = waiting(work)[0]
        for _ in range(12):
            outbox.failed(work, message.id, "ConnectError")
            waits.append(message.available_at - NOW)
    assert waits == sorted(waits) and waits[0].total_seconds() == 2 and waits[-1].total_seconds() <= 600


@pytest.mark.prefect
def test_the_same_message_twice_starts_one_run(tree: Tree, store: Database, case_id: uuid.UUID) -> None:
    ask_for_stage(store, case_id)
    with store.reading() as work:
        number = work.session.get_one(Case, case_id).number

    async def deliver_twice() -> list[str]:
        async with PrefectClient(f"{tree.embedded.prefect_url}/api") as client:
            for _ in range(2):
                while (await dispatch.deliver_waiting(client, store)).delivered:
                    pass
                with store.work() as work:
                    for message in work.session.scalars(select(OutboxMessage)):
                        message.delivered_at = None
            tagged = FlowRunFilter(tags=FlowRunFilterTags(all_=[f"zaak:{number}", "gather"]))
            runs = await client.read_flow_runs(flow_run_filter=tagged)
            return [str(r.parameters) for r in runs if r.parameters["case_id"] == str(case_id)]

    assert tree.loop.run(deliver_twice()) == [str({"case_id": str(case_id), "attempt": 1})]


@pytest.mark.prefect
def test_what_waited_is_delivered_when_prefect_is_back(tree: Tree, store: Database, case_id: uuid.UUID) -> None:
    without_prefect(store)

    async def deliver() -> None:
        async with PrefectClient(f"{tree.embedded.prefect_url}/api") as client:
            while left(store):
                await dispatch.deliver_waiting(client, store)
                await asyncio.sleep(0.2)

    tree.loop.run(deliver(), 30)
    assert left(store) == []


def test_work_goes_to_prefect_before_pictures_and_urgent_cases_before_others(
    store: Database, case_id: uuid.UUID
) -> None:
    with store.work() as work:
        urgent = cases.register_request(work, incoming(subject="haast"))
        urgent.urgent = True
        for key in (case_id, urgent.id):
            stages.queue(work, work.session.get_one(Case, key), Stage.GATHER)
        other = urgent.id

    with store.reading() as work:
        found = [(m.kind == outbox.START_STAGE, m.case_id) for m in outbox.deliverable(work)]

    assert found[:2] == [(True, other), (True, case_id)]
    assert [key for _, key in found[2:]] == sorted((key for _, key in found[2:]), key=lambda key: key != other)


def test_the_embedded_runner_takes_up_urgent_cases_first() -> None:
    runs = [
        FlowRun(flow_id=uuid.uuid4(), name=name, tags=tags) for name, tags in (("1", []), ("2", ["spoed"]), ("3", []))
    ]

    assert [run.name for run in urgent_first(runs)] == ["2", "1", "3"]
