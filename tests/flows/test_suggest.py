"""Suggesting by more processes gives what one gives; no killed process and no bad document stops a dossier."""

from __future__ import annotations

import os
import signal
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from flows.stage import StageRun
from flows.suggest import suggest_redactions
from models import Case, Document, Page, Suggestion, ToDo
from tests.support.cases import claim, deliver, new_case
from tests.support.people import make_people
from woo.law.lifecycle import Phase, Stage
from woo.services import suggesting
from woo.services.reading import Reader, Reading, Search, Sheets
from woo.services.work import Database

pytestmark = pytest.mark.slow
Suggest = Callable[..., list[tuple[object, ...]]]


class KilledOnce(Reader):
    """Its process is killed at the first look at each document."""

    def read(self, sheets: Sheets) -> Reading:
        marker = sheets.pdf.with_name(f"{sheets.document_id}.killed")
        if not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return Reader.read(self, sheets)


class Refusing(Reader):
    """One document kills its process, another gives an error that quotes it; a third does so at the second look."""

    def read(self, sheets: Sheets) -> Reading:
        if "Notitie 1" in sheets.pages[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        if "Notitie 3" in sheets.pages[0]:
            raise ValueError(sheets.pages[0])
        return Reader.read(self, sheets)

    def search(self, task: Search) -> Reading:
        if "Notitie 4" in task.sheets.pages[0]:
            raise ValueError(task.sheets.pages[0])
        return Reader.search(self, task)


@pytest.fixture(name="suggest")
def _suggest(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Suggest:
    """Makes a new case of five notes and suggests in it; what was found in them."""
    people = make_people(sqlite_database)
    folder = tmp_path / "bronnen"
    folder.mkdir()
    for number in range(1, 6):
        sender = f"Van: Fenna van der Zwaluw, telefoon 06 1234 567{number}."
        (folder / f"notitie-{number}.txt").write_text(f"Notitie {number}\n\n{sender}\n", encoding="utf-8")

    def suggest(processes: int, reader: type[Reader] = Reader) -> list[tuple[object, ...]]:
        settings = sqlite_database.settings.model_copy(update={"batch_size": 3, "read_processes": processes})
        database = Database(settings, sqlite_database.clock)
        case_id = new_case(database, people)
        deliver(database, people, case_id, folder)
        monkeypatch.setattr(suggesting, "Reader", reader)
        suggest_redactions(StageRun(database, case_id, claim(database, case_id, Stage.SUGGEST)))
        return found(database, case_id)

    return suggest


def found(database: Database, case_id: uuid.UUID) -> list[tuple[object, ...]]:
    """The suggestions of a case that is in review, by document, page and place."""
    with database.reading() as work:
        assert work.session.get_one(Case, case_id).phase == Phase.REVIEW
        rows = work.session.execute(
            select(Document.number, Document.public_title, Suggestion.page_index, Suggestion.fingerprint,
                   Suggestion.text, Suggestion.score, Suggestion.why)
            .join(Document, Suggestion.document_id == Document.id)
            .where(Document.case_id == case_id)
            .order_by(Document.number, Suggestion.page_index, Suggestion.fingerprint)
        )  # fmt: skip
        return [tuple(row) for row in rows]


def test_two_processes_suggest_what_one_suggests_also_when_they_are_killed(suggest: Suggest) -> None:
    one = suggest(1)
    assert sum(row[4] == "Fenna van der Zwaluw" and "5 keer" in str(row[6]) for row in one) == 5
    assert suggest(2) == one
    assert suggest(2, KilledOnce) == one


def test_a_document_that_cannot_be_read_is_a_todo_and_the_others_are_read(
    suggest: Suggest, sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    whole, rest = suggest(2), suggest(2, Refusing)
    with sqlite_database.reading() as work:
        rows = work.session.execute(
            select(Page.text, Document.public_title).select_from(ToDo).where(ToDo.reason == "not_read")
            .join(Document, ToDo.document_id == Document.id).join(Page, Page.document_id == Document.id)
        ).all()  # fmt: skip
    told = {str(text).split()[1]: title for text, title in rows}
    assert told.keys() == {"1", "3", "4"} and told["1"].startswith("Document ")
    assert {row[0] for row in whole} - {row[0] for row in rest} == {int(told[n].split()[1]) for n in ("1", "3")}
    assert "crash" in caplog.text and "ValueError" in caplog.text and "Fenna" not in caplog.text

