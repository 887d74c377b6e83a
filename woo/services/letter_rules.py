"""What the clock makes of each letter of the procedure: the dates it says, its sum, and what keeps it from being sent.

Pure functions over the facts of a case. A letter that the clock does not accept is refused before it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models import Case, CaseEvent, Letter
from woo.errors import InputRejected
from woo.law import terms
from woo.law.calendar import why_not_working
from woo.law.deadlines import Deadline, LegalEvent, decision_deadline
from woo.law.dutch import date_in_words, day_in_words, days_in_words
from woo.publish.letter_kinds import Field, FieldKind, LetterKind
from woo.services import legal_facts
from woo.services.letter_moments import last_day_to_answer, standing, why_not


@dataclass(slots=True)
class Assessment:
    """What the facts and the clock say about one draft.

    `facts` and `labels` go into the letter as text; `shown` is the sum it prints; `refusals` keep it from being sent,
    `warnings` do not.
    """

    facts: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    shown: Deadline | None = None
    bezwaar_until: date | None = None
    refusals: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def assess(case: Case, kind: LetterKind, letter: Letter, today: date) -> Assessment:
    """What the facts of the case and the clock make of a draft."""
    assessment = Assessment(facts=_told(kind, letter.fields), flags=_choices(kind, letter.fields))
    if refused := why_not(case, kind, letter.dated or today):
        assessment.refusals.append(refused)
    if letter.dated and letter.dated > today:
        assessment.refusals.append("De datum van de brief ligt in de toekomst. Kies de dag waarop u hem verstuurt.")
    if letter.dated and letter.dated < legal_facts.received_on(case):
        assessment.refusals.append("De datum van de brief ligt vóór de ontvangst van het verzoek.")
    if letter.dated and letter.dated < today:
        assessment.warnings.append(
            f"De brief is gedateerd op {date_in_words(letter.dated)}. Verstuurt u hem vandaag? Pas dan de datum aan."
        )
    for one in kind.fields:
        _check_field(one, letter, assessment)
    assessment.shown = now = legal_facts.deadline_of(case, letter.dated or today)
    if kind.key in _ASSESSED:
        _ASSESSED[kind.key](case, letter, now, assessment)
    return assessment


def fact_of(kind: LetterKind, letter: Letter) -> LegalEvent | None:
    """The legal fact that sending this letter is; None where it is none, or while a date of it is still open."""
    if not kind.fact or letter.dated is None:
        return None
    try:
        return LegalEvent(kind.fact, _FACTS[kind.fact](letter, letter.dated.isoformat()))
    except KeyError:
        return None


def replaced_by(case: Case, fact: LegalEvent) -> CaseEvent | None:
    """The fact that stands and that this one takes the place of: overmacht from the same day, told (anew)."""
    if fact.kind != "overmacht":
        return None
    return next(iter(standing(case, "overmacht", van=str(fact.data["van"]))), None)


def note_of(letter: Letter) -> str:
    """The reason that is kept with the legal fact; the besluit prints that of a verdaging."""
    return str(letter.fields.get("reden", ""))


def open_day(letter: Letter, name: str) -> date | None:
    """The date in a field of a draft; None while it is empty."""
    value = letter.fields.get(name)
    return date.fromisoformat(value) if value else None


_FACTS: Mapping[str, Callable[[Letter, str], dict[str, Any]]] = {
    "verdaging": lambda letter, day: {"medegedeeld": day, "dagen": letter.fields["dagen"]},
    "zienswijze": lambda letter, day: {"mededeling_verzoeker": day, "termijn": letter.fields["termijn"]},
    "precisering": lambda letter, day: {"uitnodiging": day, "antwoordtermijn": letter.fields["antwoordtermijn"]},
    "mededeling_te_laat": lambda letter, day: {"medegedeeld": day, "nieuwe_datum": letter.fields["nieuwe_datum"]},
    "overmacht": lambda letter, day: {
        "van": letter.fields["van"],
        **({"tot_en_met": letter.fields["tot_en_met"]} if letter.fields.get("tot_en_met") else {}),
        "medegedeeld": day,
    },
    "overleg_prioritering": lambda _, day: {"datum": day},
    "doorzending": lambda letter, day: {
        "datum": day,
        "naar": letter.addressee_name,
        "omvang": letter.fields["omvang"],
        **({"deel": letter.fields["wat"]} if letter.fields["omvang"] == "deel" else {}),
    },
}


def _told(kind: LetterKind, fields: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a draft as the letter says them."""
    return {one.name: _in_words(one, fields.get(one.name)) for one in kind.fields}


