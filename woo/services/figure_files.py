"""The figures as files: .csv for one table, .ods for all tables with what they mean."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from woo.law.grounds import ground
from woo.publish.ods import Sheet, Value, ods_bytes
from woo.services.figures import DEFINITIONS, Figures, Row

HEADINGS = (
    "Maand",
    "Directie",
    "Ontvangen",
    "Besloten",
    "Op tijd",
    "Zonder besluit",
    "Bruto dagen gemiddeld",
    "Bruto dagen mediaan",
    "Netto dagen gemiddeld",
    "Netto dagen mediaan",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def figures_csv(found: Figures) -> bytes:
    """The table by month and directorate with its total: comma, CRLF, UTF-8 (RFC 4180); a point for decimals."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([_harmless(value) for value in line] for line in table(found))
    return text.getvalue().encode()


def figures_ods(found: Figures, author: str) -> bytes:
    """All tables and the definitions as a spreadsheet."""
    sheets: list[Sheet] = [
        ("Per maand", HEADINGS, table(found)),
        (
            "Dagen per fase",
            ("Fase", "Zaken", "Gemiddeld", "Mediaan"),
            [(p.label, p.cases, round(p.mean, 1), p.median) for p in found.phases],
        ),
        ("Uitkomst", ("Uitkomst", "Verzoeken"), found.outcomes),
        ("Hoe geëindigd", ("Zonder besluit", "Verzoeken"), found.endings),
        (
            "Gronden",
            ("Grond", "Omschrijving", "Documenten", "Verzoeken"),
            [(ground(g.code).screen, ground(g.code).label, g.documents, g.cases) for g in found.grounds],
        ),
        ("Wat betekent het", ("Cijfer", "Betekenis"), list(DEFINITIONS.items())),
    ]
    return ods_bytes(sheets, title=f"Woo-cijfers {found.year or 'alle jaren'}", author=author)


def table(found: Figures) -> list[Sequence[Value]]:
    """The rows by month and directorate, and the total last."""
    return [*(_line(row, row.month, row.directorate) for row in found.rows), _line(found.total, "Totaal", "")]


def _line(row: Row, month: str, directorate: str) -> Sequence[Value]:
    days = (row.gross_mean, row.gross_median, row.net_mean, row.net_median)
    counts = (row.received, row.decided, row.in_time, row.without_besluit)
    return (month, directorate, *counts, *(None if value is None else round(value, 1) for value in days))


def _harmless(value: Value) -> Value:
    """Text that a spreadsheet would take for a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
