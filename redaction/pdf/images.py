"""Pixels under a box are painted over in the image itself; the rest of it stays sample for sample as it was."""
from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from redaction.pdf.content import NotUnderstood
from redaction.pdf.fonts import number
from redaction.pdf.geometry import Box, Matrix, bounds, clip, multiply, quad, within
from redaction.pdf.imagefiles import ImageFile, inline_stream, read_image, write_flate
from redaction.pdf.samples import Region, Samples, regions
from redaction.pdf.strips import Move, move_strips

COARSE = 0.5
"""Pixels per point below which an image is enlarged first, so that a whole pixel outside a box is not lost."""
MOST_ENLARGED = 4_000_000
MASKS = {"/SMask", "/SMaskInData", "/Mask"}
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
            read = read_image(stream)
            if not moves and not MASKS & set(stream.keys()) and _finer(read.samples, ctm) > 1:
                return self._patched(stream, read, ctm, boxes)
            return self._blanked(stream, read, ctm, boxes, moves)
        except NotUnderstood:
            raise
        except Exception as error:  # decoders raise anything; the page then becomes an image
            raise NotUnderstood(f"afbeelding niet te lezen ({type(error).__name__})") from error

    def _blanked(
        self, source: Stream, read: ImageFile, ctm: Matrix, boxes: list[Box], moves: Sequence[Move]
    ) -> Object:
        samples = _painted(read, ctm, boxes, moves, fill=_unpainted(source), mixed=_mixed(source, read.samples))
        made = self._object(source, read, samples)
        self._masks(source, made, read, ctm, boxes, moves)
        return made

    def _patched(self, source: Stream, read: ImageFile, ctm: Matrix, boxes: list[Box]) -> Object:
        """A coarse image as it was, but with finer pictures over the pixels that lie partly under a box.

        Viewers draw a coarse image pixel by pixel, and smooth it when it is made finer.
        """
        fill = _unpainted(source)
        spots = regions(read.samples.width, read.samples.height, ctm, boxes)
        finer = [(self._patch(source, read, spot, ctm, boxes), spot) for spot in spots]
        _paint(read.samples, ctm, boxes, fill=fill, mixed=_mixed(source, read.samples))
        images = Dictionary(Im=self._object(source, read, read.samples))
        content = b"/Im Do\n"
        for number_of, (patch, spot) in enumerate(finer):
            name = f"/Im{number_of}"
            images[name] = patch
            place = " ".join(f"{v:.9f}" for v in _place(spot, read.samples))
            content += f"q {place} cm {name} Do Q\n".encode()
        form = Stream(self.pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([-1, -1, 2, 2]))
        form["/Resources"] = Dictionary(XObject=images)
        return self.pdf.make_indirect(form)

    def _patch(self, source: Stream, whole: ImageFile, spot: Region, ctm: Matrix, boxes: list[Box]) -> Object:
        """The pixels of one region, made finer, without what lies under the boxes."""
        read = ImageFile(whole.samples.cut(spot), whole.write)
        matrix, mixed = multiply(_place(spot, whole.samples), ctm), _mixed(source, read.samples)
        samples = _painted(read, matrix, boxes, (), fill=_unpainted(source), mixed=mixed)
        made = self._object(source, read, samples)
        if "/StructParent" in made:
            del made["/StructParent"]
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
            made["/Mask"] = self._blanked(hard, read_image(hard), ctm, boxes, moves)
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
    finer = _finer(samples, ctm)
    if finer > 1 and samples.width * samples.height * finer * finer < MOST_ENLARGED:
        samples = samples.enlarged(math.ceil(finer))
    _paint(samples, ctm, boxes, fill=fill, mixed=mixed)
    move_strips(samples, ctm, moves, mixed=mixed)
    return samples


def _finer(samples: Samples, ctm: Matrix) -> float:
    """How many times finer an image must be drawn for its pixels to be small enough."""
    return COARSE * max(math.hypot(ctm[0], ctm[1]) / samples.width, math.hypot(ctm[2], ctm[3]) / samples.height)


def _paint(samples: Samples, ctm: Matrix, boxes: list[Box], *, fill: int | None, mixed: bool) -> None:
    for region in regions(samples.width, samples.height, ctm, boxes):
        if fill is not None:
            samples.fill(region, fill)
        else:
            samples.cover(region, mixed=mixed)


def _place(region: Region, samples: Samples) -> Matrix:
    """Matrix that puts the unit square on a region of the unit square of an image."""
    wide, high = samples.width, samples.height
    across, up = (region.right - region.left) / wide, (region.bottom - region.top) / high
    return (across, 0.0, 0.0, up, region.left / wide, 1 - region.bottom / high)


def _unpainted(source: Stream) -> int | None:
    """The value of a stencil that paints nothing; None for other images."""
    return (0 if _inverted(source) else 1) if source.get("/ImageMask") is True else None


def _mixed(source: Stream, samples: Samples) -> bool:
    """Whether the middle of two sample values has a colour between theirs."""
    space = source.get("/ColorSpace")
    return samples.bits > 1 and not (isinstance(space, Array) and len(space) and space[0] == "/Indexed")


def _inverted(source: Stream) -> bool:
    decode = source.get("/Decode")
    return isinstance(decode, Array) and len(decode) > 1 and number(decode[0]) > number(decode[1])
