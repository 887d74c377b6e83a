"""What one text teaches about the others: a name found once is searched for in the document and in the case."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from redaction.detect.calibration import share_of
from redaction.detect.lexicon import fold, is_common, is_forename, is_surname, places, word_list
from redaction.detect.looks import ending
from redaction.detect.names.edges import completed
from redaction.detect.names.near import NearNames
from redaction.detect.names.shape import TITLES, UPPER
from redaction.detect.names.things import is_a_thing
from redaction.detect.names.veto import is_acronym, is_never_a_name, is_not_a_person, is_street_like
from redaction.detect.recognisers.name_lower import ACTS, PERSON_CUE, is_informal, is_shouted
from redaction.detect.span import Span

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+|-[ \r]?\n[ ]{0,3}(?=[a-zà-ž])[^\W_]+)*")
_ACCOUNT = re.compile(r"(?<![\w@./\-])[a-z][a-z._\-]{2,23}[a-z]\d{0,4}(?![\w@\-]|\.\w)")
_INITIAL = re.compile(rf"[{UPPER}]\.")
_BROKEN = re.compile(r"-\s+")
_PARTICLES = word_list("particles.txt") | {"en", "jr", "sr"}
_COUNTED = "komt"
_LEARNT_FROM = share_of("person_name", 0.7)
_LEARNT_WHEN_AGREED = share_of("person_name", 0.55)
"""Below this score two sources agree only that the word stands where a name might."""
_LONGEST_NAME = 80
_SURE = share_of("person_name", 0.8)
"""From this score on a single word that is also a place or an ordinary word is learnt too."""
_VERB = re.compile(r"^,?\s(?:[a-z]{1,14}(?:t|d|de|te)|en\s[A-Z])\b|^\s?[:,)]|^['’]s\b")
_IS = re.compile(r"^\s(?:had|was|is|kan|zal|zou|wil)\b")
"""Behind a first name at the start of a sentence; "groen is mooi" too."""
_THING = ending(r"(?<!\w)(?:de|het|een|deze|die|zo'n)\s(?:nieuwe\s|oude\s)?$")
"""What stands before a word that is no name: "de nieuwe smid"."""
_OPENS = re.compile(r"(?:^|[.!?:;\"“(•]\s{0,2}|\n\s{0,8})$")

Key = tuple[str, ...]


class Dossier:
    """The names of a case, as they may be written elsewhere: whole, surname alone, first name alone, as a user name.

    `learn` every text with its spans first; then `count` every text; then `complete` each. Without `count` the reason
    does not say how often a name occurs.
    """

    def __init__(self, scope: str = "dossier") -> None:
        self._scope = scope
        self._names: dict[Key, str] = {}
        self._starts: dict[str, int] = {}
        self._accounts: set[str] = set()
        self._near = NearNames()
        self._counts: Counter[Key] = Counter()

    def learn(self, text: str, spans: Iterable[Span]) -> None:
        """Take up the names among these spans, and the local parts of their e-mail addresses."""
        for span in spans:
            if span.kind == "person_name" and _is_sure(span):
                for key in _ways_to_write(span.text):
                    if len(key) != 1 or span.score >= _SURE or not _is_ordinary(key[0]):
                        self._add(key, "name")
                self._accounts.update(_accounts_of(span.text))
            elif span.kind == "email":
                local = span.text.partition("@")[0]
                key = tuple(fold(token) for token in _TOKEN.findall(local))
                if sum(len(part) for part in key) >= 5 and len(key) > 1:
                    self._add(key, "local")

    def count(self, text: str) -> None:
        """Count where the known names occur in this text."""
        for key, _start, _end in self._occurrences(text):
            self._counts[key] += 1

    def complete(self, text: str, spans: list[Span]) -> list[Span]:
        """Give the spans with those occurrences of known names added that no recogniser saw."""
        starts = [span.start for span in spans]
        added: list[Span] = []
        extended = list(spans)
        for key, start, end in self._occurrences(text):
            index = max(0, bisect_left(starts, start) - 1)
            overlapping = [i for i in range(index, bisect_left(starts, end)) if start < spans[i].end]
            if not overlapping:
                added.append(self._span(text, key, *completed(text, start, end)))
                continue
            widest = overlapping[0]
            same = len(overlapping) == 1 and spans[widest].kind == "person_name"
            if same and (start < spans[widest].start or end > spans[widest].end):
                extended[widest] = _widened(text, extended[widest], start, end)
        result = _without_overlap([*extended, *added, *self._account_spans(text)])
        return [self._with_count(span) for span in result] if self._counts else result

    def _account_spans(self, text: str) -> Iterator[Span]:
        """Yield user names that are made of a known name: "mravensbergen", "jdevries03"."""
        for match in _ACCOUNT.finditer(text) if self._accounts else ():
            letters = re.sub(r"[\d._\-]", "", match[0])
            if letters in self._accounts and not is_common(match[0]):
                why = "Gebruikersnaam die is gemaakt van een naam in dit document of dossier."
                rule = "dossier.account"
                yield Span(match.start(), match.end(), match[0], "username", 0.75, rule, (rule,), why)

    def _add(self, key: Key, how: str) -> None:
        if sum(map(len, key)) > 2 and self._names.setdefault(key, how) == how:
            self._starts[key[0]] = max(self._starts.get(key[0], 0), len(key))
            if len(key) == 1 and how == "name":
                self._near.add(key[0])

    def _occurrences(self, text: str) -> Iterator[tuple[Key, int, int]]:
        """Yield the longest known name at each token, left to right, without overlap."""
        informal = is_informal(text)
        tokens = [(match.start(), match.end(), fold(_BROKEN.sub("", match[0]))) for match in _TOKEN.finditer(text)]
        index = 0
        while index < len(tokens):
            longest = self._starts.get(tokens[index][2], 0)
            for length in range(min(longest, len(tokens) - index), 0, -1):
                key = tuple(token[2] for token in tokens[index : index + length])
                if key in self._names and self._fits(
                    text, tokens[index][0], tokens[index + length - 1][1], key, informal
                ):
                    yield key, tokens[index][0], tokens[index + length - 1][1]
                    index += length - 1
                    break
            else:
                start, end, _word = tokens[index]
                nearest = self._near.nearest(text[start:end])
                if nearest and self._fits(text, start, end, (nearest,), informal):
                    yield (nearest,), start, end
            index += 1

    def _fits(self, text: str, start: int, end: int, key: Key, informal: bool) -> bool:
        """Tell whether this place can hold the name: capitals, one line, no organisation, no ordinary word."""
        piece = text[start:end]
        if (
            "\n\n" in piece
            or len(piece) > 2 * sum(map(len, key)) + 8
            or text[max(0, start - 1) : start] in ("@", "/", "\\")
        ):
            return False
        if self._names[key] == "local":
            return not re.search(r"\s", piece) and text[end : end + 1] != "@"
        if re.search(r"[;:?!•|\t]|\.\s[A-Z][a-z]{3}|,\s?\n", piece) or text[end : end + 1] == "@":
            return False
        words = [word for word in _TOKEN.findall(piece) if fold(word) not in _PARTICLES]
        following = text[end : end + 30]
        if informal and len(key) > 1 and words and piece.islower():
            return bool(re.match(r"\s?(?:[,.?!:)]|\n|$)", following)) or not is_common(words[0])
        if len(words) == 1 and piece.islower() and self._names[key] == "name":
            return _fits_in_lower_case(text, start, end, informal=informal)
        shouted = piece.isupper() and is_shouted(text)
        if shouted:
            following = following.lower()
        if not words or not all(word[0].isupper() for word in words):
            return False
        if re.match(rf"\s[{UPPER}]", following) and is_street_like(following.split()[0]):
            return False
        single = len(words) == 1
        if is_a_thing(text, start, end):
            return False
        if not shouted and (is_not_a_person(text, start, end) or (single and _is_abbreviated(words[0]))):
            return False
        if single and (is_common(words[0]) or fold(words[0]) in places()):
            opens = start == 0 or bool(_OPENS.search(text[max(0, start - 10) : start]))
            acts = _VERB.match(following) or (is_forename(words[0]) and _IS.match(following))
            return not opens or bool(acts)
        return True

    def _span(self, text: str, key: Key, start: int, end: int) -> Span:
        where = "dit dossier" if self._scope == "dossier" else "dit document"
        kind = "username" if self._names[key] == "local" else "person_name"
        if not _holds(_key(_BROKEN.sub("", text[start:end])), key):
            why = f"Lijkt op een naam die elders in {where} staat: een verbuiging, een typefout of een scanfout."
            return Span(start, end, text[start:end], kind, 0.6, "dossier.near", ("dossier.near",), why)
        rule = f"dossier.{self._names[key]}"
        return Span(start, end, text[start:end], kind, 0.7, rule, (rule,), f"Deze naam staat ook elders in {where}.")

    def _with_count(self, span: Span) -> Span:
        """Say in the reason how often the name occurs in the case."""
        if span.kind != "person_name":
            return span
        count = self._counts[tuple(fold(token) for token in _TOKEN.findall(span.text))]
        if count < 2 or _COUNTED in span.why:
            return span
        return replace(span, why=f"{span.why.rstrip('.')}; {_COUNTED} {count} keer voor in dit dossier.")


def _is_sure(span: Span) -> bool:
    """Tell whether a name is sure enough to be searched for elsewhere: one doubtful find must not become a hundred."""
    if len(span.text) > _LONGEST_NAME:
        return False
    agreed = len({source.partition(".")[0] for source in span.sources}) > 1
    return span.score >= _LEARNT_FROM or (agreed and span.score >= _LEARNT_WHEN_AGREED)


def _fits_in_lower_case(text: str, start: int, end: int, *, informal: bool) -> bool:
    """Tell whether a known name of one word can be meant where it is typed without a capital."""
    word = text[start:end]
    if _THING.search(text[max(0, start - 14) : start]):
        return False
    if not is_common(word):
        return len(word) > (2 if informal else 3) and fold(word) not in places()
    if not informal or not is_forename(word):
        return False
    return bool(PERSON_CUE.search(text[max(0, start - 14) : start]) and ACTS.match(text[end : end + 20]))


def _is_abbreviated(word: str) -> bool:
    """Tell whether a word looks like an abbreviation and is no surname in capitals ("KONING")."""
    return is_acronym(word) and not word.istitle() and not (len(word) > 3 and is_surname(word) and word.isalpha())


def _is_ordinary(word: str) -> bool:
    return is_common(word) or word in places()


_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
"""As firms write their names: "(ProRail)" behind somebody's name is where they work."""


