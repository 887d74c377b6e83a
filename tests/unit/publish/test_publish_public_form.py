from __future__ import annotations

import stat
from pathlib import Path

import pytest
from lxml import html
from publish_factory import BASE, SITE_NOW
from starlette.testclient import TestClient

from woo.clock import FixedClock
from woo.intake_form import RequestForm
from woo.web.public import create_app
from woo.web.public.limits import MAX_FORM, RateLimit

FORM = {
    "subject": "Noodopvang",
    "question": "Alle nota's over de noodopvang.",
    "name": "Sam de Boer",
    "email": "sam@voorbeeld.nl",
}


def page(text: str) -> html.HtmlElement:
    return html.fromstring(text)


def waiting(inbox: Path) -> list[Path]:
    return sorted(inbox.iterdir()) if inbox.exists() else []


def test_a_request_becomes_one_private_file_and_a_confirmation(site: TestClient, inbox: Path) -> None:
    token = page(site.get("/verzoek").text).xpath("//input[@name='token']/@value")[0]
    answer = site.post("/verzoek", data=FORM | {"token": token})
    assert answer.status_code == 303
    [file] = waiting(inbox)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    form = RequestForm.from_json(file.read_bytes())
    assert (form.name, form.received_at) == ("Sam de Boer", SITE_NOW)
    assert file.name == f"{form.reference}.json"
    confirmation = site.get(answer.headers["location"])
    assert form.reference in confirmation.text
    assert "21 november 2026 om 21.30 uur" in confirmation.text
    assert confirmation.headers["cache-control"] == "no-store"
    assert "Sam" not in answer.headers["location"] + confirmation.text


def test_sending_the_same_form_twice_is_one_request(site: TestClient, inbox: Path) -> None:
    token = page(site.get("/verzoek").text).xpath("//input[@name='token']/@value")[0]
    first, second = (site.post("/verzoek", data=FORM | {"token": token}) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(waiting(inbox)) == 1
    site.post("/verzoek", data=FORM | {"token": token, "question": "Iets heel anders graag."})
    assert len(waiting(inbox)) == 2


def test_a_form_with_mistakes_comes_back_filled_in_with_a_summary(site: TestClient, inbox: Path) -> None:
    answer = site.post("/verzoek", data=FORM | {"email": "fout", "subject": '"><script>x'})
    assert answer.status_code == 422
    shown = page(answer.text)
    assert shown.findtext(".//title").startswith("Fout: ")
    [summary] = shown.xpath("//*[@role='alert']")
    assert summary.get("autofocus") is not None
    assert summary.xpath(".//a/@href") == ["#email"]
    field = shown.xpath("//input[@id='email']")[0]
    assert field.get("aria-invalid") == "true"
    assert {shown.xpath(f"//*[@id='{name}']")[0].text_content() for name in field.get("aria-describedby").split()}
    assert shown.xpath("//input[@id='subject']/@value") == ['"><script>x']
    assert "FORM" not in answer.text
    assert shown.xpath("//textarea/text()")[0].strip() == FORM["question"]
    assert waiting(inbox) == []


def test_every_field_has_a_label_and_may_be_read_aloud(site: TestClient) -> None:
    shown = page(site.get("/verzoek").text)
    for field in shown.xpath("//input[not(@type='hidden')] | //textarea"):
        assert shown.xpath(f"//label[@for='{field.get('id')}']"), field.get("id")
        for name in (field.get("aria-describedby") or "").split():
            assert shown.xpath(f"//*[@id='{name}']")


@pytest.mark.parametrize(
    ("extra", "headers", "status"),
    [
        ({"website": "spam"}, {}, 422),
        ({}, {"sec-fetch-site": "cross-site"}, 403),
        ({}, {"origin": "https://kwaad.example"}, 403),
        ({"question": "x" * MAX_FORM}, {}, 413),
        ({f"veld{number}": "x" for number in range(40)}, {}, 400),
    ],
)
def test_what_no_person_sends_is_refused(
    site: TestClient,
    inbox: Path,
    extra: dict[str, str],
    headers: dict[str, str],
    status: int,
) -> None:
    assert site.post("/verzoek", data=FORM | extra, headers=headers).status_code == status
    assert waiting(inbox) == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{}", "application/json"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"name=%ff", "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_is_no_form_is_refused(site: TestClient, inbox: Path, content: bytes, kind: str) -> None:
    assert site.post("/verzoek", content=content, headers={"content-type": kind}).status_code == 400
    assert waiting(inbox) == []


def test_too_many_requests_of_one_sender_are_held_off_without_losing_the_text(published: Path, inbox: Path) -> None:
    app = create_app(published, inbox, BASE, clock=FixedClock(SITE_NOW), forms_per_hour=2)
    client = TestClient(app, base_url=BASE, follow_redirects=False)
    statuses = [client.post("/verzoek", data=FORM | {"subject": f"Onderwerp {number}"}) for number in range(3)]
    assert [answer.status_code for answer in statuses] == [303, 303, 429]
    assert statuses[-1].headers["retry-after"] == "3600"
    assert "Onderwerp 2" in statuses[-1].text
    assert len(waiting(inbox)) == 2


def test_a_second_press_is_not_counted_and_not_told_that_nothing_was_sent(published: Path, inbox: Path) -> None:
    app = create_app(published, inbox, BASE, clock=FixedClock(SITE_NOW), forms_per_hour=1)
    client = TestClient(app, base_url=BASE, follow_redirects=False)
    answers = [client.post("/verzoek", data=FORM | {"token": "0" * 32}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303] * 3
    assert len(waiting(inbox)) == 1


def test_the_rate_limit_forgets_after_its_window_and_bounds_the_total() -> None:
    now = [0.0]
    limit = RateLimit(2, 10, 3, lambda: now[0])
    assert [limit.allows("a"), limit.allows("a"), limit.allows("a")] == [True, True, False]
    assert [limit.allows("b"), limit.allows("b")] == [True, False]
    now[0] = 11
    assert limit.allows("a")


def test_an_inbox_that_cannot_be_written_says_so_and_keeps_the_text(published: Path, tmp_path: Path) -> None:
    (tmp_path / "inbox").write_text("dit is een bestand")
    client = TestClient(create_app(published, tmp_path / "inbox", BASE), base_url=BASE)
    answer = client.post("/verzoek", data=FORM)
    assert answer.status_code == 503
    assert "nog niet verstuurd" in answer.text
    assert "Alle nota" in answer.text


def test_a_full_inbox_is_not_filled_further(
    published: Path,
    inbox: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("woo.web.public.intake.MAX_WAITING", 1)
    client = TestClient(create_app(published, inbox, BASE), base_url=BASE, follow_redirects=False)
    assert client.post("/verzoek", data=FORM).status_code == 303
    assert client.post("/verzoek", data=FORM).status_code == 503
    assert len(waiting(inbox)) == 1


@pytest.mark.parametrize(
    "query",
    ["", "?kenmerk=WV-AAAAAAAAAAAAAAAA", "?kenmerk=<b>&moment=20261121T2130", "?kenmerk=WV-AAAAAAAAAAAAAAAA&moment=nu"],
)
def test_a_made_up_confirmation_does_not_exist(site: TestClient, query: str) -> None:
    assert site.get(f"/verzoek/ontvangen{query}").status_code == 404


def test_the_log_holds_no_personal_data(site: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG", logger="woo.public"):
        site.post("/verzoek", data=FORM)
        site.post("/verzoek", data=FORM | {"email": "fout"})
    assert "WV-" in caplog.text
    for trace in ("Sam", "Boer", "voorbeeld.nl", "noodopvang"):
        assert trace not in caplog.text
