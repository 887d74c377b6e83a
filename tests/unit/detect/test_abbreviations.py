"""Abbreviations of names: only where the text explains them, on routing slips, and never those of institutions."""

from __future__ import annotations

import pytest

from redaction.detect import Detector
from redaction.detect.names.initials import shortens


def people(detector: Detector, text: str) -> list[str]:
    return [span.text for span in detector.detect(text) if span.kind in ("person_name", "signature")]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Petra van der Laan", "PvdL"),
        ("Kwabena Asante-Boateng", "KAB"),
        ("Johannis Latuheru", "JL"),
        ("A. Koning", "AKo"),
        ("R. de Wit", "RdW"),
        ("mr. P.J.M. van der Laan-de Vries", "PvdL"),
        ("Th.A. in 't Veld", "TiV"),
    ],
)
def test_a_name_is_shortened_as_offices_do(name: str, short: str) -> None:
    assert shortens(short, name)


@pytest.mark.parametrize(("name", "other"), [("Petra van der Laan", "PvV"), ("A. Koning", "KA"), ("Jetske", "JE")])
def test_other_letters_do_not_shorten_it(name: str, other: str) -> None:
    assert not shortens(other, name)


def test_an_abbreviation_that_a_list_explains_is_found_all_over_the_document(detector: Detector) -> None:
    text = (
        "Aanwezig: Anneke Koning (voorzitter, AK), Jetske Ypma (JY), Petra van der Laan (PvdL)\n"
        "1. Opening\nAK opent de vergadering. JY: de cijfers zijn binnen. PvdL vraagt naar de DPIA.\n"
    )
    assert people(detector, text) == [
        "Anneke Koning", "AK", "Jetske Ypma", "JY", "Petra van der Laan", "PvdL", "AK", "JY", "PvdL",
    ]  # fmt: skip


def test_a_row_of_a_list_explains_the_abbreviation_at_its_end(detector: Detector) -> None:
    text = (
        "Naam Functie Afkorting\nJohannis Latuheru voorzitter OR JL\nIneke Zijlstra lid OR IZ\n\n"
        "IZ vraagt iets aan JL."
    )
    assert [name for name in people(detector, text) if len(name) == 2] == ["JL", "IZ", "IZ", "JL"]


@pytest.mark.parametrize(
    "text",
    [
        "De OR en het MT spraken met de KLM en IenW.",
        "Jetske Ypma belde. JW is een ander.",
        "OK, dat is goed. Zie de MvT en de PvA.",
        "De RvS, de PvdA en het KvK-nummer.",
        "Ministerie van Economische Zaken (EZ)",
    ],
)
def test_other_abbreviations_are_left_alone(detector: Detector, text: str) -> None:
    assert [name for name in people(detector, text) if name.isupper() or name in ("MvT", "PvA", "RvS", "PvdA")] == []


def test_the_marks_on_a_routing_slip_are_found_with_and_without_a_heading_per_row(detector: Detector) -> None:
    text = (
        "ROUTEFORMULIER NOTA\nBehandelaar: KAB   datum 3/2\nParaaf:\nSteller      JL    04-02\n"
        "Directeur    RdW   05-02\nFEZ          AKo   07-02  akkoord mits\n"
        "WJZ          S.T.  07-02\nRetour naar JL voor 10-02\n"
    )
    assert people(detector, text) == ["KAB", "JL", "RdW", "AKo", "S.T.", "JL"]


def test_a_legend_explains_abbreviations_side_by_side_in_capitals_small_letters_and_points(detector: Detector) -> None:
    text = (
        "Dienst    ma   di\nWil       V    L\nmvt       L    -\n\nLegenda:\nWil = Willemijn Aksoy     "
        "mvt = Mirjam van Tol\n\nR.O. = Roel Oosting\n\nR.O. ruilt met Wil."
    )
    assert [name for name in people(detector, text) if len(name) < 5] == [
        "Wil", "mvt", "Wil", "mvt", "R.O.", "R.O.", "Wil",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Van: Terlouw, Nora\nAan: Bo Demir\n\nzie hieronder [NT]\n\n> akkoord?\n[NT] ja", ["NT", "NT"]),
        ("actie | wie | wanneer\nbrief aan raad | GK | 3/9\n\nAanwezig: mevr. G. Kisoensingh", ["GK"]),
        ("Was getekend door Lian Haverkort en Ed Poort.\nGeparafeerd per blz: LH EP", ["LH", "EP"]),
        ("Aanwezig: Judith Noor\n- JN: stuk volgt\n- besproken met wethouder (JN)", ["JN", "JN"]),
    ],
)
def test_initials_of_a_name_in_the_text_count_where_somebody_speaks_signs_or_fills_a_cell(
    detector: Detector, text: str, marks: list[str]
) -> None:
    assert [name for name in people(detector, text) if name.isupper() and len(name) == 2] == marks


def test_initials_of_nobody_in_the_text_are_left_alone_in_cells_and_brackets(detector: Detector) -> None:
    text = "Aanwezig: mevr. G. Kisoensingh\nbrief | PB | 3/9\nHet plan (RP) gaat naar de PB. dat mag = goed"
    assert people(detector, text) == ["G. Kisoensingh"]


def test_an_abbreviation_of_somebody_in_a_public_role_has_that_role(detector: Detector) -> None:
    text = "Aanwezig: minister Elsbeth van Rhenoy (EvR) en Jetske Ypma (JY).\nEvR sluit het overleg met JY."
    roles = {span.text: span.public_role for span in detector.detect(text) if len(span.text) < 4}
    assert roles == {"EvR": True, "JY": False}


def test_a_name_in_capitals_only_is_a_name(detector: Detector) -> None:
    assert people(detector, "tegen FREDERIKA JOHANNA TUIN, wonende te AMSTERDAM") == ["FREDERIKA JOHANNA TUIN"]
