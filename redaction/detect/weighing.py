"""How likely a find is a person, by all its signs together: trees that were fitted on labelled texts.

The recognisers say where a name may be; each knows little of the others. `lexicon/weighing.json` holds small decision
trees over the signs of `names/signs.py` (gradient boosting: Friedman, Annals of Statistics 2001), made by
`python -m tools.calibrate.weigh`. Their sum is the log-odds that the find is personal data.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

from redaction.detect.lexicon import fold, is_common
from redaction.detect.names.signs import SIGNS, Scene
from redaction.detect.names.veto import is_acronym, is_not_a_person, opens_sentence
from redaction.detect.pipelines import PERSON, Entity
from redaction.detect.span import REFUSED, Span

LEAST: Final = 0.3
"""A find that is less likely a person than this is dropped."""
REFUSED_RANK: Final = 0.4
"""Below all that recognisers give, and no lower than what the settings keep by default."""
_LOOKS_LIKE_A_NAME = re.compile(r"(?=.*[^\W\d_]{2})[^\n\d@_/\\;|]{2,60}")
_TOWN = re.compile(
    r"(?:\b\d{4}\s?[A-Z]{2}\s{1,2}|\b[Gg]emeente\s|\b(?:wethouders|raad)\svan\s)(?P<town>[A-Z]\w+(?:[ \-][A-Z]\w+)?)"
)
"""What the text itself calls a town."""
_WHY = "Lijkt een naam: het taalmodel ziet een persoon, en wat er omheen staat spreekt dat niet tegen."


def weighed(text: str, spans: Sequence[Span], marked: Sequence[Entity]) -> list[Span]:
    """Give the spans with names ranked by all their signs; names that too little speaks for are left out."""
    kept = []
    for span, signs in zip(spans, signs_of(text, spans, marked), strict=True):
        if signs is None:
            kept.append(span)
        elif (share := share_of(signs)) >= LEAST:
            kept.append(replace(span, score=round(share, 3)))
    return kept


def signs_of(text: str, spans: Sequence[Span], marked: Sequence[Entity]) -> Iterator[list[float] | None]:
    """Yield the signs of every find; None where it is no name."""
    scene = Scene(text, [span for span in spans if span.kind == "person_name" and span.rule != REFUSED], marked)
    for span in spans:
        yield scene.signs_of(span) if span.kind == "person_name" else None


def with_refused(text: str, spans: Sequence[Span], marked: Sequence[Entity]) -> list[Span]:
    """Give the spans with the persons of the model added that its recogniser refused; their other signs will tell."""
    towns = frozenset(fold(match["town"]) for match in _TOWN.finditer(text))
    added = []
    for one in marked:
        start, end = one.start_char, one.end_char
        while end > start and not text[end - 1].isalnum():
            end -= 1
        name = text[start:end]
        if (
            one.label_ == PERSON
            and _LOOKS_LIKE_A_NAME.fullmatch(name)
            and not any(span.start < end and start < span.end for span in spans)
            and not (fold(name) in towns or _is_no_name(text, start, end))
        ):
            added.append(Span(start, end, name, "person_name", REFUSED_RANK, REFUSED, (REFUSED,), _WHY))
    return sorted([*spans, *added], key=lambda span: span.start) if added else list(spans)


def _is_no_name(text: str, start: int, end: int) -> bool:
    """Tell whether this is a firm, an abbreviation, or an ordinary word at the head of a sentence: that decides."""
    name = text[start:end]
    if all(is_acronym(word) for word in name.split()) or (is_common(name) and opens_sentence(text, start)):
        return True
    ends = [start + blank.start() for blank in re.finditer(r"\s", name)]
    return any(is_not_a_person(text, start, one) for one in (*ends, end))


def share_of(signs: Sequence[float]) -> float:
    """Give how likely a find with these signs is personal data, from 0 to 1."""
    total, trees = _trees()
    for tree in trees:
        node = tree
        while type(node) is tuple:
            sign, limit, low, high = node
            node = high if signs[sign] > limit else low
        total += node
    return 1 / (1 + math.exp(-total))


@cache
def _trees() -> tuple[float, list[Any]]:
    """Give the log-odds to begin with, and the trees: (sign, limit, tree where it is at most that, else), or a leaf."""
    stored = json.loads((files("redaction.detect.lexicon") / "weighing.json").read_text("utf-8"))
    if stored["signs"] != list(SIGNS):
        raise ValueError("weighing.json was made for other signs; make it anew with `python -m tools.calibrate.weigh`")
    return float(stored["start"]), [_grown(tree) for tree in stored["trees"]]


def _grown(tree: Any) -> Any:
    """Give a tree as it is read fastest: tuples in tuples."""
    if not isinstance(tree, list):
        return float(tree)
    sign, limit, low, high = tree
    return int(sign), float(limit), _grown(low), _grown(high)
