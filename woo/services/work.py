"""One unit of work: one transaction with its clock, actor and stores; everything in it happens or nothing does."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

import models
from woo.clock import Clock
from woo.errors import InputRejected, Stale, Unavailable
from woo.law.lifecycle import Role
from woo.settings import Settings
from woo.store import ContentStore


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with which roles, and from where (BIO2 8.15.01). A flow acts as the system and has no id."""

    id: uuid.UUID | None
    roles: frozenset[Role]
    origin: str


SYSTEM = Actor(None, frozenset({Role.SYSTEM}), "flow")


@dataclass(frozen=True, slots=True)
class Work:
    """What a service function needs: the session of one transaction, who acts, what time it is, where files are."""

    session: Session
    actor: Actor
    clock: Clock
    settings: Settings
    store: ContentStore


@dataclass
class Database:
    """The case store. `work()` writes, `reading()` reads; both are one transaction."""

    settings: Settings
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        if self.settings.database_url.startswith("sqlite:///"):
            Path(self.settings.database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        self.engine = make_engine(self.settings.database_url)
        self.store = ContentStore(self.settings.internal_root)

    @contextmanager
    def work(self, actor: Actor = SYSTEM) -> Iterator[Work]:
        """A writing unit of work: commits at the end, rolls back on any error, names a conflict for what it is."""
        with self._session(write=True) as session:
            try:
                yield Work(session, actor, self.clock, self.settings, self.store)
                session.commit()
            except StaleDataError:
                raise Stale from None
            except IntegrityError as error:
                raise Stale from error
            except OperationalError as error:
                raise Unavailable(
                    "De zaakdatabase antwoordt niet. Uw wijziging is niet opgeslagen. Probeer het zo opnieuw."
                ) from error

    @contextmanager
    def reading(self, actor: Actor = SYSTEM) -> Iterator[Work]:
        """A reading unit of work: nothing it changes is kept."""
        with self._session(write=False) as session:
            try:
                yield Work(session, actor, self.clock, self.settings, self.store)
            except OperationalError as error:
                raise Unavailable(
                    "De zaakdatabase antwoordt niet. Er is niets veranderd. Probeer het zo opnieuw."
                ) from error

    @contextmanager
    def _session(self, *, write: bool) -> Iterator[Session]:
        with Session(self.engine, autoflush=True, expire_on_commit=False) as session:
            try:
                session.connection(execution_options={"woo_write": write})
            except OperationalError as error:
                raise Unavailable(
                    "De zaakdatabase antwoordt niet. Er is niets veranderd. Probeer het zo opnieuw."
                ) from error
            yield session

    def migrate(self) -> None:
        """Bring the tables to the newest form; safe to run again. Unavailable where the database does not answer."""
        with _answering(), self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(20220501)"))
            config = _alembic(connection)
            command.upgrade(config, "head")

    def check_migrated(self) -> None:
        """Refuse to start on tables of another version than this code; Unavailable where no database answers."""
        with _answering(), self.engine.connect() as connection:
            known = ScriptDirectory.from_config(_alembic(connection)).get_current_head()
            found = None
            if inspect(connection).has_table("alembic_version"):
                found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if found != known:
            what = "heeft een andere versie dan dit programma" if found else "heeft nog geen tabellen"
            raise InputRejected(f"De zaakdatabase {what}. Er is niets veranderd. Voer eerst 'woo setup' uit.")


@contextmanager
def _answering() -> Iterator[None]:
    """Say in Dutch that the database cannot be reached, or is held by somebody else."""
    try:
        yield
    except OperationalError as error:
        raise Unavailable(
            "De zaakdatabase antwoordt niet of is bezet. Er is niets veranderd. Kijk of zij draait en of "
            "WOO_DATABASE_URL klopt, en probeer het opnieuw."
        ) from error


def make_engine(url: str) -> Engine:
    """An engine that keeps our promises on SQLite too: foreign keys, WAL, and a write lock taken at the start."""
    try:
        engine = create_engine(url, pool_pre_ping=True)
    except Exception as error:
        raise InputRejected("De waarde van WOO_DATABASE_URL klopt niet. Er is niets gestart.") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: object, _: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # we say BEGIN ourselves, see below
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=30000", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail at once when another one wrote in between.
    writes = connection.get_execution_options().get("woo_write", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(models.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


__all__ = ["SYSTEM", "Actor", "Database", "Work", "make_engine"]
