"""Embedded font programs without the outlines that nothing shows any more; glyph numbers and names stay."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from fontTools import subset
from fontTools.agl import toUnicode
from fontTools.cffLib import CFFFontSet
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.misc.psCharStrings import T2CharString
from fontTools.ttLib import TTFont

SYMBOL_PAGES = (0x0000, 0xF000, 0xF100, 0xF200)
"""Where symbol fonts keep their codes in the cmap table."""
CID_NAME = re.compile(r"cid(\d+)$")


def shrink_truetype(program: bytes, glyphs: set[int]) -> bytes | None:
    """The TrueType program with empty outlines for all but these glyph numbers; None when it cannot be read."""
    try:
        font = TTFont(io.BytesIO(program), lazy=True, recalcTimestamp=False)
        options = subset.Options(
            retain_gids=True, notdef_outline=True, hinting=True, ignore_missing_gids=True, passthrough_tables=True,
            drop_tables=["name", "DSIG", "GSUB", "GPOS", "GDEF", "kern", "morx", "meta"], layout_closure=False,
            recalc_bounds=False, legacy_cmap=True, symbol_cmap=True, notdef_glyph=True,
        )  # fmt: skip
        cutter = subset.Subsetter(options)
        cutter.populate(gids=glyphs | {0})
        cutter.subset(font)
        buffer = io.BytesIO()
        font.save(buffer, reorderTables=None)
        return buffer.getvalue()
    except Exception:  # embedded programs lack tables that fontTools wants; the caller keeps the old one
        return None


def truetype_glyphs(program: bytes, codes: set[int], names: dict[int, str]) -> set[int] | None:
    """Glyph numbers that a simple font with this program may show for the codes; None when it cannot be read.

    Viewers differ in how they look a code up, so every way counts: by code, by symbol page, by name and by Unicode.
    """
    try:
        font = TTFont(io.BytesIO(program), lazy=True)
        numbers = font.getReverseGlyphMap()
        found = set()
        tables = font["cmap"].tables if "cmap" in font else []
        for code in codes:
            wanted = {code | page for page in SYMBOL_PAGES}
            wanted |= {ord(c) for c in toUnicode(names.get(code, ""))}
            wanted |= {ord(c) for codec in ("cp1252", "mac_roman") for c in bytes([code]).decode(codec, "ignore")}
            found |= {numbers[t.cmap[w]] for t in tables for w in wanted if w in t.cmap and t.cmap[w] in numbers}
            if names.get(code) in numbers:
                found.add(numbers[names[code]])
            if not tables:
                found.add(code)
        return found
    except Exception:
        return None


def shrink_cff(program: bytes, wanted: Callable[[Any], set[str]]) -> bytes | None:
    """The CFF program with empty outlines for all but the glyphs that `wanted(top dictionary)` names."""
    try:
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(program), None)
        top = fonts[fonts.fontNames[0]]
        names = wanted(top) | {".notdef"}
        strings = top.CharStrings
        kept = names | _cff_parts(strings, names)
        for name in list(strings.keys()):
            if name not in kept:
                old = strings[name]
                empty = T2CharString(program=["endchar"], private=old.private, globalSubrs=old.globalSubrs)
                if hasattr(old, "fdSelectIndex"):
                    empty.fdSelectIndex = old.fdSelectIndex
                strings[name] = empty
        buffer = io.BytesIO()
        fonts.compile(buffer, None)
        return buffer.getvalue()
    except Exception:
        return None


def _cff_parts(strings: Any, names: set[str]) -> set[str]:
    """Glyphs that accented letters are put together from (endchar with four numbers)."""
    found: set[str] = set()
    for name in names:
        if name in strings:
            string = strings[name]
            string.decompile()
            program = string.program
            if program and program[-1] == "endchar" and len(program) >= 5:
                parts = [p for p in program[-3:-1] if isinstance(p, int) and 0 <= p < 256]
                found |= {StandardEncoding[p] for p in parts}
    return found


def cff_names_by_code(codes: set[int], names: dict[int, str]) -> Callable[[Any], set[str]]:
    """For a simple font: the glyph names its own encoding and the document's give the codes."""

    def wanted(top: Any) -> set[str]:
        own = top.Encoding if hasattr(top, "Encoding") else "StandardEncoding"
        table = StandardEncoding if isinstance(own, str) else own
        found = {table[c] for c in codes if c < len(table)}
        return found | {names[c] for c in codes if c in names}

    return wanted


def cff_names_by_cid(cids: set[int]) -> Callable[[Any], set[str]]:
    """For a composite font: glyphs by CID, or by number where the program has no CIDs."""

    def wanted(top: Any) -> set[str]:
        order = top.charset
        if hasattr(top, "ROS"):
            numbered = {n: CID_NAME.match(n) for n in order}
            return {n for n, m in numbered.items() if m is not None and int(m.group(1)) in cids}
        return {order[c] for c in cids if c < len(order)}

    return wanted
