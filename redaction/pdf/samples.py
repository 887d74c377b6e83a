"""The samples of an image as they are stored: painted over where a box lies, with no colour ever interpreted."""
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from redaction.pdf.geometry import Box, Matrix, apply, bounds, invert

RING = 3
"""Pixels around a region that its fill is taken from."""
BANDS = 8
Grid = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Region:
    """Pixels from (left, top) up to (right, bottom); of a turned box only those in `mask` (rows by columns)."""

    left: int
    top: int
    right: int
    bottom: int
    mask: Grid | None = None


@dataclass
class Samples:
    """Packed rows of samples: `bits` (1, 2, 4, 8 or 16) for each of the `channels` of a pixel, rows padded to bytes."""

    width: int
    height: int
    bits: int
    channels: int
    rows: Grid

    @classmethod
    def from_bytes(cls, data: bytes, width: int, height: int, bits: int, channels: int) -> Samples:
        """Samples of decoded image data; what a damaged image lacks is zero."""
        stride = row_bytes(width, bits, channels)
        rows = np.zeros(stride * height, np.uint8)
        given = np.frombuffer(data, np.uint8)[: len(rows)]
        rows[: len(given)] = given
        return cls(width, height, bits, channels, rows.reshape(height, stride))

    def to_bytes(self) -> bytes:
        """The packed rows one after the other."""
        return self.rows.tobytes()

    def enlarged(self, times: int) -> Samples:
        """Every pixel repeated `times` times in both directions."""
        pixels = self.pixels(0, self.height).repeat(times, axis=0).repeat(times, axis=1)
        stride = row_bytes(self.width * times, self.bits, self.channels)
        rows = np.zeros((self.height * times, stride), np.uint8)
        larger = Samples(self.width * times, self.height * times, self.bits, self.channels, rows)
        larger.put(0, pixels)
        return larger

    def cut(self, region: Region) -> Samples:
        """The samples of the smallest upright rectangle around a region."""
        pixels = self.pixels(region.top, region.bottom)[:, region.left : region.right]
        high, wide = pixels.shape[:2]
        rows = np.zeros((high, row_bytes(wide, self.bits, self.channels)), np.uint8)
        part = Samples(wide, high, self.bits, self.channels, rows)
        part.put(0, pixels)
        return part

    def bands(self, size: int) -> Samples:
        """About so many bytes of them, in bands of rows from top to bottom; all where there are not more."""
        high = size // max(1, BANDS * self.rows.shape[1])
        if self.rows.nbytes <= size or not high:
            return self
        tops = np.linspace(0, self.height - high, BANDS).astype(int).tolist()
        rows = np.concatenate([self.rows[top : top + high] for top in tops])
        return Samples(self.width, len(rows), self.bits, self.channels, rows)

    def fill(self, region: Region, value: int) -> None:
        """Give every sample of the region one value."""
        band = self.pixels(region.top, region.bottom)
        window = band[:, region.left : region.right]
        window[region.mask if region.mask is not None else slice(None)] = value
        self.put(region.top, band)

    def cover(self, region: Region, *, mixed: bool) -> None:
        """Give the whole region one colour, that of what lies around it.

        Black would spoil what stands beside the region: lossy compression spreads an edge, and a pixel that is half
        under a box goes whole. `mixed` says that the middle of two sample values lies between their colours; else the
        commonest value is taken.
        """
        top, bottom = max(0, region.top - RING), min(self.height, region.bottom + RING)
        left, right = max(0, region.left - RING), min(self.width, region.right + RING)
        band = self.pixels(top, bottom)
        inside = np.zeros((bottom - top, right - left), bool)
        shape = region.mask if region.mask is not None else True
        inside[region.top - top : region.bottom - top, region.left - left : region.right - left] = shape
        window = band[:, left:right]
        around = window[~inside]
        if len(around):
            window[inside] = np.median(around, axis=0) if mixed else _commonest(around)
        else:
            window[inside] = 0
        self.put(top, band)

    def bare(self, region: Region) -> None:
        """Leave nothing of the region but its paper: the value that most of it has."""
        band = self.pixels(region.top, region.bottom)
        window = band[:, region.left : region.right]
        window[:] = self.paper(window)
        self.put(region.top, band)

    def paper(self, pixels: Grid) -> Grid:
        """The value that most of some pixels have."""
        flat = pixels.reshape(-1, self.channels)
        paper: Grid = np.median(flat, axis=0) if self.bits >= 8 else _commonest(flat)
        return paper

    def pixels(self, top: int, bottom: int) -> Grid:
        """Rows as an array of (rows, width, channels)."""
        rows = self.rows[top:bottom]
        count = self.width * self.channels
        values: Grid
        if self.bits == 16:
            values = rows.view(">u2").astype(np.uint16)
        elif self.bits == 8:
            values = rows
        else:
            single = np.unpackbits(rows, axis=1).reshape(len(rows), -1, self.bits)
            weights = (1 << np.arange(self.bits)[::-1]).astype(np.uint8)
            values = single[:, :, 0] if self.bits == 1 else (single * weights).sum(axis=2, dtype=np.uint8)
        return values[:, :count].reshape(len(rows), self.width, self.channels).copy()

    def put(self, top: int, pixels: Grid) -> None:
        """Write rows as `pixels` gives them."""
        flat = pixels.reshape(len(pixels), -1)
        packed: Grid
        if self.bits == 16:
            packed = flat.astype(">u2").view(np.uint8)
        elif self.bits == 8:
            packed = flat
        else:
            shifts = np.arange(self.bits)[::-1].astype(np.uint8)
            single = (flat[:, :, None] >> shifts & 1).reshape(len(flat), -1) if self.bits > 1 else flat
            packed = np.packbits(single, axis=1)
        self.rows[top : top + len(flat), : packed.shape[1]] = packed


def row_bytes(width: int, bits: int, channels: int) -> int:
    """Bytes of one row."""
    return (width * bits * channels + 7) // 8


def regions(width: int, height: int, ctm: Matrix, boxes: list[Box]) -> list[Region]:
    """The pixels that boxes (user space) touch of an image of this size painted into the unit square of `ctm`."""
    back = invert(ctm)
    found = []
    for x0, y0, x1, y1 in boxes:
        corners = [apply(back, x, y) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
        pixels = [(x * width, (1 - y) * height) for x, y in corners]
        low_x, low_y, high_x, high_y = bounds(pixels)
        left, top = max(0, math.floor(low_x + 1e-3)), max(0, math.floor(low_y + 1e-3))
        right, bottom = min(width, math.ceil(high_x - 1e-3)), min(height, math.ceil(high_y - 1e-3))
        if right <= left or bottom <= top:
            continue
        level = (abs(back[1]) < 1e-9 and abs(back[2]) < 1e-9) or (abs(back[0]) < 1e-9 and abs(back[3]) < 1e-9)
        mask = None if level else _polygon([(x - left, y - top) for x, y in pixels], right - left, bottom - top)
        found.append(Region(left, top, right, bottom, mask))
    return found


def _polygon(corners: list[tuple[float, float]], width: int, height: int) -> Grid:
    picture = Image.new("1", (width, height))
    ImageDraw.Draw(picture).polygon(corners, fill=1, outline=1, width=2)
    return np.asarray(picture, bool)


def _commonest(pixels: Grid) -> Grid:
    found, counts = np.unique(pixels, axis=0, return_counts=True)
    commonest: Grid = found[counts.argmax()]
    return commonest
