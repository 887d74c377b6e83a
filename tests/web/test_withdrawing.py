"""What communications can do with what is public: take a document back, and get the report for open.minvws.nl."""

from __future__ import annotations

import io
import re
import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update
from starlette.testclient import TestClient

from models import AuditEvent, Case, Document
from tests.conftest import NOW
from tests.web import world
from tests.web.browser import Browser
from tests.web.conftest import Unit
from woo.clock import FixedClock
from woo.law.lifecycle import Phase
from woo.publish import tooi
from woo.publish.production_report import REPORT_HEADINGS
from woo.services import publications
from woo.services.audit import verify_chain
from woo.web.public import create_app as public_site


@pytest.fixture
def published(taken: Unit) -> Unit:
    """A case whose two documents are on the public site."""
    with taken.database.work(taken.people.communication) as work:
        publications.order(work, work.session.get_one(Case, taken.case_id))
    world.publish(taken.database, taken.case_id)
    taken.database.clock = FixedClock(NOW + timedelta(days=3))
    return taken


def folder(unit: Unit) -> Path:
    return unit.database.settings.public_root / "publicaties" / unit.number


def files(unit: Unit) -> set[str]:
    return {path.name for path in (folder(unit) / "documenten").iterdir()}


def choices(browser: Browser, unit: Unit) -> list[str]:
    """The keys of the documents that the form offers."""
    page = browser.get(f"{unit.case}/publicatie").text
    form = page[page.index('action="' + f"{unit.case}/publicatie/intrekken") :] if "intrekken" in page else ""
    return re.findall(r'<option value="([0-9a-f-]{36})"', form)


def take_back(browser: Browser, unit: Unit, document: str, why: str = tooi.REASON_PRIVACY) -> int:
    return browser.post(f"{unit.case}/publicatie/intrekken", document=document, waarom=why).status_code


def test_a_withdrawn_document_leaves_the_site_and_a_notice_stays(published: Unit) -> None:
    browser = published.browser("communication")
    first, second = choices(browser, published)
    before = (folder(published) / "documenten/0002.pdf").read_bytes()

    assert take_back(browser, published, first) == 303
    world.publish(published.database, published.case_id)

    assert files(published) == {"0002.pdf"}
    assert (folder(published) / "documenten/0002.pdf").read_bytes() == before
    assert choices(browser, published) == [second]
    assert "ingetrokken op 18-06-2026" in browser.get(f"{published.case}/publicatie").text
    site = TestClient(public_site(published.database.settings.public_root, None, "http://127.0.0.1:8081"))
    gone = site.get(f"/publicaties/{published.number}/documenten/0001.pdf")
    assert gone.status_code == 410
    assert "correctie privacygevoelige gegevens" in gone.text
    inventory = site.get(f"/publicaties/{published.number}/inventarislijst.csv").text
    assert "Ingetrokken op 18-06-2026: correctie privacygevoelige gegevens." in inventory


def test_who_took_it_back_and_why_is_in_the_log_and_the_first_day_of_publication_stays(published: Unit) -> None:
    browser = published.browser("communication")
    seen = browser.get(f"{published.case}/publicatie").text
    take_back(browser, published, choices(browser, published)[0])
    world.publish(published.database, published.case_id)

    with published.database.reading() as work:
        line = work.session.scalars(select(AuditEvent).where(AuditEvent.action == "withdrawal_ordered")).one()
        assert line.actor_id == published.people.communication.id
        assert (line.data["reason"], line.data["on"]) == (tooi.REASON_PRIVACY, "2026-06-18")
        assert verify_chain(work.session) == []
        assert work.session.get_one(Case, published.case_id).phase == Phase.PUBLISHED
    assert "Opdracht gegeven om een document in te trekken" in browser.get(f"{published.case}/geschiedenis").text
    told = re.compile(r"Gepubliceerd op [^<]+")
    assert told.findall(seen) == told.findall(browser.get(f"{published.case}/publicatie").text) != []


def test_a_second_withdrawal_leaves_the_first_one_withdrawn(published: Unit) -> None:
    browser = published.browser("communication")
    for document in choices(browser, published):
        assert take_back(browser, published, document) == 303
        world.publish(published.database, published.case_id)

    assert not (folder(published) / "documenten").exists() or files(published) == set()
    assert (folder(published) / "besluit.pdf").exists()
    assert choices(browser, published) == []


@pytest.mark.parametrize("login", ["jurist", "coordinator", "specialist", "administrator"])
def test_only_communications_takes_a_document_back(published: Unit, login: str) -> None:
    document = choices(published.browser("communication"), published)[0]
    browser = published.browser(login)

    assert "Een document intrekken" not in browser.get(f"{published.case}/publicatie").text
    assert take_back(browser, published, document) == 403
    assert files(published) == {"0001.pdf", "0002.pdf"}


@pytest.mark.parametrize(
    ("document", "why"),
    [("", tooi.REASON_PRIVACY), (str(uuid.UUID(int=3)), tooi.REASON_PRIVACY), (None, ""), (None, "zomaar")],
)
def test_a_withdrawal_that_says_not_what_or_why_is_refused(published: Unit, document: str | None, why: str) -> None:
    browser = published.browser("communication")
    chosen = choices(browser, published)[0] if document is None else document

    assert take_back(browser, published, chosen, why) == 422
    with published.database.reading() as work:
        assert work.session.get_one(Case, published.case_id).phase == Phase.PUBLISHED


def test_a_document_is_not_taken_back_twice_and_not_before_it_is_public(published: Unit) -> None:
    browser = published.browser("communication")
    document = choices(browser, published)[0]
    take_back(browser, published, document)

    assert take_back(browser, published, document) == 403  # the folder is being written
    world.publish(published.database, published.case_id)
    assert take_back(browser, published, document) == 422


def test_the_production_report_has_a_row_for_every_document(taken: Unit) -> None:
    browser = taken.browser("communication")
    address = f"{taken.case}/productierapport.xlsx"
    refused = browser.get(address)
    with taken.database.work() as work:
        work.session.execute(update(Document).values(dated=date(2026, 3, 2)))
    answer = browser.get(address)

    assert refused.status_code == 422
    assert "de datum ontbreekt" in refused.text
    assert address in browser.get(f"{taken.case}/publicatie").text
    assert answer.headers["content-disposition"] == f'attachment; filename="productierapport-{taken.number}.xlsx"'
    heading, *rows = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert heading == REPORT_HEADINGS
    assert [row[0] for row in rows] == ["0001", "0002"]


def test_before_the_besluit_there_is_no_production_report(drafted: Unit) -> None:
    assert drafted.browser("communication").get(f"{drafted.case}/productierapport.xlsx").status_code == 422
    assert drafted.browser("administrator").get(f"{drafted.case}/productierapport.xlsx").status_code == 403
