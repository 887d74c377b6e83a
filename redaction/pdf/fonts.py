"""How far each character code of a PDF font moves the pen, and how high its line is (ISO 32000-2, 9.6 to 9.7).

Widths are whole thousandths of an em, as in PDFium, which drops the fraction: the reviewer saw the page by PDFium, and
text after a removed word must stay where the reviewer saw it.
"""
from __future__ import annotations

import functools
import math
import re
import struct
from collections.abc import Mapping
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, PdfError, Stream

from redaction.pdf.cmaps import CodeMap, code_map, to_unicode
from redaction.pdf.fontwidths import measured_widths

SPACES = (b"\x20", b"\xa0", b"\x00\x20", b"\x00\xa0")
"""Codes of spaces in a font that does not say what its codes mean."""

SPACE_NAMES = {"/space", "/nbspace", "/nonbreakingspace", "/uni00A0"}

GLYPH_BOX = re.compile(rb"(?:[-+.\d]+\s+){3}([-+.\d]+)\s+[-+.\d]+\s+([-+.\d]+)\s+d1\b")
"""wx wy llx lly urx ury d1: how a procedure tells the box of its glyph (ISO 32000-2, 9.6.4)."""
DRAWN = 0.95
"""Height in em from the lowest to the highest point of the letters of most fonts."""
BEGINNING = 400
"""Bytes of a procedure in which it tells its box."""


def number(value: Any, default: float = 0.0) -> float:
    """A PDF number as float, `default` for anything else."""
    try:
        return float(value)
    except (TypeError, ValueError, ArithmeticError):
        return default


def whole(value: Any, default: float = 0.0) -> float:
    """A width in thousandths of an em as PDFium takes it: without its fraction."""
    return float(math.trunc(number(value, default)))


class Glyph(tuple[bytes, float, bool]):
    """(code bytes, advance in em, whether word spacing applies)."""

    __slots__ = ()


class Font:
    """Metrics of one font resource. `advance` is in text space units for font size 1."""

    def __init__(self, source: Dictionary) -> None:
        self.source = source
        self.vertical = False
        self.ascent, self.descent = 0.95, -0.30
        self.em = 1.0
        """Height of the letters for size 1, as part of what it is in most fonts."""
        self.type3 = source.get("/Subtype") == "/Type3"
        self._unicode: Mapping[bytes, str] | None = None
        self._memo: dict[bytes, Glyph] = {}

    def glyphs(self, text: bytes) -> list[Glyph]:
        """The string cut into codes, with their advances."""
        raise NotImplementedError

    def advances(self, text: bytes) -> list[float]:
        """The advance of each code of the string, in em."""
        return [g[1] for g in self.glyphs(text)]

    def hang(self, code: bytes) -> tuple[float, float]:
        """In vertical writing: how far the origin of the glyph is left of the pen and below it, in em."""
        return (0.0, 0.0)

    def codes(self, strings: list[bytes]) -> set[bytes]:
        """The different codes in the strings."""
        return {g[0] for text in set(strings) for g in self.glyphs(text)}

    def is_blank(self, code: bytes) -> bool:
        """Whether the code shows nothing: a space of some kind."""
        text = self.unicode_of(code)
        return text.isspace() or (not text and code in SPACES)

    def unicode_of(self, code: bytes) -> str:
        """Text of a code by the font's own ToUnicode table, "" when it does not say."""
        if self._unicode is None:
            self._unicode = to_unicode(self.source.get("/ToUnicode"))
        return self._unicode.get(code, "")

    def _read_extent(self, descriptor: Any) -> None:
        if self.type3 or not isinstance(descriptor, Dictionary):
            return
        ascent = number(descriptor.get("/Ascent")) / 1000
        descent = -abs(number(descriptor.get("/Descent"))) / 1000
        if 0.4 < ascent < 1.3:
            self.ascent = ascent
        if -0.6 < descent < -0.05:
            self.descent = descent


