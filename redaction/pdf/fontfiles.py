"""Which kind of program a font embeds, by its first bytes: OpenType wraps either kind, and writers mislabel them."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Name, Stream

WRAPPED = b"OTTO"
"""An OpenType program with compact outlines (OpenType 1.9, "Organization of an OpenType font")."""
TRUETYPE = (b"\x00\x01\x00\x00", b"true")


def unwrap(pdf: pikepdf.Pdf, descriptor: Any, kind: Name) -> None:
    """Put the program under the key and kind that are right for it; compact outlines alone, for PDF needs no more.

    `kind` is that of bare compact outlines: CIDFontType0C in a composite font, Type1C in a simple one.
    """
    for key in ("/FontFile2", "/FontFile3"):
        stream = descriptor.get(key)
        if not isinstance(stream, Stream):
            continue
        data = stream.read_bytes()
        if data.startswith(WRAPPED):
            outlines = _outlines(data)
            if outlines is not None:
                del descriptor[key]
                descriptor["/FontFile3"] = pdf.make_indirect(Stream(pdf, outlines, Subtype=kind))
        elif key == "/FontFile3" and data.startswith(TRUETYPE):
            del descriptor[key]
            descriptor["/FontFile2"] = pdf.make_indirect(Stream(pdf, data, Length1=len(data)))
        elif key == "/FontFile3" and stream.get("/Subtype") != kind and data[:1] == b"\x01":
            stream["/Subtype"] = kind


def _outlines(program: bytes) -> bytes | None:
    """The table of compact outlines of an OpenType program, None when it has none that can be found."""
    try:
        data: bytes = TTFont(io.BytesIO(program), lazy=True).reader["CFF "]
        return data
    except Exception:  # the caller finds that the program cannot be cut
        return None
