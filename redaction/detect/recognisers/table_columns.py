"""Cells of delimited tables (csv, tabs, pipes) whose column heading says what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.names.people import people_in
from redaction.detect.recogniser import Recogniser
from redaction.detect.recognisers.dates import SHORT_DATE
from redaction.detect.span import Finding

_HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("date_of_birth", re.compile(r"(?i)geb(?:oorte|\.)?\s?-?(?:datum|dag)|^dob$|date of birth|^geboren$")),
    (
        "case_number",
        re.compile(
            r"(?i)(?:personeels|medewerker|stam|cli[eë]nt|pati[eë]nt|leerling|student|dienst|zaak|dossier|"
            r"lidmaatschaps)[- ]?(?:nummer|nr|no|id|code)"
        ),
    ),
    ("v_number", re.compile(r"(?i)^v-?\s?(?:nummer|nr)")),
    ("id_document", re.compile(r"(?i)paspoort|rijbewijs|document(?:nummer|nr)|id-?(?:nummer|kaart)")),
    ("username", re.compile(r"(?i)gebruikers?(?:naam|id)|login|username|account")),
    ("address", re.compile(r"(?i)^(?:woon)?adres$|straat|huisadres")),
    (
        "person_name",
        re.compile(
            r"(?i)^(?:volledige |achter|voor|roep|familie)?na(?:am|men)$|medewerker|contactpersoon|deelnemer|"
            r"eigenaar|steller|"
            r"behandelaar|aanvrager|bewoner|huurder|bestuurder|afzender|ontvanger|naam (?!bedrijf|organisatie|"
            r"object)|actiehouder|^van$|^aan$|^wie$|auteur"
        ),
    ),
)
_VALID = {
    "date_of_birth": re.compile(rf"(?i)^{SHORT_DATE}$"),
    "case_number": re.compile(r"^(?=.*\d)[\w./\-]{3,26}$"),
    "v_number": re.compile(r"^[\d .]{10,14}$"),
    "id_document": re.compile(r"^(?=.*\d)[A-Z0-9]{8,10}$"),
    "username": re.compile(r"^@?[\w.\-\\]{3,40}$"),
    "address": re.compile(r"^(?!Postbus).*[A-Za-z].*\d"),
}
_MAX_ROWS = 5_000


class TableColumnRecogniser(Recogniser):
    """Finds personal data by the heading of its column."""

    KINDS = ("person_name", "date_of_birth", "case_number", "v_number", "id_document", "username", "address")

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the cells of every table in the text."""
        lines = [(match.start(), match[0]) for match in re.finditer(r"[^\n]+", text)]
        index = 0
        while index < len(lines):
            _start, heading = lines[index]
            delimiter = next((mark for mark in (";", "\t", "|") if heading.count(mark) >= 2), None)
            columns = self._columns(heading, delimiter) if delimiter else {}
            index += 1
            if not (delimiter and columns):
                continue
            width = heading.count(delimiter)
            for _row in range(_MAX_ROWS):
                if index >= len(lines) or lines[index][1].count(delimiter) != width:
                    break
                yield from self._cells(text, *lines[index], delimiter, columns)
                index += 1

    @staticmethod
    def _columns(heading: str, delimiter: str) -> dict[int, str]:
        """Give the kind of each column that its heading names."""
        found: dict[int, str] = {}
        for number, cell in enumerate(heading.split(delimiter)):
            label = cell.strip(" \"'*")
            kind = next((kind for kind, pattern in _HEADINGS if len(label) < 40 and pattern.search(label)), None)
            if kind:
                found[number] = kind
        return found

    def _cells(self, text: str, start: int, line: str, delimiter: str, columns: dict[int, str]) -> Iterator[Finding]:
        position = start
        for number, cell in enumerate(line.split(delimiter)):
            kind = columns.get(number)
            value = cell.strip(" \"'")
            if kind and value:
                offset = position + cell.find(value)
                why = "Staat in een tabel onder een kop die dit gegeven noemt."
                if kind == "person_name":
                    for first, last in people_in(text, offset, offset + len(value)):
                        yield Finding(kind, first, last, 0.85, "table.column", why)
                elif _VALID[kind].match(value):
                    yield Finding(kind, offset, offset + len(value), 0.85, "table.column", why)
            position += len(cell) + len(delimiter)
