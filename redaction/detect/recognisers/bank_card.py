"""Card numbers (13-19 digits, ISO/IEC 7812) with a right Luhn check, and the pass number of a Dutch bank card."""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser


def passes_luhn(digits: str) -> bool:
    """Tell whether 13 to 19 digits pass the Luhn check of ISO/IEC 7812."""
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


class BankCardRecogniser(RuleRecogniser):
    """Finds card numbers of the known schemes, and a pass number (pasnummer) behind its word."""

    KIND = "credit_card"
    RULES = (
        Rule(
            "bank_card.luhn",
            re.compile(
                r"(?<![\w.\-/])(?:[2-6]\d{3}(?:[ \-]?\d{4}){3}|3[47]\d{2}[ \-]?\d{6}[ \-]?\d{5}|"
                r"6\d{3}(?:[ \-]?\d{4}){3}[ \-]?\d{3})"
                r"(?![\w/]|[\-.]\d)",
                re.ASCII,
            ),
            0.8,
            "Nummer van een bankpas of creditcard: het controlecijfer klopt.",
        ),
        Rule(
            "bank_card.pass",
            re.compile(
                r"(?i)(?<!\w)(?:pas(?:nummer|nr)|bankpas(?:nummer|nr)?|betaalpas)\b\.?[^\w\n]{0,4}((?a:\d{3,4}))(?!\w)"
            ),
            0.6,
            "Pasnummer van een bankpas.",
            groups=(1,),
            needs=("pas",),
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Accept a card number only with a right check digit."""
        if rule.name == "bank_card.luhn" and not passes_luhn(re.sub(r"\D", "", text[start:end])):
            return None
        return rule.score
