"""Checks on the files of images, as Pillow reads them: a comment, a maker or an older picture tells (row 8)."""
from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
from pikepdf import Array, Stream
from PIL import Image

from redaction.pdf.report import Finding

COLOUR = ((0xE0, b"JFIF"), (0xE2, b"ICC_PROFILE"), (0xEE, b"Adobe"))
"""Application data of a JPEG that says how its colours are meant."""
NOTE_BOX = re.compile(rb"(?:xml |uuid|uinf|jp2i|asoc)", re.S)
MESSAGE = "Een afbeelding heeft nog gegevens over haar maker bij zich."


def check_pictures(pdf: pikepdf.Pdf) -> list[Finding]:
    """Finding when the file of an image holds more than its picture."""
    for item in pdf.objects:
        if isinstance(item, Stream) and item.get("/Subtype") == "/Image" and _tells(item):
            return [Finding(None, "metadata", MESSAGE)]
    return []


def _tells(item: Stream) -> bool:
    filters = item.get("/Filter")
    name = str(filters[0] if isinstance(filters, Array) and len(filters) == 1 else filters)
    if name not in ("/DCTDecode", "/JPXDecode"):
        return False
    data = item.read_raw_bytes()
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.info.get("comment"):
                return True
            return _notes(image, data) if name == "/DCTDecode" else _boxes(data)
    except Exception:  # what Pillow cannot open is no JPEG
        return False


def _notes(image: Any, data: bytes) -> bool:
    """Whether a JPEG has application data that is not about colour, another picture in it, or more behind its end."""
    segments = [(int(kind[3:]) + 0xE0 if kind.startswith("APP") else 0xFE, body) for kind, body in image.applist]
    told = [kind for kind, body in segments if body.strip(b"\0") and not _is_colour(kind, body)]
    end = data.rfind(b"\xff\xd9")
    return bool(told) or data.count(b"\xff\xd8\xff") > 1 or (end > 0 and bool(data[end + 2 :].strip(b"\0\r\n\t ")))


def _is_colour(kind: int, body: bytes) -> bool:
    return any(kind == marker and body.startswith(head) for marker, head in COLOUR)


def _boxes(data: bytes) -> bool:
    """Whether a box before or behind the picture holds a note."""
    picture = data.find(b"jp2c")
    size = int.from_bytes(data[picture - 4 : picture], "big")
    behind = data[picture - 4 + size :] if size > 8 else b""
    return bool(NOTE_BOX.search(data[:picture]) or NOTE_BOX.search(behind)) if picture > 0 else False
