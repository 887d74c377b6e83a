"""Pages as two programs draw them: PDFium as a viewer does, with forms filled in, and poppler."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

DPI = 72
MOST_PIXELS = 2000
"""Width or height at most: larger pages are drawn smaller."""
Pictures = Iterator["np.ndarray[Any, np.dtype[np.uint8]]"]


def by_pdfium(path: Path) -> Pictures:
    """The pages with annotations and form fields, drawn in colour: in grey PDFium puts letters on whole pixels, and
    then moves those before a gap.
    """
    document = pdfium.PdfDocument(str(path))
    try:
        document.init_forms()
        for index in range(len(document)):
            page = document[index]
            bitmap = page.render(scale=min(DPI / 72, MOST_PIXELS / max(page.get_size())))
            yield np.asarray(bitmap.to_pil().convert("L")).copy()
            bitmap.close()
            page.close()
    finally:
        document.close()


def by_poppler(path: Path) -> Pictures:
    """The same drawn by poppler's pdftoppm."""
    with pdfium.PdfDocument(str(path)) as document:
        sizes = [document[index].get_size() for index in range(len(document))]
    with tempfile.TemporaryDirectory() as folder:
        for number, size in enumerate(sizes, start=1):
            scale = min(DPI, DPI * MOST_PIXELS / max(size))
            target = Path(folder) / "page"
            command = ["pdftoppm", "-gray", "-cropbox", "-singlefile", "-r", f"{scale}", "-f", str(number)]
            subprocess.run([*command, str(path), str(target)], capture_output=True, timeout=60, check=False)
            made = target.with_suffix(".pgm")
            if made.exists():
                with Image.open(made) as picture:
                    yield np.asarray(picture.convert("L")).copy()
                made.unlink()
            else:
                yield np.zeros((1, 1), np.uint8)


PROGRAMS: dict[str, Callable[[Path], Pictures]] = {"PDFium": by_pdfium, "poppler": by_poppler}
