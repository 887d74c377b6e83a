"""The shape of a recogniser: a kind, a table of rules, and one judge per match.

Built on Presidio's recogniser so that a trained model and these rules run in the same engine. Patterns must have
bounded repetition: the texts are hostile input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from presidio_analyzer import LocalRecognizer

from redaction.detect.span import Finding

LANGUAGE = "nl"


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern: its name, how sure it is (0-1), the sentence for the jurist, and which group is the datum.

    `needs` are pieces in lower case of which the text must hold one; without them the pattern is not tried, for most
    texts hold none of them and a look is much cheaper than a search.
    """

    name: str
    pattern: re.Pattern[str]
    score: float
    why: str
    groups: tuple[int | str, ...] = (0,)
    needs: tuple[str, ...] = ()


class Recogniser(LocalRecognizer):  # type: ignore[misc]  # presidio ships no types
    """Base of all Dutch recognisers. A subclass sets `KIND` (or `KINDS`) and yields findings from `find`."""

    KIND: ClassVar[str]
    KINDS: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        super().__init__(
            supported_entities=list(self.KINDS or (self.KIND,)),
            name=type(self).__name__,
            supported_language=LANGUAGE,
        )

    def load(self) -> None:
        """Nothing to load: rules are compiled at import."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Finding]:
        """Give all findings in `text`, as Presidio's engine asks for them."""
        return [finding for finding in self.find(text) if finding.entity_type in entities]

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the findings in `text`."""
        raise NotImplementedError


class RuleRecogniser(Recogniser):
    """A recogniser that is a table of rules; `judge` may lower, raise or refuse a match (checksum, cue words)."""

    RULES: ClassVar[tuple[Rule, ...]]

    def find(self, text: str) -> Iterator[Finding]:
        """Yield one finding for each group of each match that the judge accepts."""
        for rule in self.RULES:
            for match in rule.pattern.finditer(text) if holds(text, rule.needs) else ():
                for group in rule.groups:
                    start, end = match.span(group)
                    if start < 0 or start == end:
                        continue
                    score = self.judge(rule, text, start, end)
                    if score is not None:
                        yield Finding(self.KIND, start, end, score, rule.name, rule.why)

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Give the score of this match, or None to refuse it. The default is the rule's own score."""
        return rule.score


def holds(text: str, pieces: tuple[str, ...]) -> bool:
    """Tell whether the text holds one of these pieces (lower case), whatever its case; no pieces: yes."""
    return not pieces or any(piece in _lower(text) for piece in pieces)


@lru_cache(maxsize=2)
def _lower(text: str) -> str:
    """Give the text in lower case, once for all recognisers that look at it."""
    return text.lower()


def before(text: str, start: int, width: int = 40) -> str:
    """Give at most `width` characters of the same line before `start`: where a cue word stands."""
    piece = text[max(0, start - width) : start]
    return piece.rpartition("\n")[2]


def after(text: str, end: int, width: int = 40) -> str:
    """Give at most `width` characters of the same line after `end`."""
    return text[end : end + width].partition("\n")[0]
