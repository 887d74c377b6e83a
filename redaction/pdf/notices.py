"""What font programs and colour profiles say about their makers: a hidden word in it is written over, letter by letter.

Lengths stay as they are, so that no table has to move; what draws letters or colours is never touched. The names that
letters have are written over in the same way wherever a font tells them, so that it finds its letters.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
from fontTools.agl import AGL2UV
from pikepdf import Dictionary, Stream

from redaction.pdf.hidden_words import HiddenWords
from redaction.pdf.type1 import renamed

Span = tuple[int, int]
SFNT = (b"\x00\x01\x00\x00", b"true", b"OTTO")
DRAWING = {
    b"cmap", b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"OS/2", b"cvt ", b"fpgm", b"prep", b"gasp", b"CFF ",
    b"CFF2", b"vhea", b"vmtx", b"VORG", b"kern", b"GSUB", b"GPOS", b"GDEF", b"BASE", b"hdmx", b"VDMX", b"LTSH",
}  # fmt: skip
"""Tables of a TrueType or OpenType program that draw or set letters; in every other a maker may say what he likes."""
TEXTS = {b"desc", b"text", b"mluc", b"utf8", b"ut16", b"dscm", b"meta", b"dict"}
"""Types of tags of a colour profile that hold text (ICC.1:2010, 10)."""
PARTS = re.compile(rb"[._]")
"""Between the parts of the name of a letter."""
NAMES = re.compile(rb"/([^\s/<>\[\](){}%]+)")
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def quieten(pdf: pikepdf.Pdf, hidden: HiddenWords, *, deep: bool = True) -> None:
    """Write over the hidden words in every font program and colour profile that says them.

    Only with `deep` the names of outlines in Type 1 programs too, where nothing else of the program tells.
    """
    for source in _sources(pdf) if hidden else ():
        try:
            data = source.read_bytes()
        except pikepdf.PdfError:  # the check of the result decides
            continue
        told = [span for place in _places(data) for span in _told(data, place, hidden)]
        made = _written_over(data, told)
        if data.startswith(b"%!") and (deep or told):
            made = renamed(made, lambda name: quiet_name(name, hidden))
        if made != data:
            source.write(made)


def quiet_name(name: bytes, hidden: HiddenWords) -> bytes:
    """The name of a letter with what is hidden written over; those of the Adobe Glyph List tell nothing."""
    return name if _is_standard(name) else _written_over(name, list(_told(name, (0, len(name)), hidden)))


def _is_standard(name: bytes) -> bool:
    return all(part.decode("latin-1") in AGL2UV for part in PARTS.split(name))


def _told(data: bytes, place: Span, hidden: HiddenWords) -> Iterator[Span]:
    """Where hidden words stand in a part of the data that speaks, in the middle of others too: names stand close."""
    part = data[place[0] : place[1]].lower()
    for word in hidden.words:
        for form in {word.encode("utf-8"), word.encode("latin-1", "ignore"), word.encode("utf-16-be")} - {b""}:
            start = part.find(form)
            while start >= 0:
                yield place[0] + start, place[0] + start + len(form)
                start = part.find(form, start + 1)


def _sources(pdf: pikepdf.Pdf) -> Iterator[Stream]:
    """Font programs and colour profiles, each once."""
    seen: set[tuple[int, int]] = set()
    for item in pdf.objects:
        found: list[Any] = []
        if isinstance(item, Dictionary) and item.get("/Type") == "/FontDescriptor":
            found = [item.get(key) for key in PROGRAMS]
        elif isinstance(item, Stream) and "/N" in item and "/Type" not in item:
            found = [item]
        for source in found:
            if isinstance(source, Stream) and source.objgen not in seen:
                seen.add(source.objgen)
                yield source


def _places(data: bytes) -> list[Span]:
    """Where a font program or profile speaks."""
    if data.startswith(SFNT):
        count = int.from_bytes(data[4:6], "big")
        ends = [last for _, last in _tables(data, 12, 16, 8, count, set())]
        spoken = [*_tables(data, 12, 16, 8, count, DRAWING | {b"post"}), (max(ends, default=0), len(data))]
        lists = _tables(data, 12, 16, 8, count, {tag for tag in _tags(data, count) if tag != b"post"})
        return spoken + [name for first, last in lists for name in _post_names(data, first, last)]
    if data[36:40] == b"acsp":
        tags = _tables(data, 132, 12, 4, int.from_bytes(data[128:132], "big"), set())
        return [(a, b) for a, b in tags if data[a : a + 4] in TEXTS]
    if data.startswith(b"%!"):
        end = max(0, data.find(b"eexec"))
        standard = [m.span() for m in NAMES.finditer(data, 0, end) if _is_standard(m[1])]
        return _between(standard, 0, end)
    return _compact(data) if data.startswith(b"\x01") else []


def _tables(data: bytes, start: int, step: int, place: int, count: int, without: set[bytes]) -> list[Span]:
    """Where the tables lie but those of these names, by a directory of entries of `step` bytes, offset and length."""
    found = []
    for at in range(start, min(start + step * count, len(data) - step + 1), step):
        offset, length = (int.from_bytes(data[at + place + i : at + place + i + 4], "big") for i in (0, 4))
        if data[at : at + 4] not in without:
            found.append((offset, offset + length))
    return found


def _tags(data: bytes, count: int) -> set[bytes]:
    return {data[at : at + 4] for at in range(12, 12 + 16 * count, 16)}


def _post_names(data: bytes, first: int, last: int) -> list[Span]:
    """The names of letters in a table of them (format 2: Pascal strings), but the standard ones; else all of it."""
    if data[first : first + 4] != b"\0\2\0\0":
        return [(first, last)]
    at = first + 34 + 2 * int.from_bytes(data[first + 32 : first + 34], "big")
    found = [(first, min(at, last))]
    while at < last:
        name = (at + 1, min(at + 1 + data[at], last))
        if not _is_standard(data[slice(*name)]):
            found.append(name)
        at = name[1]
    return found


def _between(spans: list[Span], first: int, last: int) -> list[Span]:
    """What lies between the spans, which are in order."""
    ends = [first, *(end for _, end in spans)]
    return [(a, b) for a, b in zip(ends, [*(start for start, _ in spans), last], strict=True) if a < b]


def _compact(data: bytes) -> list[Span]:
    """The name and the strings of a compact font program (Adobe Technical Note 5176, chapters 5 to 10).

    Of the strings not those that are standard names of letters.
    """
    names = data[2]
    tops = _end_of_index(data, names)
    strings = _end_of_index(data, tops)
    return [(names, tops), *(s for s in _items(data, strings) if not _is_standard(data[slice(*s)]))]


def _items(data: bytes, start: int) -> list[Span]:
    """Where each item of an index lies."""
    count, size = int.from_bytes(data[start : start + 2], "big"), data[start + 2]
    base = start + 2 + (count + 1) * size
    ends = [int.from_bytes(data[start + 3 + i * size : start + 3 + (i + 1) * size], "big") for i in range(count + 1)]
    return [(base + first, base + last) for first, last in pairwise(ends)]


def _end_of_index(data: bytes, start: int) -> int:
    count = int.from_bytes(data[start : start + 2], "big")
    if count == 0 or start + 3 > len(data):
        return min(start + 2, len(data))
    size = data[start + 2]
    last = start + 3 + count * size
    end = last + size - 1 + int.from_bytes(data[last : last + size], "big")
    return min(end, len(data))


def _written_over(data: bytes, spans: list[Span]) -> bytes:
    made = bytearray(data)
    for first, last in spans:
        for i in range(first, last):
            if made[i]:
                made[i] = ord("x")
    return bytes(made)
