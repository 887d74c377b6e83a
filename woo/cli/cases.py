"""Commands on a case: `woo intake` and `woo gather`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from models import SourceFile
from woo.cli.database import OPERATOR, Json, open_database
from woo.cli.output import emit, say
from woo.errors import InputRejected
from woo.law.lifecycle import Event, Phase
from woo.services import cases, gathering, intake, legal_facts, sources

app = typer.Typer()


@app.command("intake")
def take_in(
    file: Annotated[Path, typer.Argument(help="Een .eml of een formulier (.json)")],
    as_json: Json = False,
    accept: Annotated[bool, typer.Option("--accept", help="Neem het verzoek ook in behandeling.")] = False,
) -> None:
    """Registreer een verzoek uit een bestand en maak de ontvangstbevestiging."""
    database = open_database()
    with database.work(OPERATOR) as work:
        case = intake.take_in(work, _read(file, intake.MAX_BYTES), file.name)
        if accept and case.phase == Phase.INTAKE:
            cases.move(work, case, Event.REQUEST_ACCEPTED)
        deadline = legal_facts.deadline_of(case, work.clock.today())
        number = case.number
    say(f"Zaak {number} is geregistreerd. Uiterste dag voor het besluit: {deadline.deadline:%d-%m-%Y}.")
    if as_json:
        emit({"case": number, "received": deadline.start, "deadline": deadline.deadline})


@app.command("gather")
def gather(
    folder: Annotated[Path, typer.Argument(help="Map, zip of bestand")],
    case_number: Annotated[str, typer.Option("--case", help="Zaaknummer")],
    as_json: Json = False,
) -> None:
    """Lever bestanden aan bij een zaak, zet ze om, en meld van elk bestand wat ervan geworden is."""
    if not folder.exists():
        raise InputRejected("Deze map of dit bestand bestaat niet. Er is niets aangeleverd.")
    database = open_database()
    with database.work(OPERATOR) as work:
        case = cases.case_by_number(work, case_number)
        if case.phase == Phase.INTAKE:
            cases.move(work, case, Event.REQUEST_ACCEPTED)
        sources.deliver(work, case, folder)
        case_id = case.id
    gathering.gather_here(database, case_id, progress=say)
    with database.reading() as work:
        case = cases.case_by_number(work, case_number)
        rows = sources.report(work, case)
        totals = sources.totals(rows)
        lines = [_source_line(row) for row in rows]
    say(", ".join(f"{sources.OUTCOME_LABELS[k]}: {n}" for k, n in totals.items() if n) + f"; samen {len(rows)}.")
    if as_json:
        emit({"case": case_number, "in": len(rows), "out": totals, "files": lines})


def _source_line(row: SourceFile) -> dict[str, object]:
    return {
        "path": row.path,
        "sha256": row.sha256,
        "bytes": row.size,
        "outcome": row.outcome,
        "duplicate_of": str(row.duplicate_of_id) if row.duplicate_of_id else None,
        "document": row.document.number if row.document else None,
    }


def _read(file: Path, limit: int) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError:
        raise InputRejected("Dit bestand kan niet worden gelezen. Er is niets geregistreerd.") from None
    if not data:
        raise InputRejected("Dit bestand is leeg. Er is niets geregistreerd.")
    return data
