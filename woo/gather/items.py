"""What goes into gathering (a source item) and what comes out (an outcome); nothing goes in without coming out."""

from __future__ import annotations

import hashlib
import io
import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal

Kind = Literal["pdf", "doc", "email", "chat", "note", "image", "spreadsheet", "presentation", "html", "unknown"]
Reason = Literal["password", "broken", "empty", "unsupported", "system_file", "too_large", "tool_missing"]
DateSource = Literal["header", "properties", "text", "file_name"]

NESTED = "!/"

MESSAGES: dict[Reason, str] = {
    "password": "Dit bestand is met een wachtwoord beveiligd en kan niet worden gelezen. "
    "Het origineel is bewaard. Vraag de aanleveraar om een versie zonder wachtwoord.",
    "broken": "Dit bestand is beschadigd of niet wat de naam zegt. "
    "Het origineel is bewaard. Vraag de aanleveraar om een goed exemplaar.",
    "empty": "Dit bestand is leeg. Het origineel is bewaard. Vraag de aanleveraar of hier iets had moeten staan.",
    "unsupported": "Dit soort bestand kan het programma niet omzetten. "
    "Het origineel is bewaard. Maak er zelf een PDF van, of geef aan dat het geen document is.",
    "system_file": "Dit bestand is achtergelaten door een programma en lijkt geen document. "
    "Het origineel is bewaard. Sluit het af, of geef aan dat het toch beoordeeld moet worden.",
    "too_large": "Dit bestand is te groot of kost te veel tijd of geheugen om te lezen. "
    "Het origineel is bewaard. Vraag om een kleinere versie, of deel het bestand op.",
    "tool_missing": "Het programma dat dit soort bestand omzet, is niet geïnstalleerd. "
    "Het origineel is bewaard. Vraag de beheerder om LibreOffice te installeren en probeer het daarna opnieuw.",
}


LINK = ("Dit is alleen een verwijzing naar een ander bestand en wordt niet gevolgd. "
        "Vraag de aanleveraar om het bestand zelf.")


@dataclass(frozen=True)
class ToDo:
    """Something about a converted document that a person must look at; `message` is Dutch and names no person."""

    reason: Literal["no_text", "uncovered", "incomplete", "not_read", "already_redacted"]
    message: str


@dataclass(frozen=True)
class Unusable:
    """The item could not become a document: a visible to-do. `message` is Dutch and names no person."""

    reason: Reason
    message: str

    @classmethod
    def because(cls, reason: Reason, message: str = "") -> Unusable:
        """The outcome with the standard sentence for `reason`, or with a more precise one."""
        return cls(reason, message or MESSAGES[reason])


@dataclass(frozen=True)
class SourceItem:
    """One file as received, or one part inside another file.

    `path` is the path inside the dossier, with "/" between folders; a part of another item has its parent's path, "!/"
    and its own name. `data` is the content, or a file that holds it. `refused` is filled when the container could
    not hand the content over (encrypted member, too large): `convert` then answers with it.
    """

    path: str
    data: bytes | Path = field(repr=False)
    refused: Unusable | None = None
    media_type: str | None = None

    @property
    def name(self) -> str:
        """The last part of the path; may hold personal data, so never for logs or file names."""
        own = self.path.rsplit(NESTED, 1)[-1]
        return own.rsplit("/", 1)[-1]

    @property
    def suffix(self) -> str:
        """The extension in lower case with its dot, or ""; the name ".PDF" has extension ".pdf"."""
        head, dot, tail = self.name.rpartition(".")
        return f".{tail.lower()}" if dot and tail.isalnum() and (head or len(tail) <= 4) else ""

    @property
    def depth(self) -> int:
        """How many containers this item lies in."""
        return self.path.count(NESTED)

    @property
    def size(self) -> int:
        """Bytes of content."""
        return len(self.data) if isinstance(self.data, bytes) else self.data.stat().st_size

    def read(self, limit: int | None = None) -> bytes:
        """The content, or its first `limit` bytes."""
        if isinstance(self.data, bytes):
            return self.data[:limit]
        with self.data.open("rb") as stream:
            return stream.read() if limit is None else stream.read(limit)

    def open(self) -> BinaryIO:
        """A stream over the content, for readers that jump around in it."""
        return io.BytesIO(self.data) if isinstance(self.data, bytes) else self.data.open("rb")

    def sha256(self) -> str:
        """Hexadecimal digest of the content, for finding exact duplicates."""
        if isinstance(self.data, bytes):
            return hashlib.sha256(self.data).hexdigest()
        with self.data.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def as_file(self, folder: Path, name: str) -> Path:
        """A file in `folder` called `name` that holds the content; programs read this and never the original."""
        target = folder / name
        if isinstance(self.data, bytes):
            target.write_bytes(self.data)
        else:
            shutil.copyfile(self.data, target)
        return target

    def child(self, name: str, data: bytes | Path, *, refused: Unusable | None = None,
              media_type: str | None = None) -> SourceItem:
        """A part of this item; "!/" inside `name` is disarmed so that the path stays readable in one way."""
        safe = name.replace(NESTED, "!_").replace("\\", "/").strip() or "zonder naam"
        return SourceItem(f"{self.path}{NESTED}{safe}", data, refused, media_type)


@dataclass(frozen=True)
class Converted:
    """The item became one PDF to judge.

    `pdf` lies in the work folder. `kind` is the file type of the production report. `date` is the day of the document
    and `date_source` where it was found. `message_id`, `in_reply_to` and `thread_id` (the first message of the
    conversation) are without angle brackets. `children` are parts that are documents of their own. `parts` counts
    what stays inside (an inline picture, an invitation). `notes` are Dutch remarks for the reviewer.
    """

    pdf: Path
    kind: Kind
    title: str
    pages: int
    date: date | None = None
    date_source: DateSource | None = None
    message_id: str | None = None
    in_reply_to: str | None = None
    thread_id: str | None = None
    participants: tuple[str, ...] = ()
    children: tuple[SourceItem, ...] = ()
    parts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    todo: tuple[ToDo, ...] = ()


@dataclass(frozen=True)
class Container:
    """The item is only a wrapping: its children are judged, it is not a document itself."""

    children: tuple[SourceItem, ...]
    notes: tuple[str, ...] = ()


Outcome = Converted | Container | Unusable
