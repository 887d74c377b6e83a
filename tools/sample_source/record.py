"""Writes down what is in the sample: the manifest (every file, its expected outcome) and the persons (every secret).

Where a value occurs is read back from the finished files, not from the texts they were made of.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import SMTP
from pathlib import PurePosixPath
from typing import Any

from lxml import etree
from pypdf import PdfReader

from sample_source.cast import PERSONS
from sample_source.letters import MEDIA_TYPES

OUTCOMES = ("document", "duplicate", "container", "todo")


@dataclass(slots=True)
class Item:
    """One file on disk or one part inside a file (`parent!/name`), with what should become of it.

    `scan_text` is the text that only the pixels show; `extra` goes into the manifest as it is.
    """

    path: str
    data: bytes
    what: str
    outcome: str = "document"
    scan_text: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def manifest(request: Item, items: list[Item], families: dict[str, list[str]]) -> dict[str, Any]:
    """The manifest: the first of equal files is the document, later ones are its duplicates; files on disk go first."""
    by_place = sorted(items, key=lambda item: ("!/" in item.path, item.path))
    first: dict[str, str] = {}
    for item in by_place:
        digest = hashlib.sha256(item.data).hexdigest()
        if digest in first and item.outcome == "document":
            item.outcome, item.extra["duplicate_of"] = "duplicate", first[digest]
        first.setdefault(digest, item.path)
    counts = {outcome: sum(item.outcome == outcome for item in items) for outcome in OUTCOMES}
    return {
        "schema": "sample-manifest/1",
        "all_text_invented": True,
        "subject": "Proef met bodycams in het justitieel vervoer",
        "request": _entry(request),
        "sources_root": "bronnen",
        "totals": {
            "files_on_disk": sum("!/" not in item.path for item in items),
            "nested_items": sum("!/" in item.path for item in items),
            "items_in": len(items),
            **counts,
            "check": "items_in = document + duplicate + container + todo",
        },
        "version_families": families,
        "items": [_entry(item) for item in sorted(items, key=lambda item: item.path)],
    }


def _entry(item: Item) -> dict[str, Any]:
    suffix = PurePosixPath(item.path).suffix.lower()
    return {"path": item.path, "what": item.what, "media_type": MEDIA_TYPES[suffix], "bytes": len(item.data),
            "sha256": hashlib.sha256(item.data).hexdigest(), "outcome": item.outcome, **item.extra}


def persons(request: Item, items: list[Item]) -> list[dict[str, Any]]:
    """Every person with each datum and the items that hold it. Raises ValueError for a datum that no item holds."""
    texts = {item.path: readable(item) for item in [request, *items] if item.outcome in ("document", "duplicate")}
    result, lost = [], []
    for person in PERSONS:
        names = [("person_name", name) for name in person.variants]
        data = [{"kind": kind, "value": value, "found_in": holders(value, texts)}
                for kind, value in names + person.all_secrets()]
        lost += [f"{person.key}: {entry['value']}" for entry in data if not entry["found_in"]]
        result.append({"id": person.key, "name": person.variants[0], "variants": list(person.variants),
                       "initials": list(person.initials), "origin": person.origin, "role": person.role,
                       "public_role": person.public_role, "data": data})
    if lost:
        raise ValueError(f"in no file: {lost}")
    return result


def holders(value: str, texts: dict[str, str]) -> list[str]:
    """The paths of the texts that hold a value as whole words; white space may differ."""
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, value.split())) + r"(?!\w)")
    return sorted(path for path, text in texts.items() if pattern.search(text))


def readable(item: Item) -> str:
    """All text of an item: body, headers, comments, notes, form fields, author; of a scan what the pixels show."""
    suffix = PurePosixPath(item.path).suffix.lower()
    if item.scan_text:
        return item.scan_text
    if suffix == ".docx":
        return _docx_text(item.data)
    if suffix == ".pdf":
        return _pdf_text(item.data)
    if suffix == ".eml":
        return _eml_text(item.data)
    return item.data.decode("utf-8")


def _docx_text(data: bytes) -> str:
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name in ("word/document.xml", "word/comments.xml", "docProps/core.xml"):
                root = etree.fromstring(archive.read(name))
                for paragraph in root.iter("{*}p", "{*}creator"):
                    parts.append("".join(paragraph.itertext("{*}t", "{*}creator")))
                parts.extend(str(value) for value in root.xpath("//@*[local-name()='author']"))
    return "\n".join(parts)


def _pdf_text(data: bytes) -> str:
    reader = PdfReader(io.BytesIO(data))
    parts = [page.extract_text() for page in reader.pages]
    parts += [str(value.get("/V", "")) for value in (reader.get_fields() or {}).values()]
    for page in reader.pages:
        notes = [note.get_object() for note in page.get("/Annots") or []]
        parts += [f"{note.get('/T', '')}\n{note['/Contents']}" for note in notes if "/Contents" in note]
    return "\n".join([*parts, (reader.metadata or {}).get("/Author", "")])


def _eml_text(data: bytes) -> str:
    message = message_from_bytes(data, policy=SMTP)
    body = message.get_body(("plain",))
    headers = [str(message[name]) for name in ("From", "To", "Cc", "Subject") if message[name]]
    return "\n".join([*headers, body.get_content() if body else ""])
