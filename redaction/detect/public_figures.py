"""Who held which public function, and when: plain data, from the list that ships and from that of the organisation.

An entry with a name counts wherever the name stands in a document of that period; an entry without one is a title
that makes whoever bears it in the sentence public, such as a function that only this organisation has.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """A public function, perhaps with its holder and period; both days count, None is open."""

    function: str
    name: str = ""
    since: date | None = None
    until: date | None = None

    def held(self, on: date | None) -> bool:
        """Tell whether the function was held on this day; on an unknown day only when the entry has no period."""
        if on is None:
            return self.since is None and self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


def public_figures(entries: Iterable[Mapping[str, Any]]) -> tuple[PublicFigure, ...]:
    """Read entries `{function, name?, since?, until?}`; ValueError with a Dutch sentence for any other."""
    figures = []
    for entry in entries:
        if set(entry) - {"function", "name", "since", "until", "source"} or not str(entry.get("function", "")).strip():
            raise ValueError(
                "Een openbare functie heeft 'function' nodig, en verder alleen 'name', 'since' en 'until'."
            )
        days = [entry.get("since"), entry.get("until")]
        if not all(day is None or type(day) is date for day in days):
            raise ValueError("'since' en 'until' zijn datums zonder aanhalingstekens, zoals 2024-07-02.")
        figures.append(PublicFigure(str(entry["function"]).strip(), str(entry.get("name", "")).strip(), *days))
    return tuple(figures)


@cache
def shipped_figures() -> tuple[PublicFigure, ...]:
    """Give the list that ships: `lexicon/public_figures.toml`."""
    text = (files("redaction.detect.lexicon") / "public_figures.toml").read_text("utf-8")
    return public_figures(tomllib.loads(text)["figure"])
