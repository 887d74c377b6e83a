"""The page of a case: registering, facts and the sum of the term, files, to-dos, assignment, troubles."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from html import unescape

import pytest
from lxml import html
from sqlalchemy import select

from models import Case, SourceFile, StageAttempt, ToDo
from tests.support.cases import new_case
from tests.web.browser import Browser
from tests.web.conftest import Unit
from woo.law.lifecycle import Stage
from woo.services import stages, todos, users
from woo.web.workbench.fact_table import ADDABLE, FACT_FORMS


def test_a_verdaging_moves_the_term_and_shows_its_article(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    before = browser.get(reviewing.case).text

    answer = browser.post(
        f"{reviewing.case}/feiten", soort="verdaging", medegedeeld="2026-06-12", dagen="14", toelichting="Omvang."
    )
    after = browser.get(reviewing.case).text

    assert answer.headers["location"].endswith("gedaan=feit#feiten")
    assert "29 juni 2026" in before  # received on 1 June
    assert "13 juli 2026" in after
    assert "Woo 4.4 lid 2" in after
    assert "Omvang." in after


def test_a_fact_is_corrected_by_a_new_one_and_the_old_one_stays_visible(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    browser.post(f"{reviewing.case}/feiten", soort="verdaging", medegedeeld="2026-06-12", dagen="14")
    address = edit_of(browser, reviewing, "Verdaging meegedeeld")

    form = browser.get(address).text
    answer = browser.post(address, soort="verdaging", medegedeeld="2026-06-12", dagen="7")
    page = browser.get(reviewing.case).text

    assert 'value="14"' in form
    assert answer.status_code == 303
    assert "telt niet meer mee" in page
    assert "6 juli 2026" in page


def test_a_withdrawn_fact_no_longer_counts(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    browser.post(f"{reviewing.case}/feiten", soort="verdaging", medegedeeld="2026-06-12", dagen="14")
    address = edit_of(browser, reviewing, "Verdaging meegedeeld")

    assert browser.post(f"{address}/intrekken", reden="").status_code == 422
    browser.post(f"{address}/intrekken", reden="Verkeerde zaak.")

    assert "29 juni 2026" in browser.get(reviewing.case).text


def test_the_day_of_receipt_can_be_corrected_but_not_withdrawn(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    address = edit_of(browser, reviewing, "Verzoek ontvangen")

    assert "Feit intrekken" not in browser.get(address).text
    assert browser.post(f"{address}/intrekken", reden="Zomaar.").status_code == 422
    browser.post(address, soort="received", datum="2026-06-02", toelichting="Poststempel.")

    assert "30 juni 2026" in browser.get(reviewing.case).text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"soort": "verdaging", "medegedeeld": "2026-06-12", "dagen": "veel"}, "heel getal"),
        ({"soort": "verdaging", "medegedeeld": "2026-07-12", "dagen": "14"}, "toekomst"),
        ({"soort": "zienswijze", "mededeling_verzoeker": "2026-06-12", "einde": "2026-06-01"}, "vóór"),
        ({"soort": "precisering", "uitnodiging": "x"}, "klopt niet"),
        ({"soort": "wens", "datum": "2026-06-12"}, "niet bekend"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_with_the_reason(reviewing: Unit, fields: dict[str, str], says: str) -> None:
    browser = reviewing.browser("jurist")

    answer = browser.post(f"{reviewing.case}/feiten", **fields)

    assert answer.status_code == 422
    assert says in answer.text
    assert "29 juni 2026" in browser.get(reviewing.case).text


def fill_in(page: str) -> dict[str, str]:
    """Something for every field of the form of a fact: the first choice of a list, 12 June, 7, a text."""
    tree = html.fromstring(page)
    answers = {"date": "2026-06-12", "number": "7", "text": "een ander orgaan"}
    inputs = tree.xpath("//form[.//input[@name='soort']]//input[contains(@class, 'utrecht-textbox')]")
    selects = tree.xpath("//form[.//input[@name='soort']]//select")
    return {i.get("name"): answers[i.get("type")] for i in inputs} | {
        s.get("name"): s.xpath("option/@value")[1] for s in selects
    }


@pytest.mark.parametrize("kind", [form.kind for forms in ADDABLE.values() for form in forms])
def test_every_kind_of_fact_can_be_entered_corrected_and_withdrawn(reviewing: Unit, kind: str) -> None:
    browser = reviewing.browser("coordinator")
    if any(field.kind == "besluit" for field in FACT_FORMS[kind].fields):
        browser.post(f"{reviewing.case}/feiten", soort="deelbesluit", bekendgemaakt="2026-06-10", over="de mails")
    form = browser.get(f"{reviewing.case}/feiten/{kind}")
    answer = browser.post(f"{reviewing.case}/feiten", soort=kind, **fill_in(form.text))
    address = edit_of(browser, reviewing, FACT_FORMS[kind].label)
    again = browser.get(address)

    assert FACT_FORMS[kind].effect in unescape(form.text)
    assert answer.status_code == 303, answer.text
    assert 'value="2026-06-12"' in again.text
    assert browser.post(address, soort=kind, **fill_in(again.text)).status_code == 303
    address = edit_of(browser, reviewing, FACT_FORMS[kind].label)
    assert browser.post(f"{address}/intrekken", reden="Verkeerde zaak.").status_code == 303


def test_files_are_taken_in_with_their_folders_and_wait_for_gathering(reviewing: Unit) -> None:
    browser = reviewing.browser("specialist")
    files = [
        ("bestanden", ("map/brief.txt", b"een brief", "text/plain")),
        ("bestanden", ("map/sub/nota.txt", b"een nota", "text/plain")),
    ]

    answer = browser.post(f"{reviewing.case}/bestanden", files=files)

    assert answer.headers["location"].endswith("gedaan=aangeleverd#bronnen")
    assert delivered(reviewing) >= {"map/brief.txt", "map/sub/nota.txt"}
    with reviewing.database.reading() as work:
        assert work.session.get_one(Case, reviewing.case_id).phase == "gathering"
        assert work.session.scalars(select(StageAttempt.stage).where(StageAttempt.state == "queued")).all() == [
            Stage.GATHER
        ]


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "C:\\geheim.txt", "a\x01b.txt", "....//x.txt"],
)
def test_a_file_name_with_tricks_stays_inside_its_folder(reviewing: Unit, name: str) -> None:
    answer = reviewing.browser("specialist").post(
        f"{reviewing.case}/bestanden", files=[("bestanden", (name, b"inhoud", "text/plain"))]
    )

    assert answer.status_code == 303
    assert not any(
        part in {"..", "."} or part.startswith("/") for path in delivered(reviewing) for part in path.split("/")
    )


def test_two_files_with_one_name_are_both_kept(reviewing: Unit) -> None:
    files = [("bestanden", ("nota.txt", body, "text/plain")) for body in (b"een", b"twee")]

    reviewing.browser("specialist").post(f"{reviewing.case}/bestanden", files=files)

    assert {"aanlevering/nota.txt", "aanlevering/nota (2).txt"} <= delivered(reviewing)


def test_a_zip_is_taken_in(reviewing: Unit) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("dossier/nota.txt", "een nota")

    answer = reviewing.browser("specialist").post(
        f"{reviewing.case}/bestanden", files=[("bestanden", ("dossier.zip", packed.getvalue(), "application/zip"))]
    )

    assert answer.status_code == 303
    assert any("dossier.zip" in path for path in delivered(reviewing))


def test_no_file_or_too_much_is_refused_and_nothing_is_kept(reviewing: Unit) -> None:
    browser, before = reviewing.browser("specialist"), delivered(reviewing)

    nothing = browser.post(f"{reviewing.case}/bestanden", files=[("bestanden", ("", b"", "text/plain"))])
    much = browser.post(
        f"{reviewing.case}/bestanden", files=[("bestanden", ("groot.txt", bytes(4 << 20), "text/plain"))]
    )

    assert nothing.status_code == 422
    assert much.status_code == 422
    assert "te groot" in much.text
    assert delivered(reviewing) == before


def test_a_body_that_lies_about_its_length_is_cut_off(reviewing: Unit) -> None:
    browser = reviewing.browser("specialist")
    head = b'--x\r\nContent-Disposition: form-data; name="bestanden"; filename="a.txt"\r\n\r\n'

    answer = browser.client.post(
        f"{reviewing.case}/bestanden",
        content=(chunk for chunk in [head, *[bytes(1 << 20)] * 5]),
        headers={"content-type": "multipart/form-data; boundary=x"},
    )

    assert answer.status_code == 422
    assert "te groot" in answer.text


def test_a_todo_is_closed_with_what_was_done(reviewing: Unit) -> None:
    with reviewing.database.work() as work:
        todo = todos.open_todo(
            work, work.session.get_one(Case, reviewing.case_id), "password", "Dit bestand vraagt een wachtwoord."
        )
    browser, address = reviewing.browser("jurist"), f"{reviewing.case}/todos/{todo.id}"

    assert "Dit bestand vraagt een wachtwoord." in browser.get(reviewing.case).text
    assert browser.post(address, oplossing="", versie="1").status_code == 422
    assert browser.post(address, oplossing="Wachtwoord gevraagd en ontvangen.", versie="9").status_code == 409
    assert browser.post(address, oplossing="Wachtwoord gevraagd en ontvangen.", versie="1").status_code == 303
    with reviewing.database.reading() as work:
        assert work.session.get_one(ToDo, todo.id).resolution == "Wachtwoord gevraagd en ontvangen."


def test_a_todo_of_another_case_is_out_of_reach(reviewing: Unit) -> None:
    other = new_case(reviewing.database, reviewing.people, subject="iets anders")
    with reviewing.database.work() as work:
        todo = todos.open_todo(work, work.session.get_one(Case, other), "password", "Wachtwoord.")

    answer = reviewing.browser("jurist").post(f"{reviewing.case}/todos/{todo.id}", oplossing="Klaar.", versie="1")

    assert answer.status_code == 422


def test_a_case_is_assigned_and_taken_back(reviewing: Unit) -> None:
    browser = reviewing.browser("coordinator")
    with reviewing.database.reading() as work:
        jurist = users.find_user(work, "second_jurist").id

    def give(jurist: str) -> None:
        version = html.fromstring(browser.get(reviewing.case).text).xpath(
            "//form[contains(@action, 'toewijzen')]//input[@name='versie']/@value"
        )[0]
        assert browser.post(f"{reviewing.case}/toewijzen", jurist=jurist, versie=version).status_code == 303

    give(str(jurist))
    assert "J. Tweede" in browser.get("/zaken").text.split("<tbody")[1]
    give("")

    assert "J. Tweede" not in browser.get("/zaken").text.split("<tbody")[1]


def test_an_edit_on_an_old_version_is_a_conflict_and_gives_the_text_back(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    long = "Deze samenvatting kostte een half uur om te schrijven."

    answer = browser.post(
        f"{reviewing.case}/gegevens", titel="Nieuw", samenvatting=long, directie="", zoekbeschrijving="", versie="99"
    )

    assert answer.status_code == 409
    assert long in answer.text
    assert "Nieuw" not in browser.get(reviewing.case).text


def test_a_stage_in_trouble_is_shown_and_tried_again(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    with reviewing.database.work() as work:
        case = work.session.get_one(Case, reviewing.case_id)
        attempt = stages.queue(work, case, Stage.SUGGEST)
        case.trouble = "Voorstellen maken is 3 keer niet gelukt."
        attempt.state = "failed"

    assert "Opnieuw proberen" in browser.get(reviewing.case).text
    assert "Storing" in browser.get("/zaken").text
    assert browser.post(f"{reviewing.case}/opnieuw").status_code == 303
    assert browser.post(f"{reviewing.case}/opnieuw").status_code == 409
    assert "Opnieuw proberen" not in browser.get(reviewing.case).text


def test_closing_a_request_asks_how_and_why_and_keeps_both(reviewing: Unit) -> None:
    browser = reviewing.browser("coordinator")
    ended = {"wijze": "ingetrokken", "datum": "2026-06-12", "reden": "Per brief laten weten."}

    assert browser.post(f"{reviewing.case}/stap", gebeurtenis="request_closed", reden="Zo maar.").status_code == 403
    for lacking in ended:
        assert browser.post(f"{reviewing.case}/afsluiten", **(ended | {lacking: ""})).status_code in (403, 422)
    assert browser.post(f"{reviewing.case}/afsluiten", **ended).status_code == 303
    page = browser.get(reviewing.case).text

    assert "Ingetrokken door de verzoeker" in page
    assert "Per brief laten weten." in browser.get(f"{reviewing.case}/geschiedenis").text
    assert "Per brief" not in reviewing.browser("communication").get(f"{reviewing.case}/geschiedenis").text


@pytest.mark.parametrize(
    ("ending", "says"), [("doorgezonden", "waarheen"), ("niet_behandeld", "precisering"), ("wens", "Kies uit")]
)
def test_an_ending_needs_the_fact_that_it_rests_on(reviewing: Unit, ending: str, says: str) -> None:
    browser = reviewing.browser("coordinator")
    answer = browser.post(f"{reviewing.case}/afsluiten", wijze=ending, datum="2026-06-12", reden="Omdat.")

    assert answer.status_code == 422
    assert says in answer.text
    assert "Afgesloten</li>" not in browser.get(reviewing.case).text


def test_the_sources_add_up(reviewing: Unit) -> None:
    page = reviewing.browser("jurist").get(f"{reviewing.case}/bronnen").text

    assert "2 bestanden in = 2 documenten." in page
    assert "brief.pdf" in page


def test_the_board_filters_without_scripts_and_without_names_in_the_address(reviewing: Unit) -> None:
    new_case(reviewing.database, reviewing.people, subject="iets anders", directorate="DGM")
    browser = reviewing.browser("jurist")

    def shown(query: str) -> set[str]:
        return set(re.findall(r'href="/zaken/(2026-\d+)"', browser.get(f"/zaken?{query}").text))

    assert shown("") == {"2026-0001", "2026-0002"}
    assert shown("directie=DGM") == {"2026-0002"}
    assert shown("fase=review") == {"2026-0001"}
    assert shown("jurist=niemand") == {"2026-0001", "2026-0002"}
    assert shown(f"jurist={uuid.uuid4()}") == set()
    assert not re.search(r'<option value="J\.', browser.get("/zaken").text)


def test_the_deadlines_of_the_unit_name_who_carries_what(reviewing: Unit) -> None:
    page = reviewing.browser("coordinator").get("/termijnen").text

    assert "Nog niemand" in page
    assert "Week 27 van 2026" in page
    assert reviewing.number in page


def edit_of(browser: Browser, unit: Unit, label: str) -> str:
    """The address where a fact is corrected."""
    found = re.search(
        rf'href="({unit.case}/feiten/[0-9a-f-]+)">Verbeteren<span[^>]*>: {re.escape(label)}',
        browser.get(unit.case).text,
    )
    assert found
    return found[1]


def delivered(unit: Unit) -> set[str]:
    """The paths of all files of the case."""
    with unit.database.reading() as work:
        return set(work.session.scalars(select(SourceFile.path).where(SourceFile.case_id == unit.case_id)))
