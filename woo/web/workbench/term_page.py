"""The term of one case on its own page: picture, sum, other readings, and "wat als" beside it. Nothing is stored.

What is supposed stands in the address: dates only, no personal data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from models import Case
from woo.errors import InputRejected
from woo.law.calendar import working_days_between
from woo.law.deadlines import Deadline, LegalEvent
from woo.services import legal_facts
from woo.web.workbench.calculator import Block, blocks_of, event_in
from woo.web.workbench.case_page import tabs_of
from woo.web.workbench.fact_table import FACT_FORMS
from woo.web.workbench.forms import Form
from woo.web.workbench.timeline import timeline_svg
from woo.web.workbench.visit import Visit

_ENDS = {"zienswijze": "einde", "precisering": "gepreciseerd"}
_MOST_DAYS = 366 * 5


@dataclass(frozen=True, slots=True)
class SupposedFact:
    """A standing fact as it would be: the answer that is awaited has come."""

    id: Any
    kind: str
    happened_on: date
    data: dict[str, Any]
    corrects_id: Any = None


def show(visit: Visit) -> Response:
    """The term of the case, and what it would be with what the visitor supposes."""
    with visit.reading() as work:
        case = visit.case(work)
        today = work.clock.today()
        standing = legal_facts.standing_facts(case)
        values = {name: value[:20] for name, value in visit.request.query_params.items()}
        real, problem = _sum(standing, today)
        blocks, (supposed, refusal) = _blocks(values), (None, "")
        if any(values.get(name) for name in _names(blocks)):
            supposed, refusal = _suppose(case, today, values, blocks)
        taken = legal_facts.besluit_on(case)
        return visit.page(
            "term.html",
            422 if refusal else 200,
            case=case,
            tab="",
            tabs=tabs_of(visit, case),
            real=real,
            problem=problem,
            picture=timeline_svg(real, today, taken) if real else "",
            supposed=supposed,
            refusal=refusal,
            supposed_picture=timeline_svg(supposed, today, taken, name="wat-als") if supposed else "",
            moved=_moved(real, supposed),
            verdaging=FACT_FORMS["verdaging"],
            blocks=blocks,
            waiting=[f"{f.kind}" for f in standing if _waits(f)],
            values=values,
            today=today,
        )


def _blocks(values: dict[str, str]) -> list[Block]:
    """What may be supposed: all that moves the term, as in the calculator. A verdaging is that of today."""
    return [b for b in blocks_of("beslistermijn", values) if not b.prefix.startswith("verdaging-")]


def _suppose(
    case: Case, today: date, values: dict[str, str], blocks: list[Block]
) -> tuple[Deadline | None, str]:
    """The sum with the supposed events, or why they cannot be."""
    try:
        answered = Form(FormData(values)).optional_day("antwoord", "Antwoord ontvangen op")
        facts: list[Any] = [
            SupposedFact(f.id, f.kind, f.happened_on, {**f.data, _ENDS[f.kind]: answered.isoformat()})
            if answered and _waits(f)
            else f
            for f in legal_facts.standing_facts(case)
        ]
        extra = [event for block in blocks if (event := event_in(block, values))]
        if values.get("verdaging") == "ja":
            extra.append(LegalEvent("verdaging", {"medegedeeld": today.isoformat(), "dagen": 14}))
        found = legal_facts.deadline_from(facts, today, extra)
    except InputRejected as error:
        return None, str(error).replace(" Er is niets opgeslagen.", "")
    if found.gross_days > _MOST_DAYS:
        return None, "Deze datums liggen te ver weg. Controleer de jaartallen."
    return found, ""


def _waits(fact: Any) -> bool:
    """Whether an answer to this fact is still awaited."""
    return fact.kind in _ENDS and not fact.data.get(_ENDS[fact.kind])


def _sum(standing: list[Any], today: date) -> tuple[Deadline | None, str]:
    try:
        return legal_facts.deadline_from(standing, today), ""
    except InputRejected as error:
        return None, str(error)


def _moved(real: Deadline | None, supposed: Deadline | None) -> tuple[int, int] | None:
    """By how many calendar days and working days the last day moves."""
    if real is None or supposed is None:
        return None
    days = (supposed.deadline - real.deadline).days
    return days, working_days_between(real.deadline, supposed.deadline)


def _names(blocks: list[Block]) -> list[str]:
    return ["verdaging", "antwoord", *(f"{block.prefix}-{field.name}" for block in blocks for field in block.fields)]
