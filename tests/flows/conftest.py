"""One real Prefect server and runner for the whole session; tests make their own cases in its case store."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectNotFound
from prefect.settings import PREFECT_API_URL, PREFECT_SERVER_ALLOW_EPHEMERAL_MODE, temporary_settings

from flows.embedded import FREE_PORTS, PREFECT, RUNNER, Embedded
from models import Case
from tests.support.cases import new_case
from tests.support.outbox import waiting
from tests.support.people import People, make_people
from woo.clock import Clock
from woo.services import projection, sources
from woo.services.work import Database
from woo.settings import Settings

T = TypeVar("T")


class Loop:
    """An event loop in a thread of its own, so that plain tests can use what is async."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T], seconds: float = 120) -> T:
        """The result of `coroutine`."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(seconds)

    def close(self) -> None:
        """End the loop."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)


@dataclass
class Tree:
    """A running tree with its case store, its people and ways to ask Prefect."""

    embedded: Embedded
    database: Database
    people: People
    loop: Loop

    def ask(self, question: Callable[[PrefectClient], Coroutine[Any, Any, T]]) -> T:
        """The answer of Prefect's API."""

        async def asked() -> T:
            async with PrefectClient(f"{self.embedded.prefect_url}/api") as client:
                return await question(client)

        return self.loop.run(asked())

    def case_run(self, case_id: uuid.UUID) -> FlowRun:
        """The run that shows a case."""
        with self.database.reading() as work:
            shown = projection.shown_run(work, case_id)
        assert shown is not None
        return self.ask(lambda client: client.read_flow_run(shown.flow_run_id))

    def phase(self, case_id: uuid.UUID) -> str:
        """Where a case stands."""
        with self.database.reading() as work:
            return work.session.get_one(Case, case_id).phase

    def number(self, case_id: uuid.UUID) -> str:
        """The number of a case."""
        with self.database.reading() as work:
            return work.session.get_one(Case, case_id).number

    def new_case(self, folder: Path, **changes: object) -> uuid.UUID:
        """A case with this folder delivered: the flows start on it at once."""
        case_id = new_case(self.database, self.people, **changes)
        with self.database.work(self.people.specialist) as work:
            sources.deliver(work, work.session.get_one(Case, case_id), folder)
        return case_id

    def waiting(self, case_id: uuid.UUID) -> list[str]:
        """The kinds of the messages about a case that Prefect did not get yet."""
        with self.database.reading() as work:
            return [m.kind for m in waiting(work, 1000) if m.case_id == case_id]

    def runs_of(self, case_id: uuid.UUID) -> list[FlowRun]:
        """The stage runs of a case, oldest first."""
        tagged = FlowRunFilter(tags=FlowRunFilterTags(all_=[f"zaak:{self.number(case_id)}"]))
        runs = self.ask(lambda client: client.read_flow_runs(flow_run_filter=tagged))
        shown = self.case_run(case_id).id
        return sorted((r for r in runs if r.id != shown), key=lambda r: r.created or r.id.hex)

    def wait(self, happened: Callable[[], T], seconds: float = 90) -> T:
        """Wait until `happened` gives something true; the test fails where it does not."""
        until = time.monotonic() + seconds
        while True:
            with suppress(AssertionError, ObjectNotFound, httpx.HTTPError):
                if found := happened():
                    return found
            assert time.monotonic() < until, "it did not happen in time"
            time.sleep(0.2)


@pytest.fixture(scope="session")
def loop() -> Iterator[Loop]:
    """The loop of this session."""
    loop = Loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory, loop: Loop) -> Iterator[Tree]:
    """Prefect's server and our runner, with a quick lease so that a dead run is noticed in seconds."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), lease_seconds=8, batch_size=5)
    yield from start_tree(settings, loop)


def start_tree(settings: Settings, loop: Loop) -> Iterator[Tree]:
    """A tree on these settings, stopped at the end."""

    async def make() -> Embedded:
        embedded = Embedded(settings, FREE_PORTS, (PREFECT, RUNNER))
        await embedded.start()
        await embedded.ready()
        return embedded

    embedded = loop.run(make())
    database = Database(embedded.settings)
    quiet = {PREFECT_API_URL: f"{embedded.prefect_url}/api", PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: False}
    try:
        with temporary_settings(quiet):
            yield Tree(embedded, database, make_people(database), loop)
    finally:
        loop.run(embedded.stop(), 30)
        database.engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a dozen small files of three kinds, and one that cannot be used."""
    root = tmp_path / "bronnen"
    root.mkdir()
    for number in range(12):
        sender = f"Van: Fenna van der Zwaluw, telefoon 06 1234 56{number:02d}."
        text = f"Notitie {number}\n\n{sender} Overleg over het meldpunt.\n"
        (root / f"notitie-{number:02d}.txt").write_text(text, encoding="utf-8")
    (root / "leeg.txt").write_bytes(b"")
    return root


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A case store that no runner looks at, so that this test is the only dispatcher."""
    shutil.copy(sqlite_template, tmp_path / "woo.db")
    database = Database(Settings(home=tmp_path), Clock())
    yield database
    database.engine.dispose()
