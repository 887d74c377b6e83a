"""The case lifecycle: phases can be reached and left, only the table's moves are allowed, every guard can refuse."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from woo.errors import NotAllowed, SamePerson, TransitionNotAllowed
from woo.law.guards import Facts, Guard, refusal
from woo.law.lifecycle import (
    DECIDED_PHASES,
    TRANSITIONS,
    Event,
    Phase,
    Role,
    Stage,
    check_move,
    check_table,
    transition_for,
    transitions_from,
)

ROOT = Path(__file__).parents[3]
READY = Facts(sources=3, besluit_drafted=True, motivation_given=True)
LACKING = {
    Guard.REASON_GIVEN: replace(READY, motivation_given=False),
    Guard.HAS_SOURCES: replace(READY, sources=0),
    Guard.NOTHING_LOST: replace(READY, sources_unaccounted=1),
    Guard.ALL_TODOS_CLOSED: replace(READY, open_todos=1),
    Guard.ALL_DECIDED: replace(READY, undecided_suggestions=1),
    Guard.ALL_JUDGED: replace(READY, unjudged_documents=1),
    Guard.ALL_PAGES_SEEN: replace(READY, unread_pages=1),
    Guard.JUDGEMENTS_FIT: replace(READY, contradicting_judgements=1),
    Guard.GROUNDS_ALLOWED: replace(READY, refused_grounds=1),
    Guard.TITLES_CLEAN: replace(READY, unclean_titles=1),
    Guard.ALL_PROVEN: replace(READY, unproven_documents=1),
    Guard.ALL_APPROVED: replace(READY, unapproved_documents=1),
    Guard.BESLUIT_DRAFTED: replace(READY, besluit_drafted=False),
    Guard.DISCLOSURE_MAY_START: replace(READY, disclosure_from=date(2026, 7, 2), today=date(2026, 7, 1)),
}


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("event", Event)
def test_only_moves_in_the_table_are_allowed(phase: Phase, event: Event) -> None:
    allowed = {(t.source, t.event): t.target for t in TRANSITIONS}

    if (phase, event) in allowed:
        assert transition_for(phase, event).target is allowed[phase, event]
    else:
        with pytest.raises(TransitionNotAllowed) as caught:
            transition_for(phase, event)
        assert (caught.value.phase, caught.value.event) == (phase, event)


def test_the_table_is_whole() -> None:
    check_table()


def test_the_handbook_draws_the_table_as_it_is() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools/draw_lifecycle.py", "--check"], cwd=ROOT, check=False)

    assert done.returncode == 0, "run: python tools/draw_lifecycle.py"


def test_only_a_closed_case_is_at_its_end_and_of_a_published_one_only_documents_are_taken_back() -> None:
    assert {phase for phase in Phase if not transitions_from(phase, list(Role))} == {Phase.CLOSED}
    [move] = transitions_from(Phase.PUBLISHED, list(Role))
    assert (move.event, move.target, move.roles) == (
        Event.DOCUMENT_WITHDRAWN,
        Phase.PUBLISHING,
        {Role.COMMUNICATION},
    )


def test_every_case_can_still_reach_its_end() -> None:
    ends = {Phase.PUBLISHED, Phase.CLOSED}
    while True:
        before = len(ends)
        ends |= {t.source for t in TRANSITIONS if t.target in ends}
        if len(ends) == before:
            break

    assert ends == set(Phase)


@pytest.mark.parametrize("guard", Guard)
def test_every_guard_refuses_what_lacks_and_allows_what_is_there(guard: Guard) -> None:
    assert refusal(guard, READY) is None
    assert refusal(guard, LACKING[guard])


def test_disclosure_may_start_on_the_day_itself() -> None:
    facts = LACKING[Guard.DISCLOSURE_MAY_START]

    assert refusal(Guard.DISCLOSURE_MAY_START, replace(facts, today=date(2026, 7, 2))) is None


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda t: f"{t.source}-{t.event}")
def test_nobody_outside_the_roles_of_a_move_can_make_it(transition: object) -> None:
    assert isinstance(transition, type(TRANSITIONS[0]))
    for role in set(Role) - transition.roles:
        with pytest.raises(NotAllowed, match="Deze stap is voor"):
            check_move(transition, READY, {role}, touched_documents=False)


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda t: f"{t.source}-{t.event}")
def test_all_reasons_come_in_one_message(transition: object) -> None:
    assert isinstance(transition, type(TRANSITIONS[0]))
    for guard in transition.guards:
        with pytest.raises(NotAllowed) as caught:
            check_move(transition, LACKING[guard], transition.roles, touched_documents=False)
        assert refusal(guard, LACKING[guard]) in str(caught.value)
    check_move(transition, READY, transition.roles, touched_documents=False)


def test_the_reviewer_cannot_move_a_case_out_of_approval() -> None:
    moves = [t for t in TRANSITIONS if t.source is Phase.APPROVAL]

    assert {t.event for t in moves} == {Event.APPROVED, Event.APPROVAL_REFUSED}
    for move in moves:
        with pytest.raises(SamePerson):
            check_move(move, READY, {Role.JURIST}, touched_documents=True)


def test_only_communications_orders_publication() -> None:
    assert transition_for(Phase.PUBLICATION, Event.PUBLICATION_ORDERED).roles == {Role.COMMUNICATION}


def test_nothing_leaves_the_house_that_is_not_proven_and_approved() -> None:
    for move in TRANSITIONS:
        if move.target in {Phase.PUBLISHING, Phase.PUBLISHED}:
            assert {Guard.ALL_PROVEN, Guard.ALL_APPROVED} <= set(move.guards)


def test_every_stage_is_started_by_a_move() -> None:
    assert {t.starts for t in TRANSITIONS if t.starts} == set(Stage)


@given(
    st.builds(Facts, **{f.name: st.integers(0, 3) for f in fields(Facts) if f.type == "int"}),
    st.sampled_from(TRANSITIONS),
)
def test_a_move_is_refused_exactly_when_one_of_its_guards_refuses(facts: Facts, transition: object) -> None:
    assert isinstance(transition, type(TRANSITIONS[0]))
    refused = any(refusal(guard, facts) for guard in transition.guards)

    try:
        check_move(transition, facts, transition.roles, touched_documents=False)
    except NotAllowed:
        assert refused
    else:
        assert not refused


class CaseLife(RuleBasedStateMachine):
    """Any events in any order: only the table moves the case, and the besluit comes before publication."""

    def __init__(self) -> None:
        super().__init__()
        self.phase = Phase.INTAKE
        self.day = date(2026, 1, 1)
        self.passed: list[Phase] = [Phase.INTAKE]

    @rule(
        event=st.sampled_from(Event),
        role=st.sampled_from(Role),
        touched=st.booleans(),
        facts=st.sampled_from([READY, *LACKING.values()]),
    )
    def something_happens(self, event: Event, role: Role, touched: bool, facts: Facts) -> None:
        """Try an event as somebody; a refusal changes nothing."""
        self.day += timedelta(days=1)
        try:
            move = transition_for(self.phase, event)
            check_move(move, facts, {role}, touched_documents=touched)
        except NotAllowed:
            return
        assert role in move.roles
        assert not (move.four_eyes and touched)
        self.phase = move.target
        self.passed.append(move.target)

    @invariant()
    def a_published_case_went_through_every_gate(self) -> None:
        """No way leads around review, proof, approval and besluit."""
        if self.phase is Phase.PUBLISHED:
            gates = [Phase.GATHERING, Phase.REVIEW, Phase.REDACTING, Phase.APPROVAL, Phase.BESLUIT, Phase.PUBLICATION]
            assert [p for p in dict.fromkeys(self.passed) if p in gates] == gates

    @invariant()
    def a_decided_case_never_goes_back_to_review(self) -> None:
        """After the besluit the documents are fixed."""
        for before, after in zip(self.passed, self.passed[1:], strict=False):
            if before in DECIDED_PHASES:
                assert after in DECIDED_PHASES


TestCaseLife = pytest.mark.slow(CaseLife.TestCase)
