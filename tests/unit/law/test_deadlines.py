"""The decision term on worked cases: those of the shared table, and our own, read from the law."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from happenings import delay, precisering, term, verdaging, warned, zienswijze

from woo.law import rules
from woo.law.deadlines import deadline_of_case, decision_deadline
from woo.law.rules import RULES

SHARED = Path(__file__).parents[4] / "shared" / "data" / "deadlines" / "cases.json"
CASES: list[dict[str, Any]] = json.loads(SHARED.read_text(encoding="utf-8")) if SHARED.exists() else []


@pytest.mark.skipif(not CASES, reason="the shared table of worked cases is not next to the project")
def test_the_shared_table_is_not_empty() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_worked_case_gives_the_known_last_day(case: dict[str, Any]) -> None:
    found = deadline_of_case(case)

    assert (found.deadline.isoformat(), found.nominal.isoformat()) == (case["deadline"], case["nominal"])
    assert found.interpretation or case["confidence"] != "interpretatie"


# Each row: received, events, nominal end, last day. Counted by hand from the articles named.
OWN_CASES = [
    # Woo 4.4 lid 1: four weeks from the day after receipt, over a leap day, and over New Year.
    ("2024-02-15", [], "2024-03-14", "2024-03-14"),
    ("2025-12-01", [], "2025-12-29", "2025-12-29"),
    ("2024-11-28", [], "2024-12-26", "2024-12-30"),  # 26 Dec; Fri 27 Dec 2024 designated; weekend
    # Woo 4.4 lid 2: announced on the very last day; one week only; longer than allowed; from a nominal Good Friday.
    ("2026-01-12", [verdaging("2026-02-09")], "2026-02-23", "2026-02-23"),
    ("2026-01-12", [verdaging("2026-01-12", 7)], "2026-02-16", "2026-02-16"),
    ("2026-01-12", [verdaging("2026-01-20", 28)], "2026-02-23", "2026-02-23"),
    ("2026-03-06", [verdaging("2026-04-07")], "2026-04-17", "2026-04-17"),
    ("2026-03-06", [verdaging("2026-04-08")], "2026-04-03", "2026-04-07"),
    ("2026-01-12", [verdaging("2026-01-20", 7), verdaging("2026-01-27", 7)], "2026-02-16", "2026-02-16"),
    ("2026-01-12", [verdaging("2026-01-20", schriftelijk=False)], "2026-02-09", "2026-02-09"),
    # A verdaging announced while the first term was suspended past its old end is in time.
    ("2026-06-01", [zienswijze("2026-06-20", "2026-07-10"), verdaging("2026-07-15")], "2026-08-02", "2026-08-03"),
    # Woo 4.4 lid 3: up to and including; told on the last day is too late; ended the day it began; on the first day.
    ("2026-06-01", [zienswijze("2026-06-29", "2026-07-10")], "2026-06-29", "2026-06-29"),
    ("2026-06-01", [zienswijze("2026-06-28", "2026-07-10")], "2026-07-11", "2026-07-13"),
    ("2026-06-01", [zienswijze("2026-06-10", "2026-06-10")], "2026-06-29", "2026-06-29"),
    ("2026-06-01", [zienswijze("2026-06-01", "2026-06-02")], "2026-06-30", "2026-06-30"),
    # The term set for the view has lapsed before the view came: the suspension ended with that term.
    ("2026-06-01", [zienswijze("2026-06-10", "2026-06-30", termijn="2026-06-24")], "2026-07-13", "2026-07-13"),
    # One inside the other, and two that touch.
    ("2026-06-01", [zienswijze("2026-06-10", "2026-06-24"), zienswijze("2026-06-12", "2026-06-20")],
     "2026-07-13", "2026-07-13"),
    ("2026-06-01", [zienswijze("2026-06-10", "2026-06-17"), zienswijze("2026-06-17", "2026-06-24")],
     "2026-07-13", "2026-07-13"),
    # Awb 4:15 lid 1 a: until the day before the answer; answered after its own term; never answered; no term.
    ("2026-02-02", [precisering("2026-02-06", "2026-02-20", "2026-02-27")], "2026-03-15", "2026-03-16"),
    ("2026-02-02", [precisering("2026-02-06", "2026-02-20")], "2026-03-15", "2026-03-16"),
    ("2026-02-02", [precisering("2026-02-06", "2026-02-20", "2026-02-07")], "2026-03-02", "2026-03-02"),
    ("2026-02-02", [("aanvulling", {"uitnodiging": "2026-02-06", "antwoordtermijn": "2026-02-20",
                                    "aangevuld": "2026-02-10"})], "2026-03-05", "2026-03-05"),
    # Awb 4:15 lid 1 b and lid 2: foreign information, consent, delay by the requester, force majeure.
    ("2026-02-02", [("buitenlandse_informatie", {"mededeling": "2026-02-10", "ontvangen": "2026-02-20"})],
     "2026-03-11", "2026-03-11"),
    ("2026-02-02", [delay("instemming_uitstel", "2026-02-10", "2026-02-19", schriftelijk="2026-02-09")],
     "2026-03-12", "2026-03-12"),
    ("2026-02-02", [delay("instemming_uitstel", "2026-02-10", "2026-02-19", schriftelijk=True)],
     "2026-03-12", "2026-03-12"),
    ("2026-02-02", [delay("instemming_uitstel", "2026-02-10", "2026-02-19", schriftelijk=False)],
     "2026-03-02", "2026-03-02"),
    ("2026-02-02", [delay("instemming_uitstel", "2026-02-10", "2026-02-19")], "2026-03-02", "2026-03-02"),
    ("2026-02-02", [delay("vertraging_aanvrager", "2026-02-10", "2026-02-19")], "2026-03-12", "2026-03-12"),
    ("2026-02-02", [delay("overmacht", "2026-02-10", "2026-02-19", medegedeeld="2026-02-10")],
     "2026-03-12", "2026-03-12"),
    # The day of receipt is no part of the term, so a delay from that day on counts from the next.
    ("2026-02-02", [delay("vertraging_aanvrager", "2026-02-02", "2026-02-03")], "2026-03-03", "2026-03-03"),
    ("2026-02-02", [delay("vertraging_aanvrager", "2026-02-02", "2026-02-02")], "2026-03-02", "2026-03-02"),
    # Awb 4:14: naming a later date does not move the term.
    ("2026-02-02", [("mededeling_te_laat", {"medegedeeld": "2026-02-27", "nieuwe_datum": "2026-04-01"})],
     "2026-03-02", "2026-03-02"),
    # Woo 4.2: forwarded to us; forwarded by us for a part; the message reached our system before it was read.
    ("2026-03-02", [("doorzending", {"datum": "2026-03-05", "ontvangen": "2026-03-09"})], "2026-04-06", "2026-04-07"),
    ("2026-03-02", [("ontvangst", {"datum": "2026-03-09"})], "2026-04-06", "2026-04-07"),
    ("2026-03-02", [("ontvangst", {"ontvangen": "2026-03-09"})], "2026-04-06", "2026-04-07"),
    ("2026-03-02", [("ontvangst", {})], "2026-03-30", "2026-03-30"),  # the day of receipt that the case names
    ("2026-03-02", [("doorzending", {"datum": "2026-03-05", "naar": "provincie"})], "2026-03-30", "2026-03-30"),
    ("2026-01-19", [("ontvangst", {"datum": "2026-01-17", "gelezen": "2026-01-19"})], "2026-02-14", "2026-02-16"),
    # A suspension that begins in the days that the Atw added: nominal end plus its days, then Atw (a choice).
    ("2026-01-17", [zienswijze("2026-02-14", "2026-02-25")], "2026-02-25", "2026-02-25"),
    ("2026-01-17", [zienswijze("2026-02-15", "2026-02-25")], "2026-02-24", "2026-02-24"),
    ("2026-01-17", [zienswijze("2026-02-16", "2026-02-25")], "2026-02-14", "2026-02-16"),
    # A Wob request keeps the Wob: verdaging of four weeks, zienswijze until the day before.
    ("2022-04-30", [], "2022-05-28", "2022-05-30"),
    ("2022-04-01", [verdaging("2022-04-10", 28)], "2022-05-27", "2022-05-30"),
    ("2022-04-01", [zienswijze("2022-04-10", "2022-04-20")], "2022-05-08", "2022-05-09"),
    ("2022-05-02", [zienswijze("2022-05-10", "2022-05-20")], "2022-06-09", "2022-06-09"),
]


@pytest.mark.parametrize(("received", "events", "nominal", "last_day"), OWN_CASES)
def test_a_case_read_from_the_law_gives_its_last_day(
    received: str, events: list[tuple[str, dict[str, object]]], nominal: str, last_day: str
) -> None:
    found = term(received, *events)

    assert (found.nominal.isoformat(), found.deadline.isoformat()) == (nominal, last_day)


def test_a_late_verdaging_is_told() -> None:
    assert warned(term("2026-01-12", verdaging("2026-02-10")), "te laat")
    assert not term("2026-01-12", verdaging("2026-02-09")).warnings


def test_a_verdaging_longer_than_allowed_is_told() -> None:
    assert warned(term("2026-01-12", verdaging("2026-01-20", 15)), "langer dan mag")


def test_a_second_verdaging_does_not_add_up_and_is_told() -> None:
    found = term("2026-01-12", verdaging("2026-01-20", 7), verdaging("2026-01-27", 7))

    assert warned(found, "meer dan één verdaging")
    assert found.interpretation


def test_an_oral_verdaging_has_no_effect_and_is_told() -> None:
    assert warned(term("2026-01-12", verdaging("2026-01-20", schriftelijk=False)), "niet schriftelijk")


def test_a_suspension_that_begins_after_the_end_is_told() -> None:
    assert warned(term("2026-06-01", zienswijze("2026-06-29", "2026-07-10")), "na het einde van de termijn")


def test_a_suspension_in_the_extra_days_is_a_marked_choice_with_both_other_readings() -> None:
    found = term("2026-01-17", zienswijze("2026-02-15", "2026-02-25"))

    assert warned(found, "extra dagen")
    assert found.interpretation
    assert {other.deadline for other in found.alternatives} == {date(2026, 2, 16), date(2026, 2, 26)}


def test_a_suspension_that_begins_on_the_nominal_end_itself_is_in_time_without_a_choice() -> None:
    found = term("2026-01-17", zienswijze("2026-02-13", "2026-02-25"))

    assert found.deadline == date(2026, 2, 26)
    assert not found.interpretation
    assert not found.warnings
    assert not found.alternatives


def test_a_change_of_law_holds_from_its_day_and_older_requests_keep_their_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    today = next(rule for rule in RULES if rule.kind == "beslistermijn" and rule.since == date(2022, 5, 1))
    changed = replace(today, since=date(2027, 1, 1), weeks=8)
    monkeypatch.setattr(rules, "RULES", (changed, *RULES))

    assert term("2026-12-31").nominal == date(2027, 1, 28)
    assert term("2027-01-01").nominal == date(2027, 2, 26)


def test_a_verdaging_after_a_nominal_end_on_a_holiday_shows_the_later_reading() -> None:
    found = term("2026-03-06", verdaging("2026-03-20"))

    assert found.interpretation
    assert [other.deadline for other in found.alternatives] == [date(2026, 4, 21)]


def test_precisering_shows_the_reading_in_which_the_day_of_the_answer_counts() -> None:
    found = term("2026-02-02", precisering("2026-02-06", "2026-02-20", "2026-02-16"))

    assert [(other.deadline, other.nominal) for other in found.alternatives] == [(date(2026, 3, 12), date(2026, 3, 12))]


def test_a_delay_agreed_in_time_that_follows_the_term_is_shown_as_another_reading() -> None:
    found = term("2026-01-12", delay("instemming_uitstel", "2026-02-10", "2026-03-02", schriftelijk="2026-02-05"))
    late = term("2026-01-12", delay("instemming_uitstel", "2026-02-10", "2026-03-02", schriftelijk="2026-02-10"))

    assert found.deadline == late.deadline == date(2026, 2, 9)
    assert [other.deadline for other in found.alternatives] == [date(2026, 3, 2)]
    assert not late.alternatives


def test_asking_to_be_precise_after_two_weeks_is_told() -> None:
    assert not term("2026-02-02", precisering("2026-02-16", "2026-02-20", "2026-02-18")).warnings
    assert warned(term("2026-02-02", precisering("2026-02-17", "2026-02-20", "2026-02-18")), "later dan twee weken")


def test_an_invitation_without_a_term_is_a_marked_choice() -> None:
    found = term("2026-02-02", precisering("2026-02-06", None, "2026-02-16"))

    assert found.interpretation
    assert not found.suspensions


def test_an_unanswered_invitation_makes_the_date_provisional_until_its_term_has_lapsed() -> None:
    event = precisering("2026-02-06", "2026-02-20")

    assert term("2026-02-02", event).provisional
    assert term("2026-02-02", event, today="2026-02-20").provisional
    assert not term("2026-02-02", event, today="2026-02-21").provisional


def test_a_zienswijze_that_still_runs_counts_until_its_term_or_until_today() -> None:
    by_term = term("2026-06-01", zienswijze("2026-06-10", None, termijn="2026-06-24"))
    lapsed = term("2026-06-01", zienswijze("2026-06-10", None, termijn="2026-06-24"), today="2026-06-25")
    by_today = term("2026-06-01", zienswijze("2026-06-10", None), today="2026-06-24")

    assert by_term.deadline == lapsed.deadline == by_today.deadline == date(2026, 7, 13)
    assert (by_term.provisional, lapsed.provisional, by_today.provisional) == (True, False, True)
    assert warned(by_term, "loopt nog")
    assert not lapsed.warnings


def test_a_delay_that_still_runs_counts_until_today() -> None:
    found = term("2026-02-02", delay("overmacht", "2026-02-10", None), today="2026-02-19")
    foreign = term("2026-02-02", ("buitenlandse_informatie", {"mededeling": "2026-02-09"}), today="2026-02-19")

    assert found.deadline == foreign.deadline == date(2026, 3, 12)
    assert found.provisional
    assert foreign.provisional
    assert warned(found, "nog niet aan de verzoeker meegedeeld")


def test_an_event_that_has_not_begun_on_the_day_of_asking_takes_out_its_first_day_only() -> None:
    found = term("2026-02-02", delay("overmacht", "2026-02-10", None), today="2026-02-05")

    assert found.suspended_days == 1


def test_the_clock_tells_its_days_and_on_which_of_them_it_stands_still() -> None:
    found = term("2026-06-01", zienswijze("2026-06-10", "2026-06-22"))

    assert (found.gross_days, found.suspended_days, found.net_days) == (42, 12, 30)
    assert not found.has_passed(date(2026, 7, 13))
    assert found.has_passed(date(2026, 7, 14))
    assert [found.suspended_on(date(2026, 6, day)) for day in (10, 11, 22, 23)] == [False, True, True, False]


def test_overlapping_days_are_explained_once() -> None:
    found = term("2026-06-01", zienswijze("2026-06-10", "2026-06-24"), zienswijze("2026-06-20", "2026-07-04"))

    assert [step.days for step in found.steps] == [0, 28, 14, 10]
    assert "Al eerder geteld: 4 dagen" in found.steps[-1].text


def test_a_case_may_name_the_day_of_asking() -> None:
    case = {"kind": "Beslistermijn (echt)", "received": "2026-06-01", "peildatum": "2026-06-24",
            "events": [{"type": "zienswijze", "mededeling_verzoeker": "2026-06-10"}]}

    assert deadline_of_case(case).deadline == date(2026, 7, 13)


def test_every_row_of_the_rules_is_complete_and_stands_once() -> None:
    assert len({(rule.kind, rule.since) for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.article
        assert rule.begins
        assert rule.says
        assert bool(rule.verdaging_days) == bool(rule.verdaging_article) == ("verdaging" in rule.events)
        assert bool(rule.zienswijze_article) == ("zienswijze" in rule.events)
        assert bool(rule.precisering_article) == ("precisering" in rule.events)


@pytest.mark.parametrize("rule", RULES, ids=[f"{rule.kind} {rule.since}" for rule in RULES])
def test_every_term_can_be_computed_from_the_day_its_rule_holds_and_a_year_later(rule: Any) -> None:
    for start in (rule.since, rule.since.replace(year=rule.since.year + 1)):
        found = decision_deadline(start, kind=rule.kind)
        assert (found.nominal - start).days == rule.weeks * 7
        assert found.steps[0].article == rule.article
