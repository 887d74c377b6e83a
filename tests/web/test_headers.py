"""What every answer carries, and what no page may hold."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.web.browser import Browser
from tests.web.conftest import Unit
from woo.web.headers import CONTENT_POLICY


def pages_of(unit: Unit) -> list[str]:
    """Every screen of a case that a jurist can open, and the common ones."""
    listed = unit.browser("jurist").get(unit.case).text
    document = re.search(rf"{unit.case}/documenten/[0-9a-f-]+", listed)
    assert document
    return [
        "/zaken",
        "/termijnen",
        "/zaken/nieuw",
        "/profiel",
        unit.case,
        f"{unit.case}/geschiedenis",
        f"{unit.case}/bronnen",
        f"{unit.case}/feiten/verdaging",
        f"{unit.case}/brieven",
        f"{document[0]}/1",
        f"{unit.case}/zoeken",
        f"{unit.case}/akkoord",
        f"{unit.case}/besluit",
        f"{unit.case}/publicatie",
        "/zaken/1999-0001",
    ]


class Strict(HTMLParser):
    """Collects what a strict content policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "style" or (tag == "script" and not names.get("src")):
            self.bad.append(f"<{tag}>")
        self.bad += [f"{tag} {name}" for name, value in attrs if name.startswith("on") or name == "style"]
        self.bad += [
            value or ""
            for name, value in attrs
            if name in {"src", "href", "action"} and (value or "").lower().startswith(("javascript:", "data:", "//"))
        ]


def test_no_page_holds_what_the_content_policy_blocks(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    for path in pages_of(reviewing):
        page = browser.get(path)
        strict = Strict()
        strict.feed(page.text)

        assert strict.bad == [], path


def test_every_answer_carries_the_protecting_headers(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    for path in [*pages_of(reviewing), "/inloggen"]:
        headers = browser.get(path).headers

        assert headers["content-security-policy"] == CONTENT_POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "private, no-store"
        assert headers["x-frame-options"] == "DENY"
        assert "camera=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    assert CONTENT_POLICY.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in CONTENT_POLICY
    assert not re.search(r"unsafe|https?:|data:|\*", CONTENT_POLICY)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_get_a_dutch_answer_with_the_same_headers(reviewing: Unit, method: str) -> None:
    answer = reviewing.browser("jurist").client.request(method, "/zaken")

    assert answer.status_code == 405
    assert answer.headers["content-security-policy"] == CONTENT_POLICY
    assert "Er is niets veranderd" in answer.text


def test_text_is_compressed_and_pictures_are_not(reviewing: Unit) -> None:
    browser = reviewing.browser("jurist")
    picture = picture_of(reviewing, browser)

    assert browser.get("/zaken", **{"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in browser.get(picture, **{"accept-encoding": "gzip"}).headers


def test_a_pdf_comes_in_ranges_and_never_compressed(burned: Unit) -> None:
    browser = burned.browser("second_jurist")
    document = re.search(rf"{burned.case}/akkoord/[0-9a-f-]+", browser.get(f"{burned.case}/akkoord").text)
    assert document

    answer = browser.get(f"{document[0]}/resultaat.pdf", range="bytes=0-4", **{"accept-encoding": "gzip"})

    assert answer.status_code == 206
    assert answer.content == b"%PDF-"
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "private, no-store"


def picture_of(unit: Unit, browser: Browser) -> str:
    """The address of the first page's picture."""
    found = re.search(rf"{unit.case}/documenten/[0-9a-f-]+", browser.get(unit.case).text)
    assert found
    return f"{found[0]}/1.jpg"
