"""Table tests of the many ways in which government texts write the numbers of one person, and of their look-alikes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from redaction.detect.recogniser import Recogniser
from redaction.detect.recognisers.bank_card import BankCardRecogniser, passes_luhn
from redaction.detect.recognisers.big_number import BigNumberRecogniser
from redaction.detect.recognisers.case_number import CaseNumberRecogniser
from redaction.detect.recognisers.coordinates import CoordinatesRecogniser
from redaction.detect.recognisers.date_of_birth import DateOfBirthRecogniser
from redaction.detect.recognisers.id_document import IdDocumentRecogniser
from redaction.detect.recognisers.licence_plate import LicencePlateRecogniser
from redaction.detect.recognisers.phone import PhoneNumberRecogniser
from redaction.detect.recognisers.postcode import PostcodeRecogniser
from redaction.detect.recognisers.table_columns import TableColumnRecogniser
from redaction.detect.recognisers.username import UsernameRecogniser
from redaction.detect.recognisers.v_number import VNumberRecogniser


def texts(recogniser: type[Recogniser], text: str) -> list[str]:
    """The finds without those that lie inside another."""
    found = {text[finding.start : finding.end] for finding in recogniser().find(text)}
    return sorted(one for one in found if not any(one != other and one in other for other in found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zaaknummers: SHE 21/1234 WOO en SHE 21/1267 WOO", ["SHE 21/1234 WOO", "SHE 21/1267 WOO"]),
        ("zaak UTR 20/3456 van eiser", ["UTR 20/3456"]),
        ("ons zaaknr BRE-21_1234", ["BRE-21_1234"]),
        ("in de zaken NL22.10345 en NL22.10346", ["NL22.10345", "NL22.10346"]),
        ("C/13/123456 / KG ZA 22-12", ["C/13/123456 / KG ZA 22-12"]),
        ("rolnummer 9123456 CV EXPL 21-4411", ["9123456 CV EXPL 21-4411"]),
        ("de uitspraak 202100123/1/A3 van de Afdeling", ["202100123/1/A3"]),
        ("de CRvB deed uitspraak in 21/1234 WAJONG", ["21/1234 WAJONG"]),
        ("parketnr 05-123456-20", ["05-123456-20"]),
        ("Parket: 10-123456-22.", ["10-123456-22"]),
        ("PL1700-2022098123-4", ["PL1700-2022098123-4"]),
        ("BVH: 2021145093 SKN 1182736455", ["1182736455", "2021145093"]),
        ("CJIB-nummer: 1234 5678 9012 3456", ["1234 5678 9012 3456"]),
        ("IND-zaaknr: Z1-98127364512", ["Z1-98127364512"]),
        ("betaal onder vermelding van 1234567890123456", ["1234567890123456"]),
        ("uw klacht is bekend onder nummer KL/23/00718", ["KL/23/00718"]),
        ("uw bezwaar met kenmerk BZW.2022.0815", ["BZW.2022.0815"]),
        ("Aanslagnr 8812-0045-K", ["8812-0045-K"]),
        ("Klantnr sociale dienst: 0048213", ["0048213"]),
        ("(pers.nr. 00231984)", ["00231984"]),
        ("personeelsnummer P-118203", ["P-118203"]),
        ("Slachtoffernummer SHN 4471920", ["SHN 4471920"]),
        ("dienstnummer RT18823, verklaar", ["RT18823"]),
        ("Ons kenmerk: 2023-0000123456", []),
        ("factuurnummer 20220091", []),
        ("versienummer 10.4.12.1", []),
        ("artikelnr 88.12.334", []),
        ("Kamerstuk 31 066, nr. 1184", []),
        ("Richtlijn nr. 2011/61/EU", []),
        ("ECLI:NL:RVS:2018:314", []),
        ("ISBN 978-90-232-5712-3", []),
        ("raadsmemo nr. 2022-114", []),
        ("telefoonnummer 070 3707911", []),
        ("huisnummer 1234", []),
        ("ons klantenservicenummer is gewijzigd", []),
    ],
)
def test_case_numbers_of_courts_police_and_files(text: str, expected: list[str]) -> None:
    assert texts(CaseNumberRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("geb. 3-4-'71", ["3-4-'71"]),
        ("GB: 03041971", ["03041971"]),
        ("gbd 24-8-54 v", ["24-8-54"]),
        ("geboren te Keren op 3 april 1971", ["3 april 1971"]),
        ("Ik ben Gerda Blokland, 12.03.51 te Paramaribo", ["12.03.51"]),
        ("geb. 8 febr. 2013", ["8 febr. 2013"]),
        ("(geb. 2 mei '79) is met verlof", ["2 mei '79"]),
        ("geboren te Wognum op twaalf maart negentienhonderd zestig", ["twaalf maart negentienhonderd zestig"]),
        ("Geboortedatum: l2-O3-1985", ["l2-O3-1985"]),
        ("born 12 Mar 1985", ["12 Mar 1985"]),
        ("DOB: 1985/03/12", ["1985/03/12"]),
        ("Emine (12.03.05), Cem (1-11-2009)", ["1-11-2009", "12.03.05"]),
        ("dhr. Brouwer, 26-01-1980", ["26-01-1980"]),
        ("Geboren\nop 12-03-1985", ["12-03-1985"]),
        ("Geboortedatum 19850412, partner 19610903", ["19610903", "19850412"]),
        ("gehouden op 12-3-2021 te Den Haag", []),
        ("Aldus getekend d.d. 4 mei 2005 te Utrecht", []),
        ("het rapport (12-03-1985) is openbaar", []),
        ("ons besluit van 14 april 2022", []),
        ("Rapport Onderzoek (12-03-2021)", []),
    ],
)
def test_dates_of_birth_in_every_form(text: str, expected: list[str]) -> None:
    assert texts(DateOfBirthRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reisdocument   Nationaal paspoort   NP7R2BC41", ["NP7R2BC41"]),
        ("ID-kaart nr IRL4H71C8 geldig tot", ["IRL4H71C8"]),
        ("rijbewijs 4918273645", ["4918273645"]),
        ("Hongaars rijbewijs MR 418923", ["MR 418923"]),
        ("Syrisch paspoort N012345678, verlopen", ["N012345678"]),
        ("passport no. A01234567", ["A01234567"]),
        ("een laissez-passer met nummer LP0043178", ["LP0043178"]),
        ("De identiteitskaart van Eritrea (3467812) is echt", ["3467812"]),
        ("Paspoort Colombia AR902871", ["AR902871"]),
        ("W-document 12 3456 7890", ["12 3456 7890"]),
        ("Rijbewijs B. Referenties", []),
        ("een paspoort kost 75 euro in 2022", []),
    ],
)
def test_documents_of_identity_also_from_abroad(text: str, expected: list[str]) -> None:
    assert texts(IdDocumentRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("V-nr.: 281.734.0092", ["281.734.0092"]),
        ("(vnr 2701234567)", ["2701234567"]),
        ("V-nummers 2811112223, 2811112224 en 2811112231", ["2811112223", "2811112224", "2811112231"]),
        ("V nummer (IND): 281 734 0092", ["281 734 0092"]),
        ("V-nr 2718829035; kinderen: Yazan (2718829036)", ["2718829035", "2718829036"]),
        ("V-nummer onbekend, telefoon 2701234567", []),
        ("order 2701234567", []),
    ],
)
def test_v_numbers_in_groups_rows_and_lists(text: str, expected: list[str]) -> None:
    assert texts(VNumberRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in de Hyacintstraat 9, 2565 xk Den Haag", ["2565 xk"]),
        ("Kerkstraat 12, 1012ab", ["1012ab"]),
        ("Burg. Colijnstraat 12\n1O12 AB  AMSTERDAM", ["1O12 AB"]),
        ("Dorpsweg 4\n1234-AB Utrecht", ["1234-AB"]),
        ("PC: 1234 ab", ["1234 ab"]),
        ("Fam. Chandoe   Wagendijk 1             3381 lk  07-03-2022", ["3381 lk"]),
        ("in 2022 en 2023", []),
        ("over 1500 mw vermogen", []),
        ("schooljaar 2006 - 2007. De wet", []),
        ("ruim 1200 km Utrecht", []),
    ],
)
def test_postcodes_in_lower_case_and_scanned(text: str, expected: list[str]) -> None:
    assert texts(PostcodeRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-02-11 08:14:03 INFO  auth: user=jdevries03 src=10.41.7.88", ["jdevries03"]),
        ("2023-02-11 08:16:01 INFO  vpn: u123456 connected", ["u123456"]),
        ("sudo: vdj-adm-svisser : TTY=pts/0", ["vdj-adm-svisser"]),
        (r"C:\Users\kbakker\Documents\nota.docx", ["kbakker"]),
        ("/home/mhendriks/export.csv", ["mhendriks"]),
        ("Laatst gewijzigd door: fqureshi2", ["fqureshi2"]),
        ("Reactie van Zonnetje84 op 12-3-2023", ["Zonnetje84"]),
        ("TikTok @boze.boer77", ["boze.boer77"]),
        ("failed login for svisser2 from 192.168.12.4", ["svisser2"]),
        ("x.com/pieter_klok2", ["pieter_klok2"]),
        ("gebruiker: administrator", []),
        ("de gebruiker is verplicht", []),
        ("2023-02-11 08:20:00 INFO  update: versie 10.4 geinstalleerd", []),
    ],
)
def test_accounts_in_logs_paths_and_on_social_media(text: str, expected: list[str]) -> None:
    assert texts(UsernameRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tst. 4512", ["4512"]),
        ("Tel: 5517  kamer C4", ["5517"]),
        ("(070) 370 79 11", ["(070) 370 79 11"]),
        ("+31 (0)6-12 34 56 78", ["+31 (0)6-12 34 56 78"]),
        ("Her number: +44 7700 900123", ["+44 7700 900123"]),
        ("SKN-nr: 0012345678", []),
    ],
)
def test_short_and_foreign_telephone_numbers(text: str, expected: list[str]) -> None:
    assert texts(PhoneNumberRecogniser, text) == expected


def test_a_plate_stands_further_behind_its_cue() -> None:
    assert texts(LicencePlateRecogniser, "Kenteken van de auto van de buurman: 83gdrx.") == ["83gdrx"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BIG-nummer behandelaar: 19023456701", ["19023456701"]),
        ("BIG 59023456701", ["59023456701"]),
        ("AGB-code 01-023456", ["01-023456"]),
        ("een big woog 19023456701 gram", []),
        ("19023456701", []),
    ],
)
def test_registrations_of_care_professionals_need_their_cue(text: str, expected: list[str]) -> None:
    assert texts(BigNumberRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4111 1111 1111 1111", ["4111 1111 1111 1111"]),
        ("5500-0055-5555-5559", ["5500-0055-5555-5559"]),
        ("3714 496353 98431", ["3714 496353 98431"]),
        ("pasnummer 0423", ["0423"]),
        ("4111 1111 1111 1112", []),
        ("4444 4444 4444 4444", []),
        ("1234 5678 9012 3456", []),
    ],
)
def test_a_bank_card_needs_its_check_digit(text: str, expected: list[str]) -> None:
    assert texts(BankCardRecogniser, text) == expected


def test_one_wrong_digit_always_breaks_the_luhn_check() -> None:
    good = "4111111111111111"
    assert passes_luhn(good)
    wrong = [good[:i] + d + good[i + 1 :] for i in range(16) for d in "0123456789" if d != good[i]]
    assert not any(map(passes_luhn, wrong))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPS: 52.15611, 5.38782", ["52.15611, 5.38782"]),
        ("52°09'22\"N 5°23'16\"E", ["52°09'22\"N 5°23'16\"E"]),
        ("lat: 52.156 lon: 5.387", ["5.387", "52.156"]),
        ("RD-coördinaten 155000, 463000", ["155000", "463000"]),
        ("bedrag 52.156, 5.387 euro", []),
        ("versie 5.3878", []),
    ],
)
def test_co_ordinates_of_a_place(text: str, expected: list[str]) -> None:
    assert texts(CoordinatesRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Personeelsnr Naam Ma Di\n4068215 R. Martina V V\n4071863 H. de Boer L V\n\nEinde", ["4068215", "4071863"]),
        ("Naam Schaal Personeelsnummer\nR. Martina 20401 4068215\nvervolg\nH. Bos 10 4071863", ["4068215", "4071863"]),
        ("Leerling Geboortedatum Groep\nNoor Haan 11-5-2012 7\nCem Kaya 3-9-2011 8", ["11-5-2012", "3-9-2011"]),
        ("datum;gebruiker;zaak\n03-04;akoning2;Z23-004511", ["Z23-004511", "akoning2"]),
        ("Personeelsnummer: zie bijlage 40682\nArtikel 40682 geldt", []),
        ("Over het personeelsnummer is gesproken.\nBedrag 40682", []),
    ],
)
def test_columns_of_tables_with_and_without_a_delimiter(text: str, expected: list[str]) -> None:
    assert texts(TableColumnRecogniser, text) == expected


@pytest.mark.parametrize(
    ("recogniser", "text", "expected"),
    [
        (CaseNumberRecogniser, "zaaknummer twee drie zeven acht een negen.", ["twee drie zeven acht een negen"]),
        (CaseNumberRecogniser, "het zaaknummer is een raadsel voor iedereen", []),
        (CaseNumberRecogniser, 'OPEN client=20058812 reason="leeg"', ["20058812"]),
        (CaseNumberRecogniser, "patiëntnr PT 4471902, BSN 234441422", ["PT 4471902"]),
        (CaseNumberRecogniser, "de zorgdossier NSR-P 5540-18 en dossier COID 18-0442", ["COID 18-0442"]),
        (VNumberRecogniser, "a. V 2855310946 – Abena Bonsu", ["2855310946"]),
        (VNumberRecogniser, "versie V 12 van 2855310946 stuks", []),
        (DateOfBirthRecogniser, "Joke is jarig (29-1-1955), dus zingen", ["29-1-1955"]),
        (DateOfBirthRecogniser, "BDAY:19740817", ["19740817"]),
        (DateOfBirthRecogniser, "zij is geboren zes juni negentien vijftig", ["zes juni negentien vijftig"]),
        (PostcodeRecogniser, "Aalsmeerderweg 566, 1437 EN", ["1437 EN"]),
        (PostcodeRecogniser, "op nummer 12, 2019 EN daarna niet meer", []),
        (PhoneNumberRecogniser, "1) 070820 1144 van de heer Bos", []),
    ],
)  # fmt: skip
def test_numbers_in_logs_lists_and_transcripts(recogniser: type[Recogniser], text: str, expected: list[str]) -> None:
    assert texts(recogniser, text) == expected


def test_a_change_of_a_computer_system_is_no_case_of_a_person(found: Callable[[str, str], list[str]]) -> None:
    assert found("CHG0048120 akkoord van Jip Meurs, mevrouw Aalberts klaagt", "case_number") == []
