"""Detection spread over processes: the same answers in the same order, a bounded look ahead, and clear failures."""

from __future__ import annotations

import itertools
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from redaction.detect import DetectionError, Detector, DetectorSettings, PipelineUnavailableError
from redaction.detect.command import detect_files, detect_jsonl
from redaction.detect.pool import spread

RULES_ONLY = DetectorSettings(use_deduce=False, use_model=False)


def names(detector: Detector, text: str) -> list[str]:
    return [span.text for span in detector.detect(text)]


def stopped(_detector: Detector, _item: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.slow
def test_results_come_in_order_while_the_stream_is_read_only_a_little_ahead() -> None:
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        for read in itertools.count(1):
            yield f"Beste Zoë,\n\nBSN 236669242, bijlage {read}."

    results = spread(names, endless(), RULES_ONLY, processes=2)
    assert [next(results) for _ in range(5)] == [["Zoë", "236669242"]] * 5
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
def test_a_process_that_is_ended_from_outside_gives_a_clear_line() -> None:
    with pytest.raises(DetectionError, match="zoekprocessen is gestopt"):
        list(spread(stopped, range(3), RULES_ONLY, processes=2))


def test_a_wrong_model_is_told_before_any_process_starts(tmp_path: Path) -> None:
    with pytest.raises(PipelineUnavailableError, match="niet gevonden"):
        next(spread(names, ["tekst"], DetectorSettings(nlp_pipeline=tmp_path / "none"), processes=2))
