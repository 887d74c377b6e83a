"""Working days: every published non-working day of 2022-2028, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from day_by_day import HOLIDAYS, TABLE, works
from hypothesis import given
from hypothesis import strategies as st

from woo.law import calendar
from woo.law.atw import Unit, atw_applies, extended_end, extended_short_term
from woo.law.calendar import (
    DESIGNATED_DAYS,
    beyond_loaded_years,
    designated_until,
    easter,
    holidays,
    is_working_day,
    kings_day,
    next_working_day,
    why_not_working,
    working_days_between,
)
from woo.law.dutch import date_in_words, day_in_words, days_in_words, period_in_words

DAY = timedelta(days=1)


@pytest.mark.parametrize("year", TABLE)
def test_the_non_working_days_of_a_year_are_exactly_the_published_ones(year: int) -> None:
    assert set(holidays(year)) == {day for day in HOLIDAYS if day.year == year}


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2022, 4, 17), (2024, 3, 31), (2026, 4, 5),
     (2027, 3, 28), (2038, 4, 25), (2076, 4, 19), (2100, 3, 28), (2285, 3, 22)],
)
def test_easter_falls_on_the_known_sunday(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


@given(st.integers(1583, 9999))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2013, date(2013, 4, 30)), (2006, date(2006, 4, 29)), (2014, date(2014, 4, 26)), (2025, date(2025, 4, 26)),
     (2026, date(2026, 4, 27)), (2031, date(2031, 4, 26))],
)
def test_the_kings_birthday_moves_to_saturday_when_it_falls_on_a_sunday(year: int, expected: date) -> None:
    assert kings_day(year) == expected
    assert expected in holidays(year)


@given(st.integers(2000, 2199))
def test_liberation_day_counts_every_year_and_not_only_in_lustrum_years(year: int) -> None:
    assert not is_working_day(date(year, 5, 5))


def test_a_designated_day_has_its_source_and_lies_in_the_loaded_years() -> None:
    for designated in DESIGNATED_DAYS:
        assert designated.source
        assert calendar.designated_from <= designated.day.year <= designated_until
        assert "koninklijk besluit" in why_not_working(designated.day)
    assert max(designated.day.year for designated in DESIGNATED_DAYS) == designated_until


@given(st.dates(date(2022, 1, 1), date(2028, 12, 20)))
def test_the_next_working_day_is_the_day_itself_or_the_first_after_it(day: date) -> None:
    found = next_working_day(day)

    assert works(found)
    assert not any(works(day + DAY * step) for step in range((found - day).days))
    assert bool(why_not_working(day)) == (found != day)


@given(st.dates(date(2022, 1, 1), date(2028, 12, 31)), st.dates(date(2022, 1, 1), date(2028, 12, 31)))
def test_working_days_between_two_days_are_counted_without_the_first(one: date, other: date) -> None:
    first, last = sorted((one, other))
    counted = sum(works(first + DAY * step) for step in range(1, (last - first).days + 1))

    assert working_days_between(first, last) == counted
    assert working_days_between(last, first) == -counted


def test_a_year_without_known_designated_days_is_told_apart() -> None:
    assert not beyond_loaded_years(date(2028, 12, 31))
    assert beyond_loaded_years(date(2029, 1, 1))
    assert beyond_loaded_years(date(2021, 12, 31))
    assert not beyond_loaded_years(date(2022, 1, 1))


@pytest.mark.parametrize(
    ("amount", "unit", "applies"),
    [(12, Unit.WEEKS, True), (13, Unit.WEEKS, False), (90, Unit.DAYS, True), (91, Unit.DAYS, False),
     (3, Unit.MONTHS, True), (4, Unit.MONTHS, False), (1, Unit.YEARS, False), (48, Unit.HOURS, False)],
)
def test_the_act_on_terms_leaves_out_long_terms_years_and_hours(amount: int, unit: Unit, applies: bool) -> None:
    assert atw_applies(amount, unit) is applies


def test_a_term_ends_on_the_first_working_day_from_its_nominal_end() -> None:
    assert extended_end(date(2026, 4, 3)) == date(2026, 4, 7)
    assert extended_end(date(2026, 4, 7)) == date(2026, 4, 7)


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2026, 4, 2), 4, date(2026, 4, 8)),  # Good Friday to Easter Monday: two working days follow
        (date(2025, 12, 24), 5, date(2025, 12, 30)),  # 25 and 26 December, a weekend, then two working days
        (date(2026, 3, 2), 3, date(2026, 3, 5)),  # enough working days: nothing moves
        (date(2026, 4, 2), 2, date(2026, 4, 7)),  # under three days only art. 1 holds
        (date(2026, 2, 6), 3, date(2026, 2, 10)),  # Saturday to Monday holds one working day
        (date(2026, 3, 4), 3, date(2026, 3, 9)),  # two working days, but it ends on a Saturday
    ],
)
def test_a_term_of_three_days_or_more_holds_two_working_days(start: date, days: int, expected: date) -> None:
    assert extended_short_term(start, start + DAY * days) == expected


def test_dates_are_written_in_dutch_words() -> None:
    assert date_in_words(date(2026, 3, 1)) == "1 maart 2026"
    assert day_in_words(date(2026, 1, 12)) == "maandag 12 januari 2026"
    assert [days_in_words(1), days_in_words(2), days_in_words(0)] == ["1 dag", "2 dagen", "0 dagen"]
    assert period_in_words(date(2026, 6, 1), date(2026, 6, 1)) == "op 1 juni 2026"
    assert period_in_words(date(2026, 6, 1), date(2026, 6, 3)) == "van 1 juni 2026 tot en met 3 juni 2026"
