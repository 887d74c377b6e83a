"""Commands about cases and the installation: set-up, accounts, intake, gathering, the legal clock, the audit chain."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer

from models import SourceFile
from woo.cli import termijn as clock_command
from woo.cli.output import emit, say
from woo.errors import InputRejected
from woo.gather import tools_report
from woo.law.lifecycle import ROLE_LABELS, Event, Phase, Role, check_table
from woo.services import audit, cases, gathering, intake, legal_facts, sources, users
from woo.services.work import Actor, Database
from woo.settings import load_settings

Json = Annotated[bool, typer.Option("--json", help="Uitvoer voor machines op stdout.")]


def open_database() -> Database:
    """The case store of this installation; InputRejected where it was not set up yet."""
    check_table()
    database = Database(load_settings())
    database.check_migrated()
    return database


def setup(as_json: Json = False) -> None:
    """Maak de tabellen en de sleutels van deze installatie, of werk ze bij."""
    database = Database(load_settings())
    database.migrate()
    for folder in (database.settings.internal_root, database.settings.public_root, database.settings.inbox_root):
        folder.mkdir(parents=True, exist_ok=True)
    say(f"Klaar. De gegevens staan in {database.settings.home}.")
    if as_json:
        emit({"home": str(database.settings.home)})


def check(as_json: Json = False) -> None:
    """Zeg welke programma's en tabellen er zijn."""
    report = [{"name": t.name, "found": t.found, "version": t.version, "message": t.message} for t in tools_report()]
    for line in report:
        say(f"{'✓' if line['found'] else '–'} {line['name']}: {line['version'] or line['message']}")
    if as_json:
        emit(report)


def add_user(
    login: Annotated[str, typer.Argument(help="Inlognaam")],
    name: Annotated[str, typer.Option(help="Voor- en achternaam")],
    role: Annotated[list[str], typer.Option(help=f"Rol: {', '.join(r for r in Role if r is not Role.SYSTEM)}")],
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Lees het wachtwoord van stdin.")] = False,
) -> None:
    """Maak een account voor een medewerker."""
    unknown = [r for r in role if r not in set(Role) - {Role.SYSTEM}]
    if unknown:
        raise InputRejected(f"Deze rol bestaat niet. Kies uit: {', '.join(ROLE_LABELS)}. Er is geen account gemaakt.")
    password = sys.stdin.readline().rstrip("\n") if password_stdin else getpass.getpass("Wachtwoord: ")
    with open_database().work(_operator()) as work:
        users.create_user(work, login, name, [Role(r) for r in role], password)
    say("Het account is gemaakt.")


def take_in(
    file: Annotated[Path, typer.Argument(help="Een .eml of een formulier (.json)")],
    as_json: Json = False,
    accept: Annotated[bool, typer.Option("--accept", help="Neem het verzoek ook in behandeling.")] = False,
) -> None:
    """Registreer een verzoek uit een bestand en maak de ontvangstbevestiging."""
    database = open_database()
    with database.work(_operator()) as work:
        case = intake.take_in(work, _read(file, intake.MAX_BYTES), file.name)
        if accept and case.phase == Phase.INTAKE:
            cases.move(work, case, Event.REQUEST_ACCEPTED)
        deadline = legal_facts.deadline_of(case, work.clock.today())
        number = case.number
    say(f"Zaak {number} is geregistreerd. Uiterste dag voor het besluit: {deadline.deadline:%d-%m-%Y}.")
    if as_json:
        emit({"case": number, "received": deadline.start, "deadline": deadline.deadline})


def gather(
    folder: Annotated[Path, typer.Argument(help="Map, zip of bestand")],
    case_number: Annotated[str, typer.Option("--case", help="Zaaknummer")],
    as_json: Json = False,
) -> None:
    """Lever bestanden aan bij een zaak, zet ze om, en meld van elk bestand wat ervan geworden is."""
    if not folder.exists():
        raise InputRejected("Deze map of dit bestand bestaat niet. Er is niets aangeleverd.")
    database = open_database()
    with database.work(_operator()) as work:
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


def termijn(
    file: Annotated[str, typer.Argument(help="JSON-lijst van zaken, of - voor stdin")],
    as_json: Json = False,
) -> None:
    """Reken termijnen uit, met de som stap voor stap."""
    raise typer.Exit(clock_command.run(file, as_json))


def verify_audit(as_json: Json = False) -> None:
    """Controleer of het logboek nog is zoals het geschreven werd."""
    with open_database().reading() as work:
        breaches = audit.verify_chain(work.session)
        count = audit.length(work.session)
    for breach in breaches:
        say(f"Regel {breach.seq}: {breach.message}.")
    say(
        f"{count} regels gecontroleerd: "
        + ("alles klopt." if not breaches else "HET LOGBOEK KLOPT NIET. Meld dit aan de beveiligingsfunctionaris.")
    )
    if as_json:
        emit(
            {
                "events": count,
                "intact": not breaches,
                "breaches": [{"seq": b.seq, "message": b.message} for b in breaches],
            }
        )
    if breaches:
        raise typer.Exit(3)


def add_commands(app: typer.Typer) -> None:
    """Hang the commands of this module under `woo`."""
    app.command("setup")(setup)
    app.command("check")(check)
    app.command("user-add")(add_user)
    app.command("intake")(take_in)
    app.command("gather")(gather)
    app.command("termijn")(termijn)
    app.command("verify-audit")(verify_audit)


def _operator() -> Actor:
    """Whoever may run commands on this machine: acts for the Centrale Eenheid, and is named `cli` in the log."""
    return Actor(None, frozenset({Role.COORDINATOR, Role.INFORMATION_SPECIALIST, Role.ADMINISTRATOR}), "cli")


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
