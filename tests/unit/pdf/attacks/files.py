"""Attacks in the bytes around the document, and pages that turn, shift and scale (rows 24, 35, 36)."""
from __future__ import annotations

import io
import re
import zlib
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, String

from tests.unit.pdf.attacks.page import (
    ELSEWHERE,
    SECRET,
    SHOWN,
    Attack,
    add_content,
    content,
    document,
    in_bytes,
    plain,
)


def _page(key: str, value: Any) -> Attack:
    def attack(visible: bool) -> pikepdf.Pdf:
        pdf = plain(True)
        pdf.pages[0].obj[f"/{key}"] = value
        return pdf

    return attack


TURNED: dict[str, Attack] = {
    "rotated_90": _page("Rotate", 90),
    "rotated_180": _page("Rotate", 180),
    "rotated_270": _page("Rotate", 270),
    "user_unit": _page("UserUnit", 2),
    "media_offset": _page("MediaBox", Array([-50, -30, 545, 812])),
    "crop_offset": _page("CropBox", Array([40, 60, 500, 800])),
}
for _name, _attack in TURNED.items():
    add_content(35, _name, _attack)


@content(35)
def rotated_text(visible: bool) -> pikepdf.Pdf:
    return document(b"BT /F1 12 Tf 0 1 -1 0 240 696 Tm (Zwart) Tj ET BT /F1 12 Tf 0 -1 1 0 250 712 Tm (kruis) Tj ET\n")


@in_bytes(24)
def earlier_revision(path: Path) -> Path:
    """The visible page, and after it an update that draws over nothing: the first version is still there."""
    data = io.BytesIO()
    plain(True).save(data)
    body = data.getvalue()
    update = b"\n9999 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 0\ntrailer\n<< /Size 1 >>\nstartxref\n0\n%%EOF\n"
    path.write_bytes(body + update)
    return path


@in_bytes(24)
def after_the_end(path: Path) -> Path:
    """The visible page, and loose text after the end of the file."""
    data = io.BytesIO()
    plain(True).save(data)
    path.write_bytes(data.getvalue() + f"\nontvanger: {SECRET}\n".encode())
    return path


def _bytes(**options: Any) -> bytes:
    data = io.BytesIO()
    plain(True).save(data, **options)
    return data.getvalue()


@in_bytes(24)
def real_update(path: Path) -> Path:
    """The name was on the page elsewhere; an update put another page over it, as an editor that saves does."""
    data = io.BytesIO()
    document(SHOWN + ELSEWHERE).save(data, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    body = data.getvalue()
    found = re.search(rb"/Contents (\d+) 0 R", body)
    start = re.search(rb"startxref\s+(\d+)", body)
    root, size = re.search(rb"/Root (\d+) 0 R", body), re.search(rb"/Size (\d+)", body)
    assert found and start and root and size
    with plain(True) as other:
        fresh = other.pages[0].Contents.read_bytes()
    new = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (int(found[1]), len(fresh), fresh)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (int(found[1]), len(body))
    trailer = b"trailer\n<< /Size %s /Root %s 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n"
    path.write_bytes(body + new + table + trailer % (size[1], root[1], start[1], len(body) + len(new)))
    return path


@in_bytes(24)
def between_the_objects(path: Path) -> Path:
    """A stream that no cross-reference knows, between two objects of a file whose table must be mended."""
    body = _bytes(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    at = body.index(b"endobj") + 7
    packed = zlib.compress(f"brief aan {SECRET}".encode())
    loose = b"777 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    path.write_bytes(body[:at] + loose + body[at:])
    return path


@in_bytes(24)
def comment_in_the_file(path: Path) -> Path:
    """A comment behind the header."""
    body = _bytes()
    at = body.index(b"\n") + 1
    path.write_bytes(body[:at] + f"% gemaakt voor {SECRET}\n".encode() + body[at:])
    return path


@in_bytes(24)
def before_the_header(path: Path) -> Path:
    """Loose text before the header, that readers skip."""
    path.write_bytes(f"Van: {SECRET}\n\n".encode() + _bytes())
    return path


@in_bytes(24)
def orphan_in_object_stream(path: Path) -> Path:
    """An object that nothing refers to, in a compressed object stream."""
    pdf = plain(True)
    keeper = pdf.make_indirect(Dictionary(Naam=String(SECRET)))
    pdf.Root["/Rest"] = Array([keeper])
    data = io.BytesIO()
    pdf.save(data, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    path.write_bytes(data.getvalue().replace(b"/Rest", b"/Tser"))
    return path


@in_bytes(36)
def broken_table(path: Path) -> Path:
    """The cross-reference table points nowhere, so that readers put it together themselves."""
    body = _bytes(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path.write_bytes(re.sub(rb"startxref\s+\d+", b"startxref\n7", body))
    return path


@in_bytes(36)
def wrong_lengths(path: Path) -> Path:
    """Every stream says a length that is not its own."""
    body = _bytes(object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    path.write_bytes(re.sub(rb"/Length \d+", b"/Length 1", body))
    return path


@in_bytes(36)
def owner_lock(path: Path) -> Path:
    """Opens without a password, but says that copying is not allowed."""
    rights = pikepdf.Permissions(extract=False)
    plain(True).save(path, encryption=pikepdf.Encryption(owner="geheim", user="", allow=rights))
    return path


@in_bytes(36)
def old_owner_lock(path: Path) -> Path:
    """The same with the encryption of 1996."""
    plain(True).save(path, encryption=pikepdf.Encryption(owner="geheim", user="", R=2, aes=False, metadata=False))
    return path


@in_bytes(24)
def linearised(path: Path) -> Path:
    """Made for slow networks: two tables in one file, and yet one version."""
    plain(True).save(path, linearize=True)
    return path


@content(35)
def turned_and_cropped(visible: bool) -> pikepdf.Pdf:
    pdf = plain(True)
    page = pdf.pages[0].obj
    page["/Rotate"], page["/CropBox"], page["/UserUnit"] = 270, Array([40, 60, 500, 800]), 1.5
    return pdf


@content(35)
def inherited_attributes(visible: bool) -> pikepdf.Pdf:
    pdf = plain(True)
    page = pdf.pages[0].obj
    for key in ("/MediaBox", "/Resources"):
        pdf.Root.Pages[key] = page[key]
        del page[key]
    pdf.Root.Pages["/Rotate"] = -90
    return pdf


@content(35)
def upside_down_box(visible: bool) -> pikepdf.Pdf:
    pdf = plain(True)
    pdf.pages[0].obj["/MediaBox"] = Array([595, 842, 0, 0])
    return pdf
