"""What looks like a name but is an organisation, a law, a street or a thing named after somebody.

One judge for all name recognisers, so that "Hermsen Taxaties BV" is refused wherever it turns up.
"""

from __future__ import annotations

import re

from redaction.detect.lexicon import (
    fold,
    is_common,
    is_forename,
    is_function_word,
    is_surname,
    places,
    surnames,
    word_list,
)
from redaction.detect.looks import ending, once
from redaction.detect.names.roles import is_person_word

_COMPANY_AFTER = re.compile(
    r"^(?:['’]s|s)?(?:\s?[-&+/]\s?\w{1,20}|\s(?:en|&)\s(?:Zn|Zonen|Partners|Co|Young|Zoon)\b|"
    r"(?:\s[A-ZÀ-Ý][\w'’&.\-]{1,23}){0,2}?)[ ,]{0,2}"
    r"(?:B\s?\.?\s?V\b|N\s?\.?\s?V\b|V\.?O\.?F\b|C\.?V\b|GmbH|Ltd|Inc\b|LLC|S\.A\b|& Zn|& Zonen|& Partners|& Co\b|"
    r"en Zonen|en Zn|Groep\b|Group\b|"
    r"Holding\b|Beheer\b|Training\b|Coaching\b|Advies|Advocaten|Notarissen|Accountants|Consultan\w+|Consulting|Transport\b|Logistiek|"
    r"Logistics|Bouw\b|"
    r"Bouwbedrijf|Taxaties|Makelaar\w*|Taxi\b|Tours\b|Vastgoed|Projecten|Techniek|Installatie\w*|Schoonmaak|Catering|Security|"
    r"Beveiliging|"
    r"Verhuur|Reizen|Media|Uitgever\w*|College\b|School\b|Lyceum|Universiteit|Academie|Instituut|Institute|"
    r"Ziekenhuis|Kliniek|Stichting|"
    r"Fonds\b|Foundation|Museum|Theater|Stadion|Arena|Prijs\b|Bank\b|Hotel\b|Restaurant|Supermarkt\w{0,2}|Slopers|"
    r"Sloopwerken|Apotheek|"
    r"Huisartsenpraktijk|"
    r"Dierenkliniek|Architecten|Ingenieurs|Adviseurs|Recherche|Medical|Pharma|Foods?\b|Electronics|Systems|Software|"
    r"Services|"
    r"Solutions|International|Nederland\b|Europe\b|Airlines)"
)
_ORGANISATION_INSIDE = re.compile(
    r"(?i)\b(?:b\.?v|n\.?v|v\.?o\.?f|stichting|vereniging|gemeente|provincie|ministerie|waterschap|college|commissie|"
    r"directie|afdeling|"
    r"universiteit|hogeschool|school|ziekenhuis|politie|rechtbank|raad|kamer|dienst|inspectie|autoriteit|bureau|"
    r"instituut|"
    r"groep|holding|advocaten|advies|consultancy|nederland|international|services|secretariaat|team|platform|centrum|"
    r"park|"
    r"royal|steel|teams|outlook|sharepoint|microsoft|google|amazon|apple|oracle|windows|office|wet|lex|verdrag|"
    r"verordening|besluit|regeling|taxaties|transport|logistiek|logistics|bank|fonds|partij|museum|kerk|moskee|hotel|"
    r"postbus|dienstpostbus|functie|bijlage|cluster|programma|project|werkgroep|stuurgroep|overleg|holding|solutions|"
    r"media|"
    r"bestemmingsplan|boerderij|startnotitie|beslisnota|kamerbrief|"
    r"training|advocatuur|ltd|inc|gmbh|llc|archief|worldwide)\b"
)
_ORGANISATION_TAIL = re.compile(
    r"(?i)(?<=\w\w\w)(?:vereniging|stichting|school|college|fabriek|bedrijf|kantoor|ziekenhuis|commissie|ministerie|"
    r"regio|dienst|bureau|groep|partij|raad)\b"
)
_BUSINESS = (
    r"apotheek|autobedrijf|boerderij|brouwerij|cafetaria|camping|drogisterij|eetcaf[eé]|gemaal|ijssalon|juwelier|"
    r"kapsalon|kinderopvang|klooster|landgoed|lunchroom|manege|modehuis|molen|pizzeria|rederij|rijschool|scheepswerf|"
    r"snackbar|sportschool|taxibedrijf|tuincentrum|uitvaartcentrum|uitzendbureau|viswinkel|wijngaard|woonwinkel|"
    r"zorgboerderij|zwembad"
)
"""What a business or building is called before its name: "kapsalon Yvonne"."""
_STARTS_AS_BUSINESS = re.compile(rf"(?i)(?:{_BUSINESS}|bakkerij|slagerij|garage|restaurant|caf[eé]|hotel)\s")
_ORGANISATION_BEFORE = ending(
    r"(?i)(?:stichting|vereniging|voetbalvereniging|fundatie|bedrijf|firma|fa\.|maatschappij|concern|bouwbedrijf|"
    r"aannemer(?:sbedrijf)?|"
    r"garage|slagerij|slachterij|bakkerij|supermarkt|restaurant|caf[eé]|hotel|loonbedrijf|transportbedrijf|kwekerij|"
    r"boekhandel|"
    r"advocatenkantoor|notariskantoor|accountantskantoor|kantoor|adviesbureau|bureau|uitgeverij|leverancier|school|"
    r"basisschool|obs|cbs|"
    r"rkbs|lyceum|college|universiteit|verpleeghuis|zorgcentrum|ziekenhuis|museum|stadion|hotel|park|gebouw|zaal|"
    r"vergaderzaal|kazerne|"
    r"schip|ms|m\.s\.|station|metrostation|halte|winkelcentrum|wijk|buurt|polder|brug|tunnel|sluis|"
    r"wachtkamer|wachtruimte|polikliniek|locatie|vestiging|"
    r"fractie|partij|leerstoel|"
    rf"{_BUSINESS})"
    r"[\s\-]{1,2}(?:(?:van|de|der|den|het|'t|op|in)\s){0,2}$"
)
_NAMED_AFTER = ending(
    r"(?i)(?:wet(?:\s[a-z]{3,14})?|initiatiefwet|motie|amendement|commissie|kabinet|rapport|lex|arrest|doctrine|"
    r"code|regeling|prijs|"
    r"orkaan|storm|merk|type|hond|honden|kat|poes|kater|paard|paarden|pony|pony's|merrie|hengst|koe|stier|konijn|"
    r"papegaai|zr\.?\s?ms\.?|hr\.?\s?ms\.?|msc|motorschip|tanker|kotter|sleepboot|veerboot|vrachtschip|"
    r"kinderopvang|bso|kdv|peuterspeelzaal|huize|pension|theater|podium|huisartsenpraktijk|tandartspraktijk|praktijk|"
    r"model|methode|norm|systeem|programma|project)[\s\-]{1,2}(?:de\s|(?-i:(?:Van|Ten|Ter|Op|In)(?:\s(?:de|den|der|"
    r"het|'t))?)\s|"
    r"van\s(?=$))?$"
)
_GLUED = re.compile(r"-(?P<rest>[a-zà-ž]{2,30})(?!\w)")
_GLUED_BEFORE = re.compile(r"(?<![\w\-])[a-zà-ž]{3,30}(?<!zaak)(?<!affaire)-$")
_CAPITAL_NEXT = re.compile(r" (?:(?:van|de|der|den|het|ter|ten|a|'t) ){0,2}(?P<word>[A-ZÀ-Ý][\w'’\-]{5,40})")
_PARTICLES = word_list("particles.txt")
_DATE_WORD = re.compile(
    r"(?i)(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ma|di|wo|do|vr|za|zo|mrt|"
    r"mei|okt)\.?"
)
_DATE_NUMBER = re.compile(r"\d\s?,?\s?[A-Za-z]{2,4}\.?,?\s\d{2}|^[^\d]*[A-Za-z]{3},\s\d")
_PARTNER_BEFORE = re.compile(r"(?P<partner>[A-ZÀ-Ý][\w'’\-]+)\s&\s$")
_CITED = re.compile(r"(?<!\w)[A-ZÀ-Ý]\.\s?(?:[A-Z]\.)*\s?[a-z']{0,3}|,?\s\(?(?:19|20)\d\d\b")
"""Of a row of writers and not of partners: "C. Baars & F. Kuipers", "Baars & Kuipers 2018"."""
_EMPLOYER = ending(
    r"(?i)\b(?:werkzaam|werkzaamheden|in\sdienst|gedetacheerd|stage|werkt|werkte|inkoop)\s(?:bij|van|voor)\s$"
)
_LEAD = re.compile(r"(?:(?:Van|De|Den|Ten|Ter|Het)(?:\s(?:de|den|der|het|'t))?\s|[A-ZÀ-Ý]\w+\s&\s)$")
_WITH_ARTICLE = re.compile(r"^(?:van|bij|voor|naar)?\s?(?:de|het)\s")
_AT = re.compile(r"\b(?:te|gemeente|plaats)\s$")
_COMPOUND = re.compile(
    r"[a-z](?:prijs|lezing|leerstoel|trofee|penning|bokaal|academie|kliniek|ziekenhuis|festival|toernooi|bedrijven|"
    r"boringen|werken|stichting|fonds|lyceum|kazerne|universiteit|supermarkten|zaal|kamer|formulier|kaart|lijst)$"
)
_STREET = re.compile(
    r"(?:straat|laan|weg|plein|hof|hofje|kade|singel|dijk|pad|gracht|steeg|plantsoen|dreef|park|baan|boulevard|haven|"
    r"wal|markt|"
    r"brug|tunnel|kwartier|polder|poort|toren|bos|plas|meer|kanaal|sluis|gebouw|huis|college|school|wet|regeling|"
    r"besluit|fonds|"
    r"overleg|debat|nota|brief|rapport|notitie|advies|agenda|verslag|plan|project|team)$"
)
_ACRONYM = re.compile(r"^(?:[A-Z0-9&]{2,6}|[A-Z]{1,3}[a-z]{1,2}[A-Z]{1,3})$")
_INNER_CAPITALS = re.compile(r"[a-z][A-Z]{2,}|^[A-Z]{3,}[a-z]")
_CALLING = (
    "ziekenhuis", "verpleeghuis", "zorgcentrum", "wijkcentrum", "buurthuis", "stichting", "basisschool", "school",
    "hotel", "restaurant", "cafe", "café", "museum", "theater", "schip", "inrichting", "zorginstelling", "vakantiepark",
    "sporthal", "zwembad", "kinderdagverblijf", "college", "lyceum", "kliniek", "wachtkamer", "wachtruimte",
)  # fmt: skip
_CALLED = re.compile(
    rf"(?:{'|'.join(f'[{word[0].upper()}{word[0]}]{word[1:]}' for word in _CALLING)})\s"
    r"(?P<name>(?:(?:De|Het|Den|'t|Van|Ter|Ten|Op|In)\s(?:(?:de|het|den|der)\s)?)?[A-ZÀ-Ý][\w'’\-]{1,30})"
)
_COMPASS = re.compile(
    r"(?i)(?:team |regio |district )?(?:noord|oost|zuid|west|midden|centrum)(?:[ -]?(?:noord|oost|zuid|west|midden))?"
)
_TITLE_BEFORE = ending(
    r"(?i)(?<!\w)(?:heer|dhr\.?|hr\.?|meneer|mijnheer|mevrouw|mevr\.?|mw\.?|fam(?:ilie|\.)?|drs?\.?|mr\.?|ir\.?|ing\.|"
    r"prof\.?|th\.|ch\.|tj\.|[a-z]\.)\s$"
)
_HOLY_BEFORE = ending(r"(?i)\b(?:parochie(?:kerk)?|kerk|kapel|basiliek|het|der|den|basisschool|harmonie|schutterij)\s$")
_HOLY_THING = re.compile(
    r"H\.\s(?:Doopsel|Communie|Mis|Geest|Hart|Schrift|Sacrament|Familie|Vormsel|Oliesel|Land|Maagd|Moeder|Kruis|Stoel|"
    r"Antonius|Willibrord|Bonifatius|Lambertus|Martinus|Nicolaas|Franciscus|Dominicus|Servatius|Urbanus|Vitus|"
    r"Laurentius|Odulphus|Johannes\sde|Jozef\b(?!\s[A-Z])|Petrus\sen|Augustinus|Barbara\b(?!\s[A-Z])|Remigius|Pancratius)"
)
_NOTATION = ending(
    r"(?i)(?:\bart(?:ikel)?|[\de],?\slid|\bbijl(?:age)?|\bonder(?:deel)?|\bsub|\btabel|\bfase|\bvariant|\bzone|\bcategorie|"
    r"\bgroep|\bklasse|\bscenario|\boptie|\brijbewijs|\bhepatitis|\bvitamine)\.?\s$"
)
_SENTENCE_HEAD = ending(r"(?:^|[.!?:;\"“(\]•]\s{0,2}|\n\s{0,8}|[-–*]\s)$")


