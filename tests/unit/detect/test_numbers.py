"""Table tests of everything that is a number or a code: what is found, and what only looks like it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from redaction.detect.recogniser import Recogniser
from redaction.detect.recognisers import RULE_RECOGNISERS
from redaction.detect.recognisers.a_number import ANumberRecogniser, passes_a_number_test
from redaction.detect.recognisers.bsn import BsnRecogniser, passes_eleven_test
from redaction.detect.recognisers.case_number import CaseNumberRecogniser
from redaction.detect.recognisers.date_of_birth import DateOfBirthRecogniser
from redaction.detect.recognisers.iban import IbanRecogniser, passes_modulo_97
from redaction.detect.recognisers.id_document import IdDocumentRecogniser
from redaction.detect.recognisers.ip_address import IpAddressRecogniser
from redaction.detect.recognisers.kvk_number import KvkNumberRecogniser
from redaction.detect.recognisers.licence_plate import LicencePlateRecogniser
from redaction.detect.recognisers.phone import PhoneNumberRecogniser
from redaction.detect.recognisers.postcode import PostcodeRecogniser
from redaction.detect.recognisers.v_number import VNumberRecogniser


def texts(recogniser: type[Recogniser], text: str) -> list[str]:
    return sorted({text[finding.start : finding.end] for finding in recogniser().find(text)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BSN 236669242", ["236669242"]),
        ("Burgerservicenummer: 2366.69.242", ["2366.69.242"]),
        ("bsn 236 669 242.", ["236 669 242"]),
        ("Zijn bsn is 236.669.242, zegt hij.", ["236.669.242"]),
        ("sofinummer 12345672 (acht cijfers)", ["12345672"]),
        ("het getal 236669242 staat er los", ["236669242"]),
        ("BSN 236669243", []),
        ("BSN 123456789", []),
        ("BSN 000000000", []),
        ("factuurnummer 236669242", []),
        ("RSIN 236669242", []),
        ("€ 236.669.242", []),
        ("236.669.242 euro", []),
        ("0236669242", []),
        ("kenmerk 2366692421", []),
        ("A236669242", []),
    ],
)
def test_a_bsn_needs_its_check_digit(text: str, expected: list[str]) -> None:
    assert texts(BsnRecogniser, text) == expected


def test_one_wrong_digit_always_breaks_the_eleven_test() -> None:
    good = "236669242"
    assert passes_eleven_test(good)
    for place in range(9):
        for digit in "0123456789":
            if digit != good[place]:
                assert not passes_eleven_test(good[:place] + digit + good[place + 1 :])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A-nummer: 8172049313", ["8172049313"]),
        ("anummer 1010101010", ["1010101010"]),
        ("8172049313", []),
        ("A-nummer: 817204931", []),
    ],
)
def test_an_a_number_needs_its_cue(text: str, expected: list[str]) -> None:
    assert texts(ANumberRecogniser, text) == expected


def test_an_a_number_that_passes_its_own_test_scores_higher() -> None:
    good = next(number for number in map(str, range(1234567890, 1234569999)) if passes_a_number_test(number))
    (sure,) = ANumberRecogniser().find(f"A-nummer {good}")
    (doubt,) = ANumberRecogniser().find(f"A-nummer {int(good) + 1}")
    assert sure.score > doubt.score


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NL91 ABNA 0417 1643 00", ["NL91 ABNA 0417 1643 00"]),
        ("NL91ABNA0417164300 t.n.v. A. de Wit", ["NL91ABNA0417164300"]),
        ("IBAN: nl91abna0417164300.", ["nl91abna0417164300"]),
        ("NL91.ABNA.0417.1643.00", ["NL91.ABNA.0417.1643.00"]),
        ("BE68 5390 0754 7034 en DE89 3704 0044 0532 0130 00", ["BE68 5390 0754 7034", "DE89 3704 0044 0532 0130 00"]),
        ("NL91 ABNA 0417 1643 01", []),
        ("NL92ABNA0417164300", []),
        ("NL91ABNA041716430", []),
        ("XX91ABNA0417164300", []),
    ],
)
def test_an_iban_needs_its_check_digits_and_length(text: str, expected: list[str]) -> None:
    assert texts(IbanRecogniser, text) == expected


def test_a_swapped_pair_of_digits_breaks_modulo_97() -> None:
    assert passes_modulo_97("NL91ABNA0417164300")
    assert not passes_modulo_97("NL91ABNA4017164300")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bel 06-12345678", ["06-12345678"]),
        ("06 14 22 37 81", ["06 14 22 37 81"]),
        ("0612345678", ["0612345678"]),
        ("06/38104422.", ["06/38104422"]),
        ("(0183) 51 62 73", ["(0183) 51 62 73"]),
        ("070 - 348 61 22", ["070 - 348 61 22"]),
        ("024-3298 119", ["024-3298 119"]),
        ("+31 6 3390 2816", ["+31 6 3390 2816"]),
        ("0031 (0)6 2290 1187", ["0031 (0)6 2290 1187"]),
        ("+32 470 12 34 56", ["+32 470 12 34 56"]),
        ("+49 30 901820", ["+49 30 901820"]),
        ("toestel 5533", ["5533"]),
        ("doorkiesnummer: 612 34", ["612 34"]),
        ("Femke (x5533)", ["5533"]),
        ("kenmerk 0612345678", []),
        ("12-05-2026 09:14", []),
        ("artikel 5.1, tweede lid", []),
        ("2022-0000187334", []),
        ("€ 0.123.456.789", []),
        ("07-05-2026 09:02 Fatima: goed idee", []),
    ],
)
def test_phone_numbers_are_told_from_other_digits(text: str, expected: list[str]) -> None:
    assert texts(PhoneNumberRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4205 KL Oeverstad", ["4205 KL"]),
        ("(Burg. van Lanschotlaan 14, 5262 AE)", ["5262 AE"]),
        ("1234AB", ["1234AB"]),
        ("Postcode: 1234 ab", ["1234 ab"]),
        ("Postbus 100\n4200 AB Oeverstad", []),
        ("Postbus 16326, 2500 BH Den Haag", []),
        ("Antwoordnummer 12, 2500 WC Den Haag", []),
        ("1234 SS", []),
        ("in 2022 EN 2023", []),
        ("0123 AB", []),
    ],
)
def test_a_postcode_counts_unless_it_is_of_a_po_box(text: str, expected: list[str]) -> None:
    assert texts(PostcodeRecogniser, text) == expected


PLATES = [
    "ND-00-01",
    "00-01-ND",
    "00-ND-01",
    "ND-01-ND",
    "ND-ND-01",
    "01-ND-ND",
    "01-NDD-1",
    "1-NDD-01",
    "ND-001-D",
    "N-001-DD",
    "NDD-01-N",
    "N-01-NDD",
    "1-ND-001",
    "001-ND-1",
]


@pytest.mark.parametrize("plate", PLATES)
def test_every_dutch_side_code_is_a_plate(plate: str) -> None:
    assert texts(LicencePlateRecogniser, f"een witte Caddy, {plate}, stond er") == [plate]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kenteken KXB41Z", ["KXB41Z"]),
        ("kenteken ABCDEF", []),
        ("kenteken 8KXB41", ["8KXB41"]),
        ("de auto met kenteken hb-123-x", ["hb-123-x"]),
        ("12-05-2026", []),
        ("EU-27-28", []),
        ("NEN-EN-1234", []),
        ("8KXB41", []),
    ],
)
def test_a_bare_plate_needs_its_cue(text: str, expected: list[str]) -> None:
    assert texts(LicencePlateRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Geboortedatum: 19-06-1968", ["19-06-1968"]),
        ("geboren op 12 december 1979 te Dakar", ["12 december 1979"]),
        ("geb . te Soerabaja 7-9-1921", ["7-9-1921"]),
        ("geboren op Curaçao op 9/11/1984", ["9/11/1984"]),
        ("geb. 3-4-'85", ["3-4-'85"]),
        ("Date of birth 1980-02-29", ["1980-02-29"]),
        ("Kinderen: Moussa (2013-02-28), Jet (2016-10-05)", ["2013-02-28", "2016-10-05"]),
        ("Datum: 19-06-1968", []),
        ("vergadering van 12 december 1979", []),
    ],
)
def test_a_date_is_a_date_of_birth_only_where_a_word_says_so(text: str, expected: list[str]) -> None:
    assert texts(DateOfBirthRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Identiteitskaart: IX7L3P5D4", ["IX7L3P5D4"]),
        ("paspoortnummer NW1234567", ["NW1234567"]),
        ("rijbewijs nr. 5123456789", ["5123456789"]),
        ("zijn paspoort had nummer SPECI2014", ["SPECI2014"]),
        ("factuur 5123456789", []),
    ],
)
def test_document_numbers(text: str, expected: list[str]) -> None:
    assert texts(IdDocumentRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("V-nr. 2690174835", ["2690174835"]),
        ("v-nummer: 269 017 4835", ["269 017 4835"]),
        ("vreemdelingennummer 2690174835", ["2690174835"]),
        ("2690174835", []),
    ],
)
def test_a_v_number_needs_its_cue(text: str, expected: list[str]) -> None:
    assert texts(VNumberRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Parketnummer vader: 10/238841-21.", ["10/238841-21"]),
        ("proces-verbaal PL0900-2021234567-1", ["PL0900-2021234567-1"]),
        ("personeelsnummer P004412", ["P004412"]),
        ("ok, boeterapport BR-2022-5541 meenemen", ["BR-2022-5541"]),
        ("cliëntnummer: 88412-A", ["88412-A"]),
        ("dossier van 12-05-2026", []),
        ("Kamerstukken II 2021/22, 35 788, nr. 77", []),
        ("zaak van algemeen belang", []),
    ],
)
def test_numbers_that_lead_to_one_person(text: str, expected: list[str]) -> None:
    assert texts(CaseNumberRecogniser, text) == expected


def test_the_reference_of_a_letter_is_left_alone(found: Callable[[str, str], list[str]]) -> None:
    letter = (
        "Retouradres: Postbus 1\n2500 BH Den Haag\n\nOns kenmerk: OVS/2021/3381\n"
        "\n\nGeachte heer Veldkamp,"
    )
    assert found(letter, "case_number") == []


def test_the_case_number_of_a_letterhead_is_only_a_doubtful_find() -> None:
    letter = "Ons kenmerk: OVS/2021/3381\nZaaknummer: ACP/20/036112\n\nGeachte heer Veldkamp,"
    finds = list(CaseNumberRecogniser().find(letter))
    assert {letter[find.start : find.end] for find in finds} == {"ACP/20/036112"}
    assert max(find.score for find in finds) < 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vanaf 10.12.0.7 ingelogd", ["10.12.0.7"]),
        ("2001:db8::8a2e:370:7334", ["2001:db8::8a2e:370:7334"]),
        ("MAC 00:1A:2B:3C:4D:5E", ["00:1A:2B:3C:4D:5E"]),
        ("127.0.0.1", []),
        ("versie 1.2.3.4", []),
        ("999.1.1.1", []),
        ("om 12:30:15 uur", []),
    ],
)
def test_addresses_of_devices(text: str, expected: list[str]) -> None:
    assert texts(IpAddressRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("eenmanszaak De Klusser, KvK 41038219", ["41038219"]),
        ("Stichting Buurthuis, KvK 41038219", []),
        ("KvK-nummer: 4103821", []),
    ],
)
def test_a_kvk_number_is_personal_only_for_a_sole_trader(text: str, expected: list[str]) -> None:
    assert texts(KvkNumberRecogniser, text) == expected


def test_every_recogniser_names_a_kind_and_gives_a_reason_in_dutch() -> None:
    from redaction.detect import KIND_LABELS

    for recogniser in (kind() for kind in RULE_RECOGNISERS):
        assert recogniser.supported_entities and set(recogniser.supported_entities) <= set(KIND_LABELS)
        for rule in getattr(recogniser, "RULES", ()):
            assert rule.why[0].isupper() and rule.why.endswith(".")


def test_the_digits_of_a_bank_account_are_no_telephone_number() -> None:
    assert texts(PhoneNumberRecogniser, "op NL56 TRIO 0398 7049 96 of NL12SNSB0675770529") == []


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("tijd       user       bestand\n08:44:10   jpostma1   x.doc\n08:46:55   beheer_x   y.doc\n",
         "username", ["jpostma1", "beheer_x"]),
        ("zaaknr       naam           geb\n2021-55121   DE GROOT       11121944\n", "date_of_birth", ["11121944"]),
        ("zaaknr       naam           geb\n2021-55121   DE GROOT       11121944\n", "case_number", ["2021-55121"]),
        ("Pers.nr\tNaam\tAfd.\n220481\tPrins, J.\tICT\n", "case_number", ["220481"]),
        ("CJIB-nummer: 3 2048 7730 0417 264", "case_number", ["3 2048 7730 0417 264"]),
        ("Jan Bos\n* Leeuwarden, 3 mei 1948", "date_of_birth", ["3 mei 1948"]),
    ],
)  # fmt: skip
def test_what_a_heading_or_sign_says_a_number_is(
    found: Callable[[str, str], list[str]], text: str, kind: str, expected: list[str]
) -> None:
    assert found(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bel nul zes twaalf twintig nul acht elf", ["nul zes twaalf twintig nul acht elf"]),
        ("mijn nummer is 06 drie acht 22 71 09", ["06 drie acht 22 71 09"]),
        ("het werd nul een nul twee nul drie", []),
        ("tel. O5490-l7733 en tel. 05297-3l88", ["05297-3l88", "O5490-l7733"]),
        ("2019-10-08T07:59:01 10.9.14.201 GET", []),
        ("author mvisser-ext 2021-06-26", []),
    ],
)
def test_telephone_numbers_as_people_say_them_and_scanners_read_them(text: str, expected: list[str]) -> None:
    assert texts(PhoneNumberRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("een Opel gekentekend PX-4l-TB stond er", ["PX-4l-TB"]),
        ("kenteken: l2-ABC-3", ["l2-ABC-3"]),
        ("kenteken van de wal-kant-zijde", []),
    ],
)
def test_a_plate_that_a_scanner_misread_is_found_behind_its_word(text: str, expected: list[str]) -> None:
    assert texts(LicencePlateRecogniser, text) == expected
