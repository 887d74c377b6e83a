"""What the form of each legal fact asks, in the words of the statute and of the screen: data only.

The field names are those of the exchange format (docs: legal clock); the sum itself is in `woo.law`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from woo.law.procedure import ENDINGS, OUTCOMES, SCOPES, SUBJECTS
from woo.services.legal_facts import FACT_LABELS


class Kind(StrEnum):
    """What is filled in: a date, a whole number, a text, a yes, one of a list, or one of the besluiten of the case."""

    DAY = "day"
    NUMBER = "number"
    TEXT = "text"
    FLAG = "flag"
    CHOICE = "choice"
    BESLUIT = "besluit"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. `happened` marks the date of the fact itself; `choices` are stored word and label."""

    name: str
    label: str
    kind: Kind = Kind.DAY
    required: bool = True
    happened: bool = False
    help: str = ""
    choices: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FactForm:
    """The form of one kind of fact: the article it rests on, the group it stands in, and what it does to the terms."""

    kind: str
    group: str
    article: str
    fields: tuple[Field, ...]
    effect: str

    @property
    def label(self) -> str:
        """The Dutch name of the fact."""
        return FACT_LABELS[self.kind]


def _happened(name: str, label: str, text: str = "") -> Field:
    return Field(name, label, happened=True, help=text)


def _later(name: str, label: str, text: str = "") -> Field:
    return Field(name, label, required=False, help=text)


def _choice(name: str, label: str, choices: Mapping[str, str]) -> Field:
    return Field(name, label, Kind.CHOICE, choices=choices)


