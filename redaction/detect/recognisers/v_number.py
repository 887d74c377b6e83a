"""V-nummer: the ten-digit number of a foreign national at the IND and COA, only after its cue."""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser, before

_NUMBER = r"(?a:\d(?:[ .\-\u00a0]?\d){9})"
_CUES = ("v-n", "vnr", "v nr", "v nu", "v.nr", "vreemdelingenn")
_ROW = re.compile(
    r"(?i)(?:v[-\s.]{0,2}(?:nummers?|nrs?)|vreemdelingennummers?|vnrs?)\b[^a-z]{0,50}(?:\b(?:en|&)\b[^a-z]{0,20})?$"
)
_OTHER_NUMBER = re.compile(
    r"(?i)(?<!\w)(?:factuur|order|kenmerk|tel|telefoon|mobiel|fax|kvk|btw|artikel|iban|a-?|administratie|rijbewijs|"
    r"paspoort|"
    r"document|dossier|zaak|boete|beschikking|klant)[\w.\-]{0,14}\W{0,4}(?:is|nr|no|nummer)?\W{0,3}$"
)


class VNumberRecogniser(RuleRecogniser):
    """Finds a V-nummer after V-nummer, V-nr, vreemdelingennummer or a bare V with a colon."""

    KIND = "v_number"
    RULES = (
        Rule(
            "v_number.after_cue",
            re.compile(
                rf"(?i)(?<!\w)(?:v[-\s.]{{0,2}}(?:nummers?|nrs?|no)|vreemdelingen\s?-?(?:nummers?|nrs?)|vnrs?|"
                rf"ind-?nummers?|"
                rf"crv-?nummers?|v(?=\s?[:#])|(?-i:V)(?=[ ][23]\d{{9}}(?!\d)))"
                rf"\.?(?:\s\([^()\n\d]{{2,30}}\))?(?:\s(?:is|was|luidt|van\s\w{{1,20}}"
                rf"(?:\s\w{{1,20}})?))?\W{{0,24}}({_NUMBER})(?!\w)"
            ),
            0.97,
            "Staat achter het woord V-nummer.",
            groups=(1,),
        ),
        Rule(
            "v_number.list",
            re.compile(
                rf"(?<!\w){_NUMBER}\s?(?:,\s?en|,|en|;|/|&)\s?({_NUMBER})(?!\w)"
            ),
            0.9,
            "Staat in een rij V-nummers.",
            groups=(1,),
            needs=_CUES,
        ),
        Rule(
            "v_number.elsewhere",
            re.compile(r"(?<![\w.\-/])(?:[12]\d{9}|[12]\d{2}\.\d{3}\.\d{4})(?![\w/]|[.,\-]\d)", re.ASCII),
            0.6,
            "Tien cijfers in een stuk dat ook het woord V-nummer gebruikt.",
            needs=_CUES,
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Take the second of a row only where the row began as V-numbers, and no other number by its own word."""
        left = before(text, start, 60)
        if rule.name == "v_number.list":
            return rule.score if _ROW.search(left) else None
        if rule.name == "v_number.elsewhere":
            return None if _OTHER_NUMBER.search(left) else rule.score
        return rule.score
