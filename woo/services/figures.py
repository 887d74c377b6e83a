"""Figures over requests: how many, in time or not, how long, with what outcome and on which grounds.

Everything is counted from the same facts as the list of cases; `DEFINITIONS` says in Dutch what each figure means.
"""

from __future__ import annotations

import statistics
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import select

from models import AuditEvent, CaseEvent, Decision, Document, Suggestion
from woo.clock import dutch_day
from woo.law.judgement import OUTCOME_LABELS, PUBLISHED_JUDGEMENTS, Judgement, outcome_of
from woo.law.lifecycle import PHASE_LABELS, Event, Phase
from woo.law.procedure import ENDINGS
from woo.services import legal_facts
from woo.services.clocks import CaseClock
from woo.services.standings import Standing, standings
from woo.services.work import Work

DEFINITIONS: Mapping[str, str] = {
    "Ontvangen": "Verzoeken met de dag van ontvangst in de maand.",
    "Besloten": "Verzoeken waarvan het besluit in de maand is bekendgemaakt.",
    "Op tijd": "Besloten verzoeken met het besluit uiterlijk op de laatste dag, verdaging en stilstand meegeteld.",
    "Bruto dagen": "Kalenderdagen van de dag na ontvangst (na doorzending: bij ons) tot en met de dag van het besluit.",
    "Netto dagen": "Bruto dagen zonder de dagen waarop de termijn stilstond (Awb art. 4:15, Woo art. 4.4, derde lid).",
    "Gemiddelde": "Alle dagen samen, gedeeld door het aantal besloten verzoeken. Eén zeer lange zaak telt zwaar mee.",
    "Mediaan": "De helft van de besloten verzoeken duurde korter, de helft langer.",
    "Zonder besluit": "Verzoeken die in de maand zijn afgesloten zonder besluit, zoals ingetrokken of doorgezonden.",
    "Hoe geëindigd": "Verzoeken zonder besluit, naar de manier waarop zij eindigden volgens het feit in de zaak.",
    "Dagen per fase": "Kalenderdagen die een zaak in een fase was, opgeteld als zij er vaker was. Uit het logboek, "
    "voor fasen die in de periode voor het laatst eindigden.",
    "Uitkomst": "De beslissing op het hele verzoek, volgens de beoordeling van de documenten. Van besloten verzoeken.",
    "Gronden": "Documenten en verzoeken waarbij de weigeringsgrond is gebruikt. Alleen besloten verzoeken.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one month (2026-05; empty for a total) and directorate. Days are those of the decided requests."""

    month: str
    directorate: str
    received: int
    decided: int
    in_time: int
    without_besluit: int
    gross_mean: float | None
    gross_median: float | None
    net_mean: float | None
    net_median: float | None


@dataclass(frozen=True, slots=True)
class PhaseTime:
    """How long cases were in a phase, in calendar days."""

    phase: Phase
    label: str
    cases: int
    mean: float
    median: float


@dataclass(frozen=True, slots=True)
class GroundUse:
    """In how many documents and requests a ground was used."""

    code: str
    documents: int
    cases: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a period (`year`, or None for all years) and a directorate (None for all)."""

    year: int | None
    directorate: str | None
    rows: Sequence[Row]
    total: Row
    phases: Sequence[PhaseTime]
    outcomes: Sequence[tuple[str, int]]
    endings: Sequence[tuple[str, int]]
    grounds: Sequence[GroundUse]
    years: Sequence[int]
    directorates: Sequence[str]


def figures(work: Work, year: int | None = None, directorate: str | None = None) -> Figures:
    """Count. With neither year nor directorate `total.received` is the number of cases on the list."""
    every = standings(work)
    cases = [s for s in every if directorate is None or s.directorate == directorate]
    ended = _ended(work)
    closed = {case_id: fact.happened_on for case_id, fact in ended.items()}
    tallies: dict[tuple[str, str], _Tally] = defaultdict(_Tally)
    whole = _Tally()
    for s in cases:
        _count(s, closed.get(s.case_id), year, tallies, whole)
    decided = {s.case_id for s in cases if s.clock.taken and _within(s.clock.taken, year)}
    return Figures(
        year=year,
        directorate=directorate,
        rows=[tallies[key].row(*key) for key in sorted(tallies)],
        total=whole.row("", directorate or ""),
        phases=_phase_times(work, {s.case_id for s in cases}, year),
        outcomes=_outcomes(work, decided),
        endings=_endings(ended[s.case_id] for s in cases if s.case_id in ended and _within(closed[s.case_id], year)),
        grounds=_grounds(work, decided),
        years=sorted({day.year for s in every for day in _days_of(s, closed) if day}, reverse=True),
        directorates=sorted({s.directorate for s in every if s.directorate}, key=str.casefold),
    )


class _Tally:
    """The counts of one row while they are being made."""

    def __init__(self) -> None:
        self.received = self.in_time = self.without = 0
        self.gross: list[int] = []
        self.net: list[int] = []

    def decide(self, clock: CaseClock, taken: date) -> None:
        gross = (taken - clock.start).days
        self.gross.append(gross)
        self.net.append(gross - clock.suspended_until(taken))
        self.in_time += clock.deadline is not None and taken <= clock.deadline

    def row(self, month: str, directorate: str) -> Row:
        return Row(
            month,
            directorate,
            self.received,
            len(self.gross),
            self.in_time,
            self.without,
            statistics.fmean(self.gross) if self.gross else None,
            statistics.median(self.gross) if self.gross else None,
            statistics.fmean(self.net) if self.net else None,
            statistics.median(self.net) if self.net else None,
        )


def _count(
    s: Standing, closed: date | None, year: int | None, tallies: Mapping[tuple[str, str], _Tally], whole: _Tally
) -> None:
    """Put one case in its months: that of receipt, and that of the besluit or of closing."""

    def of(day: date) -> tuple[_Tally, _Tally]:
        return tallies[f"{day:%Y-%m}", s.directorate], whole

    if _within(s.clock.received, year):
        for tally in of(s.clock.received):
            tally.received += 1
    if s.clock.taken and _within(s.clock.taken, year):
        for tally in of(s.clock.taken):
            tally.decide(s.clock, s.clock.taken)
    elif s.clock.taken is None and s.phase is Phase.CLOSED and closed and _within(closed, year):
        for tally in of(closed):
            tally.without += 1


def _days_of(s: Standing, closed: Mapping[uuid.UUID, date]) -> tuple[date | None, ...]:
    """The days on which a case can count."""
    return s.clock.received, s.clock.taken, closed.get(s.case_id)


def _within(day: date, year: int | None) -> bool:
    return year is None or day.year == year


def _ended(work: Work) -> dict[uuid.UUID, CaseEvent]:
    """The fact with which each request ended without a besluit on its content, as it stands after corrections."""
    facts = work.session.scalars(select(CaseEvent).where(CaseEvent.kind == legal_facts.ENDED)).all()
    return {fact.case_id: fact for fact in legal_facts.standing_among(facts)}


def _endings(facts: Iterable[CaseEvent]) -> list[tuple[str, int]]:
    counted = Counter(fact.data["wijze"] for fact in facts)
    return [(label, counted[ending]) for ending, label in ENDINGS.items() if counted[ending]]


def _phase_times(work: Work, cases: Collection[uuid.UUID], year: int | None) -> list[PhaseTime]:
    """From the moves in the audit chain; a case's visits to one phase are one stretch of days."""
    query = (
        select(AuditEvent.case_id, AuditEvent.at, AuditEvent.action, AuditEvent.data)
        .where(AuditEvent.action.in_(["request_registered", *Event]), AuditEvent.case_id.is_not(None))
        .order_by(AuditEvent.case_id, AuditEvent.seq)
    )
    spent: dict[Phase, list[int]] = defaultdict(list)
    for case_id, group in groupby(work.session.execute(query), key=itemgetter(0)):
        if case_id in cases:
            for phase, (stay, ended) in _stays((at, data) for _, at, _, data in group).items():
                if _within(ended, year):
                    spent[phase].append(stay)
    return [
        PhaseTime(phase, PHASE_LABELS[phase], len(days), statistics.fmean(days), statistics.median(days))
        for phase in Phase
        if (days := spent.get(phase))
    ]


def _stays(moves: Iterable[tuple[datetime, Mapping[str, str]]]) -> dict[Phase, tuple[int, date]]:
    """Days in each phase that ended, with the day it last did; the first move is the registration."""
    stays: dict[Phase, tuple[int, date]] = {}
    began: date | None = None
    for at, data in moves:
        day, source = dutch_day(at), data.get("source")
        if source and source != data.get("target") and began is not None:
            before, _ = stays.get(Phase(source), (0, day))
            stays[Phase(source)] = (before + (day - began).days, day)
        if began is None or (source and source != data.get("target")):
            began = day
    return stays


def _outcomes(work: Work, cases: Collection[uuid.UUID]) -> list[tuple[str, int]]:
    """How many requests ended in each outcome; each decided request counts once."""
    judgements: dict[uuid.UUID, set[Judgement]] = {case_id: set() for case_id in cases}
    query = select(Document.case_id, Document.judgement).where(Document.judgement.is_not(None)).distinct()
    for case_id, judgement in work.session.execute(query):
        if case_id in judgements:
            judgements[case_id].add(Judgement(judgement))
    counted = Counter(outcome_of(found) for found in judgements.values())
    return [(label, counted[outcome]) for outcome, label in OUTCOME_LABELS.items() if counted[outcome]]


def _grounds(work: Work, cases: Collection[uuid.UUID]) -> list[GroundUse]:
    """Grounds of what was redacted in published documents, and of documents withheld as a whole."""
    used: dict[str, set[tuple[uuid.UUID, uuid.UUID]]] = defaultdict(set)
    redacted = (
        select(Decision.ground, Suggestion.case_id, Suggestion.document_id)
        .join(Suggestion, Suggestion.decision_id == Decision.id)
        .join(Document, Suggestion.document_id == Document.id)
        .where(Decision.verdict == "redact", Document.judgement.in_(sorted(PUBLISHED_JUDGEMENTS)))
        .distinct()
    )
    for code, case_id, document_id in work.session.execute(redacted):
        if code and case_id in cases:
            used[code].add((case_id, document_id))
    withheld = select(Document.judgement_grounds, Document.case_id, Document.id).where(Document.judgement.is_not(None))
    for codes, case_id, document_id in work.session.execute(withheld):
        if case_id in cases:
            for code in codes:
                used[code].add((case_id, document_id))
    return [GroundUse(code, len(found), len({case for case, _ in found})) for code, found in sorted(used.items())]
