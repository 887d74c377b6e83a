"""Abbreviations of people's names, as minutes and routing slips use them: JL, PvdL, KAB, AKo.

A bare abbreviation may as well be a department, so it counts only where it fits a name of the same text that explains
it: "Petra van der Laan (PvdL)", a row of a list of those present, a line with a date on a routing slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from redaction.detect.lexicon import fold, word_list
from redaction.detect.names.shape import TITLES, UPPER
from redaction.detect.span import Span

ABBREVIATION = rf"[{UPPER}](?:(?:v/?d?|d|t|ter|ten|i)?[{UPPER}]|[a-zà-ž]){{1,4}}"
"""Two to five letters that begin with a capital and hold small words: JL, PvdL, RdW, AKo."""

_TOKEN = re.compile(rf"(?<![\w@.&/\-]){ABBREVIATION}(?![\w@&\-]|\.\w)")
_WORD = re.compile(r"[^\W\d_]+")
_DEFINED = re.compile(
    rf"^(?:[ \t]{{0,3}}\((?:[^()\n]{{2,40}}[,;:][ ])?(?P<bracket>{ABBREVIATION})(?:[,;][^()\n]{{0,40}})?\)|"
    rf"[^\n]{{0,70}}?[ \t;|](?P<row>{ABBREVIATION})[ \t]*(?=\r?\n|$|[;|]|[ \t]+\d{{1,2}}[-/ ]))"
)
_BEFORE_NAME = re.compile(
    rf"(?:^|\n|[;|,][ ])[ \t]{{0,6}}(?P<lead>{ABBREVIATION})[ \t]{{0,4}}(?:[=:|;\-–]|[ \t])[ \t]{{0,12}}$"
)
_SIGNS = re.compile(
    rf"^[ \t]{{0,4}}(?P<speaker>[{UPPER}]{{2,4}}):[ ]|"
    rf"\b(?i:paraaf|akkoord|gezien|actie(?:houder)?):?[ ]{{1,3}}(?P<signs>{ABBREVIATION})(?![\w@&\-])",
    re.MULTILINE,
)
"""Where somebody speaks or signs: the initials of one of the text's names stand there for that person."""
_NEVER = frozenset({"OK", "PS", "NB", "CC", "RE", "FW", "TV", "PC", "EU", "VS", "NL", "OR", "MT", "HR", "AI", "IT"})
"""Of these the text must show that somebody acts before they count outside the place that explains them."""
_ACTS = re.compile(r"^(?::|\s[a-z]{2,14}(?:t|de|te)\b|\s(?:zal|kan|wil|gaat|en\s[A-Z]|\d{1,2}[-/ ]))")


def with_abbreviations(text: str, spans: list[Span]) -> list[Span]:
    """Give the spans, with the abbreviations added that the text itself explains by one of its names."""
    known = {**dict(_signing(text, spans)), **dict(_explained(text, spans))}
    if not known:
        return spans
    spans = [replace(s, public_role=s.public_role or known[s.text]) if s.text in known else s for s in spans]
    taken = {index for span in spans for index in range(span.start, span.end)}
    added = [
        Span(match.start(), match.end(), match[0], "person_name", 0.75, "abbreviation.explained",
             ("abbreviation.explained",), "Afkorting van een naam die in dit document staat.",
             public_role=known[match[0]])
        for match in _TOKEN.finditer(text)
        if match[0] in known
        and match.start() not in taken
        and (match[0] not in _NEVER or _ACTS.match(text[match.end() : match.end() + 24]) or _is_enclosed(text, match))
    ]  # fmt: skip
    return sorted([*spans, *added], key=lambda span: span.start)


def shortens(abbreviation: str, name: str) -> bool:
    """Tell whether an abbreviation is made of a name: PvdL of "Petra van der Laan", AKo of "A. Koning".

    It must be the beginnings (one to three letters) of words of the name, in their order: of the first word, and of at
    least one word of the surname; others may be left out.
    """
    bare = re.sub(rf"^(?:{TITLES})+", "", name)
    family, comma, given = bare.partition(",")
    words = [fold(word) for word in _WORD.findall(f"{given} {family}" if comma else bare)]
    small = word_list("particles.txt")
    if len(words) < 2 or (len(words[0]) > 1 and words[0] in small):
        return False
    rest = fold(abbreviation.replace(".", "").replace("/", ""))
    return any(
        rest.startswith(words[0][:length])
        and _is_made_of(rest[length:], [(word, word not in small) for word in words[1:]], core=False)
        for length in range(1, min(3, len(words[0])) + 1)
    )


def _is_made_of(letters: str, words: list[tuple[str, bool]], *, core: bool) -> bool:
    """Tell whether the letters are beginnings of these words in order, with one that is no small word among them."""
    if not letters:
        return core
    return any(
        letters.startswith(word[:length]) and _is_made_of(letters[length:], words[index + 1 :], core=core or telling)
        for index, (word, telling) in enumerate(words)
        for length in range(1, min(3, len(word)) + 1)
    )


def _explained(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """Yield each abbreviation that stands beside the name it fits, with the public role of that name."""
    for span in spans:
        if span.kind != "person_name" or len(span.text) < 5:
            continue
        right = _DEFINED.match(text[span.end : span.end + 130])
        left = _BEFORE_NAME.search(text[max(0, span.start - 30) : span.start])
        for token in (right and (right["bracket"] or right["row"]), left and left["lead"]):
            if token and shortens(token, span.text):
                yield token, span.public_role


def _signing(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """Yield the initials that speak ("AD: Wij wisten…") or sign ("akkoord AD") and are those of a name in the text."""
    tokens = {match["speaker"] or match["signs"] for match in _SIGNS.finditer(text)}
    for span in spans if tokens else ():
        if span.kind == "person_name":
            for token in tokens & _initials_of(span.text):
                yield token, span.public_role


def _initials_of(name: str) -> set[str]:
    """Give the ways to write the initials of a name of two words or more: JvdL and JL of "Jan van der Laan"."""
    words = [word for word in _WORD.findall(re.sub(rf"^(?:{TITLES})+", "", name)) if "," not in name]
    telling = [word for word in words if word[0].isupper()]
    if len(telling) < 2:
        return set()
    return {"".join(word[0] for word in words), "".join(word[0] for word in telling)}


def _is_enclosed(text: str, match: re.Match[str]) -> bool:
    return text[match.start() - 1 : match.start()] in (
        "(", "/", " ") and text[match.end() : match.end() + 1] in (")", "/"
    )
