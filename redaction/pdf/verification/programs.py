"""Checks on what font programs and colour profiles say about their makers, as fontTools and LittleCMS read it."""
from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageCms

from redaction.pdf.hidden_words import HiddenWords, spaced
from redaction.pdf.report import Finding
from redaction.pdf.verification.typefaces import said_by_letter

PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\)"
SPOKEN = re.compile(rb"(%s)|%%([^\r\n]*)|/FontName\s*/(\S+)" % STRING, re.S)
"""Strings, with brackets of their own two deep, comments and the name in the part of a Type 1 program that everybody
can read."""
LETTER = re.compile(rb"dup\s+\d+\s*/(\S+)\s+put")
"""The names of letters in its table of codes."""
SAID_BY_PROFILE = ("profile_description", "copyright", "manufacturer", "model", "viewing_condition", "target")
DRAWING = {
    "cmap", "glyf", "loca", "head", "hhea", "hmtx", "maxp", "OS/2", "post", "name", "cvt ", "fpgm", "prep", "gasp",
    "CFF ", "CFF2", "vhea", "vmtx", "VORG", "kern", "GSUB", "GPOS", "GDEF", "BASE", "hdmx", "VDMX", "LTSH",
}  # fmt: skip
"""Tables of a font that draw letters or are read above; in the others a maker may say anything."""
MESSAGE = "Een lettertype of kleurprofiel noemt een tekst die weg moest."


def check_programs(path: Path, hidden: HiddenWords) -> list[Finding]:
    """Finding when an embedded font program or colour profile names a hidden word."""
    if not hidden:
        return []
    with pikepdf.open(path) as pdf:
        for data in _programs(pdf):
            if any(hidden.within(text) for text in _said(data)):
                return [Finding(None, "fonts", MESSAGE)]
    return []


def _programs(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    for item in pdf.objects:
        if isinstance(item, Stream) and item.get("/N") is not None and item.get("/Type") is None:
            yield _bytes(item)
        elif isinstance(item, Stream) and item.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
            yield from _profile_within(item)
        elif isinstance(item, Dictionary):
            yield from (_bytes(item[key]) for key in PROGRAMS if isinstance(item.get(key), Stream))


def _profile_within(picture: Stream) -> Iterator[bytes]:
    """The colour profile that a JPEG brings along."""
    try:
        with Image.open(io.BytesIO(picture.read_raw_bytes())) as image:
            profile = image.info.get("icc_profile")
    except Exception:  # what Pillow cannot open shows no picture either
        return
    if profile:
        yield bytes(profile)


def _bytes(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return bytes(stream.read_raw_bytes())


def _said(data: bytes) -> list[str]:
    """Texts of a program or profile; those of one that cannot be taken apart are all its bytes."""
    try:
        if data[:2] == b"%!":
            clear = data.partition(b"eexec")[0]
            letters = [said_by_letter(m.decode("latin-1")) for m in LETTER.findall(clear)]
            return [b" ".join(m).decode("latin-1") for m in SPOKEN.findall(clear)] + [spaced(n) for n in letters]
        if data[36:40] == b"acsp":
            return _of_profile(data)
        return _of_compact(data) if data[:1] == b"\x01" else _of_tables(data)
    except Exception:  # embedded programs lack what fontTools wants
        return list(_ways(data))


def _of_profile(data: bytes) -> list[str]:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(data)).profile
    return [str(getattr(profile, name) or "") for name in SAID_BY_PROFILE]


def _of_compact(data: bytes) -> list[str]:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    return [spaced(name) for name in (*fonts.fontNames, *map(said_by_letter, fonts.strings.strings))]


def _ways(data: bytes) -> tuple[str, ...]:
    """Bytes as text in each way they may be written."""
    return data.decode("latin-1"), data.decode("utf-8", "ignore"), data.replace(b"\0", b"").decode("latin-1")


def _of_tables(data: bytes) -> list[str]:
    with TTFont(io.BytesIO(data), lazy=True) as font:
        names = [record.toUnicode("replace") for record in font["name"].names] if "name" in font else []
        others = [font.reader[tag] for tag in font.reader.keys() if tag not in DRAWING]  # noqa: SIM118
        others.append(data[max((t.offset + t.length for t in font.reader.tables.values()), default=0) :])
        said = [text for part in others for text in _ways(part)]
        return names + said + [spaced(said_by_letter(name)) for name in font.getGlyphOrder()]
