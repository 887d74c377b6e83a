"""Names behind labels in forms and minutes: "Achternaam: Ndiaye", "Aanwezig: …", "Behandeld door: J.H. ten Brinke"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.looks import at_line_starts
from redaction.detect.names.people import people_in
from redaction.detect.names.shape import FULL, INITIALS, SURNAME, TITLES, UPPER
from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding

_NAME_LABEL = (
    r"(?:volledige\s)?(?:naam|namen|achternaam|geslachtsnaam|familienaam|meisjesnaam|roepnaam|voornaam|voornamen|"
    r"voorletters|tenaamstelling|"
    r"naam\s(?:en\s\w+|van\s[^:\n]{1,30}|\w+)|surname|first\sname|last\sname|name)(?:\s?\([^()\n]{1,20}\))?"
)
_PERSON_LABEL = (
    r"(?:(?:contact|vertrouwens)persoon(?:\s[\w ]{2,20})?|contact|behandeld\sdoor|behandelaar|behandelend\s\w+|"
    r"opgesteld\sdoor|opsteller|steller|auteurs?|"
    r"geschreven\sdoor|gecontroleerd\sdoor|beoordeeld\sdoor|(?:mede)?paraaf|(?:mede)?parafen|akkoord|aanwezig(?:en)?|"
    r"afwezig(?:en)?|"
    r"(?:met\s)?bericht\svan\sverhindering|verhinderd|afgemeld|deelnemers?|genodigden|leden|notulist|notulen|"
    r"verslag(?:legging)?|"
    r"voorzitter|secretaris|penningmeester|project(?:leider|manager)|\w{0,20}(?:manager|leider|adviseur|jurist|"
    r"medewerk(?:st)?er|inspecteur|ambtenaar|"
    r"coördinator|coordinator|arts|verpleegkundige|begeleider|onderzoekers?|rapporteur|rechercheur|"
    r"verbalisant(?:en)?|hoofd|chef|directeur)|"
    r"melder|aanvrager|verzoeker|indiener|klager|betrokkenen?|verdachte|slachtoffer|getuigen?|aangever|appellant|"
    r"eiser|gemachtigden?|raads(?:man|vrouw)|tolk(?:en)?|rechters?|bezwaarmaker|"
    r"cliënt|client|patiënt|leerling|kind(?:eren)?|partner|echtgeno(?:ot|te)|gehuwd\smet|ouders?|vader|moeder|voogd|"
    r"ondertekening|ondertekenaar|ondertekend(?:\sdoor)?|handtekening|getekend|gesproken\smet|gesprek\smet|gehoord|"
    r"in\sgesprek\smet|telefonisch\smet|door|"
    r"huurder|verhuurder|eigenaar|bewoners?|bestuurder|kentekenhouder|rekeninghouder|werknemer|werkgever|sollicitant|"
    r"kandidaat|"
    r"t\.?a\.?v|t\.?n\.?v|ter\sattentie\svan|ten\sname\svan|attn|eigenaar|sprekers?|spreker|actiehouder|actie|wie|"
    r"bestemd\svoor|ter\sinformatie|verzonden\sdoor|ontvangen\sdoor|gemeld\sdoor|geplaatst\sdoor|"
    r"laatst\sgewijzigd\sdoor|ingediend\sdoor)"
)
_LABEL_LINE = re.compile(
    rf"(?im)^[ \t>|•*\-–\d.)]{{0,8}}(?P<label>{_NAME_LABEL}|"
    rf"{_PERSON_LABEL})[ \t]{{0,20}}(?:\([^()\n]{{1,30}}\)[ \t]{{0,20}})?[:=|\t][ \t]*(?P<value>[^\n]{{1,1500}})"
)
_LABEL_BLOCK = re.compile(
    rf"(?im)^[ \t]{{0,4}}(?P<label>{_PERSON_LABEL})[ \t]?:?[ \t]*\n"
    rf"(?P<value>(?:[ \t]{{0,4}}[-•*–]?[ \t]?(?:\d{{1,2}}[.)][ \t])?[^\n:]{{3,80}}(?:\n|$)){{1,30}})"
)
_INLINE = re.compile(
    rf"(?i:\b(?:t\.?n\.?v\.?|t\.?a\.?v\.?|ten\sname\svan|ter\sattentie\svan|in\sopdracht\svan|"
    rf"contactpersoon(?:\sis)?|namens)|\b(?:naam|contact|behandelaar|steller):)\s{{1,2}}"
    rf"(?P<name>(?:{TITLES}){{0,3}}(?:{INITIALS}\s?{SURNAME}|{FULL}))"
)
_TAG = re.compile(
    r"(?i)<(?:\w{1,12}:)?(?:volledige|voor|achter|geslachts|familie|roep|aanschrijf)?"
    r"(?:na(?:am|men)|(?:first|last|sur)name)(?:\s[^<>\n]{1,60})?>(?P<value>[^<>\n]{2,60})</"
)
_CARD = re.compile(
    r"(?m)^[ \t]{0,4}(?:N|FN|NICKNAME|SORT-STRING|X-PHONETIC-\w{4,5}-NAME)(?:;[^:\n]{1,60})?:(?P<value>[^\n]{2,80})"
)
"""A name on a card of an address book (RFC 6350): "N:Haar;Liesbeth;;mr.;"."""
_CARD_PART = re.compile(r"[^;]+")
_SIGNED_LIST = re.compile(
    rf"(?m)^[ \t]{{0,4}}\d{{1,3}}[.)][ \t]+(?P<value>(?:{TITLES}|[{UPPER}])[^\n,;:]{{2,60}})(?=,|;|$)"
)


class NameFormRecogniser(Recogniser):
    """Finds names behind labels, in lists under a label, and in numbered lists of signatures."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the names that a label announces."""
        for match in at_line_starts(_LABEL_LINE, text):
            why = f"Naam achter '{match['label'].strip()}'."
            for start, end in people_in(text, match.start("value"), match.end("value")):
                yield Finding(self.KIND, start, end, 0.88, "form.label", why)
        for match in _TAG.finditer(text) if "</" in text else ():
            for start, end in people_in(text, *match.span("value")):
                yield Finding(self.KIND, start, end, 0.85, "form.tag", "Staat in een veld voor een naam.")
        if "BEGIN:VCARD" in text:
            yield from self._cards(text)
        for match in at_line_starts(_LABEL_BLOCK, text):
            yield from self._block(text, match)
        for match in _INLINE.finditer(text):
            for start, end in people_in(text, match.start("name"), match.end("name")):
                yield Finding(
                    self.KIND, start, end, 0.8, "form.inline", "Naam achter een woord als 't.n.v.' of 'contactpersoon'."
                )
        for match in at_line_starts(_SIGNED_LIST, text):
            for start, end in people_in(text, match.start("value"), match.end("value")):
                if " " in text[start:end] or "." in text[start:end]:
                    yield Finding(self.KIND, start, end, 0.6, "form.numbered", "Naam in een genummerde lijst.")

    def _cards(self, text: str) -> Iterator[Finding]:
        """Yield each part of a name on a card that is no title: there it needs not be known."""
        for match in at_line_starts(_CARD, text):
            for part in _CARD_PART.finditer(text, *match.span("value")):
                if not re.fullmatch(rf"\s*(?:{TITLES})*\s*", part[0]) and not re.search(r"[\d@]", part[0]):
                    why = "Staat in een veld voor een naam van een adreskaart."
                    yield Finding(self.KIND, *part.span(), 0.9, "form.card", why)

    def _block(self, text: str, match: re.Match[str]) -> Iterator[Finding]:
        position = match.start("value")
        for line in match["value"].splitlines(keepends=True):
            if not line.strip() or len(line.split()) > 9:
                return
            for start, end in people_in(text, position, position + len(line.rstrip("\n"))):
                yield Finding(
                    self.KIND, start, end, 0.8, "form.block", f"Naam in de lijst onder '{match['label'].strip()}'."
                )
            position += len(line)
