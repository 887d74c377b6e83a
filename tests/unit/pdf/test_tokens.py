"""Content that is split at one go is what the libraries make of it themselves; the rest is left to them."""
from __future__ import annotations

import re
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSKeyword
from pypdf.generic import ContentStream, DecodedStreamObject

from redaction.pdf.verification.routes import PDFMINER, PYPDF
from redaction.pdf.verification.tokens import operations
from tests.unit.pdf import attacks

ORDINARY = [
    b"BT /F1 12 Tf 72 700.5 Td (Behandeld door) Tj ET", b"[(a\\)b\\(c) -20 <00410042> .5 (\\101\\n)] TJ",
    b"T* (x) ' 1 2 (y) \"", b"/Span <</MCID 0/Lang (nl-NL)>> BDC EMC", b"/P <</A [1 [2 /B]] /C <</D ()>>>>BDC",
    b"-1 +2 -.5 7. 0.000001 +.25 cm", b"<> Tj", b"0 0 1 rg\r\n1 0 0 1 0 0 cm/Fm0 Do\nQ\n", b"", b" \n",
]  # fmt: skip
ODD = [
    b"(a) Tj % (b) Tj\n", b"<4> Tj", b"<41 42> Tj", b"<4G> Tj", b"(a\\\nb) Tj", b"(a\\8) Tj", b"(a\\1) Tj",
    b"(a(b)c) Tj", b"(a\rb) Tj", b"(half", b"[(a) Tj", b"(a)] TJ", b"<</A 1 BDC", b"/A#42 gs", b"<</A 1/A 2>> BDC",
    b"<</A>> BDC", b"BI /W 1 ID x EI", b"1 0 R Do", b"\x00(a) Tj", b"1e5 w", b"1234567890123456 w", b"--5 w",
    b"1.2.3 w", b"{ } Tj", b"[" * 30 + b"]" * 30 + b" TJ", b"true gs", b"[(a) Tj] TJ", b"/Name(a) \xe9 Tj",
    b"(a)Tj\x0b",
]  # fmt: skip


def by_pypdf(data: bytes) -> list[tuple[Any, bytes]]:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return ContentStream(stream, None, "bytes").operations


def by_pdfminer(data: bytes) -> list[tuple[list[Any], bytes]]:
    stream = PDFStream({}, data)
    found: list[tuple[list[Any], bytes]] = []
    operands: list[Any] = []
    parser = PDFContentParser([stream])
    while True:
        try:
            _, item = parser.nextobject()
        except PSEOF:
            return found
        if isinstance(item, PSKeyword):
            found.append((operands, item.name))
            operands = []
        else:
            operands.append(item)


def assert_alike(data: bytes) -> bool:
    """Whether the content is ordinary; it is then read as the libraries read it, types and all."""
    for makers, reading in ((PYPDF, by_pypdf), (PDFMINER, by_pdfminer)):
        found = operations(data, makers)
        if found is None:
            return False
        expected = reading(data)
        assert found == expected
        assert [[type(o) for o in given] for given, _ in found] == [[type(o) for o in given] for given, _ in expected]
    return True


@pytest.mark.parametrize("data", ORDINARY)
def test_ordinary_content_is_read_as_the_libraries_read_it(data: bytes) -> None:
    assert assert_alike(data)


@pytest.mark.parametrize("data", ODD)
def test_odd_content_is_left_to_the_libraries(data: bytes) -> None:
    assert operations(data, PYPDF) is None
    assert operations(data, PDFMINER) is None


def test_the_content_of_all_attacks_is_read_as_the_libraries_read_it() -> None:
    read = []
    for attack in attacks.CONTENT.values():
        pdf = attack(True)
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and re.search(rb"\bT[jJ]\b", data := item.read_raw_bytes()):
                read.append(assert_alike(data))
    assert sum(read) > len(read) / 2


PIECES = [
    b"(", b")", b"<", b">", b"<<", b">>", b"[", b"]", b"/N", b"12", b"-3.5", b"Tj", b"BT", b"\\n", b"\\051", b"4a",
    b"(a)", b"%", b"'",
]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([b"", b" "])), max_size=25))
def test_whatever_is_taken_as_ordinary_is_read_as_the_libraries_read_it(parts: list[tuple[bytes, bytes]]) -> None:
    assert_alike(b"".join(piece + gap for piece, gap in parts))