def _in_words(one: Field, value: Any) -> str:
    if value in (None, ""):
        return ""
    if one.kind in (FieldKind.DAY, FieldKind.WORKING_DAY):
        return day_in_words(date.fromisoformat(value))
    if one.kind is FieldKind.DAYS:
        return days_in_words(int(value))
    return dict(one.choices)[value] if one.kind is FieldKind.CHOICE else str(value)


def _choices(kind: LetterKind, fields: Mapping[str, Any]) -> set[str]:
    return {f"{f.name}_{fields[f.name]}" for f in kind.fields if f.kind is FieldKind.CHOICE and fields.get(f.name)}


def _check_field(one: Field, letter: Letter, assessment: Assessment) -> None:
    value = letter.fields.get(one.name)
    if value in (None, ""):
        return
    if one.kind is FieldKind.DAYS and not 1 <= int(value) <= one.most:
        assessment.refusals.append(f"{one.label}: ten minste 1 en ten hoogste {one.most}.")
    if one.kind is FieldKind.WORKING_DAY:
        day = date.fromisoformat(value)
        if why := why_not_working(day):
            assessment.refusals.append(
                f"{one.label}: {date_in_words(day)} is geen werkdag ({why}). Kies een werkdag: de Algemene "
                "termijnenwet verlengt een termijn die u zelf stelt niet (interpretatie)."
            )
        if letter.dated and day <= letter.dated:
            assessment.refusals.append(f"{one.label}: deze dag moet na de datum van de brief liggen.")


_MOVED_BY = {"verdaging": "dagen", "zienswijze": "termijn", "precisering": "antwoordtermijn"}


def _moves_term(fact: str) -> Callable[[Case, Letter, Deadline, Assessment], None]:
    """The rule for a letter that makes the term longer: it says the new date, and is refused where it is too late."""

    def rule(case: Case, letter: Letter, now: Deadline, assessment: Assessment) -> None:
        assessment.labels["new_deadline"] = "de nieuwe uiterste datum (volgt uit de andere gegevens)"
        assessment.facts["new_deadline"] = ""
        if letter.dated and letter.dated > now.deadline and not assessment.refusals:
            assessment.refusals.append(
                f"De beslistermijn eindigde op {date_in_words(now.deadline)}. Deze brief maakt die termijn niet meer "
                "langer en zou dus iets zeggen dat niet klopt."
            )
        if letter.dated is None or not letter.fields.get(_MOVED_BY[fact]) or assessment.refusals:
            return
        supposed = LegalEvent(fact, _FACTS[fact](letter, letter.dated.isoformat()))
        try:
            then = legal_facts.deadline_from(legal_facts.standing_facts(case), letter.dated, [supposed])
        except InputRejected as error:
            assessment.refusals.append(str(error))
            return
        assessment.shown, assessment.facts["new_deadline"] = then, day_in_words(then.deadline)

    return rule


def _ask_precisering(case: Case, letter: Letter, now: Deadline, assessment: Assessment) -> None:
    by = terms.precisering_to_ask_by(legal_facts.received_on(case)).deadline
    if letter.dated and letter.dated > by:
        assessment.warnings.append(
            f"Preciseren vraagt u binnen twee weken na ontvangst: uiterlijk op {date_in_words(by)} (Woo art. 4.1, "
            "vijfde lid). Dat is voorbij."
        )
    _moves_term("precisering")(case, letter, now, assessment)


def _consult(case: Case, letter: Letter, now: Deadline, assessment: Assessment) -> None:
    first = decision_deadline(now.start).deadline
    if letter.dated and letter.dated > first:
        assessment.warnings.append(
            f"Het overleg over de prioritering begint voor het einde van de eerste termijn: {date_in_words(first)} "
            "(Woo art. 4.2a). Dat is voorbij."
        )
    wanted = open_day(letter, "uitstel_tot")
    if wanted and wanted <= now.deadline:
        assessment.refusals.append(
            f"De datum die u voorstelt, ligt niet na de uiterste datum van nu ({date_in_words(now.deadline)}). Dan is "
            "er geen uitstel nodig."
        )


