"""When each letter of the procedure may be written: what the facts of the case must be first, and why not yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from models import Case, CaseEvent
from woo.law.dutch import date_in_words
from woo.law.lifecycle import TRANSITIONS, Event, Phase
from woo.publish.letter_kinds import LetterKind
from woo.services import legal_facts

RECEIPT = "ontvangstbevestiging"
_DECIDED = frozenset({Phase.PUBLICATION, Phase.PUBLISHING, Phase.PUBLISHED})
_AFTER_BESLUIT = frozenset({"besluit_derde"})  # goes with the besluit itself (Woo art. 4.4 lid 6)
_AFTER_CLOSING = frozenset({"doorzending_verzoeker"})  # the whole request was forwarded: then the case is closed


def why_not(case: Case, kind: LetterKind, today: date) -> str:
    """Why this letter cannot be written in this case now, in Dutch; empty where it can."""
    if kind.key == RECEIPT:
        return "Deze brief wordt vanzelf gemaakt bij de registratie."
    if case.phase == Phase.CLOSED and kind.key not in _AFTER_CLOSING:
        return "De zaak is afgesloten."
    if kind.key not in _AFTER_BESLUIT and (legal_facts.besluit_on(case) or case.phase in _DECIDED):
        return "Over dit verzoek is al besloten."
    check = _ALLOWED.get(kind.key)
    return check(case, today) if check else ""


def standing(case: Case, kind: str, **data: str) -> list[CaseEvent]:
    """The facts of a kind that stand, with these values, oldest first."""
    found = [f for f in legal_facts.standing_facts(case) if f.kind == kind]
    return sorted(
        (f for f in found if all(f.data.get(name) == value for name, value in data.items())),
        key=lambda f: f.happened_on,
    )


def last_day_to_answer(fact: CaseEvent) -> date:
    """The last day that the organ set in an invitation or question; far ahead where it set none."""
    limit = fact.data.get("termijn") or fact.data.get("antwoordtermijn")
    return date.fromisoformat(limit) if limit else date.max


def _may_verdagen(case: Case, today: date) -> str:
    if standing(case, "verdaging"):
        return "De beslissing is al verdaagd. Dat kan eenmaal (Woo art. 4.4, tweede lid)."
    first = legal_facts.deadline_of(case, today).deadline
    if today > first:
        return (
            f"De eerste termijn is voorbij sinds {date_in_words(first)}. Verdagen kan niet meer (Woo art. 4.4, tweede "
            "lid). Stuur een bericht van vertraging."
        )
    return ""


def _may_ask_precisering(case: Case, today: date) -> str:
    running = [
        f for f in standing(case, "precisering") if not f.data.get("gepreciseerd") and last_day_to_answer(f) >= today
    ]
    return "Er loopt al een uitnodiging om te preciseren." if running else ""


def _may_end_zienswijze(case: Case, today: date) -> str:
    asked = standing(case, "zienswijze")
    if not asked:
        return "Er is geen zienswijze gevraagd. Verstuur eerst het bericht dat de termijn stilstaat."
    if any(not f.data.get("einde") and last_day_to_answer(f) >= today for f in asked):
        return "Er loopt nog een zienswijze. Leg bij de feiten vast wanneer zij binnenkwam, of wacht de termijn af."
    return ""


def _may_tell_forwarding(case: Case, _: date) -> str:
    if standing(case, "doorzending"):
        return ""
    return "Er is nog niets doorgezonden. Verstuur eerst de brief aan het andere bestuursorgaan."


def _may_answer_default(case: Case, _: date) -> str:
    if standing(case, "ingebrekestelling", over="verzoek"):
        return ""
    return "Er is geen ingebrekestelling vastgelegd. Leg haar eerst vast bij de feiten, met de dag van ontvangst."


def _may_not_treat(case: Case, _: date) -> str:
    if any(t.source == case.phase and t.event is Event.REQUEST_CLOSED for t in TRANSITIONS):
        return ""
    return "In deze fase kan het verzoek niet meer worden afgesloten zonder besluit op de inhoud."


def _may_send_besluit_on(case: Case, _: date) -> str:
    if case.phase == Phase.BESLUIT or case.phase in _DECIDED:
        return ""
    return "Er is nog geen besluit. U schrijft deze brief zodra de vier-ogencontrole klaar is."


_ALLOWED: Mapping[str, Callable[[Case, date], str]] = {
    "verdaging": _may_verdagen,
    "precisering": _may_ask_precisering,
    "zienswijze_einde": _may_end_zienswijze,
    "doorzending_verzoeker": _may_tell_forwarding,
    "ingebrekestelling": _may_answer_default,
    "niet_behandelen": _may_not_treat,
    "besluit_derde": _may_send_besluit_on,
}
