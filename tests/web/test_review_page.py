"""The review page: what it shows, and decisions on its boxes by plain forms and by our script."""

from __future__ import annotations

import io
import uuid

import pytest
from PIL import Image
from sqlalchemy import select

from models import Document, Suggestion
from tests.web.conftest import Desk, Unit
from woo.services import suggestions

NO_BOX = uuid.UUID("5d7f4f9e-8a0e-4d0b-9a54-0c8f5b1f6a2e")
"""The key of a box that no store holds."""


def test_the_page_shows_every_box_with_its_ground_and_its_reason(desk: Desk) -> None:
    page = desk.browser.get(f"{desk.base}/1").text

    assert page.count('role="option"') == 5
    assert page.count('<g class="mark g-5-1-2e"') == 5
    assert page.count(">5.1.2e</text>") == 5
    assert "Mobiel telefoonnummer." in page
    assert "97%" in page


def test_the_page_tells_what_happened_to_the_document_when_it_was_read(desk: Desk) -> None:
    assert "Wat er bij het inlezen opviel" not in desk.browser.get(f"{desk.base}/1").text
    with desk.unit.database.work() as work:
        work.session.get_one(Document, desk.document_id).notes = ["Een script van het bestand is weggelaten."]

    page = desk.browser.get(f"{desk.base}/1").text
    assert "Wat er bij het inlezen opviel" in page
    assert "Een script van het bestand is weggelaten." in page


def test_the_review_goes_on_where_it_stopped(desk: Desk) -> None:
    assert desk.browser.get(f"{desk.unit.case}/beoordelen").headers["location"] == f"{desk.base}/1"
    for row in desk.rows():
        desk.decide(kaders=f"{row.id}:{row.version}", besluit="keep")
    desk.browser.post(f"{desk.base}/1/gezien", json=True)

    assert desk.browser.get(desk.base).headers["location"] == f"{desk.base}/2"


def test_the_picture_is_a_jpeg_of_the_page_at_130_dpi(desk: Desk) -> None:
    answer = desk.browser.get(f"{desk.base}/1.jpg")
    picture = Image.open(io.BytesIO(answer.content))

    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "private, no-store"
    assert picture.size == pytest.approx((595 * 130 / 72, 842 * 130 / 72), abs=2)
    assert min(picture.convert("L").tobytes()) < 80  # there is ink on it


@pytest.mark.parametrize("page", ["0", "99", "1000000"])
def test_a_page_that_does_not_exist_is_not_found(desk: Desk, page: str) -> None:
    for path in (f"{desk.base}/{page}", f"{desk.base}/{page}.jpg", f"{desk.base}/{page}/woorden"):
        assert desk.browser.get(path).status_code == 404


def test_a_document_of_another_case_is_not_found_here(desk: Desk) -> None:
    for key in (uuid.uuid4(), "geen-sleutel", "%27%20or%201=1"):
        assert desk.browser.get(f"{desk.unit.case}/documenten/{key}/1").status_code == 404


def test_a_plain_form_decides_and_comes_back_to_the_page(desk: Desk) -> None:
    first, second = desk.rows()[:2]

    answer = desk.decide(
        json=False, kaders=[f"{first.id}:{first.version}", f"{second.id}:{second.version}"], besluit="redact", grond=""
    )

    assert answer.headers["location"] == f"{desk.base}/1?gedaan=beslist"
    assert [suggestions.verdict_of(r) for r in desk.rows()[:3]] == ["redact", "redact", "open"]


def test_our_script_gets_the_new_versions_and_what_it_was_before(desk: Desk) -> None:
    row = desk.rows()[0]

    answer = desk.decide(kaders=f"{row.id}:{row.version}", besluit="redact", grond="5.2.1").json()

    assert answer["rows"] == [
        {
            "id": str(row.id),
            "version": row.version + 1,
            "verdict": "redact",
            "ground": "5.2.1",
            "before": ["open", "5.1.2.e"],
        }
    ]
    assert answer["elsewhere"] == 0


def test_two_people_on_one_box_the_second_hears_it_and_nothing_is_overwritten(desk: Desk) -> None:
    row, other = desk.rows()[0], desk.unit.browser("second_jurist")
    desk.decide(kaders=f"{row.id}:{row.version}", besluit="redact")

    answer = desk.decide(other, kaders=f"{row.id}:{row.version}", besluit="keep")

    assert answer.status_code == 409
    assert "niet opgeslagen" in answer.json()["message"]
    assert suggestions.verdict_of(desk.rows()[0]) == "redact"


