"""Numbers that lead to one person: of the police, the prosecution, courts, client files and personnel.

The kenmerk of a letter is the organisation's own reference and is left alone, unless the words around it tie it to
one person's complaint, application or objection.
"""

from __future__ import annotations

import re

from redaction.detect.lexicon import is_surname
from redaction.detect.names.shape import UPPER
from redaction.detect.recogniser import Rule, RuleRecogniser, before
from redaction.detect.recognisers.spoken import DIGIT

_PERSONAL = (
    r"(?:personeels?|pers|medewerkers?|werknemers?|stam|dienst|inspecteurs|verbalisant(?:en)?|cli[eë]nt(?:en)?|"
    r"pati[eë]nt(?:en)?|leerling(?:en)?|studenten?|student|"
    r"lidmaatschaps?|burger|inschrijf|inschrijvings|aanmeld(?:ings)?|kandidaat|kandidaats|melders?|detentie|cjib|uht|"
    r"polis|verzekerden?|verzekerings?|"
    r"bewoners?|gedetineerden?|crv|crb|skn|zorg|declarant|declaratie|relatie|klant|inburgerings?|uitkerings?|"
    r"bsn-vervangend|zaak|dossier|strafzaak|rol|rekest|casus|meldings?|klacht(?:en)?|klachts|bezwaar|bezwaar(?:zaak)?|"
    r"beroeps?|aangifte|proces-?verbaal|pv|mutatie|registratie|incident|bvh|gms|slachtoffer|shn|parket|"
    r"boete(?:rapport|zaak)?|boetezaak|beschikkings?|sanctie|aanvraag|aanvragers?|vergunning(?:s|aanvraag)?|"
    r"onderzoeks|schade|claim|toeslag(?:en)?|subsidie(?:aanvraag)?|verzoek|ind-?(?:zaak|dossier)?|coa|kind|"
    r"gezins|huishoud|deelnemers?|debiteuren?|huurders?|donor|abonnee|aansluit|lener|reizigers?|ticket|sollicitatie|"
    r"ov-?chip(?:kaart)?|dossierstuk|gevangenis|vonnis|arrest|griffie|huishoudens|ssb|psn|onderwijs)"
)
_KEY = r"(?:nummers?|nrs?|no|id|code|kenmerk)"
_VALUE = (
    r"((?!BSN|KVK|KvK|TEL|IBAN|VAN|EN[ ])(?-i:[A-Z]{2,4}|UvB)[ ]"
    r"(?a:\d{5,9}(?:-[A-Z])?|\d{4}(?:[ ]\d{2,6}){1,2})(?![-/.]\d)|"
    r"(?a:\d{2,5}(?:[ ]\d{2,6}){1,4}|\d(?:[ ]\d{3,4}){3,4})(?![-/.]\d)|"
    r"(?=[A-Za-z0-9\-/._]{0,24}\d)[A-Za-z0-9][A-Za-z0-9\-/._]{2,24}[A-Za-z0-9])"
    r"(?![\w@])"
)
_COURTS = (
    r"(?:AMS|ARN|ALM|ALK|ASS|BRE|DOR|GEL|GRO|GRN|DHA|SGR|HAA|HER|HOO|LEE|LIM|MAA|MID|MNE|NHO|NNE|OBR|OVE|ROE|ROT|SHE|"
    r"UTR|ZLY|ZUT|ZWB|ZWO|AWB|BK|VK|VV|BRP|WOB|WOO)"
)
_CIVIL = r"(?:HA|KG|JE|FA|FT|EA|FZ|KL|AR|BZ|AZ)[ ]?(?:ZA|RK|EXPL|VERZ)"
_LETTERHEAD = re.compile(
    r"(?im)^\s*(?:ons\skenmerk|uw\skenmerk|kenmerk|retouradres|postbus|behandeld\sdoor|contactpersoon)\b"
)
_DATE = re.compile(r"^(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,3}|(?:19|20)\d\d)$")
_PUBLIC = re.compile(
    r"(?i)(?:kamer(?:stuk(?:ken)?|brief|vra(?:ag|gen)|dossier)|wetsvoorstel|staatsblad|staatscourant)\W"
)


