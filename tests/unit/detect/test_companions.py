"""Names that what stands beside them gives away: a name, a cell, an address card, the place of a signature."""

from __future__ import annotations

import pytest

from redaction.detect import Detector


def people(detector: Detector, text: str) -> list[str]:
    return [span.text for span in detector.detect(text) if span.kind in ("person_name", "signature")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("De bewoners Roos en Berend van Dijkhuizen tekenden bezwaar aan.", "Roos"),
        ("Dat deden Berend Dijkhuizen en Roos samen.", "Roos"),
        ("Legenda: Flupje = Marloes van Dijkhuizen", "Flupje"),
        ("yakki = Marloes van Dijkhuizen (bijnaam)", "yakki"),
    ],
)
def test_who_stands_beside_a_name_is_somebody(detector: Detector, text: str, name: str) -> None:
    assert name in people(detector, text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ook in Zwolle en Jan de Vries was erbij.", "Zwolle"),
        ("Bij de Belastingdienst en Jan de Vries lag het dossier.", "Belastingdienst"),
        ("voorzitter = Jan de Vries", "voorzitter"),
        ("ATTENDEE;PARTSTAT=Jan de Vries", "PARTSTAT"),
    ],
)
def test_a_place_an_office_or_a_label_beside_a_name_is_nobody(detector: Detector, text: str, word: str) -> None:
    assert people(detector, text) == ["Jan de Vries"], word


def test_a_nickname_that_a_legend_explains_is_found_all_over_the_document(detector: Detector) -> None:
    text = "Ma: dienst Flupje, reserve niemand.\n\nFlupje = Marloes van Dijkhuizen\n"
    assert people(detector, text) == ["Flupje", "Flupje", "Marloes van Dijkhuizen"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("nr;naam;vl\n1;Sluis, van der;M.\n2;Wit, de;K.\n", "Sluis, van der"),
        ("Gisteren kwam mevrouw Getkate. Daarna sprak ik Jorunnke Getkate nog even.", "Jorunnke Getkate"),
        ("C01 | berging | Piepenbroek | judo\nC02 | kast | Piepenbroek sr. | judo\nDe heer Piepenbroek belt.",
         "Piepenbroek sr."),
    ],
)  # fmt: skip
def test_a_surname_is_found_with_what_belongs_to_it(detector: Detector, text: str, name: str) -> None:
    assert name in people(detector, text)


def test_an_ordinary_word_or_a_firm_before_a_surname_is_no_first_name(detector: Detector) -> None:
    found = people(detector, "Mevrouw Getkate belde. Gisteren vroeg Teamleider Getkate om uitstel.")
    assert found == ["Getkate", "Getkate"]


def test_each_part_of_a_name_on_an_address_card_is_found_and_no_title(detector: Detector) -> None:
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nN:Vlierhaar;Ysbrecht;;mr.;\nFN:Ysbrecht Vlierhaar\nNICKNAME:Yssie\n"
        "ORG:Gemeente Zwolle\nEND:VCARD\n"
    )
    assert people(detector, text) == ["Vlierhaar", "Ysbrecht", "Ysbrecht Vlierhaar", "Yssie"]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Het advies is aangepast.\n[opm. 3 KJ] staat dit ook in de bijlage?", "KJ"),
        ("Opmerking [BvH2]: zie de brief van mei.", "BvH"),
        ("Interne notitie HJ: dit stuk hoort er niet bij.", "HJ"),
        ("De sleutel is uitgegeven, getekend PvD", "PvD"),
        ("Zaak gesloten op verzoek van de aanvrager. HKB\n", "HKB"),
        ("Zaak gesloten op verzoek, teruggebeld 12/8 AT\n", "AT"),
    ],
)
def test_who_signs_a_remark_or_the_text_with_letters_is_found(detector: Detector, text: str, mark: str) -> None:
    assert mark in people(detector, text)


@pytest.mark.parametrize(
    "text",
    [
        "De kosten vallen onder de begroting van OCW",
        "Dit is ter kennisneming van de directie. WJZ",
        "Notitie DG: dit stuk hoort er niet bij.",
        "De score is 8 wk 7 en daarna 3 KO",
    ],
)
def test_an_office_or_a_result_at_the_end_is_no_mark(detector: Detector, text: str) -> None:
    assert people(detector, text) == []


def test_the_head_of_an_entry_in_a_log_is_no_sender(detector: Detector) -> None:
    text = "10:41   getuige op overweg: niets gezien\n10:50   media: vragen van de krant\n11:02   nazorg: volgt\n"
    assert people(detector, text) == []


def test_a_sender_with_an_office_behind_his_name_is_one(detector: Detector) -> None:
    text = "13-01-22 08:05 - Wiet NS PA: wie komt er?\n13-01-22 08:06 - Wiet NS PA: dank\n"
    assert "Wiet NS PA" in people(detector, text)


def test_the_words_of_a_recording_need_no_capitals_for_their_names(detector: Detector) -> None:
    text = (
        "Voicemailbox Vergunningen (Provincie Flevoland), automatisch omgezet\n\n"
        "Bericht 1 - ma 08:47\n"
        "hallo maartje met rob hier van die windmolens ik heb loes van jullie gesproken en die zei bel maar terug\n\n"
        "Bericht 2 - ma 09:15\n"
        "dag u spreekt met mirjam bolhuis ik ben de dochter van arend en mijn vader wil graag weten hoe het zit\n"
    )
    assert people(detector, text) == ["maartje", "rob", "loes", "mirjam bolhuis", "arend"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Het formulier is afgetekend door internist Vlierhaar.", "Vlierhaar"),
        ("De sleutel ligt bij hr Vlierhaar aan de balie.", "Vlierhaar"),
        ("Links van de minister: Amb. Vlierhaar, rechts de tolk.", "Vlierhaar"),
        ("De melding van lid J. Vlierhaar bleef liggen.", "J. Vlierhaar"),
        ("Het huis van H. Antonissen staat te koop.", "H. Antonissen"),
        ("Ad Jansen belde gisteren.", "Ad Jansen"),
        ("C01 | berging | Vlierhaarsma jr. | sleutel | 9-2018", "Vlierhaarsma jr."),
    ],
)
def test_a_function_or_membership_before_an_unknown_surname_is_read(
    detector: Detector, text: str, name: str
) -> None:
    assert people(detector, text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Op grond van artikel 5, tweede lid B. De aanvraag is volledig.",
        "De mis begint om tien uur in de parochie H. Antonius.",
        "Vorige maand kregen twee kinderen het H. Doopsel.",
        "De indieners wijzen op het geluid.\n\nAd B. De gemeente heeft dit onderzocht.\n",
        "Ik woon aan de Oude Hogeweg 6.",
        "Medewerker jr. gevraagd voor de balie.",
        "REGISTER NEVENWERKZ. EN BELANGEN van de raad",
        "09:14 nachtbatch done\n09:15 back-up done\n09:16 alles weer stormy en sunny, dus done\n",
    ],
)
def test_a_paragraph_a_saint_a_street_or_a_shortened_heading_is_nobody(detector: Detector, text: str) -> None:
    assert people(detector, text) == []
