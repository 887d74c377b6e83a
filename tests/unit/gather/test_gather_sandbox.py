"""What runs in the sandbox ends in time, within its memory, and takes its helpers with it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest

from woo.gather import SourceItem, Unusable
from woo.gather.sandbox import MB, Exceeded, Limits, run_function, run_program

pytestmark = pytest.mark.slow

steps = import_module("woo.gather.convert")  # the package exports a function of the same name
SHORT = Limits(seconds=1, memory=1024 * MB)


def double(number: int) -> int:
    return number * 2


def own_identity(_: int) -> tuple[int, int]:
    return os.getpid(), os.getpgid(0)


def sleep_with_helper(marker: str) -> None:
    subprocess.Popen([sys.executable, "-c", f"import time; time.sleep(4); open({marker!r}, 'w')"])
    time.sleep(60)


def eat_memory() -> int:
    return len(bytearray(3000 * MB))


def fail() -> None:
    raise KeyError("veld")


def fail_on(item: SourceItem, folder: Path) -> None:
    raise LookupError(item.path)


def die() -> None:
    os._exit(9)


def unpicklable() -> object:
    return lambda: None


def test_a_result_comes_back_from_another_process_with_its_own_group() -> None:
    assert run_function(double, 21, limits=Limits(seconds=30, memory=1024 * MB)) == 42
    pid, group = run_function(own_identity, 0, limits=Limits(seconds=30, memory=1024 * MB))
    assert pid == group != os.getpid()


def test_what_takes_too_long_is_killed_with_its_helpers(tmp_path: Path) -> None:
    marker = tmp_path / "leeft nog"
    started = time.monotonic()
    with pytest.raises(Exceeded) as caught:
        run_function(sleep_with_helper, str(marker), limits=SHORT)
    assert caught.value.what == "time" and time.monotonic() - started < 20
    time.sleep(4)
    assert not marker.exists()


def test_too_much_memory_and_sudden_death_are_told_apart() -> None:
    with pytest.raises(Exceeded) as memory:
        run_function(eat_memory, limits=Limits(seconds=20, memory=1024 * MB))
    with pytest.raises(Exceeded) as death:
        run_function(die, limits=Limits(seconds=20))
    assert (memory.value.what, death.value.what) == ("memory", "crash")


def test_a_child_that_has_not_even_started_is_stopped_too() -> None:
    started = time.monotonic()
    with pytest.raises(Exceeded) as caught:
        run_function(time.sleep, 60, limits=Limits(seconds=0.001))
    assert caught.value.what == "time" and time.monotonic() - started < 20


def test_an_error_comes_back_as_itself() -> None:
    with pytest.raises(KeyError, match="veld"):
        run_function(fail, limits=Limits(seconds=20))
    with pytest.raises(Exceeded):
        run_function(unpicklable, limits=Limits(seconds=20))


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
