"""Names in running text by weight of evidence: known first names and surnames, tussenvoegsels, verbs around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import (
    fold,
    is_common,
    is_forename,
    is_function_word,
    is_surname,
    municipalities,
    places,
)
from redaction.detect.names.employer import without_employer
from redaction.detect.names.shape import HYPHENATED, INITIAL, TUSSEN
from redaction.detect.names.veto import (
    is_acronym,
    is_never_a_name,
    is_not_a_person,
    is_opener,
    is_route,
    is_street_like,
    opens_sentence,
)
from redaction.detect.recogniser import Recogniser, after, before
from redaction.detect.span import Finding

_RUN = re.compile(
    rf"(?<![\w@./\\\-])(?:(?:{TUSSEN}){{1,2}})?{HYPHENATED}"
    rf"(?:[ ](?:{INITIAL}[ ])?(?:{TUSSEN}){{0,2}}{HYPHENATED}){{0,5}}"
    rf"(?:[ ]?[–-][ ]?(?:{TUSSEN}){{1,2}}{HYPHENATED}|[ ][–-][ ](?=[A-Z]\w+\b){HYPHENATED})?(?![\w@])"
)
_TUSSEN_HEAD = re.compile(rf"^(?:{TUSSEN}){{1,2}}")
ACTS = re.compile(
    r"^,?\s(?:zegt|zei|zeg|geeft|gaf|stelt|stelde|wijst|wees|vindt|vond|vraagt|vroeg|stuurt|stuurde|belt|belde|bel|"
    r"mailt|mailde|mail|schrijft|schreef|meldt|meldde|"
    r"licht|verklaart|verklaarde|ontkent|ontkende|neemt|nam|voert|kijkt|keek|reageert|reageerde|antwoordt|herinnert|"
    r"bevestigt|"
    r"weet|denkt|dacht|krijgt|kreeg|werkt|woont|appt|appte|heeft|had|wil|wilde|kan|kon|zal|zou|doet|deed|gaat|ging|"
    r"komt|kwam|pakt|regelt|"
    r"zoekt|spreekt|sprak|vertelt|vertelde|maakt|maakte|past|sluit|huilt|checkt|leest|verzorgt|levert|bespreekt|legt|"
    r"waarschuwt|adviseert|twijfelt|hoort|moet|mag|jij|kun|kunnen|was|is|en\sik|zit|staat|vervangt|bereidt|"
    r"organiseert|controleert|tekent|akkoord)\b"
)
"""Words right after a name that say somebody acts: " zegt", " heeft", " is gebeld"."""
_STRONG_ACTS = re.compile(
    r"^,?\s(?:zegt|zei|geeft\saan|gaf\saan|stelt|vindt|vraagt|vroeg|stuurt|belt|belde|mailt|mailde|schrijft|"
    r"verklaart|verklaarde|ontkent|ontkende|"
    r"antwoordt|herinnert|appt|appte|wijst|licht\s\w+\s?toe|vertelt|vertelde|woont|denkt|sprak|spreekt|jij|wil\sjij|"
    r"kun\sjij|kan\sjij)\b"
)
TOWARDS = re.compile(
    r"(?i)\b(?:met|door|aan|van|tegen|voor|volgens|namens|bij|dat|en|of|vraag|bel|mail|app|via|dan|heeft|had|is|was|"
    r"wil|kan|zal|gaat|"
    r"dus|want|maar|aldus|naar|zonder|behalve|inclusief|zoals|wat|waar|hoe|ook)\s$"
)
"""Words right before a name that lead to somebody: "volgens ", "gesproken met "."""
_IN_A_PLACE = re.compile(
    r"(?i)\b(?:in|te|uit|naar|omgeving|gemeente|regio|provincie|stad|dorp|richting|locatie|nabij|vanuit|station)\s$"
)
_ARTICLE = re.compile(r"(?i)\b(?:de|het|een|deze|die|dit|dat|onze|elke|iedere|geen|zijn|haar|uw|hun)\s$")
_OF_TEAM = re.compile(r"^\s(?:van|bij|uit)\s(?:(?:de|het|onze)\s)?[\w&]{2,20}")
_ASKS = re.compile(
    r"(?i)(?:^|[.!?:,]\s|\b(?:of|dat|en)\s)(?:kan|kun|wil|zou|zal|moet|mag|gaat|weet|vraag|laat|bel|mail|app|vind|"
    r"denk|heeft|had|is|was)\s$"
)
_OBJECT = re.compile(
    r"^\s(?:dit|dat|het|de|een|even|nog|ook|mij|me|ons|jou|je|hem|haar|hier|daar|morgen|vandaag|straks|al|niet|er|"
    r"weer|bellen|mailen)\b"
)
_HAS = re.compile(r"(?i)\b(?:heb|hebben|heeft|had|hadden|ga|gaan|zal|zullen|wil|willen|kan|kunnen|moet|moeten)\s$")
_ASKING = re.compile(r"^\s(?:jij|je|u|wij|we|jullie|hij|zij|ze|iemand)\b")
"""After an opening verb: "Wil jij…" asks something, nobody is called Wil."""
_ASKED = re.compile(
    r"^\s(?:gevraagd|gesproken|gebeld|gemaild|geappt|verzocht|geïnformeerd|uitgenodigd|bericht|benaderd|ontmoet|"
    r"gehoord|verhoord|gezien|"
    r"vragen|bellen|mailen|spreken|informeren|uitnodigen|benaderen|horen|even|nog)\b"
)


def is_in_place(left: str) -> bool:
    """Tell whether the words before lead to a place: "in ", "gemeente "."""
    return bool(_IN_A_PLACE.search(left))


class NameSequenceRecogniser(Recogniser):
    """Finds capitalised runs that are names: first names that are no ordinary word, surnames with evidence around."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield each run that the evidence makes a name."""
        for match in _RUN.finditer(text):
            start, end = self._trimmed(text, match.start(), without_employer(text, *match.span()))
            if start < end:
                found = list(self._judged(text, start, end))
                if found and not is_not_a_person(text, start, end):
                    yield from found

    @staticmethod
    def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
        """Drop sentence openers and ordinary words at both ends of a run."""
        while start < end:
            words = text[start:end].split()
            first = words[0]
            opener = is_opener(text, start, first)
            if len(words) > 1 and opener and not _TUSSEN_HEAD.match(text[start:end]):
                start += len(first) + len(text[start + len(first) : end]) - len(text[start + len(first) : end].lstrip())
                continue
            if len(words) > 2 and is_acronym(words[-1]) and words[-2] in ("-", "–"):
                end = start + text[start:end].rindex(words[-2])
                end = start + len(text[start:end].rstrip())
                continue
            if len(words) > 1 and is_never_a_name(words[-1]):
                end -= len(words[-1])
                end = start + len(text[start:end].rstrip())
                continue
            break
        return start, end

    def _judged(self, text: str, start: int, end: int) -> Iterator[Finding]:
        run = text[start:end]
        head = _TUSSEN_HEAD.match(run)
        words = [
            word
            for word in re.split(r"[\s]+", run[head.end() :] if head else run)
            if word[:1].isupper() or "’" in word or "'" in word
        ]
        if not words or any(is_never_a_name(word) for word in words):
            return
        if is_acronym(words[0]) or is_acronym(words[-1]) or is_street_like(words[-1]) or is_route(run):
            return
        if len(words) > 1 and fold(run) in places():
            return
        left, right = before(text, start), after(text, end)
        opens = opens_sentence(text, start)
        if len(words) == 1 and not head:
            yield from self._single(start, end, words[0], left, right, opens)
        elif head and head[0].islower() and len(words) > 1 and not is_surname(words[0]):
            # "de klacht van Anouradha Jhagroe": the small word is a preposition, not a part of the name
            begin = start + head.end()
            tussen = bool(re.search(rf"\s{TUSSEN}", text[begin:end]))
            yield from self._several(begin, end, words, tussen, before(text, begin), right)
        elif head and not is_forename(words[0]):
            yield from self._with_tussen(start, end, words, head[0].strip(), left, right, opens)
        else:
            yield from self._several(
                start, end, words, " " in run and bool(re.search(rf"\s{TUSSEN}", run)), left, right
            )

    def _single(self, start: int, end: int, word: str, left: str, right: str, opens: bool) -> Iterator[Finding]:
        """Judge one word: a first name stands alone, a surname needs a verb after it or a preposition before it."""
        if opens and is_function_word(word) and not is_forename(word):
            return
        ordinary, place = is_common(word), fold(word) in places()
        if is_forename(word) and not ordinary and len(word) > 2:
            if place and (is_in_place(left) or not ACTS.match(right)):
                return
            why = "Bekende voornaam die geen gewoon woord is."
            yield Finding(self.KIND, start, end, 0.6 if place or len(word) < 4 else 0.75, "sequence.forename", why)
        elif is_forename(word) and (
            (right.startswith(",") and opens) or (_STRONG_ACTS.match(right) and not (opens and _ASKING.match(right)))
        ):
            yield Finding(
                self.KIND, start, end, 0.55, "sequence.forename_acts", "Voornaam die aangesproken wordt of iets doet."
            )
        elif is_surname(word) and not ordinary and not place:
            if ACTS.match(right) or TOWARDS.search(left):
                why = "Bekende achternaam met een werkwoord of voorzetsel erbij."
                yield Finding(self.KIND, start, end, 0.6, "sequence.surname", why)
        elif (
            is_surname(word)
            and not place
            and not opens
            and not _ARTICLE.search(left)
            and (ACTS.match(right) or _OF_TEAM.match(right))
        ):
            why = "Gewoon woord dat ook een achternaam is, met een hoofdletter midden in de zin."
            yield Finding(self.KIND, start, end, 0.5, "sequence.surname_capital", why)
        elif is_surname(word) and _STRONG_ACTS.match(right) and not place:
            yield Finding(self.KIND, start, end, 0.5, "sequence.surname_acts", "Achternaam die iets zegt of doet.")
        elif not (ordinary or place or opens or is_in_place(left)) and len(word) > 3 and self._acts(left, right):
            yield Finding(
                self.KIND,
                start,
                end,
                0.45,
                "sequence.unknown_acts",
                "Onbekend woord met hoofdletter dat iets zegt of doet.",
            )

    @staticmethod
    def _acts(left: str, right: str) -> bool:
        """Tell whether the words around say that this is somebody: "zegt X", "Kan X dit", "hebben X gevraagd"."""
        return bool(
            _STRONG_ACTS.match(right)
            or (_ASKS.search(left) and _OBJECT.match(right))
            or (_HAS.search(left) and _ASKED.match(right))
        )

    def _with_tussen(
        self, start: int, end: int, words: list[str], text_head: str, left: str, right: str, opens: bool
    ) -> Iterator[Finding]:
        """Judge "Van Genuchten", "van den Berg": a surname with its tussenvoegsel."""
        last = words[-1]
        whole = fold(f"{text_head} {last}")
        if whole in municipalities() or (whole in places() and (not is_surname(last) or is_in_place(left))):
            return
        if fold(last) in places() and not is_surname(last):
            return
        preposition = text_head[0].islower()
        place = fold(last) in places()
        known = is_surname(last) and not (preposition and (is_common(last) or place))
        if place and opens and not ACTS.match(right):
            return
        if preposition and not known:
            return
        evidence = bool(ACTS.match(right)) + bool(TOWARDS.search(left))
        if known and (not is_common(last) or evidence):
            yield Finding(self.KIND, start, end, 0.65, "sequence.tussenvoegsel", "Achternaam met tussenvoegsel.")
        elif not is_common(last) and ACTS.match(right) and not opens:
            yield Finding(
                self.KIND, start, end, 0.5, "sequence.tussenvoegsel_acts", "Naam met tussenvoegsel die iets doet."
            )

    def _several(
        self, start: int, end: int, words: list[str], tussen: bool, left: str, right: str
    ) -> Iterator[Finding]:
        """Judge a run of capitalised words, perhaps with tussenvoegsels between them."""
        first, last = words[0], words[-1]
        surname = is_surname(last)
        ordinary = sum(is_common(word) for word in words)
        if is_forename(first) and (not is_common(first) or surname or tussen):
            score = 0.9 if surname or tussen else 0.8
            yield Finding(self.KIND, start, end, score, "sequence.full_name", "Bekende voornaam met achternaam.")
        elif surname and not ordinary and fold(first) not in places():
            yield Finding(
                self.KIND,
                start,
                end,
                0.65,
                "sequence.surname_last",
                "Woorden met hoofdletters die op een bekende achternaam eindigen.",
            )
        elif len(words) > 1 and is_surname(first) and (is_forename(last) or surname) and ordinary < len(words):
            yield Finding(self.KIND, start, end, 0.6, "sequence.surname_first", "Achternaam met voornaam erachter.")
        elif not ordinary and len(words) < 5 and not any(is_acronym(word) or fold(word) in places() for word in words):
            placed = ACTS.match(right) or TOWARDS.search(left) or (_HAS.search(left) and _ASKED.match(right))
            if placed or (tussen and surname):
                why = "Heeft de vorm van een naam en staat waar een persoon staat."
                yield Finding(self.KIND, start, end, 0.5, "sequence.shape", why)
