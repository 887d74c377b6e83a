"""Word lists: first names, surnames, places, streets, and words that are ordinary Dutch.

`forenames.txt` and `surnames.txt` are our own lists of names of many origins, completed with names of the CC0
collection "popular names by country"; `lowercase_words.txt.gz` holds words that Dutch statutes (no copyright) and CC0
newspapers write in lower case, and `opentaal_words.txt.gz` the words of OpenTaal's list (BSD) that are no known name
(`python -m tools.make_dictionary`). The Dutch name, place and street lists are read from the installed `deduce` package
(LGPL-3, a dependency).
"""

from __future__ import annotations

import gzip
import importlib.util
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

_SPECIAL = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "ss", "æ": "ae", "’": "'"}
)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Give the key of a word: lower case, without diacritics, straight apostrophes."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.translate(_SPECIAL))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def _deduce_lists() -> Path | None:
    """Give the folder of deduce's raw lists without importing the package (its import changes the root logger)."""
    spec = importlib.util.find_spec("deduce")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "data" / "lookup" / "src"


def _deduce_words(*lists: str) -> frozenset[str]:
    folder = _deduce_lists()
    if folder is None:
        return frozenset()
    words: set[str] = set()
    for name in lists:
        for path in sorted((folder / name).rglob("items.txt")):
            words.update(fold(line.strip()) for line in path.read_text("utf-8").splitlines() if line.strip())
    return frozenset(words)


def _own_lines(name: str) -> list[str]:
    text = (files("redaction.detect.lexicon") / name).read_text("utf-8")
    return [line for line in text.splitlines() if line]


@cache
def word_list(name: str) -> frozenset[str]:
    """Give the folded words of one of the lists in this folder, by its file name."""
    return frozenset(fold(line) for line in _own_lines(name))


def forenames_for_deduce() -> set[str]:
    """Give our own first names as written, without those that are also ordinary words: deduce weighs no evidence."""
    return {name for name in _own_lines("forenames.txt") if len(name) > 2 and not is_common(name)}


def surnames_for_deduce() -> set[str]:
    """Give our own surnames as written, without those that are also ordinary words, places or two letters."""
    return {
        name
        for name in _own_lines("surnames.txt")
        if len(name) > 2 and not is_common(name) and fold(name) not in places()
    }


@cache
def forenames() -> frozenset[str]:
    """Give folded first names of Dutch and many other origins."""
    return (word_list("forenames.txt") | _deduce_words("names/lst_first_name")) - word_list("never_forenames.txt")


@cache
def surnames() -> frozenset[str]:
    """Give folded surnames, without tussenvoegsels."""
    return word_list("surnames.txt") | _deduce_words("names/lst_surname", "names/lst_interfix_surname")


@cache
def places() -> frozenset[str]:
    """Give folded names of Dutch towns, municipalities, provinces and regions."""
    return _deduce_words("locations/lst_placename") | word_list("places_known.txt")


@cache
def municipalities() -> frozenset[str]:
    """Give folded names of municipalities and well-known cities: places even where a surname would fit."""
    return _deduce_words("locations/lst_placename/lst_municipality") | word_list("places_known.txt")


@cache
def streets() -> frozenset[str]:
    """Give folded names of Dutch streets (about 150,000; some tens of megabytes)."""
    return _deduce_words("locations/lst_street")


@cache
def common_words() -> frozenset[str]:
    """Give folded words that are ordinary Dutch: seen in lower case in statutes, newspapers or chats, or listed."""
    return (
        _packed("lowercase_words.txt.gz")
        | _packed("opentaal_words.txt.gz")
        | word_list("informal_words.txt")
        | _deduce_words("whitelist/lst_stop_word", "whitelist/lst_common_word")
    )


def _packed(name: str) -> frozenset[str]:
    """Give the words of a packed list; they are stored folded."""
    packed = (files("redaction.detect.lexicon") / name).read_bytes()
    return frozenset(gzip.decompress(packed).decode("utf-8").splitlines())


def is_function_word(word: str) -> bool:
    """Tell whether the word is a small or everyday word that opens sentences, even where it is a surname too."""
    return fold(word) in word_list("informal_words.txt")


def is_forename(word: str) -> bool:
    """Tell whether the word is a known first name; a double name counts when each half does."""
    folded = fold(word)
    return folded in forenames() or ("-" in folded and all(part in forenames() for part in folded.split("-")))


def is_surname(word: str) -> bool:
    """Tell whether the word is a known surname; a double name counts when one half does."""
    folded = fold(word)
    return folded in surnames() or ("-" in folded and any(part in surnames() for part in folded.split("-")))


def is_common(word: str) -> bool:
    """Tell whether the word is ordinary Dutch in lower case."""
    return fold(word) in common_words()


_SHORTEST_HEAD, _SHORTEST_TAIL = 3, 6


@lru_cache(maxsize=20_000)
def is_joined_words(word: str) -> bool:
    """Tell whether a word of no list is made of two ordinary ones ("Oplegformulier"), with or without an s, e or en.

    The second has six letters or more: a surname as "Molenkamp" often ends in a short one.
    """
    folded = fold(word)
    if folded in surnames() or folded in forenames():
        return False
    for cut in range(_SHORTEST_HEAD, len(folded) - _SHORTEST_TAIL + 1):
        head, tail = folded[:cut], folded[cut:]
        if tail in common_words() and not tail.endswith(_OF_SURNAMES):
            heads = (head, *(head.removesuffix(link) for link in ("s", "e", "en") if head.endswith(link)))
            if any(len(each) >= _SHORTEST_HEAD and each in common_words() for each in heads):
                return True
    return False


_OF_SURNAMES = (
    "huizen", "bergen", "velden", "waarde", "waarden", "dijken", "akkers", "bakker", "bakkers", "meester", "makers",
    "maker", "houders", "graven", "hoeven", "schoten", "steden", "bloesem", "gieter", "vogels", "macher", "zanger",
)  # fmt: skip
"""Endings of surnames that are ordinary words too: "Broekhuizen", "Schrijnemakers"."""
