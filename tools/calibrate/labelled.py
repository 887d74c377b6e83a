"""Labelled texts: our own with the labels in the text (`{P|Jan Mol}`), and JSON lines with offsets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"
_MARK = re.compile(r"\{(?P<label>[A-Z])(?P<public>!?)\|(?P<value>[^{}]*)\}|\{~(?P<trap>\w+)\|(?P<look>[^{}]*)\}")


UNSEEN = Path(__file__).parent / "unseen"
"""Texts that nothing was fitted on and that no rule was made for: to measure with."""
_LABELS = {
    "P": "PERSON", "A": "ADDRESS", "B": "BSN", "C": "CASE_NUMBER", "D": "DATE_OF_BIRTH", "E": "EMAIL", "I": "IBAN",
    "K": "LICENSE_PLATE", "L": "LICENSE_PLATE", "N": "IP_ADDRESS", "T": "PHONE", "U": "USERNAME", "V": "V_NUMBER",
    "X": "ID_DOC", "Z": "POSTCODE",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text with the ranges of its personal data: (start, end, whether it is of a person in a public function)."""

    name: str
    text: str
    values: tuple[tuple[int, int, bool], ...]


def own_texts(folder: Path = TEXTS) -> Iterator[Labelled]:
    """Yield the texts of this project."""
    for path in sorted(folder.glob("*.txt")):
        for one in records(path):
            values = tuple((span["start"], span["end"], span["public_function"]) for span in one["spans"])
            yield Labelled(f"{path.stem}-{one['id']}", one["text"], values)


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the texts of one file of ours, in the form of the JSON lines, with their labels and look-alikes.

    Each begins with a line `### id kind`; `{P|Jan Mol}` is personal data, `{P!|…}` of somebody in a public function,
    and `{~kind|…}` only looks like a person.
    """
    for part in re.split(r"(?m)^### ", path.read_text("utf-8"))[1:]:
        head, _, body = part.partition("\n")
        name, _, kind = head.strip().partition(" ")
        yield {"id": name, "kind": kind, **_read(body)}


def _read(body: str) -> dict[str, Any]:
    text, position = "", 0
    spans: list[dict[str, Any]] = []
    traps: list[dict[str, Any]] = []
    for match in _MARK.finditer(body):
        text += body[position : match.start()]
        value = match["look"] if match["trap"] else match["value"]
        place = {"start": len(text), "end": len(text) + len(value)}
        if match["trap"]:
            traps.append({**place, "kind": match["trap"]})
        else:
            spans.append({**place, "label": _LABELS[match["label"]], "public_function": match["public"] == "!"})
        text += value
        position = match.end()
    return {"text": text + body[position:], "spans": spans, "traps": traps}


def json_texts(path: Path) -> Iterator[Labelled]:
    """Yield texts of lines `{id, text, spans: [{start, end, public_function}]}`."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        values = tuple((one["start"], one["end"], bool(one["public_function"])) for one in record["spans"])
        yield Labelled(str(record["id"]), record["text"], values)
