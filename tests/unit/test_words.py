"""One word per concept: the glossary's forbidden words are no names in our code; the project speaks of itself only."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Terms of the PDF standard (ISO 32000-1) and of libraries that the redaction room wraps: other things there.
THEIR_TERMS = {"annotation", "mask"}
ROOMS = ("flows", "woo", "models", "redaction")


def _forbidden() -> list[str]:
    rows = re.findall(r"^\|([^|]+)\|([^|]+)\|([^|]+)\|", (ROOT / "docs/woordenlijst.md").read_text(), re.MULTILINE)
    return sorted({word.strip() for row in rows[2:] for word in row[2].split(",")})


def _names(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


@cache
def _all_names() -> list[tuple[str, str]]:
    """Every name in our code, with its file."""
    return [
        (str(f.relative_to(ROOT)), name)
        for room in ROOMS
        for f in (ROOT / room).rglob("*.py")
        for name in set(_names(f))
    ]


@pytest.mark.parametrize("word", _forbidden())
def test_a_forbidden_synonym_is_no_name_in_the_code(word: str) -> None:
    pattern = re.compile(rf"(^|_){re.escape(word)}s?(_|$)", re.IGNORECASE)
    found = [
        f"{file}: {name}"
        for file, name in _all_names()
        if name != "type_annotation_map"  # SQLAlchemy's own name
        and not (word in THEIR_TERMS and file.startswith("redaction/"))
        and pattern.search(re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower())
    ]

    assert found == []


def test_no_machine_path_or_index_address_stands_in_the_project() -> None:
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    told = re.compile(
        "|".join(
            ["/wo" + "rk/", "/ro" + "ot/", "python" + "hosted", "registry\\.npm" + "js", "deb\\.debian" + "\\.org"]
        )
    )
    found = []
    for name in filter(None, files):
        path = ROOT / name
        if not path.is_file() or path.suffix in {".pdf", ".png", ".ttf", ".woff2", ".docx", ".zip", ".jpg", ".gz"}:
            continue
        if told.search(path.read_text(errors="ignore")):
            found.append(name)

    assert found == []
