"""Who may see and do what; each refusal is Dutch, has the right status and changes nothing."""

from __future__ import annotations

import re

import pytest

from models import Case
from tests.web import world
from tests.web.conftest import Unit
from woo.law.lifecycle import Phase

REQUESTER = "Sietske Hiemstra"


def phase_of(unit: Unit) -> str:
    with unit.database.reading() as work:
        return work.session.get_one(Case, unit.case_id).phase


@pytest.mark.parametrize("login", ["communication", "administrator"])
def test_who_does_not_need_the_dossier_does_not_see_it(reviewing: Unit, login: str) -> None:
    browser = reviewing.browser(login)
    document = re.search(r"/documenten/[0-9a-f-]+", reviewing.browser("jurist").get(reviewing.case).text)
    assert document
    inside = [
        f"{reviewing.case}/bronnen",
        f"{reviewing.case}/zoeken",
        f"{reviewing.case}/beoordelen",
        reviewing.case + document[0],
        f"{reviewing.case}{document[0]}/1",
        f"{reviewing.case}{document[0]}/1.jpg",
        f"{reviewing.case}{document[0]}/1/woorden",
    ]

    assert [browser.get(path).status_code for path in inside] == [403] * len(inside)
    assert document[0] not in browser.get(reviewing.case).text


def test_search_results_are_for_readers_of_the_dossier_too(reviewing: Unit) -> None:
    answer = reviewing.browser("communication").post(f"{reviewing.case}/zoeken", q="Fatima")

    assert answer.status_code == 403
    assert "el Amrani" not in answer.text


@pytest.mark.parametrize("login", ["jurist", "coordinator", "specialist"])
def test_who_works_on_the_dossier_sees_it(reviewing: Unit, login: str) -> None:
    assert reviewing.browser(login).get(f"{reviewing.case}/bronnen").status_code == 200


@pytest.mark.parametrize(
    ("login", "sees"),
    [
        ("jurist", True),
        ("coordinator", True),
        ("specialist", False),
        ("communication", False),
        ("administrator", False),
    ],
)
def test_the_requester_is_shown_on_need_only(reviewing: Unit, login: str, sees: bool) -> None:
    browser = reviewing.browser(login)

    assert (REQUESTER in browser.get(reviewing.case).text) is sees
    assert (browser.get(f"{reviewing.case}/ontvangstbevestiging.pdf").status_code == 403) is not sees


@pytest.mark.parametrize("login", ["coordinator", "specialist", "communication", "administrator"])
def test_only_a_jurist_judges_documents(reviewing: Unit, login: str) -> None:
    jurist = reviewing.browser("jurist")
    page = jurist.get(f"{reviewing.case}/beoordelen").headers["location"]

    answer = reviewing.browser(login).post(
        page.rsplit("/", 1)[0] + "/oordeel", oordeel="public", versie="1", pagina="1"
    )

    assert answer.status_code == 403
    assert "Er is niets" in answer.text or "mag" in answer.text


@pytest.mark.parametrize("login", ["specialist", "communication", "administrator"])
def test_only_the_desk_registers_requests(reviewing: Unit, login: str) -> None:
    browser = reviewing.browser(login)

    assert browser.get("/zaken/nieuw").status_code == 403
    assert browser.post("/zaken/nieuw", kanaal="post").status_code == 403
    assert "/zaken/nieuw" not in browser.get("/zaken").text


def test_the_first_jurist_cannot_approve_her_own_work(burned: Unit) -> None:
    browser = burned.browser("jurist")
    page = browser.get(f"{burned.case}/akkoord").text
    signed = re.findall(
        r'value="([0-9a-f-]{36}:[0-9a-f]{64})"', burned.browser("second_jurist").get(f"{burned.case}/akkoord").text
    )

    answer = browser.post(f"{burned.case}/akkoord", documenten=signed, afronden="ja")

    assert "U kunt hier niet goedkeuren" in page
    assert "goedkeuren</button>" not in page
    assert answer.status_code == 403
    assert "Een andere jurist" in answer.text
    assert phase_of(burned) == Phase.APPROVAL


def test_the_second_jurist_approves_everything_and_the_case_moves_on(burned: Unit) -> None:
    browser = burned.browser("second_jurist")
    page = browser.get(f"{burned.case}/akkoord").text
    signed = sorted(set(re.findall(r'value="([0-9a-f-]{36}:[0-9a-f]{64})"', page)))

    answer = browser.post(f"{burned.case}/akkoord", documenten=signed, afronden="ja")

    assert len(signed) == 2
    assert answer.headers["location"].endswith("gedaan=goedgekeurd")
    assert phase_of(burned) == Phase.BESLUIT


