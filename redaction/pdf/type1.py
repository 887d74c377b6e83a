"""Type 1 font programs without the outlines that nothing shows (Adobe Type 1 Font Format, 1990, chapters 2 and 7)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.misc.psCharStrings import T1CharString

EEXEC_KEY, CHARSTRING_KEY = 55665, 4330
EMPTY = bytes((139, 139, 13, 14))
"""0 0 hsbw endchar: a letter without width or outline."""
RETURN = bytes((11,))
FIXED = {"0", "1", "2", "3"}
"""Subroutines that every font has, for curves and hints."""
EEXEC = re.compile(rb"eexec(?:\r\n|\r|\n| )")
ENTRY = re.compile(rb"/(\S+)\s+(\d+)\s+\S+ ")
SUBROUTINE = re.compile(rb"dup\s+(\d+)\s+(\d+)\s+\S+ ")
CODE = re.compile(rb"dup\s+(\d+)\s*/(\S+)\s+put\s*")
ZEROS = re.compile(rb"(?:0{64}\s{1,2}){1,8}cleartomark")
LEN_IV = re.compile(rb"/lenIV\s+(-?\d+)")


def shrink_type1(program: bytes, codes: set[int], names: dict[int, set[str]]) -> tuple[bytes, int, int, int] | None:
    """The Type 1 program (and the lengths of its three parts) with empty outlines for what the codes do not show.

    `names` are the document's own names for codes. None when the program cannot be taken apart.
    """
    try:
        return _shrunk(program, codes, names)
    except Exception:  # whatever is wrong with an embedded program; the caller keeps the old one
        return None


def renamed(program: bytes, other: Callable[[bytes], bytes]) -> bytes:
    """The program with `other` names, as long as those that they replace, for its outlines."""
    begin = EEXEC.search(program)
    if begin is None:
        return program
    tail = ZEROS.search(program, begin.end())
    end = tail.start() if tail is not None else len(program)
    secret = _decrypted(program[begin.end() : end], EEXEC_KEY)
    out = bytearray(secret)
    for piece in _pieces(secret, ENTRY, max(0, secret.find(b"/CharStrings")), len(secret)):
        out[slice(*piece.label)] = other(secret[slice(*piece.label)])
    return program if out == secret else program[: begin.end()] + _encrypted(bytes(out), EEXEC_KEY) + program[end:]


def _shrunk(program: bytes, codes: set[int], names: dict[int, set[str]]) -> tuple[bytes, int, int, int] | None:
    begin = EEXEC.search(program)
    if begin is None:
        return None
    tail = ZEROS.search(program, begin.end())
    end = tail.start() if tail is not None else len(program)
    head = program[: begin.end()]
    secret = _decrypted(program[begin.end() : end], EEXEC_KEY)
    lead = LEN_IV.search(secret)
    skipped = int(lead[1]) if lead is not None else 4
    middle = secret.find(b"/CharStrings")
    if middle < 0 or skipped < 0:
        return None
    first = secret.find(b"/Subrs", 0, middle)
    subroutines = _pieces(secret, SUBROUTINE, first, middle) if first >= 0 else []
    letters = _pieces(secret, ENTRY, secret.index(b"begin", middle), len(secret))
    own = {int(code): name.decode("latin-1") for code, name in CODE.findall(head)}
    kept = {".notdef"}.union(*(names.get(c, set()) for c in codes))
    kept |= {own[c] if own else StandardEncoding[c] for c in codes if c in own or not own}
    kept, called = _needed(secret, letters, subroutines, kept, skipped)
    blank = {
        EMPTY: [p for p in letters if p.name not in kept],
        RETURN: [p for p in subroutines if p.name not in called],
    }
    made = _encrypted(_without(secret, blank, skipped), EEXEC_KEY)
    clear = CODE.sub(lambda m: m[0] if m[2].decode("latin-1") in kept else b"", head)
    return clear + made + program[end:], len(clear), len(made), len(program) - end


@dataclass(frozen=True)
class _Piece:
    """An outline or subroutine: its name or number and where that, its length and its data are written."""

    name: str
    label: tuple[int, int]
    length: tuple[int, int]
    first: int
    last: int


def _pieces(secret: bytes, pattern: re.Pattern[bytes], start: int, stop: int) -> list[_Piece]:
    found: list[_Piece] = []
    while match := pattern.search(secret, start, stop):
        start = match.end() + int(match[2])
        found.append(_Piece(match[1].decode("latin-1"), match.span(1), match.span(2), match.end(), start))
    return found


def _needed(
    secret: bytes, letters: list[_Piece], subroutines: list[_Piece], kept: set[str], skipped: int
) -> tuple[set[str], set[str]]:
    """The kept letters with those they are put together from (seac), and the subroutines that all these call."""
    outlines = {p.name: p for p in letters}
    parts = {p.name: p for p in subroutines}
    wanted, called = set(kept), set(FIXED)
    waiting = [outlines[n] for n in kept if n in outlines]
    while waiting:
        piece = waiting.pop()
        program = _program(secret[piece.first : piece.last], skipped)
        if "seac" in program:
            at = program.index("seac")
            more = {StandardEncoding[p] for p in program[at - 2 : at] if isinstance(p, int)} - wanted
            waiting += [outlines[n] for n in more if n in outlines]
            wanted |= more
        places = [i - 1 for i, o in enumerate(program) if o == "callsubr"]
        places += [i - 3 for i, o in enumerate(program) if o == "callothersubr"]
        fresh = {str(program[i]) for i in places if i >= 0} & parts.keys() - called
        waiting += [parts[n] for n in fresh]
        called |= fresh
    return wanted, called


def _program(data: bytes, skipped: int) -> list[Any]:
    string = T1CharString(_decrypted(data, CHARSTRING_KEY)[skipped:])
    string.decompile()
    program: list[Any] = string.program
    return program


def _without(secret: bytes, blank: dict[bytes, list[_Piece]], skipped: int) -> bytes:
    """The decrypted part with other data for these pieces, and names that tell nothing for the outlines."""
    out, at = bytearray(), 0
    listed = sorted(((p, data) for data, pieces in blank.items() for p in pieces), key=lambda pair: pair[0].first)
    for number, (piece, data) in enumerate(listed):
        made = _encrypted(b"\0" * skipped + data, CHARSTRING_KEY)
        name = b"weg%d" % number if data == EMPTY else piece.name.encode("latin-1")
        out += secret[at : piece.label[0]] + name + secret[piece.label[1] : piece.length[0]]
        out += b"%d" % len(made) + secret[piece.length[1] : piece.first] + made
        at = piece.last
    return bytes(out + secret[at:])


def _decrypted(data: bytes, key: int) -> bytes:
    out = bytearray(len(data))
    for i, code in enumerate(data):
        out[i] = code ^ (key >> 8)
        key = ((code + key) * 52845 + 22719) & 0xFFFF
    return bytes(out)


def _encrypted(data: bytes, key: int) -> bytes:
    """Chapter 7.1; the same loop as in `_decrypted`, where fontTools takes seven calls for a byte."""
    out = bytearray(len(data))
    for i, byte in enumerate(data):
        code = byte ^ (key >> 8)
        out[i] = code
        key = ((code + key) * 52845 + 22719) & 0xFFFF
    return bytes(out)
