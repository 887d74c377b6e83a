from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from lxml import html
from publish_factory import case, documents, entry

from woo.errors import InputRejected
from woo.law.judgement import Judgement
from woo.publish.document_entry import DocumentEntry
from woo.publish.inventory import HEADINGS
from woo.publish.inventory_files import INVENTORY_STYLE, inventory_csv, inventory_html, inventory_xlsx
from woo.publish.production_report import REPORT_HEADINGS, production_report

INJECTIONS = ['=HYPERLINK("http://kwaad.example")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0"]


def sheet(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def csv_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))


def test_the_csv_is_utf8_without_mark_and_chronological() -> None:
    data = inventory_csv(case())
    assert data.startswith(b"Nummer,")
    rows = csv_rows(data)
    assert tuple(rows[0]) == HEADINGS
    assert [row["Nummer"] for row in rows] == ["0007", "0002", "0003", "0004", "0001", "0008"]
    assert rows[1]["Gronden"] == "5.1.2e; 5.1.2h"
    assert rows[1]["Bestand"] == "documenten/0002.pdf"
    assert rows[2]["Bestand"] == ""
    assert rows[2]["Controlegetal (SHA-256)"] == ""


def test_documents_outside_the_request_and_doubles_are_not_listed() -> None:
    assert b"afdelingsuitje" not in inventory_csv(case())
    assert b"Kopie van nota" not in inventory_xlsx(case())
    assert b"afdelingsuitje" not in inventory_html(case())


