"""Fonts that tell: glyphs, widths and ToUnicode entries that no text uses any more go (ASD study of Acrobat)."""

from __future__ import annotations

import logging
from typing import Any

import pikepdf
from fontTools.agl import UV2AGL
from fontTools.encodings.MacRoman import MacRoman
from pikepdf import Array, Dictionary, Name, Stream

from redaction.pdf.cmaps import to_unicode
from redaction.pdf.fontcensus import FontCensus, Key
from redaction.pdf.fontfiles import unwrap
from redaction.pdf.fontprograms import (
    cff_names_by_cid,
    cff_names_by_code,
    shrink_cff,
    shrink_truetype,
    truetype_glyphs,
)
from redaction.pdf.fonts import CompositeFont, SimpleFont, cid_widths, number
from redaction.pdf.type1 import shrink_type1
from redaction.pdf.unseen import names_in

logging.getLogger("fontTools").setLevel(logging.ERROR)

PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
UNLISTED = {"\xad": "hyphen", "¹": "onesuperior", "²": "twosuperior", "³": "threesuperior"}
"""Letters of WinAnsiEncoding that the Adobe Glyph List of fontTools lacks."""
WIN_ANSI = [UNLISTED.get(c) or UV2AGL.get(ord(c), "") for c in bytes(range(256)).decode("cp1252", "replace")]
TABLES = {"/WinAnsiEncoding": WIN_ANSI, "/MacRomanEncoding": MacRoman}
"""The glyph name of each code in the tables that a font can begin with (ISO 32000-2, annex D)."""


def prune_fonts(pdf: pikepdf.Pdf, touched: set[Key]) -> set[Key]:
    """Cut the fonts in `touched` (object numbers) down to what is still shown; those whose program cannot be cut.

    The other fonts only lose table entries and procedures for letters that nothing shows: some writers list letters
    that they never use. A page that cannot be read may show any letter: without a touched font, all stays then.
    """
    census = FontCensus(pdf)
    try:
        census.count()
    except pikepdf.PdfError:
        if touched:
            raise
        return set()
    shown = set(census.fonts)
    for key in touched:
        source = pdf.get_object(key)
        if not isinstance(source, Dictionary):
            continue
        font = census.fonts.setdefault(key, census.cache.get(source))
        used = census.used.setdefault(key, set()) | _spaces(source)
        _prune_tables(pdf, source, used)
        if font.type3:
            _prune_type3(source, used)
        elif isinstance(font, SimpleFont):
            _prune_encoding(source, used)
    for key in census.fonts.keys() - touched:
        source = pdf.get_object(key)
        _prune_unicode(pdf, source, census.used[key])
        if census.fonts[key].type3:
            _prune_type3(source, census.used[key])
    whole = _prune_shared(pdf, census, touched) | _prune_simple_programs(pdf, census, touched)
    return {key for key in shown if _descriptor_key(census.fonts[key].source) in whole}


def _descriptor_key(source: Dictionary) -> Key | None:
    """Object number of the descriptor of a font or of its descendant."""
    below = _descendant(source)
    descriptor = (source if below is None else below).get("/FontDescriptor")
    return descriptor.objgen if isinstance(descriptor, Dictionary) and descriptor.is_indirect else None


