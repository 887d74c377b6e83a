"""What will be burned into each document, what was proven, and the one hash that an approval or besluit stands on."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from models import Case, Decision, Document, Gate, Redaction, Suggestion
from redaction.pdf import Item, Plan
from woo.law.grounds import ground
from woo.law.judgement import PUBLISHED_JUDGEMENTS
from woo.services.work import Work

_NAMED = 3  # a shorter text ("de") says nothing in a title


def plans_of(work: Work, case: Case, documents: Sequence[Document]) -> dict[uuid.UUID, Plan]:
    """The plan of each document: every box to redact, in page order, so that equal decisions give equal bytes."""
    rows = work.session.execute(
        select(Suggestion, Decision.ground)
        .join(Decision, Suggestion.decision_id == Decision.id)
        .where(
            Suggestion.case_id == case.id,
            Suggestion.document_id.in_([d.id for d in documents]),
            Decision.verdict == "redact",
        )
        .order_by(Suggestion.document_id, Suggestion.page_index, Suggestion.fingerprint)
    ).all()
    items: dict[uuid.UUID, list[Item]] = defaultdict(list)
    for suggestion, code in rows:
        items[suggestion.document_id].append(
            Item(
                page=suggestion.page_index,
                boxes=tuple(tuple(b) for b in suggestion.boxes),
                code=ground(code or "").screen,
                text=suggestion.text or None,
            )
        )
    return {d.id: Plan(items=tuple(items[d.id])) for d in documents}


def published_documents(work: Work, case: Case) -> list[Document]:
    """The documents that go out with the besluit, in the order of the inventarislijst."""
    return list(
        work.session.scalars(
            select(Document)
            .where(Document.case_id == case.id, Document.judgement.in_(sorted(PUBLISHED_JUDGEMENTS)))
            .order_by(Document.number)
        )
    )


def proven_results(work: Work, case: Case) -> dict[uuid.UUID, Redaction]:
    """For each document to publish the proven result of *today's* plan and bytes; a changed decision voids it."""
    documents = published_documents(work, case)
    plans = plans_of(work, case, documents)
    found = work.session.scalars(
        select(Redaction)
        .join(Document, Redaction.document_id == Document.id)
        .where(Document.case_id == case.id, Redaction.proven, Redaction.original_sha256 == Document.pdf_sha256)
    )
    return {
        r.document_id: r for r in found if r.document_id in plans and r.plan_sha256 == plans[r.document_id].sha256()
    }


def approved_results(work: Work, case: Case) -> set[tuple[uuid.UUID, str]]:
    """Document and SHA-256 of every result that a second person signed for."""
    gates = work.session.execute(
        select(Gate.document_id, Gate.content_sha256).where(
            Gate.case_id == case.id, Gate.kind == "approval", Gate.state == "approved"
        )
    )
    return {(document, digest) for document, digest in gates if document and digest}


def content_sha256(work: Work, case: Case) -> str:
    """One hash over everything the besluit rests on: each document's judgement, grounds and proven bytes."""
    proven = proven_results(work, case)
    documents = work.session.scalars(select(Document).where(Document.case_id == case.id).order_by(Document.number))
    content = [
        [
            d.number,
            d.public_title,
            d.judgement,
            sorted(d.judgement_grounds),
            d.judgement_reason,
            proven[d.id].result_sha256 if d.id in proven else None,
        ]
        for d in documents
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def unclean_titles(work: Work, case: Case) -> int:
    """How many public titles still name a text that is redacted anywhere in the case: a title leaks as a page does."""
    titles = work.session.execute(
        select(Document.public_title, Document.title).where(
            Document.case_id == case.id, Document.judgement.is_not(None)
        )
    ).all()
    secrets = set(
        work.session.scalars(
            select(Suggestion.text)
            .join(Decision, Suggestion.decision_id == Decision.id)
            .where(Suggestion.case_id == case.id, Decision.verdict == "redact")
            .distinct()
        )
    )
    patterns = [
        re.compile(rf"(?<!\w){re.escape(text.strip())}(?!\w)", re.IGNORECASE)
        for text in secrets
        if len(text.strip()) >= _NAMED
    ]
    return sum(any(p.search(public or own) for p in patterns) for public, own in titles)
