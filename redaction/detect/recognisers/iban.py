"""International bank account number: country, length and modulo-97 check (ISO 13616)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding

# Length per country, ISO 13616 registry; a country that is not here is not accepted.
_LENGTHS = {
    code: int(length)
    for code, length in (
        pair.split(":")
        for pair in [
            "AD:24",
            "AE:23",
            "AL:28",
            "AT:20",
            "AZ:28",
            "BA:20",
            "BE:16",
            "BG:22",
            "BH:22",
            "BR:29",
            "BY:28",
            "CH:21",
            "CR:22",
            "CY:28",
            "CZ:24",
            "DE:22",
            "DK:18",
            "DO:28",
            "EE:20",
            "EG:29",
            "ES:24",
            "FI:18",
            "FO:18",
            "FR:27",
            "GB:22",
            "GE:22",
            "GI:23",
            "GL:18",
            "GR:27",
            "GT:28",
            "HR:21",
            "HU:28",
            "IE:22",
            "IL:23",
            "IQ:23",
            "IS:26",
            "IT:27",
            "JO:30",
            "KW:30",
            "KZ:20",
            "LB:28",
            "LC:32",
            "LI:21",
            "LT:20",
            "LU:20",
            "LV:21",
            "LY:25",
            "MC:27",
            "MD:24",
            "ME:22",
            "MK:19",
            "MR:27",
            "MT:31",
            "MU:30",
            "NL:18",
            "NO:15",
            "PK:24",
            "PL:28",
            "PS:29",
            "PT:25",
            "QA:29",
            "RO:24",
            "RS:22",
            "SA:24",
            "SC:31",
            "SE:24",
            "SI:19",
            "SK:24",
            "SM:27",
            "ST:25",
            "SV:28",
            "TL:23",
            "TN:24",
            "TR:26",
            "UA:29",
            "VA:22",
            "VG:24",
            "XK:20",
        ]
    )
}
# A look-ahead, so that "is 11…" (Iceland?) does not swallow the account number that follows it.
_CANDIDATE = re.compile(
    r"(?<![A-Za-z0-9])(?=([A-Za-z]{2}[ .\-\u00a0]?[0-9]{2}(?:[ .\-\u00a0]{0,2}[A-Za-z0-9]){11,30}))"
)
_SEPARATORS = re.compile(r"[ .\-\u00a0]+")


def passes_modulo_97(iban: str) -> bool:
    """Tell whether an IBAN without separators has its country's length and passes the modulo-97 check."""
    iban = iban.upper()
    if _LENGTHS.get(iban[:2]) != len(iban) or not iban.isalnum() or not iban.isascii():
        return False
    return int("".join(str(int(char, 36)) for char in iban[4:] + iban[:4])) % 97 == 1


class IbanRecogniser(Recogniser):
    """Finds an IBAN, in groups or in one piece; a wrong check digit is refused."""

    KIND = "iban"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield each candidate that passes the check, cut to its country's length."""
        for match in _CANDIDATE.finditer(text):
            end = self._end_of_number(match)
            if end is not None:
                why = "Bankrekeningnummer (IBAN): het controlegetal klopt."
                yield Finding(self.KIND, match.start(), end, 0.99, "iban.modulo_97", why)

    @staticmethod
    def _end_of_number(match: re.Match[str]) -> int | None:
        """Give the offset where the IBAN ends: the candidate may have swallowed the next word."""
        length = _LENGTHS.get(match[1][:2].upper())
        if length is None:
            return None
        seen = 0
        for offset, char in enumerate(match[1]):
            seen += char.isalnum()
            if seen == length:
                tail = match[1][offset + 1 : offset + 2]
                iban = _SEPARATORS.sub("", match[1][: offset + 1])
                return match.start() + offset + 1 if not tail.isalnum() and passes_modulo_97(iban) else None
        return None
