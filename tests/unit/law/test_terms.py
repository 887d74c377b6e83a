"""Terms beside the decision term: each on a worked date, with what can move it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from woo.errors import InputRejected
from woo.law import terms
from woo.law.deadlines import Deadline, LegalEvent, decision_deadline


def adds_up(found: Deadline) -> bool:
    """True when the days of the steps lead from the start to the deadline, and the last step names it."""
    total = sum(step.days for step in found.steps)
    return found.steps[-1].date == found.deadline == found.start + timedelta(days=total)


@pytest.mark.parametrize(
    ("kind", "start", "nominal", "last_day"),
    [
        ("besluit niet behandelen na precisering", "2026-02-16", "2026-03-02", "2026-03-02"),
        ("Einde beroepstermijn", "2026-08-10", "2026-09-21", "2026-09-21"),
        ("beslissing op bezwaar", "2026-05-18", "2026-06-29", "2026-06-29"),
        ("beslissing op bezwaar (geen commissie)", "2026-05-18", "2026-06-29", "2026-06-29"),
        ("beslissing op bezwaar (met commissie)", "2026-05-18", "2026-08-10", "2026-08-10"),
        ("beslissing op bezwaar na advies ACOI", "2026-04-20", "2026-05-04", "2026-05-04"),
        ("uitspraak beroep niet tijdig", "2026-01-05", "2026-03-02", "2026-03-02"),
        ("uitspraak beroep niet tijdig na zitting", "2026-01-03", "2026-04-04", "2026-04-04"),  # 13 weeks: no Atw
        ("besluit na uitspraak", "2026-03-20", "2026-04-03", "2026-04-07"),
        ("actieve openbaarmaking", "2026-04-21", "2026-05-05", "2026-05-06"),
        ("actieve openbaarmaking onderzoek", "2026-04-21", "2026-05-19", "2026-05-19"),
        ("actieve openbaarmaking herstelsanctie", "2026-04-21", "2026-05-05", "2026-05-06"),
        ("zienswijze actieve openbaarmaking", "2026-04-21", "2026-05-05", "2026-05-06"),
        ("actieve openbaarmaking niet eerder dan", "2026-04-21", "2026-05-05", "2026-05-06"),
        ("bijwerken overzicht", "2026-01-05", "2026-01-19", "2026-01-19"),
        ("ingebrekestelling", "2026-03-20", "2026-04-03", "2026-04-07"),
        ("beroep niet tijdig vanaf", "2026-03-09", "2026-03-24", "2026-03-24"),
    ],
)
def test_a_term_of_the_law_ends_on_its_day(kind: str, start: str, nominal: str, last_day: str) -> None:
    found = decision_deadline(start, kind=kind)

    assert (found.nominal.isoformat(), found.deadline.isoformat()) == (nominal, last_day)
    assert adds_up(found)


def test_a_long_term_that_ends_in_a_weekend_is_not_extended_and_says_so() -> None:
    found = decision_deadline("2026-01-03", kind="uitspraak beroep niet tijdig na zitting")

    assert any("Atw 4" in warning for warning in found.warnings)


def test_the_named_functions_start_their_terms_on_the_right_day() -> None:
    assert terms.precisering_to_ask_by(date(2026, 5, 1)).deadline == date(2026, 5, 18)
    assert terms.not_treating_after_precisering(date(2026, 2, 16)).deadline == date(2026, 3, 2)
    assert terms.abuse_decision_by(date(2026, 4, 21)).deadline == date(2026, 5, 6)
    assert terms.supply_not_before(date(2026, 3, 20)).deadline == date(2026, 4, 7)
    assert terms.bezwaar_until(date(2026, 4, 3)).deadline == date(2026, 5, 18)
    assert terms.bezwaar_decision_after_acoi(date(2026, 4, 20)).deadline == date(2026, 5, 4)
    assert terms.active_publication_by(date(2026, 4, 21)).deadline == date(2026, 5, 6)


def test_a_committee_gives_twelve_weeks_only_when_it_was_announced() -> None:
    end = date(2026, 5, 18)

    assert terms.bezwaar_decision_by(end).deadline == date(2026, 6, 29)
    assert terms.bezwaar_decision_by(end, committee=True).deadline == date(2026, 8, 10)
    assert terms.bezwaar_decision_by(end, committee=True, committee_announced=False).deadline == date(2026, 6, 29)


def test_the_decision_on_bezwaar_can_be_put_off_stopped_and_delayed_with_consent() -> None:
    found = terms.bezwaar_decision_by(date(2026, 5, 18), [
        LegalEvent("verdaging", {"medegedeeld": "2026-06-20", "dagen": 60}),
        LegalEvent("verzuim", {"uitnodiging": "2026-05-10", "antwoordtermijn": "2026-06-01", "hersteld": "2026-05-25"}),
        LegalEvent("instemming_uitstel", {"schriftelijk": True, "van": "2026-07-02", "tot_en_met": "2026-07-11"}),
    ])

    # 42 + 42 days, 19 to 24 May still (6 days; before 19 May the term had not begun), and 10 days agreed.
    assert found.nominal == date(2026, 8, 26)
    assert [step.article for step in found.steps] == [
        "Awb 7:10 lid 1", "Awb 7:10 lid 1", "Awb 7:10 lid 3", "Awb 6:6, 7:10 lid 2", "Awb 7:10 lid 4",
    ]


def test_a_complaint_to_the_acoi_stops_the_term_for_bezwaar() -> None:
    complaint = LegalEvent("klacht_acoi", {"verzonden": "2026-04-20", "advies": "2026-05-01"})
    running = LegalEvent("klacht_acoi", {"verzonden": "2026-04-20"})

    found = terms.bezwaar_until(date(2026, 4, 3), [complaint])
    assert found.nominal == date(2026, 5, 25)  # 21 to 30 April: ten days
    assert found.interpretation
    assert terms.bezwaar_until(date(2026, 4, 3), [running], today=date(2026, 4, 30)).nominal == date(2026, 5, 25)
    with pytest.raises(InputRejected, match="loopt nog"):
        terms.bezwaar_until(date(2026, 4, 3), [running])


@pytest.mark.parametrize(
    ("received", "posted", "in_time"),
    [
        (date(2026, 5, 18), None, True),
        (date(2026, 5, 19), None, False),
        (date(2026, 5, 26), date(2026, 5, 18), True),  # the week ends on Whit Monday, so on Tuesday
        (date(2026, 5, 27), date(2026, 5, 18), False),
        (date(2026, 5, 20), date(2026, 5, 19), False),
    ],
)
def test_bezwaar_by_post_may_arrive_a_week_later(received: date, posted: date | None, in_time: bool) -> None:
    assert terms.bezwaar_in_time(date(2026, 5, 18), received, posted) is in_time


def test_an_ingebrekestelling_before_the_end_of_the_term_does_not_count() -> None:
    assert not terms.ingebrekestelling_is_valid(date(2026, 2, 9), date(2026, 2, 9))
    assert terms.ingebrekestelling_is_valid(date(2026, 2, 10), date(2026, 2, 9))


def test_appeal_is_possible_the_day_after_the_two_weeks_with_the_other_reading_shown() -> None:
    found = terms.appeal_possible_from(date(2026, 3, 9))
    last_day = decision_deadline("2026-03-09", kind="ingebrekestelling")

    assert (found.deadline, last_day.deadline) == (date(2026, 3, 24), date(2026, 3, 23))
    assert not found.alternatives  # a day earlier is a Sunday, and so the same Monday
    other = terms.appeal_possible_from(date(2026, 3, 11)).alternatives
    assert [reading.deadline for reading in other] == [date(2026, 3, 25)]
    assert found.interpretation


VOORLOPIG = "voorlopige_voorziening"


def test_supply_waits_for_the_judge_in_interim_proceedings() -> None:
    ruled = LegalEvent(VOORLOPIG, {"verzocht": "2026-03-25", "uitspraak": "2026-04-18"})
    withdrawn = LegalEvent(VOORLOPIG, {"verzocht": "2026-03-25", "ingetrokken": "2026-03-27"})
    at_once = LegalEvent(VOORLOPIG, {"verzocht": "2026-03-25", "uitspraak": "2026-03-25"})

    found = terms.supply_not_before(date(2026, 3, 20), [ruled, withdrawn])
    assert found.deadline == date(2026, 4, 20)
    assert found.suspended_on(date(2026, 4, 17))
    assert not found.suspended_on(date(2026, 4, 18))
    assert adds_up(found)
    assert terms.supply_not_before(date(2026, 3, 20), [withdrawn]).deadline == date(2026, 4, 7)
    both = LegalEvent(VOORLOPIG, {"verzocht": "2026-03-25", "ingetrokken": "2026-04-10", "uitspraak": "2026-04-18"})
    assert terms.supply_not_before(date(2026, 3, 20), [both]).deadline == date(2026, 4, 10)
    assert not terms.supply_not_before(date(2026, 3, 20), [at_once]).suspensions


@pytest.mark.parametrize("data", [{"verzocht": "2026-03-25"},
                                  {"verzocht": "2026-03-25", "uitspraak": "2026-04-01", "toegewezen": True}])
def test_there_is_no_day_of_supply_while_the_judge_holds_it_back(data: dict[str, object]) -> None:
    with pytest.raises(InputRejected, match="Verstrek de informatie niet"):
        terms.supply_not_before(date(2026, 3, 20), [LegalEvent(VOORLOPIG, data)])


def test_a_committee_of_enquiry_sets_its_own_term_that_no_weekend_extends() -> None:
    found = terms.enquiry_answer_by(date(2026, 1, 5), date(2026, 1, 17))

    assert found.deadline == date(2026, 1, 17)
    assert found.warnings
    assert not terms.enquiry_answer_by(date(2026, 1, 5), date(2026, 1, 16)).warnings
    with pytest.raises(InputRejected, match="vóór"):
        terms.enquiry_answer_by(date(2026, 1, 5), date(2026, 1, 4))
    with pytest.raises(InputRejected, match="gestelde termijn"):
        decision_deadline("2026-01-05", kind="parlementaire enquête")


def test_an_event_that_means_nothing_to_an_enquiry_is_told() -> None:
    events = [LegalEvent("gestelde_termijn", {"einde": "2026-01-16"}), LegalEvent("mededeling_te_laat")]

    assert len(decision_deadline("2026-01-05", events, "parlementaire enquête").warnings) == 1


def test_a_term_from_before_its_law_is_refused() -> None:
    with pytest.raises(InputRejected, match="geldt vanaf 1 mei 2022"):
        decision_deadline("2022-04-30", kind="antimisbruikbesluit")