class SimpleFont(Font):
    """Type 1, TrueType and Type 3 fonts: one byte a character."""

    def __init__(self, source: Dictionary) -> None:
        super().__init__(source)
        descriptor = source.get("/FontDescriptor")
        scale = self._type3_extent() if self.type3 else 0.001
        widths = source.get("/Widths")
        if isinstance(widths, Array) and len(widths):
            missing = whole(descriptor.get("/MissingWidth")) if isinstance(descriptor, Dictionary) else 0.0
            table = [0.0 if self.type3 else missing] * 256
            first = int(number(source.get("/FirstChar")))
            for i, width in enumerate(widths):
                if 0 <= first + i < 256:
                    table[first + i] = _type3_width(width, scale) if self.type3 else whole(width)
        else:
            table = measured_widths(source)
        self.widths = [w / 1000 for w in table]
        self._glyphs = [Glyph((bytes([c]), w, c == 32)) for c, w in enumerate(self.widths)]
        self._read_extent(descriptor)

    def is_blank(self, code: bytes) -> bool:
        """Whether the code shows nothing: a space by its text, or by the name that the encoding gives it."""
        return code in self.named_spaces or super().is_blank(code)

    @functools.cached_property
    def named_spaces(self) -> set[bytes]:
        """Codes that the differences of the encoding call a space."""
        encoding, found, code = self.source.get("/Encoding"), set[bytes](), 0
        listed = encoding.get("/Differences") if isinstance(encoding, Dictionary) else None
        for item in listed if isinstance(listed, Array) else []:
            if not isinstance(item, Name):
                code = int(number(item))
                continue
            if _text(item) in SPACE_NAMES and 0 <= code < 256:
                found.add(bytes((code,)))
            code += 1
        return found

    def _type3_extent(self) -> float:
        matrix = [number(v) for v in self.source.get("/FontMatrix", [0.001, 0, 0, 0.001, 0, 0])]
        box = [number(v) for v in self.source.get("/FontBBox", [0, 0, 0, 0])]
        if len(matrix) != 6 or len(box) != 4:
            return 0.001
        bottom, top = self._drawn_height() or (box[1], box[3])
        low, high = sorted((bottom * matrix[3], top * matrix[3]))
        if high > low:
            self.ascent, self.descent = high, low
            self.em = (high - low) / DRAWN
        return abs(matrix[0]) or 0.001

    def _drawn_height(self) -> tuple[float, float] | None:
        """Lowest and highest point of the glyphs by what their procedures say: the box of the font is often made up."""
        procedures = self.source.get("/CharProcs")
        sides: list[float] = []
        for item in procedures.values() if isinstance(procedures, Dictionary) else []:
            try:
                found = GLYPH_BOX.search(item.read_bytes()[:BEGINNING]) if isinstance(item, Stream) else None
            except PdfError:
                continue
            if found is not None:
                sides += [number(found[1]), number(found[2])]
        return (min(sides), max(sides)) if sides and max(sides) > min(sides) else None

    def glyphs(self, text: bytes) -> list[Glyph]:
        """The string cut into bytes, with their advances."""
        table = self._glyphs
        return [table[c] for c in text]

    def codes(self, strings: list[bytes]) -> set[bytes]:
        """The different bytes in the strings."""
        return {bytes((c,)) for c in set(b"".join(strings))}

    def advances(self, text: bytes) -> list[float]:
        """The advance of each byte, in em."""
        widths = self.widths
        return [widths[c] for c in text]


class CompositeFont(Font):
    """Type 0 fonts: codes of one to four bytes by a CMap, advances by CID."""

    def __init__(self, source: Dictionary) -> None:
        super().__init__(source)
        descendants = source.get("/DescendantFonts")
        below = descendants[0] if isinstance(descendants, Array) and len(descendants) else Dictionary()
        self.map: CodeMap = code_map(source.get("/Encoding"))
        self.vertical = self.map.vertical
        self.default = whole(below.get("/DW"), 1000.0) if "/DW" in below else 1000.0
        self.by_cid = {cid: whole(width) for cid, width in cid_widths(below.get("/W")).items()}
        down = below.get("/DW2")
        two = isinstance(down, Array) and len(down) > 1
        self.down = whole(down[1], -1000.0) if two else -1000.0
        self.top = whole(down[0], 880.0) if two else 880.0
        self.two_bytes = self.map.plain_two_bytes
        self._read_extent(below.get("/FontDescriptor"))

    def glyphs(self, text: bytes) -> list[Glyph]:
        """The string cut into codes by the CMap, with their advances."""
        memo, found = self._memo, []
        codes = [text[i : i + 2] for i in range(0, len(text), 2)] if self.two_bytes else self.map.split(text)
        for code in codes:
            glyph = memo.get(code)
            if glyph is None:
                width = self.down if self.vertical else self.by_cid.get(self.map.cid(code), self.default)
                glyph = memo[code] = Glyph((code, width / 1000, code == b" "))
            found.append(glyph)
        return found

    def hang(self, code: bytes) -> tuple[float, float]:
        """In vertical writing: how far the origin of the glyph is left of the pen and below it, in em."""
        return self.by_cid.get(self.map.cid(code), self.default) // 2 / 1000, self.top / 1000

    def codes(self, strings: list[bytes]) -> set[bytes]:
        """The different codes in the strings."""
        if not self.two_bytes or any(len(text) % 2 for text in strings):
            return super().codes(strings)
        joined = b"".join(strings)
        return {bytes(pair) for pair in set(zip(joined[::2], joined[1::2], strict=True))}

    def advances(self, text: bytes) -> list[float]:
        """The advance of each code, in em."""
        if self.vertical or not self.two_bytes or len(text) % 2:
            return super().advances(text)
        widths, default = self.by_cid, self.default
        return [widths.get(c, default) / 1000 for c in struct.unpack(f">{len(text) // 2}H", text)]


def read_font(source: Object | None) -> Font:
    """Font of a resource; a missing or odd one counts as Helvetica, as viewers do."""
    if not isinstance(source, Dictionary):
        source = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    return CompositeFont(source) if source.get("/Subtype") == "/Type0" else SimpleFont(source)


def _type3_width(width: Any, scale: float) -> float:
    """Thousandths of an em; PDFium rounds these."""
    return float(round(number(width) * scale * 1000))


def cid_widths(table: Any) -> dict[int, float]:
    """Widths by CID as a composite font's /W gives them, in thousandths of an em."""
    widths: dict[int, float] = {}
    items = list(table) if isinstance(table, Array) else []
    i = 0
    while i < len(items) - 1:
        first = int(number(items[i]))
        if isinstance(items[i + 1], Array):
            for k, width in enumerate(items[i + 1]):
                widths[first + k] = number(width)
            i += 2
        elif i + 2 < len(items):
            last = min(int(number(items[i + 1])), first + 70_000)
            widths |= dict.fromkeys(range(first, last + 1), number(items[i + 2]))
            i += 3
        else:
            break
    return widths


def _text(name: Any) -> str:
    """A name as text, also when its bytes are not UTF-8."""
    try:
        return str(name or "")
    except (UnicodeDecodeError, ValueError):
        return ""
