"""Fonts that tell: glyphs, widths and ToUnicode entries that no text uses any more go (ASD study of Acrobat)."""
from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

from redaction.pdf.cmaps import to_unicode
from redaction.pdf.fonts import CompositeFont, Font, SimpleFont, number
from redaction.pdf.interpreter import FontCache

logging.getLogger("fontTools").setLevel(logging.ERROR)

SHOWS = {"Tj", "TJ", "'", '"'}
DEEPEST = 20
Key = tuple[int, int]


class FontCensus:
    """Which codes of which font are still shown anywhere in the document."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.cache = FontCache()
        self.fonts: dict[Key, Font] = {}
        self.used: dict[Key, set[bytes]] = {}
        self._seen: set[tuple[Key, Key]] = set()

    def count(self) -> None:
        """Visit every page, form, pattern and Type 3 glyph that can be painted."""
        for page in self.pdf.pages:
            resources = page.obj.get("/Resources")
            self._stream(page, resources if isinstance(resources, Dictionary) else Dictionary(), 0)

    def _stream(self, source: Any, resources: Dictionary, depth: int) -> None:
        font: Key | None = None
        buffer: list[bytes] = []
        stack: list[Key | None] = []
        operators = "Tj TJ ' \" Tf gs q Q"
        for instruction in pikepdf.parse_content_stream(source, operators):
            operator = str(instruction.operator)
            operands = instruction.operands
            if operator in SHOWS:
                if font is not None and len(operands):
                    given = operands[0] if operator == "TJ" else [operands[-1]]
                    buffer = [bytes(i) for i in given if isinstance(i, pikepdf.String)]
                    self._use(font, buffer)
            elif operator == "Tf" and len(operands) > 1:
                font = self._font(resources.get("/Font"), operands[0])
            elif operator == "gs" and len(operands):
                font = self._state_font(resources, operands[0]) or font
            elif operator == "q":
                stack.append(font)
            elif operator == "Q" and stack:
                font = stack.pop()
        self._inside(resources, depth)

    def _use(self, key: Key, strings: Iterable[bytes]) -> None:
        used, font = self.used[key], self.fonts[key]
        for text in strings:
            if isinstance(font, SimpleFont):
                used.update({bytes((c,)) for c in set(text)})
            else:
                used.update(g[0] for g in font.glyphs(text))

    def _font(self, table: Any, name: Any) -> Key | None:
        try:
            source = table.get(name) if isinstance(table, Dictionary) else None
        except (UnicodeDecodeError, ValueError):
            return None
        return self._known(source)

    def _known(self, source: Any) -> Key | None:
        if not isinstance(source, Dictionary) or not source.is_indirect:
            return None
        key: Key = source.objgen
        if key not in self.fonts:
            self.fonts[key] = self.cache.get(source)
            self.used[key] = set()
        return key

    def _state_font(self, resources: Dictionary, name: Any) -> Key | None:
        table = resources.get("/ExtGState")
        state = table.get(name) if isinstance(table, Dictionary) else None
        listed = state.get("/Font") if isinstance(state, Dictionary) else None
        return self._known(listed[0]) if isinstance(listed, Array) and len(listed) else None

    def _inside(self, resources: Dictionary, depth: int) -> None:
        """Streams that hang in the resources: forms, patterns, masks and Type 3 glyphs."""
        if depth > DEEPEST:
            return
        for kind in ("/XObject", "/Pattern"):
            table = resources.get(kind)
            for item in table.values() if isinstance(table, Dictionary) else []:
                if isinstance(item, Stream) and item.get("/Subtype") != "/Image":
                    self._visit(item, resources, depth)
        states = resources.get("/ExtGState")
        for state in states.values() if isinstance(states, Dictionary) else []:
            mask = state.get("/SMask") if isinstance(state, Dictionary) else None
            group = mask.get("/G") if isinstance(mask, Dictionary) else None
            if isinstance(group, Stream):
                self._visit(group, resources, depth)
        fonts = resources.get("/Font")
        for font in fonts.values() if isinstance(fonts, Dictionary) else []:
            if isinstance(font, Dictionary) and font.get("/Subtype") == "/Type3":
                self._type3(font, resources, depth)

    def _type3(self, font: Dictionary, resources: Dictionary, depth: int) -> None:
        procedures = font.get("/CharProcs")
        own = font.get("/Resources")
        inner = own if isinstance(own, Dictionary) else resources
        if inner is not resources and (font.objgen, inner.objgen) not in self._seen:
            self._seen.add((font.objgen, inner.objgen))
            for item in procedures.values() if isinstance(procedures, Dictionary) else []:
                if isinstance(item, Stream):
                    self._visit(item, inner, depth)

    def _visit(self, item: Stream, resources: Dictionary, depth: int) -> None:
        own = item.get("/Resources")
        inner = own if isinstance(own, Dictionary) else resources
        key = (item.objgen, inner.objgen if inner.is_indirect else (0, 0))
        if key in self._seen:
            return
        self._seen.add(key)
        try:
            self._stream(item, inner, depth + 1)
        except pikepdf.PdfError:
            return


def prune_fonts(pdf: pikepdf.Pdf, touched: set[Key]) -> int:
    """Cut the fonts in `touched` (object numbers) down to what is still shown; how many embedded programs shrank.

    The other fonts only lose table entries for letters that nothing shows: some writers list letters they never use.
    """
    if not touched:
        return 0
    census = FontCensus(pdf)
    census.count()
    for key in touched:
        source = pdf.get_object(key)
        if not isinstance(source, Dictionary):
            continue
        font = census.fonts.setdefault(key, census.cache.get(source))
        used = census.used.setdefault(key, set())
        _prune_tables(pdf, source, used)
        if font.type3:
            _prune_type3(source, used)
        elif isinstance(font, SimpleFont):
            _prune_encoding(source, used)
    for key in census.fonts.keys() - touched:
        _prune_unicode(pdf, pdf.get_object(key), census.used[key])
    return _prune_shared(pdf, census, touched)


def _prune_shared(pdf: pikepdf.Pdf, census: FontCensus, touched: set[Key]) -> int:
    """Widths and outlines of composite fonts, which several fonts may share: what any of them shows stays."""
    cids: dict[Key, set[int]] = {}
    glyphs: dict[Key, set[int]] = {}
    wanted: set[Key] = set()
    tables: dict[Key, CompositeFont] = {}
    for key, font in census.fonts.items():
        below = _descendant(font.source)
        if not isinstance(font, CompositeFont) or below is None or not below.is_indirect:
            continue
        shown = {font.map.cid(c) for c in census.used[key]}
        cids.setdefault(below.objgen, set()).update(shown)
        tables[below.objgen] = font
        descriptor = below.get("/FontDescriptor")
        if isinstance(descriptor, Dictionary) and descriptor.is_indirect:
            glyphs.setdefault(descriptor.objgen, set()).update(_glyph_numbers(below, shown))
        if key in touched:
            wanted |= {below.objgen, descriptor.objgen if isinstance(descriptor, Dictionary) else below.objgen}
    for key, shown in cids.items():
        below = pdf.get_object(key)
        if key in wanted and isinstance(below.get("/W"), Array):
            widths = tables[key].by_cid
            below["/W"] = Array([x for c in sorted(shown) if c in widths for x in (c, Array([round(widths[c], 4)]))])
    return sum(_shrink(pdf, key, shown) for key, shown in glyphs.items() if key in wanted)


def _prune_tables(pdf: pikepdf.Pdf, source: Dictionary, used: set[bytes]) -> None:
    _prune_unicode(pdf, source, used)
    widths = source.get("/Widths")
    if isinstance(widths, Array):
        first = int(number(source.get("/FirstChar")))
        codes = {c[0] for c in used if len(c) == 1}
        source["/Widths"] = Array([w if first + i in codes else 0 for i, w in enumerate(widths)])
    below = _descendant(source)
    for descriptor in (source.get("/FontDescriptor"), below.get("/FontDescriptor") if below is not None else None):
        for key in ("/CharSet", "/CIDSet"):
            if isinstance(descriptor, Dictionary) and key in descriptor:
                del descriptor[key]


def _prune_unicode(pdf: pikepdf.Pdf, source: Dictionary, used: set[bytes]) -> None:
    table = source.get("/ToUnicode")
    if isinstance(table, Stream):
        kept = {c: t for c, t in to_unicode(table.read_bytes()).items() if c in used}
        source["/ToUnicode"] = pdf.make_indirect(Stream(pdf, _unicode_table(kept)))


def _unicode_table(kept: dict[bytes, str]) -> bytes:
    size = max((len(c) for c in kept), default=1)
    head = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        b"1 begincodespacerange <%s> <%s> endcodespacerange\n" % (b"00" * size, b"FF" * size)
    )
    rows = [b"<%s> <%s>" % (c.hex().encode(), t.encode("utf-16-be").hex().encode()) for c, t in sorted(kept.items())]
    parts = [head]
    for i in range(0, len(rows), 100):
        block = rows[i : i + 100]
        parts.append(b"%d beginbfchar\n%s\nendbfchar\n" % (len(block), b"\n".join(block)))
    return b"".join(parts) + b"endcmap CMapName currentdict /CMap defineresource pop end end"


def _descendant(source: Dictionary) -> Dictionary | None:
    listed = source.get("/DescendantFonts")
    if isinstance(listed, Array) and len(listed) and isinstance(listed[0], Dictionary):
        return listed[0]
    return None


def _glyph_numbers(below: Dictionary, cids: set[int]) -> set[int]:
    """Glyphs of the embedded program that these CIDs show."""
    table = below.get("/CIDToGIDMap")
    if not isinstance(table, Stream):
        return cids
    data = table.read_bytes()
    return {int.from_bytes(data[2 * c : 2 * c + 2], "big") for c in cids}


def _shrink(pdf: pikepdf.Pdf, descriptor_key: Key, glyphs: set[int]) -> int:
    descriptor = pdf.get_object(descriptor_key)
    program = descriptor.get("/FontFile2")
    made = shrink_truetype(program.read_bytes(), glyphs) if isinstance(program, Stream) else None
    if made is None:
        return 0
    descriptor["/FontFile2"] = pdf.make_indirect(Stream(pdf, made, Length1=len(made)))
    return 1


def shrink_truetype(program: bytes, glyphs: set[int]) -> bytes | None:
    """The TrueType program with empty outlines for all other glyphs, numbers unchanged; None when unreadable."""
    try:
        font = TTFont(io.BytesIO(program), lazy=True)
        options = subset.Options(
            retain_gids=True, notdef_outline=True, hinting=True, ignore_missing_gids=True, passthrough_tables=True,
            drop_tables=["name", "DSIG", "GSUB", "GPOS", "GDEF", "kern", "morx", "meta"], layout_closure=False,
            recalc_bounds=False, recalc_timestamp=False, legacy_cmap=True, symbol_cmap=True, notdef_glyph=True,
        )  # fmt: skip
        cutter = subset.Subsetter(options)
        cutter.populate(gids=glyphs | {0})
        cutter.subset(font)
        buffer = io.BytesIO()
        font.save(buffer, reorderTables=None)
        return buffer.getvalue()
    except Exception:  # embedded programs lack tables that fontTools wants; the caller keeps the old one
        return None


def _prune_encoding(source: Dictionary, used: set[bytes]) -> None:
    """Leave only the codes still shown in the differences of a simple font's encoding."""
    encoding = source.get("/Encoding")
    if not isinstance(encoding, Dictionary) or not isinstance(encoding.get("/Differences"), Array):
        return
    rows, _ = _differences(encoding, {c[0] for c in used if len(c) == 1})
    fresh = Dictionary({k: v for k, v in encoding.items() if k != "/Differences"})
    fresh["/Differences"] = Array(rows)
    source["/Encoding"] = fresh


def _differences(encoding: Dictionary, codes: set[int]) -> tuple[list[Any], set[str]]:
    """The part of the differences for these codes, and the glyph names in it."""
    rows: list[Any] = []
    names: set[str] = set()
    code = 0
    for item in encoding.get("/Differences", []):
        if not isinstance(item, Name):
            code = int(number(item))
            continue
        if code in codes:
            rows += [code, item]
            names.add(str(item))
        code += 1
    return rows, names


def _prune_type3(source: Dictionary, used: set[bytes]) -> None:
    encoding, procedures = source.get("/Encoding"), source.get("/CharProcs")
    if not isinstance(encoding, Dictionary) or not isinstance(procedures, Dictionary):
        return
    rows, names = _differences(encoding, {c[0] for c in used if len(c) == 1})
    source["/CharProcs"] = Dictionary({k: v for k, v in procedures.items() if k in names})
    source["/Encoding"] = Dictionary(Type=Name.Encoding, Differences=Array(rows))
