"""Type 1 font programs without the outlines that nothing shows (Adobe Type 1 Font Format, 1990, chapters 2 and 7)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from fontTools.encodings.StandardEncoding import StandardEncoding

EEXEC_KEY, CHARSTRING_KEY = 55665, 4330
STEP, PLUS = 52845, 22719
"""How the key of a byte follows from that of the byte before."""
CALL, ESCAPE = 10, 12
ESCAPED = {6: "seac", 16: "callothersubr"}
"""Operators of an outline that name a subroutine or other letters; those behind ESCAPE."""
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


def _program(data: bytes, skipped: int) -> list[int | str]:
    """The numbers and operators of an outline or subroutine (chapter 6.2); operators that call nothing are nameless."""
    code = _decrypted(data, CHARSTRING_KEY)[skipped:]
    found: list[int | str] = []
    at = 0
    while at < len(code):
        first, size = code[at], 1
        if first == 255:
            found.append(int.from_bytes(code[at + 1 : at + 5], "big", signed=True))
            size = 5
        elif first >= 247:
            high, sign = (first - 247, 1) if first < 251 else (first - 251, -1)
            found.append(sign * (256 * high + code[at + 1] + 108))
            size = 2
        elif first >= 32:
            found.append(first - 139)
        elif first == ESCAPE:
            found.append(ESCAPED.get(code[at + 1], ""))
            size = 2
        else:
            found.append("callsubr" if first == CALL else "")
        at += size
    return found


def _without(secret: bytes, blank: dict[bytes, list[_Piece]], skipped: int) -> bytes:
    """The decrypted part with other data for these pieces, and names that tell nothing for the outlines."""
    out, at = bytearray(), 0
    packed = {data: _encrypted(b"\0" * skipped + data, CHARSTRING_KEY) for data in blank}
    listed = sorted(((p, data) for data, pieces in blank.items() for p in pieces), key=lambda pair: pair[0].first)
    for number, (piece, data) in enumerate(listed):
        made = packed[data]
        name = b"weg%d" % number if data == EMPTY else piece.name.encode("latin-1")
        out += secret[at : piece.label[0]] + name + secret[piece.label[1] : piece.length[0]]
        out += b"%d" % len(made) + secret[piece.length[1] : piece.first] + made
        at = piece.last
    return bytes(out + secret[at:])


def _decrypted(data: bytes, key: int) -> bytes:
    """Chapter 7.1, all bytes at once: key i + 1 is (key i + byte i) * STEP + PLUS, so that key i / STEP ** i is a sum.

    All modulo 2 ** 16, in which STEP has an inverse.
    """
    codes = np.frombuffer(data, np.uint8).astype(np.uint16)
    steps, backs = (
        np.multiply.accumulate(np.concatenate([[1], np.full(len(codes), by)]).astype(np.uint16), dtype=np.uint16)
        for by in (STEP, pow(STEP, -1, 1 << 16))
    )
    sums = np.add.accumulate(codes * backs[:-1] + np.uint16(PLUS) * backs[1:], dtype=np.uint16)
    keys = steps[:-1] * (np.uint16(key) + np.concatenate([[0], sums[:-1]]).astype(np.uint16))
    return (codes ^ (keys >> 8)).astype(np.uint8).tobytes() if len(codes) else b""


def _encrypted(data: bytes, key: int) -> bytes:
    """Chapter 7.1; a loop of its own, for fontTools takes seven calls for a byte."""
    out = bytearray(len(data))
    for i, byte in enumerate(data):
        code = byte ^ (key >> 8)
        out[i] = code
        key = ((code + key) * STEP + PLUS) & 0xFFFF
    return bytes(out)
