"""Working days in the sense of art. 1 and 3 Algemene termijnenwet (Atw).

Holidays follow from a rule and hold for every year; the days that the Crown adds (art. 3 lid 3, "KB days") are dated
data with their source. A date after the last loaded KB year can still change: callers warn about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DesignatedDay:
    """A day that the Crown made equal to a holiday for terms (Atw 3 lid 3), with where that was published."""

    day: date
    source: str


_KB_2022 = "Stcrt. 2022, 7812"
_KB_2025 = "Stcrt. 2025, 24713"
DESIGNATED_DAYS = (
    DesignatedDay(date(2022, 5, 27), "koninklijk besluit voor 2022; vindplaats: legal-support-office.nl"),
    DesignatedDay(date(2023, 4, 28), _KB_2022),
    DesignatedDay(date(2023, 5, 19), _KB_2022),
    DesignatedDay(date(2024, 5, 10), _KB_2022),
    DesignatedDay(date(2024, 12, 27), _KB_2022),
    DesignatedDay(date(2025, 5, 30), _KB_2022),
    DesignatedDay(date(2026, 1, 2), _KB_2025),
    DesignatedDay(date(2026, 5, 15), _KB_2025),
    DesignatedDay(date(2027, 5, 7), _KB_2025),
    DesignatedDay(date(2028, 4, 28), _KB_2025),
    DesignatedDay(date(2028, 5, 26), _KB_2025),
)
designated_from: int = 2022
"""The first year for which the KB days are loaded."""
designated_until: int = 2028
"""The last year for which the KB days are loaded: later dates may still move."""


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (the "anonymous" algorithm, Nature 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def kings_day(year: int) -> date:
    """The day on which the King's birthday is celebrated: 27 April, or 26 April when the 27th is a Sunday.

    Before 2014 it was Koninginnedag: 30 April, or 29 April when the 30th was a Sunday.
    """
    day = date(year, 4, 27) if year >= 2014 else date(year, 4, 30)
    return day - ONE_DAY if day.weekday() == 6 else day


@lru_cache(maxsize=512)
def holidays(year: int) -> Mapping[date, str]:
    """The non-working days of `year` besides weekends, each with its Dutch name (Atw 3 lid 1, 2 and 3).

    5 May counts every year, not only in lustrum years; Easter Sunday and Whit Sunday are Sundays and not named.
    """
    sunday = easter(year)
    days = {
        date(year, 1, 1): "Nieuwjaarsdag",
        sunday - timedelta(days=2): "Goede Vrijdag",
        sunday + timedelta(days=1): "tweede paasdag",
        kings_day(year): "Koningsdag" if year >= 2014 else "Koninginnedag",
        date(year, 5, 5): "Bevrijdingsdag",
        sunday + timedelta(days=39): "Hemelvaartsdag",
        sunday + timedelta(days=50): "tweede pinksterdag",
        date(year, 12, 25): "eerste kerstdag",
        date(year, 12, 26): "tweede kerstdag",
    }
    for designated in DESIGNATED_DAYS:
        if designated.day.year == year:
            days[designated.day] = "gelijkgesteld met een feestdag bij koninklijk besluit"
    return days


def is_working_day(day: date) -> bool:
    """True when `day` is no Saturday, no Sunday and no holiday in the sense of the Atw."""
    return day.weekday() < 5 and day not in holidays(day.year)


def next_working_day(day: date) -> date:
    """The first working day on or after `day`: `day` itself when it is one."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def working_days_between(after: date, until: date) -> int:
    """How many working days lie after `after`, up to and including `until`; negative when `until` is earlier."""
    if until < after:
        return -working_days_between(until, after)
    weeks, rest = divmod((until - after).days, 7)
    tail = (after + timedelta(days=7 * weeks + step) for step in range(1, rest + 1))
    weekdays = 5 * weeks + sum(day.weekday() < 5 for day in tail)
    return weekdays - sum(
        after < day <= until and day.weekday() < 5
        for year in range(after.year, until.year + 1)
        for day in holidays(year)
    )


def why_not_working(day: date) -> str:
    """Why `day` is no working day, in Dutch: the holiday's name, or the day of the week. Empty for a working day."""
    if name := holidays(day.year).get(day):
        return name
    return ("", "", "", "", "", "een zaterdag", "een zondag")[day.weekday()]


def beyond_loaded_years(day: date) -> bool:
    """True when the KB days of `day`'s year are not loaded, so that a sum ending there is not certain."""
    return not designated_from <= day.year <= designated_until
