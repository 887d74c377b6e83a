"""The production report that open.minvws.nl reads: exact headings, and every value checked before the upload.

Source: minvws/nl-rdo-woo-web (template and InventoryReaderFactory). That reader turns an unknown judgement silently
into "niet openbaar", so nothing leaves here that it could misread.
"""

from __future__ import annotations

import re
from datetime import date

from woo.errors import InputRejected
from woo.law.grounds import GROUNDS, ground
from woo.law.judgement import REPORT_WORDS
from woo.publish.case_file import CaseFile
from woo.publish.document_entry import FILE_TYPES, MAX_REMARK, MAX_TITLE, DocumentEntry
from woo.publish.inventory_files import list_date
from woo.publish.sheet import Row, xlsx_bytes

REPORT_HEADINGS = (
    "ID",
    "Matter",
    "Family",
    "Email Thread ID",
    "Document",
    "File Type",
    "Datum",
    "Beoordeling",
    "Opgeschort",
    "Beoordelingsgrond",
    "Toelichting",
    "Publieke Link",
    "Gerelateerd ID",
    "Zaaknummer",
)
_ID = re.compile(r"[a-zA-Z0-9.\-]{1,170}")
_KNOWN_GROUNDS = {entry.screen for entry in GROUNDS.values()}
_SHOWN = 10


def production_report(case: CaseFile) -> bytes:
    """The report as .xlsx; InputRejected with the first problems where open.minvws.nl would misread or refuse a row."""
    rows = report_rows(case)
    problems = report_problems(rows)
    if problems:
        more = f" (en nog {len(problems) - _SHOWN})" if len(problems) > _SHOWN else ""
        raise InputRejected(
            f"Het productierapport klopt nog niet: {'; '.join(problems[:_SHOWN])}{more}. "
            "Er is geen rapport gemaakt. Verbeter dit bij de documenten."
        )
    return xlsx_bytes(
        "Sheet1",
        REPORT_HEADINGS,
        rows,
        title=f"Productierapport {case.number}",
        author=case.organisation.name,
        on=list_date(case),
        as_table=False,
    )


def report_rows(case: CaseFile) -> list[Row]:
    """The rows in the order of `REPORT_HEADINGS`; what is double or outside the request is left out."""
    return [_row(case, entry) for entry in case.listed]


def report_problems(rows: list[Row]) -> list[str]:
    """What the reader of open.minvws.nl would refuse or misread, as Dutch phrases naming the document."""
    problems = []
    for values in rows:
        row = dict(zip(REPORT_HEADINGS, values, strict=True))
        problems += [f"document {row['ID']}: {problem}" for problem in _row_problems(row)]
    return problems


def _row(case: CaseFile, entry: DocumentEntry) -> Row:
    return (
        entry.id,
        case.number,
        entry.family,
        entry.thread_id,
        entry.title,
        entry.file_type,
        entry.date,
        REPORT_WORDS[entry.judgement].capitalize(),
        "Ja" if entry.suspended else None,
        ";".join(ground(code).screen for code in entry.grounds) or None,
        entry.remark or None,
        "|".join(entry.public_links) or None,
        entry.related_id or None,
        case.number,
    )


def _row_problems(row: dict[str, str | int | date | None]) -> list[str]:
    """The value rules of the reader, column by column."""
    grounds = str(row["Beoordelingsgrond"] or "").split(";") if row["Beoordelingsgrond"] else []
    links, related = str(row["Publieke Link"] or ""), str(row["Gerelateerd ID"] or "")
    checks = {
        "het nummer is niet geldig": bool(_ID.fullmatch(str(row["ID"]))),
        "het zaaknummer is te kort": len(str(row["Matter"])) >= 2,
        "de titel ontbreekt of is te lang": 1 <= len(str(row["Document"])) <= MAX_TITLE,
        "de datum ontbreekt": isinstance(row["Datum"], date),
        "de beoordeling is onbekend": str(row["Beoordeling"]).lower() in REPORT_WORDS.values(),
        "een grond is onbekend": set(grounds) <= _KNOWN_GROUNDS,
        "het soort bestand is onbekend": row["File Type"] in FILE_TYPES,
        "de familie of e-mailreeks is geen getal vanaf 1": all(
            row[name] is None or (isinstance(row[name], int) and str(row[name]).isdigit() and row[name] != 0)
            for name in ("Family", "Email Thread ID")
        ),
        "de toelichting is te lang": len(str(row["Toelichting"] or "")) <= MAX_REMARK,
        "de publieke link is te lang": len(links) <= 2048,
        "het gerelateerde nummer is niet geldig": not related or bool(_ID.fullmatch(related)),
    }
    return [problem for problem, good in checks.items() if not good]
