"""What was delivered (source files) and what is judged (documents with pages), each file under its content hash."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Keyed, Versioned


class SourceFile(Keyed, Base):
    """One delivered file, or one thing inside it (attachment, member of an archive). Each ends with an outcome."""

    __tablename__ = "source_files"
    __table_args__ = (
        UniqueConstraint("case_id", "delivery", "path"),
        Index("ix_source_files_case_id_sha256", "case_id", "sha256"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"))
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("source_files.id"))
    delivery: Mapped[str] = mapped_column(String(64))
    path: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    media_type: Mapped[str | None] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(20), default="pending", index=True)
    duplicate_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("source_files.id"))
    added_at: Mapped[datetime]
    added_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))

    document: Mapped[Document | None] = relationship(back_populates="source", uselist=False)


class Document(Keyed, Versioned, Base):
    """One document to judge. `pdf_sha256` is the normalised PDF that reviewer and redactor both see.

    `number` is given when gathering ends, in order of date: an interrupted run then numbers as an uninterrupted one.
    """

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    source_file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source_files.id"), unique=True)
    number: Mapped[int | None]
    title: Mapped[str] = mapped_column(Text)
    public_title: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(40))
    dated: Mapped[date | None]
    date_source: Mapped[str] = mapped_column(String(60), default="")
    thread_key: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[list[Any]] = mapped_column(default=list)
    family_number: Mapped[int | None]
    duplicate_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("documents.id"))
    public_link: Mapped[str | None] = mapped_column(String(2048))
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    page_count: Mapped[int]
    suggested_at: Mapped[datetime | None]
    dossier_read_at: Mapped[datetime | None]
    judgement: Mapped[str | None] = mapped_column(String(40))
    judgement_grounds: Mapped[list[Any]] = mapped_column(default=list)
    judgement_reason: Mapped[str] = mapped_column(Text, default="")
    judged_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    judged_at: Mapped[datetime | None]
    aged_reason: Mapped[str] = mapped_column(Text, default="")
    intern_beraad: Mapped[bool] = mapped_column(default=False)
    environmental: Mapped[bool] = mapped_column(default=False)
    emissions: Mapped[bool] = mapped_column(default=False)
    confidential_acts: Mapped[bool] = mapped_column(default=False, server_default=false())
    formation_finished: Mapped[bool] = mapped_column(default=False, server_default=false())

    source: Mapped[SourceFile] = relationship(back_populates="document")
    pages: Mapped[list[Page]] = relationship(back_populates="document", order_by="Page.index")


class Page(Keyed, Base):
    """One page with its text and words: `[text, x0, y0, x1, y1]` in PDF user space (points, origin bottom left)."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("document_id", "index"),)

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("documents.id"))
    index: Mapped[int]
    width: Mapped[float]
    height: Mapped[float]
    rotation: Mapped[int]
    crop: Mapped[list[Any]]
    text: Mapped[str] = mapped_column(Text)
    words: Mapped[list[Any]] = mapped_column(deferred=True)
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))

    document: Mapped[Document] = relationship(back_populates="pages")
