"""Checks on letters: nothing readable under the boxes, named texts gone, and the rest still there."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from redaction.pdf.geometry import Box, contains
from redaction.pdf.hidden_words import SPACED, WORD, HiddenWords, plain, squeeze
from redaction.pdf.labels import BETWEEN, printable
from redaction.pdf.report import Finding
from redaction.pdf.verification.evidence import PageEvidence
from redaction.pdf.verification.routes import Reading

Place = tuple[str, float, float]
UNNAMED = "\ufffd"
"""What a route gives for a glyph of which it does not know the letter."""
LOST_SHARE = 0.01
LOST_WORDS = 2


def letters_of(page: PageEvidence) -> Reading:
    """What PDFium reads in the redacted file."""
    places = tuple(
        (c, (b[0] + b[2]) / 2, (b[1] + b[3]) / 2)
        for c, b in zip(page.redacted.text, page.redacted.char_boxes, strict=True)
        if b is not None and not c.isspace()
    )
    return Reading(page.redacted.text, places)


def check_reading(page: PageEvidence, route: str, reading: Reading) -> list[Finding]:
    """Findings of one route on one page."""
    channel = f"text:{route}"
    found = []
    if page.named and HiddenWords(page.named, (), on_the_page=True).within(reading.text):
        found.append(Finding(page.index, channel, "Een tekst die weg moest, is nog leesbaar op deze pagina."))
    return found


def leaking(page: PageEvidence, reading: Reading) -> list[Box]:
    """The boxes under which a route still reads letters."""
    return [box for box in page.boxes if _leaks(page, box, reading)]


def still_leaks(page: PageEvidence, box: Box, before: Reading, after: Reading) -> bool:
    """Whether what a route reads under a box may be something that PDFium saw there in the original.

    Curves that are drawn by a font have their middle elsewhere for each program. They are no leak when everything that
    PDFium saw under the box is gone for this route too, and what is left is other signs. Nor are signs that the route
    cannot name, when it sees no more of them along the line than stood outside the boxes.
    """
    under = [c for c, b in page.under if contains(box, (b[0] + b[2]) / 2, (b[1] + b[3]) / 2)]
    then = [t for t, _, _ in before.within(box) if not t.isspace()]
    now = _without_labels("".join(t for t, _, _ in after.within(box)), page.codes)
    if not all(_more_unnamed(page, box, before, after, axis) for axis in (1, 0)):
        return False
    same = set(plain("".join(under))) & set(plain("".join(now.split())))
    return bool(same) or len(then) - len("".join(now.split())) < len(under)


def _more_unnamed(page: PageEvidence, box: Box, before: Reading, after: Reading, axis: int) -> bool:
    """Whether the box holds signs with a name, or its band (level for axis 1) more than stood outside the boxes."""
    low, high = box[axis] - 1, box[axis + 2] + 1
    band = (-math.inf, low, math.inf, high) if axis else (low, -math.inf, high, math.inf)
    old = [p for p in before.within(band) if not any(contains(b, p[1], p[2]) for b in page.boxes)]
    rest = _unlabelled(after.within(band), page.codes)
    return any(c != UNNAMED for c, x, y in rest if contains(box, x, y)) or len(rest) > len(old)


def _counts(reading: Reading) -> Counter[str]:
    spaced = SPACED.sub(lambda m: "".join(m.group().split()), plain(reading.text))
    return Counter(WORD.findall(spaced))


def too_many(page: PageEvidence, reading: Reading) -> set[str]:
    """Words from under the boxes that this route reads more often than PDFium saw them outside the boxes."""
    counts = _counts(reading)
    return {w for w in page.covered_words if counts[w] > page.allowed(w)}


def still_too_many(page: PageEvidence, before: Reading, after: Reading, words: set[str]) -> bool:
    """Whether one of the words is read as often as in the original, or less often gone than it was covered."""
    old, new = _counts(before), _counts(after)
    covered = Counter(w for text in page.covered for w in WORD.findall(plain(text)))
    return any(new[w] > max(0, old[w] - max(1, covered[w])) for w in words)


def check_everywhere(index: int, texts: list[str], route: str, text: str) -> list[Finding]:
    """Finding when a text that must be gone from the whole document is on this page."""
    if texts and HiddenWords(texts, (), on_the_page=True).within(text):
        return [Finding(index, f"text:{route}", "Een tekst die overal weg moest, staat nog op deze pagina.")]
    return []


def check_survival(page: PageEvidence, under_bars: Callable[[], list[str]]) -> list[Finding]:
    """Finding when words outside the boxes got lost: survival is tested as hard as removal.

    Words that a box cuts may go, and letters that `under_bars` gives: those that the reader sees to be covered. Signs
    without a meaning (codes of symbols) cannot be lost.
    """
    kept = _signs(c for c, _ in page.kept if unicodedata.category(c) != "Cc")
    lost = kept - _signs(c for c in page.redacted.text if not c.isspace())
    allowed = max(LOST_WORDS * 6, LOST_SHARE * sum(kept.values()))
    excuses: tuple[Callable[[], list[str]], ...] = (partial(_cut, page), partial(_asked, page), under_bars)
    for excused in excuses:
        if sum(lost.values()) <= allowed:
            return []
        lost -= _signs(excused())
    if sum(lost.values()) <= allowed:
        return []
    return [Finding(page.index, "survival", "Tekst buiten de zwarte vakken is verdwenen.")]


def _signs(characters: Iterable[str]) -> Counter[str]:
    """How often each sign occurs; a bracket counts as its mirror image, for text to the left is read with either."""
    return Counter("(" if unicodedata.mirrored(c) else c for c in characters)


def _cut(page: PageEvidence) -> list[str]:
    """Letters of the words that a box touches, as far as they are outside the boxes themselves."""
    words = page.original.words_in(page.boxes)
    return list((Counter("".join(w.text for w in words)) - Counter(c for c, _ in page.under)).elements())


def _asked(page: PageEvidence) -> list[str]:
    """Letters of the texts that the plan names, as often as PDFium reads them outside the boxes: marks read as text."""
    named = [squeeze(text) for text in page.named]
    counts = Counter[str]()
    for text in set(named) - {""}:
        for sign in text:
            counts[sign] += page.kept_squeezed.count(text)
    return [c for c, _ in page.kept if counts[plain(c)] > 0 and not counts.subtract([plain(c)])]


def _leaks(page: PageEvidence, box: Box, reading: Reading) -> bool:
    """Whether letters in the box are neither a label nor text that moved along its line from outside the boxes."""
    inside = reading.within(box)
    if not _without_labels("".join(p[0] for p in inside), page.codes).strip():
        return False
    return all(_extra(page, box, inside, reading, axis) for axis in (1, 0))


def _extra(page: PageEvidence, box: Box, inside: list[Place], reading: Reading, axis: int) -> bool:
    """Whether the band through the box (level for axis 1) holds letters that were not outside the boxes before."""
    low, high = box[axis] - 1, box[axis + 2] + 1
    kept = Counter[str]()
    for character, letter in page.kept:
        if low <= (letter[axis] + letter[axis + 2]) / 2 <= high:
            kept.update(plain(character))
    band = (-math.inf, low, math.inf, high) if axis else (low, -math.inf, high, math.inf)
    under = Counter(plain(_without_labels("".join(p[0] for p in inside), page.codes)))
    rest = _unlabelled(reading.within(band), page.codes)
    within = Counter(plain("".join(c for c, x, y in rest if contains(box, x, y))))
    extra = (Counter(plain("".join(p[0] for p in rest))) - kept) & under & within
    return not all(character.isspace() for character in extra)


def _unlabelled(places: list[Place], codes: list[str]) -> list[Place]:
    """The signs that are of no label; a label may stand partly in a box."""
    signs = [(c, x, y) for text, x, y in places for c in text if not c.isspace()]
    labels = in_labels(signs, codes)
    return [p for i, p in enumerate(signs) if i not in labels]


def in_labels(signs: Sequence[Place], codes: list[str]) -> set[int]:
    """Which of the signs on one line are of labels.

    They are looked for as they are read and as they stand: beside text that runs to the left a route may read the signs
    of a label in another order.
    """
    pattern = label_pattern(codes)
    read = list(range(len(signs)))
    orders = [sorted(read, key=lambda i: signs[i][way] * to) for way in (1, 2) for to in (1, -1)]
    found: set[int] = set()
    for order in (read, *orders):
        for label in pattern.finditer("".join(signs[i][0] for i in order)):
            found.update(order[slice(*label.span())])
    return found


def _without_labels(text: str, codes: list[str]) -> str:
    """The text without the labels of black boxes."""
    return label_pattern(codes).sub("", "".join(text.split()))


def label_pattern(codes: list[str]) -> re.Pattern[str]:
    """What the labels of black boxes say, without spaces, also where one box bears several grounds."""
    code = "|".join(re.escape("".join(printable(c).split())) for c in sorted(codes, key=len, reverse=True) if c.split())
    return re.compile(rf"(?:{code})(?:{BETWEEN.strip()}(?:{code}))*" if code else "(?!)")
