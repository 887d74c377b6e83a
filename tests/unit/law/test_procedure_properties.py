"""What must hold for the terms of every procedure, whatever happened in it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_deadline_properties import JUNK

from woo.errors import InputRejected
from woo.law.calendar import is_working_day
from woo.law.deadlines import decision_deadline
from woo.law.events import FIELDS, LegalEvent
from woo.law.procedure import ENDINGS, OUTCOMES, SUBJECTS, decided_among, dwangsommen, terms_of
from woo.law.rules import OTHER_TERMS, RULES, events_of

RECEIVED, TODAY = date(2026, 1, 12), date(2026, 9, 1)
BESLUIT_DAY = "2026-03-02"
CHOICES = {"wijze": list(ENDINGS), "over": list(SUBJECTS), "uitkomst": list(OUTCOMES), "omvang": ["deel", "geheel"]}
KINDS = sorted(set(FIELDS) - {"intrekking", "gestelde_termijn", "verzuim", "besluit", "afsluiting", "ontvangst"})


@st.composite
def events(draw: st.DrawFn, kinds: list[str] = KINDS) -> LegalEvent:
    """An event of any kind that can have been: its dates follow each other, its choices exist."""
    kind = draw(st.sampled_from(kinds))
    data: dict[str, object] = {}
    day = RECEIVED + timedelta(days=draw(st.integers(0, 120)))
    for name in FIELDS[kind]:
        if name in CHOICES and not (kind == "deelbesluit" and name == "over"):
            data[name] = draw(st.sampled_from(CHOICES[name]))
    order = {"bezwaar": ["verzonden", "ontvangen"]}.get(kind, _in_order(kind))
    for place, name in enumerate(order):
        if place and day > TODAY:
            break
        data[name] = day.isoformat()
        day += timedelta(days=draw(st.integers(0, 30)))
    if "dagen" in FIELDS[kind]:
        data["dagen"] = draw(st.integers(1, 60))
    if "besluit_van" in FIELDS[kind]:
        data["besluit_van"] = BESLUIT_DAY
    if kind == "uitspraak_niet_tijdig" and draw(st.booleans()):
        data |= {"dwangsom_per_dag": 100, "dwangsom_maximum": 15_000}
    return LegalEvent(kind, data)


def _in_order(kind: str) -> list[str]:
    """The date fields of a kind in the order in which they happen."""
    first = ("uitnodiging", "uitgenodigd", "mededeling_verzoeker", "mededeling", "schriftelijk", "van", "gevorderd",
             "verzonden", "verzocht", "datum", "medegedeeld", "bekendgemaakt")
    skip = {"dagen", "besluit_van", "dwangsom_per_dag", "dwangsom_maximum", "zitting", "toegewezen", "bezwaar_verwacht",
            "naar", "bij", "afspraak", "deel", "gelezen", *CHOICES}
    names = [name for name in FIELDS[kind] if name not in skip]
    return sorted(names, key=lambda name: (first.index(name) if name in first else len(first), name))


HISTORIES = st.lists(events(), max_size=8).map(
    lambda found: [LegalEvent("deelbesluit", {"bekendgemaakt": BESLUIT_DAY, "over": "iets"}), *found]
)


@given(HISTORIES, st.randoms(use_true_random=False))
@settings(max_examples=80)
def test_the_order_of_events_never_matters_to_any_term(history: list[LegalEvent], dice: random.Random) -> None:
    shuffled = history[:]
    dice.shuffle(shuffled)

    assert terms_of(RECEIVED, shuffled, TODAY) == terms_of(RECEIVED, history, TODAY)
    assert dwangsommen(RECEIVED, shuffled, TODAY) == dwangsommen(RECEIVED, history, TODAY)


@given(HISTORIES, events())
@settings(max_examples=80)
def test_adding_and_withdrawing_any_event_leaves_every_term_as_it_was(
    history: list[LegalEvent], mistake: LegalEvent
) -> None:
    withdrawn = [*history, replace(mistake, id="vergissing"), LegalEvent("intrekking", {"betreft": "vergissing"})]

    assert terms_of(RECEIVED, withdrawn, TODAY) == terms_of(RECEIVED, history, TODAY)


@given(HISTORIES)
@settings(max_examples=80)
def test_every_term_ends_on_a_working_day_adds_up_and_explains_itself(history: list[LegalEvent]) -> None:
    for term in terms_of(RECEIVED, history, TODAY):
        assert (term.deadline is None) or not term.problem
        if found := term.deadline:
            at = found.start + timedelta(days=sum(step.days for step in found.steps))
            assert at == found.deadline, term.name
            # Thirteen weeks at the court are too long for the Atw, and a set term is not extended: both say so.
            # Appeal is possible from any day.
            tells = any("geen werkdag" in warning for warning in found.warnings)
            assert is_working_day(found.deadline) or tells or found.kind == "beroep niet tijdig vanaf", term.name


@given(HISTORIES)
@settings(max_examples=50)
def test_the_decision_term_is_the_one_that_the_clock_gives(history: list[LegalEvent]) -> None:
    found = next(term for term in terms_of(RECEIVED, history, TODAY) if term.duty and term.article == "Woo 4.4")
    kinds = events_of("beslistermijn")

    if found.deadline:
        clock = decision_deadline(RECEIVED, [event for event in history if event.kind in kinds], today=TODAY)
        assert found.deadline == clock


@pytest.mark.slow
@given(st.lists(st.builds(LegalEvent, st.sampled_from(sorted(FIELDS)), st.dictionaries(
    st.sampled_from(sorted({name for names in FIELDS.values() for name in names})),
    JUNK | st.sampled_from(["verzoek", "bezwaar", "gegrond", "geheel", "ingetrokken", "2026-03-02", "2026-02-14", 100]),
    max_size=6)), max_size=4))
@settings(max_examples=800)
def test_any_events_give_terms_or_a_dutch_refusal(history: list[LegalEvent]) -> None:
    for ask in (terms_of, dwangsommen):
        try:
            ask(RECEIVED, history, TODAY)
        except InputRejected as refusal:
            assert str(refusal).endswith(".")
    try:
        decided_among(RECEIVED, history)
    except InputRejected as refusal:
        assert str(refusal).endswith(".")


@given(st.sampled_from([*dict.fromkeys(rule.kind for rule in RULES), *OTHER_TERMS]),
       st.dates(date(2022, 5, 1), date(2028, 6, 1)), st.data())
@settings(max_examples=150)
def test_every_kind_of_term_is_blind_to_order_and_withdrawal(kind: str, start: date, data: st.DataObject) -> None:
    possible = sorted(events_of(kind) & set(KINDS))
    history = data.draw(st.lists(events(possible), max_size=4)) if possible else []
    history += [LegalEvent("gestelde_termijn", {"einde": start + timedelta(days=9)})] if "enquête" in kind else []
    mistake = LegalEvent("overmacht", {"van": start, "tot_en_met": start}, "x")
    gone = [mistake, LegalEvent("intrekking", {"betreft": "x"})]

    def answer(these: list[LegalEvent]) -> object:
        try:
            return decision_deadline(start, these, kind, today=TODAY)
        except InputRejected as refusal:
            return str(refusal)

    assert answer(history) == answer(history[::-1]) == answer([*gone, *history])
