"""The terms after a besluit: supply, bezwaar, complaint to the ACOI, decision on bezwaar, beroep (Woo 4.4, 7.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from woo.errors import InputRejected
from woo.law import terms
from woo.law.deadlines import decision_deadline
from woo.law.dutch import date_in_words
from woo.law.events import LegalEvent, read_choice, read_day, read_flag, read_optional_day
from woo.law.procedure_terms import Dossier, Term, computed, first_on_or_after
from woo.law.set_terms import set_term
from woo.law.sums import Deadline

ENDINGS = {
    "ingetrokken": "Ingetrokken door de verzoeker",
    "doorgezonden": "Geheel doorgezonden (Woo art. 4.2)",
    "niet_behandeld": "Niet behandeld: geen precisering (Woo art. 4.1, zesde lid)",
    "antimisbruik": "Niet behandeld: oneigenlijk verzoek (Woo art. 4.6)",
    "geen_woo_verzoek": "Geen Woo-verzoek, of dubbel geregistreerd",
}
"""How a request can end without a besluit on its content."""
DECIDED_ENDINGS = frozenset({"niet_behandeld", "antimisbruik"})
"""The endings that are themselves a besluit against which bezwaar is open (Awb 1:3, 7:1)."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A besluit against which bezwaar is open: what it is, when it was made known, whether objection is expected."""

    name: str
    day: date
    objection_expected: bool

    @property
    def about(self) -> str:
        """How a screen names it: "besluit van 12 juni 2026"."""
        return f"{self.name} van {date_in_words(self.day)}"


def decided(dossier: Dossier) -> list[Decided]:
    """Every besluit of the case, the partial ones and those not to treat the request included, by date."""
    found = [
        Decided(name, read_day(event, "bekendgemaakt"), read_flag(event, "bezwaar_verwacht", default=False))
        for kind, name in (("besluit", "besluit"), ("deelbesluit", "deelbesluit"))
        for event in dossier.of(kind)
    ]
    found += [
        Decided("besluit om niet te behandelen", read_day(event, "datum"), False)
        for event in dossier.of("afsluiting")
        if read_choice(event, "wijze", ENDINGS) in DECIDED_ENDINGS
    ]
    return sorted(set(found), key=lambda besluit: (besluit.day, besluit.name))


def objection_terms(dossier: Dossier) -> Iterator[Term]:
    """Every term that a besluit set going."""
    found = decided(dossier)
    for besluit in found:
        yield from _supply(dossier, besluit)
        yield _objecting(dossier, besluit)
    for day in sorted({besluit_day(event, found) for event in dossier.of("bezwaar")}):
        yield from _bezwaar(dossier, day, found)
    for event in dossier.of("bezwaar_hoorzitting"):
        yield _hearing(event)
    for event in dossier.of("beslissing_op_bezwaar"):
        yield _appealing(read_day(event, "bekendgemaakt"))


def besluit_day(event: LegalEvent, found: Sequence[Decided]) -> date:
    """The day of the besluit that `event` is about: the one it names, or the only one there is."""
    if (named := read_optional_day(event, "besluit_van")) is not None:
        return named
    if len({besluit.day for besluit in found}) == 1:
        return found[0].day
    raise InputRejected("Kies bij dit feit tegen welk besluit het gaat.")


def _about(dossier: Dossier, kind: str, day: date) -> list[LegalEvent]:
    found = decided(dossier)
    return [event for event in dossier.of(kind) if besluit_day(event, found) == day]


def bezwaar_term(dossier: Dossier, day: date) -> Deadline:
    """The term for bezwaar against the besluit of `day`; a complaint to the ACOI suspends it (Woo 7.3 lid 2)."""
    complaints = [
        replace(event, data={name: value for name, value in event.data.items() if name != "besluit_van"})
        for event in _about(dossier, "klacht_acoi", day)
    ]
    return terms.bezwaar_until(day, complaints, today=dossier.today)


def _objecting(dossier: Dossier, besluit: Decided) -> Term:
    term = Term("Bezwaar maken", None, "Awb 6:7", about=besluit.about)
    return computed(term, lambda: bezwaar_term(dossier, besluit.day))


def _appealing(announced: date) -> Term:
    term = Term("Beroep instellen", None, "Awb 6:7, 8:1", about=f"beslissing op bezwaar van {date_in_words(announced)}")
    return computed(term, lambda: decision_deadline(announced, (), "einde beroepstermijn"))


