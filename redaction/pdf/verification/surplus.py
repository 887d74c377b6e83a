"""Check on what a file holds that is never drawn: data behind the samples of images and behind packed data."""

from __future__ import annotations

import re
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from redaction.pdf.report import Finding
from redaction.pdf.verification.operands import owners, streams_of

FILLING = b"\0\xff\r\n\t "
SAMPLES = {
    "/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4, "/Indexed": 1,
    "/Separation": 1,
}  # fmt: skip
PLAIN = {"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode"}
"""Ways of packing that say nothing of what is in them, so that an image may be longer than its picture."""
MOST = 200_000_000
MOST_TAGS = 100
FAX_END = "000000000001" * 2
MESSAGE = "Achter de gegevens van een afbeelding of een ander onderdeel staat nog iets dat niemand ziet."


def check_surplus(pdf: pikepdf.Pdf, *, inline: bool) -> list[Finding]:
    """Finding when an image has data behind its last row, a mesh half a vertex, or packed data more behind their end.

    With `inline` also for images within the content of pages, forms, patterns and glyphs.
    """
    kinds = (_behind_end, _behind_rows, _behind_fax, _behind_profile, _between_tags)
    surplus = any(kind(item) for item in pdf.objects if isinstance(item, Stream) for kind in kinds)
    if surplus or (inline and any(_behind_inline(data) for owner in owners(pdf) for data in streams_of(owner))):
        return [Finding(None, "raw", MESSAGE)]
    return []


def _behind_end(item: Stream) -> bool:
    """Whether something stands behind the end of packed data."""
    if str(item.get("/Filter")) != "/FlateDecode":
        return False
    reader = zlib.decompressobj()
    try:
        reader.decompress(item.read_raw_bytes(), MOST)
    except zlib.error:
        return False
    return bool(reader.unused_data.strip(FILLING))


def _behind_rows(item: Stream) -> bool:
    """Whether an image or mesh has more data than its rows or vertices take."""
    size, vertex = _picture_size(item) if item.get("/Subtype") == "/Image" else _table_size(item), _vertex_size(item)
    if size is None and vertex is None:
        return False
    try:
        data = item.read_bytes()
    except pikepdf.PdfError:
        return False
    rest = data[size:] if size is not None else data[len(data) // (vertex or 1) * (vertex or 1) :]
    return bool(rest.strip(FILLING))


def _behind_fax(item: Stream) -> bool:
    """Whether a fax of group 4 goes on behind its end: twice eleven zeros and a one."""
    parms = item.get("/DecodeParms")
    if str(item.get("/Filter")) != "/CCITTFaxDecode" or not isinstance(parms, Dictionary):
        return False
    if float(parms.get("/K", 0)) >= 0 or parms.get("/EndOfBlock") is False:
        return False
    data = item.read_raw_bytes()
    bits = bin(int.from_bytes(b"\1" + data, "big"))[3:]
    end = bits.find(FAX_END)
    return end >= 0 and bool(data[-(-(end + len(FAX_END)) // 8) :].strip(FILLING))


def _between_tags(item: Stream) -> bool:
    """Whether a colour profile has bytes that belong to no tag."""
    data = _profile(item)
    count = int.from_bytes(data[128:132], "big")
    if not data or count > MOST_TAGS:
        return False
    rest = bytearray(data)
    rest[: 132 + 12 * count] = bytes(min(len(rest), 132 + 12 * count))
    for at in range(132, 132 + 12 * count, 12):
        start, size = (int.from_bytes(data[at + i : at + i + 4], "big") for i in (4, 8))
        rest[start : start + size] = bytes(len(rest[start : start + size]))
    return bool(bytes(rest).strip(FILLING))


def _behind_profile(item: Stream) -> bool:
    """Whether a colour profile goes on behind the size that it gives itself."""
    data = _profile(item)
    return bool(data[int.from_bytes(data[:4], "big") :].strip(FILLING))


def _profile(item: Stream) -> bytes:
    """The colour profile that a stream is (ICC.1, 7.2); empty for any other."""
    if item.get("/N") is None or item.get("/Type") is not None:
        return b""
    try:
        data: bytes = item.read_bytes()
    except pikepdf.PdfError:
        return b""
    return data if data[36:40] == b"acsp" else b""


def _behind_inline(data: bytes) -> bool:
    if not re.search(rb"\bBI\b", data):
        return False
    with pikepdf.new() as holder:
        try:
            found = pikepdf.parse_content_stream(Stream(holder, data))
        except pikepdf.PdfError:  # the checks of text and pixels say what such a page shows
            return False
        images = [i.iimage for i in found if isinstance(i, pikepdf.ContentStreamInlineImage)]
        made = [Stream(holder, i.read_raw_bytes(), Dictionary(dict(i.obj.items()))) for i in images]
        sizes = [(stream, _picture_size(stream)) for stream in made]
        return any(size is not None and stream.read_bytes()[size:].strip(FILLING) for stream, size in sizes)


def _picture_size(image: Stream) -> int | None:
    """Bytes of all rows; None for what says itself how long it is, and for colours that are not known here."""
    packed = image.get("/Filter")
    if packed is not None and {str(f) for f in (packed if isinstance(packed, Array) else [packed])} - PLAIN:
        return None
    if image.get("/ImageMask") is True:
        samples, bits = 1, 1
    else:
        samples, bits = _samples(image.get("/ColorSpace")), _whole(image, "/BitsPerComponent")
    if not samples or bits not in (1, 2, 4, 8, 16):
        return None
    across, down = _whole(image, "/Width"), _whole(image, "/Height")
    size = -(-across * bits * samples // 8) * down
    return size if 0 < size < MOST else None


def _table_size(function: Stream) -> int | None:
    """Bytes of the samples of a function."""
    sizes, ends = function.get("/Size"), function.get("/Range")
    if function.get("/FunctionType") != 0 or not isinstance(sizes, Array) or not isinstance(ends, Array):
        return None
    bits = _whole(function, "/BitsPerSample") * (len(ends) // 2)
    for size in sizes:
        bits *= size if isinstance(size, int) else 0
    return -(-bits // 8) or None


def _vertex_size(shading: Stream) -> int | None:
    """Bytes of one vertex of a mesh of triangles (shadings of type 4 and 5)."""
    kind = _whole(shading, "/ShadingType")
    if kind not in (4, 5):
        return None
    samples = 1 if "/Function" in shading else _samples(shading.get("/ColorSpace"))
    flag, place, colour = (_whole(shading, f"/BitsPer{n}") for n in ("Flag", "Coordinate", "Component"))
    if not (samples and place and colour):
        return None
    return -(-((flag if kind == 4 else 0) + 2 * place + samples * colour) // 8)


def _samples(space: Any) -> int:
    """Samples of a colour; 0 when this is not sure."""
    listed = isinstance(space, Array) and len(space) > 1
    try:
        kind = str(space[0] if listed else space)
    except UnicodeDecodeError:  # a name of nobody's
        return 0
    if listed and kind == "/ICCBased":
        count = _whole(space[1], "/N")
        return count if count in (1, 3, 4) else 0
    return len(space[1]) if listed and kind == "/DeviceN" else SAMPLES.get(kind, 0)


def _whole(item: Any, key: str) -> int:
    value = item.get(key)
    return value if isinstance(value, int) else 0
