"""Reads the finished page as an eye does: in pictures, what stands around the boxes may still spell what must go."""
from __future__ import annotations

import functools
import io
import os
import shutil
import subprocess
from typing import Any

import pypdfium2.raw as pdfium_c
from PIL import Image

from redaction.pdf.geometry import Box, intersection, touches
from redaction.pdf.hidden_words import HiddenWords
from redaction.pdf.pdfium import LOCK
from redaction.pdf.report import Finding
from redaction.pdf.verification.drawing import bounds_of, grey, window
from redaction.pdf.verification.evidence import PageEvidence

DPI = 220
AROUND = (90.0, 5.0)
"""Points left and right of a box, and above and below it, that are read with it: the word before and behind."""
MARGIN = 16
"""White pixels between the pieces of the picture that is read."""
SECONDS = 60
ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
"""With more threads Tesseract is slower, and other work waits."""


@functools.cache
def languages() -> str | None:
    """Languages for Tesseract, as it wants them; None where it is not installed."""
    if shutil.which("tesseract") is None:
        return None
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=SECONDS, check=False)
    found = [name for name in ("nld", "eng") if name in listed.stdout.split()]
    return "+".join(found) or None


def check_ocr(pages: list[PageEvidence], after: Any) -> list[Finding]:
    """Findings where a text that the plan names is still to be read in a picture under or beside a box.

    A text layer may lie beside its picture, so that a box on the layer misses the word. Where the plan names no text, a
    person drew the box on the picture itself.
    """
    found = []
    for page in pages:
        texts = HiddenWords(page.named, (), on_the_page=True)
        boxes = _in_pictures(page, after) if texts else []
        if boxes and texts.within(_read(page, boxes, after)):
            found.append(Finding(page.index, "ocr", "Bij een zwart vak is op het beeld nog te lezen wat weg moest."))
    return found


def _in_pictures(page: PageEvidence, after: Any) -> list[Box]:
    """The boxes with a picture under or beside them."""
    with LOCK:
        opened = after[page.index]
        try:
            count = pdfium_c.FPDFPage_CountObjects(opened.raw)
            items = (pdfium_c.FPDFPage_GetObject(opened.raw, n) for n in range(count))
            pictures = [
                place
                for item in items
                if pdfium_c.FPDFPageObj_GetType(item) == pdfium_c.FPDF_PAGEOBJ_IMAGE and (place := bounds_of(item))
            ]
        finally:
            opened.close()
    return [b for b in page.boxes if any(touches(_wider(b), p) for p in pictures)]


def _wider(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return (x0 - AROUND[0], y0 - AROUND[1], x1 + AROUND[0], y1 + AROUND[1])


def _read(page: PageEvidence, boxes: list[Box], after: Any) -> str:
    """What Tesseract reads in the surroundings of the boxes, all in one picture."""
    picture = grey(after, page.index, DPI)
    crop = page.redacted.crop
    pieces = []
    for box in boxes:
        wide = picture[window(intersection(_wider(box), crop), crop, picture.shape)]
        if wide.size:
            pieces.append(Image.fromarray(wide))
    if not pieces:
        return ""
    turned = [p.rotate(page.redacted.rotation, expand=True, fillcolor=255) for p in pieces]
    height = sum(p.height + MARGIN for p in turned) + MARGIN
    sheet = Image.new("L", (max(p.width for p in turned) + 2 * MARGIN, height), 255)
    top = MARGIN
    for piece in turned:
        sheet.paste(piece, (MARGIN, top))
        top += piece.height + MARGIN
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG")
    command = ["tesseract", "stdin", "stdout", "-l", str(languages()), "--psm", "6"]
    done = subprocess.run(
        command, input=buffer.getvalue(), capture_output=True, timeout=SECONDS, check=True, env=os.environ | ONE_THREAD
    )
    return done.stdout.decode("utf-8", "replace")
