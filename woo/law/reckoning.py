"""The sum of one term: weeks, verdaging, the union of the suspended days, and the Atw once, at the end.

One engine for every row of `rules.RULES`. Whole runs of suspended days are added, so that a long history costs
no more than a short one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from woo.errors import InputRejected
from woo.law.atw import Unit, atw_applies, extended_end
from woo.law.calendar import ONE_DAY, beyond_loaded_years, designated_from, designated_until, holidays, is_working_day
from woo.law.dutch import date_in_words, day_in_words, days_in_words, period_in_words
from woo.law.events import FIELDS, TEXT_FIELDS, LegalEvent, in_words, parse_day, read_day, unused_fields
from woo.law.rules import WEEKS_IN_WORDS, TermRule
from woo.law.sums import Alternative, Deadline, Period, Step, merged
from woo.law.suspensions import SUSPENDING, Reading, Setting, Suspension, suspension_of, wait_for_judge
from woo.law.verdaging import Verdaging, verdaging_of

_WITH_AN_ANSWER = frozenset({"precisering", "aanvulling", "verzuim", "buitenlandse_informatie", "klacht_acoi"})
# Each other reading, with the kinds of event without which it cannot make a difference.
_OTHER_READINGS = (
    (Reading(answer_day_counts=True), _WITH_AN_ANSWER, "Awb 4:15 lid 1 onder a",
     "De dag waarop het antwoord, de informatie of het advies kwam, telt ook als stilstand."),
    (Reading(verdaging_after_extension=True), frozenset({"verdaging"}), "Woo 4.4 lid 2; Atw 1",
     "De verdaging begint na de laatste dag die de Algemene termijnenwet geeft."),
    (Reading(in_extension="resume"), frozenset(SUSPENDING), "Woo 4.4 lid 3; Atw 1",
     "De dagen die door een weekend of feestdag nog over waren, lopen door na de stilstand."),
    (Reading(in_extension="none"), frozenset(SUSPENDING), "Woo 4.4 lid 3; Atw 1",
     "Een stilstand die pas begint in de extra dagen van de Algemene termijnenwet, telt niet mee."),
    (Reading(consent_continues=True), frozenset({"instemming_uitstel"}), "Awb 4:15 lid 2 onder a",
     "Het uitstel is op tijd afgesproken en sluit aan op het einde van de termijn. Daarom telt het mee."),
)
_OUTSIDE_THE_SUM = frozenset({"ontvangst", "doorzending"})


@dataclass
class _Tally:
    """The sum while it is being made: where the term ends so far, the steps and the warnings."""

    end: date
    steps: list[Step] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, days: int, article: str, text: str, *, interpretation: bool = False) -> None:
        self.end += timedelta(days=days)
        self.steps.append(Step(self.end, days, article, text, interpretation))

    def warn(self, *texts: str) -> None:
        self.warnings += [text for text in dict.fromkeys(texts) if text and text not in self.warnings]


@dataclass(frozen=True, slots=True)
class _Walk:
    """Where a number of running days ends when suspended runs are skipped; `late` begins in the Atw's extra days."""

    nominal: date
    counted: tuple[Period, ...]
    late: tuple[Period, ...]


def sum_term(
    rule: TermRule, start: date, events: Sequence[LegalEvent], today: date | None, *, alternatives: bool = True
) -> Deadline:
    """The end of the term `rule` that began on `start` (a day that does not count itself), with its sum.

    `events` are standing events (see `standing_events`); `today` is needed only for what still runs. Without
    `alternatives` the other readings are not worked out, for lists of many cases.
    """
    notes = _checked(rule, start, events)
    main = _sum_under(start, events, Setting(rule, Reading(), today))
    kinds = {event.kind for event in events} if alternatives else frozenset()
    others = [
        (_sum_under(start, events, Setting(rule, reading, today)), article, text)
        for reading, needs, article, text in _OTHER_READINGS
        if needs & kinds
    ]
    different = tuple(
        Alternative(other.deadline, other.nominal, article, text)
        for other, article, text in others
        if other.deadline != main.deadline
    )
    return replace(main, warnings=(*notes, *main.warnings), alternatives=different)


