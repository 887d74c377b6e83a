"""A text that must go and also stands where nobody sees it does not keep the file back: its page becomes an image."""

from __future__ import annotations

from pathlib import Path

import pytest

from redaction.pdf import NotProven, read_pages, redact
from tests.unit.pdf import attacks

AGAIN = b"BT /F1 12 Tf 72 300 Td (%s) Tj ET\n" % attacks.SECRET.encode()
LONGER = AGAIN.replace(b") Tj", b" en nog een zin die niemand leest) Tj")
HIDING = {
    "white": b"1 g " + AGAIN + b"0 g\n",
    "covered": AGAIN + b"1 g 60 290 300 30 re f 0 g\n",
    "cut_off": b"q 0 0 9 9 re W n " + AGAIN + b"Q\n",
    "tiny": AGAIN.replace(b" 12 Tf", b" 0.01 Tf"),
    "tiny_and_more": LONGER.replace(b" 12 Tf", b" 0.01 Tf"),
    "more_than_the_name": b"1 g " + LONGER + b"0 g\n",
}


@pytest.mark.parametrize("name", sorted(HIDING))
def test_a_text_that_also_stands_out_of_sight_goes_there_too(name: str, tmp_path: Path) -> None:
    source = attacks.saved(attacks.document(attacks.SHOWN + HIDING[name]), tmp_path / "in.pdf")
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").engines == {0: "image"}
    (page,) = read_pages(tmp_path / "out.pdf")
    assert attacks.SECRET not in page.text
    assert "niemand" not in page.text
    assert [word for word in attacks.KEPT if word not in page.text] == []


def test_a_text_that_also_stands_in_plain_sight_still_keeps_the_file_back(tmp_path: Path) -> None:
    source = attacks.saved(attacks.document(attacks.SHOWN + AGAIN), tmp_path / "in.pdf")
    with pytest.raises(NotProven):
        redact(source, attacks.PLAN, tmp_path / "out.pdf")
