"""What is named after somebody and is nobody: buildings, firms, products, animals; and the people who stay people."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from redaction.detect.names.things import is_a_thing

Found = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    "text",
    [
        "We vergaderen in zaaltje Marga Klompé.",
        "Locatie: raadzaal “De Jonge Willem”, eerste etage.",
        "De monteur kwam voor traplift Bruno.",
        "Er stond een Fiat Sandro voor de deur.",
        "Door storm Ellen viel de stroom uit.",
        "Schade na de storm (vgl. Corrie) is gemeld.",
        "Zij gaat naar dierenkliniek De Graaf.",
        "Het onderzoek heet Nadine.",
        "In de bibliotheek van dorpshuis 't Anker speelt muziekschool Bart Visser.",
    ],
)
def test_a_noun_that_says_what_it_is_makes_it_a_thing(found: Found, text: str) -> None:
    assert found(text, "person_name") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We vergaderen met mevrouw Klompé in de zaal.", ["Klompé"]),
        ("In dierenkliniek De Graaf werkt mevrouw De Graaf.", ["De Graaf"]),
        ("Over de storm belde Ellen Vermeulen.", ["Ellen Vermeulen"]),
        ("De praktijk, volgens J. Bolhuis een doorgangshuis, sluit.", ["J. Bolhuis"]),
    ],
)
def test_a_title_or_initials_make_it_a_person_again(found: Found, text: str, expected: list[str]) -> None:
    assert found(text, "person_name") == expected


@pytest.mark.parametrize(
    "text",
    ["Hij stond bij de Lidia op de hoek.", "Het ligt in het Hendrik Conscience.", "Ik loop even naar de Marieke."],
)
def test_nobody_has_an_article_before_the_first_name(found: Found, text: str) -> None:
    assert found(text, "person_name") == []


def test_a_surname_with_de_is_no_article(found: Found) -> None:
    assert found("Dit is besproken met Anneke de Wit en met de Boer.", "person_name")[0] == "Anneke de Wit"


def test_two_surnames_with_an_ampersand_are_a_firm(found: Found) -> None:
    assert found("Het advies kwam van Veldhuis & De Groot.", "person_name") == []


def test_authors_with_a_year_and_couples_with_an_ampersand_are_people(found: Found) -> None:
    assert is_a_thing("Veldhuis & Hoekstra belden niet", 0, 8)
    assert not is_a_thing("Veldhuis & Hoekstra 2019", 0, 8)
    assert not is_a_thing("Marieke & Joost komen", 0, 7)


@pytest.mark.parametrize(
    "text", ["Hij woont aan de Pastoor Wijnhovenstraat.", "Zij lag in het Dr. Geurtsziekenhuis.", "Naar Sint Barbara."]
)
def test_streets_and_hospitals_that_bear_a_title_are_places(found: Found, text: str) -> None:
    assert found(text, "person_name") == []


def test_a_later_bare_mention_of_a_thing_is_that_thing(found: Found) -> None:
    text = "De offerte kwam van salon Bettina. De factuur van Bettina is betaald."
    assert found(text, "person_name") == []


def test_a_bare_mention_stays_a_person_where_a_whole_name_shares_it(found: Found) -> None:
    text = "Eigenaar van salon Bettina is mevrouw Bettina Kuipers. De factuur van Bettina is betaald."
    assert found(text, "person_name") == ["Bettina Kuipers", "Bettina"]


def test_a_trade_in_small_letters_is_no_surname(found: Found) -> None:
    text = "10:01 Ans: hoi\n10:02 Ans: hij was bakker\n10:03 Bo: ok\n10:04 Ans: en visser"
    assert "bakker" not in found(text, "person_name")
    assert "visser" not in found(text, "person_name")


def test_labels_of_fields_are_nobody(found: Found) -> None:
    text = "commit 88ab12\nAuthor: Nienke Postma\ncommit 77cd13\nAuthor: Nienke Postma\n"
    assert found(text, "person_name") == ["Nienke Postma", "Nienke Postma"]


def test_a_name_of_history_is_what_was_called_after_it(found: Found) -> None:
    assert found("Het overleg is in de kamer Suze Groeneweg, tweede etage.", "person_name") == []
    assert found("Volgens mevrouw Suze Groeneweg klopt dat.", "person_name") == ["Suze Groeneweg"]
    assert found("Suze Groeneweg zegt dat het klopt.", "person_name") == ["Suze Groeneweg"]


@pytest.mark.parametrize(
    "text", ["De fietsen zijn van de Halfords.", "Wij huren van Jan Linders.", "Er komt een tolk Koerdisch."]
)
def test_known_firms_and_languages_are_nobody(found: Found, text: str) -> None:
    assert found(text, "person_name") == []


def test_the_place_where_somebody_works_is_no_name(found: Found) -> None:
    assert found("Gebeld met de medewerker Den Haag over de zaak.", "person_name") == []
    assert found("Gebeld met medewerker Den Hertog over de zaak.", "person_name") == ["Den Hertog"]
