"""The people of the demo: an account per role and a second jurist, with random passwords only the owner can read."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from woo.law.lifecycle import ROLE_LABELS, Role
from woo.services import users
from woo.services.work import Actor, Database

FILE = "inloggegevens.json"
_PEOPLE = {
    "anouk": ("Anouk Verbeek", Role.JURIST),
    "ruben": ("Ruben Haverkort", Role.JURIST),
    "marijke": ("Marijke Tolsma", Role.COORDINATOR),
    "sven": ("Sven Duinkerken", Role.INFORMATION_SPECIALIST),
    "yara": ("Yara Bouwmeester", Role.COMMUNICATION),
    "beheer": ("Bas Hegeman", Role.ADMINISTRATOR),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in the demo, and how each of them logs in."""

    jurist: Actor
    second_jurist: Actor
    coordinator: Actor
    specialist: Actor
    communication: Actor
    passwords: dict[str, str]

    def lines(self) -> list[str]:
        """Who may log in, for people."""
        return [
            f"  {login:<10} {self.passwords[login]}   {name} ({ROLE_LABELS[role]})"
            for login, (name, role) in _PEOPLE.items()
        ]


def cast(database: Database) -> Cast:
    """The accounts of this WOO_HOME; made the first time, with their passwords in a file of mode 0600."""
    file = database.settings.home / FILE
    passwords: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else _make(database, file)
    with database.reading() as work:
        actors = {login: users.actor_for(users.find_user(work, login), "demo") for login in _PEOPLE}
    return Cast(actors["anouk"], actors["ruben"], actors["marijke"], actors["sven"], actors["yara"], passwords)


def _make(database: Database, file: Path) -> dict[str, str]:
    passwords = {login: secrets.token_urlsafe(12) for login in _PEOPLE}
    with database.work() as work:
        for login, (name, role) in _PEOPLE.items():
            users.create_user(work, login, name, [role], passwords[login])
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            json.dump(passwords, out, indent=1)
    return passwords
