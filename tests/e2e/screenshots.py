"""Makes the pictures of the screens for README and handbooks, on a small unit with invented cases.

Usage: python -m tests.e2e.screenshots docs/img
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import uuid
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from models import Case
from tests.conftest import NOW
from tests.e2e.conftest import CHROMIUM, FLAGS, serve
from tests.e2e.pages import Screen
from tests.support import steps
from tests.support.cases import assign, new_case
from tests.support.people import PASSWORD, People
from tests.web import world
from woo.clock import FixedClock
from woo.law.lifecycle import Role
from woo.services import legal_facts, users
from woo.services.work import Database
from woo.settings import Settings
from woo.web.workbench import create_app

MOST_BYTES = 150_000
STAFF = {
    "jurist": ("Marit Hoogland", Role.JURIST),
    "second_jurist": ("Youssef Benali", Role.JURIST),
    "coordinator": ("Anne de Ruiter", Role.COORDINATOR),
    "communication": ("Sanne Vos", Role.COMMUNICATION),
    "specialist": ("Kees Bakker", Role.INFORMATION_SPECIALIST),
    "administrator": ("Beheer", Role.ADMINISTRATOR),
}
LETTER = [
    "Van: Fatima el Amrani <fatima.elamrani@voorbeeld.nl>",
    "Aan: Meldpunt discriminatie",
    "Datum: 12 februari 2026",
    "Onderwerp: vragen over de proef met het meldpunt",
    "",
    "Geachte heer, mevrouw,",
    "",
    "Op 3 februari heeft de minister de Kamer laten weten dat de proef met het meldpunt",
    "op 1 maart begint en drie maanden duurt. Ik woon aan de Lindelaan 12 en krijg sindsdien",
    "veel vragen van buren. Niemand weet wat er met een melding gebeurt.",
    "",
    "Wilt u mij laten weten:",
    "  1. wie de meldingen leest en hoe lang zij worden bewaard;",
    "  2. of een melding ook zonder naam kan;",
    "  3. wanneer de resultaten openbaar worden?",
    "",
    "U kunt mij overdag bellen op 06 12345678.",
    "",
    "Met vriendelijke groet,",
    "Fatima el Amrani",
    "Lindelaan 12",
]
MINUTES = [
    "Verslag van het overleg over de proef met het meldpunt, 24 februari 2026",
    "",
    "1. Stand van zaken",
    "De inrichting van het meldpunt is op tijd klaar. In de eerste week zijn 214 meldingen binnengekomen.",
    "",
    "2. Vragen van bewoners",
    "De brief van Fatima el Amrani is besproken. De vragen worden schriftelijk beantwoord.",
    "",
    "3. Vervolg",
    "De voorlichting neemt contact op via fatima.elamrani@voorbeeld.nl.",
]
FILES = {
    "2026-02-12 brief van een bewoner.pdf": (LETTER, MINUTES),
    "2026-02-24 verslag overleg.pdf": (MINUTES,),
    "2026-03-02 nota proef meldpunt.pdf": (MINUTES, LETTER),
}
CASES = (
    ("proef met het meldpunt discriminatie", "DGRR", 18, "jurist"),
    ("inzet van camera's bij demonstraties", "DGPol", 33, "jurist"),
    ("adviezen over de capaciteit van het gevangeniswezen", "DGSenB", 25, "second_jurist"),
    ("contacten met leveranciers van gezichtsherkenning", "DGPol", 24, "jurist"),
    ("overleg over de opvang van statushouders", "DGM", 20, None),
)


def main(folder: Path) -> None:
    """Make the unit, walk through its screens, write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        database = Database(Settings(home=Path(home)), FixedClock(NOW))
        database.migrate()
        ids = _unit(database, _staff(database), Path(home))
        app = create_app(database)
        base, stop = serve(app)
        with sync_playwright() as driver:
            flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=flags)
            _walk(
                browser, base, {key: f"/zaken/{world.number_of(database, case)}" for key, case in ids.items()}, folder
            )
            browser.close()
        stop()
        database.engine.dispose()


def _staff(database: Database) -> People:
    with database.work() as work:
        return People(
            **{
                login: users.actor_for(users.create_user(work, login, name, [role], PASSWORD), "werkbank")
                for login, (name, role) in STAFF.items()
            }
        )


def _unit(database: Database, people: People, home: Path) -> dict[str, uuid.UUID]:
    """Five cases in as many phases, and one that just came in."""
    made = []
    for place, (subject, directorate, days, login) in enumerate(CASES):
        received = world.days_ago(database, days)
        case_id = world.case_in_review(
            database,
            people,
            home / f"dossier {place}",
            FILES,
            subject=subject,
            directorate=directorate,
            received_at=received,
        )
        with database.work(people.coordinator) as work:
            assign(work, case_id, getattr(people, login).id if login else None)
        made.append(case_id)
    new_case(
        database,
        people,
        subject="evaluatie van de slachtofferregeling",
        directorate="DGSenB",
        received_at=world.days_ago(database, 3),
    )
    review, approval, besluit, publication, zienswijze = made
    for case_id in (approval, besluit, publication):
        steps.review(database, people, case_id)
        steps.burn(database, case_id)
    for case_id in (besluit, publication):
        steps.approve(database, people, case_id)
        world.consider(database, people, case_id)
        world.draft(database, case_id)
    world.take(database, people, publication)
    day = date(2026, 6, 10)
    with database.work(people.jurist) as work:
        for case_id, kind, data in (
            (review, "verdaging", {"medegedeeld": str(day), "dagen": 14}),
            (zienswijze, "zienswijze", {"mededeling_verzoeker": str(day), "termijn": "2026-06-24"}),
        ):
            note = "De omvang van het dossier." if kind == "verdaging" else ""
            legal_facts.record_fact(work, work.session.get_one(Case, case_id), kind, day, data, note=note)
    return {"review": review, "approval": approval, "besluit": besluit, "publication": publication}


def _walk(browser: Any, base: str, case: dict[str, str], folder: Path) -> None:
    jurist = _window(browser, base, "jurist")
    _keep(jurist, folder / "zaken.png")
    _keep(jurist.open(case["review"]), folder / "zaak.png")
    jurist.review(f"{case['review']}/beoordelen").keys("a", "a", "j", "j", "x", "k")
    jurist.saved()
    _keep(jurist, folder / "beoordelen.png")
    _keep(jurist.open(f"{case['besluit']}/besluit"), folder / "besluit.png")
    second = _window(browser, base, "second_jurist").open(f"{case['approval']}/akkoord")
    second.page.click("tbody th a")
    _keep(second, folder / "akkoord.png")
    _keep(_window(browser, base, "communication").open(f"{case['publication']}/publicatie"), folder / "publicatie.png")


def _window(browser: Any, base: str, login: str) -> Screen:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL")
    return Screen(context.new_page(), base).sign_in(login)


def _keep(window: Screen, file: Path) -> None:
    """The picture of a window, 1280 pixels wide."""
    window.page.wait_for_load_state("networkidle")
    window.page.wait_for_timeout(300)
    keep_small(window.page.screenshot(), file)


def keep_small(screenshot: bytes, file: Path) -> None:
    """Write a picture at most 1280 pixels wide, with as many colours as its size allows."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    picture.thumbnail((1280, picture.height))
    for colours in (256, 128, 64):
        picture.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)
        if file.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/img"))
