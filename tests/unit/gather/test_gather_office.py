"""Word files: what their pages do not show is added behind them, nothing is run or fetched, one bad file is alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest

from woo.gather import Converted, SourceItem, Unusable, convert, convert_office
from woo.gather.docx import Refused, inspect_and_clean

Reader = Callable[[Path], str]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CHANGED = (
    '<w:p><w:r><w:t xml:space="preserve">Er zijn </w:t></w:r>'
    '<w:del w:id="1" w:author="Ruben Oosterhof" w:date="2026-04-21T16:42:00Z"><w:r>'
    '<w:delText>vierhonderd</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="Ruben Oosterhof" w:date="2026-04-21T16:42:00Z"><w:r><w:t>vijfhonderd</w:t></w:r></w:ins>'
    '<w:r><w:t xml:space="preserve"> plekken.</w:t></w:r></w:p>'
    '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Stiekeme zin</w:t></w:r></w:p>'
)


def word_file(text: str = "Nota over de kade", extra: str = "", **members: bytes) -> bytes:
    """A Word file with `text`, then `extra` as raw XML, and more members in the package."""
    document = docx.Document()
    document.add_paragraph(text)
    document.core_properties.modified = datetime(2026, 5, 7, 12, 0, tzinfo=UTC)
    buffer = io.BytesIO()
    document.save(buffer)
    result = io.BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:sectPr", extra.encode() + b"<w:sectPr", 1)
            target.writestr(name, members.pop(name, content))
        for name, content in members.items():
            target.writestr(name, content)
    return result.getvalue()


def with_comment() -> bytes:
    document = docx.Document()
    run = document.add_paragraph().add_run("zes maanden")
    document.add_comment(run, text="Waarom niet drie?", author="Hanneke Dijkgraaf", initials="HD")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.office
def test_a_word_file_becomes_a_pdf_with_its_date(tmp_path: Path, text_of: Reader) -> None:
    outcome = convert(SourceItem("map/Nota kade.docx", word_file()), tmp_path)
    assert isinstance(outcome, Converted)
    assert (outcome.kind, outcome.title, outcome.date) == ("doc", "Nota kade", date(2026, 5, 7))
    assert outcome.date_source == "properties" and outcome.pages == 1 and outcome.notes == ()
    assert text_of(outcome.pdf) == "Nota over de kade"


@pytest.mark.office
def test_changes_and_hidden_text_reach_the_reviewer(tmp_path: Path, text_of: Reader) -> None:
    outcome = convert(SourceItem("a.docx", word_file(extra=CHANGED)), tmp_path)
    assert isinstance(outcome, Converted) and outcome.pages == 2
    text = text_of(outcome.pdf)
    assert "Ruben Oosterhof, 21-04-2026 16:42 – verwijderd: vierhonderd" in text
    assert "Ruben Oosterhof, 21-04-2026 16:42 – toegevoegd: vijfhonderd" in text
    assert "Verborgen tekst" in text and "Stiekeme zin" in text


@pytest.mark.office
def test_a_comment_is_shown_with_its_author_and_the_words_it_is_about(tmp_path: Path, text_of: Reader) -> None:
    outcome = convert(SourceItem("a.docx", with_comment()), tmp_path)
    assert isinstance(outcome, Converted)
    text = text_of(outcome.pdf)
    assert "Hanneke Dijkgraaf" in text and "opmerking bij “zes maanden”: Waarom niet drie?" in text


@pytest.mark.office
def test_one_bad_file_does_not_cost_the_others(tmp_path: Path, text_of: Reader) -> None:
    items = [SourceItem(f"{n}.docx", data) for n, data in enumerate(
        (word_file("eerste"), word_file("stuk", **{"word/document.xml": b"<geen xml"}), word_file("derde")))]
    first, broken, third = convert_office(items, tmp_path)
    assert isinstance(first, Converted) and text_of(first.pdf) == "eerste"
    assert isinstance(broken, Unusable) and broken.reason == "broken"
    assert isinstance(third, Converted) and text_of(third.pdf) == "derde"


@pytest.mark.office
def test_a_file_enclosed_in_a_word_file_is_an_item_of_its_own(tmp_path: Path) -> None:
    outcome = convert(SourceItem("a.docx", word_file(**{"word/embeddings/blad1.xlsx": b"PK rekenblad"})), tmp_path)
    assert isinstance(outcome, Converted)
    assert [(child.path, child.read()) for child in outcome.children] == [("a.docx!/blad1.xlsx", b"PK rekenblad")]


@pytest.mark.office
def test_a_field_that_reads_another_file_reads_nothing(tmp_path: Path, text_of: Reader) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("INHOUD VAN EEN ANDER BESTAND")
    field = (f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLU</w:instrText></w:r>'
             f'<w:r><w:instrText>DETEXT "{secret}"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
             '<w:r><w:t>oude tekst</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')
    outcome = convert(SourceItem("a.docx", word_file(extra=field)), tmp_path)
    assert isinstance(outcome, Converted)
    assert "INHOUD" not in text_of(outcome.pdf) and "oude tekst" in text_of(outcome.pdf)
    assert any("niet gevolgd" in note for note in outcome.notes)


def test_macros_and_outward_references_are_cut_from_the_copy(tmp_path: Path) -> None:
    rels = (b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="r1" Type="http://x/image" Target="http://volg.example/a.png" TargetMode="External"/>'
            b'<Relationship Id="r2" Type="http://x/hyperlink" Target="https://klik.example" TargetMode="External"/>'
            b"</Relationships>")
    data = word_file(**{"word/vbaProject.bin": b"macro", "word/_rels/header1.xml.rels": rels})
    inside = inspect_and_clean(SourceItem("a.docx", data), tmp_path / "b.docx")
    assert inside.macros and inside.outside == 1
    with zipfile.ZipFile(tmp_path / "b.docx") as copy:
        assert "word/vbaProject.bin" not in copy.namelist()
        kept = copy.read("word/_rels/header1.xml.rels")
    assert b"volg.example" not in kept and b"klik.example" in kept


@pytest.mark.parametrize(("data", "reason"), [
    (word_file(**{"word/media/nul.bin": bytes(50_000_000)}), "too_large"),
    (word_file()[:2000], "broken"),
])
def test_what_would_fill_the_memory_or_is_cut_off_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        inspect_and_clean(SourceItem("a.docx", data), tmp_path / "b.docx")
    assert caught.value.reason == reason


def test_entities_of_an_xml_bomb_are_not_expanded(tmp_path: Path) -> None:
    bomb = ('<!DOCTYPE x [<!ENTITY a "' + "a" * 1000 + '"><!ENTITY b "' + "&a;" * 1000 + '"><!ENTITY c "' + "&b;" * 1000
            + f'">]><w:document {W}><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>').encode()
    outcome = convert(SourceItem("a.docx", word_file(**{"word/document.xml": bomb})), tmp_path)
    assert isinstance(outcome, Unusable | Converted)


def test_without_libreoffice_a_word_file_is_a_to_do_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bare_path: str
) -> None:
    monkeypatch.setenv("PATH", bare_path)
    outcome = convert(SourceItem("a.docx", word_file()), tmp_path)
    assert isinstance(outcome, Unusable) and outcome.reason == "tool_missing" and "LibreOffice" in outcome.message


def test_simple_fields_that_read_a_file_are_emptied_and_others_are_not(tmp_path: Path) -> None:
    fields = ('<w:p><w:fldSimple w:instr="INCLUDEPICTURE &quot;http://volg.example/a&quot;"><w:r><w:t>a</w:t></w:r>'
              '</w:fldSimple><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>')
    inside = inspect_and_clean(SourceItem("a.docx", word_file(extra=fields)), tmp_path / "b.docx")
    with zipfile.ZipFile(tmp_path / "b.docx") as copy:
        story = copy.read("word/document.xml")
    assert inside.outside == 1 and b"volg.example" not in story and b'w:instr="PAGE"' in story


def test_a_word_file_that_is_not_one_is_broken(tmp_path: Path, zipped: Callable[..., bytes]) -> None:
    outcome = convert(SourceItem("a.docx", zipped(**{"[Content_Types].xml": b"<x/>", "word/nul": b""})), tmp_path)
    assert isinstance(outcome, Unusable) and outcome.reason == "broken"
