"""The besluit (Woo art. 4.3) and what was made public of it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Keyed, Versioned


class Besluit(Keyed, Versioned, Base):
    """The decision letter: a draft is remade when anything under it changes; taken means signed by a person.

    `considerations` maps a ground to `{"text", "older_than_five_years"}`: the weighing in this case
    (Woo 5.1 lid 3, 5.3).
    """

    __tablename__ = "besluiten"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), unique=True)
    considerations: Mapped[dict[str, Any]] = mapped_column(default=dict)
    based_on_sha256: Mapped[str | None] = mapped_column(String(64))
    letter_sha256: Mapped[str | None] = mapped_column(String(64))
    public_letter_sha256: Mapped[str | None] = mapped_column(String(64))
    drafted_at: Mapped[datetime | None]
    taken_on: Mapped[date | None]
    taken_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))


class Publication(Keyed, Base):
    """One case in the public store: which bytes, ordered by whom; `letter_record` is the look at our own besluit."""

    __tablename__ = "publications"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), unique=True)
    ordered_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    ordered_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    manifest_sha256: Mapped[str | None] = mapped_column(String(64))
    letter_record: Mapped[dict[str, Any]] = mapped_column(default=dict)
