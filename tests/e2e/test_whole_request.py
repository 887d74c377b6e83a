"""A whole request in the browser: registered, delivered, reviewed, approved, decided, published, read by a citizen."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from flows.stage import StageRun
from flows.suggest import suggest_redactions
from models import Case
from redaction.pdf import read_pages
from tests.e2e.conftest import serve
from tests.e2e.pages import Screen
from tests.support import steps
from tests.support.cases import claim, write_pdf
from tests.support.people import make_people
from tests.web import world
from woo.clock import FixedClock
from woo.law.lifecycle import Phase, Stage
from woo.services import gathering
from woo.services.work import Database
from woo.settings import Settings
from woo.web.public.app import create_app as create_public_app
from woo.web.workbench import create_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
REQUESTER = "Willemijn Vraagstaart"
SECRETS = ("Fatima el Amrani", "fatima.elamrani@voorbeeld.nl", "06 12345678")


class Town:
    """The two sites on one case store, and the stages that flows would run."""

    def __init__(self, home: Path) -> None:
        settings = Settings(home=home)
        self.public, stop_public = serve(create_public_app(settings.public_root, None, "http://127.0.0.1"))
        self.database = Database(Settings(home=home, public_url=self.public), FixedClock(NOW))
        self.database.migrate()
        make_people(self.database)
        self.app = create_app(self.database)
        self.workbench, stop_workbench = serve(self.app)
        self._stops = (stop_public, stop_workbench, self.app.state.house.images.close, self.database.engine.dispose)

    def close(self) -> None:
        """Stop both sites."""
        for stop in self._stops:
            stop()

    def case_id(self) -> uuid.UUID:
        """The one case there is."""
        with self.database.reading() as work:
            return work.session.scalars(select(Case.id)).one()

    def phase(self) -> Phase:
        """Where the case stands."""
        with self.database.reading() as work:
            return Phase(work.session.scalars(select(Case.phase)).one())

    def gather_and_suggest(self) -> None:
        """Convert what was delivered and read it with the real detector."""
        case_id = self.case_id()
        gathering.gather_here(self.database, case_id, lambda _: None)
        suggest_redactions(StageRun(self.database, case_id, claim(self.database, case_id, Stage.SUGGEST)))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """An empty unit on its first day."""
    made = Town(tmp_path / "home")
    yield made
    made.close()


def register(window: Screen) -> str:
    """The coordinator registers a letter, takes it into treatment and gives it to a jurist; the address of the case."""
    window.open("/zaken/nieuw")
    window.page.select_option("#kanaal", "post")
    window.page.fill("#ontvangen", "2026-06-10")
    window.page.fill("#onderwerp", "Proef met het meldpunt")
    window.page.fill("#tekst", "Graag alle documenten over de proef met het meldpunt.")
    window.page.fill("#naam", REQUESTER)
    window.page.fill("#adres", "Postbus 1\n3500 AA Utrecht")
    window.page.fill("#directie", "DGRR")
    window.press("Registreren")
    assert "Het verzoek is geregistreerd." in window.text()
    address = str(window.page.url.split("?")[0])
    window.press("Verzoek in behandeling nemen")
    jurist = window.page.locator("#toewijzen option", has_text="J. Eerste").get_attribute("value")
    window.page.select_option("#toewijzen", value=jurist)
    window.press("Toewijzen")
    assert "De zaak is toegewezen." in window.text()
    return address


def deliver(window: Screen, case: str, folder: Path) -> None:
    """The information specialist uploads what the directorate handed over."""
    folder.mkdir()
    files = [write_pdf(folder / "brief.pdf", world.LETTER), write_pdf(folder / "verslag.pdf", world.REPORT)]
    window.open(case)
    window.page.set_input_files("#bestanden", files)
    window.press("Aanleveren")
    assert "De bestanden zijn opgeslagen" in window.text()


def review(window: Screen, case: str) -> None:
    """The jurist decides on every box by keys, looks at every page, judges both documents and finishes."""
    window.review(f"{case}/beoordelen")
    for number in (1, 2):
        while "open" in window.states():
            window.keys("a")
        window.page.wait_for_function("() => document.querySelector('.seen-mark').textContent === 'bekeken'")
        window.saved()
        window.keys("f", "d")
        window.page.fill("#motivering", "De persoonlijke levenssfeer van deze burger weegt zwaarder dan openbaarheid.")
        before = window.page.url
        window.keys("Control+Enter")
        window.page.wait_for_url(lambda url, old=before: url != old)
        if number == 1:
            window.page.wait_for_function("() => performance.getEntriesByName('page-painted').length > 0")
    window.open(case)
    window.press("Beoordeling afronden")
    assert "De stap is gezet." in window.text()


def decide(window: Screen, case: str) -> None:
    """The jurist describes the search and writes the weighing."""
    window.open(case)
    window.page.click("text=Gegevens van de zaak wijzigen")
    window.page.fill("#samenvatting", "Documenten over de proef met het meldpunt.")
    window.page.fill("#zoekbeschrijving", "Er is gezocht in het zaaksysteem en in de mailbox van het team.")
    window.page.click("form[action$='/gegevens'] button")
    window.open(f"{case}/besluit")
    for box in window.page.query_selector_all("textarea[name^='overweging-']"):
        box.fill("De privacy van burgers en medewerkers weegt hier zwaarder dan openbaarheid.")
    window.press("Overwegingen opslaan")
    assert "De overwegingen zijn opgeslagen." in window.text()


def test_a_request_from_letter_to_public_page(town: Town, screen: Callable[..., Screen], tmp_path: Path) -> None:
    people = {
        login: screen(town.workbench).sign_in(login)
        for login in ("coordinator", "specialist", "jurist", "second_jurist", "communication")
    }
    jurist, second, communication = people["jurist"], people["second_jurist"], people["communication"]

    case = register(people["coordinator"])
    deliver(people["specialist"], case, tmp_path / "bronnen")
    town.gather_and_suggest()
    review(jurist, case)
    assert town.phase() is Phase.REDACTING
    steps.burn(town.database, town.case_id())

    assert "U kunt hier niet goedkeuren" in jurist.open(f"{case}/akkoord").text()
    second.open(f"{case}/akkoord").press("Alles goedkeuren (2) en afronden")
    assert town.phase() is Phase.BESLUIT
    world.draft(town.database, town.case_id())
    decide(jurist, case)
    world.draft(town.database, town.case_id())
    jurist.open(f"{case}/besluit").page.get_by_label("Nee").check()
    jurist.press("Besluit nemen op dit concept")
    assert "Het besluit is vastgesteld" in jurist.text()

    communication.open(f"{case}/publicatie").press("Publiceren")
    world.publish(town.database, town.case_id())
    address = str(communication.open(f"{case}/publicatie").page.get_attribute("text=Bekijk de publieke pagina", "href"))
    read_as_a_citizen(screen(town.public), address, tmp_path)


def read_as_a_citizen(citizen: Screen, address: str, folder: Path) -> None:
    """What anybody can see and download names nobody that it should not."""
    text = citizen.open(address).text()
    assert "meldpunt" in text.lower()
    links = {link.get_attribute("href") for link in citizen.page.query_selector_all("main a[href$='.pdf']")}
    assert len(links) >= 3  # the besluit and two documents
    said = text
    for number, link in enumerate(sorted(str(link) for link in links)):
        answer = citizen.page.request.get(link if link.startswith("http") else f"{citizen.base}{link}")
        assert answer.ok, link
        file = folder / f"{number}.pdf"
        file.write_bytes(answer.body())
        said += "".join(page.text for page in read_pages(file))
    assert "Het meldpunt kreeg 214 meldingen" in said
    for secret in (*SECRETS, REQUESTER):
        assert secret not in said
