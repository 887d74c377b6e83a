"""The life of a Woo case: its phases, the events that move it, who may cause them and what must be true first.

The table is the whole truth. The workbench draws its buttons from it, flows and tests read it, and `check_table`
refuses a broken one at start-up. Law: Woo art. 4.1 (request), 4.4 (term), 5.1-5.3 (grounds), Awb art. 4:8 (zienswijze).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from woo.errors import NotAllowed, SamePerson, TransitionNotAllowed
from woo.law.guards import GUARD_LABELS, WORST, Facts, Guard, refusal


class Role(StrEnum):
    """What a person is in the organisation; the value is stored. SYSTEM is a flow, never a person."""

    JURIST = "jurist"
    COORDINATOR = "coordinator"
    COMMUNICATION = "communication"
    INFORMATION_SPECIALIST = "information_specialist"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    SYSTEM = "system"


ROLE_LABELS = {
    Role.JURIST: "Woo-jurist",
    Role.COORDINATOR: "Centrale Eenheid Woo",
    Role.COMMUNICATION: "Communicatie",
    Role.INFORMATION_SPECIALIST: "Informatiespecialist",
    Role.ADMINISTRATOR: "Beheerder",
    Role.AUDITOR: "Toezichthouder",
    Role.SYSTEM: "Systeem",
}


class Phase(StrEnum):
    """Where a case stands. The value is stored, so it never changes."""

    INTAKE = "intake"
    GATHERING = "gathering"
    SUGGESTING = "suggesting"
    REVIEW = "review"
    ZIENSWIJZE = "zienswijze"
    REDACTING = "redacting"
    APPROVAL = "approval"
    BESLUIT = "besluit"
    PUBLICATION = "publication"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    CLOSED = "closed"


PHASE_LABELS = {
    Phase.INTAKE: "Intake",
    Phase.GATHERING: "Verzamelen",
    Phase.SUGGESTING: "Voorstellen maken",
    Phase.REVIEW: "Beoordelen",
    Phase.ZIENSWIJZE: "Zienswijze",
    Phase.REDACTING: "Lakken en controleren",
    Phase.APPROVAL: "Vier-ogencontrole",
    Phase.BESLUIT: "Besluit",
    Phase.PUBLICATION: "Klaar voor publicatie",
    Phase.PUBLISHING: "Publiceren",
    Phase.PUBLISHED: "Gepubliceerd",
    Phase.CLOSED: "Afgesloten",
}


class Event(StrEnum):
    """What can happen to a case, in the words of the audit log."""

    REQUEST_ACCEPTED = "request_accepted"
    REQUEST_CLOSED = "request_closed"
    DOCUMENTS_GATHERED = "documents_gathered"
    SUGGESTIONS_MADE = "suggestions_made"
    SOURCES_ADDED = "sources_added"
    ZIENSWIJZE_ASKED = "zienswijze_asked"
    ZIENSWIJZE_CLOSED = "zienswijze_closed"
    REVIEW_FINISHED = "review_finished"
    REDACTION_REFUSED = "redaction_refused"
    REDACTION_PROVEN = "redaction_proven"
    APPROVAL_REFUSED = "approval_refused"
    APPROVED = "approved"
    BESLUIT_TAKEN = "besluit_taken"
    PUBLICATION_ORDERED = "publication_ordered"
    PUBLICATION_REFUSED = "publication_refused"
    PUBLISHED = "published"
    DOCUMENT_WITHDRAWN = "document_withdrawn"


EVENT_LABELS = {
    Event.REQUEST_ACCEPTED: "Verzoek in behandeling nemen",
    Event.REQUEST_CLOSED: "Verzoek afsluiten",
    Event.DOCUMENTS_GATHERED: "Documenten verzameld",
    Event.SUGGESTIONS_MADE: "Voorstellen gemaakt",
    Event.SOURCES_ADDED: "Bestanden verzamelen",
    Event.ZIENSWIJZE_ASKED: "Zienswijze vragen",
    Event.ZIENSWIJZE_CLOSED: "Zienswijze afsluiten",
    Event.REVIEW_FINISHED: "Beoordeling afronden",
    Event.REDACTION_REFUSED: "Lakken niet bewezen",
    Event.REDACTION_PROVEN: "Gelakt en gecontroleerd",
    Event.APPROVAL_REFUSED: "Terugsturen naar de beoordelaar",
    Event.APPROVED: "Vier-ogencontrole afronden",
    Event.BESLUIT_TAKEN: "Besluit nemen",
    Event.PUBLICATION_ORDERED: "Publiceren",
    Event.PUBLICATION_REFUSED: "Publicatie geweigerd",
    Event.PUBLISHED: "Gepubliceerd",
    Event.DOCUMENT_WITHDRAWN: "Document intrekken",
}


class Stage(StrEnum):
    """Work that flows do between two events. The value is stored and names the Prefect deployment."""

    GATHER = "gather"
    SUGGEST = "suggest"
    REDACT = "redact"
    BESLUIT = "besluit"
    PUBLISH = "publish"


STAGE_LABELS = {
    Stage.GATHER: "Verzamelen",
    Stage.SUGGEST: "Voorstellen maken",
    Stage.REDACT: "Lakken en controleren",
    Stage.BESLUIT: "Besluit voorbereiden",
    Stage.PUBLISH: "Publiceren",
}


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed move. `four_eyes`: not by a person who decided on the documents. `starts`: the stage that follows."""

    source: Phase
    event: Event
    target: Phase
    roles: frozenset[Role]
    guards: tuple[Guard, ...] = ()
    four_eyes: bool = False
    starts: Stage | None = None


