"""The history of a case in plain Dutch: who did what, when; read from the audit chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from models import AuditEvent, Case, CaseEvent
from woo.law.dutch import date_in_words
from woo.law.judgement import JUDGEMENT_LABELS, Judgement
from woo.law.lifecycle import EVENT_LABELS, PHASE_LABELS, STAGE_LABELS, Event, Phase, Role, Stage
from woo.services import users
from woo.services.legal_facts import FACT_LABELS
from woo.services.todos import REASON_LABELS
from woo.services.work import Work

_TEXTS = {
    "request_registered": "Verzoek geregistreerd",
    "legal_hold_noted": "Bewaarplicht genoteerd: documenten bij dit verzoek blijven bewaard (Woo art. 4.1a)",
    "receipt_letter_made": "Ontvangstbevestiging gemaakt",
    "case_described": "Titel, samenvatting of zoekbeschrijving gewijzigd",
    "case_assigned": "Zaak toegewezen",
    "todo_closed": "To-do afgerond",
    "besluit_considered": "Overwegingen bij het besluit gewijzigd",
    "besluit_drafted": "Concept-besluit gemaakt",
    "besluit_signed": "Besluit vastgesteld",
    "document_approved": "Document goedgekeurd door tweede lezer",
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
    names = users.names(work, {e.actor_id for e in events if e.actor_id})
    facts = {str(f.id): f for f in case.events}
    notes = not _NOTE_READERS.isdisjoint(work.actor.roles)
    return [
        Line(
            e.at,
            names.get(e.actor_id, "Onbekend") if e.actor_id else "Systeem",
            _describe(e, facts, notes=notes),
            e.origin,
        )
        for e in _grouped(events)
    ]


def _grouped(events: Sequence[AuditEvent]) -> list[AuditEvent]:
    """A run of the same deed by the same person is one line: the newest of the run."""
    kept: list[AuditEvent] = []
    for event in events:
        last = kept[-1] if kept else None
        if last and last.action == event.action == "document_approved" and last.actor_id == event.actor_id:
            continue
        kept.append(event)
    return kept


def _describe(event: AuditEvent, facts: dict[str, CaseEvent], *, notes: bool) -> str:
    data = event.data
    if event.action in set(Event):
        source, target = (PHASE_LABELS[Phase(data[key])] for key in ("source", "target"))
        return f"{EVENT_LABELS[Event(event.action)]}: {source} → {target}"
    match event.action:
        case "legal_fact_recorded":
            return _fact(facts.get(event.object_id), data["kind"], notes=notes)
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
    return _TEXTS.get(event.action, event.action.replace("_", " "))


def _fact(fact: CaseEvent | None, kind: str, *, notes: bool) -> str:
    label = FACT_LABELS.get(kind, kind)
    if fact is None:
        return label
    when = date_in_words(fact.happened_on) if isinstance(fact.happened_on, date) else ""
    note = f" – {fact.note}" if notes and fact.note else ""
    corrected = "Verbeterd: " if fact.corrects_id and kind != "withdrawn" else ""
    return f"{corrected}{label} ({when}){note}"
