"""Does a case make its term: properties of the estimate, what it refuses to say, and how often its range is right."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from woo.law.calendar import is_working_day, working_days_between
from woo.services.forecast import HORIZON, MIN_CASES, MIN_DAYS, Answer, Forecast, Left, day_after, forecast, pace_of

MONDAY = date(2026, 6, 15)
MEASURED = st.lists(st.integers(0, 200), min_size=MIN_DAYS, max_size=60).filter(any)
AFTER = st.lists(st.integers(0, 60), min_size=MIN_CASES, max_size=30)
PAGES = st.integers(0, 5000)
QUICK = settings(deadline=None, max_examples=50)
LATER = st.integers(0, 300).map(lambda days: MONDAY + timedelta(days=days))


def latest(found: Forecast) -> date:
    return found.last or date.max


def first(found: Forecast) -> date:
    assert found.first is not None
    return found.first


@QUICK
@given(MEASURED, AFTER, PAGES, PAGES, LATER)
def test_more_pages_never_come_earlier(measured: list[int], after: list[int], few: int, more: int, end: date) -> None:
    small, large = (forecast(Left(pages, 0, after), measured, MONDAY, end) for pages in (few, few + more))

    assert first(small) <= first(large)
    assert latest(small) <= latest(large)
    assert (small.chance or 0) >= (large.chance or 0)


@QUICK
@given(MEASURED, AFTER, PAGES, PAGES, LATER)
def test_pages_that_go_first_count_as_ones_own(
    measured: list[int], after: list[int], own: int, ahead: int, end: date
) -> None:
    split, whole = (forecast(Left(*part, after), measured, MONDAY, end) for part in ((own, ahead), (own + ahead, 0)))

    assert (split.first, split.last, split.chance) == (whole.first, whole.last, whole.chance)


@QUICK
@given(MEASURED, AFTER, st.integers(1, 5000), LATER, st.integers(1, 5))
def test_a_faster_pace_never_comes_later(
    measured: list[int], after: list[int], pages: int, end: date, times: int
) -> None:
    slow = forecast(Left(pages, 0, after), measured, MONDAY, end)
    fast = forecast(Left(pages, 0, after), [day * times for day in measured], MONDAY, end)

    assert latest(fast) <= latest(slow)
    assert (fast.chance or 0) >= (slow.chance or 0)


@QUICK
@given(MEASURED, AFTER, PAGES, LATER, st.integers(0, 40))
def test_a_longer_way_to_the_besluit_never_comes_earlier(
    measured: list[int], after: list[int], pages: int, end: date, extra: int
) -> None:
    short = forecast(Left(pages, 0, after), measured, MONDAY, end)
    long = forecast(Left(pages, 0, [days + extra for days in after]), measured, MONDAY, end)

    assert first(short) <= first(long)
    assert latest(short) <= latest(long)


@QUICK
@given(MEASURED, AFTER, PAGES, LATER, st.integers(0, 90))
def test_a_later_last_day_is_never_harder_to_make(
    measured: list[int], after: list[int], pages: int, end: date, extra: int
) -> None:
    near, far = (forecast(Left(pages, 0, after), measured, MONDAY, day) for day in (end, end + timedelta(days=extra)))

    assert (near.chance or 0) <= (far.chance or 0)


@QUICK
@given(MEASURED, AFTER, PAGES, LATER)
def test_the_same_question_has_the_same_answer_and_its_days_are_working_days(
    measured: list[int], after: list[int], pages: int, end: date
) -> None:
    found = forecast(Left(pages, 0, after), measured, MONDAY, end)

    assert found == forecast(Left(pages, 0, list(after)), list(measured), MONDAY, end)
    assert MONDAY <= first(found) <= latest(found)
    assert is_working_day(first(found))
    assert found.last is None or is_working_day(found.last)


def test_a_steady_pace_gives_the_day_that_one_counts_by_hand() -> None:
    found = forecast(Left(500, 100, [3] * 8), [60] * 20, MONDAY, date(2026, 7, 3))

    assert (found.first, found.last) == (date(2026, 7, 2), date(2026, 7, 2))  # ten working days and three
    assert (found.answer, found.chance) == (Answer.LIKELY, 1.0)
    assert found.pace is not None
    assert (found.pace.mean, found.pace.low, found.pace.high, found.pace.days) == (60, 60, 60, 20)


def test_a_term_that_has_passed_is_not_made() -> None:
    found = forecast(Left(0, 0, [0] * 8), (), MONDAY, date(2026, 6, 12))

    assert (found.answer, found.chance) == (Answer.PASSED, 0.0)
    assert found.first == found.last == MONDAY


def test_a_case_whose_review_is_done_needs_no_pace() -> None:
    found = forecast(Left(0, 0, [2, 3, 4, 5, 6]), (), MONDAY, date(2026, 8, 1))

    assert (found.answer, found.pace) == (Answer.LIKELY, None)


@pytest.mark.parametrize(
    ("measured", "after", "says"),
    [
        ([50] * (MIN_DAYS - 1), [1] * 9, "minstens 10"),
        ([], [1] * 9, "Er zijn 0 werkdagen"),
        ([0] * 30, [1] * 9, "niets beoordeeld"),
        ([50] * 30, [1] * (MIN_CASES - 1), "Er zijn 4 zaken"),
        ([50] * 30, [], "minstens 5"),
    ],
)
def test_too_little_is_said_and_never_filled_in(measured: list[int], after: list[int], says: str) -> None:
    found = forecast(Left(10, 0, after), measured, MONDAY, date(2026, 8, 1))

    assert (found.answer, found.chance, found.first, found.last) == (Answer.UNKNOWN, None, None, None)
    assert says in found.reason


def test_what_takes_years_has_no_last_day() -> None:
    found = forecast(Left(1_000_000, 0, [1] * 9), [3] * 20, MONDAY, date(2026, 8, 1))

    assert (found.answer, found.last, found.first) == (Answer.UNLIKELY, None, day_after(MONDAY, HORIZON))


def test_a_short_measurement_gives_a_wider_pace_than_a_long_one() -> None:
    days = [20, 160, 0, 90, 60, 110, 10, 140, 75, 35]
    short, long = pace_of(days), pace_of(days * 5)

    assert short is not None and long is not None
    assert short.mean == long.mean == 70
    assert short.low < long.low < 70 < long.high < short.high
    assert pace_of(days[:-1]) is None


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "seed"), [("even", 1), ("wild", 2), ("idle", 3)])
def test_the_range_is_right_four_times_out_of_five(kind: str, seed: int) -> None:
    """Backtest: jurists with a pace of their own are measured for a while, and then really finish their pages."""
    dice = random.Random(seed)

    def worked(speed: float) -> int:
        if kind == "even":
            return max(0, round(dice.gauss(speed, speed / 4)))
        if kind == "wild":
            return round(dice.lognormvariate(0, 0.9) * speed)
        return round(dice.gammavariate(2, speed / 2)) if dice.random() < 0.6 else 0

    within = early = rounds = 0
    for _ in range(400):
        speed, pages = dice.uniform(20, 120), dice.randrange(100, 2500)
        measured = [worked(speed) for _ in range(dice.randrange(15, 60))]
        after = [dice.randrange(3, 15) for _ in range(12)]
        done = days = 0
        while done < pages:
            done, days = done + worked(speed), days + 1
        truth = days + dice.randrange(3, 15)
        found = forecast(Left(pages, 0, after), measured, MONDAY, date(2027, 1, 1))
        assert found.first is not None
        low = working_days_between(MONDAY, found.first)
        high = working_days_between(MONDAY, found.last) if found.last else 10_000
        within, early, rounds = within + (low <= truth <= high), early + (truth < low), rounds + 1

    assert 0.75 <= within / rounds <= 0.92, within / rounds
    assert early / rounds <= 0.15
