"""The clock in a real browser: accessible, silent, and readable on 320 pixels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.conftest import Site
from tests.e2e.pages import Screen
from tests.e2e.test_screens import look
from tests.support.cases import new_case

pytestmark = pytest.mark.browser
Open = Callable[..., Screen]
SUPPOSED = "verdaging=ja&zienswijze-mededeling_verzoeker=2026-06-10&zienswijze-einde=2026-06-22"


@pytest.mark.parametrize("path", ["/termijnen", "/termijnen?week=laat", "/cijfers"])
def test_the_screens_of_the_unit(reviewing: Site, screen: Open, path: str) -> None:
    new_case(reviewing.database, reviewing.people, directorate="Directoraat-generaal Rechtspleging")
    look(screen(reviewing.base).sign_in("coordinator"), path)


@pytest.mark.parametrize("query", ["", f"?{SUPPOSED}", "?zienswijze-einde=2026-06-01"])
def test_the_term_of_a_case(reviewing: Site, screen: Open, query: str) -> None:
    window = screen(reviewing.base).sign_in("jurist")
    window.open(f"{reviewing.case}/termijn{query}")
    assert window.violations() == []
    assert window.width_at_320() <= 320
    if "zienswijze-einde=2026-06-01" in query:
        window.noise[:] = [line for line in window.noise if "422" not in line]  # Chromium itself notes the status


def test_what_if_works_without_script(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base, java_script_enabled=False).sign_in("jurist").open(f"{reviewing.case}/termijn")
    window.page.check("#verdaging")
    window.press("Reken uit")

    assert "Dat is 14 dagen" in window.text()


def test_the_letters_of_the_timeline_can_be_read_on_a_small_screen(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base, viewport={"width": 320, "height": 640}).sign_in("jurist").open(reviewing.case)
    heights = window.page.eval_on_selector_all(
        ".woo-timeline text", "all => all.map(t => t.getBoundingClientRect().height)"
    )
    right = window.page.eval_on_selector_all(
        ".woo-timeline text", "all => Math.max(...all.map(t => t.getBoundingClientRect().right))"
    )

    assert min(heights) >= 11
    assert right <= 320
