"""Once, before review: what the reviewer sees is all there is. Notes are flattened, hidden things and scripts go."""
from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary

from redaction.errors import UnusableInput
from redaction.pdf.cleaning import TITLE, clean_document
from redaction.pdf.flatten import Attachment, Dropped, flatten, take_attachments
from redaction.pdf.hidden_words import HiddenWords
from redaction.pdf.layers import Layers
from redaction.pdf.loops import break_loops
from redaction.pdf.losses import losses
from redaction.pdf.opening import open_pdf
from redaction.pdf.pdfium import document_of, unloadable_pages
from redaction.pdf.render import PdfRenderer
from redaction.pdf.structure import StructureTree
from redaction.pdf.trimming import trim_pages
from redaction.pdf.unseen import drop_unseen


@dataclass(frozen=True)
class NormaliseReport:
    """What normalising did: what did not come along, files that were packed in it, whether it was damaged."""

    pages: int
    dropped: tuple[Dropped, ...]
    attachments: tuple[Attachment, ...]
    repaired: bool
    unreadable: tuple[int, ...] = ()
    """Pages (from 0) that cannot be shown, and are empty in the result: somebody must get a better copy of them."""


def normalise(source: Path, target: Path, *, password: str | None = None) -> NormaliseReport:
    """Write to `target` the document as a reviewer sees it, without a lock and without anything unseen.

    Raises UnusableInput when the source needs a password, cannot be opened or repaired, has no pages or is too large.
    """
    opened = open_pdf(source, password)
    pdf = opened.pdf
    attachments = take_attachments(pdf)
    dropped = [Dropped("attachment", None, "Dit bestand is nu een eigen document.") for _ in attachments] + losses(pdf)
    looped = break_loops(pdf)
    layers = Layers(pdf)
    if looped:
        dropped.append(Dropped("page", None, "Een onderdeel dat zichzelf tekende, staat er nu één keer."))
    lost, gone = flatten(pdf)
    StructureTree(pdf).drop_objects(gone)
    dropped += lost + _trimmed(pdf, layers)
    nothing = HiddenWords((), ())
    beside = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        pdf.save(beside, encryption=False, fix_metadata_version=False)
        unreadable = empty_unreadable(pdf, beside)
        with PdfRenderer(beside) as renderer:
            drop_unseen(pdf, nothing, nothing)
            clean_document(pdf, nothing, lambda index: renderer.text(index).text, title=TITLE)
        pages = len(pdf.pages)
        pdf.remove_unreferenced_resources()
        pdf.save(beside, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        with document_of(beside) as document:
            if len(document) != pages:
                raise UnusableInput("broken")
        os.replace(beside, target)  # noqa: PTH105  replaces an existing file in one step
    except (pikepdf.PdfError, RuntimeError) as error:
        raise UnusableInput("broken") from error
    finally:
        beside.unlink(missing_ok=True)
        pdf.close()
    return NormaliseReport(pages, tuple(dropped), tuple(attachments), opened.repaired, unreadable)


def empty_unreadable(pdf: pikepdf.Pdf, saved: Path) -> tuple[int, ...]:
    """Empty the pages that PDFium cannot load from the saved file: nobody could review what they hold."""
    with document_of(saved) as document:
        found = unloadable_pages(document)
    for index in found:
        page = pdf.pages[index].obj
        for key in [k for k in page.keys() if k not in ("/Type", "/Parent")]:  # noqa: SIM118  a pikepdf object is no dict
            del page[key]
        page["/MediaBox"], page["/Resources"] = Array([0, 0, 595, 842]), Dictionary()
    return found


def _trimmed(pdf: pikepdf.Pdf, layers: Layers) -> list[Dropped]:
    """Take hidden layers and what lies off the page out of every page."""
    trimmed, unread = trim_pages(pdf, layers)
    hidden = "Tekst die niet te zien was, in een laag of buiten de pagina, is weggelaten."
    unclear = "De inhoud van deze pagina is niet te ontleden en bleef zo."
    return [Dropped("hidden", i, hidden) for i in trimmed] + [Dropped("page", i, unclear) for i in unread]
