"""`woo cijfers`: the figures over requests, for people, for machines, or as a .csv or .ods file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from woo.cli.database import Json, open_database
from woo.cli.output import emit, say
from woo.errors import InputRejected
from woo.publish.profile import profile
from woo.services.figure_files import figures_csv, figures_ods
from woo.services.figures import DEFINITIONS, Figures, figures

app = typer.Typer(add_completion=False)


@app.command("cijfers")
def cijfers(
    year: Annotated[int | None, typer.Option("--jaar", help="Alleen dit jaar.", min=2000, max=2199)] = None,
    directorate: Annotated[str | None, typer.Option("--directie", help="Alleen deze directie.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Schrijf naar dit bestand: .csv of .ods.")] = None,
    as_json: Json = False,
) -> None:
    """Tel verzoeken, besluiten, doorlooptijden, uitkomsten en gronden."""
    if out is not None and out.suffix not in (".csv", ".ods"):
        raise InputRejected("Kies een bestand dat eindigt op .csv of .ods. Er is niets geschreven.")
    database = open_database()
    with database.reading() as work:
        found = figures(work, year, directorate)
    if out is not None:
        name = profile(database.settings.organisation_file).organisation.name
        data = figures_csv(found) if out.suffix == ".csv" else figures_ods(found, name)
        try:
            out.write_bytes(data)
        except OSError:
            raise InputRejected("Het bestand kan niet worden geschreven. Kies een andere plaats.") from None
        say(f"De cijfers staan in {out.name}.")
    if as_json:
        emit(asdict(found) | {"definitions": dict(DEFINITIONS)})
    elif out is None:
        _tell(found)


def _tell(found: Figures) -> None:
    total = found.total
    say(f"Ontvangen: {total.received}. Besloten: {total.decided}, waarvan op tijd: {total.in_time}.")
    say(f"Afgesloten zonder besluit: {total.without_besluit}.")
    if total.gross_mean is not None and total.net_mean is not None:
        say(
            f"Bruto dagen: gemiddeld {total.gross_mean:.1f}, mediaan {total.gross_median:g}. "
            f"Netto dagen: gemiddeld {total.net_mean:.1f}, mediaan {total.net_median:g}."
        )
    for label, number in (*found.outcomes, *found.endings):
        say(f"  {label}: {number}")
