"""Patterns for a calendar date as Dutch writers and scanners put it; shared by recognisers, finds nothing itself."""

from __future__ import annotations

MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|january|february|march|may|june|july|august|october)\.?"
)
YEAR = r"(?:(?:1[89]|20)\d\d)"
_GAP = r"\s?[\-/.–]\s?"
DATE = (
    rf"(?:(?a:\d{{1,2}}){_GAP}(?a:\d{{1,2}}){_GAP}{YEAR}|{YEAR}-(?a:\d{{2}})-(?a:\d{{2}})|"
    rf"(?a:\d{{1,2}})(?:e|ste|de)?[\s\-]{{1,2}}{MONTH}[\s\-]{{1,2}}{YEAR})"
)
"""A full date with a four-digit year; for use with IGNORECASE."""

SHORT_DATE = rf"(?:{DATE}|(?a:\d{{1,2}}){_GAP}(?a:\d{{1,2}}){_GAP}['’]?(?a:\d{{2}})(?!\d)|(?a:\d{{8}})(?!\d))"
"""As `DATE`, and also a two-digit year or eight digits: only where a cue stands before it."""
