from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from lxml import html
from publish_factory import BASE, case, pdf, publish, publish_without
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message

from woo.web.public import create_app

pytestmark = pytest.mark.slow

ATTEMPTS = [
    "../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/manifest-sleutel.pem",
    "....//x",
    "..\\..\\x",
    "documenten/../../../robots.txt",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "documenten",
    "documenten/",
    "besluit.pdf/",
    "besluit.pdf%00",
    "besluit.pdf%00.txt",
    "BESLUIT.PDF",
    "../.in-opbouw/slot",
    ".",
    "%2e",
]


def page(text: str) -> html.HtmlElement:
    return html.fromstring(text)


def test_nothing_is_public_by_default(tmp_path: Path) -> None:
    for root in (tmp_path / "bestaat-niet", tmp_path):
        client = TestClient(create_app(root, None, BASE), base_url=BASE)
        answer = client.get("/")
        assert answer.status_code == 200
        assert "Er is nog niets gepubliceerd." in answer.text
        assert client.get("/verzoek").status_code == 404
        assert client.get("/robots.txt").text.startswith("User-agent")


def test_a_file_without_a_manifest_does_not_exist_here(tmp_path: Path) -> None:
    folder = tmp_path / "publicaties" / "2026-0001"
    folder.mkdir(parents=True)
    (folder / "geheim.pdf").write_bytes(b"%PDF-geheim")
    client = TestClient(create_app(tmp_path, None, BASE), base_url=BASE)
    assert client.get("/publicaties/2026-0001/geheim.pdf").status_code == 404
    assert client.get("/publicaties/2026-0001").status_code == 404
    (folder / "manifest.json").write_text("{}")
    assert client.get("/").status_code == 200
    assert client.get("/publicaties/2026-0001").status_code == 404


def test_a_file_that_the_manifest_does_not_name_is_not_served(tmp_path: Path, key: Ed25519PrivateKey) -> None:
    publish(tmp_path / "public", key, case())
    (tmp_path / "public/publicaties/2026-0142/documenten/0003.pdf").write_bytes(b"%PDF-ongelakt")
    client = TestClient(create_app(tmp_path / "public", None, BASE), base_url=BASE)
    assert client.get("/publicaties/2026-0142/documenten/0001.pdf").status_code == 200
    assert client.get("/publicaties/2026-0142/documenten/0003.pdf").status_code == 404


