"""The history of a case in plain Dutch: who did what, when; read from the audit chain."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from models import AuditEvent, Case, CaseEvent
from woo.clock import dutch_day
from woo.errors import InputRejected
from woo.law.dutch import date_in_words
from woo.law.judgement import JUDGEMENT_LABELS, Judgement
from woo.law.lifecycle import EVENT_LABELS, PHASE_LABELS, STAGE_LABELS, Event, Phase, Role, Stage
from woo.law.procedure import ENDINGS, REQUEST_TERM, Term
from woo.services import communications, legal_facts, users
from woo.services.legal_facts import FACT_LABELS
from woo.services.todos import REASON_LABELS
from woo.services.work import Work

_TEXTS = {
    "request_registered": "Verzoek geregistreerd",
    "legal_hold_noted": "Bewaarplicht genoteerd: documenten bij dit verzoek blijven bewaard (Woo art. 4.1a)",
    "receipt_letter_made": "Ontvangstbevestiging gemaakt",
    "case_described": "Titel, samenvatting of zoekbeschrijving gewijzigd",
    "todo_closed": "To-do afgerond",
    "besluit_considered": "Overwegingen bij het besluit gewijzigd",
    "besluit_drafted": "Concept-besluit gemaakt",
    "besluit_signed": "Besluit vastgesteld",
    "document_approved": "Document goedgekeurd door tweede lezer",
    "withdrawal_ordered": "Opdracht gegeven om een document in te trekken",
    "publication_written": "Bestanden in de publieke opslag gezet",
}
# A note may name a third party: for those who read the dossier.
_NOTE_READERS = frozenset({Role.JURIST, Role.COORDINATOR, Role.INFORMATION_SPECIALIST, Role.AUDITOR})
_STAGE_DEEDS = {
    "stage_started": "gestart",
    "stage_finished": "klaar",
    "stage_failed": "niet gelukt",
    "stage_retried": "opnieuw gevraagd",
}
_VERDICTS = {"redact": "lakken", "keep": "niet lakken", "open": "weer open gezet"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history, newest first on screen."""

    at: datetime
    who: str
    text: str
    origin: str


def lines(work: Work, case: Case) -> list[Line]:
    """Everything that happened to a case, newest first."""
    events = work.session.scalars(
        select(AuditEvent).where(AuditEvent.case_id == case.id).order_by(AuditEvent.seq.desc())
    ).all()
    names = users.names(work, {e.actor_id for e in events if e.actor_id} | _assigned(events))
    facts = {str(f.id): f for f in case.events}
    recorded = [facts[e.object_id] for e in reversed(events) if e.object_id in facts]
    effects = _effects(recorded)
    notes = not _NOTE_READERS.isdisjoint(work.actor.roles)
    return [
        Line(
            e.at,
            names.get(e.actor_id, "Onbekend") if e.actor_id else "Systeem",
            _with_effect(_describe(e, facts, names, notes=notes), effects.get(e.object_id, "")),
            e.origin,
        )
        for e in _grouped(events)
    ]


def _assigned(events: Sequence[AuditEvent]) -> set[uuid.UUID]:
    """The jurists whom the case was given to."""
    return {uuid.UUID(e.data["to"]) for e in events if e.action == "case_assigned" and e.data.get("to")}


def _effects(recorded: Sequence[CaseEvent]) -> dict[str, str]:
    """What each fact did to the terms, as they stood on the day of recording; by key of the fact."""
    effects: dict[str, str] = {}
    before: dict[tuple[str, str], Term] = {}
    for count, fact in enumerate(recorded, start=1):
        today = dutch_day(fact.recorded_at)
        if count > 1 and today != dutch_day(recorded[count - 2].recorded_at):
            before = _terms(recorded[: count - 1], today)
        after = _terms(recorded[:count], today)
        told = [
            _moved(term, before.get(key))
            for key, term in after.items()
            if _last_day(term) not in (None, _last_day(before.get(key))) and (before or term.duty)
        ]
        if told:
            effects[str(fact.id)] = ". ".join(told)
        before = after
    return effects


