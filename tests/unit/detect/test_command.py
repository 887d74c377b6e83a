"""`woo detect` without the command line: text files, PDFs and JSON lines."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from redaction.detect import Detector
from redaction.detect.command import detect_files, detect_jsonl


def letter(path: Path, *pages: list[str]) -> Path:
    canvas = Canvas(str(path))
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def test_a_text_file_gives_offsets_in_the_decoded_text(tmp_path: Path, detector: Detector) -> None:
    path = tmp_path / "brief.txt"
    text = "Beste Zoë,\n\nBSN 236669242\n"
    path.write_text(text, "utf-8")
    (result,) = detect_files([path], detector)
    assert (result["file"], result["pages"]) == (str(path), 1)
    assert [(span["kind"], text[span["start"] : span["end"]]) for span in result["spans"]] == [
        ("person_name", "Zoë"),
        ("bsn", "236669242"),
    ]
    assert {"start", "end", "page", "boxes", "kind", "text", "score", "rule", "why", "public_role"} <= set(
        result["spans"][0]
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_that_occur(tmp_path: Path, detector: Detector, encoding: str) -> None:
    path = tmp_path / "brief.txt"
    path.write_bytes("Beste Zoë,\n\nDank.\n".encode(encoding))
    (result,) = detect_files([path], detector)
    assert [span["text"] for span in result["spans"]] == ["Zoë"]


def test_a_pdf_gives_boxes_on_its_pages(tmp_path: Path, detector: Detector) -> None:
    path = letter(
        tmp_path / "brief.pdf", ["Met vriendelijke groet,", "Fatima el Idrissi"], ["Bel Fatima op 06-12345678."]
    )
    (result,) = detect_files([path], detector)
    assert result["pages"] == 2
    found = [(span["page"], span["kind"], span["text"]) for span in result["spans"]]
    assert found == [(0, "person_name", "Fatima el Idrissi"), (1, "person_name", "Fatima"), (1, "phone", "06-12345678")]
    ((x0, y0, x1, y1),) = result["spans"][0]["boxes"]
    assert 70 <= x0 < x1 <= 200 and 735 <= y0 < y1 <= 755


def test_a_pdf_without_text_says_that_it_needs_ocr(tmp_path: Path, detector: Detector) -> None:
    path = tmp_path / "scan.pdf"
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(path)
    (result,) = detect_files([path], detector)
    assert result["spans"] == [] and "OCR" in result["notice"]


def test_one_bad_file_never_stops_the_others(tmp_path: Path, detector: Detector) -> None:
    broken, binary, good = tmp_path / "a.pdf", tmp_path / "b.bin", tmp_path / "c.txt"
    broken.write_bytes(b"%PDF-1.7 not really")
    binary.write_bytes(b"\x00\x01\x02" * 50)
    good.write_text("Geachte heer Terlouw,")
    results = list(detect_files([broken, tmp_path / "none.txt", binary, good], detector))
    assert [result.get("exit_code") for result in results] == [4, 4, 4, None]
    assert [span["text"] for span in results[3]["spans"]] == ["Terlouw"]


def test_json_lines_keep_their_id_and_order(detector: Detector) -> None:
    lines = [
        json.dumps({"id": 7, "text": "mevrouw Kowalczyk"}),
        "",
        json.dumps({"id": "b", "text": "niets"}),
        "{",
        '{"id": 1}',
        "[" * 100_000,
    ]
    results = list(detect_jsonl(lines, detector))
    assert [result["id"] for result in results] == [7, "b", None, None, None]
    assert [span["text"] for span in results[0]["spans"]] == ["Kowalczyk"]
    assert [result.get("line") for result in results[2:]] == [4, 5, 6]
    assert "page" not in results[0]["spans"][0]