_BESLUIT = Field("besluit_van", "Tegen welk besluit?", Kind.BESLUIT)
_SUBJECT = _choice("over", "Wat is niet op tijd beslist?", {k: v[:1].upper() + v[1:] for k, v in SUBJECTS.items()})
_REQUEST, _TERM, _OUT, _OBJECT, _COURT = (
    "Verzoek", "Termijn van het besluit", "Besluit en verstrekken", "Bezwaar", "Niet op tijd beslist",
)
_TABLE = (
    FactForm(
        "received", _REQUEST, "Awb art. 2:17", (_happened("datum", "Verzoek ontvangen op"),),
        "De beslistermijn begint op de dag erna.",
    ),
    FactForm(
        "ontvangst", _REQUEST, "Woo art. 4.4, eerste lid", (_happened("datum", "Ontvangen na doorzending op"),),
        "Een ander bestuursorgaan zond dit verzoek door. De termijn telt vanaf de ontvangst bij ons.",
    ),
    FactForm(
        "doorzending", _REQUEST, "Woo art. 4.2, eerste lid",
        (
            _happened("datum", "Doorgezonden op", "De verzoeker krijgt daarvan bericht."),
            Field("naar", "Doorgezonden naar", Kind.TEXT, help="Naam van het bestuursorgaan."),
            _choice("omvang", "Wat is doorgezonden?", SCOPES),
            Field("deel", "Welk deel", Kind.TEXT, required=False, help="Bijvoorbeeld: de vragen 3 en 4."),
        ),
        "Bij een deel loopt de termijn voor de rest gewoon door. Is alles doorgezonden? Sluit daarna de zaak af.",
    ),
    FactForm(
        "precisering", _REQUEST, "Woo art. 4.1, vijfde lid; Awb art. 4:15",
        (
            _happened("uitnodiging", "Uitnodiging verstuurd op"),
            _later("antwoordtermijn", "Verzoeker mag antwoorden tot en met",
                   "Zonder termijn staat de beslistermijn niet stil."),
            _later("gepreciseerd", "Antwoord ontvangen op", "Leeg zolang er geen antwoord is."),
        ),
        "De termijn staat stil vanaf de dag erna tot de dag van het antwoord.",
    ),
    FactForm(
        "aanvulling", _REQUEST, "Awb art. 4:5, 4:15",
        (
            _happened("uitnodiging", "Gevraagd op"),
            _later("antwoordtermijn", "Verzoeker mag aanvullen tot en met",
                   "Zonder termijn staat de beslistermijn niet stil."),
            _later("aangevuld", "Aanvulling ontvangen op", "Leeg zolang er geen aanvulling is."),
        ),
        "Het verzoek mist iets dat de wet eist. De termijn staat stil tot de dag van de aanvulling.",
    ),
    FactForm(
        "vordering", _REQUEST, "Woo art. 4.2, tweede lid",
        (
            _happened("gevorderd", "Gevorderd op"),
            Field("bij", "Gevorderd bij", Kind.TEXT, help="Organisatie of functie, liever geen naam van een persoon."),
            _later("geleverd", "Informatie ontvangen op", "Leeg zolang er niets is geleverd."),
        ),
        "Wie de informatie heeft, levert die per omgaande. De beslistermijn loopt door.",
    ),
    FactForm(
        "misbruik_gebleken", _REQUEST, "Woo art. 4.6",
        (_happened("datum", "Gebleken op"),),
        "Daarna kunt u onverwijld besluiten het verzoek niet te behandelen, ook na de eerste twee weken.",
    ),
    FactForm(
        "verdaging", _TERM, "Woo art. 4.4, tweede lid",
        (
            _happened("medegedeeld", "Meegedeeld aan de verzoeker op"),
            Field("dagen", "Aantal dagen", Kind.NUMBER, help="Ten hoogste 14 dagen (twee weken)."),
        ),
        "Telt alleen als de mededeling er was vóór het einde van de eerste termijn.",
    ),
    FactForm(
        "zienswijze", _TERM, "Woo art. 4.4, derde lid; Awb art. 4:8",
        (
            _happened("mededeling_verzoeker", "Verzoeker ingelicht op", "De termijn staat stil vanaf de dag erna."),
            _later("termijn", "Derde mag reageren tot en met"),
            _later("einde", "Zienswijze ontvangen op", "Leeg zolang de zienswijze loopt."),
        ),
        "De termijn staat stil tot en met de dag van de zienswijze. Vraagt u er meer? Leg elke vraag apart vast.",
    ),
    FactForm(
        "overleg_prioritering", _TERM, "Woo art. 4.2a",
        (
            _happened("datum", "Overlegd op"),
            Field("afspraak", "Afgesproken volgorde", Kind.TEXT, required=False),
        ),
        "Overleg verandert de termijn niet. Stemt de verzoeker schriftelijk in met uitstel? Leg dat apart vast.",
    ),
    FactForm(
        "instemming_uitstel", _TERM, "Awb art. 4:15, tweede lid, onder a",
        (
            _happened("schriftelijk", "Schriftelijke instemming van"),
            Field("van", "Uitstel van"),
            Field("tot_en_met", "Uitstel tot en met"),
        ),
        "De termijn staat stil op de afgesproken dagen.",
    ),
    FactForm(
        "vertraging_aanvrager", _TERM, "Awb art. 4:15, tweede lid, onder b",
        (_happened("van", "Vertraging van"), _later("tot_en_met", "Vertraging tot en met")),
        "De termijn staat stil zolang de vertraging door de verzoeker komt.",
    ),
    FactForm(
        "overmacht", _TERM, "Awb art. 4:15, tweede lid, onder c",
        (
            _happened("van", "Overmacht van"),
            _later("tot_en_met", "Overmacht tot en met"),
            _later("medegedeeld", "Meegedeeld aan de verzoeker op"),
        ),
        "De termijn staat stil zolang beslissen door overmacht niet kan.",
    ),
    FactForm(
        "buitenlandse_informatie", _TERM, "Awb art. 4:15, eerste lid, onder b",
        (_happened("mededeling", "Verzoeker ingelicht op"), _later("ontvangen", "Informatie ontvangen op")),
        "De termijn staat stil tot de dag waarop de informatie er is.",
    ),
    FactForm(
        "mededeling_te_laat", _TERM, "Awb art. 4:14, eerste lid",
        (
            _happened("medegedeeld", "Gemeld aan de verzoeker op"),
            Field("nieuwe_datum", "Besluit uiterlijk op", help="De kortst mogelijke termijn die u noemde."),
        ),
        "Verandert de wettelijke termijn niet.",
    ),
    FactForm(
        "deelbesluit", _OUT, "Woo art. 4.4",
        (
            _happened("bekendgemaakt", "Bekendgemaakt op"),
            Field("over", "Waarover", Kind.TEXT, help="Welk deel van het verzoek."),
            Field("bezwaar_verwacht", "Een derde heeft naar verwachting bezwaar", Kind.FLAG, required=False),
        ),
        "Tegen dit deel staat bezwaar open. Voor de rest loopt de beslistermijn door.",
    ),
    FactForm(
        "afsluiting", _OUT, "Woo art. 4.1, 4.2, 4.6",
        (_happened("datum", "Afgesloten op"), _choice("wijze", "Hoe eindigde het verzoek?", ENDINGS)),
        "De beslistermijn loopt niet meer.",
    ),
    FactForm(
        "voorlopige_voorziening", _OUT, "Woo art. 4.4, vijfde lid; Awb art. 8:81",
        (
            _happened("verzocht", "Gevraagd aan de rechter op"),
            _later("uitspraak", "Uitspraak op"),
            Field("toegewezen", "De rechter houdt openbaarmaking tegen", Kind.FLAG, required=False),
            _later("ingetrokken", "Ingetrokken op"),
        ),
        "Zolang dit loopt, gaat niets naar buiten.",
    ),
    FactForm(
        "bezwaar", _OBJECT, "Awb art. 6:7, 7:10",
        (
            _happened("ontvangen", "Bezwaar ontvangen op"),
            _later("verzonden", "Op de post gedaan op", "Alleen bij post: het poststempel."),
            _BESLUIT,
        ),
        "U beslist binnen zes weken na het einde van de bezwaartermijn.",
    ),
    FactForm(
        "bezwaar_verzuim", _OBJECT, "Awb art. 6:6, 7:10, tweede lid",
        (
            _happened("uitnodiging", "Gevraagd op"),
            _later("antwoordtermijn", "Te herstellen tot en met"),
            _later("hersteld", "Hersteld op"),
            _BESLUIT,
        ),
        "De termijn van de beslissing op bezwaar staat stil tot de dag van het herstel.",
    ),
    FactForm(
        "bezwaar_commissie", _OBJECT, "Awb art. 7:13, tweede lid",
        (_happened("medegedeeld", "Meegedeeld aan de indiener op"), _BESLUIT),
        "Met een aangekondigde adviescommissie is de termijn twaalf weken.",
    ),
    FactForm(
        "bezwaar_hoorzitting", _OBJECT, "Awb art. 7:2",
        (_happened("uitgenodigd", "Uitgenodigd op"), _later("zitting", "Hoorzitting op"), _BESLUIT),
        "Verandert geen termijn.",
    ),
    FactForm(
        "bezwaar_verdaging", _OBJECT, "Awb art. 7:10, derde lid",
        (
            _happened("medegedeeld", "Meegedeeld op"),
            Field("dagen", "Aantal dagen", Kind.NUMBER, help="Ten hoogste 42 dagen (zes weken)."),
            _BESLUIT,
        ),
        "Telt alleen als de mededeling er was vóór het einde van de termijn.",
    ),
    FactForm(
        "bezwaar_uitstel", _OBJECT, "Awb art. 7:10, vierde lid",
        (
            _happened("schriftelijk", "Schriftelijke instemming van"),
            Field("van", "Uitstel van"),
            Field("tot_en_met", "Uitstel tot en met"),
            _BESLUIT,
        ),
        "De termijn van de beslissing op bezwaar staat stil op de afgesproken dagen.",
    ),
    FactForm(
        "beslissing_op_bezwaar", _OBJECT, "Awb art. 7:11, 7:12",
        (_happened("bekendgemaakt", "Bekendgemaakt op"), _BESLUIT),
        "Hierna staat beroep open bij de rechtbank.",
    ),
    FactForm(
        "klacht_acoi", _OBJECT, "Woo art. 7.3",
        (
            _happened("verzonden", "Klacht verzonden op"),
            _later("advies", "Advies, of bericht dat er geen advies komt, op"),
            _BESLUIT,
        ),
        "De bezwaartermijn staat stil. Na het advies beslist u binnen twee weken op het bezwaar.",
    ),
    FactForm(
        "ingebrekestelling", _COURT, "Awb art. 6:12",
        (_happened("ontvangen", "Ontvangen op"), _SUBJECT),
        "U heeft nog twee weken. Daarna kan de indiener in beroep. Er loopt geen dwangsom van rechtswege "
        "(Woo art. 8.2).",
    ),
    FactForm(
        "beroep_niet_tijdig", _COURT, "Awb art. 8:55b",
        (
            _happened("ontvangen", "Volledig beroepschrift bij de rechtbank op"),
            _SUBJECT,
            Field("zitting", "De rechtbank houdt een zitting", Kind.FLAG, required=False),
        ),
        "De rechtbank doet uitspraak binnen acht weken, of na een zitting zo mogelijk binnen dertien.",
    ),
    FactForm(
        "uitspraak_niet_tijdig", _COURT, "Awb art. 8:55d; Woo art. 8.4",
        (
            _happened("verzonden", "Uitspraak verzonden op"),
            _SUBJECT,
            _choice("uitkomst", "Uitkomst", OUTCOMES),
            _later("termijn_tot", "Beslissen uiterlijk op", "Volgens de uitspraak. Leeg: twee weken na verzending."),
            Field("dwangsom_per_dag", "Dwangsom per dag in euro", Kind.NUMBER, required=False),
            Field("dwangsom_maximum", "Dwangsom ten hoogste, in euro", Kind.NUMBER, required=False),
        ),
        "De termijn van de rechter komt in de plaats van de twee weken.",
    ),
)
FACT_FORMS: Mapping[str, FactForm] = {form.kind: form for form in _TABLE}
_NOT_ADDED = frozenset({"received", "afsluiting"})
"""Recorded with a step of the case (registering, closing) and corrected here."""
ADDABLE: Mapping[str, tuple[FactForm, ...]] = {
    group: tuple(form for form in _TABLE if form.group == group and form.kind not in _NOT_ADDED)
    for group in dict.fromkeys(form.group for form in _TABLE)
}
"""The facts that can be added, in the groups of the screen."""
