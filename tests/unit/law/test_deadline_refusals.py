"""What is no history of a request: events, days and cases that are refused with a reason, and what is only told."""

from __future__ import annotations

from datetime import date

import pytest
from happenings import delay, precisering, term, verdaging, warned, zienswijze

from woo.errors import InputRejected
from woo.law.deadlines import LegalEvent, deadline_of_case, decision_deadline


def test_a_date_beyond_the_loaded_years_is_told() -> None:
    assert warned(term("2028-12-04"), "Controleer of de datum klopt")
    assert warned(term("2021-03-01"), "Controleer of de datum klopt")
    assert not term("2028-11-28").warnings


def test_a_request_from_before_the_woo_is_told_and_marked() -> None:
    assert warned(term("2022-04-30"), "Wob")
    assert not term("2022-05-01").warnings


def test_a_field_that_the_law_does_not_know_is_told() -> None:
    found = term("2026-02-02", ("precisering", {"uitnodiging": "2026-02-06", "antwoordtermin": "2026-02-20"}))

    assert warned(found, "niet gebruikt")
    assert not term("2026-06-01", zienswijze("2026-06-10", "2026-06-12", partij="A", reden="x")).warnings


def test_an_event_of_another_term_is_told() -> None:
    complaint = ("klacht_acoi", {"verzonden": "2026-02-06", "advies": "2026-02-20"})

    assert warned(term("2026-02-02", complaint), "geen invloed")


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (("verdaging", {"dagen": 14}), "ontbreekt"),
        (("verdaging", {"medegedeeld": "2026-02-03"}), "aantal dagen"),
        (verdaging("2026-02-03", 0), "aantal dagen"),
        (verdaging("2026-02-03", True), "aantal dagen"),
        (verdaging("2026-02-01"), "vóór de ontvangst"),
        (verdaging("2026-02-03", schriftelijk="ja"), "datum"),
        (verdaging("2026-02-03", schriftelijk=1), "waar of onwaar"),
        (zienswijze("2026-02-10", "2026-02-09"), "vóór"),
        (zienswijze("2026-02-10", None), "loopt nog"),
        (zienswijze("2026-02-10", None, termijn="2026-02-09"), "vóór"),
        (zienswijze("2026-02-30", "2026-03-09"), "niet geldig"),
        (zienswijze("2026-02-10", "2999-01-01"), "jaar"),
        (precisering("2026-02-06", "2026-02-05"), "vóór"),
        (precisering("2026-02-06", "2026-02-20", "2026-02-05"), "vóór"),
        (delay("overmacht", "2026-02-10", "2026-02-09"), "vóór"),
        (delay("overmacht", "2026-02-10", None), "loopt nog"),
        (delay("instemming_uitstel", "2026-02-10", "2026-02-09", schriftelijk="2026-02-09"), "vóór"),
        (delay("instemming_uitstel", "2026-02-10", None, schriftelijk="2026-02-09"), "ontbreekt"),
        (delay("instemming_uitstel", "2026-02-10", "2026-02-12", schriftelijk="ja"), "niet geldig"),
        (("buitenlandse_informatie", {"mededeling": "2026-02-10"}), "loopt nog"),
        (("doorzending", {"datum": "2026-02-10", "ontvangen": "2026-02-09"}), "vóór"),
        (("onbekend", {}), "onbekende soort"),
        (("intrekking", {"betreft": "x"}), "die er niet is"),
        (("intrekking", {}), "betreft"),
    ],
)
def test_an_event_that_cannot_be_is_refused_with_the_reason(event: tuple[str, dict[str, object]], words: str) -> None:
    with pytest.raises(InputRejected, match=words):
        term("2026-02-02", event)


def test_two_different_days_of_receipt_are_refused_but_the_same_day_twice_is_not() -> None:
    with pytest.raises(InputRejected, match="verschillende dagen"):
        term("2026-02-02", ("ontvangst", {"datum": "2026-02-05"}), ("ontvangst", {"datum": "2026-02-06"}))

    same = term("2026-02-02", ("ontvangst", {"datum": "2026-02-02"}), ("ontvangst", {"datum": "2026-02-06"}))
    assert same.start == date(2026, 2, 6)


def test_only_an_event_with_the_id_is_withdrawn_and_a_withdrawal_is_final() -> None:
    events = [
        LegalEvent("verdaging", {"medegedeeld": "2026-02-04", "dagen": 14}, "a"),
        LegalEvent("mededeling_te_laat", {"medegedeeld": "2026-02-04"}, "b"),
        LegalEvent("intrekking", {"betreft": "b"}, "c"),
    ]
    assert decision_deadline("2026-01-12", events) == decision_deadline("2026-01-12", events[:1])
    with pytest.raises(InputRejected, match="die er niet is"):
        decision_deadline("2026-01-12", [*events, LegalEvent("intrekking", {"betreft": "c"})])


def test_an_id_that_is_no_text_is_refused() -> None:
    with pytest.raises(InputRejected, match="moet tekst zijn"):
        decision_deadline("2026-01-12", [LegalEvent("mededeling_te_laat", {}, 3)])  # type: ignore[arg-type]


def test_too_many_events_are_refused() -> None:
    with pytest.raises(InputRejected, match="meer dan 1000"):
        decision_deadline("2026-01-12", [LegalEvent("mededeling_te_laat")] * 1001)


def test_a_refusal_never_repeats_what_was_typed() -> None:
    for event in (LegalEvent("Jan Jansen"), LegalEvent("verdaging", {"medegedeeld": "Jan Jansen", "dagen": 14})):
        with pytest.raises(InputRejected) as caught:
            decision_deadline("2026-01-12", [event])
        assert "Jansen" not in str(caught.value)


@pytest.mark.parametrize("case", [
    None, [], {"kind": 3, "received": "2026-01-12"}, {"received": "2026-01-12"}, {"kind": "beslistermijn"},
    {"kind": "beslistermijn", "received": "2026-01-12", "events": {}},
    {"kind": "beslistermijn", "received": "2026-01-12", "events": [3]},
    {"kind": "vrije dag", "received": "2026-01-12", "events": []},
])
def test_a_case_that_is_none_is_refused(case: object) -> None:
    with pytest.raises(InputRejected):
        deadline_of_case(case)
