"""How work reaches the flows: an outbox written with the transition, attempts with a lease, one leader per job."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Keyed


class OutboxMessage(Base):
    """Something Prefect must be told. `payload` holds ids and stage names only: Prefect's screens show it."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_delivered_at_available_at", "delivered_at", "available_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(40))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    available_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(200))


class StageAttempt(Keyed, Base):
    """One try at one stage of one case. Only the holder of the running attempt may write (fencing)."""

    __tablename__ = "stage_attempts"
    __table_args__ = (
        UniqueConstraint("case_id", "stage", "number"),
        Index("ix_stage_attempts_state_lease_until", "state", "lease_until"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"))
    stage: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    round: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(20), default="queued")
    lease_until: Mapped[datetime]
    flow_run_id: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(500))


class CaseRun(Base):
    """Which Prefect run shows a case; lost with Prefect's database and then simply made anew."""

    __tablename__ = "case_runs"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    flow_run_id: Mapped[uuid.UUID]
    shown_sha256: Mapped[str | None] = mapped_column(String(64))


class Leader(Base):
    """Which process does a job that only one may do, and until when."""

    __tablename__ = "leaders"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(100))
    lease_until: Mapped[datetime]
