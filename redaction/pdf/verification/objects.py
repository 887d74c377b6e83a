"""Checks on the objects of a file: strings, forbidden entries, annotations, attachments, scripts, unused letters."""
from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from redaction.pdf.hidden_words import HiddenWords
from redaction.pdf.report import Finding

ACTIVE = {
    "/OpenAction": "Het bestand voert bij het openen een opdracht uit.",
    "/AA": "Het bestand bevat opdrachten.",
    "/JS": "Het bestand bevat een script.",
    "/JavaScript": "Het bestand bevat een script.",
    "/XFA": "Het bestand bevat een dynamisch formulier.",
    "/EF": "Er zit een ander bestand in het PDF-bestand.",
    "/EmbeddedFiles": "Er zit een ander bestand in het PDF-bestand.",
    "/AF": "Er zit een ander bestand in het PDF-bestand.",
    "/Thumb": "Er zit een oud miniatuurbeeld van een pagina in het bestand.",
    "/PieceInfo": "Een programma heeft eigen gegevens in het bestand gezet.",
    "/OCProperties": "Het bestand heeft lagen die verborgen kunnen zijn.",
    "/Threads": "Het bestand heeft leesdraden met eigen gegevens.",
    "/Collection": "Het bestand is een verzameling van bestanden.",
    "/DSS": "Het bestand bevat gegevens van certificaten.",
}
CHANNELS = {
    "/EF": "attachments", "/EmbeddedFiles": "attachments", "/AF": "attachments", "/Collection": "attachments",
    "/Thumb": "thumbnails", "/PieceInfo": "application data", "/OCProperties": "layers", "/Threads": "application data",
    "/DSS": "signatures",
}  # fmt: skip
INFO_ALLOWED = {"/Title", "/ModDate", "/CreationDate", "/Producer", "/Trapped"}
MOST_OBJECTS = 2_000_000
DEEPEST = 40
SEPARATORS = re.compile(r"[_.#/-]|(?<=[a-z])(?=[A-Z])")


def check_objects(path: Path, hidden: HiddenWords) -> list[Finding]:
    """Findings in the object graph, orphans included."""
    found: list[Finding] = []
    with pikepdf.open(path) as pdf:
        for text, kind in _texts(pdf):
            if hidden.within(text):
                found.append(Finding(None, kind, "Een tekst die weg moest, staat nog in een verborgen deel."))
        found += _active(pdf) + _annotations(pdf) + _metadata(pdf)
    return list(dict.fromkeys(found))


def _texts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Every string and telling name in the file with its channel."""
    for item in pdf.objects:
        if isinstance(item, Dictionary | Stream | Array):
            yield from _walk(item, _kind(item), 0)
    yield from _walk(pdf.trailer, "metadata", 0)


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


def _walk(item: Any, kind: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > DEEPEST:
        return
    pairs: Any = enumerate(item) if isinstance(item, Array) else item.items()
    for key, value in pairs:
        if isinstance(key, str) and depth and kind == "structure":
            yield SEPARATORS.sub(" ", key), kind
        if isinstance(value, String):
            yield _text(value), kind
            raw = bytes(value)
            if not raw.isascii():
                yield raw.decode("latin-1"), kind
        elif isinstance(value, Name) and (kind == "structure" or isinstance(item, Array)):
            yield SEPARATORS.sub(" ", _text(value)), kind
        elif isinstance(value, Dictionary | Array) and not value.is_indirect:
            yield from _walk(value, kind, depth + 1)


def _text(value: Any) -> str:
    try:
        return str(value)
    except (UnicodeDecodeError, ValueError):
        return ""


def _active(pdf: pikepdf.Pdf) -> list[Finding]:
    found = []
    for number, item in enumerate(pdf.objects):
        if number > MOST_OBJECTS:
            return [Finding(None, "limits", "Het bestand heeft te veel onderdelen om te controleren.")]
        if not isinstance(item, Dictionary | Stream):
            continue
        typed = isinstance(item, Stream) or "/Type" in item or "/S" in item or "/Names" in item or "/Fields" in item
        if item.get("/Type") == "/EmbeddedFile":
            found.append(Finding(None, "attachments", ACTIVE["/EF"]))
        for key, message in ACTIVE.items():
            if key in item and (typed or key in ("/EF", "/EmbeddedFiles", "/JavaScript", "/XFA")):
                found.append(Finding(None, CHANNELS.get(key, "scripts"), message))
    names = pdf.Root.get("/Names")
    for key in ("/EmbeddedFiles", "/JavaScript"):
        if isinstance(names, Dictionary) and key in names:
            found.append(Finding(None, CHANNELS.get(key, "scripts"), ACTIVE[key]))
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        found.append(Finding(None, "scripts", ACTIVE["/XFA"]))
    return found


def _annotations(pdf: pikepdf.Pdf) -> list[Finding]:
    found = []
    for index, page in enumerate(pdf.pages):
        listed = page.obj.get("/Annots")
        for annotation in listed if isinstance(listed, Array) else []:
            if not isinstance(annotation, Dictionary):
                continue
            kind = annotation.get("/Subtype")
            if kind == "/Redact":
                found.append(Finding(index, "annotations", "Een lakvoorstel is getekend, maar nooit uitgevoerd."))
            elif kind == "/Widget":
                found.append(Finding(index, "forms", "Er staat nog een invulveld op de pagina."))
            elif kind != "/Link":
                found.append(Finding(index, "annotations", "Er staat nog een opmerking bij de pagina."))
            elif str(_action_uri(annotation)).lower().startswith(("mailto:", "tel:")) or "@" in _action_uri(annotation):
                found.append(Finding(index, "links", "Een link bevat een e-mailadres of telefoonnummer."))
    return found


def _action_uri(annotation: Dictionary) -> str:
    action = annotation.get("/A")
    return _text(action.get("/URI", "")) if isinstance(action, Dictionary) else ""


def _metadata(pdf: pikepdf.Pdf) -> list[Finding]:
    found = []
    info = pdf.trailer.get("/Info")
    if isinstance(info, Dictionary) and any(k not in INFO_ALLOWED for k in info.keys()):  # noqa: SIM118
        found.append(Finding(None, "metadata", "Het bestand noemt nog een maker, onderwerp of trefwoorden."))
    for item in pdf.objects:
        if isinstance(item, Stream) and item.get("/Type") == "/Metadata":
            root = pdf.Root.get("/Metadata")
            if not isinstance(root, Stream) or root.objgen != item.objgen:
                found.append(Finding(None, "metadata", "Een onderdeel heeft nog eigen gegevens over de maker."))
            elif b"creator>" in item.read_bytes() or b"xmpMM:" in item.read_bytes():
                found.append(Finding(None, "metadata", "Het bestand noemt nog een maker of een geschiedenis."))
    return found
