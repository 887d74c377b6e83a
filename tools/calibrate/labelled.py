"""Labelled texts: our own with the labels in the text (`{P|Jan Mol}`), and JSON lines with offsets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
_MARK = re.compile(r"\{(?P<label>[A-Z])(?P<public>!?)\|(?P<value>[^{}]*)\}|\{~(?P<trap>\w+)\|(?P<look>[^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text with the ranges of its personal data: (start, end, whether it is of a person in a public function)."""

    name: str
    text: str
    values: tuple[tuple[int, int, bool], ...]


def own_texts(folder: Path = TEXTS) -> Iterator[Labelled]:
    """Yield the texts of this project. Each begins with a line `### id kind`; `{~kind|…}` only looks like a person."""
    for path in sorted(folder.glob("*.txt")):
        for part in re.split(r"(?m)^### ", path.read_text("utf-8"))[1:]:
            head, _, body = part.partition("\n")
            yield _read(f"{path.stem}-{head.split()[0]}", body)


def _read(name: str, body: str) -> Labelled:
    text, values, position = "", [], 0
    for match in _MARK.finditer(body):
        text += body[position : match.start()]
        value = match["look"] if match["trap"] else match["value"]
        if not match["trap"]:
            values.append((len(text), len(text) + len(value), match["public"] == "!"))
        text += value
        position = match.end()
    return Labelled(name, text + body[position:], tuple(values))


def json_texts(path: Path) -> Iterator[Labelled]:
    """Yield texts of lines `{id, text, spans: [{start, end, public_function}]}`."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        values = tuple((one["start"], one["end"], bool(one["public_function"])) for one in record["spans"])
        yield Labelled(str(record["id"]), record["text"], values)
