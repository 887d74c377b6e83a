"""Abbreviations of people's names, as minutes, rosters and routing slips use them: JL, PvdL, KAB, AKo, jvd.

A bare abbreviation may as well be a department, so it counts only where the text explains it: beside the name it is
made of ("Petra van der Laan (PvdL)", "Syl = Sylwia Baran", a row of a list), or where somebody must be meant (a cell
of a table, a signature, a speaker) and the letters are the initials of a name in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from redaction.detect.lexicon import is_common, word_list
from redaction.detect.names.initials import begins, initials_of, letters_of, shortens
from redaction.detect.names.paraphs import paraphs_in
from redaction.detect.names.shape import UPPER
from redaction.detect.span import Span

ABBREVIATION = rf"[{UPPER}](?:(?:v/?d?|d|t|ter|ten|i)?[{UPPER}]|[a-zà-ž]){{1,4}}"
"""Two to five letters that begin with a capital and hold small words: JL, PvdL, RdW, AKo."""

_ANY = rf"(?:{ABBREVIATION}|(?:v|d|vd){ABBREVIATION}|(?:d|vd|v)[{UPPER}]{{1,3}}|[a-z]{{2,4}}|(?:[^\W\d_]\.){{2,4}})"
"""Also in lower case and with points: mvw, vdV, i.s., A.L."""
_BRACKETED = re.compile(
    rf"^[ \t]{{0,3}}[(\[](?:[^()\n]{{2,40}}[,;:][ ]|[=\"“'][ ]?)?(?P<mark>{_ANY})[\"”']?(?:[,;][^()\n]{{0,40}})?[)\]]"
)
_ROW_CELL = re.compile(
    rf"(?:[\t;|]|[ ]{{2,}}|[ ](?={ABBREVIATION}[ \t]*(?:$|\d{{1,2}}[-/ ])))[ ]{{0,40}}(?P<mark>{_ANY})"
    rf"(?=[ ]*(?:$|[\t;|])|[ ]{{2,}}|[ ][–-]|[ ]+\d{{1,2}}[-/ ])"
)
_BEFORE_NAME = re.compile(
    rf"(?:(?:^|\n|[;|,(·][ ]?|[ ]{{2}}|\t|:[ ])[ \t]{{0,6}}(?P<equal>{_ANY})[ \t]{{0,8}}=[ \t]{{0,12}}|"
    rf"(?:^|\n|[;|,·][ ])[ \t]{{0,6}}(?P<lead>{ABBREVIATION})[ \t]{{0,4}}(?:[:|;\-–]|[ \t])[ \t]{{0,12}}|"
    rf"(?:^|[\s·|;])(?P<inside>{_ANY})[ ]\(=?[ ]?)$"
)
_MARK = rf"(?:{ABBREVIATION}|(?:d|v|vd)[{UPPER}]{{1,3}}|[a-z]{{2,4}}|(?:[{UPPER}]\.){{2,4}})"
_CAPITAL_MARK = rf"(?:[{UPPER}]{{2,4}}|[{UPPER}](?:vd?|vdv|d|t|ter|v/d|vh)[{UPPER}]{{1,2}})"
_SIGNED = re.compile(
    rf"\b(?i:(?:ge)?para(?:af|feerd)(?:[ ][\w. ]{{2,20}})?|par\.|akkoord|gezien|actie(?:houder)?|w\.?g\.|lg|typ|"
    rf"dictaat|beh(?:andelaar)?\.?|coll?\.|namens|steller|opsteller):?[ ]{{1,3}}(?P<marks>{_MARK}(?:[ ]{{1,2}}{_MARK}|"
    rf"[ ]?[/,][ ]?{_MARK}){{0,7}})(?![\w@&\-])"
)
"""Where people sign: a row of marks behind a word that says so."""
_PLACED = re.compile(
    rf"^[ \t>*•·\-–]{{0,6}}(?:\[(?P<speaker>{_CAPITAL_MARK})\]|(?P<turn>{_CAPITAL_MARK}):[ ])|"
    rf"[(\[](?P<bracket>{_CAPITAL_MARK}|d[{UPPER}]{{2}})(?:,[ ][^()\n]{{1,20}})?[)\]]|"
    rf"(?:[|;\t]|[ ]{{2}})[ ]?(?P<cell>{_CAPITAL_MARK})(?=[ ]?(?:[|;\t\n]|$)|[ ]{{2}})|"
    rf"(?<![\w/.])(?P<first>{_CAPITAL_MARK})/(?P<second>{_CAPITAL_MARK})(?![\w/])|"
    rf"\b(?i:hi|ha|hoi|hey|beste|dag)[ ](?P<greeted>{_CAPITAL_MARK})(?=[,!.])|"
    rf"(?:->|→|[-–•*]|^)[ ]{{0,3}}(?P<does>{_CAPITAL_MARK})(?=[ ][a-z]{{2,14}}t\b)",
    re.MULTILINE,
)
"""Where a person must be meant when the letters are somebody's initials."""
_NEVER = frozenset({"OK", "PS", "NB", "CC", "RE", "FW", "TV", "PC", "EU", "VS", "NL", "OR", "MT", "HR", "AI", "IT"})
"""Of these the text must show that somebody acts before they count outside the place that explains them."""
_ACTS = re.compile(r"^(?::|\s[a-z]{2,14}(?:t|de|te)\b|\s(?:zal|kan|wil|gaat|en\s[A-Z]|\d{1,2}[-/ ]))")

