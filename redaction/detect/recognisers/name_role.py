"""Names after a word for a person in running text: "teamchef Ronald Brand", "getuige Öztürk", "heet Desirée"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import fold, is_common, is_forename, is_surname, municipalities, places
from redaction.detect.names.employer import without_employer
from redaction.detect.names.roles import PEOPLE, is_person_word
from redaction.detect.names.shape import DEGREES, FULL, INITIALS, SURNAME, UPPER
from redaction.detect.names.veto import is_acronym, is_never_a_name, is_not_a_person, is_street_like
from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding

_ROLE = re.compile(
    rf"(?<!\w)(?P<cue>[A-Za-zé]{{2,30}})(?!['’]s)(?:\s(?:van|bij|uit)\s(?:(?:de|het)\s)?[\w\-]{{2,20}})?"
    rf"[ \t]?[,:(]?[ \t]?['‘\"“]?"
    rf"(?P<name>(?:{INITIALS}\s?{SURNAME}|{FULL}|{SURNAME}))(?P<more>(?:(?:,|\sen|\s?/)\s{FULL}){{0,6}})"
)
_AFTER = re.compile(
    rf"(?<!\w)(?P<name>{FULL}|{SURNAME})\s?(?:{DEGREES})?,?\s?\((?:(?a:\d{{1,2}})(?!\d)(?:\s?jaar)?|"
    rf"(?P<cue>[A-Za-zé]{{2,30}}))[^()\n]{{0,30}}\)"
)
_AGE = re.compile(rf"(?<!\w)(?P<name>{FULL}|{SURNAME}),\s(?a:\d{{1,2}})\sjaar")
# Cheap looks before dear patterns: most texts have none of these.
_AFTER_HINT = re.compile(rf"\((?:\d{{1,2}}|{PEOPLE})", re.IGNORECASE)
_AGE_HINT = re.compile(r",\s\d{1,2}\sjaar")
_NICK_HINT = re.compile(rf"['‘\"“][{UPPER}]\w+['’\"”]\)?\s[{UPPER}]")
_NICK_AFTER_HINT = re.compile(rf"\((?:=|['‘\"“])[ ]?[{UPPER}]")
_NICK = re.compile(rf"(?<!\w)\(?['‘\"“](?P<nick>[{UPPER}][\w\-]{{2,15}})['’\"”]\)?\s(?P<name>{FULL})")
_NICK_INSIDE = re.compile(
    rf"(?<!\w)(?P<first>[{UPPER}][\w\-]{{1,20}})\s['‘\"“](?:[a-z]{{2,3}}\s)?[\w\-]{{2,20}}['’\"”]\s(?P<last>{SURNAME})"
)
_NICK_AFTER = re.compile(
    rf"(?<!\w)(?P<name>[{UPPER}][^\W\d_]{{1,24}})(?:[, ]{{1,2}}(?a:[\d\-./]{{4,10}}))?[ ]"
    rf"\((?:=[ ]?(?P<same>[{UPPER}][\w\-]{{2,15}})|"
    rf"['‘\"“](?P<nick>[{UPPER}][\w\-]{{2,15}}(?:[ ]de[ ][{UPPER}]\w{{2,15}})?)['’\"”])\)"
)
_SPOKEN = re.compile(
    rf"(?<!\w)(?i:een\szekere|zekere|ene|aldus|volgens|namens|gesproken\smet|gesprek\smet|gebeld\smet|contact\smet|"
    rf"overleg\smet|afgestemd\smet|"
    rf"sprak\smet|spreken\smet|bellen\smet|mailen\smet|groeten\saan|doorgestuurd\saan|cc\saan|dank\saan|vraag\saan|"
    rf"mail\saan|mail\svan|mailtje\svan|"
    rf"telefoontje\svan|verzoek\svan|op\snaam\svan|nummer\svan|adres\svan|dossier\svan|aangifte\svan|verklaring\svan|"
    rf"ziek\sis|vervangt|zie\smail)\s"
    rf"(?P<name>{INITIALS}\s?{SURNAME}|{FULL}|{SURNAME})"
)
_STRONG = re.compile(
    r"(?i)^(?:heet|heette|genaamd|genaamde|geheten|alias|zoon|dochter|moeder|vader|broer|zus|collega|getuige|oma|opa|"
    r"erven|familie|gezin|ene|een\szekere|zekere)"
)


class NameRoleRecogniser(Recogniser):
    """Finds names that a word for a person, an age or a nickname announces."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the announced names."""
        why = "Naam na een woord voor een persoon, zoals 'collega', 'getuige' of 'zoon'."
        for match in _ROLE.finditer(text):
            if not is_person_word(match["cue"]):
                continue
            yield from self._judged(text, match.start(), *match.span("name"), "role.before", why)
            if match["more"]:
                for extra in re.finditer(FULL, match["more"]):
                    offset = match.start("more")
                    yield from self._judged(
                        text, match.start(), offset + extra.start(), offset + extra.end(), "role.list", why
                    )
        for hint, pattern in ((_AFTER_HINT, _AFTER), (_AGE_HINT, _AGE)):
            for match in pattern.finditer(text) if hint.search(text) else ():
                if "cue" in pattern.groupindex and match["cue"] and not is_person_word(match["cue"]):
                    continue
                yield from self._judged(
                    text, match.start(), *match.span("name"), "role.after", "Naam met een leeftijd of rol erachter."
                )
        for match in _NICK.finditer(text) if _NICK_HINT.search(text) else ():
            if is_forename(match["name"].split()[0]) or is_surname(match["name"].split()[-1]):
                start = match.start() if text[match.start()] != "(" else match.start() + 1
                yield Finding(self.KIND, start, match.end("name"), 0.75, "role.nickname", "Naam met een bijnaam.")
        for match in _NICK_INSIDE.finditer(text) if re.search(r"['‘\"“]", text) else ():
            if is_forename(match["first"]) and not is_never_a_name(match["last"].split()[-1]):
                yield Finding(self.KIND, *match.span(), 0.8, "role.nickname", "Naam met een bijnaam.")
        for match in _NICK_AFTER.finditer(text) if _NICK_AFTER_HINT.search(text) else ():
            group = match.lastgroup or "nick"
            first = match[group].split()[0]
            person = is_forename(match["name"]) or is_surname(match["name"])
            if person and not is_never_a_name(first) and (is_forename(first) or not is_common(first)):
                yield Finding(self.KIND, *match.span(group), 0.7, "role.nickname", "Bijnaam achter een naam.")
        for match in _SPOKEN.finditer(text):
            yield from self._judged(
                text,
                match.start(),
                *match.span("name"),
                "role.spoken",
                "Naam na woorden als 'volgens' of 'gesproken met'.",
            )

    def _judged(self, text: str, cue: int, start: int, end: int, rule: str, why: str) -> Iterator[Finding]:
        """Accept a known name after any cue, an unknown one only after a strong cue."""
        end = without_employer(text, start, end)
        words = [word for word in re.split(r"\s+", text[start:end]) if word]
        capitals = [word for word in words if word[0].isupper() and len(word.rstrip(".")) > 1]
        if not capitals or is_not_a_person(text, start, end) or any(is_never_a_name(word) for word in capitals):
            return
        if all(is_acronym(word) or is_street_like(word) for word in capitals):
            return
        if " " in text[start:end] and fold(text[start:end]) in municipalities():  # "medewerker Den Bosch"
            return
        known = is_forename(capitals[0]) or is_surname(capitals[-1])
        ordinary = all(is_common(word) or fold(word) in places() for word in capitals)
        strong = bool(_STRONG.match(text[cue:start]))
        if known and (not ordinary or strong or rule == "role.before"):
            yield Finding(self.KIND, start, end, 0.82, rule, why)
        elif not ordinary and (strong or len(words) > 1 or rule in ("role.after", "role.before")):
            yield Finding(self.KIND, start, end, 0.62 if strong else 0.55, rule, why)
