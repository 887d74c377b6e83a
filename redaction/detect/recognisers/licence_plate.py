"""Dutch licence plates (all side codes since 1951, RDW); without hyphens only after a cue word."""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser

_SIDE_CODES = (
    r"[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}|"
    r"\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|"
    r"[A-Z]{3}-\d{2}-[A-Z]|[A-Z]-\d{2}-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d"
)
_MONTHS_OR_CODES = re.compile(r"^(?:[A-Z]{2}-\d{2}-\d{2})$")
_PUBLIC_CODES = frozenset(
    {"EU", "NL", "CO", "SP", "PB", "WK", "NR", "KB", "MB", "BZ", "AZ", "VN", "ISO", "NEN", "TK", "EK"}
)


class LicencePlateRecogniser(RuleRecogniser):
    """Finds plates written with hyphens, and six bare characters after a word like kenteken."""

    KIND = "licence_plate"
    RULES = (
        Rule(
            "licence_plate.hyphens",
            re.compile(rf"(?<![\w\-/.])(?:{_SIDE_CODES})(?![\w\-/]|\.\d)", re.ASCII),
            0.85,
            "Heeft de vorm van een Nederlands kenteken.",
        ),
        Rule(
            "licence_plate.after_cue",
            re.compile(
                r"(?i)\b(?:kenteken(?:s|plaat|nummer)?(?:\s(?:van|is|op|met)\s[^\W\d][^\n\d:]{1,40})?|kent\.|oplegger|trekker|auto|bestelbus|busje|bus|voertuig|transporter|vrachtwagen|"
                r"aanhanger|motor|"
                r"scooter|bromfiets|leaseauto|dienstauto|personenauto)\b\W{1,3}(?:[a-z]{1,12}\W){0,3}?"
                r"((?a:(?=[a-z0-9 \-]{0,7}\d)(?=[a-z0-9 \-]{0,8}[a-z])"
                r"[a-z0-9]{1,3}[ \-]?[a-z0-9]{2,3}[ \-]?[a-z0-9]{1,2}))(?!\w)"
            ),
            0.7,
            "Staat achter een woord als 'kenteken' en heeft de vorm van een kenteken.",
            groups=(1,),
        ),
        Rule(
            "licence_plate.scanned",
            re.compile(
                r"(?i)\b(?:ge)?kenteken(?:d|s|plaat|nummer)?\b\W{1,3}(?:nr\W{1,2})?"
                r"((?-i:(?=[A-Z0-9\-]{0,8}l)(?=[A-Zl\-]{0,7}\d)[A-Zl\d]{1,3}-[A-Zl\d]{2,3}-[A-Zl\d]{1,3}))(?!\w)"
            ),
            0.7,
            "Kenteken waarin een cijfer als letter is gescand.",
            groups=(1,),
            needs=("kenteken",),
        ),
        Rule(
            "licence_plate.foreign",
            re.compile(
                r"\b(?i:kenteken(?:s|plaat|nummer)?|auto|voertuig|personenauto|bestelbus|busje|vrachtwagen|nummerbord)\b"
                r"\W{1,3}(?i:(?:met|is|was|nr|nummer|[a-z]{4,10})\W{1,2}){0,2}"
                r"([A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ ]?\d{1,4}[EH]?|"
                r"[A-Z]{1,3}[ \-](?=[A-Z]{0,3}\d)[A-Z0-9]{4,5}|\d-[A-Z]{3}-\d{3})(?![\w\-])"
            ),
            0.65,
            "Buitenlands kenteken achter een woord als 'kenteken' of 'auto'.",
            groups=(1,),
            needs=("kenteken", "auto", "voertuig", "bus", "wagen", "nummerbord"),
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Refuse codes of committees and standards, and cued text that is not six characters in a plate's order."""
        plate = text[start:end]
        if rule.name == "licence_plate.foreign":
            return rule.score if sum(char.isdigit() for char in plate) > 1 else None
        if rule.name == "licence_plate.after_cue":
            bare = re.sub(r"[^A-Z0-9]", "", plate.upper())
            changes = re.sub(r"\d+", "9", re.sub(r"[A-Z]+", "X", bare))
            return rule.score if len(bare) == 6 and len(changes) in (2, 3) else None
        if _MONTHS_OR_CODES.match(plate) and plate[:2] in _PUBLIC_CODES:
            return None
        return rule.score
