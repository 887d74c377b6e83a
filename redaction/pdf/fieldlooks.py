"""Looks of form fields that have none, or that the file asks to draw anew: PDFium draws them as a viewer does."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Stream, String

from redaction.pdf.pdfium import LOCK

MOST_ANCESTORS = 20
DEEPEST = 3


def add_field_looks(pdf: pikepdf.Pdf, may_show: Callable[[str], bool]) -> int:
    """Give filled fields their appearance stream; how many were left bare because `may_show(value)` forbids them.

    Raises what pikepdf or PDFium raises when the document cannot be drawn.
    """
    form = pdf.Root.get("/AcroForm")
    anew = isinstance(form, Dictionary) and form.get("/NeedAppearances") is True
    if not isinstance(form, Dictionary) or not any(anew or _is_bare(field) for *_, field in _fields(pdf)):
        return 0
    silent = 0
    with _drawn(pdf) as made:
        looks = {(page, place): field for page, place, field in _fields(made)}
        for page, place, field in _fields(pdf):
            look = looks.get((page, place))
            if look is None or "/AP" not in look or not (anew or "/AP" not in field):
                continue
            if not may_show(" ".join(_values(field))):
                silent += 1
                if "/AP" in field and anew:
                    del field["/AP"]
                continue
            field["/AP"] = pdf.copy_foreign(made.make_indirect(look["/AP"]))
            if "/AS" in look:
                field["/AS"] = look["/AS"]
    if anew:
        del form["/NeedAppearances"]
    return silent


def _is_bare(field: Dictionary) -> bool:
    return "/AP" not in field and _inherited(field, "/V") is not None


def _drawn(pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    """A copy of the document in which PDFium has drawn all fields."""
    before, after = io.BytesIO(), io.BytesIO()
    pdf.save(before, encryption=False, fix_metadata_version=False)
    with LOCK:
        document = pdfium.PdfDocument(before.getvalue())
        try:
            document.init_forms()
            for index in range(len(document)):
                document[index].close()  # drawn when it is loaded
            document.save(after)
        finally:
            document.close()
    return pikepdf.open(after)


def _fields(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int, Dictionary]]:
    """Page, place on it, and widget of every field."""
    for index, page in enumerate(pdf.pages):
        listed = page.obj.get("/Annots")
        for place, note in enumerate(listed if isinstance(listed, Array) else []):
            if isinstance(note, Dictionary) and note.get("/Subtype") == "/Widget":
                yield index, place, note


def _values(field: Dictionary) -> list[str]:
    """What may be drawn of a field: what is filled in, the options of a list, the caption of a button."""
    return [text for key in ("/V", "/Opt", "/MK") for text in _texts(_inherited(field, key), 0)]


def _texts(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, String | Name):
        yield _text(value)
    elif isinstance(value, Stream):
        yield bytes(value.read_bytes()).decode("latin-1")
    elif isinstance(value, Array | Dictionary) and depth < DEEPEST:
        for item in value if isinstance(value, Array) else value.values():
            yield from _texts(item, depth + 1)


def _inherited(field: Dictionary, key: str) -> Any:
    node: Any = field
    for _ in range(MOST_ANCESTORS):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _text(value: String | Name) -> str:
    try:
        return str(value)
    except (UnicodeDecodeError, ValueError):
        return ""
