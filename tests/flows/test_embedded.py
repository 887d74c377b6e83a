"""The process tree: what each part may know, a clean stop, no orphans after kill -9, and Prefect's loss survived."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.embedded import (
    ALL_PARTS,
    FREE_PORTS,
    PREFECT,
    PUBLIC,
    RUNNER,
    WORKBENCH,
    Embedded,
    Ports,
    free_where_taken,
    prefect_environment,
)
from flows.processes import listen
from tests.flows.conftest import Loop, Tree, start_tree
from woo.errors import Unavailable
from woo.law.lifecycle import Phase
from woo.settings import Settings, load_settings

START_SECONDS = 120


def descendants(root: int) -> set[int]:
    """All living processes below `root`."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(entry.name)] = int(fields[1])
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {root}


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def environment_of(tree: Embedded, name: str) -> dict[str, str]:
    process = tree.children[name].process
    assert process is not None
    entries = Path(f"/proc/{process.pid}/environ").read_bytes().decode().split("\0")
    return dict(entry.split("=", 1) for entry in entries if "=" in entry)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """`python -m flows.embedded` on free ports, ready; with the lines that it printed."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("WOO_", "PREFECT_"))}
    ports = [f"--{name}-port=0" for name in ("workbench", "public", "prefect")]
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.embedded", *ports],
        env=environment | {"WOO_HOME": str(tmp_path / "home")},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    lines: list[str] = []
    while not any(line.startswith("Prefect:") for line in lines):
        line = process.stderr.readline()
        assert line, f"it stopped: {lines}"
        lines.append(line.strip())
    yield process, lines
    if process.poll() is None:
        process.kill()
    process.wait(10)


@pytest.mark.prefect
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_whole_tree_answers_and_stops_cleanly(
    served: tuple[subprocess.Popen[str], list[str]], number: signal.Signals
) -> None:
    process, lines = served
    assert len(lines) == 3, lines  # three addresses, and no part that fell at its start
    for line in lines:
        with urllib.request.urlopen(line.partition(": ")[2], timeout=10) as answer:
            assert answer.status == 200
    below = descendants(process.pid)
    assert len(below) >= len(ALL_PARTS)

    start = time.monotonic()
    process.send_signal(number)

    assert process.wait(12) == 0
    assert time.monotonic() - start < 10
    assert [pid for pid in below if alive(pid)] == []


@pytest.mark.prefect
def test_no_process_outlives_a_killed_parent(served: tuple[subprocess.Popen[str], list[str]]) -> None:
    process, _ = served
    below = descendants(process.pid)
    assert len(below) >= len(ALL_PARTS) + 1  # the fork server too

    process.kill()
    process.wait(5)

    until = time.monotonic() + 8
    while (left := [pid for pid in below if alive(pid)]) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == []


@pytest.mark.prefect
def test_the_public_site_knows_its_folder_and_its_inbox_and_nothing_of_the_case_store(
    tmp_path: Path, loop: Loop
) -> None:
    async def look() -> tuple[dict[str, str], dict[str, str]]:
        async with Embedded(Settings(home=tmp_path), FREE_PORTS, (PUBLIC, WORKBENCH)) as tree:
            await tree.ready(seconds=START_SECONDS)
            return environment_of(tree, PUBLIC), environment_of(tree, WORKBENCH)

    public, workbench = loop.run(look())
    assert {name for name in public if name.startswith(("WOO_", "PREFECT_"))} == {
        "WOO_PUBLIC_STORE",
        "WOO_INBOX",
        "WOO_PUBLIC_URL",
    }
    assert "WOO_DATABASE_URL" in workbench


@pytest.mark.prefect
@pytest.mark.slow
def test_prefect_that_lost_its_database_gets_the_whole_picture_anew(tmp_path: Path, loop: Loop, folder: Path) -> None:
    trees = start_tree(Settings(home=tmp_path / "home", lease_seconds=8), loop)
    tree: Tree = next(trees)
    case_id = tree.new_case(folder)
    tree.wait(lambda: tree.phase(case_id) == Phase.REVIEW)
    tree.wait(lambda: "fase:Beoordelen" in tree.case_run(case_id).tags)
    before = tree.case_run(case_id)

    prefect = tree.embedded.children[PREFECT].process
    assert prefect is not None
    prefect.kill()
    prefect.wait()
    for file in (tree.embedded.settings.home / "prefect").glob("prefect.db*"):
        file.unlink()
    second = tree.new_case(folder)  # work goes on while Prefect is away

    after = tree.wait(lambda: run if (run := tree.case_run(case_id)).id != before.id else None, 120)
    assert after and (after.name, after.state_name, set(after.tags)) == (
        before.name,
        before.state_name,
        set(before.tags),
    )
    tree.wait(lambda: tree.phase(second) == Phase.REVIEW, 120)
    next(trees, None)


def test_prefect_sends_nothing_home_and_keeps_its_events_for_a_year(tmp_path: Path) -> None:
    settings = prefect_environment(tmp_path, 4200)

    assert settings["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert settings["DO_NOT_TRACK"] == "1"
    assert settings["PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT"] == "false"
    assert settings["PREFECT_SERVER_EVENTS_RETENTION_PERIOD"] == "P400D"
    assert settings["PREFECT_HOME"].startswith(str(tmp_path))


def test_our_own_parts_start_with_exactly_the_settings_of_the_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = Embedded(Settings(home=tmp_path, batch_size=7), FREE_PORTS, (WORKBENCH,))
    for name in [n for n in os.environ if n.startswith("WOO_")]:
        monkeypatch.delenv(name)
    for name, value in tree.environment().items():
        if name.startswith("WOO_"):
            monkeypatch.setenv(name, value)

    assert load_settings() == tree.settings
    assert tree.settings.workbench_url == tree.addresses["Werkbank"]


@pytest.mark.parametrize(
    ("said", "parts", "expected"),
    [
        ("", (PREFECT,), "its own"),
        ("https://prefect.example/", (PREFECT,), "https://prefect.example"),
        ("", (WORKBENCH,), ""),
    ],
)
def test_the_workbench_links_to_prefect_where_it_runs_or_where_the_settings_say(
    tmp_path: Path, said: str, parts: tuple[str, ...], expected: str
) -> None:
    tree = Embedded(Settings(home=tmp_path, prefect_ui_url=said), FREE_PORTS, parts)

    assert tree.settings.prefect_ui_url == (tree.prefect_url if expected == "its own" else expected)


def test_a_taken_port_is_refused_in_dutch_or_avoided() -> None:
    with listen(0) as other:
        taken = other.getsockname()[1]
        with pytest.raises(Unavailable, match=f"Poort {taken} is al in gebruik"):
            listen(taken)
        assert free_where_taken(Ports(taken, 0, taken)) == Ports(0, 0, 0)


def test_a_part_that_does_not_start_is_named_with_its_log(tmp_path: Path, loop: Loop) -> None:
    async def look() -> None:
        async with Embedded(Settings(home=tmp_path), FREE_PORTS, (RUNNER,)) as tree:
            await tree.ready(seconds=0.5)

    with pytest.raises(Unavailable, match=r"uitvoerder start niet op\. Kijk in .*uitvoerder\.log"):
        loop.run(look())
