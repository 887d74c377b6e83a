"""Judgements of documents, and the decision on the whole request that follows."""

from __future__ import annotations

import pytest

from woo.law.judgement import (
    JUDGEMENT_LABELS,
    LISTED_JUDGEMENTS,
    OUTCOME_LABELS,
    PUBLISHED_JUDGEMENTS,
    REPORT_WORDS,
    Judgement,
    Outcome,
    judgement_fits,
    judgement_problem,
    outcome_of,
)

J = Judgement


@pytest.mark.parametrize(
    ("judgement", "without", "with_redactions"),
    [(J.PUBLIC, True, False), (J.PARTIAL, False, True), (J.WITHHELD, True, True), (J.ALREADY_PUBLIC, True, False),
     (J.OUT_OF_SCOPE, True, True), (J.DUPLICATE, True, True)],
)
def test_a_judgement_fits_what_was_blacked_out(judgement: Judgement, without: bool, with_redactions: bool) -> None:
    assert judgement_fits(judgement, has_redactions=False) is without
    assert judgement_fits(judgement, has_redactions=True) is with_redactions
    assert (judgement_problem(judgement, True) is None) is with_redactions


def test_every_judgement_and_outcome_has_a_dutch_label() -> None:
    assert set(JUDGEMENT_LABELS) == set(Judgement)
    assert set(OUTCOME_LABELS) == set(Outcome)


def test_stored_values_never_change() -> None:
    assert [entry.value for entry in Judgement] == [
        "public", "partial", "withheld", "already_public", "out_of_scope", "duplicate"]


def test_the_report_has_only_the_four_words_that_the_portal_reads() -> None:
    assert set(REPORT_WORDS.values()) == {"openbaar", "deels openbaar", "reeds openbaar", "niet openbaar"}
    assert set(REPORT_WORDS) == LISTED_JUDGEMENTS
    assert {REPORT_WORDS[entry] for entry in PUBLISHED_JUDGEMENTS} == {"openbaar", "deels openbaar"}


@pytest.mark.parametrize(
    ("judgements", "outcome"),
    [
        ([], Outcome.NOTHING_FOUND),
        ([J.OUT_OF_SCOPE, J.DUPLICATE], Outcome.NOTHING_FOUND),
        ([J.PUBLIC, J.DUPLICATE], Outcome.PUBLIC),
        ([J.PUBLIC, J.ALREADY_PUBLIC], Outcome.PUBLIC),
        ([J.ALREADY_PUBLIC, J.ALREADY_PUBLIC], Outcome.ALREADY_PUBLIC),
        ([J.WITHHELD], Outcome.NOT_PUBLIC),
        ([J.WITHHELD, J.ALREADY_PUBLIC], Outcome.NOT_PUBLIC),
        ([J.PARTIAL], Outcome.PARTIAL_PUBLIC),
        ([J.PUBLIC, J.WITHHELD], Outcome.PARTIAL_PUBLIC),
        ([J.PARTIAL, J.ALREADY_PUBLIC], Outcome.PARTIAL_PUBLIC),
    ],
)
def test_the_decision_on_the_request_follows_from_its_documents(judgements: list[Judgement], outcome: Outcome) -> None:
    assert outcome_of(judgements) is outcome
