"""The inbox takes what the outside sends: one strange message never stops the others, and nothing is lost."""

from __future__ import annotations

import email.policy
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models import AuditEvent, Case, Request
from tests.conftest import NOW
from woo.intake_form import read_form
from woo.services import intake
from woo.services.work import Database

BODY = "Ik vraag alle documenten over de proef met het meldpunt."


def mail(sender: str = "Sietske Hiemstra <s@voorbeeld.nl>", **headers: str) -> bytes:
    """A plain request by e-mail, received an hour ago."""
    message = EmailMessage(policy=email.policy.SMTP)
    message["Received"] = f"from a by b; {format_datetime(NOW - timedelta(hours=1))}"
    message["Subject"] = "Woo-verzoek proef met meldpunt"
    message["Message-ID"] = "<een@voorbeeld.nl>"
    message.set_content(BODY)
    for name, value in headers.items():
        del message[name.replace("_", "-")]
        if value:
            message[name.replace("_", "-")] = value
    return f"From: {sender}\r\n".encode() + message.as_bytes()


def inbox(database: Database) -> Path:
    """The inbox of a case store."""
    database.settings.inbox_root.mkdir(parents=True, exist_ok=True)
    return database.settings.inbox_root


def registered(database: Database) -> int:
    """How many cases there are."""
    with database.reading() as work:
        return work.session.scalar(select(func.count()).select_from(Case)) or 0


@pytest.mark.parametrize(
    "strange",
    [
        mail(sender=f"{'A' * 400} <lang@voorbeeld.nl>", Message_ID="<lang@voorbeeld.nl>"),
        mail(Message_ID="<nul@voorbeeld.nl>").replace(BODY.encode(), b"Graag alles \x00 over de proef."),
        mail(Message_ID="<kop@voorbeeld.nl>", Subject="").replace(
            b"\r\n\r\n", b"\r\nSubject: =?utf-8?q?Woo-verzoek_=00_proef?=\r\n\r\n", 1
        ),
        mail(Message_ID=f"<{'b' * 900}@voorbeeld.nl>"),
        mail(Message_ID="<diep@voorbeeld.nl>")
        .replace(b"text/plain", b"text/html")
        .replace(BODY.encode(), b"<div>" * 20_000 + BODY.encode()),
        mail(Message_ID="<jaar@voorbeeld.nl>", Received="", Date="Fri, 31 Dec 9999 23:59:59 -1200"),
    ],
    ids=["a name of 400 letters", "NUL in the text", "NUL in the subject", "a long id", "deep html", "the year 9999"],
)
def test_a_strange_message_does_not_keep_the_next_request_waiting(database: Database, strange: bytes) -> None:
    folder = inbox(database)
    (folder / "1.eml").write_bytes(strange)
    (folder / "2.eml").write_bytes(mail())

    taken = intake.empty_inbox(database)

    assert taken[1].case_number is not None
    assert taken[0].case_number is not None or (folder / "afgekeurd" / "1.eml").read_bytes() == strange
    assert not (folder / "1.eml").exists()
    assert registered(database) == sum(t.case_number is not None for t in taken)


def test_a_mail_without_an_id_that_is_offered_again_after_a_crash_is_one_case(sqlite_database: Database) -> None:
    folder = inbox(sqlite_database)
    for _ in range(2):  # the second time as if the process died between the transaction and the removal
        (folder / "1.eml").write_bytes(mail(Message_ID=""))
        assert intake.empty_inbox(sqlite_database)[0].case_number == "2026-0001"

    assert registered(sqlite_database) == 1


def test_a_refused_file_does_not_take_the_place_of_an_earlier_one_and_its_name_stays_out_of_the_log(
    sqlite_database: Database,
) -> None:
    folder = inbox(sqlite_database)
    for content in (b"een", b"twee"):
        (folder / "verzoek-jansen.eml").write_bytes(content)
        assert intake.empty_inbox(sqlite_database)[0].problem

    kept = sorted(path.read_bytes() for path in (folder / "afgekeurd").iterdir())
    assert kept == [b"een", b"twee"]
    with sqlite_database.reading() as work:
        events = work.session.scalars(select(AuditEvent).where(AuditEvent.action == "inbox_file_refused")).all()
        assert len(events) == 2
        assert not any("jansen" in f"{e.object_id}{e.data}" for e in events)


def test_a_link_in_the_inbox_is_not_followed(sqlite_database: Database, tmp_path: Path) -> None:
    folder = inbox(sqlite_database)
    (tmp_path / "geheim").write_bytes(mail())
    (folder / "1.eml").symlink_to(tmp_path / "geheim")

    assert intake.empty_inbox(sqlite_database)[0].case_number is None
    assert registered(sqlite_database) == 0


def test_a_mail_server_whose_clock_runs_ahead_a_little_loses_no_request(sqlite_database: Database) -> None:
    folder = inbox(sqlite_database)
    ahead = f"from a by b; {format_datetime(NOW + timedelta(seconds=40))}"
    (folder / "1.eml").write_bytes(mail(Received=ahead))

    assert intake.empty_inbox(sqlite_database)[0].case_number == "2026-0001"
    with sqlite_database.reading() as work:
        assert work.session.scalars(select(Request.received_at)).one() == NOW


def test_another_message_under_a_known_reference_is_set_aside_and_kept(sqlite_database: Database) -> None:
    head = b"From: Iemand <i@voorbeeld.nl>\nDate: Mon, 1 Jun 2026 10:00:00 +0200\nMessage-ID: <1@x>\n"
    mail = head + b"Subject: %s\n\nGraag alles.\n"
    inbox = sqlite_database.settings.inbox_root
    inbox.mkdir(parents=True)
    (inbox / "1.eml").write_bytes(mail % b"een")
    intake.empty_inbox(sqlite_database)
    (inbox / "2.eml").write_bytes(mail % b"twee")

    taken = intake.empty_inbox(sqlite_database)

    assert taken[0].case_number is None
    assert "2026-0001" in (taken[0].problem or "")
    assert [f.read_bytes() for f in (inbox / intake.REFUSED_FOLDER).iterdir()] == [mail % b"twee"]


@pytest.mark.parametrize("changed", [False, True], ids=["the same form", "another text"])
def test_a_web_form_that_was_pressed_twice_is_one_case_also_when_the_first_was_taken_in_between(
    database: Database, changed: bool
) -> None:
    folder = inbox(database)
    fields = {"subject": "Drones", "question": "Graag alles over drones.", "name": "Sam", "email": "s@voorbeeld.nl"}
    first = read_form(fields, "WV-AAAAAAAAAAAAAAAA", NOW - timedelta(minutes=2))
    second = replace(first, received_at=NOW, question="Iets heel anders." if changed else first.question)
    taken = []
    for form in (first, second):
        (folder / f"{form.reference}.json").write_bytes(form.to_json())
        taken += intake.empty_inbox(database)

    assert registered(database) == 1
    assert [t.case_number for t in taken] == ["2026-0001", None if changed else "2026-0001"]
    assert (folder / intake.REFUSED_FOLDER).exists() is changed
