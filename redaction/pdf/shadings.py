"""Shadings with a drawing in them (meshes, functions of two numbers) under a box: they become pictures without it.

The points of a mesh and the samples of a function may spell anything, also where a clip hides them. A shading along a
line or between circles says one colour for a whole stroke across the page, so that what a box hides of it stands beside
the box too: those stay.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Object, Operator, Stream

from redaction.pdf.content import NotUnderstood, PathUse
from redaction.pdf.fonts import number
from redaction.pdf.geometry import IDENTITY, Box, Matrix, bounds, intersection, invert, multiply, quad, touches_any
from redaction.pdf.imagefiles import write_flate
from redaction.pdf.images import ImageEditor
from redaction.pdf.paths import FILLED, STROKED
from redaction.pdf.pdfium import LOCK
from redaction.pdf.samples import Samples

FUNCTION, MESH = 1, 4
"""Shadings of this type, and of this type and higher, hold a drawing (ISO 32000-2, table 76)."""
DPI = 200
MOST_PIXELS = 6_000_000
WHOLE = 255


@dataclass(frozen=True)
class Drawn:
    """A shading at one place: `matrix` maps its co-ordinates to the page, where it shows in `area` at most."""

    shading: Any
    matrix: Matrix
    area: Box
    background: bool = False
    """Whether its background fills the area outside the figures, as it does in patterns."""


def holds_drawing(shading: Any) -> bool:
    """Whether a shading is made of points or samples of its own."""
    kind = int(number(shading.get("/ShadingType"))) if isinstance(shading, Dictionary | Stream) else 0
    return kind == FUNCTION or kind >= MESH


def place_of(shading: Any, matrix: Matrix) -> Box:
    """Where the figures of such a shading lie on the page at most."""
    if int(number(shading.get("/ShadingType"))) == FUNCTION:
        x0, x1, y0, y1 = _numbers(shading.get("/Domain"), 4) or (0.0, 1.0, 0.0, 1.0)
        matrix = multiply(matrix_of(shading.get("/Matrix")), matrix)
    else:
        x0, x1, y0, y1 = _numbers(shading.get("/Decode"), 4) or (0.0, 0.0, 0.0, 0.0)
    return bounds(quad(matrix, x0, y0, x1, y1))


def matrix_of(values: Any) -> Matrix:
    """A matrix of six numbers; the identity for anything else."""
    given = _numbers(values, 6)
    return (given[0], given[1], given[2], given[3], given[4], given[5]) if len(given) == 6 else IDENTITY


def picture_of(pdf: pikepdf.Pdf, images: ImageEditor, drawn: Drawn, boxes: list[Box]) -> tuple[Object, Matrix] | None:
    """The shading as an image without what lies in the boxes, and its matrix to the page; None where nothing shows.

    Raises NotUnderstood when PDFium does not draw it.
    """
    area = drawn.area
    if not drawn.background:
        area = intersection(area, place_of(drawn.shading, drawn.matrix))
    if "/BBox" in drawn.shading:
        area = intersection(area, bounds(quad(drawn.matrix, *_numbers(drawn.shading["/BBox"], 4))))
    wide, high = area[2] - area[0], area[3] - area[1]
    if wide <= 0 or high <= 0:
        return None
    scale = min(DPI / 72, (MOST_PIXELS / (wide * high)) ** 0.5)
    pixels = _rendered(pdf, drawn, area, scale)
    made = _image(pdf, pixels)
    matrix = (wide, 0.0, 0.0, high, area[0], area[1])
    covered = images.covered(matrix, boxes)
    return (images.blanked(made, matrix, covered, Dictionary()) if covered else made), matrix


def drawn_by(path: PathUse, base: Matrix, boxes: list[Box], visible: Box) -> Drawn | None:
    """The shading with a drawing under a box that fills the path; `base` is the matrix of the stream.

    Also when the path itself lies beside the boxes: its pattern holds all of the drawing. Raises NotUnderstood for an
    outline in such a shading.
    """
    paint = path.paint
    found = None
    for pattern, painting in ((paint.fill_pattern, FILLED), (paint.stroke_pattern, STROKED)):
        used = isinstance(pattern, Dictionary) and path.operator in painting
        shading: Any = pattern.get("/Shading") if used else None
        if not holds_drawing(shading):
            continue
        matrix = multiply(matrix_of(pattern.get("/Matrix")), base)
        if not touches_any(place_of(shading, matrix), boxes):
            continue
        if pattern is paint.stroke_pattern or path.clips:
            raise NotUnderstood("lijn met een kleurverloop dat een beeld kan zijn")
        found = Drawn(shading, matrix, intersection(path.box, visible), background="/Background" in shading)
    return found


def painted(name: str, matrix: Matrix, ctm: Matrix) -> list[ContentStreamInstruction]:
    """Operators that paint the image under this name where `ctm` is in force."""
    try:
        to_place = [round(v, 6) for v in multiply(matrix, invert(ctm))]
    except ZeroDivisionError as error:
        raise NotUnderstood("kleurverloop zonder oppervlak") from error
    steps: tuple[tuple[str, list[Any]], ...] = (("q", []), ("cm", to_place), ("Do", [Name(name)]), ("Q", []))
    return [ContentStreamInstruction(operands, Operator(operator)) for operator, operands in steps]


def _rendered(pdf: pikepdf.Pdf, drawn: Drawn, area: Box, scale: float) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Red, green, blue and opacity of the shading in an area of the page, by PDFium."""
    single = pikepdf.new()
    wide, high = area[2] - area[0], area[3] - area[1]
    page = single.add_blank_page(page_size=(wide, high))
    source = drawn.shading
    copy = single.copy_foreign(source if source.is_indirect else pdf.make_indirect(source))
    if not drawn.background and "/Background" in copy:
        del copy["/Background"]
    placed = multiply(drawn.matrix, (1.0, 0.0, 0.0, 1.0, -area[0], -area[1]))
    pattern = Dictionary(Type=Name.Pattern, PatternType=2, Shading=copy, Matrix=Array([round(v, 8) for v in placed]))
    page.obj["/Resources"] = Dictionary(Pattern=Dictionary(P=pattern))
    page.obj["/Contents"] = Stream(single, f"/Pattern cs /P scn 0 0 {wide:.6f} {high:.6f} re f".encode())
    buffer = io.BytesIO()
    single.save(buffer)
    with LOCK:
        document = pdfium.PdfDocument(buffer.getvalue())
        try:
            bitmap = document[0].render(scale=scale, fill_color=(0, 0, 0, 0), rev_byteorder=True, maybe_alpha=True)
            pixels = np.asarray(bitmap.to_numpy()).copy()
        finally:
            document.close()
    if pixels.ndim != 3 or pixels.shape[2] != 4:
        raise NotUnderstood("kleurverloop dat een beeld kan zijn")
    return pixels


def _image(pdf: pikepdf.Pdf, pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> Object:
    made = _part(pdf, pixels[:, :, :3], Name.DeviceRGB)
    if pixels[:, :, 3].min() < WHOLE:
        made["/SMask"] = _part(pdf, pixels[:, :, 3], Name.DeviceGray)
    return made


def _part(pdf: pikepdf.Pdf, values: np.ndarray[Any, np.dtype[np.uint8]], space: Name) -> Object:
    high, wide = values.shape[:2]
    count = values.shape[2] if values.ndim == 3 else 1
    stream = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Image, Width=wide, Height=high, BitsPerComponent=8)
    stream["/ColorSpace"] = space
    write_flate(stream, Samples.from_bytes(np.ascontiguousarray(values).tobytes(), wide, high, 8, count))
    return pdf.make_indirect(stream)


def _numbers(values: Any, count: int) -> list[float]:
    listed = [number(v) for v in values] if isinstance(values, Array) else []
    return listed[:count] if len(listed) >= count else []
