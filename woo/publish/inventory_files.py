"""The inventarislijst as files: .csv for machines, .xlsx for people with a spreadsheet, .html for everybody.

The .csv follows RFC 4180 (comma, CRLF) in UTF-8 without a byte order mark, so that every program reads the first
heading right; the .xlsx is for Excel. Text that a spreadsheet would take for a formula gets an apostrophe in the .csv.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from woo.law.dutch import date_in_words
from woo.law.judgement import OUTCOME_LABELS, Judgement
from woo.publish.case_file import CaseFile
from woo.publish.inventory import HEADINGS, inventory_rows
from woo.publish.sheet import Row, xlsx_bytes

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = (12, 12, 60, 16, 16, 20, 40, 11, 24, 40, 20)
_FILE_COLUMN = HEADINGS.index("Bestand")

INVENTORY_STYLE = (
    "body{font-family:'Noto Sans',Arial,sans-serif;line-height:1.5;margin:1.5rem;max-width:100rem;color:#1a1a1a}"
    "table{border-collapse:collapse;width:100%}caption{text-align:start;padding-block:.5rem}"
    "th,td{text-align:start;vertical-align:top;padding:.4rem .6rem;border-block-end:1px solid #767676}"
    "thead th{border-block-end:2px solid #1a1a1a}td.hash{font-family:monospace;font-size:.75rem;overflow-wrap:anywhere;"
    "min-width:12rem}a{color:#154273}.wide{overflow-x:auto}"
)
# A strict content security policy lets this one style through by its hash.
INVENTORY_STYLE_HASH = "sha256-" + base64.b64encode(hashlib.sha256(INVENTORY_STYLE.encode()).digest()).decode()


def inventory_csv(case: CaseFile) -> bytes:
    """The list as .csv, UTF-8 without byte order mark; dates as dd-mm-yyyy."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([_harmless(cell) for cell in row.cells()] for row in inventory_rows(case))
    return text.getvalue().encode("utf-8")


def inventory_xlsx(case: CaseFile) -> bytes:
    """The list as .xlsx with real dates and numbers, links to the files, and no cell that can act as a formula."""
    entries = {entry.id: entry for entry in case.listed}
    rows: list[Row] = []
    for row in inventory_rows(case):
        cells: list[str | int | date | None] = [cell or None for cell in row.cells()]
        cells[HEADINGS.index("Datum")] = entries[row.id].date
        cells[HEADINGS.index("Bladzijden")] = int(row.pages) if row.pages else None
        rows.append(cells)
    return xlsx_bytes(
        "Inventarislijst",
        HEADINGS,
        rows,
        title=_title(case),
        author=case.organisation.name,
        on=list_date(case),
        widths=_WIDTHS,
        links=(_FILE_COLUMN,),
    )


def inventory_html(case: CaseFile) -> bytes:
    """The list as one accessible page that needs no other file and no script."""
    template = _templates().get_template("inventarislijst.html")
    page = template.render(
        title=_title(case),
        case=case,
        headings=HEADINGS,
        rows=inventory_rows(case),
        style=INVENTORY_STYLE,
        outcome=OUTCOME_LABELS[case.outcome],
        date=date_in_words(list_date(case)),
        out_of_scope=case.count(Judgement.OUT_OF_SCOPE),
    )
    return page.encode("utf-8")


def list_date(case: CaseFile) -> date:
    """The date that the list carries: that of the besluit, else of publication, else of receipt."""
    return case.besluit_date or case.published_on or case.received


def _title(case: CaseFile) -> str:
    return f"Inventarislijst bij Woo-verzoek {case.number}"


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _templates() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
