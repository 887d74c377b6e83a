"""A store of the first form, with work in it, goes to the newest form and loses nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, inspect, select

from models import Case, Document
from tests.support.cases import deliver, new_case, write_pdf
from tests.support.people import People
from woo.services import audit, legal_facts
from woo.services.work import Database

pytestmark = pytest.mark.slow  # every migration, down and up, on two databases
FIRST = "0001"
ROOT = Path(__file__).parents[3]
Rows = dict[str, list[tuple[Any, ...]]]


def go_back_to(database: Database, revision: str) -> None:
    """Take the tables, with what is in them, to an older form."""
    config = Config(ROOT / "alembic.ini")
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def rows_of(database: Database, columns: dict[str, list[str]]) -> Rows:
    """Every row of every table in `columns`, in an order of its own."""
    with database.engine.connect() as connection:
        metadata = MetaData()
        metadata.reflect(connection, only=list(columns))
        wanted = {name: select(*(metadata.tables[name].c[c] for c in names)) for name, names in columns.items()}
        return {name: sorted((tuple(row) for row in connection.execute(q)), key=repr) for name, q in wanted.items()}


def columns_of(database: Database) -> dict[str, list[str]]:
    found = inspect(database.engine)
    tables = set(found.get_table_names()) - {"alembic_version"}
    return {name: [column["name"] for column in found.get_columns(name)] for name in tables}


def test_a_store_of_the_first_form_is_upgraded_without_losing_a_value(
    database: Database, people: People, tmp_path: Path
) -> None:
    folder = tmp_path / "aanlevering"
    folder.mkdir()
    write_pdf(folder / "brief.pdf", ["Geachte heer Jansen,"], ["Met groet, Fatima El Amrani"])
    case_id = new_case(database, people)
    deliver(database, people, case_id, folder)
    go_back_to(database, FIRST)
    first = columns_of(database)
    before = rows_of(database, first)

    database.migrate()

    assert "letters" not in first
    assert "formation_finished" not in first["documents"]
    assert {"cases", "documents", "pages", "audit_events", "case_events", "users"} <= {t for t in before if before[t]}
    assert rows_of(database, first) == before
    database.check_migrated()
    with database.reading() as work:
        document = work.session.scalars(select(Document)).one()
        assert (document.confidential_acts, document.formation_finished) == (False, False)
        assert legal_facts.deadline_of(work.session.get_one(Case, case_id)).deadline.isoformat() == "2026-06-29"
        assert audit.verify_chain(work.session) == []
