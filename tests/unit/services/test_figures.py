"""The figures: each one against a small history whose answer is worked out by hand, and the whole against the list."""

from __future__ import annotations

import csv
import io
import random
import uuid
import zipfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import etree

from models import Case
from tests.conftest import NOW
from tests.support.cases import new_case
from tests.support.people import People
from woo.clock import FixedClock
from woo.law.lifecycle import Phase
from woo.services import board, cases, legal_facts
from woo.services.figure_files import HEADINGS, figures_csv, figures_ods, table
from woo.services.figures import DEFINITIONS, Figures, figures
from woo.services.work import Database

pytestmark = pytest.mark.slow

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def received(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T08:00:00").replace(tzinfo=UTC)


def decide(database: Database, people: People, case_id: uuid.UUID, on: str) -> None:
    """The besluit as a fact, with the phase that goes with it."""
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, case_id)
        case.phase = Phase.PUBLICATION
        legal_facts.record_fact(work, case, legal_facts.BESLUIT, date.fromisoformat(on), {})


@pytest.fixture
def year(database: Database, people: People) -> dict[str, uuid.UUID]:
    """Five requests: decided in time, late, in time by a suspension, closed without besluit, and one that runs."""
    made = {
        "quick": new_case(database, people, directorate="DGM", received_at=received("2026-03-02")),
        "late": new_case(database, people, directorate="DGM", received_at=received("2026-03-03")),
        "heard": new_case(database, people, directorate="PG", received_at=received("2026-04-07")),
        "withdrawn": new_case(database, people, directorate="PG", received_at=received("2025-12-01")),
        "running": new_case(database, people, directorate="", received_at=received("2026-06-01")),
    }
    with database.work(people.jurist) as work:
        heard = work.session.get_one(Case, made["heard"])
        data = {"mededeling_verzoeker": "2026-04-10", "einde": "2026-04-24"}
        legal_facts.record_fact(work, heard, "zienswijze", date(2026, 4, 10), data)
    decide(database, people, made["quick"], "2026-03-12")
    decide(database, people, made["late"], "2026-04-12")
    decide(database, people, made["heard"], "2026-05-19")
    with database.work(people.coordinator) as work:
        withdrawn = work.session.get_one(Case, made["withdrawn"])
        cases.close(work, withdrawn, "ingetrokken", work.clock.today(), "Per brief.")
    return made


def read(database: Database, *arguments: object) -> Figures:
    with database.reading() as work:
        return figures(work, *arguments)  # type: ignore[arg-type]


def test_totals_agree_with_the_list_of_cases(database: Database, year: dict[str, uuid.UUID]) -> None:
    found = read(database)
    with database.reading() as work:
        listed = board.rows(work)

    assert found.total.received == len(listed) == 5
    assert found.total.in_time == sum(row.badge_text == "op tijd besloten" for row in listed) == 2
    assert found.total.decided == sum(row.badge_text.endswith("besloten") for row in listed) == 3
    assert found.total.without_besluit == sum(row.badge_text == "afgesloten" for row in listed) == 1
    assert sum(number for _, number in found.outcomes) == found.total.decided
    assert found.endings == [("Ingetrokken door de verzoeker", 1)]
    assert sum(number for _, number in found.endings) == found.total.without_besluit
    for name in ("received", "decided", "in_time", "without_besluit"):
        assert sum(getattr(row, name) for row in found.rows) == getattr(found.total, name)


def random_store(database: Database, people: People, dice: random.Random) -> None:
    """Twenty requests of two years, each decided, ended without a besluit or running; some with a zienswijze."""
    for number in range(20):
        day = date(2025, 3, 1) + timedelta(days=dice.randrange(400))
        directorate = dice.choice(["DGM", "PG", "SG", ""])
        case_id = new_case(
            database, people, subject=f"zaak {number}", directorate=directorate, received_at=received(day.isoformat())
        )
        later = day + timedelta(days=dice.randrange(10, 70))
        if dice.random() < 0.4:
            asked, ended = day + timedelta(days=3), day + timedelta(days=dice.randrange(4, 25))
            with database.work(people.jurist) as work:
                case = work.session.get_one(Case, case_id)
                data = {"mededeling_verzoeker": asked.isoformat(), "einde": ended.isoformat()}
                legal_facts.record_fact(work, case, "zienswijze", asked, data)
        if (fate := dice.random()) < 0.5:
            decide(database, people, case_id, later.isoformat())
        elif fate < 0.75:
            with database.work(people.coordinator) as work:
                case = work.session.get_one(Case, case_id)
                cases.close(work, case, dice.choice(["ingetrokken", "antimisbruik"]), later, "Op verzoek.")


def added(some: list[Figures], name: str) -> int:
    return sum(getattr(found.total, name) for found in some)


