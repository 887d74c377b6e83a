"""The second reader: signs the exact bytes of each redacted document, never of one she worked on herself."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from sqlalchemy import select

from models import Case, Gate
from woo.errors import InputRejected, NotAllowed, SamePerson, Stale
from woo.law.lifecycle import Event, Phase, Role
from woo.services import audit, cases, facts
from woo.services.work import Work


def open_gates(work: Work, case: Case) -> list[Gate]:
    """The documents that still wait for a second reader."""
    return list(
        work.session.scalars(
            select(Gate)
            .where(Gate.case_id == case.id, Gate.kind == "approval", Gate.state == "open")
            .order_by(Gate.opened_at, Gate.id)
        )
    )


def approve_documents(work: Work, case: Case, seen: Mapping[uuid.UUID, str]) -> int:
    """Sign documents: `seen` maps each document to the SHA-256 of the bytes the reader had before her.

    SamePerson where she worked on one of them; Stale where the bytes are others by now. All or nothing.
    Returns how many.
    """
    _check(work, case)
    if set(seen) & facts.touched_documents(work, case):
        raise SamePerson
    gates = {g.document_id: g for g in open_gates(work, case)}
    for document_id, digest in seen.items():
        gate = gates.get(document_id)
        if gate is None or gate.content_sha256 != digest:
            raise Stale
        gate.state, gate.decided_at, gate.decided_by_id = "approved", work.clock.now(), work.actor.id
        audit.record(work, "document_approved", "document", document_id, case_id=case.id, content_sha256=digest)
    return len(seen)


def send_back(work: Work, case: Case, reason: str) -> None:
    """Return the case to the reviewer with a note; open gates are rejected, signed ones stay for unchanged bytes."""
    _check(work, case)
    if not reason.strip():
        raise InputRejected("Schrijf op wat er anders moet. Er is niets veranderd.")
    cases.move(work, case, Event.APPROVAL_REFUSED, reason=reason, own_verb=True)
    for gate in open_gates(work, case):
        gate.state, gate.reason = "rejected", reason.strip()
        gate.decided_at, gate.decided_by_id = work.clock.now(), work.actor.id
    from_reader = Gate(
        case_id=case.id,
        kind="sent_back",
        state="rejected",
        opened_at=work.clock.now(),
        decided_at=work.clock.now(),
        decided_by_id=work.actor.id,
        reason=reason.strip(),
    )
    work.session.add(from_reader)


def _check(work: Work, case: Case) -> None:
    if Role.JURIST not in work.actor.roles:
        raise NotAllowed("Alleen een Woo-jurist keurt documenten goed. Er is niets veranderd.")
    audit.take_turn(work)
    work.session.refresh(case, ["phase"])
    if case.phase != Phase.APPROVAL:
        raise NotAllowed("De zaak is niet in de vier-ogencontrole. Er is niets veranderd. Ververs de pagina.")
