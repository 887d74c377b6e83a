"""The judgement of a whole document, and how it must fit what was decided on its pages (Woo art. 5.1-5.3)."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from models import Case, Decision, Document, Page, Suggestion
from woo.errors import InputRejected, NotAllowed
from woo.law.grounds import Refusal, check_grounds, ground
from woo.law.judgement import Judgement, judgement_fits
from woo.law.lifecycle import Phase, Role
from woo.services import audit, facts, legal_facts
from woo.services.work import Work


@dataclass(slots=True)
class Sums:
    """How far the review of one document is: boxes by verdict, the grounds in use, and those without a motivation."""

    open: int = 0
    redact: int = 0
    keep: int = 0
    grounds: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """All boxes of the document."""
        return self.open + self.redact + self.keep


def sums_of(work: Work, case: Case) -> dict[uuid.UUID, Sums]:
    """The sums of every document of a case that has suggestions, in one query."""
    rows = work.session.execute(
        select(Suggestion.document_id, Decision.verdict, Decision.ground, func.count())
        .outerjoin(Decision, Suggestion.decision_id == Decision.id)
        .where(Suggestion.case_id == case.id)
        .group_by(Suggestion.document_id, Decision.verdict, Decision.ground)
    )
    sums: dict[uuid.UUID, Sums] = {}
    for document_id, verdict, code, number in rows:
        entry = sums.setdefault(document_id, Sums())
        if verdict == "redact":
            entry.redact += number
            entry.grounds.add(code)
        elif verdict == "keep":
            entry.keep += number
        else:
            entry.open += number
    return sums


def judgement_matches(document: Document, sums: Sums | None) -> bool:
    """True where the judgement fits the boxes: openbaar has none to redact, deels openbaar has some."""
    return document.judgement is None or judgement_fits(
        Judgement(document.judgement), has_redactions=bool(sums and sums.redact)
    )


def ground_refusals(work: Work, case: Case, document: Document) -> list[Refusal]:
    """What the law forbids about the grounds on this document; empty where all may stand."""
    sums = sums_of(work, case).get(document.id)
    codes = set(document.judgement_grounds) | (sums.grounds if sums else set())
    return check_grounds(
        sorted(codes),
        motivation=document.judgement_reason,
        document_date=document.dated,
        request_date=legal_facts.received_on(case),
        intern_beraad=document.intern_beraad,
    )


def proposed_judgement(sums: Sums | None) -> Judgement | None:
    """What the decisions on the pages point to; None while some are open. For the screen, never a default."""
    if sums is None:
        return Judgement.PUBLIC
    if sums.open:
        return None
    return Judgement.PARTIAL if sums.redact else Judgement.PUBLIC


def judge_document(
    work: Work,
    case: Case,
    document: Document,
    judgement: Judgement,
    *,
    grounds: Collection[str] = (),
    reason: str = "",
    intern_beraad: bool = False,
    public_title: str | None = None,
    version: int,
) -> None:
    """Record a jurist's judgement of a document with its grounds and motivation; Stale where another was first."""
    check_reviewing(work, case)
    facts.expect_version(document, version)
    codes = sorted({ground(code).code for code in grounds})
    if judgement is Judgement.WITHHELD and not codes:
        raise InputRejected(
            "Kies een weigeringsgrond voor een document dat niet openbaar wordt. Er is niets opgeslagen."
        )
    document.judgement, document.judgement_grounds, document.judgement_reason = judgement, codes, reason.strip()
    document.intern_beraad = intern_beraad
    if public_title is not None:
        document.public_title = public_title.strip() or None
    document.judged_by_id, document.judged_at = work.actor.id, work.clock.now()
    audit.record(work, "document_judged", "document", document.id, case_id=case.id, judgement=judgement, grounds=codes)


def adopt_proposals(work: Work, case: Case, motivations: Mapping[str, str]) -> int:
    """Judge every unjudged document as its decisions point to, at a jurist's word; returns how many.

    `motivations` holds the weighing per ground (stored code) that she gives for these documents (Woo 5.1 lid 3).
    """
    check_reviewing(work, case)
    sums = sums_of(work, case)
    count = 0
    for document in work.session.scalars(
        select(Document).where(Document.case_id == case.id, Document.judgement.is_(None))
    ):
        proposal = proposed_judgement(sums.get(document.id))
        if proposal is None:
            continue
        used = sorted(sums[document.id].grounds) if document.id in sums else []
        reason = " ".join(motivations[code].strip() for code in used if motivations.get(code, "").strip())
        judge_document(work, case, document, proposal, reason=reason, version=document.version)
        count += 1
    return count


def see_page(work: Work, document: Document, index: int) -> None:
    """Note that a person looked at a page: the first look counts, and a page without boxes needs one too."""
    if work.actor.id is None:
        raise NotAllowed("Alleen een mens kan een pagina bekijken.")
    page = work.session.scalars(select(Page).where(Page.document_id == document.id, Page.index == index)).first()
    if page is None:
        raise InputRejected("Deze pagina bestaat niet.")
    if page.seen_at is None:
        page.seen_at, page.seen_by_id = work.clock.now(), work.actor.id


def check_reviewing(work: Work, case: Case) -> None:
    """Refuse work on documents outside the review phase, or by somebody who is no jurist."""
    if Role.JURIST not in work.actor.roles:
        raise NotAllowed("Alleen een Woo-jurist beslist over documenten. Er is niets opgeslagen.")
    if case.phase != Phase.REVIEW:
        raise NotAllowed("De zaak is niet in de fase Beoordelen. Er is niets opgeslagen. Ververs de pagina.")
