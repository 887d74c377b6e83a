"""What is named after somebody, by what stands around it: "zaaltje Anton Jurgens", "de Albert Heijn", "Kok & De Wit".

The judges look at the text around a name that was found. They say nothing against a name with initials or with a form
of address before it: that is a person, whatever stands around.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from redaction.detect.lexicon import fold, is_common, is_forename, is_surname, word_list
from redaction.detect.looks import ending
from redaction.detect.names.shape import TUSSEN, UPPER
from redaction.detect.names.veto import has_title, opens_sentence
from redaction.detect.span import Span

_NOUN_BEFORE = ending(r"(?<![\w.])(?P<noun>[^\W\d_][\w.]{1,24})(?:\s|\s?-)(?:\(|[\"“”„'‘])?(?:(?:[Dd]e|[Hh]et|'t)\s)?$")
_THING_TAIL = re.compile(
    r"\w{3}(?:zaal|zaaltje|lift|praktijk|centrum|kliniek|huis|school|fonds|blad|prijs|schip|kerk|kapel|molen|opvang|"
    r"bedrijf|salon|winkel|wagen|boot|vereniging|stichting|koor|orkest|beker|toernooi|kwekerij|fabriek|museum|park)$"
)
_NO_THING = frozenset({"huis", "thuis", "aanschaf", "rolwagen"})
_BRAND_BEFORE = ending(
    r"\b(?:Alfa Romeo|Audi|BMW|Citro[eë]n|DAF|Dacia|Daihatsu|Fiat|Ford|Honda|Hyundai|Iveco|Kia|Lancia|Lexus|Mazda|"
    r"Mercedes|Mitsubishi|Nissan|Opel|Peugeot|Porsche|Renault|Scania|Seat|[SŠ]koda|Suzuki|Toyota|Triumph|Volkswagen|"
    r"Volvo|VW|Yamaha|Batavus|Gazelle)\s$"
)
_CALLED = ending(
    r"(?i)\b(?:onderzoek|project|operatie|campagne|hond|kat|poes|kater|haan|kip|paard|pony|schip|boot|systeem|"
    r"programma|pakket|lied|boek|stuk|blad|krant|film|bedrijf|zaak|winkel|huis|boerderij|storm)"
    r"(?:\s(?:die|dat|nou|nu))?\s(?:heet|heette|genaamd|genoemd|geheten)(?:\s(?:nou|nu))?\s[\"“„'‘]?$"
)
_STORM = ending(r"(?i)\b(?:storm|storms|stormen|orkaan|orkanen|depressie)\s?\((?:vgl\.?\s|zoals\s|o\.a\.\s)?$")
_ARTICLE = re.compile(
    r"(?:(?:in|op|bij|van|voor|naar|uit|aan|met|achter|naast|tegenover)\s)?(?P<article>de|het|'t)\s(?P<rest>\S.*)$",
    re.DOTALL,
)
_ARTICLE_BEFORE = ending(r"(?:\b(?:in|op|naar|achter|naast|bij|tegenover|langs|uit)\s(?:de|het|'t)|\bhet)\s$")
_SAINT = re.compile(r"(?:Sint|Sinte|Sankt|Saint|Santa|Santo)\s[A-ZÀ-Ý]")
_ITEM = re.compile(r"Ad\s[A-Z]\.(?:\s[A-Z]\w+)?$")
"""The head of an answer in a note: "Ad A. De heer …" at the start of a line."""
_PARTNER = re.compile(rf"\s&\s(?P<partner>(?:{TUSSEN}){{0,2}}[{UPPER}]\w+)\b(?!,?\s(?:\(?\d{{4}}|et\sal))")
_VERSION = re.compile(r"\s(?:v\d|versie\s\d|\d{1,2}\.\d{1,2}\.\d)")
_OWNED = re.compile(rf"['’]s\s(?P<what>[{UPPER}]\w{{3,}})")
_TRADE = re.compile(
    r"\s(?:sportprijzen|schilderwerken|installatietechniek|tweewielers|rijwielen|autobedrijf|meubelen|bloemen|"
    r"interieurs?|keukens|tuinen|tegels|dakwerken|loonwerk|grondwerk|verhuur|trapliften|liften|brandstoffen|"
    r"touringcars|Boys|Girls|Lift|Liften|Gasthuis|Hoeve|Molen|Cup|Bokaal|Trofee|Toernooi)\b"
)
_DEED = re.compile(
    rf"(?:Dr|Pastoor|Burgemeester|Burg|Prof|Mgr|Jhr|Jonkheer|Kapelaan|Ds|Kapitein|Generaal|Koning|Koningin|Prins|"
    rf"Prinses|Deken|Meester|Mr)\.?\s(?:[{UPPER}]\.\s?)?$"
)
_PLACES = "straat|laan|plein|singel|gracht|plantsoen|school|ziekenhuis|locatie|barak|kazerne|sluizen|complex|corridor"
_PLACE_TAIL = re.compile(rf"\w{{3}}(?:{_PLACES}|kade|steeg|dreef|weg|sluis|brug|tunnel|park|huis)$")
_BARE = re.compile(r"^\W*(?:(?:[Dd]e|[Hh]et)\s)?")
_SAYS = re.compile(
    r",?\s(?:zegt|zei|vraagt|vroeg|belt|belde|mailt|mailde|schrijft|schreef|heeft|wil|kan|werkt|woont|vindt|meldt|meldde)\b"
)
_STRONG_TAIL = re.compile(rf"\w{{4}}(?:{_PLACES})$")
_SHORT_UNIT = re.compile(r"(?:Afd|Proj|Gebr|Stg)\.?\s")
_SHORT_WORD = re.compile(r"(?:Bijl|Burg|Aant|Lit|Pag|Afb|Fig|Gem|Prov|Mij)$")

_GUESSES = frozenset(
    {"sequence", "deduce", "model", "lower", "capitals", "dossier", "title", "role", "table", "form", "refused"}
)
"""Sources that a thing can mislead; what a header, a signature or the sender of a message says stands."""


def is_a_thing(text: str, start: int, end: int) -> bool:
    """Tell whether the name at `start:end` is what a building, firm, product, animal or event is called."""
    name = text[start:end]
    left = text[max(0, start - 48) : start].rpartition("\n")[2]
    if _is_place(text, start, name, left) or _SHORT_UNIT.match(name):
        return True
    if _ITEM.match(name) and not left.strip():
        return True
    if "." in name:
        return False
    if _is_called_so(left) or _is_company_form(name, left):
        return True
    if has_title(text, start):
        return False
    return (
        (bool(_SHORT_WORD.match(name)) and text.startswith(".", end) and opens_sentence(text, start))
        or (is_namesake(name) and not _SAYS.match(text, end))
        or _has_article(name, left)
        or _has_partner(text, end, name)
        or bool(_SAINT.match(name))
        or _goes_on_as_thing(text, end)
        or _begins_as_thing(name)
    )


def _is_place(text: str, start: int, name: str, left: str) -> bool:
    """Tell whether a street or building bears a title: "Pastoor Geurtsstraat", "Dr. Schaepmanlocatie"."""
    last = name.rsplit(maxsplit=1)[-1] if name.split() else ""
    if not _PLACE_TAIL.search(last) or is_surname(last):
        return False
    if _DEED.search(left):
        return True
    return bool(_STRONG_TAIL.search(last)) and not has_title(text, start)


def _is_called_so(left: str) -> bool:
    """Tell whether the words before say what it is: "storm ", "zaaltje ", "Seat ", "onderzoek heet "."""
    noun = _NOUN_BEFORE.search(left)
    if noun and is_thing_word(noun["noun"]):
        return True
    return bool(_BRAND_BEFORE.search(left) or _CALLED.search(left) or _STORM.search(left))


def is_namesake(name: str) -> bool:
    """Tell whether this is the whole name of somebody of history, after whom much is called: "Aletta Jacobs"."""
    return fold(_BARE.sub("", name)) in word_list("namesakes.txt")


def _is_company_form(name: str, left: str) -> bool:
    """Tell whether it is the end of a firm's name: "& Co"."""
    return left.endswith("& ") and fold(name) in ("co", "zn", "zonen", "partners")


