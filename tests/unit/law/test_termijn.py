"""`woo termijn`: many cases in, as many answers out, and one bad case never stops the others."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from time import process_time
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from woo.cli import termijn
from woo.errors import InputRejected

GOOD = {"id": "T24", "kind": "beslistermijn", "received": "2026-01-12",
        "events": [{"type": "verdaging", "medegedeeld": "2026-02-04", "dagen": 14}]}
EDGE = {"id": "é\ud800", "kind": "beslistermijn", "received": "2026-01-17",
        "events": [{"type": "zienswijze", "mededeling_verzoeker": "2026-02-15", "einde": "2026-02-25"}]}


def run(tmp_path: Path, cases: object, *, json_out: bool = True) -> int:
    file = tmp_path / "zaken.json"
    file.write_text(json.dumps(cases), encoding="utf-8")
    return termijn.run(file, json_out)


def test_the_answers_come_in_the_order_of_the_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, [GOOD, EDGE]) == 0

    first, second = json.loads(capsys.readouterr().out)
    assert (first["id"], first["deadline"], first["nominal"]) == ("T24", "2026-02-23", "2026-02-23")
    assert first["warnings"] == []
    assert [step["days"] for step in first["steps"]] == [0, 28, 14]
    assert set(first["steps"][0]) == {"date", "days", "article", "text", "interpretation"}
    assert second["id"] == EDGE["id"]
    assert second["suspended"] == [["2026-02-16", "2026-02-25"]]
    assert {other["deadline"] for other in second["alternatives"]} == {"2026-02-16", "2026-02-26"}


def test_a_case_that_cannot_be_computed_is_named_and_the_others_are_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, [{**GOOD, "id": "x", "received": "2026-02-30"}, "geen zaak", GOOD]) == 3

    bad, none, good = json.loads(capsys.readouterr().out)
    assert set(bad) == {"id", "error"}
    assert (bad["id"], none["id"], good["deadline"]) == ("x", None, "2026-02-23")


def test_a_reader_gets_the_date_the_sum_the_warnings_and_other_readings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, [GOOD, EDGE, {"id": 3}], json_out=False) == 3

    out = capsys.readouterr().out
    assert "T24: beslistermijn: maandag 23 februari 2026" in out
    assert "+14 dagen" in out
    assert "[Woo 4.4 lid 3; interpretatie]" in out
    assert "Let op: Een stilstand begint in de extra dagen" in out
    assert "Andere lezing: maandag 16 februari 2026." in out
    assert "\n3: De datum in" in out


def test_cases_can_come_from_the_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(json.dumps([GOOD]).encode())))

    assert termijn.run("-", True) == 0
    assert json.loads(capsys.readouterr().out)[0]["deadline"] == "2026-02-23"


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"id": 1}', b"\xff\xfe", b"[" * 100_000, b"[NaN]", b"[" + b"9" * 5000 + b"]", b"3"]
)
def test_a_file_that_is_no_list_of_cases_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "zaken.json"
    file.write_bytes(content)

    with pytest.raises(InputRejected):
        termijn.run(file, True)


@pytest.mark.parametrize("name", ["er-niet.json", ".", "nul\0teken"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputRejected, match="niet worden gelezen"):
        termijn.run(f"{tmp_path}/{name}", True)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(termijn, "MAX_BYTES", 10)

    with pytest.raises(InputRejected, match="te groot"):
        run(tmp_path, [GOOD])


NUMBER = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
SCALAR = st.none() | st.booleans() | NUMBER | st.text(max_size=9)


@pytest.mark.slow
@given(st.lists(st.recursive(SCALAR, lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["id", "kind", "received", "events", "type", "van"]) | st.text(max_size=4), inner), max_leaves=8)))
@settings(max_examples=300)
def test_any_list_of_anything_gets_an_answer_for_each(cases: list[object]) -> None:
    answers = [termijn._as_json(*termijn._answer(case)) for case in cases]

    assert len(answers) == len(cases)
    assert json.loads(json.dumps(answers)) == answers
    assert all(termijn._as_text(*termijn._answer(case)).endswith("\n") for case in cases)


def test_two_thousand_cases_are_answered_within_five_seconds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin = process_time()
    assert run(tmp_path, [{**GOOD, "id": number} for number in range(2000)]) == 0
    assert process_time() - begin < 5
    assert len(json.loads(capsys.readouterr().out)) == 2000
