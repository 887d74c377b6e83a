"""Turns a Typst template and data into a tagged PDF, with our own fonts only.

Data travels as JSON and never as markup, so text from a mail or a form cannot change the layout or read a file.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

from woo.errors import InputRejected

FONT_DIR = Path(__file__).parent / "fonts"
# Order is meaning: the first family that has a character draws it (see fonts/README.md for why DejaVu does Arabic).
FAMILIES = ("Noto Sans", "DejaVu Sans", "Noto Emoji", "Noto Naskh Arabic", "Noto Sans Mono")
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
MAX_CHARACTERS = 3_000_000  # about 0.8 GB and 3 s in the typesetter; callers split longer texts
_NOWHERE = FONT_DIR / "no-packages"
# Seen as nothing on paper; the typesetter refuses the first two and the others turn the reading order around.
_DROPPED = {"\ufeff"}
_TURNING = {"\u202d", "\u202e"}
_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
# No font carries a glyph for these and none is needed: they steer how their neighbours are drawn.
_STEERING = set("\n\t\u00ad\u034f\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\u2066\u2067\u2068\u2069")


class NotTypeset(InputRejected):
    """The PDF could not be made. `diagnostic` is for the maker of the template and may hold text of the document."""

    def __init__(self, message: str, diagnostic: str = "") -> None:
        super().__init__(message)
        self.diagnostic = diagnostic


def typeset(
    template: Path,
    data: Mapping[str, object],
    *,
    standard: str | None = "ua-1",
    created: datetime = NO_DATE,
    assets: Mapping[str, bytes] | None = None,
) -> bytes:
    """Typeset `template` and return the bytes of the PDF; the same arguments give the same bytes.

    `data` must be fit for JSON and is read in the template by `json(bytes(sys.inputs.data))`; the fonts to name in
    `set text(font: ...)` are `json(bytes(sys.inputs.fonts))`. Characters that no
    shipped font has are shown as ⟨U+4E2D⟩. `created` is the creation date in the file. `assets` are pictures by file
    name, read in the template as "assets/NAME". `standard` is a PDF standard ("ua-1": a title is then required, and a
    text for each picture); None for plain PDF. Raises NotTypeset when the text is too long or the template fails.
    """
    payload = json.dumps(displayable_data(data), ensure_ascii=False, sort_keys=True)
    if len(payload) > MAX_CHARACTERS:
        raise NotTypeset("De tekst is te lang om in één keer op te maken. Er is niets opgeslagen. Deel de tekst op.")
    if not assets:
        return _compile(template, template.parent, payload, standard, created)
    with tempfile.TemporaryDirectory(prefix="woo-typeset-") as folder:
        root = Path(folder)
        shutil.copytree(template.parent, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        for name, content in assets.items():
            target = root / "assets" / Path(name).name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        return _compile(root / template.name, root, payload, standard, created)


def uncovered(text: str) -> set[str]:
    """The characters of `text` that no shipped font can show; they appear in the PDF as ⟨U+4E2D⟩."""
    return {char for char in set(text) if not _shown(char)}


def displayable(text: str) -> str:
    """`text` with line ends made equal and every character that cannot be shown replaced by its number, ⟨U+4E2D⟩."""
    for end, plain in _LINE_ENDS.items():
        text = text.replace(end, plain)
    return "".join(char if _shown(char) else "" if char in _DROPPED else f"⟨U+{ord(char):04X}⟩" for char in text)


def displayable_data(value: object) -> Any:
    """`value` (nested dicts, lists, texts, numbers) with every text made displayable."""
    if isinstance(value, str):
        return displayable(value)
    if isinstance(value, Mapping):
        return {str(key): displayable_data(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [displayable_data(item) for item in value]
    return value


def _shown(char: str) -> bool:
    """Whether the typesetter can draw the character, or needs no drawing for it."""
    if char in _STEERING:
        return True
    if char in _TURNING or unicodedata.category(char) in ("Cc", "Cs"):
        return False
    return char not in _DROPPED and ord(char) in _covered()


def _compile(template: Path, root: Path, payload: str, standard: str | None, created: datetime) -> bytes:
    """Run the typesetter with nothing within reach but the template's own folder and our fonts."""
    for part in root.rglob("*.typ"):
        if '"@' in part.read_text(encoding="utf-8"):
            raise NotTypeset("Het sjabloon vraagt een pakket van internet. Dat mag niet. Haal die regel eruit.",
                             part.name)
    standards: Any = [standard] if standard else []
    try:
        result = typst.compile(
            template, root=root, font_paths=_fonts(), ignore_system_fonts=True, format="pdf",
            sys_inputs={"data": payload, "fonts": json.dumps(FAMILIES)}, pdf_standards=standards,
            timestamp=created, package_path=_NOWHERE, package_cache_path=_NOWHERE,
        )
    except typst.TypstError as error:
        raise NotTypeset("De opmaak van dit document is mislukt. Er is niets opgeslagen. Meld dit aan de beheerder.",
                         error.diagnostic) from None
    return bytes(result)


@cache
def _fonts() -> typst.Fonts:
    """Our fonts, read once; the system's fonts would make pages differ from machine to machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_DIR])


@cache
def _covered() -> frozenset[int]:
    """Code points that at least one upright regular font of ours can draw."""
    points: set[int] = set()
    for path in sorted(FONT_DIR.glob("*-Regular.ttf")):
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)
