"""Check on what is ready to be drawn and that no page draws: spare forms, pictures and masks, Type 3 glyphs, fields."""
from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Stream

from redaction.pdf.hidden_words import HiddenWords
from redaction.pdf.pdfium import LOCK
from redaction.pdf.report import Finding
from redaction.pdf.verification.operands import content_of, owners

CALLED = re.compile(rb"/([^\x00\s/<>\[\](){}%]+)")
SHOWS = re.compile(rb"\bBT\b|\bT[jJ]\b")
MESSAGE = "Een tekst die weg moest, staat nog in een onderdeel dat op geen pagina wordt getekend."


SPARE = "Het bestand bevat een afbeelding of een masker dat op geen pagina wordt getekend."


def check_spare(pdf: pikepdf.Pdf) -> list[Finding]:
    """Finding when nothing calls for a picture or a soft mask in the resources: nobody can read what it shows."""
    drawing = _holders(pdf)
    contents = [content_of(owner) for owner in drawing]
    bare = {n for o, data in zip(drawing, contents, strict=True) if "/Resources" not in o for n in _names(data)}
    called: set[tuple[int, int]] = set()
    spare: set[tuple[int, int]] = set()
    for owner, data in zip(drawing, contents, strict=True):
        names = _names(data) | bare
        for name, item in _pictures_and_masks(owner):
            (called if name.encode("utf-8", "surrogateescape") in names else spare).add(item)
    return [Finding(None, "raw", SPARE)] if spare - called else []


def _pictures_and_masks(owner: Any) -> Iterator[tuple[str, tuple[int, int]]]:
    """Names in the resources of an object, with the picture or the group of the mask that each stands for."""
    resources = owner.get("/Resources")
    for kind in ("/XObject", "/ExtGState"):
        table = resources.get(kind) if isinstance(resources, Dictionary) else None
        for name, item in table.items() if isinstance(table, Dictionary) else []:
            mask = item.get("/SMask") if kind == "/ExtGState" and isinstance(item, Dictionary) else None
            drawn = mask.get("/G") if isinstance(mask, Dictionary) else item
            if isinstance(drawn, Stream) and (mask is not None or drawn.get("/Subtype") == "/Image"):
                yield name[1:], drawn.objgen


def check_unpainted(pdf: pikepdf.Pdf, hidden: HiddenWords) -> list[Finding]:
    """Finding when PDFium reads a hidden word in a form or pattern that nothing calls for, a glyph or a field."""
    if hidden and any(hidden.within(_read(pdf, *found)) for found in list(_unpainted(pdf))):
        return [Finding(None, "raw", MESSAGE)]
    return []


def _unpainted(pdf: pikepdf.Pdf) -> Iterator[tuple[Stream, Any]]:
    """Each with the resources that it draws with."""
    called: set[tuple[int, int]] = set()
    spare: dict[tuple[int, int], Stream] = {}
    drawing = _holders(pdf)
    for font in drawing:
        if "/CharProcs" in font:
            procedures = [s for s in font["/CharProcs"].values() if isinstance(s, Stream)]
            yield from ((s, s.get("/Resources", font.get("/Resources"))) for s in procedures)
    yield from ((look, look.get("/Resources")) for look in _looks(pdf))
    contents = [content_of(owner) for owner in drawing]
    bare = {n for o, data in zip(drawing, contents, strict=True) if "/Resources" not in o for n in _names(data)}
    for owner, data in zip(drawing, contents, strict=True):
        names = _names(data) | bare
        for name, drawn in _drawn_by(owner):
            spare[drawn.objgen] = drawn
            if name.encode("utf-8", "surrogateescape") in names:
                called.add(drawn.objgen)
    yield from ((drawn, drawn.get("/Resources")) for key, drawn in spare.items() if key not in called)


def _looks(pdf: pikepdf.Pdf) -> Iterator[Stream]:
    """What fields show: it is drawn above the page, where most of those who read a page do not look."""
    for page in pdf.pages:
        listed = page.obj.get("/Annots")
        for note in listed if isinstance(listed, Array) else []:
            looks = note.get("/AP") if isinstance(note, Dictionary) else None
            look = looks.get("/N") if isinstance(looks, Dictionary) else None
            if isinstance(look, Stream):
                yield look


def _names(data: bytes) -> set[bytes]:
    return {re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes.fromhex(m[1].decode()), n) for n in CALLED.findall(data)}


def _holders(pdf: pikepdf.Pdf) -> list[Any]:
    """All that draws, and the nodes of the page tree that have resources for the pages below them."""
    nodes = (item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/Type") == "/Pages")
    return [*owners(pdf), *(node for node in nodes if "/Resources" in node)]


def _drawn_by(owner: Any) -> Iterator[tuple[str, Stream]]:
    """Forms and patterns in the resources of an object, with the names that they have there."""
    resources = owner.get("/Resources")
    for kind in ("/XObject", "/Pattern"):
        table = resources.get(kind) if isinstance(resources, Dictionary) else None
        for name, drawn in table.items() if isinstance(table, Dictionary) else []:
            if isinstance(drawn, Stream) and drawn.get("/Subtype") != "/Image":
                yield name[1:], drawn


def _read(pdf: pikepdf.Pdf, stream: Stream, resources: Any) -> str:
    """The text that PDFium reads on a page with nothing but this."""
    try:
        body = stream.read_bytes()
    except pikepdf.PdfError:
        return ""
    if not SHOWS.search(body):
        return ""
    with pikepdf.new() as holder:
        page = holder.add_blank_page(page_size=(2000, 2000)).obj
        page["/Contents"] = holder.make_indirect(Stream(holder, b"1 0 0 1 500 500 cm " + body))
        if isinstance(resources, Dictionary):
            page["/Resources"] = holder.copy_foreign(pdf.make_indirect(resources))
        buffer = io.BytesIO()
        holder.save(buffer)
    with LOCK, pdfium.PdfDocument(buffer.getvalue()) as document:
        return str(document[0].get_textpage().get_text_range())
