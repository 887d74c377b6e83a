"""Counts which codes of which font are shown anywhere in a document, forms, patterns and masks included."""
from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream, String

from redaction.pdf.fields import looks_on
from redaction.pdf.fonts import Font
from redaction.pdf.interpreter import FontCache

SHOWS = {"Tj", "TJ", "'", '"'}
DEEPEST = 20
Key = tuple[int, int]
"""Number and generation of an indirect object."""


def own_fonts(pdf: pikepdf.Pdf) -> None:
    """Make an object of each font, descendant and descriptor written within another, so that it is counted and cut."""
    for item in list(pdf.objects):
        if isinstance(item, Dictionary | Stream):
            for owner in (item, item.get("/Resources")):
                fonts = owner.get("/Font") if isinstance(owner, Dictionary | Stream) else None
                if isinstance(fonts, Dictionary):
                    _make_objects(pdf, fonts, list(fonts.keys()))
    for key in ("/DescendantFonts", "/FontDescriptor"):
        for item in list(pdf.objects):
            if isinstance(item, Dictionary) and key in item:
                listed = item[key]
                if isinstance(listed, Array):
                    _make_objects(pdf, listed, list(range(len(listed))))
                else:
                    _make_objects(pdf, item, [key])


def _make_objects(pdf: pikepdf.Pdf, owner: Any, keys: list[Any]) -> None:
    for key in keys:
        value = owner[key]
        if isinstance(value, Dictionary) and not value.is_indirect:
            owner[key] = pdf.make_indirect(value)


class FontCensus:
    """Which codes of which font are still shown anywhere in the document."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.cache = FontCache()
        self.fonts: dict[Key, Font] = {}
        self.used: dict[Key, set[bytes]] = {}
        self._seen: set[tuple[Key, Key]] = set()

    def count(self) -> None:
        """Visit every page, field, form, pattern and Type 3 glyph that can be painted."""
        for page in self.pdf.pages:
            resources = page.obj.get("/Resources")
            self._stream(page, resources if isinstance(resources, Dictionary) else Dictionary(), 0)
            for look in looks_on(page.obj):
                self._visit(look, Dictionary(), 0)

    def _stream(self, source: Any, resources: Dictionary, depth: int) -> None:
        font: Key | None = None
        shown: dict[Key, list[bytes]] = {}
        stack: list[Key | None] = []
        operators = "Tj TJ ' \" Tf gs q Q"
        for instruction in pikepdf.parse_content_stream(source, operators):
            operator = str(instruction.operator)
            operands = instruction.operands
            if operator in SHOWS:
                if font is not None and len(operands):
                    given = operands[0] if operator == "TJ" else [operands[-1]]
                    listed = given.as_list() if isinstance(given, Array) else given
                    shown.setdefault(font, []).extend(bytes(i) for i in listed if isinstance(i, String))
            elif operator == "Tf" and len(operands) > 1:
                font = self._font(resources.get("/Font"), operands[0])
            elif operator == "gs" and len(operands):
                font = self._state_font(resources, operands[0]) or font
            elif operator == "q":
                stack.append(font)
            elif operator == "Q" and stack:
                font = stack.pop()
        for key, strings in shown.items():
            self.used[key] |= self.fonts[key].codes(strings)
        self._inside(resources, depth)

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
