"""kill -9 in the middle of the work: the case ends as its undisturbed twin, no document twice and none lost."""

from __future__ import annotations

import os
import signal
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from flows.embedded import RUNNER
from models import Document, SourceFile, StageAttempt, Suggestion
from tests.flows.conftest import Tree
from woo.law.lifecycle import Phase, Stage

pytestmark = [pytest.mark.prefect, pytest.mark.slow]
FILES = 60


@pytest.fixture(scope="module")
def many_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty letters and three files that cannot be used: some ten seconds of work in each stage."""
    root = tmp_path_factory.mktemp("bronnen")
    for number in range(FILES):
        text = f"Brief {number}\n\nGeachte mevrouw Van der Zwaluw,\n\nU belde vanaf 06 123456{number:02d}.\n\n" + (
            f"Alinea {number} over de proef met het meldpunt en wat er daarna gebeurde. " * 40
        )
        (root / f"brief-{number:02d}.txt").write_text(text, encoding="utf-8")
    for name in ("leeg.txt", "kapot.pdf", "geluid.wav"):
        (root / name).write_bytes(b"" if name == "leeg.txt" else b"\x00\x01niets")
    return root


@pytest.fixture(scope="module")
def undisturbed(tree: Tree, many_files: Path) -> list[tuple[object, ...]]:
    """What the same files become when nobody kills anything."""
    case_id = tree.new_case(many_files)
    tree.wait(lambda: tree.phase(case_id) == Phase.REVIEW)
    return picture(tree, case_id)


def picture(tree: Tree, case_id: uuid.UUID) -> list[tuple[object, ...]]:
    """Files, documents and suggestions of a case, without keys and moments."""
    with tree.database.reading() as work:
        files = work.session.execute(
            select(SourceFile.path, SourceFile.outcome, Document.number, Document.title, Document.pdf_sha256)
            .outerjoin(Document, Document.source_file_id == SourceFile.id)
            .where(SourceFile.case_id == case_id)
            .order_by(SourceFile.path)
        ).all()
        found = work.session.execute(
            select(Document.number, Suggestion.page_index, Suggestion.fingerprint, Suggestion.text, Suggestion.why)
            .join(Document, Suggestion.document_id == Document.id)
            .where(Suggestion.case_id == case_id)
            .order_by(Document.number, Suggestion.page_index, Suggestion.fingerprint)
        ).all()
    return [*map(tuple, files), *map(tuple, found)]


def done_in(tree: Tree, case_id: uuid.UUID, stage: Stage) -> int:
    """How many documents this stage did so far."""
    query = select(func.count()).select_from(Document).where(Document.case_id == case_id)
    with tree.database.reading() as work:
        return (
            work.session.scalar(query if stage is Stage.GATHER else query.where(Document.suggested_at.is_not(None)))
            or 0
        )


def kill_runner(tree: Tree, case_id: uuid.UUID) -> None:
    process = tree.embedded.children[RUNNER].process
    assert process is not None
    process.send_signal(signal.SIGKILL)


def kill_the_run_itself(tree: Tree, case_id: uuid.UUID) -> None:
    run = tree.runs_of(case_id)[-1]
    assert run.infrastructure_pid
    os.kill(int(run.infrastructure_pid), signal.SIGKILL)


@pytest.mark.parametrize("kill", [kill_runner, kill_the_run_itself])
@pytest.mark.parametrize("stage", [Stage.GATHER, Stage.SUGGEST])
def test_a_killed_stage_ends_like_its_undisturbed_twin(
    tree: Tree,
    many_files: Path,
    undisturbed: list[tuple[object, ...]],
    stage: Stage,
    kill: Callable[[Tree, uuid.UUID], None],
) -> None:
    case_id = tree.new_case(many_files)
    tree.wait(lambda: done_in(tree, case_id, stage) >= 3)
    kill(tree, case_id)
    done = done_in(tree, case_id, stage)
    assert done < FILES, "the kill came too late to prove anything"

    tree.wait(lambda: tree.phase(case_id) == Phase.REVIEW, 120)

    assert picture(tree, case_id) == undisturbed
    with tree.database.reading() as work:
        states = work.session.scalars(
            select(StageAttempt.state)
            .where(StageAttempt.case_id == case_id, StageAttempt.stage == stage)
            .order_by(StageAttempt.number)
        ).all()
    assert states[-1] == "done" and "failed" in states
