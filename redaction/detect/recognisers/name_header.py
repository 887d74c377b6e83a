"""Names in the head of an e-mail, a memo or a quoted message: Van, Aan, Cc, From, To, "Op … schreef …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.looks import at_line_starts
from redaction.detect.names.people import people_in
from redaction.detect.names.shape import FULL, UPPER
from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding

_HEADER = re.compile(
    r"(?im)^[>\s|*]{0,12}(?P<label>van|from|von|de|aan|to|an|cc|bcc|c\.c\.|kopie(?:\saan)?|afschrift(?:\saan)?|"
    r"reply-to|antwoord\saan|"
    r"afzender|verzender|sender|ontvanger(?:s)?|geadresseerde(?:n)?|organisator|vereist|optioneel|genodigden)\*?\s?:\*?"
    r"[ \t]*(?P<value>[^\n]{1,4000})(?P<more>(?:\n[ \t]+[^\n:]{1,400}){0,20})"
)
_WROTE = re.compile(
    rf"(?:\bschreef|\bwrote|\bheeft|\bschrieb|\ba\s[ée]crit)\s(?P<name>(?:\"?{FULL}|"
    rf"[{UPPER}][\w'’\-]+,\s[{UPPER}][^<>\n:]{{0,40}}?))\"?"
    rf"\s?(?:<[^<>\n]{{0,120}}>|\(|via|het\svolgende|:|\n)"
)
_ON_WROTE = re.compile(
    rf"(?:^|[\n>]\s?)(?:On|Am|Le|Op)\s[^\n]{{6,80}}?(?:\d[,:]?\s|(?:schreef|"
    rf"om\s[\d:]+)\s)(?P<name>\"?{FULL})\"?\s?(?:<[^<>\n]{{0,120}}>\s?)?"
    rf"(?:wrote|schreef|heeft|schrieb|a\s[ée]crit|het\svolgende)"
)
_MAIL_NAME = re.compile(
    rf"(?<![\w<])\"?(?P<name>(?:{FULL}|[{UPPER}][\w'’\-]{{1,30}},\s[^<>\n\";:]{{2,40}}?))\"?\s?(?:<|\[mailto:|"
    rf"&lt;)(?:mailto:)?[\w.+\-]{{1,64}}@"
)

_MAIL_HINT = re.compile(r"(?:<|mailto:|&lt;)[\w.+\-]{1,64}@")


class NameHeaderRecogniser(Recogniser):
    """Finds the people in header lines and before their address in angle brackets."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield each person in the head of each message."""
        for match in at_line_starts(_HEADER, text):
            why = f"Naam achter '{match['label'].capitalize()}:' in de kop van een bericht of nota."
            for group in ("value", "more"):
                for start, end in people_in(text, match.start(group), match.end(group)):
                    yield Finding(self.KIND, start, end, 0.9, "header.line", why)
        for pattern in (_WROTE, _ON_WROTE):
            for match in pattern.finditer(text):
                for start, end in people_in(text, match.start("name"), match.end("name")):
                    yield Finding(
                        self.KIND, start, end, 0.9, "header.wrote", "Naam van de schrijver van een aangehaald bericht."
                    )
        for match in _MAIL_NAME.finditer(text) if _MAIL_HINT.search(text) else ():
            for start, end in people_in(text, match.start("name"), match.end("name")):
                yield Finding(self.KIND, start, end, 0.9, "header.address", "Naam voor een e-mailadres tussen haken.")
