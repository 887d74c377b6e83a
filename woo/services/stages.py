"""Attempts at the work between two phases: queued with the transition, claimed once, fenced, taken over when silent.

Our own lease is the crash detector: Prefect's heartbeat marked healthy runs as crashed (architecture, section 3).
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from models import Case, Leader, OutboxMessage, StageAttempt
from woo.errors import NotAllowed, Stale
from woo.law.lifecycle import STAGE_LABELS, Role, Stage
from woo.services import audit, outbox
from woo.services.work import Work

_ACTIVE = ("queued", "running")
_RETRIERS = frozenset(Role) - {Role.AUDITOR}
_QUEUE_PATIENCE = 5  # leases: a queued run may wait for a worker this long before it is thought lost


def queue(work: Work, case: Case, stage: Stage) -> StageAttempt:
    """Ask the flows for `stage`; where an attempt is already under way, that one serves."""
    active = work.session.scalars(
        select(StageAttempt).where(
            StageAttempt.case_id == case.id, StageAttempt.stage == stage, StageAttempt.state.in_(_ACTIVE)
        )
    ).first()
    if active:
        return active
    last_round = (
        work.session.scalar(
            select(func.max(StageAttempt.round)).where(StageAttempt.case_id == case.id, StageAttempt.stage == stage)
        )
        or 0
    )
    return _new_attempt(work, case, stage, last_round + 1)


def _new_attempt(work: Work, case: Case, stage: Stage, round_: int) -> StageAttempt:
    number = (
        work.session.scalar(
            select(func.max(StageAttempt.number)).where(StageAttempt.case_id == case.id, StageAttempt.stage == stage)
        )
        or 0
    ) + 1
    now = work.clock.now()
    attempt = StageAttempt(
        case_id=case.id,
        stage=stage,
        number=number,
        round=round_,
        state="queued",
        created_at=now,
        lease_until=now + timedelta(seconds=_QUEUE_PATIENCE * work.settings.lease_seconds),
    )
    work.session.add(attempt)
    work.session.flush()
    outbox.post(work, outbox.START_STAGE, case, stage=stage, attempt=number)
    return attempt


def claim(
    work: Work, case_id: uuid.UUID, stage: Stage, number: int, flow_run_id: uuid.UUID | None = None
) -> StageAttempt:
    """Take a queued attempt (compare-and-set). Stale where another run has it or it was given up."""
    now = work.clock.now()
    taken = work.session.execute(
        update(StageAttempt)
        .where(
            StageAttempt.case_id == case_id,
            StageAttempt.stage == stage,
            StageAttempt.number == number,
            StageAttempt.state == "queued",
        )
        .values(state="running", started_at=now, flow_run_id=flow_run_id, lease_until=_lease(work))
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise Stale("Deze poging is al door een andere uitvoering overgenomen. Er is niets veranderd.")
    attempt = work.session.scalars(
        select(StageAttempt).where(
            StageAttempt.case_id == case_id, StageAttempt.stage == stage, StageAttempt.number == number
        )
    ).one()
    audit.record(work, "stage_started", "stage_attempt", attempt.id, case_id=case_id, stage=stage, number=number)
    return attempt


def hold(work: Work, attempt_id: uuid.UUID) -> None:
    """Renew the lease and prove, inside this transaction, that the attempt may still write (fencing)."""
    held = work.session.execute(
        update(StageAttempt)
        .where(StageAttempt.id == attempt_id, StageAttempt.state == "running")
        .values(lease_until=_lease(work))
        .execution_options(synchronize_session=False)
    )
    if held.rowcount != 1:  # type: ignore[attr-defined]
        raise Stale("Een nieuwere poging heeft dit werk overgenomen. Er is niets geschreven.")


def finish(work: Work, attempt_id: uuid.UUID) -> None:
    """End an attempt well, in the transaction of its last write."""
    hold(work, attempt_id)
    attempt = work.session.get_one(StageAttempt, attempt_id, populate_existing=True)
    attempt.state, attempt.ended_at, attempt.error = "done", work.clock.now(), None
    case = work.session.get_one(Case, attempt.case_id)
    case.trouble = None
    audit.record(
        work, "stage_finished", "stage_attempt", attempt.id, case_id=case.id, stage=attempt.stage, number=attempt.number
    )


def fail(work: Work, attempt_id: uuid.UUID, error: str) -> None:
    """End an attempt badly; the next one starts unless this round has had its share, then the case is in trouble."""
    attempt = work.session.get_one(StageAttempt, attempt_id, populate_existing=True)
    if attempt.state not in _ACTIVE:
        return
    attempt.state, attempt.ended_at, attempt.error = "failed", work.clock.now(), error[:500]
    case = work.session.get_one(Case, attempt.case_id)
    tried = (
        work.session.scalar(
            select(func.count())
            .select_from(StageAttempt)
            .where(
                StageAttempt.case_id == case.id,
                StageAttempt.stage == attempt.stage,
                StageAttempt.round == attempt.round,
            )
        )
        or 0
    )
    audit.record(
        work,
        "stage_failed",
        "stage_attempt",
        attempt.id,
        case_id=case.id,
        result="failed",
        stage=attempt.stage,
        number=attempt.number,
    )
    if tried < work.settings.max_attempts:
        _new_attempt(work, case, Stage(attempt.stage), attempt.round)
    else:
        case.trouble = (
            f"{STAGE_LABELS[Stage(attempt.stage)]} is {tried} keer niet gelukt. Alles wat klaar was, is bewaard. "
            "Vraag de beheerder om te kijken en kies daarna 'Opnieuw proberen'."
        )
        outbox.post(work, outbox.EMIT_EVENT, case, event="woo.zaak.storing")
    outbox.post(work, outbox.SHOW_CASE, case)


def hand_back(work: Work, attempt_id: uuid.UUID, reason: str) -> None:
    """End an attempt whose worker stops in good order; the next one starts, and this one is no failure of the stage."""
    attempt = work.session.get_one(StageAttempt, attempt_id, populate_existing=True)
    if attempt.state not in _ACTIVE:
        return
    attempt.state, attempt.ended_at, attempt.error = "failed", work.clock.now(), reason[:500]
    audit.record(
        work,
        "stage_handed_back",
        "stage_attempt",
        attempt.id,
        case_id=attempt.case_id,
        stage=attempt.stage,
        number=attempt.number,
    )
    work.session.flush()
    queue(work, work.session.get_one(Case, attempt.case_id), Stage(attempt.stage))


def running(work: Work) -> list[StageAttempt]:
    """The attempts that some run holds now, oldest first."""
    return list(
        work.session.scalars(
            select(StageAttempt)
            .where(StageAttempt.state == "running")
            .order_by(StageAttempt.created_at, StageAttempt.id)
        )
    )


def given_up(work: Work, since: datetime) -> list[StageAttempt]:
    """The attempts that ended badly since a moment: a run that still claims one of them is dead or out of date."""
    return list(
        work.session.scalars(
            select(StageAttempt).where(
                StageAttempt.state == "failed", StageAttempt.flow_run_id.is_not(None), StageAttempt.ended_at >= since
            )
        )
    )


def announce_again(work: Work, case: Case) -> None:
    """Ask once more for the queued attempts of a case: Prefect lost what it was told. Twice still starts one run."""
    queued = work.session.scalars(
        select(StageAttempt).where(StageAttempt.case_id == case.id, StageAttempt.state == "queued")
    )
    for attempt in queued:
        if not _undelivered(work, attempt):
            outbox.post(work, outbox.START_STAGE, case, stage=attempt.stage, attempt=attempt.number)


def retry(work: Work, case: Case) -> StageAttempt:
    """Start a fresh round of the stage that ended in trouble, at a person's request; not for who only looks on."""
    if _RETRIERS.isdisjoint(work.actor.roles):
        raise NotAllowed("U mag deze stap niet opnieuw starten. Er is niets veranderd.")
    last = work.session.scalars(
        select(StageAttempt)
        .where(StageAttempt.case_id == case.id)
        .order_by(StageAttempt.created_at.desc(), StageAttempt.number.desc())
    ).first()
    if case.trouble is None or last is None:
        raise Stale("Er is geen storing meer op deze zaak. Ververs de pagina.")
    case.trouble = None
    audit.record(work, "stage_retried", "case", case.id, case_id=case.id, stage=last.stage)
    outbox.post(work, outbox.SHOW_CASE, case)
    return queue(work, case, Stage(last.stage))


