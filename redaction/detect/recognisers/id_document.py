"""Numbers of passports, identity cards, residence documents and driving licences."""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser

_CUE = (
    r"(?i:paspoort|pasp|identiteits(?:kaart|bewijs|document)|id[- ]?(?:kaart|bewijs|document)|rijbewijs|reisdocument|"
    r"verblijfs?(?:document|kaart|vergunning)|vreemdelingen(?:document|paspoort)|vluchtelingenpaspoort|"
    r"legitimatie(?:bewijs)?|"
    r"documentnummer|passport|w-?document)"
)
_LINK = (
    r"(?i:s?(?:[- ]?(?:nummer|nr|no))?\.?"
    r"(?:\W{0,3}(?:(?:had|met|is|heeft|het|nummer|nr|no|van|soort|nl|type|:)\W{1,3}){0,4}))"
)


class IdDocumentRecogniser(RuleRecogniser):
    """Finds Dutch document numbers by their form (two letters, six signs, a digit) and others after a cue."""

    KIND = "id_document"
    RULES = (
        Rule(
            "id_document.after_cue",
            re.compile(
                rf"(?<!\w){_CUE}{_LINK}\W{{0,3}}((?=[A-Z0-9]*\d)[A-Z]{{1,3}}[A-Z0-9]{{5,8}}\d|(?a:\d{{10}}|"
                rf"\d{{9}}))(?!\w)"
            ),
            0.92,
            "Nummer achter een woord als 'paspoort', 'identiteitskaart' of 'rijbewijs'.",
            groups=(1,),
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
