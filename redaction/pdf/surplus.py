"""Bytes that no reader uses: behind the samples of images and functions, the last figure of a mesh, packed data."""
from __future__ import annotations

import math
import re
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from redaction.pdf.fonts import number
from redaction.pdf.imagefiles import DEVICE, MOST_BYTES, channels, filters_of
from redaction.pdf.profiles import bare_profile
from redaction.pdf.samples import row_bytes

AT_ONCE = 16_000_000
"""Bytes that are unpacked together when only their end is wanted."""
PADDING = b"\0\xff\r\n\t "
"""Bytes that writers put behind data to fill it up: they tell nothing."""
OWN_END = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}
"""Compressions of pictures, which say themselves where they end."""
FAX_END = 0x001001
"""What ends a fax of group 4: twice eleven zeros and a one (ITU-T T.6, 2.4.1.1), at whatever bit it begins."""
PNG = 10
"""Predictors from here on are those of PNG: each row begins with a byte that says which."""
SAMPLED = 0
"""The type of function that has a table of samples (ISO 32000-2, 7.10.2)."""
COUNTED = {"/Indexed", "/Separation", "/DeviceN", "/ICCBased", *DEVICE}
"""Colour spaces of which the number of samples is sure."""
TRIANGLES, LATTICE, COONS, TENSOR = 4, 5, 6, 7
"""Shadings with data of their own (ISO 32000-1, 8.7.4.5.5 to 8.7.4.5.8)."""
POINTS = {COONS: (12, 8), TENSOR: (16, 12)}
"""Points of a patch that stands alone, and of one that shares an edge with the patch before it."""


def cut_surplus(source: Stream) -> bool:
    """Cut the data of an image, mesh or profile to what is used, and any packed data to its end; whether it changed."""
    filters = filters_of(source)
    if filters == ["/CCITTFaxDecode"]:
        return _cut_fax(source)
    if OWN_END & set(filters):
        return False
    needed = sample_bytes(source) if source.get("/Subtype") == "/Image" else table_bytes(source)
    mesh = int(number(source.get("/ShadingType"))) >= TRIANGLES
    profile = "/N" in source and "/Type" not in source
    try:
        if needed is None and not mesh and not profile:
            return _cut_tail(source, filters)
        if needed is not None and needed > MOST_BYTES:
            return False
        if needed is not None and filters == ["/FlateDecode"]:
            size, tail = _unpacked(source.read_raw_bytes())
            if size <= needed + _row_marks(source):  # most images: no need to hold their samples
                return _drop_tail(source, tail)
        data = source.read_bytes(pikepdf.StreamDecodeLevel.specialized)
    except (pikepdf.PdfError, zlib.error):
        return False
    if needed is None:
        if not mesh:
            return _bare(source, data, filters)
        needed = mesh_bytes(source, data)
    if not data[needed:].strip(PADDING):
        return _cut_tail(source, filters)
    source.write(data[:needed])
    return True


def sample_bytes(image: Any) -> int | None:
    """Bytes of the decoded samples of an image (a stream, or the entries of an inline one); None when not sure."""
    space, stencil = image.get("/ColorSpace"), image.get("/ImageMask") is True
    bits = 1 if stencil else int(number(image.get("/BitsPerComponent")))
    if bits not in (1, 2, 4, 8, 16) or not (stencil or _counted(space)):
        return None
    if bits not in (1, 8) and "/RunLengthDecode" in filters_of(image):  # readers take eight there
        return None
    width, height = (int(number(image.get(key))) for key in ("/Width", "/Height"))
    return row_bytes(width, bits, 1 if stencil else channels(space)) * height if min(width, height) > 0 else None


