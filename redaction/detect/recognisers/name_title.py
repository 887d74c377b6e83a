"""Names after a form of address or an academic title: "mevrouw Kowalczyk", "dhr. v/d Berg", "ing. Th. Hermsen"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import is_common, is_surname
from redaction.detect.names.employer import without_employer
from redaction.detect.names.shape import FULL, INITIALS, SURNAME, TITLE, TUSSEN, UPPER
from redaction.detect.names.veto import is_acronym, is_never_a_name, is_not_a_person
from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding

_GAP = r"(?:\s?\.\s{0,2}|\s{1,2}|\.)"
_TITLED = re.compile(
    rf"(?<![\w.\-])(?:(?i:{TITLE})(?:\s?/\s?(?i:{TITLE}))?{_GAP}){{1,4}}"
    rf"(?P<name>(?:[{UPPER}][ ]){{1,5}}{SURNAME}(?:[ ]{FULL})?|"
    rf"(?:{INITIALS}\s?(?:&\s?{INITIALS}\s?)?)?(?:\([^()\n]{{2,20}}\)\s)?(?:{SURNAME}(?:\s{FULL})?|{FULL})|"
    rf"(?:{TUSSEN})?(?:{INITIALS}|[{UPPER}]{{1,3}}(?!\w)))"
)
_LOWER = re.compile(
    r"(?<![\w.\-])(?:de\sheer|dhr\.?|mevrouw|mevr\.?|mw\.?|meneer|mijnheer)\s(?P<name>(?:(?:van|de|den|der|ten|ter|"
    r"el|al)\s){0,2}[a-zà-ž'’\-]{3,25})(?!\w)"
)
_SPACED = re.compile(
    rf"(?<!\w)(?i:{TITLE})\s?\.?\s(?:(?i:{TITLE})\s?\.?\s){{0,3}}(?P<name>(?:[{UPPER}a-z]\s?\.\s?){{1,5}}(?:(?:{TUSSEN}){{0,3}}[{UPPER}][\w'’\-]+(?:\s(?:{TUSSEN}){{0,2}}[{UPPER}][\w'’\-]+){{0,3}}))"
)
_ONLY_TITLE = re.compile(rf"(?i:{TITLE})\.?")
"""The last of a row of titles that no name follows: "Ir. Drs."."""


class NameTitleRecogniser(Recogniser):
    """Finds names after titles, also surnames that are ordinary words and single initials."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the name without its title."""
        why = "Naam na een aanspreekvorm of titel, zoals 'mevrouw' of 'drs.'."
        for pattern in (_TITLED, _SPACED):
            for match in pattern.finditer(text):
                start, end = match.span("name")
                department = re.search(r"\s[-–]\s(\S+)$", text[start:end])
                if department and is_acronym(department[1]):
                    end = start + department.start()
                end = without_employer(text, start, end)
                name = text[start:end]
                first = name.split()[0]
                if is_not_a_person(text, start, end) and not text[match.start() : start].strip().lower().startswith(
                    ("de heer", "mevr", "mw", "dhr", "meneer")
                ):
                    continue
                if _ONLY_TITLE.fullmatch(name) or (is_never_a_name(first) and not is_surname(first)):
                    continue
                yield Finding(self.KIND, start, end, 0.9, "title.capital", why)
        for match in _LOWER.finditer(text):
            words = match["name"].split()
            if is_surname(words[-1]) and (len(words) > 1 or not is_common(words[-1])):
                yield Finding(self.KIND, *match.span("name"), 0.75, "title.lower", why)
