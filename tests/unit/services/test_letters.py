"""Letters of the procedure: drafts, what the clock says of them, and sending them with their legal fact."""

from __future__ import annotations

import hashlib
import io
import uuid
from datetime import date, timedelta

import docx
import pytest
from sqlalchemy import select, update

from models import AuditEvent, Case, CaseEvent, Communication, Letter
from tests.conftest import NOW
from tests.support.cases import new_case
from tests.support.letters import TODAY, draft, edits, look, send, words_of, working
from tests.support.people import People
from woo.clock import FixedClock
from woo.errors import InputRejected, NotAllowed, Stale
from woo.law.lifecycle import Phase
from woo.publish.letter_kinds import letter_kinds
from woo.services import audit, case_files, communications, history, legal_facts, letters
from woo.services.work import Database

pytestmark = pytest.mark.slow  # every case on two databases, every letter typeset
FIRST_TERM = date(2026, 6, 29)


@pytest.fixture
def case_id(database: Database, people: People) -> uuid.UUID:
    """A case received on Monday 1 June 2026; today is 15 June."""
    return new_case(database, people)


VERDAGING = {"dagen": 14, "reden": "Het gaat om ongeveer 900 documenten uit zes systemen."}


def test_a_sent_verdaging_is_a_legal_fact_with_its_own_date_and_reason(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    key = draft(database, people.jurist, case_id, "verdaging", edits(**VERDAGING))
    composed = look(database, people.jurist, case_id, key)
    entry_id = send(database, people.jurist, case_id, key)

    assert composed.assessment.facts["new_deadline"] == "maandag 13 juli 2026"
    with database.reading(people.jurist) as work:
        case = work.session.get_one(Case, case_id)
        fact = next(f for f in legal_facts.standing_facts(case) if f.kind == "verdaging")
        entry = work.session.get_one(Communication, entry_id)
        letter = work.session.get_one(Letter, key)
        assert (fact.happened_on, fact.data, fact.note) == (
            TODAY,
            {"medegedeeld": "2026-06-15", "dagen": 14},
            VERDAGING["reden"],
        )
        assert legal_facts.deadline_of(case).deadline == FIRST_TERM + timedelta(days=14)
        assert (entry.kind, entry.counterpart, entry.channel, entry.happened_on, entry.event_id) == (
            "verdaging",
            "requester",
            "email",
            TODAY,
            fact.id,
        )
        assert letter.sent_at == NOW
        kept = work.store.path(entry.sent_sha256 or "").read_bytes()
        assert hashlib.sha256(kept).hexdigest() == composed.sha256
        assert audit.verify_chain(work.session) == []


def test_what_was_sent_cannot_be_changed_unnoticed(database: Database, people: People, case_id: uuid.UUID) -> None:
    key = draft(database, people.jurist, case_id, "verdaging", edits(**VERDAGING))
    send(database, people.jurist, case_id, key)
    with database.engine.begin() as connection:
        connection.execute(update(Communication).values(channel="post"))

    with database.reading() as work:
        assert [b.message for b in audit.verify_chain(work.session)] == [
            "een verzegelde rij (communication) is na het schrijven veranderd"
        ]


def test_a_sent_letter_is_not_edited_sent_again_or_thrown_away(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    key = draft(database, people.jurist, case_id, "verdaging", edits(**VERDAGING))
    send(database, people.jurist, case_id, key)

    with working(database, people.jurist, case_id) as (work, case):
        letter = work.session.get_one(Letter, key)
        for attempt in (
            lambda: letters.save(work, case, letter, edits(**VERDAGING), letter.version),
            lambda: letters.discard(work, case, letter, letter.version),
            lambda: letters.send(work, case, letter, sent_on=TODAY, channel="post", shown_sha256="0" * 64),
        ):
            with pytest.raises(NotAllowed, match="verstuurd en verandert niet meer"):
                attempt()


def test_two_who_edit_one_draft_do_not_overwrite_each_other(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    key = draft(database, people.jurist, case_id, "verdaging", edits())
    with working(database, people.jurist, case_id) as (work, case):
        letter = work.session.get_one(Letter, key)
        seen = letter.version
        letters.save(work, case, letter, edits(**VERDAGING), seen)
    with pytest.raises(Stale), working(database, people.coordinator, case_id) as (work, case):
        letters.save(work, case, work.session.get_one(Letter, key), edits(dagen=7), seen)


def test_a_letter_that_says_something_else_by_now_is_not_recorded_as_sent(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    key = draft(database, people.jurist, case_id, "verdaging", edits(**VERDAGING))
    shown = look(database, people.jurist, case_id, key).sha256
    with working(database, people.jurist, case_id) as (work, case):
        data = {"mededeling_verzoeker": "2026-06-03", "termijn": "2026-06-10", "einde": "2026-06-10"}
        legal_facts.record_fact(work, case, "zienswijze", date(2026, 6, 3), data)
    with pytest.raises(Stale), working(database, people.jurist, case_id) as (work, case):
        letters.send(work, case, work.session.get_one(Letter, key), sent_on=TODAY, channel="email", shown_sha256=shown)


def test_the_day_of_sending_is_the_date_of_the_letter(database: Database, people: People, case_id: uuid.UUID) -> None:
    key = draft(database, people.jurist, case_id, "verdaging", edits(**VERDAGING))
    with pytest.raises(InputRejected, match="niet de datum van de brief"):
        send(database, people.jurist, case_id, key, sent_on=TODAY - timedelta(days=1))
    with database.reading() as work:
        assert work.session.scalars(select(Communication)).all() == []
        assert [e.kind for e in work.session.scalars(select(CaseEvent))] == ["received"]


def test_nothing_that_the_law_asks_has_a_default(database: Database, people: People, case_id: uuid.UUID) -> None:
    with working(database, people.jurist, case_id) as (work, case):
        key = letters.start(work, case, "verdaging").id
    composed = look(database, people.jurist, case_id, key)

    assert not composed.ready
    assert set(composed.letter.text.missing) == {
        "Aantal dagen",
        "Waarom de omvang of de gecompliceerdheid dit rechtvaardigt",
        "de nieuwe uiterste datum (volgt uit de andere gegevens)",
    }
    with pytest.raises(NotAllowed, match="Aantal dagen"):
        send(database, people.jurist, case_id, key)


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


def test_a_third_party_never_learns_who_asked(database: Database, people: People, case_id: uuid.UUID) -> None:
    asked = edits(
        addressee_name="Bouwbedrijf Zuidhof",
        addressee_address="Kade 1\n1234 AB Sneek",
        betreft="Mevrouw Sietske Hiemstra vraagt om uw offerte.",
        voornemen="Openbaar maken.",
        termijn=date(2026, 6, 29),
    )
    key = draft(database, people.jurist, case_id, "zienswijze_verzoek", asked)

    assert "wie het verzoek deed" in look(database, people.jurist, case_id, key).assessment.refusals[0]


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


def test_the_version_that_was_edited_in_word_is_what_is_kept_as_sent(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    key = draft(database, people.jurist, case_id, "verdaging", edits(**VERDAGING))
    document = docx.Document(io.BytesIO(look(database, people.jurist, case_id, key).docx))
    document.paragraphs[-1].text = "Met de hand ondertekend"
    file = io.BytesIO()
    document.save(file)
    entry_id = send(database, people.jurist, case_id, key, sent_file=file.getvalue())

    with database.reading() as work:
        entry = work.session.get_one(Communication, entry_id)
        assert entry.sent_type == "docx"
        assert entry.sent_sha256 == hashlib.sha256(file.getvalue()).hexdigest()
        assert entry.letter_sha256 != entry.sent_sha256
        assert work.store.path(entry.letter_sha256 or "").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("data", [b"<html>", b"PK\x03\x04 no zip", b""])
def test_what_is_no_letter_is_not_kept_as_sent(
    database: Database, people: People, case_id: uuid.UUID, data: bytes
) -> None:
    key = draft(database, people.jurist, case_id, "verdaging", edits(**VERDAGING))
    with pytest.raises(InputRejected, match="geen Word-bestand"):
        send(database, people.jurist, case_id, key, sent_file=data)
    with database.reading() as work:
        assert work.session.get_one(Letter, key).sent_at is None


def test_only_jurists_and_the_unit_write_letters(database: Database, people: People, case_id: uuid.UUID) -> None:
    for actor in (people.communication, people.specialist, people.administrator):
        with working(database, actor, case_id) as (work, case):
            with pytest.raises(NotAllowed, match="geen brieven"):
                letters.start(work, case, "verdaging")
            with pytest.raises(NotAllowed, match="geen contact"):
                communications.record_contact(
                    work, case, happened_on=TODAY, counterpart="requester", channel="phone", note="x"
                )


def test_letters_the_receipt_and_contact_moments_are_one_log_and_the_history_names_nobody(
    database: Database, people: People, case_id: uuid.UUID
) -> None:
    send(database, people.jurist, case_id, draft(database, people.jurist, case_id, "verdaging", edits(**VERDAGING)))
    with working(database, people.coordinator, case_id) as (work, case):
        case.request.receipt_sha256 = work.store.put_bytes(b"%PDF-receipt")
        communications.record_receipt_sent(work, case, sent_on=date(2026, 6, 2), channel="email")
        communications.record_contact(
            work,
            case,
            happened_on=date(2026, 6, 8),
            counterpart="requester",
            channel="phone",
            note="Mevrouw Hiemstra wil eerst de verslagen.",
        )
    with working(database, people.coordinator, case_id) as (work, case):
        with pytest.raises(NotAllowed, match="al als verstuurd"):
            communications.record_receipt_sent(work, case, sent_on=TODAY, channel="post")
        log = [(e.what, e.with_whom, e.how, e.row.happened_on, e.who) for e in communications.log(work, case)]
        lines = [line.text for line in history.lines(work, case)]
        assert case_files.case_file(work, case).receipt_sent == date(2026, 6, 2)
        data = [str(e.data) for e in work.session.scalars(select(AuditEvent))]

    assert log == [
        ("Verdaging", "de verzoeker", "per e-mail", TODAY, "J. Eerste"),
        ("Contactmoment", "de verzoeker", "telefoon", date(2026, 6, 8), "C. Eenheid"),
        ("Ontvangstbevestiging", "de verzoeker", "per e-mail", date(2026, 6, 2), "C. Eenheid"),
    ]
    assert "Contactmoment met de verzoeker (telefoon, 8 juni 2026)" in lines
    assert "Brief verstuurd aan de verzoeker, per e-mail: Verdaging (15 juni 2026)" in lines
    assert not any("Hiemstra" in text for text in (*lines, *data))


def test_every_letter_can_be_started_or_says_why_not(database: Database, people: People, case_id: uuid.UUID) -> None:
    with working(database, people.jurist, case_id) as (work, case):
        for kind, why in letters.choices(work, case):
            if why:
                with pytest.raises(NotAllowed):
                    letters.start(work, case, kind.key)
            else:
                composed = letters.compose(work, case, letters.start(work, case, kind.key))
                assert composed.ready is False
                assert composed.pdf.startswith(b"%PDF-")
        assert len(letters.drafts(work, case)) == sum(not why for _, why in letters.choices(work, case))
    assert set(letter_kinds()) - {"ontvangstbevestiging"} == {kind.key for kind, _ in letters.choices(work, case)}
