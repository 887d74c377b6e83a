"""User names: @handles, account names after a cue, in logs and paths, and DOMAIN\\user."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from redaction.detect.lexicon import is_common, is_forename, is_surname
from redaction.detect.recogniser import Rule, RuleRecogniser
from redaction.detect.recognisers.accounts import is_made_of_a_name
from redaction.detect.span import Finding

_EVERYONE = frozenset(
    {"all", "allen", "alle", "iedereen", "everyone", "here", "channel", "team", "media", "import", "param", "return",
     "public", "default", "shared", "gedeeld", "system", "systeem", "root", "admin", "administrator", "guest", "gast",
     "anonymous", "service", "localhost", "none", "null", "onbekend", "unknown", "nobody", "user", "users",
     "gebruiker", "naam", "name", "account", "wachtwoord", "password", "export", "share", "home", "explore", "search",
     "pages", "groups", "events", "hashtag", "status", "intent", "watch"}
)  # fmt: skip
_INSTITUTION = re.compile(
    r"(?i)^(?:gemeente|ministerie|(?-i:min[A-Z]{2})|provincie|politie|rijks|kabinet|waterschap|veiligheidsregio|brandweer|"
    r"ggd|ombudsman|nationale|stichting|tweedekamer|eerstekamer|rechtbank|rechtspraak|raadvanstate|belastingdienst|uwv|"
    r"rivm|nvwa|prorail|omroep|rtv|redactie|nieuws|klantenservice|webcare|servicepunt|hogeschool|universiteit)|"
    r"^(?-i:[A-Z0-9]{2,8})$|(?:_|\b)(?:nl|nieuws|webcare|pers|online)$"
)
"""Whose handle is an office, a newspaper or a party."""
_SITES = (
    r"(?:skype|wechat|telegram|signal|instagram|insta|twitter|snap(?:chat)?|tiktok|facebook|discord|encrochat|marktplaats|"
    r"linkedin|bluesky|mastodon|threads|reddit|twitch|youtube|vinted)"
)
_TOLD = r"[A-Za-z][\w.\-]{2,38}\w"
_ACCOUNT = r"[A-Za-z][A-Za-z0-9._\-]{1,38}[A-Za-z0-9]"
_TELLING = re.compile(r"\d|[._\-]")
_SHAPED = re.compile(r"_|[a-z]\d{1,4}$")
_SPEAKS = re.compile(
    r"(?m)^[ \t>]{0,4}(?:\[?(?:\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?,?[ ])?"
    r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?\]?[ \t]{1,3})?<?([a-z][\w\-]{0,20}[._][\w.\-]{1,20}\w|"
    r"[a-z]{3,20}\d{1,4})>?:[ \t](?=\S)"
)
"""An account that opens a line of a chat: "sanne.wmo: ben je er nog"."""
_NUMBERED = re.compile(r"[a-z]_\d{2,4}$")
"""How somebody makes a word an own account; few settings and no annexes end so."""
_SENTENCE = re.compile(r"[^\W\d_]+[,?!]?[ ][^\W\d_]+")
_FEWEST_LINES = 2
_MOST_REPEATED = 60
_SHORTEST_REPEATED = 4
_SURE = 0.65
_NOT_A_HOST = re.compile(
    r"(?i)\.(?:nl|com|org|net|eu|be|de|info|example|docx?|pdf|xlsx?|csv|txt|msg|eml|jpe?g|png|zip|exe|backup|bak|log|cfg|conf)$"
)
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
                rf"(?i)(?<!\w)(?:gebruikers?naam|gebruikers?-?id|inlognaam|inlog|loginnaam|login|username|user\s?name|"
                rf"user\s?id|uid|account(?:naam)?|useraccount|netwerknaam|netwerkaccount|beheeraccount|windowsaccount|"
                rf"digid(?:-account)?|(?:in|uit|aan)?\s?(?:te\s)?(?:ge)?log(?:d|de|t|gen)?(?:\s(?:in|uit|aan))?\sals|aangemeld\sals|"
                rf"{_SITES}(?:naam)?|nick(?:name)?|handle|alias|schuilnaam|(?:onder|gebruikte?|met)\sde\s(?:nick)?naam|"
                rf"(?:scherm|beeld|online|teams|ook|bekend)\s(?:bekend\s)?als|bereikbaar\svia|"
                rf"gebruiker|user|profiel(?:naam)?)\b"
                rf"(?:[ ](?:is|als|heet|in|bij|van|op)(?:[ ]\w{{2,14}}\b)?)?"
                rf"(?:[ ]?[:=,(\-]?[ ]?|\n[ ]{{0,4}})[\"'‘“]?@?({_TOLD})(?![\w@])"
            ),
            0.75,
            "Staat achter een woord als 'gebruikersnaam' of 'account'.",
            groups=(1,),
        ),
        Rule(
            "username.plain",
            re.compile(
                r"(?i)(?<!\w)(?:inlognaam|loginnaam|gebruikersnaam|username|netwerknaam|accountnaam|inlog[ ]\w{3,14}|"
                r"(?:in|uit|aan)?(?:te[ ])?(?:ge)?log(?:d|de|t|gen)?(?:[ ](?:in|uit|aan))?[ ]als|"
                r"aangemeld[ ]als)(?:[ ](?:is|was))?[ ]?:?[ ]"
                r"[\"'‘“]?((?-i:[a-z]{4,20}))(?![\w@.\-])"
            ),
            0.65,
            "Staat achter een woord als 'inlognaam' of 'ingelogd als'.",
            groups=(1,),
            needs=("log", "naam"),
        ),
        Rule(
            "username.staff",
            re.compile(
                rf"(?i)(?<!\w)(?:muteur|behandelaar|(?:balie)?medew(?:erker)?|centralist|operator|code|export|agenda|"
                rf"mailbox|postvak|gemuteerd|held|gebr|(?:gegenereerd|opgemaakt|ge[ëe]xporteerd|geprint|heropend|ingevoerd|"
                rf"verwerkt|geregistreerd|afgehandeld|opgevraagd|geraadpleegd|bevraagd)"
                rf"(?:[ ](?:op|om|\d[\d:.\-]{{3,9}})){{0,3}})"
                rf"(?:[ ](?:door|by|van|als|[A-Z][\w.]{{1,15}}[ ]?,?)\b){{0,3}}[ ]{{0,4}}[:,]?[ ]{{1,4}}({_TOLD})"
                rf"(?![\w@])"
            ),
            0.7,
            "Account van een medewerker achter een woord als 'muteur' of 'behandelaar'.",
            groups=(1,),
        ),
        Rule(
            "username.on_site",
            re.compile(rf"(?i)(?<![\w.@/\-])({_TOLD})[\"'’”]?[ ](?:op|via|\(op)[ ](?:{_SITES}|X)(?!\w)"),
            0.75,
            "Naam waaronder iemand op een sociaal medium staat.",
            groups=(1,),
        ),
        Rule(
            "username.shaped",
            re.compile(
                r"(?<![\w.@/\\\-#=])(?:(?=[\w.\-]{1,30}(?:_|[a-z]\d{1,4}(?![\w\-])))[a-z][\w.]{3,28}\w(?!-)|"
                r"[a-z]{1,2}\.[a-z]{4,20}(?:-[a-z]{3,20}|\.[a-z]{2,6})?)(?![\w@/\\]|\.\w)"
            ),
            0.6,
            "Heeft de vorm van een account dat van een naam is gemaakt.",
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
                rf"aangemaakt\sdoor|geopend\sdoor|verwijderd\sdoor|aangemaakt_door|afzender=|gewijzigd_door|geblokkeerd\sdoor|ge[ëe]xporteerd\sdoor|"
                rf"modified\sby|created\sby|"
                rf"accessed\sby|assigned\sto|closed\sby|logged\sin\sas|vpn:|auth:|door\sgebruiker|by\suser|"
                rf"for\suser)[\"'’”]?:?\s{{1,2}}[\"'‘“]?"
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
            re.compile(r"(?<![\w\\:/])[A-Za-z][A-Za-z0-9\-]{2,14}\\[A-Za-z][\w.\-]{1,29}\w(?![\w\\])"),
            0.8,
            "Inlognaam met zijn domein.",
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
                r"(?m)(?:(?i:\b(?:reactie|bericht|post|review|tweet|comment|geplaatst|geschreven)\s(?:van|door|by|(?:nr\.?\s)?\d{1,4}\s?[—–:\-])\s"
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

    def find(self, text: str) -> Iterator[Finding]:
        """Yield what the rules find, who speaks in a chat under an account, and the same accounts elsewhere."""
        found = list(super().find(text))
        found += self._speakers(text)
        yield from found
        yield from self._again(text, found)

    def _speakers(self, text: str) -> Iterator[Finding]:
        """Yield accounts that open at least two lines, unless they are made of ordinary words as settings are."""
        opened = [
            match for match in _SPEAKS.finditer(text) if _NUMBERED.search(match[1]) or not _is_a_setting(match[1])
        ]
        times = Counter(match[1] for match in opened)
        talks = {match[1] for match in opened if _SENTENCE.match(text, match.end())}
        for match in opened:
            if match[1] in talks and (times[match[1]] >= _FEWEST_LINES or is_made_of_a_name(match[1])):
                yield Finding(self.KIND, *match.span(1), 0.75, "username.speaker", "Account dat in een chat spreekt.")

    def _again(self, text: str, found: list[Finding]) -> Iterator[Finding]:
        """Yield where an account that was found stands again, also inside the name of a device."""
        known = {text[one.start : one.end].rpartition("\\")[2] for one in found if one.score >= _SURE}
        telling = sorted(name for name in known if len(name) > _SHORTEST_REPEATED and _can_repeat(name))[
            :_MOST_REPEATED
        ]
        if telling:
            names = "|".join(map(re.escape, telling))
            ends = {one.end for one in found}
            for match in re.finditer(rf"(?<![^\W_])(?<![@.])(?:{names})(?![^\W_]|@|\.\w)", text):
                if match.end() in ends:
                    continue
                why = "Deze gebruikersnaam staat ook elders in dit document."
                yield Finding(self.KIND, match.start(), match.end(), 0.7, "username.again", why)

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Refuse @allen and offices, ordinary words without a sign or digit, and typed names outside a log."""
        value = text[start:end]
        if value.lower() in _EVERYONE or value.isdigit() or value.lower() in ("e-mail", "e-mailadres"):
            return None
        match rule.name.partition(".")[2]:
            case "handle":
                return None if _INSTITUTION.search(value) else rule.score
            case "after_cue" | "on_site":
                return rule.score if _is_telling(value) and not _NOT_A_HOST.search(value) else None
            case "plain":
                ends = re.match(r"[\"'’”]?\s?(?:[;,.)(\n]|$)", text[end : end + 4])
                return rule.score if not is_common(value) and (ends or is_made_of_a_name(value)) else None
            case "staff":
                shaped = value[0].islower() and _SHAPED.search(value) and not _is_a_setting(value)
                return rule.score if shaped and not _NOT_A_HOST.search(value) else None
            case "shaped":
                return rule.score if is_made_of_a_name(value) and not _NOT_A_HOST.search(value) else None
            case "labelled" | "logged" if not _TELLING.search(value):
                return None if is_common(value) or not value.islower() else rule.score
            case "typed":
                line = text[text.rfind("\n", 0, start) + 1 : start]
                return rule.score if re.search(r"[a-z]", value) and _LOG_LINE.match(line) else None
        return rule.score


def _is_telling(value: str) -> bool:
    """Tell whether a sign or a digit marks an account; a hyphen alone also joins ordinary words ("back-up")."""
    if not re.search(r"[a-z]", value) or (_is_a_setting(value) and not re.search(r"[\d.]", value)):
        return False
    return bool(re.search(r"[\d._]", value)) or bool(re.search(r"[a-z]{5}", value) and is_made_of_a_name(value))


def _is_a_setting(value: str) -> bool:
    """Tell whether every part is an ordinary word, as in the key of a setting or a column: "datum_ontvangst"."""
    parts = [part for part in re.split(r"[^A-Za-z]+", value) if len(part) > 1]
    return bool(parts) and all(is_common(part) for part in parts)


def _can_repeat(name: str) -> bool:
    """Tell whether the account is no word that may mean something else elsewhere."""
    return bool(_SHAPED.search(name)) or not (is_common(name) or is_forename(name) or is_surname(name))
