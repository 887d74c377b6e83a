"""Registering a request by hand: the form, what it refuses, and one case for one press."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from models import AuditEvent, Case
from tests.support.people import People
from tests.web.browser import Browser
from tests.web.conftest import Unit
from woo.services.work import Database
from woo.web.workbench import create_app

REQUEST = {
    "kanaal": "post",
    "ontvangen": "2026-06-10",
    "onderwerp": "Proef met drones",
    "tekst": "Graag alles over drones.",
    "naam": "W. de Vrager",
    "adres": "Postbus 1\nUtrecht",
    "email": "",
    "telefoon": "",
    "aanhef": "",
    "directie": "DGPolB",
}


def test_a_request_by_post_becomes_a_case_with_receipt_letter_and_term(reviewing: Unit) -> None:
    browser = reviewing.browser("coordinator")

    answer = browser.post("/zaken/nieuw", page="/zaken/nieuw", **REQUEST)
    case = answer.headers["location"].split("?")[0]
    page = browser.get(case).text

    assert answer.status_code == 303
    assert "8 juli 2026" in page  # four weeks after 10 June
    assert "Woo 4.4" in page
    assert "genoteerd op 15-06-2026 (Woo art. 4.1a)" in page
    assert browser.get(f"{case}/ontvangstbevestiging.pdf").content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("ontvangen", "", "De datum bij"),
        ("ontvangen", "31-02-2026", "klopt niet"),
        ("ontvangen", "2026-07-01", "in de toekomst"),
        ("kanaal", "postduif", "kanaal is niet bekend"),
        ("onderwerp", " ", "geen onderwerp"),
        ("naam", "", "naam van de verzoeker"),
    ],
)
def test_a_wrong_registration_comes_back_as_it_was_filled_in(
    reviewing: Unit, field: str, value: str, says: str
) -> None:
    answer = reviewing.browser("jurist").post("/zaken/nieuw", **(REQUEST | {field: value}))

    assert answer.status_code == 422
    assert says in answer.text
    assert "Graag alles over drones." in answer.text


def test_a_date_may_be_written_the_dutch_way(reviewing: Unit) -> None:
    answer = reviewing.browser("jurist").post("/zaken/nieuw", **(REQUEST | {"ontvangen": "10-06-2026"}))

    assert answer.status_code == 303


def form_of(browser: Browser) -> dict[str, str]:
    """What the form that is on the screen now sends besides the fields: its two tokens."""
    page = browser.get("/zaken/nieuw").text
    return {name: re.findall(f'name="{name}" value="([^"]+)"', page)[0] for name in ("csrf", "formulier")}


@pytest.fixture
def at_the_desk(database: Database, people: People) -> Browser:
    """The coordinator before the workbench of an empty unit, on both databases."""
    return Browser(TestClient(create_app(database), follow_redirects=False)).sign_in("coordinator")


def counted(database: Database) -> tuple[int, int]:
    """How many cases there are, and how many receipt letters were made."""
    with database.reading() as work:
        letters = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "receipt_letter_made")
        cases = work.session.scalar(select(func.count()).select_from(Case)) or 0
        return cases, work.session.scalar(letters) or 0


def test_the_same_form_sent_twice_is_one_case(database: Database, at_the_desk: Browser) -> None:
    form = form_of(at_the_desk)

    answers = [at_the_desk.post("/zaken/nieuw", **(REQUEST | form)) for _ in range(2)]

    assert [answer.headers["location"] for answer in answers] == ["/zaken/2026-0001?gedaan=geregistreerd"] * 2
    assert counted(database) == (1, 1)


def test_two_presses_at_the_same_moment_are_one_case(database: Database, at_the_desk: Browser) -> None:
    form = form_of(at_the_desk)

    with ThreadPoolExecutor(4) as pool:
        pressed = [pool.submit(at_the_desk.post, "/zaken/nieuw", **(REQUEST | form)) for _ in range(4)]
        addresses = {answer.result().headers["location"] for answer in pressed}

    assert addresses == {"/zaken/2026-0001?gedaan=geregistreerd"}
    assert counted(database) == (1, 1)


def test_an_equal_request_on_a_new_form_is_a_case_of_its_own(database: Database, at_the_desk: Browser) -> None:
    for _ in range(2):
        at_the_desk.post("/zaken/nieuw", **(REQUEST | form_of(at_the_desk)))

    assert counted(database) == (2, 2)


def test_a_form_that_was_refused_and_mended_is_one_case(database: Database, at_the_desk: Browser) -> None:
    form = form_of(at_the_desk)

    refused = at_the_desk.post("/zaken/nieuw", **(REQUEST | form | {"naam": ""}))
    answer = at_the_desk.post("/zaken/nieuw", **(REQUEST | form))

    assert f'name="formulier" value="{form["formulier"]}"' in refused.text
    assert answer.status_code == 303
    assert counted(database) == (1, 1)


@pytest.mark.parametrize("token", ["", "kort", "Z" * 32, "0" * 4000])
def test_a_form_without_a_right_token_of_its_own_is_still_a_request(reviewing: Unit, token: str) -> None:
    browser = reviewing.browser("coordinator")

    answers = [browser.post("/zaken/nieuw", **(REQUEST | {"formulier": token})) for _ in range(2)]

    assert {answer.status_code for answer in answers} <= {303, 422}
    assert len({answer.headers.get("location") for answer in answers}) == (2 if answers[0].status_code == 303 else 1)
