"""`woo check` and what an operator reads when the case store is not there yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from woo.cli.installation import app
from woo.errors import Unavailable
from woo.services.work import Database
from woo.settings import Settings


def case_store_line(home: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What `woo check --json` says of the case store."""
    monkeypatch.setenv("WOO_HOME", str(home))
    monkeypatch.delenv("WOO_DATABASE_URL", raising=False)
    found = CliRunner().invoke(app, ["check", "--json"])
    assert found.exit_code == 0
    return next(row for row in json.loads(found.stdout) if row["name"] == "zaakdatabase")


def test_check_says_that_an_empty_store_needs_setup_and_a_made_one_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = case_store_line(tmp_path, monkeypatch)
    Database(Settings(home=tmp_path)).migrate()
    after = case_store_line(tmp_path, monkeypatch)

    assert before["found"] is False
    assert "nog geen tabellen" in str(before["message"])
    assert "woo setup" in str(before["message"])
    assert after["found"] is True


def test_a_database_that_does_not_answer_is_named_and_nothing_changed(tmp_path: Path) -> None:
    database = Database(Settings(home=tmp_path, database_url="postgresql+psycopg://niemand@127.0.0.1:1/geen"))
    for attempt in (database.migrate, database.check_migrated):
        with pytest.raises(Unavailable, match="antwoordt niet"):
            attempt()
