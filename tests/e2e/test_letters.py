"""A letter in a real browser, from draft to sent, with the mouse and with the keyboard; accessible at every step."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.conftest import Site
from tests.e2e.pages import Screen

pytestmark = pytest.mark.browser
Open = Callable[..., Screen]


def held(window: Screen) -> None:
    assert window.violations() == []
    assert window.width_at_320() <= 320


def test_a_verdaging_from_the_case_to_sent(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base).sign_in("jurist").open(reviewing.case)
    window.page.get_by_role("link", name="Brief schrijven of contact vastleggen").click()
    held(window)
    window.page.get_by_role("button", name="Schrijven Verdaging", exact=True).click()
    window.page.wait_for_load_state()
    assert "Nog in te vullen: Aantal dagen" in window.text()
    held(window)

    window.page.fill("#veld-dagen", "14")
    window.page.fill("#veld-reden", "Het gaat om 900 documenten uit zes systemen.")
    window.page.fill("#deel-meedenken", "Belt u ons gerust.")
    window.press("Opslaan en narekenen")
    assert "U krijgt ons besluit uiterlijk op maandag 13 juli 2026." in window.text()
    held(window)

    with window.page.expect_download() as download:
        window.page.get_by_role("link", name="Pdf", exact=True).click()
    assert download.value.suggested_filename == "2026-0001-verdaging.pdf"
    window.page.fill("#verstuurd", "2026-06-15")
    window.page.select_option("#kanaal", "email")
    window.press("Vastleggen als verstuurd")
    assert "Verstuurd op 15 juni 2026 aan de verzoeker, per e-mail" in window.text()
    held(window)
    window.open(reviewing.case)
    assert "uiterlijk 13 juli 2026" in window.text()
    held(window)


def test_a_letter_to_a_third_party_is_written_with_the_keyboard_alone(reviewing: Site, screen: Open) -> None:
    window = screen(reviewing.base).sign_in("jurist").open(f"{reviewing.case}/brieven")
    window.page.get_by_role("button", name="Schrijven Verzoek om zienswijze aan een derde").focus()
    window.keys("Enter")
    window.page.wait_for_url("**/brieven/*")
    window.page.focus("#naam")
    window.page.keyboard.type("Bouwbedrijf Zuidhof")
    window.keys("Tab")
    window.page.keyboard.type("Kade 1")
    window.keys("Tab", "Tab")
    window.page.keyboard.type("De offerte van 2 maart 2026.")
    window.keys("Tab")
    window.page.keyboard.type("Wij maken de offerte openbaar.")
    window.page.fill("#veld-termijn", "2026-06-29")
    window.page.get_by_role("button", name="Opslaan en narekenen").focus()
    window.keys("Enter")
    window.page.wait_for_url("**gedaan=brief")

    assert "Beste Bouwbedrijf Zuidhof," in window.text()
    assert "U kunt reageren tot en met maandag 29 juni 2026." in window.text()
    assert "Vastleggen als verstuurd" in window.text()
    held(window)
