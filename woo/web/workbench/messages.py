"""What a screen says after a form was done; the address holds only the short name."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str] = {
    "geregistreerd": "Het verzoek is geregistreerd. De beslistermijn loopt vanaf de dag van ontvangst.",
    "stap": "De stap is gezet.",
    "feit": "Het feit is vastgelegd. De termijn is opnieuw berekend.",
    "ingetrokken": "Het feit telt niet meer mee. Het blijft zichtbaar in de geschiedenis.",
    "afgesloten": "De zaak is afgesloten. De reden staat bij de feiten en in de geschiedenis.",
    "afgerond": "De to-do is afgerond.",
    "aangeleverd": "De bestanden zijn opgeslagen en worden nu omgezet. U hoeft niet te wachten.",
    "toegewezen": "De zaak is toegewezen.",
    "teruggegeven": "De zaak is teruggegeven. Niemand heeft hem nu.",
    "zaken-toegewezen": "De gekozen zaken zijn toegewezen.",
    "zaken-teruggegeven": "De gekozen zaken zijn teruggegeven. Niemand heeft ze nu.",
    "gekoppeld": "De directies van deze jurist zijn opgeslagen.",
    "beschreven": "De gegevens van de zaak zijn opgeslagen.",
    "overgenomen": "De voorgestelde beoordelingen zijn overgenomen.",
    "opnieuw": "De stap start opnieuw. U hoeft niet te wachten.",
    "beoordeeld": "De beoordeling is opgeslagen.",
    "beslist": "Uw beslissing is opgeslagen.",
    "gezien": "De pagina staat als bekeken.",
    "goedgekeurd": "De gekozen documenten zijn goedgekeurd.",
    "teruggestuurd": "De zaak is teruggestuurd naar de beoordelaar, met uw opmerking.",
    "overwogen": "De overwegingen zijn opgeslagen. Het concept-besluit wordt opnieuw gemaakt.",
    "besloten": "Het besluit is vastgesteld. De beslistermijn is gestopt.",
    "intrekken": "De opdracht tot intrekken is gegeven. Het bestand gaat zo van de publieke site.",
    "opdracht": "De opdracht tot publiceren is gegeven. De stukken staan zo op de publieke site.",
    "gelakt": "De gekozen treffers zijn gelakt.",
    "brief": "De brief is opgeslagen en opnieuw berekend.",
    "brief-weg": "Het concept is weggegooid.",
    "brief-verstuurd": "De brief staat vast als verstuurd.",
    "contact": "Het contactmoment is vastgelegd.",
    "toetsen": "Uw voorkeur is opgeslagen.",
    "uitgelogd": "U bent uitgelogd.",
}
