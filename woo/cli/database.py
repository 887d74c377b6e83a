"""How a command reaches the case store, and as whom."""

from __future__ import annotations

from typing import Annotated

import typer

from woo.law.lifecycle import Role, check_table
from woo.services.work import Actor, Database
from woo.settings import load_settings

Json = Annotated[bool, typer.Option("--json", help="Uitvoer voor machines op stdout.")]

OPERATOR = Actor(None, frozenset({Role.COORDINATOR, Role.INFORMATION_SPECIALIST, Role.ADMINISTRATOR}), "cli")
"""Whoever may run commands on this machine: acts for the Centrale Eenheid, and is named `cli` in the log."""


def open_database() -> Database:
    """The case store of this installation; InputRejected where it was not set up yet."""
    check_table()
    database = Database(load_settings())
    database.check_migrated()
    return database
