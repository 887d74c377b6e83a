"""Patterns for a calendar date as Dutch writers and scanners put it; shared by recognisers, finds nothing itself."""

from __future__ import annotations

from redaction.detect.recognisers.spoken import TENS

MONTH = (
    r"(?:jan(?:uari)?|feb(?:r(?:uari)?)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|"
    r"okt(?:ober)?|nov(?:ember)?|dec(?:ember)?|january|february|mar(?:ch)?|may|june|july|august|oct(?:ober)?)\.?"
)
YEAR = r"(?:(?:1[89]|20)\d\d)"
_GAP = r"\s?[\-/.–]\s?"
_DAY = r"(?a:\d{1,2})(?:e|ste|de)?"
DATE = (
    rf"(?:(?a:\d{{1,2}}){_GAP}(?a:\d{{1,2}}){_GAP}{YEAR}|{YEAR}[-/](?a:\d{{2}})[-/](?a:\d{{2}})|"
    rf"{_DAY}[\s\-]{{1,2}}{MONTH}[\s\-]{{1,2}}{YEAR}|{MONTH}\s(?a:\d{{1,2}}),?\s{YEAR})"
)
"""A full date with a four-digit year; for use with IGNORECASE."""

_DIGIT = r"[0-9lIOo]"
_SCANNED_YEAR = rf"(?:[1lI][89]|2[0Oo]){_DIGIT}{{2}}(?!\w)"
_SCANNED = (
    rf"(?=[lIOo\-/.\s]{{0,9}}\d)(?:{_DIGIT}{{1,2}}{_GAP}{_DIGIT}{{1,2}}{_GAP}{_SCANNED_YEAR}|"
    rf"{_DIGIT}{{1,2}}[ ]{_DIGIT}{{1,2}}[ ]{_SCANNED_YEAR}|{_DIGIT}{{1,2}}\s{MONTH}(?:\s\.)?\s{_SCANNED_YEAR})"
)
_ORDINAL = (
    r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|"
    r"achttien|negentien|(?:(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)[eë]n)?(?:twintig|dertig)|eerste|"
    r"tweede|"
    r"derde|achtste|(?:[a-zë]{4,16})(?:de|ste))"
)
_IN_WORDS = (
    rf"{_ORDINAL}\s{MONTH}\s(?:{YEAR}(?!\d)|(?:negentien[ \-]?honderd|twee[ \-]?duizend|achttien[ \-]?honderd)"
    rf"(?:[ \-]?(?:en[ \-]?)?[a-zëé]{{3,20}})?|"
    rf"(?:negentien\s)?{TENS})"
)
"""As notaries write it, "vierentwintig maart negentienhonderd zestig", or as people say it, "vijf mei zesentachtig"."""
SHORT_DATE = (
    rf"(?:{DATE}|(?a:\d{{1,2}}){_GAP}(?a:\d{{1,2}}){_GAP}['’]?(?a:\d{{2}})(?!\d)|"
    rf"{_DAY}[\s\-]{{1,2}}{MONTH}[\s\-]{{1,2}}['’]?(?a:\d{{2}})(?!\d)|(?a:\d{{8}})(?!\d)|{_SCANNED}|{_IN_WORDS}|"
    rf"(?a:\d{{1,2}}[ ]\d{{1,2}}[ ]){YEAR}(?!\d)|(?a:\d{{2}}){MONTH}{YEAR}(?!\d))"
)
"""As `DATE`, and also a two-digit year, eight digits, scanning slips or words: only where a cue stands before it."""
