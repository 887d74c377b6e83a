"""Any term of the Woo and the Awb by itself: kind, first day and events in, the date with its sum out.

Also for terms outside a Woo case (active disclosure, parliamentary enquiry). Nothing is stored; the address holds
dates only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import FormData
from starlette.responses import Response

from woo.errors import InputRejected
from woo.law.deadlines import Deadline, LegalEvent, decision_deadline
from woo.law.rules import OTHER_TERMS, RULES, begins_when, events_of
from woo.web.workbench.fact_forms import read_fact
from woo.web.workbench.fact_table import FACT_FORMS, FactForm, Field, Kind
from woo.web.workbench.forms import Form
from woo.web.workbench.visit import Visit

ADDRESS = "/termijnen/rekenen"
KINDS = tuple(dict.fromkeys((*(rule.kind for rule in RULES), *OTHER_TERMS)))
_MOST = 9
_MOST_DAYS = 366 * 20
_TELLS_ONLY = frozenset({"mededeling_te_laat", "overleg_prioritering", "deelbesluit", "doorzending"})
"""Events that stand in the sum of a case without moving its date: of no use here."""
_SET = FactForm(
    "gestelde_termijn", "", "Wpe art. 14", (Field("einde", "Termijn van de commissie tot en met", happened=True),), ""
)
_FORMS: Mapping[str, FactForm] = {**FACT_FORMS, "verzuim": FACT_FORMS["bezwaar_verzuim"], _SET.kind: _SET}
_LABELS = {"gestelde_termijn": "Termijn van de commissie", "verzuim": "Herstel van het bezwaar gevraagd"}


@dataclass(frozen=True, slots=True)
class Block:
    """The fields for one event of a kind; `prefix` keeps several of a kind apart."""

    prefix: str
    label: str
    article: str
    fields: tuple[Field, ...]


def show(visit: Visit) -> Response:
    """The calculator: first the kind, then its day and events, then the sum."""
    asked = {name: value[:80] for name, value in visit.request.query_params.items()}
    kind = asked.get("soort", "")
    found, refusal = None, ""
    if kind and kind not in KINDS:
        kind, refusal = "", "Deze soort termijn kennen wij niet. Kies een soort uit de lijst."
    if kind and asked.get("begin"):
        found, refusal = _compute(kind, asked, visit.house.database.clock.today())
    return visit.page(
        "calculator.html",
        422 if refusal else 200,
        kinds=KINDS,
        kind=kind,
        begins=begins_when(kind) if kind else "",
        blocks=blocks_of(kind, asked) if kind else [],
        values=asked,
        found=found,
        refusal=refusal,
    )


def blocks_of(kind: str, asked: Mapping[str, str]) -> list[Block]:
    """The events that can move this term: those that were filled in, and one empty one of each kind."""
    blocks = []
    for event in sorted(events_of(kind) - _TELLS_ONLY, key=list(_FORMS).index):
        form, number = _FORMS[event], 1
        while number < _MOST and _filled(f"{event}-{number}", form, asked):
            number += 1
        label = _LABELS.get(event) or form.label
        blocks += [
            Block(f"{event}-{n}", label if n == 1 else f"{label} ({n})", form.article, _fields(form))
            for n in range(1, (2 if event == _SET.kind else number + 1))
        ]
    return blocks


def _fields(form: FactForm) -> tuple[Field, ...]:
    return tuple(field for field in form.fields if field.kind in (Kind.DAY, Kind.NUMBER, Kind.FLAG))


def _filled(prefix: str, form: FactForm, asked: Mapping[str, str]) -> bool:
    return any(asked.get(f"{prefix}-{field.name}") for field in _fields(form))


def _compute(kind: str, asked: Mapping[str, str], today: date) -> tuple[Deadline | None, str]:
    try:
        start = Form(FormData(asked)).day("begin", "Begindag")
        events = [event for block in blocks_of(kind, asked) if (event := event_in(block, asked))]
        found = decision_deadline(start, events, kind, today=today)
    except InputRejected as error:
        return None, str(error).replace(" Er is niets opgeslagen.", "")
    if found.gross_days > _MOST_DAYS:
        return None, "Deze datums liggen te ver weg. Controleer de jaartallen."
    return found, ""


def event_in(block: Block, asked: Mapping[str, str]) -> LegalEvent | None:
    """The event in one block, where anything was filled in; InputRejected where that is no event."""
    sent = {field.name: asked.get(f"{block.prefix}-{field.name}", "") for field in block.fields}
    if not any(sent.values()):
        return None
    kind = block.prefix.rsplit("-", 1)[0]
    _, data = read_fact(FactForm(kind, "", block.article, block.fields, ""), Form(FormData(sent)))
    return LegalEvent(kind, data)
