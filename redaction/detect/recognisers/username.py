"""User names: @handles, account names after a cue, in logs and paths, and DOMAIN\\user."""

from __future__ import annotations

import re

from redaction.detect.lexicon import is_common
from redaction.detect.recogniser import Rule, RuleRecogniser

_EVERYONE = frozenset(
    {"all", "allen", "alle", "iedereen", "everyone", "here", "channel", "team", "media", "import", "param", "return",
     "public", "default", "shared", "gedeeld", "system", "systeem", "root", "admin", "administrator", "guest", "gast",
     "anonymous", "service", "localhost", "none", "null", "onbekend", "unknown", "nobody", "user", "users",
     "gebruiker", "naam", "name", "account", "wachtwoord", "password", "export", "share", "home", "explore", "search",
     "pages", "groups", "events", "hashtag", "status", "intent", "watch"}
)  # fmt: skip
_ACCOUNT = r"[A-Za-z][A-Za-z0-9._\-]{1,38}[A-Za-z0-9]"
_TELLING = re.compile(r"\d|[._\-]")
_LOG_LINE = re.compile(
    r"(?m)^\W{0,4}(?:\d{4}-\d\d-\d\d|\d{1,2}[-/]\w{2,3}[-/]\d{4}|[A-Z][a-z]{2}\s{1,2}\d{1,2})[T\s:]\s?\d\d:\d\d"
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
            needs=("@",),
        ),
        Rule(
            "username.after_cue",
            re.compile(
                r"(?i)(?<!\w)(?:gebruikers?naam|gebruikers?-?id|inlognaam|inlog|loginnaam|login|username|user\s?name|"
                r"user\s?id|uid|account(?:naam)?|useraccount|netwerknaam|netwerkaccount|beheeraccount|windowsaccount|"
                r"digid(?:-account)?|ingelogd\sals|aangemeld\sals|inlogt\sals|"
                r"skype(?:naam)?|wechat|telegram|signal|instagram|insta|twitter|snapchat|tiktok|facebook|discord|"
                r"nickname|"
                r"handle|bluesky|mastodon|threads|alias|schuilnaam|"
                r"gebruiker|user|profiel(?:naam)?)\b\s?(?:is|:|=|-|\(|"
                r"\s)?\s?[\"'‘“]?@?((?=[\w.\-]{0,38}[\d_.\-])(?=[\w.\-]{0,38}[a-z])"
                r"[a-z][\w.\-]{2,38}\w)(?![\w@])"
            ),
            0.75,
            "Staat achter een woord als 'gebruikersnaam' of 'account'.",
            groups=(1,),
        ),
        Rule(
            "username.labelled",
            re.compile(
                rf"(?i)(?<!\w)(?:gebruikersnaam|gebruikers-?id|inlognaam|inlogcode|loginnaam|login|username|user\s?id|"
                rf"accountnaam|account|user|uid|gebruiker|nickname|profielnaam|schermnaam|digid)\s?[:=]\s?[\"'‘“]?@?"
                rf"({_ACCOUNT})(?![\w@])"
            ),
            0.7,
            "Staat achter een woord als 'gebruikersnaam:' of 'user='.",
            groups=(1,),
            needs=(":", "="),
        ),
        Rule(
            "username.logged",
            re.compile(
                rf"(?i)(?<!\w)(?:(?:failed|successful|mislukte|geslaagde)\s(?:login|logon|password|"
                rf"inlogpoging)\s(?:for|voor|van|door)"
                rf"(?:\suser|\sgebruiker)?|session\sopened\sfor\suser|sudo:|su:|toegewezen\saan|gewijzigd\sdoor|"
                rf"aangemaakt\sdoor|geopend\sdoor|verwijderd\sdoor|geblokkeerd\sdoor|ge[ëe]xporteerd\sdoor|"
                rf"modified\sby|created\sby|"
                rf"accessed\sby|assigned\sto|closed\sby|logged\sin\sas|vpn:|auth:|door\sgebruiker|by\suser|"
                rf"for\suser):?\s{{1,2}}[\"'‘“]?"
                rf"({_ACCOUNT})(?![\w@]|\s?=)"
            ),
            0.7,
            "Gebruikersnaam in een logboek of bij wie iets wijzigde.",
            groups=(1,),
        ),
        Rule(
            "username.path",
            re.compile(
                r"(?i)(?:[a-z]:\\(?:users|gebruikers|documents\sand\ssettings|home)\\|/home/|/users/|"
                r"\\\\[\w.\-]{2,30}\\(?:users|home)\$?\\)"
                r"([A-Za-z][\w.\-]{1,38})(?=[\\/\s]|$)"
            ),
            0.8,
            "Gebruikersnaam in de naam van een map.",
            groups=(1,),
            needs=("users", "home", "gebruikers", "settings"),
        ),
        Rule(
            "username.domain",
            re.compile(r"(?<![\w\\:/])[A-Za-z][A-Za-z0-9\-]{2,14}\\([A-Za-z][\w.\-]{2,30})(?![\w\\])"),
            0.8,
            "Inlognaam achter een domein.",
            groups=(1,),
            needs=("\\",),
        ),
        Rule(
            "username.code",
            re.compile(
                r"(?<![\w.@/\\\-])(?:[a-z]{1,2}\d{5,7}|[a-z]{2,5}-(?:adm|admin|svc|ext|beh|usr)-[a-z0-9]{3,20}|"
                r"(?:adm|admin|beh|ext)[-_.][a-z]{3,20})(?![\w@\-]|\.\w)"
            ),
            0.65,
            "Heeft de vorm van een account van een medewerker.",
        ),
        Rule(
            "username.typed",
            re.compile(
                r"(?<![\w.@/\\\-#])(?=[a-z]{0,20}[_\d])[a-z]{3,20}[._]?[a-z]{0,20}[._]?\d{0,4}(?![\w@\-/\\]|\.\w|"
                r"[.,]\d|\s?(?:%|€))"
            ),
            0.6,
            "Gebruikersnaam in een regel van een logboek.",
        ),
        Rule(
            "username.posted",
            re.compile(
                r"(?m)(?:(?i:\b(?:reactie|bericht|post|review|tweet|comment|geplaatst|geschreven)\s(?:van|door|by)\s"
                r"(?:gebruiker\s|user\s)?))[\"'‘“]?@?((?=[\w.\-]{0,30}[\d_])[A-Za-z][\w.\-]{2,30}\w)(?![\w@])"
            ),
            0.75,
            "Naam waaronder iemand op een forum of sociaal medium schrijft.",
            groups=(1,),
        ),
        Rule(
            "username.profile_link",
            re.compile(
                r"(?i)(?:linkedin\.com/in|facebook\.com|instagram\.com|twitter\.com|(?<!\w)x\.com|tiktok\.com|"
                r"threads\.net|t\.me|youtube\.com|medium\.com|"
                r"github\.com)/@?"
                r"([\w.\-]{3,60})"
            ),
            0.8,
            "Profiel van een persoon op een sociaal medium.",
            groups=(1,),
            needs=(".com", ".net", "t.me"),
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Refuse @allen and the like, ordinary words without a sign or digit, and typed names outside a log."""
        value = text[start:end]
        if value.lower() in _EVERYONE or value.isdigit():
            return None
        if rule.name in ("username.labelled", "username.logged") and not _TELLING.search(value):
            return None if is_common(value) or not value.islower() else rule.score
        if rule.name == "username.typed":
            line = text[text.rfind("\n", 0, start) + 1 : start]
            return rule.score if re.search(r"[a-z]", value) and _LOG_LINE.match(line) else None
        return rule.score
