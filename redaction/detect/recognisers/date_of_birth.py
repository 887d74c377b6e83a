"""Dates of birth: a date is only taken for one when a word, a sign or a place of birth says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import is_common, is_forename, is_surname
from redaction.detect.names.shape import UPPER
from redaction.detect.recogniser import Rule, RuleRecogniser, before
from redaction.detect.recognisers.dates import DATE, SHORT_DATE, YEAR
from redaction.detect.span import Finding

_WHY = "Datum achter een woord als 'geboren' of 'geboortedatum'."
_FAMILY = (
    r"(?:kind(?:eren)?|zoon|dochter|partner|echtgeno(?:ot|te)|zus(?:je)?|broer(?:tje)?|baby|tweeling|gezin|"
    r"gezinsleden|ouders?|vader|moeder|leerling(?:en)?)"
)
_BRACKETED = rf"\(\s?(?:geb\.?\s?|°\s?|\*\s?)?({SHORT_DATE})\s?(?:,[^()\n]{{0,20}})?\)"
_SEX = r"(?:man|vrouw|meisje|jongen|m|v)"
_COMPACT = r"(?a:(?:19\d\d|200\d|201\d|202\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
_NUMBER_CUE = (
    r"(?:bsn|burgerservicenummer|v-?nr|v-?nummer|vnr|paspoort|pasp|rijbewijs|id-?kaart|id\b|nat(?:ionaliteit)?\b)"
)
_IDENTIFIES = re.compile(
    rf"(?i)\b{_NUMBER_CUE}|(?<!\d)(?a:\d{{9,10}})(?!\d)|\b(?-i:[A-Z]{{2}}(?=[A-Z0-9]*\d\d)[A-Z0-9]{{6,8}})\b"
)
"""What a bracket or a row holds that is about who somebody is."""
_EVENT = re.compile(
    r"(?i)\b(?:op|d\.d\.|dd\.?|datum|getekend|gehouden|zitting|aldus|vergadering|van|tot|vanaf)\s?:?\s?$"
)
_TITLED = re.compile(
    r"(?:\b(?:dhr|mw|mevr|de heer|heer|mevrouw|meneer|fam|mr|drs|ing|ir|dr)\.?|"
    r"\b[A-Z]\.)\s?(?:[a-z']{1,4}\s){0,3}[A-Z][^\s,]{1,30}$",
    re.IGNORECASE,
)
_CORRECTED = re.compile(rf"(?i)\s?\((?:[^()\n\d]{{0,40}})({SHORT_DATE})")
_TOLD = frozenset(f"date_of_birth.{name}" for name in ("label", "born", "child", "family", "date_born"))
_NEXT = re.compile(
    rf"\)?(?:,|;|\s?/|\sen|\s&)\s(?:en\s)?(?:[{UPPER}][\w'’.\-]{{1,24}}\s?){{1,4}},?\s?[(:]?\s?(?i:({SHORT_DATE}))(?![\w/\-])"
)
_ROW = re.compile(rf"(?mi)^([^\n\d]{{4,80}}?)[,;|\t ]\s{{0,12}}({DATE})(?![\w\-])")
_CAPITALISED = re.compile(rf"[{UPPER}][^\W\d_]+")
_FEWEST_ROWS = 3
_YEARS_APART = 8
_ROWS_APART = 3
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
                rf"gb(?=\s?[:\d])|date\sof\sbirth|bday|"
                rf"d\.?o\.?b\.?|birth\s?date|birthday|geburtsdatum|verjaart\sop|jarig\sop|birth|(?:verjaardag|jarig)(?=\W{{1,4}}\d)|"
                rf"gebrtejr)(?!\w)"
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
            "date_of_birth.answer",
            re.compile(
                rf"(?i)\b(?:geboorte-?datum|geboren|geb\.)[^\n?]{{0,40}}\?[ \t]{{0,4}}\r?\n"
                rf"(?:\[?(?a:\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?)\]?\s)?(?:(?a:\d{{1,2}}):\s)?[^\n\d]{{0,50}}?({SHORT_DATE})"
            ),
            0.85,
            "Antwoord op de vraag naar een geboortedatum.",
            groups=(1,),
            needs=("?",),
        ),
        Rule(
            "date_of_birth.is_from",
            re.compile(
                rf"(?i)\b(?:ik\sben|ben\sik|(?:hij|zij|ze|die|moeder|vader|cli[eë]nt|pati[eë]nt|mevrouw|meneer)\sis)\s"
                rf"(?:er\s(?:een|eentje)\s)?van\s({SHORT_DATE})"
            ),
            0.7,
            "Datum waar iemand 'van is', zoals men een geboortedatum noemt.",
            groups=(1,),
            needs=("van",),
        ),
        Rule(
            "date_of_birth.sex",
            re.compile(
                rf"[^\W\d_]\)?\s?[,(;|]?\s{{1,12}}(?i:({DATE}|{_COMPACT}|(?a:\d{{1,2}}[ ]\d{{1,2}}[ ]){YEAR}))"
                rf"(?:[,;|]\s?(?i:{_SEX})|\s{{1,4}}[MV])(?![\w/.:'’-])"
            ),
            0.8,
            "Datum tussen een naam en het geslacht.",
            groups=(1,),
        ),
        Rule(
            "date_of_birth.after_sex",
            re.compile(rf"(?i)[^\W\d_.],?\s\(?{_SEX}\)?[,;|]\s?({DATE})"),
            0.7,
            "Datum achter een naam en het geslacht.",
            groups=(1,),
        ),
        Rule(
            "date_of_birth.before_number",
            re.compile(
                rf"(?i)[^\W\d_.]\)?[,;|]?\s{{1,12}}({SHORT_DATE})[,;|]?\s{{1,8}}{_NUMBER_CUE}[^\n]{{0,4}}?[ :.]"
            ),
            0.75,
            "Datum tussen een naam en een persoonsnummer.",
            groups=(1,),
        ),
        Rule(
            "date_of_birth.in_brackets",
            re.compile(rf"(?i)\((?=[^()\n]{{10,90}}\))[^()\n]{{0,40}}?(?<![\w\-])({SHORT_DATE})(?!\w)"),
            0.75,
            "Datum tussen haakjes bij een persoonsnummer.",
            groups=(1,),
            needs=("(",),
        ),
        Rule(
            "date_of_birth.family_year",
            re.compile(
                rf"(?i)\b(?:kind(?:eren)?|zoon|zoons|zonen|dochters?|broers?|zus(?:sen)?|kleinkind(?:eren)?)\b[^()\n]{{0,40}}?"
                rf"[^\W\d_]\s\(({YEAR})\)(?:[^()\n]{{1,30}}\(({YEAR})\))?(?:[^()\n]{{1,30}}\(({YEAR})\))?"
            ),
            0.6,
            "Geboortejaar tussen haakjes achter de naam van een kind.",
            groups=(1, 2, 3),
            needs=("(",),
        ),
        Rule(
            "date_of_birth.child",
            re.compile(
                rf"(?i)\b(?:kind(?:eren)?|zoon|dochters?|kleinkind(?:eren)?|tweeling)\b[ \t]?:?[ \t]{{1,14}}"
                rf"(?-i:[{UPPER}][\w'’\-]{{1,24}}[ ]?){{1,3}},?[ ]({DATE})(?![\w/\-])"
            ),
            0.8,
            "Datum achter de naam van een kind.",
            groups=(1,),
            needs=("kind", "zoon", "dochter", "tweeling"),
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
            re.compile(rf"(?i)(?:(?<!\w)[°*]|\(b\.)\s?(?:[^\W\d_][^\W\d_'’ \-]{{2,25}}(?:,|\sop)?\s)?({SHORT_DATE})"),
            0.8,
            "Datum achter een geboorteteken (° of *).",
            groups=(1,),
            needs=("°", "*", "(b."),
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
                rf"(?i)(?<=[^\W\d_]|\.|[\"”)])(?:\s\(\s?({SHORT_DATE})|(?:\s\([mv]\))?,\s({DATE}))"
                rf"(?=\s?[),;|]|\s?$|\s(?:[mv]|te|en)\b|\s\(|[ ]{{2}})",
                re.MULTILINE,
            ),
            0.6,
            "Datum direct achter een naam, zoals een geboortedatum wordt geschreven.",
            groups=(1, 2),
        ),
    )

    def find(self, text: str) -> Iterator[Finding]:
        """Yield what the rules find, what corrects it in brackets, and the dates of a list of people."""
        starts: set[int] = set()
        for finding in super().find(text):
            if finding.start not in starts:
                starts.add(finding.start)
                again = _CORRECTED.match(text, finding.end)
                if again:
                    why = "Andere geboortedatum van dezelfde persoon, tussen haakjes."
                    yield Finding(self.KIND, *again.span(1), 0.7, "date_of_birth.corrected", why)
                if finding.rule in _TOLD:
                    yield from self._next(text, finding.end)
            yield finding
        for rows in _lists(text):
            if _is_list_of_people(rows, starts):
                why = "Datum achter een naam in een lijst van mensen."
                for row in rows:
                    yield Finding(self.KIND, *row.span(2), 0.65, "date_of_birth.listed", why)

    def _next(self, text: str, end: int) -> Iterator[Finding]:
        """Yield the dates behind the next names of the same row: "Eleni 03-10-2015, Niko 11-11-2018"."""
        while following := _NEXT.match(text, end):
            why = "Geboortedatum van de volgende in een rij mensen."
            yield Finding(self.KIND, *following.span(1), 0.75, "date_of_birth.next", why)
            end = following.end()

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Refuse a date that something happened on: without a cue only a name or a birthplace beside it speaks."""
        if rule.name == "date_of_birth.birthplace":
            happened = _EVENT.search(before(text, start, 20))
            return None if happened or not _may_be_of_birth(text[start:end]) else rule.score
        if rule.name in ("date_of_birth.sex", "date_of_birth.after_sex", "date_of_birth.before_number"):
            return None if _EVENT.search(before(text, start, 20)) else rule.score
        if rule.name == "date_of_birth.is_from":
            return rule.score if _may_be_of_birth(text[start:end]) else None
        if rule.name == "date_of_birth.family_year":
            called = _CAPITALISED.findall(before(text, start, 25))
            return rule.score if any(not is_common(word) for word in called) else None
        if rule.name == "date_of_birth.in_brackets":
            return rule.score if _identifies(text, start, end) else None
        if rule.name == "date_of_birth.after_name":
            return rule.score if _follows_name(text, start, _may_be_of_birth(text[start:end])) else None
        return rule.score