def table_bytes(function: Any) -> int | None:
    """Bytes of the samples of a function; None for another, and when not sure."""
    sizes, ends = function.get("/Size"), function.get("/Range")
    if function.get("/FunctionType") != SAMPLED or not isinstance(sizes, Array) or not isinstance(ends, Array):
        return None
    bits = int(number(function.get("/BitsPerSample")))
    samples = math.prod(int(number(size)) for size in sizes) * (len(ends) // 2)
    return (samples * bits + 7) // 8 if samples * bits > 0 else None


def mesh_bytes(shading: Stream, data: bytes) -> int:
    """Bytes of a mesh up to the end of its last whole figure; all of them when its parts begin within a byte."""
    kind = int(number(shading.get("/ShadingType")))
    flag, place, part = (
        int(number(shading.get(f"/BitsPer{name}"))) for name in ("Flag", "Coordinate", "Component")
    )  # fmt: skip
    space = shading.get("/ColorSpace")
    if not place or not part or not ("/Function" in shading or _counted(space)):
        return len(data)
    colour = part * (1 if "/Function" in shading else channels(space))
    if kind in POINTS:
        return _patches(data, flag, *(n * 2 * place + (4, 2)[i] * colour + flag for i, n in enumerate(POINTS[kind])))
    vertex = (2 * place + colour + (flag if kind == TRIANGLES else 0) + 7) // 8
    if kind == LATTICE:
        row = vertex * int(number(shading.get("/VerticesPerRow")))
        return len(data) // row * row if row else len(data)
    return _triangles(data, flag, vertex)


def _bare(source: Stream, data: bytes, filters: list[str]) -> bool:
    """Write a colour profile anew when it holds more than colours."""
    made = bare_profile(data)
    if made is None or len(made) == len(data):
        return _cut_tail(source, filters)
    source.write(made)
    return True


def _triangles(data: bytes, flag: int, vertex: int) -> int:
    """A vertex with flag 0 begins a triangle of three; with another it makes one with the two before it."""
    at = 0
    while at < len(data):
        step = vertex if _flag(data[at], flag) else 3 * vertex
        if at + step > len(data):
            break
        at += step
    return at


def _patches(data: bytes, flag: int, alone: int, shared: int) -> int:
    if alone % 8 or shared % 8:
        return len(data)
    at = 0
    while at < len(data):
        step = (shared if _flag(data[at], flag) else alone) // 8
        if at + step > len(data):
            break
        at += step
    return at


def _flag(first: int, bits: int) -> int:
    """The edge flag in the first byte of a vertex or patch: only its last two bits count."""
    return first >> max(0, 8 - bits) & 3


def _counted(space: Any) -> bool:
    """Whether it is sure how many samples a colour has."""
    listed = isinstance(space, Array) and len(space) > 1
    try:
        kind = str(space[0] if listed else space)
    except UnicodeDecodeError:  # a name of nobody's
        return False
    if kind == "/ICCBased":
        return listed and isinstance(space[1], Stream) and number(space[1].get("/N")) in (1, 3, 4)
    return kind in COUNTED


def fax_bytes(data: bytes) -> int:
    """Bytes of a fax of group 4 up to its own end; all of them when it does not say."""
    ends = []
    for shift in range(8):
        mark = (FAX_END << (8 - shift)).to_bytes(4, "big")
        first = bytes(b for b in range(256) if b & (0xFF >> shift) == 0)
        last = bytes(b for b in range(256) if b & (0xFF << (8 - shift)) & 0xFF == mark[3])
        pattern = b"[" + re.escape(first) + b"]" + re.escape(mark[1:3])
        pattern += b"[" + re.escape(last) + b"]" if shift else b""
        if found := re.search(pattern, data, re.S):
            ends.append(found.end())
    return min(ends, default=len(data))


def _cut_fax(source: Stream) -> bool:
    """Drop what follows the end of a fax of group 4."""
    own = _parameters(source)
    if own is None or number(own.get("/K")) >= 0 or own.get("/EndOfBlock") is False:
        return False
    data = source.read_raw_bytes()
    end = fax_bytes(data)
    if not data[end:].strip(PADDING):
        return False
    source.write(data[:end], filter=source["/Filter"], decode_parms=own)
    return True


def _cut_tail(source: Stream, filters: list[str]) -> bool:
    """Drop what follows the end of packed data."""
    if filters != ["/FlateDecode"]:
        return False
    try:
        return _drop_tail(source, _unpacked(source.read_raw_bytes())[1])
    except zlib.error:
        return False


def _unpacked(packed: bytes) -> tuple[int, bytes]:
    """How many bytes deflated data unpacks to, and what stands behind it."""
    reader = zlib.decompressobj()
    size, waiting = 0, packed
    while waiting:
        size += len(reader.decompress(waiting, AT_ONCE))
        waiting = reader.unconsumed_tail
    return size, reader.unused_data


def _drop_tail(source: Stream, tail: bytes) -> bool:
    """Take what stands behind the packed data away, if that may tell something."""
    if not tail.strip(PADDING):
        return False
    source.write(source.read_raw_bytes()[: -len(tail)], filter=source["/Filter"], decode_parms=_parameters(source))
    return True


def _row_marks(image: Stream) -> int:
    """Bytes that tell how each row of an image was packed (ISO 32000-2, 7.4.4.4)."""
    given = _parameters(image)
    return int(number(image.get("/Height"))) if given is not None and number(given.get("/Predictor")) >= PNG else 0


def _parameters(source: Stream) -> Dictionary | None:
    parms = source.get("/DecodeParms")
    own = parms[0] if isinstance(parms, Array) and len(parms) else parms
    return own if isinstance(own, Dictionary) else None
