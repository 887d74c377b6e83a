"""Lists of many cases: what is remembered is always what would be worked out anew, on both databases."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

from models import Case
from tests.conftest import NOW
from tests.support.cases import assign, new_case
from tests.support.people import People
from woo.clock import FixedClock
from woo.law.lifecycle import Phase
from woo.services import board, cases, gaps, legal_facts, overview
from woo.services.clocks import clocks
from woo.services.overview import Asked
from woo.services.standings import LATE, NOBODY, standings
from woo.services.work import Database, Work


def at(database: Database, moment: datetime) -> Database:
    """The same case store on another day, in the same process."""
    database.clock = FixedClock(moment)
    return database


def fresh(work: Work) -> dict[uuid.UUID, date | None]:
    """What the law says today, case by case, without anything remembered."""
    return {
        case.id: legal_facts.deadline_of(case, work.clock.today()).deadline for case in work.session.query(Case).all()
    }


def seen(work: Work) -> dict[uuid.UUID, date | None]:
    return {s.case_id: s.clock.deadline for s in standings(work)}


def record(database: Database, people: People, case_id: uuid.UUID, kind: str, on: str, **data: object) -> None:
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, case_id)
        legal_facts.record_fact(work, case, kind, date.fromisoformat(on), data)


def test_a_list_that_is_asked_twice_is_worked_out_once(database: Database, people: People) -> None:
    new_case(database, people)
    with database.reading() as work:
        first, terms = standings(work), clocks(work, work.clock.today())
    with database.reading() as work:
        assert standings(work) is first
        assert clocks(work, work.clock.today()) is terms


def test_a_new_fact_shows_at_the_next_look(database: Database, people: People) -> None:
    changed, other = new_case(database, people), new_case(database, people, subject="iets anders")
    with database.reading() as work:
        before = {s.case_id: s for s in standings(work)}
    record(database, people, changed, "verdaging", "2026-06-10", medegedeeld="2026-06-10", dagen=14)
    with database.reading() as work:
        after = {s.case_id: s for s in standings(work)}
        assert after[changed].clock.deadline == date(2026, 7, 13)
        assert after[other] is before[other]
        assert seen(work) == fresh(work)


def test_the_first_case_of_all_shows_on_a_list_that_was_empty(database: Database, people: People) -> None:
    with database.reading() as work:
        assert seen(work) == {}
    new_case(database, people)

    with database.reading() as work:
        assert len(seen(work)) == 1
        assert seen(work) == fresh(work)


def test_an_edited_case_shows_at_the_next_look(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    with database.reading() as work:
        assert standings(work)[0].assigned_to_id is None
    with database.work(people.coordinator) as work:
        assign(work, case_id, people.jurist.id)
    with database.reading() as work:
        assert standings(work)[0].assigned_to_id == people.jurist.id


def test_a_suspension_that_runs_moves_the_last_day_every_day(database: Database, people: People) -> None:
    running, still = new_case(database, people), new_case(database, people, subject="iets anders")
    record(database, people, running, "zienswijze", "2026-06-10", mededeling_verzoeker="2026-06-10")
    for days in (0, 1, 9, 3):  # also back: a clock may be put right
        with at(database, NOW + timedelta(days=days)).reading() as work:
            found = seen(work)
            assert found == fresh(work)
            assert found[running] is not None
            assert found[still] == date(2026, 6, 29)


def test_what_is_rolled_back_is_not_remembered(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    with database.reading() as work:
        before = seen(work)
    try:
        with database.work(people.jurist) as work:
            case = work.session.get_one(Case, case_id)
            data = {"medegedeeld": "2026-06-10", "dagen": 14}
            legal_facts.record_fact(work, case, "verdaging", date(2026, 6, 10), data)
            assert seen(work)[case_id] == date(2026, 7, 13)
            raise RuntimeError("undo")
    except RuntimeError:
        pass
    with database.reading() as work:
        assert seen(work) == before
    record(database, people, case_id, "verdaging", "2026-06-11", medegedeeld="2026-06-11", dagen=7)
    with database.reading() as work:
        assert seen(work) == fresh(work) == {case_id: date(2026, 7, 6)}


def test_pages_together_are_the_whole_list(database: Database, people: People, monkeypatch: object) -> None:
    monkeypatch.setattr(overview, "PAGE", 2)  # type: ignore[attr-defined]
    for n in range(5):
        new_case(database, people, subject=f"zaak {n}")
    with database.reading() as work:
        pages = [overview.overview(work, Asked(), number) for number in (1, 2, 3)]
        assert [len(page.rows) for page in pages] == [2, 2, 1]
        assert [row.number for page in pages for row in page.rows] == [row.number for row in board.rows(work)]
        assert overview.overview(work, Asked(), 99).number == 3
        assert overview.overview(work, Asked(), -1).number == 1


def test_filters_find_what_they_name(database: Database, people: People) -> None:
    first = new_case(database, people, directorate="DGM")
    new_case(database, people, directorate="PG", received_at=datetime(2026, 1, 5, 10, tzinfo=UTC))
    with database.work(people.coordinator) as work:
        assign(work, first, people.jurist.id)
    asked = [
        Asked(directorate="DGM"), Asked(jurist=str(people.jurist.id)), Asked(week="2026-27"),
        Asked(phase=Phase.GATHERING), Asked(jurist=NOBODY), Asked(week=LATE), Asked(directorate="' OR 1=1 --"),
    ]  # fmt: skip
    with database.reading() as work:
        found = [[row.directorate for row in overview.overview(work, one).rows] for one in asked]
    assert found == [["DGM"], ["DGM"], ["DGM"], ["PG", "DGM"], ["PG"], ["PG"], []]


def test_the_heat_adds_up_to_the_running_cases(database: Database, people: People) -> None:
    for n, directorate in enumerate(("DGM", "DGM", "PG", "")):
        day = datetime(2026, 5, 1 + 7 * n, 10, tzinfo=UTC)
        new_case(database, people, directorate=directorate, received_at=day)
    with database.reading() as work:
        found = overview.overview(work, Asked(), running=True)
    assert sum(found.heat.values()) == found.found == 4
    assert found.heat["DGM", LATE] == 2


def test_a_case_lies_still_since_the_last_line_in_its_log(database: Database, people: People) -> None:
    busy, forgotten = new_case(database, people), new_case(database, people, subject="vergeten")
    with at(database, NOW + timedelta(days=10)).work(people.coordinator) as work:
        assign(work, busy, people.jurist.id)
    with at(database, NOW + timedelta(days=12)).reading() as work:
        found = gaps.still_since(work)

    assert [(gap.case_id, gap.days, gap.longest_days, gap.was_longer) for gap in found] == [
        (forgotten, 12, 12, False),
        (busy, 2, 10, True),
    ]
    assert found[0].waiting_for == "Informatiespecialist"
    assert found[0].since == NOW


def test_a_new_phase_begins_a_new_gap_and_decided_cases_have_none(database: Database, people: People) -> None:
    case_id, closed = new_case(database, people), new_case(database, people, subject="ingetrokken")
    with at(database, NOW + timedelta(days=9)).work(people.coordinator) as work:
        cases.close(work, work.session.get_one(Case, closed), "ingetrokken", work.clock.today(), "Per brief.")
        case = work.session.get_one(Case, case_id)
        case.phase, case.phase_since = Phase.REVIEW, work.clock.now()
    with at(database, NOW + timedelta(days=11)).reading() as work:
        found = gaps.still_since(work, [case_id, closed])

    assert [(gap.case_id, gap.longest_days, gap.waiting_for) for gap in found] == [(case_id, 2, "Jurist")]
