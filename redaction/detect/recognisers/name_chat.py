"""Senders in chats and speakers in minutes: "[12-05-2026 09:14] Fatima: …", "22:31 - Thijs (woordv.): …"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from redaction.detect.lexicon import fold, is_common, is_forename, is_surname, places
from redaction.detect.looks import at_line_starts
from redaction.detect.names.people import people_in
from redaction.detect.names.roles import is_person_word
from redaction.detect.names.shape import FULL, INITIALS, LAST_FIRST, SURNAME, TITLES, UPPER
from redaction.detect.names.veto import is_acronym, is_never_a_name
from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding

_DATE = r"(?a:\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?)"
_TIME = r"(?a:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)(?:\s?[AaPp]\.?[Mm]\.?)?"
_WEEKDAY = r"(?:(?i:ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?\s)"
_DIRECTION = r"(?:(?:IN|UIT|OUT|ONTVANGEN|VERZONDEN|RECEIVED|SENT|In|Uit)\s{1,4})"
_STAMP = rf"(?:{_DIRECTION}?\[?\s?{_WEEKDAY}?(?:{_DATE}[,\sT]{{1,3}}(?:om\s)?)?{_TIME}\s?\]?|\[{_DATE}\])"
_SENDER = re.compile(
    rf"(?m)^[\s>\u200e\u200f]{{0,6}}{_STAMP}\s?(?:[-–]\s)?"
    rf"(?P<name>[^\n:\d\[\]<>@#]{{1,50}}?(?:[ ]\d{{1,4}})?)\s?:(?=\s|$)"
)
_SENDER_FIRST = re.compile(
    rf"(?m)^[ \t>]{{0,4}}(?P<name>{FULL}|{INITIALS}\s?{SURNAME}|"
    rf"[a-zà-ž]{{2,15}}(?:\s[a-zà-ž]{{2,15}})?)[ \t,]{{1,3}}[\[(]?(?:{_DATE}[,\s]{{1,2}})?{_TIME}[\])]?\s?:?(?:\s|$)"
)
_DIRECTORY_SENDER = re.compile(
    rf"(?m)^[ \t>]{{0,4}}{LAST_FIRST.pattern}[ \t,]{{1,3}}[\[(]?(?:{_DATE}[,\s]{{1,2}})?{_TIME}[\])]?[ \t]*:?(?:\s|$)"
)
_NUMBER = re.compile(r"[ ]\d{1,4}(?!\d)")
"""How people tell one name from another in a group: "Fatima 12"."""
_SAYS = re.compile(
    rf"(?m)^[ \t>]{{0,4}}(?P<name>{FULL})\s(?:zegt|zei|schreef|says|said|typt|heeft\s(?:de\sgroep|iets|een))\b"
)
_EVENT = re.compile(
    rf"(?m)^[\s\u200e]{{0,4}}{_STAMP}\s?(?:[-–]\s)?(?P<name>{FULL}|{INITIALS}\s?{SURNAME})\s(?:heeft|is\stoegevoegd|"
    rf"zit\snu|nam\sdeel|added|left|created|changed)\b"
    rf"(?:[^\n]{{0,30}}?\s(?P<other>{FULL})\stoegevoegd)?"
)
_SPEAKER = re.compile(
    rf"(?m)^[ \t\-•*]{{0,4}}(?P<name>(?:{TITLES}){{0,3}}(?:{INITIALS}\s?{SURNAME}|{SURNAME}|"
    rf"{FULL}))\s?(?:\([^()\n]{{2,40}}\)\s?)?:\s(?=\S)"
)
_TURN = re.compile(r"(?m)^[ \t>\-•*]{0,4}(?P<name>[^\W\d_][\w.'’]{0,20}(?:[ ][\w.'’()]{1,20}){0,2})[ ]?:[ ](?=\S)")
_LEAST_TURNS = 2
_SYSTEM = re.compile(
    r"(?i)^(?:in|uit|van|aan|from|to|out|ontvangen|verzonden|bericht|systeem|system|bot|teamlead|admin|beheerder|"
    r"(?:ma|di|wo|do|vr|za|zo)(?:a?n?dag|ns?dag|nderdag|ijdag|terdag)?\.?|"
    r"onderwerp|betreft|re|fw|tel|ik|jij|onbekend|pauze|lunch|opening|sluiting|start|einde|rondvraag|inloop|"
    r"(?:info|warn(?:ing)?|error|debug|trace|fatal|notice|critical|audit)\b.{0,40}|deelnemer \w)$"
)


class NameChatRecogniser(Recogniser):
    """Finds senders after a time stamp, and speakers before a colon at the start of a line."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield senders and speakers."""
        for match in at_line_starts(_SENDER, text):
            yield from self._sender(text, *match.span("name"))
        for pattern in (_EVENT, _SENDER_FIRST, _SAYS):
            for match in at_line_starts(pattern, text):
                for group in ("name", "other"):
                    if group in pattern.groupindex and match[group] and not is_common(match[group].split()[0]):
                        yield from self._sender(text, *match.span(group))
        for match in at_line_starts(_DIRECTORY_SENDER, text):
            yield from self._sender(text, *match.span("name"))
        for match in at_line_starts(_SPEAKER, text):
            yield from self._speaker(text, match)
        yield from self._turns(text)

    def _sender(self, text: str, start: int, end: int) -> Iterator[Finding]:
        """Take a sender for a person unless it is a system word; unknown and lower-case names count here."""
        if _SYSTEM.match(text[start:end].strip()):
            return
        why = "Naam van de afzender van een chatbericht."
        found = list(people_in(text, start, end))
        for first, last in found:
            number = _NUMBER.match(text, last, end)
            yield Finding(self.KIND, first, number.end() if number else last, 0.92, "chat.sender", why)
        name = text[start:end].split("(", maxsplit=1)[0].strip(" ~\u200e\u202a\u202c")
        offset = start + text[start:end].find(name) if name else start
        if (
            not found
            and re.fullmatch(r"[^\W\d_][\w.'’/ \-]{1,30}", name)
            and not is_never_a_name(name)
            and not _says_what_happens(name)
            and (not is_acronym(name) or re.fullmatch(rf"[{UPPER}]{{2}}", name))
        ):
            yield Finding(self.KIND, offset, offset + len(name), 0.7, "chat.sender_unknown", why)

    def _turns(self, text: str) -> Iterator[Finding]:
        """Yield who speaks in turns without a time: a label of a form stands once, a speaker comes back."""
        turns = [(match["name"].strip(), *match.span("name")) for match in _TURN.finditer(text)]
        counts = Counter(name for name, _start, _end in turns)
        if sum(count >= _LEAST_TURNS for count in counts.values()) < _LEAST_TURNS:
            return
        why = "Naam van wie aan het woord is in een gesprek of chat."
        for name, start, end in turns:
            if counts[name] >= _LEAST_TURNS and _is_speaker(name):
                yield Finding(self.KIND, start, end, 0.65, "chat.turn", why)

    def _speaker(self, text: str, match: re.Match[str]) -> Iterator[Finding]:
        """Take the word before a colon for a speaker only when it is a known name and no ordinary word."""
        words = match["name"].split()
        core = words[-1]
        if any(is_never_a_name(word) for word in words) or is_acronym(core) or fold(core) in places():
            return
        known = is_surname(core) or is_forename(words[0])
        if known and not is_common(core) and text[match.start() : match.start("name")].strip() in ("", "-", "•", "*"):
            for start, end in people_in(text, match.start("name"), match.end("name")):
                yield Finding(
                    self.KIND, start, end, 0.75, "chat.speaker", "Naam van een spreker voor een dubbele punt."
                )


def _says_what_happens(label: str) -> bool:
    """Tell whether what stands behind a time is no sender but the head of an entry: "getuige op overweg", "media"."""
    words = re.findall(r"[^\W\d_]+", label)
    if any(is_acronym(word) or (is_forename(word) and word[0].isupper()) for word in words):
        return False
    if any(is_person_word(word) for word in words):
        return True
    return (len(words) > 1 or label[0].islower()) and all(is_common(word) for word in words)


def _is_speaker(name: str) -> bool:
    """Tell whether a label that comes back is somebody: a first name in any case, two initials, an unknown word."""
    words = name.split()
    if _SYSTEM.match(name) or any(is_never_a_name(word) or is_person_word(word) for word in words):
        return False
    if is_forename(words[0]):
        return len(words) > 1 or not is_common(words[0]) or name[0].isupper()
    if re.fullmatch(rf"[{UPPER}]{{2}}", name):
        return True
    return len(words) == 1 and len(name) > 2 and not (is_common(name) or is_acronym(name) or fold(name) in places())
