"""Attacks in images and in what image files carry along (rows 7 and 8)."""
from __future__ import annotations

import io
import zlib
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageCms, ImageDraw, ImageFont

from redaction.pdf.labels import FONT_FILE
from tests.unit.pdf.attacks.page import (
    SECRET,
    SHOWN,
    Attack,
    add_beside,
    add_content,
    content,
    document,
    form,
)


def picture(mode: str = "L", size: tuple[int, int] = (600, 160)) -> Image.Image:
    """The secret in large letters in the middle, to be placed at 160, 680 over 150 by 40 points."""
    image = Image.new("L", size, 255)
    font = ImageFont.truetype(str(FONT_FILE), size[1] // 3)
    ImageDraw.Draw(image).text((size[0] * 0.27, size[1] * 0.32), SECRET, fill=0, font=font)
    return image.convert(mode)


PLACED = b"q 150 0 0 40 160 684 cm /Im Do Q\n"


def image_stream(pdf: pikepdf.Pdf, image: Image.Image, *, jpeg: bool = False, comment: bytes = b"") -> Stream:
    if jpeg:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=90, comment=comment)
        made = Stream(pdf, buffer.getvalue(), Filter=Name.DCTDecode)
    else:
        made = Stream(pdf, zlib.compress(image.tobytes()), Filter=Name.FlateDecode)
    made["/Type"], made["/Subtype"], made["/Width"], made["/Height"] = Name.XObject, Name.Image, *image.size
    made["/BitsPerComponent"] = 1 if image.mode == "1" else 8
    made["/ColorSpace"] = Name.DeviceRGB if image.mode == "RGB" else Name.DeviceGray
    return made


@content(7)
def image_partly(visible: bool) -> pikepdf.Pdf:
    return document(PLACED, XObject=lambda pdf: {"Im": pdf.make_indirect(image_stream(pdf, picture()))})


@content(7)
def image_jpeg(visible: bool) -> pikepdf.Pdf:
    return document(PLACED, XObject=lambda p: {"Im": p.make_indirect(image_stream(p, picture("RGB"), jpeg=True))})


@content(7)
def image_stencil(visible: bool) -> pikepdf.Pdf:
    def stencil(pdf: pikepdf.Pdf) -> dict[str, Any]:
        made = image_stream(pdf, picture("1"))
        del made["/ColorSpace"]
        made["/ImageMask"] = True
        return {"Im": pdf.make_indirect(made)}

    return document(b"0 g " + PLACED, XObject=stencil)


@content(7)
def image_soft_mask(visible: bool) -> pikepdf.Pdf:
    def masked(pdf: pikepdf.Pdf) -> dict[str, Any]:
        made = image_stream(pdf, Image.new("L", (60, 16), 0))
        negative = picture().point(lambda v: 255 - v)
        made["/SMask"] = pdf.make_indirect(image_stream(pdf, negative))
        return {"Im": pdf.make_indirect(made)}

    return document(PLACED, XObject=masked)


@content(7)
def image_inline(visible: bool) -> pikepdf.Pdf:
    data = picture("L", (150, 40)).tobytes()
    head = b"q 150 0 0 40 160 684 cm BI /W 150 /H 40 /CS /G /BPC 8 /F /AHx ID "
    return document(head + data.hex().encode() + b"> EI Q\n")


def shown(make: Any) -> Attack:
    """The picture that `make(pdf)` gives, in the usual place."""
    return lambda visible: document(PLACED, XObject=lambda pdf: {"Im": pdf.make_indirect(make(pdf))})


def _with(**entries: Any) -> Any:
    def make(pdf: pikepdf.Pdf) -> Stream:
        made = image_stream(pdf, picture())
        for key, value in entries.items():
            made[f"/{key}"] = value(pdf) if callable(value) else value
        return made

    return make


def _stencil_of(pdf: pikepdf.Pdf) -> Any:
    made = image_stream(pdf, picture("1"))
    del made["/ColorSpace"]
    made["/ImageMask"] = True
    return pdf.make_indirect(made)


def _masked(pdf: pikepdf.Pdf) -> Stream:
    made = image_stream(pdf, Image.new("L", (60, 16), 0))
    made["/Mask"] = _stencil_of(pdf)
    return made


def _alternate(pdf: pikepdf.Pdf) -> Stream:
    made = image_stream(pdf, Image.new("L", (60, 16), 120))
    other = pdf.make_indirect(image_stream(pdf, picture()))
    made["/Alternates"] = Array([Dictionary(Image=other, DefaultForPrinting=True)])
    return made


