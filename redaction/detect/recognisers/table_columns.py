"""Cells of delimited tables (csv, tabs, pipes) whose column heading says what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import is_common, is_forename, is_surname
from redaction.detect.names.people import people_in
from redaction.detect.names.shape import UPPER
from redaction.detect.recogniser import Recogniser
from redaction.detect.recognisers.accounts import is_made_of_a_name
from redaction.detect.recognisers.dates import SHORT_DATE
from redaction.detect.span import Finding

_HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "date_of_birth",
        re.compile(
            r"(?i)geb(?:oorte|\.)?[\s_]?-?(?:datum|dat\b|dag)|^geb\.?(?:\s(?:op|d\.?d\.?))?$|^d\.?o\.?b\.?$|"
            r"date[ _]of[ _]birth|^geboren(?: op)?$"
        ),
    ),
    (
        "case_number",
        re.compile(
            r"(?i)(?:personeels|^pers\.?|medewerker|stam|cli[eë]nt|pati[eë]nt|leerling|student|dienst|zaak|dossier|"
            r"lidmaatschaps|stamboek|polis|klant|registratie|parket|beschikkings|cl|ll|lln|p|aanvraag|melding|klacht|bezwaar|"
            r"deelnemer|kandidaat|verzekerde|toeslag|uitkerings|indicatie|casus|kind|ticket|sanctie|boete)s?"
            r"[-_ ]?(?:nummer|nr|no|id|code)|^(?:zaak|dossier|parket|pv|ticket)$"
        ),
    ),
    ("v_number", re.compile(r"(?i)^v[-_]?\s?(?:nummer|nr)")),
    (
        "id_document",
        re.compile(
            r"(?i)paspoort|rijbewijs|^(?:reis)?doc(?:ument)?\.?$|document[-_ ]?(?:nummer|nr)|id-?(?:nummer|kaart)"
        ),
    ),
    ("username", re.compile(r"(?i)gebruikers?(?:naam|id)|login|username|account|^(?:gebruiker|user)$")),
    ("address", re.compile(r"(?i)^(?:woon)?adres$|straat|huisadres")),
    ("postcode", re.compile(r"(?i)^(?:postcode|pc|zip)\b")),
    ("licence_plate", re.compile(r"(?i)kenteken")),
    (
        "person_name",
        re.compile(
            r"(?i)^(?:voorl(?:etters?)?|vrl|initialen)\.?$|^wie\b|(?:^|_)naam_|afspraak[_ ]met|^(?:gastheer|gastvrouw|"
            r"bezoeker|melder|chauffeur|begeleider|notulist)$|"
            r"^(?:volledige |achter|voor|roep|familie)?na(?:am|men)$|medewerker|contactpersoon|deelnemer|"
            r"eigenaar|steller|"
            r"behandelaar|aanvrager|bewoner|huurder|bestuurder|afzender|ontvanger|naam (?!bedrijf|organisatie|"
            r"object)|actiehouder|^van$|^aan$|^wie$|auteur"
        ),
    ),
)
_VALID = {
    "date_of_birth": re.compile(rf"(?i)^(?:{SHORT_DATE}|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)$"),
    "case_number": re.compile(r"^(?=.*\d)[\w./\-]{3,26}$"),
    "v_number": re.compile(r"^[\d .]{10,14}$"),
    "id_document": re.compile(r"^(?:[A-Z]{2,3} )?(?=.*\d{3})[A-Z0-9]{7,10}$"),
    "postcode": re.compile(r"(?i)^[1-9]\d{3}\s?[a-z]{2}$"),
    "licence_plate": re.compile(r"(?i)^(?=.*\d)(?=.*[a-z])[a-z0-9]{1,3}-?[a-z0-9]{2,3}-?[a-z0-9]{1,3}$"),
    "username": re.compile(r"^@?[\w.\-\\]{3,40}$"),
    "address": re.compile(r"^(?!Postbus).*[A-Za-z].*\d"),
}
_DELIMITERS = ('","', ";", "\t", "|")
"""What parts the cells of a row; commas only between quotes, for a bare one stands in every sentence."""
_INITIALS = re.compile(rf"^(?![XVJN]$)[{UPPER}](?:\.?[ ]?[{UPPER}]){{0,3}}\.?$")
"""Initials in a column of people; a lone X, V, J or N ticks a box."""
_ACCOUNT = re.compile(r"^[a-z][a-z_.]{2,20}\d{0,3}$")
"""How a column of people names them by their account: "kvdberg", "jbos2"."""
_MAX_ROWS = 5_000
_MAX_LOOSE_ROWS = 200
_LOOSE_GAP = 2
"""Rows without a code after which the table has ended: a cell may run over two lines of a page."""
_LONGEST_HEADING = 140
_LOOSE_NUMBER = re.compile(
    r"(?i)\b(?:personeels|pers\.?|medewerker|stam|cli[eë]nt|pati[eë]nt|leerling|student|dienst|zaak|dossier|polis|"
    r"lidmaatschaps|klant|registratie|deelnemer)s?[-_ ]?(?:nummer|nr\.?|no|id|code)"
)
_LOOSE_BIRTH = re.compile(r"(?i)\bgeb(?:oorte|\.)?\s?-?(?:datum|dat\.?)")
_LOOSE_HEADING = re.compile(f"{_LOOSE_NUMBER.pattern}|{_LOOSE_BIRTH.pattern[4:]}")
_IS_HEADING = re.compile(
    r"^[^:\d]{0,140}(?:[^:\d.,;!?\s]|\b(?:geb|nr|dat|pers|reg|tel|bijz|opm|toel|afd|adr|omschr)\.)\s{0,3}$",
    re.IGNORECASE,
)
_ALIGNED_CELL = re.compile(r"\S+(?: \S+)*")
_CODE = re.compile(r"(?<![\w.,/\-])(?=[A-Z\-]{0,4}\d{4})[A-Z]{0,3}-?\d{4,10}(?:-[A-Z0-9]{1,3})?(?![\w/\-]|[.,]\d)")
_WHY = "Staat in een tabel onder een kop die dit gegeven noemt."
_BIRTH = "date_of_birth"
_OFF_COLUMN = 8
"""Characters that a date may stand off the heading of its column: a long name before it pushes it aside."""
_ROW_DATE = re.compile(rf"(?i)(?<![\w\-/]){SHORT_DATE}")


class TableColumnRecogniser(Recogniser):
    """Finds personal data by the heading of its column."""

    KINDS = ("person_name", *_VALID)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the cells of every table in the text."""
        lines = [(match.start(), match[0]) for match in re.finditer(r"[^\n]+", text)]
        index = 0
        while index < len(lines):
            _start, heading = lines[index]
            delimiter = next((mark for mark in _DELIMITERS if heading.count(mark) >= 2), None)
            columns = self._columns(heading, delimiter) if delimiter else {}
            index += 1
            if not delimiter and _is_loose_heading(heading):
                yield from self._loose(heading, lines[index : index + _MAX_LOOSE_ROWS])
            if not delimiter and "  " in heading and len(heading) <= _LONGEST_HEADING:
                yield from self._aligned(text, heading, lines[index : index + _MAX_LOOSE_ROWS])
            if not (delimiter and columns):
                continue
            width = heading.count(delimiter)
            for _row in range(_MAX_ROWS):
                if index >= len(lines) or lines[index][1].count(delimiter) != width:
                    break
                yield from self._cells(text, *lines[index], delimiter, columns)
                index += 1

    @staticmethod
    def _loose(heading: str, rows: list[tuple[int, str]]) -> Iterator[Finding]:
        """Yield codes and dates of birth under a heading whose columns only spaces part, as PDF pages give them."""
        number, birth = _LOOSE_NUMBER.search(heading), _LOOSE_BIRTH.search(heading)
        at_the_end = number is not None and heading.rstrip().endswith(number[0]) and number.start() > 0
        missed = 0
        for start, row in rows:
            codes = list(_CODE.finditer(row)) if number else []
            dates = list(_ROW_DATE.finditer(row)) if birth else []
            found = [("case_number", codes[-1 if at_the_end else 0])] if codes else []
            found += [("date_of_birth", dates[0])] if dates else []
            for kind, match in found:
                yield Finding(kind, start + match.start(), start + match.end(), 0.7, "table.loose", _WHY)
            missed = 0 if found else missed + 1
            if missed > _LOOSE_GAP:
                return

    def _aligned(self, text: str, heading: str, rows: list[tuple[int, str]]) -> Iterator[Finding]:
        """Yield the cells of a table in plain text that stand right below a heading which names them."""
        headings = list(_ALIGNED_CELL.finditer(heading))
        if len(headings) < 3 or not _IS_HEADING.match(heading):
            return
        kinds = {cell.start(): kind for cell in headings if (kind := _kind_of(cell[0]))}
        missed = 0
        for start, row in rows if kinds else ():
            cells = [(cell, _below(cell.start(), kinds)) for cell in _ALIGNED_CELL.finditer(row)]
            found = [(cell, kind) for cell, kind in cells if kind] if len(cells) > 1 else []
            for cell, kind in found:
                yield from self._cell(text, start + cell.start(), cell[0], kind)
            seen = {cell.start() for cell, _kind in found}
            births = [
                date
                for date in _ROW_DATE.finditer(row)
                if date.start() not in seen and _nearest(date.start(), headings, kinds) == _BIRTH
            ]
            for date in births:
                yield Finding(_BIRTH, start + date.start(), start + date.end(), 0.8, "table.column", _WHY)
            missed = 0 if found or births else missed + 1
            if missed > _LOOSE_GAP:
                return

    @staticmethod
    def _columns(heading: str, delimiter: str) -> dict[int, str]:
        """Give the kind of each column that its heading names."""
        found: dict[int, str] = {}
        for number, cell in enumerate(heading.split(delimiter)):
            kind = _kind_of(cell)
            if kind:
                found[number] = kind
        return found

    def _cells(self, text: str, start: int, line: str, delimiter: str, columns: dict[int, str]) -> Iterator[Finding]:
        position = start
        for number, cell in enumerate(line.split(delimiter)):
            kind = columns.get(number)
            value = cell.strip(" \"'")
            if kind and value:
                yield from self._cell(text, position + cell.find(value), value, kind)
            position += len(cell) + len(delimiter)

    @staticmethod
    def _cell(text: str, offset: int, value: str, kind: str) -> Iterator[Finding]:
        """Yield what one cell holds; names in capitals only are read as if they were written as usual."""
        end = offset + len(value)
        if kind == "person_name":
            usual = value.title()
            if value.isupper() and len(usual) == len(value):
                text = text[:offset] + usual + text[end:]
            if _ACCOUNT.match(value) and not is_forename(value) and (is_made_of_a_name(value) or not _is_word(value)):
                yield Finding("username", offset, end, 0.75, "table.column", _WHY)
                return
            people = list(people_in(text, offset, end))
            if not people and _INITIALS.match(value):
                people = [(offset, end)]
            for first, last in people:
                yield Finding(kind, first, last, 0.85, "table.column", _WHY)
        elif _VALID[kind].match(value):
            yield Finding(kind, offset, end, 0.85, "table.column", _WHY)