def _checked(rule: TermRule, start: date, events: Sequence[LegalEvent]) -> tuple[str, ...]:
    """Refuse dates that cannot be; warn about what has no effect on this term."""
    notes = [rule.warning] if rule.warning else []
    for event in events:
        for name in sorted(FIELDS[event.kind]):
            value = event.data.get(name)
            if isinstance(value, str | date) and name not in TEXT_FIELDS:
                day = parse_day(value, f"{in_words(event.kind)}: {in_words(name)}")
                if rule.from_request and day < start and event.kind not in _OUTSIDE_THE_SUM:
                    raise InputRejected(f"De datum '{in_words(name)}' van '{in_words(event.kind)}' ligt vóór de "
                                        "ontvangst van het verzoek. Dat kan niet. Verbeter een van beide datums.")
        notes += unused_fields(event)
        if event.kind == "precisering" and rule.precisering_article:
            notes += _asked_late(event, rule, start)
        if event.kind not in rule.events:
            notes.append(f"De gebeurtenis '{in_words(event.kind)}' heeft geen invloed op deze termijn.")
    return tuple(dict.fromkeys(notes))


def _asked_late(event: LegalEvent, rule: TermRule, start: date) -> list[str]:
    """Woo 4.1 lid 5 gives two weeks to ask; that a later question still stops the clock is an interpretation."""
    by = extended_end(start + timedelta(weeks=2))
    if read_day(event, "uitnodiging") <= by:
        return []
    return [f"De vraag om te preciseren is gesteld na {date_in_words(by)}. Dat is later dan twee weken na de "
            f"ontvangst ({rule.precisering_article}). Of de termijn dan stilstaat, is niet zeker. "
            "Laat een jurist dit controleren."]


def _sum_under(start: date, events: Sequence[LegalEvent], setting: Setting) -> Deadline:
    """The sum under one reading of the law. The lines add up under the house's reading only."""
    rule, tally = setting.rule, _Tally(start)
    tally.add(0, rule.article, f"Op {day_in_words(start)}: {rule.begins}. Die dag telt niet mee.")
    word = "Na" if rule.not_before else "Binnen"
    tally.add(rule.weeks * 7, rule.article, f"{word} {WEEKS_IN_WORDS[rule.weeks]} weken {rule.says}.",
              interpretation=rule.interpretation)
    own = [event for event in events if event.kind in rule.events]
    stops = [suspension_of(event, setting, start) for event in own if event.kind in SUSPENDING]
    verdaging, extra = _verdaging(setting, tally.end, stops, own)
    for days, text in verdaging.lines:
        tally.add(days, rule.verdaging_article, text, interpretation=verdaging.interpretation and days > 0)
    tally.warn(*verdaging.warnings)
    walk = _walk(setting, tally.end + extra, stops)
    _add_suspensions(tally, stops, walk)
    tally.end = walk.nominal
    waits = _add_waits(tally, own)
    _add_notices(tally, own)
    nominal = tally.end
    _extend(tally, rule)
    return Deadline(
        tally.end, nominal, tuple(tally.steps), tuple(tally.warnings), start, rule.kind,
        tuple(merged((*walk.counted, *waits))), provisional=any(stop.open_end for stop in stops),
    )


def _atw(rule: TermRule, day: date) -> date:
    return extended_end(day) if atw_applies(rule.weeks, Unit.WEEKS) else day


def _verdaging(
    setting: Setting, weeks_end: date, stops: Sequence[Suspension], events: Sequence[LegalEvent]
) -> tuple[Verdaging, timedelta]:
    """The verdaging, and the days by which another reading lets it begin later."""
    first = _walk(setting, weeks_end, stops).nominal
    last_day = _atw(setting.rule, first)
    notices = [event for event in events if event.kind == "verdaging"]
    verdaging = verdaging_of(notices, setting.rule, first, last_day)
    later = setting.reading.verdaging_after_extension and verdaging.days > 0
    return verdaging, last_day - first if later else timedelta()


def _walk(setting: Setting, nominal: date, stops: Sequence[Suspension]) -> _Walk:
    """Move `nominal` by each run of suspended days that begins before the term has ended."""
    counted, late = [], []
    for run in merged(stop.period for stop in stops if stop.period):
        last_day = _atw(setting.rule, nominal)
        if run.first <= nominal:
            nominal += run.days * ONE_DAY
        elif run.first <= last_day and setting.reading.in_extension != "none":
            late.append(run)
            left = last_day - run.first + ONE_DAY
            nominal = run.last + left if setting.reading.in_extension == "resume" else nominal + run.days * ONE_DAY
        elif setting.reading.consent_continues and _continues(run, last_day, stops):
            nominal = run.last
        else:
            continue
        counted.append(run)
    return _Walk(nominal, tuple(counted), tuple(late))


