"""Termijnbewaking: every morning one table for the Centrale Eenheid, worst first, and an event per case that needs it.

Case numbers, dates and roles only: titles and names stay in the workbench.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.case_store import case_store
from flows.stage import as_task, quietly
from models import Case
from woo.clock import dutch_day
from woo.law.lifecycle import DECIDED_PHASES
from woo.services import board, outbox, projection
from woo.services.board import BoardRow
from woo.services.work import Database, Work

TABLE_KEY, SUMMARY_KEY = "termijnbewaking", "termijnbewaking-overzicht"
BADGES = {"late": "te laat", "soon": "bijna te laat", "ok": "op tijd", "suspended": "opgeschort", "done": "besloten"}
EVENTS = {"soon": "woo.termijn.nadert", "late": "woo.termijn.verlopen"}


@flow(name="Termijnbewaking", flow_run_name="Termijnbewaking", persist_result=False, log_prints=False)
@quietly
def watch_deadlines() -> State[Any]:
    """Maak de dagelijkse lijst van termijnen en werk het beeld van elke zaak bij."""
    database = case_store()
    rows: list[BoardRow] = []
    as_task("Termijnen berekenen", lambda: rows.extend(_rows(database)))
    as_task("Lijst plaatsen", lambda: post_lists(database, rows))
    as_task("Meldingen en beelden", lambda: announce(database))
    open_rows = open_cases(rows)
    late = sum(row.badge == "late" for row in open_rows)
    return Completed(name="Bijgewerkt", message=f"{len(open_rows)} lopende zaken, waarvan {late} te laat.")


def open_cases(rows: Sequence[BoardRow]) -> list[BoardRow]:
    """The cases whose term still runs, worst first."""
    return [row for row in rows if row.phase not in DECIDED_PHASES]


def deadline_table(rows: Sequence[BoardRow], workbench_url: str) -> list[dict[str, str]]:
    """One line per open case, worst first."""
    return [
        {
            "Zaak": row.number,
            "Fase": row.phase_label,
            "Besluit uiterlijk": f"{row.deadline:%d-%m-%Y}" if row.deadline else "niet te berekenen",
            "Werkdagen": row.badge_text,
            "Wacht op": f"{row.waiting_for} (sinds {dutch_day(row.waiting_since):%d-%m-%Y})",
            "Volgende stap": row.next_step,
            "Storing": "ja" if row.trouble else "",
            "Werkbank": f"[Open]({workbench_url.rstrip('/')}/zaken/{row.number})",
        }
        for row in open_cases(rows)
    ]


def summary(rows: Sequence[BoardRow]) -> str:
    """Counts per directorate and per badge, as Markdown."""
    counts: dict[str, Counter[str]] = {}
    for row in open_cases(rows):
        counts.setdefault(row.directorate or "nog geen directie", Counter())[row.badge] += 1
    shown = [badge for badge in BADGES if badge != "done"]
    lines = ["# Termijnbewaking", "", f"| Directie | Totaal | {' | '.join(BADGES[b] for b in shown)} |"]
    lines.append("|---|--:|" + "--:|" * len(shown))
    for directorate, counted in sorted(counts.items()):
        cells = " | ".join(str(counted[badge]) for badge in shown)
        lines.append(f"| {directorate.replace('|', '/')} | {counted.total()} | {cells} |")
    total: Counter[str] = sum(counts.values(), Counter())
    lines.append(f"| **Alle** | **{total.total()}** | {' | '.join(f'**{total[badge]}**' for badge in shown)} |")
    return "\n".join(lines)


def post_lists(database: Database, rows: Sequence[BoardRow]) -> None:
    """Put table and summary in Prefect's screens."""
    create_table_artifact(
        deadline_table(rows, database.settings.workbench_url),
        key=TABLE_KEY,
        description="Lopende zaken, de ergste eerst",
    )
    create_markdown_artifact(summary(rows), key=SUMMARY_KEY, description="Aantallen per directie")


def announce(database: Database) -> int:
    """Leave a message for every case that is (nearly) late, and for every picture that changed overnight; how many."""
    with database.work() as work:
        return sum(_announce(work, row) for row in board.rows(work))


def _announce(work: Work, row: BoardRow) -> int:
    case = work.session.get_one(Case, row.case_id)
    count = 0
    if row.badge in EVENTS and row.deadline and row.phase not in DECIDED_PHASES:
        # Said every morning, heard once: `once` makes the same event of it until the date changes.
        outbox.post(work, outbox.EMIT_EVENT, case, event=EVENTS[row.badge], once=f"{row.deadline}")
        count += 1
    shown = projection.shown_run(work, row.case_id)
    if shown is None or shown.shown_sha256 != projection.view_of(work, case).sha256:
        outbox.post(work, outbox.SHOW_CASE, case)
        count += 1
    return count


def _rows(database: Database) -> list[BoardRow]:
    with database.reading() as work:
        return board.rows(work)
