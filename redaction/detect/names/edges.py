"""Where a name begins and ends: what recognisers took along from a label, a preposition or the next line is cut off.

One judge for the findings of all name recognisers; it only ever cuts whole words, and never the last one.
"""

from __future__ import annotations

import re

from redaction.detect.lexicon import fold, is_common, is_forename, is_function_word, is_surname, places
from redaction.detect.names.shape import UPPER
from redaction.detect.names.veto import has_title, is_compass, is_never_a_name, is_notation

_PREPOSITION = re.compile(r"(?:van|voor|aan|met|door|bij|over|op|te)\s+(?=\S)")
_LABEL = re.compile(r"(?P<label>[^\W\d_]{3,20})\s+(?=\S)")
_BRACKET = re.compile(r"\s*\((?P<inside>[^()\n]{1,30})\)$")
_LETTER = re.compile(rf"(?P<letter>[{UPPER}]\.)\s+(?=[{UPPER}]\w)")
_LAST = re.compile(rf"(?P<gap>\s+)(?P<word>[{UPPER}][^\W\d_]+)$")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the range of the name inside `text[start:end]`: without label, preposition, bracketed place, next line."""
    start = _trimmed_head(text, start, end)
    bracket = _BRACKET.search(text[start:end])
    if bracket and (is_compass(bracket["inside"]) or fold(bracket["inside"]) in places()):
        end = start + bracket.start()
    last = _LAST.search(text[start:end])
    while last and last.start() and _is_of_the_next(text[start : start + last.start()], last["gap"], last["word"]):
        end = start + last.start()
        last = _LAST.search(text[start:end])
    return start, end


def _trimmed_head(text: str, start: int, end: int) -> int:
    """Give the start without "Steller ", without a preposition before a first name, without the C of "categorie C."."""
    name = text[start:end]
    label = _LABEL.match(name)
    if label and label["label"][0].isupper() and is_never_a_name(label["label"]) and not is_forename(label["label"]):
        rest = name[label.end() :]
        if rest[0].isupper() or re.match(r"(?:van|de|den|der|ten|ter|el|al)\s", rest):
            return start + label.end()
    preposition = _PREPOSITION.match(name)
    if preposition:
        words = name[preposition.end() :].split()
        if is_forename(words[0]) and words[0][0].isupper() and not has_title(text, start):
            return start + preposition.end()
    letter = _LETTER.match(name)
    if letter and is_notation(text, start):
        return start + letter.end()
    return start


def _is_of_the_next(before: str, gap: str, word: str) -> bool:
    """Tell whether the last word belongs to what follows: an ordinary word behind a name that is whole without it."""
    if is_surname(word) or is_forename(word):
        return is_function_word(word) and "\n" in gap
    previous = before.rsplit(maxsplit=1)[-1]
    whole = is_surname(previous) and ("." in before or " " in before.strip())
    return (whole and (is_common(word) or is_never_a_name(word))) or ("." in before and is_function_word(word))
