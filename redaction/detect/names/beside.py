"""Who stands beside a name that was found: "Cas en Philou ten Bokkel", "Ploon = A.P. Hietbrink".

A name says of its neighbour that it is one too, also where the neighbour is an ordinary word or of no list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from redaction.detect.lexicon import fold, is_common, is_forename, is_surname, places
from redaction.detect.names.roles import is_person_word
from redaction.detect.names.shape import TUSSEN, UPPER
from redaction.detect.names.veto import is_acronym, is_never_a_name, is_not_a_person, opens_sentence
from redaction.detect.span import REFUSED, Span

_ONE = rf"[{UPPER}][^\W\d_]{{1,19}}(?:-[{UPPER}]?[^\W\d_]{{1,19}})?"
_AND_BEFORE = re.compile(rf"(?<![\w.@/&\-])(?P<name>{_ONE})[ ](?:en|and|und|et)[ ]$")
_AND_AFTER = re.compile(rf"[ ](?:en|and|und|et)[ ](?P<name>{_ONE})(?![\w@/&\-]|\.\w|[ ](?:{TUSSEN}){{0,2}}[{UPPER}])")
_EQUAL_BEFORE = re.compile(
    rf"(?:^|[\n;,:(|]|[ ]{{2}})[ \t]{{0,6}}[\"“'‘]?(?P<name>(?:{_ONE}|(?:{TUSSEN}){{0,2}}[a-zà-ž]{{3,20}}))"
    r"[\"”'’]?(?:[ \t]{1,12}=[ \t]{0,6}|=[ \t]{1,6})(?:(?:mw|dhr|mevr|mr|drs|dr|ir|ing)\.?[ ])?$"
)
_EQUAL_HINT = re.compile(r"=[ \t]{0,6}(?:[a-z]{2,4}\.?[ ])?$")
_WIDEST = 60


def with_companions(text: str, spans: Sequence[Span]) -> list[Span]:
    """Give the spans, with the words that a name beside them makes names."""
    sure = [span for span in spans if span.rule != REFUSED]
    people = [span for span in sure if span.kind == "person_name"]
    taken = {index for span in sure for index in range(span.start, span.end)}
    added: list[Span] = []
    for start, end, rule, why in (found for span in people for found in _beside(text, span)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            added.append(Span(start, end, text[start:end], "person_name", 0.72, rule, (rule,), why))
    if not added:
        return list(spans)
    left = [span for span in spans if span.rule != REFUSED or taken.isdisjoint(range(span.start, span.end))]
    return sorted([*left, *added], key=lambda span: span.start)


def _beside(text: str, span: Span) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, rule, why) of the words beside a name that may be names."""
    offset = max(0, span.start - _WIDEST)
    left = text[offset : span.start]
    before = _AND_BEFORE.search(left) if left.endswith(("en ", "and ", "und ", "et ")) else None
    why = "Staat met 'en' naast een naam."
    if before and _is_companion(text, offset + before.start("name"), before["name"]):
        yield offset + before.start("name"), offset + before.end("name"), "beside.and", why
    after = _AND_AFTER.match(text, span.end)
    if after and _is_companion(text, after.start("name"), after["name"]):
        yield after.start("name"), after.end("name"), "beside.and", why
    equal = _EQUAL_BEFORE.search(left) if _EQUAL_HINT.search(left) else None
    if equal and _is_other_name(equal["name"], span.text):
        reason = "Staat met '=' voor een naam: zo heet iemand ook."
        yield offset + equal.start("name"), offset + equal.end("name"), "beside.equal", reason


def _is_companion(text: str, start: int, word: str) -> bool:
    """Tell whether a word joined to a name by "en" is a person's: a known first name, or a word of no list."""
    if is_never_a_name(word) or is_acronym(word) or is_person_word(word) or fold(word) in places():
        return False
    if is_not_a_person(text, start, start + len(word)):
        return False
    if is_forename(word):
        return not (is_common(word) and opens_sentence(text, start))
    return not opens_sentence(text, start) and not is_common(word)


def _is_other_name(word: str, name: str) -> bool:
    """Tell whether what a legend explains by a whole name is a name itself, and no function or abbreviation."""
    last = word.rsplit(maxsplit=1)[-1]
    if is_never_a_name(last) or is_acronym(word) or is_person_word(last):
        return False
    if fold(last) in {fold(part) for part in re.findall(r"\w+", name)}:
        return True
    return " " in name and (is_forename(last) or not is_common(last) or (" " in word and is_surname(last)))
