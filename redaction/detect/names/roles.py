"""Words that say what somebody is: collega, teamchef, zoon, getuige."""

from __future__ import annotations

from functools import lru_cache

from redaction.detect.looks import ending

PEOPLE = (
    r"(?:[a-zé]{0,16}(?:collega|chef|voorman|getuige|respondent|verdachte|moeder|vader|zoon|dochter|broer|zus(?:je)?|"
    r"oom|tante|opa|oma|neef|nicht|"
    r"buurman|buurvrouw|buurjongen|buurmeisje|maat|vriend|vriendin|vrouw|man|partner|echtgenote|echtgenoot|weduwe|"
    r"kleinzoon|kleindochter|"
    r"huisarts|tandarts|dierenarts|arts|psycholoog|psychiater|verpleegkundige|advocaat|advocate|notaris|stagiair[e]?|"
    r"trainee|adviseur|adviseuse|trainer|coach|monteur|deurwaarder|kapitein|schipper|brigadier|hoofdagent|luitenant|"
    r"bewindvoerder|curator|mentor|voogd|toezichthouder|opsporingsambtenaar|buitengewoon\sopsporingsambtenaar|"
    r"vertrouwenspersoon|casemanager|regisseur|griffier|rechter|officier|wethouder|burgemeester|gedeputeerde|"
    r"internist|cardioloog|chirurg|gynaecoloog|kinderarts|apotheker|fysiotherapeut|logopedist|diëtist|verloskundige|"
    r"organist|dirigent|koster|kapelaan|diaken|bode|portier|conciërge|bewaarder|piloot|stuurman|machinist|matroos|driver|"
    r"assistente?|secretary|neighbour|pleger|oppas|gastouder|pleegmoeder|pleegvader|stiefvader|stiefmoeder|"
    r"projectmedewerker|planner|controller|architect|schoonzoon|schoondochter|schoonzus|zwager|"
    r"medewerk(?:er|ster)|behandelaar|leider|leidster|coördinator|coordinator|penningmeester|voorzitter|secretaris|"
    r"secretaresse|"
    r"leraar|lerares|docent|docente|juf|meester|agente?|inspecteur|rechercheur|verbalisant|taxateur|eigenaar|"
    r"eigenaresse|bewoner|bewoonster|"
    r"cliënt|client|cliënte|patiënt|patiënte|leerling|slachtoffer|melder|klager|klaagster|ondernemer|boer|aannemer|"
    r"chauffeur|beveiliger|"
    r"ambtenaar|jurist|juriste|beleidsmedewerker|manager|hoofd|directeur|plaatsvervanger|opvolger|voorganger|"
    r"begeleider|tolk|journalist|"
    r"redacteur|verslaggever|onderzoeker|professor|hoogleraar|dominee|pastoor|imam|kind|baby|jongen|meisje|"
    r"bestuurder|werknemer|huurder|"
    r"verhuurder|vrijwilliger|sollicitant|kandidaat|gedetineerde|asielzoeker|vluchteling|statushouder|student|studente|"
    r"mevrouw|meneer|heer|familie|gezin|erven|erfgenamen|nabestaanden|echtpaar|weduwnaar|genaamde|genaamd|geheten|"
    r"genoemd|heet|heette|heten|alias))"
)
"""A pattern for such a word, also at the end of a compound; for use with IGNORECASE."""

_PERSON_WORD = ending(rf"(?i)^{PEOPLE}$")


@lru_cache(maxsize=20_000)
def is_person_word(word: str) -> bool:
    """Tell whether a word says what somebody is."""
    return bool(_PERSON_WORD.search(word))
