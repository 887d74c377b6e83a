"""Termijnbewaking: every morning one table for the Centrale Eenheid, worst first, and an event per case that needs it.

Case numbers, dates and roles only: titles and names stay in the workbench.
"""

from __future__ import annotations

from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.case_store import case_store
from flows.deadline_report import deadline_table, summary
from flows.stage import as_task, quietly
from woo.services import watch
from woo.services.watch import Watch
from woo.services.work import Database

TABLE_KEY, SUMMARY_KEY = "termijnbewaking", "termijnbewaking-overzicht"


@flow(name="Termijnbewaking", flow_run_name="Termijnbewaking", persist_result=False, log_prints=False)
@quietly
def watch_deadlines() -> State[Any]:
    """Maak de dagelijkse lijst van termijnen en werk het beeld van elke zaak bij."""
    database = case_store()
    seen: list[Watch] = []
    as_task("Termijnen berekenen", lambda: seen.append(look(database)))
    as_task("Lijst plaatsen", lambda: post_lists(database, seen[-1]))
    as_task("Meldingen en beelden", lambda: announce(database, seen[-1]))
    late = sum(counted["late"] for counted in seen[-1].badges.values())
    return Completed(name="Bijgewerkt", message=f"{seen[-1].running} lopende zaken, waarvan {late} te laat.")


def look(database: Database) -> Watch:
    """How all cases stand this morning."""
    with database.reading() as work:
        return watch.look(work)


def post_lists(database: Database, seen: Watch) -> None:
    """Put table and summary in Prefect's screens."""
    url = database.settings.workbench_url
    create_table_artifact(deadline_table(seen, url), key=TABLE_KEY, description="Lopende zaken, de ergste eerst")
    create_markdown_artifact(summary(seen, url), key=SUMMARY_KEY, description="Aantallen, verloop en wat stil ligt")


def announce(database: Database, seen: Watch) -> None:
    """Leave the messages for what is newly to be said and for the pictures that changed overnight."""
    with database.work() as work:
        watch.announce(work, seen)
