"""Checks on fonts: a subset font that can still spell letters nobody sees tells what was removed."""
from __future__ import annotations

import io
import math
import re
from ctypes import create_string_buffer
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream
from pypdfium2 import raw

from redaction.pdf.geometry import contains
from redaction.pdf.pdfium import LOCK, document_of
from redaction.pdf.report import Finding
from redaction.pdf.verification.evidence import Evidence

NOWHERE = (math.nan,) * 4
SUBSET_MARK = 7
HEXADECIMAL = re.compile(rb"#([0-9A-Fa-f]{2})")
BLANK = 4
"""Bytes of a CFF sign without an outline: a width and the end."""
TELLS = "Een lettertype verraadt nog welke letters zijn weggelakt."


def check_fonts(path: Path, evidence: Evidence) -> list[Finding]:
    """Finding when a subset font's table names a letter that stood under a box and is nowhere in the document now."""
    gone = {c for page in evidence.pages for c, _ in page.under} - evidence.letters
    if not gone:
        return []
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if not isinstance(item, Dictionary) or item.get("/Type") != "/Font":
                continue
            table = item.get("/ToUnicode")
            name = _base_font(item)
            if not isinstance(table, Stream) or name[SUBSET_MARK : SUBSET_MARK + 1] != "+":
                continue
            if gone & _letters(table.read_bytes()):
                return [Finding(None, "fonts", TELLS)]
    return []


def check_outlines(original: Path, redacted: Path, evidence: Evidence) -> list[Finding]:
    """Finding when a subset font that drew a letter which is gone still draws as many signs as it did."""
    gone = {c for page in evidence.pages for c, _ in page.under} - evidence.letters
    if not gone:
        return []
    before, after = _drawn(original, gone), _drawn(redacted, None)
    same = {_without_mark(name) for name, counts in before.items() if counts <= after.get(name, set())}
    pages = [i for i, fonts in _fonts_under(original, evidence, gone).items() if fonts & same] if same else []
    return [Finding(page, "fonts", TELLS) for page in pages]


def _fonts_under(original: Path, evidence: Evidence, gone: set[str]) -> dict[int, set[str]]:
    """By page the names of the fonts that showed these letters under a box, as PDFium tells them."""
    found: dict[int, set[str]] = {}
    with document_of(original) as document, LOCK:
        for page in evidence.pages:
            text = document[page.index].get_textpage()
            for i in range(text.count_chars()):
                letter = chr(raw.FPDFText_GetUnicode(text, i))
                x0, y0, x1, y1 = text.get_charbox(i) if letter in gone else NOWHERE
                if any(contains(box, (x0 + x1) / 2, (y0 + y1) / 2) for box in page.boxes):
                    found.setdefault(page.index, set()).add(_name_of(text, i))
    return found


def _name_of(text: Any, index: int) -> str:
    size = raw.FPDFText_GetFontInfo(text, index, None, 0, None)
    buffer = create_string_buffer(size)
    raw.FPDFText_GetFontInfo(text, index, buffer, size, None)
    return _without_mark(buffer.value.decode("utf-8", "replace"))


def _base_font(font: Dictionary) -> str:
    """What a font calls itself, read as PDFium's name of it is: names need not be UTF-8 (ISO 32000-2, 7.3.5)."""
    name = font.get("/BaseFont")
    written = name.unparse() if isinstance(name, Name) else b""
    return HEXADECIMAL.sub(lambda m: bytes.fromhex(m[1].decode()), written).decode("utf-8", "replace")


def _without_mark(name: str) -> str:
    """The name of a font without the six letters that mark a subset."""
    return name.removeprefix("/").rpartition("+")[2]


def _drawn(path: Path, gone: set[str] | None) -> dict[str, set[int]]:
    """How many signs the programs of subset fonts draw, by the fonts' names; only of those that name a letter."""
    found: dict[str, set[int]] = {}
    with pikepdf.open(path) as pdf:
        for font in pdf.objects:
            if not isinstance(font, Dictionary) or font.get("/Type") != "/Font":
                continue
            name, table, below = _base_font(font), font.get("/ToUnicode"), font.get("/DescendantFonts")
            if name[SUBSET_MARK : SUBSET_MARK + 1] != "+":
                continue
            if gone is not None and not (isinstance(table, Stream) and gone & _letters(table.read_bytes())):
                continue
            owner = below[0] if isinstance(below, Array) and len(below) else font
            count = _outlines(owner.get("/FontDescriptor"))
            if count:
                found.setdefault(name, set()).add(count)
    return found


def _outlines(descriptor: object) -> int:
    """How many signs an embedded TrueType or CFF program draws; 0 where that cannot be told."""
    if not isinstance(descriptor, Dictionary):
        return 0
    truetype, compact = descriptor.get("/FontFile2"), descriptor.get("/FontFile3")
    try:
        if isinstance(truetype, Stream):
            with TTFont(io.BytesIO(truetype.read_bytes()), lazy=True) as font:
                places = font["loca"]
                return sum(places[i] < places[i + 1] for i in range(len(places) - 1))
        if isinstance(compact, Stream):
            fonts = CFFFontSet()
            fonts.decompile(io.BytesIO(compact.read_bytes()), None)
            strings = fonts[fonts.fontNames[0]].CharStrings.values()
            return sum(len(string.bytecode or b"") > BLANK for string in strings)
    except Exception:  # embedded programs lack what fontTools wants
        return 0
    return 0


def _letters(table: bytes) -> set[str]:
    """Characters that a ToUnicode table names outright (ranges of whole alphabets tell nothing)."""
    found: set[str] = set()
    rest = table
    while (start := rest.find(b"beginbfchar")) >= 0:
        end = rest.find(b"endbfchar", start)
        block = rest[start + 11 : end if end > 0 else len(rest)]
        parts = block.replace(b">", b"<").split(b"<")
        targets = [p for p in parts if p.strip() and all(c in b"0123456789abcdefABCDEF" for c in p.strip())][1::2]
        for target in targets:
            clean = target.strip()
            if len(clean) % 4 == 0:
                found |= set(bytes.fromhex(clean.decode("ascii")).decode("utf-16-be", "ignore"))
        rest = rest[end + 9 :] if end > 0 else b""
    return found
