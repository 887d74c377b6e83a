"""Table tests of dates of birth without the word: beside a name, a sex or a number, in lists and in answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from redaction.detect.recogniser import Recogniser
from redaction.detect.recognisers.date_of_birth import DateOfBirthRecogniser
from redaction.detect.recognisers.table_columns import TableColumnRecogniser


def texts(recogniser: type[Recogniser], text: str) -> list[str]:
    return sorted({text[finding.start : finding.end] for finding in recogniser().find(text)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VERDACHTE: BAKKER , JOHAN  19790321  M  KERKSTRAAT 2", ["19790321"]),
        ("getuige DE WIT, Anja 1982-06-30 V", ["1982-06-30"]),
        ("Noor Faber, 12-04-2018, meisje", ["12-04-2018"]),
        ("T. (Tim) Bosma, jongen, 3 mei 2011, groep 7", ["3 mei 2011"]),
        ("BAKKER-SMIT, ANNA   14 11 1968  V-nr 2905517746", ["14 11 1968"]),
        ("zoon Daan (ID-kaart IR94F03J7, 2 nov 2010)", ["2 nov 2010"]),
        ("broer Amir (V 2839017470, 12-3-2009)", ["12-3-2009"]),
        ("op 12-03-2021 man aangehouden", []),
        ("Zitting d.d. 3 mei 2011, vrouw verschijnt", []),
        ("een mail (3-4-2021, bijlage 2)", []),
        ("Vergaderd met Jansen 12-03-2021 te Assen", []),
    ],
)
def test_a_sex_or_a_number_of_a_person_makes_it_a_date_of_birth(text: str, expected: list[str]) -> None:
    assert texts(DateOfBirthRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wat is uw geboortedatum?\n00:29 B: zes juni 1951, hier in Assen", ["zes juni 1951"]),
        ("V: Wanneer bent u geboren?\nA: Op 3-4-1988.", ["3-4-1988"]),
        ("zij is van 9 april 1952", ["9 april 1952"]),
        ("die is van 9 april 2019, zegt hij", []),
        ("Het besluit is van 9 april 1999.", []),
        ("Is het besluit genomen?\nOp 3-4-1988.", []),
        ("Vader: Jan Bakker, 01-01-1984 (volgens hemzelf 19-06-1983)", ["01-01-1984", "19-06-1983"]),
        ("geb . 3 Dec . l944", ["3 Dec . l944"]),
        ("geb . l2 l1 1938 te Emmen", ["l2 l1 1938"]),
        ("de kinderen Ali (1979) en Sara (1982)", ["1979", "1982"]),
        ("rapport over kinderen (2019)", []),
    ],
)
def test_a_date_of_birth_is_told_corrected_or_badly_scanned(text: str, expected: list[str]) -> None:
    assert texts(DateOfBirthRecogniser, text) == expected


def test_the_dates_of_a_list_of_people_are_births_when_the_years_lie_apart() -> None:
    people = "Jan Bakker 12-03-1959 Assen\nPiet Smit 14-03-2010 Emmen\nAnna Kaya 14-03-2003 Sneek"
    laws = "Wet milieubeheer 12 maart 1959\nBesluit bodem 14 maart 2001\nRegeling afval 3 maart 2010"
    speakers = "Jan Bakker 12-03-2010 Assen\nPiet Smit 14-03-2010 Emmen\nAnna Kaya 15-03-2010 Sneek"
    assert texts(DateOfBirthRecogniser, people) == ["12-03-1959", "14-03-2003", "14-03-2010"]
    assert texts(DateOfBirthRecogniser, laws) == []
    assert texts(DateOfBirthRecogniser, speakers) == []


def test_a_heading_that_ends_in_an_abbreviation_still_names_its_column() -> None:
    text = (
        "V-nummer     naam            document        geb.\n"
        "2613380947   BAKKER Jan      geen            01-03-1998\n"
        "2740015882   KAYA Anna       TUR U014882736  20-05-1989\n"
    )
    assert {"01-03-1998", "20-05-1989", "TUR U014882736"} <= set(texts(TableColumnRecogniser, text))


def test_a_long_row_of_a_table_is_not_joined_to_the_next(found: Callable[[str, str], list[str]]) -> None:
    text = (
        "datum  vlucht    naam vreemdeling            geb.datum    V-nummer     begeleider   opm.\n"
        "8/5    TK1952    BAKKER, Jan                 12-09-1983   2701185562   Smit         twee begeleiders\n"
        "9/5    TK1953    KAYA, Anna                  30-01-1986   2701185570   Smit         zwanger\n"
        "9/5    TK1953    BOS, Kees                   17-11-1979   2701185588   Smit         geen\n"
    )
    assert found(text, "date_of_birth") == ["12-09-1983", "30-01-1986", "17-11-1979"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kinderen: Eleni 03-10-2015, Niko 11-11-2018, en een op komst", ["03-10-2015", "11-11-2018"]),
        ("geb.data (Pranger 17-5-1969, Azzouzi 2-11-1984)", ["17-5-1969", "2-11-1984"]),
        ("Applicant: dr. Adekanye (b. 1988-06-30), host Leiden", ["1988-06-30"]),
        (
            "Kunt u uw geboortedatum noemen ter controle?\n[00:00:31] 2: zeven september zesentachtig.",
            ["zeven september zesentachtig"],
        ),
        ("Born 14MAR1984 in Kabul", ["14MAR1984"]),
        ("Kinderen kregen op 03-10-2015 les, Niko vertrok 11-11-2018", []),
    ],
)
def test_dates_of_birth_in_a_row_and_as_people_say_them(text: str, expected: list[str]) -> None:
    assert texts(DateOfBirthRecogniser, text) == expected


def test_a_date_that_a_long_name_pushes_off_its_column_is_still_in_it(found: Callable[[str, str], list[str]]) -> None:
    text = (
        "tuin   pachter                 geb.          tel\n"
        " 1     Breedijk, Joop          12-12-1946    0181-634407\n"
        " 6     Coelho Tavares, Adelino 28-06-1962    06-40112785\n"
        " 7     leeg                                  stand 1-3-2018\n"
    )
    assert found(text, "date_of_birth") == ["12-12-1946", "28-06-1962"]
