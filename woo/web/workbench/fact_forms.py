"""Reading the form of a legal fact and telling what a fact says; what each form asks is in `fact_table`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models import Case, CaseEvent
from woo.errors import InputRejected
from woo.law.dutch import date_in_words
from woo.services import legal_facts
from woo.web.workbench.fact_table import FACT_FORMS, FactForm, Field, Kind
from woo.web.workbench.forms import Form


def read_fact(form: FactForm, sent: Form) -> tuple[date, dict[str, Any]]:
    """The day a fact took place and its data, as `legal_facts.record_fact` wants them. Dates are kept as YYYY-MM-DD."""
    data: dict[str, Any] = {}
    happened: date | None = None
    for field in form.fields:
        value = _read(field, sent)
        if field.happened and isinstance(value, date):
            happened = value
        if value is not None and form.kind != legal_facts.RECEIVED:
            data[field.name] = value.isoformat() if isinstance(value, date) else value
    if happened is None:
        raise InputRejected("De datum van dit feit ontbreekt. Er is niets opgeslagen. Vul de datum in.")
    return happened, data


def told(fact: CaseEvent) -> list[tuple[str, str]]:
    """What a fact says, as label and value for the screen."""
    form = FACT_FORMS.get(fact.kind)
    if form is None:
        return []
    return [
        (field.label, _shown(field, fact.data[field.name]))
        for field in form.fields
        if not field.happened and fact.data.get(field.name)
    ]


def filled(fact: CaseEvent) -> dict[str, str]:
    """The values of a fact for the form that corrects it."""
    form = FACT_FORMS[fact.kind]
    return {
        field.name: fact.happened_on.isoformat() if field.happened else _sent(fact.data.get(field.name))
        for field in form.fields
    }


def choices_of(case: Case, form: FactForm) -> dict[str, Sequence[tuple[str, str]]]:
    """What can be chosen in each field that has a list; the besluiten are those of the case."""
    found: dict[str, Sequence[tuple[str, str]]] = {}
    for field in form.fields:
        if field.kind is Kind.CHOICE:
            found[field.name] = list((field.choices or {}).items())
        elif field.kind is Kind.BESLUIT:
            found[field.name] = [(b.day.isoformat(), b.about.capitalize()) for b in legal_facts.besluiten_of(case)]
    return found


def lacks_besluit(form: FactForm, choices: Mapping[str, Sequence[tuple[str, str]]]) -> bool:
    """Whether the fact is about a besluit while the case has none yet."""
    return any(field.kind is Kind.BESLUIT and not choices[field.name] for field in form.fields)


def _read(field: Field, sent: Form) -> date | int | str | None:
    match field.kind:
        case Kind.DAY | Kind.BESLUIT:
            return sent.day(field.name, field.label) if field.required else sent.optional_day(field.name, field.label)
        case Kind.NUMBER:
            return sent.number(field.name) if field.required else sent.optional_number(field.name)
        case Kind.FLAG:
            return sent.flag(field.name) or None
        case Kind.CHOICE:
            return _chosen(field, sent.text(field.name, 60))
        case Kind.TEXT:
            value = sent.text(field.name, 200)
            if field.required and not value:
                raise InputRejected(f"Vul in: {field.label}. Er is niets opgeslagen.")
            return value or None


def _chosen(field: Field, value: str) -> str:
    if value not in (field.choices or {}):
        raise InputRejected(f"Maak een keuze bij '{field.label}'. Er is niets opgeslagen.")
    return value


def _sent(value: Any) -> str:
    if value is True:
        return "ja"
    return "" if value is None else str(value)


def _shown(field: Field, value: Any) -> str:
    match field.kind:
        case Kind.DAY:
            return f"{date.fromisoformat(str(value)):%d-%m-%Y}"
        case Kind.BESLUIT:
            return date_in_words(date.fromisoformat(str(value)))
        case Kind.CHOICE:
            return (field.choices or {}).get(str(value), str(value))
    return "ja" if value is True else str(value)
