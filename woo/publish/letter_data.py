"""Turns a case into the facts that a letter prints: dates in words, counts, lines. The prose is in letters/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from woo.law.dutch import date_in_words, day_in_words
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


def to_other(case: CaseFile, name: str, address: str, salutation: str) -> Audience:
    """Somebody else than the requester: a third party, or another bestuursorgaan. No data of the requester."""
    contact = case.contact
    return Audience(
        None,
        tuple(line.strip() for line in (name, *address.splitlines()) if line.strip()),
        salutation or (f"Beste {name}" if name else ""),
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
        "concept_note": "CONCEPT – nog geen besluit, niet verspreiden",
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


def letter_facts(case: CaseFile, audience: Audience) -> dict[str, str]:
    """What every letter of the procedure may name, as text; empty where the case has none."""
    body, signatory = case.organisation, case.signatory
    signed = (
        f"{_capital(body.authority)},\nnamens deze,\n\n\n{signatory.name}\n{signatory.function}" if signatory else ""
    )
    via = _VIA.get(case.received_via, case.received_via)
    return {
        "number": case.number,
        "subject": case.subject,
        "summary": case.summary.strip(),
        "received": date_in_words(case.received),
        "via": f" {via}" if via else "",
        "deadline": day_in_words(case.deadline),
        "deadline_short": date_in_words(case.deadline),
        "email": body.email,
        "contact": ", ".join(audience.contact),
        "sender": f"{body.unit}\n{body.name}",
        "signature": signed,
        "forwardings": "\n".join(
            f"{f['organisation']}, doorgestuurd op {f['date']}" + (f": {f['what']}" if f["what"] else "")
            for f in forwardings(case)
        ),
        **bezwaar_facts(case),
    }


def bezwaar_facts(case: CaseFile) -> dict[str, str]:
    """What the clause on bezwaar names (Awb 6:4-6:9)."""
    body = case.organisation
    return {
        "number": case.number,
        "bezwaar_address": "\n".join(body.bezwaar_address),
        "bezwaar_online": body.bezwaar_online,
        "bezwaar_until": date_in_words(case.bezwaar_until) if case.bezwaar_until else "",
    }


def flags_of(facts: Mapping[str, str]) -> set[str]:
    """The flags that follow from the facts themselves: each one that is filled in, by its name."""
    return {name for name, text in facts.items() if text}


def forwardings(case: CaseFile) -> list[dict[str, str]]:
    """The parts of the request that were sent on to another bestuursorgaan."""
    return [
        {"organisation": part.organisation, "date": date_in_words(part.on), "what": dutch.sentence(part.what)}
        for part in case.forwardings
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _step(step: Step) -> dict[str, str]:
    added = f"+ {dutch.counted(step.days, 'dag', 'dagen')}" if step.days else ""
    return {"date": dutch.short_date(step.date), "days": added, "article": step.article, "text": step.text}
