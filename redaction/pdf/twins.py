"""Images that lost something under a box and stand unchanged elsewhere in the document (checklist row 25)."""
from __future__ import annotations

import hashlib
from typing import Any

import pikepdf
from pikepdf import Dictionary, Stream

DEEPEST = 10


class Twins:
    """Remembers the images that a box touched, and finds the pages that still show the same picture."""

    def __init__(self) -> None:
        self._touched: dict[str, int] = {}
        """Hash of the image data to the page (from 0) with the box."""
        self._sizes: set[int] = set()

    def touch(self, image: Any, page: int) -> None:
        """Note that a box on `page` covers (part of) this image."""
        if isinstance(image, Stream):
            data = image.read_raw_bytes()
            self._touched.setdefault(hashlib.sha256(data).hexdigest(), page)
            self._sizes.add(len(data))

    def notes(self, pdf: pikepdf.Pdf) -> list[str]:
        """A Dutch sentence for each touched image that is still whole on some page; the reviewer decides."""
        found: dict[str, list[int]] = {}
        for index, page in enumerate(pdf.pages) if self._touched else ():
            for key in self._images(page.obj.get("/Resources"), 0):
                found.setdefault(key, []).append(index)
        return [
            f"De afbeelding onder een vak op pagina {self._touched[key] + 1} staat ongelakt op pagina "
            f"{', '.join(str(p + 1) for p in pages)}. Kijk of zij daar ook weg moet."
            for key, pages in found.items()
        ]

    def _images(self, resources: Any, depth: int) -> set[str]:
        """Hashes of the touched images that these resources, and the forms in them, show."""
        table = resources.get("/XObject") if isinstance(resources, Dictionary) else None
        found: set[str] = set()
        for item in table.values() if isinstance(table, Dictionary) and depth < DEEPEST else []:
            if not isinstance(item, Stream):
                continue
            if item.get("/Subtype") == "/Form":
                found |= self._images(item.get("/Resources"), depth + 1)
            elif len(data := item.read_raw_bytes()) in self._sizes:
                found |= {hashlib.sha256(data).hexdigest()} & self._touched.keys()
        return found
