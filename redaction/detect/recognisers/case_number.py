"""Numbers that lead to one person: parketnummer, proces-verbaal, case, client and personnel numbers.

The kenmerk of a letter is the organisation's own reference and is left alone.
"""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser

_PERSONAL = (
    r"(?:personeels|medewerkers?|werknemers?|stam|dienst|cli[eë]nt|pati[eë]nt|leerling|studenten?|student|"
    r"lidmaatschaps?|burger|inschrijf|"
    r"kandidaat|melders?|detentie|cjib|uht|polis|verzekerden?|bewoners?|gedetineerden?|crv|zorg|declarant|relatie|"
    r"klant|"
    r"inburgerings?|uitkerings?|bsn-vervangend|zaak|dossier|strafzaak|rol|rekest|casus|melding[s]?|klacht|aangifte|"
    r"proces-?verbaal|parket|boete(?:rapport)?|beschikkings?|cjib-)"
)
_VALUE = r"((?=[A-Za-z0-9\-/._]{0,24}\d)[A-Za-z0-9][A-Za-z0-9\-/._]{2,24}[A-Za-z0-9])(?![\w@])"
_LETTERHEAD = re.compile(
    r"(?im)^\s*(?:ons\skenmerk|uw\skenmerk|kenmerk|retouradres|postbus|behandeld\sdoor|contactpersoon)\b"
)
_DATE = re.compile(r"^(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,3})$")


class CaseNumberRecogniser(RuleRecogniser):
    """Finds numbers by the forms of police and prosecution, and others after a word that ties them to a person."""

    KIND = "case_number"
    RULES = (
        Rule(
            "case_number.parket",
            re.compile(r"(?<![\w/\-.])\d{2}([/.\-])\d{6}[\-.]\d{2}(?![\w/])", re.ASCII),
            0.9,
            "Heeft de vorm van een parketnummer.",
        ),
        Rule(
            "case_number.police",
            re.compile(
                r"(?<!\w)PL\d{4}-?\d{10}(?:-\d{1,2})?(?!\w)|(?<!\w)Z\d-\d{11}(?!\w)|"
                r"(?<!\w)PL\d{4}[ -]\d{2}-\d{4,6}(?!\w)"
            ),
            0.93,
            "Heeft de vorm van een proces-verbaalnummer of zaaknummer van de IND.",
        ),
        Rule(
            "case_number.after_cue",
            re.compile(
                rf"(?i)(?<!\w){_PERSONAL}[- ]?(?:nummers?|nrs?|no|id|code)\b\.?(?:\s(?:is|was|van|vader|moeder|luidt|"
                rf":|[a-z]{{2,12}})\b){{0,2}}"
                rf"\W{{1,24}}{_VALUE}"
            ),
            0.8,
            "Nummer achter een woord als 'personeelsnummer', 'parketnummer' of 'dossiernummer'.",
            groups=(1,),
        ),
        Rule(
            "case_number.file",
            re.compile(
                r"(?i)(?<!\w)(?:dossier|casus|zaak|boeterapport|proces-?verbaal|pv|melding|aangifte|klacht|"
                r"registratie|mutatie)\b"
                r"(?:\s(?:nr|nummer|no|id)\b)?\.?\s?[:#]?\s?((?=[A-Z0-9\-/.]{0,24}\d)[A-Z0-9]{1,6}(?:[\-/.][A-Z0-9]{2,12}){1,4}|"
                r"(?a:\d{6,12}))(?![\w@]|-\w)"
            ),
            0.7,
            "Nummer achter een woord als 'dossier', 'casus' of 'proces-verbaal'.",
            groups=(1,),
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Refuse dates and counts, and lower the zaaknummer that a letterhead uses as its own reference."""
        if rule.name in ("case_number.parket", "case_number.police"):
            return rule.score
        if _DATE.match(text[start:end]):
            return None
        line_start = text.rfind("\n", 0, start) + 1
        label = text[line_start:start].strip().lower()
        if re.fullmatch(r"(?:zaak|dossier|melding)s?[- ]?(?:nummer|nr\.?)\W*", label) and self._in_letterhead(
            text, line_start
        ):
            return 0.3
        return rule.score

    @staticmethod
    def _in_letterhead(text: str, line_start: int) -> bool:
        """Tell whether this line stands among the reference lines of a letter."""
        return bool(_LETTERHEAD.search(text[max(0, line_start - 400) : line_start + 300]))
