"""One attempt at one stage as a Prefect run: claim, lease, batches as tasks, an end state in Dutch.

Prefect's screens show states and logs to everybody, so of an error only its kind leaves this module, never its text.
"""

from __future__ import annotations

import logging
import threading
import traceback
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from prefect import Flow, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.exceptions import TerminationSignal
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows.case_store import case_store
from woo.errors import NotAllowed, Stale, Unavailable, WooError
from woo.law.lifecycle import STAGE_LABELS, Stage
from woo.services import stages
from woo.services.work import Database, Work

log = logging.getLogger("woo.flows")
T = TypeVar("T")
P = ParamSpec("P")
TAKEN_OVER, TROUBLE, FAILED, REFUSED = "Overgenomen", "Storing", "Mislukt", "Geweigerd"
_RETRY_AFTER: list[float] = [2, 10, 30]
_STOPPED = "gestopt"


class StageFailed(Exception):
    """A step went wrong. `kind` is the name of the error's type; the error itself, which may quote a page, stays."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


Step = Callable[[str, Callable[[], object]], None]


def at_once(_: str, work: Callable[[], object]) -> None:
    """Do a step here and now: how the procedures run without Prefect."""
    work()


@dataclass(frozen=True, slots=True)
class StageRun:
    """What a procedure needs: the case store, its case, its attempt, and how a step is done (as a task or at once)."""

    database: Database
    case_id: uuid.UUID
    attempt_id: uuid.UUID
    step: Step = at_once

    def read(self, question: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer to a question about the rows."""
        with self.database.reading() as work:
            return question(work, *args, **kwargs)

    def write(self, verb: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do a verb in a transaction of its own."""
        with self.database.work() as work:
            return verb(work, *args, **kwargs)

    def in_batches(
        self,
        title: str,
        waiting: Callable[[Work, uuid.UUID, int], Sequence[uuid.UUID]],
        do: Callable[[Sequence[uuid.UUID]], object],
    ) -> int:
        """Give everything that `waiting` names to `do`, one batch per step, until nothing waits; returns how many."""
        count = 0
        before: Sequence[uuid.UUID] = ()
        while ids := self.read(waiting, self.case_id, self.database.settings.batch_size):
            if ids == before:
                raise StageFailed("GeenVoortgang")
            self.step(f"{title} {count + 1}–{count + len(ids)}", lambda batch=tuple(ids): do(batch))  # type: ignore[misc]
            count, before = count + len(ids), ids
        return count


def each(do: Callable[[uuid.UUID], object]) -> Callable[[Sequence[uuid.UUID]], None]:
    """A batch is done by doing each of its members."""

    def do_all(ids: Sequence[uuid.UUID]) -> None:
        for id_ in ids:
            do(id_)

    return do_all


Procedure = Callable[[StageRun], str]


def stage_flow(stage: Stage, procedure: Procedure, *, done: str) -> Flow[[uuid.UUID, int], State[Any]]:
    """The Prefect flow that carries out `procedure` for one attempt; it ends well in the state named `done`."""

    def run(case_id: uuid.UUID, attempt: int) -> State[Any]:
        return carry_out(stage, procedure, done, case_id, attempt)

    run.__doc__ = procedure.__doc__
    return flow(name=STAGE_LABELS[stage], persist_result=False, log_prints=False)(run)


def carry_out(stage: Stage, procedure: Procedure, done: str, case_id: uuid.UUID, attempt: int) -> State[Any]:
    """Claim the attempt and do its work; whatever happens, it ends in our rows and the run in a Dutch state."""
    database = case_store()
    claimed: list[uuid.UUID] = []

    def claim() -> None:
        run_id = flow_run.id
        with database.work() as work:
            claimed.append(stages.claim(work, case_id, stage, attempt, uuid.UUID(run_id) if run_id else None).id)

    def work_through() -> str:
        as_task("Poging beginnen", claim)
        with kept_alive(database, claimed[0]):
            return procedure(StageRun(database, case_id, claimed[0], as_task))

    try:
        message, kind = _done_or_kind(work_through)
    except TerminationSignal:
        # The worker stops in good order: the next one starts at once, and this attempt does not count as a failure.
        _note_end(database, stages.hand_back, claimed, _STOPPED)
        raise
    if kind is None:
        return Completed(name=done, message=message)
    if kind == Stale.__name__:
        return _taken_over()
    _note_end(database, stages.fail, claimed, kind)
    if kind == NotAllowed.__name__:
        return Failed(
            name=REFUSED, message="De regels staan dit nu niet toe. In de werkbank staat wat er moet gebeuren."
        )
    return Failed(
        name=TROUBLE if kind == Unavailable.__name__ else FAILED,
        message=f"Soort fout: {kind}. Wat klaar was, is bewaard; een nieuwe poging volgt vanzelf.",
    )


def as_task(title: str, work: Callable[[], object]) -> None:
    """Do a step as a Prefect task: its own line on the timeline, tried again where another system is away."""
    state = _step_task(title, work, return_state=True)
    if state.name == TAKEN_OVER:
        raise Stale
    if state.name == FAILED:
        raise StageFailed(state.message or FAILED)
    if not state.is_completed():
        raise StageFailed(Unavailable.__name__)


@task(
    name="Stap",
    task_run_name="{title}",
    retries=len(_RETRY_AFTER),
    retry_delay_seconds=_RETRY_AFTER,
    cache_policy=NO_CACHE,
    persist_result=False,
    log_prints=False,
)
def _step_task(title: str, work: Callable[[], object]) -> State[Any]:
    _, kind = _done_or_kind(work)
    if kind is None:
        return Completed(name="Klaar")
    if kind == Stale.__name__:
        return _taken_over()
    if kind == Unavailable.__name__:
        # Raised, so that Prefect tries again; and afresh, since the caught one hangs on an error that quotes its SQL.
        raise Unavailable("Een ander systeem antwoordt niet.")
    return Failed(name=FAILED, message=kind)


def quietly(body: Callable[[], State[Any]]) -> Callable[[], State[Any]]:
    """A flow without a case whose errors, too, reach Prefect by their kind only."""

    @wraps(body)
    def run() -> State[Any]:
        state, kind = _done_or_kind(body)
        if state is not None:
            return state
        return Failed(name=FAILED, message=f"Soort fout: {kind}. De volgende ronde probeert het opnieuw.")

    return run


def _done_or_kind(work: Callable[[], T]) -> tuple[T, None] | tuple[None, str]:
    """What `work` gives; or else the name of the kind of error, which is all that Prefect may know."""
    try:
        return work(), None
    except StageFailed as error:
        return None, error.kind
    except Exception as error:
        if not isinstance(error, Stale):
            log.warning("%s at %s", type(error).__name__, _place(error))
        return None, type(error).__name__


def _place(error: Exception) -> str:
    """Where an error came up, for the log of this machine: a file and a line, never the text."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"


def _taken_over() -> State[Any]:
    return Completed(name=TAKEN_OVER, message="Een andere poging doet dit werk of heeft het al gedaan.")


def _note_end(
    database: Database, verb: Callable[[Work, uuid.UUID, str], object], claimed: Sequence[uuid.UUID], text: str
) -> None:
    """Note how the attempt ended; where even that fails, its lease runs out and the reconciler does it."""
    for attempt_id in claimed:
        with suppress(WooError), database.work() as work:
            verb(work, attempt_id, text)


@contextmanager
def kept_alive(database: Database, attempt_id: uuid.UUID) -> Iterator[None]:
    """Renew the lease in the background: one long document must not look like a run that died."""
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(database.settings.lease_seconds / 3):
            try:
                with database.work() as work:
                    stages.hold(work, attempt_id)
            except Stale:
                return
            except Unavailable:
                continue

    renewer = threading.Thread(target=renew, name="lease", daemon=True)
    renewer.start()
    try:
        yield
    finally:
        ended.set()
        renewer.join()


__all__ = [
    "FAILED",
    "TAKEN_OVER",
    "TROUBLE",
    "Procedure",
    "StageFailed",
    "StageRun",
    "as_task",
    "quietly",
    "stage_flow",
]
