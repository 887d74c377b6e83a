"""Table tests of names in the places where they stand, and of what only looks like a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from redaction.detect import Detector
from tests.unit.detect import fairness

Found = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Van: M. Hoekstra\nAan: MT-overleg", ["M. Hoekstra"]),
        ("Aan: Ouwehand, S., Tahapary, M., Kovalenko, O.", ["Ouwehand, S.", "Tahapary, M.", "Kovalenko, O."]),
        ("Aan: Dijk, S. van (Sam); Mohan, A. (Aniel); _Dienstpostbus FEZ", ["Dijk, S. van (Sam)", "Mohan, A. (Aniel)"]),
        ("From: Charlotte Beaumont <c.beaumont@energyconsult.eu>", ["Charlotte Beaumont"]),
        ('To: "Berg, Marieke van den - DGM" <m.vandenberg@minjenv.nl>', ["Berg, Marieke van den"]),
        ('Cc: "Dijkgraaf-Vos, mr. Hanneke - DGM" <h@minjenv.nl>', ["Dijkgraaf-Vos, mr. Hanneke"]),
        ("Van: Groen, Bas\nAan: Zomer, Anneke", ["Groen, Bas", "Zomer, Anneke"]),
        ("Op 4 mrt. 2022 om 12:10 schreef Ruben Stam <r.stam@minenergie.nl>:", ["Ruben Stam"]),
        ("Van: secretariaat DG Milieu\nAan: Directie Financiën", []),
        ("> Van: Fatima el Idrissi\n> Verzonden: maandag", ["Fatima el Idrissi"]),
    ],
)
def test_names_in_the_head_of_a_message(found: Found, text: str, expected: list[str]) -> None:
    assert found(text, "person_name") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mevrouw Kowalczyk verklaarde", ["Kowalczyk"]),
        ("mw. drs. A. van der Berg-Jansen is erbij", ["A. van der Berg-Jansen"]),
        ("de herder van meneer De Wilde loopt los", ["De Wilde"]),
        ("de heer G.J. Veldkamp sr. komt", ["G.J. Veldkamp sr."]),
        ("taxateur is ing. Th. Hermsen (Hermsen Taxaties BV)", ["Th. Hermsen"]),
        ("Fam. De Jong tekent ook", ["De Jong"]),
        ("H. & M. van Loon-Pieterse, bewoners", ["H. & M. van Loon-Pieterse"]),
        ("de heer C . J . van Rossum du Chattel , geb .", ["C . J . van Rossum du Chattel"]),
        ("Prof. dr. ir. M.Th. van Genuchten-Smit spreekt", ["M.Th. van Genuchten-Smit"]),
    ],
)
def test_names_with_titles_and_initials(found: Found, text: str, expected: list[str]) -> None:
    assert found(text, "person_name") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hoi Yohannes,\n\nklopt dit?\n\nthx!\nL.", ["Yohannes", "L."]),
        ("Hilde,\n\nDe casus is overgedragen.\n\nAd\n", ["Hilde", "Ad"]),
        ("Het is klaar.\n\nWarme groet,\nLi", ["Li"]),
        ("Het is klaar.\n\nVriendelijke groet,\nnamens het secretariaat,\nWilleke de Wit", ["Willeke de Wit"]),
        ("Beste allen,\n\nDank.\n\nGroet", []),
        ("Geachte heer/mevrouw,\n\nDank.", []),
        ("Collega's,\n\nGisteren was er overleg.", []),
    ],
)
def test_names_that_open_and_close_a_message(found: Found, text: str, expected: list[str]) -> None:
    assert found(text, "person_name") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "04/06/2021, 22:31 - Sanne de Graaf: Top\n04/06/2021, 22:33 - Thijs (woordv.): ok",
            ["Sanne de Graaf", "Thijs"],
        ),
        ("[12-05-2026 09:14] Fatima: ja\n[12-05-2026 09:15] T. Mol: nee", ["Fatima", "T. Mol"]),
        (
            "[15:22] Ineke: kom\n[15:23] Ravi: vraag het mehmet yilmaz\n[15:24] Ineke: ok",
            ["Ineke", "Ravi", "mehmet yilmaz", "Ineke"],
        ),
        ("14:02 in: Kan dat?\n14:10 uit: ja hoor\n14:11 in: ok", []),
    ],
)
def test_senders_of_chats(found: Found, text: str, expected: list[str]) -> None:
    assert found(text, "person_name") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Achternaam:        Oosterhuis\nVoornamen (voluit): Marja Geertruida", ["Oosterhuis", "Marja Geertruida"]),
        (
            "Deelnemers: IenW (Hiddema, Van Oord, Sarphatie), KLM (M. Eijkelboom)",
            ["Hiddema", "Van Oord", "Sarphatie", "M. Eijkelboom"],
        ),
        ("Gehuwd met: Pieter-Bas Kruithof sinds 2011-06-24", ["Pieter-Bas Kruithof"]),
        ("naam;functie;schaal\nVan der Kooij, A.L.;secretaresse;7\nvacature;adviseur;11", ["Van der Kooij, A.L."]),
        ("Aanwezigen:\n- Roos ter Beek\n- Ömer Çelik\n", ["Roos ter Beek", "Ömer Çelik"]),
        ("Partner:           n.v.t.", []),
        ("Nr;Voorletters;Achternaam\n1;J.M.;Heijden\n2;S.;Aksoy", ["J.M.", "Heijden", "S.", "Aksoy"]),
    ],
)
def test_names_in_forms_and_tables(found: Found, text: str, expected: list[str]) -> None:
    assert found(text, "person_name") == expected


@pytest.mark.parametrize(
    "text",
    [
        "De Commissie De Jong heeft advies uitgebracht.",
        "Het kabinet-Rutte IV neemt de aanbeveling over.",
        "De Wet Van Dam blijft buiten beschouwing.",
        "Hermsen Taxaties BV heeft de waarde bepaald.",
        "Wij werken met Microsoft Teams en SAP Ariba.",
        "Het overleg is in de Johan de Wittlaan.",
        "Er was brand in het archief en de koning kwam langs.",
        "Op grond van artikel 7.12 Comptabiliteitswet 2016.",
        "De Algemene Rekenkamer rapporteert in mei.",
        "Verzonden: Mon, 04 May 2026 09:12",
        "We reden van Lelystad naar Den Haag.",
        "A. Inleiding\nB. Toelichting",
        "Ernst & Young controleert de jaarrekening.",
    ],
)
def test_what_only_looks_like_a_name_is_left_alone(found: Found, text: str) -> None:
    assert found(text, "person_name") == []


@pytest.mark.parametrize("origin", fairness.NAMES)
def test_names_of_every_origin_are_found_in_ordinary_lines(detector: Detector, origin: str) -> None:
    """At least 97 of 100 name parts are covered whole, whatever the origin."""
    wanted = covered = 0
    for case_origin, _number, text, ranges in fairness.cases():
        if case_origin != origin:
            continue
        letters = {index for span in detector.detect(text) for index in range(span.start, span.end)}
        wanted += len(ranges)
        covered += sum(all(i in letters for i in range(*part) if text[i].isalnum()) for part in ranges)
    assert covered >= 0.97 * wanted


def test_a_name_that_a_page_breaks_over_two_lines_is_one_name(found: Found) -> None:
    text = "Uit het gesprek bleek dat de vergunning was aangevraagd door Marieke\nvan den Berg, die daar toen werkte."
    assert found(text, "person_name") == ["Marieke\nvan den Berg"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ruud Timmers van Timmers Logistiek was erbij.", ["Ruud Timmers"]),
        ("Afgestemd met Petra van der Laan en Jan de Vries.", ["Petra van der Laan", "Jan de Vries"]),
        ("Ook journalist Kees Verhoeven van NRC belde.", ["Kees Verhoeven"]),
        ("Ik sprak mevrouw Duijvestein uit de Anjerstraat.", ["Duijvestein"]),
        ("Ik sprak met Marieke van den Berg en Jan van Zwolle.", ["Marieke van den Berg", "Jan van Zwolle"]),
    ],
)
def test_where_somebody_is_from_is_no_part_of_the_name(found: Found, text: str, expected: list[str]) -> None:
    assert found(text, "person_name") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Met vriendelijke groet,\nGlenn Wijngaarde\nTeamleider Noord", ["Glenn Wijngaarde"]),
        ("Een collega van team Oost is ziek.", []),
        ("Eigenaar: Glenn Wijngaarde (Noord), Saskia Visser (Zuid)", ["Glenn Wijngaarde", "Saskia Visser"]),
        ("De melding van mevrouw Oost is binnen.", ["Oost"]),
        ("Stap 3 begint na de vakantie.", []),
        ("Mail over de mevrouw uit wachtkamer De Vlietkamp", []),
        ("Bij ziekenhuis De Vlietkamp is gebeld. Er is gesproken met De Vlietkamp.", []),
        ("In de notitie van Ömer staat een andere datum.", ["Ömer"]),
        ("Steller J. Ypma, datum 22 september", ["J. Ypma"]),
        ("Hij rijdt geen ritten in categorie C. Mehmet Aydoğan is afwezig.", ["Mehmet Aydoğan"]),
        ("14-04 R. Martina, H. de Boer Vervoerde persoon valt.", ["R. Martina", "H. de Boer"]),
        ("Ramdin Training & Advies stuurt een factuur.", []),
    ],
)
def test_a_place_a_team_or_a_label_is_no_part_of_a_name(found: Found, text: str, expected: list[str]) -> None:
    names = [name for one in found(text, "person_name") for name in one.split(", ")]
    assert names == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik sprak met Yvonne T en ging weg.", ["Yvonne T"]),
        ("de lening is van de heer Pieterse sr., oud-eigenaar", ["Pieterse sr."]),
        ("met mevrouw A. Dijk-\nhuizen van de gemeente", ["A. Dijk-\nhuizen"]),
        ("MEVR A B VISSCHER\nPOSTBUS 12", ["A B VISSCHER"]),
        ("Aanwezig is ook RJ de Ruiter van de gemeente.", ["RJ de Ruiter"]),
    ],
)
def test_a_name_is_found_with_all_that_it_is_written_with(found: Found, text: str, expected: list[str]) -> None:
    assert found(text, "person_name") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vr 21:04 Wilma: ja hoor\nvr 21:06 JP: nee\nza 21:09 Nynke K: ok\n", ["Wilma", "JP", "Nynke K"]),
        ("IN  2019-03-04 07:31 Pieter: waar is fatima\nUIT 2019-03-04 07:33: thuis\nIN  2019-03-04 07:34 Pieter: ok\n",
         ["Pieter", "fatima", "Pieter"]),
        ("Smit, Piet 09:14\nhoi, is fatima er?\nBos, An (IT) 09:15\nnee.\nSmit, Piet 09:16\nok",
         ["Smit, Piet", "fatima", "Bos, An", "Smit, Piet"]),
    ],
)  # fmt: skip
def test_chats_of_every_export_are_read_as_chats(found: Found, text: str, expected: list[str]) -> None:
    assert found(text, "person_name") == expected


def test_a_known_first_name_is_found_without_its_capital(found: Found) -> None:
    text = "Het rooster is van Tjitske Postma en Naomi Bakboord.\n\ntjitske 0612009981, naomi heeft een nieuw nummer"
    assert found(text, "person_name") == ["Tjitske Postma", "Naomi Bakboord", "tjitske", "naomi"]


def test_a_letter_in_capitals_only_is_searched_for_names(found: Found) -> None:
    text = "IK BEN BOOS. MIJN ZOON PETER VAN DIJK HEEFT HET GEZIEN EN FATIMA OOK. DOE ER WAT AAN!"
    assert found(text, "person_name") == ["PETER VAN DIJK", "FATIMA"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dossiernr    naam           geb\n2021-55120   KARIMI AHMAD   03041980\n2021-55121   DE GROOT       -\n",
         ["KARIMI AHMAD", "DE GROOT"]),
        ("achternaam      : DE WIT\nvoornamen       : Karel\n", ["DE WIT", "Karel"]),
        ("nr    omschrijving     bedrag\n1     De Wit en Zn     12,00\n", []),
    ],
)  # fmt: skip
def test_names_that_stand_in_columns_of_plain_text(found: Found, text: str, expected: list[str]) -> None:
    assert found(text, "person_name") == expected


def test_initials_that_speak_in_an_interview_belong_to_a_name_of_the_text(found: Found) -> None:
    text = "Gesprek met Marja Postma door Piet Verdonk.\n\nMP: Ja, dat klopt.\nPV: En de JZ?\nMP: Nee.\n"
    assert found(text, "person_name") == ["Marja Postma", "Piet Verdonk", "MP", "PV", "MP"]


@pytest.mark.parametrize("name", ["kapsalon Yvonne", "Camping De Boer", "Apotheek Willems", "Van Dijk Taxi"])
def test_a_business_is_no_person(found: Found, name: str) -> None:
    assert found(f"De bijeenkomst is bij {name} in het dorp.", "person_name") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De heer B0om is gehoord.", ["B0om"]),
        ("Volgens getuige P. de K1erk was het laat.", ["P. de K1erk"]),
        ("Mevrouw Ho1tland belde.", ["Ho1tland"]),
        ("Bij C0VID en gebruiker jan1piet@x.nl en code A1B2C3 staat niemand.", []),
    ],
)
def test_a_digit_that_a_scanner_read_in_a_name_is_a_letter(found: Found, text: str, expected: list[str]) -> None:
    assert found(text, "person_name") == expected


def test_a_function_word_that_opens_a_sentence_is_nobody(found: Found) -> None:
    assert found("Die gaf aan dat het niet kon. Man komt binnen.", "person_name") == []


_SPOKEN = (
    "ja goedemiddag eh gerben is er nog niet maar we beginnen vast met de punten van vorige week zei mevrouw "
    "hoogendijk net nou dat klopt want met ton van der meulen en jan pieter schaafsma van de provincie is alles "
    "besproken en dan komt hoogendijk terug op het tweede punt"
)


def test_names_in_a_transcript_without_capitals_or_points_are_found(found: Found) -> None:
    assert found(_SPOKEN, "person_name") == [
        "gerben", "hoogendijk", "ton van der meulen", "jan pieter schaafsma", "hoogendijk",
    ]  # fmt: skip


def test_ordinary_words_in_a_transcript_are_no_names(found: Found) -> None:
    text = (
        "de meneer van nummer twaalf vroeg wat de smid zegt en of de mevrouw ing ook komt want het is mooi weer en "
        "dan de brug en de weg daar is nog geen geld voor dus dat komt na de zomer weer terug op de agenda"
    )
    assert found(text, "person_name") == []


def test_a_surname_in_capitals_comes_back_alone_in_a_telegram(found: Found) -> None:
    text = (
        "1. BEGELEIDER S. LAMPERS IS GEWOND NAAR HET ZIEKENHUIS GEBRACHT.\n"
        "2. DE AUTO STAAT NOG OP HET TERREIN.\n3. LAMPERS HERKENDE DE MAN NIET.\n"
    )
    assert found(text, "person_name") == ["S. LAMPERS", "LAMPERS"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hendriksma, van der, P.; Kist, A.", ["Hendriksma, van der, P.", "Kist, A."]),
        ("Vonk, mej. T.  volkstuin 8", ["Vonk, mej. T."]),
        ("gezocht: DE BRUIN, PIETER JAN, ALIAS onbekend", ["DE BRUIN, PIETER JAN"]),
        ("de verdachte R.T. van K. zwijgt", ["R.T. van K."]),
        ("12:01 Bram\t\n[22-10-2023 21:06] Samira 12: hoi\n[22-10-2023 21:07] Bram: ja", ["Bram", "Samira 12", "Bram"]),
        ("<x:kind><x:naam>Selamawit</x:naam><x:straatnaam>Hofdijk</x:straatnaam></x:kind>", ["Selamawit"]),
        ("Geachte mevrouw Wolterink op Reinders,", ["Wolterink op Reinders"]),
        ("mw. M. Poortman (= Truus) en Karel Bakels (\"Kees\")", ["M. Poortman", "Truus", "Karel Bakels", "Kees"]),
    ],
)
def test_whole_names_in_unusual_forms(found: Found, text: str, expected: list[str]) -> None:
    assert found(text, "person_name") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zie Lambrecht & Oyelaran 2018", ["Lambrecht", "Oyelaran"]),
        ("C. Hoekzema & F. Tolsma, Strafzaken", ["C. Hoekzema", "F. Tolsma"]),
        ("(Dijkema et al., 2020)", ["Dijkema"]),
        ("advies van Hoekzema & Partners uit 2018", []),
        ("Amsterdam & Utrecht 2018", []),
    ],
)
def test_writers_in_references(found: Found, text: str, expected: list[str]) -> None:
    assert found(text, "person_name") == expected


def test_initials_in_their_own_column_are_found_and_ticks_are_not(found: Found) -> None:
    text = (
        "tijd   achternaam      voorl   org            badge\n0815   LAMMERTSEN      MH      KLM            V\n"
        "0830   Goh             S       RIVM            X\n"
    )
    assert found(text, "person_name") == ["LAMMERTSEN", "MH", "Goh", "S"]


def test_names_in_lines_that_are_filled_in_in_capitals_are_found(found: Found) -> None:
    text = (
        "Aanvraag bijzondere bijstand\nToelichting: Schrijf in blokletters en onderteken het formulier.\n"
        "Reden         MIJN DOCHTER ELENI HEEFT EEN BED NODIG MAAR DAT IS TE DUUR\n"
        "Overig        KARIN VAN DE BALIE ZEI DAT HET OP DE LIJST STAAT\n"
        "HET OVERZICHT VAN DE REGELINGEN EN DE VOORWAARDEN STAAT OP DE WEBSITE\n"
    )
    assert found(text, "person_name") == ["ELENI", "KARIN"]


@pytest.mark.parametrize("ending", ["Ir. Drs.", "Mr.", "Drs. ir."])
def test_titles_alone_at_the_end_of_a_message_are_no_name(found: Found, ending: str) -> None:
    assert found(f"Hierbij de stukken.\n\nMet groet,\n\n{ending}\n", "person_name") == []
