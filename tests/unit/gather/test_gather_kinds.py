"""Content decides what a file is; the name only decides between kinds that look the same inside."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from woo.gather import SourceItem
from woo.gather.kinds import is_system_file, mismatch, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MAIL = b"From: a@b.nl\r\nTo: c@d.nl\r\nSubject: x\r\n\r\nhallo"


@pytest.mark.parametrize(("name", "data", "kind"), [
    ("leeg.txt", b"", "empty"),
    ("a.txt", b"%PDF-1.7\n", "pdf"),
    ("a.pdf", b"junk before\n%PDF-1.4\n", "pdf"),
    ("mail", MAIL, "eml"),
    ("mail.txt", b"\xef\xbb\xbf" + MAIL, "eml"),
    ("mail.txt", b"Return-Path: <x>\nReceived: from a\n by b\nDate: x\n\nhoi", "eml"),
    ("notitie.txt", b"Datum: 7 mei\nAan: Jan\n\nhoi", "txt"),
    ("notitie.txt", b"From: Jan\nhoe gaat het\n\nhoi", "txt"),
    ("box", b"From x@y Thu May 7\nFrom: a@b.nl\nTo: c\n\nhoi", "mbox"),
    ("a.doc", b"<!DOCTYPE html><p>hoi", "html"),
    ("a.csv", b"a;b\n1;2", "csv"),
    ("a.txt", "caf\u00e9 \u20ac".encode("cp1252"), "txt"),
    ("a.txt", "hallo".encode("utf-16"), "txt"),
    ("a.txt", "hallo allemaal".encode("utf-16-le"), "txt"),
    ("a.ics", b"BEGIN:VCALENDAR\n", "ics"),
    ("a.bin", bytes(range(256)) * 4, "unknown"),
    ("a.exe", b"MZ\x90\x00", "program"),
    ("a.jpg", b"\xff\xd8\xff\xe0", "image"),
    ("a.webp", b"RIFF\x00\x00\x00\x00WEBP", "image"),
    ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("a.msg", OLE + "__substg1.0_".encode("utf-16-le"), "msg"),
    ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "doc"),
    ("a.rtf", b"{\\rtf1 x}", "rtf"),
    ("a.zip", b"PK\x03\x04 and then nothing", "broken-zip"),
])
def test_a_file_is_what_its_content_says(name: str, data: bytes, kind: str) -> None:
    assert sniff(SourceItem(name, data)) == kind


@pytest.mark.parametrize(("members", "kind"), [
    ({"word/document.xml": b""}, "docx"), ({"xl/workbook.xml": b""}, "xlsx"), ({"ppt/presentation.xml": b""}, "pptx"),
    ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "odt"), ({"a.txt": b"x"}, "zip"),
    ({"[Content_Types].xml": b"", "word/media/x": b""}, "docx"),
])
def test_office_packages_are_told_from_zips_by_their_members(
    zipped: Callable[..., bytes], members: dict[str, bytes], kind: str
) -> None:
    assert sniff(SourceItem("naam.docx", zipped(**members))) == kind


@pytest.mark.parametrize(("name", "data", "expected"), [
    ("Thumbs.db", OLE, True), (".DS_Store", b"x", True), ("~$ta.docx", b"x" * 162, True),
    ("._a.pdf", b"\x00\x05\x16\x07", True),
    ("a.zip!/__MACOSX/a.pdf", b"x", True), (".verborgen notitie.txt", b"x", False), ("._echt.txt", b"tekst", False),
    ("~$groot.docx", b"x" * 9000, False),
])
def test_what_programs_leave_behind_is_recognised(name: str, data: bytes, expected: bool) -> None:
    assert is_system_file(SourceItem(name, data)) is expected


def test_a_name_that_promises_something_else_is_noticed() -> None:
    assert mismatch(SourceItem("a.docx", b""), "pdf")
    assert not mismatch(SourceItem("a.PDF", b""), "pdf")
    assert not mismatch(SourceItem(".PDF", b""), "pdf")
    assert not mismatch(SourceItem("zonder", b""), "pdf")