def _indexed(pdf: pikepdf.Pdf) -> Stream:
    made = image_stream(pdf, picture())
    greys = String(bytes(v for v in range(256) for _ in "rgb"))
    made["/ColorSpace"] = Array([Name.Indexed, Name.DeviceRGB, 255, greys])
    return made


def _lab(pdf: pikepdf.Pdf) -> Stream:
    grey = np.asarray(picture())
    cells = np.stack([grey, np.full_like(grey, 128), np.full_like(grey, 128)], axis=2)
    made = image_stream(pdf, Image.fromarray(cells, "RGB"))
    white = Array([0.9505, 1.0, 1.089])
    made["/ColorSpace"] = Array([Name.Lab, Dictionary(WhitePoint=white, Range=Array([-128, 127, -128, 127]))])
    return made


def _sixteen_bits(pdf: pikepdf.Pdf) -> Stream:
    made = image_stream(pdf, picture())
    made.write(zlib.compress((np.asarray(picture()).astype(">u2") * 257).tobytes()), filter=Name.FlateDecode)
    made["/BitsPerComponent"] = 16
    return made


def _fax(pdf: pikepdf.Pdf) -> Stream:
    buffer = io.BytesIO()
    picture("1").save(buffer, "TIFF", compression="group4", strip_size=2**31 - 1)
    with Image.open(buffer) as made:
        start, size = made.tag_v2[273][0], made.tag_v2[279][0]
        ones = made.tag_v2[262] == 1
    found = image_stream(pdf, picture("1"))
    found.write(
        buffer.getvalue()[start : start + size], filter=Name.CCITTFaxDecode,
        decode_parms=Dictionary(K=-1, Columns=600, Rows=160, BlackIs1=ones),
    )  # fmt: skip
    return found


def _file(kind: str, mode: str, **options: Any) -> Any:
    filters = {"JPEG": Name.DCTDecode, "JPEG2000": Name.JPXDecode}
    spaces = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}

    def make(pdf: pikepdf.Pdf) -> Stream:
        buffer = io.BytesIO()
        picture(mode).save(buffer, kind, **options)
        made = image_stream(pdf, picture())
        made.write(buffer.getvalue(), filter=filters[kind])
        made["/ColorSpace"] = spaces[mode]
        if mode == "CMYK":  # Pillow writes them as Adobe does, with white for all ink
            made["/Decode"] = Array([1, 0] * 4)
        return made

    return make


def _run_lengths(pdf: pikepdf.Pdf) -> Stream:
    data = picture().tobytes()
    packed = b"".join(bytes([127]) + data[i : i + 128] for i in range(0, len(data), 128)) + b"\x80"
    made = image_stream(pdf, picture())
    made.write(packed, filter=Name.RunLengthDecode)
    return made


def _predicted(pdf: pikepdf.Pdf) -> Stream:
    rows = np.asarray(picture())
    data = b"".join(b"\x00" + row.tobytes() for row in rows)
    made = image_stream(pdf, picture())
    parms = Dictionary(Predictor=15, Colors=1, BitsPerComponent=8, Columns=600)
    made.write(zlib.compress(data), filter=Name.FlateDecode, decode_parms=parms)
    return made


PICTURES: dict[str, Any] = {
    "image_explicit_mask": _masked,
    "image_colour_key": _with(Mask=Array([250, 255])),
    "image_negative": _with(Decode=Array([1, 0])),
    "image_indexed": _indexed,
    "image_lab": _lab,
    "image_sixteen_bits": _sixteen_bits,
    "image_fax": _fax,
    "image_cmyk": _file("JPEG", "CMYK", quality=90),
    "image_progressive": _file("JPEG", "RGB", quality=90, progressive=True),
    "image_jpx": _file("JPEG2000", "L"),
    "image_jpx_colour": _file("JPEG2000", "RGB"),
    "image_run_lengths": _run_lengths,
    "image_predicted": _predicted,
}
for _name, _make in PICTURES.items():
    add_content(7, _name, shown(_make))


@content(7)
def image_turned(visible: bool) -> pikepdf.Pdf:
    body = b"q 0 40 -150 0 310 684 cm 0 -1 1 0 0 1 cm /Im Do Q\n"
    return document(body, XObject=lambda pdf: {"Im": pdf.make_indirect(image_stream(pdf, picture()))})


