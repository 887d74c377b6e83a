"""The grounds for refusal of the Woo (ch. 5): their names, their kind, and which one personal data usually falls under.

Source of the labels: open.minvws.nl; of the kinds: the text of art. 5.1-5.4a. What a ground demands in use stands
in `grounds`. "Buiten verzoek", "dubbel" and "reeds openbaar" are working labels and never a ground.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from woo.errors import InputRejected


class GroundKind(StrEnum):
    """How the law weighs: not at all, against openness, only in exceptional cases, or under a regime of its own."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    RESIDUAL = "residual"
    OWN = "own"
    OLD = "old"


KIND_LABELS = {
    GroundKind.ABSOLUTE: "absoluut",
    GroundKind.RELATIVE: "relatief",
    GroundKind.RESIDUAL: "restgrond",
    GroundKind.OWN: "eigen regeling",
    GroundKind.OLD: "oude grond (Wob)",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground: `code` is stored (`5.1.2.e`), `screen` is shown and stamped (`5.1.2e`), `citation` goes in letters.

    `text` says what the article protects, for the list of articles in the besluit. `needs_motivation` means that the
    law asks the jurist to weigh and to say so in the besluit (Woo 5.1 lid 3 and 5).
    """

    code: str
    screen: str
    citation: str
    label: str
    kind: GroundKind
    text: str
    needs_motivation: bool


_PARAGRAPHS = {1: "eerste", 2: "tweede"}


def _of_5_1(paragraph: int, letter: str, label: str, text: str) -> Ground:
    relative = paragraph == 2
    return Ground(
        f"5.1.{paragraph}.{letter}", f"5.1.{paragraph}{letter}",
        f"art. 5.1, {_PARAGRAPHS[paragraph]} lid, onder {letter}, Woo", label,
        GroundKind.RELATIVE if relative else GroundKind.ABSOLUTE, text, relative,
    )


def _of_wob(article: int, paragraph: int, letter: str, label: str) -> Ground:
    code, under = (f".{letter}", f", onder {letter}") if letter else ("", "")
    citation = f"art. {article}, {_PARAGRAPHS[paragraph]} lid{under}, Wob"
    return Ground(f"{article}.{paragraph}{code}", f"{article}.{paragraph}{letter}", citation, label,
                  GroundKind.OLD, label, False)


_ALL = (
    _of_5_1(1, "a", "Eenheid van de Kroon", "de eenheid van de Kroon"),
    _of_5_1(1, "b", "Veiligheid van de Staat", "de veiligheid van de Staat"),
    _of_5_1(1, "c", "Vertrouwelijk verstrekte bedrijfs- of fabricagegegevens",
            "bedrijfs- en fabricagegegevens die vertrouwelijk aan de overheid zijn meegedeeld"),
    _of_5_1(1, "d", "Bijzondere persoonsgegevens",
            "bijzondere en strafrechtelijke persoonsgegevens (paragraaf 3.1 en 3.2 UAVG)"),
    _of_5_1(1, "e", "Nationale identificatienummers", "wettelijk voorgeschreven persoonsnummers (art. 46 UAVG)"),
    _of_5_1(2, "a", "Internationale betrekkingen",
            "de betrekkingen van Nederland met andere landen, staten en internationale organisaties"),
    _of_5_1(2, "b", "Economische of financiële belangen van de Staat",
            "de economische of financiële belangen van de Staat, andere publiekrechtelijke lichamen of "
            "bestuursorganen"),
    _of_5_1(2, "c", "Opsporing en vervolging van strafbare feiten", "de opsporing en vervolging van strafbare feiten"),
    _of_5_1(2, "d", "Inspectie, controle en toezicht van bestuursorganen",
            "de inspectie, controle en toezicht door bestuursorganen"),
    _of_5_1(2, "e", "Eerbiediging van de persoonlijke levenssfeer", "de eerbiediging van de persoonlijke levenssfeer"),
    _of_5_1(2, "f", "Andere concurrentiegevoelige bedrijfs- en fabricagegegevens",
            "de bescherming van andere concurrentiegevoelige bedrijfs- en fabricagegegevens"),
    _of_5_1(2, "g", "Bescherming van het milieu waarop deze informatie betrekking heeft",
            "de bescherming van het milieu waarop de informatie betrekking heeft"),
    _of_5_1(2, "h", "Beveiliging van personen of bedrijven en voorkomen van sabotage",
            "de beveiliging van personen en bedrijven en het voorkomen van sabotage"),
    _of_5_1(2, "i", "Goed functioneren van de Staat, andere publiekrechtelijke lichamen of bestuursorganen",
            "het goed functioneren van de Staat, andere publiekrechtelijke lichamen of bestuursorganen"),
    Ground("5.1.5", "5.1.5", "art. 5.1, vijfde lid, Woo", "Onevenredige benadeling", GroundKind.RESIDUAL,
           "een ander belang dat onevenredig wordt benadeeld, in uitzonderlijke gevallen", True),
    Ground("5.2.1", "5.2.1", "art. 5.2, eerste lid, Woo", "Persoonlijke beleidsopvattingen", GroundKind.OWN,
           "persoonlijke beleidsopvattingen in documenten voor intern beraad", False),
    Ground("5.4", "5.4", "art. 5.4 Woo", "Informatie bij (in)formateur", GroundKind.ABSOLUTE,
           "informatie bij de formateur of informateur, totdat de formatie is afgerond", False),
    Ground("5.4a", "5.4a", "art. 5.4a, eerste lid, Woo", "Ondersteuning individuele Kamerleden", GroundKind.ABSOLUTE,
           "ambtelijke ondersteuning van individuele leden van de Kamers, provinciale staten of de gemeenteraad",
           False),
    _of_wob(10, 1, "a", "Eenheid van de Kroon"),
    _of_wob(10, 1, "b", "Veiligheid van de Staat"),
    _of_wob(10, 1, "c", "Vertrouwelijk verstrekte bedrijfs- en fabricagegegevens"),
    _of_wob(10, 1, "d", "Bijzondere persoonsgegevens"),
    _of_wob(10, 2, "a", "Internationale betrekkingen"),
    _of_wob(10, 2, "b", "Economische of financiële belangen van de Staat"),
    _of_wob(10, 2, "c", "Opsporing en vervolging van strafbare feiten"),
    _of_wob(10, 2, "d", "Inspectie, controle en toezicht door bestuursorganen"),
    _of_wob(10, 2, "e", "Eerbiediging van de persoonlijke levenssfeer"),
    _of_wob(10, 2, "g", "Onevenredige bevoordeling of benadeling"),
    _of_wob(11, 1, "", "Persoonlijke beleidsopvattingen"),
)
GROUNDS: Mapping[str, Ground] = {entry.code: entry for entry in _ALL}
"""Every ground by its stored code, in the order of the law; the Wob's only stand in decisions from before the Woo."""

ORDER = (
    "5.1.2.e", "5.1.1.e", "5.1.1.d", "5.2.1", "5.1.2.i", "5.1.1.c", "5.1.2.f", "5.1.2.b", "5.1.2.h",
    "5.1.2.a", "5.1.2.c", "5.1.2.d", "5.1.2.g", "5.1.1.a", "5.1.1.b", "5.1.5", "5.4", "5.4a",
)
"""The grounds of the Woo in the order of every list; the first nine have the number keys 1-9. It never changes."""

WORKING_LABELS: Mapping[str, str] = {
    "out_of_scope": "Buiten verzoek",
    "duplicate": "Dubbel",
    "already_public": "Reeds openbaar",
}
"""What documents and passages are also marked with. None of them is a ground."""

_SPELLINGS = {spelling: entry for entry in _ALL for spelling in (entry.screen, entry.code)}
_SPELLINGS["5.2"] = GROUNDS["5.2.1"]
_LABEL_WORDS = frozenset({*WORKING_LABELS, *(label.lower() for label in WORKING_LABELS.values())})


def ground(code: str) -> Ground:
    """The ground spelled `5.1.2.e` or `5.1.2e`; InputRejected where the Woo and the Wob have no such ground."""
    spelling = code.strip().lower() if isinstance(code, str) else ""
    if spelling in _LABEL_WORDS:
        raise InputRejected("Dit is een werklabel en geen weigeringsgrond. Er is niets opgeslagen. "
                            "Kies een grond uit de Woo, of geef het document deze beoordeling.")
    if spelling not in _SPELLINGS:
        raise InputRejected("Deze weigeringsgrond bestaat niet. Er is niets opgeslagen. Kies een grond uit de lijst.")
    return _SPELLINGS[spelling]


def ground_for_key(number: int) -> Ground:
    """The ground under number key 1-9."""
    if not 1 <= number <= 9:
        raise InputRejected("Bij deze toets hoort geen weigeringsgrond. Kies 1 tot en met 9.")
    return GROUNDS[ORDER[number - 1]]


_PRIVACY, _NUMBER, _SPECIAL = "5.1.2.e", "5.1.1.e", "5.1.1.d"
# UAVG 46 asks for a number that an act or decree prescribes. That the V-nummer is one is an interpretation;
# the jurist decides at each box.
_BY_KIND = {
    **dict.fromkeys(("bsn", "a_number", "v_number", "education_number"), _NUMBER),
    **dict.fromkeys(
        ("health", "religion", "ethnicity", "sexual_life", "political_opinion", "union_membership", "biometric",
         "genetic", "criminal", "special_category"), _SPECIAL,
    ),
    **dict.fromkeys(
        ("person_name", "person", "initials", "email", "phone", "username", "address", "postcode", "place", "iban",
         "bank_account", "credit_card", "date_of_birth", "place_of_birth", "age", "id_document", "passport",
         "driving_licence", "licence_plate", "case_number", "personnel_number", "client_number", "customer_number",
         "kvk_number", "vat_number", "big_number", "ip_address", "mac_address", "url", "social_media", "device_number",
         "signature", "initials_mark", "handwriting", "face", "photo", "voice", "function_title", "occupation",
         "nationality", "relation", "coordinates", "parcel", "weapon_number", "other_personal_data"), _PRIVACY,
    ),
}
PERSONAL_DATA_KINDS = frozenset(_BY_KIND)
"""The kinds of personal data for which a usual ground is known."""


def default_ground_for(kind_of_personal_data: str) -> str:
    """The stored code of the ground that this kind of personal data usually falls under: a proposal, never a decision.

    Source: Woo 5.1 lid 1 d and e, lid 2 e; practice of the ministries. InputRejected for a kind without a usual ground.
    """
    if kind_of_personal_data not in _BY_KIND:
        raise InputRejected("Voor deze soort gegevens is geen gebruikelijke weigeringsgrond bekend. "
                            "Er is niets opgeslagen. Kies zelf een grond.")
    return _BY_KIND[kind_of_personal_data]
