"""Words that are nearly a known name: read wrongly by a scanner, mistyped by one letter, or with a Dutch ending."""

from __future__ import annotations

from collections.abc import Iterator

from redaction.detect.lexicon import fold, is_common, is_forename, is_surname, places

_SHORTEST = 6
"""Letters that a name needs before one wrong letter may be forgiven: "Mol" and "Bol" are two people."""
_CONFUSED = tuple(pair.split(":") for pair in "rn:m vv:w cl:d ii:u 0:o 1:l i:l 5:s 8:b 6:b".split())
"""What scanners take for one another; both sides become the second."""


class NearNames:
    """Single names (folded) that may turn up with one slip."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._skeletons: dict[str, str] = {}
        self._shorter: dict[str, str] = {}

    def add(self, name: str) -> None:
        """Take up a folded name of one word; short ones and ordinary words only for their endings."""
        self._names.add(name)
        if len(name) >= _SHORTEST and name not in places() and not is_common(name):
            self._skeletons.setdefault(_skeleton(name), name)
            for shorter in _without_one(name):
                self._shorter.setdefault(shorter, name)
            self._shorter.setdefault(name, name)

    def nearest(self, word: str) -> str | None:
        """Give the known name that this capitalised word nearly is; None for a name or word of its own."""
        if len(word) < 4 or not word[0].isupper() or not self._names:
            return None
        folded = fold(word)
        for ending in ("'s", "s", "en"):
            stem = folded.removesuffix(ending)
            if stem != folded and len(stem) > 3 and stem in self._names and not is_common(stem):
                return stem
        if len(folded) < _SHORTEST or is_common(word) or is_surname(word) or is_forename(word) or folded in places():
            return None
        same = self._skeletons.get(_skeleton(folded))
        if same or len(folded) <= _SHORTEST or not folded.isalpha():
            return same
        known = self._shorter.get(folded)
        return known or next((self._shorter[s] for s in _without_one(folded) if s in self._shorter), None)


def _skeleton(word: str) -> str:
    for wrong, right in _CONFUSED:
        word = word.replace(wrong, right)
    return word


def _without_one(word: str) -> Iterator[str]:
    """Yield the word without each of its letters but the first: two words that share one differ by one letter."""
    return (word[:i] + word[i + 1 :] for i in range(1, len(word)))
