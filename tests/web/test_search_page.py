"""Searching the dossier on screen, and redacting the chosen hits."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from models import Suggestion
from tests.web.conftest import Desk


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
