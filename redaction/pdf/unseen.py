"""What no reader sees in content streams and resource tables: comments, marks, loose strings, names, unused entries."""
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Operator,
    Stream,
    String,
)

from redaction.pdf.content import OPERATORS
from redaction.pdf.hidden_words import HiddenWords, spaced
from redaction.pdf.imagefiles import inline_stream
from redaction.pdf.surplus import cut_surplus

WITH_STRING = {"Tj", "TJ", "'", '"'}
INLINE_KEYS = {
    "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Decode", "/DecodeParms", "/Filter", "/ImageMask",
    "/Intent", "/Interpolate", "/W", "/H", "/CS", "/BPC", "/D", "/DP", "/F", "/IM", "/I", "/L", "/Length",
}  # fmt: skip
LENGTHS = {"/L", "/Length"}
FILTERS = {"/F", "/Filter", "/DP", "/DecodeParms"}
MARK_KEYS = {"/MCID", "/Lang", "/Type", "/Subtype", "/BBox", "/Attached"}
TELLING_KEYS = {"/ActualText", "/Alt", "/E"}
NAMED = re.compile(rb"/[^\x00\s/<>\[\](){}%]+")
COMMENT = re.compile(rb"%[^\r\n]*[^\x00\s%][^\r\n]*")
LITERAL = re.compile(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)", re.S)
AFTER_STRING = re.compile(rb"(?<!\\)[)>]\s*([A-Za-z]+)")
HEXADECIMAL = re.compile(rb"(?<!<)<[0-9A-Fa-f\s]+>(?!>)")
SHOWN_ARRAY = re.compile(rb"\[[^\[\]]*\]\s*TJ")
STRAY = re.compile(rb"\(\)\s*(?:[-+.\d/\[\]]|$)")
"""A string, once all are empty, that is no operand of an operator that shows text."""
MARKED = re.compile(rb"<<((?:[^<>]|<[^<>]*>|<<[^<>]*>>)*)>>\s*BDC\b")
MARK_NAMES = MARK_KEYS | {
    "/Pagination", "/Layout", "/Page", "/Background", "/Header", "/Footer", "/Watermark", "/PageNum", "/Top", "/Bottom",
    "/Left", "/Right",
}  # fmt: skip
"""Names in the properties of marked content that the format knows (ISO 32000-2, tables 352 and 363)."""
REPEATS = re.compile(rb"/(?:ActualText|Alt|E|T|Contents)\s*[(</]|\b(?:MP|DP|BX)\b|\bBI\b")
TABLES = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties")
DEFAULTS = {"/DefaultGray", "/DefaultRGB", "/DefaultCMYK"}


def drop_unseen(pdf: pikepdf.Pdf, hidden: HiddenWords, named: HiddenWords) -> None:
    """Take what tells a hidden word out of every content stream, and from the resources what no stream uses.

    Marks lose what they say of the `named` texts of the plan even where PDFium reads those: it reads marks as text.
    """
    used: dict[object, set[str]] = {}
    tables: dict[object, Dictionary] = {}
    anywhere: set[str] = set()
    for source, resources, owner in list(_streams(pdf)):
        data = _data(source)
        if _has_comment(data) or ((hidden or named) and _may_tell(data, hidden)):
            data = _silenced(pdf, source, resources, hidden, named)
        names = names_in(data)
        if resources is None:
            anywhere |= names
            continue
        _quiet_properties(resources.get("/Properties"), named)
        for kind in TABLES:
            table = resources.get(kind)
            if isinstance(table, Dictionary):
                key = table.objgen if table.is_indirect else (_key(owner, resources), kind)
                tables[key] = table
                used.setdefault(key, set()).update(names)
    for key, table in tables.items():
        wanted = used[key] | anywhere | DEFAULTS
        for name in [n for n in table.keys() if n not in wanted and n.isprintable()]:  # noqa: SIM118
            del table[name]


def _key(owner: Any, resources: Dictionary) -> object:
    """What tells one resource dictionary from another."""
    return resources.objgen if resources.is_indirect else owner.objgen


def _streams(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Dictionary | None, Any]]:
    """Pages, forms, patterns and glyph procedures, with their resources (None where they use those of others).

    The last of the three is the object that the resources belong to: glyph procedures share those of their font.
    """
    for page in pdf.pages:
        yield page.obj, _resources(page.obj), page.obj
    for item in pdf.objects:
        if isinstance(item, Stream) and (item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1):
            yield item, _resources(item), item
        elif isinstance(item, Dictionary) and item.get("/Subtype") == "/Type3":
            procedures = item.get("/CharProcs")
            for procedure in procedures.values() if isinstance(procedures, Dictionary) else []:
                if isinstance(procedure, Stream):
                    yield procedure, _resources(item), item


def _resources(owner: Any) -> Dictionary | None:
    found = owner.get("/Resources")
    return found if isinstance(found, Dictionary) else None


def _data(source: Any) -> bytes:
    """Bytes of a content stream, or of all streams of a page."""
    try:
        if isinstance(source, Stream):
            return bytes(source.read_bytes())
        given = source.get("/Contents")
        parts = given if isinstance(given, Array) else [given]
        return b"\n".join(part.read_bytes() for part in parts if isinstance(part, Stream))
    except pikepdf.PdfError:  # what cannot be read is left; the check of the result decides
        return b""


def names_in(data: bytes) -> set[str]:
    """Every name in a stream as pikepdf spells it, those in strings too: more than are used, never fewer."""
    found = set()
    for raw in set(NAMED.findall(data)):
        plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes.fromhex(m[1].decode()), raw)
        found.add(plain.decode("utf-8", "surrogateescape"))
    return found


