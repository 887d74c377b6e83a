"""Assigning on the deadline board and on the page of a case: several at once, as proposed, and by whom it may be."""

from __future__ import annotations

import uuid

import pytest
from lxml import html

from models import Case, User
from tests.support.cases import new_case
from tests.web.browser import Browser
from tests.web.conftest import Unit
from woo.services import assignment
from woo.services.standings import NOBODY

TO = "/termijnen/toewijzen"


def owners(unit: Unit) -> dict[uuid.UUID, uuid.UUID | None]:
    with unit.database.reading() as work:
        return {case.id: case.assigned_to_id for case in work.session.query(Case)}


def boxes(page: str) -> list[str]:
    """The values of the cases that can be ticked, in the order of the list."""
    return list(html.fromstring(page).xpath("//input[@name='zaak']/@value"))


def proposals(page: str) -> list[str]:
    return list(html.fromstring(page).xpath("//input[@name='voorstel']/@value"))


@pytest.fixture
def coordinator(reviewing: Unit) -> Browser:
    """Three cases that nobody has yet, before the coordinator."""
    for n in range(2):
        new_case(reviewing.database, reviewing.people, subject=f"zaak {n}", directorate="PG")
    return reviewing.browser("coordinator")


def test_ticked_cases_go_to_the_chosen_jurist_and_the_filters_stay(reviewing: Unit, coordinator: Browser) -> None:
    page = coordinator.get("/termijnen?directie=PG").text
    action = html.fromstring(page).xpath("//form[@id='toewijzen']/@action")[0]
    answer = coordinator.post(action, zaak=boxes(page), naar=str(reviewing.people.jurist.id))

    assert answer.status_code == 303
    assert answer.headers["location"] == "/termijnen?directie=PG&gedaan=zaken-toegewezen"
    assert "De gekozen zaken zijn toegewezen." in coordinator.get(answer.headers["location"]).text
    found = owners(reviewing)
    assert found.pop(reviewing.case_id) is None
    assert set(found.values()) == {reviewing.people.jurist.id}


