"""Four ways to read the letters of a page: PDFium, pdfminer.six, pypdf and poppler. Each may see what others miss."""
from __future__ import annotations

import contextlib
import functools
import html
import logging
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import LIT, literal_name
from pdfminer.utils import apply_matrix_pt
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
)

from redaction.pdf.geometry import Box
from redaction.pdf.verification.tokens import Makers, operations

for _name in ("pdfminer", "pypdf"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

POPPLER_SECONDS = 300
MIDDLE = 0.3
"""Height of the middle of a letter above its line, in font sizes."""
GAP, NARROWEST = 1.1, 0.55
"""Letters further apart than this many advances, or font sizes where those are smaller, have a space between them."""
SPACE = 32
VALUE = r'="([\d.e+-]+)"'
WORD = re.compile(rf"<word xMin{VALUE} yMin{VALUE} xMax{VALUE} yMax{VALUE}>(.*?)</word>", re.S)
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)


@dataclass(frozen=True)
class Reading:
    """What one route reads on a page: running text and, where the route knows places, letters or words with a point."""

    text: str
    places: tuple[tuple[str, float, float], ...] = ()
    """(text, x, y of its middle) in user space."""

    @functools.cached_property
    def points(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The places as two rows, x and y."""
        return np.array([(x, y) for _, x, y in self.places], float).reshape(-1, 2).T

    def within(self, box: Box) -> list[tuple[str, float, float]]:
        """The places in a box, its edges included."""
        x, y = self.points
        found = np.flatnonzero((box[0] <= x) & (x <= box[2]) & (box[1] <= y) & (y <= box[3]))
        return [self.places[i] for i in found]


class _Collector(PDFTextDevice):  # type: ignore[misc]  # pdfminer has no types
    """Notes each glyph's text and middle, without laying out the page."""

    def __init__(self, manager: Any) -> None:
        super().__init__(manager)
        self.parts: list[str] = []
        self.places: list[tuple[str, float, float]] = []
        self.glyphs: dict[Any, dict[int, tuple[str, float]]] = {}
        """Text and width of the glyphs of each font of the page so far."""

    def begin_page(self, page: Any, ctm: Any) -> None:
        self.parts, self.places, self.glyphs = [], [], {}

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        super().render_string(textstate, seq, ncs, graphicstate)
        self.parts.append("\n")

    def render_string_horizontal(self, seq: Any, matrix: Any, pos: Any, font: Any, fontsize: float, scaling: float,
                                 charspace: float, wordspace: float, rise: float, dxscale: float,
                                 ncs: Any, graphicstate: Any) -> tuple[float, float]:  # fmt: skip
        """As the library does, but for a whole string at once: this is where most of the time goes."""
        x, y = pos
        a, b, c, d, e, f = matrix
        level = y + rise + MIDDLE * fontsize
        right, up = c * level + e, d * level + f
        parts, places = self.parts, self.places
        glyphs = self.glyphs.setdefault(font, {})
        least = NARROWEST * abs(fontsize * a)
        spaced = False
        for piece in seq:
            if isinstance(piece, int | float):
                x -= piece * dxscale
                spaced = True
            elif isinstance(piece, bytes):
                for cid in font.decode(piece):
                    text, width = glyphs.get(cid) or self._glyph(font, cid)
                    advance = width * fontsize * scaling
                    if spaced:
                        x += charspace
                    middle = x + advance / 2
                    px, py = a * middle + right, b * middle + up
                    if places and parts and parts[-1] != "\n":
                        _, qx, qy = places[-1]
                        if abs(px - qx) + abs(py - qy) > GAP * max(abs(advance), least):
                            parts.append(" ")
                    parts.append(text)
                    places.append((text, px, py))
                    x += advance
                    if cid == SPACE and wordspace:
                        x += wordspace
                    spaced = True
        return x, y

    def render_char(self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any,
                    graphicstate: Any) -> float:  # fmt: skip
        """A glyph of a string that runs down."""
        text, width = self._glyph(font, cid)
        advance = width * fontsize * scaling
        x, y = apply_matrix_pt(matrix, (advance / 2, rise + MIDDLE * fontsize))
        if self.places and self.parts and self.parts[-1] != "\n":
            _, px, py = self.places[-1]
            if abs(x - px) + abs(y - py) > GAP * max(abs(advance), NARROWEST * abs(fontsize * matrix[0])):
                self.parts.append(" ")
        self.parts.append(text)
        self.places.append((text, x, y))
        return advance

    def _glyph(self, font: Any, cid: int) -> tuple[str, float]:
        try:
            text = font.to_unichr(cid)
        except Exception:  # a glyph without a character: its code still counts as a place
            text = "\ufffd"
        found = text, float(font.char_width(cid))
        self.glyphs.setdefault(font, {})[cid] = found
        return found


class _Interpreter(PDFPageInterpreter):  # type: ignore[misc]  # pdfminer has no types
    """pdfminer's interpreter, which gets the operators of ordinary content at one go."""

    def execute(self, streams: Any) -> None:
        listed = [stream_value(s) for s in streams]
        known = {s.objid for s in listed}
        found = None
        if None not in known and not known & self.parent_stream_ids:
            found = operations(b"\n".join(s.get_data() for s in listed), PDFMINER)
        if found is None:
            super().execute(streams)
            return
        self.stream_ids.clear()
        self.stream_ids.update(known)
        for operands, operator in found:
            self.argstack.extend(operands)
            work = getattr(self, _method(operator), None)
            if work is None:
                continue
            count = work.__code__.co_argcount - 1
            if not count:
                work()
            elif len(given := self.pop(count)) == count:
                work(*given)


@functools.cache
def _method(operator: bytes) -> str:
    return "do_" + operator.decode("ascii").replace("*", "_a").replace('"', "_w").replace("'", "_q")


PDFMINER = Makers(int, float, bytes, lambda name: LIT(name[1:].decode("ascii")), list,
                  lambda pairs: {literal_name(k): v for k, v in pairs})  # fmt: skip


def by_pdfminer(path: Path, pages: set[int]) -> Iterator[tuple[int, Reading]]:
    """Readings of the pages by pdfminer.six, with the middle of each glyph."""
    manager = PDFResourceManager()
    device = _Collector(manager)
    with path.open("rb") as stream:
        document = PDFDocument(PDFParser(stream))
        for index, page in enumerate(PDFPage.create_pages(document)):
            if index not in pages:
                continue
            page.rotate, page.mediabox = 0, (0.0, 0.0, 0.0, 0.0)  # so that places are those of user space
            _Interpreter(manager, device).process_page(page)
            yield index, Reading("".join(device.parts), tuple(device.places))


CONTENTS = NameObject("/Contents")


class _Content(ContentStream):
    """pypdf's content of a page, which is split at one go where it is ordinary."""

    @property  # type: ignore[misc]  # nobody sets them here
    def operations(self) -> list[tuple[Any, bytes]]:
        found = operations(self.get_data(), PYPDF)
        return super().operations if found is None else found


PYPDF = Makers(NumberObject, FloatObject, ByteStringObject, lambda name: NameObject(name.decode("ascii")), ArrayObject,
               lambda pairs: DictionaryObject(dict(pairs)))  # fmt: skip


def by_pypdf(path: Path, pages: set[int]) -> Iterator[tuple[int, Reading]]:
    """Readings of the pages by pypdf: text alone."""
    reader = pypdf.PdfReader(path, strict=False)
    for index in sorted(pages):
        if index < len(reader.pages):
            page = reader.pages[index]
            before = page.get(CONTENTS)
            with contextlib.suppress(AttributeError, KeyError):  # no content: the library makes nothing of it
                page[CONTENTS] = _Content(before, reader, "bytes")
            yield index, Reading(page.extract_text())
            if before is not None:  # so that what was split is not kept for a whole file
                page[CONTENTS] = before


@functools.cache
def poppler_version() -> str | None:
    """Version of pdftotext, None where it is not installed."""
    if shutil.which("pdftotext") is None:
        return None
    found = subprocess.run(["pdftotext", "-v"], capture_output=True, text=True, timeout=20, check=False)
    match = re.search(r"version ([\d.]+)", found.stderr)
    return match.group(1) if match else "onbekend"


def by_poppler(path: Path, crops: dict[int, tuple[Box, int]]) -> Iterator[tuple[int, Reading]]:
    """Readings by poppler's pdftotext with the middle of each word; `crops` gives visible box and rotation of pages."""
    if not crops:
        return
    command = ["pdftotext", "-bbox", "-cropbox", "-f", str(min(crops) + 1), "-l", str(max(crops) + 1), str(path), "-"]
    done = subprocess.run(command, capture_output=True, timeout=POPPLER_SECONDS, check=True)
    output = done.stdout.decode("utf-8", "replace")
    for number, match in enumerate(PAGE.finditer(output), start=min(crops)):
        if number not in crops:
            continue
        places = tuple(_word(w, *crops[number]) for w in WORD.finditer(match.group(3)))
        yield number, Reading(" ".join(w[0] for w in places), places)


def _word(match: re.Match[str], crop: Box, rotation: int) -> tuple[str, float, float]:
    x0, y0, x1, y1, text = match.groups()
    x, y = _unrotated((float(x0) + float(x1)) / 2, (float(y0) + float(y1)) / 2, crop, rotation)
    return html.unescape(text), x, y


def _unrotated(x: float, y: float, crop: Box, rotation: int) -> tuple[float, float]:
    """User-space point of a point on the rotated page with its origin top-left."""
    if rotation == 90:
        return crop[0] + y, crop[1] + x
    if rotation == 180:
        return crop[2] - x, crop[1] + y
    if rotation == 270:
        return crop[2] - y, crop[3] - x
    return crop[0] + x, crop[3] - y
