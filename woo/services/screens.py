"""What screens read: documents with their progress, pages, signings, colleagues. Every change is a verb elsewhere.

Also who may read what: the content of a dossier and the name of the requester are not for everybody (BIO2 5.15).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import InstrumentedAttribute

from models import (
    Besluit,
    Case,
    Decision,
    Document,
    Gate,
    Page,
    Publication,
    Redaction,
    SourceFile,
    Suggestion,
    User,
    UserRole,
)
from woo.errors import NotAllowed
from woo.law.judgement import PUBLISHED_JUDGEMENTS
from woo.law.lifecycle import Role
from woo.services import facts, plans
from woo.services.work import Work

T = TypeVar("T")

DOSSIER_READERS = frozenset({Role.JURIST, Role.COORDINATOR, Role.INFORMATION_SPECIALIST, Role.AUDITOR})
RESULT_READERS = DOSSIER_READERS | {Role.COMMUNICATION}
REQUESTER_READERS = frozenset({Role.JURIST, Role.COORDINATOR})


def check_reader(work: Work) -> None:
    """Refuse the content of a dossier to whoever does not need it."""
    if DOSSIER_READERS.isdisjoint(work.actor.roles):
        raise NotAllowed("U mag de documenten van deze zaak niet bekijken. Vraag de Centrale Eenheid om toegang.")


def check_result_reader(work: Work) -> None:
    """Refuse redacted results and letters to whoever does not need them before publication."""
    if RESULT_READERS.isdisjoint(work.actor.roles):
        raise NotAllowed("U mag de stukken van deze zaak niet bekijken. Vraag de Centrale Eenheid om toegang.")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one document is: boxes without a decision, boxes in all, pages nobody looked at, pages in all."""

    open: int
    total: int
    unseen: int
    pages: int


