"""The stage that reads for personal data, twice: each document by itself, then again with the names of the dossier.

Both readings are kept per document, so that a run that was stopped goes on where it was and ends the same.
"""

from __future__ import annotations

import logging
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager

from sqlalchemy import select

from models import Case, Document, Page, Suggestion
from redaction.apart import Exceeded
from redaction.detect import Dossier, Span
from redaction.detect.pool import Pool
from woo.law.lifecycle import Event
from woo.services import cases, plans, stages, suggestions, todos
from woo.services.reading import PAGE_END, Place, Reader, Search, Sheets, packed
from woo.services.work import Database, Work

_LOG = logging.getLogger(__name__)
_UNREAD = (
    "Dit document kon niet op persoonsgegevens worden gelezen. Er zijn geen of niet alle voorstellen gedaan. "
    "Lees het zelf, en lak het met de hand."
)


def unread(work: Work, case_id: uuid.UUID, limit: int) -> list[uuid.UUID]:
    """The next documents to read by themselves, by number."""
    return _next(work, case_id, limit, Document.suggested_at.is_(None))


def unsearched(work: Work, case_id: uuid.UUID, limit: int) -> list[uuid.UUID]:
    """The next documents to search for the names of the dossier, by number."""
    return _next(work, case_id, limit, Document.dossier_read_at.is_(None))


def read_documents(
    database: Database, attempt_id: uuid.UUID, ids: Sequence[uuid.UUID], readers: Pool[Reader]
) -> None:
    """First reading: keep the suggestions of each document in one transaction, guarded by the attempt.

    A document that cannot be read becomes a to-do; the others go on.
    """
    with closing(readers.each(Reader.read, (_sheets(database, id_) for id_ in ids))) as outcomes:
        for sheets, outcome in outcomes:
            with _held(database, attempt_id, sheets) as (work, document):
                if document.suggested_at is not None:
                    continue
                document.suggested_at = work.clock.now()
                if isinstance(outcome, Exception):
                    document.dossier_read_at = document.suggested_at
                    document.public_title = document.public_title or f"Document {document.number}"
                    _leave_todo(work, document, outcome)
                else:
                    _keep(work, document, outcome.places)
                    document.public_title = document.public_title or _without(sheets.title, outcome.named)


def learn_dossier(database: Database, case_id: uuid.UUID) -> Dossier:
    """The names that the first reading found in the whole case, with how often each occurs."""
    dossier = Dossier()
    with database.reading() as work:
        for text, spans in _found(work, case_id):
            dossier.learn(text, spans)
        for document in work.session.scalars(select(Document.id).where(Document.case_id == case_id)):
            dossier.count(PAGE_END.join(_texts(work, document)))
    return dossier


def search_documents(
    database: Database, attempt_id: uuid.UUID, ids: Sequence[uuid.UUID], readers: Pool[Reader], dossier: Dossier
) -> None:
    """Second reading: add where names of the dossier occur that the first did not see, and how often they do."""
    names = packed(dossier)
    tasks = (Search(_sheets(database, id_), _known(database, id_), names) for id_ in ids)
    with closing(readers.each(Reader.search, tasks)) as outcomes:
        for task, outcome in outcomes:
            with _held(database, attempt_id, task.sheets) as (work, document):
                if document.dossier_read_at is not None:
                    continue
                document.dossier_read_at = work.clock.now()
                if isinstance(outcome, Exception):
                    _leave_todo(work, document, outcome)
                    continue
                _keep(work, document, outcome.places)
                if document.judged_at is None:
                    document.public_title = _without(task.sheets.title, outcome.named)


def finish_suggesting(work: Work, attempt_id: uuid.UUID, case_id: uuid.UUID) -> bool:
    """Move on to the review; False (and nothing done) while documents are still to be read or searched."""
    stages.hold(work, attempt_id)
    if unread(work, case_id, 1) or unsearched(work, case_id, 1):
        return False
    cases.move(work, work.session.get_one(Case, case_id), Event.SUGGESTIONS_MADE)
    stages.finish(work, attempt_id)
    return True


def _next(work: Work, case_id: uuid.UUID, limit: int, condition: object) -> list[uuid.UUID]:
    query = select(Document.id).where(Document.case_id == case_id, condition)  # type: ignore[arg-type]
    return list(work.session.scalars(query.order_by(Document.number).limit(limit)))


@contextmanager
def _held(database: Database, attempt_id: uuid.UUID, sheets: Sheets) -> Iterator[tuple[Work, Document]]:
    """A transaction on one document, for who still holds the attempt."""
    with database.work() as work:
        stages.hold(work, attempt_id)
        yield work, work.session.get_one(Document, sheets.document_id, with_for_update=True)


def _sheets(database: Database, document_id: uuid.UUID) -> Sheets:
    with database.reading() as work:
        document = work.session.get_one(Document, document_id)
        pdf = work.store.path(document.pdf_sha256)
        return Sheets(document_id, pdf, _texts(work, document_id), document.title, document.dated)


def _texts(work: Work, document_id: uuid.UUID) -> tuple[str, ...]:
    return tuple(work.session.scalars(select(Page.text).where(Page.document_id == document_id).order_by(Page.index)))


def _keep(work: Work, document: Document, places: Iterable[Place]) -> None:
    for place in places:
        suggestions.add_suggestion(work, document, place.page, place.span, place.boxes, start=place.span.start)


def _leave_todo(work: Work, document: Document, error: Exception) -> None:
    """Say what was not read, without a word of it."""
    _LOG.warning("reading a document ended: %s", error.what if isinstance(error, Exceeded) else type(error).__name__)
    todos.open_todo(work, work.session.get_one(Case, document.case_id), "not_read", _UNREAD, document_id=document.id)


def _known(database: Database, document_id: uuid.UUID) -> tuple[Place, ...]:
    """What the machine kept of a document."""
    with database.reading() as work:
        rows = work.session.scalars(
            select(Suggestion).where(Suggestion.document_id == document_id, Suggestion.origin == "machine")
        )
        return tuple(Place(row.page_index, _span(row, row.start)) for row in rows if row.start is not None)


def _found(work: Work, case_id: uuid.UUID) -> Iterator[tuple[str, list[Span]]]:
    """Each document's findings with a text that they lie in, for learning."""
    by_document: dict[uuid.UUID, list[Suggestion]] = defaultdict(list)
    rows = work.session.scalars(select(Suggestion).where(Suggestion.case_id == case_id, Suggestion.origin == "machine"))
    for row in sorted(rows, key=lambda r: (str(r.document_id), r.page_index, r.start or 0)):
        by_document[row.document_id].append(row)
    for rows_of_document in by_document.values():
        yield "", [_span(row, row.start or 0) for row in rows_of_document]


def _span(row: Suggestion, start: int) -> Span:
    return Span(
        start,
        start + len(row.text),
        row.text,
        row.kind,
        row.score or 0.0,
        row.rule,
        tuple(row.sources),
        row.why,
        row.public_role,
    )


def _without(title: str, spans: Sequence[Span]) -> str:
    """A title for the inventarislijst without the personal data that was found in it; people in public roles stay."""
    for span in sorted(spans, key=lambda s: s.start, reverse=True):
        if not span.public_role:
            title = f"{title[: span.start]}{plans.HIDDEN}{title[span.end :]}"
    return title
