"""What the clock makes of a letter: refused before it is sent, with its dates, and the legal fact that it is."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from models import Case, Letter
from tests.conftest import NOW
from tests.support.cases import new_case
from tests.support.letters import TODAY, draft, edits, look, send, words_of, working
from tests.support.people import People
from woo.clock import FixedClock
from woo.errors import NotAllowed
from woo.law.lifecycle import Phase
from woo.services import legal_facts, letters
from woo.services.work import Database

pytestmark = pytest.mark.slow  # every case on two databases, every letter typeset
FIRST_TERM = date(2026, 6, 29)
VERDAGING = {"dagen": 14, "reden": "Het gaat om ongeveer 900 documenten uit zes systemen."}


@pytest.fixture
def case_id(database: Database, people: People) -> uuid.UUID:
    """A case received on Monday 1 June 2026; today is 15 June."""
    return new_case(database, people)


def test_a_verdaging_after_the_first_term_is_refused_before_it_is_sent(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    key = draft(database, people.jurist, case_id, "verdaging", edits(**VERDAGING))
    database.clock = FixedClock(NOW + timedelta(days=15))
    with working(database, people.jurist, case_id) as (work, case):
        letter = work.session.get_one(Letter, key)
        letters.save(work, case, letter, edits(date(2026, 6, 30), **VERDAGING), letter.version)
    composed = look(database, people.jurist, case_id, key)

    assert not composed.ready
    assert "De eerste termijn is voorbij sinds 29 juni 2026" in composed.assessment.refusals[0]
    with pytest.raises(NotAllowed, match="eerste termijn is voorbij"):
        send(database, people.jurist, case_id, key)
    with (
        working(database, people.jurist, case_id) as (work, case),
        pytest.raises(NotAllowed, match="Verdagen kan niet"),
    ):
        letters.start(work, case, "verdaging")


def test_a_second_verdaging_is_not_offered(database: Database, people: People, case_id: uuid.UUID) -> None:
    send(database, people.jurist, case_id, draft(database, people.jurist, case_id, "verdaging", edits(**VERDAGING)))
    with database.reading(people.jurist) as work:
        offered = {k.key: why for k, why in letters.choices(work, work.session.get_one(Case, case_id))}
    assert "al verdaagd" in offered["verdaging"]
    assert offered["vertraging"] == ""
    assert "geen ingebrekestelling" in offered["ingebrekestelling"]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 6, 27), "geen werkdag (een zaterdag)"),
        (date(2026, 6, 15), "moet na de datum van de brief liggen"),
    ],
)
def test_a_term_that_we_set_ourselves_is_a_later_working_day(
    database: Database, people: People, case_id: uuid.UUID, day: date, why: str
) -> None:
    filled = edits(vraag="Welke periode bedoelt u?", antwoordtermijn=day)
    key = draft(database, people.jurist, case_id, "precisering", filled)
    refusals = look(database, people.jurist, case_id, key).assessment.refusals

    assert len(refusals) == 1
    assert why in refusals[0]


def test_an_invitation_to_preciseren_suspends_to_the_day_before_its_term_lapses(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    filled = edits(vraag="Welke periode bedoelt u?", antwoordtermijn=date(2026, 6, 29))
    key = draft(database, people.jurist, case_id, "precisering", filled)
    composed = look(database, people.jurist, case_id, key)
    send(database, people.jurist, case_id, key, channel="post")

    assert (
        composed.assessment.facts["new_deadline"] == "maandag 13 juli 2026"
    )  # 16 to 28 June: 13 days; 12 July is a Sunday
    with database.reading() as work:
        case = work.session.get_one(Case, case_id)
        fact = next(f for f in legal_facts.standing_facts(case) if f.kind == "precisering")
        assert fact.data == {"uitnodiging": "2026-06-15", "antwoordtermijn": "2026-06-29"}


def test_a_zienswijze_goes_from_question_to_notice_to_end(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    asked = edits(
        addressee_name="Bouwbedrijf Zuidhof",
        addressee_address="Kade 1\n1234 AB Sneek",
        betreft="De offerte van 2 maart 2026.",
        voornemen="Wij maken de offerte openbaar, zonder de prijzen per eenheid.",
        termijn=date(2026, 6, 29),
    )
    send(database, people.jurist, case_id, draft(database, people.jurist, case_id, "zienswijze_verzoek", asked))
    with working(database, people.jurist, case_id) as (work, case):
        notice = letters.start(work, case, "zienswijze_mededeling")
        assert notice.fields == {"termijn": "2026-06-29"}
        assert "Verstuur eerst" in {k.key: why for k, why in letters.choices(work, case)}["zienswijze_einde"]
        key = notice.id
    composed = look(database, people.jurist, case_id, key)
    send(database, people.jurist, case_id, key)

    assert composed.assessment.facts["new_deadline"] == "maandag 13 juli 2026"  # 16 to 29 June: 14 days
    database.clock = FixedClock(NOW + timedelta(days=15))
    end = draft(database, people.jurist, case_id, "zienswijze_einde", edits(date(2026, 6, 30)))
    final = look(database, people.jurist, case_id, end)
    words = words_of(final)
    assert "Die stilstand duurde tot en met maandag 29 juni 2026" in words
    assert "maandag 13 juli 2026" in words
    assert final.ready


def test_a_partial_forwarding_is_recorded_and_told_to_the_requester(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    with (
        working(database, people.jurist, case_id) as (work, case),
        pytest.raises(NotAllowed, match="nog niets doorgezonden"),
    ):
        letters.start(work, case, "doorzending_verzoeker")
    cover = edits(
        addressee_name="de gemeente Sneek",
        addressee_address="Marktstraat 15\n8601 CR Sneek",
        omvang="deel",
        wat="De vergunningen voor het meldpunt.",
    )
    send(database, people.jurist, case_id, draft(database, people.jurist, case_id, "doorzending", cover))
    with working(database, people.jurist, case_id) as (work, case):
        fact = next(f for f in legal_facts.standing_facts(case) if f.kind == "doorzending")
        notice = letters.start(work, case, "doorzending_verzoeker")
        assert fact.data == {
            "datum": "2026-06-15",
            "naar": "de gemeente Sneek",
            "omvang": "deel",
            "deel": "De vergunningen voor het meldpunt.",
        }
        assert notice.fields == {
            "omvang": "deel",
            "naar": "de gemeente Sneek",
            "doorgezonden": "2026-06-15",
            "wat": "De vergunningen voor het meldpunt.",
        }
        assert letters.compose(work, case, notice).ready


def test_a_notice_of_delay_needs_a_date_after_the_legal_term_and_leaves_that_term_as_it_is(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    early = edits(reden="Wij kregen veel documenten.", nieuwe_datum=FIRST_TERM)
    key = draft(database, people.jurist, case_id, "vertraging", early)
    assert "niet na de wettelijke termijn" in look(database, people.jurist, case_id, key).assessment.refusals[0]

    with working(database, people.jurist, case_id) as (work, case):
        letter = work.session.get_one(Letter, key)
        later = edits(reden="Wij kregen veel documenten.", nieuwe_datum=date(2026, 7, 20))
        letters.save(work, case, letter, later, letter.version)
    send(database, people.jurist, case_id, key)
    with database.reading() as work:
        case = work.session.get_one(Case, case_id)
        assert legal_facts.deadline_of(case).deadline == FIRST_TERM
        assert "mededeling_te_laat" in {f.kind for f in case.events}


@pytest.mark.parametrize(("received", "premature"), [(date(2026, 6, 29), True), (date(2026, 6, 30), False)])
def test_the_answer_to_an_ingebrekestelling_knows_whether_it_came_too_early(
    database: Database, people: People, case_id: uuid.UUID, received: date, premature: bool
) -> None:
    database.clock = FixedClock(NOW + timedelta(days=16))
    with working(database, people.jurist, case_id) as (work, case):
        data = {"ontvangen": received.isoformat(), "over": "verzoek"}
        legal_facts.record_fact(work, case, "ingebrekestelling", received, data)
    filled = edits(date(2026, 7, 1), wat_wij_doen="Een tweede jurist helpt mee.", verwacht=date(2026, 7, 10))
    composed = look(
        database, people.jurist, case_id, draft(database, people.jurist, case_id, "ingebrekestelling", filled)
    )
    words = words_of(composed)

    assert composed.ready
    assert ("te vroeg" in words) is premature
    assert ("beroep instellen" in words) is not premature
    assert "artikel 8.2 van de Woo" in words
    if not premature:
        assert "14 juli 2026 nog niet besloten" in words
        assert "woensdag 15 juli 2026" in words  # two weeks after 30 June have passed on the day after 14 July
    assert "Geachte" not in words


def test_a_besluit_not_to_treat_has_the_clause_on_bezwaar_and_needs_its_ground(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    filled = edits(grond="ander_doel", motivering="Uit uw brief blijkt dat u geen documenten wilt ontvangen.")
    composed = look(
        database, people.jurist, case_id, draft(database, people.jurist, case_id, "niet_behandelen", filled)
    )
    words = words_of(composed)
    without = look(
        database,
        people.jurist,
        case_id,
        draft(database, people.jurist, case_id, "niet_behandelen", edits(grond="precisering", motivering="x")),
    )

    assert composed.ready
    assert "artikel 4.6 van de Woo" in words
    assert "uiterlijk op 27 juli 2026" in words
    assert "de gronden van het bezwaar" in words
    assert any("geen uitnodiging om te preciseren" in refusal for refusal in without.assessment.refusals)


def test_sending_a_besluit_not_to_treat_closes_the_case_with_its_reason(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    filled = edits(grond="ander_doel", motivering="Uit uw brief blijkt dat u geen documenten wilt ontvangen.")
    send(database, people.jurist, case_id, draft(database, people.jurist, case_id, "niet_behandelen", filled))

    with database.reading(people.jurist) as work:
        case = work.session.get_one(Case, case_id)
        ended = next(f for f in legal_facts.standing_facts(case) if f.kind == legal_facts.ENDED)
        assert case.phase == Phase.CLOSED
        assert (ended.happened_on, ended.data["wijze"]) == (TODAY, "antimisbruik")
        assert {why for kind, why in letters.choices(work, case) if kind.key != "doorzending_verzoeker"} == {
            "De zaak is afgesloten."
        }
