"""Who works with the system (users with roles, their sessions) and who asked (requesters)."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Keyed, Versioned


class User(Keyed, Versioned, Base):
    """A member of staff: a personal account, never a shared one (BIO2 5.16)."""

    __tablename__ = "users"

    name: Mapped[str] = mapped_column(String(200))
    login: Mapped[str] = mapped_column(String(100), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    keys_enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    roles: Mapped[list[UserRole]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="UserRole.role"
    )
    directorates: Mapped[list[UserDirectorate]] = relationship(
        cascade="all, delete-orphan", order_by="UserDirectorate.directorate"
    )


class UserRole(Base):
    """One role of one user."""

    __tablename__ = "user_roles"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(40), primary_key=True)


class UserDirectorate(Base):
    """One directorate that a jurist of the pool works for; its name is spelled as on the cases."""

    __tablename__ = "user_directorates"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    directorate: Mapped[str] = mapped_column(String(200), primary_key=True)


class LoginSession(Keyed, Base):
    """A browser that is logged in; only a hash of its token is kept."""

    __tablename__ = "login_sessions"
    __table_args__ = (UniqueConstraint("token_sha256"),)

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64))
    csrf: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class Requester(Keyed, Versioned, Base):
    """The person or organisation that asked: shown on need, never published (Woo art. 4.1; practice: anonymised)."""

    __tablename__ = "requesters"

    name: Mapped[str] = mapped_column(String(300))
    email: Mapped[str | None] = mapped_column(String(320))
    postal_address: Mapped[str | None] = mapped_column(String(500))
    phone: Mapped[str | None] = mapped_column(String(50))
    salutation: Mapped[str | None] = mapped_column(String(200))
