"""The scripted demo as others run it: one command, exit 0, and a result that proves itself."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.demo_people import FILE, cast
from woo import sample
from woo.law.lifecycle import ROLE_LABELS, Role
from woo.services import users
from woo.services.work import Database


@pytest.mark.prefect
@pytest.mark.slow
def test_the_sample_request_goes_from_receipt_to_publication_without_a_person(tmp_path: Path) -> None:
    out = tmp_path / "uit"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("WOO_", "PREFECT_"))}

    done = subprocess.run(
        [sys.executable, "-m", "flows.demo", "--scripted", "--out", str(out)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["phase"] == "published" and report["audit_chain_verified"] is True
    assert {k: v for k, v in report["files"].items() if k != "pending"} == {
        k: sample.manifest()["totals"][k] for k in ("document", "duplicate", "container", "todo")
    }
    documents = report["documents"]
    assert documents["in"] == documents["judged"] == report["files"]["document"]
    assert documents["published"] == documents["to_publish"] > 30
    assert report["deadline"]["date"] == "2026-12-07" and len(report["deadline"]["steps"]) == 3
    on_disk = {p.relative_to(out).as_posix() for p in (out / "public").rglob("*") if p.is_file()}
    assert {file["path"] for file in report["published"]} == on_disk
    for file in report["published"]:
        assert hashlib.sha256((out / file["path"]).read_bytes()).hexdigest() == file["sha256"]
        if "/documenten/" in file["path"]:
            assert file["verification"]["proven"] is True
    assert not [p for p in tmp_path.iterdir() if p != out], "half output was left behind"


def test_a_folder_that_holds_something_is_refused_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "van een ander.txt").write_text("bewaren")

    done = subprocess.run(
        [sys.executable, "-m", "flows.demo", "--scripted", "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 4 and "niet leeg" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["van een ander.txt"]


def test_every_role_of_the_demo_can_log_in_and_the_passwords_are_for_the_owner_only(sqlite_database: Database) -> None:
    people = cast(sqlite_database)

    file = sqlite_database.settings.home / FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert cast(sqlite_database).passwords == people.passwords, "a second start makes no new accounts"
    with sqlite_database.work() as work:
        assert all(users.sign_in(work, login, password) for login, password in people.passwords.items())
    shown = "\n".join(people.lines())
    wanted = set(Role) - {Role.SYSTEM, Role.AUDITOR}
    assert all(ROLE_LABELS[role] in shown for role in wanted)
