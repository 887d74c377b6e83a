"""The log of what was said and sent in a case: letters, the receipt, and contact moments such as a phone call.

Written once and sealed by the audit chain. It names roles, never persons; what somebody said is for the desk.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from models import Case, Communication
from woo.errors import InputRejected, NotAllowed
from woo.law.dutch import date_in_words
from woo.law.lifecycle import Role
from woo.publish.letter_kinds import ADDRESSEE_LABELS, letter_kinds
from woo.services import audit, legal_facts, users
from woo.services.letter_moments import RECEIPT
from woo.services.storable import storable
from woo.services.work import Work

CONTACT, BESLUIT_TO_OTHER = "contactmoment", "besluit_derde"
LETTER_CHANNELS = {"email": "per e-mail", "post": "per post", "portal": "via het portaal", "desk": "aan de balie"}
CONTACT_CHANNELS = {"phone": "telefoon", "meeting": "gesprek", "email": "e-mail", "desk": "aan de balie"}
COUNTERPARTS: Mapping[str, str] = {
    **{str(role): label for role, label in ADDRESSEE_LABELS.items()},
    "colleague": "een collega van de directie",
}
_RECORDERS = frozenset({Role.JURIST, Role.COORDINATOR})
_LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log, in Dutch: what, with whom, how, and who recorded it."""

    row: Communication
    what: str
    with_whom: str
    how: str
    who: str


def record(work: Work, case: Case, action: str, entry: Communication) -> Communication:
    """Add an entry to the log and seal it; `action` is its name in the audit log.

    InputRejected where its day or its channel cannot be right.
    """
    if _RECORDERS.isdisjoint(work.actor.roles):
        raise NotAllowed("U mag geen contact vastleggen in deze zaak. Er is niets opgeslagen.")
    channels = CONTACT_CHANNELS if entry.kind == CONTACT else LETTER_CHANNELS
    if entry.channel not in channels or entry.counterpart not in COUNTERPARTS:
        raise InputRejected("Kies met wie en op welke manier. Er is niets vastgelegd.")
    if entry.happened_on > work.clock.today():
        raise InputRejected("Deze dag ligt in de toekomst. Er is niets vastgelegd. Verbeter de datum.")
    if entry.happened_on < legal_facts.received_on(case):
        raise InputRejected("Deze dag ligt vóór de ontvangst van het verzoek. Er is niets vastgelegd.")
    entry.id, entry.case_id = uuid.uuid4(), case.id
    entry.note = entry.note or ""
    entry.recorded_at, entry.recorded_by_id = work.clock.now(), work.actor.id
    work.session.add(entry)
    work.session.flush()
    audit.record(
        work,
        action,
        "communication",
        entry.id,
        case_id=case.id,
        kind=entry.kind,
        counterpart=entry.counterpart,
        channel=entry.channel,
        happened_on=entry.happened_on,
        content_sha256=entry.sent_sha256,
        sealed=[entry],
    )
    return entry


def record_contact(
    work: Work, case: Case, *, happened_on: date, counterpart: str, channel: str, note: str
) -> Communication:
    """Record a contact moment: a phone call, a talk, a message that is no letter."""
    text = storable(note).strip()
    if not text or len(text) > _LONGEST_NOTE:
        raise InputRejected(
            f"Schrijf in het kort op wat er is besproken (ten hoogste {_LONGEST_NOTE} tekens). Er is niets vastgelegd."
        )
    entry = Communication(kind=CONTACT, counterpart=counterpart, channel=channel, happened_on=happened_on, note=text)
    return record(work, case, "contact_recorded", entry)


def record_receipt_sent(work: Work, case: Case, *, sent_on: date, channel: str) -> Communication:
    """Record that the ontvangstbevestiging, which is made at registration, went out. Once per case."""
    audit.take_turn(work)
    if case.request.receipt_sha256 is None:
        raise NotAllowed("De ontvangstbevestiging is nog niet gemaakt. Er is niets vastgelegd.")
    if receipt_sent(work, case):
        raise NotAllowed("De ontvangstbevestiging staat al als verstuurd. Er is niets veranderd.")
    digest = case.request.receipt_sha256
    return record(
        work,
        case,
        "letter_sent",
        Communication(
            kind=RECEIPT,
            counterpart="requester",
            channel=channel,
            happened_on=sent_on,
            letter_sha256=digest,
            sent_sha256=digest,
            sent_type="pdf",
        ),
    )


def receipt_sent(work: Work, case: Case) -> Communication | None:
    """The entry that says the ontvangstbevestiging went out; None while it did not."""
    return work.session.scalars(
        select(Communication).where(Communication.case_id == case.id, Communication.kind == RECEIPT)
    ).first()


def third_parties_to_tell(work: Work, case: Case) -> int:
    """How many third parties were asked for a zienswijze and did not yet get the besluit that was taken.

    They get it together with the requester (Woo 4.4 lid 6; Awb 3:41 and 3:43). A party counts by the letter that asked
    it or by its own fact, whichever are more: either may be recorded without the other.
    """
    if legal_facts.besluit_on(case) is None:
        return 0
    sent = Counter(work.session.scalars(select(Communication.kind).where(Communication.case_id == case.id)))
    facts = [f for f in legal_facts.standing_facts(case) if f.kind == "zienswijze"]
    parties = {f.data.get("partij") or f.id for f in facts}
    return max(0, max(len(parties), sent["zienswijze_verzoek"]) - sent[BESLUIT_TO_OTHER])


def entry_of(work: Work, case: Case, key: uuid.UUID) -> Communication | None:
    """The entry with this key, where it belongs to the case."""
    entry = work.session.get(Communication, key)
    return entry if entry is not None and entry.case_id == case.id else None


def log(work: Work, case: Case) -> list[Entry]:
    """Everything that was said and sent in a case, newest first."""
    rows: Sequence[Communication] = work.session.scalars(
        select(Communication)
        .where(Communication.case_id == case.id)
        .order_by(Communication.happened_on.desc(), Communication.recorded_at.desc())
    ).all()
    names = users.names(work, {row.recorded_by_id for row in rows if row.recorded_by_id})
    return [
        Entry(
            row,
            label_of(row.kind),
            COUNTERPARTS[row.counterpart],
            how(row.kind, row.channel),
            names.get(row.recorded_by_id, "Systeem") if row.recorded_by_id else "Systeem",
        )
        for row in rows
    ]


def deed(action: str, data: Mapping[str, str]) -> str:
    """What an event of the audit log about a letter or a contact moment says in the history."""
    what = label_of(data["kind"])
    if action == "letter_drafted":
        return f"Brief begonnen: {what}"
    if action == "letter_discarded":
        return f"Concept weggegooid: {what}"
    when = date_in_words(date.fromisoformat(data["happened_on"]))
    with_whom, channel = COUNTERPARTS[data["counterpart"]], how(data["kind"], data["channel"])
    if action == "contact_recorded":
        return f"Contactmoment met {with_whom} ({channel}, {when})"
    return f"Brief verstuurd aan {with_whom}, {channel}: {what} ({when})"


def label_of(kind: str) -> str:
    """The Dutch name of a letter, or of a contact moment."""
    return "Contactmoment" if kind == CONTACT else letter_kinds()[kind].label


def how(kind: str, channel: str) -> str:
    """The channel in words."""
    return (CONTACT_CHANNELS if kind == CONTACT else LETTER_CHANNELS)[channel]
