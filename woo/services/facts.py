"""What the guards of the lifecycle ask about a case, counted from the rows in the same transaction."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.sql import Select

from models import AuditEvent, Besluit, Case, Decision, Document, Page, SourceFile, Suggestion, ToDo
from models.base import Versioned
from woo.errors import Stale
from woo.law.guards import Facts
from woo.law.judgement import PUBLISHED_JUDGEMENTS
from woo.services import judging, legal_facts, plans
from woo.services.work import Work


def facts_of(work: Work, case: Case, *, reason: str = "") -> Facts:
    """Count everything that `woo.law.lifecycle.refusal` may ask."""
    stopped = legal_facts.disclosure_stopped(case)
    besluit = work.session.scalars(select(Besluit).where(Besluit.case_id == case.id)).first()
    documents = work.session.scalars(select(Document).where(Document.case_id == case.id)).all()
    sums = judging.sums_of(work, case)
    proven = plans.proven_results(work, case)
    approved = plans.approved_results(work, case)
    to_publish = [d for d in documents if d.judgement in PUBLISHED_JUDGEMENTS]
    return Facts(
        sources=_count(work, select(SourceFile.id).where(SourceFile.case_id == case.id)),
        sources_unaccounted=_count(
            work, select(SourceFile.id).where(SourceFile.case_id == case.id, SourceFile.outcome == "pending")
        ),
        open_todos=_count(work, select(ToDo.id).where(ToDo.case_id == case.id, ToDo.closed_at.is_(None))),
        undecided_suggestions=sum(sums[d.id].open for d in to_publish if d.id in sums),
        unjudged_documents=sum(d.judgement is None for d in documents),
        unread_pages=_count(
            work,
            select(Page.id)
            .join(Document, Page.document_id == Document.id)
            .where(
                Document.case_id == case.id,
                Page.seen_at.is_(None),
                Document.judgement.in_(sorted(PUBLISHED_JUDGEMENTS)),
            ),
        ),
        contradicting_judgements=sum(
            not judging.judgement_matches(d, sums.get(d.id)) for d in documents if d.judgement
        ),
        refused_grounds=sum(
            len(judging.ground_refusals(work, case, d, sums.get(d.id) or judging.Sums()))
            for d in documents
            if d.judgement
        ),
        unclean_titles=plans.unclean_titles(work, case),
        unproven_documents=sum(d.id not in proven for d in to_publish),
        unapproved_documents=sum(
            d.id not in proven or (d.id, proven[d.id].result_sha256) not in approved for d in to_publish
        ),
        besluit_drafted=besluit is not None
        and besluit.letter_sha256 is not None
        and besluit.based_on_sha256 == plans.content_sha256(work, case),
        motivation_given=bool(reason.strip()),
        disclosure_from=None if stopped else legal_facts.disclosure_from(case),
        disclosure_stopped=stopped,
        today=work.clock.today(),
    )


def touched_case(work: Work, case: Case) -> bool:
    """True where the acting person worked on any document of the case herself (four eyes)."""
    return bool(touched_documents(work, case))


def touched_documents(work: Work, case: Case) -> set[uuid.UUID]:
    """The documents that the acting person judged, drew on or decided on: those she may not approve.

    A judgement that somebody else replaced counts too: the row knows its last judge only, the audit chain knows all.
    """
    me = work.actor.id
    judged = select(AuditEvent.object_id).where(
        AuditEvent.case_id == case.id, AuditEvent.action == "document_judged", AuditEvent.actor_id == me
    )
    decided = (
        select(Suggestion.document_id)
        .outerjoin(Decision, Decision.suggestion_id == Suggestion.id)
        .where(Suggestion.case_id == case.id, or_(Suggestion.created_by_id == me, Decision.decided_by_id == me))
    )
    return {uuid.UUID(key) for key in work.session.scalars(judged)} | set(work.session.scalars(decided))


def expect_version(row: Versioned, version: int) -> None:
    """Stale where the row is newer than what the user saw."""
    if row.version != version:
        raise Stale


def _count(work: Work, query: Select[Any]) -> int:
    return work.session.scalar(select(func.count()).select_from(query.subquery())) or 0