_JURIST = frozenset({Role.JURIST})
_DESK = frozenset({Role.JURIST, Role.COORDINATOR})
_SOURCES = frozenset({Role.JURIST, Role.COORDINATOR, Role.INFORMATION_SPECIALIST})
_SYSTEM = frozenset({Role.SYSTEM})
_COMMUNICATION = frozenset({Role.COMMUNICATION})
_P, _E, _G = Phase, Event, Guard

TRANSITIONS = (
    Transition(_P.INTAKE, _E.REQUEST_ACCEPTED, _P.GATHERING, _DESK),
    # Not treated, withdrawn or forwarded whole: Woo art. 4.1 lid 6, 4.2 lid 1, 4.6. The legal fact is entered apart.
    Transition(_P.INTAKE, _E.REQUEST_CLOSED, _P.CLOSED, _DESK, (_G.REASON_GIVEN,)),
    Transition(_P.GATHERING, _E.SOURCES_ADDED, _P.GATHERING, _SOURCES, (_G.HAS_SOURCES,), starts=Stage.GATHER),
    Transition(
        _P.GATHERING,
        _E.DOCUMENTS_GATHERED,
        _P.SUGGESTING,
        _SYSTEM,
        (_G.HAS_SOURCES, _G.NOTHING_LOST),
        starts=Stage.SUGGEST,
    ),
    Transition(_P.GATHERING, _E.REQUEST_CLOSED, _P.CLOSED, _DESK, (_G.REASON_GIVEN,)),
    Transition(_P.SUGGESTING, _E.SUGGESTIONS_MADE, _P.REVIEW, _SYSTEM, (_G.NOTHING_LOST,)),
    Transition(_P.REVIEW, _E.SOURCES_ADDED, _P.GATHERING, _SOURCES, (_G.HAS_SOURCES,), starts=Stage.GATHER),
    Transition(_P.REVIEW, _E.ZIENSWIJZE_ASKED, _P.ZIENSWIJZE, _JURIST),
    Transition(_P.ZIENSWIJZE, _E.ZIENSWIJZE_CLOSED, _P.REVIEW, _JURIST),
    Transition(
        _P.REVIEW,
        _E.REVIEW_FINISHED,
        _P.REDACTING,
        _JURIST,
        (
            _G.NOTHING_LOST,
            _G.ALL_TODOS_CLOSED,
            _G.ALL_JUDGED,
            _G.ALL_DECIDED,
            _G.ALL_PAGES_SEEN,
            _G.JUDGEMENTS_FIT,
            _G.GROUNDS_ALLOWED,
            _G.TITLES_CLEAN,
        ),
        starts=Stage.REDACT,
    ),
    Transition(_P.REVIEW, _E.REQUEST_CLOSED, _P.CLOSED, _DESK, (_G.REASON_GIVEN,)),
    Transition(_P.REDACTING, _E.REDACTION_PROVEN, _P.APPROVAL, _SYSTEM, (_G.ALL_PROVEN,)),
    Transition(_P.REDACTING, _E.REDACTION_REFUSED, _P.REVIEW, _SYSTEM),
    Transition(
        _P.APPROVAL,
        _E.APPROVED,
        _P.BESLUIT,
        _JURIST,
        (_G.ALL_PROVEN, _G.ALL_APPROVED),
        four_eyes=True,
        starts=Stage.BESLUIT,
    ),
    Transition(_P.APPROVAL, _E.APPROVAL_REFUSED, _P.REVIEW, _JURIST, (_G.REASON_GIVEN,), four_eyes=True),
    Transition(
        _P.BESLUIT, _E.BESLUIT_TAKEN, _P.PUBLICATION, _JURIST, (_G.BESLUIT_DRAFTED, _G.ALL_APPROVED, _G.ALL_PROVEN)
    ),
    Transition(
        _P.PUBLICATION,
        _E.PUBLICATION_ORDERED,
        _P.PUBLISHING,
        _COMMUNICATION,
        (_G.ALL_PROVEN, _G.ALL_APPROVED, _G.DISCLOSURE_MAY_START),
        starts=Stage.PUBLISH,
    ),
    Transition(_P.PUBLISHING, _E.PUBLISHED, _P.PUBLISHED, _SYSTEM, (_G.ALL_PROVEN, _G.ALL_APPROVED)),
    Transition(_P.PUBLISHING, _E.PUBLICATION_REFUSED, _P.PUBLICATION, _SYSTEM),
    # The folder is written anew without the file: what is left was proven and approved as before.
    Transition(
        _P.PUBLISHED,
        _E.DOCUMENT_WITHDRAWN,
        _P.PUBLISHING,
        _COMMUNICATION,
        (_G.ALL_PROVEN, _G.ALL_APPROVED),
        starts=Stage.PUBLISH,
    ),
)
_BY_KEY = {(t.source, t.event): t for t in TRANSITIONS}

