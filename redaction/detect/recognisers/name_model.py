"""Names by the trained language pipeline (see `redaction.detect.nlp`), where lists and shapes do not speak against it.

The model sees context that no list has, but it also sees names in headings and brands; so what it finds alone gets a
modest score, and what is plainly a place, an organisation or an ordinary word is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from redaction.detect.lexicon import (
    fold,
    is_common,
    is_forename,
    is_joined_words,
    is_surname,
    municipalities,
    places,
    word_list,
)
from redaction.detect.looks import ending
from redaction.detect.names.employer import without_employer
from redaction.detect.names.roles import is_person_word
from redaction.detect.names.shape import INITIALS, LAST_FIRST
from redaction.detect.names.veto import (
    has_title,
    is_acronym,
    is_never_a_name,
    is_not_a_person,
    is_opener,
    is_route,
    is_street_like,
    opens_sentence,
)
from redaction.detect.pipelines import PERSON
from redaction.detect.recogniser import Recogniser, after, before
from redaction.detect.recognisers.name_lower import is_informal
from redaction.detect.recognisers.name_sequence import ACTS, TOWARDS, is_in_place
from redaction.detect.span import Finding

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’.\-](?=[^\W_]))*\.?")
_STARTS_WITH_INITIALS = re.compile(rf"{INITIALS}\s?\S")
_REST_OF_STREET = re.compile(r"\s(?:(?:van|de|den|der|het|ter|ten)\s){0,2}([^\W\d_]+)")
_CUT = re.compile(r"(?<=[^\W\d_]{3})\.\s+|\s*\n\s*| {3,}")
_VOWEL = re.compile(r"[aeiouyj]")
_LABEL_SIGN = re.compile(r"\.?:\s")
_POSTCODE_BEFORE = re.compile(r"\d{4} ?$")
_CAPITAL_TUSSEN = frozenset({"Van", "Den", "Ten", "Ter", "Von", "El", "Al", "Vander", "Vanden", "Di", "Du", "Del"})
"""How a surname alone begins; "De" and "Het" open too many sentences."""
_MEANT_BEFORE = ending(r"(?i)\b(?:met|door|tegen|volgens|namens|bij|dat|(?<!die )(?<!hij )(?<!zij )(?<!ik )is)\s$")
_FULL_STOP = re.compile(r"[^\W\d_]{4}\.\Z")
"""A point behind so many letters ends a sentence; behind fewer it may belong to an initial ("Chr.")."""
_IN_BRACKETS = re.compile(r"\s\(([^\s()]+)\)\Z")
_OF_A_TOWN = ending(
    r"(?i)\b(?:(?:wethouders|burgemeester|raad|politie|rechtbank)\svan|(?:gemeente|stad|dorp|provincie|waterschap)(?:\svan)?)\s$"
)
_INNER_CAPITAL = re.compile(r"^(?!Mc|Mac|De|Van)\w*[a-z][A-Z]")
"""As products and departments are written: "MinDef", "WorkCentre"."""
_LONGEST_CODE = 3
_WHY = "Het taalmodel ziet hier een naam."


class NameModelRecogniser(Recogniser):
    """Passes on the persons that the pipeline marked, each with a score for how much else speaks for it."""

    KIND = "person_name"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Finding]:
        """Give the persons that the pipeline marked, where nothing speaks against them."""
        marked = [one for one in nlp_artifacts.entities if one.label_ == PERSON] if nlp_artifacts is not None else []
        findings = []
        for entity in marked:
            for first, last in _pieces(text, entity.start_char, entity.end_char):
                start, end = _trimmed(text, first, last)
                score = _score(text, start, end) if start < end else None
                if score is not None:
                    findings.append(Finding(self.KIND, start, end, score, "model.person", _WHY))
        return findings


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a find where a sentence or a cell ends, at an empty line, and at a line end beside an abbreviation."""
    for cut in _CUT.finditer(text, start, end):
        lines = (text[start : cut.start()], text[cut.end() : end])
        if "\n" not in cut[0] or "\n\n" in cut[0] or any(_is_brief(line.strip()) for line in lines):
            yield start, cut.start()
            start = cut.end()
    yield start, end


