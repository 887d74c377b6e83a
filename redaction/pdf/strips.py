"""Moves the words of a scan in its own samples: by parts of a pixel, so that none tells where its word stood before."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from redaction.pdf.geometry import Box, Matrix
from redaction.pdf.ink import REACH, SOFT, spread
from redaction.pdf.samples import Region, Samples, regions

PLAIN = 0.12
"""Share of the scale that samples differ from the paper that are made plain paper: grain, and traces of compression."""
AROUND = 2.5
"""Points above and below a line in which such traces go too."""
Grid = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Move:
    """A stretch of a line that goes `by` points to the right."""

    flow: Box
    by: float


@dataclass
class _Strip:
    at: int
    """Its first column."""
    pixels: Grid
    own: Region


def move_strips(samples: Samples, ctm: Matrix, moves: Sequence[Move], *, mixed: bool) -> None:
    """Make the moves in an image painted upright into the unit square of `ctm`.

    `mixed` says that the middle of two sample values lies between their colours; else words go by whole pixels.
    """
    strips: dict[tuple[int, int], list[_Strip]] = {}
    for move in moves:
        for region in regions(samples.width, samples.height, ctm, [move.flow]):
            by = move.by / ctm[0] * samples.width
            strip = _moved(samples, region, by if mixed else round(by))
            strips.setdefault((region.top, region.bottom), []).append(strip)
    for (top, bottom), line in strips.items():
        _write(samples, top, bottom, line, round(AROUND / ctm[3] * samples.height))


def _moved(samples: Samples, region: Region, by: float) -> _Strip:
    """The pixels of a region as they come, with some paper at both sides."""
    pixels = samples.pixels(region.top, region.bottom)[:, region.left : region.right]
    whole = int(np.floor(by))
    room = int(np.ceil(REACH * SOFT)) + 1
    wide = np.broadcast_to(samples.paper(pixels), (len(pixels), region.right - region.left + 2 * room, pixels.shape[2]))
    wide = wide.astype(float)
    wide[:, room:-room] = pixels
    if by != whole or samples.bits >= 8:
        paper = samples.paper(pixels)
        weights = spread(wide.shape[1], by - whole)
        wide = paper + np.einsum("xi,ric->rxc", weights, wide - paper)
    return _Strip(region.left + whole - room, wide, region)


def _write(samples: Samples, top: int, bottom: int, line: list[_Strip], around: int) -> None:
    """Put the strips of one line down on bare paper."""
    first, last = max(0, top - around), min(samples.height, bottom + around)
    band = samples.pixels(first, last)
    left, right = min(s.own.left for s in line), max(s.own.right for s in line)
    left, right = (max(0, min(left, *(s.at for s in line))),
                   min(samples.width, max(right, *(s.at + s.pixels.shape[1] for s in line))))  # fmt: skip
    full = (1 << samples.bits) - 1
    inner = slice(top - first, bottom - first)
    paper = samples.paper(band[inner, left:right])
    part = band[:, left:right]
    traces = (np.abs(part.astype(float) - paper) < PLAIN * full).all(axis=2)
    if samples.bits >= 8:
        part[traces] = paper
    for strip in line:
        band[inner, strip.own.left : strip.own.right] = paper
    for strip in line:
        start, end = max(0, strip.at), min(samples.width, strip.at + strip.pixels.shape[1])
        made = np.rint(strip.pixels[:, start - strip.at : end - strip.at]).clip(0, full)
        inked = (np.abs(made - paper) >= PLAIN * full).any(axis=2)
        band[inner, start:end][inked] = made[inked]
    samples.put(first, band)
