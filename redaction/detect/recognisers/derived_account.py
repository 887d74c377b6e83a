"""Accounts that an organisation made of a name which stands in the same text: "kgerbr" beside Klaas Gerbranda.

No list of names knows a surname that was cut short, so the names of the text itself are the measure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from redaction.detect.lexicon import fold, is_common, is_forename, is_surname, word_list
from redaction.detect.names.shape import UPPER
from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding

_NAME = re.compile(rf"(?<![\w.@/\\])[{UPPER}][^\W\d_]{{3,24}}(?![\w@])")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(
    r"(?<![\w.@/\\\-#=])(?=[A-Za-z]{0,18}\d|[a-z])([a-z]{4,18}|[A-Z]{4,18})(\d{0,3})"
    r"(?:-(?:ext|adm|vrs|svc|beh))?(?![\w@\\\-]|\.\w)"
)
_NEAR = 40
"""Characters around a surname in which its first name or initials stand."""
_STEM = 4
"""Letters of the surname that an account keeps at the least."""
_FIRST_NAME = 3
"""Letters of the first name that tell it from initials."""
_INITIALS = 2
_MOST_BEFORE = 8
"""Letters before the surname: a first name, or initials and tussenvoegsels as in "mvdber"."""


class DerivedAccountRecogniser(Recogniser):
    """Finds tokens made of an initial and the beginning of a surname that the text holds, in either order."""

    KIND = "username"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the accounts."""
        tokens = [match for match in _TOKEN.finditer(text) if match[1].islower() or match[2]]
        names = _names(text) if tokens else {}
        made: dict[str, bool] = {}
        for match in tokens:
            token = match[0]
            if token not in made:
                made[token] = _is_made(match[1].lower(), bool(match[2]), names)
            if made[token]:
                why = "Account dat is gemaakt van een naam die in dit document staat."
                yield Finding(self.KIND, match.start(), match.end(), 0.7, "username.derived", why)


def _names(text: str) -> Mapping[str, list[tuple[str, tuple[str, ...]]]]:
    """Give the words with a capital by their first letters, each with the others near it: first names, initials."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for match in _NAME.finditer(text):
        around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        key = fold(match[0])
        if len(key) >= _STEM:
            near = tuple(fold(word) for word in _WORD.findall(around) if word[0].isupper() and word != match[0])
            found[key[:_STEM]].append((key, near))
    return found


def _is_made(token: str, numbered: bool, names: Mapping[str, list[tuple[str, tuple[str, ...]]]]) -> bool:
    """Tell whether letters are a name of the text with an initial at either end, or cut short with a number."""
    if is_forename(token) or is_surname(token):
        return False
    for cut in range(min(_MOST_BEFORE, len(token) - _STEM) + 1):
        for key, near in names.get(token[cut : cut + _STEM], ()):
            before, rest = token[:cut], token[cut:]
            kept = _shared(rest, key)
            after = rest[kept:]
            if _fits(before, after, kept, key, near, numbered) and not is_common(token):
                return True
    return False


def _fits(before: str, after: str, kept: int, key: str, near: tuple[str, ...], numbered: bool) -> bool:
    """Tell whether what stands around the kept letters of the surname are initials or the first name of the person."""
    if before and not after:
        initial = any(word.startswith(before[0]) for word in near) and _is_particle(before[1:])
        first = len(before) >= _FIRST_NAME and any(word.startswith(before) and is_forename(word) for word in near)
        return initial or first
    if after and not before:
        initials = len(after) == 1 or (len(after) == _INITIALS and kept > _STEM)
        return initials and any(word.startswith(after[-1]) for word in near) and (numbered or kept > _STEM)
    return not before and not after and numbered and kept > _STEM


def _is_particle(letters: str) -> bool:
    """Tell whether letters are nothing, one more initial or two, or a written-together tussenvoegsel."""
    if len(letters) <= 1:
        return True
    return letters in word_list("particles.txt") or letters in ("vd", "vdr", "vander", "vande", "vanden", "vh", "vt")


def _shared(one: str, other: str) -> int:
    """Give how many first letters are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
