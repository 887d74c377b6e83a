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
from fontTools.ttLib import TTFont, newTable

MAC_ROMAN, SYMBOL = (1, 0), (3, 0)
"""Platform and encoding of the tables that viewers look up by code (ISO 32000-2, 9.6.5.4)."""
SYMBOL_PAGES = (0x0000, 0xF000, 0xF100, 0xF200)
"""Where symbol fonts keep their codes in the cmap table."""
POST_WITH_NAMES = 2.0
"""The format of the post table that lists the name of each glyph."""
CID_NAME = re.compile(r"cid(\d+)$")
CID_LAST = 65535


def shrink_truetype(program: bytes, glyphs: set[int]) -> bytes | None:
    """The TrueType program with empty outlines for all but these glyph numbers; None when it cannot be read.

    Only the tables that draw letters stay (ISO 32000-2, 9.9); names of letters that went are not told either.
    """
    try:
        font = TTFont(io.BytesIO(program), lazy=True, recalcTimestamp=False)
        order = font.getGlyphOrder()
        bare = "cmap" not in font  # fontTools counts on one; fonts that are shown by number have none
        if bare:
            font["cmap"] = newTable("cmap")
            font["cmap"].tableVersion, font["cmap"].tables = 0, []
        options = subset.Options(
            retain_gids=True, notdef_outline=True, hinting=True, passthrough_tables=False, layout_closure=False,
            drop_tables=["name", "DSIG", "GSUB", "GPOS", "GDEF", "kern", "morx", "meta"], notdef_glyph=True,
            recalc_bounds=False, legacy_cmap=True, symbol_cmap=True, glyph_names=True,
        )  # fmt: skip
        cutter = subset.Subsetter(options)
        cutter.populate(gids={0} | {g for g in glyphs if g < len(order)})
        cutter.subset(font)
        if bare:
            del font["cmap"]
        if "post" in font and font["post"].formatType == POST_WITH_NAMES:
            font["post"].mapping.update(dict.fromkeys(cutter.glyphs_emptied, ".notdef"))
        buffer = io.BytesIO()
        font.save(buffer, reorderTables=None)
        return buffer.getvalue()
    except Exception:  # embedded programs lack tables that fontTools wants; the caller does without the font
        return None


def truetype_glyphs(program: bytes, codes: set[int], names: dict[int, set[str]]) -> set[int] | None:
    """Glyph numbers that a simple font with this program may show for the codes; None when it cannot be read.

    Viewers differ in how they look a code up, so every way counts: by code, by symbol page, by name and by Unicode; a
    table of codes is not looked up by Unicode, or letters that nothing shows would stay.
    """
    try:
        font = TTFont(io.BytesIO(program), lazy=True)
        numbers = font.getReverseGlyphMap()
        found = set()
        tables = font["cmap"].tables if "cmap" in font else []
        for code in codes:
            given = names.get(code, set())
            letters = "".join(map(toUnicode, given))
            by_code = {code | page for page in SYMBOL_PAGES}
            by_byte = {code} | set(letters.encode("mac_roman", "ignore"))
            by_letter = by_code | {ord(c) for c in letters}
            by_letter |= {ord(c) for codec in ("cp1252", "mac_roman") for c in bytes([code]).decode(codec, "ignore")}
            for table in tables:
                kind = (table.platformID, table.platEncID)
                wanted = by_byte if kind == MAC_ROMAN else by_code if kind == SYMBOL else by_letter
                found |= {numbers[table.cmap[w]] for w in wanted if table.cmap.get(w) in numbers}
            found |= {numbers[name] for name in given if name in numbers}
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
        _unname(top, kept)
        buffer = io.BytesIO()
        fonts.compile(buffer, TTFont(recalcBBoxes=False))
        return buffer.getvalue()
    except Exception:
        return None


def _unname(top: Any, kept: set[str]) -> None:
    """Give the glyphs that went a name (or CID) that tells nothing."""
    order = top.charset
    pattern = "cid{:05d}" if hasattr(top, "ROS") else "weg{}"
    unused = (n for i in range(CID_LAST, 0, -1) if (n := pattern.format(i)) not in order)
    fresh = {name: name if name in kept else next(unused) for name in order}
    top.charset = [fresh[name] for name in order]
    strings = top.CharStrings
    strings.charStrings = {fresh.get(name, name): place for name, place in strings.charStrings.items()}
    if isinstance(getattr(top, "Encoding", None), list):
        top.Encoding = [name if name in kept else ".notdef" for name in top.Encoding]


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


def cff_names_by_code(codes: set[int], names: dict[int, set[str]]) -> Callable[[Any], set[str]]:
    """For a simple font: the glyph names its own encoding and the document's give the codes."""

    def wanted(top: Any) -> set[str]:
        own = top.Encoding if hasattr(top, "Encoding") else "StandardEncoding"
        table = StandardEncoding if isinstance(own, str) else own
        found = {table[c] for c in codes if c < len(table)}
        return found.union(*(names.get(c, set()) for c in codes))

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
