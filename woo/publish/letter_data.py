"""Turns a case into the facts that a letter prints: dates in words, counts, lines. The prose is in letters/*.typ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from woo.law.dutch import date_in_words, day_in_words, days_in_words
from woo.law.sums import Step
from woo.publish import dutch
from woo.publish.case_file import CaseFile, Requester

_VIA = {
    "e-mail": "per e-mail",
    "webformulier": "via het webformulier",
    "brief": "per brief",
    "telefoon": "per telefoon",
}


@dataclass(frozen=True)
class Audience:
    """For whom a letter is: `requester` is None in the version that everybody may read."""

    requester: Requester | None
    addressee: tuple[str, ...]
    salutation: str
    contact: tuple[str, ...]


def to_requester(case: CaseFile) -> Audience:
    """The requester, with address, the salutation of choice, and the contact person by name."""
    requester = case.requester
    if requester is None:
        return to_public(case)
    lines = (requester.name, requester.organisation, *(requester.address or (requester.email,)))
    contact = case.contact
    return Audience(
        requester,
        tuple(line for line in lines if line),
        requester.salutation or f"Beste {requester.name}",
        tuple(line for line in (contact.name, contact.phone, contact.email) if line),
    )


def to_public(case: CaseFile) -> Audience:
    """Everybody: no data of the requester, and the unit in place of the official who handles the case."""
    return Audience(
        None,
        ("De verzoeker", "(naam en adres staan niet in deze versie)"),
        "Beste verzoeker",
        (case.organisation.unit, case.organisation.email),
    )


def head(case: CaseFile, audience: Audience, title: str, on: date | None, *, concept: bool) -> dict[str, object]:
    """What stands above every letter, and how it ends."""
    body = case.organisation
    return {
        "title": title,
        "number": case.number,
        "date": date_in_words(on) if on else "",
        "subject": case.subject,
        "iso_date": on.isoformat() if on else "",
        "concept": concept,
        "public": audience.requester is None,
        "organisation": body.name,
        "authority": body.authority,
        "unit": body.unit,
        "directorate": case.directorate,
        "sender": list(body.postal_address),
        "email": body.email,
        "website": body.website,
        "city": body.city,
        "addressee": list(audience.addressee),
        "salutation": audience.salutation.rstrip(", "),
        "contact": list(audience.contact),
        "summary": case.summary.strip(),
        "received": date_in_words(case.received),
        "received_via": _VIA.get(case.received_via, case.received_via),
    }


def term(case: CaseFile) -> dict[str, object]:
    """The term of the decision with its sum, step by step."""
    return {
        "deadline": day_in_words(case.deadline),
        "deadline_short": date_in_words(case.deadline),
        "steps": [_step(step) for step in case.deadline_steps],
    }


def receipt_data(case: CaseFile, on: date) -> dict[str, object]:
    """Facts for the ontvangstbevestiging, sent on day `on`."""
    title = f"Ontvangst van uw Woo-verzoek over {case.subject}"
    return (
        head(case, to_requester(case), title, on, concept=False)
        | term(case)
        | {"forwardings": forwardings(case), "on_paper": bool(case.requester and not case.requester.email)}
    )


def verdaging_data(case: CaseFile) -> dict[str, object]:
    """Facts for the notice of verdaging; the case must have one."""
    notice = case.verdaging
    if notice is None:
        raise ValueError("the case has no verdaging")
    title = f"Wij hebben meer tijd nodig voor uw Woo-verzoek over {case.subject}"
    return (
        head(case, to_requester(case), title, notice.notice, concept=False)
        | term(case)
        | {
            "days": days_in_words(notice.days),
            "reason": dutch.sentence(notice.reason),
            "new_deadline": day_in_words(notice.new_deadline),
        }
    )


def forwardings(case: CaseFile) -> list[dict[str, str]]:
    """The parts of the request that were sent on to another bestuursorgaan."""
    return [
        {"organisation": part.organisation, "date": date_in_words(part.on), "what": dutch.sentence(part.what)}
        for part in case.forwardings
    ]


def _step(step: Step) -> dict[str, str]:
    added = f"+ {dutch.counted(step.days, 'dag', 'dagen')}" if step.days else ""
    return {"date": dutch.short_date(step.date), "days": added, "article": step.article, "text": step.text}
