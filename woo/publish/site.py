"""What a harvester reads first: robots.txt, the sitemap index of category 014 and the sitemaps.

Rules of the Woo-index: index named `sitemapindex-diwoo-infocatNNN.xml`, at most 50,000 entries and 50 MB a sitemap.
Each case has its own sitemaps, so that a publication rewrites one case and the index.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from woo.errors import InputRejected
from woo.publish import addresses
from woo.publish.diwoo import SITEMAP, new_urlset, to_bytes

MAX_ENTRIES = 50_000
MAX_BYTES = 50_000_000
_PREFIX = "sitemap-diwoo-infocat014-"
_NAME = re.compile(rf"{_PREFIX}(.+)-\d+\.xml")
_PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": False}


def refresh_site(root: Path, base_url: str, *, max_entries: int = MAX_ENTRIES, max_bytes: int = MAX_BYTES) -> None:
    """Make robots.txt, the sitemaps and their index follow the case folders in `root`; safe to repeat at any moment."""
    base_url = addresses.check_base_url(base_url)
    names: dict[str, str] = {}
    known = _known(root / addresses.SITEMAP_INDEX)
    for folder in case_folders(root):
        names |= _standing(root, folder, known.get(folder.name, {})) or _case_sitemaps(
            root, folder, max_entries, max_bytes
        )
    if len(names) > MAX_ENTRIES:
        raise InputRejected(
            "Er zijn meer sitemaps dan in één index passen. De publicatie staat er wel, de index niet. "
            "Meld dit aan de beheerder."
        )
    index = etree.Element(etree.QName(SITEMAP, "sitemapindex"), nsmap={None: SITEMAP})
    for name, changed in sorted(names.items()):
        entry = etree.SubElement(index, etree.QName(SITEMAP, "sitemap"))
        etree.SubElement(entry, etree.QName(SITEMAP, "loc")).text = f"{base_url}/{name}"
        etree.SubElement(entry, etree.QName(SITEMAP, "lastmod")).text = changed
    write_public(root / addresses.SITEMAP_INDEX, to_bytes(index))
    write_public(root / "robots.txt", _robots(base_url))
    for stale in set(root.glob(f"{_PREFIX}*.xml")) - {root / name for name in names}:
        stale.unlink()


def case_folders(root: Path) -> list[Path]:
    """The published cases, by number; a folder without a manifest is not a publication."""
    parent = root / addresses.PUBLICATIONS
    if not parent.is_dir():
        return []
    return sorted(
        folder
        for folder in parent.iterdir()
        if not folder.name.startswith(".") and (folder / addresses.MANIFEST).is_file()
    )


def write_public(path: Path, data: bytes) -> None:
    """Write a file that all may read; a reader sees the old bytes or the new ones. Equal bytes are not written."""
    if path.is_file() and path.read_bytes() == data:
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".nieuw-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _known(index: Path) -> dict[str, dict[str, str]]:
    """The sitemaps in the present index by case, with their last change; empty where the index is missing or broken."""
    try:
        entries = etree.parse(index, etree.XMLParser(**_PARSER)).getroot()
    except (OSError, etree.XMLSyntaxError):
        return {}
    known: dict[str, dict[str, str]] = {}
    for entry in entries:
        name = entry.findtext(etree.QName(SITEMAP, "loc"), "").rpartition("/")[2]
        if found := _NAME.fullmatch(name):
            known.setdefault(found[1], {})[name] = entry.findtext(etree.QName(SITEMAP, "lastmod"), "")
    return known


def _standing(root: Path, folder: Path, names: dict[str, str]) -> dict[str, str]:
    """The sitemaps of a case that are still good, so that old cases are not read again; empty where they are not."""
    source = folder / addresses.METADATA
    for name in names:
        sitemap = root / name
        if not sitemap.is_file() or sitemap.stat().st_mtime_ns < source.stat().st_mtime_ns:
            return {}
    return names


def _case_sitemaps(root: Path, folder: Path, max_entries: int, max_bytes: int) -> dict[str, str]:
    """Write the sitemaps of one case where its metadata is newer; returns their names with the last change in each."""
    source = folder / addresses.METADATA
    if not source.is_file():
        return {}
    names = {}
    for number, chunk in enumerate(_chunks(source, max_entries, max_bytes), start=1):
        name = f"{_PREFIX}{folder.name}-{number}.xml"
        urlset = new_urlset()
        urlset.extend(chunk)
        names[name] = max(element.findtext(etree.QName(SITEMAP, "lastmod"), "") for element in chunk)
        write_public(root / name, to_bytes(urlset))
        os.utime(root / name)  # newer than its source, also where the bytes were the same
    return names


def _chunks(source: Path, max_entries: int, max_bytes: int) -> Iterator[list[etree._Element]]:
    """The entries of a case's metadata in portions that fit one sitemap."""
    chunk: list[etree._Element] = []
    size = 2_000  # the frame around the entries
    for url in etree.parse(source, etree.XMLParser(**_PARSER)).getroot():
        weight = len(etree.tostring(url, encoding="UTF-8"))
        if chunk and (len(chunk) == max_entries or size + weight > max_bytes):
            yield chunk
            chunk, size = [], 2_000
        chunk.append(url)
        size += weight
    if chunk:
        yield chunk


def _robots(base_url: str) -> bytes:
    lines = ("User-agent: *", "Allow: /", "", f"Sitemap: {base_url}/{addresses.SITEMAP_INDEX}", "")
    return "\n".join(lines).encode("ascii")
