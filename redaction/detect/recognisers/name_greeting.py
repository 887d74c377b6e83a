"""Names in salutations: "Beste Bart en Noor,", "Geachte heer Van Rossum,", "Hilde," on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import is_common, is_forename, is_surname
from redaction.detect.looks import at_line_starts
from redaction.detect.names.people import people_in
from redaction.detect.names.shape import FULL, TITLES, UPPER
from redaction.detect.names.veto import is_acronym, is_never_a_name, is_opener
from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding

_GREETING = re.compile(
    r"(?m)^[>\s]{0,6}(?i:beste|hoi|hai|hey|ha|hi|hallo|dag|lieve|geachte|waarde|dear|hello|goede(?:morgen|middag|"
    r"navond|dag)|goeie?morgen|"
    r"weledel\w{0,24}|hooggeachte|salaam|selam|merhaba|czesc|liebe[r]?|sehr\sgeehrte[r]?|bonjour|dierbare)"
    rf"[ \t,]{{1,3}}(?P<value>(?:{TITLES}){{0,4}}[{UPPER}a-z'’][^\n,!.:;?]{{0,60}}"
    rf"(?:,\s(?:{FULL}))*)[ \t]?(?:[,!.:;?]|$)"
)
_INLINE = re.compile(
    rf"(?<=[:\]])\s(?i:beste|hoi|hey|ha|hi|hallo|dag|goedemorgen|goedemiddag)\s(?P<value>{FULL})(?=\s?[,!.?]|\s[a-z])"
)
_ALONE = re.compile(rf"(?m)^[>\s]{{0,6}}(?P<value>(?:{FULL})(?:\s(?:en|and|/)\s(?:{FULL}))?)\s?,[ \t]*$")


class NameGreetingRecogniser(Recogniser):
    """Finds who is greeted; a salutation to everybody names nobody."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the names in salutations."""
        for match in (*at_line_starts(_GREETING, text), *_INLINE.finditer(text)):
            for start, end in people_in(text, match.start("value"), match.end("value")):
                yield Finding(self.KIND, start, end, 0.9, "greeting.salutation", "Naam in de aanhef.")
        for match in at_line_starts(_ALONE, text):
            first = match["value"].split()[0]
            if " " in match["value"] and is_opener(text, match.start("value"), first):
                continue
            known = is_forename(first) or is_surname(first)
            if known or not (is_common(first) or is_never_a_name(first) or is_acronym(first)):
                for start, end in people_in(text, match.start("value"), match.end("value")):
                    yield Finding(
                        self.KIND,
                        start,
                        end,
                        0.8 if known else 0.6,
                        "greeting.alone",
                        "Naam alleen op een regel, als aanhef.",
                    )
