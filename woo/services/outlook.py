"""Which running cases make their term, as things stand: what is left of each, on whose desk, at the measured pace."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import func, select

from models import Case, Document
from woo.clock import dutch_day
from woo.law.calendar import working_days_between
from woo.law.lifecycle import Phase
from woo.services.clocks import may_be_undone
from woo.services.forecast import Forecast, Left, forecast, unknown
from woo.services.pace import Measured, measured
from woo.services.standings import NOBODY, Standing, standings
from woo.services.work import Work

_ON_THE_DESK = frozenset({Phase.SUGGESTING, Phase.REVIEW})
_NOT_THERE_YET = frozenset({Phase.INTAKE, Phase.GATHERING})
_TAKES_LONGER = "De zaak is al langer in deze fase dan de zaken om mee te vergelijken."


@dataclass(slots=True)
class _Memory:
    """The pages in one case store, and the number of its documents with the sum of their versions at that time."""

    lock: Lock = field(default_factory=Lock)
    mark: tuple[int, int | None] = (0, None)
    pages: Mapping[str, int] = field(default_factory=dict)


_MEMORIES: WeakKeyDictionary[object, _Memory] = WeakKeyDictionary()


def pages_to_judge(work: Work) -> Mapping[str, int]:
    """Pages of the documents without a judgement, by number of the case; a case without any is left out.

    A judgement raises the version of its document, and none is ever taken away: the sum tells whether anything changed.
    """
    if may_be_undone(work):
        return _pages(work)
    mark = work.session.execute(select(func.count(), func.sum(Document.version))).tuples().one()
    memory = _MEMORIES.setdefault(work.session.get_bind(), _Memory())
    with memory.lock:
        if mark != memory.mark:
            memory.mark, memory.pages = mark, _pages(work)
        return memory.pages


def _pages(work: Work) -> dict[str, int]:
    query = (
        select(Case.number, func.sum(Document.page_count))
        .join(Document, Document.case_id == Case.id)
        .where(Document.judgement.is_(None))
        .group_by(Case.number)
    )
    return {number: int(pages) for number, pages in work.session.execute(query)}


def outlook(work: Work, numbers: Collection[str], pages: Mapping[str, int]) -> dict[uuid.UUID, Forecast]:
    """The forecast of those of these cases that run; `pages` is `pages_to_judge`."""
    every = standings(work)
    shown = [s for s in every if s.number in numbers and s.running]
    if not shown:
        return {}
    found, today = measured(work), work.clock.today()
    ahead = _ahead([s for s in every if s.phase in _ON_THE_DESK and s.jurist != NOBODY and s.clock.deadline], pages)
    since = _since(work, shown)
    return {
        s.case_id: _forecast(s, Left(pages.get(s.number, 0), ahead.get(s.number, 0), ()), found, since, today)
        for s in shown
    }


def _ahead(on_desks: Sequence[Standing], pages: Mapping[str, int]) -> dict[str, int]:
    """For each case on a jurist's desk the pages of her other cases whose term ends earlier: those go first."""
    found, so_far = {}, Counter[str]()
    for s in sorted(on_desks, key=attrgetter("last_day")):
        found[s.number] = so_far[s.jurist]
        so_far[s.jurist] += pages.get(s.number, 0)
    return found


def _since(work: Work, shown: Sequence[Standing]) -> dict[str, datetime]:
    query = select(Case.number, Case.phase_since).where(Case.number.in_([s.number for s in shown]))
    return dict(work.session.execute(query).tuples().all())


def _forecast(s: Standing, left: Left, found: Measured, since: Mapping[str, datetime], today: date) -> Forecast:
    if s.clock.deadline is None:
        return unknown("De uiterste dag is niet te berekenen.")
    if s.phase in _NOT_THERE_YET:
        return unknown("De documenten zijn nog niet verzameld. De omvang is dus niet bekend.")
    spent = working_days_between(dutch_day(since[s.number]), today)
    days, own = found.days_of(s.assigned_to_id)
    if s.phase in _ON_THE_DESK:
        rest = Left(left.pages, left.ahead, found.until_besluit[Phase.REDACTING])
    elif s.phase is Phase.ZIENSWIJZE:
        waits = _longer_than(found.zienswijzen, spent)
        rest = Left(left.pages, 0, found.until_besluit[Phase.REDACTING], waits)
    else:
        rest = Left(0, 0, _longer_than(found.until_besluit[s.phase], spent))
    if _outlasts(s.phase, spent, found):
        return unknown(_TAKES_LONGER)
    return replace(forecast(rest, days, today, s.clock.deadline), unit_pace=not own)


def _longer_than(stretches: Sequence[int], spent: int) -> list[int]:
    """What was left of the stretches that lasted at least as long as this one does now."""
    return [stretch - spent for stretch in stretches if stretch >= spent]


def _outlasts(phase: Phase, spent: int, found: Measured) -> bool:
    stretches = found.zienswijzen if phase is Phase.ZIENSWIJZE else found.until_besluit.get(phase, ())
    return bool(stretches) and phase not in _ON_THE_DESK and spent > max(stretches)
