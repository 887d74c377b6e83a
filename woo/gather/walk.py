"""Lists everything in a delivered folder in a fixed order; links are not followed, nothing is skipped in silence."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from woo.gather.items import LINK, SourceItem, Unusable

MAX_FILE = 4 * 1024 * 1024 * 1024


def walk(root: Path) -> Iterator[SourceItem]:
    """Every file below `root`, sorted by path; `root` itself when it is a file (a zip too: `convert` unpacks it).

    Paths start with the name of `root`. Hidden files count. A link, a device, a file that cannot be read or one over
    4 GB comes out as a refused item. Raises FileNotFoundError when `root` does not exist.
    """
    if not root.exists():
        raise FileNotFoundError(root)
    if root.is_file():
        yield _item(root, root.name)
        return
    yield from _folder(root, root.name)


def _folder(folder: Path, path: str) -> Iterator[SourceItem]:
    """The files of one folder and of the folders in it."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:
        yield SourceItem(path, b"", _unreadable())
        return
    for entry in entries:
        own = f"{path}/{_readable(entry.name)}"
        if entry.is_dir() and not entry.is_symlink():
            yield from _folder(entry, own)
        else:
            yield _item(entry, own)


def _item(file: Path, path: str) -> SourceItem:
    """One file as an item, or refused with the reason."""
    try:
        status = file.lstat()
        if stat.S_ISLNK(status.st_mode):
            return SourceItem(path, b"", Unusable.because("unsupported", LINK))
        if not stat.S_ISREG(status.st_mode):
            return SourceItem(path, b"", Unusable.because("unsupported"))
        if status.st_size > MAX_FILE:
            return SourceItem(path, b"", Unusable.because("too_large"))
        with file.open("rb"):
            return SourceItem(path, file)
    except OSError:
        return SourceItem(path, b"", _unreadable())


def _unreadable() -> Unusable:
    """The outcome for what the system will not let us read."""
    return Unusable.because("broken", "Dit bestand of deze map kan niet worden geopend. Er is niets veranderd. "
                            "Vraag de beheerder om de toegangsrechten te controleren.")


def _readable(name: str) -> str:
    """File names are bytes on disk; what is not UTF-8 becomes a visible replacement instead of an error later on."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("!/", "!_")
