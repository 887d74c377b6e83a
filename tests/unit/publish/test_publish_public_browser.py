from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, sync_playwright

from woo.web.public import create_app

AXE = Path(__file__).parents[2] / "e2e/vendor/axe-core/axe.min.js"
CHROMIUM = os.environ.get("WOO_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
ROUTES = ["/", "/?q=beveiliging", "/publicaties/2026-0142", "/publicaties/2026-0142/inventarislijst.html", "/verzoek"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


@pytest.fixture(scope="module")
def address(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The public site on a free port of this machine."""
    app = create_app(published, tmp_path_factory.mktemp("inbox"), "http://127.0.0.1", organisation="Ministerie")
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def window() -> Iterator[Page]:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 320, "height": 700})
        browser.close()


@pytest.mark.parametrize("route", ROUTES)
def test_a_public_page_is_quiet_own_and_fits_a_phone(window: Page, address: str, route: str) -> None:
    said: list[str] = []
    asked: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    window.on("request", lambda request: asked.append(request.url))
    window.goto(address + route)
    assert said == []
    assert asked
    assert all(url.startswith(address) for url in asked)
    assert window.evaluate("() => document.documentElement.scrollWidth") <= 320


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here")
@pytest.mark.parametrize("route", ROUTES)
def test_a_public_page_has_no_accessibility_violations(window: Page, address: str, route: str) -> None:
    window.goto(address + route)
    window.evaluate(AXE.read_text(encoding="utf-8"))
    found = window.evaluate("() => axe.run()")
    assert [violation["id"] for violation in found["violations"]] == []
    assert len(found["passes"]) > 20


def test_a_mistake_in_the_form_gets_the_focus_and_the_request_can_be_finished(window: Page, address: str) -> None:
    window.goto(f"{address}/verzoek")
    window.fill("#subject", "Noodopvang")
    window.fill("#email", "sam@voorbeeld.nl")
    window.keyboard.press("Enter")
    window.wait_for_selector("#fouten")
    assert window.evaluate("() => document.activeElement.id") == "fouten"
    window.click("#fouten a[href='#question']")
    window.keyboard.type("Alle nota's over de noodopvang.")
    window.fill("#name", "Sam de Boer")
    window.click("button[type=submit]")
    window.wait_for_selector("text=Uw kenmerk is")
    assert "WV-" in window.inner_text("main")