DECIDED_PHASES = frozenset({Phase.PUBLICATION, Phase.PUBLISHING, Phase.PUBLISHED, Phase.CLOSED})
"""Phases after the besluit (or the end of the request): the decision term no longer runs."""


def transition_for(phase: Phase, event: Event) -> Transition:
    """The move that `event` makes from `phase`; TransitionNotAllowed where the table has none."""
    try:
        return _BY_KEY[phase, event]
    except KeyError:
        raise TransitionNotAllowed(phase, event) from None


def transitions_from(phase: Phase, roles: Collection[Role]) -> tuple[Transition, ...]:
    """The moves that somebody with `roles` may try in `phase`, in the order of the table: the buttons on screen."""
    return tuple(t for t in TRANSITIONS if t.source is phase and not t.roles.isdisjoint(roles))


def check_move(transition: Transition, facts: Facts, roles: Collection[Role], *, touched_documents: bool) -> None:
    """Refuse the move with NotAllowed where role, four eyes or a guard forbids it; all reasons in one message.

    `touched_documents` is true where the acting person decided on a document of this case herself.
    """
    if transition.roles.isdisjoint(roles):
        allowed = ", ".join(sorted(ROLE_LABELS[role] for role in transition.roles))
        raise NotAllowed(f"Deze stap is voor: {allowed}. Er is niets veranderd.")
    if transition.four_eyes and touched_documents:
        raise SamePerson
    reasons = [reason for guard in transition.guards if (reason := refusal(guard, facts))]
    if reasons:
        raise NotAllowed(f"{EVENT_LABELS[transition.event]} kan nog niet. " + " ".join(reasons))


def check_table() -> None:
    """Refuse to start on a broken table: a phase out of reach or without exit, a move twice, a label that lacks."""
    if len(_BY_KEY) != len(TRANSITIONS):
        raise AssertionError("a move stands twice in the table")
    if {t.target for t in TRANSITIONS} | {Phase.INTAKE} != set(Phase):
        raise AssertionError("a phase cannot be reached")
    if {t.source for t in TRANSITIONS} != set(Phase) - {Phase.CLOSED}:
        raise AssertionError("a phase cannot be left")
    labelled = ((EVENT_LABELS, Event), (PHASE_LABELS, Phase), (ROLE_LABELS, Role), (GUARD_LABELS, Guard))
    if any(set(labels) != set(names) for labels, names in labelled):
        raise AssertionError("a label is missing")
    if any(Role.SYSTEM in t.roles and len(t.roles) > 1 for t in TRANSITIONS):
        raise AssertionError("a move belongs to a flow or to people, never to both")
    if any(refusal(guard, Facts()) is None and refusal(guard, WORST) is None for guard in Guard):
        raise AssertionError("a guard never refuses")
