"""Termijnbewaking as plain functions: worst first, counts that add up, events heard once, no names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flows import watch_deadlines as watch
from tests.support.cases import RECEIVED, new_case
from tests.support.people import People
from woo.clock import FixedClock
from woo.services import board, outbox, projection
from woo.services.work import Database


@pytest.fixture
def three_cases(database: Database, people: People) -> Database:
    """A case that is late, one that is nearly late and one in time, seen on Monday 15 June 2026."""
    for days, directorate in ((40, "DGRR"), (5, "DGRR"), (0, "")):
        new_case(database, people, received_at=RECEIVED - timedelta(days=days - 12), directorate=directorate)
    return Database(database.settings, FixedClock(datetime(2026, 7, 1, 9, 0, tzinfo=UTC)))


def rows(database: Database) -> list[board.BoardRow]:
    with database.reading() as work:
        return board.rows(work)


def test_the_table_has_every_open_case_once_with_the_worst_on_top(three_cases: Database) -> None:
    table = watch.deadline_table(rows(three_cases), "http://werkbank/")

    days = [datetime.strptime(line["Besluit uiterlijk"], "%d-%m-%Y").date() for line in table]
    assert days == sorted(days) and len(days) == 3
    assert "te laat" in table[0]["Werkdagen"]
    assert table[0]["Werkbank"] == f"[Open](http://werkbank/zaken/{table[0]['Zaak']})"


def test_no_title_and_no_name_reaches_the_lists(three_cases: Database) -> None:
    shown = str(watch.deadline_table(rows(three_cases), "http://werkbank")) + watch.summary(rows(three_cases))

    assert "meldpunt" not in shown and "Hiemstra" not in shown


def test_the_counts_of_the_summary_add_up_to_the_open_cases(three_cases: Database) -> None:
    lines = [line for line in watch.summary(rows(three_cases)).splitlines() if line.startswith("| ")]
    numbers = {
        cells[0].strip("* "): [int(cell.strip("* ")) for cell in cells[1:]]
        for line in lines[1:]
        if (cells := line.strip("| ").split(" | "))
    }
    assert numbers["DGRR"][0] == 2 and numbers["nog geen directie"][0] == 1
    assert numbers["Alle"][0] == 3 == sum(numbers["Alle"][1:])
    assert numbers["Alle"] == [a + b for a, b in zip(numbers["DGRR"], numbers["nog geen directie"], strict=True)]


def test_a_late_case_leaves_an_event_and_every_case_a_new_picture(three_cases: Database) -> None:
    with three_cases.work() as work:
        for message in outbox.waiting(work):
            outbox.delivered(work, message.id)

    watch.announce(three_cases)

    with three_cases.reading() as work:
        left = [(m.kind, m.payload.get("event")) for m in outbox.waiting(work)]
    assert left.count((outbox.EMIT_EVENT, "woo.termijn.verlopen")) == 1
    assert left.count((outbox.EMIT_EVENT, "woo.termijn.nadert")) == 1
    assert left.count((outbox.SHOW_CASE, None)) == 3


def test_a_picture_that_did_not_change_overnight_is_not_drawn_again(three_cases: Database) -> None:
    with three_cases.work() as work:
        for view in projection.views(work):
            projection.remember_run(work, view.case_id, view.case_id, view.sha256)
        for message in outbox.waiting(work):
            outbox.delivered(work, message.id)

    watch.announce(three_cases)

    with three_cases.reading() as work:
        assert [m.kind for m in outbox.waiting(work) if m.kind == outbox.SHOW_CASE] == []


def test_an_empty_house_gives_an_empty_list(sqlite_database: Database) -> None:
    found = rows(sqlite_database)
    assert watch.deadline_table(found, "http://werkbank") == []
    assert watch.summary(found).splitlines()[-1] == "| **Alle** | **0** | **0** | **0** | **0** | **0** |"
