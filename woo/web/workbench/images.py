"""Pictures of PDF pages for the screen, rendered on demand and kept in memory for a short while; never on disk."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from pathlib import Path

from PIL import Image

from redaction.errors import UnusableInput
from redaction.pdf import PdfRenderer
from woo.errors import InputRejected

DPI = 130
QUALITY = 80
_OPEN_FILES = 6
_MEMORY = 64 * 1024 * 1024


class PageImages:
    """JPEG pictures of pages, by content hash and page. PDFium is not thread-safe: one page at a time is rendered."""

    def __init__(self, memory: int = _MEMORY) -> None:
        self._lock = threading.Lock()
        self._renderers: OrderedDict[str, PdfRenderer] = OrderedDict()
        self._pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._room = memory

    def jpeg(self, digest: str, pdf: Path, index: int) -> bytes:
        """Picture of page `index` (from 0) of the file with this SHA-256; InputRejected where it cannot be shown."""
        key = (digest, index)
        with self._lock:
            if key in self._pictures:
                self._pictures.move_to_end(key)
                return self._pictures[key]
            image = self._render(digest, pdf, index)
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=QUALITY)  # outside the lock: Pillow lets other threads run meanwhile
        picture = buffer.getvalue()
        with self._lock:
            self._keep(key, picture)
        return picture

    def page_count(self, digest: str, pdf: Path) -> int:
        """How many pages the file has."""
        with self._lock:
            return len(self._renderer(digest, pdf))

    def close(self) -> None:
        """Give all files and memory back."""
        with self._lock:
            for renderer in self._renderers.values():
                renderer.close()
            self._renderers.clear()
            self._pictures.clear()

    def _render(self, digest: str, pdf: Path, index: int) -> Image.Image:
        try:
            return self._renderer(digest, pdf).image(index, DPI)
        except UnusableInput as error:
            raise InputRejected("Deze pagina kan niet worden getoond. Meld dit aan de beheerder.") from error

    def _renderer(self, digest: str, pdf: Path) -> PdfRenderer:
        renderer = self._renderers.pop(digest, None) or PdfRenderer(pdf)
        self._renderers[digest] = renderer
        while len(self._renderers) > _OPEN_FILES:
            self._renderers.popitem(last=False)[1].close()
        return renderer

    def _keep(self, key: tuple[str, int], picture: bytes) -> None:
        self._room += len(self._pictures.pop(key, b"")) - len(picture)
        self._pictures[key] = picture
        while self._room < 0 and len(self._pictures) > 1:
            self._room += len(self._pictures.popitem(last=False)[1])
