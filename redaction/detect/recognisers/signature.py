"""Signatures and initials of officials as far as the text layer shows them: "Paraaf: MvdB", "w.g.", "/s/", "
"parafenlijst."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import fold, word_list
from redaction.detect.names.abbreviations import ABBREVIATION
from redaction.detect.recogniser import Rule, RuleRecogniser, holds
from redaction.detect.span import Finding

_INITIALS = r"[A-Z](?:[a-z]{0,3}[A-Z.]){1,4}[a-z]?"
_UNIT = r"(?:\s?\([^()\n]{1,20}\))?"
_HEADING = re.compile(
    r"(?im)^[^\n]{0,60}\b(?:mede)?para(?:af|fen|fering|fenlijst)\b[^\n]{0,60}$|^\W{0,4}(?:route(?:formulier|lijst)|"
    r"minuut)\b[^\n]{0,60}$"
)
_SLIP_ROW = re.compile(
    rf"^[ \t]*(?P<label>[^\n]{{0,60}}?)[ \t|:]{{1,20}}(?P<mark>{ABBREVIATION}|[A-Z]\.(?:[ ]?[A-Z]\.){{1,3}})[ \t|"
    rf"]{{1,20}}"
    rf"(?=\d{{1,2}}[-/ ][\w]{{1,9}}|akkoord|gezien|ok\b|conform|$)"
)
_SLIP_ONLY = re.compile(rf"^[ \t]*(?P<mark>{ABBREVIATION})[ \t|,/]{{1,12}}(?=\d{{1,2}}[-/ .]\w)")
_SLIP_ROWS = 25
_COUNTERSIGNED = re.compile(
    rf"(?m)^[ \t]*(?P<mark>{ABBREVIATION})[ ]?/[ ]?\d{{1,2}}[-/ ]\d{{1,2}}(?:[-/ ]\d{{2,4}})?[ \t]*$"
)
_WITH_PARTICLE = re.compile(r"(?<![\w@.&/\-])(?:[A-Z]{1,2}(?:v|vd|vdv|v/d|d|vh|t)[A-Z][a-z]?)(?![\w@&\-])")
_WHY = "Paraaf van een medewerker."


class SignatureRecogniser(RuleRecogniser):
    """Finds written initials behind paraaf, on routing slips, and typed signature marks.

    A drawn signature is for the image engine.
    """

    KIND = "signature"
    RULES = (
        Rule(
            "signature.paraaf",
            re.compile(
                rf"(?i:\b(?:mede)?para(?:af|fen)(?:\s\w{{2,14}})?\s?[:\-]\s?)({_INITIALS})(?:{_UNIT}\s?[/,]\s?({_INITIALS}))?"
                rf"(?:{_UNIT}\s?[/,]\s?({_INITIALS}))?(?![\w.])"
            ),
            0.7,
            _WHY,
            groups=(1, 2, 3),
            needs=("para",),
        ),
        Rule(
            "signature.typed",
            re.compile(r"(?m)(?:^|\s)/s/\s?([A-Z][\w.' \-]{2,40})$"),
            0.8,
            "Getypte handtekening.",
            groups=(1,),
            needs=("/s/",),
        ),
        Rule(
            "signature.digital",
            re.compile(
                r"(?i:(?:digitaal|elektronisch)\s(?:ondertekend|getekend)\sdoor|digitally\ssigned\sby|"
                r"handtekening\svan)\s?:?\s?"
                r"([A-Z][\w.'’\-]{0,30}(?:\s(?:[a-z]{1,4}\s){0,2}[A-Z][\w.'’\-]{0,30}){0,4})"
            ),
            0.85,
            "Digitale handtekening.",
            groups=(1,),
            needs=("digita", "elektronisch", "handtekening"),
        ),
        Rule(
            "signature.with_particle",
            _WITH_PARTICLE,
            0.65,
            "Afkorting van een naam met een tussenvoegsel, zoals medewerkers die als paraaf gebruiken.",
        ),
        Rule(
            "signature.countersigned",
            _COUNTERSIGNED,
            0.65,
            "Paraaf met een datum op een eigen regel.",
            groups=("mark",),
        ),
        Rule(
            "signature.handled",
            re.compile(
                rf"(?im)^[ \t>|•*\-–]{{0,6}}(?:behandelaar|behandeld\sdoor|steller|opsteller|opgesteld\sdoor|"
                rf"notulist|medewerker|"
                rf"actiehouder|retour(?:\snaar)?|ingevuld\sdoor(?:\s\w{{3,12}},)?(?:\smedewerker)?|geboekt\sdoor|"
                rf"getypt\sdoor|"
                rf"gecontroleerd\sdoor|akkoord|gezien)[ \t]?:?[ \t]{{1,20}}(?-i:({ABBREVIATION}))(?=[ \t]{{2,}}|"
                rf"[ \t]*$|[,;/ ]{{1,3}}(?:\d|datum|v[oó]+r))"
            ),
            0.65,
            "Afkorting van de medewerker die het stuk behandelde.",
            groups=(1,),
        ),
    )

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the marks of the rules, and those in the rows of a routing slip."""
        yield from super().find(text)
        for heading in _HEADING.finditer(text) if holds(text, ("para", "route", "minuut")) else ():
            yield from self._slip(text, heading.end())

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Refuse abbreviations of institutions and papers: PvdA, RvS, MvT, PvA."""
        return None if _is_institution(text[start:end]) else rule.score

    def _slip(self, text: str, position: int) -> Iterator[Finding]:
        """Yield the marks in the rows under the heading of a parafenlijst or routing slip."""
        for _row in range(_SLIP_ROWS):
            end = text.find("\n", position + 1)
            line = text[position + 1 : end if end >= 0 else len(text)]
            match = _SLIP_ROW.match(line) or _SLIP_ONLY.match(line)
            if match and not _is_institution(match["mark"]):
                start = position + 1 + match.start("mark")
                yield Finding(self.KIND, start, start + len(match["mark"]), 0.7, "signature.slip", _WHY)
            if end < 0:
                return
            position = end


def _is_institution(mark: str) -> bool:
    """Tell whether an abbreviation is one of a party, a court, a department or a kind of paper."""
    return fold(mark) in word_list("never_initials.txt")
