"""Dates of birth: a date is only taken for one when a word, a sign or a place of birth says so."""

from __future__ import annotations

import re

from redaction.detect.lexicon import is_common, is_forename, is_surname
from redaction.detect.recogniser import Rule, RuleRecogniser, before
from redaction.detect.recognisers.dates import DATE, SHORT_DATE

_WHY = "Datum achter een woord als 'geboren' of 'geboortedatum'."
_FAMILY = (
    r"(?:kind(?:eren)?|zoon|dochter|partner|echtgeno(?:ot|te)|zus(?:je)?|broer(?:tje)?|baby|tweeling|gezin|"
    r"gezinsleden|ouders?|vader|moeder|leerling(?:en)?)"
)
_BRACKETED = rf"\(\s?(?:geb\.?\s?|°\s?|\*\s?)?({SHORT_DATE})\s?(?:,[^()\n]{{0,20}})?\)"
_EVENT = re.compile(
    r"(?i)\b(?:op|d\.d\.|dd\.?|datum|getekend|gehouden|zitting|aldus|vergadering|van|tot|vanaf)\s?:?\s?$"
)
_TITLED = re.compile(
    r"(?:\b(?:dhr|mw|mevr|de heer|heer|mevrouw|meneer|fam|mr|drs|ing|ir|dr)\.?|"
    r"\b[A-Z]\.)\s?(?:[a-z']{1,4}\s){0,3}[A-Z][^\s,]{1,30}$",
    re.IGNORECASE,
)
_LATEST_YEAR = 2012
"""Behind a bare name only: people in public papers that are younger are listed as children, with a word for it."""


class DateOfBirthRecogniser(RuleRecogniser):
    """Finds dates after geboren, geb., geboortedatum and the like, before a place of birth, and in brackets."""

    KIND = "date_of_birth"
    RULES = (
        Rule(
            "date_of_birth.label",
            re.compile(
                rf"(?i)\b(?:geboorte\s?-?(?:datum|dag|dat\.?)|geb\s?\.?\s?-?(?:datum|dat)\b\.?|gbd|gebdat|"
                rf"g\.?b\.?d\.?|gd|"
                rf"gb(?=\s?[:\d])|date\sof\sbirth|"
                rf"d\.?o\.?b\.?|birth\s?date|birthday|geburtsdatum|verjaart\sop|jarig\sop|birth)(?!\w)"
                rf"[^\n\d]{{0,40}}?({SHORT_DATE})"
            ),
            0.97,
            _WHY,
            groups=(1,),
        ),
        Rule(
            "date_of_birth.born",
            re.compile(
                rf"(?i)(?:\bgeboren\b|\bgeb\s?\.|\bgeb\b|\bborn\b|\bgebore\b|"
                rf"\bgeboorte\b)[^\n\d]{{0,60}}?({SHORT_DATE})"
            ),
            0.95,
            _WHY,
            groups=(1,),
            needs=("geb", "born"),
        ),
        Rule(
            "date_of_birth.born_next_line",
            re.compile(
                rf"(?i)(?:\bgeboren\b|\bgeboorte-?datum\b)[^\n\d]{{0,40}}\n[ \t]{{0,8}}(?:op\s|te\s[^\n\d]{{2,30}}\s)?"
                rf"({SHORT_DATE})"
            ),
            0.85,
            _WHY,
            groups=(1,),
            needs=("geboren", "geboorte"),
        ),
        Rule(
            "date_of_birth.date_born",
            re.compile(rf"(?i)({DATE})\s?\(?(?:geboren|geb\.|geboortedatum)"),
            0.85,
            "Datum voor een woord als 'geboren'.",
            groups=(1,),
            needs=("geb",),
        ),
        Rule(
            "date_of_birth.sign",
            re.compile(rf"(?i)(?<!\w)[°*]\s?(?:[^\W\d_][^\W\d_'’ \-]{{2,25}}(?:,|\sop)?\s)?({SHORT_DATE})"),
            0.8,
            "Datum achter een geboorteteken (° of *).",
            groups=(1,),
            needs=("°", "*"),
        ),
        Rule(
            "date_of_birth.birthplace",
            re.compile(rf"(?<!\w)(?=\d)(?i:({SHORT_DATE}),?\s(?:te|in)\s)(?=[A-Z][a-zé])"),
            0.6,
            "Datum met een plaats erachter, zoals een geboortedatum wordt geschreven.",
            groups=(1,),
            needs=(" te ", " in "),
        ),
        Rule(
            "date_of_birth.family",
            re.compile(
                rf"(?i)\b{_FAMILY}\b[^()\n]{{0,60}}?{_BRACKETED}(?:[^()\n]{{0,40}}?{_BRACKETED})?"
                rf"(?:[^()\n]{{0,40}}?{_BRACKETED})?(?:[^()\n]{{0,40}}?{_BRACKETED})?"
            ),
            0.85,
            "Datum tussen haakjes achter de naam van een gezinslid.",
            groups=(1, 2, 3, 4),
            needs=("(",),
        ),
        Rule(
            "date_of_birth.compact",
            re.compile(
                r"(?<![\w.\-/])(?:19\d\d|200\d|201[0-2])(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\w\-/]|[.,]\d)",
                re.ASCII,
            ),
            0.55,
            "Acht cijfers die een datum vormen, in een stuk dat geboortedata noemt.",
            needs=("geboortedat", "geb.dat", "geb. dat"),
        ),
        Rule(
            "date_of_birth.after_name",
            re.compile(
                rf"(?i)(?<=[a-zé.])(?:\s\(\s?({SHORT_DATE})|(?:\s\([mv]\))?,\s({DATE}))(?=\s?[),;]|\s?$|\s(?:[mv]|"
                rf"te)\b)",
                re.MULTILINE,
            ),
            0.6,
            "Datum direct achter een naam, zoals een geboortedatum wordt geschreven.",
            groups=(1, 2),
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Refuse a date that something happened on: without a cue only a name or a birthplace beside it speaks."""
        if rule.name == "date_of_birth.birthplace":
            happened = _EVENT.search(before(text, start, 20))
            return None if happened or not _may_be_of_birth(text[start:end]) else rule.score
        if rule.name == "date_of_birth.after_name":
            return rule.score if _follows_name(text, start, _may_be_of_birth(text[start:end])) else None
        return rule.score


def _may_be_of_birth(date: str) -> bool:
    """Tell whether the year lies before `_LATEST_YEAR`; a year of two digits may."""
    years = re.findall(r"(?:18|19|20)\d\d", date)
    return not years or int(years[0]) <= _LATEST_YEAR


def _follows_name(text: str, start: int, may_be_adult: bool) -> bool:
    """Tell whether the name of a person stands right before the date; a child is written with the first name alone."""
    left = re.sub(r"(?:\s\([mv]\))?[\s(,]+$", "", before(text, start), flags=re.IGNORECASE)
    words = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", left)[-4:]
    if not words or not words[-1][0].isupper():
        return False
    last, others = words[-1], words[:-1]
    if is_forename(last) and not is_common(last):
        return True
    if not may_be_adult or not is_surname(last):
        return bool(_TITLED.search(left))
    return any(word[0].isupper() and is_forename(word) for word in others) or bool(_TITLED.search(left))
