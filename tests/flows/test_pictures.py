"""The picture of a case in Prefect follows the clock: its name, its Dutch state and its tags, on each day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models import Case
from tests.support.cases import new_case
from tests.support.people import People
from woo.clock import FixedClock
from woo.law.lifecycle import Phase
from woo.services import legal_facts, projection
from woo.services.projection import CaseView
from woo.services.work import Database

DEADLINE = date(2026, 6, 29)  # four weeks after 1 June 2026


def seen_on(
    database: Database, people: People, day: date, phase: Phase = Phase.REVIEW, fact: str = "", **fields: object
) -> CaseView:
    """A case received on 1 June in this phase, as it looks on this day."""
    case_id = new_case(database, people)
    later = Database(database.settings, FixedClock(datetime(day.year, day.month, day.day, 5, 0, tzinfo=UTC)))
    with later.work(people.coordinator) as work:
        case = work.session.get_one(Case, case_id)
        case.phase = phase
        for name, value in fields.items():
            setattr(case, name, value)
        if fact:
            legal_facts.record_fact(work, case, fact, date(2026, 6, 8), {"mededeling_verzoeker": "2026-06-08"})
    with later.reading() as work:
        return projection.view_of(work, work.session.get_one(Case, case_id))


@pytest.mark.parametrize(
    ("day", "phase", "fact", "state", "tag"),
    [
        (date(2026, 6, 15), Phase.REVIEW, "", "Wacht op jurist", "termijn:op tijd"),
        (date(2026, 6, 18), Phase.REVIEW, "", "Wacht op jurist", "termijn:op tijd"),
        (date(2026, 6, 19), Phase.REVIEW, "", "Termijn < 7 dagen", "termijn:bijna te laat"),
        (DEADLINE, Phase.APPROVAL, "", "Termijn < 7 dagen", "termijn:bijna te laat"),
        (date(2026, 6, 30), Phase.APPROVAL, "", "Te laat", "termijn:te laat"),
        (date(2026, 6, 15), Phase.ZIENSWIJZE, "zienswijze", "Zienswijze loopt", "termijn:opgeschort"),
        (date(2026, 6, 15), Phase.REVIEW, "zienswijze", "Opgeschort", "termijn:opgeschort"),
    ],
)
def test_state_and_tag_follow_the_day(
    database: Database, people: People, day: date, phase: Phase, fact: str, state: str, tag: str
) -> None:
    view = seen_on(database, people, day, phase, fact)

    assert view.state_name == state
    assert [t for t in view.tags if t.startswith("termijn:")] == [tag]


def test_a_running_case_bears_its_last_day_and_that_week(database: Database, people: People) -> None:
    view = seen_on(database, people, date(2026, 6, 15))

    assert view.name == f"Woo {view.number} · besluit vóór 29-06-2026"
    assert "week:2026-27" in view.tags


def test_a_case_whose_suspension_has_no_end_yet_names_no_day_that_moves(database: Database, people: People) -> None:
    view = seen_on(database, people, date(2026, 6, 15), Phase.ZIENSWIJZE, "zienswijze")
    with Database(database.settings, FixedClock(datetime(2026, 6, 16, 5, 0, tzinfo=UTC))).reading() as work:
        next_day = projection.view_of(work, work.session.get_one(Case, view.case_id))

    assert view.name == f"Woo {view.number} · termijn staat stil"
    assert not [tag for tag in view.tags if tag.startswith("week:")]
    assert next_day.sha256 == view.sha256


def test_trouble_goes_before_the_clock_and_the_tag_still_tells_that_the_case_is_late(
    database: Database, people: People
) -> None:
    view = seen_on(database, people, date(2026, 7, 6), trouble="Lakken is 3 keer niet gelukt.", urgent=True)

    assert (view.state_type, view.state_name) == ("PAUSED", "Storing")
    assert {"termijn:te laat", "spoed"} <= set(view.tags)


def test_a_decided_case_has_no_clock_any_more(database: Database, people: People) -> None:
    view = seen_on(database, people, date(2026, 7, 6), Phase.PUBLISHED)

    assert (view.state_type, view.state_name) == ("COMPLETED", "Gepubliceerd")
    assert view.name == f"Woo {view.number} · gepubliceerd"
    assert not [tag for tag in view.tags if tag.startswith(("termijn:", "week:"))]


def test_a_comma_in_a_directorate_does_not_break_its_tag_in_two(database: Database, people: People) -> None:
    view = seen_on(database, people, date(2026, 6, 15), directorate="DG Straffen, Beschermen")

    assert "directie:DG Straffen Beschermen" in view.tags
