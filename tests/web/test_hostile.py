"""Hostile texts in every place where people or files put text, and errors that nobody expected."""

from __future__ import annotations

import logging
import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from models import Case, Document, Suggestion, ToDo
from tests.web import world
from tests.web.browser import Browser
from tests.web.conftest import Unit
from tests.web.test_headers import Strict, pages_of
from woo.services import cases, screens, todos
from woo.web.workbench.forms import Form
from woo.web.workbench.uploads import safe_path

EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*7}}"


def test_no_text_of_a_person_or_file_becomes_markup(reviewing: Unit) -> None:
    with reviewing.database.work(reviewing.people.jurist) as work:
        case = work.session.get_one(Case, reviewing.case_id)
        cases.describe(
            work, case, title=EVIL, summary=EVIL, directorate=EVIL[:200], search_description=EVIL, version=case.version
        )
        case.request.text = case.request.requester.name = EVIL
        todos.open_todo(work, case, "password", EVIL)
        for document in work.session.scalars(select(Document)):
            document.title = document.public_title = document.judgement_reason = EVIL
            document.source.path = f"map {document.number}/{EVIL}"
        for row in work.session.scalars(select(Suggestion)):
            row.text = row.why = EVIL
    browser = reviewing.browser("jurist")
    for path in pages_of(reviewing):
        page = browser.get(path).text
        strict = Strict()
        strict.feed(page)

        assert strict.bad == [], path
        assert "<script>alert" not in page, path
        assert "49'" not in page, path


