"""Image data of a PDF as samples, and back: as far as can be in the way it was stored (ISO 32000-2, 7.4 and 8.9)."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Object, Stream
from PIL import Image, JpegImagePlugin

from redaction.pdf.content import NotUnderstood
from redaction.pdf.fonts import number
from redaction.pdf.pdfium import LOCK
from redaction.pdf.samples import Samples, row_bytes

MOST_BYTES = 250_000_000
"""Larger images are not taken apart."""
MOST_PIXELS = 100_000_000
"""The same for compressions that are decoded by a picture library."""
MOST_HARD = 4_000_000
"""Bytes of samples up to which they are compressed as hard as can be."""
MOST_TRIED = 4_000_000
"""Bytes of samples on which every way to pack them is tried: all, or of a larger image bands from top to bottom."""
MOST_TRIED_BILEVEL = 200_000
"""The same for black and white."""
QUICK = 6
"""How hard to compress what is only tried, or large: the hardest way takes seconds for a photograph."""
JPEG_QUALITY = 90
NOISE = 48
"""Decibels of a JPEG 2000 image that is written again: what is lost cannot be seen."""
DEVICE = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4, "/CalCMYK": 4}
MODES = {1: "L", 3: "RGB", 4: "CMYK"}

Image.MAX_IMAGE_PIXELS = None  # every image is measured against MOST_PIXELS before it is decoded


@dataclass
class ImageFile:
    """Decoded samples, and how to write them into a stream again."""

    samples: Samples
    write: Callable[[Stream, Samples], None]
    alpha: Samples | None = None
    """Transparency that the data itself holds (JPEG 2000)."""


def read_image(source: Stream) -> ImageFile:
    """Samples of an image XObject; raises NotUnderstood or whatever a decoder raises."""
    width, height = int(source["/Width"]), int(source["/Height"])
    filters = filters_of(source)
    last = filters[-1] if filters else ""
    if width * height > (MOST_PIXELS if last else MOST_BYTES) and last in ("/DCTDecode", "/JPXDecode"):
        raise NotUnderstood("afbeelding te groot")
    if last == "/DCTDecode":
        return _read_jpeg(_without_last_filter(source, filters), source.get("/DecodeParms"))
    if last == "/JPXDecode":
        return _read_jpx(_without_last_filter(source, filters))
    bits = 1 if source.get("/ImageMask") is True else int(number(source.get("/BitsPerComponent"), 8))
    if last in ("/CCITTFaxDecode", "/JBIG2Decode"):
        if width * height > MOST_PIXELS:
            raise NotUnderstood("afbeelding te groot")
        return ImageFile(_read_bilevel(source, width, height), write_bilevel)
    count = channels(source.get("/ColorSpace"))
    if bits not in (1, 2, 4, 8, 16) or row_bytes(width, bits, count) * height > MOST_BYTES:
        raise NotUnderstood("afbeelding te groot")
    data = source.read_bytes(pikepdf.StreamDecodeLevel.specialized)
    return ImageFile(Samples.from_bytes(data, width, height, bits, count), write_flate)


def inline_stream(pdf: pikepdf.Pdf, source: Any, resources: Dictionary | None) -> Stream:
    """The inline image as an image object of its own; `resources` name its colour space."""
    given = dict(source.obj.items())
    named, spaces = given.get("/ColorSpace"), resources.get("/ColorSpace") if resources is not None else None
    if isinstance(named, Name) and isinstance(spaces, Dictionary) and str(named) in spaces:
        given["/ColorSpace"] = spaces[str(named)]
    return Stream(pdf, source.read_raw_bytes(), Dictionary(given))


def channels(space: Any) -> int:
    """Number of samples of a pixel in a colour space; 1 when there is none (a stencil)."""
    if isinstance(space, Array) and len(space):
        kind = str(space[0])
        if kind == "/ICCBased":
            return int(number(space[1].get("/N"), 3))
        if kind == "/DeviceN":
            return len(space[1])
        return DEVICE.get(kind, 1)
    return DEVICE.get(str(space), 1) if space is not None else 1


def filters_of(source: Any) -> list[str]:
    """The ways in which a stream is packed, in the order in which they are undone."""
    given = source.get("/Filter")
    if given is None:
        return []
    return [str(f) for f in given] if isinstance(given, Array) else [str(given)]


def _without_last_filter(source: Stream, filters: list[str]) -> bytes:
    """The data of the image format itself, taken out of what it was packed in once more."""
    raw: bytes = source.read_raw_bytes()
    if len(filters) == 1:
        return raw
    packed = pikepdf.new()
    outer = Stream(packed, raw, Filter=Array([Name(f) for f in filters[:-1]]))
    return bytes(outer.read_bytes())


# JPEG -------------------------------------------------------------------------------------------------------------
def _read_jpeg(data: bytes, parameters: Any) -> ImageFile:
    with Image.open(io.BytesIO(data)) as picture:
        if not isinstance(picture, JpegImagePlugin.JpegImageFile) or picture.width * picture.height > MOST_PIXELS:
            raise NotUnderstood("afbeelding niet te lezen (JPEG)")
        tables = [picture.quantization[layer[3]] for layer in picture.layer[:2]]
        options: dict[str, Any] = {"qtables": tables, "optimize": True}
        stored_as_rgb = picture.info.get("adobe_transform") == 0 or [x[0] for x in picture.layer] == list(b"RGB")
        if picture.mode == "RGB":
            options["subsampling"] = max(0, JpegImagePlugin.get_sampling(picture))
            if stored_as_rgb:
                options["keep_rgb"] = True
            else:
                picture.draft("YCbCr", picture.size)  # as stored, so that nothing is lost on the way to RGB and back
        picture.load()
        mode = picture.mode
        if mode not in ("L", "RGB", "YCbCr", "CMYK"):
            raise NotUnderstood("afbeelding niet te lezen (JPEG)")
        samples = _samples_of(picture)

    def write(stream: Stream, made: Samples) -> None:
        buffer = io.BytesIO()
        _picture_of(made, mode).save(buffer, "JPEG", **options)
        kept = None
        if mode == "YCbCr" and isinstance(parameters, Dictionary) and "/ColorTransform" in parameters:
            kept = Dictionary(ColorTransform=parameters["/ColorTransform"])
        stream.write(buffer.getvalue(), filter=Name.DCTDecode, decode_parms=kept)

    return ImageFile(samples, write)


def _samples_of(picture: Image.Image) -> Samples:
    bands = len(picture.getbands())
    return Samples.from_bytes(picture.tobytes(), picture.width, picture.height, 8, bands)


def _picture_of(samples: Samples, mode: str) -> Image.Image:
    return Image.frombytes(mode, (samples.width, samples.height), samples.to_bytes())


# JPEG 2000 --------------------------------------------------------------------------------------------------------
def _read_jpx(data: bytes) -> ImageFile:
    with Image.open(io.BytesIO(data)) as file:
        if file.width * file.height > MOST_PIXELS:
            raise NotUnderstood("afbeelding te groot")
        file.load()
        picture: Image.Image = file
        alpha = None
        if picture.mode in ("LA", "RGBA"):
            alpha = _samples_of(picture.getchannel("A"))
            picture = picture.convert(picture.mode[:-1])
        if picture.mode not in ("L", "RGB", "YCbCr", "CMYK"):
            raise NotUnderstood("afbeelding niet te lezen (JPEG 2000)")
        samples, mode = _samples_of(picture), picture.mode

    def write(stream: Stream, made: Samples) -> None:
        buffer = io.BytesIO()
        _picture_of(made, mode).save(
            buffer, "JPEG2000", irreversible=True, quality_mode="dB", quality_layers=[NOISE], mct=int(mode == "RGB")
        )
        stream.write(buffer.getvalue(), filter=Name.JPXDecode)
        if "/SMaskInData" in stream:
            del stream["/SMaskInData"]

    return ImageFile(samples, write, alpha)


# black and white --------------------------------------------------------------------------------------------------
def _read_bilevel(source: Stream, width: int, height: int) -> Samples:
    """CCITT and JBIG2 by PDFium: the image alone on a page of a file of its own, in plain grey."""
    single = pikepdf.new()
    page = single.add_blank_page(page_size=(100, 100))
    alone = single.copy_foreign(source)
    for key in ("/SMask", "/Mask", "/Decode", "/ImageMask"):
        if key in alone:
            del alone[key]
    alone["/ColorSpace"], alone["/BitsPerComponent"] = Name.DeviceGray, 1
    page.obj["/Resources"] = Dictionary(XObject=Dictionary(Im=alone))
    page.obj["/Contents"] = Stream(single, b"q 100 0 0 100 0 0 cm /Im Do Q")
    buffer = io.BytesIO()
    single.save(buffer)
    with LOCK:
        document = pdfium.PdfDocument(buffer.getvalue())
        try:
            item = next(iter(document[0].get_objects()))
            picture: Image.Image = item.get_bitmap(render=False).to_pil().convert("L")
        finally:
            document.close()
    if picture.size != (width, height):
        raise NotUnderstood("afbeelding niet te lezen (zwart-wit)")
    rows = np.packbits(np.asarray(picture) > 127, axis=1)
    return Samples(width, height, 1, 1, rows)


def write_bilevel(stream: Stream, samples: Samples) -> None:
    """Write samples of one bit as CCITT group 4 or deflated, whichever is smaller."""
    tried = samples.bands(MOST_TRIED_BILEVEL)
    packed = _group4(_picture_of(tried, "1"))
    if packed is None or len(zlib.compress(tried.to_bytes(), QUICK)) < len(packed[0]):
        stream.write(_plain(samples), filter=Name.FlateDecode)
        return
    packed = packed if tried is samples else _group4(_picture_of(samples, "1"))
    if packed is None:
        raise NotUnderstood("afbeelding niet te schrijven (zwart-wit)")
    data, ones = packed
    parameters = Dictionary(K=-1, Columns=samples.width, Rows=samples.height, BlackIs1=ones)
    stream.write(data, filter=Name.CCITTFaxDecode, decode_parms=parameters)


def _group4(picture: Image.Image) -> tuple[bytes, bool] | None:
    """CCITT group 4 data of a picture in black and white, and whether its black runs are ones."""
    buffer = io.BytesIO()
    try:
        picture.save(buffer, "TIFF", compression="group4", strip_size=2**31 - 1)
        with Image.open(buffer) as made:
            tags = made.tag_v2  # type: ignore[attr-defined]
            starts, sizes = tags[273], tags[279]
            ones = tags[262] == 1
    except (OSError, KeyError, ValueError, TypeError):
        return None
    if len(starts) != 1:
        return None
    return buffer.getvalue()[starts[0] : starts[0] + sizes[0]], ones


# lossless ---------------------------------------------------------------------------------------------------------
def write_flate(stream: Stream, samples: Samples) -> None:
    """Write samples without loss: plain, with the predictors of PNG, or as CCITT group 4, whichever is smallest."""
    if samples.bits == 1 and samples.channels == 1:
        write_bilevel(stream, samples)
        return
    ways = [_plain, _filtered] if samples.bits == 8 and MODES.get(samples.channels) in ("L", "RGB") else [_plain]
    tried = samples.bands(MOST_TRIED)
    made = {way: way(tried) for way in ways}
    way = min(made, key=lambda way: len(made[way]))
    data = made[way] if tried is samples else way(samples)
    parameters = Dictionary(Predictor=15, Colors=samples.channels, BitsPerComponent=8, Columns=samples.width)
    stream.write(data, filter=Name.FlateDecode, decode_parms=parameters if way is _filtered else None)


def _plain(samples: Samples) -> bytes:
    return zlib.compress(samples.to_bytes(), _level(samples))


def _filtered(samples: Samples) -> bytes:
    """With the predictors of PNG."""
    buffer = io.BytesIO()
    _picture_of(samples, MODES[samples.channels]).save(buffer, "PNG", compress_level=_level(samples))
    return _png_data(buffer.getvalue())


def _level(samples: Samples) -> int:
    return 9 if samples.rows.nbytes <= MOST_HARD else QUICK


def _png_data(file: bytes) -> bytes:
    """The image data of a PNG file (its IDAT chunks)."""
    found, at = [], 8
    while at < len(file):
        size = int.from_bytes(file[at : at + 4], "big")
        if file[at + 4 : at + 8] == b"IDAT":
            found.append(file[at + 8 : at + 8 + size])
        at += size + 12
    return b"".join(found)


def image_object(pdf: pikepdf.Pdf, picture: Image.Image, *, quality: int = JPEG_QUALITY) -> Object:
    """Image XObject of a picture in black and white (CCITT), grey (JPEG, or without loss if smaller) or RGB (JPEG)."""
    stream = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Image, Width=picture.width, Height=picture.height)
    if picture.mode == "1":
        rows = np.packbits(np.asarray(picture), axis=1)
        write_bilevel(stream, Samples(picture.width, picture.height, 1, 1, rows))
    else:
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=quality)
        if picture.mode == "L":
            write_flate(stream, _samples_of(picture))
        if picture.mode != "L" or buffer.tell() < len(stream.read_raw_bytes()):
            stream.write(buffer.getvalue(), filter=Name.DCTDecode)
    stream["/BitsPerComponent"] = 1 if picture.mode == "1" else 8
    stream["/ColorSpace"] = Name.DeviceRGB if picture.mode == "RGB" else Name.DeviceGray
    return pdf.make_indirect(stream)
