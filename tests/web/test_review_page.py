"""The review page: what it shows, and decisions by plain forms and by our script."""

from __future__ import annotations

import io
import re
import uuid
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from models import Document, Page, Suggestion
from redaction.pdf import read_pages, render_page
from tests.web.browser import Browser
from tests.web.conftest import Unit
from woo.errors import InputRejected
from woo.services import suggestions
from woo.web.workbench import marks

NO_BOX = uuid.UUID("5d7f4f9e-8a0e-4d0b-9a54-0c8f5b1f6a2e")
"""The key of a box that no store holds."""


class Desk:
    """A browser on the first page of the first document."""

    def __init__(self, unit: Unit, login: str = "jurist") -> None:
        self.unit, self.browser = unit, unit.browser(login)
        with unit.database.reading() as work:
            document = work.session.scalars(
                select(Document).where(Document.case_id == unit.case_id).order_by(Document.number)
            ).first()
            assert document
            self.document_id = document.id
        self.base = f"{unit.case}/documenten/{self.document_id}"

    def rows(self, index: int = 0) -> list[Suggestion]:
        with self.unit.database.reading() as work:
            document = work.session.get_one(Document, self.document_id)
            return suggestions.on_page(work, document, index)

    def judge(self, **fields: object):
        """Send the judgement form, with the version that the page shows."""
        page = self.browser.get(f"{self.base}/1").text
        version = re.search(r'name="versie" value="(\d+)"', page)
        assert version
        return self.browser.post(f"{self.base}/oordeel", **({"versie": version[1], "pagina": "1"} | fields))

    def decide(self, browser: Browser | None = None, json: bool = True, **fields: object):
        return (browser or self.browser).post(f"{self.base}/1/beslissen", json=json, **fields)


@pytest.fixture
def desk(reviewing: Unit) -> Desk:
    """The first jurist at work."""
    return Desk(reviewing)


def test_the_page_shows_every_box_with_its_ground_and_its_reason(desk: Desk) -> None:
    page = desk.browser.get(f"{desk.base}/1").text

    assert page.count('role="option"') == 5
    assert page.count('<g class="mark g-5-1-2e"') == 5
    assert page.count(">5.1.2e</text>") == 5
    assert "Mobiel telefoonnummer." in page
    assert "97%" in page


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


def test_a_box_drawn_on_words_is_kept_where_it_was_drawn(desk: Desk) -> None:
    words = desk.browser.get(f"{desk.base}/1/woorden").json()
    word = next(w for w in words if w[0] == "minister")

    answer = desk.browser.post(
        f"{desk.base}/1/kaders", json=True, vakken=",".join(map(str, word[1:])), grond="5.1.2.i"
    ).json()

    assert answer["mark"]["text"] == "minister"
    assert answer["mark"]["verdict"] == "redact"
    row = next(r for r in desk.rows() if r.origin == "hand")
    with desk.unit.database.reading() as work:
        page = work.session.scalars(select(Page).where(Page.document_id == desk.document_id, Page.index == 0)).one()
        stored = next(w for w in page.words if w[0] == "minister")
    assert row.boxes[0] == pytest.approx(stored[1:], abs=0.05)
    assert row.decision is not None
    assert row.decision.ground == "5.1.2.i"


@pytest.mark.parametrize(
    "vakken",
    [
        "",
        "x",
        "1,2,3",
        "1,2,3,4,5",
        "nan,1,2,3",
        "1e9,1,2,3",
        "-50,-50,20,20",
        "700,900,50,50",
        "1,1,0,0",
        ";".join(["1,1,5,5"] * 201),
    ],
)
def test_a_box_that_is_no_box_is_refused(desk: Desk, vakken: str) -> None:
    answer = desk.browser.post(f"{desk.base}/1/kaders", json=True, vakken=vakken, grond="5.1.2.e")

    assert answer.status_code == 422
    assert all(row.origin == "machine" for row in desk.rows())


def test_a_box_over_the_edge_is_cut_to_the_page(desk: Desk) -> None:
    desk.browser.post(f"{desk.base}/1/kaders", json=True, vakken="500,800,500,500", grond="5.1.2.e")

    row = next(r for r in desk.rows() if r.origin == "hand")
    assert row.boxes[0] == pytest.approx([500, 0, 595.28, 41.89], abs=0.05)


def test_the_whole_page_can_be_redacted_without_scripts(desk: Desk) -> None:
    answer = desk.browser.post(f"{desk.base}/1/hele-pagina", grond="5.1.2.e")

    assert answer.status_code == 303
    row = next(r for r in desk.rows() if r.origin == "hand")
    assert row.boxes[0] == pytest.approx([0, 0, 595.28, 841.89], abs=0.05)


