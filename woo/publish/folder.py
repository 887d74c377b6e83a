"""The public folder of a case: built aside, checked, and only then moved into place in one step.

Nothing gets in whose bytes are not the ones that were approved. Publishing the same case again changes nothing.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from woo.errors import NotAllowed
from woo.publish import addresses
from woo.publish.case_file import CaseFile
from woo.publish.diwoo import diwoo_xml
from woo.publish.inventory import file_name
from woo.publish.inventory_files import inventory_csv, inventory_html, inventory_xlsx
from woo.publish.manifest import manifest_json, verify_manifest
from woo.publish.publication_check import check_besluit, check_publication
from woo.publish.signing import public_key_pem
from woo.publish.site import refresh_site, write_public

_BUILDING = ".in-opbouw"
_OLD = "oud-"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class PublishedFolder:
    """Where a case stands now. `changed` is False where it stood there already with the same bytes."""

    path: Path
    url: str
    files: tuple[str, ...]
    manifest_sha256: str
    changed: bool

    @property
    def manifest(self) -> Path:
        """The signed list of the files."""
        return self.path / addresses.MANIFEST


def write_publication(
    case: CaseFile,
    besluit_pdf: bytes | Path,
    documents: Mapping[str, Path],
    target_root: Path,
    base_url: str,
    signing_key: Ed25519PrivateKey,
    *,
    approved: Mapping[str, str],
    replacing: bool = False,
) -> PublishedFolder:
    """Publish a case: `documents` are the proven files by id, `approved` the SHA-256 that was approved for each id.

    NotAllowed (and nothing published) where a file is missing, extra or not the approved one, where the besluit is not
    complete or names the requester, before the day of release, or where other bytes already stand there and `replacing`
    is False. Refreshes robots.txt and the sitemaps; safe to repeat after a crash.
    """
    base_url = addresses.check_base_url(base_url)
    letter = besluit_pdf.read_bytes() if isinstance(besluit_pdf, Path) else besluit_pdf
    check_publication(case, documents.keys(), approved)
    check_besluit(letter, case)
    with _only_publisher(target_root) as building:
        folder = Path(tempfile.mkdtemp(dir=building))
        for entry in case.files:
            _copy_approved(documents[entry.id], folder / file_name(entry), approved[entry.id])
        _put(folder / addresses.BESLUIT, letter)
        _put(folder / addresses.INVENTORY_CSV, inventory_csv(case))
        _put(folder / addresses.INVENTORY_XLSX, inventory_xlsx(case))
        _put(folder / addresses.INVENTORY_HTML, inventory_html(case))
        _put(folder / addresses.METADATA, diwoo_xml(case, base_url))
        _put(folder / addresses.MANIFEST, manifest_json(case, folder, signing_key))
        verify_manifest(folder, signing_key.public_key())
        return _place(case, folder, target_root, base_url, signing_key, replacing=replacing)


@contextlib.contextmanager
def _only_publisher(target_root: Path) -> Iterator[Path]:
    """One publication at a time; yields the folder to build in, which holds nothing when this is over."""
    building = target_root / _BUILDING
    building.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (building / "slot").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            _clear(building, target_root)
            yield building
        finally:
            _clear(building, target_root)


def _clear(building: Path, target_root: Path) -> None:
    """Remove what a crash or a refusal left behind; a publication that was just set aside goes back to its place."""
    for path in building.iterdir():
        final = target_root / addresses.PUBLICATIONS / path.name.removeprefix(_OLD)
        if path.name.startswith(_OLD) and not final.exists():
            path.rename(final)
        elif path.is_dir():
            shutil.rmtree(path)


def _copy_approved(source: Path, target: Path, sha256: str) -> None:
    """Copy a file and prove that the copy is what was approved: the hash is taken over the bytes that were written."""
    target.parent.mkdir(exist_ok=True)
    digest = hashlib.sha256()
    with source.open("rb") as incoming, target.open("xb") as outgoing:
        while chunk := incoming.read(_CHUNK):
            digest.update(chunk)
            outgoing.write(chunk)
    if digest.hexdigest() != sha256:
        raise NotAllowed(
            f"Document {target.stem} is niet het bestand dat is goedgekeurd. Er is niets gepubliceerd. "
            "Laat het document opnieuw controleren en goedkeuren."
        )


def _put(target: Path, data: bytes) -> None:
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(data)


def _place(
    case: CaseFile,
    folder: Path,
    target_root: Path,
    base_url: str,
    key: Ed25519PrivateKey,
    *,
    replacing: bool,
) -> PublishedFolder:
    """Move the finished folder to where the public site reads it, and make the site's own files follow."""
    final = target_root / addresses.PUBLICATIONS / case.number
    final.parent.mkdir(mode=0o755, exist_ok=True)
    manifest = (folder / addresses.MANIFEST).read_bytes()
    changed = not _stands(final, manifest, key)
    if changed and final.exists() and not replacing:
        raise NotAllowed(
            "Deze zaak is al gepubliceerd, met een andere inhoud. De publicatie is niet veranderd. "
            "Kies 'publicatie vervangen' als dat de bedoeling is."
        )
    if changed:
        _open_for_reading(folder)
        os.sync()  # once for all files: they must be on disk before their folder is in place
        if final.exists():
            final.rename(folder.with_name(f"{_OLD}{case.number}"))
        folder.rename(final)
        _sync(final.parent)
    write_public(target_root / addresses.PUBLIC_KEY, public_key_pem(key))
    refresh_site(target_root, base_url)
    files = tuple(sorted(path.relative_to(final).as_posix() for path in final.rglob("*") if path.is_file()))
    return PublishedFolder(
        final, addresses.page_url(base_url, case.number), files, hashlib.sha256(manifest).hexdigest(), changed
    )


def _stands(final: Path, manifest: bytes, key: Ed25519PrivateKey) -> bool:
    """True where exactly this publication stands there already, whole."""
    path = final / addresses.MANIFEST
    if not path.is_file() or path.read_bytes() != manifest:
        return False
    try:
        verify_manifest(final, key.public_key())
    except NotAllowed:
        return False
    return True


def _open_for_reading(folder: Path) -> None:
    """Everybody may read what is public; only we may write."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
