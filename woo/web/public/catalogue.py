"""What is published, read from the manifests in the public folder; the only source of the public site.

A file that no manifest names does not exist here, so nothing becomes public by lying in the wrong folder.
"""

from __future__ import annotations

import json
import logging
import re
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

_log = logging.getLogger("woo.public")
_NUMBER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9\-]|\.(?!\.)){0,48}[A-Za-z0-9]")
_SETTLED_NS = 200_000_000  # a folder that changed less long ago may change again within one tick of its clock
MAX_MANIFEST = 200_000_000


@dataclass(frozen=True)
class Summary:
    """One publication in the list."""

    number: str
    title: str
    summary: str
    outcome: str
    received: date
    besluit_date: date
    published_on: date
    search: str


@dataclass(frozen=True)
class PublishedDocument:
    """A row of the inventarislijst on the page. `path` and `size` (bytes) are None where no file is public."""

    id: str
    title: str
    dated: date | None
    judgement: str
    grounds: tuple[str, ...]
    remark: str
    path: str | None
    size: int | None
    pages: int | None
    links: tuple[str, ...]
    withdrawn_on: date | None
    withdrawn_reason: str


@dataclass(frozen=True)
class PublishedFile:
    """A file that may be served: where it is, its SHA-256 and its size in bytes."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True)
class Publication:
    """A published case with its documents and every file that may be served."""

    summary: Summary
    organisation: str
    directorate: str
    documents: Sequence[PublishedDocument]
    files: Mapping[str, PublishedFile]

    def withdrawn(self, path: str) -> PublishedDocument | None:
        """The document that stood at `path` and was taken back."""
        return next(
            (item for item in self.documents if item.withdrawn_on and path == f"documenten/{item.id}.pdf"), None
        )


class Catalogue:
    """The publications below `root`; notices by itself when one is added, replaced or removed."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "publicaties"
        self._seen: tuple[int, list[Summary]] = (-1, [])

    def all(self) -> list[Summary]:
        """Every publication, the newest besluit first; empty where nothing is published."""
        try:
            changed = self._folder.stat().st_mtime_ns
        except OSError:
            return []
        if changed != self._seen[0]:
            found = [publication.summary for name in self._names() if (publication := self.get(name))]
            found.sort(key=lambda item: (item.besluit_date, item.number), reverse=True)
            if time.time_ns() - changed < _SETTLED_NS:
                return found
            self._seen = (changed, found)
        return self._seen[1]

    def search(self, query: str) -> list[Summary]:
        """The publications whose title or number holds every word of `query`; all of them for an empty query."""
        words = plain(query).split()
        return [item for item in self.all() if all(word in item.search for word in words)]

    def get(self, number: str) -> Publication | None:
        """The publication with this number; None where there is none."""
        if not _NUMBER.fullmatch(number):
            return None
        folder = self._folder / number
        try:
            status = (folder / "manifest.json").stat()
        except OSError:
            return None
        return _read(folder, status.st_mtime_ns, status.st_ino)

    def _names(self) -> list[str]:
        return [path.name for path in self._folder.iterdir() if not path.name.startswith(".")]


def plain(text: str) -> str:
    """`text` for searching: lower case, without accents."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in flat if not unicodedata.combining(char))


@lru_cache(maxsize=64)
def _read(folder: Path, changed: int, inode: int) -> Publication | None:
    """The publication in a folder; `changed` and `inode` are of its manifest, so that a new one is read again."""
    path = folder / "manifest.json"
    try:
        if path.stat().st_size > MAX_MANIFEST:
            raise ValueError("too large")
        return _publication(folder, json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.warning("a publication cannot be read: %s", type(error).__name__)
        return None


def _publication(folder: Path, manifest: Mapping[str, Any]) -> Publication:
    case = manifest["case"]
    summary = Summary(
        number=folder.name,
        title=case["title"],
        summary=case["summary"],
        outcome=case["outcome_label"],
        received=date.fromisoformat(case["received"]),
        besluit_date=date.fromisoformat(case["besluit_date"]),
        published_on=date.fromisoformat(case["published_on"]),
        search=plain(f"{case['title']} {case['number']}"),
    )
    files = {
        name: PublishedFile(folder / name, entry["sha256"], entry["bytes"]) for name, entry in manifest["files"].items()
    }
    own = folder / "manifest.json"
    files["manifest.json"] = PublishedFile(own, "", own.stat().st_size)
    documents = tuple(_document(entry, files) for entry in manifest["documents"])
    return Publication(summary, case["organisation"], case["directorate"], documents, files)


def _document(entry: Mapping[str, Any], files: Mapping[str, PublishedFile]) -> PublishedDocument:
    withdrawn = entry["withdrawn"] or {}
    path = entry["file"] if entry["file"] in files else None
    return PublishedDocument(
        id=entry["id"],
        title=entry["title"],
        dated=date.fromisoformat(entry["date"]) if entry["date"] else None,
        judgement=entry["judgement_label"],
        grounds=tuple(entry["grounds"]),
        remark=entry["remark"],
        path=path,
        size=files[path].size if path else None,
        pages=entry["pages"],
        links=tuple(entry["links"]),
        withdrawn_on=date.fromisoformat(withdrawn["on"]) if withdrawn else None,
        withdrawn_reason=withdrawn.get("reason_label", ""),
    )
