"""How offices shorten names: PvdL and JL of "Jan van der Laan", AKo of "A. Koning", Mo of "Mohammed Amrani"."""

from __future__ import annotations

import re

from redaction.detect.lexicon import fold, word_list
from redaction.detect.names.shape import TITLES

_WORD = re.compile(r"[^\W\d_]+")
_TITLES = re.compile(rf"^(?:{TITLES})+")
_MOVED = re.compile(r"^(?P<given>.*?)(?P<small>(?:\s(?:van|v\.d\.|vd|de|den|der|ten|ter|te|el|al|in|'t))*)\s*$")


def shortens(abbreviation: str, name: str) -> bool:
    """Tell whether an abbreviation is made of a name: PvdL of "Petra van der Laan", AKo of "A. Koning".

    It must be the beginnings (one to three letters) of words of the name, in their order: of the first word, and of at
    least one word of the surname; others may be left out.
    """
    words = [fold(word) for word in _words(name)]
    small = word_list("particles.txt")
    if len(words) < 2 or (len(words[0]) > 1 and words[0] in small):
        return False
    rest = letters_of(abbreviation)
    return any(
        rest.startswith(words[0][:length])
        and _is_made_of(rest[length:], [(word, word not in small) for word in words[1:]], core=False)
        for length in range(1, min(3, len(words[0])) + 1)
    )


def begins(abbreviation: str, name: str) -> bool:
    """Tell whether an abbreviation is the beginning of a name: Syl of "Sylwia Baran"."""
    words = _words(name)
    return bool(words) and len(words[0]) > len(abbreviation) > 1 and fold(words[0]).startswith(letters_of(abbreviation))


def initials_of(name: str) -> set[str]:
    """Give the folded initials of a name of two words or more: jvdl and jl of "Jan van der Laan" or "Laan, J. van der".

    Of several first names the first alone may count: "W.F. de Boer" signs with wb too. Of a double surname without a
    first name the small words count: drk of "De Roo Kamps".
    """
    words = _words(name)
    small = word_list("particles.txt")
    telling = [word for word in words if fold(word) not in small]
    if len(telling) < 2:
        return set()
    given = next((i for i, word in enumerate(words[1:], start=1) if len(word) > 1), 1)
    short = [words[0], *words[given:]]
    return {"".join(fold(word[0]) for word in row) for row in (words, telling, short)}


def letters_of(abbreviation: str) -> str:
    """Give the letters of an abbreviation, folded: jl of "J.L.", avd of "A v/d"."""
    return "".join(char for char in fold(abbreviation) if char.isalpha())


def _words(name: str) -> list[str]:
    """Give the words of a name in the order in which it is spoken, without titles."""
    family, comma, given = _TITLES.sub("", name).partition(",")
    if not comma:
        return _WORD.findall(family)
    moved = _MOVED.match(re.sub(r"\([^()]*\)", " ", given).strip())
    order = f"{moved['given']} {moved['small']} {family}" if moved else f"{given} {family}"
    return _WORD.findall(_TITLES.sub("", order))


def _is_made_of(letters: str, words: list[tuple[str, bool]], *, core: bool) -> bool:
    """Tell whether the letters are beginnings of these words in order, with one that is no small word among them."""
    if not letters:
        return core
    return any(
        letters.startswith(word[:length]) and _is_made_of(letters[length:], words[index + 1 :], core=core or telling)
        for index, (word, telling) in enumerate(words)
        for length in range(1, min(3, len(word)) + 1)
    )
