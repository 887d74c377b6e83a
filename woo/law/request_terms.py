"""The terms between the request and the besluit (Woo 4.1, 4.2, 4.4, 4.6; Awb 4:5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from woo.law import terms
from woo.law.deadlines import decision_deadline
from woo.law.dutch import date_in_words
from woo.law.events import LegalEvent, read_day, read_optional_day
from woo.law.procedure_terms import Dossier, Term, computed
from woo.law.set_terms import set_term
from woo.law.sums import Deadline

REQUEST_TERM = "Besluit op het verzoek"
"""The name of the decision term among the others."""


def request_terms(dossier: Dossier) -> Iterator[Term]:
    """Every term of the request itself."""
    yield _decision(dossier)
    yield from _powers_at_receipt(dossier)
    for kind in _INVITATIONS:
        for event in dossier.of(kind):
            yield from _invitation(dossier, event)
    for event in dossier.of("zienswijze"):
        yield from _zienswijze(event)
    for event in dossier.of("vordering"):
        yield _demand(event)


def _decision(dossier: Dossier) -> Term:
    notes = []
    if dossier.has("overleg_prioritering") and not dossier.has("instemming_uitstel"):
        notes.append("Er is overlegd over de volgorde, maar er is geen schriftelijke instemming met uitstel. "
                     "Overleg alleen verandert deze termijn niet (Woo 4.2a, Awb 4:15 lid 2 onder a).")
    if any(event.data.get("omvang") == "geheel" for event in dossier.of("doorzending")) and not dossier.ended():
        notes.append("Het hele verzoek is doorgezonden. Sluit de zaak af als ‘geheel doorgezonden’.")
    term = Term(REQUEST_TERM, None, "Woo 4.4", notes=tuple(notes), settled=dossier.ended(), duty=True)
    return computed(term, dossier.decision)


def _powers_at_receipt(dossier: Dossier) -> Iterator[Term]:
    """What we may do in the first two weeks. Once the case has ended only what was done is told."""
    receipts = [*dossier.of("ontvangst"), *dossier.of("doorzending")]
    asked = min((read_day(event, "uitnodiging") for event in dossier.of("precisering")), default=None)
    if asked or not dossier.ended():
        yield computed(
            Term("Om precisering vragen", None, "Woo 4.1 lid 5", settled=asked),
            lambda: terms.precisering_to_ask_by(dossier.received, receipts),
        )
    refused = _closed_as(dossier, "antimisbruik")
    if refused or not dossier.ended():
        yield computed(
            Term("Besluit een oneigenlijk verzoek niet te behandelen", None, "Woo 4.6", notes=_abuse_notes(dossier),
                 settled=refused),
            lambda: terms.abuse_decision_by(dossier.received, receipts),
        )


def _closed_as(dossier: Dossier, ending: str) -> date | None:
    """The day on which the case was closed in this way."""
    days = [read_day(event, "datum") for event in dossier.of("afsluiting") if event.data.get("wijze") == ending]
    return min(days, default=None)


def _abuse_notes(dossier: Dossier) -> tuple[str, ...]:
    return tuple(
        f"Op {date_in_words(read_day(event, 'datum'))} is gebleken dat de verzoeker een ander doel heeft. Dan mag het "
        "besluit ook na deze termijn, maar onverwijld. De wet noemt daarvoor geen aantal dagen."
        for event in dossier.of("misbruik_gebleken")
    )


_INVITATIONS = {
    "precisering": ("gepreciseerd", "besluit niet behandelen na precisering", "Woo 4.1 lid 6", "om precisering"),
    "aanvulling": ("aangevuld", "besluit niet behandelen na aanvulling", "Awb 4:5 lid 4", "om aanvulling"),
}


def _invitation(dossier: Dossier, event: LegalEvent) -> Iterator[Term]:
    """The requester's term to answer, and ours not to treat the request when there was no (good) answer in it."""
    answered_field, rule, article, what = _INVITATIONS[event.kind]
    asked, limit = read_day(event, "uitnodiging"), read_optional_day(event, "antwoordtermijn")
    answered = read_optional_day(event, answered_field)
    about = f"gevraagd op {date_in_words(asked)}"
    if limit:
        yield Term(f"Antwoord op de vraag {what}", _set_by_us(asked, limit, f"Gevraagd is {what}."), "Awb 4:15 lid 1",
                   about=about, settled=answered)
    ends = min((day for day in (answered, limit) if day), default=None)
    refused = _closed_as(dossier, "niet_behandeld")
    if ends is not None and (answered or ends < dossier.today) and (refused or not dossier.ended()):
        yield computed(
            Term("Besluit het verzoek niet te behandelen", None, article, about=about, settled=refused),
            lambda: decision_deadline(ends, (), rule),
        )


def _zienswijze(event: LegalEvent) -> Iterator[Term]:
    told, limit = read_day(event, "mededeling_verzoeker"), read_optional_day(event, "termijn")
    if limit:
        yield Term("Zienswijze van een derde", _set_by_us(told, limit, "Een derde is om een zienswijze gevraagd."),
                   "Awb 4:8", about=f"verzoeker ingelicht op {date_in_words(told)}",
                   settled=read_optional_day(event, "einde"))


def _set_by_us(start: date, end: date, begun: str) -> Deadline:
    text = f"Het bestuursorgaan stelde een termijn tot en met {date_in_words(end)}."
    return set_term("door ons gestelde termijn", start, end, ("Awb 4:5, 4:8", begun), ("Awb 4:5, 4:8", text))


def _demand(event: LegalEvent) -> Term:
    """Information that should have been with us and is demanded from whoever has it (Woo 4.2 lid 2)."""
    asked = date_in_words(read_day(event, "gevorderd"))
    note = "Wie de informatie heeft, moet die per omgaande verstrekken. De wet noemt geen datum. Blijft het uit, dan " \
           "kan een last onder dwangsom (Woo 8.5)."
    return Term("Gevorderde informatie ontvangen", None, "Woo 4.2 lid 2", about=f"gevorderd op {asked}", notes=(note,),
                settled=read_optional_day(event, "geleverd"))
