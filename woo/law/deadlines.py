"""The legal clock: from the events of a case to the last day, with the sum (Woo ch. 4, Awb 4:15, Atw).

A pure function: no clock, no database. The order of the events has no meaning, and what is withdrawn leaves no trace.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from woo.errors import InputRejected
from woo.law.calendar import ONE_DAY
from woo.law.dutch import date_in_words
from woo.law.events import (
    LegalEvent,
    event_from,
    in_words,
    parse_day,
    read_day,
    read_optional_day,
    require_order,
    standing_events,
)
from woo.law.reckoning import sum_term
from woo.law.rules import RULES, rule_for, term_name
from woo.law.set_terms import set_term
from woo.law.sums import Alternative, Deadline, Period, Step

__all__ = [
    "RULES", "Alternative", "Deadline", "LegalEvent", "Period", "Step", "deadline_of_case", "decision_deadline",
]


def decision_deadline(
    received: date | str,
    events: Sequence[LegalEvent] = (),
    kind: str = "beslistermijn",
    *,
    today: date | str | None = None,
    alternatives: bool = True,
) -> Deadline:
    """The last day of the decision term on a request received on `received`, with every step of the sum.

    `kind` may also name another term of `RULES`, or "beroep niet tijdig vanaf" or "parlementaire enquête"; `received`
    is then the day that term begins after. `today` is needed only for an event that still runs without an end. Without
    `alternatives` the other readings of the law are left out.
    Raises InputRejected with a Dutch sentence for input that cannot be right.
    """
    start = parse_day(received, "ontvangen")
    asked = None if today is None else parse_day(today, "peildatum")
    if not isinstance(events, Sequence) or isinstance(events, str | bytes):
        raise InputRejected("De gebeurtenissen zijn niet leesbaar: het moet een lijst zijn.")
    standing = standing_events(events)
    name = term_name(kind)
    if name == "parlementaire enquête":
        return _enquiry_term(start, standing)
    if name in ("ingebrekestelling", "beroep niet tijdig vanaf"):
        return _after_ingebrekestelling(name, start, standing, asked)
    receipt = _receipt(start, standing)
    rule = rule_for(name, receipt)
    if not rule.from_request:
        return sum_term(rule_for(name, start), start, standing, asked, alternatives=alternatives)
    return _explain_receipt(sum_term(rule, receipt, standing, asked, alternatives=alternatives), start, standing)


def deadline_of_case(case: object) -> Deadline:
    """The deadline of one case of the exchange format: `{kind, received, events, peildatum?}`, dates as YYYY-MM-DD."""
    if not isinstance(case, Mapping):
        raise InputRejected("De zaak is niet leesbaar: het moet een object zijn met 'kind', 'received' en 'events'.")
    rows = case.get("events", [])
    if not isinstance(rows, list):
        raise InputRejected("De gebeurtenissen zijn niet leesbaar: 'events' moet een lijst zijn.")
    received, today = parse_day(case.get("received"), "received"), case.get("peildatum")
    events = [event_from(row) for row in rows]
    return decision_deadline(received, events, term_name(case.get("kind")),
                             today=None if today is None else parse_day(today, "peildatum"))


def _receipt(received: date, events: Sequence[LegalEvent]) -> date:
    """The day on which the organ that decides received the request: after forwarding, its own day of receipt.

    Woo 4.2 lid 1 and 4.4 lid 1 do not say so for a forwarded request: an interpretation.
    """
    days = {received}
    for event in events:
        if event.kind == "ontvangst":
            days.add(read_optional_day(event, "ontvangen") or read_optional_day(event, "datum") or received)
        if event.kind == "doorzending":
            require_order(event, "datum", "ontvangen")
            days.add(read_optional_day(event, "ontvangen") or received)
    others = days - {received}
    if len(others) > 1:
        raise InputRejected("Er staan verschillende dagen van ontvangst. Trek de ontvangst in die niet klopt.")
    return others.pop() if others else received


def _explain_receipt(deadline: Deadline, received: date, events: Sequence[LegalEvent]) -> Deadline:
    """`deadline` with a line of zero days for a request that was forwarded or received on another day."""
    text = ""
    if deadline.start != received:
        text = f"De termijn telt vanaf de ontvangst bij het bevoegde bestuursorgaan: {date_in_words(deadline.start)}."
    elif any(event.kind == "doorzending" and event.data.get("omvang") == "geheel" for event in events):
        text = "Het verzoek is geheel doorgezonden. Daar telt de termijn vanaf de ontvangst bij dat bestuursorgaan."
    elif any(event.kind == "doorzending" for event in events):
        text = "Een deel van het verzoek is doorgezonden. Voor het deel dat blijft, verandert de termijn niet."
    if not text:
        return deadline
    line = Step(deadline.start, 0, "Woo 4.2 lid 1, 4.4 lid 1", text, interpretation=deadline.start != received)
    return replace(deadline, steps=(line, *deadline.steps))


def _after_ingebrekestelling(kind: str, start: date, events: Sequence[LegalEvent], today: date | None) -> Deadline:
    """The two weeks of Awb 6:12: the last day to decide or, for "beroep niet tijdig vanaf", the first day to appeal.

    One note to a ruling (ECLI:NL:RVS:2010:BN5684) counts the day of receipt as the first day: shown as another reading.
    """
    rule = rule_for("ingebrekestelling", start)
    main = sum_term(rule, start, events, today)
    other = sum_term(rule, start - ONE_DAY, events, today)
    later = ONE_DAY if kind == "beroep niet tijdig vanaf" else ONE_DAY * 0
    steps = main.steps
    if later:
        steps += (Step(main.deadline + later, 1, rule.article, "Beroep is mogelijk vanaf de dag daarna.", True),)
    text = "De dag waarop de ingebrekestelling is ontvangen, telt mee als eerste dag (ECLI:NL:RVS:2010:BN5684)."
    alternatives = (Alternative(other.deadline + later, other.nominal + later, rule.article, text),)
    return replace(
        main, kind=kind, deadline=main.deadline + later, nominal=main.nominal + later, steps=steps,
        alternatives=alternatives if other.deadline != main.deadline else (),
    )


def _enquiry_term(start: date, events: Sequence[LegalEvent]) -> Deadline:
    """The term that a parliamentary committee of enquiry set (Wpe 14): the Algemene termijnenwet does not apply."""
    ends = {read_day(event, "einde") for event in events if event.kind == "gestelde_termijn"}
    if len(ends) != 1:
        raise InputRejected("Vul één gestelde termijn in (gestelde_termijn: einde). Trek een oude termijn eerst in.")
    end = ends.pop()
    if end < start:
        raise InputRejected("De gestelde termijn ligt vóór de vordering. Verbeter een van beide datums.")
    term = set_term(
        "parlementaire enquête", start, end,
        ("Wpe 5, 6", f"De commissie vorderde de informatie op {date_in_words(start)}."),
        ("Wpe 14", f"De commissie stelde een termijn tot en met {date_in_words(end)}."),
    )
    others = tuple(
        f"De gebeurtenis '{in_words(kind)}' heeft geen invloed op deze termijn."
        for kind in dict.fromkeys(event.kind for event in events if event.kind != "gestelde_termijn")
    )
    return replace(term, warnings=(*others, *term.warnings))
