"""References that lead to the matter of one person, by their form: prefix, perhaps a year, and a number.

Agencies invent these themselves ("SIG-2021-77310", "LP/2021/883"), so no list of words before them is complete. Only
where somebody is spoken of, and not what a letter or a policy paper uses as its own reference.
"""

from __future__ import annotations

import re

from redaction.detect.lexicon import fold, is_common, is_forename, is_surname, places
from redaction.detect.names.shape import UPPER
from redaction.detect.recogniser import Rule, RuleRecogniser, before

_FORM = (
    r"(?:[A-Z]{1,5}(?:-[A-Z]{1,4})?[-/](?:20|19)?\d{2}[-/.]\d{2,7}|(?:20|19)\d{2}-[A-Z]{1,6}-\d{3,7}|[A-Z]{3}/\d{2}/\d{5,8}/[a-z]{2}|"
    r"(?:[A-Z]{2,5}-\d{4,10}|[A-Z]-\d{5,10})(?:[.\-]\d{2,7}){0,2}|[A-Z]{1,4}-\d{3}\.\d{3}|"
    r"[A-Z]{2,5}-[A-Z]{1,4}-\d{3,6}|[A-Z]{2,5}-[A-Z]\d{4}-\d{2,6}|[A-Z]{1,4}-\d{2}[ ]\d{5,8}|"
    r"[A-Z]{2,4}\d{5,9}|[A-Z]\d{7,8}|[A-Z]\d{2,4}-\d{4,7}|\d{5,7}/[A-Z]{2,5}-\d{4,6})"
)
_IMPERSONAL = re.compile(
    r"(?i)(?:kenmerk|referentie|factu|order|offerte|contract|opdracht|project|perceel|bestek|versie|"
    r"besluit(?:nummer|nr)|memo|rapport|publicatie|document|bijlage|kamerstuk|kamerbrief|amendement|richtlijn|"
    r"verordening|staatsblad|aanbested|tender|inkoop|perceel|kavel|sectie|"
    r"rijksweg|snelweg|afrit|monster|datalek|release|agendapunt|raadsvoorstel|raadsbesluit|hoofdstuk|paragraaf|"
    r"tabblad|(?<!\w)(?:fact|norm|nen|iso|nota|motie|stb|stcrt|art|artikel|serie|type|model|lokaal|kamer|zaal|gebouw|"
    r"graf(?:nummer|nr)?|vak|route|lijn|bus|trein|vlucht|weg|hmp|lot|batch|charge|ean|isbn|kvk|btw|rsin|oin|wijziging|"
    r"change|build|tabel|figuur|regel|grip|ubn|bsn|tel))[^\n]{0,16}$|"
    r"[^\W\d_]{3}(?:nummer|nr)\.?\W{0,4}$"
)
_IN_A_SENTENCE = re.compile(
    r"(?i)[a-z]{2}[ ,.(]{1,4}(?:met[ ]|het[ ]|onder[ ]|uw[ ])?(?<!\bons[ ])(?:kenmerk|ref(?:erentie)?)\.?"
    r"(?:[ ](?:is|nr\.?))?[ :]{1,2}$|^volgnr\.?[ :]{1,2}$"
)
"""A kenmerk that a sentence names is of the matter that it speaks of; one at the head of a letter is of the letter."""
_KNOWN_CODES = re.compile(
    r"^(?:CHG|RFC|CVE|KB)-?\d|^(?:EU|EG|ISO|NEN|EN|NPR|ECLI|COVID|SARS|AVG|WOO|WOB|CPV|STCRT|STB|COM|SWD|PE|HSL|BWV|BWB|CVDR|TK|EK|RD|NAP|"
    r"A|N|E|S|F|B|C|H|IC|ICE|VW|BMW|MF|MB|GB|KB|USB|HDMI|DIN|NTA|BRL|CROW|RAL|CO|PM|NO|SO|UN|IFRS|RJ|BBV|KR)[-/. ]?"
    r"\d{1,6}(?:[-/.]\d{1,4})?$|"
    r"^[A-Z]{1,6}-(?:19|20)\d\d$"
)
_PERSONAL = re.compile(
    r"(?i)\b(?:hij|zij|ze|haar|hem|zijn|mijn|ik|uw|u|betrokkene|verdachte|melder|klager|cli[eë]nt|pati[eë]nt|bewoner|huurder|"
    r"aangever|slachtoffer|eiser(?:es)?|bezwaarde|appellant|aanvrager|verzoeker|verzekerde|gedetineerde|leerling|student|"
    r"medewerker|kandidaat|mw|mevr(?:ouw)?|dhr|heer|moeder|vader|zoon|dochter|kind|gezin|echtgeno\w+|buur\w+|arts|"
    r"verdacht|aangehouden|gemeld|melding|klacht|aangifte|bekeuring|boete|waarschuwing|signaal|maatregel)\b"
)
_NAMED = re.compile(rf"[{UPPER}][^\W\d_]{{2,25}}")
_NEAR = 160
"""Characters on either side in which somebody must be spoken of: a line or two."""


class ReferenceRecogniser(RuleRecogniser):
    """Finds references by their form where a person is spoken of nearby."""

    KIND = "case_number"
    RULES = (
        Rule(
            "reference.form",
            re.compile(rf"(?<![\w\-/.&@=#]){_FORM}(?:[-/][A-Z0-9]{{1,3}}|-[a-z])?(?![\w\-/]|[.,]\d)", re.ASCII),
            0.55,
            "Heeft de vorm van een zaak- of meldingsnummer en staat bij een persoon.",
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Refuse what has its own word before it, well-known codes, and references where nobody is spoken of."""
        value = text[start:end]
        left = before(text, start, 60)
        if _KNOWN_CODES.search(value) or (_IMPERSONAL.search(left) and not _IN_A_SENTENCE.search(left)):
            return None
        return rule.score if _speaks_of_somebody(text, start, end) else None


def _speaks_of_somebody(text: str, start: int, end: int) -> bool:
    """Tell whether a person's name or a word for a person stands within a line or two."""
    around = text[max(0, start - _NEAR) : start] + " " + text[end : end + _NEAR // 2]
    if _PERSONAL.search(around):
        return True
    return any(
        (is_forename(word) or is_surname(word)) and not is_common(word) and fold(word) not in places()
        for word in _NAMED.findall(around)
    )
