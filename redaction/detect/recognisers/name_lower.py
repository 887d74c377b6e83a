"""Names in lower case, as people type them in chats: "mehmet yilmaz", "met dick", "en van veen van de nvwa"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from redaction.detect.lexicon import fold, is_common, is_forename, is_surname, places
from redaction.detect.looks import at_line_starts
from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding

_STAMP = re.compile(
    r"^[ \t>\u200e]{0,4}(?:\[?(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}[,\s]{1,2})?\d{1,2}[:.]\d{2}|@?[\w.]{2,30}:\s|"
    r"#[\w\-]{2,30}$)|"
    r"^[^\n]{2,50}[ \t]\[?\d{1,2}[:.]\d{2}\]?[ \t]*$|"  # the sender first, the time at the end of the line
    r"^[ \t]{0,4}(?:(?:in|uit|out|ma|di|wo|do|vr|za|zo)\.?[ \t]{1,4})(?:\d{4}-\d{2}-\d{2}[ T])?\d{1,2}[:.]\d{2}",
    re.IGNORECASE | re.MULTILINE,
)
_LINE = re.compile(r"(?m)^[ \t>]{0,4}(?P<first>[^\W\d_])")
_WORD = re.compile(r"(?<![\w@./\\\-:#])[^\W\d_A-Z][^\W\d_]{2,20}(?:-[^\W\d_]{2,20})?(?![\w@/\\]|\.\w)")
_SURNAME = re.compile(
    r"^ (?P<name>(?:(?:van|de|den|der|ten|ter|el|al|bin|vd|v/d)\s){0,2}[^\W\d_]{2,20}(?:-[^\W\d_]{2,20})?)(?![\w@])"
)
_TUSSEN_NAME = re.compile(
    r"(?:^|(?<=[\s,:]))(?P<name>(?:van\sden|van\sder|van\sde|van\s't|van|den|der|ten|ter|el|al|v/d|"
    r"vd)\s(?P<core>[^\W\d_A-Z][^\W\d_]{2,20}))(?![\w@])"
)
_PERSON_CUE = re.compile(
    r"(?:\b(?:met|van|aan|bel|belt|bellen|mail|app|appt|vraag|vraagt|volgens|door|voor|en|of|bij|hoi|ha|hey|dag|thx|"
    r"dank|zegt|pa|broer|zus|zoon|dochter|vader|"
    r"moeder|collega|eigenaar|is|heet|privé|stuur|stuurt|ook|dat|namens|tegen|zonder|wie|zie|heeft|wil|kan|zal|laat|"
    r"gaat|maar|want|dus|moet|dan|wordt|was)\s|[,.:!?]\s|^)$"
)
_ACTS = re.compile(
    r"^(?:\s(?:zegt|zei|belt|belde|mailt|appt|wil|kan|komt|gaat|heeft|is|was|doet|stuurt|vraagt|vindt|weet|zit|moet|"
    r"zou|had|denkt|stond|staat|kijkt|regelt|pakt|van\s|ook|weer|nog|even|niet|er|morgen|vandaag|gebeld|gevraagd|gesproken|gemaild)"
    r"|\s?[,?!.]|\s?$|\s\()"
)


class NameLowerRecogniser(Recogniser):
    """Finds lower-case names, only in texts that are typed informally."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield known first names that are no ordinary word (with surname), and surnames with tussenvoegsel."""
        if is_shouted(text):
            text = text.lower()
        elif not is_informal(text):
            return
        for match in _WORD.finditer(text):
            word = match[0]
            if not is_forename(word) or is_common(word) or fold(word) in places():
                continue
            surname = _SURNAME.match(text[match.end() : match.end() + 50])
            if surname and self._is_surname(surname["name"]):
                end = match.end() + surname.end("name")
                yield Finding(
                    self.KIND,
                    match.start(),
                    end,
                    0.7,
                    "lower.full_name",
                    "Voornaam en achternaam zonder hoofdletters in een informele tekst.",
                )
            elif len(word) > 3 or _PERSON_CUE.search(text[max(0, match.start() - 14) : match.start()]):
                yield Finding(
                    self.KIND,
                    match.start(),
                    match.end(),
                    0.55,
                    "lower.forename",
                    "Voornaam zonder hoofdletter in een informele tekst.",
                )
        for match in _TUSSEN_NAME.finditer(text):
            left = text[max(0, match.start() - 14) : match.start()]
            core = match["core"]
            if (
                is_surname(core)
                and not is_common(core)
                and fold(core) not in places()
                and _PERSON_CUE.search(left)
                and _ACTS.match(text[match.end() : match.end() + 20])
            ):
                yield Finding(
                    self.KIND,
                    *match.span("name"),
                    0.5,
                    "lower.tussenvoegsel",
                    "Achternaam zonder hoofdletters in een informele tekst.",
                )

    @staticmethod
    def _is_surname(name: str) -> bool:
        core = name.rsplit(maxsplit=1)[-1]
        return is_surname(core) and (" " in name or not is_common(core))


def is_shouted(text: str) -> bool:
    """Tell whether a letter is typed in capitals from end to end, so that they say nothing about names."""
    small = sum(map(str.islower, text))
    return len(text) > 20 and small * 4 < sum(map(str.isupper, text)) and len(text.lower()) == len(text)


@lru_cache(maxsize=4)
def is_informal(text: str) -> bool:
    """Tell whether a text is typed like a chat: time stamps before lines, or most lines without a capital."""
    if sum(1 for _stamp in at_line_starts(_STAMP, text)) >= 3:
        return True
    firsts = [match["first"] for match in at_line_starts(_LINE, text)]
    return len(firsts) >= 2 and sum(first.islower() for first in firsts) > 0.5 * len(firsts)
