"""Makes the pictures of Prefect's screens for the handbook, on a small unit with invented cases of diverse standing.

Usage: python -m tests.e2e.prefect_screens docs/img
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.client.schemas.sorting import ArtifactSort

from flows.deadline_report import BADGES
from flows.embedded import FREE_PORTS, PREFECT, RUNNER, Embedded
from flows.watch_deadlines import SUMMARY_KEY, TABLE_KEY
from models import Case
from tests.e2e.conftest import CHROMIUM, FLAGS
from tests.e2e.screenshots import keep_small
from tests.support.cases import new_case, write_pdf
from tests.support.outbox import waiting
from tests.support.people import People, make_people
from woo.clock import Clock, FixedClock
from woo.law.lifecycle import Phase
from woo.services import audit, legal_facts, projection, sources
from woo.services.work import Database
from woo.settings import Settings

# Directorate, days since receipt, phase, days since anything happened, urgent, facts.
CASES: tuple[tuple[str, int, Phase, int, bool, str], ...] = (
    ("DGRR", 61, Phase.REVIEW, 19, False, ""),
    ("DGPol", 47, Phase.APPROVAL, 2, False, "verdaging"),
    ("DGSenB", 38, Phase.GATHERING, 24, False, ""),
    ("DGRR", 24, Phase.BESLUIT, 1, False, ""),
    ("DGM", 22, Phase.REVIEW, 3, True, ""),
    ("DGPol", 21, Phase.REVIEW, 11, False, ""),
    ("DGSenB", 20, Phase.ZIENSWIJZE, 9, False, "zienswijze"),
    ("DGRR", 16, Phase.REVIEW, 1, False, "precisering"),
    ("DGM", 12, Phase.GATHERING, 4, False, ""),
    ("DGPol", 9, Phase.REVIEW, 0, False, ""),
    ("DGRR", 5, Phase.INTAKE, 5, False, ""),
    ("DGSenB", 52, Phase.PUBLICATION, 6, False, "besluit"),
)


async def main(folder: Path) -> None:
    """Make the unit, let Prefect show it, walk through its screens, write the pictures."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        database = Database(settings)
        database.migrate()
        people = make_people(database)
        for number, case in enumerate(CASES):
            add_case(settings, people, number, *case)
        async with Embedded(settings, FREE_PORTS, (PREFECT, RUNNER)) as tree:
            await tree.ready()
            case_id = deliver_files(database, people, Path(home) / "dossier")
            await until(lambda: phase_of(database, case_id) == Phase.REVIEW)
            await until(lambda: nothing_waits(database))
            await run_watch(tree.prefect_url)
            await until(lambda: nothing_waits(database))
            await asyncio.sleep(3)
            await walk(tree.prefect_url, folder)
        database.engine.dispose()


def add_case(
    settings: Settings,
    people: People,
    number: int,
    directorate: str,
    age: int,
    phase: Phase,
    quiet: int,
    urgent: bool,
    fact: str,
) -> None:
    """One case with its facts, recorded on the days on which they happened."""
    now = Clock().now()
    received, touched = now - timedelta(days=age), now - timedelta(days=quiet)
    case_id = new_case(
        Database(settings, FixedClock(received)),
        people,
        subject=f"proef {number}",
        directorate=directorate,
        received_at=received,
    )
    if fact:
        record(Database(settings, FixedClock(touched)), people, case_id, fact, touched)
    with Database(settings, FixedClock(touched)).work(people.coordinator) as work:
        case = work.session.get_one(Case, case_id)
        case.phase, case.phase_since, case.urgent = phase, touched, urgent
        audit.record(work, "case_read", "case", case_id, case_id=case_id)


def record(database: Database, people: People, case_id: uuid.UUID, kind: str, moment: datetime) -> None:
    """A fact of the procedure that happened on this day."""
    day, later = moment.date(), moment.date() + timedelta(days=14)
    data = {
        "verdaging": {"medegedeeld": str(day - timedelta(days=30)), "dagen": 14},
        "zienswijze": {"mededeling_verzoeker": str(day), "termijn": str(later)},
        "precisering": {"uitnodiging": str(day), "antwoordtermijn": str(later)},
        "besluit": {},
    }[kind]
    with database.work(people.coordinator) as work:
        case = work.session.get_one(Case, case_id)
        if kind == "besluit":
            case.phase = Phase.PUBLICATION
        happened = day - timedelta(days=30) if kind == "verdaging" else day
        legal_facts.record_fact(work, case, kind, happened, data, note="De omvang van het dossier.")