def _prune_shared(pdf: pikepdf.Pdf, census: FontCensus, touched: set[Key]) -> set[Key]:
    """Widths and outlines of composite fonts, which several fonts may share: what any of them shows stays.

    Object numbers of the descriptors whose program cannot be cut.
    """
    cids: dict[Key, set[int]] = {}
    glyphs: dict[Key, set[int]] = {}
    wanted: set[Key] = set()
    for key, font in census.fonts.items():
        below = _descendant(font.source)
        if not isinstance(font, CompositeFont) or below is None or not below.is_indirect:
            continue
        shown = {font.map.cid(c) for c in census.used[key]}
        cids.setdefault(below.objgen, set()).update(shown)
        descriptor = below.get("/FontDescriptor")
        if isinstance(descriptor, Dictionary) and descriptor.is_indirect:
            glyphs.setdefault(descriptor.objgen, set()).update(_glyph_numbers(below, shown))
        if key in touched:
            wanted |= {below.objgen, descriptor.objgen if isinstance(descriptor, Dictionary) else below.objgen}
    for key, shown in cids.items():
        below = pdf.get_object(key)
        if key in wanted and isinstance(below.get("/W"), Array):
            widths = cid_widths(below["/W"])
            below["/W"] = Array([x for c in sorted(shown) if c in widths for x in (c, Array([round(widths[c], 4)]))])
        if key in wanted and isinstance(below.get("/CIDToGIDMap"), Stream):
            below["/CIDToGIDMap"] = pdf.make_indirect(Stream(pdf, _glyph_map(below["/CIDToGIDMap"], shown)))
    return {k for k, shown in glyphs.items() if k in wanted and _legible(pdf, k) and not _shrink(pdf, k, shown)}