@once
def is_not_a_person(text: str, start: int, end: int) -> bool:
    """Tell whether the name at `start:end` belongs to a company, institution, law, date or the like."""
    if _DATE_WORD.fullmatch(text[start:end]) and _DATE_NUMBER.search(text[max(0, start - 4) : end + 6]):
        return True
    left = text[max(0, start - 40) : start]
    if left.endswith("&") or _GLUED_BEFORE.search(left) or (_AT.search(left) and fold(text[start:end]) in places()):
        return True
    if _ends_as_company(text, start, end) or _is_holy(text[start:end], left):
        return True
    if is_compound(text[start:end]) or (text[start : start + 3] == "te " and fold(text[start + 3 : end]) in places()):
        return True
    if is_compass(text[start:end]) and not has_title(text, start):
        return True
    if re.match(r"\s\d", text[end : end + 2]) and " " not in text[start:end] and is_common(text[start:end]):
        return True
    if _ORGANISATION_INSIDE.search(text[start:end]) or _is_organisation_compound(text[start:end]):
        return True
    if _STARTS_AS_BUSINESS.match(text[start:end]) or _ORGANISATION_BEFORE.search(left) or _EMPLOYER.search(left):
        return True
    partner = _PARTNER_BEFORE.search(left)
    if partner and not is_forename(partner["partner"]) and not _CITED.search(text, start, end + 8):
        return True
    if "." not in text[start:end] and _NAMED_AFTER.search(left) and not left.endswith("van "):
        return True
    if _is_in_compound(text, start, end):
        return True
    return bool(_COMPANY_AFTER.match(text[end : end + 70]))


