"""The judgement of a document on the review page, and what the law asks beside it."""

from __future__ import annotations

import pytest

from models import Document
from tests.web.conftest import Desk


def test_a_judgement_goes_on_to_the_next_document(desk: Desk) -> None:
    answer = desk.judge(oordeel="withheld", gronden=["5.1.2.i", "5.1.2.e"], motivering="Weegt zwaarder.", verder="ja")

    assert answer.headers["location"].endswith("/1?gedaan=beoordeeld")
    assert str(desk.document_id) not in answer.headers["location"]
    with desk.unit.database.reading() as work:
        document = work.session.get_one(Document, desk.document_id)
        assert (document.judgement, document.judgement_grounds) == ("withheld", ["5.1.2.e", "5.1.2.i"])


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"oordeel": "weg"}, "Kies een beoordeling"),
        ({"oordeel": "withheld"}, "weigeringsgrond"),
        ({"oordeel": "duplicate"}, "nummer"),
        ({"oordeel": "duplicate", "dubbel_van": "1"}, "nummer"),
        ({"oordeel": "already_public"}, "webadres"),
        ({"oordeel": "already_public", "webadres": "javascript:alert(1)"}, "webadres"),
    ],
)
def test_a_judgement_that_is_not_complete_is_refused(desk: Desk, fields: dict[str, str], says: str) -> None:
    answer = desk.judge(**fields)

    assert answer.status_code == 422
    assert says in answer.text


def test_circumstances_that_the_law_asks_for_are_kept(desk: Desk) -> None:
    desk.judge(
        oordeel="withheld",
        gronden="5.2.1",
        motivering="Beraad.",
        intern_beraad="ja",
        milieu="ja",
        emissies="ja",
        vertrouwelijk="ja",
        formatie="ja",
        ouder="Nog steeds gevoelig.",
        publieke_titel="Brief",
    )

    with desk.unit.database.reading() as work:
        d = work.session.get_one(Document, desk.document_id)
        flags = (d.intern_beraad, d.environmental, d.emissions, d.confidential_acts, d.formation_finished)
        assert flags == (True,) * 5
        assert (d.aged_reason, d.public_title) == ("Nog steeds gevoelig.", "Brief")


@pytest.mark.parametrize(
    ("ground", "circumstances", "says"),
    [
        ("5.1.2.i", {"motivering": ""}, "ontbreekt de afweging"),
        ("5.1.2.i", {"emissies": "ja"}, "emissies"),
        ("5.1.2.b", {"milieu": "ja"}, "vertrouwelijk karakter"),
        ("5.1.5", {"milieu": "ja"}, "milieu-informatie"),
        ("5.2.1", {}, "intern beraad"),
        ("5.4", {"formatie": "ja"}, "formatie is afgerond"),
    ],
)
def test_what_a_ground_lacks_stands_beside_the_document_until_it_is_given(
    desk: Desk, ground: str, circumstances: dict[str, str], says: str
) -> None:
    desk.judge(**({"oordeel": "withheld", "gronden": ground, "motivering": "Weegt zwaarder."} | circumstances))
    case = desk.unit.browser("jurist").get(desk.unit.case).text

    assert says in case


def test_a_judgement_on_an_old_version_is_a_conflict(desk: Desk) -> None:
    assert desk.judge(oordeel="public").status_code == 303

    assert desk.judge(oordeel="withheld", gronden="5.1.2.i", versie="1").status_code == 409


def test_proposed_judgements_are_taken_over_with_a_weighing_per_ground(desk: Desk) -> None:
    for index in (0, 1):
        for row in desk.rows(index):
            desk.decide(kaders=f"{row.id}:{row.version}", besluit="redact")
    page = desk.browser.get(desk.unit.case).text

    answer = desk.browser.post(
        f"{desk.unit.case}/voorstellen-overnemen", grond="5.1.2.e", **{"motivering-5.1.2.e": "Privacy van een burger."}
    )

    assert 'name="motivering-5.1.2.e"' in page
    assert answer.status_code == 303
    with desk.unit.database.reading() as work:
        document = work.session.get_one(Document, desk.document_id)
        assert (document.judgement, document.judgement_reason) == ("partial", "Privacy van een burger.")
    assert desk.browser.post(f"{desk.unit.case}/voorstellen-overnemen").status_code == 422
