"""Typesets mails, chats, texts and lists of remarks into the pages that reviewers read."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from woo.gather.blocks import Block, Run
from woo.gather.items import ToDo
from woo.typeset import typeset, uncovered

TEMPLATE = Path(__file__).parent / "templates" / "page.typ"
PIECE = 1_000_000  # characters typeset at once; longer documents are made in pieces and joined
# Seen by nobody, but a name with one of these inside it would not be found.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u034f\u200b\u2060\ufeff"))
MAX_CHARACTERS = 15_000_000


class TooLong(Exception):
    """The document has more text than a person will ever read; the caller makes a to-do of it."""


@dataclass(frozen=True)
class Field:
    """One line of the table above a document."""

    label: str
    runs: Sequence[Run]


@dataclass(frozen=True)
class Sheet:
    """A document to typeset. `title` goes into the PDF's properties and must name nobody; `heading` is printed."""

    title: str
    blocks: Sequence[Block]
    fields: Sequence[Field] = ()
    heading: str = ""
    links: Sequence[str] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    numbered: bool = True

    def uncovered(self) -> set[str]:
        """Characters on this sheet that are shown by number because no font has them."""
        return uncovered(json.dumps([self.blocks, [f.runs for f in self.fields], self.links], ensure_ascii=False))


def make_pages(sheet: Sheet, target: Path) -> int:
    """Write the sheet as a tagged PDF to `target` and return the number of pages. Raises TooLong and NotTypeset."""
    pieces = _pieces(sheet.blocks)
    if len(pieces) == 1:
        content = _typeset(sheet, pieces[0], first_piece=True, last_piece=True)
        target.write_bytes(content)
        return _count(content)
    total = sum(_count(part) for part in _parts(sheet, pieces, None))
    with pikepdf.new() as whole:
        for part in _parts(sheet, pieces, total):
            with pikepdf.open(io.BytesIO(part)) as pdf:
                whole.pages.extend(pdf.pages)
        whole.save(target)
    return total


def uncovered_todo(sheet: Sheet) -> tuple[ToDo, ...]:
    """A to-do when characters could only be shown by their number."""
    missing = len(sheet.uncovered())
    if not missing:
        return ()
    return (ToDo("uncovered", f"{missing} soorten tekens in dit document kunnen niet worden afgebeeld. Ze staan er als "
                 "nummer, zoals ⟨U+4E2D⟩. Bekijk het origineel om te weten wat er staat."),)


def _parts(sheet: Sheet, pieces: Sequence[Sequence[Block]], total: int | None) -> list[bytes]:
    """The pieces as PDFs, numbered on from one another when the total is known."""
    parts: list[bytes] = []
    page = 1
    for number, blocks in enumerate(pieces):
        part = _typeset(sheet, blocks, first_piece=number == 0, last_piece=number == len(pieces) - 1,
                        first=page, total=total)
        page += _count(part)
        parts.append(part)
    return parts


def _typeset(sheet: Sheet, blocks: Sequence[Block], *, first_piece: bool, last_piece: bool, first: int = 1,
             total: int | None = None) -> bytes:
    """One run of the typesetter."""
    data = {
        "title": sheet.title, "heading": sheet.heading if first_piece else "", "blocks": blocks, "first": first,
        "total": total, "numbered": sheet.numbered, "links": sheet.links if last_piece else [],
        "fields": [{"label": f.label, "runs": f.runs} for f in sheet.fields] if first_piece else [],
    }
    visible = json.loads(json.dumps(data, ensure_ascii=False).translate(_INVISIBLE))
    return typeset(TEMPLATE, visible, assets=sheet.pictures)


def _pieces(blocks: Sequence[Block]) -> list[list[Block]]:
    """Cut a long document between blocks."""
    pieces: list[list[Block]] = [[]]
    size = whole = 0
    for block in blocks:
        length = len(json.dumps(block, ensure_ascii=False))
        whole += length
        if whole > MAX_CHARACTERS:
            raise TooLong
        if size + length > PIECE and pieces[-1]:
            pieces.append([])
            size = 0
        pieces[-1].append(block)
        size += length
    return pieces


def _count(pdf: bytes) -> int:
    """Pages of a PDF we made."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