def _supply(dossier: Dossier, besluit: Decided) -> Iterator[Term]:
    """Woo 4.4 lid 5: with the besluit, or two weeks later when an interested party will object or asked the judge."""
    waits = dossier.of("voorlopige_voorziening") if besluit.name != "besluit om niet te behandelen" else ()
    if besluit.objection_expected or waits:
        yield computed(
            Term("Informatie verstrekken", None, "Woo 4.4 lid 5", about=besluit.about, first_day=True),
            lambda: terms.supply_not_before(besluit.day, waits),
        )


def _bezwaar(dossier: Dossier, day: date, found: Sequence[Decided]) -> Iterator[Term]:
    """The decision on every bezwaar against the besluit of `day`: one term for all (Awb 7:10)."""
    about = next((besluit.about for besluit in found if besluit.day == day), "")
    term = Term("Beslissen op bezwaar", None, "Awb 7:10", about=f"tegen {about}", duty=True)
    if not about:
        yield replace(term, about="", problem=f"Er is geen besluit van {date_in_words(day)} vastgelegd. "
                                              "Verbeter de datum bij het bezwaar.")
        return
    answers = [read_day(event, "bekendgemaakt") for event in _about(dossier, "beslissing_op_bezwaar", day)]
    came = [read_day(event, "ontvangen") for event in _about(dossier, "bezwaar", day)]
    yield computed(
        replace(term, settled=first_on_or_after(answers, min(came)), notes=tuple(_bezwaar_notes(dossier, day))),
        lambda: bezwaar_decision(dossier, day),
    )


def _bezwaar_notes(dossier: Dossier, day: date) -> Iterator[str]:
    try:
        until = bezwaar_term(dossier, day).deadline
        committee = _committee(dossier, day, until)
    except InputRejected:
        return  # the term itself says what is wrong
    for event in _about(dossier, "bezwaar", day):
        came, posted = read_day(event, "ontvangen"), read_optional_day(event, "verzonden")
        if terms.bezwaar_in_time(until, came, posted):
            posted_in_time = ", want op tijd gepost (Awb 6:9 lid 2)" if came > until else ""
            yield f"Bezwaar van {date_in_words(came)}: op tijd{posted_in_time}."
        else:
            yield f"Bezwaar van {date_in_words(came)}: te laat. Het is niet-ontvankelijk, tenzij de indiener niet in " \
                  "verzuim was (Awb 6:11). Beslis ook daarop."
    if _about(dossier, "bezwaar_commissie", day) and not committee:
        yield "De commissie is pas na de zes weken aangekondigd. De termijn blijft zes weken (ECLI:NL:RVS:2016:2233)."


def _committee(dossier: Dossier, day: date, until: date) -> bool:
    """Whether a committee was announced to the objector before the six weeks were over (Awb 7:13 lid 2)."""
    six = terms.bezwaar_decision_by(until).deadline
    return any(read_day(event, "medegedeeld") <= six for event in _about(dossier, "bezwaar_commissie", day))


_AS_IN_THE_RULES = {
    "bezwaar_verzuim": "verzuim", "bezwaar_verdaging": "verdaging", "bezwaar_uitstel": "instemming_uitstel",
}


def bezwaar_decision(dossier: Dossier, day: date) -> Deadline:
    """The term for the decision on bezwaar against the besluit of `day` (Awb 7:10; after ACOI advice Woo 7.3 lid 3)."""
    until = bezwaar_term(dossier, day)
    advised = [read_optional_day(event, "advies") for event in _about(dossier, "klacht_acoi", day)]
    if last := max((advice for advice in advised if advice), default=None):
        return terms.bezwaar_decision_after_acoi(last)
    events = [
        LegalEvent(name, {key: value for key, value in event.data.items() if key != "besluit_van"})
        for kind, name in _AS_IN_THE_RULES.items()
        for event in _about(dossier, kind, day)
    ]
    committee = _committee(dossier, day, until.deadline)
    found = terms.bezwaar_decision_by(until.deadline, events, committee=committee)
    return replace(found, provisional=found.provisional or until.provisional)


def _hearing(event: LegalEvent) -> Term:
    invited, on = read_day(event, "uitgenodigd"), read_optional_day(event, "zitting")
    term = Term("Hoorzitting", None, "Awb 7:2", about=f"uitnodiging van {date_in_words(invited)}")
    if on is None:
        return replace(term, problem="De dag van de hoorzitting is nog niet ingevuld.")
    article = "Awb 7:2"
    return replace(term, deadline=set_term("hoorzitting", invited, on, (article, "De indiener is uitgenodigd."),
                                           (article, f"De hoorzitting is op {date_in_words(on)}.")))
