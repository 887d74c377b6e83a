"""A text that is redacted at one place and readable at another is shown, with how often."""

from __future__ import annotations

import pytest

from woo.services.exposure import Exposed, exposed_texts


@pytest.mark.parametrize(
    ("page", "redacted", "expected"),
    [
        ("Jan belde. Jan schreef.", ["Jan", "Jan"], []),
        ("Jan belde. Jan schreef.", ["Jan"], [Exposed(0, "Jan", 1)]),
        ("Jan belde. Jan de Vries schreef.", ["Jan", "Jan de Vries"], []),
        ("Jan belde Januari op.", ["Jan"], []),
        ("JAN DE VRIES en Jan de\nVries", ["Jan de Vries"], [Exposed(0, "Jan de Vries", 1)]),
        ("niets hier", ["(vlak)"], []),
        ("mail: j.vries@minjenv.nl", ["j.vries@minjenv.nl"], []),
    ],
)
def test_what_stays_readable_is_counted(page: str, redacted: list[str], expected: list[Exposed]) -> None:
    assert exposed_texts({0: page}, [(0, text) for text in redacted]) == expected


def test_a_text_on_another_page_is_not_this_pages_matter() -> None:
    assert exposed_texts({0: "Jan", 1: "Jan"}, [(0, "Jan")]) == []
