"""The little markup in which the sample's texts are written: `@key value` lines, a `---`, then blocks.

Blocks: `# ` and `## ` headings, `: label : value` rows, `| a | b |` tables (widths in a `|w` line), `- ` and `1. `
lists, `> ` remarks, `^ ` lines that stay lines, `!rotated`, `%comment who | initials | text`, else paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sample_source.cast import PLACEHOLDERS

KINDS = (("# ", "h1"), ("## ", "h2"), ("### ", "h3"), (": ", "rows"), ("|", "table"), ("- ", "bullets"),
         ("> ", "remark"), ("^ ", "lines"), ("!", "command"), ("%comment ", "comment"),
         ("%handwriting ", "handwriting"))
LABEL_WIDTHS = (4.8, 11.2)


@dataclass(slots=True)
class Block:
    """One piece of text. `rows` holds the cells of a table or of label rows, the items of a list, or the lines."""

    kind: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Source:
    """One text file of the sample: its settings (an `@attach` value stays one string) and its body as written."""

    key: str
    meta: dict[str, str]
    body: str

    @property
    def nested(self) -> bool:
        """Whether it only lives inside another file."""
        return self.meta["path"] == "-"

    @property
    def day(self) -> date:
        """The date of the document."""
        return date.fromisoformat(self.meta["date"][:10])

    def blocks(self) -> list[Block]:
        """The body in blocks."""
        return parse(self.body)


def read_source(path: Path) -> Source:
    """Read one text file. Raises ValueError for a line in the head that is no `@key value`."""
    head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    meta: dict[str, str] = {}
    for line in head.splitlines():
        found = re.fullmatch(r"@(\w+) (.+)", line)
        if not found:
            raise ValueError(f"{path.name}: {line}")
        meta[found[1]] = found[2]
    for name, value in PLACEHOLDERS.items():
        body = body.replace(name, value)
    return Source(meta.get("id", path.stem), meta, body.strip("\n") + "\n")


def parse(body: str) -> list[Block]:
    """Cut a body into blocks; neighbouring lines of the same kind form one block."""
    blocks: list[Block] = []
    previous = ""
    for line in body.splitlines():
        kind, text = _classify(line)
        if kind == "empty":
            previous = ""
            continue
        joins = kind == previous and kind in ("rows", "table", "bullets", "numbers", "lines")
        block = blocks[-1] if joins else Block(kind)
        if not joins:
            blocks.append(block)
        _fill(block, text)
        previous = kind
    return blocks


def _classify(line: str) -> tuple[str, str]:
    """The kind of a line and its text without the mark."""
    if not line.strip():
        return "empty", ""
    if re.match(r"\d+\. ", line):
        return "numbers", line
    for mark, kind in KINDS:
        if line.startswith(mark):
            return kind, line[len(mark) :]
    return "paragraph", line


def _fill(block: Block, text: str) -> None:
    """Add one line to a block."""
    if block.kind == "table" and text.startswith("w "):
        block.widths = [float(width) for width in text[2:].rstrip("|").split()]
    elif block.kind == "table":
        block.rows.append([cell.strip() for cell in text.rstrip().removesuffix("|").split("|")])
    elif block.kind == "rows":
        block.rows.append([cell.strip() for cell in text.split(" : ", 1)])
    elif block.kind == "comment":
        block.rows.append([cell.strip() for cell in text.split("|", 2)])
    elif block.kind == "numbers":
        block.rows.append(text.split(" ", 1))
    elif block.kind in ("bullets", "lines"):
        block.rows.append([text])
    else:
        block.text = text


def runs(text: str) -> list[tuple[str, bool]]:
    """Split `plain **bold** plain` into pieces with whether each is bold."""
    return [(piece, index % 2 == 1) for index, piece in enumerate(text.split("**")) if piece]


def is_number(cell: str) -> bool:
    """Whether a table cell holds a number, an amount or a percentage, which stands to the right."""
    return re.fullmatch(r"\**(€ )?\d[\d.,]*( %)?\**", cell) is not None
