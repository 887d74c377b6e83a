from __future__ import annotations

import io
import re
import zlib
from dataclasses import replace
from datetime import date

import pytest
from publish_factory import REQUESTER, REQUESTER_STRINGS, case, documents, entry
from pypdf import PdfReader

from woo.errors import NotAllowed
from woo.law.grounds import GROUNDS, GroundKind
from woo.law.judgement import Judgement
from woo.publish.besluit_data import MAX_ROWS_IN_LETTER, _considerations
from woo.publish.case_file import GroundReasoning, Search, Signatory
from woo.publish.letters import besluit_letter, public_besluit_letter, receipt_letter
from woo.publish.requester_guard import names_requester

pytestmark = pytest.mark.slow

SENT = date(2026, 11, 3)


def text_of(pdf: bytes) -> str:
    """The words of a PDF in reading order, with single spaces."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def all_letters() -> dict[str, bytes]:
    return {
        "receipt": receipt_letter(case(), SENT),
        "besluit": besluit_letter(case()),
        "public": public_besluit_letter(case()),
        "concept": besluit_letter(case(besluit_date=None), concept=True),
    }


@pytest.mark.parametrize("name", ["receipt", "besluit", "public", "concept"])
def test_every_letter_is_tagged_dutch_and_titled_for_screen_readers(name: str) -> None:
    reader = PdfReader(io.BytesIO(all_letters()[name]))
    root = reader.root_object
    assert root["/Lang"].lower().startswith("nl")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "Havenkade" in reader.metadata.title
    xmp = reader.xmp_metadata.stream.get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_the_same_case_gives_the_same_bytes() -> None:
    assert all_letters() == all_letters()


def test_the_receipt_names_the_last_day_its_sum_and_the_duty_to_keep_documents() -> None:
    words = text_of(receipt_letter(case(), SENT))
    assert "uiterlijk op dinsdag 29 december 2026" in words
    assert "Vier weken vanaf de dag na ontvangst" in words
    assert "artikel 4.1a van de Woo" in words
    assert "Sanne de Wit" in words
    assert "Beste Daan Verbruggen," in words
    assert "gerekend vanaf de dag na die waarop het verzoek is ontvangen" in words


def test_a_requester_without_a_chosen_salutation_is_greeted_neutrally() -> None:
    words = text_of(receipt_letter(case(requester=replace(REQUESTER, salutation="")), SENT))
    assert "Beste Daan Verbruggen," in words
    assert "Geachte" not in words


SECTIONS = (
    "Procedure",
    "Wettelijk kader",
    "Hoe is gezocht",
    "Andere bestuursorganen",
    "Al openbare documenten",
    "Buiten de reikwijdte van uw verzoek",
    "Zienswijzen",
    "Besluit",
    "Overwegingen",
    "Wijze van openbaarmaking",
    "Plaatsing op internet",
    "Afschrift aan belanghebbenden",
    "Heeft u vragen?",
    "Bezwaar maken",
    "Bijlage 1: wetsartikelen",
    "Bijlage 2: inventarislijst",
)


def test_the_besluit_has_the_sections_of_a_real_one_in_order() -> None:
    outline = [
        item.title for item in PdfReader(io.BytesIO(besluit_letter(case()))).outline if not isinstance(item, list)
    ]
    assert [re.sub(r"^\d+\.\s*", "", title) for title in outline] == list(SECTIONS)


def test_the_besluit_says_who_signs_for_whom_and_how_to_object() -> None:
    words = text_of(besluit_letter(case()))
    assert "De minister van Justitie en Veiligheid, namens deze, H.J. Terlouw directeur-generaal Migratie" in words
    assert "binnen zes weken na de dag waarop het is bekendgemaakt" in words
    assert "uiterlijk op 26 januari 2027" in words
    assert "op 30 december 2026 (artikel 4.4, vijfde lid, van de Woo)" in words


def test_the_besluit_counts_what_was_decided_and_gives_the_jurists_own_reasons() -> None:
    words = text_of(besluit_letter(case()))
    assert "Geheel openbaar: 2 documenten." in words
    assert "Niet openbaar: 1 document." in words
    assert "looproutes en de inzet van beveiligers" in words
    assert "Deze grond geldt voor (delen van) documenten 0002 en 0003." in words
    assert "Een deel van deze informatie was bij ontvangst van uw verzoek ouder dan vijf jaar" in words
    assert "De opvattingen gaan over een keuze die nog steeds speelt." in words


def test_reasons_per_document_stand_under_their_ground() -> None:
    entries = tuple(
        replace(item, reason=f"reden bij {item.id}") if item.id in ("0002", "0003") else item for item in documents()
    )
    reasons = tuple(item for item in case().reasonings if item.code != "5.1.2.h")
    words = text_of(besluit_letter(case(documents=entries, reasonings=reasons)))
    assert "Document 0002: reden bij 0002." in words
    assert "Document 0003: reden bij 0003." in words


def test_a_besluit_that_is_late_says_so() -> None:
    words = text_of(besluit_letter(case(besluit_date=date(2026, 12, 30), release_date=date(2027, 1, 13))))
    assert "Ik beslis later dan de wet voorschrijft." in words
    assert "Ik beslis later" not in text_of(besluit_letter(case()))


def test_only_the_articles_that_the_besluit_rests_on_are_in_the_annex() -> None:
    words = text_of(besluit_letter(case()))
    assert "Artikel 5.2 Wet open overheid" in words
    assert "Artikel 4:8 Algemene wet bestuursrecht" in words
    assert "Artikel 5.4 Wet open overheid" not in words
    alone = text_of(besluit_letter(case(zienswijze=None, forwardings=(), documents=(entry(1),))))
    assert "Artikel 4:8" not in alone
    assert "Artikel 5.2 Wet" not in alone


def test_nothing_found_is_refused_in_plain_words_without_a_list() -> None:
    words = text_of(besluit_letter(case(documents=(), zienswijze=None)))
    assert "geen documenten aangetroffen" in words
    assert "Ik wijs uw verzoek af, omdat de gevraagde documenten niet bij mij berusten." in words
    assert "Bijlage 2" not in words


def test_a_concept_is_marked_on_every_page_and_lists_what_is_missing() -> None:
    pdf = besluit_letter(case(besluit_date=None, signatory=None, reasonings=(), search=Search()), concept=True)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert all("CONCEPT" in page for page in pages)
    assert "Nog in te vullen: ondertekening" in text_of(pdf)
    assert "de afweging van de belangen bij 5.1.2h in deze zaak" in text_of(pdf)
    assert "CONCEPT" not in text_of(besluit_letter(case()))


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"besluit_date": None}, "de datum van het besluit"),
        ({"signatory": None}, "wie het besluit ondertekent"),
        ({"search": Search()}, "waar en hoe naar documenten is gezocht"),
        ({"release_date": None}, "artikel 4.4 lid 5"),
        ({"reasonings": case().reasonings[1:]}, "bij 5.1.2e"),
        ({"reasonings": (*case().reasonings[:2], GroundReasoning("5.2.1", "Zo is het."))}, "artikel 5.3"),
    ],
)
def test_an_incomplete_besluit_is_refused_with_what_is_missing(change: dict[str, object], missing: str) -> None:
    with pytest.raises(NotAllowed, match=re.escape(missing)):
        besluit_letter(case(**change))


def decoded(pdf: bytes) -> str:
    """Every byte of a PDF that can hold text: the raw file, each stream unpacked, and the extracted words."""
    parts = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            parts.append(zlib.decompress(match[1]))
        except zlib.error:
            parts.append(match[1])
    raw = b"\n".join(parts)
    return (
        raw.decode("latin-1")
        + raw.decode("utf-16-be", "ignore")
        + text_of(pdf)
        + str(PdfReader(io.BytesIO(pdf)).metadata)
    )


def test_the_public_besluit_holds_nothing_of_the_requester_in_any_byte() -> None:
    content = decoded(public_besluit_letter(case(), page_url="https://woo.example.nl/publicaties/2026-0142"))
    for trace in (*REQUESTER_STRINGS, "Sanne", "de Wit"):
        assert trace not in content, "a trace of the requester or of the official is in the public besluit"
    assert "Beste verzoeker," in content
    own = decoded(besluit_letter(case()))
    assert all(trace in own for trace in ("Verbruggen", "Delta Courant", "Brakwaterkade"))


@pytest.mark.parametrize(
    "change",
    [
        {"summary": "De heer Verbruggen vraagt om alle stukken."},
        {"subject": "de brief van Daan Verbruggen"},
        {"search": Search(remark="Gezocht op d.verbruggen@deltacourant.example.")},
        {"documents": (entry(1, title="E-mail aan brakwaterkade 27"),)},
        {"reasonings": (*case().reasonings, GroundReasoning("5.1.1.d", "Bel 0031-64471 9035."))},
        {"signatory": Signatory("D. Verbruggen", "directeur")},
    ],
)
def test_a_text_that_names_the_requester_stops_the_public_besluit(change: dict[str, object]) -> None:
    if "reasonings" in change:
        change["documents"] = (*documents(), entry(9, Judgement.WITHHELD, grounds=("5.1.1.d",)))
    with pytest.raises(NotAllowed, match="gegevens van de verzoeker") as refused:
        public_besluit_letter(case(**change))
    assert not any(trace in str(refused.value) for trace in REQUESTER_STRINGS)


def test_a_surname_that_is_also_a_word_does_not_stop_publication() -> None:
    baker = replace(REQUESTER, name="Piet Bakker", email="p.bakker@example.nl")
    assert public_besluit_letter(case(requester=baker, documents=(entry(1, title="Nota over de bakker op de hoek"),)))


def test_text_of_a_document_is_never_read_as_markup() -> None:
    words = text_of(besluit_letter(case(documents=(entry(1, title='#read("/etc/passwd") *vet* $x$ \\ @bron'),))))
    assert '#read("/etc/passwd") *vet* $x$ \\ @bron' in words


def test_a_long_list_goes_along_as_a_file_and_not_in_the_letter() -> None:
    many = tuple(entry(number, sha256="a" * 64) for number in range(1, MAX_ROWS_IN_LETTER + 2))
    words = text_of(besluit_letter(case(documents=many)))
    assert f"De inventarislijst telt {MAX_ROWS_IN_LETTER + 1} documenten." in words
    assert len(PdfReader(io.BytesIO(besluit_letter(case(documents=many)))).pages) < 12


def test_every_ground_of_the_woo_has_its_considerations() -> None:
    woo = {code for code, ground in GROUNDS.items() if ground.kind is not GroundKind.OLD}
    assert set(_considerations()) == woo
    for number, code in enumerate(sorted(woo), start=1):
        item = entry(number, Judgement.WITHHELD, grounds=(code,))
        words = text_of(
            besluit_letter(case(documents=(item,), reasonings=(GroundReasoning(code, "Omdat het zo is."),)))
        )
        assert GROUNDS[code].label in words


def test_the_list_in_the_letter_is_in_order_of_date_with_undated_documents_last() -> None:
    assert [item.id for item in case().listed] == ["0007", "0002", "0003", "0004", "0001", "0008"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Verzoek van Daan  Verbruggen", True),
        ("DAAN VERBRUGGEN", True),
        ("de heer Verbruggen belde", True),
        ("mw. Verbruggen", True),
        ("D. Verbruggen", True),
        ("D.J. Verbruggen", True),
        ("d.verbruggen@deltacourant.example", True),
        ("06-44719035", True),
        ("+31 6 4471 9035", True),
        ("4398ZB", True),
        ("4398 ZB", True),
        ("Brakwaterkade 27", True),
        ("Daan Verbruggenstraat", False),
        ("Verbruggen", False),
        ("Brakwaterkade", False),
        ("document 0644", False),
    ],
)
def test_the_guard_knows_the_ways_in_which_a_requester_is_named(text: str, found: bool) -> None:
    assert names_requester(text, REQUESTER) is found
