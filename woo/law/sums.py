"""What a term comes to: the date, and every step of the sum that led to it, each with its article.

A deadline is never stored: it is derived again from the events of the case each time somebody looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A run of days, both `first` and `last` included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Number of days in the period."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def merged(periods: Iterable[Period]) -> list[Period]:
    """The union of days as separate runs, in order; runs that overlap or touch become one."""
    runs: list[Period] = []
    for period in sorted(periods):
        if runs and period.first <= runs[-1].last + timedelta(days=1):
            runs[-1] = Period(runs[-1].first, max(runs[-1].last, period.last))
        else:
            runs.append(period)
    return runs


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sum. `date` is where the term ends after this step; `days` is what the step added.

    `interpretation` is True where the law leaves room and a choice was made; the screen shows that.
    """

    date: date
    days: int
    article: str
    text: str
    interpretation: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """The date under another reading of the law that can be defended, with the reason in Dutch."""

    deadline: date
    nominal: date
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a term, or for a "niet eerder dan" term the first day, with how it was summed.

    `nominal` is the end before the Algemene termijnenwet. `start` is the day that does not count itself (receipt,
    announcement). `start` plus the days of all steps is `deadline`. `provisional` means: something still runs
    (an open suspension, an unanswered invitation), so that the date can change by itself.
    """

    deadline: date
    nominal: date
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]
    start: date
    kind: str
    suspensions: tuple[Period, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    provisional: bool = False

    @property
    def gross_days(self) -> int:
        """Calendar days from the start to the deadline, suspended days included."""
        return (self.deadline - self.start).days

    @property
    def suspended_days(self) -> int:
        """Days up to the deadline on which the term stood still."""
        return sum(max(0, (min(run.last, self.deadline) - run.first).days + 1) for run in self.suspensions)

    @property
    def net_days(self) -> int:
        """Calendar days from the start to the deadline, without the suspended days."""
        return self.gross_days - self.suspended_days

    @property
    def interpretation(self) -> bool:
        """True when at least one step rests on a choice that the law leaves open."""
        return any(step.interpretation for step in self.steps)

    def suspended_on(self, day: date) -> bool:
        """True when the term stands still on `day`."""
        return any(day in run for run in self.suspensions)

    def has_passed(self, today: date) -> bool:
        """True from the day after the deadline on."""
        return today > self.deadline
