"""What must hold for every history of a request, and the sum against an independent count of days."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from day_by_day import deadline_day_by_day, works
from histories import KINDS, event_at, histories
from hypothesis import example, given, settings
from hypothesis import strategies as st

from woo.errors import InputRejected
from woo.law.deadlines import LegalEvent, deadline_of_case, decision_deadline
from woo.law.events import FIELDS

DAY = timedelta(days=1)


@pytest.mark.slow
def test_ten_thousand_random_histories_give_what_counting_day_by_day_gives() -> None:
    dice = random.Random(20220501)
    for _ in range(10_000):
        received = date(2022, 5, 1) + timedelta(days=dice.randrange(365 * 5))
        events = [
            event_at(received, dice.choice(KINDS), dice.randrange(75), dice.randrange(40), dice.randrange(40))
            for _ in range(dice.randrange(7))
        ]
        last_day, nominal, still = deadline_day_by_day(received, [(e.kind, dict(e.data)) for e in events])
        found = decision_deadline(received, events)

        assert (found.deadline, found.nominal) == (last_day, nominal), (received, events)
        assert {day for run in found.suspensions for day in days_of(run.first, run.last)} == still, (received, events)


def test_every_day_of_five_years_without_events_gives_what_counting_gives() -> None:
    for received in days_of(date(2022, 5, 1), date(2028, 11, 1)):
        found = decision_deadline(received)
        assert (found.deadline, found.nominal) == deadline_day_by_day(received, [])[:2]


def days_of(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_the_events_never_matters(history: tuple[date, list[LegalEvent]], dice: random.Random) -> None:
    received, events = history
    shuffled = events[:]
    dice.shuffle(shuffled)

    assert decision_deadline(received, shuffled) == decision_deadline(received, events)


@pytest.mark.slow
@given(histories(), st.integers(1, 90))
@settings(max_examples=400)
@example((date(2026, 1, 17), [LegalEvent("overmacht", {"van": "2026-02-16", "tot_en_met": "2026-02-25"})]), 29)
def test_one_more_suspended_day_never_makes_the_date_earlier(
    history: tuple[date, list[LegalEvent]], offset: int
) -> None:
    received, events = history
    day = received + timedelta(days=offset)
    more = [*events, LegalEvent("overmacht", {"van": day, "tot_en_met": day})]

    before, after = decision_deadline(received, events), decision_deadline(received, more)

    assert after.deadline >= before.deadline
    assert after.nominal >= before.nominal


@given(histories())
def test_the_last_day_is_a_working_day_and_never_before_the_nominal_end(
    history: tuple[date, list[LegalEvent]],
) -> None:
    found = decision_deadline(*history)

    assert found.deadline >= found.nominal >= history[0] + 28 * DAY
    assert works(found.deadline)
    assert all(works(other.deadline) for other in found.alternatives)


@given(histories(), st.sampled_from(KINDS), st.integers(0, 60), st.integers(0, 30))
def test_adding_and_withdrawing_an_event_leaves_no_trace(
    history: tuple[date, list[LegalEvent]], kind: str, begin: int, length: int
) -> None:
    received, events = history
    mistake = replace(event_at(received, kind, begin, length, length), id="vergissing")
    withdrawn = [*events, mistake, LegalEvent("intrekking", {"betreft": "vergissing"})]

    assert decision_deadline(received, withdrawn) == decision_deadline(received, events)


@given(histories())
def test_recording_an_event_twice_changes_no_date(history: tuple[date, list[LegalEvent]]) -> None:
    received, events = history

    once, twice = decision_deadline(received, events), decision_deadline(received, events * 2)

    assert (once.deadline, once.nominal, once.suspensions) == (twice.deadline, twice.nominal, twice.suspensions)


@given(histories())
def test_the_steps_add_up_to_the_date(history: tuple[date, list[LegalEvent]]) -> None:
    found = decision_deadline(*history)

    at = found.start
    for step in found.steps:
        at += timedelta(days=step.days)
        assert step.date == at
        assert step.article
        assert step.text.endswith(".")
    assert at == found.deadline
    assert found.gross_days == sum(step.days for step in found.steps)
    assert found.net_days + found.suspended_days == found.gross_days


@given(histories())
def test_the_term_stands_still_on_the_suspended_days_only(history: tuple[date, list[LegalEvent]]) -> None:
    received, events = history
    found = decision_deadline(received, events)
    still = deadline_day_by_day(received, [(event.kind, dict(event.data)) for event in events])[2]

    for day in days_of(received, found.deadline + 60 * DAY):
        assert found.suspended_on(day) == (day in still)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates() | st.datetimes()
    | st.sampled_from(["2026-01-12", "2026-02-30", "0000-00-00", "２０２６-01-01", "20260112"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
FIELD_NAMES = sorted({name for names in FIELDS.values() for name in names} | {"type", "id", "iets"})
JUNK_EVENT = st.dictionaries(st.sampled_from(FIELD_NAMES), JUNK, max_size=6).flatmap(
    lambda row: st.sampled_from([*FIELDS, "onbekend"]).map(lambda kind: {**row, "type": kind})
)


@pytest.mark.slow
@given(st.fixed_dictionaries(
    {"kind": st.sampled_from(["beslistermijn", "einde bezwaartermijn", "parlementaire enquête", "x"]) | JUNK,
     "received": st.just("2026-01-12") | JUNK, "events": st.lists(JUNK_EVENT | JUNK, max_size=4) | JUNK},
    optional={"peildatum": st.just("2026-03-01") | JUNK}) | JUNK)
@settings(max_examples=1500)
def test_any_input_gives_a_date_or_a_dutch_refusal(case: object) -> None:
    try:
        found = deadline_of_case(case)
    except InputRejected as refusal:
        assert str(refusal).endswith(".")
    else:
        assert isinstance(found.deadline, date)


@given(st.builds(LegalEvent, JUNK, JUNK, JUNK))
def test_an_event_built_from_anything_gives_a_date_or_a_refusal(event: LegalEvent) -> None:
    try:
        decision_deadline("2026-01-12", [event])
    except InputRejected as refusal:
        assert str(refusal)


@pytest.mark.parametrize(
    "received", [None, 3, "12-01-2026", "2026-1-2", "1899-01-01", datetime(2026, 1, 12), "2026-02-30"]
)
def test_a_day_of_receipt_that_is_no_plausible_date_is_refused(received: object) -> None:
    with pytest.raises(InputRejected):
        decision_deadline(received)  # type: ignore[arg-type]


@pytest.mark.parametrize("events", [None, "verdaging", 5, [None], ["verdaging"], {"verdaging": 1}])
def test_events_that_are_no_list_of_events_are_refused(events: object) -> None:
    with pytest.raises(InputRejected):
        decision_deadline("2026-01-12", events)  # type: ignore[arg-type]
