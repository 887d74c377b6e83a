"""Special personal data near a person: health, religion, origin, union, politics, sexual life, crime (AVG art. 9, 10).

Cue words only: whether a sentence tells this about somebody is for a jurist. So these finds are always a question with
a low score, never a proposal to redact, and nothing may decide them in a batch (`JUDGED_ONE_BY_ONE`).
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from redaction.detect.span import Span

_SCORE = 0.5
_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_ONE_PHRASE = re.compile(r"[^.;:!?()]*")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n\s*\n|[\r\n]+(?=\s*(?:[-•*|]|\d{1,2}[.)\-]|[A-Z][^\n:]{0,30}:))")
_WIDEST = 240
_ABOUT_SOMEBODY = re.compile(
    r"(?i)(?<!\w)(?<!een )(?<!iedere )(?<!elke )(?<!geen )(?:hij|zij|haar|hem|ik|mijn|me|betrokkene|cli[eë]nt(?:e)?|"
    r"clt|"
    r"pati[eë]nt(?:e)?|pt|mevrouw|mevr|mw|meneer|de heer|dhr|moeder|vader|ouder|zoon|zoontje|dochter|dochtertje|"
    r"broer|zus|"
    r"zusje|broertje|opa|oma|echtgeno(?:ot|te)|ex|ex-man|ex-vrouw|partner|vriendin|collega|medewerk(?:er|ster)|"
    r"werknemer|"
    r"werkneemster|verdachte|gedetineerde|leerling|kind|vervoerde persoon|slachtoffer|getuige|buurman|buurvrouw|"
    r"bewo(?:ner|"
    r"onster)|klager|klaagster|aanvrager|aanvraagster|verzoeker|verzoekster|melder|vreemdeling|asielzoeker|man|"
    r"vrouw|jongen|"
    r"meisje|stagiaire?|ambtenaar|beller|huurder|student(?:e)?|eiser(?:es)?|appellant(?:e)?)(?!\w)"
)
_SHORTENED = re.compile(r"(?:^|[\s.(])(?:[A-Z]|mw|mevr|dhr|dr|mr|drs|ing|ir|prof|nr|art|st|vd)$")
_LEAD = re.compile(
    r"(?i)(?<!\w)(?:(?:heeft|had|hebt|heb|kreeg|krijgt|krijg|gebruikt|gebruik|slikt|slik|lijdt\saan|leed\saan|is|"
    r"was|ben|wordt|"
    r"werd|bekend\smet|herstelt\svan|last\svan|draagt|droeg|kampt\smet|wegens|vanwege|sinds|i\.v\.m\.|"
    r"in\sverband\smet)\s"
    r"(?:(?:een|de|het|zijn|haar|ernstige|zware|chronische|lichte|erg|heel|zeer|vroeger|eerder|ook|al|reeds|belijdend|"
    r"praktiserend|van|[a-z]{3,16}(?:se|ische?))\s){0,3})$"
)


@dataclass(frozen=True, slots=True)
class Category:
    """One special category: its kind, its Dutch label, the article, and its rows of words by their first word."""

    kind: str
    label: str
    article: str
    words: tuple[tuple[str, ...], ...]


@cache
def categories() -> tuple[Category, ...]:
    """Give the categories with their cue words, from `lexicon/special_categories.toml`."""
    data = tomllib.loads((files("redaction.detect.lexicon") / "special_categories.toml").read_text("utf-8"))
    return tuple(
        Category(kind, one["label"], one["article"], tuple(tuple(row.split()) for row in one["words"]))
        for kind, one in data.items()
    )


@cache
def _by_first_word() -> dict[str, list[tuple[Category, tuple[str, ...]]]]:
    rows: dict[str, list[tuple[Category, tuple[str, ...]]]] = {}
    for category in categories():
        for row in category.words:
            rows.setdefault(row[0], []).append((category, row))
    for found in rows.values():
        found.sort(key=lambda pair: -len(pair[1]))
    return rows


class _Row:
    """Spans in their order and without overlap, asked for those that touch a range."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = list(spans)
        self._starts, self._ends = [span.start for span in self._spans], [span.end for span in self._spans]

    def touching(self, start: int, end: int) -> list[Span]:
        return self._spans[bisect_right(self._ends, start) : bisect_left(self._starts, end)]


def with_special_categories(text: str, spans: Sequence[Span]) -> list[Span]:
    """Give the spans, with a question added at each cue word in a sentence about a person; overlap is left out.

    A sentence about somebody in a public role only is left alone: what a politician votes is public. The spans must
    stand in their order and may not overlap.
    """
    taken = _Row(spans)
    people = _Row(span for span in spans if span.kind == "person_name")
    added = [span for span in _cues(text, people) if not taken.touching(span.start, span.end)]
    return sorted([*spans, *added], key=lambda span: span.start) if added else list(spans)


def _cues(text: str, people: _Row) -> Iterator[Span]:
    rows = _by_first_word()
    tokens = [(match.start(), match.end(), match[0].lower().replace("’", "'")) for match in _TOKEN.finditer(text)]
    reached = 0
    for index, (start, _end, word) in enumerate(tokens):
        if start < reached:
            continue
        for category, row in rows.get(word, ()):
            if tuple(token[2] for token in tokens[index : index + len(row)]) != row:
                continue
            end = tokens[index + len(row) - 1][1]
            if len(row) > 1 and not _ONE_PHRASE.fullmatch(text, start, end):
                continue
            if _is_about_somebody(text, start, end, people):
                first, rule = _with_verb(text, start, reached), f"special.{category.kind}"
                yield Span(first, end, text[first:end], category.kind, _SCORE, rule, (rule,), _why(category))
                reached = end
            break


def _why(category: Category) -> str:
    kind = "Strafrechtelijk gegeven" if category.kind == "criminal" else "Bijzonder persoonsgegeven"
    return (
        f"Deze woorden kunnen iets zeggen over {category.label} van een persoon in dezelfde zin. "
        f"{kind} ({category.article}): beoordeel zelf of dat zo is."
    )


def _with_verb(text: str, start: int, reached: int) -> int:
    """Give the start with the verb before the cue: "gebruikt insuline" says more than "insuline"."""
    floor = max(reached, start - 60)
    lead = _LEAD.search(text[floor:start])
    return floor + lead.start() if lead else start


def _is_about_somebody(text: str, start: int, end: int, people: _Row) -> bool:
    """Tell whether the sentence names a person or has a word for one; only people in a public role: no."""
    floor, ceiling = max(0, start - _WIDEST), min(len(text), end + _WIDEST)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, floor, start) if not _is_initial(text, match.start())]
    first = ends[-1] if ends else floor
    following = next((m for m in _SENTENCE_END.finditer(text, end, ceiling) if not _is_initial(text, m.start())), None)
    last = following.start() if following else ceiling
    named = people.touching(first, last)
    if named:
        return not all(person.public_role for person in named)
    return bool(_ABOUT_SOMEBODY.search(text, first, last))


def _is_initial(text: str, point: int) -> bool:
    """Tell whether a point ends an initial or a short title rather than a sentence: "mw. K. Bos"."""
    return bool(_SHORTENED.search(text[max(0, point - 6) : point]))
