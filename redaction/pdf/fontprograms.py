"""Embedded font programs without the outlines that nothing shows any more; glyph numbers and names stay."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Collection
from typing import Any

from fontTools import subset
from fontTools.agl import toUnicode
from fontTools.cffLib import CFFFontSet, cffISOAdobeStrings
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.misc.psCharStrings import T2CharString
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from redaction.pdf.geometry import multiply

MAC_ROMAN, SYMBOL = (1, 0), (3, 0)
"""Platform and encoding of the tables that viewers look up by code (ISO 32000-2, 9.6.5.4)."""
SYMBOL_PAGES = (0x0000, 0xF000, 0xF100, 0xF200)
"""Where symbol fonts keep their codes in the cmap table."""
POST_WITH_NAMES = 2.0
"""The format of the post table that lists the name of each glyph."""
NAMELESS = bytes((0, 3, 0, 0))
"""How a post table without names begins."""
CID_NAME = re.compile(r"cid(\d+)$")
CID_LAST = 65535
USUAL = (0.001, 0.0, 0.0, 0.001, 0.0, 0.0)
"""The scale of most programs: a thousand units for an em."""
BYTES, TRIMMED = 0, 6
"""Formats of a table of codes: a glyph for each of 256, and a glyph for each from the first to the last."""
METRIC = 4
"""Bytes of the widest entry in a table of widths."""
MOST_CODES = 1 << 16
"""Bytes that the lists of codes may be short of what they claim."""
LONGEST = 1 << 25
"""Bytes of outlines at most: a table may claim any length."""


def shrink_truetype(program: bytes, glyphs: set[int]) -> bytes | None:
    """The TrueType program with empty outlines for all but these glyph numbers; None when it cannot be read.

    Only the tables that draw letters stay (ISO 32000-2, 9.9); names of letters that went are not told either.
    """
    try:
        font = _open(program)
        bare = not _has_codes(font)
        if bare:  # fontTools counts on one; fonts that are shown by number have none, or one that nobody can read
            font["cmap"] = newTable("cmap")
            font["cmap"].tableVersion, font["cmap"].tables = 0, []
        else:
            font["cmap"].tables = [_listed(table) for table in font["cmap"].tables]
        order = font.getGlyphOrder()
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


class _Lengthened:
    """Tables of a program with zeros behind those that makers cut short: readers go on where fontTools stops."""

    def __init__(self, font: TTFont) -> None:
        self._reader, self._font = font.reader, font

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def __delitem__(self, tag: str) -> None:
        del self._reader[tag]

    def __contains__(self, tag: str) -> bool:
        return tag in self._reader

    def __getitem__(self, tag: str) -> bytes:
        data: bytes = self._reader[tag]
        if tag in ("hmtx", "vmtx"):
            return data + bytes(max(0, METRIC * self._font["maxp"].numGlyphs - len(data)))
        if tag == "cmap":
            return data + bytes(MOST_CODES)
        if tag == "glyf":
            return self._outlines(data + bytes(max(0, min(max(self._font["loca"]), LONGEST) - len(data))))
        return data

    def _outlines(self, data: bytes) -> bytes:
        """The outlines one behind the other; where they lie in another order, readers go on to the end of the table."""
        places = list(self._font["loca"])
        if all(a <= b for a, b in itertools.pairwise(places)):
            return data
        parts = [data[a : b if b >= a else len(data)] for a, b in itertools.pairwise(places)]
        if sum(map(len, parts)) > LONGEST:
            raise ValueError("outlines that overlap")
        parts = [part + bytes(-len(part) % METRIC) for part in parts]
        self._font["loca"].set([0, *itertools.accumulate(map(len, parts))])
        return b"".join(parts)


def _open(program: bytes) -> TTFont:
    font = TTFont(io.BytesIO(program), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    font.reader = _Lengthened(font)
    if "glyf" in font and ("post" not in font or font.reader["post"][:4] == NAMELESS):
        # else fontTools makes names up from the table of codes
        font.setGlyphOrder([f"glyph{number:05}" for number in range(font["maxp"].numGlyphs)])
    return font


def _has_codes(font: TTFont) -> bool:
    """Whether the font has tables of codes that can be read; those that cannot are taken out."""
    if "cmap" not in font:
        return False
    try:
        font["cmap"].tables = [table for table in font["cmap"].tables if _reads(table)]
        return bool(font["cmap"].tables)
    except Exception:  # what it says is lost for readers too
        del font["cmap"]
        return False


def _reads(table: Any) -> bool:
    try:
        return table.cmap is not None
    except Exception:  # this one cannot be read; others of the font may
        return False


def _listed(table: Any) -> Any:
    """The same codes as a list: fontTools leaves tables of 256 bytes out, on which the fonts of LibreOffice depend."""
    if table.format != BYTES:
        return table
    made = CmapSubtable.newSubtable(TRIMMED)
    made.platformID, made.platEncID, made.language = table.platformID, table.platEncID, table.language
    made.cmap = {code: name for code, name in table.cmap.items() if name != ".notdef"}
    return made


def truetype_glyphs(program: bytes, codes: set[int], names: dict[int, set[str]]) -> set[int] | None:
    """Glyph numbers that a simple font with this program may show for the codes; None when it cannot be read.

    Viewers differ in how they look a code up, so every way counts: by code, by symbol page, by name and by Unicode; a
    table of codes is not looked up by Unicode, or letters that nothing shows would stay.
    """
    try:
        font = _open(program)
        tables = font["cmap"].tables if _has_codes(font) else []
        numbers = font.getReverseGlyphMap()
        found = set()
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


def shrink_cff(
    program: bytes, wanted: Callable[[Any], set[str]], codes: Collection[int] = range(256)
) -> bytes | None:
    """The CFF program with empty outlines for all but the glyphs that `wanted(top dictionary)` names.

    Of its own encoding only the `codes` that are shown stay. None when it cannot be read, or when two of them show one
    glyph, which fontTools cannot write.
    """
    try:
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(program), None)
        top = fonts[fonts.fontNames[0]]
        if not hasattr(top, "charset"):  # the first predefined one (Adobe TN 5176, table 9)
            top.charset = cffISOAdobeStrings[: top.numGlyphs]
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
        if not _unname(top, kept, codes):
            return None
        _join_matrices(top)
        buffer = io.BytesIO()
        fonts.compile(buffer, TTFont(recalcBBoxes=False))
        return buffer.getvalue()
    except Exception:
        return None


def _join_matrices(top: Any) -> None:
    """Let the parts of a program with CIDs have all of the scale where the whole says only what is usual.

    fontTools leaves the usual out, and readers then take that of a part alone: XeLaTeX writes 1 there.
    """
    if hasattr(top, "ROS") and top.rawDict.get("FontMatrix") == list(USUAL):
        for part in top.FDArray:
            if "FontMatrix" in part.rawDict:
                a, b, c, d, e, f = part.rawDict["FontMatrix"]
                part.FontMatrix = [round(v, 9) for v in multiply((a, b, c, d, e, f), USUAL)]


def _unname(top: Any, kept: set[str], codes: Collection[int]) -> bool:
    """Give the glyphs that went a name (or CID) that tells nothing; whether the encoding of what stays can be kept."""
    order = top.charset
    pattern = "cid{:05d}" if hasattr(top, "ROS") else "weg{}"
    unused = (n for i in range(CID_LAST, 0, -1) if (n := pattern.format(i)) not in order)
    fresh = {name: name if name in kept else next(unused) for name in order}
    top.charset = [fresh[name] for name in order]
    strings = top.CharStrings
    strings.charStrings = {fresh.get(name, name): place for name, place in strings.charStrings.items()}
    encoding = getattr(top, "Encoding", None)
    if not isinstance(encoding, list):
        return True
    top.Encoding = [n if n in kept and code in codes else ".notdef" for code, n in enumerate(encoding)]
    named = [name for name in top.Encoding if name != ".notdef"]
    return len(set(named)) == len(named)


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
