"""The signs by which a find is weighed: what its words, its neighbours and the rest of the text say, as numbers.

Each sign is 0 or 1, a small count or a share. `SIGNS` names them in the order in which `Scene.signs_of` gives them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from redaction.detect.lexicon import fold, is_common, is_forename, is_function_word, is_surname, places
from redaction.detect.names.roles import is_person_word
from redaction.detect.names.veto import (
    has_title,
    is_acronym,
    is_never_a_name,
    is_not_a_person,
    is_street_like,
    opens_sentence,
)
from redaction.detect.pipelines import ORGANISATION, PERSON, PLACE, Entity
from redaction.detect.recognisers.name_lower import is_informal
from redaction.detect.recognisers.name_sequence import ACTS
from redaction.detect.span import Span

_FAMILIES = (
    "model", "deduce", "sequence", "title", "role", "lower", "capitals", "chat", "table", "header", "form", "initials",
    "closing", "greeting", "citation", "beside", "refused",
)  # fmt: skip
_LEADING = ("de", "het", "een", "bij", "van", "in", "op", "door", "met", "aan", "via", "naar", "en", "of", "voor", "&")
_OF_WORD = ("forename", "surname", "common", "place", "acronym", "never", "person", "street", "length")

_WORD = re.compile(r"[^\W\d_][\w'’\-]*")
_INITIAL = re.compile(r"\b[A-ZÀ-Ý]\.")
_LAST_WORD = re.compile(r"(\w+|&)\s$")
_NEXT_WORD = re.compile(r"\s(\w+)")
_VERB = re.compile(r"\w+(?:t|de|te|en)")
_CAPITAL_BEFORE = re.compile(r"[A-ZÀ-Ý][\w'’\-]* $")
_SMALL_BEFORE = re.compile(r"[a-zà-ÿ] $")
_CAPITAL_AFTER = re.compile(r" [A-ZÀ-Ý][a-zà-ÿ]")
_DIGIT_BEFORE = re.compile(r"\d[ .]?$")
_DIGIT_AFTER = re.compile(r"[ \-]?\d")
_CELL_BEFORE = re.compile(r"(?:[|;\t]\s*|  )$")
_CELL_AFTER = re.compile(r"\s*[|;\t]|  ")
_HEAD_OF_LINE = re.compile(r"(?:^|\n)\s*$")
_ITEM = re.compile(r"(?:^|\n)\s*[-*•–]\s$")
_END_OF_LINE = re.compile(r"\s*(?:\n|$)")
_REACH = 40
_NEAR = 25
_MOST = 4

SIGNS: Final[tuple[str, ...]] = (
    "rank", *(f"found by {family}" for family in _FAMILIES), "families",
    "model says person", "model says organisation", "model says place",
    "words", "one word", "lower", "capitals", "initial", "tussenvoegsel", "hyphen",
    *(f"first {sign}" for sign in _OF_WORD), *(f"last {sign}" for sign in _OF_WORD),
    "no person", "opens", "titled", "acts",
    *(f"behind {word}" for word in _LEADING), "behind person word", "behind common word",
    "capital before", "small before", "capital after", "verb after", "small word after", "digit before", "digit after",
    "colon before", "colon after", "comma before", "comma after", "bracket before", "bracket after", "opens bracket",
    "quote before", "quote after", "glued", "full stop after", "cell", "head of line", "end of line", "item",
    "people on line", "person near", "times found", "elsewhere lower", "elsewhere person", "elsewhere other",
    "elsewhere sure", "informal", "people per word",
)  # fmt: skip


class Scene:
    """One text, the people found in it, and what the model marked in it."""

    def __init__(self, text: str, people: Sequence[Span], marked: Sequence[Entity]) -> None:
        self._text = text
        self._people = sorted((one.start, one.end) for one in people)
        self._starts = [start for start, _end in self._people]
        self._marked = marked
        self._informal = is_informal(text)
        self._density = min(1.0, 10 * len(people) / max(30, text.count(" ") + text.count("\n")))
        self._times = Counter(fold(one.text) for one in people)
        self._sure = Counter(word for one in people if one.score > 0.8 for word in _folded(one.text))
        self._by_model = Counter(word for one in marked if one.label_ == PERSON for word in self._words_of(one))
        self._other = Counter(word for one in marked if one.label_ != PERSON for word in self._words_of(one))
        self._lower = frozenset(_LOWER.findall(text))

    def _words_of(self, entity: Entity) -> tuple[str, ...]:
        return _folded(self._text[entity.start_char : entity.end_char])

    def signs_of(self, span: Span) -> list[float]:
        """Give the signs of one find, in the order of `SIGNS`."""
        text, start, end = self._text, span.start, span.end
        name = text[start:end]
        words = _WORD.findall(name) or [name]
        first = next((word for word in words if word[0].isupper()), words[0])
        last = words[-1]
        families = {source.partition(".")[0] for source in span.sources}
        label = self._label(start, end)
        signs: list[float] = [
            span.score, *(family in families for family in _FAMILIES), len(families),
            label == PERSON, label == ORGANISATION, label == PLACE,
            min(len(words), _MOST), len(words) == 1, name.islower(), name.isupper(), bool(_INITIAL.search(name)),
            name[0].islower() and len(words) > 1, "-" in name,
            *_signs_of_word(first), *_signs_of_word(last),
            is_not_a_person(text, start, end), opens_sentence(text, start), has_title(text, start),
        ]  # fmt: skip
        signs += self._around(start, end)
        signs += self._elsewhere(name, last, start, end)
        return signs

    def _label(self, start: int, end: int) -> str:
        """Give what the model marked over at least half of a range."""
        for one in self._marked:
            if 2 * (min(end, one.end_char) - max(start, one.start_char)) >= end - start:
                return one.label_
        return ""

    def _around(self, start: int, end: int) -> list[float]:
        """Give the signs of what stands right before and right after."""
        left, right = self._text[max(0, start - _REACH) : start], self._text[end : end + _REACH]
        led = _LAST_WORD.search(left)
        leading = led[1].lower() if led else ""
        followed = _NEXT_WORD.match(right)
        following = followed[1].lower() if followed else ""
        one, other = left[-1:], right[:1]
        bare = left.rstrip()[-1:]
        person = bool(leading) and is_person_word(leading)
        return [
            bool(ACTS.match(right)),
            *(leading == word for word in _LEADING), person, bool(leading) and not person and is_common(leading),
            bool(_CAPITAL_BEFORE.search(left)), bool(_SMALL_BEFORE.search(left)), bool(_CAPITAL_AFTER.match(right)),
            bool(_VERB.fullmatch(following)), bool(following) and is_function_word(following),
            bool(_DIGIT_BEFORE.search(left)), bool(_DIGIT_AFTER.match(right)),
            bare == ":", other == ":", bare == ",", other == ",", one == "(", other == ")", right.startswith(" ("),
            bool(one) and one in "\"'“‘", bool(other) and other in "\"'”’",
            (bool(one) and one in "/_-.") or (bool(other) and other in "/_-"), other == ".",
            bool(_CELL_BEFORE.search(left) or _CELL_AFTER.match(right)),
            bool(_HEAD_OF_LINE.search(left)), bool(_END_OF_LINE.match(right)), bool(_ITEM.search(left)),
        ]  # fmt: skip

    def _elsewhere(self, name: str, last: str, start: int, end: int) -> list[float]:
        """Give the signs of the line and of the whole text."""
        text, key = self._text, fold(last)
        first_of_line, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        low = bisect_left(self._starts, first_of_line)
        high = bisect_left(self._starts, line_end if line_end >= 0 else len(text))
        others = [one for one in self._people[low:high] if one[1] <= start or one[0] >= end]
        near = any(abs(a - end) < _NEAR or abs(start - b) < _NEAR for a, b in others)
        here = key in _folded(name)
        marked = self._label(start, end)
        return [
            min(len(others), _MOST), near, min(self._times[fold(name)], _MOST),
            not name.islower() and last.lower() in self._lower,
            self._by_model[key] > (here and marked == PERSON),
            self._other[key] > (here and marked not in ("", PERSON)),
            self._sure[key] > 1, self._informal, self._density,
        ]  # fmt: skip


_LOWER = re.compile(r"(?<!\w)[a-zà-ÿ][\w'’\-]*")


@lru_cache(maxsize=4096)
def _folded(name: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in _WORD.findall(name))


@lru_cache(maxsize=8192)
def _signs_of_word(word: str) -> tuple[float, ...]:
    """Give what the lists say of one word, in the order of `_OF_WORD`."""
    return (
        is_forename(word), is_surname(word), is_common(word), fold(word) in places(), is_acronym(word),
        is_never_a_name(word), is_person_word(word), is_street_like(word), min(len(word), 12),
    )  # fmt: skip
