"""Checks on the objects of a file, orphans included: every string and every name that a maker could choose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from redaction.pdf.hidden_words import HiddenWords, spaced
from redaction.pdf.report import Finding
from redaction.pdf.verification.entries import check_entries
from redaction.pdf.verification.operands import check_operands
from redaction.pdf.verification.pictures import check_pictures
from redaction.pdf.verification.surplus import check_surplus
from redaction.pdf.verification.typefaces import said_by, said_by_letter
from redaction.pdf.verification.unpainted import check_spare, check_unpainted

MOST_OBJECTS = 2_000_000
DEEPEST = 40
TABLES = {
    "/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties", "/CharProcs", "/Dests",
    "/Colorants", "/HT", "/ProcSet",
}  # fmt: skip
CALLED = {"/BaseFont", "/FontName"}
"""Entries that name a font."""
CHOSEN = {"/FontFamily", "/S", "/C", "/Name", "/App", "/Lang", "/SpotFunction", "/Intent"}
"""Entries whose name a maker chooses."""
SAID = ("/ActualText", "/Alt", "/E", "/T")
"""What an element may say in place of its content."""


def check_objects(path: Path, hidden: HiddenWords) -> list[Finding]:
    """Findings in the object graph: texts that must be gone, and entries that are not known to be harmless."""
    with pikepdf.open(path) as pdf:
        if len(pdf.objects) > MOST_OBJECTS:
            return [Finding(None, "limits", "Het bestand heeft te veel onderdelen om te controleren.")]
        message = "Een tekst die weg moest, staat nog in een verborgen deel."
        told = {kind for text, kind in set(_texts(pdf)) if hidden.within(text)} if hidden else set()
        found = [Finding(None, kind, message) for kind in sorted(told)]
        found += check_operands(pdf, hidden) + check_surplus(pdf, inline=bool(hidden)) + check_unpainted(pdf, hidden)
        return found + check_entries(pdf) + check_pictures(pdf) + check_spare(pdf)


def _texts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Every string and chosen name in the file with its channel."""
    for item in pdf.objects:
        if isinstance(item, Dictionary | Stream | Array):
            yield from _walk(item, _kind(item), 0)
    yield from _walk(pdf.trailer, "metadata", 0)
    yield _spelled(pdf), "structure"


def _spelled(pdf: pikepdf.Pdf) -> str:
    """What elements around nothing say together, a letter each."""
    told = ""
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == "/StructElem" and "/K" not in item:
            told += "".join(t for key in SAID if len(t := _text(item.get(key, ""))) == 1)
    return told


def _kind(item: Any) -> str:
    if not isinstance(item, Dictionary | Stream):
        return "strings"
    kind = str(item.get("/Type", ""))
    if kind == "/StructElem" or "/RoleMap" in item or "/ParentTree" in item:
        return "structure"
    if kind == "/Annot" or ("/Subtype" in item and "/Rect" in item):
        return "annotations"
    if "/Title" in item and "/Parent" in item:
        return "outline"
    if "/FT" in item or "/T" in item:
        return "forms"
    return "strings"


def _walk(item: Any, kind: str, depth: int, table: str = "") -> Iterator[tuple[str, str]]:
    """The same within an object, which may be a `table` of names."""
    if depth > DEEPEST:
        return
    pairs: Any = enumerate(item) if isinstance(item, Array) else item.items()
    coded = isinstance(item, Array) and len(item) > 0 and isinstance(item[0], int)
    for key, value in pairs:
        if isinstance(key, str) and (table or (depth and kind == "structure")):
            yield _name_in(table, key), kind
        if isinstance(value, String):
            yield _text(value), kind
            raw = bytes(value)
            if not raw.isascii():
                yield raw.decode("latin-1"), kind
                yield raw.decode("utf-8", "ignore"), kind
        elif isinstance(value, Name):
            if key in CALLED:
                yield spaced(said_by(_text(value))), kind
            elif coded:  # the differences of an encoding
                yield spaced(said_by_letter(_text(value))), kind
            elif kind == "structure" or key in CHOSEN or (isinstance(item, Array) and (key == 1 or table)):
                yield spaced(_text(value)), kind
        elif isinstance(value, Dictionary | Array):
            inks = isinstance(item, Array) and key == 1 and item[0] == "/DeviceN"
            named = str(key) if key in TABLES or inks else ""
            if not value.is_indirect:
                yield from _walk(value, kind, depth + 1, named)
            elif named and isinstance(value, Dictionary):
                yield from ((_name_in(named, k), kind) for k in value.keys())  # noqa: SIM118  a pikepdf object is no dict


def _name_in(table: str, name: str) -> str:
    """What a name in a table tells."""
    return spaced(said_by_letter(name) if table == "/CharProcs" else name)


def _text(value: Any) -> str:
    try:
        return str(value)
    except (UnicodeDecodeError, ValueError):
        return ""
