"""Delivered files: taken in whole, converted one by one, each ending as document, duplicate, container or to-do."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import func, select, update

from models import Case, Document, Page, SourceFile, StageAttempt
from redaction.pdf import PageText, read_pages
from woo.errors import NotAllowed
from woo.gather import Container, Converted, Outcome, SourceItem, Unusable, convert_many, walk
from woo.gather.items import NESTED
from woo.law.lifecycle import Event, Role
from woo.services import audit, cases, stages, todos
from woo.services.storable import shortened, storable
from woo.services.work import Database, Work

PENDING, DOCUMENT, DUPLICATE, CONTAINER, TODO = "pending", "document", "duplicate", "container", "todo"
OUTCOME_LABELS = {
    PENDING: "nog te verwerken",
    DOCUMENT: "document",
    DUPLICATE: "dubbel",
    CONTAINER: "uitgepakt",
    TODO: "to-do",
}
_LONGEST_NAME, _LONGEST_PATH = 300, 600  # bytes: six layers deep still fit in an index of PostgreSQL
_DELIVERERS = frozenset({Role.JURIST, Role.COORDINATOR, Role.INFORMATION_SPECIALIST})


def deliver(work: Work, case: Case, root: Path) -> int:
    """Take a folder, zip or single file into the case and ask for gathering; returns the number of files.

    Every file is kept under its hash before anything is done with it: a file that cannot be read later is not lost.
    """
    if _DELIVERERS.isdisjoint(work.actor.roles):
        raise NotAllowed("U mag geen bestanden aanleveren. Er is niets opgeslagen.")
    delivery = uuid.uuid4().hex
    count, taken = 0, set[str]()
    for item in walk(root):
        _add_source(work, case, delivery, item, None, taken)
        count += 1
    work.session.flush()
    audit.record(work, "sources_delivered", "case", case.id, case_id=case.id, count=count, delivery=delivery)
    cases.move(work, case, Event.SOURCES_ADDED)
    return count


def pending(work: Work, case_id: uuid.UUID, limit: int) -> list[uuid.UUID]:
    """The next source files to convert, always in the same order: what was inside a file comes right after it."""
    rows = work.session.execute(
        select(SourceFile.id, SourceFile.added_at, SourceFile.path).where(
            SourceFile.case_id == case_id, SourceFile.outcome == PENDING
        )
    )
    return [row.id for row in sorted(rows, key=lambda r: (r.path.split("!/")[0], r.path))][:limit]


def convert_batch(database: Database, attempt_id: uuid.UUID, source_ids: Sequence[uuid.UUID]) -> None:
    """Convert source files, and keep each outcome in a transaction of its own, guarded by the attempt.

    A source that already has an outcome is left alone, so a re-run makes no document twice. Files with the same bytes
    are converted once.
    """
    items, twins = _to_convert(database, attempt_id, source_ids)
    with tempfile.TemporaryDirectory(prefix="woo-gather-") as folder:
        outcomes = convert_many([item for _, item in items], Path(folder))
        for (source_id, _), outcome in zip(items, outcomes, strict=True):
            pages = list(read_pages(outcome.pdf)) if isinstance(outcome, Converted) else []
            with database.work() as work:
                _keep_outcome(work, attempt_id, source_id, outcome, pages)
    for source_id in twins:
        convert_batch(database, attempt_id, [source_id])


def _to_convert(
    database: Database, attempt_id: uuid.UUID, source_ids: Sequence[uuid.UUID]
) -> tuple[list[tuple[uuid.UUID, SourceItem]], list[uuid.UUID]]:
    """What must be converted, and which of the batch wait for a file of the batch with the same bytes."""
    items: dict[str, tuple[uuid.UUID, SourceItem]] = {}
    twins = []
    for source_id in source_ids:
        with database.reading() as work:
            source = work.session.get_one(SourceFile, source_id)
            original = _first_with_same_bytes(work, source)
            item = SourceItem(path=source.path, data=work.store.path(source.sha256), media_type=source.media_type)
        if source.outcome != PENDING:
            continue
        if original is not None:
            with database.work() as work:
                _keep_duplicate(work, attempt_id, source_id, original)
        elif source.sha256 in items:
            twins.append(source_id)
        else:
            items[source.sha256] = (source_id, item)
    return list(items.values()), twins


def finish_gathering(work: Work, attempt_id: uuid.UUID) -> bool:
    """Number the new documents and move on to suggestions; False (and nothing done) while files are still pending."""
    stages.hold(work, attempt_id)
    case = _case_of(work, attempt_id)
    if pending(work, case.id, 1):
        return False
    _number_documents(work, case)
    # New documents may bring names that the earlier ones must be searched for again.
    work.session.execute(update(Document).where(Document.case_id == case.id).values(dossier_read_at=None))
    cases.move(work, case, Event.DOCUMENTS_GATHERED)
    stages.finish(work, attempt_id)
    return True


def report(work: Work, case: Case) -> list[SourceFile]:
    """Every file that went in, with what became of it, in the order of the folders."""
    return sorted(
        work.session.scalars(select(SourceFile).where(SourceFile.case_id == case.id)),
        key=lambda s: (s.delivery, s.path),
    )


def totals(sources: Iterable[SourceFile]) -> dict[str, int]:
    """How many files have each outcome; the sum is the number of files that went in."""
    counted = dict.fromkeys(OUTCOME_LABELS, 0)
    for source in sources:
        counted[source.outcome] += 1
    return counted


def _add_source(
    work: Work, case: Case, delivery: str, item: SourceItem, parent: SourceFile | None, taken: set[str]
) -> SourceFile:
    digest = work.store.put_file(item.data) if isinstance(item.data, Path) else work.store.put_bytes(item.data)
    source = SourceFile(
        id=uuid.uuid4(),
        case_id=case.id,
        delivery=delivery,
        path=_label(item.path, taken),
        sha256=digest,
        size=work.store.path(digest).stat().st_size,
        media_type=item.media_type,
        outcome=TODO if item.refused else PENDING,
        parent_id=parent.id if parent else None,
        added_at=work.clock.now(),
        added_by_id=work.actor.id,
    )
    work.session.add(source)
    if item.refused:  # the wrapping could not hand the content over: a person must ask for it again
        work.session.flush()
        todos.open_todo(work, case, item.refused.reason, item.refused.message, source_file_id=source.id)
    return source


def _label(path: str, taken: set[str]) -> str:
    """A path under which a file can be kept beside its neighbours: no name is too long, and none stands there twice.

    Only the own name is shortened: how deep a file lies is counted in the path.
    """
    above, nested, own = path.rpartition(NESTED)
    own = shortened(storable(own), _LONGEST_NAME if nested else _LONGEST_PATH)
    candidate, number = f"{above}{nested}{own}", 1
    while candidate in taken:
        number += 1
        stem, dot, ending = own.rpartition(".")
        candidate = f"{above}{nested}{stem} ({number}).{ending}" if dot and stem else f"{above}{nested}{own} ({number})"
    taken.add(candidate)
    return candidate


def _first_with_same_bytes(work: Work, source: SourceFile) -> uuid.UUID | None:
    """An earlier file with these bytes that became a document or container; to-dos are not duplicated away."""
    twins = work.session.scalars(
        select(SourceFile).where(
            SourceFile.case_id == source.case_id,
            SourceFile.sha256 == source.sha256,
            SourceFile.id != source.id,
            SourceFile.outcome.in_((DOCUMENT, CONTAINER)),
        )
    )
    first = min(twins, key=lambda s: (s.added_at, s.path), default=None)
    return first.id if first else None


def _keep_duplicate(work: Work, attempt_id: uuid.UUID, source_id: uuid.UUID, original: uuid.UUID) -> str:
    stages.hold(work, attempt_id)
    source = work.session.get_one(SourceFile, source_id, with_for_update=True)
    if source.outcome == PENDING:
        source.outcome, source.duplicate_of_id = DUPLICATE, original
    return source.outcome


def _keep_outcome(
    work: Work, attempt_id: uuid.UUID, source_id: uuid.UUID, outcome: Outcome, pages: Sequence[PageText]
) -> str:
    stages.hold(work, attempt_id)
    source = work.session.get_one(SourceFile, source_id, with_for_update=True)
    if source.outcome != PENDING:
        return source.outcome
    case = work.session.get_one(Case, source.case_id)
    match outcome:
        case Unusable():
            source.outcome = TODO
            todos.open_todo(work, case, outcome.reason, outcome.message, source_file_id=source.id)
        case Container():
            source.outcome = CONTAINER
            _add_children(work, case, source, outcome.children)
        case Converted():
            source.outcome = DOCUMENT
            document = _add_document(work, case, source, outcome, pages)
            for todo in outcome.todo:
                todos.open_todo(
                    work, case, todo.reason, todo.message, source_file_id=source.id, document_id=document.id
                )
            _add_children(work, case, source, outcome.children)
    return source.outcome


def _add_children(work: Work, case: Case, parent: SourceFile, children: Iterable[SourceItem]) -> None:
    taken: set[str] = set()
    for child in children:
        _add_source(work, case, parent.delivery, child, parent, taken)


def _add_document(
    work: Work, case: Case, source: SourceFile, converted: Converted, pages: Sequence[PageText]
) -> Document:
    document = Document(
        id=uuid.uuid4(),
        case_id=case.id,
        source_file_id=source.id,
        number=None,
        title=storable(converted.title or Path(source.path).name),
        kind=converted.kind,
        dated=converted.date,
        date_source=converted.date_source or "",
        notes=list(converted.notes),
        thread_key=storable(converted.thread_id or converted.message_id or "") or None,
        pdf_sha256=work.store.put_file(converted.pdf),
        page_count=len(pages),
    )
    work.session.add(document)
    work.session.flush()
    work.session.add_all(
        Page(
            document_id=document.id,
            index=p.index,
            width=p.width,
            height=p.height,
            rotation=p.rotation,
            crop=list(p.crop),
            text=storable(p.text),
            words=[[storable(w.text), *(round(v, 2) for v in w.box)] for w in p.words],
        )
        for p in pages
    )
    return document


def _number_documents(work: Work, case: Case) -> None:
    new = work.session.execute(
        select(Document, SourceFile.path)
        .join(SourceFile, Document.source_file_id == SourceFile.id)
        .where(Document.case_id == case.id, Document.number.is_(None))
    ).all()
    start = work.session.scalar(select(func.max(Document.number)).where(Document.case_id == case.id)) or 0
    families: dict[str, int] = {}
    for number, (document, path) in enumerate(sorted(new, key=lambda r: (r[0].dated or date.max, r[1])), start + 1):
        document.number = number
        document.family_number = families.setdefault(path.split("!/")[0], number)


def _case_of(work: Work, attempt_id: uuid.UUID) -> Case:
    return work.session.get_one(Case, work.session.get_one(StageAttempt, attempt_id).case_id)
