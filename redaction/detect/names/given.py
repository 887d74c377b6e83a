"""What stands before a surname that was found alone: its first name, of a list or of none, or its small words."""

from __future__ import annotations

import re

from redaction.detect.lexicon import fold, is_common, is_forename, is_function_word, is_joined_words, is_surname, places
from redaction.detect.names.roles import is_person_word
from redaction.detect.names.shape import TUSSEN, UPPER
from redaction.detect.names.things import is_thing_word
from redaction.detect.names.veto import has_title, is_acronym, is_never_a_name, opens_sentence

_SMALL = re.compile(rf"(?:{TUSSEN}){{1,2}}")
_OPENING = re.compile(rf"(?:^|[\n|;\t]|[ ]{{2}})[ ]?(?P<small>(?:{TUSSEN}){{1,2}})$")
_UNKNOWN_BEFORE = re.compile(
    rf"(?<![\w.\-@/])(?P<first>[{UPPER}][^\W\d_]{{1,14}}(?:-[{UPPER}][^\W\d_]{{1,14}})?)[ ](?:{TUSSEN}){{0,2}}$"
)


def with_given(text: str, start: int, name: str) -> int:
    """Give the start with the small words at the start of a cell, and with a first name before a surname alone."""
    words = _SMALL.sub("", name).split()
    if len(words) != 1 or not name[-1].isalnum() or is_forename(words[0]) or has_title(text, start):
        return start
    left = text[max(0, start - 36) : start]
    opening = _OPENING.search(left)
    if opening and words[0][0].isupper():
        return start - len(opening["small"])
    given = _UNKNOWN_BEFORE.search(left)
    if given and words[0][0].isupper() and _may_be_given(text, start - len(left) + given.start(), given["first"]):
        return start - len(left) + given.start()
    return start


def _may_be_given(text: str, start: int, word: str) -> bool:
    """Tell whether a capitalised word before a surname is its first name: a known one, or one of no list at all."""
    if is_never_a_name(word) or is_acronym(word) or is_person_word(word) or has_title(f"{word} ", len(word) + 1):
        return False
    if is_forename(word):
        return not (is_function_word(word) and opens_sentence(text, start))
    unknown = not (is_common(word) or is_surname(word) or fold(word) in places() or is_joined_words(word))
    return unknown and not opens_sentence(text, start) and not is_thing_word(word)
