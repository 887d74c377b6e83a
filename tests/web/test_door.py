"""The door: nothing without a session, nothing from another site, and what the login gives and refuses."""

from __future__ import annotations

import re

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.conftest import NOW
from tests.support.people import PASSWORD
from tests.web.browser import Browser
from tests.web.conftest import Unit
from woo.clock import FixedClock
from woo.services.work import Database
from woo.settings import Settings
from woo.web.workbench import create_app
from woo.web.workbench.app import _routes

ADDRESSES = {
    "number": "2026-0001",
    "document": "00000000-0000-0000-0000-000000000000",
    "page": "1",
    "todo": "x",
    "fact": "verdaging",
    "suggestion": "00000000-0000-0000-0000-000000000000",
    "letter": "00000000-0000-0000-0000-000000000000",
    "entry": "00000000-0000-0000-0000-000000000000",
    "user": "00000000-0000-0000-0000-000000000000",
}
ROUTES = [
    (re.sub(r"\{(\w+)(:\w+)?\}", lambda m: ADDRESSES[m[1]], route.path), method)
    for route in _routes()
    for method in sorted((route.methods or set()) - {"HEAD"})
    if route.path != "/inloggen"
]


def test_the_table_of_routes_is_not_empty() -> None:
    assert len(ROUTES) > 40


@pytest.mark.parametrize(("path", "method"), ROUTES)
def test_every_address_asks_who_you_are(reviewing: Unit, path: str, method: str) -> None:
    answer = reviewing.visitor.request(method, path)

    if method == "GET":
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/inloggen")
    else:
        assert answer.status_code == 401


@pytest.mark.parametrize(("path", "method"), [(p, m) for p, m in ROUTES if m == "POST"])
def test_every_form_needs_its_token(reviewing: Unit, path: str, method: str) -> None:
    answer = reviewing.browser("jurist").post(path, csrf="verzonnen")

    assert answer.status_code == 403
    assert "verlopen" in answer.text


def test_an_unknown_address_tells_a_stranger_nothing(reviewing: Unit) -> None:
    assert reviewing.visitor.get("/bestaat-niet").status_code == 303


def test_static_files_are_open_and_kept_by_the_browser(reviewing: Unit) -> None:
    sheet = re.search(r'href="(/static/[^"]+/woo.css)"', reviewing.visitor.get("/inloggen").text)
    assert sheet

    answer = reviewing.visitor.get(sheet[1])

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["..%2f..%2f..%2fapp.py", "../headers.py", "%2e%2e/%2e%2e/headers.py"])
def test_static_files_have_no_way_out_of_their_folder(reviewing: Unit, path: str) -> None:
    base = re.search(r"/static/[0-9a-f]+/", reviewing.visitor.get("/inloggen").text)
    assert base

    answer = reviewing.visitor.get(base[0] + path)

    assert answer.status_code in {303, 404}
    assert "import" not in answer.text


def test_a_wrong_password_says_nothing_about_the_account(reviewing: Unit) -> None:
    browser = Browser(reviewing.visitor)
    known = browser.post("/inloggen", page="/inloggen", inlognaam="jurist", wachtwoord="mis")
    unknown = browser.post("/inloggen", page="/inloggen", inlognaam="niemand", wachtwoord="mis")

    assert known.status_code == unknown.status_code == 401
    assert TOKENS.sub("", known.text) == TOKENS.sub("", unknown.text)


TOKENS = re.compile(r'value="[^"]*"')


def test_after_five_wrong_passwords_the_right_one_waits_too(reviewing: Unit) -> None:
    browser = Browser(reviewing.visitor)
    for _ in range(5):
        browser.post("/inloggen", page="/inloggen", inlognaam="jurist", wachtwoord="mis")

    assert browser.post("/inloggen", page="/inloggen", inlognaam="jurist", wachtwoord=PASSWORD).status_code == 401


