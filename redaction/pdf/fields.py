"""Fields that keep their place above the page: their look stays, what can be filled in or read in them goes.

Readers differ about fields: Acrobat, Chrome and poppler draw them, PDFium without a form environment does not. A field
that became part of the page would show where it did not; so a look that no box touches stays the look of a field. What
is left of the field is a button without a name, value or action (ISO 32000-2, 12.7.5.2.2), which no reader draws anew.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Stream, String

from redaction.pdf.fonts import number
from redaction.pdf.geometry import Box, grown, normal, touches
from redaction.pdf.layers import Layers
from redaction.pdf.pdfium import LOCK

HIDDEN = 2 | 32
"""Flags of an annotation that is not shown: Hidden and NoView."""
READ_ONLY, LOCKED, PLACED = 64, 512, 4 | 8 | 16
"""Flags that a kept field gets, and those it keeps: Print, NoZoom and NoRotate."""
BUTTON = 1 | 1 << 16
"""Field flags of a push button that does nothing."""
TOLD = "ingevuld veld"
"""What a reader for the blind says of a kept field."""
KEPT = {"/Type", "/Subtype", "/Rect", "/StructParent"}
ROOM = 1.0
"""Points between a box and a field that stays a field."""


class Fields:
    """Tells which fields of a document may stay fields: those that show nothing that must go and lie off all boxes.

    `boxes` are those of each page; with `lines`, for text that moves, a field on the line of a box does not stay.
    """

    def __init__(
        self, pdf: pikepdf.Pdf, boxes: Mapping[int, Sequence[Box]], may_show: Callable[[str], bool], *, lines: bool
    ) -> None:
        self._pdf, self._boxes, self._may_show, self._lines = pdf, boxes, may_show, lines
        self._layered = Layers(pdf).may_hide
        self._texts: dict[tuple[int, int], str] | None = None

    def stays(self, page: int, note: Dictionary) -> bool:
        """Whether the annotation is a field that may stay one, to be sealed at the end."""
        look = look_of(note)
        if look is None or not note.is_indirect or int(number(note.get("/F"))) & HIDDEN:
            return False
        if self._layered and _may_hide(look):
            return False
        rect = note.get("/Rect")
        place = normal([number(v) for v in rect]) if isinstance(rect, Array) and len(rect) == 4 else None
        if place is None or any(touches(place, self._reach(page, b)) for b in self._boxes.get(page, [])):
            return False
        if self._texts is None:
            self._texts = _texts_of({look.objgen: look for p in self._pdf.pages for look in looks_on(p.obj)})
        return self._may_show(self._texts.get(look.objgen, ""))

    def _reach(self, page: int, box: Box) -> Box:
        x0, y0, x1, y1 = grown(box, ROOM)
        if not self._lines:
            return (x0, y0, x1, y1)
        turned = int(number(self._pdf.pages[page].obj.get("/Rotate"))) % 180 != 0
        return (x0, -1e9, x1, 1e9) if turned else (-1e9, y0, 1e9, y1)


def look_of(note: Any) -> Stream | None:
    """What a field shows: its normal appearance, in its present state; None for other annotations and empty ones."""
    if not isinstance(note, Dictionary) or note.get("/Subtype") != "/Widget":
        return None
    looks = note.get("/AP")
    look = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(look, Dictionary) and not isinstance(look, Stream):
        state = note.get("/AS")
        look = look.get(str(state)) if isinstance(state, Name) else None
    return look if isinstance(look, Stream) and look.is_indirect else None


def _may_hide(look: Stream) -> bool:
    """Whether a look may hold something that belongs to a layer."""
    resources = look.get("/Resources")
    tables = resources if isinstance(resources, Dictionary) else Dictionary()
    return "/OC" in look or "/Properties" in tables or "/XObject" in tables


def looks_on(page: Any) -> Iterator[Stream]:
    """What the fields of a page show."""
    listed = page.get("/Annots")
    for note in listed if isinstance(listed, Array) else []:
        look = look_of(note)
        if look is not None:
            yield look


def widgets_of(page: Any) -> list[Dictionary]:
    """The fields of a page."""
    listed = page.get("/Annots")
    notes = listed if isinstance(listed, Array) else []
    return [n for n in notes if isinstance(n, Dictionary) and n.get("/Subtype") == "/Widget"]


def _texts_of(looks: Mapping[tuple[int, int], Stream]) -> dict[tuple[int, int], str]:
    """The text that PDFium reads in each look."""
    with pikepdf.new() as holder:
        for look in looks.values():
            page = holder.add_blank_page(page_size=(2000, 2000)).obj
            form = holder.copy_foreign(look)
            form["/Type"], form["/Subtype"] = Name.XObject, Name.Form
            page["/Resources"] = Dictionary(XObject=Dictionary(Look=form))
            page["/Contents"] = holder.make_indirect(Stream(holder, b"1 0 0 1 500 500 cm /Look Do"))
        if not looks:
            return {}
        buffer = io.BytesIO()
        holder.save(buffer)
    with LOCK, pdfium.PdfDocument(buffer.getvalue()) as document:
        texts = [str(document[i].get_textpage().get_text_range()) for i in range(len(document))]
    return dict(zip(looks, texts, strict=True))


def seal_fields(pdf: pikepdf.Pdf) -> None:
    """Leave of every field that is still on a page its look and its place; list them where the file had a form."""
    sealed = [note for page in pdf.pages for note in widgets_of(page.obj)]
    for count, note in enumerate(sealed, start=1):
        look, flags = look_of(note), int(number(note.get("/F"))) & PLACED
        for key in [k for k in note.keys() if k not in KEPT]:  # noqa: SIM118  a pikepdf object is no dict
            del note[key]
        note["/FT"], note["/Ff"], note["/F"], note["/H"] = Name.Btn, BUTTON, flags | READ_ONLY | LOCKED, Name.N
        note["/T"], note["/TU"] = String(f"veld {count}"), String(TOLD)
        note["/AP"] = Dictionary(N=look) if look is not None else Dictionary()
        if look is not None:
            look["/Type"], look["/Subtype"] = Name.XObject, Name.Form
    if "/AcroForm" in pdf.Root:
        pdf.Root["/AcroForm"] = Dictionary(Fields=Array(sealed))
