"""Unpacks zip files with bounded size, ratio, depth and count; what stays behind is a refused child, never silence."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from woo.gather.items import LINK, Container, Outcome, SourceItem, Unusable

MB = 1024 * 1024
_CHUNK = 1 * MB
_ENCRYPTED = 0x1
_SYMLINK = 0o120000


@dataclass(frozen=True)
class ArchiveLimits:
    """Bounds of one archive; `ratio` counts only for members over 10 MB, as small ones compress well honestly."""

    members: int = 20_000
    member_bytes: int = 1024 * MB
    total_bytes: int = 8192 * MB
    ratio: int = 200
    depth: int = 6


DEFAULT = ArchiveLimits()


def unpack(item: SourceItem, workdir: Path, limits: ArchiveLimits = DEFAULT) -> Outcome:
    """The members of a zip as children, in the order of the archive; their content is written to `workdir`.

    A member that is encrypted, damaged or too large is a refused child. Past the bound on count or total size the
    rest is one refused child. Names are only labels: nothing is ever written under a name from the archive.
    """
    if item.depth >= limits.depth:
        return Unusable.because(
            "too_large", "Dit archief zit te diep in andere archieven. Het is bewaard maar niet uitgepakt. "
            "Pak het zelf uit en lever de inhoud opnieuw aan.")
    try:
        with item.open() as stream, zipfile.ZipFile(stream) as archive:
            children = tuple(_members(archive, item, workdir, limits))
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return Unusable.because("broken")
    if not children:
        return Unusable.because("empty", "Dit archief bevat geen bestanden. Het is bewaard. "
                                "Vraag de aanleveraar of hier iets in had moeten zitten.")
    return Container(children)


def _members(archive: zipfile.ZipFile, item: SourceItem, workdir: Path, limits: ArchiveLimits) -> Iterator[SourceItem]:
    """One child for each file in the archive."""
    folder = Path(tempfile.mkdtemp(prefix="unpacked-", dir=workdir))
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    left = limits.total_bytes
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries):
        if number >= limits.members or left <= 0:
            rest = len(entries) - number
            yield item.child("overige bestanden", b"", refused=Unusable.because(
                "too_large", f"Dit archief is te groot: {rest} bestanden zijn niet uitgepakt. De rest is wel verwerkt. "
                "Het archief is bewaard. Pak het zelf uit en lever de overige bestanden opnieuw aan."))
            return
        name = _unique(_label(entry), seen)
        target = folder / f"{number:05d}"
        refused = _refusal(entry, limits) or _extract(archive, entry, target, min(limits.member_bytes, left))
        if refused:
            target.unlink(missing_ok=True)
            yield item.child(name, b"", refused=refused)
        else:
            left -= target.stat().st_size
            yield item.child(name, target)


def _label(entry: zipfile.ZipInfo) -> str:
    """The member's name as a harmless label: no root, no drive, no way up; old DOS names are read as such."""
    name = entry.filename
    if not entry.flag_bits & 0x800 and any(ord(char) > 127 for char in name):
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp850", "replace")
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "zonder naam"


def _unique(name: str, seen: dict[str, int]) -> str:
    """An archive may hold a name twice; each must stay findable."""
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name} ({seen[name]})"


def _refusal(entry: zipfile.ZipInfo, limits: ArchiveLimits) -> Unusable | None:
    """Why a member is not even opened, by what the directory says of it."""
    if entry.flag_bits & _ENCRYPTED:
        return Unusable.because("password")
    if (entry.external_attr >> 16) & 0o170000 == _SYMLINK:
        return Unusable.because("unsupported", LINK)
    if entry.file_size > 10 * MB and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        return Unusable.because("too_large")
    return Unusable.because("too_large") if entry.file_size > limits.member_bytes else None


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, bound: int) -> Unusable | None:
    """Write one member, counting real bytes because the directory may lie; None when it went well."""
    written = 0
    try:
        with archive.open(entry) as source, target.open("wb") as sink:
            while chunk := source.read(_CHUNK):
                written += len(chunk)
                if written > bound:
                    return Unusable.because("too_large")
                sink.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        return Unusable.because("broken")
    return None
