"""A small working unit for tests of the screens: people, and cases brought to any phase through the services."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models import Case, Document
from redaction.detect import Span
from redaction.pdf import read_pages
from tests.support.cases import claim, deliver, new_case, write_pdf
from tests.support.people import People
from woo.law.lifecycle import Event, Stage
from woo.services import besluiten, cases, publications, stages, suggestions
from woo.services.work import Database

LETTER = [
    "Van: Fatima el Amrani <fatima.elamrani@voorbeeld.nl>",
    "Onderwerp: proef met het meldpunt",
    "",
    "De proef begint op 1 maart en duurt drie maanden.",
    "Ik woon aan de Lindelaan 12 en krijg veel vragen van buren.",
    "De minister heeft de Kamer op 3 februari geinformeerd.",
    "",
    "Met vriendelijke groet,",
    "Fatima el Amrani",
    "Telefoon: 06 12345678",
]
REPORT = [
    "Verslag van het overleg over de proef.",
    "Het meldpunt kreeg 214 meldingen in drie maanden.",
    "Fatima el Amrani was aanwezig.",
]
FINDS = (
    (
        "Fatima el Amrani",
        "person_name",
        0.93,
        "Voor- en achternaam van een persoon die niet in een publieke rol optreedt.",
    ),
    ("fatima.elamrani@voorbeeld.nl", "email", 0.99, "E-mailadres op naam van een persoon."),
    ("06 12345678", "phone", 0.97, "Mobiel telefoonnummer."),
    ("Lindelaan 12", "address", 0.88, "Straat en huisnummer van een persoon."),
)


def case_in_review(
    database: Database,
    people: People,
    folder: Path,
    files: dict[str, Sequence[list[str]]] | None = None,
    **request: object,
) -> uuid.UUID:
    """A case whose documents were gathered and read: every find of FINDS is an open suggestion."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, pages in (files or {"brief.pdf": (LETTER, REPORT), "verslag.pdf": (REPORT,)}).items():
        write_pdf(folder / name, *pages)
    case_id = new_case(database, people, **request)
    deliver(database, people, case_id, folder)
    attempt = claim(database, case_id, Stage.SUGGEST)
    with database.work() as work:
        case = work.session.get_one(Case, case_id)
        for document in work.session.scalars(select(Document).where(Document.case_id == case_id)):
            suggest(work, document)
        cases.move(work, case, Event.SUGGESTIONS_MADE)
        stages.finish(work, attempt)
    return case_id


def suggest(work: object, document: Document) -> None:
    """Leave a suggestion for every find on every page of a document."""
    for page in read_pages(work.store.path(document.pdf_sha256)):  # type: ignore[attr-defined]
        for text, kind, score, why in FINDS:
            start = page.text.find(text)
            while start >= 0:
                end = start + len(text)
                span = Span(start, end, text, kind, score, "test", ("test",), why)
                suggestions.add_suggestion(work, document, page.index, span, page.boxes_for(start, end))  # type: ignore[arg-type]
                start = page.text.find(text, end)
    document.suggested_at = work.clock.now()  # type: ignore[attr-defined]


def draft(database: Database, case_id: uuid.UUID) -> None:
    """The stage that drafts the besluit."""
    besluiten.draft(database, claim(database, case_id, Stage.BESLUIT), case_id)


def consider(database: Database, people: People, case_id: uuid.UUID) -> None:
    """The jurist describes the case and weighs the ground."""
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, case_id)
        cases.describe(
            work,
            case,
            title=case.title,
            summary="De proef met het meldpunt.",
            directorate=case.directorate or "DGRR",
            search_description="Er is gezocht in het zaaksysteem.",
            version=case.version,
        )
        besluit = besluiten.besluit_of(work, case)
        besluiten.consider(
            work,
            case,
            {"5.1.2.e": {"text": "De privacy van de burger weegt zwaarder dan openbaarheid."}},
            besluit.version,
        )


def take(database: Database, people: People, case_id: uuid.UUID) -> None:
    """The jurist takes the besluit."""
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, case_id)
        besluiten.take(work, case, besluiten.besluit_of(work, case).letter_sha256 or "", objection_expected=False)


def publish(database: Database, case_id: uuid.UUID) -> None:
    """The stage that writes the public folder."""
    publications.publish(database, claim(database, case_id, Stage.PUBLISH), case_id)


def number_of(database: Database, case_id: uuid.UUID) -> str:
    """The number of a case."""
    with database.reading() as work:
        return work.session.get_one(Case, case_id).number


def days_ago(database: Database, days: int) -> datetime:
    """Some days before the clock of the case store, at ten in the morning in the Netherlands."""
    moment = database.clock.now() - timedelta(days=days)
    return moment.astimezone(ZoneInfo("Europe/Amsterdam")).replace(hour=8, minute=0, second=0, microsecond=0)
