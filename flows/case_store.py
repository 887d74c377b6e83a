"""The case store as flows see it: opened once per process, on tables of the right version."""

from __future__ import annotations

from functools import cache

from woo.law.lifecycle import check_table
from woo.services.work import Database
from woo.settings import load_settings


@cache
def case_store() -> Database:
    """The case store that `WOO_*` names; InputRejected where its tables are of another version."""
    check_table()
    database = Database(load_settings())
    database.check_migrated()
    return database
