"""Files that never change, kept under the SHA-256 of their bytes: the internal store of originals and results."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from woo.errors import Unavailable

_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in lower-case hexadecimal; memory stays flat."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class ContentStore:
    """A folder in which every file is named by its own hash; writing the same bytes twice keeps one copy."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put_bytes(self, data: bytes) -> str:
        """Keep `data`; returns its SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        target = self._place(digest)
        if not target.exists():
            with self._temporary() as name:
                Path(name).write_bytes(data)
                self._move(Path(name), target)
        return digest

    def put_file(self, source: Path) -> str:
        """Keep a copy of the file at `source`; returns its SHA-256."""
        self.root.mkdir(parents=True, exist_ok=True)
        with self._temporary() as name:
            digest = hashlib.sha256()
            with source.open("rb") as incoming, Path(name).open("wb") as outgoing:
                while chunk := incoming.read(_CHUNK):
                    digest.update(chunk)
                    outgoing.write(chunk)
            target = self._place(digest.hexdigest())
            if not target.exists():
                self._move(Path(name), target)
        return digest.hexdigest()

    def path(self, digest: str) -> Path:
        """Where the bytes with this SHA-256 are; Unavailable where the store does not hold them."""
        place = self._place(digest)
        if not place.is_file():
            raise Unavailable(
                "Een bestand staat niet in de opslag. De zaak is niet veranderd. Meld dit aan de beheerder."
            )
        return place

    def __contains__(self, digest: str) -> bool:
        return self._place(digest).is_file()

    def _place(self, digest: str) -> Path:
        if not _SHA256.fullmatch(digest):
            raise ValueError("not a SHA-256")
        return self.root / digest[:2] / digest[2:]

    def _temporary(self) -> _TemporaryName:
        self.root.mkdir(parents=True, exist_ok=True)
        return _TemporaryName(self.root)

    @staticmethod
    def _move(source: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as file:
            os.fsync(file.fileno())
        source.chmod(0o440)
        shutil.move(source, target)


class _TemporaryName:
    """A file name in the store's own file system, so that moving it into place is one atomic rename."""

    def __init__(self, root: Path) -> None:
        self.folder = root / ".tmp"

    def __enter__(self) -> str:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, self.name = tempfile.mkstemp(dir=self.folder)
        os.close(handle)
        return self.name

    def __exit__(self, *_: object) -> None:
        Path(self.name).unlink(missing_ok=True)
