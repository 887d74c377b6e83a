"""What time it is, as one replaceable thing: the law counts days in the Netherlands, the store keeps UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock:
    """The real clock."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The calendar day in the Netherlands: the day that statutory terms count in."""
        return self.now().astimezone(AMSTERDAM).date()


@dataclass(frozen=True)
class FixedClock(Clock):
    """A clock that stands still, for tests and for the sample request, whose dates lie fixed."""

    moment: datetime

    def now(self) -> datetime:
        """The fixed moment."""
        return self.moment


def dutch_day(moment: datetime) -> date:
    """The calendar day in the Netherlands on which `moment` (with time zone) falls."""
    return moment.astimezone(AMSTERDAM).date()
