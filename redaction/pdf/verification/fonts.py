"""Checks on fonts: a subset font that can still spell letters nobody sees tells what was removed."""
from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Stream

from redaction.pdf.report import Finding
from redaction.pdf.verification.evidence import Evidence

SUBSET_MARK = 7


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
            name = str(item.get("/BaseFont", ""))
            if not isinstance(table, Stream) or name[SUBSET_MARK : SUBSET_MARK + 1] != "+":
                continue
            if gone & _letters(table.read_bytes()):
                return [Finding(None, "fonts", "Een lettertype verraadt nog welke letters zijn weggelakt.")]
    return []


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
