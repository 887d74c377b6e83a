"""The stage that reads every document for personal data, with the names of the whole dossier in mind."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from models import Case, Document
from redaction.detect import Dossier
from redaction.pdf import read_pages
from woo.law.lifecycle import Event
from woo.services import cases, stages, suggestions
from woo.services.work import Database, Work


def unread(work: Work, case_id: uuid.UUID, limit: int) -> list[uuid.UUID]:
    """The next documents to read, by number."""
    return list(
        work.session.scalars(
            select(Document.id)
            .where(Document.case_id == case_id, Document.suggested_at.is_(None))
            .order_by(Document.number)
            .limit(limit)
        )
    )


def suggest_document(database: Database, attempt_id: uuid.UUID, document_id: uuid.UUID, dossier: Dossier) -> int:
    """Read one document and keep its suggestions in one transaction, guarded by the attempt; returns the new ones."""
    with database.reading() as work:
        document = work.session.get_one(Document, document_id)
        if document.suggested_at is not None:
            return 0
        pdf = work.store.path(document.pdf_sha256)
    found = [(page, span) for page in read_pages(pdf) for span in dossier.detect(page.text)]
    with database.work() as work:
        stages.hold(work, attempt_id)
        document = work.session.get_one(Document, document_id, with_for_update=True)
        if document.suggested_at is not None:
            return 0
        count = 0
        for page, span in found:
            boxes = page.boxes_for(span.start, span.end)
            if boxes:
                count += suggestions.add_suggestion(work, document, page.index, span, boxes) is not None
        document.suggested_at = work.clock.now()
        return count


def finish_suggesting(work: Work, attempt_id: uuid.UUID, case_id: uuid.UUID) -> bool:
    """Move on to the review; False (and nothing done) while documents are still unread."""
    stages.hold(work, attempt_id)
    if unread(work, case_id, 1):
        return False
    case = work.session.get_one(Case, case_id)
    cases.move(work, case, Event.SUGGESTIONS_MADE)
    stages.finish(work, attempt_id)
    return True


def texts_of(work: Work, case_id: uuid.UUID) -> Sequence[str]:
    """The text of every page of the case, for the dossier pass."""
    documents = work.session.scalars(select(Document).where(Document.case_id == case_id).order_by(Document.number))
    return [page.text for document in documents for page in document.pages]
