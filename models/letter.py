"""Letters of the procedure: the draft that a jurist edits, and the log of what was really said and sent to whom."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import AppendOnly, Base, Keyed, Versioned


class Letter(Keyed, Versioned, Base):
    """A letter that is being written. `fields` are its facts, `parts` the paragraphs that the jurist rewrote.

    `sent_at` is when it was recorded as sent: from then on it stays as it is. The addressee is filled in only where it
    is not the requester.
    """

    __tablename__ = "letters"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    dated: Mapped[date | None]
    addressee_name: Mapped[str] = mapped_column(String(300), default="")
    addressee_address: Mapped[str] = mapped_column(String(500), default="")
    salutation: Mapped[str] = mapped_column(String(200), default="")
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    parts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    created_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    sent_at: Mapped[datetime | None]


class Communication(Keyed, AppendOnly, Base):
    """One letter that was sent or one contact moment: on which day, with whom (a role, never a name), and how.

    `letter_sha256` is the letter as the program made it, `sent_sha256` the bytes that really went out. `event_id` is
    the legal fact that was recorded with it.
    """

    __tablename__ = "communications"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    counterpart: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(40))
    happened_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    letter_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("letters.id"), unique=True)
    letter_sha256: Mapped[str | None] = mapped_column(String(64))
    sent_sha256: Mapped[str | None] = mapped_column(String(64))
    sent_type: Mapped[str | None] = mapped_column(String(10))
    event_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_events.id"))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
