"""Files whose names or texts no database likes: each is kept, and none keeps the others from being gathered."""

from __future__ import annotations

import os
import uuid
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas
from sqlalchemy import select

from models import Case, Document, SourceFile, ToDo
from tests.support.cases import deliver, new_case, write_pdf
from tests.support.people import People
from woo.law.lifecycle import Phase
from woo.services import sources
from woo.services.work import Database

pytestmark = pytest.mark.slow  # every file is gathered by its own process, on two databases
LINES = ["Verslag van het overleg over de proef met het meldpunt."]


def outcomes(database: Database, case_id: uuid.UUID) -> list[str]:
    """What became of every file, and proof that gathering ended."""
    with database.reading() as work:
        case = work.session.get_one(Case, case_id)
        assert case.phase == Phase.SUGGESTING
        return sorted(s.outcome for s in sources.report(work, case))


def test_two_names_that_are_unreadable_in_the_same_way_are_two_files(
    database: Database, people: People, tmp_path: Path
) -> None:
    folder = tmp_path / "bronnen"
    folder.mkdir()
    for number, name in enumerate((b"a\xff.pdf", b"a\xfe.pdf")):
        path = write_pdf(tmp_path / f"{number}.pdf", [*LINES, f"Bladzijde {number}."])
        os.rename(path, os.path.join(os.fsencode(folder), name))  # noqa: PTH104, PTH118 - names of bytes
    case_id = new_case(database, people)

    deliver(database, people, case_id, folder)

    assert outcomes(database, case_id) == ["document", "document"]
    with database.reading() as work:
        assert len(set(work.session.scalars(select(SourceFile.path)))) == 2


def test_a_member_of_a_zip_with_a_very_long_name_is_gathered(
    database: Database, people: People, tmp_path: Path
) -> None:
    path = write_pdf(tmp_path / "een.pdf", LINES)
    long_name = "".join(f"{i * 7919:x}" for i in range(3000))[:9000]
    with zipfile.ZipFile(tmp_path / "veel.zip", "w") as archive:
        archive.write(path, f"{long_name}.pdf")
    case_id = new_case(database, people)

    deliver(database, people, case_id, tmp_path / "veel.zip")

    assert outcomes(database, case_id) == ["container", "document"]


def test_a_mail_with_control_characters_in_its_subject_and_twice_the_same_attachment_name_is_gathered(
    database: Database, people: People, tmp_path: Path
) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@voorbeeld.nl", "SUBJECT"
    message["Date"] = "Mon, 1 Jun 2026 10:00:00 +0200"
    message.set_content("Hierbij de stukken.")
    for number in range(2):
        path = write_pdf(tmp_path / f"{number}.pdf", [*LINES, f"Bijlage {number}."])
        message.add_attachment(path.read_bytes(), maintype="application", subtype="pdf", filename="bijlage.pdf")
    folder = tmp_path / "bronnen"
    folder.mkdir()
    (folder / "mail.eml").write_bytes(message.as_bytes().replace(b"SUBJECT", b"=?utf-8?q?over_=00=01_de_proef?="))
    case_id = new_case(database, people)

    deliver(database, people, case_id, folder)

    assert outcomes(database, case_id) == ["document", "document", "document"]
    with database.reading() as work:
        assert not any("\x00" in title for title in work.session.scalars(select(Document.title)))


def test_a_file_that_another_redacted_badly_leaves_a_todo_with_its_page_and_stops_nothing(
    database: Database, people: People, tmp_path: Path
) -> None:
    folder = tmp_path / "bronnen"
    folder.mkdir()
    write_pdf(folder / "gewoon.pdf", LINES)
    sheet = canvas.Canvas(str(folder / "gelakt.pdf"))
    sheet.drawString(72, 700, "Het bezwaar van J. de Vries uit Almere.")
    sheet.rect(158, 696, 74, 14, stroke=0, fill=1)
    sheet.save()
    case_id = new_case(database, people)

    deliver(database, people, case_id, folder)

    assert outcomes(database, case_id) == ["document", "document"]
    with database.reading() as work:
        (todo,) = work.session.scalars(select(ToDo).where(ToDo.case_id == case_id))
        document = work.session.get_one(Document, todo.document_id)
        assert (todo.reason, document.title) == ("already_redacted", "gelakt")
        assert "(Pagina 1.)" in todo.message
        assert "Vries" not in todo.message
