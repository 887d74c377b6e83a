"""Attacks in shadings: the secret as the colours of a mesh, or as the samples of a function of two numbers (row 6)."""
from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageDraw, ImageFont

from redaction.pdf.labels import FONT_FILE
from tests.unit.pdf.attacks.page import BOX, SECRET, add_content, content, document

WIDE, HIGH = 160, 40
PLACE = (BOX[0], BOX[2], BOX[1], BOX[3])
Shading = Callable[[pikepdf.Pdf], Any]
WINDOW = b"196 694 80 20 re"


def letters() -> Image.Image:
    """The secret in grey, as large as the box of the plan."""
    picture = Image.new("L", (WIDE, HIGH), 255)
    font = ImageFont.truetype(str(FONT_FILE), 26)
    ImageDraw.Draw(picture).text((4, 4), SECRET, font=font, fill=0)
    return picture


def lattice(pdf: pikepdf.Pdf) -> Any:
    """A mesh with a point for each pixel of the secret."""
    pixels = letters().load()
    assert pixels is not None
    data = bytearray()
    for row in range(HIGH):
        for column in range(WIDE):
            x, y = 65535 * column // (WIDE - 1), 65535 * (HIGH - 1 - row) // (HIGH - 1)
            data += x.to_bytes(2, "big") + y.to_bytes(2, "big") + bytes([pixels[column, row]])
    made = Stream(pdf, bytes(data), ShadingType=5, ColorSpace=Name.DeviceGray, BitsPerCoordinate=16, BitsPerComponent=8)
    made["/VerticesPerRow"], made["/Decode"] = WIDE, Array([*PLACE, 0, 1])
    return pdf.make_indirect(made)


def sampled(pdf: pikepdf.Pdf) -> Any:
    """A shading by a function that has a sample for each pixel of the secret."""
    data = letters().transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes()
    function = Stream(pdf, data, FunctionType=0, BitsPerSample=8)
    function["/Domain"], function["/Range"] = Array(PLACE), Array([0, 1])
    function["/Size"] = Array([WIDE, HIGH])
    made = Dictionary(ShadingType=1, ColorSpace=Name.DeviceGray, Domain=Array(PLACE))
    made["/Function"] = pdf.make_indirect(function)
    return made


@content(6)
def mesh_of_letters(visible: bool) -> pikepdf.Pdf:
    return document(b"/S sh\n", Shading=lambda pdf: {"S": lattice(pdf)})


@content(6)
def function_of_letters(visible: bool) -> pikepdf.Pdf:
    return document(b"q " + WINDOW + b" W n /S sh Q\n", Shading=lambda pdf: {"S": sampled(pdf)})


def coloured(made: Shading, shapes: bytes, visible: bool) -> pikepdf.Pdf:
    """Shapes filled with the secret."""
    fill = b"/Pattern cs /P scn " + shapes + b" f\n"
    return document(fill, Pattern=lambda pdf: {"P": Dictionary(Type=Name.Pattern, PatternType=2, Shading=made(pdf))})


COLOURS: dict[str, tuple[Shading, bytes]] = {
    "mesh_of_letters_as_colour": (lattice, WINDOW),
    "function_of_letters_as_colour": (sampled, WINDOW),
    "mesh_of_letters_shown_beside_the_box": (lattice, WINDOW + b" f 72 300 80 20 re"),
}
"""What the shapes are filled with, and which: the last one elsewhere too, where it shows nothing of the secret."""
for _name, (_made, _shapes) in COLOURS.items():
    add_content(6, _name, partial(coloured, _made, _shapes))
