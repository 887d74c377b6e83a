"""Commands about the installation: `woo setup`, `check`, `user-add` and `verify-audit`."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from woo.cli.database import OPERATOR, Json, open_database
from woo.cli.output import emit, say
from woo.errors import InputRejected, WooError
from woo.gather import tools_report
from woo.law.lifecycle import ROLE_LABELS, Role
from woo.services import audit, publications, users
from woo.services.work import Database
from woo.settings import load_settings

app = typer.Typer()


@app.command("setup")
def setup(as_json: Json = False) -> None:
    """Maak de tabellen en de sleutels van deze installatie, of werk ze bij."""
    database = Database(load_settings())
    database.migrate()
    for folder in (database.settings.internal_root, database.settings.public_root, database.settings.inbox_root):
        folder.mkdir(parents=True, exist_ok=True)
    publications.signing_key(database)
    say(f"Klaar. De gegevens staan in {database.settings.home}.")
    if as_json:
        emit({"home": str(database.settings.home)})


@app.command("check")
def check(as_json: Json = False) -> None:
    """Zeg welke programma's er zijn en of de zaakdatabase bij dit programma past."""
    report = [{"name": t.name, "found": t.found, "version": t.version, "message": t.message} for t in tools_report()]
    report.append(_case_store())
    for line in report:
        say(f"{'✓' if line['found'] else '–'} {line['name']}: {line['version'] or line['message']}")
    if as_json:
        emit(report)


def _case_store() -> dict[str, object]:
    """Whether the case store answers and its tables are of this version, as a line of `woo check`."""
    try:
        open_database()
    except WooError as error:
        return {"name": "zaakdatabase", "found": False, "version": "", "message": str(error)}
    return {"name": "zaakdatabase", "found": True, "version": "de tabellen passen bij dit programma", "message": ""}


@app.command("user-add")
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
    with open_database().work(OPERATOR) as work:
        users.create_user(work, login, name, [Role(r) for r in role], password)
    say("Het account is gemaakt.")


@app.command("verify-audit")
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
