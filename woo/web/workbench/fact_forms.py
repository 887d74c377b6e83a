"""The forms for legal facts: which dates each kind asks for, in the words of the statute and of the screen.

The field names are those of the exchange format (docs: legal clock); the sum itself is in `woo.law`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from models import CaseEvent
from woo.errors import InputRejected
from woo.services import legal_facts
from woo.web.workbench.forms import Form


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: a date, a number of days, a text or a yes. `happened` marks the date of the fact itself."""

    name: str
    label: str
    kind: Literal["day", "days", "text", "flag"] = "day"
    required: bool = True
    happened: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class FactForm:
    """The form of one kind of fact, with the article it rests on."""

    kind: str
    article: str
    fields: tuple[Field, ...]

    @property
    def label(self) -> str:
        """The Dutch name of the fact."""
        return legal_facts.FACT_LABELS[self.kind]


FACT_FORMS: Mapping[str, FactForm] = {
    form.kind: form
    for form in (
        FactForm(
            "verdaging",
            "Woo art. 4.4, tweede lid",
            (
                Field("medegedeeld", "Meegedeeld aan de verzoeker op", happened=True),
                Field("dagen", "Aantal dagen", "days", help="Ten hoogste 14 dagen (twee weken)."),
            ),
        ),
        FactForm(
            "zienswijze",
            "Woo art. 4.4, derde lid; Awb art. 4:8",
            (
                Field(
                    "mededeling_verzoeker",
                    "Verzoeker ingelicht op",
                    happened=True,
                    help="De termijn staat stil vanaf de dag erna.",
                ),
                Field("termijn", "Derde mag reageren tot en met", required=False),
                Field("einde", "Zienswijze ontvangen op", required=False, help="Leeg zolang de zienswijze loopt."),
            ),
        ),
        FactForm(
            "precisering",
            "Woo art. 4.1, vijfde lid; Awb art. 4:15",
            (
                Field("uitnodiging", "Uitnodiging verstuurd op", happened=True),
                Field(
                    "antwoordtermijn",
                    "Verzoeker mag antwoorden tot en met",
                    required=False,
                    help="Zonder termijn staat de beslistermijn niet stil.",
                ),
                Field("gepreciseerd", "Antwoord ontvangen op", required=False, help="Leeg zolang er geen antwoord is."),
            ),
        ),
        FactForm(
            "instemming_uitstel",
            "Awb art. 4:15, tweede lid, onder a",
            (
                Field("schriftelijk", "Schriftelijke instemming van", happened=True),
                Field("van", "Uitstel van"),
                Field("tot_en_met", "Uitstel tot en met"),
            ),
        ),
        FactForm(
            "vertraging_aanvrager",
            "Awb art. 4:15, tweede lid, onder b",
            (
                Field("van", "Vertraging van", happened=True),
                Field("tot_en_met", "Vertraging tot en met", required=False),
            ),
        ),
        FactForm(
            "overmacht",
            "Awb art. 4:15, tweede lid, onder c",
            (
                Field("van", "Overmacht van", happened=True),
                Field("tot_en_met", "Overmacht tot en met", required=False),
                Field("medegedeeld", "Meegedeeld aan de verzoeker op", required=False),
            ),
        ),
        FactForm(
            "doorzending",
            "Woo art. 4.2, eerste lid",
            (Field("datum", "Doorgezonden op", happened=True), Field("naar", "Doorgezonden naar", "text")),
        ),
        FactForm(
            "ontvangst", "Woo art. 4.4, eerste lid", (Field("datum", "Ontvangen na doorzending op", happened=True),)
        ),
        FactForm(
            "buitenlandse_informatie",
            "Awb art. 4:15, eerste lid, onder b",
            (
                Field("mededeling", "Verzoeker ingelicht op", happened=True),
                Field("ontvangen", "Informatie ontvangen op", required=False),
            ),
        ),
        FactForm(
            "voorlopige_voorziening",
            "Woo art. 4.4, vijfde lid; Awb art. 8:81",
            (
                Field(
                    "verzocht",
                    "Gevraagd aan de rechter op",
                    happened=True,
                    help="Zolang dit loopt, gaat niets naar buiten.",
                ),
                Field("uitspraak", "Uitspraak op", required=False),
                Field("toegewezen", "De rechter houdt openbaarmaking tegen", "flag", required=False),
                Field("ingetrokken", "Ingetrokken op", required=False),
            ),
        ),
        FactForm("received", "Awb art. 2:17", (Field("datum", "Verzoek ontvangen op", happened=True),)),
    )
}
ADDABLE = tuple(kind for kind in FACT_FORMS if kind != "received")


def read_fact(form: FactForm, sent: Form) -> tuple[date, dict[str, Any]]:
    """The day a fact took place and its data, as `legal_facts.record_fact` wants them. Dates are kept as YYYY-MM-DD."""
    data: dict[str, Any] = {}
    happened: date | None = None
    for field in form.fields:
        value = _read(field, sent)
        if field.happened and isinstance(value, date):
            happened = value
        if value is not None and form.kind != "received":
            data[field.name] = value.isoformat() if isinstance(value, date) else value
    if happened is None:
        raise InputRejected("De datum van dit feit ontbreekt. Er is niets opgeslagen. Vul de datum in.")
    return happened, data


def told(fact: CaseEvent) -> list[tuple[str, str]]:
    """What a fact says, as label and value for the screen."""
    form = FACT_FORMS.get(fact.kind)
    if form is None:
        return []
    return [(f.label, _shown(f, fact.data[f.name])) for f in form.fields if not f.happened and fact.data.get(f.name)]


def filled(fact: CaseEvent) -> dict[str, str]:
    """The values of a fact for the form that corrects it."""
    form = FACT_FORMS[fact.kind]
    return {f.name: fact.happened_on.isoformat() if f.happened else str(fact.data.get(f.name, "")) for f in form.fields}


def _read(field: Field, sent: Form) -> date | int | str | None:
    if field.kind == "day":
        return sent.day(field.name, field.label) if field.required else sent.optional_day(field.name, field.label)
    if field.kind == "days":
        return sent.number(field.name)
    if field.kind == "flag":
        return sent.flag(field.name) or None
    value = sent.text(field.name, 200)
    if field.required and not value:
        raise InputRejected(f"Vul in: {field.label}. Er is niets opgeslagen.")
    return value or None


def _shown(field: Field, value: Any) -> str:
    if field.kind == "day":
        return f"{date.fromisoformat(str(value)):%d-%m-%Y}"
    return "ja" if value is True else str(value)
