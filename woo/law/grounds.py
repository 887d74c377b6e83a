"""What the Woo forbids or demands when grounds are used on one piece of information (art. 5.1-5.4).

A guard, not an adviser: it says what may not stand as it is. Whether a ground is well chosen is for the jurist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from woo.law.dutch import date_in_words
from woo.law.ground_table import (
    GROUNDS,
    ORDER,
    PERSONAL_DATA_KINDS,
    WORKING_LABELS,
    Ground,
    GroundKind,
    default_ground_for,
    ground,
    ground_for_key,
)
from woo.law.rules import WOO_SINCE

__all__ = [
    "GROUNDS", "ORDER", "PERSONAL_DATA_KINDS", "WORKING_LABELS", "Ground", "GroundKind", "Refusal", "check_grounds",
    "default_ground_for", "ground", "ground_for_key", "is_aged",
]

AGED_AFTER_YEARS = 5


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a ground may not stand as it is: the stored code, a short name of the rule, the article, a Dutch sentence."""

    code: str
    rule: str
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class _Use:
    """How grounds are used on one piece of information."""

    grounds: tuple[Ground, ...]
    reasons: Mapping[str, str]
    aged_reason: str | None
    aged: bool
    environmental: bool
    emissions: bool
    confidential_acts: bool
    intern_beraad: bool
    formation_finished: bool
    request_date: date

    def reason(self, entry: Ground) -> str:
        return self.reasons.get(entry.code, "").strip()


def is_aged(document_date: date | None, request_date: date) -> bool:
    """True when information was more than five years old at the request (Woo 5.3); False when its date is unknown."""
    if document_date is None:
        return False
    anniversary = (document_date.year + AGED_AFTER_YEARS, document_date.month, document_date.day)
    return anniversary < (request_date.year, request_date.month, request_date.day)


def check_grounds(
    codes: Iterable[str],
    *,
    motivation: str | Mapping[str, str],
    document_date: date | None,
    request_date: date,
    environmental: bool = False,
    emissions: bool = False,
    confidential_acts: bool = False,
    intern_beraad: bool = False,
    formation_finished: bool = False,
    aged_motivation: str | None = None,
) -> list[Refusal]:
    """What the law forbids about `codes` on the same information; empty where all may stand (also without grounds).

    `motivation` is the weighing: one text for all, or a text per stored code. `aged_motivation` says why the interest
    still weighs more after five years (Woo 5.3); with None `motivation` must say that too. The dates are of the
    information and of the receipt of the request; `emissions` means environmental information about emissions,
    `confidential_acts` information about acts of a confidential nature.
    InputRejected for a code that is no ground.
    """
    grounds = tuple({entry.code: entry for entry in map(ground, codes)}.values())
    texts = {entry.code: motivation for entry in grounds} if isinstance(motivation, str) else \
        {ground(code).code: text for code, text in motivation.items()}
    use = _Use(grounds, texts, aged_motivation, is_aged(document_date, request_date),
               environmental or emissions, emissions, confidential_acts, intern_beraad, formation_finished,
               request_date)
    return [refusal for entry in grounds for rule in _RULES if (refusal := rule(entry, use))]


def _old(entry: Ground, use: _Use) -> Refusal | None:
    if entry.kind is not GroundKind.OLD or use.request_date < WOO_SINCE:
        return None
    return Refusal(entry.code, "old_ground", "Woo 10.1", f"De grond {entry.screen} is van de oude wet (Wob). Voor "
                   f"verzoeken vanaf {date_in_words(WOO_SINCE)} gelden de gronden van de Woo. Kies een andere grond.")


def _residual_alone(entry: Ground, use: _Use) -> Refusal | None:
    others = [other for other in use.grounds if other.code.startswith(("5.1.1.", "5.1.2."))]
    if entry.kind is not GroundKind.RESIDUAL or not others:
        return None
    names = ", ".join(other.screen for other in others)
    return Refusal(entry.code, "residual_alone", "Woo 5.1 lid 5", f"De grond 5.1.5 mag niet samen met {names} voor "
                   "dezelfde informatie. Kies een van beide.")


def _emissions(entry: Ground, use: _Use) -> Refusal | None:
    if not use.emissions or not entry.code.startswith(("5.1.1.", "5.1.2.")):
        return None
    return Refusal(entry.code, "emissions", "Woo 5.1 lid 7", f"De grond {entry.screen} geldt niet voor informatie over "
                   "emissies in het milieu. Haal deze grond weg.")


def _residual_not_environmental(entry: Ground, use: _Use) -> Refusal | None:
    if entry.kind is not GroundKind.RESIDUAL or not use.environmental:
        return None
    return Refusal(entry.code, "residual_not_environmental", "Woo 5.1 lid 5",
                   "De grond 5.1.5 geldt niet voor milieu-informatie. Haal deze grond weg.")


def _confidential_acts(entry: Ground, use: _Use) -> Refusal | None:
    if entry.code != "5.1.2.b" or not use.environmental or use.emissions or use.confidential_acts:
        return None
    return Refusal(entry.code, "confidential_acts", "Woo 5.1 lid 2 onder b", "Bij milieu-informatie geldt de grond "
                   "5.1.2b alleen voor handelingen met een vertrouwelijk karakter. Geef dat bij het document aan, of "
                   "kies een andere grond.")


def _intern_beraad(entry: Ground, use: _Use) -> Refusal | None:
    if entry.kind is not GroundKind.OWN or use.intern_beraad:
        return None
    return Refusal(entry.code, "intern_beraad", "Woo 5.2 lid 1", "De grond 5.2.1 geldt alleen voor documenten die voor "
                   "intern beraad zijn gemaakt. Geef dat bij het document aan, of kies een andere grond.")


def _formation(entry: Ground, use: _Use) -> Refusal | None:
    if entry.code != "5.4" or not use.formation_finished:
        return None
    return Refusal(entry.code, "formation_finished", "Woo 5.4",
                   "De formatie is afgerond. De grond 5.4 geldt dan niet meer. Kies een andere grond.")


_BALANCED_FOR_ENVIRONMENT = {"5.1.1.c": "Woo 5.1 lid 6", "5.2.1": "Woo 5.2 lid 4"}


def _motivation(entry: Ground, use: _Use) -> Refusal | None:
    environmental = use.environmental and entry.code in _BALANCED_FOR_ENVIRONMENT
    if use.reason(entry) or not (entry.needs_motivation or environmental):
        return None
    article = _BALANCED_FOR_ENVIRONMENT.get(entry.code, "Woo 5.1 lid 3")
    if entry.kind is GroundKind.RESIDUAL:
        article = "Woo 5.1 lid 5"
    return Refusal(entry.code, "motivation", article, f"Bij de grond {entry.screen} ontbreekt de afweging. Schrijf op "
                   "waarom dit belang hier zwaarder weegt dan openbaarheid.")


def _aged(entry: Ground, use: _Use) -> Refusal | None:
    weighed = entry.kind in (GroundKind.RELATIVE, GroundKind.RESIDUAL, GroundKind.OWN)
    reason = use.reason(entry) if use.aged_reason is None else use.aged_reason.strip()
    if not (use.aged and weighed) or reason:
        return None
    return Refusal(entry.code, "aged", "Woo 5.3", f"De informatie was bij het verzoek ouder dan vijf jaar. Schrijf bij "
                   f"de grond {entry.screen} op waarom het belang ondanks de tijd nog zwaarder weegt.")


_RULES = (
    _old, _residual_alone, _emissions, _residual_not_environmental, _confidential_acts, _intern_beraad, _formation,
    _motivation, _aged,
)