def is_thing_word(word: str) -> bool:
    """Tell whether a noun says that what follows it is a building, a firm, a ship, an animal: "theehuis", "o.b.s."."""
    folded = fold(word.replace(".", ""))
    return folded in word_list("things.txt") or (
        len(folded) > 6 and bool(_THING_TAIL.search(folded)) and folded not in _NO_THING and not is_surname(word)
    )


def _has_article(name: str, left: str) -> bool:
    """Tell whether an article makes it a thing: nobody is "het Allard Pierson" or goes "naar de Dirk"."""
    inside = _ARTICLE.match(name)
    words = (inside["rest"] if inside else name).split()
    if not words or not words[0][0].isupper():
        return False
    if not inside:
        return bool(_ARTICLE_BEFORE.search(left)) and is_forename(words[0]) and not is_surname(words[0])
    if inside["article"] == "de" or is_surname(words[-1]):
        return is_forename(words[0]) and (len(words) > 1 or not is_surname(words[0]))
    return True


def _has_partner(text: str, end: int, name: str) -> bool:
    """Tell whether it is the first name of a firm: "Dijkstra & De Haan", not "Jan & Marie"."""
    partner = _PARTNER.match(text, end)
    if not partner:
        return False
    first, second = name.split(maxsplit=1)[0], partner["partner"].split()
    return not (is_forename(first) and first[0].isupper() and not is_surname(first)) and (
        is_surname(second[-1]) or not is_forename(second[-1])
    )


