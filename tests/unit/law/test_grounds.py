"""The grounds: their three spellings, which exist, and what the law forbids about their use."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo.errors import InputRejected
from woo.law.ground_table import KIND_LABELS
from woo.law.grounds import (
    GROUNDS,
    ORDER,
    PERSONAL_DATA_KINDS,
    WORKING_LABELS,
    GroundKind,
    check_grounds,
    default_ground_for,
    ground,
    ground_for_key,
    is_aged,
)

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("code", "screen", "citation", "kind", "needs_motivation"),
    [
        ("5.1.1.c", "5.1.1c", "art. 5.1, eerste lid, onder c, Woo", GroundKind.ABSOLUTE, False),
        ("5.1.2.e", "5.1.2e", "art. 5.1, tweede lid, onder e, Woo", GroundKind.RELATIVE, True),
        ("5.1.2.i", "5.1.2i", "art. 5.1, tweede lid, onder i, Woo", GroundKind.RELATIVE, True),
        ("5.1.5", "5.1.5", "art. 5.1, vijfde lid, Woo", GroundKind.RESIDUAL, True),
        ("5.2.1", "5.2.1", "art. 5.2, eerste lid, Woo", GroundKind.OWN, False),
        ("5.4", "5.4", "art. 5.4 Woo", GroundKind.ABSOLUTE, False),
        ("5.4a", "5.4a", "art. 5.4a, eerste lid, Woo", GroundKind.ABSOLUTE, False),
        ("10.2.e", "10.2e", "art. 10, tweede lid, onder e, Wob", GroundKind.OLD, False),
        ("11.1", "11.1", "art. 11, eerste lid, Wob", GroundKind.OLD, False),
    ],
)
def test_a_ground_has_one_spelling_for_data_screen_and_letter(
    code: str, screen: str, citation: str, kind: GroundKind, needs_motivation: bool
) -> None:
    found = ground(code)

    assert (found.code, found.screen, found.citation) == (code, screen, citation)
    assert (found.kind, found.needs_motivation) == (kind, needs_motivation)
    assert ground(screen) is found
    assert found.label
    assert found.text
    assert KIND_LABELS[found.kind]


def test_the_grounds_are_exactly_those_of_the_law() -> None:
    woo = {code for code, entry in GROUNDS.items() if entry.kind is not GroundKind.OLD}

    assert woo == {f"5.1.1.{letter}" for letter in "abcde"} | {f"5.1.2.{letter}" for letter in "abcdefghi"} | {
        "5.1.5", "5.2.1", "5.4", "5.4a"}
    assert set(GROUNDS) - woo == {f"10.1.{letter}" for letter in "abcd"} | {f"10.2.{x}" for x in "abcdeg"} | {"11.1"}
    assert len({entry.screen for entry in GROUNDS.values()}) == len(GROUNDS)


def test_the_order_holds_every_ground_of_the_woo_once_and_the_keys_are_its_first_nine() -> None:
    assert sorted(ORDER) == sorted(code for code, entry in GROUNDS.items() if entry.kind is not GroundKind.OLD)
    assert [ground_for_key(key).code for key in range(1, 10)] == list(ORDER[:9])
    for key in (0, 10, -1):
        with pytest.raises(InputRejected):
            ground_for_key(key)


def test_article_5_2_may_be_typed_without_its_paragraph() -> None:
    assert ground("5.2") is ground(" 5.2.1 ")


@pytest.mark.parametrize("code", ["", "5.1.2", "5.1.1f", "5.1.2j", "5.3", "5.8", "10.2f", "onzin", None, 5])
def test_an_unknown_ground_is_refused(code: str) -> None:
    with pytest.raises(InputRejected, match="bestaat niet"):
        ground(code)


@pytest.mark.parametrize("label", [*WORKING_LABELS, *WORKING_LABELS.values(), "DUBBEL"])
def test_a_working_label_is_no_ground(label: str) -> None:
    with pytest.raises(InputRejected, match="werklabel"):
        ground(label)


@pytest.mark.parametrize(
    ("kind", "code"),
    [("bsn", "5.1.1.e"), ("a_number", "5.1.1.e"), ("health", "5.1.1.d"), ("criminal", "5.1.1.d"),
     ("person_name", "5.1.2.e"), ("phone", "5.1.2.e"), ("email", "5.1.2.e"), ("iban", "5.1.2.e"),
     ("address", "5.1.2.e"), ("signature", "5.1.2.e")],
)
def test_personal_data_has_a_usual_ground(kind: str, code: str) -> None:
    assert default_ground_for(kind) == code


def test_every_usual_ground_is_a_ground_of_the_woo() -> None:
    assert {default_ground_for(kind) for kind in PERSONAL_DATA_KINDS} <= set(ORDER)


def test_a_kind_without_a_usual_ground_is_refused() -> None:
    with pytest.raises(InputRejected, match="Kies zelf"):
        default_ground_for("weather")


def test_every_kind_that_the_recognisers_find_has_a_usual_ground() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "redaction" / "detect").rglob("*.py")]
    found = {kind for text in sources for line in re.findall(r"^    KINDS? = (.+)$", text, re.MULTILINE)
             for kind in re.findall(r"\"([a-z_]+)\"", line)}

    assert "bsn" in found
    assert found <= PERSONAL_DATA_KINDS


REQUEST = date(2026, 3, 1)
WEIGHED = "De persoon is ambtenaar zonder publieke functie; haar naam voegt niets toe aan het inzicht."


def rules(
    *codes: str, motivation: str | dict[str, str] = WEIGHED, dated: date | None = date(2026, 1, 1), **more: object
) -> set[tuple[str, str]]:
    found = check_grounds(codes, motivation=motivation, document_date=dated, request_date=REQUEST, **more)  # type: ignore[arg-type]
    assert all(refusal.article.startswith("Woo") and refusal.text.endswith(".") for refusal in found)
    return {(refusal.code, refusal.rule) for refusal in found}


def test_a_document_without_grounds_is_never_refused() -> None:
    assert rules(motivation="") == set()


def test_a_relative_ground_needs_a_motivation_and_an_absolute_one_does_not() -> None:
    assert rules("5.1.2e", "5.1.1e", motivation=" ") == {("5.1.2.e", "motivation")}
    assert rules("5.1.5", motivation="") == {("5.1.5", "motivation")}
    assert rules("5.1.2e", "5.1.1e") == set()


def test_a_motivation_can_be_given_per_ground() -> None:
    assert rules("5.1.2e", "5.1.2i", motivation={"5.1.2e": WEIGHED}) == {("5.1.2.i", "motivation")}
    assert rules("5.1.2e", "5.1.2.e", motivation={"5.1.2.e": WEIGHED}) == set()


@pytest.mark.parametrize("other", ["5.1.1a", "5.1.1e", "5.1.2a", "5.1.2i"])
def test_the_residual_ground_never_stands_beside_one_of_the_first_two_paragraphs(other: str) -> None:
    assert rules("5.1.5", other) == {("5.1.5", "residual_alone")}


def test_the_residual_ground_may_stand_alone_or_beside_another_regime() -> None:
    assert rules("5.1.5") == set()
    assert rules("5.1.5", "5.2.1", intern_beraad=True) == set()


def test_emissions_leave_no_room_for_the_first_two_paragraphs() -> None:
    assert rules("5.1.1c", "5.1.2e", emissions=True) == {("5.1.1.c", "emissions"), ("5.1.2.e", "emissions")}
    assert rules("5.1.5", emissions=True) == {("5.1.5", "residual_not_environmental")}


def test_environmental_information_asks_for_more() -> None:
    assert rules("5.1.5", environmental=True) == {("5.1.5", "residual_not_environmental")}
    assert rules("5.1.1c", environmental=True, motivation="") == {("5.1.1.c", "motivation")}
    assert rules("5.2.1", environmental=True, motivation="", intern_beraad=True) == {("5.2.1", "motivation")}
    assert rules("5.1.1c", environmental=True) == set()


def test_the_interests_of_the_state_cover_only_confidential_acts_in_environmental_information() -> None:
    assert rules("5.1.2b", environmental=True) == {("5.1.2.b", "confidential_acts")}
    assert rules("5.1.2b", environmental=True, confidential_acts=True) == set()
    assert rules("5.1.2b") == set()
    assert rules("5.1.2b", emissions=True, confidential_acts=True) == {("5.1.2.b", "emissions")}


def test_policy_views_are_only_for_documents_of_intern_beraad() -> None:
    assert rules("5.2") == {("5.2.1", "intern_beraad")}
    assert rules("5.2", intern_beraad=True, motivation="") == set()


def test_information_at_the_formateur_is_open_once_there_is_a_cabinet() -> None:
    assert rules("5.4", motivation="") == set()
    assert rules("5.4", formation_finished=True) == {("5.4", "formation_finished")}


def test_information_older_than_five_years_needs_its_own_reason() -> None:
    old = date(2021, 2, 28)

    assert rules("5.1.2e", "5.1.5", "5.2", dated=old, intern_beraad=True, aged_motivation=" ") >= {
        ("5.1.2.e", "aged"), ("5.1.5", "aged"), ("5.2.1", "aged")}
    assert rules("5.1.2e", dated=old, aged_motivation="Het gezin woont er nog.") == set()
    assert rules("5.1.2e", dated=old) == set()
    assert rules("5.2", dated=old, intern_beraad=True, motivation="") == {("5.2.1", "aged")}
    assert rules("5.1.1e", "5.4a", dated=old, motivation="", aged_motivation="") == set()
    assert rules("5.1.2e", dated=None, aged_motivation="") == set()


@pytest.mark.parametrize(
    ("dated", "aged"),
    [(date(2021, 2, 28), True), (date(2021, 3, 1), False), (date(2021, 3, 2), False), (date(2020, 2, 29), True),
     (date(9999, 12, 31), False), (date(1, 1, 1), True)],
)
def test_older_than_five_years_is_counted_to_the_day(dated: date, aged: bool) -> None:
    assert is_aged(dated, REQUEST) is aged


def test_a_leap_day_is_five_years_old_from_the_first_of_march() -> None:
    assert not is_aged(date(2020, 2, 29), date(2025, 2, 28))
    assert is_aged(date(2020, 2, 29), date(2025, 3, 1))


def test_grounds_of_the_wob_are_refused_for_a_request_under_the_woo() -> None:
    assert rules("10.2e") == {("10.2.e", "old_ground")}
    assert not check_grounds(["10.2e"], motivation="", document_date=None, request_date=date(2022, 4, 30))


@given(st.lists(st.sampled_from(ORDER), max_size=6), st.booleans(), st.booleans(), st.booleans())
def test_more_motivation_never_gives_more_refusals(
    codes: list[str], environmental: bool, emissions: bool, intern: bool
) -> None:
    circumstances = {"environmental": environmental, "emissions": emissions, "intern_beraad": intern}
    bare, weighed = rules(*codes, motivation="", **circumstances), rules(*codes, **circumstances)

    assert weighed <= bare
    assert {rule for _, rule in bare - weighed} <= {"motivation"}