def _may_tell(data: bytes, hidden: HiddenWords) -> bool:
    """Whether it is worth while to read the stream operator by operator."""
    if REPEATS.search(data) or any(hidden.within(spaced(name)) for name in names_in(data)):
        return True
    if any(names_in(mark) - MARK_NAMES for mark in set(MARKED.findall(data))):
        return True
    if {o.decode() for o in set(AFTER_STRING.findall(data))} - WITH_STRING - {"BDC"}:
        return True
    return STRAY.search(SHOWN_ARRAY.sub(b"", HEXADECIMAL.sub(b"()", LITERAL.sub(b"()", data)))) is not None


def _has_comment(data: bytes) -> bool:
    """Whether something may stand between the operators for who reads the stream itself, in whatever encoding."""
    return b"%" in data and COMMENT.search(LITERAL.sub(b"", data)) is not None


def _quiet_properties(table: Any, named: HiddenWords) -> None:
    """Drop from the properties that marks share what says a named text."""
    for properties in table.values() if isinstance(table, Dictionary) else []:
        for key in TELLING_KEYS if isinstance(properties, Dictionary) else ():
            if key in properties and named.within(_text(properties[key])):
                del properties[key]


def _silenced(
    pdf: pikepdf.Pdf, source: Any, resources: Dictionary | None, hidden: HiddenWords, named: HiddenWords
) -> bytes:
    """Write the stream anew without what tells; its bytes."""
    try:
        instructions = list(pikepdf.parse_content_stream(source))
    except (pikepdf.PdfError, TypeError, ValueError):
        return _data(source)
    names: dict[str, str] = {}
    out = [made for i in instructions if (made := _quiet(pdf, i, resources, (hidden, named), names)) is not None]
    for kind in TABLES if resources is not None and names else ():
        table = resources.get(kind) if resources is not None else None
        for old, new in names.items():
            if isinstance(table, Dictionary) and old in table:
                table[new] = table[old]
    data = bytes(pikepdf.unparse_content_stream(out))
    if isinstance(source, Stream):
        source.write(data)
    else:
        source["/Contents"] = pdf.make_indirect(Stream(pdf, data))
    return data


def _quiet(
    pdf: pikepdf.Pdf,
    instruction: Any,
    resources: Dictionary | None,
    gone: tuple[HiddenWords, HiddenWords],
    names: dict[str, str],
) -> Any:
    """The operator without what tells, None when nothing is left of it."""
    hidden, _ = gone
    if isinstance(instruction, ContentStreamInlineImage):
        return _quiet_image(pdf, instruction, resources)
    operator = str(instruction.operator)
    if operator not in OPERATORS:
        return None
    operands = list(instruction.operands)
    if operator == "BDC" and len(operands) > 1 and isinstance(operands[1], Dictionary):
        operands[1] = _quiet_mark(operands[1], gone)
    elif operator not in WITH_STRING:
        operands = [_without_strings(o) for o in operands if not isinstance(o, String)]
    for place, operand in enumerate(operands):
        if isinstance(operand, Name) and hidden.within(spaced(_text(operand))):
            tag = operator in ("BMC", "BDC") and place == 0
            old = _text(operand)
            operands[place] = Name.Span if tag else Name(names.setdefault(old, f"/Naam{len(names) + 1}"))
    return ContentStreamInstruction(operands, Operator(operator))


def _without_strings(operand: Any) -> Any:
    """The operand; an array without the strings in it."""
    return Array([o for o in operand if not isinstance(o, String)]) if isinstance(operand, Array) else operand


def _quiet_mark(properties: Dictionary, gone: tuple[HiddenWords, HiddenWords]) -> Dictionary:
    """The properties that the format knows, without those that tell; what replaces text goes when one of them does."""
    said = [_text(v) for v in properties.values() if isinstance(v, String)]
    telling = any(words.within(text) for words in gone for text in said)
    allowed = MARK_KEYS if telling else MARK_KEYS | TELLING_KEYS
    return Dictionary({k: v for k, v in properties.items() if k in allowed and not _tells(v, gone[0])})


def _tells(value: Any, hidden: HiddenWords) -> bool:
    return isinstance(value, String | Name) and hidden.within(spaced(_text(value)))


def _quiet_image(
    pdf: pikepdf.Pdf, instruction: ContentStreamInlineImage, resources: Dictionary | None
) -> ContentStreamInlineImage:
    """The image with the entries that the format knows, and no data behind its samples."""
    image = instruction.iimage
    given = image._image_object  # keys and values in turn, a list of pikepdf's own kind
    stream = inline_stream(pdf, image, resources)
    stream["/Subtype"] = Name.Image
    cut = cut_surplus(stream)
    unwanted = set() if not cut else LENGTHS if "/Filter" in stream else LENGTHS | FILTERS
    rest = type(given)()
    for key, value in zip(list(given)[::2], list(given)[1::2], strict=False):
        if _text(key) in INLINE_KEYS - unwanted:
            rest.append(key)
            rest.append(value)
    if len(rest) == len(given) and not cut:
        return instruction
    made = pikepdf.PdfInlineImage(image_data=image._data, image_object=rest)
    return _with_data(pdf, made, stream.read_raw_bytes()) if cut else ContentStreamInlineImage(made)


def _with_data(pdf: pikepdf.Pdf, image: pikepdf.PdfInlineImage, data: bytes) -> ContentStreamInlineImage:
    """The inline image with other data: only pikepdf's own parser makes such."""
    head = image.unparse().removesuffix(image.read_raw_bytes() + b"EI")
    parsed = pikepdf.parse_content_stream(Stream(pdf, head + data + b"\nEI"))
    return next(made for made in parsed if isinstance(made, ContentStreamInlineImage))


def _text(value: Any) -> str:
    try:
        return str(value)
    except (UnicodeDecodeError, ValueError):
        return ""