@dataclass(frozen=True, slots=True)
class PageState:
    """How far one page is; `index` counts from 0."""

    index: int
    open: int
    total: int
    seen: bool

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do on the page."""
        return self.seen and not self.open


@dataclass(frozen=True, slots=True)
class Watch:
    """A box that deserves a second look: proposed but not redacted, or drawn by hand. `page` counts from 1."""

    page: int
    text: str
    why: str
    ground: str
    drawn: bool


@dataclass(frozen=True, slots=True)
class Signing:
    """One document before the second reader: its proven result, whether it is signed, whether she worked on it."""

    document: Document
    redaction: Redaction
    signed: bool
    signable: bool
    own_work: bool


def documents(work: Work, case: Case) -> list[Document]:
    """The documents of a case in the order of the inventarislijst."""
    return list(
        work.session.scalars(
            select(Document)
            .where(Document.case_id == case.id)
            .order_by(Document.number.is_(None), Document.number, Document.id)
        )
    )


def document_of(work: Work, case: Case, document_id: uuid.UUID) -> Document | None:
    """The document with this key, where it belongs to the case."""
    document = work.session.get(Document, document_id)
    return document if document is not None and document.case_id == case.id else None


def number_of(work: Work, document_id: uuid.UUID | None) -> int | None:
    """The number of a document in its case."""
    return work.session.scalar(select(Document.number).where(Document.id == document_id)) if document_id else None


def page_of(work: Work, document: Document, index: int) -> Page | None:
    """Page `index` (from 0) of a document."""
    return work.session.scalars(select(Page).where(Page.document_id == document.id, Page.index == index)).first()


def progress(work: Work, case: Case) -> dict[uuid.UUID, Progress]:
    """How far each document of the case is."""
    boxes = {
        key: (open_, total)
        for key, open_, total in work.session.execute(
            _boxes(Suggestion.document_id).where(Suggestion.case_id == case.id).group_by(Suggestion.document_id)
        )
    }
    pages = work.session.execute(
        select(Page.document_id, func.count(), func.count(Page.seen_at))
        .join(Document, Page.document_id == Document.id)
        .where(Document.case_id == case.id)
        .group_by(Page.document_id)
    )
    return {key: Progress(*boxes.get(key, (0, 0)), unseen=total - seen, pages=total) for key, total, seen in pages}


def page_states(work: Work, document: Document) -> list[PageState]:
    """How far each page of a document is, in order."""
    boxes = {
        index: (open_, total)
        for index, open_, total in work.session.execute(
            _boxes(Suggestion.page_index).where(Suggestion.document_id == document.id).group_by(Suggestion.page_index)
        )
    }
    pages = work.session.execute(
        select(Page.index, Page.seen_at).where(Page.document_id == document.id).order_by(Page.index)
    )
    return [PageState(index, *boxes.get(index, (0, 0)), seen=seen is not None) for index, seen in pages]


def resume_page(work: Work, document: Document) -> int:
    """Where the review of a document goes on: its first page that is not finished, else the first."""
    return next((page.index for page in page_states(work, document) if not page.finished), 0)


def unjudged(work: Work, case: Case, after: Document | None = None) -> Document | None:
    """The next document without a judgement, after `after` and then from the start; None where all are judged."""
    waiting = [d for d in documents(work, case) if d.judgement is None and (after is None or d.id != after.id)]
    later = [d for d in waiting if after is None or (d.number or 0) > (after.number or 0)]
    return next(iter(later or waiting), None)


def neighbour(work: Work, case: Case, document: Document, step: int) -> Document | None:
    """The document before (-1) or after (1) this one in the list."""
    every = documents(work, case)
    place = [d.id for d in every].index(document.id) + step
    return every[place] if 0 <= place < len(every) else None


def signings(work: Work, case: Case) -> list[Signing]:
    """Every document to publish with its proven result, for the second reader."""
    proven, approved = plans.proven_results(work, case), plans.approved_results(work, case)
    own = facts.touched_documents(work, case)
    gates = {
        (g.document_id, g.content_sha256)
        for g in work.session.scalars(
            select(Gate).where(Gate.case_id == case.id, Gate.kind == "approval", Gate.state == "open")
        )
    }
    return [
        Signing(
            d,
            proven[d.id],
            signed=(d.id, proven[d.id].result_sha256) in approved,
            signable=(d.id, proven[d.id].result_sha256) in gates,
            own_work=d.id in own,
        )
        for d in plans.published_documents(work, case)
        if d.id in proven
    ]


def second_look(work: Work, document: Document) -> list[Watch]:
    """What the second reader looks at first: suggestions that were not followed, then boxes drawn by hand."""
    rows = work.session.scalars(
        select(Suggestion)
        .join(Decision, Suggestion.decision_id == Decision.id)
        .where(
            Suggestion.document_id == document.id,
            or_(Decision.verdict == "keep", and_(Suggestion.origin == "hand", Decision.verdict == "redact")),
        )
    )
    found = [
        Watch(
            page=row.page_index + 1,
            text=row.text,
            why=row.why,
            ground=row.decision.ground or row.ground if row.decision else row.ground,
            drawn=row.decision is not None and row.decision.verdict == "redact",
        )
        for row in rows
    ]
    return sorted(found, key=lambda w: (w.drawn, w.page, w.text))


def approvers(work: Work, case: Case) -> dict[uuid.UUID, str]:
    """Who signed each document, by name; the last one where it was signed more than once."""
    rows = work.session.execute(
        select(Gate.document_id, User.name)
        .join(User, Gate.decided_by_id == User.id)
        .where(Gate.case_id == case.id, Gate.kind == "approval", Gate.state == "approved")
        .order_by(Gate.decided_at)
    )
    return {document_id: name for document_id, name in rows if document_id}


def notes_back(work: Work, case: Case) -> Sequence[Gate]:
    """The notes with which second readers sent the case back, newest first."""
    return work.session.scalars(
        select(Gate).where(Gate.case_id == case.id, Gate.kind == "sent_back").order_by(Gate.decided_at.desc())
    ).all()


def besluit(work: Work, case: Case) -> Besluit | None:
    """The besluit of a case, where anything was written yet."""
    return work.session.scalars(select(Besluit).where(Besluit.case_id == case.id)).first()


def publication(work: Work, case: Case) -> Publication | None:
    """The publication of a case, where it was ordered."""
    return work.session.scalars(select(Publication).where(Publication.case_id == case.id)).first()


def grounds_in_use(work: Work, case: Case) -> dict[str, int]:
    """Each ground that the besluit must account for, with the number of documents it is used on."""
    used: dict[str, set[uuid.UUID]] = {}
    rows = work.session.execute(
        select(Decision.ground, Suggestion.document_id)
        .join(Suggestion, Suggestion.decision_id == Decision.id)
        .join(Document, Suggestion.document_id == Document.id)
        .where(
            Suggestion.case_id == case.id,
            Decision.verdict == "redact",
            Document.judgement.in_(sorted(PUBLISHED_JUDGEMENTS)),
        )
        .distinct()
    )
    for code, document_id in rows:
        used.setdefault(code, set()).add(document_id)
    for document in documents(work, case):
        for code in document.judgement_grounds:
            used.setdefault(code, set()).add(document.id)
    return {code: len(ids) for code, ids in sorted(used.items())}


def staff(work: Work, role: Role) -> Sequence[User]:
    """The active colleagues with a role, by name."""
    return work.session.scalars(
        select(User)
        .join(UserRole, UserRole.user_id == User.id)
        .where(User.active, UserRole.role == role)
        .order_by(User.name)
    ).all()


def source_names(work: Work, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The path of each delivered file, for the to-dos that are about one."""
    rows = work.session.execute(select(SourceFile.id, SourceFile.path).where(SourceFile.id.in_(ids)))
    return {row.id: row.path for row in rows}


def _boxes(key: InstrumentedAttribute[T]) -> Select[tuple[T, int, int]]:
    """Open boxes and all boxes by `key` (document or page)."""
    is_open = sql_case((Decision.verdict.in_(("redact", "keep")), 0), else_=1)
    return (
        select(key, func.sum(is_open), func.count())
        .select_from(Suggestion)
        .outerjoin(Decision, Suggestion.decision_id == Decision.id)
    )
