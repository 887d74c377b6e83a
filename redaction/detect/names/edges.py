"""Where a name begins and ends: what recognisers took along is cut off, and what belongs to the name is added.

One judge for the findings of all name recognisers; it cuts only whole words, never the last one, and adds only what a
name is written with: initials without points, "sr.", the letter of a surname, the rest of a word behind a line end.
"""

from __future__ import annotations

import re

from redaction.detect.lexicon import fold, is_common, is_forename, is_function_word, is_surname, places
from redaction.detect.names.employer import without_employer
from redaction.detect.names.given import with_given
from redaction.detect.names.shape import TUSSEN, UPPER
from redaction.detect.names.veto import has_title, is_compass, is_compound, is_never_a_name, is_notation

_PREPOSITION = re.compile(r"(?:van|voor|aan|met|door|bij|over|op|te)\s+(?=\S)")
_LABEL = re.compile(r"(?P<label>[^\W\d_]{3,20})\s+(?=\S)")
_BRACKET = re.compile(r"\s*\((?P<inside>[^()\n]{1,30})\)$")
_LETTER = re.compile(rf"(?P<letter>[{UPPER}]\.)\s+(?=[{UPPER}]\w)")
_BROKEN = re.compile(r"-[ ]?\n[ \t>]{0,4}[a-zà-ž]{2,20}(?!\w)")
_GENERATION = re.compile(r",?[ ](?:sr|jr|senior|junior)\b\.?", re.IGNORECASE)
_SURNAME_LETTER = re.compile(
    rf"[ ](?:(?:van|v\.?|v\.?d\.?|de)[ ](?:de[nr]?[ ])?[{UPPER}]|"
    rf"(?![IU]\b)[{UPPER}]|[bcdfghjlmprsvwz](?=\.|\s?[,:;)/]|\s?$))(?![\w'’&/\-])\.?", re.MULTILINE
)
_BARE_INITIALS = re.compile(
    rf"(?<![\w.&/\-])(?:(?:[{UPPER}][ ]){{1,5}}|(?!(?:AG|DG|FG|HR|IG|MT|OM|OR|PG|RC|SG)[ ])[{UPPER}]{{2}}[ ]|[a-z][ ])$"
)
_TUSSEN_START = re.compile(rf"(?:{TUSSEN}){{1,2}}")
_LOWER_INITIALS = re.compile(r"(?:^|[\n|;\t])[ ]?(?P<initials>(?:[a-z]\.[ ]?){1,3})$")
_PREFIX = re.compile(rf"(?<![\w\-])(?:[{UPPER}]\w{{2,15}}[ ])?(?:[AaEe]l|Ben|Abu|Abd|Ait|Bou)-$")
_GOES_ON = re.compile(
    rf"[ ](?P<link>thoe|fan(?:[ ](?:der?|'e))?|op|tot|toe)[ ](?:(?:de|den|der|het)[ ])?"
    rf"(?P<word>[{UPPER}][^\W\d_]{{2,24}})(?![\w\-])"
)
_SMALL_WORDS = r"[ ](?:van[ ](?:der|den|de|'t)|van|v\.?d\.?|v/d|de|den|der|ter|ten|in[ ]'t|el)"
_MOVED = re.compile(rf",{_SMALL_WORDS}(?=[ ]*(?:[;|\t\n]|$)|[ ]{{2}})|{_SMALL_WORDS}(?=[ ]*[;|\t]|[ ]{{2}})")
"""The small words of a surname in a list, behind it at the end of the cell: "Sluis, van der;"."""
_LAST = re.compile(rf"(?P<gap>\s+)(?P<word>[{UPPER}][^\W\d_]+)$")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the range of the name inside `text[start:end]`: without label, preposition, bracketed place, next line."""
    start = _trimmed_head(text, start, end)
    end = without_employer(text, start, end)
    bracket = _BRACKET.search(text[start:end])
    if bracket and (is_compass(bracket["inside"]) or fold(bracket["inside"]) in places()):
        end = start + bracket.start()
    last = _LAST.search(text[start:end])
    while last and last.start() and _is_of_the_next(text[start : start + last.start()], last["gap"], last["word"]):
        end = start + last.start()
        last = _LAST.search(text[start:end])
    return start, end


def completed(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the range with what the name is written with around it: "S M A Jansen", "Nadia B", "Kroon sr.", "Ek-⏎keren".

    One letter in lower case counts only beside a surname in lower case, as in "g oosterhof".
    """
    name = text[start:end]
    hyphen = text.find("-", end - 1, end + 1)
    broken = _BROKEN.match(text, hyphen) if hyphen > 0 else None
    if broken:
        end = broken.end()
    generation = _GENERATION.match(text, end)
    if generation:
        end = generation.end()
    moved = _MOVED.match(text, end)
    if moved and is_surname(name.rsplit(maxsplit=1)[-1]):
        end = moved.end()
    further = _GOES_ON.match(text, end)
    if further and _is_surname_part(name, further):
        end = further.end()
    letter = _SURNAME_LETTER.match(text, end) if " " not in name and is_forename(name) else None
    if letter and letter[0].rstrip(".")[-1].isupper() == name[0].isupper():
        end = letter.end()
    initials = _BARE_INITIALS.search(text[max(0, start - 12) : start])
    if initials and _takes(initials[0], name):
        start -= len(initials[0])
    lower = _LOWER_INITIALS.search(text[max(0, start - 12) : start])
    if lower and name[0].isupper() and is_surname(name.split()[-1]):
        start -= len(lower["initials"])
    start = with_given(text, start, name)
    prefix = _PREFIX.search(text[max(0, start - 20) : start])
    if prefix:
        start -= len(prefix[0])
    return start, end


