"""The bytes of a file: what there is no leak, and what is."""
from __future__ import annotations

from pathlib import Path

from pikepdf import Stream

from redaction.pdf.hidden_words import HiddenWords
from redaction.pdf.verification.raw import check_raw
from tests.unit.pdf import attacks

TABLE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /%s def
1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0908> <076A> <0909> <%s> endbfchar
endcmap CMapName currentdict /CMap defineresource pop end end"""


def channels(stream: bytes, hidden: HiddenWords, work: Path, readable: str = "") -> set[str]:
    pdf = attacks.document(b"")
    pdf.Root["/Los"] = pdf.make_indirect(Stream(pdf, stream))
    return {f.channel for f in check_raw(attacks.saved(pdf, work / "in.pdf"), hidden, readable)}


def test_codes_in_a_table_of_codes_are_no_words(tmp_path: Path) -> None:
    assert channels(TABLE % (b"Tabel", b"0762"), HiddenWords([], ["regel 076A"]), tmp_path) == set()


def test_the_name_of_a_table_of_codes_and_what_its_codes_spell_are_read(tmp_path: Path) -> None:
    hidden = HiddenWords([], ["Zwartkruis"])
    assert channels(TABLE % (b"Zwartkruis", b"0762"), hidden, tmp_path) == {"raw"}
    spelled = "Zwartkruis".encode("utf-16-be").hex().encode()
    assert channels(TABLE % (b"Tabel", spelled), hidden, tmp_path) == {"raw"}


def test_a_word_that_stands_elsewhere_with_a_hyphen_is_no_leak_in_what_is_drawn(tmp_path: Path) -> None:
    drawn = b"BT /F1 12 Tf [(co) -2 (-req) -2 (uisites)] TJ ET"
    hidden = HiddenWords([], ["corequisites"])
    assert channels(drawn, hidden, tmp_path, readable="vanco-requisitestot") == set()
    assert channels(drawn, hidden, tmp_path, readable="vantot") == {"raw"}
