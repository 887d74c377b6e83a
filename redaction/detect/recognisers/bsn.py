"""Burgerservicenummer: nine digits (eight when the leading zero fell off) that pass the eleven test.

Wet algemene bepalingen burgerservicenummer; a number that fails the test is never a bsn, whatever word stands before
it.
"""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser, after, before

_CUE = re.compile(r"(?i)\b(?:bsn|burgerservice(?:nummer|nr)|sofi(?:[- ]?nummer|nr)?|service\s?nummer)\b")
_OTHER_NUMBER = re.compile(
    r"(?i)(?:€|eur|rsin|kvk|btw|factuur|order|kenmerk|referentie|artikel|document|dossier|zaak|polis|klant|debiteur|"
    r"crediteur|relatie|vestiging|project|contract|rekening|offerte|lot|serie|isbn|tel|fiscaal|versie|"
    r"inkoop|verplichting)[\w.\-]{0,14}\W{0,4}(?:is|was|nr|no|nummer)?\W{0,3}$"
)
_AMOUNT_AFTER = re.compile(r"^(?:,\d|,-|\s?(?:euro|eur|€|km|m2|m²|stuks|ton|kg)\b)", re.IGNORECASE)


def passes_eleven_test(digits: str) -> bool:
    """Tell whether nine digits pass the eleven test for a bsn (weights 9..2 and -1)."""
    if len(digits) != 9 or digits == "000000000":
        return False
    total = sum((9 - index) * int(digit) for index, digit in enumerate(digits[:8])) - int(digits[8])
    return total % 11 == 0


class BsnRecogniser(RuleRecogniser):
    """Finds a bsn; near-certain after the word bsn, a proposal when nine bare digits pass the test."""

    KIND = "bsn"
    RULES = (
        Rule(
            "bsn.nine_digits",
            re.compile(r"(?<![\w/])(?<!\d[.,\-])\d{9}(?![\w/]|[\-.,]\d)", re.ASCII),
            0.6,
            "Negen cijfers die de elfproef voor een burgerservicenummer doorstaan.",
        ),
        Rule(
            "bsn.grouped",
            re.compile(
                r"(?<![\w/])(?<!\d[.,\- ])(?:\d{3}([ .\-\u00a0])\d{3}\1\d{3}|\d{4}([ .\-\u00a0])\d{2}\2\d{3}|"
                r"\d{2}([ .\-])\d{2}\3\d{2}\3\d{3})(?![\w/]|[\-.,]\d)",
                re.ASCII,
            ),
            0.6,
            "Negen cijfers in groepen die de elfproef voor een burgerservicenummer doorstaan.",
        ),
        Rule(
            "bsn.after_cue",
            re.compile(
                r"(?i)\b(?:bsn|burgerservice(?:nummer|nr)|sofi(?:[- ]?nummer|nr)?)(?:[- ]?(?:nummer|nr))?\.?"
                r"(?:\s(?:is|was|luidt|van\s\w{1,20}))?\W{0,24}((?a:\d)(?:[ .\-\u00a0]?(?a:\d)){7,8})(?![\w])"
            ),
            0.99,
            "Staat achter het woord burgerservicenummer en doorstaat de elfproef.",
            groups=(1,),
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Accept only what passes the eleven test and is not plainly another number or an amount."""
        digits = re.sub(r"\D", "", text[start:end])
        cued = rule.name == "bsn.after_cue"
        if not passes_eleven_test(digits.zfill(9) if cued else digits):
            return None
        left = before(text, start)
        if cued or _CUE.search(left):
            return 0.99
        if _OTHER_NUMBER.search(left) or _AMOUNT_AFTER.match(after(text, end)):
            return None
        return rule.score
