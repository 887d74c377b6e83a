"""The sample request: its record agrees with its files, and its files hold what the record promises."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from sample_text import is_image_only, item_bytes, mail, parts_of, text_of

from woo import sample

ITEMS = sample.manifest()["items"]
PEOPLE = sample.persons()
BY_PATH = {item["path"]: item for item in ITEMS}
TODO_PDFS = [item["path"] for item in ITEMS if item["outcome"] == "todo" and item["path"].endswith(".pdf")]
READABLE = [item["path"] for item in ITEMS if item["outcome"] in ("document", "duplicate")]
GENERATOR = Path(__file__).parents[3] / "tools" / "make_sample.py"
MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december"]
WEEKDAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]


def values(kind: str) -> list[str]:
    return [entry["value"] for person in PEOPLE for entry in person["data"] if entry["kind"] == kind]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["path"])
def test_the_manifest_gives_the_hash_and_size_of_each_file_and_part(item: dict) -> None:
    data = item_bytes(item["path"])
    assert (hashlib.sha256(data).hexdigest(), len(data)) == (item["sha256"], item["bytes"])


def test_the_manifest_gives_the_hash_of_the_request() -> None:
    digest = hashlib.sha256(sample.request_eml().read_bytes()).hexdigest()
    assert digest == sample.manifest()["request"]["sha256"]


def test_no_file_and_no_part_is_left_out_of_the_manifest() -> None:
    root = sample.sources()
    on_disk = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    usable = {path for path in on_disk if BY_PATH[path]["outcome"] != "todo"}
    nested = {f"{path}!/{name}" for path in usable for name in parts_of(path)}
    assert on_disk | nested == set(BY_PATH)


def test_what_goes_in_comes_out_as_document_duplicate_container_or_todo() -> None:
    totals, outcomes = sample.manifest()["totals"], Counter(item["outcome"] for item in ITEMS)
    assert totals["items_in"] == len(ITEMS) == sum(outcomes.values())
    assert {name: totals[name] for name in outcomes} == dict(outcomes)
    assert set(outcomes) == {"document", "duplicate", "container", "todo"}
    assert totals["files_on_disk"] + totals["nested_items"] == len(ITEMS)


def test_equal_bytes_are_one_document_and_otherwise_duplicates_of_it() -> None:
    groups: dict[str, list[dict]] = {}
    for item in ITEMS:
        groups.setdefault(item["sha256"], []).append(item)
    for group in groups.values():
        kept = [item["path"] for item in group if item["outcome"] != "duplicate"]
        assert len(kept) == 1
        assert all(item["duplicate_of"] == kept[0] for item in group if item["outcome"] == "duplicate")
    in_other_folder = [item for item in ITEMS if item["outcome"] == "duplicate" and "!/" not in item["path"]]
    assert len(in_other_folder) == 2


def test_the_sample_is_large_and_mixed_enough_and_still_small() -> None:
    on_disk = [item for item in ITEMS if "!/" not in item["path"]]
    usable = [item for item in on_disk if item["outcome"] != "todo"]
    assert len(on_disk) >= 28
    assert len(usable) >= 25
    assert {Path(item["path"]).suffix for item in usable} == {".pdf", ".eml", ".docx", ".txt", ".zip"}
    assert sum(item["bytes"] for item in on_disk) <= 3_000_000
    assert sorted(item["reason"] for item in ITEMS if item["outcome"] == "todo") == [
        "broken", "empty", "password", "unsupported"]
    assert sum(item.get("in_scope") is False for item in ITEMS) == 2


@pytest.mark.parametrize("path", [path for path in READABLE if path.endswith(".pdf")])
def test_each_usable_pdf_opens_and_draws_a_page_that_is_not_blank(path: str) -> None:
    document = pypdfium2.PdfDocument(item_bytes(path))
    low, high = document[0].render(scale=0.5).to_pil().convert("L").getextrema()
    assert low < 150 < high


@pytest.mark.parametrize("path", TODO_PDFS)
def test_a_todo_pdf_opens_in_neither_reader(path: str) -> None:
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(item_bytes(path))
    with pytest.raises((pikepdf.PdfError, pikepdf.PasswordError)):
        pikepdf.open(io.BytesIO(item_bytes(path)))


def test_the_locked_pdf_opens_with_the_password_of_the_manifest() -> None:
    locked = next(item for item in ITEMS if item.get("reason") == "password")
    assert len(pypdfium2.PdfDocument(item_bytes(locked["path"]), password=locked["password"])) == 1


def test_the_scan_is_one_grey_picture_of_200_dpi_without_text() -> None:
    path = next(path for path in READABLE if "scan klachtbrief" in path)
    with pikepdf.open(io.BytesIO(item_bytes(path))) as pdf:
        (picture,) = pdf.pages[0].get_images().values()
        assert (picture.ColorSpace, list(picture.Filter)) == (pikepdf.Name.DeviceGray, [pikepdf.Name.DCTDecode])
        assert picture.Width / (float(pdf.pages[0].mediabox[2]) / 72) == pytest.approx(200, abs=1)
    assert is_image_only(item_bytes(path))
    assert BY_PATH[path]["bytes"] <= 400_000


@pytest.mark.ocr
def test_the_scan_can_be_read_by_ocr(tmp_path: Path) -> None:
    if not shutil.which("tesseract"):
        pytest.skip("tesseract is not installed")
    path = next(path for path in READABLE if "scan klachtbrief" in path)
    pypdfium2.PdfDocument(item_bytes(path))[0].render(scale=200 / 72).to_pil().save(tmp_path / "page.png")
    read = subprocess.run(["tesseract", str(tmp_path / "page.png"), "-"], capture_output=True, text=True, check=True)
    assert BY_PATH[path]["must_contain"]["text"] in " ".join(read.stdout.split())


@pytest.mark.parametrize("path", [item["path"] for item in ITEMS
                                  if "must_contain" in item and item["must_contain"]["where"] != "scan"])
def test_text_outside_the_body_is_there_to_be_found(path: str) -> None:
    assert BY_PATH[path]["must_contain"]["text"] in text_of(path)


def test_the_pdfs_hold_an_outline_an_attachment_a_note_a_form_and_turned_pages() -> None:
    traits: Counter[str] = Counter()
    for path in READABLE:
        if path.endswith(".pdf") and "!/" not in path:
            with pikepdf.open(io.BytesIO(item_bytes(path))) as pdf:
                traits["outline"] += "/Outlines" in pdf.Root and len(pdf.open_outline().root) > 0
                traits["attachment"] += len(pdf.attachments) > 0
                traits["form"] += "/AcroForm" in pdf.Root and len(pdf.Root.AcroForm.Fields) > 10
                traits["note"] += any("/Contents" in note and note.Subtype == "/Text"
                                      for page in pdf.pages for note in page.get("/Annots", []))
                traits["turned"] += any(page.get("/Rotate", 0) == 90 for page in pdf.pages)
                traits["author"] += bool(str(pdf.docinfo.get("/Author", "")))
    assert traits["author"] > 10
    assert traits["turned"] == 2
    assert all(traits[name] >= 1 for name in ("outline", "attachment", "form", "note"))


def test_each_bsn_passes_the_eleven_test_and_lies_in_the_test_range() -> None:
    for bsn in values("bsn"):
        weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
        assert sum(weight * int(digit) for weight, digit in zip(weights, bsn, strict=True)) % 11 == 0
        assert bsn.startswith("9999")
    assert values("bsn")


def test_each_iban_has_right_check_digits_and_no_real_bank() -> None:
    for iban in values("iban"):
        compact = iban.replace(" ", "")
        assert int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97 == 1
        assert compact[4:8] == "VDLB"
    assert len(values("iban")) >= 2


def test_names_come_from_many_origins_and_some_have_signs_outside_ascii() -> None:
    assert len({person["origin"] for person in PEOPLE}) >= 10
    assert sum(not person["name"].isascii() for person in PEOPLE) >= 5
    assert {person["role"].split(" ")[0] for person in PEOPLE if person["public_role"]} == {
        "minister", "directeur-generaal", "woordvoerder", "lid"}


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["id"])
def test_each_name_and_secret_stands_in_the_files_that_the_record_names(person: dict) -> None:
    for entry in person["data"]:
        assert entry["found_in"]
        for path in entry["found_in"]:
            if BY_PATH.get(path, {}).get("must_contain", {}).get("where") != "scan":
                assert entry["value"] in text_of(path), (entry["kind"], path)


def test_each_weekday_in_the_texts_belongs_to_its_date() -> None:
    pattern = re.compile(rf"({'|'.join(WEEKDAYS)}) (\d{{1,2}}) ({'|'.join(MONTHS)})(?: (20\d\d))?", re.IGNORECASE)
    found = [match for path in [*READABLE, "verzoek.eml"] for match in pattern.finditer(text_of(path))]
    for match in found:
        weekday, day, month, year = match.groups()
        when = date(int(year or 2026), MONTHS.index(month.lower()) + 1, int(day))
        assert WEEKDAYS[when.weekday()] == weekday.lower(), match[0]
    assert len(found) > 30


def test_a_reply_names_the_loose_first_mail_of_its_thread_and_quotes_it() -> None:
    first = mail(item_bytes("07 mail/Startdatum proef.eml"))
    last = mail(item_bytes("07 mail/RE Startdatum proef.eml"))
    assert first["Message-ID"] in last["References"]
    assert "In de notitie van Ömer staat 16 februari" in text_of("07 mail/RE Startdatum proef.eml")
    assert text_of("07 mail/RE Startdatum proef.eml").count("Verzonden: ") == 3


def test_the_request_is_a_mail_with_transport_lines_received_on_the_date_of_the_manifest() -> None:
    message = mail(sample.request_eml().read_bytes())
    assert len(message.get_all("Received")) == 3
    assert "Wet open overheid" in message.get_content()
    received = sample.manifest()["request"]["received"]
    assert received.startswith(message["Date"].datetime.date().isoformat())


@pytest.mark.slow
def test_the_generator_writes_the_shipped_record_and_the_same_bytes_twice(tmp_path: Path) -> None:
    match = shutil.which("fc-match") and subprocess.run(["fc-match", "-f", "%{family}", "Liberation Sans"],
                                                        capture_output=True, text=True, check=True).stdout
    if match != "Liberation Sans":
        pytest.skip("the Liberation fonts are not installed")
    made = []
    for name in ("one", "two"):
        subprocess.run([sys.executable, str(GENERATOR), "--out", str(tmp_path / name)], check=True, capture_output=True)
        files = [path for path in (tmp_path / name).rglob("*") if path.is_file()]
        made.append({str(path.relative_to(tmp_path / name)): path.read_bytes() for path in files})
    assert made[0] == made[1]
    assert made[0]["persons.json"] == (sample.ROOT / "persons.json").read_bytes()
    shipped = {str(path.relative_to(sample.ROOT)) for path in sample.sources().rglob("*") if path.is_file()}
    assert {name for name in made[0] if name.startswith("bronnen")} == shipped