def deliver_files(database: Database, people: People, folder: Path) -> uuid.UUID:
    """A case of today whose files the flows really gather and search."""
    folder.mkdir()
    write_pdf(folder / "verslag.pdf", ["Verslag van het overleg", "Aanwezig: de heer P. Zwaluw, 06 12345678"])
    write_pdf(folder / "nota.pdf", ["Nota over de proef", "Contact: mevrouw F. Lijster"])
    case_id = new_case(
        database, people, subject="proef", directorate="DGM", received_at=Clock().now() - timedelta(days=1)
    )
    with database.work(people.specialist) as work:
        sources.deliver(work, work.session.get_one(Case, case_id), folder)
    return case_id


async def run_watch(prefect_url: str) -> None:
    """Let the deadline watch run now instead of at seven."""
    async with PrefectClient(f"{prefect_url}/api") as client:
        deployment = await client.read_deployment_by_name("Termijnbewaking/termijnbewaking")
        run = await client.create_flow_run_from_deployment(deployment.id)
        while run.state is None or not run.state.is_final():
            await asyncio.sleep(0.5)
            run = await client.read_flow_run(run.id)
        assert run.state.is_completed(), run.state.message


async def walk(base: str, folder: Path) -> None:
    """Every picture, in the order in which the handbook shows them."""
    async with async_playwright() as driver:
        flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=flags)
        page = await browser.new_page(viewport={"width": 1600, "height": 1100}, locale="nl-NL")
        summary, table = [f"{base}/v2/artifacts/artifact/{await newest(base, key)}" for key in (SUMMARY_KEY, TABLE_KEY)]
        await keep(page, summary, folder / "prefect-overzicht.png", "Termijnbewaking van")
        await page.get_by_role("link", name=BADGES["late"]).first.click()
        await page.wait_for_timeout(4000)
        page = page.context.pages[-1]
        await keep(page, page.url, folder / "prefect-te-laat.png", "besluit vóór", top="Items per page")
        await keep(page, table, folder / "prefect-tabel.png", "Ligt stil sinds")
        today = Clock().today()
        every = projection.runs_link(projection.CASE_TAG, today - timedelta(days=70), today, base)
        await keep(page, every, folder / "prefect.png", "Wacht op jurist", top="Items per page")
        await browser.close()


async def newest(base: str, key: str) -> uuid.UUID:
    """The artifact that was made last under this key."""
    of_key = ArtifactFilter(key=ArtifactFilterKey(any_=[key]))
    async with PrefectClient(f"{base}/api") as client:
        return (await client.read_artifacts(artifact_filter=of_key, sort=ArtifactSort.CREATED_DESC, limit=1))[0].id


async def keep(page: Page, address: str, file: Path, text: str, top: str = "") -> None:
    """The picture of a screen once it shows this text, from the line that holds `top` on."""
    await page.goto(address)
    await page.get_by_text(text).first.wait_for()
    await page.wait_for_timeout(2500)
    if top:
        await page.get_by_text(top).first.evaluate("line => line.scrollIntoView()")
        await page.wait_for_timeout(500)
    keep_small(await page.screenshot(), file)


async def until(happened: Callable[[], Any], seconds: float = 240) -> None:
    """Wait for the flows."""
    for _ in range(int(seconds)):
        if happened():
            return
        await asyncio.sleep(1)
    raise TimeoutError


def nothing_waits(database: Database) -> bool:
    """Whether Prefect was told everything."""
    with database.reading() as work:
        return not waiting(work, 1)


def phase_of(database: Database, case_id: uuid.UUID) -> str:
    """Where a case stands."""
    with database.reading() as work:
        return work.session.get_one(Case, case_id).phase


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/img")))
