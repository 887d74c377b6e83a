"""Pixels under a box are painted over in the image itself; the rest of it stays sample for sample as it was."""
from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from redaction.pdf.content import NotUnderstood
from redaction.pdf.fonts import number
from redaction.pdf.geometry import Box, Matrix, bounds, clip, quad, within
from redaction.pdf.imagefiles import ImageFile, inline_stream, read_image, write_flate
from redaction.pdf.raster_lines import Move, move_strips
from redaction.pdf.samples import Samples, regions

COARSE = 0.5
"""Pixels per point below which an image is enlarged first, so that a whole pixel outside a box is not lost."""
MOST_ENLARGED = 4_000_000
KEPT_KEYS = (
    "/ColorSpace", "/BitsPerComponent", "/Decode", "/ImageMask", "/StructParent", "/Interpolate", "/Intent", "/Matte",
)  # fmt: skip


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

    def blanked(
        self, source: Any, ctm: Matrix, boxes: list[Box], resources: Dictionary, moves: Sequence[Move] = ()
    ) -> Object:
        """New image object without the pixels under the boxes; raises NotUnderstood when it cannot be decoded.

        `resources` name the colour space of an inline image; after the boxes, the `moves` of a scan's lines are made.
        """
        if moves and (ctm[1] or ctm[2] or ctm[0] <= 0 or ctm[3] <= 0):
            raise NotUnderstood("gedraaide scan waarvan regels moeten schuiven")
        try:
            stream = source if isinstance(source, Stream) else inline_stream(self.pdf, source, resources)
            return self._blanked(stream, ctm, boxes, moves)
        except NotUnderstood:
            raise
        except Exception as error:  # decoders raise anything; the page then becomes an image
            raise NotUnderstood(f"afbeelding niet te lezen ({type(error).__name__})") from error

    def _blanked(self, source: Stream, ctm: Matrix, boxes: list[Box], moves: Sequence[Move]) -> Object:
        read = read_image(source)
        unpainted = None
        if source.get("/ImageMask") is True:
            unpainted = 0 if _inverted(source) else 1
        samples = _painted(read, ctm, boxes, moves, fill=unpainted, mixed=_mixed(source, read.samples))
        made = self._object(source, read, samples)
        self._masks(source, made, read, ctm, boxes, moves)
        return made

    def _object(self, source: Stream, read: ImageFile, samples: Samples) -> Object:
        made = Stream(self.pdf, b"", Type=Name.XObject, Subtype=Name.Image)
        made["/Width"], made["/Height"] = samples.width, samples.height
        for key in KEPT_KEYS:
            if key in source:
                made[key] = source[key]
        read.write(made, samples)
        return self.pdf.make_indirect(made)

    def _masks(
        self, source: Stream, made: Object, read: ImageFile, ctm: Matrix, boxes: list[Box], moves: Sequence[Move]
    ) -> None:
        soft, hard = source.get("/SMask"), source.get("/Mask")
        if isinstance(soft, Stream):
            made["/SMask"] = self._mask(soft, ctm, boxes, moves)
        elif int(number(source.get("/SMaskInData"))) and read.alpha is not None:
            alpha = _painted(ImageFile(read.alpha, write_flate), ctm, boxes, moves)
            mask = Stream(self.pdf, b"", Type=Name.XObject, Subtype=Name.Image, BitsPerComponent=8)
            mask["/Width"], mask["/Height"], mask["/ColorSpace"] = alpha.width, alpha.height, Name.DeviceGray
            write_flate(mask, alpha)
            made["/SMask"] = self.pdf.make_indirect(mask)
        if isinstance(hard, Stream):
            made["/Mask"] = self._blanked(hard, ctm, boxes, moves)
        elif isinstance(hard, Array):
            made["/Mask"] = hard

    def _mask(self, source: Stream, ctm: Matrix, boxes: list[Box], moves: Sequence[Move]) -> Object:
        read = read_image(source)
        return self._object(source, read, _painted(read, ctm, boxes, moves))


def _painted(
    read: ImageFile,
    ctm: Matrix,
    boxes: list[Box],
    moves: Sequence[Move],
    *,
    fill: int | None = None,
    mixed: bool = True,
) -> Samples:
    """The samples with the boxes in one value (`fill`), or in the colour of what lies around them, and lines moved."""
    samples = read.samples
    finer = COARSE * max(math.hypot(ctm[0], ctm[1]) / samples.width, math.hypot(ctm[2], ctm[3]) / samples.height)
    if finer > 1 and samples.width * samples.height * finer * finer < MOST_ENLARGED:
        samples = samples.enlarged(math.ceil(finer))
    for region in regions(samples.width, samples.height, ctm, boxes):
        if fill is not None:
            samples.fill(region, fill)
        else:
            samples.cover(region, mixed=mixed)
    move_strips(samples, ctm, moves)
    return samples


def _mixed(source: Stream, samples: Samples) -> bool:
    """Whether the middle of two sample values has a colour between theirs."""
    space = source.get("/ColorSpace")
    return samples.bits > 1 and not (isinstance(space, Array) and len(space) and space[0] == "/Indexed")


def _inverted(source: Stream) -> bool:
    decode = source.get("/Decode")
    return isinstance(decode, Array) and len(decode) > 1 and number(decode[0]) > number(decode[1])
