"""Attacks in data that nobody draws: behind the samples of images, the points of a mesh, the end of packed data."""
from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from tests.unit.pdf.attacks.page import SECRET, SHOWN, Attack, add_beside, document, form

BEHIND = f"d {SECRET}".encode()
PLACED = b"q 40 0 0 40 72 300 cm /Im Do Q\n"
SAMPLES = bytes(range(64))


FAX = bytes.fromhex("26a0d5e9ff001001")
"""A fax of group 4: rows of eight black and white pixels, then its end."""


def grey(pdf: pikepdf.Pdf, data: bytes, **more: Any) -> Any:
    """A grey image of 8 by 8 pixels with this data."""
    made = Stream(pdf, data, Width=8, Height=8, BitsPerComponent=8, ColorSpace=Name.DeviceGray, **more)
    made["/Type"], made["/Subtype"] = Name.XObject, Name.Image
    return pdf.make_indirect(made)


def _image(make: Callable[[pikepdf.Pdf], Any]) -> Attack:
    return lambda visible: document((SHOWN if visible else b"") + PLACED, XObject=lambda pdf: {"Im": make(pdf)})


def _behind_filtered_rows(pdf: pikepdf.Pdf) -> Any:
    rows = b"".join(b"\x00" + SAMPLES[i : i + 8] for i in range(0, 64, 8))
    parms = Dictionary(Predictor=15, Colors=1, BitsPerComponent=8, Columns=8)
    data = zlib.compress(rows + b"\x00" + BEHIND.ljust(16)[:8] + b"\x00" + BEHIND.ljust(16)[8:])
    return grey(pdf, data, Filter=Name.FlateDecode, DecodeParms=parms)


def _inline(body: bytes) -> Attack:
    drawn = b"q 40 0 0 40 72 300 cm " + body + b" EI Q\n"
    return lambda visible: document((SHOWN if visible else b"") + drawn)


def mesh(pdf: pikepdf.Pdf, kind: int, data: bytes, **more: Any) -> Any:
    """A shading of this type with points of two bytes, colours of one and flags of one."""
    made = Stream(pdf, data, ShadingType=kind, ColorSpace=Name.DeviceRGB, BitsPerCoordinate=16, BitsPerComponent=8)
    made["/Decode"] = Array([72, 172, 300, 400, 0, 1, 0, 1, 0, 1])
    for key, value in more.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)


def _mesh(kind: int, data: bytes, **more: Any) -> Attack:
    def attack(visible: bool) -> pikepdf.Pdf:
        body = (SHOWN if visible else b"") + b"/S sh\n"
        return document(body, Shading=lambda pdf: {"S": mesh(pdf, kind, data + BEHIND, **more)})

    return attack


TRIANGLE = b"".join(b"\0" + bytes([x, 0, y, 0, 200, 0, 0]) for x, y in ((10, 10), (200, 10), (100, 200)))
LATTICE = b"".join(bytes([x, 0, y, 0, 0, 200, 0]) for x, y in ((10, 10), (200, 10), (10, 200), (200, 200)))

add_beside(7, "image_behind_rows", _image(lambda pdf: grey(pdf, SAMPLES + BEHIND)))
add_beside(7, "image_behind_filtered_rows", _image(_behind_filtered_rows))
add_beside(7, "image_behind_soft_mask", _image(lambda pdf: grey(pdf, SAMPLES, SMask=grey(pdf, SAMPLES + BEHIND))))
add_beside(7, "image_behind_end", _image(lambda p: grey(p, zlib.compress(SAMPLES) + BEHIND, Filter=Name.FlateDecode)))
add_beside(7, "inline_behind_rows", _inline(b"BI /W 2 /H 2 /CS /G /BPC 8 /L 16 ID \x10\x80\xf0\x30" + BEHIND))
add_beside(
    7, "inline_behind_packed_rows",
    _inline(b"BI /W 2 /H 2 /CS /RGB /BPC 8 /F /Fl ID " + zlib.compress(SAMPLES[:12] + BEHIND)),
)  # fmt: skip
add_beside(6, "mesh_behind_triangle", _mesh(4, TRIANGLE, BitsPerFlag=8))
add_beside(6, "mesh_behind_lattice", _mesh(5, LATTICE, VerticesPerRow=2))


def _fax(pdf: pikepdf.Pdf) -> Any:
    made = grey(pdf, FAX + BEHIND, Filter=Name.CCITTFaxDecode, DecodeParms=Dictionary(K=-1, Columns=8, Rows=8))
    made["/BitsPerComponent"] = 1
    return made


def _ink(pdf: pikepdf.Pdf) -> dict[str, Any]:
    table = Stream(pdf, b"\xff\0" + BEHIND, FunctionType=0, Size=Array([2]), BitsPerSample=8)
    table["/Domain"], table["/Range"] = Array([0, 1]), Array([0, 1])
    return {"Inkt": Array([Name.Separation, Name.Rood, Name.DeviceGray, pdf.make_indirect(table)])}


def _coloured(visible: bool) -> pikepdf.Pdf:
    return document((SHOWN if visible else b"") + b"/Inkt cs 0.3 scn 72 300 40 40 re f\n", ColorSpace=_ink)


def _form_with_comment(visible: bool) -> pikepdf.Pdf:
    body = b"% " + f"Van {SECRET}".encode("utf-16-be") + b"\n0.5 g 72 300 40 40 re f\n"
    return document((SHOWN if visible else b"") + b"/Fm Do\n", XObject=lambda pdf: {"Fm": form(pdf, body)})


add_beside(7, "image_behind_fax", _image(_fax))
add_beside(6, "function_behind_samples", _coloured)
add_beside(24, "comment_of_wide_letters_in_a_form", _form_with_comment)
