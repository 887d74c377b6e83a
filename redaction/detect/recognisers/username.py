"""User names: @handles in chats and social media, account names after a cue, and DOMAIN\\user."""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser

_EVERYONE = frozenset(
    {"all", "allen", "alle", "iedereen", "everyone", "here", "channel", "team", "media", "import", "param", "return"}
)


class UsernameRecogniser(RuleRecogniser):
    """Finds handles and account names; mentions of everybody are left alone."""

    KIND = "username"
    RULES = (
        Rule(
            "username.handle",
            re.compile(r"(?<![\w.@/])@((?=\w*[A-Za-z])\w[\w.\-]{1,38}\w)(?![\w@])"),
            0.75,
            "Gebruikersnaam achter een apenstaartje.",
            groups=(1,),
        ),
        Rule(
            "username.after_cue",
            re.compile(
                r"(?i)(?<!\w)(?:gebruikers?naam|gebruikers?-?id|inlognaam|loginnaam|login|username|user\s?name|"
                r"user\s?id|account(?:naam)?|"
                r"skype(?:naam)?|wechat|telegram|signal|instagram|twitter|snapchat|tiktok|facebook|discord|nickname|"
                r"handle|"
                r"gebruiker)\b\s?(?:is|:|=|-|\()?\s?[\"'‘“]?((?=[\w.\-]{0,38}[\d_.])(?=[\w.\-]{0,38}[a-z])[a-z][\w.\-]{2,38}\w)(?![\w@])"
            ),
            0.75,
            "Staat achter een woord als 'gebruikersnaam' of 'account'.",
            groups=(1,),
        ),
        Rule(
            "username.domain",
            re.compile(r"(?<![\w\\:/])[A-Z][A-Z0-9]{2,14}\\([A-Za-z][\w.\-]{2,30})(?![\w\\])"),
            0.8,
            "Inlognaam achter een domein.",
            groups=(1,),
        ),
        Rule(
            "username.profile_link",
            re.compile(
                r"(?i)(?:linkedin\.com/in|facebook\.com|instagram\.com|twitter\.com|x\.com|tiktok\.com/@|"
                r"github\.com)/@?"
                r"([\w.\-]{3,60})"
            ),
            0.8,
            "Profiel van een persoon op een sociaal medium.",
            groups=(1,),
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Refuse @allen and the like, and numbers."""
        return None if text[start:end].lower() in _EVERYONE else rule.score
