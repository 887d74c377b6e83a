"""Names with initials: "M.Th. van Genuchten-Smit", "Janssen, W.", "C . J . van Rossum" (scanned)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import is_common, is_forename, is_function_word, is_surname
from redaction.detect.names.shape import HYPHENATED, INITIAL, INITIALS, SURNAME, TUSSEN, UPPER, last_first_in
from redaction.detect.names.veto import is_never_a_name, is_not_a_person
from redaction.detect.recogniser import Recogniser, before, holds
from redaction.detect.span import Finding

_FIRST = re.compile(
    rf"(?<![\w.&\-/])(?:{INITIALS}|[{UPPER}](?=\s(?:{TUSSEN})[{UPPER}]))\s?(?:&\s?{INITIALS}\s?)?(?:\([^()\n]{{2,20}}\)\s?)?"
    rf"(?P<last>{SURNAME})(?:\s(?:sr|jr|senior|junior)\b\.?)?"
)
_SHORTENED = re.compile(rf"(?<![\w.&\-/]){INITIALS}[ ](?:{TUSSEN}){{1,2}}[{UPPER}]\.(?!\w)")
_SPACED = re.compile(
    rf"(?<![\w.])(?:[{UPPER}]\s\.\s){{1,5}}(?:[{UPPER}a-zI1l]\s?\.\s){{0,3}}(?:{TUSSEN}){{0,3}}[{UPPER}][\w'’\-]{{1,30}}(?:\s(?:{TUSSEN}){{0,2}}[{UPPER}][\w'’\-]{{1,30}}){{0,3}}"
)
_ALONE = re.compile(
    rf"(?i:\b(?:initialen|casus|voorletters|cliënt|client|patiënt|verdachte|minderjarige|kind|mevrouw|meneer|mw\.|"
    rf"dhr\.|moeder|vader|getuige|respondent|betrokkene|melder|slachtoffer)(?:\s\d{{1,2}}\s?,)?)\s{{1,2}}"
    rf"(?P<name>{INITIAL}(?:\s?{INITIAL}){{0,4}}|[{UPPER}](?=[\s,.;)]))"
)
_FORENAME_INITIAL = re.compile(
    rf"(?<!\w)(?P<name>[{UPPER}][^\W\d_]{{2,20}}\s(?:(?:van|de|v\.?d\.?)\s)?[{UPPER}]\.)(?=[\s,;:/)]|$)"
)
_GENERATION = re.compile(rf"(?<![\w.&\-/])(?P<name>(?:{TUSSEN}){{0,2}}{HYPHENATED}),?[ ](?:sr|jr)\b\.?")
"""A surname that tells a father from a son: "Vlierhaar sr."."""
_SHORT_SURNAME = re.compile(rf"(?<!\w)[{UPPER}][^\W\d_A-Z]{{2,20}}[ ]$")
"""A first name: the letter behind it is its surname, and what comes then is something else ("Femke K. ICT")."""
_LEGAL = re.compile(
    r"(?i)(?:\bart(?:ikel)?|[\de],?\slid|\bbijl(?:age)?|\bnr|\bpar|\bonder(?:deel)?|\bsub|\bbijv|\bhoofdstuk|\btabel|\bfase|"
    r"\bvariant|\bzone|\bcategorie)\.?\s?$"
)
_NO_INITIALS = re.compile(
    r"^(?:B\.\s?V\.|N\.\s?V\.|V\.\s?O\.\s?F\.|T\.\s?[Aa]\.\s?V\.|Z\.\s?O\.\s?Z\.|N\.\s?B\.|P\.\s?S\.|A\.\s?U\.\s?B\.|"
    r"S\.\s?V\.\s?P\.|D\.\s?D\.|M\.\s?B\.\s?T\.|E\.\s?[AO]\.|I\.\s?V\.\s?M\.|U\.\s?S\.|E\.\s?U\.)"
)


class NameInitialsRecogniser(Recogniser):
    """Finds initials with a surname in either order, and initials alone after a word for a person."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the names that initials give away."""
        why = "Voorletters met een achternaam."
        for match in _FIRST.finditer(text):
            if not self._is_refused(text, match.start(), match.end(), match["last"]):
                yield Finding(self.KIND, match.start(), match.end(), 0.88, "initials.first", why)
        for match in _SHORTENED.finditer(text):
            shortened = "Voorletters met een afgekorte achternaam."
            yield Finding(self.KIND, *match.span(), 0.8, "initials.shortened", shortened)
        for match in _SPACED.finditer(text):
            yield Finding(
                self.KIND,
                match.start(),
                match.end(),
                0.75,
                "initials.spaced",
                "Voorletters met een achternaam in een gescande tekst.",
            )
        for match in last_first_in(text):
            tail = match["name"].partition(",")[2]
            if re.match(rf"\s?{INITIALS}", tail) and not is_never_a_name(match["name"].split()[0].rstrip(",")):
                last_word = match["name"].partition(",")[0].split()[-1]
                others = re.match(
                    rf"\s?(?:{TUSSEN}){{0,2}}[{UPPER}]\w", text[match.end("name") : match.end("name") + 30]
                )
                if not is_not_a_person(text, *match.span("name")) and (not others or is_surname(last_word)):
                    yield Finding(
                        self.KIND, *match.span("name"), 0.9, "initials.last", "Achternaam met voorletters erachter."
                    )
        for match in _ALONE.finditer(text):
            yield Finding(
                self.KIND, *match.span("name"), 0.65, "initials.alone", "Voorletters achter een woord voor een persoon."
            )
        for match in _GENERATION.finditer(text) if holds(text, (" sr", " jr")) else ():
            last = match["name"].rsplit(maxsplit=1)[-1]
            if not (is_common(last) or is_never_a_name(last)) or is_surname(last):
                generation = "Achternaam met 'sr.' of 'jr.' erachter."
                yield Finding(self.KIND, *match.span(), 0.8, "initials.generation", generation)
        for match in _FORENAME_INITIAL.finditer(text):
            yield from self._forename_initial(text, match)

    @staticmethod
    def _forename_initial(text: str, match: re.Match[str]) -> Iterator[Finding]:
        first = match["name"].split()[0]
        if is_forename(first) and not is_common(first):
            yield Finding(
                "person_name",
                *match.span("name"),
                0.8,
                "initials.forename",
                "Voornaam met de eerste letter van de achternaam.",
            )

    @staticmethod
    def _is_refused(text: str, start: int, end: int, surname: str) -> bool:
        """Refuse abbreviations, parts of statutes and companies."""
        words = surname.split()
        if _SHORT_SURNAME.search(before(text, start, 30)) and (words[0].isupper() or "\n" in text[start:end]):
            return True
        alone = start == 0 or text[start - 1] == "\n"
        numbered = alone and re.match(r"\S\.\s?\S", text[start:end]) is not None
        if re.match(r"[^\W\d_]\.\s\S+$", text[start:end]) and is_common(words[-1]) and not is_surname(words[-1]):
            return True
        if all(is_function_word(word) for word in words) or (
            numbered and is_common(words[-1]) and not is_surname(words[-1])
        ):
            return True
        if _NO_INITIALS.match(text[start:end]) or _LEGAL.search(before(text, start, 20)):
            return True
        if is_never_a_name(words[0]):
            return True
        return is_not_a_person(text, start, end)
