"""What was measured comes from the audit chain, and the outlook of a case follows from it; on both databases."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models import Case, Document, SourceFile
from tests.conftest import NOW
from tests.support.cases import assign, new_case
from tests.support.people import People
from woo.clock import FixedClock
from woo.law.calendar import is_working_day
from woo.law.lifecycle import Event, Phase
from woo.services import audit
from woo.services.forecast import Answer, Forecast
from woo.services.outlook import outlook, pages_to_judge
from woo.services.pace import PACE_DAYS, Measured, measured
from woo.services.work import Actor, Database, Work

TODAY = NOW.date()


def at(database: Database, day: date) -> Database:
    """The same case store at ten in the morning of another day."""
    database.clock = morning(day)
    return database


def morning(day: date) -> FixedClock:
    return FixedClock(datetime(day.year, day.month, day.day, 8, tzinfo=UTC))


def add_documents(work: Work, case_id: uuid.UUID, *pages: int) -> list[uuid.UUID]:
    """Documents of so many pages that wait for a judgement."""
    made = []
    for number, count in enumerate(pages):
        source = SourceFile(
            case_id=case_id, delivery=str(uuid.uuid4()), path=f"{number}.pdf", sha256="0" * 64, size=1,
            outcome="document", added_at=work.clock.now(),
        )  # fmt: skip
        work.session.add(source)
        work.session.flush()
        document = Document(
            case_id=case_id, source_file_id=source.id, title="Brief", kind="pdf", pdf_sha256="0" * 64, page_count=count
        )
        work.session.add(document)
        work.session.flush()
        made.append(document.id)
    return made


def judge(work: Work, case_id: uuid.UUID, document: uuid.UUID) -> None:
    """A judgement with its line in the chain, as `judging` leaves them."""
    work.session.get_one(Document, document).judgement = "public"
    audit.record(work, "document_judged", "document", document, case_id=case_id, judgement="public")


def work_days(database: Database, who: Actor, case_id: uuid.UUID, pages: Sequence[int]) -> None:
    """Judge documents of so many pages on each of the last working days before today; 0 is a day without."""
    days = [d for n in range(1, 200) if is_working_day(d := TODAY - timedelta(days=n))][: len(pages)]
    with database.work(who) as work:
        for day, number in zip(reversed(days), pages, strict=True):
            if number:
                judge(replace(work, clock=morning(day)), case_id, *add_documents(work, case_id, number))


def finish(database: Database, case_id: uuid.UUID, days: Sequence[tuple[Event, Phase, Phase, date]]) -> None:
    """Moves of a case in the chain, each on its day."""
    with database.work() as work:
        for event, source, target, day in days:
            then = replace(work, clock=morning(day))
            audit.record(then, event, "case", case_id, case_id=case_id, source=source, target=target)


def finished_case(database: Database, people: People, days: int) -> None:
    """A case whose besluit came so many working days after the review, in the last months."""
    end = date(2026, 4, 20)
    start = [d for n in range(100) if is_working_day(d := end - timedelta(days=n))][days]
    case_id = new_case(database, people, subject=f"klaar {days}")
    finish(
        database,
        case_id,
        [
            (Event.REVIEW_FINISHED, Phase.REVIEW, Phase.REDACTING, start),
            (Event.REDACTION_PROVEN, Phase.REDACTING, Phase.APPROVAL, start),
            (Event.APPROVED, Phase.APPROVAL, Phase.BESLUIT, end),
            (Event.BESLUIT_TAKEN, Phase.BESLUIT, Phase.PUBLICATION, end),
        ],
    )
    with database.work() as work:
        work.session.get_one(Case, case_id).phase = Phase.PUBLICATION


def in_review(database: Database, people: People, *pages: int, to: uuid.UUID | None = None, **request: object) -> Case:
    """A case in review with documents of so many pages, on a desk."""
    case_id = new_case(database, people, **request)
    with database.work(people.coordinator) as work:
        add_documents(work, case_id, *pages)
        case = work.session.get_one(Case, case_id)
        case.phase, case.phase_since = Phase.REVIEW, work.clock.now()
    if to:
        with database.work(people.coordinator) as work:
            assign(work, case_id, to)
    return case


def look(database: Database, *cases: Case) -> list[Forecast]:
    with database.reading() as work:
        found = outlook(work, {case.number for case in cases}, pages_to_judge(work))
        return [found[case.id] for case in cases]


def read(database: Database) -> Measured:
    with database.reading() as work:
        return measured(work)


def test_the_pace_counts_every_working_day_and_a_document_once(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    work_days(database, people.jurist, case_id, [30, 0, 50])
    with at(database, TODAY).work(people.second_jurist) as work:  # judged again, by somebody else: not counted again
        document = work.session.query(Document).filter_by(page_count=30).one()
        judge(work, case_id, document.id)

    assert people.jurist.id is not None
    assert read(database).days == {people.jurist.id: [30, 0, 50]}
    assert read(database).unit == [30, 0, 50]


def test_what_is_judged_today_counts_from_tomorrow(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    with database.work(people.jurist) as work:
        judge(work, case_id, *add_documents(work, case_id, 40))
    assert read(database).unit == []
    assert read(at(database, TODAY + timedelta(days=1))).unit == [40]


def test_work_in_a_weekend_counts_with_the_friday(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    with at(database, date(2026, 6, 13)).work(people.jurist) as work:
        judge(work, case_id, *add_documents(work, case_id, 40))
    assert read(at(database, TODAY)).unit == [40]


def test_what_is_remembered_is_what_would_be_counted_anew(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    for pages in ([10, 20], [5]):
        work_days(database, people.jurist, case_id, pages)
        finished_case(database, people, len(pages))
        with database.work() as work:  # a writer remembers nothing
            anew = measured(work)
        assert read(database) == anew


def test_days_of_long_ago_are_forgotten(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    work_days(database, people.jurist, case_id, [30])
    assert read(at(database, TODAY + timedelta(days=PACE_DAYS + 9))).unit == []


def test_a_jurist_with_few_days_is_reckoned_with_the_pace_of_the_unit(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    work_days(database, people.jurist, case_id, [30] * 12)
    work_days(database, people.second_jurist, case_id, [90] * 3)
    found = read(database)

    assert found.days_of(people.jurist.id) == ([30] * 12, True)
    assert found.days_of(people.second_jurist.id) == (found.unit, False)
    assert found.days_of(None) == (found.unit, False)
    assert sorted(found.unit) == [30] * 12 + [90] * 3


def test_the_way_to_the_besluit_is_that_of_finished_cases(database: Database, people: People) -> None:
    for days in (3, 4, 5):
        finished_case(database, people, days)
    found = read(database)

    assert found.until_besluit == {
        Phase.REDACTING: [3, 4, 5], Phase.APPROVAL: [3, 4, 5], Phase.BESLUIT: [0, 0, 0],
    }  # fmt: skip


def test_a_zienswijze_is_a_wait_of_its_own(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    asked, ended = (Event.ZIENSWIJZE_ASKED, Phase.REVIEW), (Event.ZIENSWIJZE_CLOSED, Phase.ZIENSWIJZE)
    finish(
        database,
        case_id,
        [(*asked, Phase.ZIENSWIJZE, date(2026, 6, 1)), (*ended, Phase.REVIEW, date(2026, 6, 8))],
    )
    assert read(database).zienswijzen == [5]


@pytest.fixture
def unit(database: Database, people: People) -> Case:
    """A unit that was measured: forty pages a day, five days from review to besluit."""
    for _ in range(6):
        finished_case(database, people, 5)
    done = in_review(database, people, subject="bron van het tempo")
    work_days(database, people.jurist, done.id, [40] * 15)
    return done


def test_a_case_is_done_after_its_pages_and_the_way_to_the_besluit(
    database: Database, people: People, unit: Case
) -> None:
    case = in_review(database, people, 60, 20, to=people.jurist.id)  # received on 1 June: last day 29 June
    [found] = look(database, case)

    assert found.left is not None and found.left.pages == 80
    assert (found.first, found.last) == (date(2026, 6, 24), date(2026, 6, 24))  # two days, and five
    assert (found.answer, found.unit_pace) == (Answer.LIKELY, False)


def test_pages_of_cases_that_end_earlier_go_first(database: Database, people: People, unit: Case) -> None:
    early = in_review(database, people, 400, to=people.jurist.id, received_at=datetime(2026, 5, 20, 8, tzinfo=UTC))
    late = in_review(database, people, 80, to=people.jurist.id)
    others = in_review(database, people, 80, to=people.second_jurist.id)
    free = in_review(database, people, 80)
    found = look(database, early, late, others, free)

    assert [f.left.ahead for f in found if f.left] == [0, 400, 0, 0]
    assert [f.answer for f in found] == [Answer.UNLIKELY, Answer.UNLIKELY, Answer.LIKELY, Answer.LIKELY]
    assert [f.unit_pace for f in found] == [False, False, True, True]


def test_before_the_documents_are_there_nothing_is_said(database: Database, people: People, unit: Case) -> None:
    case_id = new_case(database, people)
    with database.reading() as work:
        number = work.session.get_one(Case, case_id).number
        found = outlook(work, {number}, pages_to_judge(work))[case_id]
    assert found.answer is Answer.UNKNOWN
    assert "omvang" in found.reason


def test_after_the_review_only_the_rest_of_the_way_counts(database: Database, people: People, unit: Case) -> None:
    case = in_review(database, people, 0, to=people.jurist.id)
    for days, left in ((0, 5), (4, 3), (9, None)):
        with database.work() as work:
            row = work.session.get_one(Case, case.id)
            row.phase, row.phase_since = Phase.APPROVAL, NOW - timedelta(days=days)
        [found] = look(database, case)
        if left is None:
            assert found.answer is Answer.UNKNOWN
            assert "langer in deze fase" in found.reason
        else:
            assert found.left is not None and set(found.left.after) == {left}


def test_a_decided_case_has_no_outlook(database: Database, people: People, unit: Case) -> None:
    case = in_review(database, people, 10)
    with database.work() as work:
        work.session.get_one(Case, case.id).phase = Phase.PUBLICATION
    with database.reading() as work:
        assert outlook(work, {case.number}, pages_to_judge(work)) == {}


def test_an_empty_unit_says_that_it_knows_too_little(database: Database, people: People) -> None:
    [found] = look(database, in_review(database, people, 10))

    assert found.answer is Answer.UNKNOWN
    assert "0 werkdagen" in found.reason
