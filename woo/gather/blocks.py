"""The building blocks of a page we typeset ourselves: what the templates know how to draw."""

from __future__ import annotations

import unicodedata
from typing import Literal, TypedDict

MAX_DEPTH = 8


class Run(TypedDict, total=False):
    """A stretch of text with one look; `ref` is the number of a link in the list below the text."""

    s: str
    b: bool
    i: bool
    u: bool
    del_: bool
    ref: int


class Block(TypedDict, total=False):
    """One piece of a page.

    kind "p" and "h": `runs`, and `rtl` for Arabic and the like. "li": `runs`, `marker`, `depth`. "pre": `text`,
    monospaced. "quote": `blocks`. "table": `rows` of cells of runs, `header`. "image": `name` (asset), `alt`,
    `width` in points. "rule": nothing. "chat": `day`, `time`, `sender`, `text`.
    """

    kind: Literal["p", "h", "li", "pre", "quote", "table", "image", "rule", "chat"]
    runs: list[Run]
    rtl: bool
    text: str
    marker: str
    depth: int
    blocks: list[Block]
    rows: list[list[list[Run]]]
    header: bool
    name: str
    alt: str
    width: float
    day: str
    time: str
    sender: str


def paragraph(text: str) -> Block:
    """A plain paragraph; line ends inside it are kept."""
    return {"kind": "p", "runs": [{"s": text}], "rtl": right_to_left(text)}


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction belongs to a script that runs from right to left."""
    for char in text[:400]:
        direction = unicodedata.bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
