"""Names in capitals only, as judgments, forms and directories write them: "FREDERIKA JOHANNA TUIN", "DE BRUIJN, L."."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from redaction.detect.lexicon import fold, is_common, is_forename, is_surname, places
from redaction.detect.names.people import is_sentence_word
from redaction.detect.names.shape import INITIALS, UPPER
from redaction.detect.names.veto import is_never_a_name, is_not_a_person
from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding

_WORD = rf"[{UPPER}][{UPPER}'’]{{1,24}}(?:[-–][{UPPER}][{UPPER}'’]{{1,24}}){{0,2}}"
_SMALL = r"(?:VAN|DE|DER|DEN|TEN|TER|TE|EL|AL|'T|’T|IN|OP|LA|DI|DU|DA|DOS|BIN|VON)"
_RUN = re.compile(
    rf"(?<![\w.\-/@]){_WORD}(?:[ ](?:{_SMALL}[ ]){{0,3}}{_WORD}){{1,4}}(?![\w@])"
)
_WITH_INITIALS = re.compile(rf"(?<![\w.\-/@])(?:{INITIALS}[ ]?)(?:{_SMALL}[ ]){{0,3}}{_WORD}(?![\w@])")


class NameCapitalsRecogniser(Recogniser):
    """Finds a known first name with a surname, and initials with a surname, where every letter is a capital."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the names in capitals."""
        for match in _RUN.finditer(text):
            yield from self._run(text, *match.span())
        for match in _WITH_INITIALS.finditer(text):
            last = match[0].split()[-1].rsplit(".", maxsplit=1)[-1]
            if is_surname(last) and not is_not_a_person(text, *match.span()):
                why = "Voorletters met een achternaam in hoofdletters."
                yield Finding(self.KIND, *match.span(), 0.75, "capitals.initials", why)

    def _run(self, text: str, start: int, end: int) -> Iterator[Finding]:
        """Judge one run: what stands before the first name is no part of it."""
        words = [(start + match.start(), match[0]) for match in re.finditer(r"\S+", text[start:end])]
        first = next((i for i, (_at, word) in enumerate(words) if _is_first_name(word)), None)
        if first is None or len(words) - first < 2:
            return
        named = list(itertools.takewhile(lambda pair: not is_sentence_word(pair[1]), words[first:]))
        rest = [word for _at, word in named]
        if len(rest) < 2:
            return
        start, last = named[0][0], rest[-1]
        end = named[-1][0] + len(last)
        if any(is_never_a_name(word) for word in rest) or fold(" ".join(rest)) in places():
            return
        if is_not_a_person(text, start, end) or (is_common(last) and not is_surname(last)):
            return
        score = 0.75 if is_surname(last) or is_forename(last) else 0.6
        yield Finding(self.KIND, start, end, score, "capitals.full_name", "Voornaam en achternaam in hoofdletters.")


def _is_first_name(word: str) -> bool:
    return len(word) > 2 and is_forename(word) and not is_common(word)
