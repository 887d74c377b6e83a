"""Where a name ends and what somebody belongs to begins: "Ruud Timmers van Timmers Logistiek", "Anja bij de IND"."""

from __future__ import annotations

import re

from redaction.detect.lexicon import fold, is_common, is_forename, is_surname, places
from redaction.detect.names.veto import (
    has_title,
    is_acronym,
    is_known_organisation,
    is_not_a_person,
    is_street_like,
)

_LINK = re.compile(
    r" (?P<word>van|bij|uit|namens|via|voor|(?<!van )(?<!in )(?<!op )(?<!uit )(?<!aan )het)(?: (?:de|het))? "
    r"(?!der |den |'t |’t )(?=[A-ZÀ-Ý])"
)
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]\.")


def without_employer(text: str, start: int, end: int) -> int:
    """Give the end of the name at `text[start:end]`: before the organisation or place that somebody is from."""
    last = end
    for link in _LINK.finditer(text, start + 1, end):
        last = link.start()
        if any(char.isupper() for char in text[start:last]) and _leads_elsewhere(text, start, link, end):
            return last
    return last if last < end and is_not_a_person(text, start, end) else end


def _leads_elsewhere(text: str, start: int, link: re.Match[str], end: int) -> bool:
    """Tell whether what follows the link is no part of the surname."""
    origin = text[link.end() : end]
    words = origin.split()
    if _INITIAL.fullmatch(words[0]):  # "J.C. van H."
        return False
    if is_acronym(words[0]) or is_street_like(words[-1]):
        return True
    if link["word"] == "uit" and " " in link[0].strip():  # "Piet uit het Broek"
        return fold(origin) in places() and not is_surname(words[-1])
    if link["word"] != "van":
        return True
    if is_known_organisation(text, link.end(), end):
        return True
    if len(words) > 1 and is_common(words[0]):  # "Omroep Gelderland"
        return not is_surname(words[0])
    if is_surname(words[-1]) or is_surname(words[0]):
        return False
    return _is_whole(text, start, link.start()) or is_common(words[-1])


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a name already has its surname: behind a title or initials, or as a second word."""
    name = text[start:end]
    capitals = [word for word in name.split() if word[0].isupper() and not _INITIAL.fullmatch(word)]
    if not capitals or (len(capitals) == 1 and is_forename(capitals[0])):
        return False
    return len(capitals) > 1 or bool(_INITIAL.search(name)) or has_title(text, start)