@pytest.mark.parametrize("title", INJECTIONS)
def test_no_cell_can_act_as_a_formula(title: str) -> None:
    file = case(documents=(entry(1, title=title, remark=title[:1000]),))
    assert csv_rows(inventory_csv(file))[0]["Titel"] == f"'{title}"
    for data in (inventory_xlsx(file), production_report(file)):
        cells = [cell for row in sheet(data).iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert title in [cell.value for cell in cells]
        assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_the_spreadsheet_has_real_dates_numbers_and_links() -> None:
    rows = list(sheet(inventory_xlsx(case())).iter_rows(min_row=1))
    assert tuple(cell.value for cell in rows[0]) == HEADINGS
    first = dict(zip(HEADINGS, rows[1], strict=True))
    assert first["Datum"].value == datetime(2019, 3, 4)
    assert first["Bladzijden"].value == 1
    assert first["Bestand"].hyperlink.target == "documenten/0007.pdf"


@pytest.mark.parametrize("make", [inventory_xlsx, production_report, inventory_csv, inventory_html])
def test_the_same_case_gives_the_same_list(make: object) -> None:
    dated = case(documents=tuple(item for item in documents() if item.date))
    assert make(dated) == make(dated)  # type: ignore[operator]


def test_the_web_page_is_an_accessible_table_without_scripts() -> None:
    page = html.fromstring(inventory_html(case()).decode())
    assert page.get("lang") == "nl"
    assert page.findtext(".//title") == "Inventarislijst bij Woo-verzoek 2026-0142"
    assert page.findtext(".//caption").startswith("6 documenten")
    assert [cell.text for cell in page.findall(".//thead//th[@scope='col']")] == list(HEADINGS)
    assert len(page.findall(".//tbody//th[@scope='row']")) == 6
    assert page.findtext(".//style") == INVENTORY_STYLE
    assert not page.findall(".//script")


def test_hostile_text_stays_text_in_the_web_page() -> None:
    page = inventory_html(case(documents=(entry(1, title="<script>alert(1)</script>"),))).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_case_without_documents_has_an_empty_list_that_says_so() -> None:
    empty = case(documents=())
    assert b"geen documenten gevonden" in inventory_html(empty)
    assert csv_rows(inventory_csv(empty)) == []
    assert sheet(inventory_xlsx(empty)).max_row == 1


def test_the_production_report_has_the_headings_and_words_of_open_minvws() -> None:
    dated = case(documents=tuple(item for item in documents() if item.date))
    rows = list(sheet(production_report(dated)).iter_rows(values_only=True))
    assert rows[0] == REPORT_HEADINGS
    assert " | ".join(rows[0]) == (
        "ID | Matter | Family | Email Thread ID | Document | File Type | Datum | Beoordeling | "
        "Opgeschort | Beoordelingsgrond | Toelichting | Publieke Link | Gerelateerd ID | Zaaknummer"
    )
    mail = dict(zip(rows[0], next(row for row in rows if row[0] == "0002"), strict=True))
    assert mail == {
        "ID": "0002",
        "Matter": "2026-0142",
        "Family": 2,
        "Email Thread ID": 7,
        "Document": "E-mail over afspraken met de beveiliging",
        "File Type": "email",
        "Datum": datetime(2026, 5, 3),
        "Beoordeling": "Deels openbaar",
        "Opgeschort": None,
        "Beoordelingsgrond": "5.1.2e;5.1.2h",
        "Toelichting": "Namen en toegangscodes zijn weggelaten.",
        "Publieke Link": None,
        "Gerelateerd ID": None,
        "Zaaknummer": "2026-0142",
    }
    assert {row[7] for row in rows[1:]} == {"Openbaar", "Deels openbaar", "Niet openbaar", "Reeds openbaar"}


def test_the_production_report_has_the_headings_of_the_official_template() -> None:
    from pathlib import Path

    template = Path(__file__).parents[4] / "shared/standards/open-minvws/productierapport_template.xlsx"
    if not template.is_file():
        pytest.skip("the standards folder is not here")
    with pytest.warns(UserWarning, match="Data Validation"):
        official = next(openpyxl.load_workbook(template)["Sheet1"].iter_rows(values_only=True))
    assert official == REPORT_HEADINGS


def test_a_document_without_a_date_stops_the_production_report_by_number() -> None:
    with pytest.raises(InputRejected, match="document 0008: de datum ontbreekt"):
        production_report(case())


@pytest.mark.parametrize(
    "values",
    [
        {"id": "0001/../x"},
        {"id": ""},
        {"id": ".."},
        {"id": "a" * 171},
        {"id": "né"},
        {"title": " "},
        {"title": "x" * 501},
        {"title": "regel\nregel"},
        {"title": "bel\x07"},
        {"judgement": "public"},
        {"judgement": Judgement.WITHHELD, "grounds": ()},
        {"grounds": ("5.1.2.e",)},
        {"judgement": Judgement.PARTIAL, "grounds": ("5.1.2.z",)},
        {"judgement": Judgement.PARTIAL, "grounds": ("10.2.e",)},
        {"judgement": Judgement.ALREADY_PUBLIC, "public_links": ()},
        {"public_links": ("javascript:alert(1)",)},
        {"file_type": "exe"},
        {"family": 0},
        {"thread_id": -1},
        {"pages": 0},
        {"sha256": "abc"},
        {"remark": "x" * 1001},
    ],
)
def test_a_row_that_cannot_be_right_is_refused(values: dict[str, object]) -> None:
    good: dict[str, object] = {"id": "0001", "title": "Nota", "judgement": Judgement.PUBLIC, "file_type": "pdf"}
    with pytest.raises(InputRejected):
        DocumentEntry(**(good | values))  # type: ignore[arg-type]


def test_two_documents_with_one_number_are_refused_also_in_another_case() -> None:
    with pytest.raises(InputRejected):
        case(documents=(entry(1, id="a1"), entry(2, id="A1")))


@pytest.mark.parametrize("number", ["../geheim", "a/b", "..", "", "a", ".git", "x" * 51, "2026 1", "2026-1\n", "a..b"])
def test_a_case_number_that_is_no_safe_folder_name_is_refused(number: str) -> None:
    with pytest.raises(InputRejected):
        case(number=number)


def test_dates_of_documents_stay_dates() -> None:
    assert entry(1).date == date(2026, 5, 2)
