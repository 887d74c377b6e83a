"""The notice of overmacht: the clock stands still from its own day, and the requester hears when it ends (Awb 4:15)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from models import Case
from tests.conftest import NOW
from tests.support.cases import new_case
from tests.support.letters import draft, edits, look, send, words_of, working
from tests.support.people import People
from woo.clock import FixedClock
from woo.services import legal_facts, letters
from woo.services.work import Database

pytestmark = pytest.mark.slow  # every case on two databases, letters typeset


@pytest.fixture
def case_id(database: Database, people: People) -> uuid.UUID:
    """A case received on Monday 1 June 2026; today is 15 June."""
    return new_case(database, people)


OVERMACHT = {"van": date(2026, 6, 10), "reden": "Het gebouw brandde af.", "verwacht": date(2026, 7, 20)}


def test_overmacht_stops_the_clock_from_its_own_day_and_is_told_once_more_when_it_ends(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    key = draft(database, people.jurist, case_id, "overmacht", edits(**OVERMACHT))
    running = words_of(look(database, people.jurist, case_id, key))
    send(database, people.jurist, case_id, key)

    assert "U kunt ons besluit uiterlijk op maandag 20 juli 2026 tegemoet zien" in running
    assert "De termijn staat stil vanaf woensdag 10 juni 2026, zolang de overmacht duurt" in running
    assert "Zo is die datum berekend" not in running
    database.clock = FixedClock(NOW + timedelta(days=5))
    with working(database, people.jurist, case_id) as (work, case):
        fact = next(f for f in legal_facts.standing_facts(case) if f.kind == "overmacht")
        assert (fact.happened_on, fact.note) == (date(2026, 6, 10), "Het gebouw brandde af.")
        assert fact.data == {"van": "2026-06-10", "medegedeeld": "2026-06-15"}
        second = letters.start(work, case, "overmacht")
        assert second.fields == {"van": "2026-06-10", "tot_en_met": "", "reden": "Het gebouw brandde af."}
        ended = edits(date(2026, 6, 20), tot_en_met=date(2026, 6, 19), **OVERMACHT)
        letters.save(work, case, second, ended, second.version)
        key = second.id
    composed = look(database, people.jurist, case_id, key)
    send(database, people.jurist, case_id, key)

    # 10 to 19 June are ten days after 29 June: 9 July, a Thursday.
    assert composed.assessment.facts["new_deadline"] == "donderdag 9 juli 2026"
    assert "uiterlijk op donderdag 9 juli 2026 beslissen" in words_of(composed)
    assert any("later dan de wet toestaat" in warning for warning in composed.assessment.warnings)
    with database.reading() as work:
        case = work.session.get_one(Case, case_id)
        facts = [f for f in legal_facts.standing_facts(case) if f.kind == "overmacht"]
        assert [f.data for f in facts] == [
            {"van": "2026-06-10", "tot_en_met": "2026-06-19", "medegedeeld": "2026-06-20"}
        ]
        assert legal_facts.deadline_of(case).deadline == date(2026, 7, 9)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"van": date(2026, 6, 16)}, "begint pas na de datum van de brief"),
        ({"tot_en_met": date(2026, 6, 9)}, "vóór"),
        ({"verwacht": date(2026, 6, 14)}, "vóór de datum van de brief"),
    ],
)
def test_overmacht_that_cannot_be_right_is_not_told(
    database: Database, people: People, case_id: uuid.UUID, changes: dict[str, date], why: str
) -> None:
    key = draft(database, people.jurist, case_id, "overmacht", edits(**(OVERMACHT | changes)))
    refusals = look(database, people.jurist, case_id, key).assessment.refusals

    assert len(refusals) == 1
    assert why in refusals[0]


def test_overmacht_after_the_term_moves_nothing_and_is_refused(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    database.clock = FixedClock(NOW + timedelta(days=20))
    late = edits(date(2026, 7, 5), **(OVERMACHT | {"van": date(2026, 7, 1)}))
    key = draft(database, people.jurist, case_id, "overmacht", late)

    assert "eindigde op 29 juni 2026" in look(database, people.jurist, case_id, key).assessment.refusals[0]
