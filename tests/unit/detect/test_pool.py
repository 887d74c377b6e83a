"""Detection spread over processes: the same answers in the same order, a bounded look ahead, and clear failures."""

from __future__ import annotations

import itertools
import json
import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from redaction.apart import Exceeded
from redaction.detect import Detector, DetectorSettings, PipelineUnavailableError, command, load_detector
from redaction.detect.command import detect_files, detect_jsonl
from redaction.detect.pool import Pool

RULES_ONLY = DetectorSettings(use_deduce=False, use_model=False)


def names(detector: Detector, text: str) -> list[str]:
    return [span.text for span in detector.detect(text)]


def stopped(_detector: Detector, _item: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def stopped_once(detector: Detector, marker: str) -> str:
    if marker not in ("b", "c") and not Path(marker).exists():
        Path(marker).touch()
        stopped(detector, marker)
    return "klaar"


def stopped_at_three(detector: Detector, number: int) -> int:
    if number == 3:
        stopped(detector, number)
    return number


def divided(_detector: Detector, number: int) -> int:
    return 12 // number


@pytest.fixture(name="pool")
def _pool() -> Iterator[Pool[Detector]]:
    with Pool(partial(load_detector, RULES_ONLY), 2) as pool:
        yield pool


@pytest.mark.slow
def test_results_come_in_order_while_the_stream_is_read_only_a_little_ahead(pool: Pool[Detector]) -> None:
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        for read in itertools.count(1):
            yield f"Beste Zoë,\n\nBSN 236669242, bijlage {read}."

    results = pool.each(names, endless())
    for number in range(1, 6):
        assert next(results) == (f"Beste Zoë,\n\nBSN 236669242, bijlage {number}.", ["Zoë", "236669242"])
    assert read < 20
    results.close()  # type: ignore[attr-defined]


@pytest.mark.slow
def test_two_processes_say_what_one_says(tmp_path: Path, detector: Detector) -> None:
    lines = [json.dumps({"id": n, "text": f"Geachte mevrouw Kowalczyk, zaak {n}"}) for n in range(20)] + ["{"]
    assert list(detect_jsonl(lines, processes=2)) == list(detect_jsonl(lines, detector))
    paths = [tmp_path / f"{n}.txt" for n in range(3)]
    for path in paths:
        path.write_text(f"Geachte heer Terlouw,\n\nBijlage {path.stem}.", "utf-8")
    paths.insert(1, tmp_path / "none.txt")
    assert list(detect_files(paths, processes=2)) == list(detect_files(paths, detector))


@pytest.mark.slow
def test_a_process_that_is_killed_costs_no_result(pool: Pool[Detector], tmp_path: Path) -> None:
    marker = str(tmp_path / "gestopt")
    assert dict(pool.each(stopped_once, [marker, "b", "c"])) == {marker: "klaar", "b": "klaar", "c": "klaar"}
    assert Path(marker).exists()


@pytest.mark.slow
def test_an_item_that_kills_its_process_each_time_stops_no_other(pool: Pool[Detector]) -> None:
    found = dict(pool.each(stopped_at_three, range(12)))
    assert isinstance(found.pop(3), Exceeded)
    assert found == {n: n for n in range(12) if n != 3}


@pytest.mark.slow
def test_an_error_of_one_item_is_its_result(pool: Pool[Detector]) -> None:
    found = dict(pool.each(divided, [2, 0, 1]))
    assert isinstance(found.pop(0), ZeroDivisionError) and found == {2: 6, 1: 12}


@pytest.mark.slow
def test_a_text_that_no_process_survives_is_an_answer_with_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_line", stopped)
    first, last = detect_jsonl(['{"id": "a"}', '{"id": "b"}'], processes=2)
    assert (first["line"], last["line"], first["exit_code"]) == (1, 2, 1) and "gestopt" in first["error"]


def test_a_wrong_model_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with (
        Pool(partial(load_detector, DetectorSettings(nlp_pipeline=tmp_path / "none")), 2) as pool,
        pytest.raises(PipelineUnavailableError, match="niet gevonden"),
    ):
        next(pool.each(names, ["tekst"]))
