"""The words that must be gone, and whether some other text still holds them: compared without case and spaces."""
from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable

SHORTEST = 4
"""Shorter words are too common to look for outside the page they were on, unless the plan names them."""
LONG = 8
"""Strings of this length are found in the middle of others too."""
WORD = re.compile(r"[^\W_]+(?:[.@'’/-][^\W_]+)*")
PART = re.compile(r"[^\W_]+")
SPACED = re.compile(r"(?:(?<![^\W_])[^\W_]\s){2,}[^\W_](?![^\W_])")


def plain(text: str) -> str:
    """Text in composed form without case, so that two spellings of one string compare equal."""
    return unicodedata.normalize("NFKC", text).casefold()


def squeeze(text: str) -> str:
    """Plain text without white space."""
    return "".join(plain(text).split())


def words_of(text: str) -> set[str]:
    """Words of letters and digits, both whole (jan-willem) and in parts (jan, willem)."""
    clean = plain(text)
    return set(WORD.findall(clean)) | set(PART.findall(clean))


class HiddenWords:
    """Strings that may not be found any more. `named` come from the plan, `covered` from under the boxes.

    What was covered but still stands in the `kept` words of the document is no secret and is left out.
    """

    def __init__(self, named: Iterable[str], covered: Iterable[str], kept: frozenset[str] = frozenset()) -> None:
        found: set[str] = {squeeze(n) for n in named if len(squeeze(n)) > 1}
        for text in covered:
            whole = squeeze(text)
            words = words_of(text)
            new = words - kept
            if len(words) > 1 and len(whole) >= LONG and new:
                found.add(whole)
            found |= {w for w in new if len(w) >= SHORTEST}
        self.words = frozenset(found)
        self._long = [w for w in found if len(w) >= LONG]

    def __bool__(self) -> bool:
        return bool(self.words)

    def within(self, text: str) -> bool:
        """Whether one of the strings is written in the text; short ones only as a word of their own."""
        if not self.words or not text:
            return False
        clean = SPACED.sub(lambda m: "".join(m.group().split()), plain(text))
        parts = PART.findall(clean)
        tokens = set(parts) | set(WORD.findall(clean)) | {a + b for a, b in itertools.pairwise(parts)}
        if not self.words.isdisjoint(tokens):
            return True
        tight = "".join(clean.split())
        return any(word in tight for word in self._long)