@pytest.mark.parametrize("seed", range(3))
def test_totals_of_any_store_agree_with_its_list_and_with_their_parts(
    database: Database, people: People, seed: int
) -> None:
    random_store(database, people, random.Random(seed))
    found = read(database)
    with database.reading() as work:
        texts = Counter(row.badge_text for row in board.rows(work))
    by_year = [read(database, year) for year in found.years]
    by_directorate = [read(database, None, name) for name in ("DGM", "PG", "SG", "")]

    assert (found.total.received, found.total.without_besluit) == (20, texts["afgesloten"])
    assert found.total.in_time == texts["op tijd besloten"]
    assert found.total.decided == texts["op tijd besloten"] + texts["te laat besloten"]
    assert sum(number for _, number in found.outcomes) == found.total.decided
    assert sum(number for _, number in found.endings) == found.total.without_besluit
    for name in ("received", "decided", "in_time", "without_besluit"):
        whole = getattr(found.total, name)
        assert sum(getattr(row, name) for row in found.rows) == whole, name
        assert added(by_year, name) == whole, name
        assert added(by_directorate, name) == whole, name
    for part in [*by_year, *by_directorate]:
        assert sum(number for _, number in part.endings) == part.total.without_besluit
        assert sum(number for _, number in part.outcomes) == part.total.decided


def test_days_are_those_that_one_counts_by_hand(database: Database, year: dict[str, uuid.UUID]) -> None:
    total = read(database).total  # gross 10, 40 and 42 days; the last stood still from 11 to 24 April: 14 days

    assert (round(total.gross_mean or 0, 2), total.gross_median) == (30.67, 40)
    assert (round(total.net_mean or 0, 2), total.net_median) == (26.0, 28)


def test_a_request_counts_in_the_month_it_came_and_in_the_month_it_was_decided(
    database: Database, year: dict[str, uuid.UUID]
) -> None:
    rows = {(row.month, row.directorate): row for row in read(database).rows}
    march, april = rows["2026-03", "DGM"], rows["2026-04", "DGM"]

    assert (march.received, march.decided, march.in_time) == (2, 1, 1)
    assert (april.received, april.decided, april.in_time) == (0, 1, 0)
    assert rows["2026-05", "PG"].net_median == 28
    assert rows["2026-06", "PG"].without_besluit == 1
    assert rows["2026-06", ""].gross_mean is None


def test_a_year_and_a_directorate_can_be_chosen(database: Database, year: dict[str, uuid.UUID]) -> None:
    assert read(database, 2025).total.received == 1
    assert read(database, 2026).total.received == 4
    assert read(database, None, "PG").total.received == 2
    assert read(database, 1999).total.received == 0
    assert read(database).years == [2026, 2025]
    assert read(database).directorates == ["DGM", "PG"]


def test_a_corrected_receipt_counts_in_its_right_month(
    database: Database, people: People, year: dict[str, uuid.UUID]
) -> None:
    before = read(database).total
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, year["running"])
        fact = next(f for f in legal_facts.standing_facts(case) if f.kind == legal_facts.RECEIVED)
        legal_facts.record_fact(work, case, legal_facts.RECEIVED, date(2026, 5, 29), {}, corrects=fact.id)
    after = read(database)

    assert {row.month: row.received for row in after.rows if row.directorate == ""} == {"2026-05": 1}
    assert after.total.received == before.received


def test_time_in_a_phase_comes_from_the_log(database: Database, people: People) -> None:
    case_id = new_case(database, people)  # accepted at once: no day in intake
    database.clock = FixedClock(NOW + timedelta(days=6))
    with database.work(people.coordinator) as work:
        cases.close(work, work.session.get_one(Case, case_id), "ingetrokken", work.clock.today(), "Per brief.")
    phases = {p.phase: (p.cases, p.mean, p.median) for p in read(database).phases}

    assert phases == {Phase.INTAKE: (1, 0, 0), Phase.GATHERING: (1, 6, 6)}


def test_every_figure_on_the_sheet_is_explained() -> None:
    for heading in HEADINGS[2:]:
        assert any(heading.startswith(name) for name in DEFINITIONS), heading


def test_the_csv_holds_the_table(database: Database, people: People, year: dict[str, uuid.UUID]) -> None:
    new_case(database, people, directorate="=1+1")
    found = read(database)
    lines = list(csv.reader(io.StringIO(figures_csv(found).decode())))

    assert tuple(lines[0]) == HEADINGS
    assert len(lines) == 1 + len(table(found))
    assert lines[-1][:4] == ["Totaal", "", "6", "3"]
    assert "'=1+1" in [line[1] for line in lines]


def test_the_ods_is_a_real_open_document_with_numbers_and_text(
    database: Database, people: People, year: dict[str, uuid.UUID]
) -> None:
    new_case(database, people, directorate="=1+1")
    with zipfile.ZipFile(io.BytesIO(figures_ods(read(database), "Ministerie"))) as book:
        assert book.namelist()[0] == "mimetype"
        assert book.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        content = etree.fromstring(book.read("content.xml"))
    tables = content.findall(".//{*}table")
    cells = content.findall(".//{*}table-cell")

    assert [t.get("{urn:oasis:names:tc:opendocument:xmlns:table:1.0}name") for t in tables] == [
        "Per maand", "Dagen per fase", "Uitkomst", "Hoe geëindigd", "Gronden", "Wat betekent het",
    ]  # fmt: skip
    assert {c.get(f"{OFFICE}value") for c in cells if c.get(f"{OFFICE}value-type") == "float"} >= {"6", "3", "40"}
    assert [c.get(f"{OFFICE}value-type") for c in cells if "".join(c.itertext()) == "=1+1"] == ["string"]
    assert not [c for c in cells if any(key.endswith("formula") for key in c.attrib)]
