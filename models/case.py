"""The case: the request it answers, the legal facts that happened to it, and what still has to be done."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import AppendOnly, Base, Keyed, Versioned
from models.people import Requester, User


class Case(Keyed, Versioned, Base):
    """One Woo case. Its deadline is not here: it follows from its events (`woo.law.deadlines`)."""

    __tablename__ = "cases"

    number: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(String(500))
    summary: Mapped[str] = mapped_column(Text, default="")
    directorate: Mapped[str] = mapped_column(String(200), default="")
    phase: Mapped[str] = mapped_column(String(40), index=True)
    phase_since: Mapped[datetime]
    urgent: Mapped[bool] = mapped_column(default=False)
    trouble: Mapped[str | None] = mapped_column(String(500))
    legal_hold_at: Mapped[datetime | None]
    search_description: Mapped[str] = mapped_column(Text, default="")
    assigned_to_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]

    request: Mapped[Request] = relationship(back_populates="case", uselist=False)
    events: Mapped[list[CaseEvent]] = relationship(
        back_populates="case", order_by="CaseEvent.recorded_at, CaseEvent.id"
    )
    assigned_to: Mapped[User | None] = relationship()


class Request(Keyed, Base):
    """The request as it came in (Woo art. 4.1); the original message is kept under its hash."""

    __tablename__ = "requests"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), unique=True)
    requester_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("requesters.id"))
    channel: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[datetime]
    subject: Mapped[str] = mapped_column(String(500))
    text: Mapped[str] = mapped_column(Text)
    original_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    source_reference: Mapped[str | None] = mapped_column(String(500), unique=True)
    receipt_sha256: Mapped[str | None] = mapped_column(String(64))

    case: Mapped[Case] = relationship(back_populates="request")
    requester: Mapped[Requester] = relationship()


class CaseEvent(Keyed, AppendOnly, Base):
    """A legal fact with its real date. It is corrected by a later row that names it, never by editing."""

    __tablename__ = "case_events"
    __table_args__ = (Index("ix_case_events_case_id_kind", "case_id", "kind"),)

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str] = mapped_column(String(60))
    happened_on: Mapped[date]
    data: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(Text, default="")
    corrects_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_events.id"))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))

    case: Mapped[Case] = relationship(back_populates="events")


class ToDo(Keyed, Versioned, Base):
    """Something a person must look at before the review can end, with the reason in Dutch."""

    __tablename__ = "todos"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    source_file_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("source_files.id"), index=True)
    document_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("documents.id"), index=True)
    reason: Mapped[str] = mapped_column(String(40))
    message: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    resolution: Mapped[str | None] = mapped_column(Text)
