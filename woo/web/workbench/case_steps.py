"""What can be done next in a case: the moves of the lifecycle table as buttons, each with why it cannot be used yet."""

from __future__ import annotations

from dataclasses import dataclass

from models import Case
from woo.law.guards import Facts, Guard, refusal
from woo.law.lifecycle import (
    EVENT_LABELS,
    PHASE_LABELS,
    ROLE_LABELS,
    TRANSITIONS,
    Event,
    Phase,
    Role,
    Transition,
)
from woo.services import facts
from woo.services.work import Work

WAY = (
    Phase.INTAKE,
    Phase.GATHERING,
    Phase.SUGGESTING,
    Phase.REVIEW,
    Phase.REDACTING,
    Phase.APPROVAL,
    Phase.BESLUIT,
    Phase.PUBLICATION,
    Phase.PUBLISHED,
)
_ALSO = {Phase.ZIENSWIJZE: Phase.REVIEW, Phase.PUBLISHING: Phase.PUBLICATION}
_OWN_SCREEN = {
    Event.APPROVED: "akkoord",
    Event.APPROVAL_REFUSED: "akkoord",
    Event.BESLUIT_TAKEN: "besluit",
    Event.PUBLICATION_ORDERED: "publicatie",
    Event.DOCUMENT_WITHDRAWN: "publicatie",
    Event.SOURCES_ADDED: "",
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """A move of the table as a button: why it cannot be used yet, whether it asks for a reason, its own screen."""

    event: str
    label: str
    who: str
    mine: bool
    reasons: tuple[str, ...]
    asks_reason: bool
    screen: str | None


def next_steps(work: Work, case: Case) -> list[NextStep]:
    """The moves that people can make in this phase: the visitor's own first, others with who they wait for."""
    counted = facts.facts_of(work, case)
    people = [t for t in TRANSITIONS if t.source == case.phase and Role.SYSTEM not in t.roles]
    steps = [_step(work, case, t, counted) for t in people]
    return sorted(steps, key=lambda step: not step.mine)


def _step(work: Work, case: Case, move: Transition, counted: Facts) -> NextStep:
    mine = not move.roles.isdisjoint(work.actor.roles)
    reasons = [text for guard in move.guards if guard is not Guard.REASON_GIVEN and (text := refusal(guard, counted))]
    if mine and move.four_eyes and facts.touched_case(work, case):
        reasons.insert(0, "U heeft zelf aan deze documenten gewerkt. Een andere jurist moet dit doen.")
    who = ", ".join(sorted(ROLE_LABELS[role] for role in move.roles))
    return NextStep(
        move.event,
        EVENT_LABELS[move.event],
        who,
        mine,
        tuple(reasons),
        Guard.REASON_GIVEN in move.guards,
        _OWN_SCREEN.get(move.event),
    )


def way_of(case: Case) -> list[tuple[str, str]]:
    """The phases with `done`, `now` or `later`; a closed case has only its end."""
    if case.phase == Phase.CLOSED:
        return [(PHASE_LABELS[Phase.INTAKE], "done"), (PHASE_LABELS[Phase.CLOSED], "now")]
    here = WAY.index(_ALSO.get(Phase(case.phase), Phase(case.phase)))
    states = ["done" if i < here else "now" if i == here else "later" for i in range(len(WAY))]
    return [(PHASE_LABELS[phase], state) for phase, state in zip(WAY, states, strict=True)]
