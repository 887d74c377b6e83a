"""The besluit and the publication on screen."""

from __future__ import annotations

import io
import re

from PIL import Image

from models import Besluit, Case, Redaction
from tests.web import world
from tests.web.conftest import Unit
from woo.law.lifecycle import Phase


def test_the_weighing_is_edited_and_makes_the_draft_old(drafted: Unit) -> None:
    browser = drafted.browser("jurist")
    page = browser.get(f"{drafted.case}/besluit").text
    version = re.search(r'name="versie" value="(\d+)"', page)
    assert version

    answer = browser.post(
        f"{drafted.case}/besluit/overwegingen",
        grond="5.1.2.e",
        versie=version[1],
        **{"overweging-5.1.2.e": "Een nieuwe afweging.", "ouder-5.1.2.e": ""},
    )
    after = browser.get(f"{drafted.case}/besluit").text
    world.draft(drafted.database, drafted.case_id)

    assert "De privacy van de burger weegt zwaarder" in page
    assert answer.status_code == 303
    assert "Een nieuwe afweging." in after
    assert "Besluit nemen op dit concept" not in after
    assert "Er is iets veranderd na dit concept" in after
    assert "Besluit nemen op dit concept" in browser.get(f"{drafted.case}/besluit").text


def test_a_weighing_on_an_old_version_is_a_conflict(drafted: Unit) -> None:
    answer = drafted.browser("jurist").post(
        f"{drafted.case}/besluit/overwegingen",
        grond="5.1.2.e",
        versie="99",
        **{"overweging-5.1.2.e": "x", "ouder-5.1.2.e": ""},
    )

    assert answer.status_code == 409


def test_the_letter_is_shown_page_by_page_and_to_download(drafted: Unit) -> None:
    browser = drafted.browser("jurist")
    page = browser.get(f"{drafted.case}/besluit").text
    pictures = re.findall(rf'src="({drafted.case}/besluit/\d+\.jpg)', page)

    assert pictures
    for address in pictures:
        assert Image.open(io.BytesIO(browser.get(address).content)).format == "JPEG"
    assert browser.get(f"{drafted.case}/besluit/{len(pictures) + 1}.jpg").status_code == 404
    assert browser.get(f"{drafted.case}/besluit/brief.pdf").content.startswith(b"%PDF-")


def test_the_besluit_is_taken_on_the_draft_that_was_shown(drafted: Unit) -> None:
    browser = drafted.browser("jurist")
    shown = re.search(r'name="brief" value="([0-9a-f]{64})"', browser.get(f"{drafted.case}/besluit").text)
    assert shown

    assert browser.post(f"{drafted.case}/besluit/nemen", brief="0" * 64, bezwaar_verwacht="nee").status_code == 409
    answer = browser.post(f"{drafted.case}/besluit/nemen", brief=shown[1], bezwaar_verwacht="ja")

    assert answer.headers["location"].endswith("gedaan=besloten")
    with drafted.database.reading() as work:
        assert work.session.get_one(Case, drafted.case_id).phase == Phase.PUBLICATION
        assert work.session.query(Besluit).one().taken_on is not None
    page = drafted.browser("communication").get(f"{drafted.case}/publicatie").text
    assert "Openbaar maken mag pas vanaf" in page
    assert "Publiceren</button>" not in page


def test_before_the_besluit_nothing_can_be_published(drafted: Unit) -> None:
    browser = drafted.browser("communication")

    assert "Eerst moet het besluit genomen zijn" in browser.get(f"{drafted.case}/publicatie").text
    assert browser.post(f"{drafted.case}/publicatie").status_code == 403


def test_before_there_is_a_letter_there_is_none_to_see(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")

    assert "Er is nog geen concept" in browser.get(f"{reviewing.case}/besluit").text
    for path in ("brief.pdf", "1.jpg"):
        assert browser.get(f"{reviewing.case}/besluit/{path}").status_code == 404


def test_the_second_reader_sees_the_redacted_pages_and_the_proof(burned: Unit) -> None:
    browser = burned.browser("second_jurist")
    document = re.search(rf"{burned.case}/akkoord/[0-9a-f-]+", browser.get(f"{burned.case}/akkoord").text)
    assert document

    page = browser.get(document[0]).text
    picture = Image.open(io.BytesIO(browser.get(f"{document[0]}/1.jpg").content)).convert("L")

    assert "controles zonder bevinding" in page
    assert "Tekens verwijderd" in page
    assert sum(value < 10 for value in picture.tobytes()) > 5000  # black boxes
    assert browser.get(f"{document[0]}/9.jpg").status_code == 404


def test_the_second_reader_is_told_what_the_redaction_noted(burned: Unit) -> None:
    note = "Op pagina 1 is ook tekst naast een vak gelakt (2 woorden), want de regel was vol. Kijk of dat goed is."
    with burned.database.work() as work:
        for redaction in work.session.query(Redaction).all():
            redaction.record = {**redaction.record, "notes": [note]}
    browser = burned.browser("second_jurist")
    document = re.search(rf"{burned.case}/akkoord/[0-9a-f-]+", browser.get(f"{burned.case}/akkoord").text)
    assert document

    assert note in browser.get(document[0]).text