def test_the_proposal_that_was_shown_is_followed_and_taken_back(reviewing: Unit, coordinator: Browser) -> None:
    with reviewing.database.work(reviewing.people.coordinator) as work:
        user = work.session.get_one(User, reviewing.people.second_jurist.id)
        assignment.link_directorates(work, user.id, ["PG"], user.version)
    page = coordinator.get("/termijnen").text
    coordinator.post(TO, zaak=boxes(page), voorstel=proposals(page), naar="voorstel")

    found = owners(reviewing)
    assert found.pop(reviewing.case_id) == reviewing.people.jurist.id  # nobody works for its directorate
    assert set(found.values()) == {reviewing.people.second_jurist.id}
    coordinator.post(TO, zaak=boxes(coordinator.get("/termijnen").text), naar=NOBODY)
    assert set(owners(reviewing).values()) == {None}


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"naar": ""}, 422, "Kies een jurist"),
        ({"naar": "voorstel"}, 422, "Kies alleen zaken met een voorstel"),
        ({"naar": "x"}, 422, "bestaat niet"),
        ({"naar": str(uuid.UUID(int=5))}, 422, "Kies een Woo-jurist"),
        ({"naar": NOBODY, "zaak": ["x"]}, 422, "niet leesbaar"),
        ({"naar": NOBODY, "zaak": [f"{uuid.UUID(int=5)}:1"]}, 422, "bestaat niet"),
        ({"naar": NOBODY, "zaak": []}, 422, "Kies een of meer zaken"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(
    reviewing: Unit, coordinator: Browser, fields: dict[str, object], status: int, says: str
) -> None:
    page = coordinator.get("/termijnen").text
    answer = coordinator.post(TO, **({"zaak": boxes(page)} | fields))

    assert (answer.status_code, says in answer.text) == (status, True), answer.text[-2000:]
    assert set(owners(reviewing).values()) == {None}


def test_a_list_that_is_no_longer_right_assigns_nothing(reviewing: Unit, coordinator: Browser) -> None:
    page = coordinator.get("/termijnen").text
    taken = boxes(page)[1]
    coordinator.post(TO, zaak=[taken], naar=str(reviewing.people.second_jurist.id))
    answer = coordinator.post(TO, zaak=boxes(page), naar=str(reviewing.people.jurist.id))

    assert answer.status_code == 409
    assert "Er is niets toegewezen" in answer.text
    assert sorted(owners(reviewing).values(), key=str) == sorted(
        [None, None, reviewing.people.second_jurist.id], key=str
    )


def test_a_jurist_can_tick_what_nobody_has_and_only_take_it_herself(reviewing: Unit, coordinator: Browser) -> None:
    page = coordinator.get("/termijnen").text
    coordinator.post(TO, zaak=boxes(page)[:1], naar=str(reviewing.people.second_jurist.id))
    jurist = reviewing.browser("jurist")
    page = jurist.get("/termijnen").text

    assert len(boxes(page)) == 2
    choices = html.fromstring(page).xpath("//input[@name='naar']/@value")
    assert choices == [str(reviewing.people.jurist.id), NOBODY]
    assert jurist.post(TO, zaak=boxes(page), naar=choices[0]).status_code == 303
    assert list(owners(reviewing).values()).count(reviewing.people.jurist.id) == 2


@pytest.mark.parametrize("login", ["specialist", "communication", "administrator"])
def test_others_see_the_load_and_can_choose_nothing(reviewing: Unit, coordinator: Browser, login: str) -> None:
    browser = reviewing.browser(login)
    page = browser.get("/termijnen").text
    wish = boxes(coordinator.get("/termijnen").text)

    assert "Wie doet wat" in page
    assert boxes(page) == []
    assert browser.post(TO, zaak=wish, naar=str(reviewing.people.jurist.id)).status_code == 403
    assert set(owners(reviewing).values()) == {None}


def test_the_page_of_a_case_proposes_who_and_says_why(reviewing: Unit) -> None:
    page = reviewing.browser("coordinator").get(reviewing.case).text

    assert "Voorstel: J. Eerste." in page
    assert "Niemand is gekoppeld aan DGRR." in page
    assert "J. Tweede – 0 zaken, 0 pagina’s te gaan" in page
    assert "Haalt de termijn?" in page
    assert "te weinig gegevens" in page


def test_a_jurist_takes_a_case_and_hands_it_back_on_its_page(reviewing: Unit) -> None:
    jurist = reviewing.browser("jurist")
    for button, owner in (("Neem deze zaak", reviewing.people.jurist.id), ("Geef de zaak terug", None)):
        form = html.fromstring(jurist.get(reviewing.case).text).xpath(f"//form[.//button[text()='{button}']]")[0]
        jurist.post(f"{reviewing.case}/toewijzen", **dict(form.form_values()))
        assert owners(reviewing) == {reviewing.case_id: owner}


def test_directorates_are_linked_on_their_own_screen(reviewing: Unit) -> None:
    coordinator = reviewing.browser("coordinator")
    form = html.fromstring(coordinator.get("/juristen").text).xpath("//form[contains(@action, '/juristen/')]")[0]
    answer = coordinator.post(form.get("action"), **(dict(form.form_values()) | {"directie": ["DGRR"], "andere": "PG"}))

    assert answer.headers["location"] == "/juristen?gedaan=gekoppeld"
    with reviewing.database.reading() as work:
        linked = {d.name: d.directorates for d in assignment.pool(work, (), {}).desks}
    assert linked == {"J. Eerste": ("DGRR", "PG"), "J. Tweede": ()}
    stale = coordinator.post(form.get("action"), **(dict(form.form_values()) | {"directie": ["SG"]}))
    assert stale.status_code == 409
    page = reviewing.browser("jurist").get("/juristen").text
    assert "Werkt voor: DGRR, PG." in page
    assert 'action="/juristen' not in page