def test_the_list_is_newest_first_and_can_be_searched(site: TestClient) -> None:
    titles = page(site.get("/").text).xpath("//article//h2/a/@href")
    assert titles == ["/publicaties/2026-0142", "/publicaties/2026-0099"]
    assert page(site.get("/?q=BEVEILIGING").text).xpath("//article//h2/a/@href") == ["/publicaties/2026-0099"]
    assert "1 publicatie gevonden" in site.get("/?q=noodopvanglocatie+oostervliet").text
    assert "Niets gevonden" in site.get("/?q=bestaat+niet").text
    hostile = site.get("/?q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script" not in hostile


def test_a_new_publication_shows_at_once(tmp_path: Path, key: Ed25519PrivateKey) -> None:
    root = tmp_path / "public"
    client = TestClient(create_app(root, None, BASE), base_url=BASE)
    assert "nog niets" in client.get("/").text
    publish(root, key, case())
    assert "2026-0142" in client.get("/").text
    publish(root, key, case(number="2026-0143"))
    assert "2 publicaties" in client.get("/").text


def test_the_page_of_a_case_tells_what_was_asked_decided_and_published(site: TestClient) -> None:
    answer = site.get("/publicaties/2026-0142")
    shown = page(answer.text)
    facts = dict(
        zip([item.text for item in shown.findall(".//dt")], [item.text for item in shown.findall(".//dd")], strict=True)
    )
    assert facts["Uitkomst"] == "Gedeeltelijke openbaarmaking"
    assert facts["Verzoek ontvangen"] == "31 oktober 2026"
    assert facts["Besluit genomen"] == "15 december 2026"
    assert len(shown.findall(".//tbody/tr")) == 6
    words = re.sub(r"\s+", " ", shown.text_content())
    assert "1 bladzijde, " in words
    assert "Besluit (PDF, " in words
    for address in shown.xpath("//main//a/@href"):
        if address.startswith("/"):
            assert site.get(address).status_code == 200, address


def test_files_come_with_their_own_type_and_in_parts(site: TestClient) -> None:
    here = "/publicaties/2026-0142"
    types = {
        "besluit.pdf": "application/pdf",
        "inventarislijst.csv": "text/csv",
        "metadata/diwoo.xml": "application/xml",
        "inventarislijst.html": "text/html",
        "manifest.json": "application/json",
        "inventarislijst.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    for name, media_type in types.items():
        assert site.get(f"{here}/{name}").headers["content-type"].startswith(media_type)
    whole = site.get(f"{here}/documenten/0001.pdf")
    assert whole.content == pdf("document 1")
    assert "content-encoding" not in whole.headers
    part = site.get(f"{here}/documenten/0001.pdf", headers={"range": "bytes=0-4"})
    assert (part.status_code, part.content) == (206, b"%PDF-")
    assert part.headers["content-range"] == f"bytes 0-4/{len(whole.content)}"
    again = site.get(f"{here}/documenten/0001.pdf", headers={"if-none-match": whole.headers["etag"]})
    assert again.status_code == 304
    assert site.head(f"{here}/besluit.pdf").status_code == 200


def raw_get(app: ASGIApp, address: str) -> tuple[int, bytes]:
    """What the app answers to a path as it came over the wire: no client tidies it up first."""
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "https",
        "path": unquote(address),
        "raw_path": address.encode(),
        "query_string": b"",
        "headers": [(b"host", b"woo.example.nl")],
        "client": ("192.0.2.1", 5),
        "server": ("woo.example.nl", 443),
        "root_path": "",
    }
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_no_path_leads_out_of_what_is_published(published: Path, attempt: str) -> None:
    app = create_app(published, None, BASE)
    assert raw_get(app, "/publicaties/2026-0142/besluit.pdf")[0] == 200
    sheet = page(raw_get(app, "/")[1].decode()).xpath("//link[@rel='stylesheet']/@href")[0]
    for address in (
        f"/publicaties/2026-0142/{attempt}",
        f"/publicaties/{attempt}/besluit.pdf",
        f"/{attempt}",
        f"{sheet.rpartition('/')[0]}/{attempt}",
    ):
        status, body = raw_get(app, address)
        assert status == 404, f"{address}: {status}"
        assert b"root:" not in body


def test_every_answer_carries_the_protecting_headers(site: TestClient) -> None:
    answers = [
        site.get(path)
        for path in (
            "/",
            "/publicaties/2026-0142",
            "/bestaat-niet",
            "/verzoek",
            "/robots.txt",
            "/publicaties/2026-0142/besluit.pdf",
            "/?pagina=99",
            "/publicaties/2026-0142/inventarislijst.html",
        )
    ]
    answers += [site.post("/verzoek", data={}), site.delete("/")]
    for answer in answers:
        headers = answer.headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert "frame-ancestors 'none'" in policy
        assert "base-uri 'none'" in policy
        assert "script-src" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "camera=()" in headers["permissions-policy"]
        assert "max-age=" in headers["strict-transport-security"]
        assert "set-cookie" not in headers
        assert "server" not in headers


def test_an_unforeseen_error_is_a_calm_page_with_headers(
    published: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Verbruggen")

    monkeypatch.setattr("woo.web.public.pages.Catalogue.search", broken)
    client = TestClient(create_app(published, None, BASE), base_url=BASE, raise_server_exceptions=False)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Dat ligt aan ons" in answer.text
    assert "Verbruggen" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_pages_use_no_script_no_inline_style_and_nothing_from_elsewhere(site: TestClient) -> None:
    for path in ("/", "/publicaties/2026-0142", "/verzoek", "/bestaat-niet"):
        shown = page(site.get(path).text)
        assert not shown.xpath("//script | //style | //@style | //iframe | //img")
        assert not shown.xpath("//@*[starts-with(name(), 'on')]")
        assert shown.get("lang") == "nl"
        assert len(shown.findall(".//h1")) == 1
        for sheet in shown.xpath("//link[@rel='stylesheet']/@href"):
            assert site.get(sheet).status_code == 200


def test_a_withdrawn_document_says_gone_and_why(tmp_path: Path, key: Ed25519PrivateKey) -> None:
    root = tmp_path / "public"
    publish(root, key, case())
    publish_without(root, key, "0002")
    client = TestClient(create_app(root, None, BASE), base_url=BASE)
    answer = client.get("/publicaties/2026-0142/documenten/0002.pdf")
    assert answer.status_code == 410
    assert "correctie privacygevoelige gegevens" in answer.text
    assert "Ingetrokken op 4 januari 2027" in client.get("/publicaties/2026-0142").text


def test_long_lists_come_page_by_page(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("woo.web.public.pages.DOCUMENTS_PER_PAGE", 4)
    monkeypatch.setattr("woo.web.public.pages.PUBLICATIONS_PER_PAGE", 1)
    client = TestClient(create_app(published, None, BASE), base_url=BASE)
    second = page(client.get("/publicaties/2026-0142?pagina=2").text)
    assert len(second.findall(".//tbody/tr")) == 2
    assert second.xpath("//a[@rel='prev']/@href") == ["?pagina=1"]
    assert page(client.get("/?q=besluit").text).xpath("//a[@rel='next']/@href") == ["?q=besluit&pagina=2"]
    for wrong in ("3", "0", "-1", "x", "1e9", "99999999999"):
        assert client.get(f"/publicaties/2026-0142?pagina={wrong}").status_code == 404


def test_the_organisations_own_style_comes_last(published: Path, tmp_path: Path) -> None:
    (tmp_path / "theme.css").write_text(":root{}")
    client = TestClient(create_app(published, None, BASE, theme_dir=tmp_path), base_url=BASE)
    sheets = page(client.get("/").text).xpath("//link[@rel='stylesheet']/@href")
    assert sheets[-1] == "/huisstijl/theme.css"
    assert client.get(sheets[-1]).text == ":root{}"


def test_the_public_site_imports_nothing_of_the_case_store() -> None:
    import subprocess
    import sys

    code = (
        "import sys, json, woo.web.public.app; "
        "print(json.dumps([m for m in sys.modules if m.split('.')[0] in ('models', 'sqlalchemy', 'flows', 'prefect') "
        "or m.startswith('woo.services')]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert json.loads(done.stdout) == []


def test_hostile_titles_stay_text(tmp_path: Path, key: Ed25519PrivateKey) -> None:
    entries = tuple(
        replace(item, title="<img src=x onerror=alert(1)>") if item.id == "0001" else item for item in case().documents
    )
    publish(tmp_path / "public", key, case(documents=entries, summary="<b>dik</b>"))
    text = TestClient(create_app(tmp_path / "public", None, BASE), base_url=BASE).get("/publicaties/2026-0142").text
    assert "<img" not in text
    assert "&lt;img src=x" in text
    assert "<b>dik" not in text
