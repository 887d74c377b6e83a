"""Reads the sample's files with other tools than the ones that made its record: the raw parts and their text."""

from __future__ import annotations

import io
import re
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from html import unescape

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from woo import sample


@cache
def item_bytes(path: str) -> bytes:
    """The bytes of an item of the manifest: a file below `bronnen`, or a part inside one (`file!/part`)."""
    if "!/" not in path:
        return (sample.sources() / path).read_bytes()
    parent, name = path.rsplit("!/", 1)
    return parts_of(parent)[name]


@cache
def parts_of(path: str) -> dict[str, bytes]:
    """The files inside a mail, a zip or a PDF, by name; empty for anything else."""
    data = item_bytes(path)
    if path.endswith(".eml"):
        return {part.get_filename() or "": part.get_payload(decode=True) for part in mail(data).iter_attachments()}
    if path.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    if path.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    return {}


def mail(data: bytes) -> EmailMessage:
    """A parsed e-mail."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(path: str) -> str:
    """All text of an item, as a reader of that kind of file gets it, white space folded."""
    data = sample.request_eml().read_bytes() if path == "verzoek.eml" else item_bytes(path)
    if path.endswith(".docx"):
        text = _word_text(data)
    elif path.endswith(".pdf"):
        text = _pdf_text(data)
    elif path.endswith(".eml"):
        message = mail(data)
        body = message.get_body(("plain",))
        headers = [f"{name}: {value}" for name, value in message.items()]
        text = "\n".join([*headers, body.get_content() if body else ""])
    else:
        text = data.decode("utf-8")
    return re.sub(r"\s+", " ", text)


def _word_text(data: bytes) -> str:
    """The text of a Word file and of its comments, with what stands in the attributes (author, initials)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = ("word/document.xml", "word/comments.xml", "docProps/core.xml")
        xml = "\n".join(archive.read(name).decode() for name in names if name in archive.namelist())
    authors = " ".join(re.findall(r'w:author="([^"]*)"', xml))
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:br/>|<w:tab/>", "\n", xml)) + " " + authors)


def _pdf_text(data: bytes) -> str:
    """The text that PDFium shows, form fields drawn, with notes and author. Empty for a page that is only a picture."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        extra = [str(pdf.docinfo.get("/Author", ""))]
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                extra += [str(note[key]) for key in ("/T", "/Contents", "/V") if key in note]
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    return "\n".join([*pages, *extra]).replace("\ufffe", "-").replace("\xad", "-")


def is_image_only(data: bytes) -> bool:
    """Whether a PDF holds pictures and no text or drawing at all."""
    document = pypdfium2.PdfDocument(data)
    kinds = {obj.type for page in document for obj in page.get_objects()}
    return kinds == {pdfium.FPDF_PAGEOBJ_IMAGE}
