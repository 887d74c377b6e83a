"""Does a case make its term? An estimate from working days that were really measured, with its uncertainty.

Pure: numbers and dates in, an answer out; the same input gives the same answer. It says what is likely, and decides
nothing: no term and no letter follows from it. Where too little was measured it says so; it never assumes a pace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from woo.law.calendar import is_working_day, working_days_between

MIN_DAYS, MIN_CASES = 10, 5
LIKELY_FROM, UNLIKELY_UNTIL = 0.8, 0.2
HORIZON = 300  # working days; what takes longer has no last day
_ROUNDS, _SEED = 400, 20220501
Days = NDArray[np.integer]


class Answer(StrEnum):
    """What the estimate comes to; PASSED where the last day lies behind us, UNKNOWN where too little was measured."""

    LIKELY = "likely"
    UNSURE = "unsure"
    UNLIKELY = "unlikely"
    PASSED = "passed"
    UNKNOWN = "unknown"


ANSWER_LABELS = {
    Answer.LIKELY: "waarschijnlijk wel",
    Answer.UNSURE: "onzeker",
    Answer.UNLIKELY: "waarschijnlijk niet",
    Answer.PASSED: "nee, al voorbij",
    Answer.UNKNOWN: "te weinig gegevens",
}


@dataclass(frozen=True, slots=True)
class Pace:
    """Pages judged per working day: the mean, the 80 % range of that mean, and over how many days it was measured."""

    mean: float
    low: float
    high: float
    days: int


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a case: its own `pages`, those that go first (`ahead`), and measured stretches around them.

    `before` and `after` are working days that finished cases took before the review can go on (a zienswijze), and from
    its end to the besluit; None for `before` where nothing comes before.
    """

    pages: int
    ahead: int
    after: Sequence[int]
    before: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """The answer, the chance (0 to 1), and the day of the besluit: with 80 % chance from `first` to `last`.

    `last` is None where that lies beyond the horizon. `unit_pace` tells that the pace is that of all jurists together.
    `reason` says in Dutch why there is no answer.
    """

    answer: Answer
    chance: float | None = None
    first: date | None = None
    last: date | None = None
    pace: Pace | None = None
    left: Left | None = None
    unit_pace: bool = False
    reason: str = ""


def unknown(reason: str) -> Forecast:
    """No answer, and why, in Dutch."""
    return Forecast(Answer.UNKNOWN, reason=reason)


def forecast(left: Left, measured: Sequence[int], today: date, deadline: date) -> Forecast:
    """When the besluit comes and whether that is on `deadline` at the latest; work goes on the next working day.

    `measured` are the pages of each measured working day. The days to come are drawn from them (bootstrap), after
    drawing which days might have been measured as well: a short measurement gives a wide range.
    """
    if (reason := _too_little(left, measured)) is not None:
        return unknown(reason)
    pages = left.pages + left.ahead
    total = _draw(left.after, 1) + (_draw(left.before, 2) if left.before is not None else 0)
    if pages:
        done = _simulated(tuple(measured))
        total = total + (done < pages).sum(axis=1) + 1
    ordered = np.sort(total)
    first, last = int(ordered[_ROUNDS // 10 - 1]), int(ordered[-_ROUNDS // 10])
    chance = float((total <= working_days_between(today, deadline)).mean()) if deadline >= today else 0.0
    return Forecast(
        _answer(chance) if deadline >= today else Answer.PASSED,
        chance,
        day_after(today, min(first, HORIZON)),
        day_after(today, last) if last <= HORIZON else None,
        pace_of(measured) if pages else None,
        left,
    )


@lru_cache(maxsize=256)
def _pace_of(measured: tuple[int, ...]) -> Pace | None:
    if len(measured) < MIN_DAYS:
        return None
    means = _histories(measured).mean(axis=1)
    low, high = np.quantile(means, (0.1, 0.9))
    return Pace(float(np.mean(measured)), float(low), float(high), len(measured))


def pace_of(measured: Sequence[int]) -> Pace | None:
    """The pace of these measured days; None where they are too few to say anything."""
    return _pace_of(tuple(measured))


def day_after(today: date, number: int) -> date:
    """The working day that comes `number` working days after `today`; 0 is today."""
    return _working_days(today)[number]


def _too_little(left: Left, measured: Sequence[int]) -> str | None:
    if left.pages and len(measured) < MIN_DAYS:
        return f"Er zijn {len(measured)} werkdagen met beoordelingen gemeten; er zijn er minstens {MIN_DAYS} nodig."
    if left.pages and not any(measured):
        return "Op de gemeten dagen is niets beoordeeld."
    for stretch in (left.before, left.after):
        if stretch is not None and len(stretch) < MIN_CASES:
            return f"Er zijn {len(stretch)} zaken om mee te vergelijken; er zijn er minstens {MIN_CASES} nodig."
    return None


def _answer(chance: float) -> Answer:
    if chance >= LIKELY_FROM:
        return Answer.LIKELY
    return Answer.UNLIKELY if chance <= UNLIKELY_UNTIL else Answer.UNSURE


def _histories(measured: tuple[int, ...]) -> Days:
    """Measurements of the same length that could have been made as well: one a round."""
    dice = np.random.default_rng(_SEED)
    return np.asarray(measured)[dice.integers(0, len(measured), (_ROUNDS, len(measured)))]


@lru_cache(maxsize=64)
def _simulated(measured: tuple[int, ...]) -> Days:
    """Pages done after each working day to come, for each round."""
    dice = np.random.default_rng(_SEED + 1)
    picks = dice.integers(0, len(measured), (_ROUNDS, HORIZON))
    return np.take_along_axis(_histories(measured), picks, axis=1).cumsum(axis=1, dtype=np.int32)


def _draw(stretch: Sequence[int], stream: int) -> Days:
    """A stretch for each round; sorted first, so that a longer stretch never gives an earlier day."""
    dice = np.random.default_rng(_SEED + 1 + stream)
    return np.sort(np.asarray(stretch, dtype=np.int64))[dice.integers(0, len(stretch), _ROUNDS)]


@lru_cache(maxsize=8)
def _working_days(today: date) -> Sequence[date]:
    found, day = [today], today
    while len(found) <= HORIZON:
        day += timedelta(days=1)
        if is_working_day(day):
            found.append(day)
    return found
