"""BIG-nummer and AGB-code: the registrations of one doctor, nurse or pharmacist (Wet BIG art. 3), after their cue."""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser


class BigNumberRecogniser(RuleRecogniser):
    """Finds the eleven digits of a BIG-nummer and the eight of an AGB-code behind their word; neither has a check."""

    KIND = "big_number"
    RULES = (
        Rule(
            "big_number.big",
            re.compile(
                r"(?i)(?<!\w)big[- ]?(?:nummer|nr|registratie(?:nummer|nr)?|reg(?:\.|istratie)?)?\b\.?[^\w\n]{0,4}"
                r"(?:(?:van|is|behandelaar|arts|nr|nummer)\b[^\w\n]{0,3}){0,3}((?a:\d{2}[ .\-]?\d{6}[ .\-]?\d{3}|"
                r"\d{11}|\d{9}))(?!\w)"
            ),
            0.9,
            "BIG-nummer: de registratie van een arts, verpleegkundige of andere zorgverlener.",
            groups=(1,),
            needs=("big",),
        ),
        Rule(
            "big_number.agb",
            re.compile(r"(?i)(?<!\w)agb[- ]?(?:code|nummer|nr)?\b\.?[^\w\n]{0,4}((?a:\d{2}[ \-]?\d{6}))(?!\w)"),
            0.75,
            "AGB-code: de registratie van een zorgverlener of praktijk.",
            groups=(1,),
            needs=("agb",),
        ),
    )
