"""Numbers of passports, identity cards, residence documents and driving licences, Dutch and foreign."""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser

_KIND = (
    r"(?:paspoort|pasp|identiteits-?(?:kaart|bewijs|document|papieren)|id[- ]?(?:kaart|bewijs|document|card|nr)|"
    r"rijbewijs|rijbew|rijb\b|rbw|reisdocument|reispapier|"
    r"verblijfs?(?:document|kaart|vergunning|pas|titel)|vreemdelingen(?:document|paspoort)|vluchtelingenpaspoort|"
    r"legitimatie(?:bewijs|nummer)?|laissez-?passer|nationaliteitsbewijs|zeemansboek|monsterboekje|"
    r"seaman['’]?s\sbook|travel\sdocument|residence\spermit|drivers?['’]?\slicen[cs]e|"
    r"documentnummer|document(?:nr|no)|passport|driving\slicence|identity\scard|w-?document|vreemdelingenkaart|"
    r"geprivilegieerdendocument|idk|nik|id(?=\s?:))"
)
_VALUE = (
    r"((?-i:(?=[A-Z0-9 ]{0,3}\d|[A-Z0-9]*\d)[A-Z]{1,3}[ ]?[A-Z0-9]{4,8}\d|[A-Z]{1,3}[ ]?\d[A-Z0-9]{4,8}|"
    r"[A-Z]{1,3}[ ][A-Z0-9]{2,4}[ ][A-Z0-9]{2,4}|"
    r"[A-Z]{2}\d[A-Z0-9 ]{4,9}\d)|(?a:\d{9,10}|\d{2}[ .]\d{4}[ .]\d{4}|\d{3}[ .]\d{3}[ .]\d{3,4}|"
    r"\d{4}[ .]\d{3}[ .]\d{3})|"
    r"(?=[a-z0-9]*\d[a-z0-9]*\d)[a-z]{2}[a-np-z0-9]{6}\d)(?!\w)"
)


class IdDocumentRecogniser(RuleRecogniser):
    """Finds Dutch document numbers by their form (two letters, six signs, a digit) and others after a cue."""

    KIND = "id_document"
    RULES = (
        Rule(
            "id_document.after_cue",
            re.compile(
                rf"(?i)(?<!\w){_KIND}(?:en|s)?(?:kopie)?(?:[- ]?(?:nummer|nr|no))?\.?"
                rf"(?:[\s:,(\"'/\-]{{1,3}}(?:(?:van|uit)\s)?(?-i:[A-Z][a-zé]{{3,20}}))?"
                rf"(?:\W{{0,3}}(?:(?:had|met|is|was|heeft|het|nummer|nr|no|van|soort|nl|type|gezien|getoond|overgelegd|ingezien|"
                rf"gecontroleerd|onder|afgegeven|geldig|"
                rf"nederlands|nationaal|identiteitskaart|paspoort|rijbewijs|:)\b\W{{0,3}}){{0,4}})"
                rf"\W{{0,20}}{_VALUE}"
            ),
            0.92,
            "Nummer achter een woord als 'paspoort', 'identiteitskaart' of 'rijbewijs'.",
            groups=(1,),
        ),
        Rule(
            "id_document.foreign",
            re.compile(
                r"(?i)(?<!\w)(?:paspoort|identiteitskaart|id-kaart|reisdocument|rijbewijs|"
                r"laissez-?passer)(?:\s(?:van|uit)\s"
                r"[^\W\d][\w\-]{2,20})?(?:,|\s)?[\s(:]{1,3}(?:(?:met\s)?(?:nummer|nr\.?|no\.?)\W{0,3})?"
                r"((?=[A-Za-z]{0,3}\d)[A-Za-z]{0,3}[ ]?(?a:\d{6,12}))(?!\w)"
            ),
            0.8,
            "Nummer van een buitenlands paspoort of ander identiteitsbewijs.",
            groups=(1,),
            needs=("paspoort", "kaart", "reisdocument", "rijbewijs", "passer"),
        ),
        Rule(
            "id_document.form",
            re.compile(
                r"(?<![\w\-/.])(?=[A-Z0-9]{0,8}\d[A-Z0-9]{0,8}\d)[INSPBXWZ][A-NP-Z](?=[A-NP-Z0-9]{0,6}[A-NP-Z])"
                r"[A-NP-Z0-9]{6}\d(?![\w\-/])",
                re.ASCII,
            ),
            0.6,
            "Heeft de vorm van een Nederlands paspoort- of identiteitskaartnummer.",
        ),
    )