def _ways_to_write(name: str) -> Iterator[Key]:
    """Yield the token keys under which this name may turn up: as it stands, first name first, surname, first name."""
    name = re.sub(rf"^(?:{TITLES})+", "", name)
    nickname = re.search(r"[(\[]([^()\[\]]+)[)\]]", name)
    plain = re.sub(r"\s?[(\[][^()\[\]]*[)\]]", " ", name).strip()
    before, comma, behind = plain.partition(",")
    given, family = (behind.split(), before.split()) if comma else _divided(plain.split())
    moved = [word for word in given if fold(word.strip(".")) in _PARTICLES and word[0].islower()]
    given = [word for word in given if word not in moved]
    family = moved + family
    yield _key(" ".join(given + family))
    yield _key(" ".join(family + given))
    core = [word for word in family if fold(word) not in _PARTICLES]
    if core and _is_telling(core):
        yield _key(" ".join(family))
        for half in re.split(r"\s?[-–]\s?", " ".join(family))[:2]:
            if len(half) > 3 and not is_common(half):
                yield _key(half)
        if len(core[0]) > 3:
            yield _key(" ".join(core))
    called = nickname[1] if nickname and not _INNER_CAPITAL.search(nickname[1]) else ""
    for word in (given[0] if given else "", called):
        if _is_first_name(word):
            yield _key(word)
            if core:
                yield _key(f"{word} {' '.join(family)}")
    if len(given) > 1 and all(_is_first_name(word) for word in given):
        yield _key(" ".join(given))