def _is_brief(line: str) -> bool:
    """Tell whether a line is an abbreviation or a letter, which no name goes on from."""
    return is_acronym(line) or len(line) == 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the range without signs around it, without an opening word ("Gisteren") and without the employer."""
    while start < end and not text[start].isalnum() and text[start] not in "'’":
        start += 1
    words = list(_WORD.finditer(text, start, end))
    while (
        len(words) > 1
        and words[0][0][0].isupper()
        and words[0][0] not in _CAPITAL_TUSSEN
        and is_opener(text, words[0].start(), words[0][0].rstrip("."))
    ):
        words.pop(0)
        start = words[0].start()
    while len(words) > 1 and words[0][0].islower() and is_forename(words[-1][0]) and not is_surname(words[-1][0]):
        words.pop(0)  # a tussenvoegsel stands before a surname: "in de Johan" is no name
        start = words[0].start()
    first = next((index for index, word in enumerate(words[:-1]) if is_forename(word[0])), 0)
    if any(is_common(word[0]) and word[0][0].isupper() for word in words[:first]):
        words = words[first:]  # a function or a team before the name
        start = words[0].start()
    end = without_employer(text, start, end)
    while end > start and not text[end - 1].isalnum() and text[end - 1] != "." and text[end - 1] != ")":
        end -= 1
    if _FULL_STOP.search(text, start, end):
        end -= 1
    short = _IN_BRACKETS.search(text, start, end)
    if short and is_acronym(short[1]):  # "Petra van der Laan (PvdL)": what is explained is found apart
        end = short.start()
    return start, end


def _score(text: str, start: int, end: int) -> float | None:
    """Judge a find of the model: None to refuse it, else a score by what the words themselves say."""
    name = text[start:end]
    if "," in name and not LAST_FIRST.fullmatch(name):
        return None
    words = [match[0] for match in _WORD.finditer(name)]
    capitals = [word for word in words if word[0].isupper()]
    if not words or len(name) > 60 or re.search(r"\d|[@_/\\]|\n\s*\n", name) or is_not_a_person(text, start, end):
        return None
    if any(is_never_a_name(word) for word in capitals) or is_route(name) or fold(name) in municipalities():
        return None
    known = any(is_forename(word) for word in words) or is_surname(words[-1])
    if not capitals:
        ordinary = any(is_common(word) or fold(word) in word_list("never_lower.txt") for word in words)
        named = known and not ordinary and (len(words) > 1 or is_informal(text))
        return 0.45 if named and len(words) < 4 and _is_meant(text, start, end, words) else None
    if all(is_acronym(word) and not _is_known_in_capitals(word) for word in capitals) or is_street_like(capitals[-1]):
        return None
    if _STARTS_WITH_INITIALS.match(name):
        return 0.7
    if (follows := _REST_OF_STREET.match(text, end)) and is_street_like(follows[1]):
        return None
    if _POSTCODE_BEFORE.search(text[max(0, start - 5) : start]) and re.match(r"[A-Z]{2}\b", name):
        return None
    if len(capitals) > 1:
        if any(is_acronym(word) for word in capitals) and any(fold(word) in places() for word in capitals):
            return None
        if words[0] in _CAPITAL_TUSSEN:
            return _score_of_tussen(text, start, end, capitals[1:], known)
        doubtful = any(is_common(word) or is_acronym(word) or fold(word) in places() for word in capitals)
        return 0.65 if known else None if doubtful else 0.5
    return _score_of_one(text, start, end, capitals[0], known)


def _is_label(text: str, end: int, word: str) -> bool:
    """Tell whether a word is the label of a field ("Author: "), for nowhere does it stand without a colon."""
    return bool(_LABEL_SIGN.match(text, end)) and not re.search(rf"\b{re.escape(word)}\b(?!\.?:)", text)


def _is_meant(text: str, start: int, end: int, words: list[str]) -> bool:
    """Tell whether a surname alone in small letters is meant as one: most are trades or things too ("is bakker")."""
    if len(words) > 1 or is_forename(words[0]):
        return True
    left = before(text, start)
    return bool(_MEANT_BEFORE.search(left) or has_title(text, start) or ACTS.match(after(text, end))) or (
        is_person_word(left.rstrip().rpartition(" ")[2])
    )


def _is_known_in_capitals(word: str) -> bool:
    """Tell whether "MIEP" is a name: on a list, and too long for a country's code where it is a first name."""
    return is_surname(word) or (len(word) > _LONGEST_CODE and is_forename(word))


def _score_of_tussen(text: str, start: int, end: int, rest: list[str], known: bool) -> float | None:
    """Judge "Van Os": a capital Van within a sentence belongs to a surname, also where the rest is a town."""
    acts = bool(ACTS.match(after(text, end)))
    ordinary = any((is_common(word) and not is_surname(word)) or is_acronym(word) for word in rest)
    if ordinary or fold(text[start:end]) in municipalities() or (opens_sentence(text, start) and not (known or acts)):
        return None
    return 0.65 if known and acts else 0.55


def _score_of_one(text: str, start: int, end: int, word: str, known: bool) -> float | None:
    """Judge a single capitalised word: where a sentence or heading opens, the capital says nothing."""
    if fold(word) in places() or fold(text[start:end]) in places():
        return None
    placed = bool(ACTS.match(after(text, end)) or TOWARDS.search(before(text, start)))
    if is_forename(word) and not is_common(word):
        return 0.6
    if is_common(word):
        return 0.45 if known and placed and not opens_sentence(text, start) else None
    if known:
        if len(word) < 4 and word.isupper() and not (placed or has_title(text, start)):
            return None
        return 0.55 if placed or " " in text[start:end] else 0.45
    if _INNER_CAPITAL.search(word) or _OF_A_TOWN.search(before(text, start)):
        return None
    ordinary = any(is_common(part) for part in word.split("-")) if "-" in word else False
    if len(word) < 4 or ordinary or is_acronym(word) or opens_sentence(text, start) or is_joined_words(word):
        return None
    if not _VOWEL.search(fold(word)):
        return None
    if " " not in text[start:end] and _is_label(text, end, word):
        return None
    if word.isupper() and text[end : end + 1] in (".", ":"):  # "PERSONEELSVERTR.", "VOORN:"
        return None
    left = before(text, start)
    if is_in_place(left) or is_acronym(left.rstrip().rpartition(" ")[2]):  # "SAP Ariba"
        return None
    return 0.5 if placed else 0.45