def _with_effect(text: str, effect: str) -> str:
    return f"{text.removesuffix('.')}. {effect}" if effect else text


def _terms(facts: Sequence[CaseEvent], today: date) -> dict[tuple[str, str], Term]:
    """The terms that still matter as these facts have them; none where they cannot be computed."""
    try:
        found = legal_facts.procedure_from(legal_facts.standing_among(facts), today)
    except InputRejected:
        return {}
    return {(term.name, term.about): term for term in found if term.settled is None}


def _last_day(term: Term | None) -> date | None:
    return term.deadline.deadline if term and term.deadline else None


def _moved(term: Term, earlier: Term | None) -> str:
    """Where a term stands now, and where it stood before: "Laatste dag: 13 juli 2026 (was 29 juni 2026)"."""
    now, was = _last_day(term), _last_day(earlier)
    name = "Laatste dag" if term.name == REQUEST_TERM else term.name
    since = f" (was {date_in_words(was)})" if was else ""
    return f"{name}: {'vanaf ' if term.first_day else ''}{date_in_words(now) if now else ''}{since}"


def _grouped(events: Sequence[AuditEvent]) -> list[AuditEvent]:
    """A run of the same deed by the same person is one line: the newest of the run."""
    kept: list[AuditEvent] = []
    for event in events:
        last = kept[-1] if kept else None
        if last and last.action == event.action == "document_approved" and last.actor_id == event.actor_id:
            continue
        kept.append(event)
    return kept


def _describe(event: AuditEvent, facts: dict[str, CaseEvent], names: Mapping[uuid.UUID, str], *, notes: bool) -> str:
    data = event.data
    if event.action in set(Event):
        source, target = (PHASE_LABELS[Phase(data[key])] for key in ("source", "target"))
        return f"{EVENT_LABELS[Event(event.action)]}: {source} → {target}"
    match event.action:
        case "legal_fact_recorded":
            return _fact(facts.get(event.object_id), data["kind"], notes=notes)
        case "case_assigned":
            if not data.get("to"):
                return "Zaak teruggegeven"
            return f"Zaak toegewezen aan {names.get(uuid.UUID(data['to']), 'een jurist')}"
        case "sources_delivered":
            return f"{data['count']} bestanden aangeleverd"
        case "suggestions_decided":
            return f"{data['count']} {'kader' if data['count'] == 1 else 'kaders'}: {_VERDICTS[event.result]}"
        case "document_judged":
            return f"Document beoordeeld: {JUDGEMENT_LABELS[Judgement(data['judgement'])].lower()}"
        case "todo_opened":
            return f"To-do: {REASON_LABELS.get(data['reason'], data['reason'])}"
        case "stage_started" | "stage_finished" | "stage_failed" | "stage_retried":
            again = f" (poging {data['number']})" if data.get("number", 1) > 1 else ""
            return f"{STAGE_LABELS[Stage(data['stage'])]}: {_STAGE_DEEDS[event.action]}{again}"
        case "letter_drafted" | "letter_discarded" | "letter_sent" | "contact_recorded":
            return communications.deed(event.action, data)
    return _TEXTS.get(event.action, event.action.replace("_", " "))


def _fact(fact: CaseEvent | None, kind: str, *, notes: bool) -> str:
    label = FACT_LABELS.get(kind, kind)
    if fact is None:
        return label
    when = date_in_words(fact.happened_on) if isinstance(fact.happened_on, date) else ""
    if kind == legal_facts.ENDED:
        label = ENDINGS[fact.data["wijze"]]
    note = f" – {fact.note}" if notes and fact.note else ""
    corrected = "Verbeterd: " if fact.corrects_id and kind != legal_facts.WITHDRAWN else ""
    return f"{corrected}{label} ({when}){note}"
