"""The whole product as one process tree: `python -m flows.embedded` (`woo serve`), or `async with Embedded(...)`.

Four children (workbench, public page, Prefect, runner), each in its own session, started side by side and started again
when they fall. Everything lives in WOO_HOME. The public page gets an environment without the case store.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
from pydantic import SecretStr

from flows.processes import Child, free_port, listen
from flows.runner_ready import READY_VARIABLE, ReadyPipe
from woo.errors import Unavailable, WooError
from woo.services.work import Database
from woo.settings import Settings, load_settings

HOST = "127.0.0.1"
WORKBENCH, PUBLIC, PREFECT, RUNNER = "werkbank", "publiek", "prefect", "uitvoerder"
ALL_PARTS = (WORKBENCH, PREFECT, PUBLIC, RUNNER)
_STOP_SECONDS = 8.0
_START_SECONDS = 90.0
_STEADY_SECONDS = 30.0
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV")


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the three addresses are; 0 is any free port."""

    workbench: int = 8080
    public: int = 8081
    prefect: int = 4200


FREE_PORTS = Ports(0, 0, 0)


def free_where_taken(wanted: Ports) -> Ports:
    """The wanted ports, with any free one instead of a port that another program has."""
    return Ports(*(0 if _taken(port) else port for port in (wanted.workbench, wanted.public, wanted.prefect)))


def _taken(port: int) -> bool:
    try:
        listen(port, HOST).close()
    except Unavailable:
        return True
    return False


def prefect_environment(home: Path, port: int) -> dict[str, str]:
    """Prefect's settings in the embedded tree (architecture, section 4): own home, no telemetry, quick polling."""
    return {
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_API_URL": f"http://{HOST}:{port}/api",
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P400D",
        "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_LEVEL": "INFO",
    }


