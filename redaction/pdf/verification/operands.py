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
SPELLED = re.compile(rb"<([0-9A-Fa-f\s]{6,})>")
MESSAGE = "Een tekst die weg moest, staat nog tussen de tekenopdrachten van een pagina."


def check_operands(pdf: pikepdf.Pdf, hidden: HiddenWords) -> list[Finding]:
    """Finding when a hidden word stands in the content of a page, form, pattern or glyph without being shown."""
    words = {word for word in hidden.words if not word.replace(".", "").replace("/", "").isdigit()}
    long_words = [word for word in hidden.long if word in words]
    for data in contents(pdf) if words else ():
        for text in _readings(PICTURE.sub(b" ", SHOWN.sub(b" ", data))):
            if not words.isdisjoint(PART.findall(text) + WORD.findall(text)) or any(w in text for w in long_words):
                return [Finding(None, "strings", MESSAGE)]
    return []


def _readings(rest: bytes) -> Iterator[str]:
    """What is left of content as text, as it is written and as its hexadecimal strings say."""
    yield plain(spaced(rest.decode("latin-1")))
    for spelled in SPELLED.findall(rest):
        digits = b"".join(spelled.split())
        said = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        yield plain(said.replace(b"\0", b"").decode("latin-1"))


def contents(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    """The drawing operators of every page, form, pattern and Type 3 glyph."""
    for page in pdf.pages:
        given = page.obj.get("/Contents")
        yield b"\n".join(_bytes(part) for part in (given if isinstance(given, Array) else [given]))
    for item in pdf.objects:
        if isinstance(item, Stream) and (item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1):
            yield _bytes(item)
        elif isinstance(item, Dictionary) and isinstance(item.get("/CharProcs"), Dictionary):
            for procedure in item["/CharProcs"].values():
                yield _bytes(procedure)


def _bytes(part: Any) -> bytes:
    try:
        return bytes(part.read_bytes()) if isinstance(part, Stream) else b""
    except pikepdf.PdfError:  # cannot be shown either; the raw scan reads what is there
        return b""