def _goes_on_as_thing(text: str, end: int) -> bool:
    """Tell whether what follows is a version, a trade or what it owns: " v4", " schilderwerken", "'s Viskraam"."""
    owned = _OWNED.match(text, end)
    if owned and (is_thing_word(owned["what"]) or is_common(owned["what"])):
        return not is_forename(owned["what"]) and not is_surname(owned["what"])
    return bool(_VERSION.match(text, end) or _TRADE.match(text, end))


def _begins_as_thing(name: str) -> bool:
    """Tell whether the first word of the find says what it is: "BSO Zijlstra", "Stg Titus Brandsmahuis"."""
    first, _space, rest = name.partition(" ")
    if not rest or not is_thing_word(first):
        return False
    return not (first[0].isupper() and is_forename(first) and is_surname(rest.split()[-1]))


def without_things(text: str, spans: Sequence[Span]) -> list[Span]:
    """Give the spans without the names of things, and without later mentions that nothing else makes a person.

    A name that stands as a firm or ship in one place is that too where it stands bare: "bij Boels" after "Boels
    Verhuur". It stays where it is written with a first name, initials or a title, or when such a name shares it.
    """
    refused = {id(span) for span in spans if _can_be_thing(span) and is_a_thing(text, span.start, span.end)}
    if not refused:
        return list(spans)
    people = {fold(word) for span in spans if id(span) not in refused and _is_whole(span) for word in span.text.split()}
    things = {fold(span.text) for span in spans if id(span) in refused}
    return [
        span
        for span in spans
        if id(span) not in refused
        and not (_can_be_thing(span) and fold(span.text) in things and fold(span.text).split()[-1] not in people)
    ]


def _can_be_thing(span: Span) -> bool:
    """Tell whether a span is a name for which no header, list or signature speaks."""
    if span.kind != "person_name":
        return False
    return all(source.partition(".")[0] in _GUESSES for source in span.sources)


def _is_whole(span: Span) -> bool:
    """Tell whether a name is surely a person's: found by a cue, or written with a first name."""
    return span.kind == "person_name" and (not _can_be_thing(span) or " " in span.text)
