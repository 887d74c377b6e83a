"""Ways round a guard, a role or four eyes that a person with an account could try, each of which must stay closed."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from sqlalchemy import select

from models import Case, CaseEvent, Document, Publication
from tests.support import steps
from tests.support.cases import assign, new_case
from tests.support.people import People, make_people
from tests.web import world
from woo.errors import InputRejected, NotAllowed
from woo.law.judgement import Judgement
from woo.law.lifecycle import Event, Phase, Role
from woo.services import cases, judging, legal_facts, stages, suggestions, users
from woo.services.work import Actor, Database


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """SQLite only: what is refused here is refused before any row is written."""
    return sqlite_database


@pytest.fixture
def people(database: Database) -> People:
    """The accounts."""
    return make_people(database)


@pytest.fixture
def auditor(database: Database) -> Actor:
    """Somebody who only looks on."""
    with database.work() as work:
        made = users.create_user(work, "auditor", "T. Houder", [Role.AUDITOR], "een lang wachtwoord")
        return users.actor_for(made, "test")


@pytest.fixture
def drafted(database: Database, people: People, tmp_path: Path) -> uuid.UUID:
    """A case that is approved and has a draft besluit."""
    case_id = world.case_in_review(database, people, tmp_path / "bronnen", directorate="DGRR")
    steps.review(database, people, case_id)
    steps.burn(database, case_id)
    steps.approve(database, people, case_id)
    world.consider(database, people, case_id)
    world.draft(database, case_id)
    return case_id


@pytest.mark.slow
def test_a_besluit_cannot_be_taken_by_a_bare_step_without_letter_and_fact(
    database: Database, people: People, drafted: uuid.UUID
) -> None:
    with pytest.raises(NotAllowed, match="eigen scherm"), database.work(people.jurist) as work:
        cases.move(work, work.session.get_one(Case, drafted), Event.BESLUIT_TAKEN)

    with database.reading() as work:
        assert work.session.get_one(Case, drafted).phase == Phase.BESLUIT


@pytest.mark.slow
def test_publication_cannot_be_ordered_by_a_bare_step_without_the_order(
    database: Database, people: People, drafted: uuid.UUID
) -> None:
    world.take(database, people, drafted)

    with pytest.raises(NotAllowed, match="eigen scherm"), database.work(people.communication) as work:
        cases.move(work, work.session.get_one(Case, drafted), Event.PUBLICATION_ORDERED)

    with database.reading() as work:
        assert work.session.get_one(Case, drafted).phase == Phase.PUBLICATION
        assert work.session.scalars(select(Publication)).first() is None


@pytest.mark.slow
def test_a_besluit_that_was_taken_cannot_be_withdrawn_or_turned_into_another_fact(
    database: Database, people: People, drafted: uuid.UUID
) -> None:
    world.take(database, people, drafted)
    with database.reading() as work:
        taken = work.session.scalars(select(CaseEvent.id).where(CaseEvent.kind == "besluit")).one()

    with pytest.raises(InputRejected), database.work(people.coordinator) as work:
        legal_facts.withdraw_fact(work, work.session.get_one(Case, drafted), taken, "vergissing")
    with pytest.raises(InputRejected), database.work(people.coordinator) as work:
        case = work.session.get_one(Case, drafted)
        legal_facts.record_fact(work, case, "received", work.clock.today(), {}, corrects=taken)

    with database.reading() as work:
        assert legal_facts.besluit_on(work.session.get_one(Case, drafted)) == work.clock.today()


def test_a_fact_is_corrected_by_the_same_kind_of_fact_only(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    with database.reading() as work:
        received = work.session.scalars(select(CaseEvent.id).where(CaseEvent.kind == "received")).one()

    with pytest.raises(InputRejected, match="hetzelfde soort"), database.work(people.jurist) as work:
        case = work.session.get_one(Case, case_id)
        legal_facts.record_fact(work, case, "doorzending", work.clock.today(), {"naar": "elders"}, corrects=received)


def test_a_besluit_is_no_loose_fact(database: Database, people: People) -> None:
    case_id = new_case(database, people)

    with pytest.raises(InputRejected, match="los feit"), database.work(people.coordinator) as work:
        legal_facts.record_fact(work, work.session.get_one(Case, case_id), "besluit", work.clock.today(), {})


def test_a_document_of_another_case_cannot_be_judged_drawn_on_or_seen_through_a_case_in_review(
    database: Database, people: People, tmp_path: Path
) -> None:
    first = world.case_in_review(database, people, tmp_path / "een")
    second = world.case_in_review(database, people, tmp_path / "twee")
    with database.work(people.jurist) as work:
        work.session.get_one(Case, second).phase = Phase.APPROVAL

    with database.reading(people.jurist) as work:
        case = work.session.get_one(Case, first)
        foreign = work.session.scalars(select(Document).where(Document.case_id == second)).first()
        assert foreign is not None
        with pytest.raises(InputRejected):
            judging.judge_document(work, case, foreign, Judgement.PUBLIC, version=foreign.version)
        with pytest.raises(InputRejected):
            suggestions.draw_box(work, case, foreign, 0, [(72, 700, 200, 720)], "", "5.1.2.e")
        with pytest.raises(NotAllowed):
            judging.see_page(work, foreign, 0)


def test_who_only_looks_on_cannot_start_a_failed_step_again(database: Database, people: People, auditor: Actor) -> None:
    case_id = new_case(database, people)
    with database.work() as work:
        work.session.get_one(Case, case_id).trouble = "Storing."

    with pytest.raises(NotAllowed, match="niet opnieuw starten"), database.work(auditor) as work:
        stages.retry(work, work.session.get_one(Case, case_id))


def test_only_an_administrator_makes_accounts(database: Database, people: People) -> None:
    with pytest.raises(NotAllowed), database.work(people.coordinator) as work:
        users.create_user(work, "nieuw", "N. Nieuw", [Role.JURIST], "een lang wachtwoord")


def test_a_case_is_given_to_a_jurist_with_an_account_only(database: Database, people: People, auditor: Actor) -> None:
    case_id = new_case(database, people)

    for wanted in (auditor.id, uuid.uuid4()):
        with pytest.raises(InputRejected, match="Woo-jurist"), database.work(people.coordinator) as work:
            assign(work, case_id, wanted)


def test_the_ten_thousandth_request_of_a_year_is_not_the_last(database: Database, people: People) -> None:
    first = new_case(database, people)
    with database.work() as work:
        work.session.get_one(Case, first).number = "2026-9999"
    numbers = []
    for _ in range(2):
        case_id = new_case(database, people)
        with database.reading() as work:
            numbers.append(work.session.get_one(Case, case_id).number)

    assert numbers == ["2026-10000", "2026-10001"]