def test_all_same_texts_in_the_dossier_are_decided_and_undone_in_one_go(desk: Desk) -> None:
    row = desk.rows()[0]
    counts = desk.browser.get(f"{desk.unit.case}/voorstellen/{row.id}/gelijk").json()

    done = desk.decide(kaders=f"{row.id}:{row.version}", besluit="redact", bereik="case").json()
    with desk.unit.database.reading() as work:
        redacted = {
            str(s.id) for s in work.session.scalars(select(Suggestion)) if suggestions.verdict_of(s) == "redact"
        }
    back = " ".join(f"{r['id']}:{r['version']}:{r['before'][0]}:{r['before'][1]}" for r in done["rows"])
    desk.decide(terug=back)

    assert counts == {"page": 2, "document": 3, "case": 4}
    assert len(redacted) == 4
    assert done["elsewhere"] == 2
    with desk.unit.database.reading() as work:
        assert all(suggestions.verdict_of(s) == "open" for s in work.session.scalars(select(Suggestion)))


def test_the_same_text_on_the_page_only(desk: Desk) -> None:
    row = desk.rows()[0]

    done = desk.decide(kaders=f"{row.id}:{row.version}", besluit="keep", bereik="page").json()

    assert len(done["rows"]) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"besluit": "weg"},
        {"besluit": "redact", "grond": "9.9.9"},
        {"besluit": "redact", "bereik": "land"},
        {"terug": "a:b"},
        {"terug": "00000000-0000-0000-0000-000000000000:1:redact:9.9"},
        {"besluit": ""},
    ],
)
def test_a_decision_that_does_not_exist_is_refused(desk: Desk, fields: dict[str, str]) -> None:
    row = desk.rows()[0]

    answer = desk.decide(**({"kaders": f"{row.id}:{row.version}"} | fields))

    assert answer.status_code == 422
    assert suggestions.verdict_of(desk.rows()[0]) == "open"


@pytest.mark.parametrize(
    "wish", ["", "x", "x:1", f"{NO_BOX}:1", f"{NO_BOX}:-1", f"{NO_BOX}:99999999999999999999"]
)
def test_a_box_that_does_not_exist_is_refused(desk: Desk, wish: str) -> None:
    assert desk.decide(kaders=wish, besluit="redact").status_code in {404, 422}


def test_looking_at_a_page_is_noted_once_and_only_by_a_jurist(desk: Desk) -> None:
    coordinator = desk.unit.browser("coordinator")

    assert coordinator.post(f"{desk.base}/1/gezien", json=True).status_code == 403
    assert "nog niet bekeken" in desk.browser.get(f"{desk.base}/1").text
    desk.browser.post(f"{desk.base}/1/gezien")
    assert "nog niet bekeken</span>" not in desk.browser.get(f"{desk.base}/1").text


def test_looking_alone_changes_nothing(desk: Desk) -> None:
    desk.browser.get(f"{desk.base}/2")

    assert "nog niet bekeken" in desk.browser.get(f"{desk.base}/2").text


def test_outside_the_review_the_page_can_only_be_looked_at(burned: Unit) -> None:
    desk = Desk(burned)
    row = desk.rows()[0]

    page = desk.browser.get(f"{desk.base}/1").text
    answer = desk.decide(kaders=f"{row.id}:{row.version}", besluit="keep")

    assert 'data-may-decide="nee"' in page
    assert 'data-do="redact"' not in page
    assert answer.status_code == 403


def test_what_stays_readable_beside_what_is_redacted_is_said_at_once(desk: Desk) -> None:
    row = desk.rows()[0]

    answer = desk.decide(kaders=f"{row.id}:{row.version}", besluit="redact").json()
    page = desk.browser.get(f"{desk.base}/1").text
    done = desk.decide(kaders=f"{row.id}:{row.version + 1}", besluit="redact", bereik="page").json()

    assert answer["readable"] == ["“Fatima el Amrani” is op pagina 1 gelakt, maar staat daar ook nog leesbaar."]
    assert answer["readable"][0] in page
    assert done["readable"] == []
