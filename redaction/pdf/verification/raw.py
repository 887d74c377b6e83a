"""Checks on the bytes themselves: every stream is inflated, also those of earlier versions and of nobody."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pikepdf

from redaction.pdf.hidden_words import HiddenWords
from redaction.pdf.report import Finding
from redaction.pdf.verification.typefaces import CALLED

MOST_INFLATED = 1_000_000_000
MOST_STREAM = 200_000_000
CHANCE = 1e-5
"""Likelihood that a word turns up in bytes without meaning, below which finding it there tells something."""
PLAIN_WORD = 4
CONTENT_WORD = 6
"""In drawing operators shorter strings may be pieces of words that stay."""
STREAM = re.compile(rb"(?<!end)stream\r?\n")
JOINED = re.compile(rb"\)\s*-?(?:1?\d{1,2}(?:\.\d*)?|\.\d+)\s*\(")
HEX = re.compile(rb"<([0-9A-Fa-f\s]{8,})>")
EMPTY_MARK = re.compile(
    rb"/(?:ActualText|Alt|E)\s*(\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>)\s*>>\s*BDC\s*(?:q\s*Q\s*|BT\s*ET\s*)*EMC"
)
"""A mark that says something of nothing: together they may spell a word."""
KEY = re.compile(rb"/(?:BitsPer(?:Component|Coordinate|Flag|Sample)|VerticesPerRow|Differences)(?![A-Za-z])")
"""Keys of the format that hold an ordinary word; those that are one are no hidden words."""
FONT_PROGRAMS = (b"%!PS-AdobeFont", b"%!FontType", b"\x00\x01\x00\x00", b"true", b"OTTO", b"\x01\x00\x04")
CODES = re.compile(rb"<[0-9A-Fa-f\s]+>")
CODES_AND_NAMES = re.compile(rb"/[^\s/<>\[\]()]+|" + CODES.pattern)
NOTHING = re.compile(rb"(?!)")
TOKEN = re.compile(r"[^\W_]+")
ASCII_TOKEN = re.compile(r"[a-z0-9]+")
"""Beside data, the bytes around a word may be letters of another alphabet."""
DIGITS = re.compile(rb"(?<![A-Za-z])[\d.]+(?![A-Za-z])")
SHORT_NUMBER = 5
"""Numbers of fewer digits are everywhere in a file."""


def check_raw(path: Path, hidden: HiddenWords, readable: str = "") -> list[Finding]:
    """Findings in the bytes: hidden words in any stream, earlier versions, and data after the end.

    In drawing operators a word counts only when it is not in `readable`, the squeezed text that PDFium reads on all
    pages: what can be read there is judged by the text routes, which know where it stands.
    """
    data = path.read_bytes()
    found = _revisions(data)
    between = _between(data)
    if hidden and (
        _holds(data, hidden, by_chance(data)) or _holds(between, hidden, PLAIN_WORD, dropped=CODES_AND_NAMES)
    ):
        found.append(Finding(None, "raw", "Een tekst die weg moest, staat nog in de bytes van het bestand."))
    total = 0
    for stream in _streams(data):
        total += len(stream)
        if total > MOST_INFLATED:
            found.append(Finding(None, "limits", "Het bestand is te groot om helemaal te controleren."))
            break
        if hidden and _holds_stream(stream, hidden, readable):
            found.append(Finding(None, "raw", "Een tekst die weg moest, staat nog in een onderdeel van het bestand."))
            break
    return found


def _revisions(data: bytes) -> list[Finding]:
    found = []
    ends = [m.start() for m in re.finditer(rb"%%EOF", data)]
    linear = b"/Linearized" in data[:2048]
    if len(ends) > (2 if linear else 1):
        found.append(Finding(None, "revisions", "Het bestand bevat nog een eerdere versie van zichzelf."))
    if data[: max(0, data.find(b"%PDF-"))].strip(b"\xef\xbb\xbf \t\r\n\0"):
        found.append(Finding(None, "revisions", "Er staan gegevens voor het begin van het bestand."))
    if ends and data[ends[-1] + 5 :].strip():
        found.append(Finding(None, "revisions", "Er staan gegevens na het einde van het bestand."))
    return found


def _between(data: bytes) -> bytes:
    """The bytes outside all streams, without numbers: the tables of a file are full of them."""
    parts, start = [], 0
    for match in STREAM.finditer(data):
        if match.start() >= start:
            parts.append(data[start : match.start()])
            start = data.find(b"endstream", match.end())
            start = len(data) if start < 0 else start
    return DIGITS.sub(b" ", b" ".join([*parts, data[start:]]))


def _streams(data: bytes) -> Iterator[bytes]:
    for match in STREAM.finditer(data):
        end = data.find(b"endstream", match.end())
        if end < 0:
            end = len(data)
        body = data[match.end() : end]
        try:
            yield zlib.decompressobj().decompress(body, MOST_STREAM)
        except zlib.error:
            yield body


def _holds_stream(stream: bytes, hidden: HiddenWords, readable: str) -> bool:
    if _is_font(stream):  # full of their makers' notices; what they spell is checked apart
        return False
    if hidden.within("".join(str(pikepdf.Object.parse(text)) for text in EMPTY_MARK.findall(stream))):
        return True
    if _is_content(stream):
        return _holds(JOINED.sub(b"", stream), hidden, CONTENT_WORD, readable)
    printable = sum(32 <= b < 127 or b in b"\r\n\t" for b in stream[:4096])
    plain = printable > 0.85 * min(len(stream), 4096)
    dropped = NOTHING
    if plain:  # a table of codes has few names of the format, and one of its own
        dropped = CODES if b"begincmap" in stream[:4096] else CODES_AND_NAMES
    return _holds(stream, hidden, PLAIN_WORD if plain else by_chance(stream), dropped=dropped)


def by_chance(data: bytes) -> int:
    """Letters of the shortest word that does not turn up in as many bytes of a picture by chance, in either case."""
    return max(PLAIN_WORD, math.ceil(math.log(max(len(data), 1) / CHANCE) / math.log(256 / 2)))


def _is_font(stream: bytes) -> bool:
    """Whether this is a font program; in a large one the operators of text turn up by chance."""
    return stream.startswith(FONT_PROGRAMS) and (b"eexec" in stream or b"\x00" in stream[:64])


def _is_content(stream: bytes) -> bool:
    return b"BT" in stream and (b"Tj" in stream or b"TJ" in stream) and b"Tf" in stream


def _holds(
    data: bytes, hidden: HiddenWords, shortest: int, readable: str = "", *, dropped: re.Pattern[bytes] = NOTHING
) -> bool:
    words = {w for w in hidden.words if len(w) >= shortest and w not in readable}
    words = {w for w in words if len(w) >= SHORT_NUMBER or not w.isdigit()}
    if not words:
        return False
    long_words = [w for w in hidden.long if w in words]
    bare = [b for b in hidden.bare if b not in _bare_page(readable)]
    for text in _readings(data, dropped):
        folded = text.casefold()
        if not words.isdisjoint(TOKEN.findall(folded)) or not words.isdisjoint(ASCII_TOKEN.findall(folded)):
            return True
        if any(w in folded for w in long_words):
            return True
        if bare and any(b in _bare(folded) for b in bare):
            return True
    return False


def _bare(text: str) -> str:
    """The letters and digits of a text alone."""
    return "".join(TOKEN.findall(text))


_bare_page = lru_cache(maxsize=1)(_bare)
"""The same of what can be read on all pages, which is asked for with every stream."""


def _readings(data: bytes, dropped: re.Pattern[bytes]) -> Iterator[str]:
    """The data as text in each way it may be written; of the plain reading some things of the format are dropped."""
    data = CALLED.sub(rb"\1", KEY.sub(b" ", data))
    said = dropped.sub(b" ", data)
    yield said.decode("latin-1")
    if not said.isascii():
        yield said.decode("utf-8", "ignore")
    if b"\x00" in data:
        yield data.replace(b"\x00", b"").decode("latin-1")
        if len(data) < 20_000_000:
            yield data[: len(data) // 2 * 2].decode("utf-16-be", "replace")
    spelled = b"\n".join(bytes.fromhex(_even(h)) for h in HEX.findall(data)[:200_000])
    if spelled:
        yield spelled.decode("latin-1")
        yield spelled.decode("utf-8", "ignore")
        yield spelled.replace(b"\x00", b"").decode("latin-1")


def _even(digits: bytes) -> str:
    clean = b"".join(digits.split()).decode("ascii")
    return clean + "0" if len(clean) % 2 else clean
