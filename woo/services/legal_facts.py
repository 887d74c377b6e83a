"""The legal facts of a case: entered with their real date, corrected by a later fact, and turned into the deadline.

The deadline is nowhere stored: `deadline_of` derives it from the facts each time (Woo art. 4.4, Awb art. 4:15, Atw).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from models import Case, CaseEvent
from woo.errors import InputRejected, NotAllowed
from woo.law.deadlines import Deadline, LegalEvent, decision_deadline
from woo.law.lifecycle import Phase, Role, Stage
from woo.services import audit, outbox, stages
from woo.services.work import Work

RECEIVED = "received"
WITHDRAWN = "withdrawn"
BESLUIT = "besluit"
JUDGE = "voorlopige_voorziening"
_NOT_IN_THE_SUM = frozenset({RECEIVED, WITHDRAWN, BESLUIT, JUDGE})
FACT_LABELS = {
    RECEIVED: "Verzoek ontvangen",
    "verdaging": "Verdaging meegedeeld",
    "zienswijze": "Zienswijze gevraagd",
    "precisering": "Precisering gevraagd",
    "instemming_uitstel": "Schriftelijke instemming met uitstel",
    "vertraging_aanvrager": "Vertraging door de verzoeker",
    "overmacht": "Overmacht",
    "doorzending": "Doorgezonden",
    "ontvangst": "Ontvangen na doorzending",
    "buitenlandse_informatie": "Informatie uit het buitenland gevraagd",
    "mededeling_te_laat": "Vertraging gemeld aan de verzoeker",
    JUDGE: "Voorlopige voorziening gevraagd",
    BESLUIT: "Besluit bekendgemaakt",
    WITHDRAWN: "Feit ingetrokken",
}
_RECORDERS = frozenset({Role.JURIST, Role.COORDINATOR, Role.SYSTEM})


class Fact(Protocol):
    """What a sum needs of a fact: a `CaseEvent`, or a row with just these columns."""

    @property
    def id(self) -> uuid.UUID: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def happened_on(self) -> date: ...  # noqa: D102
    @property
    def data(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def corrects_id(self) -> uuid.UUID | None: ...  # noqa: D102


AnyFact = TypeVar("AnyFact", bound=Fact)


def record_fact(
    work: Work,
    case: Case,
    kind: str,
    happened_on: date,
    data: dict[str, Any],
    *,
    note: str = "",
    corrects: uuid.UUID | None = None,
) -> CaseEvent:
    """Enter a legal fact, also back-dated. `corrects` names the fact that this one replaces.

    InputRejected where the fact is unknown or its dates make no sense: the clock is computed before it is kept.
    """
    if _RECORDERS.isdisjoint(work.actor.roles):
        raise NotAllowed("U mag geen feiten in de procedure vastleggen. Er is niets opgeslagen.")
    if kind not in FACT_LABELS:
        raise InputRejected("Dit soort feit is niet bekend. Er is niets opgeslagen.")
    if happened_on > work.clock.today():
        raise InputRejected("Een feit kan niet in de toekomst liggen. Er is niets opgeslagen. Verbeter de datum.")
    if kind == RECEIVED and corrects is None and any(e.kind == RECEIVED for e in case.events):
        raise InputRejected("De ontvangst staat al vast. Er is niets opgeslagen. Verbeter de bestaande datum.")
    if corrects is not None:
        _check_corrected(case, kind, corrects)
    if kind == BESLUIT and case.phase != Phase.PUBLICATION:
        raise InputRejected("Het besluit wordt vastgelegd als u het neemt, niet als los feit. Er is niets opgeslagen.")
    event = CaseEvent(
        case_id=case.id,
        kind=kind,
        happened_on=happened_on,
        data=data,
        note=note.strip(),
        corrects_id=corrects,
        recorded_at=work.clock.now(),
        recorded_by_id=work.actor.id,
    )
    work.session.add(event)
    work.session.flush()
    work.session.refresh(case, ["events"])
    deadline_of(case, work.clock.today())
    audit.record(work, "legal_fact_recorded", "case_event", event.id, case_id=case.id, kind=kind, sealed=[event])
    if case.phase == Phase.BESLUIT:  # the draft tells what happened
        stages.queue(work, case, Stage.BESLUIT)
    outbox.post(work, outbox.SHOW_CASE, case)
    return event


def _check_corrected(case: Case, kind: str, corrects: uuid.UUID) -> None:
    """Refuse a correction that would take another fact away than it brings: the clock would lose its ground."""
    corrected = next((e for e in standing_facts(case) if e.id == corrects), None)
    if corrected is None:
        raise InputRejected("Het feit dat u verbetert, geldt niet meer. Er is niets opgeslagen. Ververs de pagina.")
    if corrected.kind == BESLUIT:
        raise InputRejected("Een genomen besluit kan hier niet worden gewijzigd of ingetrokken. Er is niets veranderd.")
    if kind not in (corrected.kind, WITHDRAWN):
        raise InputRejected("U kunt een feit alleen verbeteren met hetzelfde soort feit. Er is niets opgeslagen.")


def withdraw_fact(work: Work, case: Case, fact_id: uuid.UUID, note: str) -> CaseEvent:
    """Withdraw a fact that was entered by mistake: it stays in the history and no longer counts."""
    if not note.strip():
        raise InputRejected("Geef een reden waarom dit feit niet klopt. Er is niets veranderd.")
    if any(e.id == fact_id and e.kind == RECEIVED for e in case.events):
        raise InputRejected("De ontvangst kan niet worden ingetrokken, alleen verbeterd. Er is niets veranderd.")
    return record_fact(work, case, WITHDRAWN, work.clock.today(), {}, note=note, corrects=fact_id)


def standing_facts(case: Case) -> list[CaseEvent]:
    """The facts that count: those that no later fact corrects or withdraws."""
    return standing_among(case.events)


def standing_among(facts: Sequence[AnyFact]) -> list[AnyFact]:
    """Those of all `facts` of one case that no later one corrects or withdraws."""
    corrected = {f.corrects_id for f in facts if f.corrects_id}
    return [f for f in facts if f.id not in corrected and f.kind != WITHDRAWN]


def received_on(case: Case) -> date:
    """The day the request was received, as it stands after corrections."""
    return next(e.happened_on for e in standing_facts(case) if e.kind == RECEIVED)


def besluit_on(case: Case) -> date | None:
    """The day the besluit was made known; None while there is none."""
    return next((e.happened_on for e in standing_facts(case) if e.kind == BESLUIT), None)


def deadline_of(case: Case, today: date | None = None) -> Deadline:
    """The last day for the besluit with its sum, from the facts (never stored). `today` counts a running suspension."""
    return deadline_from(standing_facts(case), today)


def deadline_from(standing: Sequence[Fact], today: date | None = None, extra: Sequence[LegalEvent] = ()) -> Deadline:
    """The last day for the besluit from facts that stand; `extra` are events that somebody only supposes."""
    received = next(f.happened_on for f in standing if f.kind == RECEIVED)
    events = [LegalEvent(f.kind, f.data, str(f.id)) for f in standing if f.kind not in _NOT_IN_THE_SUM]
    return decision_deadline(received, [*events, *extra], today=today)


def disclosure_from(case: Case) -> date | None:
    """The first day documents may go out where a third party objects or asked the judge (Woo 4.4 lid 5), else None.

    InputRejected while the judge has not ruled, or stopped it: then there is no such day.
    """
    taken = next((e for e in standing_facts(case) if e.kind == BESLUIT), None)
    waits = [LegalEvent(kind=e.kind, data=e.data, id=str(e.id)) for e in standing_facts(case) if e.kind == JUDGE]
    if taken is None or not (waits or taken.data.get("objection_expected")):
        return None
    return decision_deadline(taken.happened_on, waits, "feitelijke verstrekking niet eerder dan").deadline


def disclosure_stopped(case: Case) -> str:
    """Why no day for disclosure can be named now, in Dutch; empty where it can."""
    try:
        disclosure_from(case)
    except InputRejected as error:
        return str(error)
    return ""