def test_what_is_sent_back_after_a_refusal_is_text_too(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    answers = [
        browser.post(
            "/zaken/nieuw",
            kanaal="x",
            ontvangen="2026-06-01",
            onderwerp=EVIL,
            tekst=EVIL,
            naam=EVIL,
            adres=EVIL,
            email=EVIL,
            telefoon=EVIL[:50],
            aanhef=EVIL,
            directie=EVIL,
        ),
        browser.post(
            f"{reviewing.case}/gegevens",
            titel=EVIL,
            samenvatting=EVIL * 3,
            directie="",
            zoekbeschrijving="",
            versie="9",
        ),
        browser.post(f"{reviewing.case}/zoeken", q=EVIL),
    ]

    assert [a.status_code for a in answers] == [422, 409, 200]
    assert all("<script>alert" not in a.text for a in answers)


def test_an_unexpected_error_gives_a_reference_and_its_text_stays_out_of_the_log(
    reviewing: Unit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("Fatima el Amrani, 06 12345678")

    browser = reviewing.browser("jurist")
    monkeypatch.setattr(screens, "staff", broken)
    with caplog.at_level(logging.DEBUG):
        answer = browser.get(reviewing.case)

    reference = re.search(r"aan de beheerder: ([0-9a-f]{10})", answer.text)
    assert answer.status_code == 500
    assert reference
    assert f"reference={reference[1]} type=ValueError" in caplog.text
    assert "Fatima" not in caplog.text + answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_file_that_left_the_store_is_a_clear_message_and_no_crash(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    with reviewing.database.reading() as work:
        document = work.session.scalars(select(Document)).first()
        assert document
        work.store.path(document.pdf_sha256).unlink()

    answer = browser.get(f"{reviewing.case}/documenten/{document.id}/1.jpg")

    assert answer.status_code == 503
    assert "Meld dit aan de beheerder" in answer.text


def test_a_damaged_pdf_in_the_store_is_a_clear_message_and_no_crash(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    with reviewing.database.reading() as work:
        document = work.session.scalars(select(Document)).first()
        assert document
        place = work.store.path(document.pdf_sha256)
        place.chmod(0o600)
        place.write_bytes(b"%PDF-1.7 niets")

    answer = browser.get(f"{reviewing.case}/documenten/{document.id}/1.jpg")

    assert answer.status_code == 422
    assert "kan niet worden getoond" in answer.text


@pytest.mark.parametrize("path", ["/zaken/1999-0001", "/zaken/'%20or%201=1", "/zaken/2026-0001/niets", "/zaken/%00"])
def test_what_does_not_exist_is_not_found_in_dutch(reviewing: Unit, path: str) -> None:
    answer = reviewing.browser("jurist").get(path)

    assert answer.status_code == 404
    assert "bestaat niet" in answer.text


def test_a_form_that_is_no_form_is_refused(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    broken = browser.client.post(
        "/profiel", content=b"--x\r\nrommel", headers={"content-type": "multipart/form-data; boundary=x"}
    )
    bare = browser.client.post(
        "/profiel", content=b"\xff\xfe\x00", headers={"content-type": "application/x-www-form-urlencoded"}
    )
    long = browser.client.post(
        "/profiel", content=b"a=" + b"x" * (5 << 20), headers={"content-type": "application/x-www-form-urlencoded"}
    )

    assert {broken.status_code, bare.status_code} <= {403, 422}
    assert long.status_code == 422


def test_a_field_with_a_null_or_without_end_is_refused(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")

    for value in ("a\x00b", "x" * 250_000):
        answer = browser.post(
            f"{reviewing.case}/gegevens", titel="t", samenvatting=value, directie="", zoekbeschrijving="", versie="1"
        )
        assert answer.status_code == 422


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a/b.txt", "a/b.txt"),
        ("../b.txt", "b.txt"),
        ("/etc/passwd", "etc/passwd"),
        ("a\\..\\b", "a/b"),
        ("", "naamloos"),
        ("...", "naamloos"),
        ("a\nb", "a_b"),
        ("./x", "x"),
        ("é" * 300 + ".pdf", "é" * 90 + ".pdf"),
        ("/".join("x" * 40), "/".join("x" * 20)),
    ],
)
def test_file_names_lose_their_tricks(name: str, safe: str) -> None:
    assert safe_path(name).as_posix() == safe


def test_an_empty_form_has_no_silent_values() -> None:
    form = Form()

    assert form.text("x") == ""
    assert form.optional_day("x", "X") is None
    assert form.flag("x") is False
    assert list(form.files("x")) == []


def test_the_workbench_does_not_start_without_tables(tmp_path: Path) -> None:
    from woo.errors import InputRejected
    from woo.services.work import Database
    from woo.settings import Settings
    from woo.web.workbench import create_app

    with pytest.raises(InputRejected, match="nog geen tabellen"):
        create_app(Database(Settings(home=tmp_path)))


def test_a_theme_of_the_organisation_is_linked_after_our_own(reviewing: Unit, tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    from woo.services.work import Database
    from woo.settings import Settings
    from woo.web.workbench import create_app

    theme = tmp_path / "thema"
    theme.mkdir()
    (theme / "theme.css").write_text(":root { --woo-brand: #123456; }")
    home = tmp_path / "eigen"
    shutil.copytree(reviewing.database.settings.home, home)
    client = TestClient(create_app(Database(Settings(home=home, theme_dir=theme))))
    page = client.get("/inloggen").text

    assert page.index("woo.css") < page.index("/thema/theme.css")
    assert "--woo-brand" in client.get("/thema/theme.css").text


def test_pictures_leave_memory_when_there_are_too_many(reviewing: Unit) -> None:
    from woo.web.workbench.images import PageImages

    images = PageImages(memory=200_000)
    with reviewing.database.reading() as work:
        documents = [
            (d.pdf_sha256, work.store.path(d.pdf_sha256), d.page_count) for d in work.session.scalars(select(Document))
        ]
    for digest, path, pages in documents * 3:
        for index in range(pages):
            assert images.jpeg(digest, path, index)[:2] == b"\xff\xd8"
    kept = sum(map(len, images._pictures.values()))
    images.close()

    assert kept <= 200_000


def test_world_helpers_make_what_they_say(reviewing: Unit) -> None:
    with reviewing.database.reading() as work:
        assert work.session.query(Suggestion).count() == 7
        assert work.session.query(ToDo).count() == 0
    assert world.number_of(reviewing.database, reviewing.case_id) == reviewing.number
    assert isinstance(reviewing.browser("jurist"), Browser)