def take_over_silent(work: Work) -> int:
    """Give up attempts whose lease ran out and start new ones; returns how many. Undelivered is not silent."""
    silent = work.session.scalars(
        select(StageAttempt).where(StageAttempt.state.in_(_ACTIVE), StageAttempt.lease_until < work.clock.now())
    ).all()
    count = 0
    for attempt in silent:
        if attempt.state == "queued" and _undelivered(work, attempt):
            continue
        fail(work, attempt.id, "lease verlopen")
        count += 1
    return count


def _undelivered(work: Work, attempt: StageAttempt) -> bool:
    waiting = work.session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.case_id == attempt.case_id,
            OutboxMessage.kind == outbox.START_STAGE,
            OutboxMessage.delivered_at.is_(None),
        )
    )
    return any(m.payload.get("stage") == attempt.stage and m.payload.get("attempt") == attempt.number for m in waiting)


def lead(work: Work, job: str, holder: str, seconds: int = 30) -> bool:
    """True where `holder` is the one process that does `job` now; renews its own lease."""
    now = work.clock.now()
    leader = work.session.get(Leader, job, with_for_update=True, populate_existing=True)
    if leader is None:
        leader = Leader(job=job, holder=holder, lease_until=now)
        work.session.add(leader)
    elif leader.holder != holder and leader.lease_until > now:
        return False
    leader.holder, leader.lease_until = holder, now + timedelta(seconds=seconds)
    return True


def _lease(work: Work) -> object:
    return work.clock.now() + timedelta(seconds=work.settings.lease_seconds)
