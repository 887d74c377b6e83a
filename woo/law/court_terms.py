"""The terms when no decision came in time: ingebrekestelling, beroep niet tijdig, what a court orders (Awb 6:12, 8:55).

No dwangsom by force of law exists for Woo decisions (Woo 8.2). What a court orders is entered as its ruling says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from woo.errors import InputRejected
from woo.law import terms
from woo.law.deadlines import decision_deadline
from woo.law.dutch import date_in_words
from woo.law.dwangsom import Dwangsom, dwangsom
from woo.law.events import LegalEvent, read_choice, read_day, read_flag, read_optional_day
from woo.law.objection_terms import besluit_day, bezwaar_decision, decided
from woo.law.procedure_terms import Dossier, Term, computed, first_on_or_after
from woo.law.set_terms import set_term
from woo.law.sums import Deadline

SUBJECTS = {"verzoek": "het besluit op het verzoek", "bezwaar": "de beslissing op bezwaar"}
"""What was not decided in time."""
COURT_TERM = "Beslissen na de uitspraak"
"""The name of the term that a court set, among the others."""
OUTCOMES = {"gegrond": "Gegrond: wij moeten alsnog beslissen", "niet_gegrond": "Niet gegrond, of ingetrokken"}
"""What the court said."""


def court_terms(dossier: Dossier) -> Iterator[Term]:
    """Every term that follows from not deciding in time."""
    for event in dossier.of("ingebrekestelling"):
        yield from _notice(dossier, event)
    for event in dossier.of("beroep_niet_tijdig"):
        yield _appeal(dossier, event)
    for event in dossier.of("uitspraak_niet_tijdig"):
        if read_choice(event, "uitkomst", OUTCOMES) == "gegrond":
            yield _order(dossier, event)


def forfeited(dossier: Dossier) -> list[tuple[date, Dwangsom]]:
    """The dwangsom of each ruling that set one, by the day on which the ruling was sent."""
    found = []
    for event in dossier.of("uitspraak_niet_tijdig"):
        per_day, most = event.data.get("dwangsom_per_dag"), event.data.get("dwangsom_maximum")
        if read_choice(event, "uitkomst", OUTCOMES) == "gegrond" and isinstance(per_day, int):
            sent = read_day(event, "verzonden")
            last_day = _ordered(event).deadline
            amount = dwangsom(per_day, most if isinstance(most, int) else 0, last_day,
                              _decided_after(dossier, event, sent), dossier.today)
            found.append((sent, amount))
    return sorted(found, key=lambda pair: pair[0])


def _subject(event: LegalEvent) -> str:
    return read_choice(event, "over", SUBJECTS)


def _decided_after(dossier: Dossier, event: LegalEvent, day: date) -> date | None:
    """The day on which what was late was decided after all, on or after `day`."""
    if _subject(event) == "verzoek":
        ended = dossier.ended()
        return ended if ended and ended >= day else None
    answers = [read_day(answer, "bekendgemaakt") for answer in dossier.of("beslissing_op_bezwaar")]
    return first_on_or_after(answers, day)


def _due(dossier: Dossier, event: LegalEvent) -> Deadline:
    """The term that was not kept; of several decisions on bezwaar the earliest."""
    if _subject(event) == "verzoek":
        return dossier.decision()
    found = decided(dossier)
    days = {besluit_day(bezwaar, found) for bezwaar in dossier.of("bezwaar")}
    if not days:
        raise InputRejected("Er is geen bezwaar vastgelegd. Leg eerst het bezwaar vast.")
    return min((bezwaar_decision(dossier, day) for day in days), key=lambda term: term.deadline)


def _notice(dossier: Dossier, event: LegalEvent) -> Iterator[Term]:
    """A valid notice gives two weeks; a premature one nothing (ECLI:NL:RVS:2013:BY9944)."""
    came = read_day(event, "ontvangen")
    about = f"ingebrekestelling ontvangen op {date_in_words(came)}"
    again = Term("Alsnog beslissen", None, "Awb 6:12", about=about, duty=True)
    try:
        due = _due(dossier, event).deadline
    except InputRejected as error:
        yield replace(again, problem=str(error))
        return
    if not terms.ingebrekestelling_is_valid(came, due):
        why = f"De ingebrekestelling is te vroeg: {SUBJECTS[_subject(event)]} mag tot en met {date_in_words(due)}. " \
              "Zij heeft geen gevolg. Meld dat aan de indiener."
        yield Term("Ingebrekestelling zonder gevolg", None, "Awb 6:12", about=about, notes=(why,), settled=came)
        return
    done = _decided_after(dossier, event, came)
    no_dwangsom = "Er loopt geen dwangsom van rechtswege (Woo 8.2)."
    yield computed(
        replace(again, notes=(no_dwangsom,), settled=done),
        lambda: decision_deadline(came, (), "ingebrekestelling"),
    )
    yield computed(
        Term("Beroep niet tijdig is mogelijk", None, "Awb 6:12", about=about, settled=done, first_day=True),
        lambda: terms.appeal_possible_from(came),
    )


def _appeal(dossier: Dossier, event: LegalEvent) -> Term:
    """The court rules within eight weeks, or thirteen when it holds a hearing (Awb 8:55b)."""
    came, hearing = read_day(event, "ontvangen"), read_flag(event, "zitting", default=False)
    answers = [read_day(order, "verzonden") for order in dossier.of("uitspraak_niet_tijdig")]
    notes = () if _was_notified(dossier, event, came) else (
        "Er is geen geldige ingebrekestelling vastgelegd waarvan de twee weken voorbij waren. Meld dat aan de "
        "rechtbank (Awb 6:12).",
    )
    kind = "uitspraak beroep niet tijdig na zitting" if hearing else "uitspraak beroep niet tijdig"
    return computed(
        Term("Uitspraak van de rechtbank", None, "Awb 8:55b", about=f"beroep van {date_in_words(came)}", notes=notes,
             settled=first_on_or_after(answers, came)),
        lambda: decision_deadline(came, (), kind),
    )


def _was_notified(dossier: Dossier, appeal: LegalEvent, came: date) -> bool:
    """Whether a valid notice about the same subject was two weeks old when the appeal came."""
    try:
        due = _due(dossier, appeal).deadline
    except InputRejected:
        return True  # the term that cannot be computed says so itself
    notices = [read_day(e, "ontvangen") for e in dossier.of("ingebrekestelling") if _subject(e) == _subject(appeal)]
    return any(
        terms.ingebrekestelling_is_valid(day, due) and terms.appeal_possible_from(day).deadline <= came
        for day in notices
    )


def _order(dossier: Dossier, event: LegalEvent) -> Term:
    """The court's term takes the place of the two weeks (Awb 8:55d, Woo 8.4)."""
    sent = read_day(event, "verzonden")
    return computed(
        Term(COURT_TERM, None, "Awb 8:55d", about=f"uitspraak van {date_in_words(sent)}",
             settled=_decided_after(dossier, event, sent), duty=True),
        lambda: _ordered(event),
    )


def _ordered(event: LegalEvent) -> Deadline:
    sent, until = read_day(event, "verzonden"), read_optional_day(event, "termijn_tot")
    if until is None:
        return decision_deadline(sent, (), "besluit na uitspraak")
    if until < sent:
        raise InputRejected("De termijn van de rechter ligt vóór de uitspraak. Verbeter een van beide datums.")
    return set_term(
        "besluit na uitspraak", sent, until,
        ("Awb 8:55d lid 1", f"De uitspraak is verzonden op {date_in_words(sent)}."),
        ("Woo 8.4, Awb 8:55d lid 3", f"De rechter stelde een termijn tot en met {date_in_words(until)}."),
    )