_STEM = re.compile(r"(?i)(?<![^\W\d_])([^\W\d_][\w.\-]{1,30}?)[-. ]?(?:nummer|nr\.?)(?!\w)\.?[^\w\n]{1,12}$")
_OF_PERSON = re.compile(rf"([{UPPER}][^\W\d_]{{2,25}})[,(]?[ ]\(?(?:nr\.?|nummer)[ :]{{1,3}}$")
_IMPERSONAL = re.compile(
    r"(?i)(?:kamer(?:stuk)?|fact(?:uu?r)?|order|offerte|artikel|art|versie|huis|lokaal|zaal|pagina|blad(?:zijde)?|"
    r"vraag|"
    r"volg|rij|regel|punt|kavel|perceel|model|type|product|catalogus|isbn|issn|ean|serie|chassis|bestek|inkoop|"
    r"verplichting(?:en|s)?|contract|project|document|bestands?|rapport|publicatie|voorstel|wetsvoorstel|zittings?|"
    r"agenda|lijn|spoor|tele(?:foon|fax)|tel|mobiel|fax|gsm|toestel|doorkies|mob|kvk|rsin|btw|vestigings?|rekening|rek|"
    r"bank(?:rekening)?|giro|iban|bsn|burgerservice|sofi|service|kenteken|paspoort|rijbewijs|legitimatie|post(?:bus)?|"
    r"antwoord|leges(?:nota)?|kas|grootboek|kosten(?:plaats|post)|afdelings?|locatie|jaar|week|bijlage|stuk|ecli|ljn?|"
    r"stb|stcrt|noot|voet|hoofdstuk|onderdeel|tabel|figuur|een|geen|het|dit|dat|aantal|rang|rug|start|alarm|nood|"
    r"informatie|bpm|oin|gln|certificaat|norm|iso|nen|build|patch|release|ip|mac|poort|memo|besluit|brief|circulaire|"
    r"nota|notitie|verslag|lot|monster|partij|batch|charge|asset|inventaris|sim|vlucht|trein|bus|route|gebouw|gebieds?|"
    r"wijk|buurt|zoek|pin|kanaal|deur|crediteuren?|leverancier|opdracht|spoed|ons|uw|onder|met|op|van|en|of|is|als|de|"
    r"vreemdelingen|a|v|id|big|agb|pas|zones?|kast|vak|bord|mast|object|put|rit|ronde|wedstrijd|seizoen|editie|nummer|"
    r"parkeer\w*|richtlijn|wet|kader\w*|kas|betaal|bic|swift|kadaster|kadastraal|sectie|deel|band|boek|map|doos|archief|inventaris|bouw|"
    r"graf|datalek|memorandum|\w*(?:order|factuur|offerte|contract|bestel\w*)|keur|tender|aanbestedings?|percelen|cpv|ean|unn?|cas|eg|e|dossierstuk|raadsmemo|meter|"
    r"(?:tele|)fax|postregistratie|register|verordening|bestemmingsplan|kaart|klacht(?:en)?lijn|hulp|centrale|"
    r"algemeen)$"
)


def _is_personal_stem(left: str, value: str) -> bool:
    """Tell whether the word before "-nummer" is none that counts things, papers or organisations."""
    person = _OF_PERSON.search(left)
    if person and sum(char.isdigit() for char in value) > 3 and is_surname(person[1]) and not _DATE.match(value):
        return True
    stem = _STEM.search(left)
    if stem is None or sum(char.isdigit() for char in value) < 4:
        return False
    return not _IMPERSONAL.match(stem[1].rstrip(".-"))


