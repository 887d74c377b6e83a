"""Names by `deduce` (LGPL-3, University Medical Center Utrecht), wrapped as one recogniser, its false hits filtered."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import regex

from redaction.detect.cache import load_deduce
from redaction.detect.lexicon import fold, is_common, is_surname, municipalities, places
from redaction.detect.names.employer import without_employer
from redaction.detect.names.veto import (
    is_acronym,
    is_never_a_name,
    is_not_a_person,
    is_opener,
    is_route,
    is_street_like,
)
from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding

_NAMES_AND_PLACES_ONLY = frozenset(
    {"institutions", "dates", "ages", "identifiers", "phone_numbers", "email_addresses", "urls", "redactor"}
)
_WITHOUT_STREETS = _NAMES_AND_PLACES_ONLY | {"street_pattern", "street_lookup", "housenumber"}
_TITLES = re.compile(
    r"^(?:(?:de\sheer|dhr|heer|mevrouw|mevr|mw|meneer|mijnheer|mej|drs|dra|mr|ir|ing|dr|prof|ds|bacc|collega|kand|"
    r"lec)\b\.?\s?|[-–,.;:\s])+",
    re.IGNORECASE,
)


_WORD = regex.compile(r"\w+")
"""A word to deduce, whose tokenizer is made of this library: it holds other characters than a word of `re`."""
_WITHIN_SENTENCE = re.compile(r"(?=[^\s.])(?:(?<![^\W\d_]{3})\.|[^\n.])+")
"""What deduce marks may run over the end of a sentence or line: "… van Banning. Schuurmans"."""
_ENUMERATED = re.compile(r"[^\W\d_]\.(?:\s|$)")
"""The letter before an item of a list: "B. Inzet van jongerenwerk"."""
_SEGMENT = 400
_CUTS = (re.compile(r"\n"), re.compile(r"[.!?;]\s"), re.compile(r"\s"))
_ROW = 16
_CAPITAL = re.compile(r"[^\W\d_a-z]")
_RUNAWAY = re.compile(rf"(?:{_CAPITAL.pattern}[^\s\-]{{0,40}}[ \-]{{1,3}}(?:[a-z']{{1,3}} ){{0,3}}){{{_ROW}}}")
"""A row of more than sixteen capitalised words is not shown to deduce: its time grows with the cube of such a row."""


class NameDeduceRecogniser(Recogniser):
    """Finds names with deduce's Dutch lists and patterns; gives only its person annotations."""

    KIND = "person_name"

    def __init__(self) -> None:
        super().__init__()
        self._deduce = load_deduce()
        self._telling = _telling_words(self._deduce.lookup_structs)
        street = self._deduce.config["annotators"]["street_pattern"]["args"]["pattern"][0]["re_match"]
        self._street = regex.compile(rf"\b{street.removesuffix('$')}\b")
        """Where no word is one, deduce need not try every word for it."""

    def find(self, text: str) -> Iterator[Finding]:
        """Yield deduce's persons that are no organisation, opener or street."""
        for offset, segment in _segments(text):
            yield from self._in_segment(text, offset, segment)

    def _in_segment(self, text: str, offset: int, segment: str) -> Iterator[Finding]:
        if self._telling.isdisjoint(_WORD.findall(segment)):
            return
        disabled = _NAMES_AND_PLACES_ONLY if self._street.search(segment) else _WITHOUT_STREETS
        document = self._deduce.deidentify(segment, disabled=disabled)
        for annotation in document.annotations:
            if annotation.tag != "persoon":
                continue
            start, end = offset + int(annotation.start_char), offset + int(annotation.end_char)
            lead = _TITLES.match(text[start:end])
            titled = bool(lead)
            start += lead.end() if lead else 0
            for line in _WITHIN_SENTENCE.finditer(text[start:end]):
                first, last = self._trimmed(
                    text, start + line.start(), without_employer(text, start + line.start(), start + line.end())
                )
                if first < last and (titled or self._is_person(text, first, last)):
                    why = "Staat in de naamlijsten van deduce, of heeft de vorm van een naam."
                    yield Finding(self.KIND, first, last, 0.6, "deduce.person", why)

    @staticmethod
    def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
        """Drop openers at the head: deduce takes any capitalised neighbour for a part of the name."""
        while start < end:
            first = re.match(r"\S+\s*", text[start:end])
            if not first or first.end() == end - start:
                break
            word = first[0].strip()
            if not (word[0].isupper() and is_opener(text, start, word)):
                break
            start += first.end()
        return start, end

    @staticmethod
    def _is_person(text: str, start: int, end: int) -> bool:
        """Refuse organisations, streets, acronyms and single words that are ordinary or a place."""
        name = text[start:end]
        words = [word for word in re.split(r"[\s\-]+", name) if word[:1].isupper()]
        if not words or is_not_a_person(text, start, end) or any(is_never_a_name(word) for word in words):
            return False
        if fold(name) in municipalities() or (" " in name and fold(name) in places()):
            return False
        if _ENUMERATED.match(name) and text[max(0, start - 1) : start] in "\n" and not is_surname(words[-1]):
            return False
        if is_street_like(words[-1]) or is_route(name) or all(is_acronym(word) for word in words):
            return False
        if len(words) == 1 and "." not in name and (is_common(words[0]) or fold(words[0]) in places()):
            return bool(re.match(r"[a-z'’]", name)) or name != words[0]
        return True


def _telling_words(lists: Any) -> frozenset[str]:
    """Give the words of which a text must hold one before deduce sees a person in it: most segments hold none.

    Every person begins as a first name, a surname, an initial or a form of address; or, behind a tussenvoegsel, as a
    surname of a list of its own. Of a term of several words ("de heer") the longest will do.
    """
    terms = itertools.chain(
        lists["first_name"].children, lists["surname"].children, lists["prefix"].items(), lists["initial"].items(),
        lists["interfix_surname"].items(),
    )  # fmt: skip
    return frozenset(max(words, key=len) for words in map(_WORD.findall, terms) if words)


def _runs_away(segment: str) -> bool:
    """Tell whether a row of more than sixteen capitalised words stands here; two counts tell it of most texts."""
    if segment.count(" ") + segment.count("-") < _ROW or len(_CAPITAL.findall(segment)) < _ROW:
        return False
    return bool(_RUNAWAY.search(segment))


def _segments(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, segment) of bounded length, cut where a name is least likely to be broken."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _SEGMENT)
        if end < len(text):
            for cut in _CUTS:
                ends = [match.end() for match in cut.finditer(text, start + _SEGMENT // 2, end)]
                if ends:
                    end = ends[-1]
                    break
        segment = text[start:end]
        if not segment.isspace() and not _runs_away(segment):
            yield start, segment
        start = end
