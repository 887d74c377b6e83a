"""Letters of the procedure: drafts, who may write them, and what is kept of one that was sent."""

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
from tests.support.letters import TODAY, draft, edits, look, send, working
from tests.support.people import People
from woo.errors import InputRejected, NotAllowed, Stale
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
