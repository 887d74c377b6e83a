"""The letters of each step: one text, as tagged PDF and as Word file; legal sentences as the law has them."""

from __future__ import annotations

import io
import re
from datetime import date
from functools import cache

import docx
import pytest
from publish_factory import REQUESTER_STRINGS, case
from pypdf import PdfReader

from woo.publish.besluit_data import _law_texts
from woo.publish.letter_data import letter_facts, to_other, to_requester
from woo.publish.letter_kinds import Addressee, FieldKind, letter_kinds, prose_of
from woo.publish.letters import StepLetter, letter_docx, letter_pdf, step_letter

SENT = date(2026, 11, 20)
DERIVED = {
    "new_deadline": "maandag 14 december 2026",
    "suspension_end": "dinsdag 8 december 2026",
    "ontvangen": "maandag 16 november 2026",
    "two_weeks": "30 november 2026",
    "appeal_from": "dinsdag 1 december 2026",
    "invited": "3 november 2026",
    "answer_by": "17 november 2026",
    "besluit_date": "20 november 2026",
    "release_date": "vrijdag 4 december 2026",
}
KINDS = sorted(letter_kinds())


@cache
def letter(key: str) -> StepLetter:
    """The letter with something in every field."""
    kind, file = letter_kinds()[key], case()
    told = {f.name: dict(f.choices).get("deel", f"Antwoord bij {f.name}.") for f in kind.fields}
    flags = {f"{f.name}_{f.choices[-1][0]}" for f in kind.fields if f.kind is FieldKind.CHOICE}
    audience = (
        to_requester(file)
        if kind.addressee is Addressee.REQUESTER
        else to_other(file, "Bouwbedrijf Zuidhof", "Kade 1\n1234 AB Sneek", "")
    )
    return step_letter(file, kind, audience, SENT, {**DERIVED, **told}, {}, flags)


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def pdf_words(made: StepLetter) -> str:
    return words(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(letter_pdf(made))).pages))


def lines_of(made: StepLetter) -> list[str]:
    return [words("".join(run.text for run in line)) for block in made.text.blocks for line in block.lines]


@pytest.mark.slow
@pytest.mark.parametrize("key", KINDS)
def test_every_letter_is_tagged_dutch_and_titled_and_greets_neutrally(key: str) -> None:
    reader = PdfReader(io.BytesIO(letter_pdf(letter(key))))
    root, xmp = reader.root_object, reader.xmp_metadata
    text = pdf_words(letter(key))

    assert root["/Lang"].lower().startswith("nl")
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == letter(key).text.title
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp.stream.get_data().decode()
    assert "Beste " in text
    assert "Geachte" not in text
    assert "CONCEPT" not in text


@pytest.mark.parametrize("key", KINDS)
def test_the_word_file_says_every_line_of_the_letter_with_real_styles(key: str) -> None:
    made = letter(key)
    document = docx.Document(io.BytesIO(letter_docx(made)))
    written = words(" ".join(p.text for p in document.paragraphs))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    properties = document.core_properties

    assert [line for line in lines_of(made) if line not in written] == []
    assert headings == [words("".join(r.text for r in b.lines[0])) for b in made.text.blocks if b.kind == "heading"]
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == [made.text.title]
    assert (properties.title, properties.language) == (made.text.title, "nl-NL")
    assert properties.author == properties.last_modified_by == case().organisation.name
    assert document.styles.element.xpath("//w:lang/@w:val") == ["nl-NL"]
    assert len(document.tables) == sum(block.kind == "sum" for block in made.text.blocks)


@pytest.mark.parametrize("key", KINDS)
def test_a_letter_without_its_facts_is_a_concept_that_names_what_lacks(key: str) -> None:
    kind = letter_kinds()[key]
    made = step_letter(case(), kind, to_other(case(), "", "", ""), None, {}, DERIVED)

    assert {f.label for f in kind.fields if f.required} <= set(made.text.missing)
    assert made.text.missing[:3] == ("de datum van de brief", "aan wie de brief is", "de aanhef")
    assert made.data["concept"] is True


@pytest.mark.parametrize("key", KINDS)
def test_every_fact_that_a_letter_names_is_known(key: str) -> None:
    kind = letter_kinds()[key]
    common = set(letter_facts(case(), to_requester(case())))

    assert kind.names <= common | set(DERIVED) | {f.name for f in kind.fields}
    assert all("{" not in text for text in kind.parts.values())  # a rewritten paragraph would keep an old date


@pytest.mark.parametrize("key", [k for k in KINDS if letter_kinds()[k].addressee is not Addressee.REQUESTER])
def test_a_letter_to_somebody_else_does_not_name_the_requester(key: str) -> None:
    text = pdf_words(letter(key))

    assert [trace for trace in REQUESTER_STRINGS if trace in text] == []


@pytest.mark.parametrize(
    ("key", "article", "sentence"),
    [
        ("verdaging", "4.4", "indien de omvang of de gecompliceerdheid van de informatie een verlenging rechtvaardigt"),
        ("ontvangstbevestiging", "4.4", "gerekend vanaf de dag na die waarop het verzoek is ontvangen"),
        ("ontvangstbevestiging", "4.4", "zo spoedig mogelijk, doch uiterlijk binnen vier weken"),
        ("precisering", "4.1", "te algemeen geformuleerd"),
        ("precisering", "4.1", "ongebruikt is verstreken"),
        ("zienswijze_mededeling", "4.4", "ongebruikt is verstreken"),
        ("zienswijze_mededeling", "4.4", "gerekend vanaf de dag na die waarop"),
        ("zienswijze_mededeling", "4.4", "toepassing is gegeven aan artikel 4:8 van de Algemene wet bestuursrecht"),
        ("besluit_derde", "4.4", "besloten informatie te verstrekken die rechtstreeks betrekking heeft op"),
        ("besluit_derde", "4.4", "twee weken nadat de beslissing is bekendgemaakt"),
    ],
)
def test_legal_sentences_are_those_of_the_law(key: str, article: str, sentence: str) -> None:
    law = " ".join(p for row in _law_texts() if row["nummer"] == article for p in row["tekst"])

    assert sentence in words(law)
    assert sentence in " ".join(lines_of(letter(key)))


def test_the_clause_on_bezwaar_is_one_text_for_every_besluit() -> None:
    clause = [text for block in prose_of("bezwaar") if not block.when for text in block.texts if "{" not in text]
    made = lines_of(letter("niet_behandelen"))

    assert {"de naam en het adres van de indiener;", "de dagtekening;", "de gronden van het bezwaar."} <= set(clause)
    assert "Bezwaar maken" in made
    assert any("binnen zes weken na de dag waarop het is bekendgemaakt" in line for line in made)


def test_the_same_letter_gives_the_same_pdf() -> None:
    assert letter_pdf(letter("verdaging")) == letter_pdf(letter("verdaging"))
