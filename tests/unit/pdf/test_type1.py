"""Type 1 programs: what no text shows loses its outline, its subroutines and its name in the encoding."""

from __future__ import annotations

from fontTools.misc.eexec import decrypt, encrypt

from redaction.pdf.type1 import EMPTY, shrink_type1

HEAD = (
    b"%!PS-AdobeFont-1.0: Proef\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n"
    b"dup 65 /A put\ndup 66 /B put\nreadonly def\ncurrentfile eexec\n"
)
TAIL = (b"0" * 64 + b"\n") * 8 + b"cleartomark\n"
ROUTINES = [bytes((11,))] * 4 + [bytes((139, 239, 5, 11)), bytes((239, 139, 5, 11))]
LETTERS = {
    ".notdef": EMPTY,
    "A": bytes((139, 239, 13, 143, 10, 14)),  # calls subroutine 4
    "B": bytes((139, 239, 13, 144, 10, 14)),  # calls subroutine 5
}


def coded(data: bytes) -> bytes:
    return bytes(encrypt(b"\0\0\0\0" + data, 4330)[0])


def program() -> bytes:
    secret = b"\0\0\0\0dup /Private 8 dict dup begin /RD {string currentfile exch readstring pop} def\n/Subrs 6 array\n"
    for number, body in enumerate(ROUTINES):
        secret += b"dup %d %d RD %s NP\n" % (number, len(coded(body)), coded(body))
    secret += b"ND\n2 index /CharStrings 3 dict dup begin\n"
    for name, body in LETTERS.items():
        secret += b"/%s %d RD %s ND\n" % (name.encode(), len(coded(body)), coded(body))
    return HEAD + bytes(encrypt(secret + b"end\nend\nmark currentfile closefile\n", 55665)[0]) + TAIL


def test_a_letter_that_nothing_shows_loses_its_outline_its_subroutine_and_its_name() -> None:
    made = shrink_type1(program(), {66}, {})
    assert made is not None
    data, clear, secret_size, zeros = made
    assert (clear + secret_size + zeros, data[clear + secret_size :]) == (len(data), TAIL)
    secret, _ = decrypt(data[clear : clear + secret_size], 55665)
    assert b"dup 66 /B put" in data[:clear] and b"/A put" not in data[:clear]
    assert coded(LETTERS["B"]) in secret and coded(ROUTINES[5]) in secret
    assert coded(LETTERS["A"]) not in secret and coded(ROUTINES[4]) not in secret


def test_the_names_that_a_document_gives_its_codes_count_too() -> None:
    made = shrink_type1(program(), {1}, {1: {"A"}})
    assert made is not None
    secret, _ = decrypt(made[0][made[1] : made[1] + made[2]], 55665)
    assert coded(LETTERS["A"]) in secret and coded(LETTERS["B"]) not in secret


def test_what_is_no_type1_program_is_left_as_it_is() -> None:
    assert shrink_type1(b"geen lettertype", {65}, {}) is None
    assert shrink_type1(HEAD + b"\0" * 400 + TAIL, {65}, {}) is None
