"""Dates and numbers of days in Dutch words, for the sentences that explain a sum or go into a letter."""

from __future__ import annotations

from datetime import date

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)


def weekday_of(day: date) -> str:
    """The Dutch name of the day of the week, in lower case: "maandag"."""
    return WEEKDAYS[day.weekday()]


def date_in_words(day: date) -> str:
    """The date as letters write it: "12 januari 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_in_words(day: date) -> str:
    """The date with its weekday: "maandag 12 januari 2026"."""
    return f"{weekday_of(day)} {date_in_words(day)}"


def days_in_words(days: int) -> str:
    """A number of days: "1 dag", "12 dagen"."""
    return "1 dag" if days == 1 else f"{days} dagen"


def period_in_words(first: date, last: date) -> str:
    """A period, both days included: "11 juni 2026 tot en met 22 juni 2026", or "op 11 juni 2026" for one day."""
    if first == last:
        return f"op {date_in_words(first)}"
    return f"van {date_in_words(first)} tot en met {date_in_words(last)}"
