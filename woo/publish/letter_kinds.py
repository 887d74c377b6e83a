"""The letters of the procedure as data: one TOML file each in letters/, with its fields, its prose and its article.

A jurist can read and change the prose there. `{name}` stands for a fact of the case, `**text**` for bold. A block with
`part` is a proposal that the jurist may rewrite; every other sentence is fixed, legal sentences among them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "letters"
TOKEN = re.compile(r"(\*\*|\{[a-z_]+\})")


class Addressee(StrEnum):
    """For whom a letter is; the value is stored."""

    REQUESTER = "requester"
    THIRD_PARTY = "third_party"
    ORGAN = "organ"


ADDRESSEE_LABELS = {
    Addressee.REQUESTER: "de verzoeker",
    Addressee.THIRD_PARTY: "een derde",
    Addressee.ORGAN: "een ander bestuursorgaan",
}


class FieldKind(StrEnum):
    """What a field holds. WORKING_DAY: a term that the organ sets itself, which the Atw does not move."""

    DAY = "day"
    WORKING_DAY = "working_day"
    DAYS = "days"
    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One fact that the letter says. `most` bounds a number of days; `choices` maps a value to its label."""

    name: str
    label: str
    kind: FieldKind
    required: bool = True
    help: str = ""
    most: int = 0
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """One block of a letter before it is filled in. `when`/`unless` name a flag of the case."""

    kind: str
    texts: tuple[str, ...]
    part: str = ""
    label: str = ""
    when: str = ""
    unless: str = ""


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A letter of the procedure: what it rests on, for whom it is, the legal fact that sending it is, and its text."""

    key: str
    label: str
    purpose: str
    article: str
    addressee: Addressee
    title: str
    fact: str
    fields: tuple[Field, ...]
    prose: tuple[Prose, ...]
    is_besluit: bool = False

    @property
    def parts(self) -> dict[str, str]:
        """The paragraphs that may be rewritten, by key, as they are proposed."""
        return {block.part: "\n\n".join(block.texts) for block in self.prose if block.part}

    @property
    def names(self) -> frozenset[str]:
        """Every fact that the text or the title names."""
        texts = [self.title, *(text for block in self.prose for text in block.texts if block.kind not in _BY_NAME)]
        named = {token[1:-1] for text in texts for token in TOKEN.findall(text) if token != "**"}  # noqa: S105
        return frozenset(named | {block.texts[0] for block in self.prose if block.kind in _BY_NAME})


_BY_NAME = frozenset({"quote", "lines", "each"})  # these hold the name of a fact, not a text
_BLOCKS = ("part", "heading", "text", "bullets", "numbered", "quote", "lines", "each", "sum")


@cache
def letter_kinds() -> Mapping[str, LetterKind]:
    """Every letter of the procedure, by key, in the order of the procedure."""
    order = _read("volgorde")["brieven"]
    return {key: _kind(key, _read(key)) for key in order}


@cache
def prose_of(name: str) -> tuple[Prose, ...]:
    """The blocks of a text that several letters share: a closing, the clause on bezwaar."""
    return tuple(_prose(row) for row in _read(name)["block"])


def _kind(key: str, data: Mapping[str, Any]) -> LetterKind:
    closing = data.get("closing", "slot")
    return LetterKind(
        key,
        data["label"],
        data["purpose"],
        data["article"],
        Addressee(data["addressee"]),
        data["title"],
        data.get("fact", ""),
        tuple(_field(row) for row in data.get("field", ())),
        (*(_prose(row) for row in data["block"]), *(block for name in closing.split() for block in prose_of(name))),
        bool(data.get("besluit", False)),
    )


def _field(row: Mapping[str, Any]) -> Field:
    choices = tuple((str(key), str(label)) for key, label in row.get("choices", {}).items())
    plain = {key: row[key] for key in ("name", "label", "required", "help", "most") if key in row}
    return Field(kind=FieldKind(row["kind"]), choices=choices, **plain)


def _prose(row: Mapping[str, Any]) -> Prose:
    kind = next(name for name in _BLOCKS if name in row)
    value = row["text"] if kind == "part" else row[kind]
    texts = tuple(value) if isinstance(value, list) else () if kind == "sum" else (str(value),)
    if kind == "part":
        texts = tuple(part.strip() for part in texts[0].split("\n\n"))
    return Prose(
        "text" if kind == "part" else kind,
        tuple(_one_line(text) for text in texts),
        str(row.get("part", "")),
        str(row.get("label", "")),
        str(row.get("when", "")),
        str(row.get("unless", "")),
    )


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
