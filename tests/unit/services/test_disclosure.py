"""Disclosure waits for the judge (Woo 4.4 lid 5): no day while nothing is decided, none when the judge stops it."""

from __future__ import annotations

from datetime import date

import pytest

from models import Case
from tests.support.cases import new_case
from tests.support.people import People
from woo.law.guards import Facts, Guard, refusal
from woo.law.lifecycle import Phase
from woo.services import facts, legal_facts
from woo.services.work import Database


@pytest.mark.parametrize(
    ("asked", "stopped", "first_day"),
    [
        ({}, "", None),
        ({"verzocht": "2026-06-10"}, "nog niet beslist", None),
        ({"verzocht": "2026-06-10", "uitspraak": "2026-06-14", "toegewezen": True}, "tegengehouden", None),
        ({"verzocht": "2026-06-10", "uitspraak": "2026-06-15"}, "", date(2026, 6, 22)),
        ({"verzocht": "2026-06-10", "ingetrokken": "2026-06-11"}, "", date(2026, 6, 22)),
    ],
)
def test_disclosure_waits_for_the_judge(
    sqlite_database: Database, asked: dict[str, object], stopped: str, first_day: date | None
) -> None:
    from tests.support.people import make_people

    people: People = make_people(sqlite_database)
    case_id = new_case(sqlite_database, people)
    with sqlite_database.work(people.jurist) as work:
        case = work.session.get_one(Case, case_id)
        case.phase = Phase.PUBLICATION
        legal_facts.record_fact(work, case, legal_facts.BESLUIT, date(2026, 6, 8), {"objection_expected": False})
        if asked:
            legal_facts.record_fact(work, case, legal_facts.JUDGE, date(2026, 6, 10), dict(asked))

        found = facts.facts_of(work, case)

    assert stopped in found.disclosure_stopped
    assert bool(stopped) == bool(found.disclosure_stopped)
    assert found.disclosure_from == first_day


def test_the_guard_says_what_the_judge_said() -> None:
    facts_now = Facts(disclosure_stopped="De rechter heeft nog niet beslist.", today=date(2026, 6, 8))

    assert refusal(Guard.DISCLOSURE_MAY_START, facts_now) == "De rechter heeft nog niet beslist."
