"""Cheaper ways to look for a pattern, with the same answers: at line starts only, from the end, near what it needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import Any

import regex


def at_line_starts(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer(text)` does for a multi-line pattern that begins with `^`."""
    reached = 0
    for start in _line_starts(text):
        if start >= reached and (match := pattern.match(text, start)):
            yield match
            reached = match.end()


def ending(pattern: str) -> Any:
    """Give a compiled pattern that ends in `$`, for a `search` in what stands before a place: from its end backward.

    `re` tries every position for every word of the pattern. Which of several matches is found may differ from `re`, so
    it is for patterns that only tell whether.
    """
    return regex.compile(pattern, regex.REVERSE)


def near(
    pattern: re.Pattern[str], text: str, hint: re.Pattern[str], before: int, after: int
) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer(text)` does for a pattern within one line that cannot match without the hint.

    `before` and `after` are the most characters of a match on either side of where the hint begins.
    """
    first = last = 0
    for found in hint.finditer(text):
        start = max(text.rfind("\n", 0, found.start()) + 1, found.start() - before)
        if start > last:
            yield from pattern.finditer(text, first, last)
            first = start
        end = text.find("\n", found.start())
        last = min(end if end >= 0 else len(text), found.start() + after)
    yield from pattern.finditer(text, first, last)


def once(judge: Callable[[str, int, int], bool]) -> Callable[[str, int, int], bool]:
    """Make a judge of places in a text remember its answers for the last two texts: recognisers ask about the same."""

    @lru_cache(maxsize=2)
    def answers(_text: str) -> dict[tuple[int, int], bool]:
        return {}

    @wraps(judge)
    def asked(text: str, start: int, end: int) -> bool:
        known = answers(text)
        if (start, end) not in known:
            known[start, end] = judge(text, start, end)
        return known[start, end]

    return asked


@lru_cache(maxsize=4)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in re.finditer("\n", text)))
