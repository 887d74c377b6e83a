"""The stage that reads for personal data, twice: each document by itself, then again with the names of the dossier.

Both readings are kept per document, so that a run that was stopped goes on where it was and ends the same.
"""

from __future__ import annotations

import re
import uuid
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from models import Case, Document, Page, Suggestion
from redaction.detect import (
    DetectorSettings,
    Dossier,
    PublicFigure,
    Span,
    load_detector,
    public_figures,
    shipped_figures,
)
from redaction.pdf import PageText, read_pages
from woo.errors import InputRejected
from woo.law.lifecycle import Event
from woo.publish.profile import profile
from woo.services import cases, plans, stages, suggestions
from woo.services.work import Database, Work
from woo.settings import Settings

_PAGE_END = "\n\n"


class Reader:
    """The detector of this installation, minus what is the organisation's own. Takes seconds to load: one a run."""

    def __init__(self, settings: Settings) -> None:
        organisation = profile(settings.organisation_file)
        figures = (*shipped_figures(), *_figures(organisation.public_functions))
        self._detector = load_detector(
            DetectorSettings(nlp_pipeline=settings.nlp_pipeline or None, public_figures=figures)
        )
        self._own = {_plain(address) for address in organisation.own_addresses}

    def read(self, text: str, on: date | None) -> list[Span]:
        """What a text holds by itself; `on` is the day of the document, for who held which public function then."""
        return self._foreign(self._detector.detect(text, on))

    def search(self, text: str, known: list[Span], dossier: Dossier, on: date | None) -> list[Span]:
        """The known findings, with the names of the dossier that occur here too."""
        return self._foreign(self._detector.complete(text, known, dossier, on))

    def _foreign(self, spans: Iterable[Span]) -> list[Span]:
        return [span for span in spans if _plain(span.text) not in self._own]


def _figures(entries: Iterable[Mapping[str, Any]]) -> tuple[PublicFigure, ...]:
    try:
        return public_figures(entries)
    except ValueError as error:
        raise InputRejected(
            f"Het bestand in WOO_ORGANISATION_FILE klopt niet bij [[public]]: {error} Er is niets gelezen."
        ) from error


def _plain(text: str) -> str:
    """The key of an address or number: a telephone number by its digits, however it is grouped."""
    digits = re.sub(r"\D", "", re.sub(r"^\s*(?:\+|00)31\s?(?:\(0\))?", "0", text))
    if len(digits) >= 9 and not re.search(r"[^\W\d]", text):
        return digits
    return "".join(text.casefold().split())


def unread(work: Work, case_id: uuid.UUID, limit: int) -> list[uuid.UUID]:
    """The next documents to read by themselves, by number."""
    return _next(work, case_id, limit, Document.suggested_at.is_(None))


def unsearched(work: Work, case_id: uuid.UUID, limit: int) -> list[uuid.UUID]:
    """The next documents to search for the names of the dossier, by number."""
    return _next(work, case_id, limit, Document.dossier_read_at.is_(None))


def read_document(database: Database, attempt_id: uuid.UUID, document_id: uuid.UUID, reader: Reader) -> None:
    """First reading: keep the suggestions of one document in one transaction, guarded by the attempt."""
    pages, title, on = _pages(database, document_id)
    spans, named = reader.read(_joined(pages), on), reader.read(title, on)
    with database.work() as work:
        stages.hold(work, attempt_id)
        document = work.session.get_one(Document, document_id, with_for_update=True)
        if document.suggested_at is None:
            _keep(work, document, pages, spans)
            document.public_title = document.public_title or _without(title, named)
            document.suggested_at = work.clock.now()


def learn_dossier(database: Database, case_id: uuid.UUID) -> Dossier:
    """The names that the first reading found in the whole case, with how often each occurs."""
    dossier = Dossier()
    with database.reading() as work:
        for text, spans in _found(work, case_id):
            dossier.learn(text, spans)
        for document in work.session.scalars(select(Document.id).where(Document.case_id == case_id)):
            dossier.count(
                _PAGE_END.join(
                    work.session.scalars(select(Page.text).where(Page.document_id == document).order_by(Page.index))
                )
            )
    return dossier


def search_document(
    database: Database, attempt_id: uuid.UUID, document_id: uuid.UUID, reader: Reader, dossier: Dossier
) -> None:
    """Second reading: add where names of the dossier occur that the first did not see, and how often they do."""
    pages, title, on = _pages(database, document_id)
    text = _joined(pages)
    with database.reading() as work:
        known = _spans(work, document_id, pages)
    spans = reader.search(text, known, dossier, on)
    named = reader.search(title, reader.read(title, on), dossier, on)
    with database.work() as work:
        stages.hold(work, attempt_id)
        document = work.session.get_one(Document, document_id, with_for_update=True)
        if document.dossier_read_at is None:
            _keep(work, document, pages, spans)
            if document.judged_at is None:
                document.public_title = _without(title, named)
            document.dossier_read_at = work.clock.now()


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


def _pages(database: Database, document_id: uuid.UUID) -> tuple[list[PageText], str, date | None]:
    """A document's pages, its title and its day."""
    with database.reading() as work:
        document = work.session.get_one(Document, document_id)
        pdf, title, on = work.store.path(document.pdf_sha256), document.title, document.dated
    return list(read_pages(pdf)), title, on


def _joined(pages: Iterable[PageText]) -> str:
    return _PAGE_END.join(page.text for page in pages)


def _starts(pages: Iterable[PageText]) -> list[int]:
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page.text) + len(_PAGE_END)
    return starts


def _keep(work: Work, document: Document, pages: Sequence[PageText], spans: Iterable[Span]) -> None:
    starts = _starts(pages)
    for span in spans:
        for page, first, last in _parts(pages, starts, span):
            if boxes := page.boxes_for(first, last):
                part = replace(span, text=page.text[first:last])
                suggestions.add_suggestion(work, document, page.index, part, boxes, start=first)


def _parts(pages: Sequence[PageText], starts: Sequence[int], span: Span) -> Iterator[tuple[PageText, int, int]]:
    """A span in the joined text as stretches of pages; one that runs over a page end has a part on both."""
    index = bisect_right(starts, span.start) - 1
    while index < len(pages) and starts[index] < span.end:
        page, start = pages[index], starts[index]
        first, last = max(0, span.start - start), min(len(page.text), span.end - start)
        if first < last:
            yield page, first, last
        index += 1


def _spans(work: Work, document_id: uuid.UUID, pages: Sequence[PageText]) -> list[Span]:
    """What the machine kept of a document, as spans in the joined text."""
    starts = _starts(pages)
    rows = work.session.scalars(
        select(Suggestion).where(Suggestion.document_id == document_id, Suggestion.origin == "machine")
    )
    spans = [_span(row, starts[row.page_index] + row.start) for row in rows if row.start is not None]
    return sorted(spans, key=lambda s: (s.start, s.end))


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