def test_logging_in_needs_the_token_of_the_login_page(reviewing: Unit) -> None:
    answer = reviewing.visitor.post("/inloggen", data={"inlognaam": "jurist", "wachtwoord": PASSWORD, "csrf": "x"})

    assert answer.status_code == 401
    assert "woo=" not in answer.headers.get("set-cookie", "")


def test_a_login_form_from_elsewhere_signs_nobody_in(reviewing: Unit) -> None:
    sent = {"inlognaam": "jurist", "wachtwoord": PASSWORD, "csrf": "-"}

    answer = reviewing.visitor.post("/inloggen", data=sent, headers={"origin": "null"}, follow_redirects=False)

    assert answer.status_code != 303


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ("/termijnen", "/termijnen"),
        ("//kwaad.example", "/zaken"),
        ("https://kwaad.example", "/zaken"),
        ("/\\kwaad.example", "/zaken"),
        ("/inloggen?naar=/x", "/zaken"),
        ("", "/zaken"),
    ],
)
def test_after_login_one_stays_in_the_workbench(reviewing: Unit, wanted: str, where: str) -> None:
    browser = Browser(reviewing.visitor)

    answer = browser.post("/inloggen", page="/inloggen", inlognaam="jurist", wachtwoord=PASSWORD, naar=wanted)

    assert answer.headers["location"] == where


def test_the_session_cookie_is_out_of_reach_of_scripts(reviewing: Unit) -> None:
    browser = Browser(reviewing.visitor)
    answer = browser.post("/inloggen", page="/inloggen", inlognaam="jurist", wachtwoord=PASSWORD)

    session = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("woo="))
    assert "HttpOnly" in session
    assert "SameSite=lax" in session


def test_over_https_the_cookie_is_secure_and_https_is_demanded(reviewing: Unit) -> None:
    database = Database(
        Settings(home=reviewing.database.settings.home, workbench_url="https://woo.example"), FixedClock(NOW)
    )
    client = TestClient(create_app(database), base_url="https://woo.example", follow_redirects=False)
    answer = Browser(client).post("/inloggen", page="/inloggen", inlognaam="jurist", wachtwoord=PASSWORD)

    session = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("__Host-woo="))
    assert "Secure" in session
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
    database.engine.dispose()


def test_logging_out_ends_the_session_on_the_server(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    token = browser.client.cookies["woo"]
    browser.post("/uitloggen")

    reviewing.visitor.cookies.set("woo", token)
    assert reviewing.visitor.get("/zaken").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://kwaad.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": "http://testserver:81"},
    ],
)
def test_a_form_from_another_site_is_refused_even_with_the_right_token(
    reviewing: Unit, headers: dict[str, str]
) -> None:
    browser = reviewing.browser("jurist")

    answer = browser.client.post("/profiel", data={"csrf": browser.token()}, headers=headers)

    assert answer.status_code == 403
    assert "niet van deze werkbank" in answer.text


@pytest.mark.parametrize(
    "headers", [{"origin": "http://testserver"}, {"origin": "null", "sec-fetch-site": "same-origin"}, {}]
)
def test_a_form_of_our_own_is_taken(reviewing: Unit, headers: dict[str, str]) -> None:
    browser = reviewing.browser("jurist")

    answer = browser.client.post("/profiel", data={"csrf": browser.token(), "toetsen": "ja"}, headers=headers)

    assert answer.headers["location"] == "/profiel?gedaan=toetsen"


def test_a_token_of_somebody_else_does_not_count(reviewing: Unit) -> None:
    other = reviewing.browser("second_jurist").token()

    assert reviewing.browser("jurist").post("/profiel", csrf=other).status_code == 403


def test_a_script_without_session_gets_data_and_no_login_page(reviewing: Unit) -> None:
    answer = reviewing.visitor.get("/zaken/2026-0001", headers={"accept": "application/json"})

    assert answer.status_code == 401
    assert "ingelogd" in answer.json()["message"]


def test_routes_are_all_known_to_this_test() -> None:
    assert all(isinstance(route, Route) for route in _routes())
