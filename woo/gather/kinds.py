"""Recognises what a file is by its content; the name only decides between kinds that look the same inside."""

from __future__ import annotations

import re
import zipfile

from woo.gather.items import SourceItem
from woo.gather.textfile import looks_like_text

HEAD = 8192
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"), (b"MZ", "program"), (b"\x7fELF", "program"), (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"), (b"GIF8", "image"), (b"BM", "image"), (b"II*\x00", "image"), (b"MM\x00*", "image"),
    (b"Rar!", "archive"), (b"7z\xbc\xaf\x27\x1c", "archive"), (b"\x1f\x8b", "archive"), (b"x\x9f>\"", "tnef"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "encrypted"), ("__substg1.0_", "msg"), ("WordDocument", "doc"), ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
)
_PACKAGES = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsx"),
             ("ppt/presentation.xml", "pptx"))
_OPEN_DOCUMENT = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t\r\n]")
_MAIL_HEADERS = re.compile(
    rb"(?im)^(from|to|cc|subject|date|message-id|received|mime-version|return-path|delivered-to|content-type|reply-to):"
)
_SYSTEM_NAMES = {"thumbs.db", ".ds_store", "desktop.ini", "ehthumbs.db", "icon\r", ".gitkeep", ".localized"}
_SUFFIX_KIND = {
    ".pdf": "pdf", ".eml": "eml", ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".xlsx": "xlsx", ".pptx": "pptx",
    ".odt": "odt", ".ods": "ods", ".odp": "odp", ".txt": "txt", ".csv": "csv", ".html": "html", ".htm": "html",
    ".zip": "zip", ".msg": "msg", ".mbox": "mbox", ".ics": "ics", ".vcf": "vcf", ".rtf": "rtf", ".xml": "xml",
    ".jpg": "image", ".jpeg": "image", ".png": "image", ".gif": "image", ".bmp": "image", ".tif": "image",
    ".tiff": "image", ".doc": "doc", ".xls": "xls", ".ppt": "ppt", ".exe": "program", ".dll": "program",
}


def is_system_file(item: SourceItem) -> bool:
    """Whether a program left this behind: Thumbs.db, .DS_Store, Word's owner file, the Mac's resource forks."""
    name = item.name.lower()
    return (
        name in _SYSTEM_NAMES
        or (name.startswith("~$") and item.size <= 4096)
        or (name.startswith("._") and item.read(4) == b"\x00\x05\x16\x07")
        or "__MACOSX/" in item.path
    )


def sniff(item: SourceItem) -> str:
    """The kind of the content: "pdf", "eml", "docx", "txt", "zip", ... or "unknown"; "empty" for 0 bytes."""
    head = item.read(HEAD)
    if not head:
        return "empty"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(item)
    if head.startswith(_OLE):
        return _ole_kind(item)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image"
    return _text_kind(item, head)


def mismatch(item: SourceItem, kind: str) -> bool:
    """Whether the extension promises something else than the content is."""
    promised = _SUFFIX_KIND.get(item.suffix)
    return promised is not None and promised != kind and not (promised == "doc" and kind == "docx")


def promised_kind(item: SourceItem) -> str | None:
    """What the extension says, or None when it says nothing."""
    return _SUFFIX_KIND.get(item.suffix)


def _zip_kind(item: SourceItem) -> str:
    """Office packages are zips with known members; a directory that cannot be read is broken."""
    try:
        with item.open() as stream, zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            media = archive.read("mimetype")[:200].decode("ascii", "replace") if _small(archive, "mimetype") else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return "broken-zip"
    for member, kind in _PACKAGES:
        if member in names:
            return kind
    if media.startswith("application/vnd.oasis.opendocument."):
        return _OPEN_DOCUMENT.get(media.strip().rsplit(".", 1)[-1], "unknown")
    promised = _SUFFIX_KIND.get(item.suffix)
    return str(promised) if "[Content_Types].xml" in names and promised in ("docx", "xlsx", "pptx") else "zip"


def _small(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether the archive has this member and it is small enough to read unseen."""
    return name in archive.namelist() and archive.getinfo(name).file_size < 4096


def _ole_kind(item: SourceItem) -> str:
    """Old Office files name their streams in UTF-16 in the directory."""
    content = item.read(64 * 1024 * 1024)
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return kind
    return "unknown"


def _text_kind(item: SourceItem, head: bytes) -> str:
    """Mail, calendar, web page, table or plain text."""
    body = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if body.startswith(b"From ") and _MAIL_HEADERS.search(body):
        return "mbox"
    if _is_mail(body) or (item.suffix == ".eml" and _MAIL_HEADERS.search(body[:2000])):
        return "eml"
    lowered = body[:1024].lower()
    if lowered.startswith((b"<!doctype html", b"<html")) or (item.suffix in (".html", ".htm") and b"<" in lowered):
        return "html"
    if lowered.startswith(b"begin:vcalendar"):
        return "ics"
    if lowered.startswith(b"begin:vcard"):
        return "vcf"
    if lowered.startswith(b"<?xml"):
        return "xml"
    if looks_like_text(head, tolerance=0.1 if item.suffix == ".txt" else 0.01):
        return "csv" if item.suffix == ".csv" else "txt"
    return "unknown"


def _is_mail(body: bytes) -> bool:
    """Whether the text opens with a block of mail headers: at least two different ones that every mail has."""
    if not _HEADER.match(body):
        return False
    block = re.split(rb"\r?\n\r?\n", body, maxsplit=1)[0]
    lines = [line for line in block.splitlines() if line[:1] not in (b" ", b"\t")]
    if len(body) >= HEAD - 8 and lines:
        lines.pop()  # the last line may be cut
    known = {match.lower() for match in _MAIL_HEADERS.findall(block)}
    telling = known & {b"from", b"received", b"message-id"}
    return len(known) >= 2 and bool(telling) and all(_HEADER.match(line + b"\n") for line in lines)
