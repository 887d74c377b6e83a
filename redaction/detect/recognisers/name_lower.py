"""Names in lower case, as people type them in chats: "mehmet yilmaz", "met dick", "en van veen van de nvwa"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from redaction.detect.lexicon import (
    fold,
    is_common,
    is_forename,
    is_function_word,
    is_surname,
    municipalities,
    places,
    word_list,
)
from redaction.detect.looks import at_line_starts
from redaction.detect.names.shape import TITLE, UPPER
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
PERSON_CUE = re.compile(
    r"(?:\b(?:met|van|aan|bel|belt|bellen|mail|app|appt|vraag|vraagt|volgens|door|voor|en|of|bij|hoi|ha|hey|dag|thx|"
    r"dank|zegt|pa|broer|zus|zoon|dochter|vader|"
    r"moeder|collega|eigenaar|is|heet|privé|stuur|stuurt|ook|dat|namens|tegen|zonder|wie|zie|heeft|wil|kan|zal|laat|"
    r"gaat|maar|want|dus|moet|dan|wordt|was)\s|[,.:!?]\s|^)$"
)
_TITLED = re.compile(
    r"(?<!\w)(?:meneer|mevrouw|mijnheer|dhr\.?|mevr\.?|mw\.?|de heer) (?P<name>(?:(?:van|de|den|der|ten|ter|el|al|in|"
    r"'t)\s){0,2}(?P<core>[a-zà-ž][a-zà-ž'’\-]{2,25}))(?![\w@])"
)
ACTS = re.compile(
    r"^(?:\s(?:zegt|zei|belt|belde|mailt|appt|wil|kan|komt|gaat|heeft|is|was|doet|stuurt|vraagt|vindt|weet|zit|moet|"
    r"zou|had|denkt|stond|staat|kijkt|regelt|pakt|van\s|ook|weer|nog|even|niet|er|morgen|vandaag|gebeld|gevraagd|gesproken|gemaild)"
    r"|\s?[,?!.]|\s?$|\s\()"
)


_SHOUTED_LINE = re.compile(
    r"(?m)^(?=[^\n]{0,300}?\b(?:EN|OF|MAAR|DAT|IS|HEEFT|HET|EEN|MIJN|NIET|VOOR|OP|MET|DE|VAN)\b)"
    r"[ \t]{0,20}(?:[^\s]{1,40}[ \t]{1,20}){4,60}[^\n]{1,80}"
)
"""A line with a word in capitals that sentences are made of."""
_TITLE = re.compile(TITLE, re.IGNORECASE)
_SECOND = re.compile(r" (?P<second>[a-zà-ž]{3,20})(?![\w@])")
_CAPITAL = re.compile(rf"[{UPPER}]")
_FEWEST_LETTERS, _LETTERS_A_CAPITAL = 100, 125
_TYPED_LINE = re.compile(
    rf"(?m)^[ \t>]{{0,4}}(?=[^\W\d_])(?:[^\s{UPPER}]{{1,40}}[ ]{{1,3}}){{11,400}}[^\n{UPPER}]{{1,60}}$"
)
"""A line of twelve words or more without a capital: the words of a recording, an entry typed in haste."""


class NameLowerRecogniser(Recogniser):
    """Finds lower-case names, only in texts that are typed informally."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield known first names that are no ordinary word (with surname), and surnames with tussenvoegsel."""
        if is_shouted(text):
            text = text.lower()
        elif not is_informal(text):
            yield from self._in_shouted_lines(text)
            return
        yield from self._in_lower_case(text)

    def _in_shouted_lines(self, text: str) -> Iterator[Finding]:
        """Yield the names in sentences that somebody wrote in capitals on a form or in a letter."""
        for match in _SHOUTED_LINE.finditer(text):
            line = match[0]
            small = sum(map(str.islower, line))
            if small * 2 < sum(map(str.isupper, line)) and len(line.lower()) == len(line):
                for found in self._in_lower_case(line.lower()):
                    if line[found.start : found.end].isupper():
                        start, end = found.start + match.start(), found.end + match.start()
                        yield Finding(self.KIND, start, end, found.score, found.rule, found.why)

    def _in_lower_case(self, text: str) -> Iterator[Finding]:
        """Yield the names in a text in lower case."""
        for match in _WORD.finditer(text):
            word = match[0]
            if not is_forename(word) or fold(word) in places():
                continue
            given = _end_of_given(text, match.end())
            surname = _SURNAME.match(text[given : given + 50])
            family = surname["name"] if surname and self._is_surname(surname["name"]) else ""
            left = text[max(0, match.start() - 14) : match.start()]
            # "van ton van der wekken": only what stands around an ordinary word can speak for it
            if is_common(word) or fold(word) in word_list("never_lower.txt"):
                known = " " in family and not is_common(family.rsplit(maxsplit=1)[-1])
                if not known or is_function_word(word) or not PERSON_CUE.search(left):
                    continue
            if family:
                why = "Voornaam en achternaam zonder hoofdletters in een informele tekst."
                yield Finding(self.KIND, match.start(), given + 1 + len(family), 0.7, "lower.full_name", why)
            elif len(word) > 3 or given > match.end() or PERSON_CUE.search(left):
                why = "Voornaam zonder hoofdletter in een informele tekst."
                yield Finding(self.KIND, match.start(), given, 0.55, "lower.forename", why)
        yield from self._titled(text)
        for match in _TUSSEN_NAME.finditer(text):
            left = text[max(0, match.start() - 14) : match.start()]
            core = match["core"]
            if (
                is_surname(core)
                and not is_common(core)
                and fold(core) not in places()
                and PERSON_CUE.search(left)
                and ACTS.match(text[match.end() : match.end() + 20])
            ):
                yield Finding(
                    self.KIND,
                    *match.span("name"),
                    0.5,
                    "lower.tussenvoegsel",
                    "Achternaam zonder hoofdletters in een informele tekst.",
                )

    def _titled(self, text: str) -> Iterator[Finding]:
        """Yield what stands behind a form of address: a surname that no list has, or an ordinary word that acts."""
        for match in _TITLED.finditer(text):
            core = match["core"]
            if is_function_word(core) or fold(core) in municipalities() or _TITLE.fullmatch(core):
                continue
            acts = " " in match["name"] or ACTS.match(text[match.end() : match.end() + 20])
            if not is_common(core) or (is_surname(core) and acts):
                why = "Naam achter een aanspreekvorm in een tekst zonder hoofdletters."
                yield Finding(self.KIND, *match.span("name"), 0.7, "lower.titled", why)

    @staticmethod
    def _is_surname(name: str) -> bool:
        core = name.rsplit(maxsplit=1)[-1]
        if name.startswith(("van der ", "van den ")) and not is_common(core) and fold(core) not in places():
            return True
        return is_surname(core) and (" " in name or not is_common(core))