_EDGES = ("|", ";", "\t")

Found = tuple[int, str, bool]
"""Where an abbreviation stands that the text explains, the abbreviation, and the public role of its name."""


def with_abbreviations(text: str, spans: list[Span]) -> list[Span]:
    """Give the spans, with the abbreviations added that the text itself explains by one of its names."""
    found = [*_signing(text, spans), *_explained(text, spans)]
    if not found:
        return spans
    known = {mark: role for _start, mark, role in found}
    spans = [replace(s, public_role=s.public_role or known[s.text]) if s.text in known else s for s in spans]
    taken = {index for span in spans for index in range(span.start, span.end)}
    places = {start: mark for start, mark, _role in found}
    places.update((start, mark) for start, mark in _occurrences(text, known) if start not in places)
    added = [
        Span(start, start + len(mark), mark, "person_name", 0.75, "abbreviation.explained",
             ("abbreviation.explained",), "Afkorting van een naam die in dit document staat.",
             public_role=known[mark])
        for start, mark in places.items()
        if taken.isdisjoint(range(start, start + len(mark)))
    ]  # fmt: skip
    return sorted([*spans, *added], key=lambda span: span.start)


def _occurrences(text: str, known: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield where a known abbreviation stands by itself; one that is also a word or an office must act there."""
    marks = "|".join(re.escape(mark) for mark in sorted(known, key=len, reverse=True))
    for match in re.finditer(rf"(?<![\w@.&\-])(?:{marks})(?![\w@&\-]|\.\w)", text):
        mark = match[0]
        doubtful = mark in _NEVER or (mark.islower() and is_common(mark))
        if not doubtful or _ACTS.match(text[match.end() : match.end() + 24]) or _is_enclosed(text, match):
            yield match.start(), mark


def _explained(text: str, spans: Iterable[Span]) -> Iterator[Found]:
    """Yield each abbreviation that stands beside the name it fits, with the public role of that name."""
    for span in spans:
        if span.kind != "person_name" or len(span.text) < 5:
            continue
        end = text.find("\n", span.end)
        rest = text[span.end : min(end if end >= 0 else len(text), span.end + 130)]
        bracket = _BRACKETED.match(rest)
        row = () if bracket else _ROW_CELL.finditer(rest)
        for match in (*((bracket,) if bracket else ()), *row):
            if shortens(match["mark"], span.text):
                yield span.end + match.start("mark"), match["mark"], span.public_role
                break
        offset = max(0, span.start - 30)
        left = _BEFORE_NAME.search(text[offset : span.start])
        if left:
            kind = left.lastgroup or "lead"
            if shortens(left[kind], span.text) or (kind == "equal" and begins(left[kind], span.text)):
                yield offset + left.start(kind), left[kind], span.public_role


def _signing(text: str, spans: Iterable[Span]) -> Iterator[Found]:
    """Yield the marks that sign, speak or fill a cell: initials of a name in the text, or surely somebody's."""
    for start, mark in paraphs_in(text):
        yield start, mark, False
    marks = list(_marks(text))
    if not marks:
        return
    people: dict[str, bool] = {}
    for span in spans:
        if span.kind == "person_name":
            for initials in initials_of(span.text):
                people[initials] = people.get(initials, True) and span.public_role
    for start, mark in marks:
        letters = letters_of(mark)
        if letters in people:
            yield start, mark, people[letters]


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """Yield (start, mark) of what stands where people sign, speak or are named by initials, whoever they are."""
    for match in _SIGNED.finditer(text):
        for mark in re.finditer(_MARK, match["marks"]):
            yield match.start("marks") + mark.start(), mark[0]
    never = word_list("never_initials.txt")
    for match in _PLACED.finditer(text):
        for group, mark_text in match.groupdict().items():
            if mark_text and mark_text not in _NEVER and mark_text.lower() not in never:
                yield match.start(group), mark_text


def _is_enclosed(text: str, match: re.Match[str]) -> bool:
    """Tell whether it stands alone between brackets or slashes, or fills a cell."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return (before in ("(", "/", " ") and after in (")", "/")) or (before in _EDGES and after in _EDGES)
