"""Annotations, form fields and signatures become part of the page; what they held besides their looks goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from redaction.pdf.appearances import add_appearances, blend_appearances
from redaction.pdf.fieldlooks import add_field_looks
from redaction.pdf.fields import widgets_of
from redaction.pdf.fonts import number
from redaction.pdf.layers import Layers
from redaction.pdf.links import is_safe_link

MOST_ATTACHED = 500_000_000
DEEPEST = 20
WITHOUT_LOOKS = ("/Link", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/Screen")
"""Kinds of annotations that add nothing to the page, or only a sign that something can be opened."""


@dataclass(frozen=True)
class Dropped:
    """Something that did not come along: its kind, page (from 0, None for the document), and a Dutch reason."""

    kind: str
    page: int | None
    why: str


@dataclass(frozen=True)
class Attachment:
    """A file that was packed in the PDF; it is a document of its own to review."""

    name: str
    data: bytes


def flatten(
    pdf: pikepdf.Pdf,
    may_show: Callable[[str], bool] = lambda value: True,
    stays: Callable[[int, Dictionary], bool] = lambda page, note: False,
) -> tuple[list[Dropped], set[tuple[int, int]]]:
    """Put the looks of annotations and fields into their pages. Returns what went, and the objects that are gone.

    What was filled in but has no look yet is drawn as a viewer does, unless `may_show(value)` forbids it. Fields that
    `stays(page, note)` names are left above their page.
    """
    if not any("/Annots" in page.obj for page in pdf.pages):
        if "/AcroForm" in pdf.Root:
            del pdf.Root["/AcroForm"]
        return [], set()
    lost: list[Dropped] = []
    form = "/AcroForm" in pdf.Root
    try:
        blend_appearances(pdf)
        add_appearances(pdf, may_show)
        silent = add_field_looks(pdf, may_show)
    except (pikepdf.PdfError, RuntimeError, ValueError):
        lost.append(Dropped("annotation", None, "Niet van alle opmerkingen en velden was het beeld te maken."))
    else:
        lost += [Dropped("form", None, "Een ingevuld veld bleef leeg: de tekst ervan moet weg.")] * silent
    dropped, gone, above = _sort(pdf, Layers(pdf), stays)
    dropped += lost
    try:
        pdf.flatten_annotations("screen")
    except (pikepdf.PdfError, RuntimeError, ValueError):
        dropped.append(Dropped("annotation", None, "De opmerkingen konden niet in de pagina worden gezet."))
    for index, page in enumerate(pdf.pages):
        if index in above:
            page.obj["/Annots"] = Array(above[index])
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]
    fields = [field for page in pdf.pages for field in widgets_of(page.obj)]
    if form and fields:
        pdf.Root["/AcroForm"] = Dictionary(Fields=Array(fields))
    elif "/AcroForm" in pdf.Root:
        del pdf.Root["/AcroForm"]
    return dropped, gone


def _sort(
    pdf: pikepdf.Pdf, layers: Layers, stays: Callable[[int, Dictionary], bool]
) -> tuple[list[Dropped], set[tuple[int, int]], dict[int, list[Dictionary]]]:
    """Set links and fields that stay apart; other annotations that can be seen stay on the page, to be flattened."""
    dropped: list[Dropped] = []
    gone: set[tuple[int, int]] = set()
    above: dict[int, list[Dictionary]] = {}
    for index, page in enumerate(pdf.pages):
        found = page.obj.get("/Annots")
        rest = []
        for annotation in found if isinstance(found, Array) else []:
            if not isinstance(annotation, Dictionary):
                continue
            hidden = layers.hides(annotation.get("/OC"))
            if is_safe_link(annotation) or (not hidden and stays(index, annotation)):
                above.setdefault(index, []).append(annotation)
                continue
            gone.add(annotation.objgen)
            dropped += _loss(annotation, index)
            if hidden:
                dropped.append(Dropped("hidden", index, "Een opmerking in een verborgen laag is weggelaten."))
            elif annotation.get("/Subtype") not in WITHOUT_LOOKS and not _is_a_point(annotation):
                rest.append(annotation)
        if found is not None:
            page.obj["/Annots"] = Array(rest)
    return dropped, gone, above


def _is_a_point(annotation: Dictionary) -> bool:
    """Whether the note has no size, as unseen signatures: no viewer draws its look, and what that says stays unseen."""
    rect = annotation.get("/Rect")
    sides = [number(v) for v in rect] if isinstance(rect, Array) else []
    return len(sides) == 4 and sides[0] == sides[2] and sides[1] == sides[3]


def _loss(annotation: Dictionary, page: int) -> list[Dropped]:
    kind = str(annotation.get("/Subtype", ""))[1:]
    appearance = annotation.get("/AP")
    shown = isinstance(appearance, Dictionary) and isinstance(appearance.get("/N"), Stream | Dictionary)
    if kind == "Link":
        return [Dropped("link", page, "Een link naar een e-mailadres, bestand of programma is weggelaten.")]
    if "/Contents" in annotation and kind not in ("Popup", "Widget", "FreeText"):
        return [Dropped("note", page, "De tekst van een opmerking staat niet op de pagina zelf, en is weggelaten.")]
    if not shown and kind not in ("Popup", "Widget"):
        return [Dropped("annotation", page, "Een opmerking zonder beeld dat in de pagina past, is weggelaten.")]
    return []


def take_attachments(pdf: pikepdf.Pdf) -> list[Attachment]:
    """Every file packed in the document, from wherever it hangs; each one once."""
    found: list[Attachment] = []
    seen: set[tuple[int, int]] = set()
    total = 0
    for item in _dictionaries(pdf):
        files = item.get("/EF")
        if not isinstance(files, Dictionary):
            continue
        name = _text(item.get("/UF")) or _text(item.get("/F")) or "bijlage"
        for key in ("/UF", "/F", "/DOS", "/Mac", "/Unix"):
            stream = files.get(key)
            if not isinstance(stream, Stream) or stream.objgen in seen:
                continue
            seen.add(stream.objgen)
            try:
                data = stream.read_bytes()
            except pikepdf.PdfError:
                data = stream.read_raw_bytes()
            total += len(data)
            if total > MOST_ATTACHED:
                return found
            found.append(Attachment(name, data))
    return found


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    """Every dictionary of the document, also those written inside others."""
    waiting: list[tuple[Any, int]] = [(item, 0) for item in pdf.objects]
    while waiting:
        item, depth = waiting.pop()
        if isinstance(item, Dictionary):
            yield item
        if depth < DEEPEST and isinstance(item, Dictionary | Array | Stream):
            inner = item if isinstance(item, Array) else item.values()
            waiting += [(v, depth + 1) for v in inner if isinstance(v, Dictionary | Array) and not v.is_indirect]


def _text(value: object) -> str:
    try:
        return str(value or "")
    except (UnicodeDecodeError, ValueError):
        return ""