@content(7)
def image_in_form(visible: bool) -> pikepdf.Pdf:
    def holder(pdf: pikepdf.Pdf) -> dict[str, Any]:
        image = pdf.make_indirect(image_stream(pdf, picture()))
        return {"Fm": form(pdf, PLACED, XObject=Dictionary(Im=image))}

    return document(b"/Fm Do\n", XObject=holder)


@content(7)
def image_in_pattern(visible: bool) -> pikepdf.Pdf:
    def tile(pdf: pikepdf.Pdf) -> dict[str, Any]:
        made = Stream(pdf, b"q 150 0 0 40 0 0 cm /Im Do Q")
        made["/Type"], made["/PatternType"], made["/PaintType"], made["/TilingType"] = Name.Pattern, 1, 1, 1
        made["/BBox"], made["/XStep"], made["/YStep"] = Array([0, 0, 150, 40]), 150, 40
        made["/Matrix"] = Array([1, 0, 0, 1, 160, 684])
        image = pdf.make_indirect(image_stream(pdf, picture()))
        made["/Resources"] = Dictionary(XObject=Dictionary(Im=image))
        return {"P1": pdf.make_indirect(made)}

    return document(b"/Pattern cs /P1 scn 160 684 150 40 re f\n", Pattern=tile)


@content(7)
def image_inline_flate(visible: bool) -> pikepdf.Pdf:
    data = zlib.compress(picture("L", (150, 40)).tobytes())
    return document(b"q 150 0 0 40 160 684 cm BI /W 150 /H 40 /CS /G /BPC 8 /F /Fl ID " + data + b"\nEI Q\n")


@content(7)
def image_inline_stencil(visible: bool) -> pikepdf.Pdf:
    data = picture("1", (152, 40)).tobytes()
    return document(b"0 g q 150 0 0 40 160 684 cm BI /W 152 /H 40 /IM true ID " + data + b"\nEI Q\n")


# --- what an image file carries along -------------------------------------------------------------------------------
def photo() -> Image.Image:
    return Image.radial_gradient("L").resize((64, 64)).convert("RGB")


def _carrying(**options: Any) -> Attack:
    """A photo elsewhere on the page, saved as JPEG with options of Pillow; `tail` goes behind its end."""
    tail = options.pop("tail", b"")

    def attack(visible: bool) -> pikepdf.Pdf:
        buffer = io.BytesIO()
        photo().save(buffer, "JPEG", quality=90, **options)

        def image(pdf: pikepdf.Pdf) -> dict[str, Any]:
            made = image_stream(pdf, photo(), jpeg=True)
            made.write(buffer.getvalue() + tail, filter=Name.DCTDecode)
            return {"Im": pdf.make_indirect(made)}

        return document((SHOWN if visible else b"") + b"q 100 0 0 100 72 300 cm /Im Do Q\n", XObject=image)

    return attack


def _exif() -> bytes:
    found = Image.Exif()
    found[0x010E], found[0x013B], found[0x8298] = f"foto van {SECRET}", SECRET, SECRET
    return found.tobytes()


def _profile() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return bytes(profile) + f" gemaakt door {SECRET}".encode()


add_beside(8, "jpeg_exif", _carrying(exif=_exif()))
add_beside(8, "jpeg_xmp", _carrying(xmp=f"<x:xmpmeta><dc:creator>{SECRET}</dc:creator></x:xmpmeta>".encode()))
add_beside(8, "jpeg_profile", _carrying(icc_profile=_profile()))
add_beside(8, "jpeg_tail", _carrying(tail=f"bewerkt door {SECRET}".encode()))


def _jpx(visible: bool) -> pikepdf.Pdf:
    buffer = io.BytesIO()
    photo().save(buffer, "JPEG2000")
    note = f"<xmp>{SECRET}</xmp>".encode()
    data = buffer.getvalue() + (len(note) + 8).to_bytes(4, "big") + b"xml " + note

    def image(pdf: pikepdf.Pdf) -> dict[str, Any]:
        made = image_stream(pdf, photo())
        made.write(data, filter=Name.JPXDecode)
        return {"Im": pdf.make_indirect(made)}

    return document((SHOWN if visible else b"") + b"q 100 0 0 100 72 300 cm /Im Do Q\n", XObject=image)


add_beside(8, "jpx_note", _jpx)
add_beside(7, "image_alternate", lambda visible: _beside_photo(visible, _alternate))


def _beside_photo(visible: bool, make: Any) -> pikepdf.Pdf:
    body = (SHOWN if visible else b"") + b"q 100 0 0 100 72 300 cm /Im Do Q\n"
    return document(body, XObject=lambda pdf: {"Im": pdf.make_indirect(make(pdf))})
