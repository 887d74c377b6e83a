"""Encodings, chats and dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from woo.gather import Converted, SourceItem, Unusable, convert, pages
from woo.gather.dates import dutch_moment, from_file_name, from_iso, from_mail_header, from_pdf
from woo.gather.plain import convert_text
from woo.gather.textfile import chat_days, chat_messages, decode

WHATSAPP = """12-05-2026 13:58 - Berichten zijn versleuteld.
12-05-2026 14:01 - Sanne: De units staan!
13-05-2026 14:33 - Koen Brand: 234 vanmorgen
Waarvan 37 kinderen: zie boven
14-05-2026 14:40 - Sanne: Ok
"""


@pytest.mark.parametrize(("data", "text", "encoding"), [
    ("Zoë €".encode(), "Zoë €", "utf-8"),
    (b"\xef\xbb\xbfhoi", "hoi", "utf-8"),
    ("Zoë €".encode("cp1252"), "Zoë €", "windows-1252"),
    ("Zoë €".encode("utf-16"), "Zoë €", "utf-16"),
    ("hallo daar".encode("utf-16-le"), "hallo daar", "utf-16-le"),
    ("hallo daar".encode("utf-16-be"), "hallo daar", "utf-16-be"),
    (b"\xe9\x81", "é\x81", "windows-1252"),
])
def test_text_is_read_in_the_encoding_its_bytes_show(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


def test_a_chat_keeps_senders_continued_lines_and_notices() -> None:
    messages = chat_messages(WHATSAPP)
    assert [(message.sender, message.time) for message in messages] == [
        ("", "13:58"), ("Sanne", "14:01"), ("Koen Brand", "14:33"), ("Sanne", "14:40")]
    assert messages[2].text == "234 vanmorgen\nWaarvan 37 kinderen: zie boven"


@pytest.mark.parametrize(("text", "days"), [
    (WHATSAPP, [12, 12, 13, 14]),
    ("[2026-05-21 19:02] A: x\n[2026-05-21 19:03] B: y\n[2026-05-22 19:03] B: z", [21, 21, 22]),
    ("[5/21/26, 7:02 PM] A: x\n[5/21/26, 7:03 PM] B: y\n[5/2/26, 7:03 PM] B: z", [21, 21, 2]),
    ("\u200e[21-05-2026 19:02:11] A: x\n[21-05-2026 19:03:00] B: y\n[21-05-2026 19:03:09] B: z", [21, 21, 21]),
])
def test_exports_of_several_apps_are_read(text: str, days: list[int]) -> None:
    assert [day.day for day in chat_days(chat_messages(text))] == days
    assert {day.month for day in chat_days(chat_messages(text))} == {5}


@pytest.mark.parametrize("text", ["", "Notulen\n12-05-2026 14:01 - A: x", "12-05-2026 14:01 - A: x\nB", "gewoon tekst"])
def test_other_text_is_not_taken_for_a_chat(text: str) -> None:
    assert chat_messages(text) == []


def test_a_chat_becomes_a_page_with_its_last_day_as_date(tmp_path: Path, text_of: Callable[[Path], str]) -> None:
    outcome = convert(SourceItem("export.txt", WHATSAPP.encode()), tmp_path)
    assert isinstance(outcome, Converted)
    assert (outcome.kind, outcome.date, outcome.date_source) == ("chat", date(2026, 5, 14), "text")
    assert outcome.participants == ("Sanne", "Koen Brand")
    text = text_of(outcome.pdf)
    assert "Koen Brand: 234 vanmorgen Waarvan 37 kinderen: zie boven" in text
    assert "pagina 1 van 1" in text


def test_a_text_file_keeps_every_line_and_long_words_stay_on_the_page(
    tmp_path: Path, text_of: Callable[[Path], str]
) -> None:
    import pypdfium2

    body = "Naam:\tJansen\r\n\r\n" + "z" * 400 + "\r\nlaatste regel caf\xe9"
    outcome = convert(SourceItem("notitie 17-05-2026.txt", body.encode("cp1252")), tmp_path)
    assert isinstance(outcome, Converted)
    assert (outcome.kind, outcome.title, outcome.date) == ("note", "notitie 17-05-2026", date(2026, 5, 17))
    assert outcome.notes and "Windows-1252" in outcome.notes[0]
    text = text_of(outcome.pdf)
    assert "laatste regel café" in text and text.replace(" ", "").count("z" * 400) == 1
    page = pypdfium2.PdfDocument(outcome.pdf)[0]
    textpage = page.get_textpage()
    rights = [textpage.get_charbox(number)[2] for number in range(textpage.count_chars())]
    assert max(rights) < page.get_width() - 40


def test_invisible_characters_inside_a_name_do_not_hide_it(tmp_path: Path, text_of: Callable[[Path], str]) -> None:
    outcome = convert(SourceItem("a.txt", "Jan\u200bs\u00aden\u2060!".encode()), tmp_path)
    assert isinstance(outcome, Converted) and "Jansen!" in text_of(outcome.pdf)


def test_characters_without_a_font_are_a_to_do(tmp_path: Path, text_of: Callable[[Path], str]) -> None:
    outcome = convert(SourceItem("a.txt", "naam 中文".encode()), tmp_path)
    assert isinstance(outcome, Converted)
    assert "⟨U+4E2D⟩" in text_of(outcome.pdf)
    assert [todo.reason for todo in outcome.todo] == ["uncovered"]


def test_a_file_of_white_space_is_empty(tmp_path: Path) -> None:
    outcome = convert(SourceItem("a.txt", b" \r\n\t\n"), tmp_path)
    assert isinstance(outcome, Unusable) and outcome.reason == "empty"


def test_a_chat_too_long_for_one_piece_is_numbered_through(
    tmp_path: Path, text_of: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PIECE", 60_000)
    lines = "".join(f"12-05-2026 14:01 - Sanne: bericht nummer {n} over de opvang aan de kade\n" for n in range(1500))
    outcome = convert_text(SourceItem("a.txt", lines.encode()), tmp_path)
    assert isinstance(outcome, Converted)
    text = text_of(outcome.pdf)
    assert all(f"bericht nummer {n} " in text for n in range(1500))
    assert [f"pagina {n} van {outcome.pages}" in text for n in range(1, outcome.pages + 1)] == [True] * outcome.pages


def test_more_text_than_anyone_reads_is_a_to_do(tmp_path: Path) -> None:
    outcome = convert(SourceItem("a.txt", b"regel\n\n" * 3_000_000), tmp_path)
    assert isinstance(outcome, Unusable) and outcome.reason == "too_large"


@pytest.mark.parametrize(("name", "day"), [
    ("Incident 2026-05-17 hal.pdf", date(2026, 5, 17)), ("20260517_nota.pdf", date(2026, 5, 17)),
    ("verslag 7 mei 2026.docx", date(2026, 5, 7)), ("verslag 7-5-2026.docx", date(2026, 5, 7)),
    ("IMG-20260512-WA0003.jpg", date(2026, 5, 12)), ("Factuur 2026-0431.pdf", None), ("2026-13-01.pdf", None),
    ("van 2026-05-01 tot 2026-06-01.pdf", None), ("31-02-2026.pdf", None), ("5418827-20260599.pdf", None),
])
def test_a_date_in_a_file_name_counts_only_when_there_is_one(name: str, day: date | None) -> None:
    assert from_file_name(name) == day


def test_dates_of_clocks_that_were_never_set_say_nothing() -> None:
    assert from_iso("1980-01-01T00:00:00Z") is None
    assert from_pdf("D:20000101000000") is None
    assert from_pdf("D:20260507101500+02'00'") == date(2026, 5, 7)
    assert from_pdf("D:2026") is None
    assert from_iso("2013-12-23T23:15:00Z") == date(2013, 12, 23)
    assert from_iso("gisteren") is None


def test_a_mail_date_is_the_day_of_the_sender() -> None:
    assert from_mail_header("Fri, 08 May 2026 23:41:00 +0200") == date(2026, 5, 8)
    assert from_mail_header("onzin") is None
    assert dutch_moment("Fri, 08 May 2026 20:41:00 +0200") == "vrijdag 8 mei 2026 20:41 (+0200)"
    assert dutch_moment("ergens in mei") == "ergens in mei"
