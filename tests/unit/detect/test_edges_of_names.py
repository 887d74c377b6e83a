"""Where a name ends, and what bears a name but is nobody; names that stand in lists, rosters and turns of talk."""

from __future__ import annotations

import pytest

from redaction.detect import Detector


def people(detector: Detector, text: str) -> list[str]:
    """The person names that are found, in order."""
    return [span.text for span in detector.detect(text) if span.kind == "person_name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De heer Geurts van Arvalis wees op de termijn.", ["Geurts"]),
        ("Opvang door Joke van Slachtofferhulp.", ["Joke"]),
        ("Kinderarts dr. Ten Berge van het Wilhelmina Kinderziekenhuis belde.", ["Ten Berge"]),
        ("Ook Harm van Dongen van Omroep Gelderland was er.", ["Harm van Dongen"]),
        ("Auteurs: E. van Hinsbergen, Y. Ouahbi", ["E. van Hinsbergen", "Y. Ouahbi"]),
        ("Wij spraken mevrouw Marieke van den Berg uit de Kerkstraat.", ["Marieke van den Berg"]),
        ("Zij vroeg het aan mr. J. Hendriks. Hendriks zegt dat het kan.", ["J. Hendriks", "Hendriks"]),
    ],
)
def test_a_name_ends_where_the_employer_begins(detector: Detector, text: str, expected: list[str]) -> None:
    assert people(detector, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Zij kreeg de Els Borst-penning.",
        "De lezing is in de Florence Nightingale-zaal.",
        "Op de Karel Doormanbrug stond een file.",
        "De hond Bruno lag in de mand.",
        "Van der Linden Touringcars reed niet.",
        "Aan boord van Zr.Ms. Tromp was het stil.",
        "1. Inleiding\nB. Inzet van jongerenwerk\nC. Toezicht met camera's",
    ],
)
def test_a_thing_that_bears_a_name_is_nobody(detector: Detector, text: str) -> None:
    assert people(detector, text) == []


def test_a_surname_that_ends_like_an_organisation_is_still_a_name(detector: Detector) -> None:
    assert people(detector, "Ingediend door R.S. Jagroep op 3 mei.") == ["R.S. Jagroep"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lindner, Uwe          afdeling B        kamer 3", ["Lindner, Uwe"]),
        ('"118217","El Hadioui, Naima","open"', ["El Hadioui, Naima"]),
        ("Casus: VAN DRONGELEN, Marc", ["VAN DRONGELEN, Marc"]),
        ("vroeg      Bos W.      Bos A.\nlaat       Smid        Kaya", ["Bos W.", "Bos A."]),
        ("Gesproken met Remco \"de Neus\" Buijs over de sleutel.", ['Remco "de Neus" Buijs']),
        ("CC: Rijkeboer, drs. A.C.; Dienstpostbus", ["Rijkeboer, drs. A.C."]),
    ],
)
def test_a_list_writes_the_surname_first(detector: Detector, text: str, expected: list[str]) -> None:
    assert [name for name in people(detector, text) if name in expected] == expected


def test_who_speaks_in_turns_is_somebody_and_a_label_of_a_form_is_not(detector: Detector) -> None:
    talk = "joost de k: ben jij er nog\nvera: ja zeg het eens\njoost de k: de bus staat klaar\nvera: goed"
    form = "naam: zie bijlage\nadres: onbekend\nnaam: zie boven\nadres: onbekend\nonderwerp: afval"

    assert people(detector, talk).count("joost de k") == 2
    assert people(detector, form) == []


def test_a_capital_van_before_a_town_within_a_sentence_is_a_surname(detector: Detector) -> None:
    assert people(detector, "De fout is gemeld door monteur Van Eerbeek en hersteld.") == ["Van Eerbeek"]
    assert people(detector, "De trein reed van Utrecht naar Arnhem.") == []


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("ORGANIZER: Femke K.\nATTENDEE: zaal 3\nAlles via Femke K. en niet via HDPO\nATTENDEE: zaal 4\n", "ATTENDEE"),
        ("Van: Cor Slingerland (ProRail)\nDe trein van ProRail had vertraging, zegt Slingerland.\n", "ProRail"),
        ("Aan het college van burgemeester en wethouders van Oeverstad", "Oeverstad"),
    ],
)
def test_what_stands_beside_a_name_or_function_is_not_taken_for_one(
    detector: Detector, text: str, nobody: str
) -> None:
    assert nobody not in people(detector, text)