def _is_surname_part(name: str, further: re.Match[str]) -> bool:
    """Tell whether a name goes on behind a rare link: "Leferink op Reinink", "Van Beyma thoe Kingma"."""
    if further["link"] in ("thoe", "toe") or further["link"].startswith("fan"):
        return True
    word = further["word"]
    known = is_surname(name.rsplit(maxsplit=1)[-1]) and is_surname(word)
    return known and not is_common(word) and fold(word) not in places()


def _takes(initials: str, name: str) -> bool:
    """Tell whether bare letters are the initials of the surname behind them, in the same kind of letters."""
    core = _TUSSEN_START.sub("", name).split()
    if not core or not is_surname(core[-1]) or "." in name:
        return False
    if len(initials.replace(" ", "")) > 1 and " " not in initials.strip():
        return name[0].islower()  # "GJ de Leeuw"; two capitals before "Jansen" may be a department
    return initials[0].isupper() == core[0][0].isupper()


def _trimmed_head(text: str, start: int, end: int) -> int:
    """Give the start without "Steller ", without a preposition before a first name, without the C of "categorie C."."""
    name = text[start:end]
    label = _LABEL.match(name)
    word = label["label"] if label else ""
    if label and word[0].isupper() and (is_never_a_name(word) or is_compound(word)) and not is_forename(word):
        rest = name[label.end() :]
        if rest[0].isupper() or re.match(r"(?:van|de|den|der|ten|ter|el|al)\s", rest):
            return start + label.end()
    preposition = _PREPOSITION.match(name)
    if preposition:
        words = name[preposition.end() :].split()
        if is_forename(words[0]) and words[0][0].isupper() and not has_title(text, start):
            return start + preposition.end()
        if name.startswith("te ") and name[3:4].isupper():
            return start + preposition.end()
    letter = _LETTER.match(name)
    if letter and is_notation(text, start):
        return start + letter.end()
    return start


def _is_of_the_next(before: str, gap: str, word: str) -> bool:
    """Tell whether the last word belongs to what follows: an ordinary word behind a name that is whole without it."""
    if is_surname(word) or is_forename(word):
        return is_function_word(word) and "\n" in gap
    previous = before.rsplit(maxsplit=1)[-1]
    whole = is_surname(previous) and ("." in before or " " in before.strip())
    return (whole and (is_common(word) or is_never_a_name(word))) or ("." in before and is_function_word(word))
