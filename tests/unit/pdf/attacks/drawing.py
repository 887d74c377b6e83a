"""Attacks in forms, patterns, masks, shapes and layers (rows 5, 6, 9, 22, 23)."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String

from redaction.pdf.labels import FONT_FILE
from tests.unit.pdf.attacks.page import (
    AROUND,
    ELSEWHERE,
    SECRET,
    SHOWN,
    Attack,
    add_beside,
    beside,
    content,
    document,
    form,
    helvetica,
    plain,
)
from tests.unit.pdf.attacks.shadings import HIGH, WIDE, letters


@content(5)
def form_xobject(visible: bool) -> pikepdf.Pdf:
    return document(b"/Fm Do\n", XObject=lambda pdf: {"Fm": form(pdf, SHOWN)})


@content(5)
def nested_form(visible: bool) -> pikepdf.Pdf:
    def inner(pdf: pikepdf.Pdf) -> dict[str, Any]:
        return {"Fm": form(pdf, b"q 1 0 0 1 10 0 cm /In Do Q", XObject=Dictionary(In=form(pdf, SHOWN)))}

    return document(b"q 1 0 0 1 -10 0 cm /Fm Do Q\n", XObject=inner)


@content(5)
def shared_form(visible: bool) -> pikepdf.Pdf:
    pdf = document(b"/Fm Do\n", XObject=lambda pdf: {"Fm": form(pdf, SHOWN + b"BT /F1 12 Tf 72 400 Td (Kop) Tj ET")})
    pdf.pages.append(pdf.pages[0])
    return pdf


@content(6)
def tiling_pattern(visible: bool) -> pikepdf.Pdf:
    def pattern(pdf: pikepdf.Pdf) -> dict[str, Any]:
        tile = Stream(pdf, b"BT /F1 12 Tf 0 4 Td (Zwartkruis) Tj ET")
        tile["/Type"], tile["/PatternType"], tile["/PaintType"], tile["/TilingType"] = Name.Pattern, 1, 1, 1
        tile["/BBox"], tile["/XStep"], tile["/YStep"] = Array([0, 0, 80, 20]), 80, 20
        tile["/Matrix"] = Array([1, 0, 0, 1, 196, 694])
        tile["/Resources"] = Dictionary(Font=Dictionary(F1=helvetica(pdf)))
        return {"P1": pdf.make_indirect(tile)}

    return document(b"/Pattern cs /P1 scn 196 694 80 20 re f\n", Pattern=pattern)


@content(6)
def soft_mask(visible: bool) -> pikepdf.Pdf:
    def state(pdf: pikepdf.Pdf) -> dict[str, Any]:
        group = form(pdf, b"1 g " + SHOWN)
        group["/Group"] = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
        return {"G1": Dictionary(Type=Name.ExtGState, SMask=Dictionary(S=Name.Luminosity, G=group))}

    return document(b"q /G1 gs 0 g 190 690 100 30 re f Q\n", ExtGState=state)


class _Outline(BasePen):  # type: ignore[misc]
    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.parts: list[str] = []

    def _moveTo(self, p: Any) -> None:
        self.parts.append(f"{p[0]:.1f} {p[1]:.1f} m")

    def _lineTo(self, p: Any) -> None:
        self.parts.append(f"{p[0]:.1f} {p[1]:.1f} l")

    def _curveToOne(self, a: Any, b: Any, c: Any) -> None:
        self.parts.append(f"{a[0]:.1f} {a[1]:.1f} {b[0]:.1f} {b[1]:.1f} {c[0]:.1f} {c[1]:.1f} c")

    def _closePath(self) -> None:
        self.parts.append("h")


def outlines() -> bytes:
    """The secret as curves in font units, without painting operator."""
    parts, x = [], 0
    with TTFont(FONT_FILE) as font:
        glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
        for letter in SECRET:
            pen = _Outline(glyphs)
            glyphs[cmap[ord(letter)]].draw(pen)
            parts.append(f"q 1 0 0 1 {x} 0 cm " + " ".join(pen.parts) + " f Q")
            x += glyphs[cmap[ord(letter)]].width
    return "\n".join(parts).encode()


@content(9)
def vector_outlines(visible: bool) -> pikepdf.Pdf:
    return document(b"q 0.006 0 0 0.006 200 700 cm\n" + outlines() + b"\nQ\n")


@content(9)
def vector_crossing(visible: bool) -> pikepdf.Pdf:
    return document(b"q 1 w 150 690 m 205 720 220 680 240 715 c 260 690 270 720 320 705 c S Q\n" + SHOWN)


@content(9)
def painted_clip(visible: bool) -> pikepdf.Pdf:
    """The letters are painted and cut what follows, with one operator each."""
    return document(b"q 0.006 0 0 0.006 200 700 cm\n" + outlines().replace(b" f Q", b" W f Q") + b"\nQ\n")


@content(9)
def clip_of_rectangles(visible: bool) -> pikepdf.Pdf:
    """A window of many rectangles that spell the secret."""
    dots = [(x, y) for y in range(HIGH) for x in range(WIDE) if not letters().getpixel((x, y))]
    window = "\n".join(f"{196 + x / 2} {714 - (y + 1) / 2} .5 .5 re" for x, y in dots)
    return document(b"q " + window.encode() + b" W n 0 g 190 690 100 30 re f Q\n")


# --- what nobody sees on the screen ----------------------------------------------------------------------------------
def layered(visible: bool, body: bytes, *, off: bool, name: str = "laag", membership: bool = False) -> pikepdf.Pdf:
    pdf = plain(visible)
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
    member = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([group]), P=Name.AllOn)) if membership else group
    state = Dictionary(OFF=Array([group])) if off else Dictionary(ON=Array([group]))
    pdf.Root["/OCProperties"] = Dictionary(OCGs=Array([group]), D=state)
    page = pdf.pages[0].obj
    page["/Resources"]["/Properties"] = Dictionary(L1=member)
    shown = page["/Contents"].read_bytes()
    page["/Contents"] = pdf.make_indirect(Stream(pdf, shown + b"/OC /L1 BDC\n" + body + b"EMC\n"))
    return pdf


@beside(17)
def layer_name(visible: bool) -> pikepdf.Pdf:
    return layered(visible, b"", off=False, name=f"notities {SECRET}")


@beside(22)
def hidden_layer(visible: bool) -> pikepdf.Pdf:
    return layered(visible, ELSEWHERE, off=True)


@beside(22)
def hidden_layer_of_many_lines(visible: bool) -> pikepdf.Pdf:
    lines = b"".join(b"BT /F1 12 Tf 72 %d Td (Verborgen regel %d) Tj ET\n" % (600 - 20 * i, i) for i in range(9))
    return layered(visible, lines + ELSEWHERE, off=True)


@beside(22)
def hidden_membership(visible: bool) -> pikepdf.Pdf:
    return layered(visible, ELSEWHERE, off=True, membership=True)


@beside(23)
def off_page(visible: bool) -> pikepdf.Pdf:
    return document((SHOWN if visible else b"") + b"BT /F1 12 Tf 700 300 Td (Zwartkruis) Tj ET\n")


@beside(23)
def outside_crop_box(visible: bool) -> pikepdf.Pdf:
    pdf = document((SHOWN if visible else b"") + b"BT /F1 12 Tf 72 20 Td (Zwartkruis) Tj ET\n")
    pdf.pages[0].obj["/CropBox"] = Array([0, 50, 595, 842])
    return pdf


@beside(5)
def unused_form(visible: bool) -> pikepdf.Pdf:
    return document(SHOWN if visible else b"", XObject=lambda pdf: {"Fm": form(pdf, ELSEWHERE)})


def _in_layer(setting: Callable[[pikepdf.Pdf, Any], None], *, form_layer: bool = False) -> Attack:
    """Text elsewhere in a layer that `setting(pdf, group)` hides, as marked content or as the layer of a form."""

    def attack(visible: bool) -> pikepdf.Pdf:
        pdf = layered(visible, b"" if form_layer else ELSEWHERE, off=False)
        group = pdf.Root.OCProperties.OCGs[0]
        if form_layer:
            made = form(pdf, ELSEWHERE)
            made["/OC"] = group
            page = pdf.pages[0].obj
            page["/Resources"]["/XObject"] = Dictionary(Fm=made)
            page["/Contents"] = pdf.make_indirect(Stream(pdf, page["/Contents"].read_bytes() + b"/Fm Do\n"))
        setting(pdf, group)
        return pdf

    return attack


def _switch_off(pdf: pikepdf.Pdf, group: Any) -> None:
    pdf.Root.OCProperties["/D"] = Dictionary(OFF=Array([group]))


def _base_off(pdf: pikepdf.Pdf, group: Any) -> None:
    pdf.Root.OCProperties["/D"] = Dictionary(BaseState=Name.OFF)


def _print_only(pdf: pikepdf.Pdf, group: Any) -> None:
    group["/Usage"] = Dictionary(
        View=Dictionary(ViewState=Name.OFF), Print=Dictionary(PrintState=Name.ON, Subtype=Name.Print)
    )
    events = [Dictionary(Event=e, Category=Array([c]), OCGs=Array([group])) for e, c in
              ((Name.View, Name.View), (Name.Print, Name.Print))]  # fmt: skip
    pdf.Root.OCProperties["/D"] = Dictionary(AS=Array(events))


def _expression(pdf: pikepdf.Pdf, group: Any) -> None:
    member = Dictionary(Type=Name.OCMD, VE=Array([Name.Not, group]))
    pdf.pages[0].obj["/Resources"]["/Properties"]["/L1"] = pdf.make_indirect(member)


add_beside(22, "layer_off_by_default", _in_layer(_base_off))
add_beside(22, "layer_for_paper_only", _in_layer(_print_only))
add_beside(22, "layer_by_expression", _in_layer(_expression))
add_beside(22, "form_in_hidden_layer", _in_layer(_switch_off, form_layer=True))


@beside(17)
def layer_of_a_maker(visible: bool) -> pikepdf.Pdf:
    pdf = layered(visible, b"q Q\n", off=False)
    pdf.Root.OCProperties.OCGs[0]["/Usage"] = Dictionary(CreatorInfo=Dictionary(Creator=String(SECRET)))
    pdf.Root.OCProperties["/D"]["/Name"] = String(SECRET)
    return pdf


@content(23)
def covered_by_a_white_shape(visible: bool) -> pikepdf.Pdf:
    return document(SHOWN + b"1 g 190 690 100 30 re f 0 g\n")


@content(34)
def under_a_black_bar(visible: bool) -> pikepdf.Pdf:
    return document(SHOWN + b"0 g 190 690 100 30 re f\n")


@content(34)
def under_a_see_through_bar(visible: bool) -> pikepdf.Pdf:
    state = {"G1": Dictionary(Type=Name.ExtGState, ca=0.4)}
    return document(SHOWN + b"q /G1 gs 0 g 190 690 100 30 re f Q\n", ExtGState=lambda pdf: state)


# --- more forms, masks and shapes -----------------------------------------------------------------------------------
@content(5)
def form_with_matrix(visible: bool) -> pikepdf.Pdf:
    def scaled(pdf: pikepdf.Pdf) -> dict[str, Any]:
        made = form(pdf, b"BT /F1 6 Tf 100 350 Td (Zwartkruis) Tj ET")
        made["/Matrix"] = Array([2, 0, 0, 2, 0, 0])
        return {"Fm": made}

    return document(b"/Fm Do\n", XObject=scaled)


@content(5)
def form_without_resources(visible: bool) -> pikepdf.Pdf:
    def bare(pdf: pikepdf.Pdf) -> dict[str, Any]:
        made = form(pdf, SHOWN)
        del made["/Resources"]
        return {"Fm": made}

    return document(b"/Fm Do\n", XObject=bare)


@content(5)
def form_used_twice_on_a_page(visible: bool) -> pikepdf.Pdf:
    body = b"/Fm Do q 1 0 0 1 0 -1000 cm /Fm Do Q\n"
    return document(body, XObject=lambda pdf: {"Fm": form(pdf, SHOWN)})


@content(5)
def form_that_calls_itself(visible: bool) -> pikepdf.Pdf:
    def ring(pdf: pikepdf.Pdf) -> dict[str, Any]:
        made = form(pdf, SHOWN + b"/Me Do")
        made["/Resources"]["/XObject"] = Dictionary(Me=made)
        return {"Fm": made}

    return document(b"/Fm Do\n", XObject=ring)


@beside(5)
def postscript_object(visible: bool) -> pikepdf.Pdf:
    def script(pdf: pikepdf.Pdf) -> dict[str, Any]:
        made = Stream(pdf, b"(Zwartkruis) show")
        made["/Type"], made["/Subtype"] = Name.XObject, Name.PS
        return {"Ps": pdf.make_indirect(made)}

    return document((SHOWN if visible else b"") + b"/Ps Do\n", XObject=script)


@content(6)
def alpha_mask(visible: bool) -> pikepdf.Pdf:
    def state(pdf: pikepdf.Pdf) -> dict[str, Any]:
        group = form(pdf, SHOWN)
        group["/Group"] = Dictionary(S=Name.Transparency)
        return {"G1": Dictionary(Type=Name.ExtGState, SMask=Dictionary(S=Name.Alpha, G=group))}

    return document(b"q /G1 gs 0 g 190 690 100 30 re f Q\n", ExtGState=state)


@content(6)
def pattern_as_pen(visible: bool) -> pikepdf.Pdf:
    made = tiling_pattern(True)
    body = AROUND + b"/Pattern CS /P1 SCN 18 w 196 704 m 276 704 l S\n"
    made.pages[0].obj["/Contents"] = made.make_indirect(Stream(made, body))
    return made


@content(6)
def pattern_without_colour(visible: bool) -> pikepdf.Pdf:
    pdf = tiling_pattern(True)
    pdf.pages[0].obj["/Resources"]["/Pattern"]["/P1"]["/PaintType"] = 2
    pdf.pages[0].obj["/Resources"]["/ColorSpace"] = Dictionary(C1=Array([Name.Pattern, Name.DeviceRGB]))
    body = AROUND + b"/C1 cs 0 0 0 /P1 scn 196 694 80 20 re f\n"
    pdf.pages[0].obj["/Contents"] = pdf.make_indirect(Stream(pdf, body))
    return pdf


@beside(6)
def unused_pattern(visible: bool) -> pikepdf.Pdf:
    pdf = tiling_pattern(True)
    pdf.pages[0].obj["/Contents"] = pdf.make_indirect(Stream(pdf, AROUND + (SHOWN if visible else b"")))
    return pdf


@content(9)
def outlines_as_lines(visible: bool) -> pikepdf.Pdf:
    return document(b"q 0.006 0 0 0.006 200 700 cm 60 w\n" + outlines().replace(b" f Q", b" S Q") + b"\nQ\n")


@content(9)
def outlines_as_window(visible: bool) -> pikepdf.Pdf:
    window = outlines().replace(b" f Q", b" W n -999 -999 9999 9999 re f Q")
    return document(b"q 0.006 0 0 0.006 200 700 cm\n" + window + b"\nQ\n")


@content(9)
def outlines_in_a_form(visible: bool) -> pikepdf.Pdf:
    drawn = b"q 0.006 0 0 0.006 200 700 cm\n" + outlines() + b"\nQ\n"
    return document(b"/Fm Do\n", XObject=lambda pdf: {"Fm": form(pdf, drawn)})


@content(9)
def shading_through_outlines(visible: bool) -> pikepdf.Pdf:
    def shades(pdf: pikepdf.Pdf) -> dict[str, Any]:
        blend = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([0.3]), N=1)
        return {"S1": Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([0, 0, 9000, 0]),
                                 Function=blend, Extend=Array([True, True]))}  # fmt: skip

    window = outlines().replace(b" f Q", b" W n /S1 sh Q")
    return document(b"q 0.006 0 0 0.006 200 700 cm\n" + window + b"\nQ\n", Shading=shades)


@content(9)
def brush_strokes(visible: bool) -> pikepdf.Pdf:
    """A signature: one long curve through the box, drawn with a thick pen."""
    waves = b" ".join(b"%d 720 %d 690 %d 704 c" % (x, x + 3, x + 6) for x in range(202, 268, 6))
    return document(b"2 w 200 704 m " + waves + b" S\n" + SHOWN)