def _kind_of(heading: str) -> str | None:
    """Give the kind of personal data that a heading names, if any."""
    label = heading.strip(" \"'*")
    return next((kind for kind, pattern in _HEADINGS if len(label) < 40 and pattern.search(label)), None)


def _is_word(value: str) -> bool:
    """Tell whether a cell in lower case holds a word or a surname: no account that was cut short, as "kgerbr"."""
    return is_common(value) or is_surname(value) or not value.isalpha()


def _below(start: int, kinds: dict[int, str]) -> str | None:
    """Give the kind of the column that begins at `start`, give or take a character."""
    return next((kinds[start + shift] for shift in (0, -1, 1) if start + shift in kinds), None)


def _nearest(start: int, headings: list[re.Match[str]], kinds: dict[int, str]) -> str | None:
    """Give the kind of the column whose heading begins nearest to `start`, where it is near enough."""
    heading = min(headings, key=lambda cell: abs(cell.start() - start))
    return kinds.get(heading.start()) if abs(heading.start() - start) <= _OFF_COLUMN else None


def _is_loose_heading(line: str) -> bool:
    """Tell whether a line names a column of numbers or birth dates and is no sentence or field."""
    return len(line) <= _LONGEST_HEADING and bool(_IS_HEADING.match(line) and _LOOSE_HEADING.search(line))
