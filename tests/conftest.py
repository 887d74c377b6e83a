"""Fixtures for all tests: a real case store on SQLite and on PostgreSQL, people, and a clock that stands still."""

from __future__ import annotations

import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import settings as hypothesis_settings
from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import OperationalError

from models import Base
from tests.support.people import People, make_people
from woo.clock import FixedClock
from woo.services import users
from woo.services.work import Database
from woo.settings import Settings

# No time limit per example: on a busy machine that fails what is right.
hypothesis_settings.register_profile("woo", deadline=None)
hypothesis_settings.load_profile("woo")

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
POSTGRES = os.environ.get("WOO_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="session", autouse=True)
def _quick_password_hashes() -> None:
    """Argon2 with the least work: a strong hash costs a tenth of a second, and tests make many accounts."""
    users._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy from."""
    home = tmp_path_factory.mktemp("template")
    database = Database(Settings(home=home))
    database.migrate()
    database.engine.dispose()
    with closing(sqlite3.connect(home / "woo.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home / "woo.db"


@contextmanager
def postgres_database(purpose: str) -> Iterator[URL]:
    """An empty PostgreSQL database that is gone afterwards; the test is skipped where there is no server."""
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    name = f"woo_{purpose}_{uuid.uuid4().hex[:12]}"
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    except OperationalError:
        pytest.skip("no PostgreSQL on 127.0.0.1:5432 (set WOO_TEST_POSTGRES_URL)")
    try:
        yield server.url.set(database=name)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a migrated PostgreSQL database of this test run; `empty_postgres` gives it to one test."""
    with postgres_database("test") as url:
        address = url.render_as_string(hide_password=False)
        database = Database(Settings(home=tmp_path_factory.mktemp("postgres"), database_url=address))
        database.migrate()
        database.engine.dispose()
        yield address


def empty_postgres(address: str, home: Path) -> Database:
    """The case store at this address without a row, with its files in `home`."""
    database = Database(Settings(home=home, database_url=address), FixedClock(NOW))
    with database.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):  # TRUNCATE makes new files, a hundred times slower
            connection.execute(table.delete())
    return database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty case store; each test that asks for it runs on both databases."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "woo.db")
        database = Database(Settings(home=tmp_path), FixedClock(NOW))
    else:
        database = empty_postgres(request.getfixturevalue("postgres_url"), tmp_path)
    yield database
    database.engine.dispose()


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty case store on SQLite only, where the database makes no difference."""
    shutil.copy(sqlite_template, tmp_path / "woo.db")
    database = Database(Settings(home=tmp_path), FixedClock(NOW))
    yield database
    database.engine.dispose()


@pytest.fixture
def people(database: Database) -> People:
    """One account for each role, and a second jurist."""
    return make_people(database)
