"""V-nummer: the ten-digit number of a foreign national at the IND and COA, only after its cue."""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser


class VNumberRecogniser(RuleRecogniser):
    """Finds a V-nummer after V-nummer, V-nr, vreemdelingennummer or a bare V with a colon."""

    KIND = "v_number"
    RULES = (
        Rule(
            "v_number.after_cue",
            re.compile(
                r"(?i)(?<!\w)(?:v[-\s.]?(?:nummers?|nrs?)|vreemdelingen\s?(?:nummer|nr)|vnr|v(?=:))\.?(?:\s(?:is|"
                r"van\s\w{1,20}))?"
                r"\W{0,4}((?a:\d)(?:[ .\-\u00a0]?(?a:\d)){9})(?!\w)"
            ),
            0.97,
            "Staat achter het woord V-nummer.",
            groups=(1,),
        ),
        Rule(
            "v_number.list",
            re.compile(
                r"(?i)(?<!\w)v[-\s.]?(?:nummers|nrs)\b[^\n\d]{0,12}(?a:\d{10})\s?(?:,|en|;|/)\s?((?a:\d{10}))(?!\w)"
            ),
            0.9,
            "Staat in een rij V-nummers.",
            groups=(1,),
        ),
    )
