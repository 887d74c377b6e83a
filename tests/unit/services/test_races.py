"""Two writers at once: what a rule counted must still be so when it is committed. PostgreSQL lets both run."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text

from models import Case, Letter, Suggestion, User
from tests.conftest import NOW, empty_postgres
from tests.support import steps
from tests.support.cases import new_case
from tests.support.letters import draft, edits, send
from tests.support.people import PASSWORD, People, make_people
from tests.web import world
from woo.errors import InputRejected, NotAllowed, Unavailable
from woo.law.lifecycle import Event, Phase
from woo.services import cases, legal_facts, letters, suggestions, users
from woo.services.suggestions import Wish
from woo.services.work import Database, Work

pytestmark = pytest.mark.slow  # writers wait for each other


@pytest.fixture
def database(postgres_url: str, tmp_path: Path) -> Iterator[Database]:
    """An empty case store on PostgreSQL; SQLite has one writer at a time."""
    database = empty_postgres(postgres_url, tmp_path)
    yield database
    database.engine.dispose()


@pytest.fixture
def people(database: Database) -> People:
    """The accounts."""
    return make_people(database)


@pytest.fixture
def ready(database: Database, people: People, tmp_path: Path) -> uuid.UUID:
    """A case in review whose review may end: everything is decided, seen and judged."""
    case_id = world.case_in_review(database, people, tmp_path / "bronnen")
    steps.review(database, people, case_id)
    with database.work() as work:
        work.session.get_one(Case, case_id).phase = Phase.REVIEW
    return case_id


def reopen(work: Work, case: Case) -> None:
    """Take back the decision on one box."""
    row = work.session.scalars(select(Suggestion).where(Suggestion.case_id == case.id)).first()
    assert row is not None
    suggestions.decide(work, case, [Wish(row.id, row.version)], "open")


def test_a_box_cannot_be_opened_again_while_a_colleague_ends_the_review(
    database: Database, people: People, ready: uuid.UUID
) -> None:
    with pytest.raises(NotAllowed), database.work(people.second_jurist) as slow:
        case = slow.session.get_one(Case, ready)
        assert case.phase == Phase.REVIEW
        with database.work(people.jurist) as quick:
            cases.move(quick, quick.session.get_one(Case, ready), Event.REVIEW_FINISHED)
        reopen(slow, case)

    with database.reading() as work:
        rows = work.session.scalars(select(Suggestion).where(Suggestion.case_id == ready)).all()
        assert {suggestions.verdict_of(row) for row in rows} == {"redact"}


def test_the_review_does_not_end_while_a_colleague_opens_a_box_again(
    database: Database, people: People, ready: uuid.UUID
) -> None:
    def end() -> None:
        with database.work(people.jurist) as work:
            cases.move(work, work.session.get_one(Case, ready), Event.REVIEW_FINISHED)

    with ThreadPoolExecutor(1) as pool:
        with database.work(people.second_jurist) as work:
            reopen(work, work.session.get_one(Case, ready))
            ended = pool.submit(end)
            with pytest.raises(TimeoutError):
                ended.result(1)  # it waits for its turn
        with pytest.raises(NotAllowed, match="nog geen beslissing"):
            ended.result(10)


def test_wrong_passwords_at_the_same_moment_are_counted_one_by_one(database: Database, people: People) -> None:
    def knock(number: int) -> str | None:
        with database.work() as work:
            return users.sign_in(work, "jurist", f"verkeerd wachtwoord {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(knock, range(5)))

    with database.work() as work:
        assert users.sign_in(work, "jurist", PASSWORD) is None
        assert work.session.scalars(select(User.locked_until).where(User.login == "jurist")).one() is not None


def test_a_case_store_that_goes_away_while_reading_is_named_so(database: Database, postgres_url: str) -> None:
    with pytest.raises(Unavailable), database.reading() as work:
        here = work.session.execute(text("SELECT pg_backend_pid()")).scalar_one()
        other = create_engine(postgres_url)
        with other.begin() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": here})
        other.dispose()
        work.session.scalars(select(Case)).all()


def test_of_two_corrections_of_one_fact_at_the_same_moment_the_first_stands(
    database: Database, people: People
) -> None:
    case_id = new_case(database, people)

    def correct(work: Work, seen: Case, day: date) -> None:
        receipt = next(e.id for e in seen.events if e.kind == legal_facts.RECEIVED)
        legal_facts.record_fact(work, seen, legal_facts.RECEIVED, day, {}, corrects=receipt)

    with pytest.raises(InputRejected, match="geldt niet meer"), database.work(people.second_jurist) as slow:
        seen = slow.session.get_one(Case, case_id)  # held: a session forgets rows that nobody holds, and reads anew
        assert len(seen.events) == 1
        with database.work(people.jurist) as quick:
            correct(quick, quick.session.get_one(Case, case_id), date(2026, 6, 2))
        correct(slow, seen, date(2026, 6, 3))

    with database.reading() as work:
        assert legal_facts.received_on(work.session.get_one(Case, case_id)) == date(2026, 6, 2)


def test_two_letters_of_verdaging_at_the_same_moment_give_one_verdaging(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    filled = edits(dagen=14, reden="Het gaat om veel documenten.")
    first, second = (draft(database, people.jurist, case_id, "verdaging", filled) for _ in range(2))

    with pytest.raises(NotAllowed, match="al verdaagd"), database.work(people.second_jurist) as slow:
        case = slow.session.get_one(Case, case_id)
        assert len(case.events) == 1
        shown = letters.compose(slow, case, slow.session.get_one(Letter, second)).sha256
        send(database, people.jurist, case_id, first)
        letters.send(
            slow, case, slow.session.get_one(Letter, second), sent_on=NOW.date(), channel="email", shown_sha256=shown
        )

    with database.reading() as work:
        facts = legal_facts.standing_facts(work.session.get_one(Case, case_id))
        assert sorted(fact.kind for fact in facts) == ["received", "verdaging"]
