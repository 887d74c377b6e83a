"""Whole documents of many kinds, written by hand with marked names; each is filled anew with other people.

A document starts with a line `=== ID KIND`. Marks: `{{PERSON|Sanne de Graaf}}`, `{{PERSON+pub|…}}` for somebody in a
public function, `{{TRAP:company|Van Oord}}` for what only looks like a name, and other labels, which say nothing here.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from redaction.detect.lexicon import fold, is_forename, word_list
from tools.train_ner.frames import Filled
from tools.train_ner.people import draw

HERE = Path(__file__).parent / "documents"
_HEAD = re.compile(r"^=== \S+ (?P<kind>.+)$", re.MULTILINE)
_MARK = re.compile(r"\{\{(?P<label>[A-Z_]+)(?::(?P<kind>[a-z_]+))?[^|{}]*\|(?P<text>.*?)\}\}", re.DOTALL)
_TRAP_LABELS = {"company": "ORG", "org": "ORG", "place": "LOC", "street": "LOC"}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*\.?")
_CAPITALS = "AAABBBCCDDEEEFFGGHHHIJJJJKKLLMMMMNNOPPRRRSSSTTUVWWYZ"
"""Letters about as often as names begin with them."""
_KEPT = 0.15
"""The share of people who keep the name that was written: the real look of a text is worth something too."""
_LONGEST = 900
"""Characters of one training text; a longer document is cut at a line end."""


class Cast:
    """Who plays whom in one filling: the same word of a name always becomes the same other word."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._played: dict[str, str] = {}

    def play(self, name: str) -> str:
        """Give the name with other words, written in the same form: initials, tussenvoegsels and capitals stay."""
        return _WORD.sub(lambda word: self._word(word[0]), name)

    def _word(self, word: str) -> str:
        if fold(word.rstrip(".")) in word_list("particles.txt"):
            return word
        if _is_short_form(word):
            return self._played.setdefault(word, _other_letters(word, self._chance))
        if word.endswith(".") or len(word) < 3:
            return word
        key = fold(word)
        if key not in self._played:
            somebody = draw(self._chance)
            other = somebody.first if is_forename(word) else somebody.core
            kept = self._chance.random() < _KEPT or " " in other or "\n" in other
            self._played[key] = word if kept else other
        other = self._played[key]
        return other.lower() if word.islower() else other.upper() if word.isupper() else other


def _is_short_form(word: str) -> bool:
    """Tell whether a word of a name is no name but its initials: "J.", "RK", "JvdB", "WTO"."""
    letters = word.rstrip(".")
    capitals = sum(char.isupper() for char in letters)
    if capitals == len(letters):
        return len(letters) <= 3 and not is_forename(letters)
    return capitals > 1 and len(letters) <= 5


def _other_letters(word: str, chance: random.Random) -> str:
    return "".join(chance.choice(_CAPITALS) if char.isupper() else char for char in word)


@cache
def _documents() -> tuple[tuple[str, str], ...]:
    found = []
    for path in sorted(HERE.glob("*.txt")):
        text = path.read_text("utf-8")
        heads = list(_HEAD.finditer(text))
        ends = [head.start() for head in heads[1:]] + [len(text)]
        found += [(head["kind"], text[head.end() : end].strip("\n")) for head, end in zip(heads, ends, strict=True)]
    return tuple(found)


def filled_documents(rounds: int, seed: int) -> Iterator[Filled]:
    """Yield every document `rounds` times in pieces of bounded length, each time with other people."""
    chance = random.Random(seed)
    for _round in range(rounds):
        for kind, marked in _documents():
            yield from _pieces(_filled(kind, marked, Cast(chance)))


def _filled(kind: str, marked: str, cast: Cast) -> Filled:
    text, entities, position = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[position : mark.start()]
        value, label = mark["text"], _TRAP_LABELS.get(mark["kind"] or "", "")
        if mark["label"] == "PERSON":
            value, label = cast.play(value), "PER"
        if label:
            entities.append((len(text), len(text) + len(value), label))
        text += value
        position = mark.end()
    return Filled(text + marked[position:], tuple(entities), kind, "-")


def _pieces(filled: Filled) -> Iterator[Filled]:
    """Cut a filled document at line ends outside names."""
    start = 0
    while start < len(filled.text):
        end = min(len(filled.text), start + _LONGEST)
        while end < len(filled.text):
            end = filled.text.rfind("\n", start, end) + 1 or len(filled.text)
            if not any(first < end < last for first, last, _label in filled.entities):
                break
            end -= 1
        inside = tuple((a - start, b - start, label) for a, b, label in filled.entities if start <= a and b <= end)
        yield Filled(filled.text[start:end], inside, filled.genre, filled.origin)
        start = end
