"""Where the command writes: people's text to stderr, JSON for machines to stdout."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer


def say(text: str) -> None:
    """Text for people."""
    typer.echo(text, err=True)


def emit(document: Any) -> None:
    """One JSON document, or one line of JSON lines, in UTF-8."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()
