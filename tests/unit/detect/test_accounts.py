"""Table tests of user names: who speaks, who logged in, what is made of a name, and what only looks like it."""

from __future__ import annotations

import pytest

from redaction.detect.recogniser import Recogniser
from redaction.detect.recognisers.accounts import is_made_of_a_name
from redaction.detect.recognisers.derived_account import DerivedAccountRecogniser
from redaction.detect.recognisers.table_columns import TableColumnRecogniser
from redaction.detect.recognisers.username import UsernameRecogniser


def texts(recogniser: type[Recogniser], text: str) -> list[str]:
    """The finds without those that lie inside another."""
    found = {text[finding.start : finding.end] for finding in recogniser().find(text)}
    return sorted(one for one in found if not any(one != other and one in other for other in found))


@pytest.mark.parametrize(
    "account",
    [
        "pjansen",
        "jansen2",
        "ext_bakker",
        "vdbergk",
        "kvdheuvel",
        "mohamedelidrissi",
        "f.yilmaz",
        "ops_hendriks_01",
        "fatma.hr",
    ],
)
def test_an_account_is_made_of_a_name(account: str) -> None:
    assert is_made_of_a_name(account)


@pytest.mark.parametrize(
    "word",
    ["datum_ontvangst", "bijlage_3", "college", "versie2", "omgevingsloket", "status_code", "covid19", "artikel12"],
)
def test_an_ordinary_word_is_not_made_of_a_name(word: str) -> None:
    assert not is_made_of_a_name(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "anke.bbz: ben je er al\nrw_wijk3: nog niet\nanke.bbz: ok tot zo\nrw_wijk3: zie je daar",
            ["anke.bbz", "rw_wijk3"],
        ),
        ("[09:12] <pkuipers2>: wie heeft het dossier", ["pkuipers2"]),
        ("max_connections: 100\nmax_connections: 200", []),
        ("datum_ontvangst: op de dag zelf\ndatum_ontvangst: een dag later", []),
        ("art.5: het bevoegd gezag beslist\nart.6: de raad beslist", []),
    ],
)
def test_an_account_speaks_in_a_chat(text: str, expected: list[str]) -> None:
    assert texts(UsernameRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Muteur: hdboer07", ["hdboer07"]),
        ("opgemaakt 14:20 door wk_dienst_2", ["wk_dienst_2"]),
        ("op Teams als rmeijer_ext", ["rmeijer_ext"]),
        ("Op insta heet ze zonnetje.in.huis", ["zonnetje.in.huis"]),
        ("verkocht onder de naam fietsenkoning_77 een fiets", ["fietsenkoning_77"]),
        ("boze_tukker op Facebook", ["boze_tukker"]),
        ("inlognaam tqwerden; laptop volgt", ["tqwerden"]),
        ("logde in als gvermeer en zag", ["gvermeer"]),
        ("Reactie 4 — kees1961", ["kees1961"]),
        ("Gebruiker\n  scan_west4 heeft het gedownload", ["scan_west4"]),
        ("lock held by CORP\\tvosselm (host LT-tvosselm-01)", ["CORP\\tvosselm"]),
        ("account in Mercell: d.hendriks.ink, s.bakker.ink", ["d.hendriks.ink", "s.bakker.ink"]),
        ("het DigiD-account beheerde. Getuige", []),
        ("login via www.digid.nl of met e-herkenning", []),
        ("login\te-mail\ttoestel", []),
        ("gebruikersnaam en wachtwoord", []),
        ("ook als back-up gebruikt", []),
        ("medewerker 2, code A-12, export bijlage_2", []),
        ("zie www.jansen.nl en bakker.com", []),
        ("server jan-web01 is gezond", []),
    ],
)
def test_an_account_behind_a_word_that_says_so(text: str, expected: list[str]) -> None:
    assert texts(UsernameRecogniser, text) == expected


def test_an_account_found_once_is_found_in_the_name_of_a_device_too() -> None:
    text = "user=qvosmaer ip=10.1.2.3 host=NB-qvosmaer-02"
    starts = {finding.start for finding in UsernameRecogniser().find(text)}
    assert {text.index("qvosmaer"), text.rindex("qvosmaer")} <= starts


@pytest.mark.parametrize("handle", ["gemeenteOverdam", "minLNV", "NOS", "politie_nh", "rtvoost_nl", "Rijkswaterstaat"])
def test_the_handle_of_an_office_names_nobody(handle: str) -> None:
    assert texts(UsernameRecogniser, f"dank @{handle} voor het antwoord") == []


def test_a_column_of_colleagues_may_hold_their_accounts() -> None:
    text = '"dossiernr","plaats","behandelaar"\n"TK-1182","Assen","kvdbos"\n"TK-1183","Emmen","college"'
    assert texts(TableColumnRecogniser, text) == ["TK-1182", "TK-1183", "kvdbos"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Behandelaar: Klaas Gerbranda. Gesloten door kgerbr op 3 mei.", ["kgerbr"]),
        ("Aanmelder: Oosterveen, Chantal (coosterv)", ["coosterv"]),
        ("Bram van der Spoel zette het klaar (bvdspoel).", ["bvdspoel"]),
        ("commit 77ab02d Kenji Sato, author kensato", ["kensato"]),
        ("Jetske Kuiperi meldt: KUIPEJ04 kan niet inloggen", ["KUIPEJ04"]),
        ("De gemeente Hoorn heeft een hoorverslag van Verslagen gekregen.", []),
        ("Karin Werkman zegt dat het werkman en werkmans is.", []),
        ("Zie de bijlage van mevrouw Gerbranda over vergoeding.", []),
    ],
)
def test_an_account_is_derived_from_a_name_of_the_text(text: str, expected: list[str]) -> None:
    assert texts(DerivedAccountRecogniser, text) == expected


def test_a_column_of_staff_holds_accounts_that_were_cut_short() -> None:
    text = "zaak;datum;status;behandelaar\n1;2021-03-02;dicht;kgerbr\n2;;open;nboz\n3;2021-03-03;open;Klaas Vis\n"
    assert texts(TableColumnRecogniser, text) == ["Klaas Vis", "kgerbr", "nboz"]
