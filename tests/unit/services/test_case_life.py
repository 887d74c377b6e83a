"""The life of a case in the case store: anybody tries anything, and only what the table allows ever happens."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import Phase as Phases
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from models import AuditEvent, Case, CaseEvent, OutboxMessage
from tests.conftest import NOW
from tests.support.cases import incoming
from tests.support.people import make_people
from woo.clock import FixedClock
from woo.errors import WooError
from woo.law.lifecycle import TRANSITIONS, Event, Phase
from woo.law.procedure import ENDINGS
from woo.services import audit, cases, legal_facts
from woo.services.work import Actor, Database, Work
from woo.settings import Settings

WHO = ("jurist", "second_jurist", "coordinator", "communication", "specialist", "administrator")
TABLE = {(move.source, move.event): move for move in TRANSITIONS}


class CaseStore(RuleBasedStateMachine):
    """One case in a real store; each step is somebody who tries something."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="woo-life-"))
        shutil.copy(self.template, self.home / "woo.db")
        self.database = Database(Settings(home=self.home), FixedClock(NOW))
        self.people = make_people(self.database)
        with self.database.work(self.people.coordinator) as work:
            self.case_id = cases.register_request(work, incoming()).id
        self.phase = Phase.INTAKE
        self.facts = 1

    def teardown(self) -> None:
        """At the end every link of the log fits; then the store goes."""
        with self.database.reading() as work:
            assert audit.verify_chain(work.session) == []
        self.database.engine.dispose()
        shutil.rmtree(self.home)

    def counts(self) -> tuple[int, ...]:
        """How many rows there are that tell what happened."""
        with self.database.reading() as work:
            return tuple(
                work.session.scalar(select(func.count()).select_from(table)) or 0
                for table in (CaseEvent, AuditEvent, OutboxMessage)
            )

    def attempt(self, who: str, deed: Callable[[Work, Case], object]) -> bool:
        """Do something as somebody; what is refused must leave nothing behind."""
        actor: Actor = getattr(self.people, who)
        before = self.counts()
        try:
            with self.database.work(actor) as work:
                deed(work, work.session.get_one(Case, self.case_id))
        except WooError as refusal:
            assert str(refusal).strip()
            assert self.counts() == before
            return False
        return True

    @rule(who=st.sampled_from(WHO), event=st.sampled_from(Event), reason=st.sampled_from(["", "Daarom."]))
    def somebody_takes_a_step(self, who: str, event: Event, reason: str) -> None:
        """Only a move of the table, by its roles, and only one that is no more than a move."""
        if self.attempt(who, lambda work, case: cases.move(work, case, event, reason=reason)):
            move = TABLE[self.phase, event]
            assert move.roles & getattr(self.people, who).roles
            self.phase = move.target

    @rule(who=st.sampled_from(WHO), ending=st.sampled_from([*ENDINGS, "wens"]), days=st.integers(-20, 3))
    def somebody_closes(self, who: str, ending: str, days: int) -> None:
        """Closing is a move and a fact at once, or nothing."""
        on = NOW.date() + timedelta(days=days)
        if self.attempt(who, lambda work, case: cases.close(work, case, ending, on, "Omdat.")):
            assert ending in ENDINGS
            assert (self.phase, Event.REQUEST_CLOSED) in TABLE
            self.phase, self.facts = Phase.CLOSED, self.facts + 1

    @rule(
        who=st.sampled_from(WHO),
        kind=st.sampled_from(["verdaging", "doorzending", "precisering", "ingebrekestelling", "besluit", "afsluiting"]),
        days=st.integers(-20, 3),
    )
    def somebody_records(self, who: str, kind: str, days: int) -> None:
        """A fact with its real date; the besluit and the ending only with their own step."""
        on = NOW.date() + timedelta(days=days)
        data = {"medegedeeld": str(on), "dagen": 14, "datum": str(on), "omvang": "deel", "uitnodiging": str(on),
                "antwoordtermijn": str(on), "ontvangen": str(on), "over": "verzoek", "wijze": "ingetrokken"}
        wanted = {name: value for name, value in data.items() if name in _FIELDS.get(kind, ())}
        if self.attempt(who, lambda work, case: legal_facts.record_fact(work, case, kind, on, wanted)):
            assert kind != "besluit"
            assert kind != "afsluiting" or self.phase is Phase.CLOSED
            assert date(2026, 6, 1) <= on <= NOW.date()
            self.facts += 1

    @rule(who=st.sampled_from(WHO), which=st.integers(0, 6))
    def somebody_withdraws(self, who: str, which: int) -> None:
        """The fact stays; a new one says that it no longer counts."""
        def withdraw(work: Work, case: Case) -> None:
            standing = legal_facts.standing_facts(case)
            legal_facts.withdraw_fact(work, case, standing[which % len(standing)].id, "Vergissing.")

        if self.attempt(who, withdraw):
            self.facts += 1

    @invariant()
    def the_case_stands_where_the_table_brought_it(self) -> None:
        """No other way changes a phase, and no fact ever goes away."""
        with self.database.reading() as work:
            case = work.session.get_one(Case, self.case_id)
            assert case.phase == self.phase
            assert len(case.events) == self.facts
            ended = [fact for fact in legal_facts.standing_facts(case) if fact.kind == legal_facts.ENDED]
            assert bool(ended) == (case.phase == Phase.CLOSED)

    @invariant()
    def the_term_follows_from_the_facts(self) -> None:
        """It is nowhere stored, and can be derived at any time."""
        with self.database.reading() as work:
            case = work.session.get_one(Case, self.case_id)
            found = legal_facts.procedure_terms(case, NOW.date())
            decision = next(term for term in found if term.name == "Besluit op het verzoek")
            assert decision.deadline == legal_facts.deadline_of(case, NOW.date())


_FIELDS = {
    "verdaging": {"medegedeeld", "dagen"},
    "doorzending": {"datum", "omvang"},
    "precisering": {"uitnodiging", "antwoordtermijn"},
    "ingebrekestelling": {"ontvangen", "over"},
    "afsluiting": {"datum", "wijze"},
}


@pytest.mark.slow
def test_whatever_people_try_only_the_table_moves_a_case(sqlite_template: Path) -> None:
    CaseStore.template = sqlite_template
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        CaseStore,
        settings=settings(max_examples=8, stateful_step_count=15, deadline=None, derandomize=True,
                          phases=[Phases.generate], suppress_health_check=list(HealthCheck)),
    )