def _accounts_of(name: str) -> Iterator[str]:
    """Yield the user names that administrators make of a name: initial and surname, either way round."""
    plain = re.sub(rf"^(?:{TITLES})+|\s?[(\[][^()\[\]]*[)\]]", "", name).strip()
    before, comma, behind = plain.partition(",")
    given, family = (behind.split(), before.split()) if comma else _divided(plain.split())
    moved = [word for word in given if fold(word.strip(".")) in _PARTICLES and word[0].islower()]
    given, family = [word for word in given if word not in moved], moved + family
    if not given or not family:
        return
    first = _letters(given[0])
    for surname in {_letters("".join(family)), _letters(family[-1])}:
        if first and len(surname) > 3:
            yield from (first[0] + surname, surname + first[0])
            if len(first) > 2:
                yield from (first + surname, surname + first, first + surname[0])


def _letters(word: str) -> str:
    return "".join(char for char in fold(word) if char.isalpha())


def _divided(words: list[str]) -> tuple[list[str], list[str]]:
    """Divide "Cor van der Eerden" into first names and surname; a single word counts as both."""
    if len(words) == 1:
        return ([], words) if not is_forename(words[0]) else (words, [])
    small = (i for i, word in enumerate(words) if fold(word.strip(".")) in _PARTICLES and not _INITIAL.fullmatch(word))
    particle = next(small, None)
    if particle is not None:
        return words[:particle], words[particle:]
    initials = [i for i, word in enumerate(words) if "." in word]
    if initials:
        return words[: initials[-1] + 1], words[initials[-1] + 1 :]
    return words[:1], words[1:]


def _key(name: str) -> Key:
    return tuple(fold(token) for token in _TOKEN.findall(name))


def _holds(whole: Key, key: Key) -> bool:
    """Tell whether the words of a key stand in a name in their order, next to each other."""
    return any(whole[i : i + len(key)] == key for i in range(len(whole) - len(key) + 1))


def _is_telling(core: list[str]) -> bool:
    """Tell whether a surname can be searched for alone."""
    joined = "".join(core)
    return len(joined) > 2 and not all(is_never_a_name(word) or "." in word for word in core)


def _is_first_name(word: str) -> bool:
    return (
        len(word) > 2
        and "." not in word
        and not (is_never_a_name(word) or is_acronym(word))
        and (word[0].isupper() or (is_forename(word) and not is_common(word)))
    )


def _widened(text: str, span: Span, start: int, end: int) -> Span:
    """Give the span grown to cover the known name as well."""
    first, last = min(start, span.start), max(end, span.end)
    sources = tuple(sorted({*span.sources, "dossier.name"}))
    return replace(span, start=first, end=last, text=text[first:last], sources=sources)


def _without_overlap(spans: list[Span]) -> list[Span]:
    """Sort the spans and cut what a later one shares with an earlier one; coverage stays whole."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if result and span.start < result[-1].end:
            if span.end <= result[-1].end:
                continue
            cut = result[-1].end
            span = replace(span, start=cut, text=span.text[cut - span.start :])  # noqa: PLW2901
        result.append(span)
    return result
