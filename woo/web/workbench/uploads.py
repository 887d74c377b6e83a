"""Files that come in by a form: written to a folder of their own, under names that can do no harm."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from starlette.datastructures import UploadFile

from woo.errors import InputRejected

_MOST_PARTS = 20
_LONGEST = 180
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def write_uploads(files: Sequence[UploadFile], folder: Path) -> Path:
    """Copy the files into `folder`, keeping the folders they came from; InputRejected where there are none.

    Returns what to deliver: the one file or folder that came, else the folder `aanlevering` that holds them all.

    Names come from the browser and are not trusted: no way up, no absolute path, no control characters.
    """
    if not files:
        raise InputRejected(
            "U heeft geen bestanden gekozen. Er is niets opgeslagen. Kies een zip of een of meer bestanden."
        )
    root = folder / "aanlevering"
    for upload in files:
        target = _free(root / safe_path(upload.filename or ""))
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            shutil.copyfileobj(upload.file, file, 1 << 20)
    found = list(root.iterdir())
    return found[0] if len(found) == 1 else root


def safe_path(name: str) -> PurePosixPath:
    """A relative path without tricks, for the name that a browser gave."""
    parts = [_CONTROL.sub("_", part).strip() for part in name.replace("\\", "/").split("/")]
    parts = [_short(part) for part in parts if part and part.strip(".")]
    return PurePosixPath(*(parts[-_MOST_PARTS:] or ["naamloos"]))


def _short(part: str) -> str:
    stem, dot, ending = part.rpartition(".")
    if not dot or len(ending) > 12:
        return part.encode()[:_LONGEST].decode(errors="ignore")
    return stem.encode()[:_LONGEST].decode(errors="ignore") + dot + ending


def _free(path: Path) -> Path:
    """The path, or the first one with a number that is not taken: two files with one name are both kept."""
    candidate, number = path, 1
    while candidate.exists() or any(parent.is_file() for parent in candidate.parents):
        number += 1
        candidate = (
            path.parent.parent / f"{path.parent.name} ({number})" / path.name
            if path.parent.is_file()
            else path.with_name(f"{path.stem} ({number}){path.suffix}")
        )
    return candidate
