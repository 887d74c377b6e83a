"""The judgement of a whole document, and how it must fit what was decided on its pages (Woo art. 5.1-5.3)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field

from sqlalchemy import func, select

from models import Case, Decision, Document, Page, Suggestion
from woo.errors import InputRejected, NotAllowed
from woo.law.grounds import Refusal, check_grounds, ground
from woo.law.judgement import PUBLISHED_JUDGEMENTS, Judgement, judgement_fits
from woo.law.lifecycle import Phase, Role
from woo.services import audit, facts, legal_facts, plans
from woo.services.work import Work


@dataclass(slots=True)
class Sums:
    """How far the review of one document is: boxes by verdict, and which grounds its passages use.

    `unmotivated` are the grounds of passages that have no weighing of their own: the document's must cover those.
    """

    open: int = 0
    redact: int = 0
    keep: int = 0
    grounds: set[str] = field(default_factory=set)
    unmotivated: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """All boxes of the document."""
        return self.open + self.redact + self.keep


def sums_of(work: Work, case: Case) -> dict[uuid.UUID, Sums]:
    """The sums of every document of a case that has suggestions, in one query."""
    bare = func.coalesce(Decision.motivation, "") == ""
    rows = work.session.execute(
        select(Suggestion.document_id, Decision.verdict, Decision.ground, bare, func.count())
        .outerjoin(Decision, Suggestion.decision_id == Decision.id)
        .where(Suggestion.case_id == case.id)
        .group_by(Suggestion.document_id, Decision.verdict, Decision.ground, bare)
    )
    sums: dict[uuid.UUID, Sums] = {}
    for document_id, verdict, code, unmotivated, number in rows:
        entry = sums.setdefault(document_id, Sums())
        if verdict == "redact":
            entry.redact += number
            entry.grounds.add(code)
            entry.unmotivated |= {code} if unmotivated else set()
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


def ground_refusals(work: Work, case: Case, document: Document, sums: Sums | None = None) -> list[Refusal]:
    """What the law forbids about the grounds on this document and its passages; empty where all may stand.

    Grounds of the whole document lie on the same information and are checked together (Woo 5.1 lid 5); each passage
    has one ground of its own. `sums` saves a query where the caller has them.
    """
    found = sums or sums_of(work, case).get(document.id) or Sums()
    if document.judgement not in PUBLISHED_JUDGEMENTS:
        found = Sums()  # its pages do not go out, so nothing is refused on them
    refusals = _check(case, document, document.judgement_grounds, document.judgement_reason)
    for code in sorted(found.grounds):
        reason = document.judgement_reason if code in found.unmotivated else "per passage"
        refusals += [r for r in _check(case, document, [code], reason) if r not in refusals]
    return refusals


def _check(case: Case, document: Document, codes: Iterable[str], motivation: str) -> list[Refusal]:
    return check_grounds(
        codes,
        motivation=motivation,
        document_date=document.dated,
        request_date=legal_facts.received_on(case),
        environmental=document.environmental,
        emissions=document.emissions,
        confidential_acts=document.confidential_acts,
        intern_beraad=document.intern_beraad,
        formation_finished=document.formation_finished,
        aged_motivation=document.aged_reason,
    )


def proposed_judgement(sums: Sums | None) -> Judgement | None:
    """What the decisions on the pages point to; None while some are open. For the screen, never a default."""
    if sums is None:
        return Judgement.PUBLIC
    if sums.open:
        return None
    return Judgement.PARTIAL if sums.redact else Judgement.PUBLIC


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the law asks to know about a document before its grounds may stand (Woo 5.1 lid 2 and 6-7, 5.2-5.4)."""

    intern_beraad: bool = False
    environmental: bool = False
    emissions: bool = False
    confidential_acts: bool = False
    formation_finished: bool = False
    aged_reason: str = ""


