"""The look of a note whose text stands on the page itself (FreeText), from its /DA and /Contents, as viewers draw it.

Only when all of it can be drawn, in letters of WinAnsiEncoding and within its rectangle: what would be cut off could be
read by nobody and would still be there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name

from redaction.pdf.fonts import number
from redaction.pdf.fontwidths import measured_widths
from redaction.pdf.geometry import Box, normal

UNSEEN = 2 | 32
"""Flags of a note that is hidden or not for the screen."""
SIZE = 12.0
"""Points of letters for which /DA says none."""
LEADINGS = (1.15, 1.0)
"""Font sizes from one line to the next: the first with which all lines fit."""
ASCENT, DESCENT = 0.93, 0.22
"""Font sizes that letters stand above and hang below their line."""
FONT = re.compile(r"/(\S+)\s+(\d*\.?\d+)\s+Tf")
COLOUR = re.compile(r"((?:\d*\.?\d+\s+){1,4})(g|rg|k)(?![A-Za-z])")
FAMILIES = {"cour": ("Courier", "Oblique", ""), "ti": ("Times", "Italic", "Roman"), "": ("Helvetica", "Oblique", "")}
"""How names of fonts in /DA begin, and the standard font that is meant, with its slanted and its upright style."""
ACROSS = {1: 0.5, 2: 1.0}
"""Share of the white of a line that stands before it (/Q)."""


@dataclass(frozen=True)
class Written:
    """Operators that draw a note in page coordinates, and the font that they call /F."""

    body: str
    font: Dictionary


def contents_of(note: Dictionary) -> str:
    """What a note says."""
    try:
        return str(note.get("/Contents", ""))
    except (UnicodeDecodeError, ValueError):
        return ""


def written(note: Dictionary, width: float) -> Written | None:
    """The look of a note with a border of this width (points); None where it cannot be drawn whole."""
    style, rect = str(note.get("/DA", "")), note.get("/Rect")
    seen = not int(number(note.get("/F"))) & UNSEEN
    if not seen or "/DA" not in note or not isinstance(rect, Array) or len(rect) != 4:
        return None
    named = FONT.search(style)
    size = float(named[2]) if named and float(named[2]) else SIZE
    font = _font(named[1] if named else "")
    box, margin = normal([number(v) for v in rect]), 2 * width
    lines = _lines(contents_of(note), font, size, box[2] - box[0] - 2 * margin)
    leading = _leading(lines, box[3] - box[1] - 2 * margin, size)
    if not lines or leading is None:
        return None
    return Written(_ground(note, box, width, style) + _text(note, lines, (box, margin, size, leading), style), font)


def _font(name: str) -> Dictionary:
    begin = next(key for key in FAMILIES if name.lower().startswith(key))
    family, slanted, upright = FAMILIES[begin]
    bold, italic = "bo" in name.lower()[2:], bool(re.search("it|ob|bi", name.lower()[2:]))
    look = ("Bold" if bold else "") + (slanted if italic else "") or upright
    base = f"/{family}{'-' if look else ''}{look}"
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(base), Encoding=Name.WinAnsiEncoding)


Line = tuple[bytes, float]
"""The codes of a line and its width in points."""


def _lines(text: str, font: Dictionary, size: float, room: float) -> list[Line]:
    """The text in lines that are no wider than the room; none when there is a letter or a word without room."""
    widths = measured_widths(font)
    found: list[Line] = []
    for paragraph in re.split(r"\r\n|\r|\n", text.strip()):
        line, wide = b"", 0.0
        for word in paragraph.split():
            try:
                codes = word.encode("cp1252")
            except UnicodeEncodeError:
                return []
            more = sum(widths[c] for c in codes) * size / 1000
            if more > room:
                return []
            space = widths[32] * size / 1000 if line else 0.0
            if line and wide + space + more > room:
                found.append((line, wide))
                line, wide, space = b"", 0.0, 0.0
            line, wide = line + (b" " if line else b"") + codes, wide + space + more
        found.append((line, wide))
    return found if any(line for line, _ in found) else []


def _leading(lines: list[Line], room: float, size: float) -> float | None:
    """Points from line to line with which they all have room."""
    fitting = (f * size for f in LEADINGS if (len(lines) - 1) * f * size + (ASCENT + DESCENT) * size <= room)
    return next(fitting, None)


def _ground(note: Dictionary, box: Box, width: float, style: str) -> str:
    """The rectangle behind the text, and its border in the colour of the text."""
    x0, y0, x1, y1 = box
    values = note.get("/C")
    fill = " ".join(f"{number(v):.4f}" for v in values) if isinstance(values, Array) else ""
    filled = {1: "g", 3: "rg", 4: "k"}.get(len(fill.split()))
    colour = COLOUR.search(style)
    stroke = f"{colour[1]}{colour[2].upper()}" if colour else "0 G"
    paint = ("B" if width else "f") if filled else ("S" if width else "n")
    shape = f"{x0 + width / 2:.4f} {y0 + width / 2:.4f} {x1 - x0 - width:.4f} {y1 - y0 - width:.4f} re"
    return f"{fill} {filled}\n" * bool(filled) + f"{stroke} {width} w {shape} {paint}\n"


def _text(note: Dictionary, lines: list[Line], frame: tuple[Box, float, float, float], style: str) -> str:
    (x0, _, x1, y1), margin, size, leading = frame
    colour = COLOUR.search(style)
    shown = f"BT\n{colour[0] if colour else '0 g'}\n/F {size} Tf\n"
    for at, (line, wide) in enumerate(lines):
        x = x0 + margin + ACROSS.get(int(number(note.get("/Q"))), 0.0) * (x1 - x0 - 2 * margin - wide)
        y = y1 - margin - ASCENT * size - at * leading
        shown += f"1 0 0 1 {x:.4f} {y:.4f} Tm <{line.hex()}> Tj\n"
    return shown + "ET\n"
