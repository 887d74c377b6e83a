"""Signatures and initials of officials as far as the text layer shows them: "Paraaf: MvdB", "w.g.", "/s/"."""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser


class SignatureRecogniser(RuleRecogniser):
    """Finds written initials behind paraaf and a typed signature mark; a drawn signature is for the image engine."""

    KIND = "signature"
    RULES = (
        Rule(
            "signature.paraaf",
            re.compile(
                r"(?i:\b(?:mede)?para(?:af|fen)(?:\s\w{2,14})?\s?[:\-]\s?)([A-Z](?:[a-z]{0,3}[A-Z.]){1,4}[a-z]?)(?:\s?[/,]\s?([A-Z](?:[a-z]{0,3}[A-Z.]){1,4}[a-z]?))?(?![\w.])"
            ),
            0.7,
            "Paraaf van een medewerker.",
            groups=(1, 2),
        ),
        Rule(
            "signature.typed",
            re.compile(r"(?m)(?:^|\s)/s/\s?([A-Z][\w.' \-]{2,40})$"),
            0.8,
            "Getypte handtekening.",
            groups=(1,),
        ),
        Rule(
            "signature.digital",
            re.compile(
                r"(?i:(?:digitaal|elektronisch)\s(?:ondertekend|getekend)\sdoor|digitally\ssigned\sby|"
                r"handtekening\svan)\s?:?\s?"
                r"([A-Z][\w.'’\-]{0,30}(?:\s(?:[a-z]{1,4}\s){0,2}[A-Z][\w.'’\-]{0,30}){0,4})"
            ),
            0.85,
            "Digitale handtekening.",
            groups=(1,),
        ),
    )
