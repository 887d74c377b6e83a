"""What the terms of a procedure have in common: how one stands on a day, and the events that they are read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from woo.errors import InputRejected
from woo.law.deadlines import decision_deadline
from woo.law.events import LegalEvent, read_day
from woo.law.rules import DECISION_EVENTS
from woo.law.sums import Deadline


class Standing(StrEnum):
    """How a term stands on a day."""

    LATE = "late"
    RUNNING = "running"
    OPEN = "open"
    PAST = "past"
    DONE = "done"


STANDING_LABELS = {
    Standing.LATE: "te laat",
    Standing.RUNNING: "loopt",
    Standing.OPEN: "kan nu",
    Standing.PAST: "voorbij",
    Standing.DONE: "gedaan",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the procedure.

    `deadline` is None where there is no date: `problem` then says why, in Dutch. With `first_day` it is the first day
    on which something may be done. `duty`: we must act by then (a power that lapses, or a term of others, is no duty).
    `about` tells which besluit or notice it belongs to; `settled` is the day on which it was done.
    """

    name: str
    deadline: Deadline | None
    article: str
    problem: str = ""
    about: str = ""
    notes: tuple[str, ...] = ()
    settled: date | None = None
    first_day: bool = False
    duty: bool = False

    def standing(self, today: date) -> Standing:
        """How the term stands on `today`; one without a date runs until it is settled."""
        if self.settled is not None:
            return Standing.DONE
        if self.deadline is None:
            return Standing.RUNNING
        if self.first_day:
            return Standing.OPEN if self.deadline.deadline <= today else Standing.RUNNING
        if not self.deadline.has_passed(today):
            return Standing.RUNNING
        return Standing.LATE if self.duty else Standing.PAST

    @property
    def settled_late(self) -> bool:
        """True when it was done, but after its last day."""
        late = self.settled is not None and self.deadline is not None and self.deadline.has_passed(self.settled)
        return late and not self.first_day


@dataclass(frozen=True)
class Dossier:
    """The events of one case by kind, and what most terms ask: today, the end of the case, the decision term."""

    received: date
    events: Sequence[LegalEvent]
    today: date
    by_kind: Mapping[str, Sequence[LegalEvent]] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the events by kind."""
        kinds: dict[str, list[LegalEvent]] = {}
        for event in self.events:
            kinds.setdefault(event.kind, []).append(event)
        object.__setattr__(self, "by_kind", kinds)

    def of(self, kind: str) -> Sequence[LegalEvent]:
        """The events of one kind."""
        return self.by_kind.get(kind, ())

    def has(self, kind: str) -> bool:
        """Whether an event of this kind stands."""
        return kind in self.by_kind

    def ended(self) -> date | None:
        """The day of the besluit on the whole request, or the day on which it ended otherwise."""
        days = [read_day(event, "bekendgemaakt") for event in self.of("besluit")]
        days += [read_day(event, "datum") for event in self.of("afsluiting")]
        return min(days, default=None)

    def decision(self) -> Deadline:
        """The decision term (Woo 4.4)."""
        events = [event for event in self.events if event.kind in DECISION_EVENTS]
        return decision_deadline(self.received, events, today=self.today)


def computed(term: Term, compute: Callable[[], Deadline]) -> Term:
    """`term` with its date, or with why there is none."""
    try:
        found = compute()
    except InputRejected as error:
        return replace(term, problem=str(error))
    return replace(term, deadline=found)


def first_on_or_after(days: Sequence[date], day: date) -> date | None:
    """The earliest of `days` that is not before `day`."""
    return min((d for d in days if d >= day), default=None)


def in_order(terms: Iterable[Term], today: date) -> list[Term]:
    """What is late first, then what runs by date, what has no date, and at the end what is past or done."""
    rank = {Standing.LATE: 0, Standing.RUNNING: 0, Standing.OPEN: 0, Standing.PAST: 1, Standing.DONE: 1}

    def key(term: Term) -> tuple[int, bool, date, str]:
        end = term.deadline.deadline if term.deadline else date.max
        return rank[term.standing(today)], term.deadline is None, end, term.name

    return sorted(terms, key=key)
