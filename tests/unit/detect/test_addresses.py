"""Table tests of e-mail, street addresses and user names."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from redaction.detect.recognisers.address import AddressRecogniser
from redaction.detect.recognisers.email import EmailAddressRecogniser
from redaction.detect.recognisers.username import UsernameRecogniser


def texts(recogniser: object, text: str) -> list[str]:
    return sorted({text[finding.start : finding.end] for finding in recogniser.find(text)})  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail ravi.b@tk-dienst.nl.", ["ravi.b@tk-dienst.nl"]),
        ("<r.stam@minenergie.nl>", ["r.stam@minenergie.nl"]),
        ("'h.scheffer@prorailpartner.nl'", ["h.scheffer@prorailpartner.nl"]),
        ("burak_sahin84@gmail.com,", ["burak_sahin84@gmail.com"]),
        ("jan@müller.de", ["jan@müller.de"]),
        ("jan @ ziggo.nl", ["jan @ ziggo.nl"]),
        ("jan.jansen[at]ziggo.nl", ["jan.jansen[at]ziggo.nl"]),
        ("info@gmail.com", ["info@gmail.com"]),
        ("Natasja Verkerk <planning@kadewacht.nl>", ["planning@kadewacht.nl"]),
        ("crediteuren@minenergie.nl", []),
        ("woo-verzoeken@minjenv.nl", []),
        ("prijs @ 5 euro", []),
        ("foto@2x.png1", []),
    ],
)
def test_an_address_of_a_person_is_found_and_a_team_mailbox_is_not(text: str, expected: list[str]) -> None:
    assert texts(EmailAddressRecogniser(), text) == expected


def test_checking_an_address_never_opens_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("the detector tried the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert texts(EmailAddressRecogniser(), "ravi.b@tk-dienst.nl") == ["ravi.b@tk-dienst.nl"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kerkstraat 27", ["Kerkstraat 27"]),
        ("hij woont aan de Burg. van Lanschotlaan 14, zegt men", ["Burg. van Lanschotlaan 14"]),
        ("Meidoornstraat 5A-2", ["Meidoornstraat 5A-2"]),
        ("Zuiderdijk 13 bis", ["Zuiderdijk 13 bis"]),
        ("Laan van Nieuw Oost-Indië 200", ["Laan van Nieuw Oost-Indië 200"]),
        ("Plein 1944 nr. 62", ["Plein 1944 nr. 62"]),
        ("wonende te Achterom 12", ["Achterom 12"]),
        ("Ministerie van Verkeer Plesmanweg 1", ["Plesmanweg 1"]),
        ("Prinses Beatrixlaan 9", ["Prinses Beatrixlaan 9"]),
        ("Postbus 100", []),
        ("Artikel 12 van de wet", []),
        ("week 32", []),
        ("hoofdstuk 3 en bijlage 4", []),
        ("in de Johan de Wittlaan vindt het plaats", []),
        ("de weg is 12 km lang", []),
        ("Morgen 9:00 bij de Kamer", []),
    ],
)
def test_a_street_counts_with_its_house_number(text: str, expected: list[str]) -> None:
    longest = texts(AddressRecogniser(), text)
    assert [one for one in longest if not any(one != other and one in other for other in longest)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@a.ramcharan kan jij morgen met @joost_k", ["a.ramcharan", "joost_k"]),
        ("via wechat huangwei_88", ["huangwei_88"]),
        ("gebruikersnaam: jansenp01", ["jansenp01"]),
        (r"MINJENV\jansenp", [r"MINJENV\jansenp"]),
        ("linkedin.com/in/fatima-el-idrissi", ["fatima-el-idrissi"]),
        ("@allen graag lezen", []),
        ("jan@bedrijf.nl", []),
    ],
)
def test_user_names(text: str, expected: list[str]) -> None:
    assert texts(UsernameRecogniser(), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p/a azc, Lange Rijksweg 11 unit C14", ["Lange Rijksweg 11 unit C14"]),
        ("KONING DAVIDLAAN 7, 2 HOOG", ["KONING DAVIDLAAN 7, 2 HOOG"]),
        ("verhuisd naar Ootmarsumsestraat 2l4, tel.", ["Ootmarsumsestraat 2l4"]),
        ("de buurvrouw van weverbuorren 17 wil wel", ["weverbuorren 17"]),
        ("Hermes Advies  5      10", []),
        ("voor het Kerstreces 2 stukken", []),
    ],
)
def test_streets_in_frisian_with_units_and_misread_digits(text: str, expected: list[str]) -> None:
    assert texts(AddressRecogniser(), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("webredactie@minocw.nl", []),
        ("persvoorlichting@gemeente.nl", []),
        ("leden-unsubscribe@lijst.example.nl", []),
        ("bakker@gemeente.nl", ["bakker@gemeente.nl"]),
        ("webredactie@gmail.com", ["webredactie@gmail.com"]),
    ],
)
def test_a_mailbox_called_after_a_task_is_of_nobody(text: str, expected: list[str]) -> None:
    assert texts(EmailAddressRecogniser(), text) == expected


def test_an_item_of_a_list_is_no_house_number(found: Callable[[str, str], list[str]]) -> None:
    text = "De aanvrager is op dit moment zonder vaste woonplaats en woont te Athene\n3  Kinderen: geen\n"
    assert found(text, "address") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thomas à Kempisstraat 4 A", ["Thomas à Kempisstraat 4 A"]),
        ("Kloosterlaan 27 zw, 7411 TB", ["Kloosterlaan 27 zw"]),
        ("adres: Kievitdwarsstraat 22bs", ["Kievitdwarsstraat 22bs"]),
        ("bericht ACCRA 0117/2019", []),
    ],
)
def test_streets_with_additions_to_the_number(text: str, expected: list[str]) -> None:
    assert texts(AddressRecogniser(), text) == expected
