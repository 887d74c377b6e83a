"""What our own name model sees of a word: itself where training knew it well, else the lists it stands in.

A word that training saw too seldom gives a model nothing but noise; that made it miss surnames like "Binsbergen" and
take them for towns. So each such word is shown as one of a few classes ("forename", "surname", "place", "word", and
what they share), with its first and last three letters and its shape. Names on no list are a class of their own,
which training shows often: the model must read what surrounds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import spacy
from spacy.attrs import IS_SPACE, LOWER, NORM, PREFIX, SHAPE, SUFFIX

from redaction.detect.lexicon import common_words, fold, forenames, places, surnames

_PARTS = re.compile(r"[^\W\d_]+")

KNOWN = "known_words"
"""The table among the model's own lookups with the words that training knew well."""


_READ = frozenset({NORM, PREFIX, SUFFIX, SHAPE, LOWER, IS_SPACE})
"""What the model and its parser look at; spaCy works out sixteen other things of each new word, at its own cost."""


@spacy.registry.callbacks("woo.word_features.v1")  # type: ignore[untyped-decorator]  # spaCy ships no types
def word_features() -> Callable[[Any], Any]:
    """Give the callback that spaCy runs when it makes the pipeline."""
    return use_word_features


def use_word_features(nlp: Any) -> Any:
    """Let the pipeline's vocabulary describe words in this way."""
    vocabulary = nlp.vocab

    def norm(word: str) -> str:
        lower = word.lower()
        known = vocabulary.lookups.get_table(KNOWN, {})
        return lower if lower in known else word_class(lower)

    getters = {key: getter for key, getter in vocabulary.lex_attr_getters.items() if key in _READ}
    vocabulary.lex_attr_getters = getters | (
        {NORM: norm, PREFIX: lambda word: word[:3].lower(), SUFFIX: lambda word: word[-3:].lower()}
    )
    return nlp


def word_class(word: str) -> str:
    """Give the lists that a word stands in, as one class: "<forename word>", "<>" for a word on no list.

    A double name is judged by its last part ("<-surname>"); what holds a digit is a number; signs are themselves.
    """
    if not any(char.isalpha() for char in word):
        return "<0>" if any(char.isdigit() for char in word) else word
    if any(char.isdigit() for char in word):
        return "<a0>"
    *_before, last = _PARTS.findall(word)
    folded = fold(last)
    lists = {"forename": forenames, "surname": surnames, "place": places, "word": common_words}
    found = " ".join(name for name, words in lists.items() if folded in words())
    return f"<{'-' if last != word else ''}{found}>"
