"""A real Chromium before a real server: the workbench on a copy of a ready-made case store, on a free port."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from tests.conftest import NOW
from tests.e2e.pages import Screen
from tests.support.people import People
from tests.web import world
from tests.web.conftest import burned_home, drafted_home, reviewing_home  # noqa: F401 - fixtures for these tests too
from woo.clock import FixedClock
from woo.services.work import Database
from woo.settings import Settings
from woo.web.workbench import create_app

CHROMIUM = os.environ.get("WOO_TEST_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--headless", "--disable-quic", "--disable-background-networking", "--no-first-run"]


@dataclass(frozen=True)
class Site:
    """A running server: its address, its case store and the one case in it."""

    base: str
    database: Database
    people: People
    case_id: uuid.UUID

    @property
    def case(self) -> str:
        """Full address of the case."""
        return f"{self.base}/zaken/{world.number_of(self.database, self.case_id)}"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests; skipped with the reason where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM} (set WOO_TEST_CHROMIUM)")
    flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def screen(chromium: Any) -> Iterator[Callable[..., Screen]]:
    """Open a browser window; at the end it must have been silent and have fetched nothing from elsewhere."""
    opened: list[Screen] = []

    def open_screen(base: str, **options: Any) -> Screen:
        context = chromium.new_context(**({"viewport": {"width": 1280, "height": 900}, "locale": "nl-NL"} | options))
        opened.append(Screen(context.new_page(), base))
        return opened[-1]

    yield open_screen
    noise = [line for window in opened for line in window.noise]
    for window in opened:
        window.page.context.close()
    assert noise == []


def serve(app: Any) -> tuple[str, Callable[[], None]]:
    """Run an ASGI app on a free port in a thread; its address, and how to stop it."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)

    def stop() -> None:
        server.should_exit = True
        thread.join(10)
        listener.close()

    return f"http://127.0.0.1:{listener.getsockname()[1]}", stop


def _site(made: tuple[Path, People, uuid.UUID], tmp_path: Path) -> Iterator[Site]:
    source, people, case_id = made
    home = tmp_path / "home"
    shutil.copytree(source, home)
    database = Database(Settings(home=home), FixedClock(NOW))
    app = create_app(database)
    base, stop = serve(app)
    yield Site(base, database, people, case_id)
    stop()
    app.state.house.images.close()
    database.engine.dispose()


@pytest.fixture
def reviewing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A server with a case in review."""
    yield from _site(request.getfixturevalue("reviewing_home"), tmp_path)


@pytest.fixture
def burned(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A server with a case before the second reader."""
    yield from _site(request.getfixturevalue("burned_home"), tmp_path)


@pytest.fixture
def drafted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A server with a draft besluit."""
    yield from _site(request.getfixturevalue("drafted_home"), tmp_path)
