"""Checks on drawing operators: what stands in them besides shown text (marks, names, comments, loose strings)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from redaction.pdf.hidden_words import PART, WORD, HiddenWords, plain, spaced
from redaction.pdf.report import Finding

_LITERAL = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"
_STRING = _LITERAL + rb"|<[0-9A-Fa-f\s]*>"
SHOWN = re.compile(rb"\[(?:" + _STRING + rb"|[^\[\]()<>])*\]\s*TJ|(?:" + _STRING + rb")\s*(?:Tj|'|\")", re.S)
PICTURE = re.compile(rb"\bID\s.*?\sEI\b", re.S)
REMARK = re.compile(rb"%([^\r\n]*)")
LETTER = re.compile(rb"\(([^()\\]{1,2})\)")
"""A string of a letter or two: together they may spell a word."""
SPELLED = re.compile(rb"<([0-9A-Fa-f\s]{6,})>")
MESSAGE = "Een tekst die weg moest, staat nog tussen de tekenopdrachten van een pagina."


def check_operands(pdf: pikepdf.Pdf, hidden: HiddenWords) -> list[Finding]:
    """Finding when a hidden word stands in the content of a page, form, pattern or glyph without being shown."""
    words = {word for word in hidden.words if not word.replace(".", "").replace("/", "").isdigit()}
    long_words = [word for word in hidden.long if word in words]
    for data in contents(pdf) if words else ():
        for text in _readings(PICTURE.sub(b" ", SHOWN.sub(b" ", data))):
            parts = PART.findall(text)
            bare = "".join(parts)
            spelled = any(w in text for w in long_words) or any(w in bare for w in hidden.bare)
            if spelled or not words.isdisjoint(parts + WORD.findall(text)):
                return [Finding(None, "strings", MESSAGE)]
    return []


def _readings(rest: bytes) -> Iterator[str]:
    """What is left of content as text, as it is written, as its strings say together, and as hexadecimal ones do."""
    yield plain(spaced(rest.decode("latin-1")))
    if not rest.isascii():
        yield plain(spaced(rest.decode("utf-8", "ignore")))
    if b"#" in rest:
        named = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes.fromhex(m[1].decode()), rest)
        yield plain(spaced(named.decode("utf-8", "ignore")))
    if b"\0" in rest:
        yield plain(rest.replace(b"\0", b"").decode("latin-1"))
        for remark in REMARK.findall(rest):
            yield from (plain(remark.strip().decode(codec, "ignore")) for codec in ("utf-16-be", "utf-16-le"))
    letters = [said for said in LETTER.findall(rest) if said.strip()]
    if len(letters) > 1:
        yield plain(b"".join(letters).decode("latin-1"))
        yield plain(b"".join(letters).decode("utf-8", "ignore"))
    for spelled in SPELLED.findall(rest):
        digits = b"".join(spelled.split())
        said = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        marked = said[2:] if said[:2] in (b"\xfe\xff", b"\xff\xfe") else said  # the marks of UTF-16 are no letters
        yield plain(marked.replace(b"\0", b"").decode("latin-1"))
        if not marked.isascii():
            yield plain(marked.decode("utf-8", "ignore"))
        if b"\0" in marked or not marked.isascii():
            yield from (plain(marked.decode(codec, "ignore")) for codec in ("utf-16-be", "utf-16-le"))


def contents(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    """The drawing operators of every page, form, pattern and Type 3 font."""
    return (content_of(owner) for owner in owners(pdf))


def owners(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """All that draws: pages, forms, patterns and Type 3 fonts."""
    yield from (page.obj for page in pdf.pages)
    yield from (item for item in pdf.objects if _draws(item))


def _draws(item: Any) -> bool:
    if isinstance(item, Stream):
        return bool(item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1)
    return isinstance(item, Dictionary) and isinstance(item.get("/CharProcs"), Dictionary)


def content_of(owner: Any) -> bytes:
    """The drawing operators of one of these."""
    return b"\n".join(streams_of(owner))


def streams_of(owner: Any) -> list[bytes]:
    """The same, apart for each glyph of a font: where an inline image ends is told by what comes after it."""
    if isinstance(owner, Stream):
        return [_bytes(owner)]
    if "/CharProcs" in owner:
        return [_bytes(procedure) for procedure in owner["/CharProcs"].values()]
    given = owner.get("/Contents")
    return [b"\n".join(_bytes(part) for part in (given if isinstance(given, Array) else [given]))]


def _bytes(part: Any) -> bytes:
    try:
        return bytes(part.read_bytes()) if isinstance(part, Stream) else b""
    except pikepdf.PdfError:  # cannot be shown either; the raw scan reads what is there
        return b""
