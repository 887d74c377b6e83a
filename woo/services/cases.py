"""Cases: registered once per request, moved only along the lifecycle table, found by their number."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from models import Case, Request, Requester
from woo.clock import dutch_day
from woo.errors import InputRejected, NotAllowed
from woo.law.lifecycle import Event, Phase, Role, Stage, Transition, check_move, transition_for
from woo.services import audit, facts, legal_facts, outbox, stages
from woo.services.work import Work

_OPENING = re.compile(
    r"^(?:(?:re|fw|fwd|betreft|onderwerp|(?:een )?(?:woo|wob)[- ]?verzoek|verzoek)\s*[:–-]\s*|"
    r"(?:woo|wob)[- ]?verzoek\s+(?:over|inzake|om)\s+|verzoek\s+om\s+documenten\s+over\s+)+",
    re.IGNORECASE,
)
CHANNELS = {"email": "e-mail", "form": "webformulier", "post": "brief", "phone": "telefoon", "desk": "aan de balie"}
_LONGEST = {
    "requester_name": 300,
    "requester_email": 320,
    "postal_address": 500,
    "phone": 50,
    "salutation": 200,
    "directorate": 200,
    "source_reference": 500,
}
REGISTRARS = frozenset({Role.JURIST, Role.COORDINATOR, Role.SYSTEM})
_CLOCKS_APART = timedelta(minutes=10)  # a mail server whose clock runs a little ahead of ours
_DESCRIBERS = frozenset({Role.JURIST, Role.COORDINATOR})
# A bare move would leave out what these must write with it: the letter and the legal fact, the order, the note.
_OWN_VERB = frozenset(
    {
        Event.REQUEST_CLOSED,
        Event.BESLUIT_TAKEN,
        Event.PUBLICATION_ORDERED,
        Event.APPROVAL_REFUSED,
        Event.DOCUMENT_WITHDRAWN,
    }
)
_RESTS_ON = {
    "doorgezonden": (
        "doorzending",
        "Leg eerst vast wanneer en waarheen u het verzoek heeft doorgezonden. Er is niets veranderd.",
    ),
    "niet_behandeld": (
        "precisering",
        "Leg eerst vast wanneer u om precisering heeft gevraagd (Woo art. 4.1, vijfde lid). Er is niets veranderd.",
    ),
}


@dataclass(frozen=True, slots=True)
class IncomingRequest:
    """A request as it came in. `received_at`: when it reached the organ (Awb art. 2:17), with time zone.

    `source_reference` names the message or form it came from: the same one twice is one case.
    """

    channel: str
    received_at: datetime
    subject: str
    text: str
    requester_name: str
    requester_email: str | None = None
    postal_address: str | None = None
    phone: str | None = None
    salutation: str | None = None
    directorate: str = ""
    original: bytes | None = None
    source_reference: str | None = None


def register_request(work: Work, incoming: IncomingRequest) -> Case:
    """Make the case of a request: number, receipt as the first legal fact, legal hold noted (Woo art. 4.1a).

    Idempotent by `source_reference`. InputRejected where the request cannot be understood; NotAllowed for other roles.
    """
    if REGISTRARS.isdisjoint(work.actor.roles):
        raise NotAllowed("U mag geen verzoeken registreren. Er is niets opgeslagen.")
    if incoming.received_at.tzinfo is None:
        raise InputRejected("Het tijdstip van ontvangst heeft geen tijdzone. Er is niets opgeslagen.")
    now = work.clock.now()
    if now < incoming.received_at <= now + _CLOCKS_APART:
        incoming = replace(incoming, received_at=now)
    _check(work, incoming)
    audit.take_turn(work)  # the same request at the same moment, or two that would get one number
    if incoming.source_reference:
        known = work.session.scalars(
            select(Request).where(Request.source_reference == incoming.source_reference)
        ).first()
        if known:
            return known.case
    requester = Requester(
        name=incoming.requester_name.strip(),
        email=incoming.requester_email,
        phone=incoming.phone,
        postal_address=incoming.postal_address,
        salutation=incoming.salutation,
    )
    case = Case(
        number=_next_number(work, dutch_day(incoming.received_at).year),
        title=topic_of(incoming.subject)[:500],
        summary="",
        directorate=incoming.directorate,
        phase=Phase.INTAKE,
        phase_since=now,
        legal_hold_at=now,
        created_at=now,
    )
    work.session.add_all([requester, case])
    work.session.flush()
    work.session.add(
        Request(
            case_id=case.id,
            requester_id=requester.id,
            channel=incoming.channel,
            received_at=incoming.received_at,
            subject=incoming.subject.strip()[:500],
            text=incoming.text,
            source_reference=incoming.source_reference,
            original_sha256=work.store.put_bytes(incoming.original) if incoming.original else None,
        )
    )
    work.session.flush()
    audit.record(work, "request_registered", "case", case.id, case_id=case.id, channel=incoming.channel)
    legal_facts.record_fact(work, case, "received", dutch_day(incoming.received_at), {})
    audit.record(work, "legal_hold_noted", "case", case.id, case_id=case.id, article="Woo art. 4.1a")
    outbox.post(work, outbox.SHOW_CASE, case)
    outbox.post(work, outbox.EMIT_EVENT, case, event="woo.zaak.geregistreerd")
    return case


def case_by_number(work: Work, number: str) -> Case:
    """The case with this number; InputRejected where it does not exist."""
    case = work.session.scalars(select(Case).where(Case.number == number)).first()
    if case is None:
        raise InputRejected("Deze zaak bestaat niet.")
    return case


def move(work: Work, case: Case, event: Event, *, reason: str = "", own_verb: bool = False) -> Transition:
    """Move a case along the table: role, four eyes and guards are checked on the rows of this transaction.

    Writes the case, an audit event and the outbox in one transaction. NotAllowed with every reason where it cannot.
    `own_verb` is said by the verb that does the rest of a step which is more than a move (`besluiten.take`).
    """
    audit.take_turn(work)
    work.session.refresh(case, ["phase"])
    transition = transition_for(Phase(case.phase), event)
    if event in _OWN_VERB and not own_verb:
        raise NotAllowed("Deze stap heeft een eigen scherm. Er is niets veranderd. Ga naar dat scherm van de zaak.")
    check_move(
        transition,
        facts.facts_of(work, case, reason=reason),
        work.actor.roles,
        touched_documents=transition.four_eyes and facts.touched_case(work, case),
    )
    if transition.target is not transition.source:
        case.phase, case.phase_since = transition.target, work.clock.now()
    audit.record(
        work,
        event,
        "case",
        case.id,
        case_id=case.id,
        source=transition.source,
        target=transition.target,
        reason_given=bool(reason.strip()),
    )
    if transition.starts:
        stages.queue(work, case, transition.starts)
    outbox.post(work, outbox.SHOW_CASE, case)
    outbox.post(work, outbox.EMIT_EVENT, case, event=f"woo.zaak.{event}")
    return transition


def close(work: Work, case: Case, ending: str, on: date, reason: str) -> None:
    """End a request without a besluit on its content: withdrawn, forwarded, or not treated (Woo 4.1 lid 6, 4.2, 4.6).

    How and when it ended is a legal fact with the reason as its note; the log keeps only that a reason was given.
    InputRejected where the fact lacks on which the ending rests.
    """
    rests_on, lacking = _RESTS_ON.get(ending, ("", ""))
    if rests_on and not any(fact.kind == rests_on for fact in legal_facts.standing_facts(case)):
        raise InputRejected(lacking)
    move(work, case, Event.REQUEST_CLOSED, reason=reason, own_verb=True)
    data = {"datum": on.isoformat(), "wijze": ending}
    legal_facts.record_fact(work, case, legal_facts.ENDED, on, data, note=reason)


def describe(
    work: Work, case: Case, *, title: str, summary: str, directorate: str, search_description: str, version: int
) -> None:
    """Set what the public page and the besluit say about a case; Stale where somebody else edited it first."""
    if _DESCRIBERS.isdisjoint(work.actor.roles):
        raise NotAllowed("U mag deze gegevens niet wijzigen. Er is niets veranderd.")
    facts.expect_version(case, version)
    if not title.strip():
        raise InputRejected("Geef de zaak een titel. Er is niets veranderd.")
    case.title, case.summary, case.directorate = title.strip()[:500], summary.strip(), directorate.strip()
    case.search_description = search_description.strip()
    audit.record(work, "case_described", "case", case.id, case_id=case.id)
    if case.phase == Phase.BESLUIT:  # the draft says these texts
        stages.queue(work, case, Stage.BESLUIT)
    outbox.post(work, outbox.SHOW_CASE, case)


def topic_of(subject: str) -> str:
    """What a request is about, from the subject of its message: without "Re:", "Woo-verzoek:" and the like in front."""
    topic = _OPENING.sub("", subject.strip()).strip()
    return topic[:1].lower() + topic[1:] if topic[:2].istitle() and " " in topic else topic or subject.strip()


def _check(work: Work, incoming: IncomingRequest) -> None:
    if incoming.channel not in CHANNELS:
        raise InputRejected("Dit kanaal is niet bekend. Er is niets opgeslagen.")
    if incoming.received_at > work.clock.now():
        raise InputRejected("De datum van ontvangst ligt in de toekomst. Er is niets opgeslagen. Verbeter de datum.")
    if not incoming.subject.strip() or not incoming.text.strip():
        raise InputRejected("Het verzoek heeft geen onderwerp of geen tekst. Er is niets opgeslagen. Vul beide in.")
    if any(len(getattr(incoming, name) or "") > most for name, most in _LONGEST.items()):
        raise InputRejected("Een van de gegevens van de verzoeker is te lang. Er is niets opgeslagen. Maak het korter.")
    if not incoming.requester_name.strip():
        raise InputRejected("De naam van de verzoeker ontbreekt. Er is niets opgeslagen. Vul de naam in.")


def _next_number(work: Work, year: int) -> str:
    newest = work.session.scalar(
        select(Case.number)
        .where(Case.number.like(f"{year}-%"))
        .order_by(func.length(Case.number).desc(), Case.number.desc())  # as text, 2026-9999 comes after 2026-10000
        .limit(1)
    )
    return f"{year}-{int(newest.split('-')[1]) + 1 if newest else 1:04d}"
