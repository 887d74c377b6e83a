"""The score of a find is the share of finds like it that is right."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from redaction.detect import Detector
from redaction.detect.calibration import on_curve, share_of
from tools.calibrate.__main__ import fit, left_out, table
from tools.calibrate.labelled import UNSEEN, own_texts, records


@pytest.mark.parametrize("kind", ["person_name", "bsn"])
def test_a_higher_rank_is_always_a_higher_share(kind: str) -> None:
    shares = [share_of(kind, rank / 100) for rank in range(40, 100)]
    assert all(low < high for low, high in pairwise(shares))
    assert shares[0] > 0 and shares[-1] <= 0.99


def test_finds_that_are_right_nine_times_of_ten_get_a_score_of_nine_tenths() -> None:
    finds = [("names", 0.75, number % 10 != 0) for number in range(1000)]
    assert on_curve(fit(finds)["names"], 0.75) == pytest.approx(0.9, abs=0.04)


def test_a_band_is_judged_by_curves_that_did_not_see_it() -> None:
    texts = [[("names", 0.6, number % 2 == 0)] * 20 for number in range(40)]
    (row,) = table(left_out(texts))
    assert row["finds"] == 800 and row["score"] == pytest.approx(0.5, abs=0.05) and row["right"] == 0.5


def test_the_labels_in_our_own_texts_point_at_their_values() -> None:
    texts = list(own_texts())
    assert len(texts) == 434 and len({one.name for one in texts}) == 434
    assert not any(re.search(r"\{(?:[A-Z]!?|~\w+)\|", one.text) or "### " in one.text for one in texts)
    assert all(one.text[start:end].strip() for one in texts for start, end, _public in one.values)


@pytest.mark.slow
def test_sure_finds_on_our_own_texts_are_right_as_often_as_they_say(detector: Detector) -> None:
    right = [
        any(start < span.end and span.start < end for start, end, _public in one.values)
        for one in own_texts()
        for span in detector.detect(one.text)
        if span.score >= 0.9 and span.kind in ("person_name", "bsn", "iban", "phone", "email")
    ]
    assert sum(right) >= 0.9 * len(right) > 200


def test_unseen_texts_name_the_label_of_each_value_and_are_not_fitted_on() -> None:
    unseen = [one for path in sorted(UNSEEN.glob("*.txt")) for one in records(path)]
    fitted = {one.text for one in own_texts()}
    assert len(unseen) == 117 and fitted.isdisjoint(one["text"] for one in unseen)
    labels = {span["label"] for one in unseen for span in one["spans"]}
    assert {"PERSON", "EMAIL", "PHONE", "IBAN", "LICENSE_PLATE", "V_NUMBER"} <= labels
    emails = [one["text"][s["start"] : s["end"]] for one in unseen for s in one["spans"] if s["label"] == "EMAIL"]
    assert emails and all("@" in email for email in emails)
    assert sum(len(one["traps"]) for one in unseen) == 526
