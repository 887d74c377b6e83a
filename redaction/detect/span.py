"""What the detector says: spans in a text, each with its kind, its score and the reason for the jurist.

This room knows what a thing *is* (a bsn, a name); which ground of the Woo applies is law and lives elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from presidio_analyzer import RecognizerResult

KIND_LABELS: Final[Mapping[str, str]] = {
    "person_name": "naam",
    "email": "e-mailadres",
    "phone": "telefoonnummer",
    "username": "gebruikersnaam",
    "address": "adres",
    "postcode": "postcode",
    "bsn": "burgerservicenummer",
    "a_number": "A-nummer",
    "iban": "bankrekeningnummer",
    "date_of_birth": "geboortedatum",
    "id_document": "nummer van een identiteitsbewijs",
    "v_number": "V-nummer",
    "licence_plate": "kenteken",
    "case_number": "zaak- of personeelsnummer",
    "ip_address": "IP-adres",
    "mac_address": "MAC-adres",
    "kvk_number": "KvK-nummer",
    "big_number": "BIG-nummer of AGB-code",
    "credit_card": "nummer van een bankpas",
    "coordinates": "coördinaten",
    "signature": "handtekening of paraaf",
    "health": "mogelijk gezondheid",
    "religion": "mogelijk geloof of overtuiging",
    "ethnicity": "mogelijk ras of afkomst",
    "union_membership": "mogelijk lid van een vakbond",
    "political_opinion": "mogelijk politieke opvatting",
    "sexual_life": "mogelijk seksueel leven",
    "criminal": "mogelijk strafbaar feit",
}
"""Every kind the detector can give, with its Dutch word for the screen."""

REFUSED: Final = "refused.model"
"""The rule of what the model marked and its recogniser refused: it can still be a name, by its other signs."""

JUDGED_ONE_BY_ONE: Final = frozenset(
    {"health", "religion", "ethnicity", "union_membership", "political_opinion", "sexual_life", "criminal"}
)
"""Kinds that are a question, never a proposal: the same words say it of one person and not of another."""


@dataclass(frozen=True, slots=True)
class Span:
    """One piece of text that may be personal data.

    `start` and `end` are Python string indices in the text that was given; `text` is that slice. `score` runs from 0
    to 1. `rule` names the rule that decided, `sources` every recogniser that saw (part of) it. `why` is one Dutch
    sentence for the jurist. `public_role` means: the person acts in a public role here, so the default is *not* to
    redact.
    """

    start: int
    end: int
    text: str
    kind: str
    score: float
    rule: str
    sources: tuple[str, ...]
    why: str
    public_role: bool = False


class Finding(RecognizerResult):  # type: ignore[misc]  # presidio ships no types
    """One hit of one recogniser, before merging.

    Equal only to itself: our merge needs every hit, to tell the jurist who agreed with whom.
    """

    def __init__(self, kind: str, start: int, end: int, score: float, rule: str, why: str) -> None:
        super().__init__(kind, start, end, score)
        self.rule = rule
        self.why = why

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)
