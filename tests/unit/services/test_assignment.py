"""Who has which case: loads that add up, a fit that is explained, all or nothing, and only by whom it may be."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from models import AuditEvent, Case, User
from tests.support.cases import assign, new_case
from tests.support.people import People
from woo.errors import InputRejected, NotAllowed, Stale
from woo.services import assignment, history
from woo.services.assignment import Desk, Wish, best_fit, spread
from woo.services.outlook import pages_to_judge
from woo.services.standings import standings
from woo.services.work import Actor, Database


def owner(database: Database, case_id: uuid.UUID) -> uuid.UUID | None:
    with database.reading() as work:
        return work.session.get_one(Case, case_id).assigned_to_id


def link(database: Database, actor: Actor, user_id: uuid.UUID | None, *names: str) -> None:
    with database.work(actor) as work:
        user = work.session.get_one(User, user_id)
        assignment.link_directorates(work, user.id, names, user.version)


def desk(name: str, *directorates: str, pages: int = 0, cases: int = 0, pace: float | None = None) -> Desk:
    return Desk(uuid.uuid4(), name, directorates, cases, 0, pages, pace, 1)


def pool(database: Database, *case_ids: uuid.UUID) -> assignment.Pool:
    with database.reading() as work:
        numbers = [work.session.get_one(Case, case_id).number for case_id in case_ids]
        return assignment.pool(work, numbers, pages_to_judge(work))


def test_the_desks_and_what_lies_on_none_add_up_to_the_running_cases(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    new_case(database, people, subject="iets anders")
    with database.work(people.coordinator) as work:
        assign(work, case_id, people.jurist.id)
    found = pool(database)

    assert {d.name: d.cases for d in found.desks} == {"J. Eerste": 1, "J. Tweede": 0}
    assert found.free_cases == 1
    with database.reading() as work:
        assert sum(d.cases for d in found.desks) + found.free_cases == len(standings(work))


def test_several_cases_go_at_once_and_the_history_names_the_jurist(database: Database, people: People) -> None:
    cases = [new_case(database, people, subject=f"zaak {n}") for n in range(3)]
    with database.work(people.coordinator) as work:
        wishes = [Wish(key, work.session.get_one(Case, key).version) for key in cases]
        assert assignment.assign(work, wishes, people.second_jurist.id) == 3
    with database.work(people.coordinator) as work:
        assign(work, cases[0], None)

    assert [owner(database, key) for key in cases] == [None, people.second_jurist.id, people.second_jurist.id]
    with database.reading() as work:
        told = [line.text for line in history.lines(work, work.session.get_one(Case, cases[0]))]
        assert told[:2] == ["Zaak teruggegeven", "Zaak toegewezen aan J. Tweede"]
        written = work.session.scalars(select(AuditEvent).where(AuditEvent.action == "case_assigned")).all()
        assert len(written) == 4


def test_one_case_that_was_edited_since_keeps_all_of_them_where_they_are(database: Database, people: People) -> None:
    first, second = new_case(database, people), new_case(database, people, subject="iets anders")
    with database.reading() as work:
        seen = [Wish(key, work.session.get_one(Case, key).version) for key in (first, second)]
    with database.work(people.coordinator) as work:
        assign(work, second, people.second_jurist.id)

    with pytest.raises(Stale, match="Er is niets toegewezen"), database.work(people.coordinator) as work:
        assignment.assign(work, seen, people.jurist.id)
    assert (owner(database, first), owner(database, second)) == (None, people.second_jurist.id)


def test_giving_a_case_to_who_has_it_already_writes_nothing(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    with database.work(people.coordinator) as work:
        assign(work, case_id, people.jurist.id)
    with database.work(people.coordinator) as work:
        version = work.session.get_one(Case, case_id).version
        assert assignment.assign(work, [Wish(case_id, version)], people.jurist.id) == 0
    with database.reading() as work:
        assert work.session.get_one(Case, case_id).version == version


def test_a_jurist_takes_what_nobody_has_and_hands_back_her_own(database: Database, people: People) -> None:
    case_id = new_case(database, people)
    for wanted in (people.jurist.id, None, people.jurist.id):
        with database.work(people.jurist) as work:
            assign(work, case_id, wanted)
        assert owner(database, case_id) == wanted


def test_a_jurist_gives_nothing_to_others_and_takes_nothing_from_them(database: Database, people: People) -> None:
    free, taken = new_case(database, people), new_case(database, people, subject="iets anders")
    with database.work(people.coordinator) as work:
        assign(work, taken, people.second_jurist.id)
    for case_id, wanted in ((free, people.second_jurist.id), (taken, people.jurist.id), (taken, None)):
        with pytest.raises(NotAllowed, match="Er is niets veranderd"), database.work(people.jurist) as work:
            assign(work, case_id, wanted)
    assert (owner(database, free), owner(database, taken)) == (None, people.second_jurist.id)


@pytest.mark.parametrize("who", ["communication", "specialist", "administrator"])
def test_other_roles_assign_nothing(database: Database, people: People, who: str) -> None:
    case_id = new_case(database, people)
    with pytest.raises(NotAllowed), database.work(getattr(people, who)) as work:
        assign(work, case_id, people.jurist.id)
    with pytest.raises(NotAllowed):
        link(database, getattr(people, who), people.jurist.id, "DGM")


def test_no_case_and_too_many_cases_are_refused(database: Database, people: People) -> None:
    with pytest.raises(InputRejected, match="Kies een of meer"), database.work(people.coordinator) as work:
        assignment.assign(work, [], people.jurist.id)
    many = [Wish(uuid.uuid4(), 1)] * (assignment.MOST_AT_ONCE + 1)
    with pytest.raises(InputRejected, match="ten hoogste"), database.work(people.coordinator) as work:
        assignment.assign(work, many, people.jurist.id)
    with pytest.raises(InputRejected, match="bestaat niet"), database.work(people.coordinator) as work:
        assignment.assign(work, many[:1], people.jurist.id)


def test_a_jurist_may_work_for_several_directorates(database: Database, people: People) -> None:
    case_id = new_case(database, people, directorate="DGM")
    link(database, people.coordinator, people.second_jurist.id, "DGM", " PG ", "")
    found = pool(database, case_id)

    assert {d.name: d.directorates for d in found.desks} == {"J. Eerste": (), "J. Tweede": ("DGM", "PG")}
    assert found.fits[case_id].desk.name == "J. Tweede"
    assert found.fits[case_id].why == "Werkt als enige voor DGM: 0 zaken, 0 pagina’s te gaan."
    link(database, people.coordinator, people.second_jurist.id, "PG")
    assert {d.name: d.directorates for d in pool(database).desks}["J. Tweede"] == ("PG",)
    with database.reading() as work:
        assert assignment.known_directorates(work) == ["DGM", "PG"]


def test_directorates_that_somebody_else_changed_first_stay(database: Database, people: People) -> None:
    with database.reading() as work:
        seen = work.session.get_one(User, people.jurist.id).version
    link(database, people.coordinator, people.jurist.id, "DGM")
    with pytest.raises(Stale), database.work(people.coordinator) as work:
        assignment.link_directorates(work, people.jurist.id, ["PG"], seen)  # type: ignore[arg-type]
    assert {d.name: d.directorates for d in pool(database).desks}["J. Eerste"] == ("DGM",)


def test_the_least_work_of_this_directorate_fits_best() -> None:
    busy, free = desk("A", "DGM", pages=90, cases=2), desk("B", "DGM", pages=10, cases=4)
    elsewhere = desk("C", "PG")

    assert best_fit([busy, free, elsewhere], "DGM") == assignment.Fit(
        free, "Werkt voor DGM en heeft daar het minste werk: 4 zaken, 10 pagina’s te gaan."
    )
    assert best_fit([busy, elsewhere], "SG") == assignment.Fit(
        elsewhere,
        "Niemand is gekoppeld aan SG. Heeft van alle juristen het minste werk: 0 zaken, 0 pagina’s te gaan.",
    )
    assert best_fit([], "SG") is None


def test_who_reads_faster_has_less_work_with_the_same_pages() -> None:
    slow, fast = desk("A", pages=90, pace=10), desk("B", pages=100, pace=50)
    fit = best_fit([slow, fast], "")

    assert (slow.days, fast.days) == (9, 2)
    assert fit is not None and fit.desk is fast


def test_a_proposal_for_many_cases_spreads_them(database: Database, people: People) -> None:
    cases = [new_case(database, people, subject=f"zaak {n}") for n in range(4)]
    fits = pool(database, *cases).fits

    assert sorted(fit.desk.name for fit in fits.values()) == ["J. Eerste", "J. Eerste", "J. Tweede", "J. Tweede"]
    with database.reading() as work:
        free = [s for s in standings(work) if s.case_id in cases]
    heavy = spread([desk("A", pages=0, pace=10), desk("B", pages=30, pace=10)], free, {s.number: 50 for s in free})
    assert [heavy[s.case_id].desk.name for s in free] == ["A", "B", "A", "B"]