def judge_document(
    work: Work,
    case: Case,
    document: Document,
    judgement: Judgement,
    *,
    grounds: Collection[str] = (),
    reason: str = "",
    circumstances: Circumstances | None = None,
    public_title: str | None = None,
    duplicate_of: int | None = None,
    public_link: str = "",
    version: int,
) -> None:
    """Record a jurist's judgement of a document with its grounds and motivation; Stale where another was first.

    A duplicate names the `number` of the other document, an already public one the address where it stands.
    """
    check_reviewing(work, case, document)
    facts.expect_version(document, version)
    codes = sorted({ground(code).code for code in grounds})
    if judgement is Judgement.WITHHELD and not codes:
        raise InputRejected(
            "Kies een weigeringsgrond voor een document dat niet openbaar wordt. Er is niets opgeslagen."
        )
    document.duplicate_of_id = _other_document(work, case, document, judgement, duplicate_of)
    document.public_link = _public_address(judgement, public_link)
    document.judgement, document.judgement_grounds, document.judgement_reason = judgement, codes, reason.strip()
    for name, value in asdict(circumstances or Circumstances()).items():
        setattr(document, name, value)
    if public_title is not None:
        document.public_title = public_title.strip() or None
    document.judged_by_id, document.judged_at = work.actor.id, work.clock.now()
    audit.record(work, "document_judged", "document", document.id, case_id=case.id, judgement=judgement, grounds=codes)


def _other_document(
    work: Work, case: Case, document: Document, judgement: Judgement, number: int | None
) -> uuid.UUID | None:
    if judgement is not Judgement.DUPLICATE:
        return None
    other = work.session.scalars(select(Document).where(Document.case_id == case.id, Document.number == number)).first()
    if other is None or other.id == document.id:
        raise InputRejected("Geef het nummer van het document waarvan dit een dubbel is. Er is niets opgeslagen.")
    return other.id


def _public_address(judgement: Judgement, link: str) -> str | None:
    if judgement is not Judgement.ALREADY_PUBLIC:
        return None
    if not re.fullmatch(r"https?://[^\s|]{3,2000}", link.strip()):
        raise InputRejected("Geef het webadres waar dit document al staat (Woo art. 4.5). Er is niets opgeslagen.")
    return link.strip()


def adopt_proposals(work: Work, case: Case, motivations: Mapping[str, str]) -> int:
    """Judge every unjudged document as its decisions point to, at a jurist's word; returns how many.

    What is redacted is taken out of the public titles too.

    `motivations` holds the weighing per ground (stored code) that she gives for these documents (Woo 5.1 lid 3).
    """
    check_reviewing(work, case)
    sums = sums_of(work, case)
    secrets = plans.redacted_texts(work, case)
    count = 0
    for document in work.session.scalars(
        select(Document).where(Document.case_id == case.id, Document.judgement.is_(None))
    ):
        proposal = proposed_judgement(sums.get(document.id))
        if proposal is None:
            continue
        used = sorted(sums[document.id].grounds) if document.id in sums else []
        reason = " ".join(motivations[code].strip() for code in used if motivations.get(code, "").strip())
        title = plans.clean_title(document.public_title or document.title, secrets)
        judge_document(work, case, document, proposal, reason=reason, public_title=title, version=document.version)
        count += 1
    return count


def see_page(work: Work, document: Document, index: int) -> None:
    """Note that a person looked at a page: the first look counts, and a page without boxes needs one too."""
    check_reviewing(work, work.session.get_one(Case, document.case_id))
    if work.actor.id is None:
        raise NotAllowed("Alleen een mens kan een pagina bekijken.")
    page = work.session.scalars(select(Page).where(Page.document_id == document.id, Page.index == index)).first()
    if page is None:
        raise InputRejected("Deze pagina bestaat niet.")
    if page.seen_at is None:
        page.seen_at, page.seen_by_id = work.clock.now(), work.actor.id


def check_reviewing(work: Work, case: Case, document: Document | None = None) -> None:
    """Refuse work on documents outside the review phase, by somebody who is no jurist, or on another case's."""
    if document is not None and document.case_id != case.id:
        raise InputRejected("Dit document hoort niet bij deze zaak. Er is niets opgeslagen. Ververs de pagina.")
    if Role.JURIST not in work.actor.roles:
        raise NotAllowed("Alleen een Woo-jurist beslist over documenten. Er is niets opgeslagen.")
    audit.take_turn(work)
    work.session.refresh(case, ["phase"])
    if case.phase != Phase.REVIEW:
        raise NotAllowed("De zaak is niet in de fase Beoordelen. Er is niets opgeslagen. Ververs de pagina.")
