"""Names as lists and rosters write them, surname first: "Lindner, Uwe", "VAN DRONGELEN, Marc", "Bos W."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import fold, is_common, is_forename, is_surname, places
from redaction.detect.names.shape import HYPHENATED, INITIALS, TUSSEN, UPPER
from redaction.detect.names.veto import is_acronym, is_never_a_name, is_not_a_person
from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding

_SMALL = rf"(?:{TUSSEN}|(?:VAN|DE|DER|DEN|TEN|TER|EL|AL|'T|VON|DI|DA|LA)[ ])"
_CAPITALS = rf"[{UPPER}][{UPPER}'’]{{1,24}}(?:[-–][{UPPER}][{UPPER}'’]{{1,24}}){{0,2}}"
_EDGE_BEFORE = r"(?:^|(?<=[\t|;:\"'“‘(\[/])|(?<=[;:|] )|(?<=\s\s)|(?<=\d\.\s)|(?<=^[-*•] ))"
_EDGE_AFTER = r"(?=[ ]?(?:[\t|;\"'”’()\[\]/]|\s\s|$|\n|,\s(?:[a-z\d]|(?:ALIAS|GEB|WONENDE)\b)))"
_MOVED = r"(?:van der|van den|van de|van|v\.d\.|v/d|vd|v\.|de|den|der|ter|ten|el|in 't|op den|op de)"
"""A tussenvoegsel behind the name it belongs to: "Dijk, van, Jan", "Dijk, Jan van"."""
_SURNAME_FIRST = re.compile(
    rf"(?m){_EDGE_BEFORE}(?P<last>(?:{_SMALL}){{0,2}}(?:{HYPHENATED}|{_CAPITALS})(?:[ ]?[-–][ ]?(?:{_SMALL}){{0,2}}"
    rf"(?:{HYPHENATED}|{_CAPITALS}))?)(?:,[ ]?{_MOVED})?"
    rf",[ ]?(?P<first>{HYPHENATED}(?:[ ]{HYPHENATED}){{0,2}}|{_CAPITALS}(?:[ ]{_CAPITALS}){{0,2}})"
    rf"(?:[ ]{_MOVED}(?!\w))?{_EDGE_AFTER}"
)
_SURNAME_INITIAL = re.compile(
    rf"(?m){_EDGE_BEFORE}(?P<last>(?:[vV]\.?[ ]|[vV]\.?d\.?[ ]|{TUSSEN}){{0,2}}[{UPPER}][a-zà-ž]{{1,20}})"
    rf"[ ](?P<first>[{UPPER}]\.?){_EDGE_AFTER}"
)
_SURNAME_MOVED = re.compile(
    rf"(?m){_EDGE_BEFORE}(?P<last>{HYPHENATED}|{_CAPITALS}),[ ]?(?:{_MOVED},?|(?:mej|mw|mevr|dhr|wed|fam)\.?)[ ]?"
    rf"(?P<first>{INITIALS})(?:[ ]?\([^()\n]{{2,20}}\))?"
)
_CAPITALS_FIRST = re.compile(
    rf"(?m){_EDGE_BEFORE}(?P<last>{_CAPITALS})[ ](?P<first>{HYPHENATED}(?:[ ]{HYPHENATED})?){_EDGE_AFTER}"
)
_WHY = "Achternaam met de voornaam of voorletter erachter, zoals in een lijst of rooster."


class NameDirectoryRecogniser(Recogniser):
    """Finds surnames before first names in cells and list items: a comma or an initial alone would say too little."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the names that fill a cell or an item with the surname first."""
        for match in _SURNAME_FIRST.finditer(text) if "," in text else ():
            named = _may_be_surname(match["last"]) and _is_first_name(match["first"])
            if named and not is_not_a_person(text, *match.span()):
                yield Finding(self.KIND, *match.span(), 0.8, "directory.last_first", _WHY)
        for match in _SURNAME_MOVED.finditer(text) if "," in text else ():
            if not is_never_a_name(match["last"]):
                yield Finding(self.KIND, *match.span(), 0.8, "directory.moved", _WHY)
        for match in _CAPITALS_FIRST.finditer(text):
            if is_surname(match["last"]) and not is_common(match["last"]) and _is_first_name(match["first"]):
                yield Finding(self.KIND, *match.span(), 0.7, "directory.capitals", _WHY)
        for match in _SURNAME_INITIAL.finditer(text):
            last = match["last"].split()[-1]
            if is_surname(last) and not (is_forename(last) or is_never_a_name(last)):
                yield Finding(self.KIND, *match.span(), 0.6, "directory.last_initial", _WHY)


def _may_be_surname(last: str) -> bool:
    """Tell whether the part before the comma can be a surname: no place and no ordinary word that nobody is called."""
    words = last.replace("-", " ").split()
    core = words[-1]
    if any(is_never_a_name(word) for word in words) or (is_acronym(core) and not is_surname(core) and len(core) < 4):
        return False
    return is_surname(core) or not (is_common(core) or is_forename(core) or fold(last) in places())


def _is_first_name(first: str) -> bool:
    word = first.split(maxsplit=1)[0]
    return is_forename(word) and fold(first) not in places()
