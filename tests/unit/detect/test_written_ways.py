"""Table tests of telephone numbers, streets, plates and mailboxes as sloppy writers, scanners and logs put them."""

from __future__ import annotations

import pytest

from redaction.detect.recogniser import Recogniser
from redaction.detect.recognisers.address import AddressRecogniser
from redaction.detect.recognisers.email import EmailAddressRecogniser
from redaction.detect.recognisers.licence_plate import LicencePlateRecogniser
from redaction.detect.recognisers.phone import PhoneNumberRecogniser


def texts(recogniser: type[Recogniser] | type[EmailAddressRecogniser], text: str) -> list[str]:
    """The finds without those that lie inside another."""
    found = {text[finding.start : finding.end] for finding in recogniser().find(text)}
    return sorted(one for one in found if not any(one != other and one in other for other in found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bereikbaar op 030 -\n271 55 18", ["030 -\n271 55 18"]),
        ("doorkies 030 - 271 55 l8 )", ["030 - 271 55 l8"]),
        ("chauffeur Kees Kuipers 06-41 29 80 75", ["06-41 29 80 75"]),
        ("de boekhouder, 0412-66 30 52, weet het", ["0412-66 30 52"]),
        ("088-0424242", ["088-0424242"]),
        ("bel 0800-2351300 of 0900-1234567", []),
        ("tel. 0900 8844", []),
        ("ik heb geen mobiel\n11-01-21 20:12 - Anna: ok", []),
        ("pers.nr 0612345678", []),
        ("boeknummer 0612345678", []),
    ],
)
def test_telephone_numbers_are_broken_scanned_or_of_a_desk(text: str, expected: list[str]) -> None:
    assert texts(PhoneNumberRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jan Bakker\nWiersumwâl 22\n9217 VR Nij Beets", ["Wiersumwâl 22"]),
        ("Burmania 4, 9217 VR Nij Beets", ["Burmania 4"]),
        ("Kerkplein 14 2-hoog, 3331 SC Zwijndrecht", ["Kerkplein 14 2-hoog"]),
        ("Molenlaan 190 k.14", ["Molenlaan 190 k.14"]),
        ("aan de Molenlaan 4 en 4a.", ["Molenlaan 4 en 4a"]),
        ("de woning Kerkstr . 11 , in huur", ["Kerkstr . 11"]),
        ("ik woon aan de waterkerskade 44 bis en", ["waterkerskade 44 bis"]),
        ("Postbus 20401\n2500 EK Den Haag", []),
        ("Antwoordnummer 12\n2500 WC Den Haag", []),
        ("zie Artikel 5, 2022 EN verder", []),
        ("wij rijden op de snelweg 44 kilometer", []),
    ],
)
def test_streets_are_unusual_typed_small_or_scanned(text: str, expected: list[str]) -> None:
    assert texts(AddressRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("met Pools kenteken WPI 5K31", ["WPI 5K31"]),
        ("een auto, B-MX 2041, stond", ["B-MX 2041"]),
        ("voertuig met kenteken 1-ABC-234", ["1-ABC-234"]),
        ("auto VW GOLF", []),
        ("auto met 4 deuren", []),
        ("de B-MX 2041 norm", []),
    ],
)
def test_foreign_plates_need_their_cue(text: str, expected: list[str]) -> None:
    assert texts(LicencePlateRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from=a.bakker@gem.nl", ["a.bakker@gem.nl"]),
        ("from=noreply-alert@gem.nl", []),
        ("planning.fatima@gem.nl", ["planning.fatima@gem.nl"]),
        ("planning.west@gem.nl", []),
    ],
)
def test_mailboxes_in_logs_and_of_one_colleague(text: str, expected: list[str]) -> None:
    assert texts(EmailAddressRecogniser, text) == expected