def _is_organisation_compound(name: str) -> bool:
    """Tell whether a word ends as an organisation does ("Zorggroep"), and is no surname that happens to ("Jagroep")."""
    tail = _ORGANISATION_TAIL.search(name)
    if not tail:
        return False
    word = name[: tail.end()].rsplit(maxsplit=1)[-1]
    return not is_surname(word) and (is_common(word) or tail.start() - (tail.end() - len(word)) > 3)


def _is_in_compound(text: str, start: int, end: int) -> bool:
    """Tell whether a thing bears the name: "Els Borst-penning", "Karel Doormanbrug", "Willem van Oranjeschool"."""
    glued = _GLUED.match(text, end)
    if glued:
        return _is_thing(glued["rest"])
    if _is_followed_by_trade(text, start, end):
        return True
    following = _CAPITAL_NEXT.match(text, end)
    if not following or not is_forename(text[start:end].rsplit(maxsplit=1)[-1]):
        return False
    thing = following["word"]
    tail = thing.rpartition("-")[2]
    if "-" in thing and tail.islower():
        return _is_thing(tail)
    return is_street_like(thing) and _has_stem(thing)


def _is_thing(tail: str) -> bool:
    """Tell whether the word behind a hyphen is what bears the name ("-penning"), no part of it ("-de", "-jan")."""
    return fold(tail) not in _PARTICLES and not is_forename(tail)


