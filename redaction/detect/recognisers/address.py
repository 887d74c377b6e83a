"""Street and house number, as one datum; a PO box is no address of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import fold, is_common, is_forename, streets, word_list
from redaction.detect.looks import near
from redaction.detect.names.shape import UPPER
from redaction.detect.recogniser import Recogniser, after, before
from redaction.detect.span import Finding

_SUFFIX = (
    r"(?:straat|str[ ]?\.|laan|weg|plein|hof|hofje|kade|singel|dijk|pad|gracht|steeg|plantsoen|dreef|park|hoek|ring|"
    r"markt|baan|boulevard|"
    r"haven|wal|veld|akker|kamp|erf|zoom|oord|burg|water|meent|horst|brink|werf|sloot|vaart|buorren|strjitte|leane|bos|heuvel|kwartier|"
    r"hout|tuin|gaarde|"
    r"loop|stee|rode|berg|beek|donk|poort|waard|polder|schans|bolwerk|buurt|weide|eind|einde|kolk|oever|eiland|"
    r"straße|strasse|allee|"
    r"platz|dyk|wei|terp|gang|bocht|kant|rak|zand|hil|veste|bruggen|brug|sluis|tuinen|hage|hove|mark|wijk|ven)"
)
_PART = rf"[{UPPER}0-9'’][\w'’.\-]{{0,29}}"
_SMALL = r"(?:van|à|de|den|der|het|ten|ter|'t|’t|in|op|aan|en|te|la|le|du|bij|'s|St\.|Sint|Burg\.|Mr\.|Dr\.|Prof\.)"
_NUMBER = (
    r"[ \t\u00a0]{1,2}(?:nr\.?[ \t\u00a0]|nummer[ \t\u00a0]|no\.[ \t\u00a0]|"
    r"huisnr\.?[ \t\u00a0])?(?a:[1-9]\d{0,4}|[lI]\d{1,3}(?!\w)|\d[lIO]\d?(?!\w))"
    r"(?:[ \t\u00a0]?(?:[A-Za-z](?!\w|\.\d)|bis\b|bs\b|zw\b|hs\b|huis\b|"
    r"rood\b|zwart\b|boven\b|"
    r"[IVX]{1,4}\b))?(?:[ \t\u00a0]?[\-–/+][ \t\u00a0]?(?a:\d{1,4}|[A-Za-z]{1,3}|"
    r"[IVX]{1,4})(?!\w))?(?:[\-/ ](?a:\d{1,3}|[a-zA-Z])(?![\w,.\-]))?"
    r"(?:,?[ \t\u00a0](?a:[1-9](?:e|de)?)[ \-]?(?:hoog|HOOG)\b|"
    r"[ ,]{1,2}(?:k|kamer|kmr|app|apt|appartement|unit)\b\.?[ ]?"
    r"[A-Z]?(?a:\d{1,4})[A-Za-z]?|[ ](?:en|&)[ ](?a:\d{1,4})[a-z](?!\w))?"
)
_BEFORE_NUMBER = re.compile(r"[ \t\u00a0](?:[lI]?\d)")
_LONGEST = (400, 90)
"""Characters that an address can take before the space of its number, and from there."""
_SUFFIXED = re.compile(
    rf"(?<![\w\-])((?:{_PART}[ \t\u00a0](?:{_SMALL}[ \t\u00a0]){{0,3}}){{0,4}}"
    rf"[{UPPER}a-z'’][\w'’\-]{{0,29}}?{_SUFFIX}"
    rf"(?:[ \t\u00a0](?:ZZ|NZ|OZ|WZ|[Nn]oord|[Zz]uid|[Oo]ost|[Ww]est))?)({_NUMBER})(?!\w)"
)
_AFTER_CUE = re.compile(
    rf"(?i:\b(?:wonende?|woont|woonde|gewoond|gevestigd|woonachtig|verblijft|verblijvende?|ingeschreven|woonadres|"
    rf"adres|bezoekadres|straat[ \t\u00a0]en[ \t\u00a0]huisnummer|"
    rf"straat|huisadres|postadres|correspondentieadres|verhuisd[ \t\u00a0]naar|"
    rf"adresgegevens)\b[ \t\u00a0]?:?[ \t\u00a0]{{1,8}}(?:(?:aan|te|op|in|naar|het|de|is|adres)[ \t\u00a0]){{0,4}})"
    rf"((?!Postbus)(?:(?:{_SMALL}[ \t\u00a0]){{0,2}}{_PART}[ \t\u00a0]){{1,5}}?)(?a:\d{{1,5}})"
    rf"(?:[ \t\u00a0]?[A-Za-z](?!\w)|[\-/](?a:\d{{1,4}})|[\-][A-Za-z]{{1,3}}\b)?(?!\w)"
)
_LEADING_TYPE = re.compile(
    rf"(?<!\w)(?:Plein|Hofje|Laan|Kade|Dijk|Weg|Boulevard|Rue|Avenue|Chauss[ée]e|Straat|Singel|Gracht|Via|Calle|"
    rf"Place|Paseo)[ \t\u00a0]"
    rf"(?:(?:van|de|der|den|la|le|du|des|di|"
    rf"del)[ \t\u00a0](?:la[ \t\u00a0])?)?(?:{_PART}[ \t\u00a0]){{0,3}}?{_PART}{_NUMBER}(?!\w)"
)
_BEFORE_POSTCODE = re.compile(
    rf"(?<![\w\-])((?!Postbus|Antwoordnummer|Postbox|Locker)"
    rf"(?:{_PART}[ \t\u00a0](?:{_SMALL}[ \t\u00a0]){{0,2}}){{0,3}}{_PART}{_NUMBER})"
    rf"(?:[ \t]{{0,4}}[,;]?[ \t]{{0,4}}\r?\n?[ \t]{{0,12}})(?a:[1-9]\d{{3}})[ \u00a0]?[A-Z]{{2}}(?!\w)"
)
"""A line right before a postcode is a street, whatever its name ends in."""
_TYPED = re.compile(r"(?:straat|laan|plein|singel|gracht|buorren|strjitte|leane)$")
_HOME = re.compile(r"(?i)\b(?:woon|woont|wonen|woonde|woning|huis|verblijf\w*)\b[^\n]{0,20}$")
_LISTED = re.compile(rf"(?<![\w\-])((?:{_SMALL}[ \t\u00a0]|{_PART}[ \t\u00a0]){{0,4}}?{_PART})({_NUMBER})(?!\w)")
_ENGLISH = re.compile(
    rf"(?<!\w)(?a:\d{{1,4}})[A-Za-z]?[ \t\u00a0](?:{_PART}[ \t\u00a0]){{1,3}}(?:Street|Road|Lane|Avenue|Drive|Close|"
    rf"Square|Court|Way)(?!\w)"
)
_UNIT = re.compile(
    r"^\s?(?:km|m²|m2|meter|euro|%|procent|uur|jaar|dagen|weken|maanden|stuks|personen|plaatsen|bewoners|leden|april|"
    r"mei|"
    r"januari|februari|maart|juni|juli|augustus|september|oktober|november|december|artikelen)\b",
    re.IGNORECASE,
)
_DATE_GOES_ON = re.compile(r"[-/.](?:19|20)?\d\d(?!\d)")
_BELONGS = re.compile(
    r"(?:van|à|de|den|der|het|ten|ter|'t|la|le|du|St\.?|Sint|Burg(?:emeester|\.)|Mr\.|Dr\.|Ir\.|Prof(?:essor|\.)|"
    r"Prins(?:es)?|Koning(?:in)?|Graaf|Gen(?:eraal|\.)|"
    r"Pres(?:ident|\.)|Pastoor|Kardinaal|Minister|Admiraal|Oude|Nieuwe|Grote|Kleine|Lange|Korte|Hoge|Lage|Verlengde|"
    r"Noorder|Zuider|Eerste|Tweede|Derde|"
    r"[1-9]e|Oost|West|Noord|Zuid|Laan|Jonkheer|Jhr\.|Baron|Wethouder|Deken|Dominee|Ds\.)$"
)
_SIZED = re.compile(r"(?:Oude|Nieuwe|Grote|Kleine|Lange|Korte|Hoge|Lage|Verlengde|Eerste|Tweede|Derde|[1-9]e)$")
_OPENER = re.compile(r"(?:van|de|den|der|het|ten|ter|la|le|du)$")


class AddressRecogniser(Recogniser):
    """Finds addresses by street suffix, by cue word, and by the list of Dutch street names."""

    KIND = "address"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield street with house number."""
        for match in near(_SUFFIXED, text, _BEFORE_NUMBER, *_LONGEST):
            start = self._begin(text, match.start(1), match.end(1))
            if self._is_street(text[start : match.end(1)], text, match.end()) or self._is_typed_street(text, match):
                yield self._finding(start, match.end(), 0.85, "address.suffix", "Straatnaam met huisnummer.")
        for match in near(_AFTER_CUE, text, _BEFORE_NUMBER, *_LONGEST):
            if self._is_street(match[1].strip(), text, match.end()):
                why = "Straatnaam met huisnummer achter een woord als 'woont' of 'adres'."
                yield self._finding(match.start(1), match.end(), 0.9, "address.after_cue", why)
        for pattern in (_LEADING_TYPE, _ENGLISH):
            for match in pattern.finditer(text):
                if not _UNIT.match(after(text, match.end())):
                    yield self._finding(
                        match.start(), match.end(), 0.75, "address.leading_type", "Straatnaam met huisnummer."
                    )
        for match in _BEFORE_POSTCODE.finditer(text):
            if not any(fold(word) in word_list("never_streets.txt") for word in re.findall(r"[^\W\d_]+", match[1])):
                why = "Straatnaam met huisnummer voor een postcode."
                yield self._finding(match.start(1), match.end(1), 0.8, "address.before_postcode", why)
        for match in near(_LISTED, text, _BEFORE_NUMBER, *_LONGEST):
            yield from self._listed(text, match)

    def _listed(self, text: str, match: re.Match[str]) -> Iterator[Finding]:
        """Yield the longest tail before the number that is a known Dutch street name."""
        words = list(re.finditer(r"\S+", match[1]))
        for word in words:
            start = match.start(1) + word.start()
            street = text[start : match.end(1)]
            year = " " not in street and re.fullmatch(r"\s(?:19|20)\d\d", match[2])
            if year or (" " not in street and is_common(street)):
                return
            if len(street) > 4 and fold(street) in streets() and self._is_street(street, text, match.end()):
                if (
                    re.search(r"(?i)\b(?:op|vanaf|tot|van|voor|na|eind|begin)\s$", before(text, start))
                    and " " not in street
                ):
                    return
                yield self._finding(
                    start, match.end(), 0.7, "address.street_list", "Bekende straatnaam met huisnummer."
                )
                return

    def _finding(self, start: int, end: int, score: float, rule: str, why: str) -> Finding:
        return Finding(self.KIND, start, end, score, rule, why)

    @staticmethod
    def _begin(text: str, start: int, end: int) -> int:
        """Give where the street really begins: what stands before it may be the end of a sentence or an organisation.

        The longest tail that is a known street wins; else the last word with what belongs to it (a title, a first
        name, "van der").
        """
        words = [(start + match.start(), match[0]) for match in re.finditer(r"\S+", text[start:end])]
        for at, (offset, _word) in enumerate(words):
            if fold(text[offset:end]) in streets():
                before_it = words[at - 1] if at else None
                return before_it[0] if before_it and _SIZED.match(before_it[1]) else offset
        index = len(words) - 1
        if index and not any(char.isalnum() for char in words[index][1]):
            index -= 1  # the point of "Kerkstr ." in a scan
        while index > 0 and (_BELONGS.match(words[index - 1][1]) or is_forename(words[index - 1][1])):
            index -= 1
        while index < len(words) - 1 and _OPENER.match(words[index][1]):
            index += 1
        return words[index][0]

    @staticmethod
    def _is_typed_street(text: str, match: re.Match[str]) -> bool:
        """Tell whether a street is typed without capitals: a known one, or where somebody says they live."""
        street = match[1].split()[-1]
        if is_common(street) or _UNIT.match(after(text, match.end())) or _DATE_GOES_ON.match(text[match.end() :][:6]):
            return False
        at_home = bool(_HOME.search(before(text, match.start(1))) or _TYPED.search(street))
        return fold(street) in streets() or (len(street) > 7 and at_home)

    @staticmethod
    def _is_street(street: str, text: str, end: int) -> bool:
        """Refuse articles, weeks, counts and measures that only look like a street with a number."""
        words = street.split()
        if not words or _UNIT.match(after(text, end)) or _DATE_GOES_ON.match(text[end : end + 6]):
            return False
        if any(fold(word.rstrip(".:")) in word_list("never_streets.txt") for word in words):
            return False
        return words[-1][0].isupper() or len(words) > 1 or words[0][0].isdigit()
