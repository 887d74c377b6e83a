"""Reading a list of people from one value, as in "Aan: Jansen, P. (Piet) - DGM; Fatima el Idrissi <f@x.nl>"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import fold, is_common, is_forename, is_function_word, is_surname, places, word_list
from redaction.detect.names.shape import DEGREES, INITIALS, TITLES, UPPER
from redaction.detect.names.veto import is_acronym, is_never_a_name, is_not_a_person

_BLANKED = re.compile(
    r"<[^<>\n]{0,200}>|\[mailto:[^\]\n]{0,200}\]|\([^()\n]{0,60}@[^()\n]{0,60}\)|\S{1,80}@\S{1,80}|"
    r"\(?\+?\d[\d \-/().]{5,}|https?://\S{1,200}"
)
_LEADING = re.compile(
    rf"^(?:[\s\"'‘’“”_*•\-–>,;:.()]|\d{{1,2}}[.)]\s|(?:{TITLES})|namens\s|door\s|mede\snamens\s|aan\s|"
    rf"van\s(?=[{UPPER}]\.))+"
)
_FUNCTION_TAIL = re.compile(r"\s+[-–|/]\s+\S.*$|\s{2,}.*$|\t.*$")
_BRACKETS = re.compile(r"\s?[(\[]([^()\[\]\n]{0,60})[)\]]?")
_INITIALS_PART = re.compile(
    rf"^\s?(?:(?i:drs|mr|ir|ing|dr|prof)\.?\s){{0,2}}{INITIALS}(?:\s?(?:van|de|den|der|ter|ten|v\.d\.|v/d|vd|van\sder|van\sden|van\sde|'t)\b)*"
)
_GROUP = re.compile(rf"\b[{UPPER}][\w&/ \-]{{1,40}}\(([^()\n]{{2,300}})\)")
_BETWEEN_COMMAS = re.compile(r"(?:[^,(]|\([^()\n]{0,80}\)|\()+")
"""A comma in brackets does not separate: "Anneke Koning (voorzitter, AK), Jetske Ypma"."""
_ORGANISATIONAL = re.compile(
    r"(?i)(?:secretariaat|directie|postbus|dienst\b|\bteam|afdeling|ministerie|gemeente|college|overleg|allen\b|"
    r"\b[MDP]T\b|commissie|"
    r"woordvoering|communicatie|provincie|waterschap|n\.?v\.?t|cluster|bureau|afd\.|functioneel|mailbox|\bDL\b|"
    r"inkoop|postkamer|"
    r"leden|deelnemers|werkgroep|stuurgroep|kabinet|raad\b|bestuur|redactie|onbekend|vacature|medewerkers?$|"
    r"collega['’]?s|bewoners|iedereen)"
)


def people_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the people named in `text[start:end]` (one line), surnames first or last."""
    value = _BLANKED.sub(lambda match: " " * len(match[0]), text[start:end])
    for group in _GROUP.finditer(value):
        inner = group[1]
        if _is_not_a_person_name(value[group.start() : group.start(1) - 1].strip()) and (
            "," in inner or _looks_like_person(inner)
        ):
            for first, last in _split(inner):
                yield from _judged(text, start + group.start(1) + first, inner[first:last])
            value = value[: group.start()] + " " * len(group[0]) + value[group.end() :]
    for first, last in _split(value):
        yield from _judged(text, start + first, value[first:last])


def is_sentence_word(word: str) -> bool:
    """Tell whether a word in capitals is one that sentences are made of ("HEEFT"), and no tussenvoegsel."""
    word = word.strip(".,:;!?")
    return is_function_word(word) and not is_forename(word) and fold(word) not in word_list("particles.txt")


def _is_not_a_person_name(value: str) -> bool:
    last = value.rsplit(maxsplit=1)[-1] if value.split() else ""
    return bool(last) and (is_acronym(last) or not (is_forename(last) or is_surname(last) or "." in value))


def _looks_like_person(value: str) -> bool:
    words = value.split()
    return bool(words) and (bool(re.match(INITIALS, value)) or (len(words) > 1 and is_forename(words[0])))


