"""Cheaper looks find what the plain search finds; and twice the text costs about twice the steps."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest

from redaction.apart import Limits, Origin
from redaction.detect import Detector, Dossier, Span, load_detector
from redaction.detect.looks import at_line_starts, ending, near, once
from redaction.detect.names.shape import LAST_FIRST, last_first_in
from redaction.detect.nlp import SHIPPED
from redaction.detect.pipelines import spacy_pipeline
from redaction.detect.recognisers.name_deduce import NameDeduceRecogniser
from tests.unit.detect import fairness

TEXTS = [
    "",
    "\n\n",
    "Van: Jan\nAan: Piet\n\nVan:\nVan: Els",
    "Aanwezig: Berg, Marieke van den, Eerden, C. van der (Cor), Vries, A. de; O'Brien, K.\nKerkstraat 12, Dorpsweg 3a",
    "Op 12 mei, Utrecht, en 's-Gravenhage, 'T Hart, P. 1 2 3 Laan 4\nHof van Holland 55 en Vaart 6",
    "Aa, " * 300 + "Aa 1 " * 300,
    *(text for _origin, _line, text, _ranges in fairness.cases()),
]


def spans(matches: Iterator[re.Match[str]]) -> list[tuple[int, int]]:
    return [match.span() for match in matches]


@pytest.mark.parametrize("pattern", [r"(?m)^Van:[^\n]*", r"(?m)^\s{0,3}\w+", r"(?im)^(?:aan|van):\s?(\w+)\s?"])
def test_line_starts_give_what_a_search_gives(pattern: str) -> None:
    compiled = re.compile(pattern)
    assert all(spans(at_line_starts(compiled, text)) == spans(compiled.finditer(text)) for text in TEXTS)


def test_near_a_hint_is_found_what_a_search_finds() -> None:
    street = re.compile(r"(?<!\w)(?:[A-Z]\w{0,20} ){0,3}[A-Z]\w{1,20} \d{1,3}(?!\w)")
    hint = re.compile(r" \d")
    assert any(street.search(text) for text in TEXTS)
    assert all(spans(near(street, text, hint, 100, 10)) == spans(street.finditer(text)) for text in TEXTS)


def test_surnames_first_are_found_as_a_search_finds_them() -> None:
    assert any(LAST_FIRST.search(text) for text in TEXTS)
    assert all(spans(last_first_in(text)) == spans(LAST_FIRST.finditer(text)) for text in TEXTS)


def test_an_ending_is_seen_from_behind() -> None:
    cue = ending(r"(?i)(?:stichting|van)\s(?:de\s)?$")
    assert cue.search("Namens Stichting de ") and cue.search("de brief van ") and not cue.search("van mij ")


@pytest.mark.slow
def test_deduce_is_asked_wherever_it_finds_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser = NameDeduceRecogniser()

    def found() -> list[tuple[int, int]]:
        return [(one.start, one.end) for text in TEXTS for one in recogniser.find(text)]

    chosen = found()
    monkeypatch.setattr(recogniser, "_telling", Everything())
    assert chosen == found() != []


@pytest.mark.slow
def test_without_a_word_that_is_a_street_deduce_finds_what_it_finds_anyway(monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser = NameDeduceRecogniser()
    assert len({bool(recogniser._street.search(text)) for text in TEXTS}) == 2

    def found() -> list[tuple[int, int]]:
        return [(one.start, one.end) for text in TEXTS for one in recogniser.find(text)]

    chosen = found()
    monkeypatch.setattr(recogniser, "_street", Everything())
    assert chosen == found() != []


class Everything:
    """What every segment holds."""

    def isdisjoint(self, _words: list[str]) -> bool:
        return False

    def search(self, _text: str) -> bool:
        return True


def test_a_judge_is_asked_once_about_a_place_while_the_text_is_at_hand() -> None:
    asked: list[tuple[str, int, int]] = []

    @once
    def is_capital(text: str, start: int, end: int) -> bool:
        asked.append((text, start, end))
        return text[start:end].isupper()

    places = [("Aa", 0, 1), ("Aa", 1, 2), ("Aa", 0, 1), ("Bb", 0, 1), ("Aa", 1, 2)]
    assert [is_capital(*place) for place in places] == [True, False, True, True, False]
    assert asked == [("Aa", 0, 1), ("Aa", 1, 2), ("Bb", 0, 1)]
    for text in ("Cc", "Dd", "Aa"):
        is_capital(text, 0, 1)
    assert asked[-1] == ("Aa", 0, 1)


@pytest.mark.slow
def test_the_first_text_costs_about_what_the_next_does() -> None:
    origin = Origin(str)  # a process that read nothing yet
    first, second = origin.run(steps_of_two_readings, limits=Limits())
    origin.end()
    assert first < 1.3 * second


def steps_of_two_readings() -> tuple[int, int]:
    detector = load_detector()
    text = "Beste mevrouw Hoekstra,\n\nBel J. Terlouw op 0612345678 of mail jt@voorbeeld.nl.\n"
    return steps(lambda: detector.detect(text)), steps(lambda: detector.detect(text))


def test_words_beyond_the_bound_are_forgotten_and_names_found_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = spacy_pipeline.SpacyPipeline(SHIPPED)
    text = "Gisteren sprak Marieke van den Berg met Qwrtzalinova Brzk uit Utrecht."
    before = pipeline.entities(text)
    monkeypatch.setattr(spacy_pipeline, "_MOST_WORDS", 0)
    words = len(pipeline._nlp.vocab.strings)
    assert pipeline.entities(text) == before != []
    for number in range(20):
        pipeline.entities(f"Hier staat xyzzy{number}ab in een zin.")
    assert len(pipeline._nlp.vocab.strings) == words


def test_twice_the_findings_take_about_twice_the_steps(detector: Detector) -> None:
    complete(detector, 5)  # fills the word caches
    assert steps(lambda: complete(detector, 120)) < 2.4 * steps(lambda: complete(detector, 60))


def complete(detector: Detector, count: int) -> None:
    """All that comes after the recognisers, over a text full of names, roles, abbreviations and cue words."""
    unit = "Jan de Vries is ziek. Directeur A. Koning (AK) belt. Jan belt AK. "
    found = [
        Span(at + start, at + end, unit[start:end], "person_name", 0.9, "a.b", ("a.b", "c.d"), "Omdat.")
        for at in range(0, count * len(unit), len(unit))
        for start, end in ((0, 12), (32, 41))
    ]
    text, dossier = unit * count, Dossier("document")
    dossier.learn(text, found)
    assert len(detector.complete(text, found, dossier)) >= 4 * count


def steps(work: Callable[[], None]) -> int:
    """Instructions of Python that some work takes: unlike seconds, the same on every machine."""
    count = 0

    def step(frame: FrameType, _event: str, _argument: object) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += 1
        return step

    outer = sys.gettrace()
    sys.settrace(step)
    try:
        work()
    finally:
        sys.settrace(outer)
    return count
