"""Says which programs outside Python are there; each is optional and a missing one becomes a to-do on a document."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from woo.gather.sandbox import Exceeded, Finished, Limits, run_program

LANGUAGES = ("nld",)
_NEEDED_FOR = {
    "soffice": ("LibreOffice", "Word-bestanden", "libreoffice-writer"),
    "tesseract": ("Tesseract", "tekst in scans", "tesseract-ocr tesseract-ocr-nld"),
    "pdftotext": ("Poppler", "een extra controle op gelakte PDF's", "poppler-utils"),
}


@dataclass(frozen=True)
class ToolStatus:
    """One program: whether it can be used, its version ("" when unknown), and a Dutch sentence for the user."""

    name: str
    found: bool
    version: str
    message: str


def tools_report() -> list[ToolStatus]:
    """The state of LibreOffice, Tesseract (with Dutch) and pdftotext on this machine."""
    return [_status(name) for name in _NEEDED_FOR]


def has_office() -> bool:
    """Whether LibreOffice can be started."""
    return shutil.which("soffice") is not None


def has_ocr() -> bool:
    """Whether Tesseract can be started and knows Dutch."""
    return shutil.which("tesseract") is not None and all(language in ocr_languages() for language in LANGUAGES)


def ocr_languages() -> tuple[str, ...]:
    """The languages that Tesseract has, () when it is not there."""
    finished = _ask("tesseract", "--list-langs")
    return tuple(re.findall(r"(?m)^([a-z_]{3,}|script/\w+)$", finished.output)) if finished else ()


def _status(name: str) -> ToolStatus:
    """Look for one program and ask its version."""
    title, purpose, packages = _NEEDED_FOR[name]
    finished = _ask(name, "-v" if name == "pdftotext" else "--version")
    if finished is None:
        return ToolStatus(name, False, "", f"{title} is niet gevonden. Het is nodig voor {purpose}; zonder blijft dat "
                          f"een open taak. Installeer: {packages}.")
    found = re.search(r"\d+(?:\.\d+)+", finished.output)
    version = found[0] if found else ""
    if name == "tesseract" and "nld" not in ocr_languages():
        return ToolStatus(name, False, version, "Tesseract is gevonden, maar zonder Nederlands. "
                          "Installeer: tesseract-ocr-nld.")
    return ToolStatus(name, True, version, f"{title} {version} is gevonden ({purpose}).")


def _ask(name: str, option: str) -> Finished | None:
    """Run a program for what it says about itself; None when it is missing or does not answer."""
    if shutil.which(name) is None:
        return None
    with tempfile.TemporaryDirectory(prefix="woo-tools-") as folder:
        try:
            return run_program([name, option], limits=Limits(seconds=30), cwd=Path(folder))
        except (Exceeded, OSError):
            return None