def _is_followed_by_trade(text: str, start: int, end: int) -> bool:
    """Tell whether a surname alone is followed by what a company does: "Van der Linden Touringcars"."""
    following = _CAPITAL_NEXT.match(text, end)
    name = text[start:end]
    if not following or following[0] != f" {following['word']}" or "." in name or is_forename(name.split()[0]):
        return False
    word = following["word"]
    return (
        is_common(word)
        and not (is_forename(word) or is_surname(word) or is_never_a_name(word))
        and not is_person_word(word)
    )


def _has_stem(word: str) -> bool:
    """Tell whether a name stands before the "-straat" of a street: "Luykenlaan", not "Kerkstraat"."""
    stem = _STREET.sub("", fold(word))
    return len(stem) > 3 and not is_common(stem)


def _is_holy(name: str, left: str) -> bool:
    """Tell whether "H." stands for holy and for no first name: "parochie H. Antonius", "het H. Doopsel"."""
    if left.endswith(" H. "):
        name, left = f"H. {name}", left.removesuffix("H. ")
    return name.startswith("H. ") and bool(_HOLY_THING.match(name) or _HOLY_BEFORE.search(left))


def is_known_organisation(text: str, start: int, end: int) -> bool:
    """Tell whether this is a well-known company or institution that bears a person's name: "Van Lanschot Kempen"."""
    lead = _LEAD.search(text[max(0, start - 30) : start])
    whole = text[start - len(lead[0]) : end] if lead else text[start:end]
    known = word_list("known_organisations.txt")
    bare = _WITH_ARTICLE.sub("", whole)
    return (fold(whole) in known or fold(bare) in known) and not has_title(text, end - len(whole))


