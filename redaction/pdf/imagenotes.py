"""What an image file says besides its picture: who made it, with what, and how it looked before. Nothing is decoded."""
from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any

from pikepdf import Array, Dictionary, Stream

MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
"""What is no picture data in a scan of a JPEG (ISO 10918-1, B.1.1.2)."""
JPX_BOXES = (b"jP  ", b"ftyp", b"jp2h", b"jpch", b"jplh", b"jp2c")
JBIG2_EXTENSION = 62


def strip_metadata(source: Stream) -> bool:
    """Drop what the file of an image tells about its maker; whether anything went."""
    filters = source.get("/Filter")
    names = [str(f) for f in filters] if isinstance(filters, Array) else [str(filters)]
    strip = STRIPPERS.get(names[-1]) if names else None
    if strip is None or names[:-1] not in ([], ["/FlateDecode"]):
        return False
    parms = source.get("/DecodeParms")
    try:
        packed = source.read_raw_bytes()
        data = zlib.decompress(packed) if names[:-1] else packed
        clean = strip(data)
    except (zlib.error, IndexError):
        return False
    own = parms[-1] if isinstance(parms, Array) and len(parms) else parms
    found = _strip_shared(own) if names[-1] == "/JBIG2Decode" else False
    if clean is None or len(clean) == len(data):
        return found
    source.write(clean, filter=source["/Filter"][-1] if isinstance(filters, Array) else filters, decode_parms=own)
    return True


def _strip_shared(parms: Any) -> bool:
    """Do the same with the segments that JBIG2 images share."""
    shared = parms.get("/JBIG2Globals") if isinstance(parms, Dictionary) else None
    if not isinstance(shared, Stream):
        return False
    data = shared.read_bytes()
    clean = _strip_jbig2(data)
    if clean is None or len(clean) == len(data):
        return False
    shared.write(clean)
    return True


def _strip_jpeg(data: bytes) -> bytes | None:
    """The JPEG without application data, comments and what follows its end: JFIF and Adobe's colour marker stay.

    A profile goes too: a PDF names its own colour space (ISO 32000-2, 7.4.8).
    """
    if data[:2] != b"\xff\xd8":
        return None
    out, i, begun = bytearray(b"\xff\xd8"), 2, False
    while match := MARKER.search(data, i):
        if match.start() > i and not begun:
            return None
        out += data[i : match.start()]
        marker, i = match[1][0], match.end() - 2
        if marker == 0xD9:
            return bytes(out) + b"\xff\xd9"
        size = int.from_bytes(data[i + 2 : i + 4], "big") + 2
        begun = begun or marker == 0xDA
        out += _kept_segment(marker, data[i : i + size])
        i += size
    return bytes(out) + data[i:] if begun else None


def _kept_segment(marker: int, segment: bytes) -> bytes:
    if marker == 0xE0 and segment[4:9] == b"JFIF\0":
        return segment[:2] + b"\x00\x10" + segment[4:16] + b"\x00\x00"  # without the thumbnail
    if (0xE0 <= marker <= 0xEF and marker != 0xEE) or marker == 0xFE:
        return b""
    return segment


def _strip_jpx(data: bytes) -> bytes | None:
    """The JPEG 2000 file with the boxes that hold its picture alone (ISO 15444-1, annexes A and I)."""
    if data[:2] == b"\xff\x4f":
        return _without_comments(data)
    if data[4:8] != b"jP  ":
        return None
    out, i = bytearray(), 0
    while i + 8 <= len(data):
        size, kind, head = int.from_bytes(data[i : i + 4], "big"), data[i + 4 : i + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[i + 8 : i + 16], "big"), 16
        end = len(data) if size == 0 else i + size
        if end <= i or end > len(data):
            return None
        if kind == b"jp2c":
            stream = _without_comments(data[i + head : end])
            out += (len(stream) + 8).to_bytes(4, "big") + kind + stream
        elif kind in JPX_BOXES:
            out += data[i:end]
        i = end
    return bytes(out)


def _without_comments(stream: bytes) -> bytes:
    """A codestream of JPEG 2000 without the comments before its first tile."""
    out, i = bytearray(stream[:2]), 2
    while stream[i : i + 1] == b"\xff" and stream[i + 1 : i + 2] != b"\x90" and i + 4 <= len(stream):
        size = int.from_bytes(stream[i + 2 : i + 4], "big") + 2
        if stream[i + 1] != 0x64:
            out += stream[i : i + size]
        i += size
    return bytes(out) + stream[i:]


def _strip_jbig2(data: bytes) -> bytes | None:
    """The segments of a JBIG2 image without its comments (ISO 14492, 7.2)."""
    out, i = bytearray(), 0
    while i + 11 <= len(data):
        number, flags = int.from_bytes(data[i : i + 4], "big"), data[i + 4]
        count, at = data[i + 5] >> 5, i + 6
        if count == 7:
            count = int.from_bytes(data[i + 5 : i + 9], "big") & 0x1FFFFFFF
            at = i + 9 + (count + 8) // 8
        at += count * (1 if number <= 256 else 2 if number <= 65536 else 4) + (4 if flags & 0x40 else 1)
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 0xFFFFFFFF:  # as long as its picture: the rest stays
            return bytes(out) + data[i:]
        end = at + 4 + size
        if end > len(data):
            return None
        if flags & 0x3F != JBIG2_EXTENSION:
            out += data[i:end]
        i = end
    return bytes(out)


STRIPPERS: dict[str, Callable[[bytes], bytes | None]] = {
    "/DCTDecode": _strip_jpeg, "/JPXDecode": _strip_jpx, "/JBIG2Decode": _strip_jbig2,
}  # fmt: skip