def _end_of_given(text: str, end: int) -> int:
    """Give the end of a first name that may be double: "jan willem"."""
    second = _SECOND.match(text, end)
    named = second and is_forename(second["second"]) and not is_common(second["second"])
    return second.end() if second and named else end


def is_shouted(text: str) -> bool:
    """Tell whether a letter is typed in capitals from end to end, so that they say nothing about names."""
    small = sum(map(str.islower, text))
    return len(text) > 20 and small * 4 < sum(map(str.isupper, text)) and len(text.lower()) == len(text)


@lru_cache(maxsize=4)
def is_informal(text: str) -> bool:
    """Tell whether a text is typed like a chat: time stamps before lines, most lines or most of it without capitals."""
    if sum(1 for _stamp in at_line_starts(_STAMP, text)) >= 3:
        return True
    letters = sum(map(str.isalpha, text))
    if letters > _FEWEST_LETTERS and len(_CAPITAL.findall(text)) * _LETTERS_A_CAPITAL < letters:
        return True
    if sum(len(match[0]) for match in at_line_starts(_TYPED_LINE, text)) * 2 > len(text):
        return True
    firsts = [match["first"] for match in at_line_starts(_LINE, text)]
    return len(firsts) >= 2 and sum(first.islower() for first in firsts) > 0.5 * len(firsts)
