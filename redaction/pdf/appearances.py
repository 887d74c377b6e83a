"""Looks of annotations: drawn for those that have none of their own, and readied to become part of the page.

They are drawn as viewers show them (ISO 32000-2, 12.5.5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from redaction.pdf.fonts import number
from redaction.pdf.freetext import contents_of, written
from redaction.pdf.geometry import Box, bounds, normal, quad, union

YELLOW, BLACK = (1.0, 1.0, 0.0), (0.0, 0.0, 0.0)
ROUND = 0.5523
"""Where the control points of a quarter of a circle lie."""
WAVE = 2.0
"""Width and height in points of the waves of a wavy line."""
ON_TEXT = ("/Highlight", "/Underline", "/StrikeOut", "/Squiggly")
ICON, TIP = 20.0, 4.0
"""Sides in points of the picture of a note, and of the tip of its balloon."""


def add_appearances(pdf: pikepdf.Pdf, may_show: Callable[[str], bool] = lambda text: True) -> None:
    """Give annotations that lack one an appearance stream, unless `may_show` forbids their text.

    Those of fields come from `fieldlooks`.
    """
    for note in _notes(pdf):
        draw = DRAWINGS.get(str(note.get("/Subtype")))
        if "/AP" in note:
            continue
        if draw is not None:
            _add(pdf, note, draw(note))
        elif note.get("/Subtype") == "/FreeText" and may_show(contents_of(note)):
            text = written(note, _width(note))
            if text is not None:
                _add(pdf, note, text.body, Font=Dictionary(F=pdf.make_indirect(text.font)))


def blend_appearances(pdf: pikepdf.Pdf) -> None:
    """Make looks blend with what they lie on, as they do while they are annotations.

    Viewers paint a look straight on the page, and one that highlights so that the text stays to be seen; as a part of
    the page it would be a group of its own, in which its colours blend with nothing.
    """
    for note in _notes(pdf):
        looks = note.get("/AP")
        for holder, key in _looks(looks) if isinstance(looks, Dictionary) else ():
            if "/Group" in holder[key]:
                del holder[key]["/Group"]
            if note.get("/Subtype") == "/Highlight" and not _blends(holder[key]):
                holder[key] = _highlighting(pdf, holder[key])


def _notes(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    for page in pdf.pages:
        listed = page.obj.get("/Annots")
        yield from (note for note in (listed if isinstance(listed, Array) else []) if isinstance(note, Dictionary))


def _looks(looks: Dictionary) -> list[tuple[Dictionary, str]]:
    """Where the usual looks of a note hang: one, or one for each of its states."""
    shown = looks.get("/N")
    if isinstance(shown, Stream):
        return [(looks, "/N")]
    return [(shown, k) for k, v in shown.items() if isinstance(v, Stream)] if isinstance(shown, Dictionary) else []


def _blends(look: Stream) -> bool:
    """Whether a look says itself how its colours blend."""
    resources = look.get("/Resources")
    states = resources.get("/ExtGState") if isinstance(resources, Dictionary) else None
    listed = states.values() if isinstance(states, Dictionary) else ()
    return any(isinstance(s, Dictionary) and s.get("/BM", Name.Normal) != Name.Normal for s in listed)


def _highlighting(pdf: pikepdf.Pdf, look: Stream) -> Stream:
    """The look as one that leaves what is dark below it dark."""
    box, matrix = (look.get(key) for key in ("/BBox", "/Matrix"))
    place = normal([number(v) for v in box]) if isinstance(box, Array) and len(box) == 4 else (0.0, 0.0, 0.0, 0.0)
    if isinstance(matrix, Array) and len(matrix) == 6:
        a, b, c, d, e, f = (number(v) for v in matrix)
        place = bounds(quad((a, b, c, d, e, f), *place))
    made = Stream(pdf, b"/GS gs /Look Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array(place))
    state = Dictionary(Type=Name.ExtGState, BM=Name.Multiply)
    made["/Resources"] = Dictionary(ExtGState=Dictionary(GS=state), XObject=Dictionary(Look=look))
    return pdf.make_indirect(made)


def _add(pdf: pikepdf.Pdf, note: Dictionary, body: str, **resources: Dictionary) -> None:
    if quads := list(_quads(note)):
        note["/Rect"] = Array([round(v, 4) for v in union(quads)])  # the mark lies where its text does
    rect = note.get("/Rect")
    if not isinstance(rect, Array) or len(rect) != 4 or not body:
        return
    state = Dictionary(Type=Name.ExtGState, CA=number(note.get("/CA"), 1.0), ca=number(note.get("/CA"), 1.0))
    if note.get("/Subtype") == "/Highlight":
        state["/BM"] = Name.Multiply
    form = Stream(pdf, b"/GS gs\n" + body.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=rect)
    form["/Resources"] = Dictionary(ExtGState=Dictionary(GS=state), **resources)
    note["/AP"] = Dictionary(N=pdf.make_indirect(form))


def _colour(values: Any, letters: tuple[str, str, str], default: tuple[float, ...] | None) -> str:
    """The operator that sets a colour of one, three or four components; `letters` are those for each."""
    parts = [number(v) for v in values] if isinstance(values, Array) else list(default or ())
    operator = dict(zip((1, 3, 4), letters, strict=True)).get(len(parts))
    return f"{' '.join(f'{p:.4f}' for p in parts)} {operator}\n" if operator else ""


def _fill(values: Any, default: tuple[float, ...] | None = None) -> str:
    return _colour(values, ("g", "rg", "k"), default)


def _stroke(values: Any, default: tuple[float, ...] | None = None) -> str:
    return _colour(values, ("G", "RG", "K"), default)


def _quads(note: Dictionary) -> Iterator[Box]:
    """The rectangles of text that a mark lies on."""
    listed = note.get("/QuadPoints") if note.get("/Subtype") in ON_TEXT else None
    points = [number(v) for v in listed] if isinstance(listed, Array) else []
    for i in range(0, len(points) - 7, 8):
        yield bounds([(points[i + k], points[i + k + 1]) for k in (0, 2, 4, 6)])


def _width(note: Dictionary) -> float:
    style, border = note.get("/BS"), note.get("/Border")
    if isinstance(style, Dictionary) and "/W" in style:
        return number(style["/W"])
    return number(border[2], 1.0) if isinstance(border, Array) and len(border) > 2 else 1.0


def _highlight(note: Dictionary) -> str:
    areas = "".join(f"{x0} {y0} {x1 - x0} {y1 - y0} re f\n" for x0, y0, x1, y1 in _quads(note))
    return areas and _fill(note.get("/C"), YELLOW) + areas


def _underline(note: Dictionary) -> str:
    lines = "".join(f"{x0} {y0 + 1} m {x1} {y0 + 1} l S\n" for x0, y0, x1, _ in _quads(note))
    return lines and _stroke(note.get("/C"), BLACK) + lines


def _strike_out(note: Dictionary) -> str:
    lines = "".join(f"{x0} {(y0 + y1) / 2} m {x1} {(y0 + y1) / 2} l S\n" for x0, y0, x1, y1 in _quads(note))
    return lines and _stroke(note.get("/C"), BLACK) + lines


def _squiggly(note: Dictionary) -> str:
    lines = ""
    for x0, y0, x1, _ in _quads(note):
        count = int((x1 - x0) / WAVE)
        points = [f"{x0 + i * WAVE} {y0 + WAVE * (i % 2 == 0)} l" for i in range(1, count + 1)]
        lines += f"{x0} {y0 + WAVE} m {' '.join(points)} S\n"
    return lines and _stroke(note.get("/C"), BLACK) + lines


def _painted(note: Dictionary, outline: Callable[[Box], str]) -> str:
    """A shape in the rectangle of the note, filled, stroked or both."""
    width = _width(note)
    x0, y0, x1, y1 = normal([number(v) for v in note.get("/Rect", [0, 0, 0, 0])])
    fill, stroke = _fill(note.get("/IC")), _stroke(note.get("/C"), BLACK) if width > 0 else ""
    if not fill and not stroke:
        return ""
    shape = outline((x0 + width / 2, y0 + width / 2, x1 - width / 2, y1 - width / 2))
    return f"{fill}{stroke}{width} w\n{shape} {'B' if fill and stroke else 'f' if fill else 'S'}\n"


def _rectangle(box: Box) -> str:
    return f"{box[0]} {box[1]} {box[2] - box[0]} {box[3] - box[1]} re"


def _ellipse(box: Box) -> str:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    a, b = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    c, d = a * ROUND, b * ROUND
    return (
        f"{x - a} {y} m {x - a} {y + d} {x - c} {y + b} {x} {y + b} c {x + c} {y + b} {x + a} {y + d} {x + a} {y} c "
        f"{x + a} {y - d} {x + c} {y - b} {x} {y - b} c {x - c} {y - b} {x - a} {y - d} {x - a} {y} c h"
    )


def _ink(note: Dictionary) -> str:
    listed, lines = note.get("/InkList"), ""
    for stroke in listed if isinstance(listed, Array) else []:
        points = [number(v) for v in stroke] if isinstance(stroke, Array) else []
        places = [f"{points[i]} {points[i + 1]} {'l' if i else 'm'}" for i in range(0, len(points) - 1, 2)]
        lines += f"{' '.join(places)} S\n" if places else ""
    width = _width(note)
    return f"{_stroke(note.get('/C'), BLACK)}{width} w\n{lines}" if lines and width > 0 else ""


def _balloon(note: Dictionary) -> str:
    """The picture that stands where somebody left a note."""
    x, y = ([number(v) for v in note.get("/Rect", [])] + [0.0, 0.0])[:2]  # also when written from top to bottom
    note["/Rect"] = Array([x, y, x + ICON, y + ICON])
    left, right, low, high = x + 0.5, x + ICON - 0.5, y + 0.5 + TIP, y + ICON - 0.5
    tip = [(left + 2 * TIP, low), (left + 1.5 * TIP, low - TIP), (left + TIP, low), (left, low)]
    outline = [(left, high), (right, high), (right, low), *tip]
    balloon = f"{left} {low} m " + " ".join(f"{a} {b} l" for a, b in outline)
    lines = [high - i * (high - low) / 4 for i in (1, 2, 3)]
    text = " ".join(f"{left + 2} {line} m {right - 2} {line} l" for line in lines)
    return f"{_fill(None, YELLOW)}{_stroke(None, BLACK)}1 w\n{balloon} {text} B*\n"


DRAWINGS: dict[str, Callable[[Dictionary], str]] = {
    "/Highlight": _highlight,
    "/Underline": _underline,
    "/StrikeOut": _strike_out,
    "/Squiggly": _squiggly,
    "/Square": lambda note: _painted(note, _rectangle),
    "/Circle": lambda note: _painted(note, _ellipse),
    "/Ink": _ink,
    "/Text": _balloon,
}