def _glyph_map(table: Stream, shown: set[int]) -> bytes:
    """The map from CIDs to glyphs without the CIDs that nothing shows."""
    data = table.read_bytes()
    return b"".join(data[2 * c : 2 * c + 2] if c in shown else b"\0\0" for c in range(len(data) // 2))


def _spaces(source: Dictionary) -> set[bytes]:
    """The codes of a simple font's space: it tells nothing, and readers measure gaps between words by its width."""
    if source.get("/Subtype") == "/Type0":
        return set()
    table = source.get("/ToUnicode")
    listed = to_unicode(table) if isinstance(table, Stream) else {}
    said = listed.get(b" ", listed.get(b"\0 ", " "))  # a writer may number the letters of a subset as they come
    named = {bytes((c,)) for c, name in glyph_names(source.get("/Encoding")).items() if name == "space"}
    return named if said.strip() else named | {b" "}


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
        listed = to_unicode(table)
        if source.get("/Subtype") == "/Type0":
            kept = {c: t for c, t in listed.items() if c in used}
        else:  # some writers give the codes of one byte two
            kept = {c: t for c, t in listed.items() if c.lstrip(b"\0").rjust(1, b"\0") in used}
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


def _shrink(pdf: pikepdf.Pdf, descriptor_key: Key, glyphs: set[int]) -> bool:
    """Composite font: cut the embedded program down to these glyphs (TrueType) or CIDs (CFF); whether that was done."""
    descriptor = pdf.get_object(descriptor_key)
    unwrap(pdf, descriptor, Name.CIDFontType0C)
    truetype, cff = descriptor.get("/FontFile2"), descriptor.get("/FontFile3")
    if isinstance(truetype, Stream):
        made = shrink_truetype(truetype.read_bytes(), glyphs)
        if made is not None:
            descriptor["/FontFile2"] = pdf.make_indirect(Stream(pdf, made, Length1=len(made)))
            return True
    elif isinstance(cff, Stream) and cff.get("/Subtype") == "/CIDFontType0C":
        made = shrink_cff(cff.read_bytes(), cff_names_by_cid(glyphs))
        if made is not None:
            descriptor["/FontFile3"] = pdf.make_indirect(Stream(pdf, made, Subtype=Name.CIDFontType0C))
            return True
    return not any(isinstance(descriptor.get(k), Stream) for k in PROGRAMS)


def _prune_simple_programs(pdf: pikepdf.Pdf, census: FontCensus, touched: set[Key]) -> set[Key]:
    """Simple fonts: cut embedded programs down to the codes that any font with the same descriptor shows.

    Object numbers of the descriptors whose program cannot be cut.
    """
    codes: dict[Key, set[int]] = {}
    names: dict[Key, dict[int, set[str]]] = {}
    wanted: set[Key] = set()
    for key, font in census.fonts.items():
        descriptor = font.source.get("/FontDescriptor")
        if not isinstance(font, SimpleFont) or not isinstance(descriptor, Dictionary) or not descriptor.is_indirect:
            continue
        shown = {c[0] for c in census.used[key] if len(c) == 1}
        codes.setdefault(descriptor.objgen, set()).update(shown)
        for code, name in glyph_names(font.source.get("/Encoding")).items():
            if code in shown:  # fonts that share a program may each call another letter by one code
                names.setdefault(descriptor.objgen, {}).setdefault(code, set()).add(name)
        if key in touched:
            wanted.add(descriptor.objgen)
    legible = [key for key in wanted if _legible(pdf, key)]
    return {k for k in legible if not _shrink_simple(pdf, pdf.get_object(k), codes[k], names.get(k, {}))}


def _legible(pdf: pikepdf.Pdf, key: Key) -> bool:
    """Whether the embedded program of a descriptor can be unpacked; one that cannot goes, for viewers do without it."""
    descriptor = pdf.get_object(key)
    for name in PROGRAMS:
        if isinstance(descriptor.get(name), Stream):
            try:
                descriptor[name].read_bytes()
            except pikepdf.PdfError:
                del descriptor[name]
                return False
    return True


def _shrink_simple(pdf: pikepdf.Pdf, descriptor: Any, codes: set[int], names: dict[int, set[str]]) -> bool:
    unwrap(pdf, descriptor, Name.Type1C)
    type1, truetype, cff = (descriptor.get(k) for k in ("/FontFile", "/FontFile2", "/FontFile3"))
    if isinstance(truetype, Stream):
        program = truetype.read_bytes()
        glyphs = truetype_glyphs(program, codes, names)
        made = shrink_truetype(program, glyphs) if glyphs is not None else None
        if made is not None:
            descriptor["/FontFile2"] = pdf.make_indirect(Stream(pdf, made, Length1=len(made)))
            return True
    elif isinstance(cff, Stream) and cff.get("/Subtype") == "/Type1C":
        made = shrink_cff(cff.read_bytes(), cff_names_by_code(codes, names), codes)
        if made is not None:
            descriptor["/FontFile3"] = pdf.make_indirect(Stream(pdf, made, Subtype=Name.Type1C))
            return True
    elif isinstance(type1, Stream):
        cut = shrink_type1(type1.read_bytes(), codes, names)
        if cut is not None:
            data, clear, secret, zeros = cut
            descriptor["/FontFile"] = pdf.make_indirect(Stream(pdf, data, Length1=clear, Length2=secret, Length3=zeros))
            return True
    return not any(isinstance(descriptor.get(k), Stream) for k in PROGRAMS)


def glyph_names(encoding: Any) -> dict[int, str]:
    """Glyph name of each code by a simple font's /Encoding: its base table and its differences."""
    base = encoding if isinstance(encoding, Name) else None
    if isinstance(encoding, Dictionary):
        base = encoding.get("/BaseEncoding")
    found = {code: name for code, name in enumerate(TABLES.get(str(base), ())) if name}
    code = 0
    listed = encoding.get("/Differences") if isinstance(encoding, Dictionary) else None
    for item in listed if isinstance(listed, Array) else []:
        if isinstance(item, Name):
            found[code] = _name(item)
            code += 1
        else:
            code = int(number(item))
    return found


def _name(item: Any) -> str:
    try:
        return str(item)[1:]
    except (UnicodeDecodeError, ValueError):
        return ""


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
    kept = {k: v for k, v in procedures.items() if k in names}
    source["/CharProcs"] = Dictionary(kept)
    own = source.get("/Resources")
    if isinstance(own, Dictionary):  # the font alone may hold on to another that drew a letter
        wanted = {name for p in kept.values() if isinstance(p, Stream) for name in names_in(p.read_bytes())}
        source["/Resources"] = Dictionary({k: _named(v, wanted) for k, v in own.items()})
    source["/Encoding"] = Dictionary(Type=Name.Encoding, Differences=Array(rows))


def _named(table: Any, wanted: set[str]) -> Any:
    """The entries of a resource table that are called for."""
    if not isinstance(table, Dictionary):
        return table
    return Dictionary({k: v for k, v in table.items() if k in wanted})
