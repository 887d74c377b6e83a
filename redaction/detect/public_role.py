"""Who acts in public: ministers, staatssecretarissen, Kamerleden, mayors, signing top officials, spokespersons in role.

Practice under art. 5.1.2e Woo: such a name stays readable in that role. It is only the default; a person always
decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from redaction.detect.lexicon import fold, word_list
from redaction.detect.names.shape import INITIALS, TITLES
from redaction.detect.public_figures import PublicFigure
from redaction.detect.span import Span

_ROLES: tuple[tuple[str, str], ...] = (
    ("minister", r"(?:vice-?)?(?:minister|premier|minister-president|bewindspersoon|bewindsman|bewindsvrouw)(?:s|en)?"),
    ("staatssecretaris", r"staatssecretaris(?:sen)?|stas"),
    (
        "Kamerlid",
        r"(?:(?:tweede|eerste)[- ]?)?kamer(?:lid|leden)|(?:het\s)?lid|de\sleden|senator(?:en)?|fractievoorzitters?|"
        r"fractieleider|kamervoorzitter",
    ),
    ("burgemeester", r"(?:loco-?)?burgemeesters?"),
    ("wethouder", r"wethouders?"),
    ("gedeputeerde", r"gedeputeerden?|commissaris\svan\sde\skoning(?:in)?|dijkgraaf|statenlid|raadsleden|raadslid"),
    ("lid van het koninklijk huis", r"koning|koningin|prins|prinses"),
    (
        "topambtenaar",
        r"secretaris-generaal|\bsg\b|directeur-generaal|\bdg\b|inspecteur-generaal|\big\b|korpschef|"
        r"hoofdofficier(?:\svan\sjustitie)?|"
        r"procureur-generaal|gemeentesecretaris|nationaal\scoördinator|landsadvocaat|president(?=\s)",
    ),
    ("woordvoerder", r"(?:pers)?woordvoerders?|woordvoerster|persvoorlichter"),
    ("bekend bestuurder", r"eurocommissaris|ambassadeur|nationale\sombudsman|ombudsman|bondskanselier"),
)
_BEFORE = re.compile(
    r"(?i)(?<![\w\-])(?<!oud-)(?<!ex-)(?<!voormalig )(?:"
    + "|".join(f"(?P<r{index}>{pattern})" for index, (_label, pattern) in enumerate(_ROLES))
    + rf")(?:\s(?:van|voor)\s[\w ,&\-]{{2,40}}?)?"
    rf"\s?,?\s?(?:de\sheer\s|mevrouw\s|(?:{TITLES}){{0,3}})?(?:{INITIALS}\s?)?(?:\(\w+\)\s)?$"
)
_AFTER = re.compile(
    r"(?i)^\s?(?:,\s?|\(|\s?[-–]\s)\s?(?:de\s|onze\s|tevens\s)?(?:"
    + "|".join(
        f"(?P<r{index}>{pattern})"
        for index, (label, pattern) in enumerate(_ROLES)
        if label not in ("Kamerlid", "topambtenaar", "lid van het koninklijk huis")
    )
    + r")(?=[\s,.;)]|$)"
)
_PARTY = re.compile(
    r"^\s?\((?:VVD|PVV|CDA|D66|GroenLinks|GL|GroenLinks-PvdA|GL-PvdA|PvdA|SP|ChristenUnie|CU|SGP|PvdD|FVD|FvD|DENK|"
    r"Volt|BBB|JA21|NSC|50PLUS|BIJ1|OSF)\)"
)
_SIGNED_AS = re.compile(
    r"(?i)^[ \t,]*\n[ \t]{0,8}(?:de\s)?(minister|staatssecretaris|minister-president|secretaris-generaal|"
    r"directeur-generaal|inspecteur-generaal|"
    r"burgemeester|wethouder|gemeentesecretaris|hoofdofficier\svan\sjustitie|korpschef|commissaris\svan\sde\skoning|"
    r"dijkgraaf)\b"
)
_SIGNED_UNDER = re.compile(
    r"(?i)(?:^|\n)[ \t]{0,8}(?:de\s|het\s)(minister|staatssecretaris|minister-president|burgemeester|"
    r"secretaris-generaal|directeur-generaal|"
    r"inspecteur-generaal)\b[^\n]{0,80},?[ \t]*\n(?:\s*\n){0,4}[ \t]{0,8}$"
)
# Visiting addresses of ministries and parliament in The Hague; they stand under every letter.
_GOVERNMENT_ADDRESS = re.compile(
    r"(?i)(?:turfmarkt 147|rijnstraat (?:8|50)|bezuidenhoutseweg (?:67|73)|parnassusplein 5|korte voorhout [78]|"
    r"kalvermarkt 32|plein (?:2|4)|"
    r"binnenhof (?:1a?|19|20|21|22)|prinses irenestraat 6|lange voorhout 34|hoftoren|2511 ?(?:dp|ex|vx|cw)|2515 ?xp|"
    r"2594 ?(?:ac|av)|2500 ?[a-z]{2})"
)
_ROLE_IN_REASON = re.compile(r"Naam in een openbare rol \((.{2,80})\): standaard niet lakken\.")
_LIST_LINK = re.compile(r"^\s?(?:,|en|/|&)\s?(?:en\s)?(?:de\sheer\s|mevrouw\s)?$")


def mark_public_roles(
    text: str, spans: Iterable[Span], figures: Iterable[PublicFigure] = (), on: date | None = None
) -> list[Span]:
    """Give the spans, with `public_role` and its reason on names that the text or the list shows in a public role.

    `on` is the day of the document: a figure counts only in the period of the function (see `PublicFigure.held`).
    """
    held = [figure for figure in figures if figure.held(on)]
    known = {_plain(figure.name): figure.function for figure in held if figure.name}
    titles = _titles(tuple(sorted({figure.function for figure in held if not figure.name})))
    surnames = {name.split()[-1] for name in known if " " in name}
    marked: list[Span] = []
    previous: tuple[int, str] | None = None
    name_end = 0
    for span in spans:
        if span.kind in ("address", "postcode") and _GOVERNMENT_ADDRESS.fullmatch(span.text):
            marked.append(
                replace(
                    span, public_role=True, why="Bezoekadres van een ministerie of de Kamer: standaard niet lakken."
                )
            )
            continue
        if span.kind != "person_name":
            marked.append(span)
            continue
        role = _role_of(text, span, name_end) or _titled(text, span, name_end, titles)
        role = role or _role_in_list(text, span, previous)
        name_end = span.end
        previous = (span.end, role) if role else None
        if role is None and _plain(span.text) in known:
            role = f"{known[_plain(span.text)]}, op de lijst van openbare functies"
        elif role in ("minister", "staatssecretaris") and fold(span.text).split()[-1] in surnames:
            role = f"{role}, op de lijst van openbare functies"
        marked.append(_public(span, role) if role else span)
    return _same_names(marked)


@cache
def _titles(functions: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """Give the patterns for the functions of the list before and after a name; None where there are none."""
    if not functions:
        return None
    either = "|".join(re.escape(function).replace(r"\ ", r"\s") for function in functions)
    before = (
        rf"(?i)(?<![\w\-])(?<!oud-)(?<!ex-)(?<!voormalig )(?P<title>{either})\s?,?\s?(?:de\sheer\s|mevrouw\s|"
        rf"(?:{TITLES}){{0,3}})?$"
    )
    after = rf"(?i)^\s?(?:,\s?|\(|\s?[-–]\s|\n[ \t]{{0,8}})(?:de\s|onze\s)?(?P<title>{either})(?![\w\-])"
    return re.compile(before), re.compile(after)


def _titled(text: str, span: Span, name_end: int, titles: tuple[re.Pattern[str], re.Pattern[str]] | None) -> str | None:
    """Give the function of the list that stands right before or after the name."""
    if titles is None:
        return None
    before, after = titles
    line = text[max(name_end, span.start - 90) : span.start].rpartition("\n")[2]
    found = before.search(line) or after.match(text[span.end : span.end + 90])
    return found["title"].lower() if found else None


def _same_names(spans: list[Span]) -> list[Span]:
    """Give the role to every other mention of the same full name: one page must not show a name and hide it too.

    Only a full name (initials or first name with surname) carries over; a surname alone may be somebody else.
    """
    roles: dict[str, str] = {}
    for span in spans:
        role = _ROLE_IN_REASON.match(span.why) if span.public_role and span.kind == "person_name" else None
        if role and _is_full(span.text):
            roles.setdefault(_plain(span.text), role[1])
    return [_as_elsewhere(span, roles.get(_plain(span.text))) for span in spans] if roles else spans


def _as_elsewhere(span: Span, role: str | None) -> Span:
    """Give the span as public when the same name is so elsewhere in the document."""
    if role is None or span.public_role or span.kind != "person_name":
        return span
    why = f"Dezelfde naam treedt in dit document op als {role}: standaard niet lakken."
    return replace(span, public_role=True, why=why)


def _is_full(name: str) -> bool:
    """Tell whether a name has a first name or initials and a surname: "M. de Wit", "Anja Postma"."""
    parts = _plain(name).split()
    return len(parts) > 1 and parts[0] not in word_list("particles.txt")


def _plain(name: str) -> str:
    """Give the key of a name: folded, on one line, "Postma, Anja" as "anja postma", a space after each initial."""
    family, comma, given = re.sub(rf"^(?:{TITLES})+", "", name).partition(",")
    name = f"{given} {family}" if comma else family
    return " ".join(fold(name.replace(".", ". ")).split())


def _public(span: Span, role: str) -> Span:
    """Give the span with its public role in the reason."""
    why = f"Naam in een openbare rol ({role}): standaard niet lakken."
    return replace(span, public_role=True, why=why)


def _role_of(text: str, span: Span, name_end: int) -> str | None:
    """Give the role that stands just before or after the name, or in the signature under it.

    A role is no part of the name before it, which ends at `name_end`: "Anneke Koning, Jetske Ypma" is about no king.
    """
    left = text[max(name_end, span.start - 90) : span.start]
    line = left.rpartition("\n")[2]
    found = _BEFORE.search(line)
    if found:
        return _label(found)
    right = text[span.end : span.end + 90]
    if _PARTY.match(right):
        return "Kamerlid of bestuurder van een partij"
    found = _AFTER.match(right)
    if found:
        return _label(found)
    signed = _SIGNED_AS.match(right) or _SIGNED_UNDER.search(text[max(0, span.start - 200) : span.start])
    return f"ondertekenaar, {signed[1].lower()}" if signed else None


def _role_in_list(text: str, span: Span, previous: tuple[int, str] | None) -> str | None:
    """Carry the role through a list: "wethouders Bijl, El Idrissi en Kamphuis-Vos"."""
    if previous is None or not _LIST_LINK.match(text[previous[0] : span.start]):
        return None
    return previous[1]


def _label(match: re.Match[str]) -> str:
    """Give the label of the role whose group matched."""
    name = next(name for name, value in match.groupdict().items() if value is not None)
    return _ROLES[int(name[1:])][0]
