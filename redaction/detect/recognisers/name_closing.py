"""Names that close a message: after "Met vriendelijke groet,", after "Hoogachtend," and alone on the last line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import is_common, is_forename, is_surname
from redaction.detect.looks import at_line_starts
from redaction.detect.names.people import people_in
from redaction.detect.names.shape import FULL, INITIALS, TITLES, UPPER
from redaction.detect.names.veto import is_acronym, is_never_a_name
from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding

_FORMULA = re.compile(
    r"(?im)^[>\s]{0,6}(?:(?:met\s)?(?:(?:vriendelijke|hartelijke|warme|beste|lieve|zonnige|collegiale|sportieve|veel|"
    r"hele|fijne|nogmaals)\s)*"
    r"(?:groeten|groetjes|groet|grt|grtz|gr|gtn)|mvg|m\.v\.g|vr\.?\s?gr(?:oet)?|hoogachtend|"
    r"met\s(?:de\s)?(?:meeste\s)?hoogachting|"
    r"(?:kind|best|warm)\sregards|regards|(?:yours\s)?sincerely(?:\syours)?|best\swishes|cheers|"
    r"mit\sfreundlichen\sgr[üu](?:ß|ss)en|cordialement|"
    r"liefs|dank(?:\sen\sgroet)?|dankjewel|bedankt|alvast\s(?:bedankt|dank)|thx|thanks|thank\syou|fijne\s(?:dag|"
    r"avond|weekend)|fijn\sweekend|tot\s(?:snel|morgen|maandag|dan)|"
    r"was\sgetekend|w\.g|getekend|ondertekend\sdoor|namens\sdeze|voor\sdeze|xx?x?)\b[ \t.,!:]{0,4}(?P<rest>[^\n]{0,80})"
)
_INLINE = re.compile(
    rf"(?<=[\w.!?,])\s(?i:gr\.?|groet(?:en|jes)?|grt|mvg)[ \t,.]{{1,3}}(?P<name>{FULL}|[a-z]{{1,12}})[ \t.!]*(?=\n|$)"
)
_LAST_LINE = re.compile(
    rf"(?m)\n[ \t]*\n[>\s]{{0,4}}[-–/]{{0,2}}\s?(?P<name>(?:{TITLES}){{0,3}}(?:{INITIALS}\s?)?(?:{FULL})|{INITIALS}|"
    rf"[{UPPER}]|[a-zà-ž]{{2,12}})[ \t]*"
    rf"(?=\n[ \t]*(?:\n|$)|\s*$|\n[ \t]*(?:T|M|E|tel|mob|PS|P\.S\.|--|__|Van:|From:|Op\s\d|On\s|06|0\d\d|"
    rf"[{UPPER}a-z][\w &\-]{{3,60}}$))"
)
_SKIPPED = re.compile(
    r"(?i)^(?:namens\b|voor\sdeze|mede\snamens|het\s|de\s(?!heer|wit|jong)|i\.?o\.?\b|o\.?b\.?o\b|b/a|"
    r"[-–_=*.\s]{0,40}$|\[?handtekening)"
)


class NameClosingRecogniser(Recogniser):
    """Finds who signs: the first name-like line after a closing formula, and a lone name that ends a message."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the names of signers."""
        for match in at_line_starts(_FORMULA, text):
            yield from self._after_formula(text, match)
        for match in _INLINE.finditer(text):
            if is_forename(match["name"]) or match["name"][0].isupper() or len(match["name"]) <= 2:
                yield self._finding(
                    *match.span("name"), 0.75, "closing.inline", "Naam na een groet aan het eind van een bericht."
                )
        for match in _LAST_LINE.finditer(text):
            yield from self._lone_name(text, match)

    def _after_formula(self, text: str, match: re.Match[str]) -> Iterator[Finding]:
        """Look on the line of the formula and then on the next four lines that are not empty."""
        why = "Naam onder de afsluiting van een brief of bericht."
        if match["rest"].strip() and not _SKIPPED.match(match["rest"].strip()):
            yield from self._names_on(text, match.start("rest"), match.end("rest"), why)
            return
        position, seen = match.end(), 0
        for line in re.finditer(r"\n([^\n]*)", text[position : position + 500]):
            content = line[1].strip(" \t>")
            if not content:
                continue
            seen += 1
            found = list(self._names_on(text, position + line.start(1), position + line.end(1), why))
            if found:
                yield from found
                return
            if seen == 4 or not (_SKIPPED.match(content) or content.endswith(",")):
                return

    def _names_on(self, text: str, start: int, end: int, why: str) -> Iterator[Finding]:
        line = text[start:end]
        alone = line.strip(" \t>.,!")
        offset = start + line.find(alone)
        if re.fullmatch(rf"(?:{INITIALS}|[{UPPER}]\.?|[{UPPER}]{{2,3}})", alone):
            tail = 1 if line[offset - start + len(alone) :].startswith(".") else 0
            yield self._finding(
                offset, offset + len(alone) + tail, 0.7, "closing.initial", "Voorletter of paraaf onder een bericht."
            )
        elif re.fullmatch(r"[a-zà-ž'’\-]{2,20}(?:\s[a-zà-ž'’\-]{2,20}){0,3}", alone):
            words = alone.split()
            if is_forename(words[0]) or (len(words) == 1 and not is_common(words[0])):
                yield self._finding(offset, offset + len(alone), 0.75, "closing.signature", why)
        elif len(alone) < 70:
            for first, last in people_in(text, start, end):
                yield self._finding(first, last, 0.85, "closing.signature", why)

    def _lone_name(self, text: str, match: re.Match[str]) -> Iterator[Finding]:
        """Judge a name-like line that stands alone at the end of a message."""
        name = match["name"].strip()
        first, *_rest = re.sub(rf"^(?:{TITLES})+", "", name).split() or ("",)
        if not first:  # "Ir. Drs." alone
            return
        why = "Naam alleen op een regel aan het eind van een bericht."
        if re.fullmatch(rf"{INITIALS}|[{UPPER}]", name):
            if len(name) <= 8:
                yield self._finding(*match.span("name"), 0.65, "closing.lone_initial", why)
        elif name[0].islower():
            if is_forename(name):
                yield self._finding(*match.span("name"), 0.65, "closing.lone_lower", why)
        elif "." in first or is_forename(first) or (is_surname(name.split()[-1]) and len(name.split()) > 1):
            if is_never_a_name(first) or is_acronym(name):
                return
            for start, end in people_in(text, match.start("name"), match.end("name")):
                yield self._finding(start, end, 0.8, "closing.lone_name", why)

    def _finding(self, start: int, end: int, score: float, rule: str, why: str) -> Finding:
        return Finding(self.KIND, start, end, score, rule, why)