def _end_zienswijze(case: Case, letter: Letter, now: Deadline, assessment: Assessment) -> None:
    ends = [
        min(date.fromisoformat(f.data["einde"]) if f.data.get("einde") else date.max, last_day_to_answer(f))
        for f in standing(case, "zienswijze")
    ]
    assessment.labels["suspension_end"] = "de laatste dag van de stilstand"
    assessment.facts["suspension_end"] = day_in_words(max(ends)) if ends and max(ends) < date.max else ""


def _tell_overmacht(case: Case, letter: Letter, _: Deadline, assessment: Assessment) -> None:
    """The term stands still from the overmacht on, not from the letter: late notice still counts (Awb 4:15 lid 2-4)."""
    assessment.labels["new_deadline"] = "de nieuwe uiterste datum (volgt uit de andere gegevens)"
    assessment.facts["new_deadline"] = ""
    first, last, wanted = (open_day(letter, name) for name in ("van", "tot_en_met", "verwacht"))
    _not_before_letter(letter, wanted, assessment)
    if letter.dated is None or first is None:
        return
    if first > letter.dated:
        assessment.refusals.append("De overmacht begint pas na de datum van de brief. Wacht met deze brief.")
        return
    fact = LegalEvent("overmacht", _FACTS["overmacht"](letter, letter.dated.isoformat()))
    replaced = replaced_by(case, fact)
    others = [f for f in legal_facts.standing_facts(case) if f is not replaced]
    without = legal_facts.deadline_from(others, letter.dated).deadline
    if first > without:
        assessment.refusals.append(
            f"De beslistermijn eindigde op {date_in_words(without)}, voordat de overmacht begon. Zij staat dan niet "
            "meer stil. Stuur een bericht van vertraging."
        )
        return
    try:
        then = legal_facts.deadline_from(others, letter.dated, [fact])
    except InputRejected as error:
        assessment.refusals.append(str(error))
        return
    assessment.shown = then
    if last is None:
        return
    assessment.facts["new_deadline"] = day_in_words(then.deadline)
    if wanted and wanted > then.deadline:
        assessment.warnings.append(
            f"Het besluit komt later dan de wet toestaat: uiterlijk {date_in_words(then.deadline)}. Stuur dan ook een "
            "bericht van vertraging."
        )


def _tell_delay(case: Case, letter: Letter, now: Deadline, assessment: Assessment) -> None:
    if letter.dated and now.has_passed(letter.dated):
        assessment.flags.add("passed")
    wanted = open_day(letter, "nieuwe_datum")
    if wanted and wanted <= now.deadline:
        assessment.refusals.append(
            f"De nieuwe datum ligt niet na de wettelijke termijn ({date_in_words(now.deadline)}). Dan bent u op tijd "
            "en is deze brief niet nodig."
        )
    _not_before_letter(letter, wanted, assessment)


def _answer_default(case: Case, letter: Letter, now: Deadline, assessment: Assessment) -> None:
    notice = next(reversed(standing(case, "ingebrekestelling", over="verzoek")), None)
    if notice is None:
        assessment.labels["ontvangen"] = "de dag van ontvangst van de ingebrekestelling"
        return
    received = notice.happened_on
    appeal = terms.appeal_possible_from(received)
    assessment.facts |= {
        "ontvangen": day_in_words(received),
        "two_weeks": date_in_words(decision_deadline(received, (), "ingebrekestelling").deadline),
        "appeal_from": day_in_words(appeal.deadline),
    }
    assessment.shown = then = legal_facts.deadline_of(case, received)
    if not terms.ingebrekestelling_is_valid(received, then.deadline):
        assessment.flags.add("premature")
        assessment.warnings.append(
            "De ingebrekestelling kwam voordat de termijn voorbij was. Zij is te vroeg en telt niet "
            "(ECLI:NL:RVS:2013:BY9944). De brief zegt dat."
        )
    assessment.warnings += [other.text for other in appeal.alternatives]
    _not_before_letter(letter, open_day(letter, "verwacht"), assessment)


def _not_before_letter(letter: Letter, wanted: date | None, assessment: Assessment) -> None:
    if wanted and letter.dated and wanted < letter.dated:
        assessment.refusals.append("De datum voor het besluit ligt vóór de datum van de brief.")


