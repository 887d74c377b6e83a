"""What other parties hear: which parts went to another bestuursorgaan, and the besluit for a third party."""

from __future__ import annotations

import io
import uuid
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import update

from models import Case, Communication
from tests.conftest import NOW
from tests.support.cases import new_case
from tests.support.letters import TODAY, draft, edits, look, send, words_of, working
from tests.support.people import People
from woo.clock import FixedClock
from woo.errors import NotAllowed
from woo.law.lifecycle import Phase
from woo.publish.letter_data import letter_facts, to_requester
from woo.publish.letters import besluit_letter
from woo.services import case_files, communications, legal_facts, letters
from woo.services.work import Database

pytestmark = pytest.mark.slow  # every case on two databases, letters typeset


@pytest.fixture
def case_id(database: Database, people: People) -> uuid.UUID:
    """A case received on Monday 1 June 2026; today is 15 June."""
    return new_case(database, people)


def test_besluit_and_receipt_tell_which_parts_were_forwarded_and_no_other_forwarding(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    told = [
        (date(2026, 6, 8), "de gemeente Sneek", "deel", "De vergunningen voor het meldpunt"),
        (date(2026, 6, 3), "de provincie Drenthe", "deel", ""),
        (date(2026, 6, 9), "de gemeente Assen", "geheel", ""),
    ]
    with working(database, people.jurist, case_id) as (work, case):
        for day, to, scope, part in told:
            data = {"datum": day.isoformat(), "naar": to, "omvang": scope} | ({"deel": part} if part else {})
            legal_facts.record_fact(work, case, "doorzending", day, data)
        file = case_files.case_file(work, case)

    assert [(f.organisation, f.on, f.what) for f in file.forwardings] == [
        ("de provincie Drenthe", date(2026, 6, 3), ""),
        ("de gemeente Sneek", date(2026, 6, 8), "De vergunningen voor het meldpunt"),
    ]
    assert letter_facts(file, to_requester(file))["forwardings"].splitlines() == [
        "de provincie Drenthe, doorgestuurd op 3 juni 2026",
        "de gemeente Sneek, doorgestuurd op 8 juni 2026: De vergunningen voor het meldpunt.",
    ]
    pages = PdfReader(io.BytesIO(besluit_letter(file, concept=True))).pages
    printed = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Op 8 juni 2026 heb ik uw verzoek voor een deel doorgezonden aan de gemeente Sneek" in printed
    assert "gemeente Assen" not in printed


THIRD_PARTY = {
    "addressee_name": "Bouwbedrijf Zuidhof",
    "addressee_address": "Kade 1\n1234 AB Sneek",
    "salutation": "Beste heer Zuidhof",
    "betreft": "De offerte van 2 maart 2026, zonder de prijzen per eenheid.",
}


def put_in(database: Database, case_id: uuid.UUID, phase: Phase) -> None:
    with database.engine.begin() as connection:
        connection.execute(update(Case).where(Case.id == case_id).values(phase=phase))


def take_besluit(database: Database, people: People, case_id: uuid.UUID, *, objection_expected: bool) -> None:
    put_in(database, case_id, Phase.PUBLICATION)
    with working(database, people.jurist, case_id) as (work, case):
        legal_facts.record_fact(work, case, "besluit", TODAY, {"objection_expected": objection_expected})


def test_the_letter_with_the_besluit_waits_for_the_besluit(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    with working(database, people.jurist, case_id) as (work, case), pytest.raises(NotAllowed, match="nog geen besluit"):
        letters.start(work, case, "besluit_derde")
    put_in(database, case_id, Phase.BESLUIT)
    key = draft(database, people.jurist, case_id, "besluit_derde", edits(**THIRD_PARTY))

    assert look(database, people.jurist, case_id, key).assessment.refusals == [
        "Neem eerst het besluit. Leg deze brief daarna op dezelfde dag vast als verstuurd."
    ]


@pytest.mark.parametrize(
    ("objection_expected", "says", "does_not_say"),
    [
        (False, "tegelijk met de bekendmaking van het besluit", "voorlopige voorziening"),
        (True, "niet eerder dan op maandag 29 juni 2026", "tegelijk met de bekendmaking"),
    ],
)
def test_a_third_party_gets_the_besluit_with_the_day_of_disclosure_and_the_clause_on_bezwaar(
    database: Database, people: People, case_id: uuid.UUID, objection_expected: bool, says: str, does_not_say: str
) -> None:
    take_besluit(database, people, case_id, objection_expected=objection_expected)
    key = draft(database, people.jurist, case_id, "besluit_derde", edits(**THIRD_PARTY))
    composed = look(database, people.jurist, case_id, key)
    words = words_of(composed)

    assert composed.ready
    assert composed.assessment.warnings == []
    assert "Op 15 juni 2026 hebben wij een besluit genomen" in words
    assert says in words
    assert does_not_say not in words
    assert "uiterlijk op 27 juli 2026" in words  # six weeks of bezwaar
    assert "Wat wij met uw zienswijze deden" not in words
    assert "Hiemstra" not in words
    send(database, people.jurist, case_id, key)


def test_a_besluit_that_a_judge_holds_names_no_day_of_disclosure(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    take_besluit(database, people, case_id, objection_expected=True)
    with working(database, people.jurist, case_id) as (work, case):
        legal_facts.record_fact(work, case, legal_facts.JUDGE, TODAY, {"verzocht": TODAY.isoformat()})
    key = draft(database, people.jurist, case_id, "besluit_derde", edits(**THIRD_PARTY, zienswijze="Gevolgd."))
    words = words_of(look(database, people.jurist, case_id, key))

    assert "niet voordat de voorzieningenrechter uitspraak heeft gedaan" in words
    assert "niet eerder dan op" not in words
    assert "Gevolgd." in words


def test_a_besluit_that_reaches_the_third_party_later_than_the_requester_gives_a_warning(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    take_besluit(database, people, case_id, objection_expected=False)
    database.clock = FixedClock(NOW + timedelta(days=2))
    late = edits(date(2026, 6, 17), **THIRD_PARTY)
    composed = look(database, people.jurist, case_id, draft(database, people.jurist, case_id, "besluit_derde", late))

    assert composed.ready
    assert any("gelijktijdig" in warning for warning in composed.assessment.warnings)


def owed(database: Database, people: People, case_id: uuid.UUID) -> int:
    with working(database, people.jurist, case_id) as (work, case):
        return communications.third_parties_to_tell(work, case)


def sent_to_other(database: Database, people: People, case_id: uuid.UUID, kind: str) -> None:
    with working(database, people.jurist, case_id) as (work, case):
        entry = Communication(kind=kind, counterpart="third_party", channel="post", happened_on=TODAY)
        communications.record(work, case, "letter_sent", entry)


@pytest.mark.parametrize("asked_by", ["letters", "facts", "both"])
def test_after_the_besluit_every_third_party_that_was_asked_waits_for_its_letter(
    database: Database, people: People, case_id: uuid.UUID, asked_by: str
) -> None:
    with working(database, people.jurist, case_id) as (work, case):
        for party in ("A", "B", "B") if asked_by != "letters" else ():
            told = {"mededeling_verzoeker": "2026-06-05", "termijn": "2026-06-12", "partij": party}
            legal_facts.record_fact(work, case, "zienswijze", date(2026, 6, 5), told, note=str(len(case.events)))
    for _ in range(2 if asked_by != "facts" else 0):
        sent_to_other(database, people, case_id, "zienswijze_verzoek")

    assert owed(database, people, case_id) == 0  # there is no besluit yet
    take_besluit(database, people, case_id, objection_expected=True)
    for left in (2, 1, 0):
        assert owed(database, people, case_id) == left
        sent_to_other(database, people, case_id, "besluit_derde")
    assert owed(database, people, case_id) == 0


def test_a_besluit_without_zienswijzen_owes_no_letter(database: Database, people: People, case_id: uuid.UUID) -> None:
    take_besluit(database, people, case_id, objection_expected=False)

    assert owed(database, people, case_id) == 0
