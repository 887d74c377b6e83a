"""Patterns for the parts of a name, on one line: the detector turns soft line ends into spaces first.

All repetition is bounded, for the texts are hostile input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

UPPER = "A-Z" + "".join(chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
"""Upper-case Latin letters, for use inside a character class; covers Polish, Turkish, Vietnamese and more."""

_LETTER = r"[^\W\d_]"
_MARK = "\u0300-\u036f"
_TAIL = rf"(?:{_LETTER}|[{_MARK}]|[’'`](?={_LETTER}))"

WORD = rf"(?:[{UPPER}]{_TAIL}{{1,29}}|['’][{UPPER}]{_TAIL}{{2,29}}|[a-z]['’][{UPPER}]{_TAIL}{{1,29}})"
"""One capitalised word: Jansen, O'Brien, d'Angelo, Nguyễn."""

HYPHENATED = rf"(?:{WORD}(?:[-–]{WORD}){{0,3}})"
"""A capitalised word, perhaps double: Lammers-Tuinstra."""

TUSSEN = (
    r"(?:(?:[Vv]an|[Vv]\.?[ ]?d\.?|[Vv]/d|[Vv])[ ](?:(?:de[rn]?|het|'t|’t|d)[ ])?|[Vv]/d[ ]|[Vv]d[ ]|"
    r"(?:[Dd]e[rn]?|[Tt]e[rn]?|[Tt]o[et]|'t|’t|'s|’s|[Hh]et|[Oo]p[ ](?:de[rn]?|'t|’t|het)|[Ii]n[ ](?:de[rn]?|'t|’t|"
    r"het)|"
    r"[Uu]it[ ](?:de[rn]?|'t|’t|het)|[Aa]an[ ](?:de[rn]?|het)|[Bb]ij[ ]de|[Oo]ver[ ]de|[Vv]oor[ ]de|[Oo]nder[ ]de|"
    r"[Vv]on(?:[ ]der)?|[Zz]u[rm]?|"
    r"[Dd]u|[Dd]es|[Dd]i|[Dd]a|[Dd]os|[Dd]el(?:la)?|[Ll][aeo]s?|[Ee]l|[Aa]l|[Bb]in|[Bb]en|[Aa][iï]t|[Ss]an|[Mm]ac|"
    r"A(?=[ ][A-Z][a-z]))[ ])"
)
"""One tussenvoegsel (or foreign particle) with its space: "van der ", "ten ", "El "."""

SURNAME = (
    rf"(?:(?:{TUSSEN}){{0,2}}{HYPHENATED}"
    rf"(?:(?:[ ]?[-–][ ]?|[ ])(?:{TUSSEN}){{1,2}}{HYPHENATED}|[ ]?[-–][ ]{HYPHENATED}){{0,2}})"
)
"""A surname with tussenvoegsels and perhaps a second one: "van den Berg-de Vries"."""

INITIAL = rf"(?:(?:[{UPPER}]|Ch|Th|Ph|Tj|IJ|Chr|St|Jr|Fr|Kl|Sj|Hz)\.)"
INITIALS = rf"(?:{INITIAL}(?:[ ]?-?{INITIAL}){{0,6}})"
"""Initials with points: "A.B.", "Th.", "J. P."."""

FULL = (
    rf"(?:{HYPHENATED}(?:[ ]{INITIAL})?(?:[ ](?:{TUSSEN}){{0,2}}{HYPHENATED}){{0,4}}"
    rf"(?:[ ][-–][ ](?:{TUSSEN}){{0,2}}{HYPHENATED})?)"
)
"""A name of one to five capitalised words with tussenvoegsels between them."""

TITLE = (
    r"(?:de[ ]heer|de[ ]heren|dhr|heer|mevrouw|mevr|mw|meneer|mijnheer|mej(?:uffrouw)?|juffrouw|drs|mr|ir|ing|dr|"
    r"prof|ds|"
    r"fam|familie|wed(?:uwe)?|echtpaar|jhr|jkvr|freule|baron(?:es)?|mrs|ms|miss|(?-i:hr)|amb|supt|insp|herr|frau|madame|monsieur|msc|bsc|llm|"
    r"em|lt|kol|maj|kap|sgt|pater|zuster|imam|dominee|pastoor|notaris|advocaat|dra|bacc|mag)"
)
"""Titles and forms of address, without their point; for use with IGNORECASE."""

TITLES = rf"(?:(?i:{TITLE})(?:\.|\b)[ ]?(?:/[ ]?(?i:{TITLE})\.?[ ])?)"

DEGREES = r"(?:[ ]?,?[ ](?:MSc|BSc|MA|BA|LLM|PhD|MBA|RA|RC|RE|MPA|EMIA|CPC|QC|sr|jr)\b\.?)"

LAST_FIRST = re.compile(
    rf"(?P<name>(?:{TUSSEN}){{0,2}}{HYPHENATED}(?:(?:[ ]|[ ]?[-–][ ]?)(?:{TUSSEN}){{0,2}}{HYPHENATED}){{0,2}}[ ]?,[ ]?"
    rf"(?:(?i:drs|mr|ir|ing|dr|prof)\.?[ ]){{0,2}}"
    rf"(?:{INITIALS}|{HYPHENATED}(?:[ ]{HYPHENATED}){{0,2}})"
    r"(?:[ ]?(?:van[ ]der|van[ ]den|van[ ]de|van[ ]'t|van|v\.d\.|v/d|vd|de|den|der|ter|ten|te|el|al|in[ ]'t|op[ ]den|"
    r"'t)\b){0,2}"
    r"(?:[ ]\([^()\n]{2,20}\))?)"
)
"""Surname first, as directories write it: "Berg, Marieke van den", "Eerden, C. van der (Cor)"."""


_COMMA = re.compile(rf",[ ]?(?=[{UPPER}'’]|[a-z]['’])")
_NOT_BEFORE = re.compile(r"[^\w .\-–/'’`\u0300-\u036f]")
_LONGEST = 500
"""Characters that a surname, or what stands behind its comma, can at most take in `LAST_FIRST`."""


def last_first_in(text: str) -> Iterator[re.Match[str]]:
    """Yield what `LAST_FIRST.finditer(text)` does, but look only around commas before a name: the pattern is dear."""
    reached = 0
    for comma in _COMMA.finditer(text):
        start = max(reached, comma.start() - _LONGEST)
        for sign in _NOT_BEFORE.finditer(text, start, comma.start()):
            start = sign.end()
        match = LAST_FIRST.search(text, start, comma.end() + _LONGEST) if start < comma.start() else None
        if match and match.start() < comma.start():
            yield match
            reached = match.end()


def normalise(name: str) -> str:
    """Give a name on one line with single spaces."""
    return re.sub(r"\s+", " ", name).strip()
