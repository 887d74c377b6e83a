"""Letters on screen: chosen, filled in, recorded as sent; and what was said."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pytest
from lxml import html
from pypdf import PdfReader

from models import Case, Letter
from tests.web.browser import Browser
from tests.web.conftest import Unit
from woo.services import legal_facts

VERDAGING = {"datum": "2026-06-15", "veld-dagen": "14", "veld-reden": "Het gaat om 900 documenten."}


def begin(unit: Unit, browser: Browser, kind: str) -> str:
    """Start a draft; its address."""
    answer = browser.post(f"{unit.case}/brieven", soort=kind)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def fields(page: str) -> dict[str, str]:
    """What the hidden fields of a page hold."""
    return dict(re.findall(r'type="hidden" name="(versie|brief)" value="([^"]*)"', page))


def test_a_verdaging_goes_from_draft_to_sent_and_moves_the_term(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    place = begin(reviewing, browser, "verdaging")
    empty = browser.get(place).text
    saved = browser.post(place, versie=fields(empty)["versie"], **VERDAGING)
    page = browser.get(place).text
    sent = browser.post(
        f"{place}/verstuurd", files={}, brief=fields(page)["brief"], verstuurd="2026-06-15", kanaal="email"
    )
    after = browser.get(place).text

    assert "Nog in te vullen: Aantal dagen" in empty
    assert "Vastleggen als verstuurd" not in empty
    assert saved.headers["location"].endswith("gedaan=brief")
    assert "maandag 13 juli 2026" in page
    assert sent.headers["location"].endswith("gedaan=brief-verstuurd")
    assert "Verstuurd op 15 juni 2026 aan de verzoeker, per e-mail" in after
    with reviewing.database.reading() as work:
        case = work.session.get_one(Case, reviewing.case_id)
        assert f"{legal_facts.deadline_of(case).deadline:%d-%m-%Y}" == "13-07-2026"
    assert "Verdaging" in html.fromstring(browser.get(reviewing.case).text).xpath(
        "string(//section[@aria-labelledby='brieven'])"
    )
    link = re.search(rf"{reviewing.case}/contact/[0-9a-f-]+/verstuurd", after)
    assert link
    kept = browser.get(link[0])
    assert kept.headers["content-disposition"] == f'attachment; filename="{reviewing.number}-verdaging.pdf"'
    assert "13 juli 2026" in " ".join(p.extract_text() for p in PdfReader(io.BytesIO(kept.content)).pages)


def test_the_draft_is_one_text_as_pdf_word_file_and_on_screen(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    place = begin(reviewing, browser, "verdaging")
    version = fields(browser.get(place).text)["versie"]
    browser.post(place, versie=version, **{**VERDAGING, "deel-meedenken": "Bel ons gerust.\n\nWij denken mee."})
    page = html.fromstring(browser.get(place).text).xpath("string(//section[@aria-labelledby='tekst'])")
    pdf = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(browser.get(f"{place}/brief.pdf").content)).pages)
    word = docx.Document(io.BytesIO(browser.get(f"{place}/brief.docx").content))
    texts = [re.sub(r"\s+", " ", text) for text in (page, pdf, "\n".join(p.text for p in word.paragraphs))]

    for text in texts:
        for sentence in (
            "Het gaat om 900 documenten.",
            "Bel ons gerust.",
            "Wij denken mee.",
            "artikel 4.4, tweede lid",
        ):
            assert sentence in text
        assert "Laat ons weten welke documenten" not in text
    assert [p.style.name for p in word.paragraphs if p.text == "Waarom wij meer tijd nodig hebben"] == ["Heading 1"]


def test_a_draft_of_somebody_else_is_not_overwritten(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    place = begin(reviewing, browser, "verdaging")
    version = fields(browser.get(place).text)["versie"]
    browser.post(place, versie=version, **VERDAGING)

    answer = reviewing.browser("coordinator").post(place, versie=version, **VERDAGING)

    assert answer.status_code == 409


def test_a_draft_can_be_thrown_away(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    place = begin(reviewing, browser, "vertraging")
    answer = browser.post(f"{place}/weggooien", versie=fields(browser.get(place).text)["versie"])

    assert answer.headers["location"] == f"{reviewing.case}/brieven?gedaan=brief-weg"
    assert browser.get(place).status_code == 404
    with reviewing.database.reading() as work:
        assert work.session.query(Letter).count() == 0


@pytest.mark.parametrize("login", ["communication", "specialist", "administrator"])
def test_letters_are_for_who_may_see_the_requester(reviewing: Unit, login: str) -> None:
    place = begin(reviewing, reviewing.browser("jurist"), "verdaging")
    browser = reviewing.browser(login)

    for path in (f"{reviewing.case}/brieven", place, f"{place}/brief.pdf", f"{place}/brief.docx"):
        assert browser.get(path).status_code == 403
    assert browser.post(f"{reviewing.case}/brieven", soort="verdaging").status_code == 403
    assert browser.post(place, versie="1", **VERDAGING).status_code == 403
    assert f"{reviewing.case}/brieven" not in browser.get(reviewing.case).text


def test_a_letter_that_cannot_be_written_says_why(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")

    page = browser.get(f"{reviewing.case}/brieven").text
    refused = browser.post(f"{reviewing.case}/brieven", soort="zienswijze_einde")

    assert "Kan nu niet: Er is geen zienswijze gevraagd" in page
    assert refused.status_code == 403
    assert "Er is geen zienswijze gevraagd" in refused.text


@pytest.mark.parametrize("kind", ["", "besluit", "../brief"])
def test_a_letter_that_does_not_exist_is_refused(reviewing: Unit, kind: str) -> None:
    answer = reviewing.browser("jurist").post(f"{reviewing.case}/brieven", soort=kind)

    assert answer.status_code == 422
    assert "Deze brief bestaat niet" in answer.text


def test_a_contact_moment_and_the_receipt_are_in_the_log(reviewing: Unit) -> None:
    browser = reviewing.browser("coordinator")
    with reviewing.database.work(reviewing.people.coordinator) as work:
        case = work.session.get_one(Case, reviewing.case_id)
        case.request.receipt_sha256 = work.store.put_bytes(b"%PDF-1.7 receipt")
    said = browser.post(
        f"{reviewing.case}/contact", dag="2026-06-08", met="requester", manier="phone", notitie="Eerst de verslagen."
    )
    receipt = browser.post(f"{reviewing.case}/ontvangst-verstuurd", verstuurd="2026-06-02", kanaal="post")
    page = browser.get(f"{reviewing.case}/brieven").text
    refused = browser.post(
        f"{reviewing.case}/contact", dag="2026-06-20", met="requester", manier="phone", notitie="Later."
    )

    assert said.status_code == receipt.status_code == 303
    assert "Eerst de verslagen." in page
    assert "Aan de verzoeker, per post." in page
    assert "ligt in de toekomst" in refused.text
    elsewhere = reviewing.browser("communication").get(reviewing.case).text
    assert "Contactmoment" in elsewhere
    assert "Eerst de verslagen." not in elsewhere


def test_a_text_of_a_person_stays_text_in_every_form(reviewing: Unit) -> None:
    evil = "#eval(1) **vet** {deadline} <script>alert(1)</script> \\u{41}"
    browser = reviewing.browser("jurist")
    place = begin(reviewing, browser, "verdaging")
    version = fields(browser.get(place).text)["versie"]
    browser.post(place, versie=version, **{**VERDAGING, "veld-reden": evil, "deel-meedenken": evil})
    page = browser.get(place).text
    pdf = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(browser.get(f"{place}/brief.pdf").content)).pages)
    word = "\n".join(p.text for p in docx.Document(io.BytesIO(browser.get(f"{place}/brief.docx").content)).paragraphs)

    assert "<script>alert" not in page
    assert word.count(evil) == 2
    assert pdf.count("**vet** {deadline}") == 2


def test_the_case_says_that_a_third_party_must_still_get_the_besluit_until_it_is_sent(taken: Unit) -> None:
    with taken.database.work(taken.people.jurist) as work:
        case = work.session.get_one(Case, taken.case_id)
        told = {"mededeling_verzoeker": "2026-06-05", "termijn": "2026-06-12"}
        legal_facts.record_fact(work, case, "zienswijze", date(2026, 6, 5), told)
    browser, says = taken.browser("jurist"), "Nog te versturen: het besluit aan 1 derde"

    for path in ("", "/brieven"):
        assert says in browser.get(taken.case + path).text
    link = "string(//section[@aria-labelledby='nu']//a[contains(., 'derde')]/@href)"
    assert html.fromstring(browser.get(taken.case).text).xpath(link) == f"{taken.case}/brieven"
    place = begin(taken, browser, "besluit_derde")
    party = {"naam": "Bouwbedrijf Zuidhof", "adres": "Kade 1", "aanhef": "Beste heer", "veld-betreft": "De offerte."}
    browser.post(place, versie=fields(browser.get(place).text)["versie"], datum="2026-06-15", **party)
    browser.post(
        f"{place}/verstuurd", files={}, brief=fields(browser.get(place).text)["brief"], verstuurd="2026-06-15",
        kanaal="post",
    )

    for path in ("", "/brieven"):
        assert says not in browser.get(taken.case + path).text
