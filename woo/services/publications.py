"""The last gate: only communications orders it, only proven and approved bytes go out, and once."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from models import AuditEvent, Besluit, Case, Publication
from redaction.pdf import inspect
from woo.errors import InputRejected, NotAllowed
from woo.law.lifecycle import Event
from woo.publish import addresses, tooi
from woo.publish.folder import write_publication
from woo.publish.manifest import verify_manifest
from woo.publish.signing import load_or_make_key
from woo.services import audit, besluiten, case_files, cases, plans, stages
from woo.services.work import Database, Work
from woo.store import sha256_of

_OWN_CHANNELS = frozenset({"metadata"})


def order(work: Work, case: Case) -> Publication:
    """Communications presses publish: the guards are checked now, and again by the flow that writes the files."""
    if work.actor.id is None:
        raise NotAllowed("Alleen een mens geeft opdracht tot publiceren. Er is niets gepubliceerd.")
    cases.move(work, case, Event.PUBLICATION_ORDERED, own_verb=True)
    if named := besluiten.leaks(work, case, case_files.case_file(work, case), letter=False):
        raise NotAllowed(
            f"Een tekst op de publieke pagina noemt iets dat is gelakt: {', '.join(named)}. Er is niets gepubliceerd. "
            "Vraag de jurist om de tekst te verbeteren."
        )
    publication = work.session.scalars(select(Publication).where(Publication.case_id == case.id)).first()
    if publication is None:
        publication = Publication(case_id=case.id, ordered_by_id=work.actor.id, ordered_at=work.clock.now())
        work.session.add(publication)
    else:
        publication.ordered_by_id, publication.ordered_at = work.actor.id, work.clock.now()
    work.session.flush()
    audit.record(
        work,
        "publication_order_signed",
        "publication",
        publication.id,
        case_id=case.id,
        content_sha256=plans.content_sha256(work, case),
    )
    return publication


def withdraw(work: Work, case: Case, document_id: uuid.UUID, reason: str) -> None:
    """Communications takes one published document back: the flow writes the folder anew without its file.

    Its row stays on the list, with the day and the `reason`: a TOOI URI of `tooi.removal_reasons`. InputRejected for
    another reason, or a document that is not public (any more).
    """
    if work.actor.id is None:
        raise NotAllowed("Alleen een mens trekt een document in. Er is niets veranderd.")
    if reason not in tooi.removal_reasons():
        raise InputRejected("Kies waarom u het document intrekt. Er is niets veranderd.")
    cases.move(work, case, Event.DOCUMENT_WITHDRAWN, own_verb=True)
    public = approved_bytes(work, case)
    document = next((d for d in plans.published_documents(work, case) if d.id == document_id), None)
    if document is None or case_files.public_id(document) not in public:
        raise InputRejected("Dit document is niet openbaar of al ingetrokken. Er is niets veranderd.")
    audit.record(
        work,
        case_files.WITHDRAWAL_ORDERED,
        "document",
        document.id,
        case_id=case.id,
        reason=reason,
        on=work.clock.today(),
        content_sha256=public[case_files.public_id(document)],
    )


def publish(database: Database, attempt_id: uuid.UUID, case_id: uuid.UUID) -> None:
    """Write the public folder from approved bytes only, then move the case; refused bytes send it back, whole."""
    key = signing_key(database)
    with database.work() as work:
        stages.hold(work, attempt_id)
        case = work.session.get_one(Case, case_id)
        besluit = work.session.scalars(select(Besluit).where(Besluit.case_id == case.id)).one()
        work.session.scalars(select(Publication.id).where(Publication.case_id == case.id)).one()  # no order, no files
        file = case_files.case_file(work, case, published_on=_day_of_publication(work, case, key))
        approved, withdrawn = approved_bytes(work, case), bool(case_files.withdrawals(work, case))
        letter = work.store.path(besluit.public_letter_sha256 or "")
        sources = {number: work.store.path(digest) for number, digest in approved.items()}
        named = besluiten.leaks(work, case, file, letter=False)
    try:
        if named:
            raise NotAllowed(f"Een tekst noemt iets dat is gelakt ({', '.join(named)}). Er is niets gepubliceerd.")
        record = inspect_letter(letter)
        folder = write_publication(
            file,
            letter,
            sources,
            database.settings.public_root,
            database.settings.public_url,
            key,
            approved=approved,
            replacing=withdrawn,
        )
    except NotAllowed:
        with database.work() as work:
            stages.finish(work, attempt_id)
            cases.move(work, work.session.get_one(Case, case_id), Event.PUBLICATION_REFUSED)
        raise
    with database.work() as work:
        stages.hold(work, attempt_id)
        case = work.session.get_one(Case, case_id)
        publication = work.session.scalars(select(Publication).where(Publication.case_id == case_id)).one()
        publication.letter_record = record
        publication.published_at = publication.published_at or work.clock.now()
        publication.manifest_sha256 = sha256_of(folder.manifest)
        audit.record(
            work,
            "publication_written",
            "publication",
            publication.id,
            case_id=case_id,
            manifest_sha256=publication.manifest_sha256,
            files=len(approved),
        )
        cases.move(work, case, Event.PUBLISHED)
        stages.finish(work, attempt_id)


def _day_of_publication(work: Work, case: Case, key: Ed25519PrivateKey) -> date:
    """Today, or the day on which the files were put in place by an attempt that died before it could say so."""
    standing = work.settings.public_root / addresses.PUBLICATIONS / case.number
    try:
        return date.fromisoformat(verify_manifest(standing, key.public_key())["case"]["published_on"])
    except NotAllowed:
        return work.clock.today()


def inspect_letter(letter: Path) -> dict[str, Any]:
    """What the finder of bad redaction says about our own besluit; NotAllowed where it hides anything.

    Its metadata are ours and stay: the title, and the organisation as author.
    """
    report = inspect(letter)
    if any(finding.channel not in _OWN_CHANNELS for finding in report.findings):
        raise NotAllowed(
            "Het besluit bevat iets dat niet zichtbaar is. Er is niets gepubliceerd. Meld dit aan de beheerder."
        )
    return report.to_json()


def proofs(work: Work, case: Case) -> dict[str, dict[str, Any]]:
    """The record of verification for each published file that has one, by the SHA-256 of its bytes."""
    records = {r.result_sha256: r.record for r in plans.proven_results(work, case).values() if r.result_sha256}
    publication = work.session.scalars(select(Publication).where(Publication.case_id == case.id)).first()
    besluit = work.session.scalars(select(Besluit).where(Besluit.case_id == case.id)).first()
    if publication and besluit and besluit.public_letter_sha256:
        records[besluit.public_letter_sha256] = publication.letter_record
    return records


def approved_bytes(work: Work, case: Case) -> dict[str, str]:
    """Number and SHA-256 of every document that may go out: proven on today's plan, signed by a second person.

    What was taken back after it was published stays out.
    """
    taken_back = case_files.withdrawals(work, case)
    proven = plans.proven_results(work, case)
    # A row alone is not enough: the audit chain must say who signed these bytes.
    approved = plans.approved_results(work, case) & _signed_in_the_log(work, case)
    result = {}
    for document in plans.published_documents(work, case):
        redaction = proven.get(document.id)
        if (
            redaction is None
            or redaction.result_sha256 is None
            or (document.id, redaction.result_sha256) not in approved
        ):
            raise NotAllowed("Een document is niet bewezen schoon of niet goedgekeurd. Er is niets gepubliceerd.")
        if document.id not in taken_back:
            result[case_files.public_id(document)] = redaction.result_sha256
    return result


def _signed_in_the_log(work: Work, case: Case) -> set[tuple[uuid.UUID, str]]:
    events = work.session.scalars(
        select(AuditEvent).where(AuditEvent.case_id == case.id, AuditEvent.action == "document_approved")
    )
    return {(uuid.UUID(e.object_id), str(e.data.get("content_sha256"))) for e in events}


def signing_key(database: Database) -> Ed25519PrivateKey:
    """The key that signs manifests; made once in WOO_HOME, readable by its owner only."""
    return load_or_make_key(database.settings.home / "manifest-sleutel.pem")
