"""A workbench on a copy of a ready-made case store, and browsers of people who are signed in to it."""

from __future__ import annotations

import re
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from models import Document, Suggestion
from tests.conftest import NOW
from tests.support import steps
from tests.support.people import People, make_people
from tests.web import world
from tests.web.browser import Browser
from woo.clock import FixedClock
from woo.services import suggestions
from woo.services.work import Database
from woo.settings import Settings
from woo.web.workbench import create_app


@dataclass(frozen=True)
class Unit:
    """A case store with people and one case, and the workbench on it."""

    database: Database
    people: People
    case_id: uuid.UUID
    number: str
    browser: Callable[[str], Browser]
    visitor: TestClient

    @property
    def case(self) -> str:
        """Address of the case."""
        return f"/zaken/{self.number}"


class Desk:
    """A browser on the first page of the first document."""

    def __init__(self, unit: Unit, login: str = "jurist") -> None:
        self.unit, self.browser = unit, unit.browser(login)
        with unit.database.reading() as work:
            document = work.session.scalars(
                select(Document).where(Document.case_id == unit.case_id).order_by(Document.number)
            ).first()
            assert document
            self.document_id = document.id
        self.base = f"{unit.case}/documenten/{self.document_id}"

    def rows(self, index: int = 0) -> list[Suggestion]:
        with self.unit.database.reading() as work:
            document = work.session.get_one(Document, self.document_id)
            return suggestions.on_page(work, document, index)

    def judge(self, **fields: object):
        """Send the judgement form, with the version that the page shows."""
        page = self.browser.get(f"{self.base}/1").text
        version = re.search(r'name="versie" value="(\d+)"', page)
        assert version
        return self.browser.post(f"{self.base}/oordeel", **({"versie": version[1], "pagina": "1"} | fields))

    def decide(self, browser: Browser | None = None, json: bool = True, **fields: object):
        return (browser or self.browser).post(f"{self.base}/1/beslissen", json=json, **fields)


@pytest.fixture(scope="session")
def reviewing_home(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> tuple[Path, People, uuid.UUID]:
    """A home with one case of two documents in review, every find open."""
    home = tmp_path_factory.mktemp("reviewing")
    shutil.copy(sqlite_template, home / "woo.db")
    database = Database(Settings(home=home), FixedClock(NOW))
    people = make_people(database)
    case_id = world.case_in_review(database, people, tmp_path_factory.mktemp("bronnen"), directorate="DGRR")
    return _settle(database, home), people, case_id


@pytest.fixture(scope="session")
def burned_home(
    tmp_path_factory: pytest.TempPathFactory, reviewing_home: tuple[Path, People, uuid.UUID]
) -> tuple[Path, People, uuid.UUID]:
    """The same case with everything redacted, proven, and waiting for the second reader."""
    source, people, case_id = reviewing_home
    home = tmp_path_factory.mktemp("burned") / "home"
    shutil.copytree(source, home)
    database = Database(Settings(home=home), FixedClock(NOW))
    steps.review(database, people, case_id)
    steps.burn(database, case_id)
    return _settle(database, home), people, case_id


@pytest.fixture(scope="session")
def drafted_home(
    tmp_path_factory: pytest.TempPathFactory, burned_home: tuple[Path, People, uuid.UUID]
) -> tuple[Path, People, uuid.UUID]:
    """The same case approved, weighed and with a draft besluit."""
    source, people, case_id = burned_home
    home = tmp_path_factory.mktemp("drafted") / "home"
    shutil.copytree(source, home)
    database = Database(Settings(home=home), FixedClock(NOW))
    steps.approve(database, people, case_id)
    world.consider(database, people, case_id)
    world.draft(database, case_id)
    return _settle(database, home), people, case_id


@pytest.fixture
def reviewing(reviewing_home: tuple[Path, People, uuid.UUID], tmp_path: Path) -> Iterator[Unit]:
    """A workbench with a case in review."""
    yield from _unit(reviewing_home, tmp_path)


@pytest.fixture
def desk(reviewing: Unit) -> Desk:
    """The first jurist at work."""
    return Desk(reviewing)


@pytest.fixture
def burned(burned_home: tuple[Path, People, uuid.UUID], tmp_path: Path) -> Iterator[Unit]:
    """A workbench with a case before the second reader."""
    yield from _unit(burned_home, tmp_path)


@pytest.fixture
def drafted(drafted_home: tuple[Path, People, uuid.UUID], tmp_path: Path) -> Iterator[Unit]:
    """A workbench with a draft besluit."""
    yield from _unit(drafted_home, tmp_path)


@pytest.fixture
def taken(drafted: Unit) -> Unit:
    """A workbench with a case whose besluit is taken."""
    world.take(drafted.database, drafted.people, drafted.case_id)
    return drafted


def _unit(made: tuple[Path, People, uuid.UUID], tmp_path: Path) -> Iterator[Unit]:
    source, people, case_id = made
    home = tmp_path / "home"
    shutil.copytree(source, home)
    database = Database(Settings(home=home, upload_megabytes=2), FixedClock(NOW))
    app = create_app(database)

    def browser(login: str) -> Browser:
        return Browser(TestClient(app, follow_redirects=False)).sign_in(login)

    yield Unit(
        database, people, case_id, world.number_of(database, case_id), browser, TestClient(app, follow_redirects=False)
    )
    app.state.house.images.close()
    database.engine.dispose()


def _settle(database: Database, home: Path) -> Path:
    database.engine.dispose()
    with closing(sqlite3.connect(home / "woo.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home
