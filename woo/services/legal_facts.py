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
from woo.law.procedure import COURT_TERM, Decided, Dwangsom, Term, decided_among, dwangsommen, terms_of
from woo.law.rules import DECISION_EVENTS
from woo.services import audit, outbox, stages
from woo.services.work import Work

RECEIVED = "received"
WITHDRAWN = "withdrawn"
BESLUIT = "besluit"
JUDGE = "voorlopige_voorziening"
ENDED = "afsluiting"
FIXED = frozenset({RECEIVED, ENDED})
"""Facts without which the case cannot be: they can be corrected, not withdrawn."""
FACT_LABELS = {
    RECEIVED: "Verzoek ontvangen",
    "verdaging": "Verdaging meegedeeld",
    "zienswijze": "Zienswijze gevraagd",
    "precisering": "Precisering gevraagd",
    "instemming_uitstel": "Schriftelijke instemming met uitstel",
    "vertraging_aanvrager": "Vertraging door de verzoeker",
    "overmacht": "Overmacht",
    "aanvulling": "Aanvulling gevraagd",
    "doorzending": "Doorgezonden",
    "ontvangst": "Ontvangen na doorzending",
    "overleg_prioritering": "Overleg over de volgorde",
    "vordering": "Informatie gevorderd",
    "misbruik_gebleken": "Ander doel van de verzoeker gebleken",
    "buitenlandse_informatie": "Informatie uit het buitenland gevraagd",
    "mededeling_te_laat": "Vertraging gemeld aan de verzoeker",
    "deelbesluit": "Deelbesluit bekendgemaakt",
    BESLUIT: "Besluit bekendgemaakt",
    ENDED: "Zaak afgesloten zonder besluit op de inhoud",
    JUDGE: "Voorlopige voorziening gevraagd",
    "ingebrekestelling": "Ingebrekestelling ontvangen",
    "beroep_niet_tijdig": "Beroep niet tijdig beslissen",
    "uitspraak_niet_tijdig": "Uitspraak over niet tijdig beslissen",
    "bezwaar": "Bezwaar ontvangen",
    "bezwaar_verzuim": "Herstel van het bezwaar gevraagd",
    "bezwaar_commissie": "Adviescommissie aangekondigd",
    "bezwaar_hoorzitting": "Hoorzitting",
    "bezwaar_verdaging": "Beslissing op bezwaar verdaagd",
    "bezwaar_uitstel": "Uitstel van de beslissing op bezwaar",
    "beslissing_op_bezwaar": "Beslissing op bezwaar bekendgemaakt",
    "klacht_acoi": "Klacht bij het adviescollege (ACOI)",
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
    audit.take_turn(work)  # of two corrections of one fact at the same moment only the first may stand
    work.session.refresh(case, ["events", "phase"])
    if kind == RECEIVED and corrects is None and any(e.kind == RECEIVED for e in case.events):
        raise InputRejected("De ontvangst staat al vast. Er is niets opgeslagen. Verbeter de bestaande datum.")
    if corrects is not None:
        _check_corrected(case, kind, corrects)
    same = (kind, happened_on, data, note.strip())
    if corrects is None and any((f.kind, f.happened_on, f.data, f.note) == same for f in standing_facts(case)):
        raise InputRejected(
            "Dit feit staat er al, met dezelfde gegevens. Er is niets opgeslagen. Is dit een ander geval? Zet dan het "
            "verschil in de toelichting."
        )
    if kind == BESLUIT and case.phase != Phase.PUBLICATION:
        raise InputRejected("Het besluit wordt vastgelegd als u het neemt, niet als los feit. Er is niets opgeslagen.")
    if kind == ENDED and case.phase != Phase.CLOSED:
        raise InputRejected("Sluit de zaak af bij 'Wat nu'; dan staat ook dit feit vast. Er is niets opgeslagen.")
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
    procedure_terms(case, work.clock.today())
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
    if any(e.id == fact_id and e.kind in FIXED for e in case.events):
        raise InputRejected("Dit feit kan niet worden ingetrokken, alleen verbeterd. Er is niets veranderd.")
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


def deadline_from(
    standing: Sequence[Fact],
    today: date | None = None,
    extra: Sequence[LegalEvent] = (),
    *,
    alternatives: bool = True,
) -> Deadline:
    """The last day for the besluit from facts that stand; `extra` are events that somebody only supposes.

    A list of many cases leaves the `alternatives` out.
    """
    received = next(f.happened_on for f in standing if f.kind == RECEIVED)
    events = [LegalEvent(f.kind, f.data, str(f.id)) for f in standing if f.kind in DECISION_EVENTS]
    return decision_deadline(received, [*events, *extra], today=today, alternatives=alternatives)


def procedure_terms(case: Case, today: date) -> list[Term]:
    """Every term that follows from the facts of a case, of us and of others; what runs comes first, by date."""
    return procedure_from(standing_facts(case), today)


def procedure_from(standing: Sequence[Fact], today: date) -> list[Term]:
    """Every term that follows from facts that stand, the receipt among them."""
    received = next(f.happened_on for f in standing if f.kind == RECEIVED)
    return terms_of(received, _procedure(standing), today)


def court_term_from(standing: Sequence[Fact], today: date) -> date | None:
    """The first last day that a court set (Awb 8:55d) and that still asks for a decision; None where none does."""
    if all(f.kind != "uitspraak_niet_tijdig" for f in standing):
        return None
    ordered = [t.deadline for t in procedure_from(standing, today) if t.name == COURT_TERM and t.settled is None]
    return min((term.deadline for term in ordered if term), default=None)


def dwangsommen_of(case: Case, today: date) -> list[tuple[date, Dwangsom]]:
    """What was forfeited under each ruling, by the day on which the ruling was sent."""
    return dwangsommen(received_on(case), _procedure(standing_facts(case)), today)


def besluiten_of(case: Case) -> list[Decided]:
    """Every besluit against which bezwaar is open, the partial ones included, by date."""
    return decided_among(received_on(case), _procedure(standing_facts(case)))


def _procedure(standing: Sequence[Fact]) -> list[LegalEvent]:
    """The standing facts as events of the procedure; the receipt is no event but the start."""
    return [
        LegalEvent(
            f.kind,
            {"bekendgemaakt": f.happened_on, "bezwaar_verwacht": f.data.get("objection_expected")}
            if f.kind == BESLUIT
            else f.data,
            str(f.id),
        )
        for f in standing
        if f.kind != RECEIVED
    ]


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