def _may_be_of_birth(date: str) -> bool:
    """Tell whether the year lies before `_LATEST_YEAR`; a year of two digits may."""
    years = re.findall(r"(?:18|19|20)\d\d", date)
    return not years or int(years[0]) <= _LATEST_YEAR


def _lists(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the runs of lines that each hold a word with a capital and then a date."""
    rows: list[re.Match[str]] = []
    for match in _ROW.finditer(text):
        if rows and text.count("\n", rows[-1].end(), match.start(1)) > _ROWS_APART:
            yield rows
            rows = []
        if _CAPITALISED.search(match[1]) and not _EVENT.search(match[1] + " "):
            rows.append(match)
    yield rows


def _is_list_of_people(rows: list[re.Match[str]], known: set[int]) -> bool:
    """Tell whether these are births: one is known to be, or the years lie far apart, as those of events do not."""
    years = [int(year) for row in rows for year in re.findall(r"(?:18|19|20)\d\d", row[2])[:1]]
    if len({row[2] for row in rows}) < _FEWEST_ROWS or max(years) > _LATEST_YEAR:
        return False
    called = [
        row for row in rows if any(is_forename(word) and not is_common(word) for word in _CAPITALISED.findall(row[1]))
    ]
    far_apart = max(years) - min(years) >= _YEARS_APART
    return 2 * len(called) >= len(rows) and (far_apart or any(row.start(2) in known for row in rows))


def _identifies(text: str, start: int, end: int) -> bool:
    """Tell whether the bracket around the date also holds a number or document of a person."""
    rest = text[max(0, start - 40) : start].rpartition("(")[2] + " " + text[end : end + 60].partition(")")[0]
    return bool(_IDENTIFIES.search(rest)) and not _EVENT.search(before(text, start, 20))


def _follows_name(text: str, start: int, may_be_adult: bool) -> bool:
    """Tell whether the name of a person stands right before the date; a child is written with the first name alone."""
    left = re.sub(r"(?:\s\([mv]\))?[\s(,]+$", "", before(text, start), flags=re.IGNORECASE)
    words = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", left)[-4:]
    if not words or not words[-1][0].isupper():
        return False
    last, others = words[-1], words[:-1]
    if is_forename(last) and not is_common(last):
        return True
    called = any(word[0].isupper() and is_forename(word) and not is_common(word) for word in others[-2:])
    return may_be_adult and ((called and (is_surname(last) or not is_common(last))) or bool(_TITLED.search(left)))
