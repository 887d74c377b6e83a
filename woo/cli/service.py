"""Commands about the whole: `serve`, `demo`, `setup-meldingen`. They start flows by name: only flows know Prefect."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from woo.errors import InputRejected

app = typer.Typer()


@app.command("serve")
def serve() -> None:
    """Start de werkbank, de publieke site, Prefect en de stromen met één opdracht."""
    _become("flows.embedded")


@app.command("demo")
def demo(
    scripted: Annotated[bool, typer.Option("--scripted", help="Van ontvangst tot publicatie zonder mens.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Map voor het resultaat (met --scripted).")] = None,
) -> None:
    """Toon de hele keten op het voorbeeldverzoek."""
    if scripted and out is None:
        raise InputRejected("Geef met --out een map voor het resultaat. Er is niets gestart.")
    _become("flows.demo", *(["--scripted", "--out", str(out)] if scripted else []))


@app.command("setup-meldingen")
def set_up_notifications() -> None:
    """Zet in Prefect de meldingen klaar over zaken die (bijna) te laat zijn; `woo serve` doet dit zelf."""
    _become("flows.notifications")


def _become(module: str, *arguments: str) -> None:
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])  # noqa: S606 - our own interpreter, no shell
