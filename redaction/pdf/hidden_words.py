"""The words that must be gone, and whether some other text still holds them: compared without case and spaces."""
from __future__ import annotations

import base64
import contextlib
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from copy import copy
from html import unescape
from urllib.parse import unquote

SHORTEST = 4
"""Shorter words are too common to look for outside the page they were on, unless the plan names them."""
LEAST = 3
"""Strings below this length (initials) are looked for on their own page only: the file format is full of them."""
LONG = 8
"""Strings of this length are found in the middle of others too."""
WORD = re.compile(r"[^\W_]+(?:[.@'’/-][^\W_]+)*")
PART = re.compile(r"[^\W_]+")
SEAMS = re.compile(r"[_.#/+-]|(?<=[a-z])(?=[A-Z])")
CODED = re.compile(r"[A-Za-z0-9+/_-]{8,4000}")
"""What may be base64 or hexadecimal, as addresses of newsletters name their readers."""
ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
ENTITY = re.compile(r"&#(?:\d{2,7}|[xX][0-9A-Fa-f]{2,6});")
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([0-3][0-7]{2}))")
"""Characters as programs write them: a backslash and u00fc, xfc or 374."""
NUMBERED = re.compile(r"(?<![\w.])(?:\d{2,3}[ ,;]{1,2}){3,400}\d{2,3}(?![\w.])")
"""What may be a word in the numbers of its characters: 66 97 107 120."""
PAIRS = re.compile(r"(?<!\w)(?:[0-9A-Fa-f]{2}[ :]){3,400}[0-9A-Fa-f]{2}(?!\w)")
"""What may be a word in hexadecimal digits, two by two."""
DOMAIN = re.compile(r"xn--([a-z0-9-]+)", re.I)
"""A name with accents in an address of the web (RFC 3492)."""
CODES = re.compile("|".join(f"(?:{p.pattern})" for p in (CODED, ESCAPE, NUMBERED, PAIRS, DOMAIN)), re.I)
SPACED = re.compile(r"(?:(?<![^\W_])[^\W_]\s){2,}[^\W_](?![^\W_])")

_FORMAT_WORDS = """
about false description xmlns syntax purl elements http https www meta schema transparency subject isolated knockout
company copyright corporation licence licences license licenses licensed monotype microsoft adobe reserved rights
solutions systems trademark typeface typography version foundry ltd inc plc regular bold italic oblique condensed
abcdef actual all arial adobe alternate annot array artifact ascent author begin beginbfchar beginbfrange begincmap
begincodespacerange bfchar bfrange block body border bounds caption catalog center char charset color colors columns
content contents count creator current currentdict decode default define defineresource descent description descriptor
device dict dictionary direction document documents element encoding endbfchar endbfrange endcmap endcodespacerange
endobj endstream extend family fields figure filter first findresource flags float font fontname fonts form format
formtype freetype function functions gemaakt glyph group height heading identity image index indirect intent inline
interpolate italic kids label lang language last layout length level limits line linebreak link list local mark marked
markinfo matrix media metadata method name names namespace next node note null number numbers nums object objstm obj
openbaar order ordering outline outlines packet page pages paragraph parent parms part pattern pdfaid pdfuaid
placement position predictor prefix print procset process producer properties purpose range reader reference registry
relative resource resources role root rotate ruby scope script section separation shading size solid space span
standard start startxref state stem stream string strings struct structelem structparent structparents style subtype
suppl supplement symbol symbolic system table tabs tagged text title trailer trapped true type typed unicode user
usecmap value values version vertical view viewer viewerpreferences visible weggelakt grond weight white widths width
words xobject xpacket xref xmpmeta
fitb fitbh fitbv fith fitr fitv
"""
BOILERPLATE = frozenset(_FORMAT_WORDS.split())
"""Words of the file format itself and of our own labels: they are in every file and tell nothing."""


def plain(text: str) -> str:
    """Text in composed form without case, so that two spellings of one string compare equal."""
    return unicodedata.normalize("NFKC", text).casefold()


def squeeze(text: str) -> str:
    """Plain text without white space."""
    return "".join(plain(text).split())