class CaseNumberRecogniser(RuleRecogniser):
    """Finds numbers by the forms of police, prosecution and courts, and others after a word that ties them to one."""

    KIND = "case_number"
    RULES = (
        Rule(
            "case_number.parket",
            re.compile(r"(?<![\w/\-.])\d{2}[ ]?([/.\-])[ ]?\d{6}[ ]?[\-./][ ]?\d{2}(?![\w/]|-\d)", re.ASCII),
            0.9,
            "Heeft de vorm van een parketnummer.",
        ),
        Rule(
            "case_number.police",
            re.compile(
                r"PL\d{4}(?<!\wPL\d{4})(?:-?\d{10}(?:-\d{1,2})?|[ -]\d{2}-\d{4,6}|"
                r"[ -]20\d{2}[ -]?\d{6}(?:-\d{1,2})?)(?!\w)|"
                r"Z(?<!\wZ)\d-\d{10,13}(?!\w)"
            ),
            0.93,
            "Heeft de vorm van een proces-verbaalnummer of zaaknummer van de IND.",
        ),
        Rule(
            "case_number.court",
            re.compile(
                rf"(?<![\w/\-.])(?:{_COURTS}[ \-]{{0,3}}\d{{2}}[ ]?[/_][ ]?\d{{1,5}}(?:[ ](?:(?!EN|"
                rf"OF)[A-Z]{{2,8}}\d{{0,2}})(?!\w))?|"
                rf"NL\d{{2}}\.\d{{3,6}}|"
                rf"C/\d{{2}}/\d{{5,7}}(?:[ ]?/[ ]?{_CIVIL}[ ]?\d{{2}}[-/]\d{{1,5}})?|"
                rf"{_CIVIL}[ ]\d{{2}}[-/]\d{{1,5}}|"
                rf"\d{{6,8}}[ ][A-Z]{{1,2}}(?:[ ](?:EXPL|VERZ))[ ]\d{{2}}[-/]\d{{1,5}}|"
                rf"20\d{{7}}/\d/[A-Z]\d|(?:BRS|CRV)\.\d{{2}}\.\d{{6}}|"
                rf"\d{{2}}/\d{{2,5}}[ ](?:WIA|WAO|WAJONG|WW|ZW|WMO\d*|PW|AOW|ANW|AW|BBZ|WWB|IOAW|AKW|WLZ|WUV|WUBO|"
                rf"WOO|WOB|"
                rf"MAW|WSF|BESLU|VERWO|STRAF|WET|GEMWT)(?:[ -][A-Z]{{1,3}}\d?)?)(?![\w/]|-\d)"
            ),
            0.8,
            "Heeft de vorm van een zaaknummer van een rechtbank of hof.",
        ),
        Rule(
            "case_number.after_cue",
            re.compile(
                rf"(?i)(?<!\w){_PERSONAL}[-. "
                rf"]?{_KEY}\b\.?(?:\s/\s?\w{{2,12}}{_KEY}\b\.?)?(?:\s\((?!\d)[^()\n]{{2,30}}\))?"
                rf"(?:\s(?:is|was|van|vader|moeder|luidt|"
                rf":|(?-i:[a-z]{{2,12}}))\b(?![-/]\w)){{0,2}}"
                rf"[^\w\n]{{1,24}}{_VALUE}"
            ),
            0.8,
            "Nummer achter een woord als 'personeelsnummer', 'parketnummer' of 'dossiernummer'.",
            groups=(1,),
            needs=("num", "nr", " no", "id", "code", "kenmerk"),
        ),
        Rule(
            "case_number.any_number",
            re.compile(rf"(?i)(?<=[a-zë.\- ])(?:nummer|nr\.?)(?!\w)\.?[^\w\n]{{1,12}}{_VALUE}"),
            0.55,
            "Nummer achter een woord op '-nummer' dat naar een zaak of persoon kan leiden.",
            groups=(1,),
            needs=("nummer", "nr"),
        ),
        Rule(
            "case_number.register",
            re.compile(
                r"(?<!\w)(?:BVH|SKN|GMS|SHN|CRV|CJIB|UHT|PV|PVB|BOSZ|GCOS|KTS|VIP|UZOVI|Suwinet|HKS|"
                r"BPS)\b(?:[- ](?:nr|no|id|incident|zaak))?"
                r"\.?[: ]{1,3}((?=[A-Za-z0-9\-/.]{0,24}\d{4})[A-Za-z0-9][A-Za-z0-9\-/.]{4,24}[A-Za-z0-9])(?![\w@])"
            ),
            0.75,
            "Nummer uit een register van politie, justitie of een uitvoerder.",
            groups=(1,),
        ),
        Rule(
            "case_number.next",
            re.compile(
                rf"(?i)(?<!\w){_PERSONAL}[- ]?(?:nummers|nrs|nummer|nr)\b\.?[^\w\n]{{1,6}}{_VALUE}\s?(?:,|en|;|/|&)\s"
                rf"{_VALUE}(?:\s?(?:,|en|;|/|&)\s{_VALUE})?"
            ),
            0.75,
            "Staat in een rij zaaknummers.",
            groups=(2, 3),
            needs=("num", "nr"),
        ),
        Rule(
            "case_number.file",
            re.compile(
                r"(?i)(?<!\w)(?:ov-?chip(?:kaart)?|zaakje|dossier|casus|zaak|boeterapport|inspectierapport|proces-?verbaal|pv|melding|"
                r"aangifte|klacht|"
                r"registratie|mutatie|parket|cjib|beschikking|bezwaarschrift|aanvraag|slachtofferhulp|"
                r"personeelsdossier|casenr|case|naheffing(?:saanslag)?|aanslag|bekeuring|bon|ticket|waarschuwing|sanctie|"
                r"maatregel|signaal|"
                r"cli[eë]nt|pers)\b"
                r"(?:\s(?:nr|nummer|no|id|onder|met|met\snummer|onder\snummer|staat\sonder)\b)?\.?"
                r"(?:\s|[ ]{2,22}(?=:))?[:#]?\s?"
                r"((?=[A-Z0-9\-/.]{0,24}\d)[A-Z0-9]{1,6}(?:[\-/.][A-Z0-9]{1,12}){1,4}|"
                r"(?-i:(?!BSN|KVK|TEL|VAN)[A-Z]{2,4}(?:-[A-Z])?)[ ](?a:\d{5,9}(?:-[A-Z0-9]{1,3})?|\d{2,4}-\d{2,5})|"
                r"(?=[A-Z]{0,4}\d)[A-Z]{0,4}(?a:\d{6,12})|"
                r"(?a:\d{4}(?:[ ]\d{4}){3}|\d{2}/\d{4}))(?![\w@]|-\w)"
            ),
            0.7,
            "Nummer achter een woord als 'dossier', 'casus' of 'proces-verbaal'.",
            groups=(1,),
        ),
        Rule(
            "case_number.known_under",
            re.compile(
                rf"(?i)\b(?:klacht|bezwaar(?:schrift)?|beroep(?:schrift)?|aanvraag|melding|aangifte|verzoek|zaak|"
                rf"dossier|beschikking|besluit|boete|uitkering|toeslag|reactie|ontvangen|bekend|geregistreerd|"
                rf"ingeschreven)\b[^.\n]{{0,60}}?"
                rf"\b(?:onder|met|op)\s(?:het\s|als\s)?(?:zaak|dossier)?(?:nummer|nr\.?|kenmerk)\s?:?\s?"
                rf"(?:is\s)?{_VALUE}"
            ),
            0.65,
            "Nummer waaronder de klacht, aanvraag of zaak van een persoon bekend is.",
            groups=(1,),
            needs=("nummer", "nr", "kenmerk"),
        ),
        Rule(
            "case_number.official",
            re.compile(
                r"(?i)(?<!\w)(?:(?:register)?tolk|parkeerwachter|verbalisant|toezichthouder|boa|agent|hoofdagent|wijkagent|"
                r"brigadier|inspecteur|controleur|handhaver|surveillant|beveiliger|(?:boa-?|dienst-?|rijks|politie|toegangs)pas|"
                r"legitimatie(?:bewijs)?(?:nummers?|nr)?|rbtv|wbtv|diploma)[ ]{0,20}(?:nr\.?|nummer)?[: ]{1,20}"
                r"((?!(?:19|20)\d\d(?!\d))(?a:\d{4,8})|(?-i:[A-Z]{1,3}-?\d{3,8}))(?![\w/]|[.,\-]\d|\s(?:euro|uur))"
            ),
            0.65,
            "Nummer van een ambtenaar, tolk of toezichthouder.",
            groups=(1,),
        ),
        Rule(
            "case_number.of_reader",
            re.compile(
                r"(?i)(?<!\w)uw[ ](?:nummer|nr\.?)[ ]?:?[ ]{1,4}((?-i:[A-Z]{1,4}[ \-]?)?(?a:\d{4,10}))"
                r"(?![\w/]|[.,\-]\d)"
            ),
            0.65,
            "Nummer waaronder de lezer bekend is.",
            groups=(1,),
            needs=("uw n",),
        ),
        Rule(
            "case_number.spoken",
            re.compile(
                rf"(?i)(?<!\w){_PERSONAL}[- ]?(?:nummer|nr\.?)(?:\s(?:is|was|van|luidt))?[ :]{{1,3}}"
                rf"({DIGIT}(?:[ ,]{{1,2}}{DIGIT}){{4,11}})(?!\w)"
            ),
            0.65,
            "Nummer van een zaak, in woorden gezegd.",
            groups=(1,),
            needs=("nummer", "nr"),
        ),
        Rule(
            "case_number.logged",
            re.compile(r"(?i)(?<![\w.])(?:client|clientid|client_id|pid|patient|persoon|dossier)=[\"']?((?a:\d{5,12}))(?!\w)"),
            0.7,
            "Nummer van een persoon of dossier in een logboek.",
            groups=(1,),
            needs=("=",),
        ),
        Rule(
            "case_number.payment",
            re.compile(
                r"(?i)\b(?:onder\svermelding\svan|betalings?kenmerk|met\skenmerk|acceptgiro)"
                r"(?:\s(?:nummer|nr\.?|kenmerk|het))?\W{0,4}"
                r"((?a:\d{4}(?:[ ]?\d{4}){3}|\d{9,16}))(?!\w)"
            ),
            0.7,
            "Betalingskenmerk: dat leidt naar de zaak van een persoon.",
            groups=(1,),
            needs=("vermelding", "kenmerk", "acceptgiro"),
        ),
    )

    def judge(self, rule: Rule, text: str, start: int, end: int) -> float | None:
        """Refuse dates, counts and papers of parliament, and lower the zaaknummer that a letterhead uses for itself."""
        if rule.name in ("case_number.parket", "case_number.police"):
            return rule.score
        if rule.name == "case_number.any_number" and not _is_personal_stem(before(text, start, 60), text[start:end]):
            return None
        if _DATE.match(text[start:end]) or _PUBLIC.search(before(text, start, 30)):
            return None
        line_start = text.rfind("\n", 0, start) + 1
        label = text[line_start:start].strip().lower()
        if re.fullmatch(r"(?:zaak|dossier|melding)s?[- ]?(?:nummer|nr\.?)\W*", label) and self._in_letterhead(
            text, line_start
        ):
            return 0.45
        return rule.score

    @staticmethod
    def _in_letterhead(text: str, line_start: int) -> bool:
        """Tell whether this line stands among the reference lines of a letter."""
        return bool(_LETTERHEAD.search(text[max(0, line_start - 400) : line_start + 300]))
