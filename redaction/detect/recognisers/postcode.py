"""Dutch postcodes, except those of a Postbus: a PO box belongs to an organisation."""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser

_POSTBUS = re.compile(r"(?i)(?:postbus|antwoordnummer)\s?\d{1,6}(?!\d).{0,30}$", re.DOTALL)


class PostcodeRecogniser(RuleRecogniser):
    """Finds `1234 AB`; SA, SD and SS do not exist, and capitals are required when there is a space."""

    KIND = "postcode"
    RULES = (
        Rule(
            "postcode.format",
            re.compile(
                r"(?<![\w\-/.])(?:[Nn][Ll][- ])?([1-9]\d{3}[ \u00a0]{0,2}"
                r"(?!S[ADS]|EN|OP|IN|DE|TE|OM|UU|PM|AM)[A-Z]{2})(?![\w\-])"
            ),
            0.85,
            "Nederlandse postcode.",
            groups=(1,),
        ),
        Rule(
            "postcode.before_town",
            re.compile(
                r"(?<![\w\-/.])([1-9]\d{3}[ \u00a0]{0,2}(?!S[ADS])[A-Z]{2})(?=[ \u00a0,]{1,3}(?:'s-)?[A-Z][a-z]{2})"
            ),
            0.9,
            "Nederlandse postcode voor een plaatsnaam.",
            groups=(1,),
        ),
        Rule(
            "postcode.after_cue",
            re.compile(r"(?i)\bpostcode(?:/woonplaats)?\W{1,20}((?a:[1-9]\d{3})[ \u00a0]{0,2}[a-z]{2})(?!\w)"),
            0.95,
            "Staat achter het woord postcode.",
            groups=(1,),
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Refuse the postcode of a Postbus or an Antwoordnummer."""
        return None if _POSTBUS.search(text[max(0, start - 60) : start]) else rule.score
