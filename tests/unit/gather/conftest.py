"""Builders for the gather tests: every test makes its own files."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from woo.gather import tools_report
from woo.typeset import FONT_DIR

FOUND = {tool.name for tool in tools_report() if tool.found}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, with the reason, what needs a program that this machine lacks."""
    for item in items:
        if item.get_closest_marker("office") and "soffice" not in FOUND:
            item.add_marker(pytest.mark.skip(reason="LibreOffice is not installed"))
        if item.get_closest_marker("ocr") and "tesseract" not in FOUND:
            item.add_marker(pytest.mark.skip(reason="Tesseract with Dutch is not installed"))


@pytest.fixture(scope="session")
def text_of() -> Callable[[Path], str]:
    """The text of all pages, with line ends folded into spaces."""

    def read(pdf: Path) -> str:
        with pypdfium2.PdfDocument(pdf) as document:
            return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())

    return read


@pytest.fixture(scope="session")
def zipped() -> Callable[..., bytes]:
    """A zip with the given members."""

    def make(**members: bytes) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return buffer.getvalue()

    return make


@pytest.fixture(scope="session")
def scan() -> bytes:
    """A PDF of one page that is only a picture of Dutch text."""
    page = Image.new("L", (1240, 1754), 255)
    font = ImageFont.truetype(str(FONT_DIR / "NotoSans-Regular.ttf"), 44)
    ImageDraw.Draw(page).text((120, 200), "Geachte mevrouw Jansen,\nhet hek langs de kade\nis op 7 mei gesloten.",
                              font=font, fill=0)
    buffer = io.BytesIO()
    page.save(buffer, "PDF", resolution=150)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def bare_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PATH on which only the shell's basics are found: no LibreOffice, no Tesseract."""
    folder = tmp_path_factory.mktemp("bin")
    for name in ("sh", "env"):
        (folder / name).symlink_to(str(shutil.which(name)))
    return str(folder)