def test_approving_one_document_leaves_the_other_waiting(burned: Unit) -> None:
    browser = burned.browser("second_jurist")
    signed = re.findall(
        r'name="documenten" value="([0-9a-f-]{36}:[0-9a-f]{64})"', browser.get(f"{burned.case}/akkoord").text
    )

    browser.post(f"{burned.case}/akkoord", documenten=signed[0])

    page = browser.get(f"{burned.case}/akkoord").text
    assert "1 van 2 goedgekeurd" in page
    assert phase_of(burned) == Phase.APPROVAL


def test_an_approval_of_other_bytes_than_were_shown_is_a_conflict(burned: Unit) -> None:
    browser = burned.browser("second_jurist")
    key = re.findall(r'value="([0-9a-f-]{36}):[0-9a-f]{64}"', browser.get(f"{burned.case}/akkoord").text)[0]

    answer = browser.post(f"{burned.case}/akkoord", documenten=f"{key}:{'0' * 64}")

    assert answer.status_code == 409
    assert "niet opgeslagen" in answer.text


@pytest.mark.parametrize("login", ["coordinator", "communication", "specialist", "administrator"])
def test_only_a_jurist_approves(burned: Unit, login: str) -> None:
    signed = re.findall(
        r'value="([0-9a-f-]{36}:[0-9a-f]{64})"', burned.browser("second_jurist").get(f"{burned.case}/akkoord").text
    )

    assert burned.browser(login).post(f"{burned.case}/akkoord", documenten=signed).status_code == 403
    assert phase_of(burned) == Phase.APPROVAL


def test_sending_back_needs_a_note_and_reaches_the_reviewer(burned: Unit) -> None:
    second = burned.browser("second_jurist")

    assert second.post(f"{burned.case}/akkoord/terugsturen", opmerking=" ").status_code == 422
    assert phase_of(burned) == Phase.APPROVAL
    second.post(f"{burned.case}/akkoord/terugsturen", opmerking="De functie mag zichtbaar blijven.")

    assert phase_of(burned) == Phase.REVIEW
    assert "De functie mag zichtbaar blijven." in burned.browser("jurist").get(burned.case).text


@pytest.mark.parametrize("login", ["coordinator", "communication", "specialist", "administrator"])
def test_only_a_jurist_takes_the_besluit(drafted: Unit, login: str) -> None:
    letter = re.search(
        r'name="brief" value="([0-9a-f]{64})"', drafted.browser("jurist").get(f"{drafted.case}/besluit").text
    )
    assert letter

    answer = drafted.browser(login).post(f"{drafted.case}/besluit/nemen", brief=letter[1], bezwaar_verwacht="nee")

    assert answer.status_code == 403
    assert phase_of(drafted) == Phase.BESLUIT


@pytest.mark.parametrize("login", ["jurist", "second_jurist", "coordinator", "specialist", "administrator"])
def test_only_communications_publishes(taken: Unit, login: str) -> None:
    browser = taken.browser(login)

    assert browser.post(f"{taken.case}/publicatie").status_code == 403
    assert "Publiceren</button>" not in browser.get(f"{taken.case}/publicatie").text
    assert phase_of(taken) == Phase.PUBLICATION


def test_communications_publishes_and_sees_where(taken: Unit) -> None:
    browser = taken.browser("communication")
    before = browser.get(f"{taken.case}/publicatie").text

    answer = browser.post(f"{taken.case}/publicatie")
    world.publish(taken.database, taken.case_id)

    assert "Publiceren</button>" in before
    assert "goedgekeurd door J. Tweede" in before
    assert answer.headers["location"].endswith("gedaan=opdracht")
    assert f'href="http://127.0.0.1:8081/publicaties/{taken.number}"' in browser.get(f"{taken.case}/publicatie").text


def test_communications_sees_the_letter_without_the_requester(drafted: Unit) -> None:
    page = drafted.browser("communication").get(f"{drafted.case}/besluit")
    public = drafted.browser("communication").get(f"{drafted.case}/besluit/brief.pdf").content
    full = drafted.browser("jurist").get(f"{drafted.case}/besluit/brief.pdf").content

    assert "openbare versie" in page.text
    assert public != full
    assert public.startswith(b"%PDF-")


def test_a_button_that_cannot_be_used_yet_says_why(reviewing: Unit) -> None:
    page = reviewing.browser("jurist").get(reviewing.case).text

    assert "Beoordeling afronden" in page
    assert "2 documenten hebben nog geen beoordeling." in page
    assert reviewing.browser("jurist").post(f"{reviewing.case}/stap", gebeurtenis="review_finished").status_code == 403
    assert phase_of(reviewing) == Phase.REVIEW


def test_a_step_for_somebody_else_names_the_role(taken: Unit) -> None:
    assert "Deze stap is voor: Communicatie." in taken.browser("jurist").get(taken.case).text


def test_a_system_step_cannot_be_taken_by_hand(reviewing: Unit) -> None:
    answer = reviewing.browser("jurist").post(f"{reviewing.case}/stap", gebeurtenis="redaction_proven")

    assert answer.status_code == 403
    assert phase_of(reviewing) == Phase.REVIEW
