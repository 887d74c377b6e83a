"""Telephone numbers: Dutch, Belgian, German and any other in international form; internal numbers only after a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from redaction.detect.recogniser import Recogniser, before
from redaction.detect.recognisers.spoken import DIGIT, TEENS, TENS
from redaction.detect.span import Finding

_GAP = r"[ \u00a0.\-/()–]{0,3}"
_WRAP = r"[ ]?-[ ]{0,2}\r?\n[ ]{0,4}"
"""A number that is broken over two lines behind its hyphen."""
_NATIONAL = re.compile(rf"(?<![\w+])(?<!\d[.,/:\-])\(?0(?:(?:{_GAP}|{_WRAP})\d){{9}}(?!\d|[/\-]\d|[.,]\d\d)", re.ASCII)
_SCANNED = re.compile(
    rf"(?<![\w+])[0O](?=(?:{_GAP}[\dlIO]){{0,2}}(?:{_GAP}\d){{3}})(?:{_GAP}[\dlIO]){{9}}(?![\w]|[/\-]\d|[.,]\d\d)",
    re.ASCII,
)
_INTERNATIONAL = re.compile(rf"(?<![\w+])(?<!\d:)(?:\+|00)\s?[1-9](?:{_GAP}\d){{7,13}}(?!\d)", re.ASCII)
_CUED = re.compile(
    r"(?i)(?<!\w)(?:tel(?:efoon(?:nummer|nr)?|nr)?|mob(?:iel(?:nummer)?|ile)?|gsm|phone|fax|bel(?:len)?(?:\sop)?|"
    r"bereikbaar\sop|whatsapp|nummer\sis|t|m)\b[ \t\u00a0]?(?:\.|is|op|nr\.?|:|/|"
    r"[ \t\u00a0]){0,4}[ \t\u00a0]?((?a:[+(]?\d[\d \u00a0.\-/()]{6,18}\d))(?!\w)"
)
_EXTENSION = re.compile(
    r"(?i)(?<!\w)(?:toestel(?:nummer|nr)?|tst|doorkies(?:nummer|nr)?|extensie|ext|intern(?:\snummer)?|piket(?:nummer)?|"
    r"kortnummer)\s?(?:\.|is|nr\.?|:|\s){0,4}\s?((?a:\d[\d ]{1,5}\d))(?![\w.,\-]\d|\d)"
)
_SHORT_TEL = re.compile(r"(?i)(?<!\w)tel(?:efoon)?(?:nr|nummer)?\s?[.:]{1,2}\s?((?a:\d{4,5}))(?![\w/\-]|[ .,]\d)")
_CUED_SCAN = re.compile(
    r"(?i)(?<!\w)(?:tel(?:efoon)?|mob(?:iel)?|fax)(?:nr|nummer)?\s?[.:]{1,2}\s?"
    r"((?-i:[0O][\dlIO]{2,4}[ \-/]{1,3}[\dlIO]{4,6}))(?!\w)"
)
"""Nine digits are enough here: so many had numbers before 1995."""
_SAID = rf"(?:{TENS}|{TEENS}|{DIGIT}|(?a:\d{{1,3}}))"
_SPOKEN = re.compile(rf"(?i)(?<!\w)(?:nul|06?)(?:[ ,\-]{{1,3}}{_SAID}(?!\w)){{5,12}}")
_SAID_DIGITS = re.compile(
    rf"(?i)(?<!\w)(?:(?P<unit>{DIGIT})|{TENS}|{TEENS}|(?P<digits>\d+))(?!\w)"
)
_SHORT_X = re.compile(r"(?<!\w)[xX](\d{4,5})(?!\w)")
_OTHER_NUMBER = re.compile(
    r"(?i)(?:kenmerk|factuur|order|dossier|zaak|kvk|btw|bsn|referentie|polis|klant|debiteur|registratie|paspoort|rijbewijs|"
    r"document|rekening|iban|isbn|cli[eë]nt|pati[eë]nt|detentie|€|"
    r"(?<!\w)(?:v-?nummer|a-?nummer|skn|reg|pers(?:oneels)?|ean|serie|boek(?!houd)))[\w.\-]{0,14}\W{0,4}(?:nr|is)?\W{0,3}$"
)
_ACCOUNT = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\s?\d{2}[\s.\-]?[A-Za-z]{4}[\s.\-]?$")
"""The digits of a bank account begin with a zero too; one with a wrong check digit is no telephone number either."""
_AS_DIGITS = str.maketrans("lIO", "110")
_DAY = re.compile(
    r"\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d(?!\d)|"
    r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d [0-2]\d[0-5]\d$"
)  # "07-05-2026 09:02" has ten digits too
_PUBLIC_NUMBER = re.compile(r"^(?:\+31|0031)?\D{0,3}0?(?:800|900|906|909)(?!\d{7})")
"""Service numbers of organisations: they ring at a desk, never at a person. A number of 088 may be of one employee."""


_DIGITS = 10
"""Digits of a Dutch telephone number."""


def _digits_said(words: str) -> int:
    """Count the digits of a number that somebody says in words, in ones and in pairs."""
    return sum(
        len(match["digits"]) if match["digits"] else 1 if match["unit"] else 2 for match in _SAID_DIGITS.finditer(words)
    )


class PhoneNumberRecogniser(Recogniser):
    """Finds telephone numbers; `phonenumbers` judges what the patterns propose."""

    KIND = "phone"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield national, international, cued and internal numbers."""
        for match in _NATIONAL.finditer(text):
            score = self._national_score(text, match.start(), match[0])
            if score:
                yield self._finding(match.start(), match.end(), score, "phone.national", "Nederlands telefoonnummer.")
        for match in _INTERNATIONAL.finditer(text):
            other = match[0].startswith("00") and _OTHER_NUMBER.search(before(text, match.start()))
            if not other and self._is_possible(match[0], None):
                yield self._finding(
                    match.start(), match.end(), 0.9, "phone.international", "Telefoonnummer met landnummer."
                )
        for match in _SCANNED.finditer(text):
            read = match[0].translate(_AS_DIGITS)
            if read != match[0] and self._national_score(text, match.start(), read):
                why = "Telefoonnummer waarin een cijfer als letter is gescand."
                yield self._finding(match.start(), match.end(), 0.7, "phone.scanned", why)
        for match in _CUED_SCAN.finditer(text):
            if not match[1].isdigit() and len(re.sub(r"\W", "", match[1])) in (9, 10):
                why = "Telefoonnummer waarin een cijfer als letter is gescand."
                yield self._finding(*match.span(1), 0.7, "phone.scanned", why)
        for match in _SPOKEN.finditer(text):
            if _digits_said(match[0]) == _DIGITS and re.search(r"[a-z]", match[0]):
                yield self._finding(*match.span(), 0.75, "phone.spoken", "Telefoonnummer dat in woorden is gezegd.")
        for match in _CUED.finditer(text):
            if not _PUBLIC_NUMBER.match(match[1]) and any(
                self._is_possible(match[1], region) for region in ("NL", "BE", "DE")
            ):
                yield self._finding(
                    match.start(1),
                    match.end(1),
                    0.85,
                    "phone.after_cue",
                    "Staat achter een woord als 'tel.' of 'mobiel'.",
                )
        for pattern in (_EXTENSION, _SHORT_TEL, _SHORT_X):
            for match in pattern.finditer(text):
                yield self._finding(
                    match.start(1), match.end(1), 0.7, "phone.extension", "Intern nummer (toestel of doorkiesnummer)."
                )

    def _finding(self, start: int, end: int, score: float, rule: str, why: str) -> Finding:
        return Finding(self.KIND, start, end, score, rule, why)

    @staticmethod
    def _national_score(text: str, start: int, number: str) -> float | None:
        """Judge ten digits that begin with a zero: valid in the Dutch plan, or at least written like a phone number."""
        left = before(text, start)
        if _DAY.match(number) or _PUBLIC_NUMBER.match(number) or _OTHER_NUMBER.search(left) or _ACCOUNT.search(left):
            return None
        parsed = phonenumbers.parse(re.sub(r"\s+", " ", number), "NL")
        if phonenumbers.is_valid_number(parsed):
            return 0.95
        written_as_phone = bool(re.match(r"\(?0\d{1,3}\)?[ \-/–.\u00a0]", number))
        return 0.75 if written_as_phone and re.sub(r"\D", "", number)[1] != "0" else None

    @staticmethod
    def _is_possible(number: str, region: str | None) -> bool:
        """Tell whether the number can exist in that region (in any country when it has its own prefix)."""
        number = re.sub(r"^00", "+", re.sub(r"\(0\)", "", number))
        try:
            return bool(phonenumbers.is_possible_number(phonenumbers.parse(number, region)))
        except phonenumbers.NumberParseException:
            return False
