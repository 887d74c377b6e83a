"""Whether a code shows nothing by the embedded program itself: spaces that are called g0003 and say nothing else."""

from __future__ import annotations

import io
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Stream

from redaction.pdf.fontprograms import cff_names_by_cid, cff_names_by_code, truetype_glyphs
from redaction.pdf.fontprune import glyph_names
from redaction.pdf.fonts import CompositeFont, Font


class Blanks:
    """Answers for the fonts of one page; every program is read once."""

    def __init__(self) -> None:
        self._programs: dict[int, Any] = {}

    def shows_nothing(self, font: Font, code: bytes) -> bool:
        """Whether the code is a space, or its glyph in the embedded program has no outline."""
        if font.is_blank(code):
            return True
        try:
            return self._draws_nothing(font, code)
        except Exception:  # a program that cannot be read proves nothing
            return False

    def _draws_nothing(self, font: Font, code: bytes) -> bool:
        below: Any = font.source
        listed = below.get("/DescendantFonts")
        if isinstance(listed, Array) and len(listed):
            below = listed[0]
        descriptor = below.get("/FontDescriptor")
        if not isinstance(descriptor, Dictionary) or not code:
            return False
        names = {code[0]: {glyph_names(font.source.get("/Encoding")).get(code[0], "")} - {""}}
        truetype, compact = descriptor.get("/FontFile2"), descriptor.get("/FontFile3")
        if isinstance(truetype, Stream):
            program = truetype.read_bytes()
            if isinstance(font, CompositeFont):
                glyphs: set[int] | None = {_glyph_of(below, font.map.cid(code))}
            else:
                glyphs = truetype_glyphs(program, {code[0]}, names)
            outlines = self._kept(truetype, lambda: TTFont(io.BytesIO(program)))
            return bool(glyphs) and all(_is_empty(outlines, outlines.getGlyphOrder()[g]) for g in glyphs or ())
        if isinstance(compact, Stream):
            top = self._kept(compact, lambda: _top_of(compact.read_bytes()))
            if isinstance(font, CompositeFont):
                names, wanted = {code[0]: set()}, cff_names_by_cid({font.map.cid(code)})
            else:
                wanted = cff_names_by_code({code[0]}, names)
            shown = (names[code[0]] or wanted(top)) & set(top.CharStrings.keys())
            return bool(shown) and all(_draws_no_line(top.CharStrings[name]) for name in shown)
        return False

    def _kept(self, source: Stream, read: Any) -> Any:
        key = source.objgen[0]
        if key not in self._programs:
            self._programs[key] = read()
        return self._programs[key]


def _glyph_of(below: Any, cid: int) -> int:
    table = below.get("/CIDToGIDMap")
    return int.from_bytes(table.read_bytes()[2 * cid : 2 * cid + 2], "big") if isinstance(table, Stream) else cid


def _is_empty(font: TTFont, name: str) -> bool:
    return int(font["glyf"][name].numberOfContours) == 0


def _top_of(program: bytes) -> Any:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    return fonts[fonts.fontNames[0]]


def _draws_no_line(string: Any) -> bool:
    pen = RecordingPen()
    string.draw(pen)
    return all(kind == "endPath" for kind, _ in pen.value)
