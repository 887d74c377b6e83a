"""What Prefect hears when a step goes wrong: a Dutch state and the kind of error, never its text."""

from __future__ import annotations

import signal
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId
from prefect.client.schemas.objects import State
from prefect.exceptions import TerminationSignal
from sqlalchemy import select

from flows import stage as stage_module
from flows.stage import StageRun, at_once, carry_out, stage_flow
from models import Case, StageAttempt
from tests.flows.conftest import Tree
from tests.support.cases import new_case
from tests.support.people import make_people
from woo.errors import NotAllowed, Stale, Unavailable
from woo.law.lifecycle import Stage
from woo.services import stages
from woo.services.work import Database

pytestmark = pytest.mark.prefect
SECRET = "Fenna van der Zwaluw"


@pytest.fixture(autouse=True)
def _this_store_and_no_waiting(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The flow runs in this process, on the store of this test, and tries again at once."""
    monkeypatch.setattr(stage_module, "case_store", lambda: store)
    monkeypatch.setattr(stage_module._step_task, "retry_delay_seconds", 0.1)


@pytest.fixture
def case_id(store: Database) -> uuid.UUID:
    case_id = new_case(store, make_people(store))
    with store.work() as work:
        stages.queue(work, work.session.get_one(Case, case_id), Stage.GATHER)
    return case_id


@pytest.fixture
def run_flow(tree: Tree, case_id: uuid.UUID) -> Callable[[Callable[[StageRun], str]], State[Any]]:
    """Runs a procedure as a stage flow in this process, against the real server."""

    def run(procedure: Callable[[StageRun], str], attempt: int = 1) -> State[Any]:
        flow = stage_flow(Stage.GATHER, procedure, done="Verzameld")
        state: State[Any] = flow(case_id, attempt, return_state=True)
        return state

    return run


def attempts(store: Database) -> list[tuple[int, str, str | None]]:
    with store.reading() as work:
        return [
            (a.number, a.state, a.error)
            for a in work.session.scalars(select(StageAttempt).order_by(StageAttempt.number))
        ]


def in_a_step(error: Exception) -> Callable[[StageRun], str]:
    def fail() -> None:
        raise error

    def procedure(run: StageRun) -> str:
        run.step("Stap", fail)
        return ""

    return procedure


def outside_a_step(error: Exception) -> Callable[[StageRun], str]:
    def procedure(run: StageRun) -> str:
        raise error

    return procedure


@pytest.mark.parametrize("where", [in_a_step, outside_a_step])
def test_an_error_with_a_name_in_it_reaches_prefect_by_its_kind_only(
    tree: Tree, store: Database, run_flow: Any, where: Callable[[Exception], Callable[[StageRun], str]]
) -> None:
    state = run_flow(where(ValueError(f"kan {SECRET} niet lezen")))

    assert (state.type.value, state.name) == ("FAILED", "Mislukt")
    assert "ValueError" in (state.message or "")
    run_id = state.state_details.flow_run_id
    of_run = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run_id]))
    logs = tree.ask(lambda client: client.read_logs(log_filter=of_run))
    assert SECRET not in str(logs) + str(state) and SECRET not in str(tree.ask(lambda c: c.read_flow_run(run_id)))
    assert attempts(store) == [(1, "failed", "ValueError"), (2, "queued", None)]


def test_a_system_that_stays_away_ends_in_trouble_after_its_retries(store: Database, run_flow: Any) -> None:
    tries = []

    def away() -> None:
        tries.append(1)
        raise Unavailable(f"weg: {SECRET}")

    def procedure(run: StageRun) -> str:
        run.step("Stap", away)
        return ""

    state = run_flow(procedure)

    assert (state.type.value, state.name, len(tries)) == ("FAILED", "Storing", 4)
    assert SECRET not in str(state)
    assert attempts(store)[0] == (1, "failed", "Unavailable")


def test_a_system_that_comes_back_is_no_failure(store: Database, run_flow: Any) -> None:
    tries = []

    def back_at_the_second_try() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise Unavailable("even weg")

    def procedure(run: StageRun) -> str:
        run.step("Stap", back_at_the_second_try)
        return "gelukt"

    state = run_flow(procedure)

    assert (state.type.value, state.name, state.message) == ("COMPLETED", "Verzameld", "gelukt")


@pytest.mark.parametrize("where", [in_a_step, outside_a_step])
def test_an_older_attempt_ends_quietly(
    store: Database, run_flow: Any, where: Callable[[Exception], Callable[[StageRun], str]]
) -> None:
    state = run_flow(where(Stale()))

    assert (state.type.value, state.name) == ("COMPLETED", "Overgenomen")
    assert attempts(store) == [(1, "running", None)]


def test_what_the_rules_refuse_is_called_refused(store: Database, run_flow: Any) -> None:
    state = run_flow(in_a_step(NotAllowed(f"geweigerd: {SECRET}")))

    assert (state.type.value, state.name) == ("FAILED", "Geweigerd")
    assert SECRET not in str(state)


def test_an_attempt_that_somebody_else_has_is_left_alone(store: Database, case_id: uuid.UUID, run_flow: Any) -> None:
    with store.work() as work:
        stages.claim(work, case_id, Stage.GATHER, 1)

    state = run_flow(outside_a_step(AssertionError("this must not run")))

    assert state.name == "Overgenomen"
    assert attempts(store) == [(1, "running", None)]


def test_after_its_share_of_attempts_the_case_is_in_trouble(store: Database, case_id: uuid.UUID, run_flow: Any) -> None:
    for number in range(1, store.settings.max_attempts + 1):
        run_flow(outside_a_step(ValueError(SECRET)), number)

    assert [state for _, state, _ in attempts(store)] == ["failed"] * store.settings.max_attempts
    with store.reading() as work:
        trouble = work.session.get_one(Case, case_id).trouble
    assert trouble and "niet gelukt" in trouble and SECRET not in trouble


def test_a_worker_that_stops_hands_its_attempt_back_without_a_failure(
    store: Database, case_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the engine: on this signal it would end the whole process, as it should."""
    monkeypatch.setattr(stage_module, "as_task", at_once)

    def stopped(run: StageRun) -> str:
        raise TerminationSignal(signal.SIGTERM)

    for number in range(1, store.settings.max_attempts + 2):
        with pytest.raises(TerminationSignal):
            carry_out(Stage.GATHER, stopped, "Verzameld", case_id, number)

    assert attempts(store)[-1] == (5, "queued", None)
    with store.reading() as work:
        rounds = work.session.scalars(select(StageAttempt.round).order_by(StageAttempt.number)).all()
        assert rounds == [1, 2, 3, 4, 5]
        assert work.session.get_one(Case, case_id).trouble is None
