"""A case as letters, lists and the public folder need it: plain values, filled from the rows."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from models import AuditEvent, Besluit, Case, Document, Redaction
from woo.clock import dutch_day
from woo.law.deadlines import decision_deadline
from woo.law.lifecycle import Phase
from woo.publish.case_file import (
    CaseFile,
    DeadlineStep,
    Forwarding,
    GroundReasoning,
    Requester,
    Search,
    Verdaging,
    ZienswijzeRound,
)
from woo.publish.document_entry import DocumentEntry, Judgement, Withdrawal
from woo.publish.profile import profile as profile_of
from woo.services import communications, judging, legal_facts, plans
from woo.services.cases import CHANNELS
from woo.services.work import Work

WITHDRAWAL_ORDERED = "withdrawal_ordered"


def case_file(work: Work, case: Case, *, on: date | None = None, published_on: date | None = None) -> CaseFile:
    """Everything that may be said about `case`. `on`: the day of the besluit, where it is being drafted or taken."""
    profile = profile_of(work.settings.organisation_file)
    deadline = legal_facts.deadline_of(case, work.clock.today())
    besluit = work.session.scalars(select(Besluit).where(Besluit.case_id == case.id)).first()
    taken = legal_facts.besluit_on(case) or on
    return CaseFile(
        number=case.number,
        subject=case.title,
        summary=case.summary or case.title,
        received=legal_facts.received_on(case),
        directorate=case.directorate,
        organisation=profile.organisation,
        contact=profile.contact,
        signatory=profile.signatory,
        deadline=deadline.deadline,
        deadline_steps=tuple(DeadlineStep(s.date, s.days, s.article, s.text) for s in deadline.steps),
        requester=_requester(case),
        received_via=CHANNELS[case.request.channel],
        receipt_sent=_receipt_sent(work, case),
        besluit_date=taken,
        published_on=published_on,
        verdaging=_verdaging(case),
        zienswijze=_zienswijze(case),
        forwardings=_forwardings(case),
        search=Search(remark=case.search_description),
        reasonings=_reasonings(besluit),
        documents=_entries(work, case),
        release_date=None if legal_facts.disclosure_stopped(case) else legal_facts.disclosure_from(case),
        bezwaar_until=decision_deadline(taken, [], "einde bezwaartermijn").deadline if taken else None,
    )


def public_id(document: Document) -> str:
    """The number of a document as the outside world knows it, also the name of its file."""
    return f"{document.number:04d}"


def withdrawals(work: Work, case: Case) -> dict[uuid.UUID, Withdrawal]:
    """The published documents of a case that were taken back, by the log: when and why."""
    lines = work.session.scalars(
        select(AuditEvent).where(AuditEvent.case_id == case.id, AuditEvent.action == WITHDRAWAL_ORDERED)
    )
    return {
        uuid.UUID(line.object_id): Withdrawal(date.fromisoformat(line.data["on"]), line.data["reason"])
        for line in lines
    }


def _requester(case: Case) -> Requester:
    who = case.request.requester
    return Requester(
        name=who.name,
        address=tuple((who.postal_address or "").splitlines()),
        email=who.email or "",
        phone=who.phone or "",
        salutation=who.salutation or "",
    )


def _receipt_sent(work: Work, case: Case) -> date | None:
    """The day the ontvangstbevestiging went out as the log of contact has it; else the day it was made."""
    entry = communications.receipt_sent(work, case)
    if entry is not None:
        return entry.happened_on
    return dutch_day(case.created_at) if case.request.receipt_sha256 else None


def _verdaging(case: Case) -> Verdaging | None:
    fact = next((f for f in legal_facts.standing_facts(case) if f.kind == "verdaging"), None)
    if fact is None:
        return None
    return Verdaging(
        notice=fact.happened_on,
        days=int(fact.data["dagen"]),
        reason=fact.note,
        new_deadline=legal_facts.deadline_of(case).deadline,
    )


def _zienswijze(case: Case) -> ZienswijzeRound | None:
    facts = [f for f in legal_facts.standing_facts(case) if f.kind == "zienswijze"]
    if not facts:
        return None
    deadline = legal_facts.deadline_of(case)
    runs = deadline.suspensions
    besluit = next((f for f in legal_facts.standing_facts(case) if f.kind == legal_facts.BESLUIT), None)
    return ZienswijzeRound(
        asked=len(facts),
        answered=sum(bool(f.data.get("einde")) for f in facts),
        objecting=sum(bool(f.data.get("bezwaar")) for f in facts),
        summary=" ".join(f.note for f in facts if f.note),
        response="",
        release_later=bool(besluit and besluit.data.get("objection_expected")),
        suspended_from=runs[0].first if runs else None,
        suspended_to=runs[-1].last if runs else None,
    )


def _forwardings(case: Case) -> tuple[Forwarding, ...]:
    """The parts that went to another bestuursorgaan (Woo 4.2 lid 1), oldest first; what went whole ends the case."""
    parts = [f for f in legal_facts.standing_facts(case) if f.kind == "doorzending" and f.data.get("omvang") == "deel"]
    return tuple(
        Forwarding(f.data.get("naar", ""), f.happened_on, f.data.get("deel", ""))
        for f in sorted(parts, key=lambda f: f.happened_on)
    )


def _reasonings(besluit: Besluit | None) -> tuple[GroundReasoning, ...]:
    texts: Mapping[str, Mapping[str, str]] = besluit.considerations if besluit else {}
    return tuple(
        GroundReasoning(code, entry.get("text", ""), entry.get("older_than_five_years", ""))
        for code, entry in texts.items()
    )


def _entries(work: Work, case: Case) -> tuple[DocumentEntry, ...]:
    if Phase(case.phase) in {Phase.INTAKE, Phase.GATHERING, Phase.SUGGESTING}:
        return ()
    sums = judging.sums_of(work, case)
    proven, taken_back = plans.proven_results(work, case), withdrawals(work, case)
    documents = work.session.scalars(
        select(Document).where(Document.case_id == case.id, Document.judgement.is_not(None)).order_by(Document.number)
    ).all()
    numbers = {d.id: public_id(d) for d in documents}
    threads: dict[str, int] = {}
    secrets = plans.redacted_texts(work, case)
    return tuple(
        replace(
            _entry(d, sums.get(d.id), proven.get(d.id), numbers, threads),
            reason=_reason(d, secrets),
            withdrawal=taken_back.get(d.id),
        )
        for d in documents
    )


def _reason(document: Document, secrets: Sequence[re.Pattern[str]]) -> str:
    """Why a document is withheld, for the besluit (Woo 5.1 lid 3), without anything that is redacted elsewhere."""
    if document.judgement != Judgement.WITHHELD:
        return ""
    return plans.clean_title(document.judgement_reason, secrets)


def _entry(
    document: Document,
    sums: judging.Sums | None,
    result: Redaction | None,
    numbers: Mapping[uuid.UUID, str],
    threads: dict[str, int],
) -> DocumentEntry:
    grounds = set(document.judgement_grounds) | (sums.grounds if sums else set())
    thread = threads.setdefault(document.thread_key, len(threads) + 1) if document.thread_key else None
    return DocumentEntry(
        id=public_id(document),
        title=document.public_title or document.title,
        judgement=Judgement(document.judgement or ""),
        file_type=document.kind,
        date=document.dated,
        grounds=tuple(sorted(grounds)),
        family=document.family_number,
        thread_id=thread,
        duplicate_of=numbers.get(document.duplicate_of_id, "") if document.duplicate_of_id else "",
        public_links=(document.public_link,) if document.public_link else (),
        pages=document.page_count,
        sha256=result.result_sha256 if result else None,
    )
