"""Staff accounts: made by a command, logged in with argon2, locked for a while after wrong passwords."""

from __future__ import annotations

import hashlib
import secrets
import threading
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, select

from models import LoginSession, User, UserRole
from woo.errors import InputRejected, NotAllowed
from woo.law.lifecycle import Role
from woo.services import audit
from woo.services.work import Actor, Work

MIN_PASSWORD = 12
_LOCK_AFTER = 5
_LOCK_FOR = timedelta(minutes=15)
_HASHING = threading.BoundedSemaphore(4)  # each takes 64 MB: who knocks often must not fill the memory
_hasher = PasswordHasher()
_NOBODY = _hasher.hash(secrets.token_hex(16))  # so that an unknown login takes as long as a wrong password


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is behind a browser: the actor for services, the name on screen, the token that forms must bring back."""

    actor: Actor
    name: str
    csrf: str
    keys_enabled: bool


def create_user(work: Work, login: str, name: str, roles: Collection[Role], password: str) -> User:
    """Make a personal account. InputRejected where the login exists, a role is unknown or the password is too short."""
    if frozenset({Role.ADMINISTRATOR, Role.SYSTEM}).isdisjoint(work.actor.roles):
        raise NotAllowed("Alleen een beheerder maakt accounts. Er is geen account gemaakt.")
    login = login.strip().lower()
    if not login or not name.strip():
        raise InputRejected("Geef een inlognaam en een naam. Er is geen account gemaakt.")
    if not roles or Role.SYSTEM in roles:
        raise InputRejected("Kies een of meer rollen. Er is geen account gemaakt.")
    if len(password) < MIN_PASSWORD:
        raise InputRejected(f"Het wachtwoord moet minstens {MIN_PASSWORD} tekens hebben. Er is geen account gemaakt.")
    if work.session.scalars(select(User).where(User.login == login)).first():
        raise InputRejected("Deze inlognaam bestaat al. Er is geen account gemaakt.")
    user = User(
        name=name.strip(),
        login=login,
        password_hash=_hasher.hash(password),
        created_at=work.clock.now(),
        roles=[UserRole(role=role) for role in sorted(set(roles))],
    )
    work.session.add(user)
    work.session.flush()
    audit.record(work, "user_created", "user", user.id, roles=sorted(roles))
    return user


def actor_for(user: User, origin: str) -> Actor:
    """The actor that services know, for a person who comes in by `origin` (werkbank, cli, demo)."""
    return Actor(user.id, frozenset(Role(r.role) for r in user.roles), origin)


def find_user(work: Work, login: str) -> User:
    """The active account with this login name; InputRejected where there is none."""
    user = work.session.scalars(select(User).where(User.login == login.strip().lower(), User.active)).first()
    if user is None:
        raise InputRejected("Dit account bestaat niet of is niet actief.")
    return user


def sign_in(work: Work, login: str, password: str) -> str | None:
    """Check a password; the new session's token, or None: the same answer for every cause, so nothing is learned."""
    # Locked: attempts at the same moment must be counted one by one, or many at once would count as one.
    user = work.session.scalars(select(User).where(User.login == login.strip().lower()).with_for_update()).first()
    now = work.clock.now()
    locked = user is not None and user.locked_until is not None and user.locked_until > now
    right = _matches(user.password_hash if user and user.password_hash else _NOBODY, password)
    if user is None or not user.active or locked or not right:
        if user is not None and not locked:
            user.failed_logins += 1
            if user.failed_logins >= _LOCK_AFTER:
                user.failed_logins, user.locked_until = 0, now + _LOCK_FOR
        audit.record(work, "sign_in_refused", "user", user.id if user else "unknown", result="refused")
        return None
    user.failed_logins, user.locked_until = 0, None
    token = secrets.token_urlsafe(32)
    work.session.execute(delete(LoginSession).where(LoginSession.expires_at < now))
    work.session.add(
        LoginSession(
            user_id=user.id,
            token_sha256=_sha256(token),
            csrf=secrets.token_urlsafe(24),
            created_at=now,
            expires_at=now + timedelta(hours=work.settings.session_hours),
        )
    )
    audit.record(work, "signed_in", "user", user.id)
    return token


def signed_in(work: Work, token: str, origin: str = "werkbank") -> SignedIn | None:
    """Who holds this session token; None where it is unknown, expired or the account was closed."""
    session = work.session.scalars(select(LoginSession).where(LoginSession.token_sha256 == _sha256(token))).first()
    if session is None or session.expires_at <= work.clock.now():
        return None
    user = work.session.get(User, session.user_id)
    if user is None or not user.active:
        return None
    return SignedIn(actor_for(user, origin), user.name, session.csrf, user.keys_enabled)


def sign_out(work: Work, token: str) -> None:
    """End the session of this token."""
    work.session.execute(delete(LoginSession).where(LoginSession.token_sha256 == _sha256(token)))
    audit.record(work, "signed_out", "user", work.actor.id)


def switch_keys(work: Work, *, enabled: bool) -> None:
    """Turn single-letter shortcuts on or off for the acting person (WCAG 2.1.4)."""
    if work.actor.id is None:
        raise NotAllowed("Alleen een ingelogde medewerker kan dit wijzigen.")
    work.session.get_one(User, work.actor.id).keys_enabled = enabled


def names(work: Work, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Names by user id, for history and lists."""
    return {u.id: u.name for u in work.session.scalars(select(User).where(User.id.in_(list(ids))))}


def _matches(hash_: str, password: str) -> bool:
    try:
        with _HASHING:
            return _hasher.verify(hash_, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
