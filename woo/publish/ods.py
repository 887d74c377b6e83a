"""Tables as an OpenDocument spreadsheet (.ods), the open standard that the government must offer (ISO 26300)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from odfdo import Cell, Document, Row, Table

Value = str | int | float | None
Sheet = tuple[str, Sequence[str], Sequence[Sequence[Value]]]


def ods_bytes(sheets: Sequence[Sheet], *, title: str, author: str) -> bytes:
    """A workbook with one sheet for each `(name, headings, rows)`. Text stays text, whatever it begins with."""
    book = Document("spreadsheet")
    body = book.body
    body.clear()
    for name, headings, rows in sheets:
        table = Table(name)
        for line, values in enumerate([headings, *rows]):
            table.set_row(line, _row(values), clone=False)
        body.append(table)
    book.meta.title, book.meta.creator, book.meta.language = title, author, "nl-NL"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _row(values: Sequence[Value]) -> Row:
    row = Row()
    for place, value in enumerate(values):
        row.set_cell(
            place,
            Cell() if value is None else Cell(value, cell_type="string" if isinstance(value, str) else "float"),
            clone=False,
        )
    return row
