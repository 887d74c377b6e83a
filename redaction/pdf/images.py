"""Pixels under a box are painted over in the image itself, before it is encoded again."""
from __future__ import annotations

import io
import math
import zlib
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Object, Stream
from PIL import Image, ImageDraw

from redaction.pdf.content import NotUnderstood
from redaction.pdf.fonts import number
from redaction.pdf.geometry import Box, Matrix, apply, bounds, clip, invert, quad, within
from redaction.pdf.pdfium import LOCK

FINE = 2.0
"""Pixels per point below which an image is enlarged first, so that a whole pixel outside a box is not lost."""
MOST_ENLARGED = 4_000_000
MOST_PIXELS = 60_000_000
JPEG_QUALITY = 90
KEPT_KEYS = ("/StructParent", "/Interpolate", "/Intent")

Image.MAX_IMAGE_PIXELS = None  # every image is measured against MOST_PIXELS before it is decoded


class ImageEditor:
    """Makes copies of images without the pixels under boxes."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf

    def covered(self, ctm: Matrix, boxes: list[Box]) -> list[Box]:
        """The boxes that share area with an image painted into the unit square of `ctm`."""
        corners = quad(ctm, 0, 0, 1, 1)
        return [b for b in boxes if clip(corners, b)]

    def wholly_covered(self, ctm: Matrix, boxes: list[Box]) -> bool:
        """Whether one of the boxes hides the whole image."""
        place = bounds(quad(ctm, 0, 0, 1, 1))
        return any(within(place, b, 0.01) for b in boxes)

    def blanked(self, source: Any, ctm: Matrix, boxes: list[Box]) -> Object:
        """New image object without the pixels under the boxes; raises NotUnderstood when it cannot be decoded."""
        try:
            if isinstance(source, Stream):
                return self._blanked_stream(source, ctm, boxes)
            return self._blanked_inline(source, ctm, boxes)
        except NotUnderstood:
            raise
        except Exception as error:  # decoders raise anything; the page then becomes an image
            raise NotUnderstood(f"afbeelding niet te lezen ({type(error).__name__})") from error

    def _blanked_inline(self, source: Any, ctm: Matrix, boxes: list[Box]) -> Object:
        if bool(source.image_mask):
            size = (int(source.width), int(source.height))
            stencil = Image.frombytes("1", size, bytes(source.read_bytes()))
            ranges = [number(v) for v in (source.decode_array or (0, 1))]
            return self._stencil_stream(stencil, ctm, boxes, ranges)
        return self._encode(_paint(source.as_pil_image(), ctm, boxes), lossy=False)

    def _blanked_stream(self, source: Stream, ctm: Matrix, boxes: list[Box]) -> Object:
        width, height = int(source["/Width"]), int(source["/Height"])
        if width * height > MOST_PIXELS:
            raise NotUnderstood("afbeelding te groot")
        if bool(source.get("/ImageMask", False)):
            ranges = [number(v) for v in source.get("/Decode", [0, 1])]
            return self._stencil_stream(_stencil(source, width, height), ctm, boxes, ranges)
        picture = decode(source)
        filters = str(source.get("/Filter", ""))
        lossy = "/DCTDecode" in filters or "/JPXDecode" in filters
        found = self._encode(_paint(picture, ctm, boxes), lossy=lossy)
        self._copy_colour(source, found, picture.mode)
        self._copy_masks(source, found, ctm, boxes)
        for key in KEPT_KEYS:
            if key in source:
                found[key] = source[key]
        return found

    def _copy_colour(self, source: Stream, target: Object, mode: str) -> None:
        space = source.get("/ColorSpace")
        if not isinstance(space, Array) or int(number(source.get("/BitsPerComponent"), 8)) != 8:
            return
        if space[0] in ("/ICCBased", "/CalRGB", "/CalGray") and str(target["/ColorSpace"]) == _device_space(mode):
            target["/ColorSpace"] = space

    def _copy_masks(self, source: Stream, target: Object, ctm: Matrix, boxes: list[Box]) -> None:
        soft, hard = source.get("/SMask"), source.get("/Mask")
        if isinstance(soft, Stream):
            picture = decode(soft).convert("L")
            found = self._encode(_paint(picture, ctm, boxes, fill=255), lossy=False)
            target["/SMask"] = found
        elif int(number(source.get("/SMaskInData"))):
            raise NotUnderstood("afbeelding met eigen doorzichtigheid")
        if isinstance(hard, Stream):
            target["/Mask"] = self._blanked_stream(hard, ctm, boxes)
        elif isinstance(hard, Array):
            raise NotUnderstood("afbeelding met een doorzichtige kleur")

    def _stencil_stream(self, stencil: Image.Image, ctm: Matrix, boxes: list[Box], ranges: list[float]) -> Object:
        transparent = 255 if ranges[0] == 0 else 0
        found = self._encode(_paint(stencil, ctm, boxes, fill=transparent), lossy=False)
        del found["/ColorSpace"]
        found["/ImageMask"] = True
        found["/Decode"] = Array([int(v) for v in ranges])
        return found

    def _encode(self, picture: Image.Image, *, lossy: bool) -> Object:
        return image_object(self.pdf, picture, lossy=lossy)


def decode(source: Stream) -> Image.Image:
    """Picture of an image XObject, by Pillow or else by PDFium (JBIG2 and other rare filters)."""
    try:
        picture: Image.Image = pikepdf.PdfImage(source).as_pil_image()
        return picture
    except Exception:  # the decoder is missing or refuses; PDFium has its own
        return _decode_by_pdfium(source)


def _decode_by_pdfium(source: Stream) -> Image.Image:
    """The image alone on a page of a file of its own, and its pixels as PDFium decodes them."""
    single = pikepdf.new()
    page = single.add_blank_page(page_size=(100, 100))
    alone = single.copy_foreign(source)
    for key in ("/SMask", "/Mask"):
        if key in alone:
            del alone[key]
    page.obj["/Resources"] = Dictionary(XObject=Dictionary(Im=alone))
    page.obj["/Contents"] = Stream(single, b"q 100 0 0 100 0 0 cm /Im Do Q")
    buffer = io.BytesIO()
    single.save(buffer)
    with LOCK:
        document = pdfium.PdfDocument(buffer.getvalue())
        try:
            item = next(iter(document[0].get_objects()))
            picture: Image.Image = item.get_bitmap(render=False).to_pil()
            return picture.convert("1") if int(number(source.get("/BitsPerComponent"), 8)) == 1 else picture.copy()
        finally:
            document.close()


def image_object(pdf: pikepdf.Pdf, picture: Image.Image, *, lossy: bool, quality: int = JPEG_QUALITY) -> Object:
    """Image XObject of a picture, as JPEG when `lossy` and the mode allows it."""
    if picture.mode not in ("1", "L", "RGB", "CMYK"):
        picture = picture.convert("RGB")
    lossy = lossy and picture.mode != "1"
    if lossy:
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=quality)
        found = Stream(pdf, buffer.getvalue(), Filter=Name.DCTDecode)
    elif picture.mode == "1" and (packed := _group4(picture)) is not None:
        data, ones = packed
        found = Stream(pdf, data, Filter=Name.CCITTFaxDecode)
        found["/DecodeParms"] = Dictionary(K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=ones)
    else:
        found = Stream(pdf, zlib.compress(picture.tobytes(), 6), Filter=Name.FlateDecode)
    found["/Type"], found["/Subtype"] = Name.XObject, Name.Image
    found["/Width"], found["/Height"] = picture.size
    found["/BitsPerComponent"] = 1 if picture.mode == "1" else 8
    found["/ColorSpace"] = Name(_device_space(picture.mode))
    if lossy and picture.mode == "CMYK":
        found["/Decode"] = Array([1, 0] * 4)
    return pdf.make_indirect(found)


def _group4(picture: Image.Image) -> tuple[bytes, bool] | None:
    """CCITT group 4 data of a picture in black and white, and whether its black runs are ones.

    None where Pillow was built without it.
    """
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


def _device_space(mode: str) -> str:
    return {"1": "/DeviceGray", "L": "/DeviceGray", "CMYK": "/DeviceCMYK"}.get(mode, "/DeviceRGB")


def _stencil(source: Stream, width: int, height: int) -> Image.Image:
    try:
        data = source.read_bytes(pikepdf.StreamDecodeLevel.all)
        return Image.frombytes("1", (width, height), data)
    except Exception:  # CCITT and JBIG2 need another decoder
        return decode(source).convert("1")


def _paint(picture: Image.Image, ctm: Matrix, boxes: list[Box], fill: Any = None) -> Image.Image:
    """Copy of the picture with the boxes painted: black, or `fill`."""
    if picture.mode in ("P", "RGBA", "PA"):
        picture = picture.convert("RGB")
    elif picture.mode in ("LA", "I;16", "I", "F"):
        picture = picture.convert("L")
    else:
        picture = picture.copy()
    finer = FINE * max(math.hypot(ctm[0], ctm[1]) / picture.width, math.hypot(ctm[2], ctm[3]) / picture.height)
    if finer > 1 and picture.width * picture.height * finer * finer < MOST_ENLARGED:
        size = (math.ceil(picture.width * finer), math.ceil(picture.height * finer))
        picture = picture.resize(size, Image.Resampling.NEAREST)
    if fill is None:
        fill = (0, 0, 0, 255) if picture.mode == "CMYK" else 0
    width, height = picture.size
    draw = ImageDraw.Draw(picture)
    back = invert(ctm)
    for x0, y0, x1, y1 in boxes:
        corners = [apply(back, x, y) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
        pixels = [(x * width, (1 - y) * height) for x, y in corners]
        left, top, right, bottom = bounds(pixels)
        if right < 0 or bottom < 0 or left > width or top > height:
            continue
        if (abs(back[1]) < 1e-9 and abs(back[2]) < 1e-9) or (abs(back[0]) < 1e-9 and abs(back[3]) < 1e-9):
            edges = (math.floor(left), math.floor(top), math.ceil(right) - 1, math.ceil(bottom) - 1)
            x0_, y0_ = max(edges[0], 0), max(edges[1], 0)
            draw.rectangle((x0_, y0_, max(edges[2], x0_), max(edges[3], y0_)), fill=fill)
        else:
            draw.polygon(pixels, fill=fill, outline=fill)
    return picture


def strip_metadata(source: Stream) -> bool:
    """Drop EXIF, XMP, comments and thumbnails from a JPEG image, without decoding it; whether anything went."""
    if source.get("/Filter") not in ("/DCTDecode", Name.DCTDecode):
        return False
    data = source.read_raw_bytes()
    clean = _strip_jpeg(data)
    if clean is None or len(clean) == len(data):
        return False
    keep = {k: source[k] for k in ("/DecodeParms",) if k in source}
    source.write(clean, filter=Name.DCTDecode, decode_parms=keep.get("/DecodeParms"))
    return True


def _strip_jpeg(data: bytes) -> bytes | None:
    """The JPEG without APP1, APP3 to APP13, APP15 and COM segments (JFIF, ICC and Adobe's colour marker stay)."""
    if data[:2] != b"\xff\xd8":
        return None
    out, i = bytearray(b"\xff\xd8"), 2
    while i + 4 <= len(data) and data[i] == 0xFF:
        marker = data[i + 1]
        if marker == 0xFF:
            i += 1
            continue
        if marker == 0xDA:
            end = data.rfind(b"\xff\xd9")
            return bytes(out) + data[i : end + 2 if end > i else len(data)]
        size = int.from_bytes(data[i + 2 : i + 4], "big") + 2
        keep = marker in (0xE0, 0xE2, 0xEE) or not (0xE0 <= marker <= 0xEF or marker == 0xFE)
        segment = data[i : i + size]
        if marker == 0xE0 and segment[4:9] != b"JFIF\0":
            keep = False
        if marker == 0xE0 and keep:
            segment = segment[:2] + b"\x00\x10" + segment[4:16] + b"\x00\x00"  # without the thumbnail
        if keep:
            out += segment
        i += size
    return None

