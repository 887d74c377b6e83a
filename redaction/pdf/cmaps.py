"""Character maps of composite fonts: how a string falls apart into codes, and which CID or text a code stands for."""
from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from pdfminer.cmapdb import CMapDB, IdentityCMap, IdentityCMapByte
from pikepdf import Name, PdfError, Stream

HEX = rb"<\s*([0-9A-Fa-f\s]*)>"
MOST_ENTRIES = 70_000


class CodeMap:
    """A CMap: `split` cuts a string into codes, `cid` gives the glyph selector of a code."""

    def __init__(self, cmap: Any, vertical: bool = False) -> None:
        self.cmap = cmap
        self.vertical = vertical
        self.spaces: list[tuple[bytes, bytes]] = []
        self.ranges: list[tuple[bytes, bytes, int]] = []
        self._cids: dict[bytes, int] = {}

    @property
    def plain_two_bytes(self) -> bool:
        """Whether every code is two bytes that are the CID themselves."""
        return isinstance(self.cmap, IdentityCMap) and not isinstance(self.cmap, IdentityCMapByte) and not self.ranges

    def split(self, text: bytes) -> list[bytes]:
        """The string as codes."""
        if self.plain_two_bytes:
            return [text[i : i + 2] for i in range(0, len(text), 2)]
        if isinstance(self.cmap, IdentityCMapByte) and not self.ranges:
            return [text[i : i + 1] for i in range(len(text))]
        codes, i = [], 0
        measure = self._by_spaces if self.ranges else self._by_trie
        while i < len(text):
            size = measure(text, i)
            codes.append(text[i : i + size])
            i += size
        return codes

    def cid(self, code: bytes) -> int:
        """CID of a code, 0 when the map does not know it."""
        found = self._cids.get(code)
        if found is None:
            found = self._cids[code] = self._look_up(code)
        return found

    def _by_spaces(self, text: bytes, start: int) -> int:
        for size in (1, 2, 3, 4):
            code = text[start : start + size]
            for low, high in self.spaces:
                if len(low) == size == len(code) and all(a <= c <= b for a, c, b in zip(low, code, high, strict=True)):
                    return size
        return len(self.ranges[0][0])

    def _by_trie(self, text: bytes, start: int) -> int:
        node = self.cmap.code2cid
        for size in range(1, min(4, len(text) - start) + 1):
            node = node.get(text[start + size - 1])
            if node is None:
                return max(size, 2) if size == 1 and not self._has_single_bytes() else size
            if not isinstance(node, dict):
                return size
        return min(4, len(text) - start)

    def _has_single_bytes(self) -> bool:
        return any(not isinstance(v, dict) for v in self.cmap.code2cid.values())

    def _look_up(self, code: bytes) -> int:
        if self.ranges:
            for low, high, cid in self.ranges:
                if len(low) == len(code) and low <= code <= high:
                    return cid + int.from_bytes(code, "big") - int.from_bytes(low, "big")
        if isinstance(self.cmap, IdentityCMap):
            return int.from_bytes(code, "big")
        node = self.cmap.code2cid
        for byte in code:
            node = node.get(byte) if isinstance(node, dict) else None
        return node if isinstance(node, int) else 0


def code_map(encoding: Any) -> CodeMap:
    """CMap of a Type 0 font's /Encoding: predefined, embedded, or the two-byte identity when there is none."""
    if isinstance(encoding, Stream):
        return _embedded(encoding)
    name = str(encoding)[1:] if isinstance(encoding, Name) else "Identity-H"
    return CodeMap(_predefined(name), name.endswith("V"))


def _predefined(name: str) -> Any:
    if name.startswith("Identity"):
        return IdentityCMap()
    try:
        return CMapDB.get_cmap(name)
    except (CMapDB.CMapNotFound, KeyError, OSError, ValueError):
        return IdentityCMap()


def _embedded(stream: Stream) -> CodeMap:
    body = stream.read_bytes()
    parent = stream.get("/UseCMap")
    named = re.search(rb"/([^\s/]+)\s+usecmap", body)
    base: Any = IdentityCMap()
    if isinstance(parent, Name):
        base = _predefined(str(parent)[1:])
    elif named:
        base = _predefined(named.group(1).decode("latin-1"))
    found = CodeMap(base, str(stream.get("/WMode", 0)) == "1" or b"/WMode 1" in body)
    for block in re.findall(rb"begincodespacerange(.*?)endcodespacerange", body, re.S):
        found.spaces += [(unhex(a), unhex(b)) for a, b in re.findall(HEX + rb"\s*" + HEX, block)]
    for block in re.findall(rb"begincidrange(.*?)endcidrange", body, re.S):
        rows = re.findall(HEX + rb"\s*" + HEX + rb"\s*(\d+)", block)
        found.ranges += [(unhex(a), unhex(b), int(c)) for a, b, c in rows]
    for block in re.findall(rb"begincidchar(.*?)endcidchar", body, re.S):
        found.ranges += [(unhex(a), unhex(a), int(c)) for a, c in re.findall(HEX + rb"\s*(\d+)", block)]
    return found


def unhex(digits: bytes) -> bytes:
    """Bytes of a hexadecimal string of a CMap; an odd last digit counts as followed by 0."""
    clean = b"".join(digits.split())
    return bytes.fromhex((clean + b"0" if len(clean) % 2 else clean).decode("ascii"))


def to_unicode(table: Any) -> Mapping[bytes, str]:
    """Text of each code in a ToUnicode CMap, nothing where it is no stream or cannot be unpacked."""
    try:
        return _texts_in(table.read_bytes() if isinstance(table, Stream) else b"")
    except PdfError:  # readers then guess from the encoding
        return {}


@functools.lru_cache(maxsize=64)
def _texts_in(body: bytes) -> Mapping[bytes, str]:
    """The same of its bytes; each table is asked for when it is read, counted and cut."""
    found: dict[bytes, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", body, re.S):
        for code, text in re.findall(HEX + rb"\s*" + HEX, block):
            found[unhex(code)] = _utf16(unhex(text))
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", body, re.S):
        for low, high, target in re.findall(HEX + rb"\s*" + HEX + rb"\s*(<[^>]*>|\[[^\]]*\])", block):
            _add_range(found, unhex(low), unhex(high), target)
            if len(found) > MOST_ENTRIES:
                return found
    return found


def _add_range(found: dict[bytes, str], low: bytes, high: bytes, target: bytes) -> None:
    texts = [unhex(t) for t in re.findall(HEX, target)]
    first, last, size = int.from_bytes(low, "big"), int.from_bytes(high, "big"), len(low)
    for i in range(min(last - first + 1, MOST_ENTRIES)):
        code = (first + i).to_bytes(size, "big")
        if target[:1] == b"[":
            if i < len(texts):
                found[code] = _utf16(texts[i])
        elif texts and texts[0]:
            start = int.from_bytes(texts[0], "big") + i
            found[code] = _utf16((start % (1 << 8 * len(texts[0]))).to_bytes(len(texts[0]), "big"))


def _utf16(data: bytes) -> str:
    return data.decode("utf-16-be", "ignore") if len(data) > 1 else data.decode("latin-1")
