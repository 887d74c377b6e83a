"""The command `woo termijn`; it loads the law only, so that it answers at once."""

from __future__ import annotations

from typing import Annotated

import typer

from woo.cli import termijn as command

app = typer.Typer(add_completion=False)


@app.command("termijn")
def termijn(
    file: Annotated[str, typer.Argument(help="JSON-lijst van zaken, of - voor stdin")],
    as_json: Annotated[bool, typer.Option("--json", help="Uitvoer voor machines op stdout.")] = False,
) -> None:
    """Reken termijnen uit, met de som stap voor stap."""
    raise typer.Exit(command.run(file, as_json))
