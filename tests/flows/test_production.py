"""Production as the handbook says it: Prefect on PostgreSQL, `prefect deploy --all`, a worker; urgent cases first."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, PREFECT_SERVER_ALLOW_EPHEMERAL_MODE, temporary_settings

from flows.deployments import DEPLOYMENTS, POOL, QUEUES, REGULAR, URGENT
from flows.dispatch import deliver_waiting
from flows.embedded import FREE_PORTS, PREFECT, Embedded
from models import Case
from tests.conftest import postgres_database
from tests.flows.conftest import Loop
from tests.support.cases import new_case
from tests.support.people import make_people
from woo.law.lifecycle import Phase
from woo.services import sources
from woo.services.work import Database
from woo.settings import Settings

pytestmark = [pytest.mark.prefect, pytest.mark.slow]
ROOT = Path(__file__).parents[2]


@dataclass
class Production:
    """A Prefect server on PostgreSQL with the pool and all deployments, and a case store."""

    tree: Embedded
    database: Database
    loop: Loop

    def prefect(self, *command: str) -> str:
        """What the command line of Prefect says."""
        done = subprocess.run(
            [sys.executable, "-m", "prefect", "--no-prompt", *command],
            cwd=ROOT,
            env=self.tree.environment() | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory, loop: Loop) -> Iterator[Production]:
    with postgres_database("prefect") as url:
        tree = Embedded(Settings(home=tmp_path_factory.mktemp("home")), FREE_PORTS, (PREFECT,))
        address = url.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
        tree.prefect_settings["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = address

        async def start() -> None:
            await tree.start()
            await tree.ready()

        loop.run(start())
        made = Production(tree, Database(tree.settings), loop)
        made.prefect("work-pool", "create", POOL, "--type", "process")
        for priority, queue in enumerate(QUEUES, 1):
            made.prefect("work-queue", "create", queue, "--pool", POOL, "--priority", str(priority))
        made.prefect("deploy", "--all")
        quiet = {PREFECT_API_URL: f"{tree.prefect_url}/api", PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: False}
        with temporary_settings(quiet):
            yield made
        loop.run(tree.stop(), 30)
        made.database.engine.dispose()


def delivered(production: Production, folder: Path) -> dict[bool, uuid.UUID]:
    """A plain and an urgent case with files, told to Prefect by our dispatcher; by whether it is urgent."""
    people = make_people(production.database)
    found = {}
    for urgent in (False, True):
        case_id = found[urgent] = new_case(production.database, people, subject=f"spoed: {urgent}")
        with production.database.work() as work:
            work.session.get_one(Case, case_id).urgent = urgent
        with production.database.work(people.specialist) as work:
            sources.deliver(work, work.session.get_one(Case, case_id), folder)

    async def deliver() -> None:
        async with PrefectClient(f"{production.tree.prefect_url}/api") as client:
            while (done := await deliver_waiting(client, production.database)).delivered:
                assert done.failed == 0

    production.loop.run(deliver())
    return found


def test_urgent_cases_go_to_their_own_queue_and_a_worker_carries_both_out(production: Production, folder: Path) -> None:
    cases = delivered(production, folder)

    async def stage_runs() -> list[FlowRun]:
        async with PrefectClient(f"{production.tree.prefect_url}/api") as client:
            assert {f"{d.name}" for d in await client.read_deployments()} == {d.name for d in DEPLOYMENTS}
            return [
                run for run in await client.read_flow_runs() if "gather" in run.tags and "case_id" in run.parameters
            ]

    queues = {run.parameters["case_id"]: run.work_queue_name for run in production.loop.run(stage_runs())}
    assert queues == {str(cases[True]): URGENT, str(cases[False]): REGULAR}

    production.prefect("worker", "start", "--pool", POOL, "--run-once", "--limit", "2")

    with production.database.reading() as work:
        phases = {urgent: work.session.get_one(Case, case_id).phase for urgent, case_id in cases.items()}
    assert phases == {True: Phase.SUGGESTING, False: Phase.SUGGESTING}
    assert {run.state_name for run in production.loop.run(stage_runs())} == {"Verzameld"}
