"""A-nummer: the ten-digit administration number of a person in the BRP (Wet BRP), only after its cue word.

Ten bare digits are too common (V-nummer, phone, order) to propose without the cue.
"""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser


def passes_a_number_test(digits: str) -> bool:
    """Tell whether ten digits follow the BRP rules: no leading zero, sum 0 or 5 and weighted sum 0 modulo 11."""
    if len(digits) != 10 or digits[0] == "0":
        return False
    values = [int(digit) for digit in digits]
    weighted = sum(value * 2**index for index, value in enumerate(values))
    return sum(values) % 11 in (0, 5) and weighted % 11 == 0


class ANumberRecogniser(RuleRecogniser):
    """Finds an A-nummer after its cue; the check digits only raise the score, for old numbers break the rule."""

    KIND = "a_number"
    RULES = (
        Rule(
            "a_number.after_cue",
            re.compile(
                r"(?i)(?<!\w)(?:a[- ]?(?:nummer|nr)|administratienummer(?:\s\(?brp\)?)?|anummer)\.?(?:\s(?:is|"
                r"van\s\w{1,20}))?"
                r"\W{0,24}((?a:\d)(?:[ .\u00a0]?(?a:\d)){9})(?!\w)"
            ),
            0.85,
            "Staat achter het woord A-nummer: het nummer van een persoon in de Basisregistratie Personen.",
            groups=(1,),
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Raise the score when the number also passes its own test."""
        return 0.99 if passes_a_number_test(re.sub(r"\D", "", text[start:end])) else rule.score
