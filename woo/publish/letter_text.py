"""A letter of the procedure as a row of blocks: the one text that the PDF, the Word file and the screen are made of.

Facts are put in after the prose was read, so that no text of a person can become a heading or bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from woo.publish.letter_kinds import TOKEN, LetterKind, Prose

_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line. `missing`: the text says what must still be filled in."""

    text: str
    bold: bool = False
    missing: bool = False


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block: `heading`, `text`, `bullets`, `numbered`, `quote`, `lines` or `sum` (the sum of the term).

    `part` is the key of a paragraph that may be rewritten, `label` its name on screen, `source` its text now.
    """

    kind: str
    lines: tuple[Line, ...] = ()
    part: str = ""
    label: str = ""
    source: str = ""

    def as_data(self) -> dict[str, Any]:
        """The block for a template."""
        return {"kind": self.kind, "lines": [[asdict(run) for run in line] for line in self.lines]}


@dataclass(frozen=True, slots=True)
class LetterText:
    """A composed letter. `missing` names, in Dutch, what must still be filled in; empty where it can be final."""

    title: str
    blocks: tuple[Block, ...]
    missing: tuple[str, ...]


def compose(
    kind: LetterKind,
    facts: Mapping[str, str],
    labels: Mapping[str, str],
    flags: Iterable[str] = (),
    parts: Mapping[str, str] | None = None,
) -> LetterText:
    """The letter with its facts filled in. A required one that is empty shows as "nog in te vullen", by its label.

    Required are the fields of the letter that say so, and what `labels` names beside them.

    `flags` choose between the blocks that depend on the case; `parts` holds the paragraphs that were rewritten.
    """
    labels = {f.name: f.label for f in kind.fields if f.required} | dict(labels)
    chosen = _chosen(kind.prose, frozenset(flags))
    blocks = tuple(filled(chosen, facts, labels, parts or {}))
    title = _line(kind.title, facts, labels)
    open_ = [run.text for line in (title, *(line for b in blocks for line in b.lines)) for run in line if run.missing]
    needed = [f.label for f in kind.fields if f.required and not facts.get(f.name)]
    missing = dict.fromkeys([*needed, *open_])
    return LetterText("".join(run.text for run in title), blocks, tuple(missing))


def compose_shared(
    prose: Sequence[Prose], facts: Mapping[str, str], labels: Mapping[str, str], flags: Iterable[str] = ()
) -> tuple[Block, ...]:
    """Blocks of a text that several letters share, filled in."""
    return tuple(filled(_chosen(prose, frozenset(flags)), facts, labels, {}))


def filled(
    prose: Iterable[Prose], facts: Mapping[str, str], labels: Mapping[str, str], parts: Mapping[str, str]
) -> Iterator[Block]:
    """The blocks of `prose` with facts in their places; a part that was emptied gives a block without lines."""
    for block in prose:
        if block.part:
            source = parts.get(block.part, "\n\n".join(block.texts))
            lines = tuple((Run(text),) for text in paragraphs(source))
            yield Block(block.kind, lines, block.part, block.label, source)
        elif block.kind in ("quote", "lines", "each"):
            yield Block("bullets" if block.kind == "each" else block.kind, _told(block, facts, labels))
        else:
            yield Block(block.kind, tuple(_line(text, facts, labels) for text in block.texts))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text of a person: empty lines part them."""
    return [part.strip() for part in _PARAGRAPHS.split(text.strip()) if part.strip()]


def _told(block: Prose, facts: Mapping[str, str], labels: Mapping[str, str]) -> tuple[Line, ...]:
    name = block.texts[0]
    text = facts.get(name, "").strip()
    if not text:
        return ((Run(labels[name], missing=True),),)
    return tuple((Run(part),) for part in (paragraphs(text) if block.kind == "quote" else text.splitlines()))


def _line(text: str, facts: Mapping[str, str], labels: Mapping[str, str]) -> Line:
    runs: list[Run] = []
    bold = False
    for token in TOKEN.split(text):
        if token == "**":  # noqa: S105
            bold = not bold
        elif TOKEN.fullmatch(token):
            name = token[1:-1]
            value = facts.get(name)
            runs.append(Run(value, bold) if value is not None and value != "" else _open(name, facts, labels))
        elif token:
            runs.append(Run(token, bold))
    return tuple(runs)


def _open(name: str, facts: Mapping[str, str], labels: Mapping[str, str]) -> Run:
    """What stands where a fact is empty: nothing where it may be, else the label of what must be filled in."""
    return Run("") if name in facts and name not in labels else Run(labels[name], missing=True)


def _chosen(prose: Iterable[Prose], flags: frozenset[str]) -> list[Prose]:
    return [b for b in prose if (not b.when or b.when in flags) and (not b.unless or b.unless not in flags)]
