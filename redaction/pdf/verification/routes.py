"""Four ways to read the letters of a page: PDFium, pdfminer.six, pypdf and poppler. Each may see what others miss."""
from __future__ import annotations

import html
import logging
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import apply_matrix_pt

from redaction.pdf.geometry import Box

for _name in ("pdfminer", "pypdf"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

POPPLER_SECONDS = 300
VALUE = r'="([\d.e+-]+)"'
WORD = re.compile(rf"<word xMin{VALUE} yMin{VALUE} xMax{VALUE} yMax{VALUE}>(.*?)</word>", re.S)
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)


@dataclass(frozen=True)
class Reading:
    """What one route reads on a page: running text and, where the route knows places, letters or words with a point."""

    text: str
    places: tuple[tuple[str, float, float], ...] = ()
    """(text, x, y of its middle) in user space."""


class _Collector(PDFTextDevice):  # type: ignore[misc]  # pdfminer has no types
    """Notes each glyph's text and middle, without laying out the page."""

    def __init__(self, manager: Any) -> None:
        super().__init__(manager)
        self.parts: list[str] = []
        self.places: list[tuple[str, float, float]] = []

    def begin_page(self, page: Any, ctm: Any) -> None:
        self.parts, self.places = [], []

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self._end: tuple[float, float] | None = None
        super().render_string(textstate, seq, ncs, graphicstate)
        self.parts.append("\n")

    def render_char(self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any,
                    graphicstate: Any) -> float:  # fmt: skip
        try:
            text = font.to_unichr(cid)
        except Exception:  # a glyph without a character: its code still counts as a place
            text = "�"
        advance = float(font.char_width(cid) * fontsize * scaling)
        x, y = apply_matrix_pt(matrix, (advance / 2, rise + 0.3 * fontsize))
        if self.places and self.parts and self.parts[-1] != "\n":
            _, px, py = self.places[-1]
            if abs(x - px) + abs(y - py) > 1.1 * max(abs(advance), 0.55 * abs(fontsize * matrix[0])):
                self.parts.append(" ")
        self.parts.append(text)
        self.places.append((text, x, y))
        return advance


def by_pdfminer(path: Path, pages: set[int]) -> Iterator[tuple[int, Reading]]:
    """Readings of the pages by pdfminer.six, with the middle of each glyph."""
    manager = PDFResourceManager()
    device = _Collector(manager)
    with path.open("rb") as stream:
        document = PDFDocument(PDFParser(stream))
        for index, page in enumerate(PDFPage.create_pages(document)):
            if index not in pages:
                continue
            page.rotate = 0
            x0, y0 = page.mediabox[0], page.mediabox[1]
            PDFPageInterpreter(manager, device).process_page(page)
            places = tuple((t, x + x0, y + y0) for t, x, y in device.places)
            yield index, Reading("".join(device.parts), places)


def by_pypdf(path: Path, pages: set[int]) -> Iterator[tuple[int, Reading]]:
    """Readings of the pages by pypdf: text alone."""
    reader = pypdf.PdfReader(path, strict=False)
    for index in sorted(pages):
        if index < len(reader.pages):
            yield index, Reading(reader.pages[index].extract_text())


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
    x0, y0, x1, y1 = (float(v) for v in match.groups()[:4])
    x, y = _unrotated((x0 + x1) / 2, (y0 + y1) / 2, crop, rotation)
    return html.unescape(match.group(5)), x, y


def _unrotated(x: float, y: float, crop: Box, rotation: int) -> tuple[float, float]:
    """User-space point of a point on the rotated page with its origin top-left."""
    if rotation == 90:
        return crop[0] + y, crop[1] + x
    if rotation == 180:
        return crop[2] - x, crop[1] + y
    if rotation == 270:
        return crop[2] - y, crop[3] - x
    return crop[0] + x, crop[3] - y

