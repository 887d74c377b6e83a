"""Programs run within bounds and know nothing of us; a step that hits its bounds is an outcome."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from woo.gather import SourceItem, Unusable
from woo.gather.sandbox import MB, Exceeded, Limits, run_program

pytestmark = pytest.mark.slow

steps = import_module("woo.gather.convert")  # the package exports a function of the same name
SHORT = Limits(seconds=1, memory=1024 * MB)


def fail_on(item: SourceItem, folder: Path) -> None:
    raise LookupError(item.path)


def test_a_program_gets_a_bare_environment_and_no_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WOO_DATABASE_URL", "geheim")
    code = "import os, sys; print(sorted(os.environ), repr(sys.stdin.read()), os.environ.get('EIGEN'))"
    finished = run_program([sys.executable, "-c", code], limits=Limits(seconds=20), cwd=tmp_path, env={"EIGEN": "ja"})
    assert finished.code == 0
    assert "WOO_DATABASE_URL" not in finished.output and "'' ja" in finished.output
    assert list(tmp_path.iterdir()) == []


def test_a_program_is_stopped_at_its_bounds(tmp_path: Path) -> None:
    with pytest.raises(Exceeded) as caught:
        run_program([sys.executable, "-c", "import time; time.sleep(60)"], limits=SHORT, cwd=tmp_path)
    assert caught.value.what == "time"
    big = run_program([sys.executable, "-c", "open('x', 'wb').write(bytes(20_000_000))"],
                      limits=Limits(seconds=20, file_size=MB), cwd=tmp_path)
    assert big.code != 0 and (tmp_path / "x").stat().st_size <= MB


def test_a_program_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        run_program(["bestaat-niet-op-deze-machine"], limits=SHORT, cwd=tmp_path)


def test_a_step_that_hits_its_bounds_or_fails_is_an_outcome_and_a_line_without_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    item = SourceItem("Klacht Jansen.eml", b"From: jansen@a.nl\nTo: c@d.nl\n\nx")
    monkeypatch.setattr(steps, "LIMITS", Limits(seconds=0.001))
    slow = steps.convert(item, tmp_path)
    monkeypatch.setattr(steps, "LIMITS", Limits(seconds=20))
    monkeypatch.setattr(steps, "first_stage", fail_on)
    failed = steps.convert(item, tmp_path)
    assert isinstance(slow, Unusable) and slow.reason == "too_large"
    assert isinstance(failed, Unusable) and failed.reason == "broken"
    assert "ansen" not in caplog.text + slow.message + failed.message and "LookupError" in caplog.text
