"""Joining findings: nothing that was covered is lost, and every source is kept."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from redaction.detect.merge import merge_findings
from redaction.detect.span import KIND_LABELS, Finding

TEXT = "abcde fghij klmno pqrst " * 5


def test_two_names_that_overlap_become_one_with_both_sources() -> None:
    text = "Jan van den Berg"
    spans = merge_findings(
        text,
        [Finding("person_name", 0, 7, 0.6, "list.a", "A."), Finding("person_name", 4, 16, 0.9, "rule.b", "B.")],
    )
    assert [(span.start, span.end, span.sources, span.why) for span in spans] == [(0, 16, ("list.a", "rule.b"), "B.")]


def test_agreement_of_two_sources_raises_the_score() -> None:
    one = merge_findings("Jan", [Finding("person_name", 0, 3, 0.6, "list.a", "A.")])
    two = merge_findings(
        "Jan", [Finding("person_name", 0, 3, 0.6, "list.a", "A."), Finding("person_name", 0, 3, 0.6, "rule.b", "B.")]
    )
    assert two[0].score > one[0].score


def test_a_checked_number_wins_from_a_phone_number_and_the_rest_stays() -> None:
    text = "12345 NL91ABNA0417164300"
    spans = merge_findings(
        text, [Finding("phone", 0, 10, 0.8, "phone.x", "P."), Finding("iban", 6, 24, 0.99, "iban.y", "I.")]
    )
    assert [(span.kind, span.text) for span in spans] == [("phone", "12345"), ("iban", "NL91ABNA0417164300")]


findings = st.lists(
    st.tuples(st.integers(0, 110), st.integers(1, 10), st.sampled_from(sorted(KIND_LABELS)), st.floats(0.4, 0.99)),
    max_size=25,
)


@given(findings)
def test_coverage_is_never_lost_and_spans_never_overlap(drawn: list[tuple[int, int, str, float]]) -> None:
    given_findings = [Finding(kind, start, start + length, score, "r.x", "W.") for start, length, kind, score in drawn]
    spans = merge_findings(TEXT, given_findings)
    covered = {index for span in spans for index in range(span.start, span.end)}
    for finding in given_findings:
        assert all(index in covered for index in range(finding.start, finding.end) if TEXT[index].isalnum())
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(TEXT[span.start : span.end] == span.text for span in spans)
