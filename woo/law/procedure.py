"""Every term that follows from what happened in a case: of us, of the requester, of third parties, of the court.

A pure function of the events (Woo ch. 4, 7 and 8; Awb ch. 4, 6, 7 and 8). Nothing is stored: a corrected event gives
other terms. What cannot be computed says why, and hides no other term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from woo.errors import InputRejected
from woo.law.court_terms import COURT_TERM, OUTCOMES, SUBJECTS, court_terms, forfeited
from woo.law.dwangsom import Dwangsom
from woo.law.events import (
    FIELDS,
    TEXT_FIELDS,
    LegalEvent,
    in_words,
    read_choice,
    read_day,
    read_days,
    read_optional_day,
    require_order,
    standing_events,
)
from woo.law.objection_terms import ENDINGS, Decided, decided, objection_terms
from woo.law.procedure_terms import Dossier, Term, in_order
from woo.law.request_terms import REQUEST_TERM, request_terms

__all__ = [
    "COURT_TERM", "ENDINGS", "OUTCOMES", "REQUEST_TERM", "SCOPES", "SUBJECTS", "Decided", "Dwangsom", "Term",
    "decided_among", "dwangsommen", "terms_of",
]

SCOPES = {"deel": "Een deel", "geheel": "Het hele verzoek"}
"""How much of a request was forwarded (Woo 4.2 lid 1)."""
_HAPPENED: Mapping[str, str] = {
    "overleg_prioritering": "datum",
    "vordering": "gevorderd",
    "misbruik_gebleken": "datum",
    "besluit": "bekendgemaakt",
    "deelbesluit": "bekendgemaakt",
    "afsluiting": "datum",
    "ingebrekestelling": "ontvangen",
    "beroep_niet_tijdig": "ontvangen",
    "uitspraak_niet_tijdig": "verzonden",
    "bezwaar": "ontvangen",
    "bezwaar_verzuim": "uitnodiging",
    "bezwaar_commissie": "medegedeeld",
    "bezwaar_hoorzitting": "uitgenodigd",
    "bezwaar_verdaging": "medegedeeld",
    "bezwaar_uitstel": "van",
    "beslissing_op_bezwaar": "bekendgemaakt",
    "klacht_acoi": "verzonden",
    "voorlopige_voorziening": "verzocht",
}
"""The events outside the decision term, each with the day on which it happened."""
_ORDERED = {
    "vordering": ("gevorderd", "geleverd"),
    "uitspraak_niet_tijdig": ("verzonden", "termijn_tot"),
    "bezwaar": ("verzonden", "ontvangen"),
    "bezwaar_verzuim": ("uitnodiging", "hersteld"),
    "bezwaar_hoorzitting": ("uitgenodigd", "zitting"),
    "bezwaar_uitstel": ("van", "tot_en_met"),
    "klacht_acoi": ("verzonden", "advies"),
}
_CHOICES: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "afsluiting": {"wijze": ENDINGS},
    "ingebrekestelling": {"over": SUBJECTS},
    "beroep_niet_tijdig": {"over": SUBJECTS},
    "uitspraak_niet_tijdig": {"over": SUBJECTS, "uitkomst": OUTCOMES},
}
_PARTS: Sequence[Callable[[Dossier], Iterator[Term]]] = (request_terms, objection_terms, court_terms)


def terms_of(received: date, events: Sequence[LegalEvent], today: date) -> list[Term]:
    """Every term of the case on `today`: what is late or runs first, by date; then what is past or done.

    Raises InputRejected for an event that cannot have been: a date or choice that lacks, or lies wrong.
    """
    dossier = _dossier(received, events, today)
    return in_order((term for part in _PARTS for term in part(dossier)), today)


def dwangsommen(received: date, events: Sequence[LegalEvent], today: date) -> list[tuple[date, Dwangsom]]:
    """What was forfeited under each ruling of a court, by the day on which the ruling was sent (Awb 8:55d lid 2)."""
    return forfeited(_dossier(received, events, today))


def decided_among(received: date, events: Sequence[LegalEvent]) -> list[Decided]:
    """Every besluit among the events against which bezwaar is open, by date."""
    return decided(_dossier(received, events, date.max))


def _dossier(received: date, events: Sequence[LegalEvent], today: date) -> Dossier:
    standing = standing_events(events)
    for event in standing:
        _check(received, event)
    return Dossier(received, standing, today)


def _check(received: date, event: LegalEvent) -> None:
    """Refuse an event of the procedure that cannot have been: a date or choice that lacks, or lies wrong.

    The events of the decision term are checked where that term is summed (`woo.law.deadlines`).
    """
    for name in sorted(FIELDS[event.kind] - TEXT_FIELDS):
        if isinstance(event.data.get(name), str | date):
            read_optional_day(event, name)
    if event.kind == "doorzending" and event.data.get("omvang") is not None:
        read_choice(event, "omvang", SCOPES)
    if event.kind not in _HAPPENED:
        return
    if read_day(event, _HAPPENED[event.kind]) < received:
        raise InputRejected(f"De datum van '{in_words(event.kind)}' ligt vóór de ontvangst van het verzoek. Dat kan "
                            "niet. Verbeter een van beide datums.")
    if event.kind in _ORDERED:
        require_order(event, *_ORDERED[event.kind])
    for name, choices in _CHOICES.get(event.kind, {}).items():
        read_choice(event, name, choices)
    if event.kind == "bezwaar_uitstel":
        read_day(event, "tot_en_met")
    if event.kind == "bezwaar_verdaging":
        read_days(event, "dagen")
