"""Tests of weighing a find by all its signs together."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redaction.detect import Detector, DetectorSettings, load_detector, weighing
from redaction.detect.names.signs import SIGNS, Scene
from redaction.detect.pipelines import ORGANISATION, PERSON, Entity
from redaction.detect.span import REFUSED, Span
from redaction.detect.weighing import LEAST, share_of, signs_of, weighed, with_refused

WORDS = st.sampled_from(
    "mr. drs. Met vriendelijke groet, namens deze, Van: Aan: Geachte heer cc: w.g. J. A.B. ( ) | ; v.d. van der de Jan "
    "Storm Kaya ozcan DE BOER zegt belt bij Stichting Kerkstraat 12 1234 AB 06-12345678 @ & - geb. 2021".split()
)
TEXTS = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=8).map("\n".join)


def name_in(text: str, name: str, *, score: float = 0.6, sources: tuple[str, ...] = ("deduce.person",)) -> Span:
    start = text.index(name)
    return Span(start, start + len(name), name, "person_name", score, sources[0], sources, "")


def sign(text: str, span: Span, wanted: str, marked: tuple[Entity, ...] = ()) -> float:
    return float(Scene(text, [span], marked).signs_of(span)[SIGNS.index(wanted)])


def test_every_sign_has_one_name() -> None:
    assert len(set(SIGNS)) == len(SIGNS)


def test_signs_say_what_stands_around_a_name() -> None:
    text = "Verslag van het gesprek bij Fernandes, volgens Fernandes zelf."
    first = name_in(text, "Fernandes")
    assert sign(text, first, "behind bij") == 1 and sign(text, first, "comma after") == 1
    assert sign(text, first, "one word") == 1 and sign(text, first, "found by deduce") == 1
    assert sign(text, first, "behind van") == 0


def test_signs_say_what_the_model_marked_here_and_elsewhere() -> None:
    text = "Ting leverde de locaties aan. Wij vroegen Ting om meer."
    here = name_in(text, "Ting")
    later = text.rindex("Ting")
    entities = (Entity(0, 4, ORGANISATION), Entity(later, later + 4, PERSON))
    assert sign(text, here, "model says organisation", entities) == 1
    assert sign(text, here, "elsewhere person", entities) == 1
    assert sign(text, here, "elsewhere other", entities) == 0


def test_more_for_a_name_makes_it_likelier() -> None:
    text = "De notulist was Karima Bensaid, zegt zij."
    agreed = ("deduce.person", "model.person", "sequence.full_name")
    strong = name_in(text, "Karima Bensaid", score=0.97, sources=agreed)
    weak = name_in(text, "Karima Bensaid", score=0.45, sources=("deduce.person",))
    marked = (Entity(strong.start, strong.end, PERSON),)
    (likely,), (unlikely,) = (list(signs_of(text, [one], seen)) for one, seen in ((strong, marked), (weak, ())))
    assert likely is not None and unlikely is not None
    assert share_of(likely) > 0.9 > share_of(unlikely)


def test_other_kinds_are_not_weighed() -> None:
    text = "Bel 06-12345678."
    phone = Span(4, 15, text[4:15], "phone", 0.41, "phone.mobile", ("phone.mobile",), "")
    assert weighed(text, [phone], ()) == [phone]


def test_what_the_judge_of_the_model_refused_is_weighed_too() -> None:
    text = "aanw: Nilay, Storm (notulen)"
    marked = [Entity(6, 11, PERSON), Entity(13, 18, PERSON)]
    nilay = name_in(text, "Nilay")
    added = [span.text for span in with_refused(text, [nilay], marked) if span.rule == REFUSED]
    assert added == ["Storm"]


@pytest.mark.parametrize("text", ["Gemeente Oeverstad", "4200 AB Oeverstad", "Zie EZ", "n.v.t.", "zaak 2021-A", "a@b"])
def test_towns_abbreviations_and_numbers_that_the_model_marks_stay_refused(text: str) -> None:
    start = text.rindex(" ") + 1 if " " in text else 0
    assert with_refused(text, [], [Entity(start, len(text), PERSON)]) == []


def test_a_name_that_too_little_speaks_for_is_left_out_only_when_weighed() -> None:
    text = "Het krukje van De Zeeuw stond in de gang. De bolinder stond stil, de Petzl hing er naast."
    plain = load_detector(DetectorSettings(use_weighing=False))
    spans = [span for _offset, _piece, found, _marked in plain.found(text) for span in found]
    assert {span.rule for span in plain.ranked(text)} <= {span.rule for span in spans} - {REFUSED}


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_cue_words_and_names_in_any_order_break_nothing(detector: Detector, text: str) -> None:
    for span in detector.detect(text):
        assert text[span.start : span.end] == span.text and 0 < span.score <= 1


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_every_find_has_all_its_signs_and_a_share(detector: Detector, text: str) -> None:
    for _offset, piece, spans, marked in detector.found(text):
        for signs in signs_of(piece, spans, marked):
            assert signs is None or (len(signs) == len(SIGNS) and all(map(math.isfinite, signs)))
            assert signs is None or 0 < share_of(signs) < 1


def test_what_is_kept_is_at_least_likely_enough(detector: Detector) -> None:
    text = "Beste Karima,\nJeroen belde over de Petzl. Groet,\nMo"
    assert all(span.score >= LEAST for span in detector.ranked(text) if span.kind == "person_name")


def test_trees_that_were_made_for_other_signs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "SIGNS", ("another sign",))
    weighing._trees.cache_clear()
    with pytest.raises(ValueError, match="other signs"):
        share_of([0.0])
    monkeypatch.undo()
    weighing._trees.cache_clear()
