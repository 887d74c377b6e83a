"""Gaps in the handling: since when a case lies still, the longest time it did in this phase, and who it waits for.

A case lies still while its audit chain does not grow: nobody, and no flow, did anything to it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from operator import itemgetter

from sqlalchemy import case as either
from sqlalchemy import func, select

from models import AuditEvent, Case
from woo.clock import dutch_day
from woo.law.lifecycle import DECIDED_PHASES, Phase
from woo.services import board
from woo.services.work import Work

_FEW = 500


@dataclass(frozen=True, slots=True)
class Gap:
    """How long a case lies still since `since` (in calendar `days`), and the longest time it did since its phase began.

    The longest gap ran from `longest_from` to `longest_to`, in `longest_days`; it may be the present one.
    """

    case_id: uuid.UUID
    number: str
    phase: Phase
    waiting_for: str
    since: datetime
    days: int
    longest_from: datetime
    longest_to: datetime
    longest_days: int

    @property
    def was_longer(self) -> bool:
        """Whether the case lay still for longer before than it does now."""
        return self.longest_days > self.days


def still_since(work: Work, case_ids: Sequence[uuid.UUID] | None = None) -> list[Gap]:
    """The gap of every case that is not decided (or of these among them), the longest still lying one first."""
    now = work.clock.now()
    query = (
        select(Case.id, Case.number, Case.phase, Case.phase_since, Case.trouble, AuditEvent.at)
        .outerjoin(AuditEvent, (AuditEvent.case_id == Case.id) & (AuditEvent.at >= Case.phase_since))
        .where(Case.phase.not_in(sorted(DECIDED_PHASES)))
        .order_by(Case.id, AuditEvent.seq)
    )
    if case_ids is not None and len(case_ids) <= _FEW:
        query = query.where(Case.id.in_(case_ids))
    wanted = set(case_ids) if case_ids is not None else None
    found = []
    for key, group in groupby(work.session.execute(query).tuples(), key=itemgetter(0)):
        if wanted is None or key in wanted:
            rows = list(group)
            _, number, phase, since, trouble, _ = rows[0]
            found.append(_gap(key, number, Phase(phase), trouble, [since, *(r[5] for r in rows if r[5])], now))
    return sorted(found, key=lambda gap: (-gap.days, gap.number))


def last_signs(work: Work, moments: Sequence[datetime]) -> dict[uuid.UUID, tuple[datetime | None, ...]]:
    """When each case last had a line in the log before each of these moments (None: not yet), in one look at the log.

    A case that came in without such a line counts from the day on which it was registered.
    """
    before = [func.max(either((AuditEvent.at < moment, AuditEvent.at))) for moment in moments]
    found: dict[uuid.UUID, tuple[datetime | None, ...]] = {
        case_id: tuple(created if created < moment else None for moment in moments)
        for case_id, created in work.session.execute(select(Case.id, Case.created_at))
    }
    query = select(AuditEvent.case_id, *before).where(AuditEvent.case_id.is_not(None)).group_by(AuditEvent.case_id)
    for case_id, *signs in work.session.execute(query):
        found[case_id] = tuple(sign or earlier for sign, earlier in zip(signs, found[case_id], strict=True))
    return found


def _gap(
    case_id: uuid.UUID, number: str, phase: Phase, trouble: str | None, moments: Sequence[datetime], now: datetime
) -> Gap:
    """`moments`: when the phase began and when anything happened since, in order."""
    runs = list(_runs([*moments, max(now, moments[-1])]))
    days, _, since, _ = runs[-1]
    longest = max(runs, key=lambda run: run[:2])
    waiting_for, _ = board.waits_for(phase, trouble)
    return Gap(case_id, number, phase, waiting_for, since, days, longest[2], longest[3], longest[0])


def _runs(moments: Sequence[datetime]) -> Iterator[tuple[int, float, datetime, datetime]]:
    """Each stretch between two moments: in Dutch calendar days, in seconds, from, to."""
    for before, after in pairwise(moments):
        days = (dutch_day(after) - dutch_day(before)).days
        yield days, (after - before).total_seconds(), before, after
