"""Texts that are redacted at one place of a page and readable at another: maybe meant (a public role), maybe forgotten.

The jurist decides per box, so this never decides for her; it shows, and it says which texts must be gone from a page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Exposed:
    """A text that stays readable `times` on page `page_index` although it is redacted there too."""

    page_index: int
    text: str
    times: int


def exposed_texts(page_texts: Mapping[int, str], redacted: Iterable[tuple[int, str]]) -> list[Exposed]:
    """What stays readable: `redacted` are (page, text) of every box to redact, `page_texts` the pages themselves."""
    by_page: dict[int, list[str]] = defaultdict(list)
    for page, text in redacted:
        if _words(text):
            by_page[page].append(text)
    return [
        found for page, texts in sorted(by_page.items()) for found in _on_page(page, page_texts.get(page, ""), texts)
    ]


def _on_page(page: int, page_text: str, texts: list[str]) -> list[Exposed]:
    words = _words(page_text)
    boxes = [_words(text) for text in texts]
    wanted = {tuple(_words(text)): text for text in texts}
    counts = Counter(tuple(words[i : i + n]) for n in {len(key) for key in wanted} for i in range(len(words) - n + 1))
    found = []
    for key, text in sorted(wanted.items(), key=lambda pair: pair[1]):
        covered = sum(_times(key, box) for box in boxes)
        if counts[key] > covered:
            found.append(Exposed(page, text, counts[key] - covered))
    return found


def _times(key: tuple[str, ...], box: list[str]) -> int:
    return sum(tuple(box[i : i + len(key)]) == key for i in range(len(box) - len(key) + 1))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
