"""Algemene termijnenwet (Atw): when a statutory term ends later because of weekends and holidays.

Only for terms set in an act (art. 1) or a decree (art. 5). A term that the ministry sets itself is not extended:
set it on a working day.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from woo.law.calendar import ONE_DAY, next_working_day, working_days_between


class Unit(StrEnum):
    """The unit in which an act describes a term; the Atw looks at the words, not at the number of days."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


_LONGEST = {Unit.HOURS: 0, Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3, Unit.YEARS: 0}


def atw_applies(amount: int, unit: Unit) -> bool:
    """Whether the Atw holds for a term of `amount` `unit` (art. 4 under a): not in hours or years, not too long."""
    return amount <= _LONGEST[unit]


def extended_end(nominal: date) -> date:
    """The last day of a term that would end on `nominal` (art. 1): the first working day from there on."""
    return next_working_day(nominal)


def extended_short_term(start: date, nominal: date) -> date:
    """The last day of a term that began the day after `start` and would end on `nominal` (art. 1 and 2).

    A term of at least three days must hold at least two working days.
    """
    if (nominal - start).days >= 3:
        while working_days_between(start, nominal) < 2:
            nominal += ONE_DAY
    return next_working_day(nominal)
