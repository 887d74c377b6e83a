"""Marks of people whom the text need not name: in the bracket of a remark, behind "getekend", as the last word.

Only places where nobody but a person puts two to four letters; a department in such a place is in
`never_initials.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import fold, is_common, word_list
from redaction.detect.names.shape import UPPER

_MARK = rf"(?:[{UPPER}](?:v/?d?|vd|d|t|ter|ten)?-?[{UPPER}]{{1,2}})"
_REMARK = re.compile(
    rf"\[(?i:opm(?:erking(?:en)?)?|noot|commentaar|comment|handschrift|handgeschreven|(?:handmatig[ ])?toegevoegd|"
    rf"kanttekening|aant(?:ekening)?|red|bijgeschreven)\.?"
    rf"(?:[ ](?i:door|van|met[ ]pen|potlood))?(?:[ ]\d{{1,3}})?,?[ ](?P<mark>{_MARK})(?:[ ]?\d{{1,2}}\w{{0,3}})?\]|"
    rf"\b(?i:opmerking(?:en)?|comments?|commented)[ ]\[(?P<numbered>{_MARK})[ ]?\d{{1,2}}\w{{0,3}}\]|"
    rf"\b(?i:noot|notitie|aantekening|kanttekening|opm\.|nb|todo|memo)[ ](?P<noted>{_MARK}):[ ]|"
    rf"\b(?i:(?:ge)?paraaf|geparafeerd(?:[ ]door)?|getekend(?:[ ]door)?|afgetekend|w\.?g\.|akk\.|akkoord|gez\.|"
    rf"bijgewerkt(?:[ ]door)?|ingevoerd(?:[ ]door)?|gecontroleerd(?:[ ]door)?|opgemaakt(?:[ ]door)?|"
    rf"aangenomen(?:[ ]door)?|genoteerd(?:[ ]door)?|verwerkt(?:[ ]door)?):?[ ](?P<signed>{_MARK})(?=[\s,;.)|\]]|$)"
)
"""A remark in a margin, and the words behind which somebody signs."""
_LAST = re.compile(
    rf"(?:[a-z\d][.!?)\"”']{{1,2}}[ ]{{1,4}}|[ ][-–—/][ ]|\d[-/]\d{{1,2}}(?:[-/]\d{{2,4}})?[ ]|"
    rf"[.!?\"”][ ]?\()(?P<mark>{_MARK})\)?\s{{0,20}}\Z"
)
"""The last word of a text, behind a sentence, a dash, a date or alone in brackets."""


def paraphs_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield (start, mark) of the marks that sign a remark, an entry or the whole text."""
    last = _LAST.search(text, max(0, len(text) - 60))
    for match in (*_REMARK.finditer(text), *((last,) if last else ())):
        group = match.lastgroup or "mark"
        if _is_somebody(match[group]):
            yield match.start(group), match[group]


def _is_somebody(mark: str) -> bool:
    """Tell whether the letters are no office, country, ordinary word or common abbreviation."""
    folded = fold(mark)
    return not (
        folded in word_list("never_initials.txt")
        or folded in word_list("known_organisations.txt")
        or (mark.isupper() and len(mark) > 2 and is_common(mark))
    )
