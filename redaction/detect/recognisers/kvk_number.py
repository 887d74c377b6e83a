"""KvK numbers, only of a sole trader or a small partnership: of a company the number is no personal data."""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser

_SOLE_TRADER = re.compile(
    r"(?i)\b(?:eenmanszaak|zzp(?:'?er)?|zelfstandige|h\.?o\.?d\.?n\.?|handelend\sonder|freelancer|maatschap|"
    r"v\.?o\.?f\.?)(?!\w)"
)


class KvkNumberRecogniser(RuleRecogniser):
    """Finds a KvK number after its cue when a word nearby says that one person is the business."""

    KIND = "kvk_number"
    RULES = (
        Rule(
            "kvk_number.sole_trader",
            re.compile(
                r"(?i)\b(?:kvk|k\.v\.k\.|kamer\svan\skoophandel)[- ]?(?:nummer|nr)?\.?\W{0,12}((?a:\d{8}))(?!\d)"
            ),
            0.6,
            "KvK-nummer van een eenmanszaak of kleine maatschap: dat wijst naar een persoon.",
            groups=(1,),
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Accept only near a word for a sole trader."""
        nearby = text[max(0, start - 200) : end + 120]
        return rule.score if _SOLE_TRADER.search(nearby) else None
