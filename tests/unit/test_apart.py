"""Work in an own process ends in time, within its memory, without our secrets, and takes its helpers with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from redaction.apart import MB, Exceeded, Limits, Origin, begun

pytestmark = pytest.mark.slow
LIMITS = Limits(seconds=20, memory=1024 * MB)
SHORT = Limits(seconds=1, memory=1024 * MB)
warmth: list[int] = []


def grow_warm() -> None:
    warmth.append(os.getpid())


def stay_cold() -> None:
    raise LookupError("geen model")


def double(number: int) -> int:
    return number * 2


def identity() -> tuple[int, int, list[int], list[str]]:
    return os.getpid(), os.getpgid(0), warmth, list(os.environ)


def sleep_with_helper(marker: str) -> None:
    subprocess.Popen([sys.executable, "-c", f"import time; time.sleep(4); open({marker!r}, 'w')"])
    Path(marker).with_name("begun").touch()
    time.sleep(60)


def eat_memory() -> int:
    return len(bytearray(3000 * MB))


def fail() -> None:
    raise KeyError("veld")


def die() -> None:
    os._exit(9)


def unpicklable() -> object:
    return lambda: None


@pytest.fixture(name="origin", scope="module")
def _origin() -> Iterator[Origin]:
    origin = Origin(grow_warm)
    yield origin
    origin.end()


def test_a_copy_has_its_own_group_what_its_origin_loaded_and_none_of_our_secrets(
    origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WOO_DATABASE_URL", "geheim")
    fresh = Origin(grow_warm)
    (pid, group, warm, names), (other, _, same, _) = (fresh.run(identity, limits=LIMITS) for _ in range(2))
    fresh.end()
    assert pid == group != os.getpid() and pid != other
    assert warm == same and len(warm) == 1 and warm[0] not in (pid, other, os.getpid())
    assert "WOO_DATABASE_URL" not in names and "PATH" in names
    assert origin.run(double, 21, limits=LIMITS) == 42


def test_one_copy_answers_until_it_is_ended(origin: Origin) -> None:
    copy = origin.copy(LIMITS)
    assert [copy.do(double, n) for n in range(3)] == [0, 2, 4]
    assert copy.do(identity)[0] == copy.pid
    os.kill(copy.pid, signal.SIGKILL)
    with pytest.raises(Exceeded) as death:
        copy.do(double, 1)
    copy.end()
    assert death.value.what == "crash"


def test_what_takes_too_long_is_killed_with_its_helpers(origin: Origin, tmp_path: Path) -> None:
    marker = tmp_path / "leeft nog"
    started = time.monotonic()
    with pytest.raises(Exceeded) as caught:
        origin.run(sleep_with_helper, str(marker), limits=SHORT)
    assert caught.value.what == "time" and time.monotonic() - started < 20
    time.sleep(5)
    assert not marker.exists()


def test_when_we_are_killed_everything_dies_with_us(tmp_path: Path) -> None:
    marker, begin = tmp_path / "leeft nog", tmp_path / "begun"
    code = (
        "from tests.unit.test_apart import *\n"
        f"Origin(grow_warm).run(sleep_with_helper, {str(marker)!r}, limits=Limits(seconds=60))"
    )
    ours = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    while not begin.exists():
        assert ours.poll() is None
        time.sleep(0.05)
    ours.kill()
    ours.wait()
    time.sleep(5)
    assert not marker.exists()


def test_too_much_memory_and_sudden_death_are_told_apart(origin: Origin) -> None:
    with pytest.raises(Exceeded) as memory:
        origin.run(eat_memory, limits=LIMITS)
    with pytest.raises(Exceeded) as death:
        origin.run(die, limits=LIMITS)
    assert (memory.value.what, death.value.what) == ("memory", "crash")


def test_a_copy_that_has_not_even_started_is_stopped_too(origin: Origin) -> None:
    started = time.monotonic()
    with pytest.raises(Exceeded) as caught:
        origin.run(time.sleep, 60, limits=Limits(seconds=0.001))
    assert caught.value.what == "time" and time.monotonic() - started < 20


def test_an_error_comes_back_as_itself(origin: Origin) -> None:
    with pytest.raises(KeyError, match="veld"):
        origin.run(fail, limits=LIMITS)
    with pytest.raises(Exceeded):
        origin.run(unpicklable, limits=LIMITS)


def test_an_origin_that_cannot_grow_warm_says_why_each_time() -> None:
    cold = Origin(stay_cold)
    for _ in range(2):
        with pytest.raises(LookupError, match="geen model"):
            cold.run(double, 1, limits=LIMITS)


def test_an_origin_that_was_killed_is_made_anew() -> None:
    origin = Origin(grow_warm)
    (first,) = origin.run(identity, limits=LIMITS)[2]
    os.kill(first, signal.SIGKILL)
    time.sleep(0.5)
    assert origin.run(identity, limits=LIMITS)[2] != [first]
    origin.end()


def test_a_second_process_gives_its_result_or_its_error() -> None:
    work = list(range(3))
    assert begun(lambda: [*work, 3])() == [0, 1, 2, 3]
    with pytest.raises(KeyError, match="veld"):
        begun(fail)()


def test_a_second_process_that_dies_proves_nothing() -> None:
    with pytest.raises(Exceeded):
        begun(die)()