def test_looking_at_a_page_is_noted_once_and_only_by_a_jurist(desk: Desk) -> None:
    coordinator = desk.unit.browser("coordinator")

    assert coordinator.post(f"{desk.base}/1/gezien", json=True).status_code == 403
    assert "nog niet bekeken" in desk.browser.get(f"{desk.base}/1").text
    desk.browser.post(f"{desk.base}/1/gezien")
    assert "nog niet bekeken</span>" not in desk.browser.get(f"{desk.base}/1").text


def test_looking_alone_changes_nothing(desk: Desk) -> None:
    desk.browser.get(f"{desk.base}/2")

    assert "nog niet bekeken" in desk.browser.get(f"{desk.base}/2").text


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


def test_outside_the_review_the_page_can_only_be_looked_at(burned: Unit) -> None:
    desk = Desk(burned)
    row = desk.rows()[0]

    page = desk.browser.get(f"{desk.base}/1").text
    answer = desk.decide(kaders=f"{row.id}:{row.version}", besluit="keep")

    assert 'data-may-decide="nee"' in page
    assert 'data-do="redact"' not in page
    assert answer.status_code == 403


def test_search_finds_words_over_all_documents_and_redacts_the_chosen(desk: Desk) -> None:
    search = f"{desk.unit.case}/zoeken"
    page = desk.browser.post(search, q="het MELDPUNT").text
    keys = re.findall(r'name="treffers" value="([^"]+)"', page)

    answer = desk.browser.post(search, q="het MELDPUNT", lakken="ja", grond="5.1.2.i", treffers=keys[:2])

    assert "3 treffers" in page
    assert len(keys) == 3
    assert answer.headers["location"].endswith("gedaan=gelakt")
    again = desk.browser.post(search, q="het MELDPUNT").text
    assert again.count("heeft al een kader") == 2
    with desk.unit.database.reading() as work:
        drawn = work.session.scalars(select(Suggestion).where(Suggestion.origin == "hand")).all()
        assert [s.text.casefold() for s in drawn] == ["het meldpunt"] * 2


def test_what_is_searched_for_stands_in_no_address(desk: Desk) -> None:
    page = desk.browser.get(f"{desk.unit.case}/zoeken?q=Fatima").text

    assert 'method="post"' in page
    assert "el Amrani" not in page


@pytest.mark.parametrize("query", ["a", " ", "%", "_"])
def test_too_short_a_question_is_refused(desk: Desk, query: str) -> None:
    page = desk.browser.post(f"{desk.unit.case}/zoeken", q=query).text

    assert "treffer" not in page.split("<main")[1] or "Zoek op minstens" in page


def test_a_hit_that_is_not_in_the_list_is_not_redacted(desk: Desk) -> None:
    forged = f"{desk.document_id}:0:0:3"

    answer = desk.browser.post(
        f"{desk.unit.case}/zoeken", q="het meldpunt", lakken="ja", grond="5.1.2.e", treffers=forged
    )

    assert answer.status_code == 422
    assert all(row.origin == "machine" for row in desk.rows())


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_go_to_the_screen_and_back_on_turned_and_cropped_pages(tmp_path: Path, rotation: int) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(400, 600))
    canvas.setCropBox((40, 30, 380, 360))
    canvas.setPageRotation(rotation)
    canvas.drawString(100, 300, "woord")
    canvas.save()
    read = next(iter(read_pages(tmp_path / "a.pdf")))
    page = Page(
        index=0,
        width=read.width,
        height=read.height,
        rotation=read.rotation,
        crop=list(read.crop),
        text=read.text,
        words=[[w.text, *w.box] for w in read.words],
    )
    [[_, *view]] = marks.words_of(page)

    boxes = marks.read_rects(page, ",".join(map(str, view)))

    assert boxes[0] == pytest.approx(read.words[0].box, abs=0.02)
    assert marks.text_under(page, boxes) == "woord"
    assert marks.view_size(page) == pytest.approx(render_page(tmp_path / "a.pdf", 0, 72).size, abs=1)


def test_rectangles_are_read_strictly() -> None:
    page = Page(index=0, width=100, height=100, rotation=0, crop=[0, 0, 100, 100], text="", words=[])

    for bad in ("inf,1,2,3", "1,1,1", "1;1;1;1", "0x1,1,1,1", "1,1,1,1;"):
        with pytest.raises(InputRejected):
            marks.read_rects(page, bad)


def test_what_stays_readable_beside_what_is_redacted_is_said_at_once(desk: Desk) -> None:
    row = desk.rows()[0]

    answer = desk.decide(kaders=f"{row.id}:{row.version}", besluit="redact").json()
    page = desk.browser.get(f"{desk.base}/1").text
    done = desk.decide(kaders=f"{row.id}:{row.version + 1}", besluit="redact", bereik="page").json()

    assert answer["readable"] == ["“Fatima el Amrani” is op pagina 1 gelakt, maar staat daar ook nog leesbaar."]
    assert answer["readable"][0] in page
    assert done["readable"] == []
