"""The terms of the Woo and the Awb as dated data: how long, from what, what can stop them, under which article.

A change of law is a new row with its own `since`; a case keeps the row that was in force on the day its term began.
Rows marked `interpretation` rest on a choice; `[M]` in a comment marks what was not read in a source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from woo.errors import InputRejected
from woo.law.dutch import date_in_words

WOB_SINCE = date(2009, 10, 1)
"""From here the Wob and Awb terms are as below (Wet dwangsom en beroep bij niet tijdig beslissen) [M]."""
WOO_SINCE = date(2022, 5, 1)
"""The Woo is in force."""
WEEKS_IN_WORDS = {2: "twee", 4: "vier", 6: "zes", 8: "acht", 12: "twaalf", 13: "dertien"}
_AT_REQUEST = frozenset({"ontvangst", "doorzending"})
_AWB_4_15 = frozenset(
    ["precisering", "aanvulling", "buitenlandse_informatie", "instemming_uitstel", "vertraging_aanvrager", "overmacht"]
)
DECISION_EVENTS = _AT_REQUEST | _AWB_4_15 | {
    "verdaging", "zienswijze", "mededeling_te_laat", "overleg_prioritering", "deelbesluit",
}
"""The kinds of event that the sum of the decision term tells about."""


@dataclass(frozen=True, slots=True)
class TermRule:
    """One term as one law gave it from `since` on.

    `begins` says in Dutch what the first day is that does not count itself; `says` what must (or may) happen. `events`
    are the kinds of event that matter. `verdaging_days` is the longest verdaging; 0 when there is none. With
    `not_before` the sum gives the first day, not the last; that it must be a working day is an interpretation.
    """

    kind: str
    since: date
    weeks: int
    article: str
    begins: str
    says: str
    events: frozenset[str] = frozenset()
    verdaging_days: int = 0
    verdaging_article: str = ""
    zienswijze_article: str = ""
    zienswijze_last_day_counts: bool = True
    precisering_article: str = ""
    not_before: bool = False
    interpretation: bool = False
    warning: str = ""

    @property
    def from_request(self) -> bool:
        """True when the term begins with the receipt of the request by the organ that decides."""
        return "ontvangst" in self.events


RULES = (
    TermRule(
        "beslistermijn", WOB_SINCE, 4, "Wob 6 lid 1", "het verzoek is ontvangen", "beslist het bestuursorgaan",
        DECISION_EVENTS,
        verdaging_days=28, verdaging_article="Wob 6 lid 2",  # four weeks [M]
        zienswijze_article="Wob 6 lid 3", zienswijze_last_day_counts=False, precisering_article="Wob 3 lid 4",
        interpretation=True,
        warning="Dit verzoek is van vóór 1 mei 2022. De termijn is berekend volgens de oude wet (Wob). "
                "Laat een jurist dit controleren.",
    ),
    TermRule(
        "beslistermijn", WOO_SINCE, 4, "Woo 4.4 lid 1", "het verzoek is ontvangen", "beslist het bestuursorgaan",
        DECISION_EVENTS,
        verdaging_days=14, verdaging_article="Woo 4.4 lid 2", zienswijze_article="Woo 4.4 lid 3",
        precisering_article="Woo 4.1 lid 5",
    ),
    TermRule(
        "preciseren uiterlijk vragen", WOO_SINCE, 2, "Woo 4.1 lid 5", "het verzoek is ontvangen",
        "vraagt het bestuursorgaan om een te algemeen verzoek te preciseren", _AT_REQUEST,
    ),
    TermRule(
        "besluit niet behandelen na precisering", WOO_SINCE, 2, "Woo 4.1 lid 6",
        "het verzoek is gepreciseerd of de termijn daarvoor is verstreken",
        "maakt het bestuursorgaan bekend dat het een verzoek niet behandelt",
    ),
    TermRule(
        "besluit niet behandelen na aanvulling", WOB_SINCE, 4, "Awb 4:5 lid 4",
        "het verzoek is aangevuld of de termijn daarvoor is verstreken",
        "maakt het bestuursorgaan bekend dat het een onvolledig verzoek niet behandelt",
    ),
    TermRule(
        "antimisbruikbesluit", WOO_SINCE, 2, "Woo 4.6", "het verzoek is ontvangen",
        "besluit het bestuursorgaan om een oneigenlijk verzoek niet te behandelen", _AT_REQUEST,
    ),
    TermRule(
        "feitelijke verstrekking niet eerder dan", WOO_SINCE, 2, "Woo 4.4 lid 5", "het besluit is bekendgemaakt",
        "kan de informatie worden verstrekt als een belanghebbende naar verwachting bezwaar heeft",
        frozenset({"voorlopige_voorziening"}), not_before=True,
    ),
    TermRule(
        "einde bezwaartermijn", WOB_SINCE, 6, "Awb 6:7, 6:8 lid 1", "het besluit is bekendgemaakt",
        "kan een belanghebbende bezwaar maken", frozenset({"klacht_acoi"}),
    ),
    TermRule(
        "einde beroepstermijn", WOB_SINCE, 6, "Awb 6:7, 6:8 lid 1", "de beslissing op bezwaar is bekendgemaakt",
        "kan een belanghebbende beroep instellen",
    ),
    TermRule(
        "beslissing op bezwaar", WOB_SINCE, 6, "Awb 7:10 lid 1", "de bezwaartermijn is geëindigd",
        "beslist het bestuursorgaan op het bezwaar", frozenset({"verzuim", "verdaging", "instemming_uitstel"}),
        verdaging_days=42, verdaging_article="Awb 7:10 lid 3",
    ),
    TermRule(
        "beslissing op bezwaar (commissie 7:13)", WOB_SINCE, 12, "Awb 7:10 lid 1, 7:13",
        "de bezwaartermijn is geëindigd", "beslist het bestuursorgaan op het bezwaar na advies van een commissie",
        frozenset({"verzuim", "verdaging", "instemming_uitstel"}),
        verdaging_days=42, verdaging_article="Awb 7:10 lid 3",
    ),
    TermRule(
        "beslissing op bezwaar na advies ACOI", WOO_SINCE, 2, "Woo 7.3 lid 3",
        "het adviescollege (ACOI) heeft advies gegeven of gemeld dat er geen advies komt",
        "beslist het bestuursorgaan op het bezwaar",
    ),
    TermRule(
        "ingebrekestelling", WOB_SINCE, 2, "Awb 6:12 lid 2 onder b", "de ingebrekestelling is ontvangen",
        "kan het bestuursorgaan nog beslissen voordat beroep mogelijk is",
    ),
    TermRule(
        "uitspraak beroep niet tijdig", WOB_SINCE, 8, "Awb 8:55b lid 1", "het volledige beroepschrift is ontvangen",
        "doet de bestuursrechter uitspraak zonder zitting",
    ),
    TermRule(
        "uitspraak beroep niet tijdig na zitting", WOB_SINCE, 13, "Awb 8:55b lid 3",
        "het volledige beroepschrift is ontvangen", "doet de bestuursrechter zo mogelijk uitspraak na een zitting",
    ),
    TermRule(
        "besluit na uitspraak", WOB_SINCE, 2, "Awb 8:55d lid 1", "de uitspraak is verzonden",
        "maakt het bestuursorgaan alsnog een besluit bekend",
        warning="De rechter kan een andere termijn bepalen (Woo 8.4, Awb 8:55d lid 3). Volg dan de uitspraak.",
    ),
    TermRule(
        "actieve openbaarmaking", WOO_SINCE, 2, "Woo 3.3 lid 4", "de informatie is vastgesteld of ontvangen",
        "maakt het bestuursorgaan de informatie openbaar",
    ),
    TermRule(
        "actieve openbaarmaking onderzoek", WOO_SINCE, 4, "Woo 3.3 lid 5 onder f", "het onderzoek is ontvangen",
        "maakt het bestuursorgaan het onderzoek openbaar",
    ),
    TermRule(
        "actieve openbaarmaking herstelsanctie", WOO_SINCE, 2, "Woo 3.3 lid 5 onder g",
        "de beschikking is onherroepelijk geworden", "maakt het bestuursorgaan de beschikking openbaar",
    ),
    TermRule(
        "zienswijze actieve openbaarmaking", WOO_SINCE, 2, "Woo 3.3 lid 5 onder h",
        "de belanghebbende is om een zienswijze gevraagd", "kan de belanghebbende een zienswijze geven",
    ),
    TermRule(
        "actieve openbaarmaking niet eerder dan", WOO_SINCE, 2, "Woo 3.3 lid 5 onder i",
        "de informatie is vastgesteld of de termijn voor de zienswijze is verstreken",
        "kan de informatie openbaar worden als een belanghebbende bezwaar heeft",
        not_before=True,
    ),
    TermRule(
        "bijwerken overzicht", WOO_SINCE, 2, "Woo 3.3a lid 5", "het overzicht is bijgewerkt",
        "werkt het bestuursorgaan het overzicht opnieuw bij",
    ),
)

OTHER_TERMS = ("beroep niet tijdig vanaf", "parlementaire enquête")
"""Terms with a sum of their own: the day after another term, and a term that a committee sets."""
_OTHER_NAMES = {
    "bezwaartermijn": "einde bezwaartermijn",
    "beroepstermijn": "einde beroepstermijn",
    "beslissing op bezwaar (geen commissie)": "beslissing op bezwaar",
    "beslissing op bezwaar (zonder commissie)": "beslissing op bezwaar",
    "beslissing op bezwaar (commissie)": "beslissing op bezwaar (commissie 7:13)",
    "beslissing op bezwaar (met commissie)": "beslissing op bezwaar (commissie 7:13)",
    "besluit na ingebrekestelling": "ingebrekestelling",
    "beroep niet tijdig": "beroep niet tijdig vanaf",
    "beroep niet tijdig niet eerder dan": "beroep niet tijdig vanaf",
    "niet behandelen na precisering": "besluit niet behandelen na precisering",
}


def term_name(kind: object) -> str:
    """The one name of a term, from the names that it also goes by; "(echt)" marks a case from a published ruling."""
    if not isinstance(kind, str):
        raise InputRejected("De soort termijn ontbreekt. Kies een soort, bijvoorbeeld 'beslistermijn'.")
    lower = " ".join(kind.split()).lower().removesuffix("(echt)").rstrip()
    return _OTHER_NAMES.get(lower, next((rule.kind for rule in RULES if rule.kind.lower() == lower), lower))


def begins_when(kind: str) -> str:
    """What the first day of a term is, in Dutch: "het verzoek is ontvangen"."""
    others = {"beroep niet tijdig vanaf": "de ingebrekestelling is ontvangen",
              "parlementaire enquête": "de commissie vordert de informatie"}
    return others.get(kind) or rule_for(kind, date.max).begins


def events_of(kind: str) -> frozenset[str]:
    """The kinds of event that can move a term."""
    others = {"beroep niet tijdig vanaf": frozenset[str](), "parlementaire enquête": frozenset({"gestelde_termijn"})}
    return others[kind] if kind in others else rule_for(kind, date.max).events


def rule_for(kind: str, start: date) -> TermRule:
    """The rule for a term of `kind` that begins on `start`; InputRejected when the law did not know it then."""
    rows = [rule for rule in RULES if rule.kind == kind]
    if not rows:
        names = ", ".join(dict.fromkeys((*(rule.kind for rule in RULES), *OTHER_TERMS)))
        raise InputRejected(f"Deze soort termijn kennen wij niet. Bekend zijn: {names}.")
    in_force = [rule for rule in rows if rule.since <= start]
    if not in_force:
        first = date_in_words(min(rule.since for rule in rows))
        raise InputRejected(f"De regel voor '{kind}' geldt vanaf {first}. De datum ligt daarvoor. Controleer de datum.")
    return max(in_force, key=lambda rule: rule.since)
