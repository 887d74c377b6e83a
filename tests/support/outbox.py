"""What still lies in the outbox, for tests that look at it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from models import OutboxMessage
from woo.services.work import Work


def waiting(work: Work, limit: int = 100) -> Sequence[OutboxMessage]:
    """The messages that may be delivered now, in the order in which they were posted."""
    return work.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.delivered_at.is_(None), OutboxMessage.available_at <= work.clock.now())
        .order_by(OutboxMessage.id)
        .limit(limit)
    ).all()
