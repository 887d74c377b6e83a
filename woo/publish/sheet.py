"""One table as an .xlsx file: text stays text, dates are dates, and the same table gives the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo

_TOP, _WRAPPED = Alignment(vertical="top"), Alignment(wrap_text=True, vertical="top")
_DATE_FORMAT = "dd-mm-yyyy"
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)

Value = str | int | date | None
Row = Sequence[Value]


def xlsx_bytes(
    name: str,
    headings: Sequence[str],
    rows: Sequence[Row],
    *,
    title: str,
    author: str,
    on: date,
    widths: Sequence[int] = (),
    links: Sequence[int] = (),
    as_table: bool = True,
) -> bytes:
    """A workbook with one sheet `name`. `links` are the columns (from 0) whose text is also the address it leads to."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row_number, row in enumerate([headings, *rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=row_number, column=column)
            _fill(cell, value)
            if row_number == 1:
                cell.font = Font(bold=True)
            elif column - 1 in links and value:
                cell.hyperlink = str(value)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    if as_table and rows:
        table = Table(displayName=name, ref=f"A1:{get_column_letter(len(headings))}{len(rows) + 1}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        sheet.add_table(table)
    properties = book.properties
    properties.title, properties.language = title, "nl-NL"
    properties.creator = properties.lastModifiedBy = author
    properties.created = datetime(on.year, on.month, on.day)
    return _stable(book, properties.created)


def _fill(cell: Cell, value: Value) -> None:
    """Put a value in a cell; a text is always a text, whatever it begins with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = True  # keeps a text like "=1+1" a text when somebody edits the cell
        cell.alignment = _WRAPPED
    else:
        cell.alignment = _TOP
        if isinstance(value, date):
            cell.number_format = _DATE_FORMAT


def _stable(book: Workbook, moment: datetime) -> bytes:
    """The workbook's bytes with every clock time in them fixed."""
    raw, result = BytesIO(), BytesIO()
    book.save(raw)
    saved, fixed = (f"{when:%Y-%m-%dT%H:%M:%SZ}".encode() for when in (book.properties.modified, moment))
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for item in sorted(source.infolist(), key=lambda part: part.filename):
            content = source.read(item.filename)
            if item.filename == "docProps/core.xml":
                content = content.replace(saved, fixed)
            entry = zipfile.ZipInfo(item.filename, _ZIP_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return result.getvalue()
