"""Puts an edited content stream together: what stays, what came in its place, and an end to what was left open."""

from __future__ import annotations

from typing import Any

from pikepdf import ContentStreamInstruction, Operator

from redaction.pdf.content import OPERATORS, Content, named
from redaction.pdf.interpreter import PATH_VALUES
from redaction.pdf.leftovers import without_leftovers

PATHS = {*PATH_VALUES, "W", "W*", "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "n"}
"""Operators that make or paint a shape."""
KEPT = OPERATORS | {"INLINE IMAGE"}
"""What comes along: with the name that pikepdf gives to BI ... ID ... EI."""


def assembled(content: Content, changes: dict[int, list[Any]], dropped: list[tuple[int, int]]) -> list[Any]:
    """The operators of a stream with `changes` in place of some, and without the shapes between the `dropped` places.

    What is no operator goes: viewers pass over it, but not every reader that checks the result does.
    """
    skip = set(content.loose)
    for first, last in dropped:  # a colour may be chosen between the lines of a shape and its painting
        skip |= {i for i in range(first, last + 1) if content.operators[i] in PATHS}
    tagged = {mark.index for mark in content.marks if mark.mcid is not None}
    out: list[tuple[str, Any, bool]] = []
    for index, (operator, instruction) in enumerate(zip(content.operators, content.instructions, strict=True)):
        change = changes.get(index)
        if change is not None:
            out += [(named(c), c, index in tagged) for c in change]
        elif index not in skip and operator in KEPT:
            out.append((operator, instruction, index in tagged))
    saves, marks = content.unclosed
    closing = ["ET"] * content.in_text + ["EMC"] * marks + ["Q"] * saves
    return without_leftovers(out + [(c, ContentStreamInstruction([], Operator(c)), False) for c in closing])