def _split(value: str) -> Iterator[tuple[int, int]]:
    """Yield ranges between separators; a comma between surname and first name or initials does not separate."""
    position = 0
    for part in re.split(r"(;|\s/\s|\s(?:en|EN|and|und)\s|\s&\s(?!\S\.)|\||\t)", value):
        if part and not re.fullmatch(r";|\s/\s|\s(?:en|EN|and|und)\s|\s&\s|\||\t", part):
            yield from _split_commas(part, position)
        position += len(part)


def _split_commas(part: str, offset: int) -> Iterator[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    for match in _BETWEEN_COMMAS.finditer(part):
        if pieces and _belongs_to(part[pieces[-1][0] : pieces[-1][1]], match[0]):
            pieces[-1] = (pieces[-1][0], match.end())
        else:
            pieces.append(match.span())
    for first, last in pieces:
        yield offset + first, offset + last


def _belongs_to(surname: str, rest: str) -> bool:
    """Tell whether `rest` is the first name or the initials of the surname before the comma."""
    if "," in surname:
        return False
    if _INITIALS_PART.match(rest):
        return not re.search(rf"{INITIALS}\s?\S", surname)
    words = [word for word in re.sub(r"\([^)]*\)", " ", rest).split() if word[0].isupper()]
    before = surname.strip(" \"'").split()
    if not words or not before or len(words) > 3 or "(" in surname:
        return False
    if len(before) > 1 and is_forename(before[0]) and not is_surname(before[0]) and before[0][0].isupper():
        return fold(before[0]) in word_list("particles.txt")
    return is_forename(words[0]) and not (len(before) == 1 and is_forename(before[0]) and not is_surname(before[0]))


def _judged(text: str, start: int, candidate: str) -> Iterator[tuple[int, int]]:
    """Trim a candidate to the name and yield it when it can be a person."""
    lead = _LEADING.match(candidate)
    if lead:
        start += lead.end()
        candidate = candidate[lead.end() :]
    candidate = _FUNCTION_TAIL.sub("", candidate)
    bracket = _BRACKETS.search(candidate)
    if bracket:
        nickname = re.fullmatch(rf"[{UPPER}][\w'’\-]{{1,19}}(?:\s[\w'’]{{1,12}})?", bracket[1].strip())
        keep = nickname and not is_acronym(bracket[1]) and not _ORGANISATIONAL.search(bracket[1])
        rest = candidate[bracket.end() :].strip()
        if not keep:
            candidate = candidate[: bracket.start()]
        elif not rest or not rest[0].isupper():
            candidate = candidate[: bracket.end()]
    candidate = re.sub(rf"{DEGREES}+\s*$", "", candidate).rstrip(" \t\"'‘’“”_,;:<>-–*([")
    if candidate and _can_be_person(text, start, candidate):
        yield start, start + len(candidate)


def _can_be_person(text: str, start: int, name: str) -> bool:
    words = [word for word in re.split(r"[\s,]+", re.sub(r"[()]", " ", name)) if word]
    if name.isupper() and len(words) > 2 and any(is_sentence_word(word) for word in words):
        return False  # a sentence in capitals
    bare = [word for word in words if len(word.rstrip(".")) > 1 and "." not in word[:-1]]
    if len(name) > 60 or len(words) > 7 or re.search(r"\d|[{}=@#\\%€]", name) or _ORGANISATIONAL.search(name):
        return False
    if not bare:
        return bool(re.fullmatch(rf"{INITIALS}", name))
    if is_not_a_person(text, start, start + len(name)) or is_never_a_name(words[0]):
        return False
    capitals = [word for word in bare if word[0].isupper() or word[0] in "'’"]
    if not capitals:
        return len(words) <= 3 and is_forename(words[0]) and not is_common(words[0])
    if len(words) == 1:
        word = words[0]
        if is_forename(word) or is_surname(word):
            return not (is_acronym(word) and len(word) < 4)
        return not is_acronym(word) and not is_common(word) and fold(word) not in places()
    if any(is_never_a_name(word) for word in capitals[:-1]) or (
        is_never_a_name(capitals[-1]) and not is_forename(words[0])
    ):
        return False
    lower = [word for word in bare if not word[0].isupper() and fold(word) not in word_list("particles.txt")]
    return not lower and not all(
        is_common(word) and not is_surname(word) and not is_forename(word) for word in capitals
    )
