"""What the machine proposes, what people decide, and what a second person signs for."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import AppendOnly, Base, Keyed, Versioned


class Suggestion(Keyed, Versioned, Base):
    """A box on a page that may be redacted: proposed by the machine (with its reason) or drawn by hand.

    `boxes` are `[x0, y0, x1, y1]` in PDF user space; `start` is where `text` begins in the page's text (None by hand).
    The verdict is that of `decision`; without one it is open.
    """

    __tablename__ = "suggestions"
    __table_args__ = (
        UniqueConstraint("document_id", "fingerprint"),
        Index("ix_suggestions_document_id_page_index", "document_id", "page_index"),
        Index("ix_suggestions_case_id_text_sha256", "case_id", "text_sha256"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"))
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("documents.id"))
    page_index: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    boxes: Mapped[list[Any]]
    start: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    text_sha256: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(40))
    ground: Mapped[str] = mapped_column(String(20))
    score: Mapped[float | None]
    rule: Mapped[str] = mapped_column(String(100), default="")
    sources: Mapped[list[Any]] = mapped_column(default=list)
    why: Mapped[str] = mapped_column(Text, default="")
    public_role: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str] = mapped_column(String(20))
    created_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    # No foreign key: decisions point here, and a circle of keys cannot be created or dropped in one go on SQLite.
    decision_id: Mapped[uuid.UUID | None]

    decision: Mapped[Decision | None] = relationship(
        primaryjoin="foreign(Suggestion.decision_id) == Decision.id", lazy="joined", viewonly=True
    )


class Decision(Keyed, AppendOnly, Base):
    """One person's decision on one suggestion: redact, keep, or open again (undo). The newest counts."""

    __tablename__ = "decisions"

    suggestion_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("suggestions.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str | None] = mapped_column(String(20))
    motivation: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime]


class Redaction(Keyed, Base):
    """The result of burning one plan into one document, with the proof. Only proven rows have a result file."""

    __tablename__ = "redactions"
    __table_args__ = (UniqueConstraint("document_id", "original_sha256", "plan_sha256"),)

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("documents.id"), index=True)
    original_sha256: Mapped[str] = mapped_column(String(64))
    plan_sha256: Mapped[str] = mapped_column(String(64))
    plan: Mapped[dict[str, Any]]
    proven: Mapped[bool]
    result_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    record: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]


class Gate(Keyed, Versioned, Base):
    """A point where a person decides: open, approved or rejected. An approval signs `content_sha256`, nothing else."""

    __tablename__ = "gates"
    __table_args__ = (Index("ix_gates_case_id_kind", "case_id", "kind"),)

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"))
    document_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("documents.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20), default="open")
    content_sha256: Mapped[str | None] = mapped_column(String(64))
    opened_at: Mapped[datetime]
    due: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