class Embedded:
    """The process tree of one WOO_HOME. Start it, use its addresses, stop it; leaving the `async with` stops it too."""

    def __init__(self, settings: Settings, ports: Ports = Ports(), parts: Collection[str] = ALL_PARTS) -> None:
        self.parts = parts
        self._logs = settings.home / "logs"
        self._sockets = {
            WORKBENCH: listen(ports.workbench) if WORKBENCH in parts else None,
            PUBLIC: listen(ports.public) if PUBLIC in parts else None,
        }
        self.prefect_port = free_port(ports.prefect) if PREFECT in parts else ports.prefect
        self.prefect_url = f"http://{HOST}:{self.prefect_port}"
        updates = {"workbench_url": self._address(WORKBENCH), "public_url": self._address(PUBLIC)}
        if PREFECT in parts and not settings.prefect_ui_url:
            updates["prefect_ui_url"] = self.prefect_url
        self.settings = settings.model_copy(update={key: value for key, value in updates.items() if value})
        self.prefect_settings = prefect_environment(settings.home, self.prefect_port)
        self.children: dict[str, Child] = {}
        self._watcher: asyncio.Task[None] | None = None
        self._ready: ReadyPipe | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Bring the tables up to date and start every part; returns at once, `ready` waits."""
        for folder in (self.settings.home, self.settings.internal_root, self.settings.inbox_root):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.settings.public_root.mkdir(parents=True, exist_ok=True)
        if PREFECT in self.parts:  # the slowest, and it needs no tables of ours
            self._start(PREFECT)
        await asyncio.to_thread(Database(self.settings).migrate)
        for name in (WORKBENCH, RUNNER, PUBLIC):
            if name in self.parts:
                self._start(name)
        self._watcher = asyncio.create_task(self._watch())

    async def ready(self, *names: str, seconds: float = _START_SECONDS) -> None:
        """Wait until these parts (all, where none is named) answer; Unavailable, naming the log, where one does not."""
        until = time.monotonic() + seconds
        async with httpx.AsyncClient(timeout=2) as client:
            for name in names or self.parts:
                while not await self._answers(client, name):
                    if time.monotonic() > until:
                        raise Unavailable(f"{name} start niet op. Kijk in {self._logs / f'{name}.log'}.")
                    await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """Stop every part in good order within ten seconds; what does not listen is killed."""
        if self._watcher is not None:
            self._watcher.cancel()
            with suppress(asyncio.CancelledError):
                await self._watcher
        until = time.monotonic() + _STOP_SECONDS
        # The runner first: its flow runs tell Prefect and the case store how they ended.
        for group in ((RUNNER, WORKBENCH, PUBLIC), (PREFECT,)):
            children = [self.children[name] for name in group if name in self.children]
            for child in children:
                child.ask_to_stop()
            bound = until if PREFECT in group else until - 2
            for child in children:
                await asyncio.to_thread(child.stop, bound)
        self.children.clear()
        for listener in self._sockets.values():
            if listener is not None:
                listener.close()

    def restart(self, name: str) -> None:
        """Start a part that fell; Prefect may have come back empty, so the runner starts with it."""
        for part in (PREFECT, RUNNER) if name == PREFECT else (name,):
            if child := self.children.pop(part, None):
                child.stop(time.monotonic() + 1 if child.alive else 0)
            if part in self.parts:
                self._start(part)

    @property
    def addresses(self) -> dict[str, str]:
        """Where people go, by the Dutch name of the place."""
        places = {"Werkbank": self._address(WORKBENCH), "Publieke site": self._address(PUBLIC)}
        places["Prefect"] = self.prefect_url if PREFECT in self.parts else ""
        return {name: address for name, address in places.items() if address}

    def _address(self, name: str) -> str:
        listener = self._sockets[name]
        return f"http://{HOST}:{listener.getsockname()[1]}" if listener else ""

    def _start(self, name: str) -> None:
        self.children[name] = child = self._child(name)
        child.start()
        if name == RUNNER and self._ready is not None:
            self._ready.started()

    def _child(self, name: str) -> Child:
        if name == PREFECT:
            return Child(name, "flows.prefect_server", {**_passed_on(), **self.prefect_settings}, self._logs)
        if name == RUNNER:
            self._ready = ReadyPipe()
            environment = self.environment() | {READY_VARIABLE: str(self._ready.writer)}
            return Child(name, "flows.runner", environment, self._logs, pass_fds=(self._ready.writer,))
        listener = self._sockets[name]
        assert listener is not None  # noqa: S101 - only parts that were chosen are started
        site = "workbench" if name == WORKBENCH else "public"
        environment = self.environment() if name == WORKBENCH else self._public_environment()
        fd = listener.fileno()
        return Child(name, "flows.site", environment, self._logs, (site, str(fd)), (fd,))

    def environment(self) -> dict[str, str]:
        """The environment of our own parts: `WOO_*` as the settings say, and where Prefect is."""
        chosen = self.settings.model_dump(exclude_none=True)
        return {
            **_passed_on(),
            **self.prefect_settings,
            **{f"WOO_{key.upper()}": _plain(value) for key, value in chosen.items()},
        }

    def _public_environment(self) -> dict[str, str]:
        return {
            **_passed_on(),
            "WOO_PUBLIC_STORE": str(self.settings.public_root),
            "WOO_INBOX": str(self.settings.inbox_root),
            "WOO_PUBLIC_URL": self.settings.public_url,
        }

    async def _answers(self, client: httpx.AsyncClient, name: str) -> bool:
        if name == RUNNER:
            return self._ready is not None and self._ready.said
        address = f"{self.prefect_url}/api/health" if name == PREFECT else self._address(name)
        try:
            return (await client.get(address)).status_code < httpx.codes.INTERNAL_SERVER_ERROR
        except httpx.HTTPError:
            return False

    async def _watch(self) -> None:
        """Start again what fell, each time after a longer wait while it keeps falling."""
        falls: dict[str, int] = {}
        while True:
            await asyncio.sleep(0.5)
            for name in [n for n, child in self.children.items() if not child.alive]:
                steady = time.monotonic() - self.children[name].started_at > _STEADY_SECONDS
                falls[name] = 1 if steady else falls.get(name, 0) + 1
                print(f"{name} is gestopt en start opnieuw; zie {self._logs / f'{name}.log'}", file=sys.stderr)  # noqa: T201
                await asyncio.sleep(min(30, 2 ** falls[name] / 2))
                self.restart(name)


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _passed_on() -> Mapping[str, str]:
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


async def main() -> None:
    """Run the tree until SIGINT or SIGTERM."""
    options = argparse.ArgumentParser(prog="woo serve", description="Start alles op deze machine. Poort 0: kies zelf.")
    for name, default in asdict(Ports()).items():
        options.add_argument(f"--{name}-port", dest=name, type=int, default=default)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Embedded(load_settings(), Ports(**vars(options.parse_args()))) as tree:
        waiting = asyncio.create_task(tree.ready())
        await asyncio.wait({waiting, stopped := asyncio.create_task(stop.wait())}, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            waiting.result()
            for name, address in tree.addresses.items():
                print(f"{name}: {address}", file=sys.stderr, flush=True)  # noqa: T201
        waiting.cancel()
        await stopped


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except WooError as error:
        print(error, file=sys.stderr)  # noqa: T201
        sys.exit(error.exit_code)
