"""Bytes that no reader uses: behind the samples of an image, the last figure of a mesh, and the end of packed data."""
from __future__ import annotations

import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from redaction.pdf.fonts import number
from redaction.pdf.imagefiles import DEVICE, MOST_BYTES, channels, filters_of
from redaction.pdf.samples import row_bytes

AT_ONCE = 16_000_000
"""Bytes that are unpacked together when only their end is wanted."""
PADDING = b"\0\xff\r\n\t "
"""Bytes that writers put behind data to fill it up: they tell nothing."""
OWN_END = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}
"""Compressions of pictures, which say themselves where they end."""
COUNTED = {"/Indexed", "/Separation", "/DeviceN", "/ICCBased", *DEVICE}
"""Colour spaces of which the number of samples is sure."""
TRIANGLES, LATTICE, COONS, TENSOR = 4, 5, 6, 7
"""Shadings with data of their own (ISO 32000-1, 8.7.4.5.5 to 8.7.4.5.8)."""
PROFILE_HEAD = 128
"""Bytes of the head of a colour profile."""
POINTS = {COONS: (12, 8), TENSOR: (16, 12)}
"""Points of a patch that stands alone, and of one that shares an edge with the patch before it."""


def cut_surplus(source: Stream) -> bool:
    """Cut the data of an image, mesh or profile to what is used, and any packed data to its end; whether it changed."""
    filters = filters_of(source)
    if OWN_END & set(filters):
        return False
    needed = sample_bytes(source) if source.get("/Subtype") == "/Image" else None
    mesh = int(number(source.get("/ShadingType"))) >= TRIANGLES
    profile = "/N" in source and "/Type" not in source
    try:
        if needed is None and not mesh and not profile:
            return _cut_tail(source, filters)
        if needed is not None and needed > MOST_BYTES:
            return False
        data = source.read_bytes(pikepdf.StreamDecodeLevel.specialized)
    except (pikepdf.PdfError, zlib.error):
        return False
    if needed is None:
        needed = mesh_bytes(source, data) if mesh else profile_bytes(data)
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


def profile_bytes(data: bytes) -> int:
    """Bytes of a colour profile by its own head (ICC.1:2022, 7.2.2); all of them when this is none."""
    size = int.from_bytes(data[:4], "big")
    return size if data[36:40] == b"acsp" and size >= PROFILE_HEAD else len(data)


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


def _cut_tail(source: Stream, filters: list[str]) -> bool:
    """Drop what follows the end of packed data."""
    if filters != ["/FlateDecode"]:
        return False
    packed = source.read_raw_bytes()
    reader = zlib.decompressobj()
    try:
        reader.decompress(packed, AT_ONCE)
        while reader.unconsumed_tail:
            reader.decompress(reader.unconsumed_tail, AT_ONCE)
    except zlib.error:
        return False
    if not reader.unused_data.strip(PADDING):
        return False
    parms = source.get("/DecodeParms")
    own = parms[0] if isinstance(parms, Array) and len(parms) else parms
    given = own if isinstance(own, Dictionary) else None
    source.write(packed[: -len(reader.unused_data)], filter=source["/Filter"], decode_parms=given)
    return True
