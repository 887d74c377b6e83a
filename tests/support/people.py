"""Accounts for tests: every role once, and two jurists."""

from __future__ import annotations

from dataclasses import dataclass

from woo.law.lifecycle import Role
from woo.services import users
from woo.services.work import Actor, Database

PASSWORD = "een lang wachtwoord"


@dataclass(frozen=True)
class People:
    """The actors of a test."""

    jurist: Actor
    second_jurist: Actor
    coordinator: Actor
    communication: Actor
    specialist: Actor
    administrator: Actor


def make_people(database: Database) -> People:
    """Make the accounts; log in with the login names below and `PASSWORD`."""
    wanted = {
        "jurist": ("J. Eerste", Role.JURIST),
        "second_jurist": ("J. Tweede", Role.JURIST),
        "coordinator": ("C. Eenheid", Role.COORDINATOR),
        "communication": ("C. Woordvoering", Role.COMMUNICATION),
        "specialist": ("I. Specialist", Role.INFORMATION_SPECIALIST),
        "administrator": ("B. Beheer", Role.ADMINISTRATOR),
    }
    with database.work() as work:
        made = {
            login: users.actor_for(users.create_user(work, login, name, [role], PASSWORD), "test")
            for login, (name, role) in wanted.items()
        }
    return People(**made)
