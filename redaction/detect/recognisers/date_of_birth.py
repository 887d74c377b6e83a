"""Dates of birth: a date is only taken for one when a word says so."""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser
from redaction.detect.recognisers.dates import DATE, SHORT_DATE

_WHY = "Datum achter een woord als 'geboren' of 'geboortedatum'."


class DateOfBirthRecogniser(RuleRecogniser):
    """Finds dates after geboren, geb., geboortedatum and the like, and those of children listed in brackets."""

    KIND = "date_of_birth"
    RULES = (
        Rule(
            "date_of_birth.label",
            re.compile(
                rf"(?i)\b(?:geboorte\s?(?:datum|dag)|geb\s?\.?\s?datum|gbd|date\sof\sbirth|dob|birthday)\b"
                rf"[^\n\d]{{0,40}}?({SHORT_DATE})"
            ),
            0.97,
            _WHY,
            groups=(1,),
        ),
        Rule(
            "date_of_birth.born",
            re.compile(rf"(?i)(?:\bgeboren\b|\bgeb\s?\.|\bgeb\b|\bborn\b|\bgebore\b)[^\n\d]{{0,60}}?({SHORT_DATE})"),
            0.95,
            _WHY,
            groups=(1,),
        ),
        Rule(
            "date_of_birth.date_born",
            re.compile(rf"(?i)({DATE})\s?\(?(?:geboren|geb\.|geboortedatum)"),
            0.85,
            "Datum voor een woord als 'geboren'.",
            groups=(1,),
        ),
        Rule(
            "date_of_birth.sign",
            re.compile(rf"(?i)(?<!\w)[°*]\s?({DATE})"),
            0.8,
            "Datum achter een geboorteteken (° of *).",
            groups=(1,),
        ),
        Rule(
            "date_of_birth.family",
            re.compile(
                rf"(?i)\b(?:kind(?:eren)?|zoon|dochter|partner|echtgeno(?:ot|te)|zus(?:je)?|broer(?:tje)?|baby|"
                rf"tweeling)\b"
                rf"[^\n]{{0,60}}?\(\s?({DATE})\s?\)(?:[^\n]{{0,40}}?\(\s?({DATE})\s?\))?(?:[^\n]{{0,40}}?\(\s?({DATE})\s?\))?"
                rf"(?:[^\n]{{0,40}}?\(\s?({DATE})\s?\))?"
            ),
            0.85,
            "Datum tussen haakjes achter de naam van een gezinslid.",
            groups=(1, 2, 3, 4),
        ),
    )