def unaccented(text: str) -> str:
    """Text without its accents, as in addresses."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def words_of(text: str) -> set[str]:
    """Words of letters and digits, both whole (jan-willem) and in parts (jan, willem)."""
    clean = plain(text)
    return set(WORD.findall(clean)) | set(PART.findall(clean))


def not_kept(named: Iterable[str], kept: frozenset[str]) -> list[str]:
    """The texts of which at least one word is not among the kept ones: the others are no secret any more."""
    return [text for text in named if not words_of(text) or words_of(text) - kept]


def _decoded(text: str) -> Iterator[str]:
    """What the text says in another notation, where that is text too."""
    if ESCAPE.search(text):
        yield ESCAPE.sub(lambda m: chr(int(m[3], 8) if m[3] else int(m[1] or m[2], 16)), text)
    for run in NUMBERED.findall(text):
        numbers = [int(n) for n in re.findall(r"\d+", run)]
        if max(numbers) < 256 and (said := "".join(map(chr, numbers))).isprintable():
            yield said
    for run in PAIRS.findall(text):
        yield from _texts_in(bytes.fromhex(run.replace(":", " ")))
    for label in DOMAIN.findall(text):
        with contextlib.suppress(UnicodeError):
            yield label.lower().encode("ascii").decode("punycode")
    yield from _packed(text)


def _texts_in(data: bytes) -> Iterator[str]:
    """What these bytes say in the usual codes, where that is text."""
    codecs = ("utf-16-le", "utf-16-be") if b"\0" in data else ("utf-8", "latin-1")
    for codec in codecs:
        with contextlib.suppress(UnicodeError):
            said = data.decode(codec)
            if said.isprintable():
                yield said
                return


def _packed(text: str) -> Iterator[str]:
    """What the text says in base64 or in hexadecimal digits, where that is text too."""
    for coded in CODED.findall(text):
        if coded[1:].islower() and coded.isalpha():  # an ordinary word
            continue
        for way in (_from_digits, _from_base64):
            with contextlib.suppress(ValueError):
                data = way(coded)
                yield from _texts_in(data) if b"\0" in data else filter(str.isprintable, [data.decode("utf-8")])


def _from_digits(coded: str) -> bytes:
    return bytes.fromhex(coded)


def _from_base64(coded: str) -> bytes:
    """Bytes of either alphabet (RFC 4648, 4 and 5), with or without filling."""
    whole = coded[: len(coded) - (len(coded) % 4 == 1)]
    return base64.urlsafe_b64decode(whole.replace("+", "-").replace("/", "_") + "=" * (-len(whole) % 4))


def spaced(name: str) -> str:
    """A name of the file format (/Naam_JanJansen) with its words apart."""
    return SEAMS.sub(" ", name)


def _bare(word: str) -> str:
    return "".join(PART.findall(word))


class HiddenWords:
    """Strings that may not be found any more. `named` come from the plan, `covered` from under the boxes.

    What was covered but still stands in the `kept` words of the document is no secret and is left out; so are the words
    of the file format, unless the text to search is that `on_the_page`.
    """

    def __init__(
        self,
        named: Iterable[str],
        covered: Iterable[str],
        kept: frozenset[str] = frozenset(),
        *,
        on_the_page: bool = False,
    ) -> None:
        found: set[str] = {squeeze(n) for n in named if len(squeeze(n)) > 1}
        for text in covered:
            whole = squeeze(text)
            words = words_of(text)
            new = words - kept
            if len(words) > 1 and len(whole) >= LONG and new:
                found.add(whole)
            found |= {w for w in new if len(w) >= SHORTEST}
        if not on_the_page:
            found |= {s for w in found if len(s := unaccented(w)) > SHORTEST and s not in kept}
        self.words = frozenset(found if on_the_page else {w for w in found - BOILERPLATE if len(w) >= LEAST})
        blob = "\n".join(kept)
        self.long = tuple(w for w in self.words if len(w) >= LONG and w not in blob)
        """Those that count in the middle of a longer word too, for no kept word holds them."""
        self.bare = tuple(b for w in self.long if len(b := _bare(w)) >= LONG and b not in blob)
        """The same without hyphens and the like, which readers and addresses write otherwise or not at all."""

    def without(self, seen: Collection[str]) -> HiddenWords:
        """The same strings but for those that were seen, which are no secret any more."""
        fewer = copy(self)
        fewer.words = self.words.difference(seen)
        fewer.long = tuple(w for w in self.long if w in fewer.words)
        fewer.bare = tuple(b for b in self.bare if b in {_bare(w) for w in fewer.long})
        return fewer

    def __bool__(self) -> bool:
        return bool(self.words)

    def within(self, text: str) -> bool:
        """Whether one of the strings is written in the text; short ones only as a word of their own."""
        if not self.words or not text:
            return False
        if ESCAPED.search(text):
            text = unquote(text)
        if ENTITY.search(text):
            text = unescape(text)
        if CODES.search(text) and any(said != text and self.within(said) for said in _decoded(text)):
            return True
        clean = SPACED.sub(lambda m: "".join(m.group().split()), plain(text))
        parts = PART.findall(clean)
        tokens = set(parts) | set(WORD.findall(clean)) | {a + b for a, b in itertools.pairwise(parts)}
        if not self.words.isdisjoint(tokens):
            return True
        tight, bare = "".join(clean.split()), "".join(parts)
        return any(word in tight for word in self.long) or any(word in bare for word in self.bare)
