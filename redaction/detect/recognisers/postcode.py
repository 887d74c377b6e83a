"""Dutch postcodes, also in lower case, broken or badly scanned; not those of a Postbus: that is an organisation's."""

from __future__ import annotations

import re

from redaction.detect.lexicon import fold, places
from redaction.detect.recogniser import Rule, RuleRecogniser

_POSTBUS = re.compile(r"(?i)(?:postbus|antwoordnummer)\s?\d{1,6}(?!\d).{0,30}$", re.DOTALL)
_TOWN = r"(?=[ \u00a0,]{1,3}(?:gemeente\s)?(?P<town>(?:'[st][- ])?[^\W\d_]{3,25}))"
_AFTER_STREET = re.compile(
    r"(?i)[a-zé.]{3,}\s\d{1,5}(?:[ \-]?[a-z]{1,3}|[ \-]\d{1,3}|\s?(?:bis|hs|huis|[ivx]+))?\s?(?:,|;|\||\t|\(|-|\n|"
    r"\r\n|[ ]{2})\s{0,12}$"
)
_WORDS = frozenset(
    "en op in de te om er is ze we of na al ad as nu zo je me km kg ha wo do di ma vr za mw st nr ex".split()
)
"""Small words behind a year or a count, as in "in 2022 en"."""
_TOWN_NAME = re.compile(
    r"[ \u00a0,]{1,3}(?:gemeente\s)?((?:'[st][- ])?[^\W\d_]{3,25}(?:[ \-][^\W\d_]{2,15}){0,2})"
)


class PostcodeRecogniser(RuleRecogniser):
    """Finds `1234 AB`; SA, SD and SS do not exist, and in lower case something around must speak for it."""

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
            "postcode.after_street",
            re.compile(
                r"(?<=\d,[ ])([1-9]\d{3}[ \u00a0](?:EN|OP|IN|DE|TE|OM|UU|PM|AM))"
                r"(?=[\s,;.)]*(?:$|[\n)]|[ ]{3}|[A-Z][a-z]))",
                re.MULTILINE,
            ),
            0.8,
            "Postcode achter een huisnummer.",
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
            re.compile(
                r"(?i)\b(?:postcode|pc|postcodegebied|postal\scode|zip)\b(?:\s?[/+&]\s?\w{2,15}|"
                r"\sen\s\w{3,15})?\W{1,20}"
                r"((?a:[1-9]\d{3})[ \u00a0.\-]{0,2}[a-z]{2})(?!\w)"
            ),
            0.95,
            "Staat achter het woord postcode.",
            groups=(1,),
            needs=("postcode", "pc", "postal", "zip"),
        ),
        Rule(
            "postcode.loose",
            re.compile(
                rf"(?i)(?<![\w\-/.])((?a:[1-9]\d{{3}})[ \u00a0.\-]{{0,2}}[\r\n]{{0,2}}[a-z]{{2}})(?![\w\-]|"
                rf"\.\w)(?:{_TOWN})?"
            ),
            0.75,
            "Postcode achter een adres of voor een plaatsnaam.",
            groups=(1,),
        ),
        Rule(
            "postcode.scanned",
            re.compile(
                rf"(?<![\w\-/.])((?=[\dOIl ]{{0,5}}\d[\dOIl "
                rf"]{{0,5}}\d)[1-9Il][ ]?[\dOIl][ ]?[\dOIl][ ]?[\dOIl][ ]{{0,2}}"
                rf"[A-Z0][ ]?[A-Z0])(?![\w\-]){_TOWN}"
            ),
            0.7,
            "Slecht gescande postcode voor een plaatsnaam.",
            groups=(1,),
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Refuse the postcode of a Postbus or an Antwoordnummer, and years and counts that look like one."""
        if _POSTBUS.search(text[max(0, start - 60) : start]):
            return None
        if rule.name == "postcode.loose":
            return rule.score if _is_placed(text, start, end) else None
        if rule.name == "postcode.scanned":
            return rule.score if _before_town(text, end) else None
        return rule.score


def _is_placed(text: str, start: int, end: int) -> bool:
    """Tell whether a house number stands before or a town behind, and the letters are no word of the sentence."""
    value = text[start:end]
    street = bool(_AFTER_STREET.search(text[max(0, start - 45) : start]))
    if value[-2:].lower() in ("sa", "sd", "ss") or value[-2:].lower() in _WORDS:
        return False
    return street or _before_town(text, end)


def _before_town(text: str, end: int) -> bool:
    """Tell whether a Dutch town follows."""
    town = _TOWN_NAME.match(text[end : end + 50])
    if town is None:
        return False
    words = fold(town[1]).split()
    return any(" ".join(words[:count]) in places() for count in range(len(words), 0, -1))
