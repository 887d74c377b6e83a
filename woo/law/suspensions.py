"""Which days each event takes out of a term (Woo 4.4 lid 3, 7.3 lid 2; Awb 4:15, 7:10).

The trap: a zienswijze stops the term "tot en met" its last day, an invitation to supplement only "tot" that day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from woo.errors import InputRejected
from woo.law.calendar import ONE_DAY
from woo.law.dutch import date_in_words
from woo.law.events import LegalEvent, in_words, read_day, read_flag, read_optional_day, require_order
from woo.law.rules import TermRule
from woo.law.sums import Period


@dataclass(frozen=True, slots=True)
class Reading:
    """The choices where the law leaves room. The defaults are the house's: in doubt the earliest date.

    answer_day_counts: the day of the answer (supplement, information, advice) is suspended too: "tot en met".
    verdaging_after_extension: two weeks of verdaging run from the end that the Atw gave, not from the nominal end.
    in_extension: a suspension that begins in the days that the Atw added counts ("add"), keeps the days that were
    left ("resume"), or comes too late ("none").
    consent_continues: a delay agreed in time that begins the day after the term ended lengthens the term.
    """

    answer_day_counts: bool = False
    verdaging_after_extension: bool = False
    in_extension: str = "add"
    consent_continues: bool = False


@dataclass(frozen=True, slots=True)
class Suspension:
    """The days that one event takes out of the term. `period` is None when the event takes out none.

    `agreed` is the day on which the requester agreed to the delay, where that is what this is.
    """

    period: Period | None
    article: str
    text: str
    interpretation: bool = False
    warning: str = ""
    agreed: date | None = None
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What a suspension is read against: the rule of the term, the reading, and the day of asking, if known."""

    rule: TermRule
    reading: Reading
    today: date | None


def suspension_of(event: LegalEvent, setting: Setting, start: date) -> Suspension:
    """The suspension that `event` gives in a term that began after `start`; its kind must be one of `SUSPENDING`.

    Days up to and including `start` are no part of the term and are left out.
    """
    suspension = SUSPENDING[event.kind](event, setting)
    if suspension.period is None:
        return suspension
    return replace(suspension, period=_period(max(suspension.period.first, start + ONE_DAY), suspension.period.last))


def _period(first: date, last: date) -> Period | None:
    return Period(first, last) if first <= last else None


def _running_until(event: LegalEvent, end: str, setting: Setting, begin: date) -> tuple[date, bool]:
    """The date in field `end`; for what still runs: the day of asking, and True."""
    if (day := read_optional_day(event, end)) is not None:
        return day, False
    if setting.today is None:
        raise InputRejected(
            f"De gebeurtenis '{in_words(event.kind)}' loopt nog: '{in_words(end)}' ontbreekt. "
            "Vul die datum in, of geef een peildatum."
        )
    return max(setting.today, begin), True


def _zienswijze(event: LegalEvent, setting: Setting) -> Suspension:
    require_order(event, "mededeling_verzoeker", "einde")
    require_order(event, "mededeling_verzoeker", "termijn")
    told, limit = read_day(event, "mededeling_verzoeker"), read_optional_day(event, "termijn")
    given = read_optional_day(event, "einde")
    if given is None and limit is not None:
        last, running = limit, setting.today is None or setting.today <= limit
    else:
        last, running = _running_until(event, "einde", setting, told)
        last = min(last, limit or last)
    counts = setting.rule.zienswijze_last_day_counts
    return Suspension(
        _period(told + ONE_DAY, last if counts else last - ONE_DAY),
        setting.rule.zienswijze_article,
        f"De verzoeker hoorde op {date_in_words(told)} dat een derde om een zienswijze is gevraagd.",
        warning="De zienswijze loopt nog. De termijn verandert als de zienswijze er is." if running else "",
        open_end=running,
    )


_INVITATIONS = {
    "precisering": ("gepreciseerd", "Awb 4:15 lid 1 onder a", "het verzoek te preciseren"),
    "aanvulling": ("aangevuld", "Awb 4:5, 4:15 lid 1 onder a", "het verzoek aan te vullen"),
    "verzuim": ("hersteld", "Awb 6:6, 7:10 lid 2", "een gebrek in het bezwaarschrift te herstellen"),
}


def _invitation(event: LegalEvent, setting: Setting) -> Suspension:
    answered_field, article, purpose = _INVITATIONS[event.kind]
    # That the Woo's invitation is one "krachtens artikel 4:5" Awb follows only from Woo 4.1 lid 6: a choice.
    if uncertain := event.kind == "precisering":
        article = f"{setting.rule.precisering_article}; {article}"
    require_order(event, "uitnodiging", answered_field)
    require_order(event, "uitnodiging", "antwoordtermijn")
    invited, limit = read_day(event, "uitnodiging"), read_optional_day(event, "antwoordtermijn")
    answered = read_optional_day(event, answered_field)
    text = f"Op {date_in_words(invited)} is gevraagd om {purpose}."
    if limit is None:
        text += " Er is geen termijn voor het antwoord gesteld (ABRvS 21 september 2016, ECLI:NL:RVS:2016:2527)."
        return Suspension(None, article, text, interpretation=True)
    running = answered is None and (setting.today is None or setting.today <= limit)
    end = min(answered or limit, limit)
    return Suspension(
        _period(invited + ONE_DAY, end if setting.reading.answer_day_counts else end - ONE_DAY),
        article,
        text,
        interpretation=uncertain,
        warning="Er is nog geen antwoord op de vraag aan de verzoeker. Er is gerekend tot het einde van de "
                "gestelde termijn. Komt het antwoord eerder, dan wordt de termijn korter." if running else "",
        open_end=running,
    )


