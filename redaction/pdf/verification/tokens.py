"""Splits ordinary page content into operators at one go, for libraries that read it letter by letter.

Only what every reader of PDF must read alike is taken: content with anything else in it (comments, pictures between
the operators, odd escapes, half codes) is left to the library's own reading, whole.
"""
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Operation = tuple[list[Any], bytes]
DEEPEST = 20
_BREAK = rb"(?=[ \t\r\n\f\[\]<>(/]|\Z)"
_ESCAPE = rb"\\(?:[nrtbf()\\]|[0-3][0-7]{2})"
TOKEN = re.compile(
    rb"[ \t\r\n\f]*+(?:([+-]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12}))" + _BREAK
    + rb"|([A-Za-z]{1,3}\*?|['\"])" + _BREAK
    + rb"|\(([^()\\\r]*+(?:" + _ESCAPE + rb"[^()\\\r]*+)*+)\)"
    + rb"|<((?:[0-9A-Fa-f]{2})*+)>"
    + rb"|(/[A-Za-z0-9_+.-]+)" + _BREAK
    + rb"|(<<|\[)|(>>|\])|(.))",
    re.S,
)  # fmt: skip
NUMBER, OPERATOR, LITERAL, HEX, NAME, OPENED, CLOSED, _ODD = range(1, 9)
ESCAPE = re.compile(_ESCAPE, re.S)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
LEFT_ALONE = {b"BI", b"ID", b"EI", b"R"}
"""Operators behind which others than operators stand, and what makes a reference of two numbers."""


@dataclass(frozen=True)
class Makers:
    """How a library makes its values: from bytes as they are written, from a string's bytes, from lists."""

    integer: Callable[[bytes], Any]
    real: Callable[[bytes], Any]
    string: Callable[[bytes], Any]
    name: Callable[[bytes], Any]
    """The name is given with its slash."""
    array: Callable[[list[Any]], Any]
    dictionary: Callable[[list[tuple[Any, Any]]], Any]


def operations(data: bytes, make: Makers) -> list[Operation] | None:
    """Operands and operator of each instruction, None when the content is not ordinary."""
    found: list[Operation] = []
    operands: list[Any] = []
    outer: list[tuple[bytes, list[Any]]] = []
    for match in TOKEN.finditer(data):
        kind = match.lastindex or _ODD
        text = match[kind]
        if kind == NUMBER:
            operands.append(make.real(text) if b"." in text else make.integer(text))
        elif kind == OPERATOR:
            if outer or text in LEFT_ALONE:
                return None
            found.append((operands, text))
            operands = []
        elif kind == LITERAL:
            operands.append(make.string(ESCAPE.sub(_unescaped, text) if b"\\" in text else text))
        elif kind == HEX:
            operands.append(make.string(bytes.fromhex(text.decode("ascii"))))
        elif kind == NAME:
            operands.append(make.name(text))
        elif kind == OPENED and len(outer) < DEEPEST:
            outer.append((text, operands))
            operands = []
        elif kind == CLOSED and outer and _fits(outer[-1][0], text, operands):
            inner, (_, operands) = operands, outer.pop()
            pairs = list(zip(inner[::2], inner[1::2], strict=True)) if text == b">>" else []
            operands.append(make.array(inner) if text == b"]" else make.dictionary(pairs))
        else:
            return None
    return None if outer else found


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match.group()[1:]
    return bytes([int(code, 8)]) if code.isdigit() else ESCAPED.get(code, code)


def _fits(opened: bytes, closed: bytes, inner: list[Any]) -> bool:
    """Whether the bracket belongs to the open one; a dictionary is of keys that are all different, with values."""
    if opened == b"[":
        return closed == b"]"
    keys = inner[::2]
    return closed == b">>" and len(inner) % 2 == 0 and len({str(k) for k in keys}) == len(keys)