def _ends_as_company(text: str, start: int, end: int) -> bool:
    """Tell whether the last word of a run says that it is a company: "De Jong Bouw"; "Jan Bank" is a person."""
    name = text[start:end].rstrip()
    space = name.rfind(" ")
    if space < 0 or (is_surname(name[space + 1 :]) and is_forename(name.split()[0])):
        return False
    return bool(_COMPANY_AFTER.match(text[start + space : end])) or _is_followed_by_trade(text, start, start + space)


def is_compound(name: str) -> bool:
    """Tell whether the last word is a thing named after somebody ("Roosenburgprijs"), and no known surname."""
    last = name.rsplit(maxsplit=1)[-1] if name.split() else ""
    return bool(_COMPOUND.search(last)) and not is_surname(last)


def is_compass(name: str) -> bool:
    """Tell whether a name is a part of the country or town, as teams and districts are called: "Noord", "Zuidoost"."""
    return bool(_COMPASS.fullmatch(name))


def has_title(text: str, start: int) -> bool:
    """Tell whether a form of address or an initial stands right before `start`."""
    return bool(_TITLE_BEFORE.search(text[max(0, start - 12) : start]))


def is_notation(text: str, start: int) -> bool:
    """Tell whether a single letter at `start` numbers something: "categorie C", "bijlage B", "variant A"."""
    return bool(_NOTATION.search(text[max(0, start - 14) : start]))


def organisations_in(text: str) -> frozenset[str]:
    """Give the folded names that the text itself calls an organisation or building: "ziekenhuis De Vlietkamp"."""
    lower = text.lower()
    found = _CALLED.finditer(text) if any(word in lower for word in _CALLING) else ()
    return frozenset(fold(re.sub(r"\s+", " ", match["name"])) for match in found)


def is_street_like(word: str) -> bool:
    """Tell whether a word ends like a street, a building or a document ("Aalsmeerbaan"), and is no known surname."""
    folded = fold(word)
    return len(folded) > 6 and bool(_STREET.search(folded)) and folded not in surnames()


def is_route(name: str) -> bool:
    """Tell whether a run is a route or a row of places: "Lelystad - Den Haag"."""
    parts = re.split(r"\s?[-–/]\s?", name)
    return len(parts) > 1 and all(fold(part) in places() for part in parts)


def is_acronym(word: str) -> bool:
    """Tell whether a word is written like an abbreviation of an organisation (KLM, IenW, RIVM)."""
    return bool(_ACRONYM.match(word)) or bool(_INNER_CAPITALS.search(word))


def is_never_a_name(word: str) -> bool:
    """Tell whether a capitalised word is one of those that open lines and sentences in official texts."""
    return fold(word.rstrip(".:")) in word_list("never_names.txt")


def opens_sentence(text: str, start: int) -> bool:
    """Tell whether `start` is where a line or a sentence begins, so that a capital says nothing."""
    return start == 0 or bool(_SENTENCE_HEAD.search(text[max(0, start - 12) : start]))


def is_opener(text: str, start: int, word: str) -> bool:
    """Tell whether a capitalised word before a name is not part of it: "Gisteren", "Hoi", "Teamchef", "Kan"."""
    if is_never_a_name(word) or is_person_word(word):
        return True
    if is_function_word(word):
        return not is_forename(word) or opens_sentence(text, start)
    return is_common(word) and not is_forename(word) and not is_surname(word)