def _foreign_information(event: LegalEvent, setting: Setting) -> Suspension:
    require_order(event, "mededeling", "ontvangen")
    told = read_day(event, "mededeling")
    end, running = _running_until(event, "ontvangen", setting, told)
    return Suspension(
        _period(told + ONE_DAY, end if running or setting.reading.answer_day_counts else end - ONE_DAY),
        "Awb 4:15 lid 1 onder b",
        f"De verzoeker hoorde op {date_in_words(told)} dat informatie uit het buitenland nodig is.",
        open_end=running,
    )


def _agreed_delay(event: LegalEvent, setting: Setting) -> Suspension:
    require_order(event, "van", "tot_en_met")
    period = Period(read_day(event, "van"), read_day(event, "tot_en_met"))
    article = "Awb 4:15 lid 2 onder a" if setting.rule.from_request else "Awb 7:10 lid 4"
    if event.data.get("schriftelijk") in (None, False):
        warning = "Een uitstel telt niet mee: de instemming is niet schriftelijk of de datum daarvan ontbreekt."
        return Suspension(None, article, "Er is geen schriftelijke instemming met uitstel.", warning=warning)
    agreed = None if event.data["schriftelijk"] is True else read_day(event, "schriftelijk")
    when = f" op {date_in_words(agreed)}" if agreed else ""
    text = f"De verzoeker stemde{when} schriftelijk in met uitstel."
    return Suspension(period, article, text, agreed=agreed)


_DELAYS = {
    "vertraging_aanvrager": ("Awb 4:15 lid 2 onder b", "De vertraging komt door de verzoeker."),
    "overmacht": ("Awb 4:15 lid 2 onder c", "Door overmacht kan het bestuursorgaan niet beslissen."),
}


def _delay(event: LegalEvent, setting: Setting) -> Suspension:
    require_order(event, "van", "tot_en_met")
    first = read_day(event, "van")
    last, running = _running_until(event, "tot_en_met", setting, first)
    article, text = _DELAYS[event.kind]
    warning = ""
    if event.kind == "overmacht" and read_optional_day(event, "medegedeeld") is None:
        warning = "De overmacht is nog niet aan de verzoeker meegedeeld. Doe dat zo snel mogelijk, met de nieuwe " \
                  "termijn (Awb 4:15 lid 3)."
    return Suspension(Period(first, last), article, text, warning=warning, open_end=running)


def _acoi_complaint(event: LegalEvent, setting: Setting) -> Suspension:
    require_order(event, "verzonden", "advies")
    sent = read_day(event, "verzonden")
    end, running = _running_until(event, "advies", setting, sent)
    counts = running or setting.reading.answer_day_counts
    return Suspension(
        _period(sent + ONE_DAY, end if counts else end - ONE_DAY),
        "Woo 7.3 lid 2",
        f"Op {date_in_words(sent)} is een klacht naar het adviescollege (ACOI) gestuurd.",
        interpretation=True,
        open_end=running,
    )


SUSPENDING: Mapping[str, Callable[[LegalEvent, Setting], Suspension]] = {
    "zienswijze": _zienswijze,
    "precisering": _invitation,
    "aanvulling": _invitation,
    "verzuim": _invitation,
    "buitenlandse_informatie": _foreign_information,
    "instemming_uitstel": _agreed_delay,
    "vertraging_aanvrager": _delay,
    "overmacht": _delay,
    "klacht_acoi": _acoi_complaint,
}



@dataclass(frozen=True, slots=True)
class Wait:
    """Woo 4.4 lid 5: nothing is supplied before `until`, the day on which the judge ruled or the request ended."""

    until: date
    text: str
    period: Period | None


def wait_for_judge(event: LegalEvent) -> Wait:
    """What a `voorlopige_voorziening` does to the day of supply; InputRejected while there is no day to name."""
    require_order(event, "verzocht", "uitspraak")
    require_order(event, "verzocht", "ingetrokken")
    asked = read_day(event, "verzocht")
    ends = [day for name in ("uitspraak", "ingetrokken") if (day := read_optional_day(event, name))]
    if not ends:
        raise InputRejected("De voorzieningenrechter heeft nog niet beslist. Verstrek de informatie niet. "
                            "Er is nog geen datum te berekenen.")
    if read_flag(event, "toegewezen", default=False):
        raise InputRejected("De voorzieningenrechter heeft de openbaarmaking tegengehouden. Verstrek de informatie "
                            "niet. Volg de uitspraak; er is nu geen datum te berekenen.")
    until = min(ends)
    text = f"Op {date_in_words(asked)} is een voorlopige voorziening gevraagd. De informatie wordt niet verstrekt " \
           f"voordat de rechter heeft beslist of het verzoek is ingetrokken: {date_in_words(until)}."
    return Wait(until, text, _period(asked, until - ONE_DAY))
