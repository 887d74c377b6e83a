"""The procedures as plain functions, without Prefect: batches, progress, and the same end after a stop halfway."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from sqlalchemy import select

from flows.gather import gather_documents
from flows.stage import StageFailed, StageRun
from flows.suggest import suggest_redactions
from models import Case, Document, SourceFile, Suggestion
from tests.support.cases import claim, new_case
from tests.support.people import make_people
from woo.law.lifecycle import Phase, Stage
from woo.services import sources
from woo.services.work import Database, Work


@pytest.fixture
def steps() -> list[str]:
    return []


@pytest.fixture
def run(sqlite_database: Database, folder: Path, steps: list[str]) -> StageRun:
    """The claimed gathering of a case with thirteen delivered files, in batches of five."""
    database = Database(sqlite_database.settings.model_copy(update={"batch_size": 5}), sqlite_database.clock)
    people = make_people(database)
    case_id = new_case(database, people)
    with database.work(people.specialist) as work:
        sources.deliver(work, work.session.get_one(Case, case_id), folder)

    def noted(title: str, work: object) -> None:
        steps.append(title)
        work()  # type: ignore[operator]

    return StageRun(database, case_id, claim(database, case_id, Stage.GATHER), noted)


def picture(database: Database) -> list[tuple[object, ...]]:
    """What the case holds, without keys and moments."""
    with database.reading() as work:
        files = work.session.execute(
            select(SourceFile.path, SourceFile.outcome, Document.number, Document.title, Document.pdf_sha256)
            .outerjoin(Document, Document.source_file_id == SourceFile.id)
            .order_by(SourceFile.path)
        )
        found = work.session.execute(
            select(Document.number, Suggestion.page_index, Suggestion.fingerprint, Suggestion.text, Suggestion.why)
            .join(Document, Suggestion.document_id == Document.id)
            .order_by(Document.number, Suggestion.page_index, Suggestion.fingerprint)
        )
        return [tuple(row) for row in files] + [tuple(row) for row in found]


def test_gathering_takes_the_files_in_batches_and_ends_in_the_next_stage(run: StageRun, steps: list[str]) -> None:
    assert gather_documents(run) == "13 bestanden verwerkt in deze poging."

    assert steps == ["Bestanden omzetten 1–5", "Bestanden omzetten 6–10", "Bestanden omzetten 11–13"]
    with run.database.reading() as work:
        assert work.session.get_one(Case, run.case_id).phase == Phase.SUGGESTING


def test_work_that_makes_no_progress_fails_instead_of_going_round_for_ever(run: StageRun) -> None:
    def waiting(work: Work, case_id: uuid.UUID, limit: int) -> list[uuid.UUID]:
        return [case_id]

    with pytest.raises(StageFailed) as caught:
        run.in_batches("Rondjes", waiting, lambda _: None)

    assert caught.value.kind == "GeenVoortgang"


def test_suggestions_stopped_halfway_end_as_if_they_were_not(run: StageRun) -> None:
    gather_documents(run)
    attempt = claim(run.database, run.case_id, Stage.SUGGEST)
    stopped_after = 2

    def stop_early(title: str, work: object) -> None:
        nonlocal stopped_after
        stopped_after -= 1
        if stopped_after < 0:
            raise KeyboardInterrupt
        work()  # type: ignore[operator]

    with pytest.raises(KeyboardInterrupt):
        suggest_redactions(StageRun(run.database, run.case_id, attempt, stop_early))
    suggest_redactions(StageRun(run.database, run.case_id, attempt))

    stopped = picture(run.database)
    assert [row for row in stopped if row[1] == "document"] and len(stopped) > 20
    texts = [row[3] for row in stopped[13:]]
    assert sum("Fenna van der Zwaluw" in str(text) for text in texts) == 12
