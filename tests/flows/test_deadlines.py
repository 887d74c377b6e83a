"""Termijnbewaking as plain functions: worst first, counts that add up, events said once, no names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from flows import watch_deadlines as flow
from flows.deadline_report import deadline_table, sparkline, summary
from models import Case
from tests.support.cases import RECEIVED, new_case
from tests.support.outbox import waiting
from tests.support.people import People
from woo.clock import FixedClock
from woo.services import audit, legal_facts, outbox, projection, watch
from woo.services.watch import Alert, Watch
from woo.services.work import Database

WEDNESDAY = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


def at(database: Database, moment: datetime) -> Database:
    return Database(database.settings, FixedClock(moment))


@pytest.fixture
def three_cases(database: Database, people: People) -> Database:
    """A case that is late, one that is nearly late and one in time, seen on Wednesday 1 July 2026."""
    for days, directorate in ((40, "DGRR"), (5, "DGRR"), (0, "")):
        new_case(database, people, received_at=RECEIVED - timedelta(days=days - 12), directorate=directorate)
    return at(database, WEDNESDAY)


def deliver_all(database: Database) -> None:
    with database.work() as work:
        for message in waiting(work, 1000):
            outbox.delivered(work, message.id)


def morning(database: Database) -> Watch:
    seen = flow.look(database)
    flow.announce(database, seen)
    return seen


def left(database: Database) -> list[tuple[str, object]]:
    with database.reading() as work:
        return [(m.kind, m.payload.get("event")) for m in waiting(work, 1000)]


def test_the_table_has_every_open_case_once_with_the_worst_on_top(three_cases: Database) -> None:
    table = deadline_table(flow.look(three_cases), "http://werkbank/")

    days = [datetime.strptime(line["Besluit uiterlijk"], "%d-%m-%Y").date() for line in table]
    assert days == sorted(days) and len(days) == 3
    assert "te laat" in table[0]["Werkdagen"]
    assert table[0]["Werkbank"] == f"[Open](http://werkbank/zaken/{table[0]['Zaak']})"
    assert table[0]["Ligt stil sinds"] == "15-06-2026 (12 werkdagen)"


def test_a_long_table_tells_how_many_cases_it_leaves_out(
    three_cases: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "WORST", 2)

    table = deadline_table(flow.look(three_cases), "http://werkbank")

    assert len(table) == 3
    assert (table[2]["Zaak"], table[2]["Werkbank"]) == (
        "… en nog 1 zaak",
        "[Alle termijnen](http://werkbank/termijnen)",
    )


def test_no_title_and_no_name_reaches_the_lists(three_cases: Database) -> None:
    seen = flow.look(three_cases)
    shown = str(deadline_table(seen, "http://werkbank")) + summary(seen, "http://werkbank")

    assert "meldpunt" not in shown and "Hiemstra" not in shown


def test_the_counts_of_the_summary_add_up_to_the_open_cases(three_cases: Database) -> None:
    seen = flow.look(three_cases)
    assert {name: dict(counted) for name, counted in seen.badges.items()} == {
        "DGRR": {"late": 1, "soon": 1},
        "": {"ok": 1},
    }

    lines = summary(seen, "http://werkbank").splitlines()

    counts = [line for line in lines if line.startswith("| ")][1:4]
    assert counts[0].startswith("| nog geen directie | 1 | 0 | 0 | 1 | 0 | 1 |")
    assert counts[1].startswith("| [DGRR](/v2/runs?") and counts[1].endswith(") | 2 | 1 | 1 | 0 | 0 | 2 |")
    assert counts[2].startswith("| **[Alle](/v2/runs?tags=woo-zaak&")
    assert counts[2].partition(")**")[2] == " | **3** | **1** | **1** | **1** | **0** | **3** |"


def test_a_link_opens_all_runs_with_that_tag_from_the_oldest_running_case_on() -> None:
    link = projection.runs_link("termijn:te laat", date(2025, 3, 4), date(2026, 7, 1), "http://prefect/")

    parts = urlsplit(link)
    assert (parts.netloc, parts.path) == ("prefect", "/v2/runs")
    asked = parse_qs(parts.query)
    assert asked["tags"] == ["termijn:te laat"]
    assert asked["start"] == ["2025-03-04T00:00:00.000Z"] and asked["end"] == ["2026-07-02T23:59:59.000Z"]


def test_every_morning_what_is_new_leaves_one_event_and_every_case_that_changed_a_picture(
    three_cases: Database,
) -> None:
    deliver_all(three_cases)

    morning(three_cases)

    found = left(three_cases)
    assert found.count((outbox.EMIT_EVENT, "woo.termijn.verlopen")) == 1
    assert found.count((outbox.EMIT_EVENT, "woo.termijn.nadert")) == 1
    assert found.count((outbox.EMIT_EVENT, "woo.termijn.stil")) == 3
    assert found.count((outbox.SHOW_CASE, None)) == 3 and len(found) == 8


def test_what_was_said_once_about_a_date_is_not_said_again_and_pictures_in_waiting_are_not_asked_twice(
    three_cases: Database,
) -> None:
    deliver_all(three_cases)
    morning(three_cases)
    before = left(three_cases)

    morning(three_cases)

    assert left(three_cases) == before


def test_another_last_day_is_another_event(three_cases: Database, people: People) -> None:
    first = morning(three_cases)
    late = next(a for a in first.announcements if a.alert is Alert.OVERDUE)
    with three_cases.work(people.coordinator) as work:
        case = work.session.get_one(Case, late.case_id)
        received = next(e for e in legal_facts.standing_facts(case) if e.kind == legal_facts.RECEIVED)
        moved = received.happened_on + timedelta(days=4)
        legal_facts.record_fact(work, case, legal_facts.RECEIVED, moved, {}, corrects=received.id)

    said = [(a.alert, a.on) for a in flow.look(three_cases).announcements if a.case_id == late.case_id]

    assert [alert for alert, _ in said] == [Alert.OVERDUE] and said[0][1] > late.on


def test_a_suspended_case_is_announced_from_the_day_its_term_stands_still_and_does_not_lie_still(
    three_cases: Database, people: People
) -> None:
    case_id = next(line.row.case_id for line in flow.look(three_cases).lines if line.row.badge == "ok")
    with three_cases.work(people.coordinator) as work:
        asked = {"mededeling_verzoeker": "2026-06-25"}
        legal_facts.record_fact(work, work.session.get_one(Case, case_id), "zienswijze", date(2026, 6, 25), asked)

    seen = flow.look(at(three_cases, WEDNESDAY + timedelta(days=20)))

    said = [(a.alert, a.on) for a in seen.announcements if a.case_id == case_id]
    assert said == [(Alert.SUSPENDED, date(2026, 6, 26))]


def test_what_was_announced_in_one_round_can_be_asked_for(three_cases: Database) -> None:
    morning(three_cases)
    with three_cases.reading() as work:
        round_ = max(m.created_at for m in waiting(work, 1000))
        found = watch.announced(work, round_, {Alert.DUE, Alert.OVERDUE})
        earlier = watch.announced(work, round_ - timedelta(seconds=1), set(Alert))

    assert [a.alert for a in found] == [Alert.OVERDUE, Alert.DUE]
    assert earlier == []


def show_all(database: Database) -> None:
    with database.work() as work:
        for picture in projection.pictures(work):
            projection.remember_run(work, picture.view.case_id, picture.view.case_id, picture.view.sha256)
    deliver_all(database)


def test_a_picture_that_did_not_change_overnight_is_not_drawn_again(three_cases: Database) -> None:
    show_all(three_cases)

    tomorrow = at(three_cases, WEDNESDAY + timedelta(days=1))
    morning(tomorrow)

    assert [kind for kind, _ in left(tomorrow) if kind == outbox.SHOW_CASE] == []


def test_the_day_on_which_a_term_is_over_changes_the_picture_by_itself(three_cases: Database) -> None:
    show_all(three_cases)
    due = next(line.row for line in flow.look(three_cases).lines if line.row.badge == "soon")
    assert due.deadline is not None

    after = datetime.combine(due.deadline + timedelta(days=1), WEDNESDAY.timetz())
    seen = morning(at(three_cases, after))

    assert due.case_id in seen.changed
    with at(three_cases, after).reading() as work:
        view = projection.view_of(work, work.session.get_one(Case, due.case_id))
    assert view.state_name == "Te laat" and "termijn:te laat" in view.tags
    assert view.name == f"Woo {due.number} · besluit vóór {due.deadline:%d-%m-%Y}"


def test_the_last_monday_of_the_trend_is_the_present_when_today_is_a_monday(three_cases: Database) -> None:
    seen = flow.look(at(three_cases, datetime(2026, 7, 6, 9, 0, tzinfo=UTC)))

    day, count = seen.trend[-1]
    assert day == date(2026, 7, 6) and len(seen.trend) == watch.WEEKS
    late = sum(counted["late"] for counted in seen.badges.values())
    assert (count.running, count.late, count.still) == (seen.running, late, sum(seen.still.values()))


def test_the_trend_tells_when_cases_came_in_and_when_they_were_touched(three_cases: Database, people: People) -> None:
    touched = at(three_cases, datetime(2026, 6, 26, 9, 0, tzinfo=UTC))
    with touched.work(people.coordinator) as work:
        for line in flow.look(touched).lines:
            audit.record(work, "case_read", "case", line.row.case_id, case_id=line.row.case_id)

    counts = dict(flow.look(three_cases).trend)

    assert counts[date(2026, 5, 11)].running == 1, "received on 4 May"
    assert counts[date(2026, 6, 8)].running == 2, "received on 8 June; the third on 13 June"
    assert [counts[date(2026, 6, day)].late for day in (1, 8, 29)] == [0, 1, 1]
    assert [counts[date(2026, 6, day)].still for day in (15, 22, 29)] == [0, 0, 0]


def test_the_worst_gaps_are_told_with_who_is_to_move(three_cases: Database) -> None:
    seen = flow.look(three_cases)

    assert [gap.days for gap in seen.gaps] == [16, 16, 16]
    assert f"| [{seen.gaps[0].number}](http://werkbank/zaken/{seen.gaps[0].number}) | 15-06-2026 | 16 |" in summary(
        seen, "http://werkbank"
    )


def test_a_sparkline_goes_from_the_lowest_to_the_highest_bar() -> None:
    assert sparkline([0, 5, 10]) == "▁▄█"
    assert sparkline([0, 0]) == "▁▁"


def test_an_empty_house_gives_an_empty_list(sqlite_database: Database) -> None:
    seen = flow.look(sqlite_database)
    assert deadline_table(seen, "http://werkbank") == []
    told = summary(seen, "http://werkbank")
    assert ")** | **0** | **0** | **0** | **0** | **0** | **0** |" in told
    assert "Geen enkele zaak ligt te lang stil." in told