def _do_not_treat(case: Case, letter: Letter, now: Deadline, assessment: Assessment) -> None:
    ground = letter.fields.get("grond")
    if letter.dated:
        assessment.bezwaar_until = terms.bezwaar_until(letter.dated).deadline
    if ground == "precisering":
        _after_precisering(case, letter, assessment)
    elif ground:
        by = terms.abuse_decision_by(legal_facts.received_on(case)).deadline
        if letter.dated and letter.dated > by:
            late = f"Dit besluit moet binnen twee weken na ontvangst: uiterlijk op {date_in_words(by)} (Woo art. 4.6)."
            if ground == "ander_doel":
                assessment.warnings.append(
                    f"{late} Later mag alleen onverwijld nadat het andere doel is gebleken. Motiveer dat in de brief."
                )
            else:
                assessment.refusals.append(f"{late} Dat is voorbij. Op deze grond kan het niet meer.")


def _after_precisering(case: Case, letter: Letter, assessment: Assessment) -> None:
    asked = next(reversed(standing(case, "precisering")), None)
    assessment.labels |= {"invited": "de dag van de uitnodiging", "answer_by": "de termijn voor het antwoord"}
    assessment.facts |= {"invited": "", "answer_by": ""}
    if asked is None or not asked.data.get("antwoordtermijn"):
        assessment.refusals.append(
            "Er is geen uitnodiging om te preciseren met een termijn vastgelegd. Op deze grond kan het dan niet "
            "(Woo art. 4.1, zesde lid)."
        )
        return
    limit = last_day_to_answer(asked)
    assessment.facts |= {"invited": date_in_words(asked.happened_on), "answer_by": date_in_words(limit)}
    answered = asked.data.get("gepreciseerd")
    if not answered and letter.dated and letter.dated <= limit:
        assessment.refusals.append(f"De verzoeker kan nog antwoorden tot en met {date_in_words(limit)}.")
    by = terms.not_treating_after_precisering(date.fromisoformat(answered) if answered else limit).deadline
    if letter.dated and letter.dated > by:
        assessment.warnings.append(
            f"Dit besluit maakt u bekend binnen twee weken: uiterlijk op {date_in_words(by)} (Woo art. 4.1, zesde "
            "lid). Dat is voorbij."
        )


def _tell_third_party(case: Case, letter: Letter, _: Deadline, assessment: Assessment) -> None:
    """The besluit goes to the third party on the day it goes to the requester (Woo 4.4 lid 6)."""
    assessment.labels["besluit_date"] = "de dag van het besluit (u neemt het besluit op de zaak)"
    assessment.facts |= {"besluit_date": "", "release_date": ""}
    taken = next(reversed(standing(case, legal_facts.BESLUIT)), None)
    if taken is None:
        assessment.refusals.append("Neem eerst het besluit. Leg deze brief daarna op dezelfde dag vast als verstuurd.")
        return
    assessment.facts["besluit_date"] = date_in_words(taken.happened_on)
    if letter.dated and letter.dated < taken.happened_on:
        assessment.refusals.append("De datum van de brief ligt vóór het besluit.")
    if letter.dated and letter.dated > taken.happened_on:
        assessment.warnings.append(
            f"Deze brief gaat gelijktijdig met het besluit: op {date_in_words(taken.happened_on)} (Woo art. 4.4, zesde "
            "lid). Dat is voorbij."
        )
    if legal_facts.disclosure_stopped(case):
        assessment.flags |= {"release_later", "judge"}
    elif taken.data.get("objection_expected") and (day := legal_facts.disclosure_from(case)):
        assessment.flags.add("release_later")
        assessment.facts["release_date"] = day_in_words(day)


_ASSESSED: Mapping[str, Callable[[Case, Letter, Deadline, Assessment], None]] = {
    "verdaging": _moves_term("verdaging"),
    "zienswijze_mededeling": _moves_term("zienswijze"),
    "precisering": _ask_precisering,
    "overleg": _consult,
    "zienswijze_einde": _end_zienswijze,
    "overmacht": _tell_overmacht,
    "vertraging": _tell_delay,
    "ingebrekestelling": _answer_default,
    "niet_behandelen": _do_not_treat,
    "besluit_derde": _tell_third_party,
}