def _continues(run: Period, last_day: date, stops: Sequence[Suspension]) -> bool:
    """True when `run` begins the day after the term with a delay to which the requester agreed in time."""
    return run.first == last_day + ONE_DAY and any(
        stop.period and stop.period.first == run.first and stop.agreed and stop.agreed <= last_day for stop in stops
    )


def _add_suspensions(tally: _Tally, stops: Sequence[Suspension], walk: _Walk) -> None:
    """A line for each suspension with the days that no earlier one took; days are never counted twice."""
    for stop in (stop for stop in stops if stop.period is None):
        tally.add(0, stop.article, f"{stop.text} De termijn staat niet stil.", interpretation=stop.interpretation)
        tally.warn(stop.warning)
    taken = date.min
    ordered = [(stop.period, stop) for stop in stops if stop.period]
    for period, stop in sorted(ordered, key=lambda pair: (pair[0], pair[1].article, pair[1].text)):
        tally.warn(stop.warning)
        run = next((run for run in walk.counted if period.first in run), None)
        if run is None:
            text = f"{stop.text} De stilstand begint op {date_in_words(period.first)}, na het einde van de termijn. " \
                   "Deze telt niet mee."
            tally.add(0, stop.article, text, interpretation=stop.agreed is not None)
            tally.warn(text)
            continue
        new = max(0, (period.last - max(period.first, taken + ONE_DAY)).days + 1)
        taken = max(taken, period.last)
        counted_before = period.days - new
        text = f"{stop.text} De termijn staat stil {period_in_words(period.first, period.last)}: {days_in_words(new)}."
        if counted_before:
            text = f"{text} Al eerder geteld: {days_in_words(counted_before)}."
        tally.add(new, stop.article, text, interpretation=stop.interpretation or run in walk.late)
    if walk.late:
        tally.warn("Een stilstand begint in de extra dagen van de Algemene termijnenwet. De wet regelt dit niet. "
                   "De dagen zijn bij het einde van de termijn geteld. Laat een jurist dit controleren.")


def _add_waits(tally: _Tally, events: Sequence[LegalEvent]) -> list[Period]:
    """Woo 4.4 lid 5: wait for the judge. Returns the days on which nothing may be supplied."""
    waits = sorted(
        (wait_for_judge(event) for event in events if event.kind == "voorlopige_voorziening"),
        key=lambda wait: (wait.until, wait.text),
    )
    for wait in waits:
        tally.add(max(0, (wait.until - tally.end).days), "Woo 4.4 lid 5", wait.text)
    return [wait.period for wait in waits if wait.period]


_NOTICES = {
    "mededeling_te_laat": (
        "Awb 4:14 lid 1", "De verzoeker weet dat het besluit later komt. Dat verandert de wettelijke termijn niet."
    ),
    "overleg_prioritering": (
        "Woo 4.2a", "Met de verzoeker is overlegd over de volgorde. Dat verandert de termijn niet. Alleen een "
        "schriftelijke instemming met uitstel doet dat (Awb 4:15 lid 2 onder a)."
    ),
    "deelbesluit": ("Woo 4.4 lid 1", "Over een deel is besloten. Voor de rest loopt de termijn door."),
}


def _add_notices(tally: _Tally, events: Sequence[LegalEvent]) -> None:
    """A line of zero days for what people may think moves the term, and does not."""
    for event in events:
        if event.kind in _NOTICES:
            tally.add(0, *_NOTICES[event.kind])


def _extend(tally: _Tally, rule: TermRule) -> None:
    """The Algemene termijnenwet, once, and a warning where its holidays are not known yet."""
    nominal, last_day = tally.end, _atw(rule, tally.end)
    if last_day != nominal:
        name = holidays(nominal.year).get(nominal)
        text = f"{day_in_words(nominal).capitalize()} is geen werkdag{f' ({name})' if name else ''}. " \
               f"De eerste werkdag daarna is {day_in_words(last_day)}."
        tally.add((last_day - nominal).days, rule.article if rule.not_before else "Atw 1", text,
                  interpretation=rule.not_before)
    elif not is_working_day(nominal):
        tally.warn("De laatste dag is geen werkdag. De Algemene termijnenwet geldt niet voor een termijn van meer dan "
                   "twaalf weken (Atw 4), dus de termijn wordt niet langer.")
    if beyond_loaded_years(last_day):
        tally.warn(f"De vrije dagen die de regering aanwijst, zijn bekend voor {designated_from} tot en met "
                   f"{designated_until}. Deze datum ligt daarbuiten. Controleer of de datum klopt.")
