"""The sample request on the embedded default: `python -m flows.demo`, up to the jurist's gate and then for people.

With `--scripted --out DIR` the people are a script and the request goes all the way to publication.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from prefect.client.orchestration import PrefectClient

from flows import demo_decisions as decisions
from flows.demo_people import Cast, cast
from flows.demo_report import check_target, write_result
from flows.embedded import FREE_PORTS, PREFECT, RUNNER, WORKBENCH, Embedded, Ports, free_where_taken
from models import Case
from woo import sample
from woo.errors import InputRejected, NotAllowed, Unavailable, WooError
from woo.law.lifecycle import PHASE_LABELS, Event, Phase
from woo.services import cases, intake, publications, screens, sources
from woo.services.work import Actor, Database, Work
from woo.settings import Settings, load_settings

T = TypeVar("T")
_DEFAULT_HOME = Path("var") / "demo"
_PATIENCE = 600.0


class Demo:
    """One sample case in one running tree, and the people around it."""

    def __init__(self, tree: Embedded, people: Cast, database: Database, say: Callable[[str], None]) -> None:
        self.tree, self.people, self.database, self.say = tree, people, database, say
        self.case_id = uuid.UUID(int=0)
        self.seconds: dict[str, float] = {}

    async def receive(self) -> None:
        """Leave the request in the inbox, let the intake flow register it, and take it in hand."""
        inbox = self.database.settings.inbox_root
        shutil.copy(sample.request_eml(), inbox / "verzoek.eml")
        await self._timed("intake", self._run_flow("Intake/intake"))
        with self.database.work() as work:  # the same message twice is one case, so this finds the one of the flow
            case = intake.take_in(work, sample.request_eml().read_bytes(), "verzoek.eml")
            self.case_id = case.id
        self.say(f"Zaak {case.number} is geregistreerd: {self.tree.settings.workbench_url}/zaken/{case.number}")
        if case.phase == Phase.INTAKE:
            self._act(self.people.coordinator, lambda work, case: cases.move(work, case, Event.REQUEST_ACCEPTED))

    async def prepare(self) -> None:
        """Deliver the source files; the flows gather and suggest up to the jurist's gate."""
        if self._read(_waits_for_sources):
            files = self._act(self.people.specialist, lambda work, case: sources.deliver(work, case, sample.sources()))
            self.say(f"{files} bestanden zijn aangeleverd.")
        await self._timed("verzamelen", self._until(lambda work, case: case.phase != Phase.GATHERING))
        await self._timed("voorstellen", self._until(lambda work, case: case.phase != Phase.SUGGESTING))

    async def decide(self) -> None:
        """The scripted people, each at their own gate, and the flows between them."""
        people = self.people
        await self._timed("beoordelen", asyncio.to_thread(self._review))
        await self._timed("lakken", self._until(lambda work, case: case.phase != Phase.REDACTING))
        self._must_be(Phase.APPROVAL)
        self._act(people.jurist, decisions.describe_and_consider)
        self._act(people.second_jurist, decisions.approve)
        await self._timed("besluit", self._until(_besluit_drafted))
        self._act(people.jurist, decisions.take_besluit)
        self._act(people.communication, publications.order)
        await self._timed("publiceren", self._until(lambda work, case: case.phase != Phase.PUBLISHING))
        self._must_be(Phase.PUBLISHED)
        await self._timed("termijnbewaking", self._run_flow("Termijnbewaking/termijnbewaking"))

    def write_result(self, out: Path) -> None:
        """Leave the published files and the report in `out`."""
        with self.database.reading() as work:
            write_result(work, work.session.get_one(Case, self.case_id), self.seconds, out)

    def _review(self) -> None:
        self._act(self.people.jurist, decisions.close_todos)
        self._act(self.people.jurist, decisions.review)
        self._act(self.people.jurist, lambda work, case: cases.move(work, case, Event.REVIEW_FINISHED))

    def _act(self, actor: Actor, verb: Callable[[Work, Case], T]) -> T:
        with self.database.work(actor) as work:
            return verb(work, work.session.get_one(Case, self.case_id))

    def _read(self, question: Callable[[Work, Case], T]) -> T:
        with self.database.reading() as work:
            return question(work, work.session.get_one(Case, self.case_id))

    def _must_be(self, phase: Phase) -> None:
        found = Phase(self._read(lambda work, case: case.phase))
        if found is not phase:
            raise NotAllowed(
                f"De zaak staat in de fase {PHASE_LABELS[found]} en niet in {PHASE_LABELS[phase]}. "
                "Er is geen resultaat gemaakt. Kijk in de werkbank wat er mist."
            )

    async def _timed(self, name: str, work: Awaitable[object]) -> None:
        start = time.monotonic()
        await work
        self.seconds[name] = time.monotonic() - start
        self.say(f"{name.capitalize()}: klaar in {self.seconds[name]:.1f} s.")

    async def _until(self, happened: Callable[[Work, Case], bool]) -> None:
        """Wait for the flows; the case's trouble, and a wait without end, become one Dutch line."""
        until = time.monotonic() + _PATIENCE
        while not self._read(happened):
            if trouble := self._read(lambda work, case: case.trouble):
                raise Unavailable(trouble)
            if time.monotonic() > until:
                raise Unavailable("De stromen zijn niet op tijd klaar. Kijk in de logboeken in WOO_HOME.")
            await asyncio.sleep(0.2)

    async def _run_flow(self, name: str) -> None:
        """Start a deployment now and wait for its good end."""
        async with PrefectClient(f"{self.tree.prefect_url}/api") as client:
            deployment = await client.read_deployment_by_name(name)
            run = await client.create_flow_run_from_deployment(deployment.id)
            until = time.monotonic() + _PATIENCE
            while run.state is None or not run.state.is_final():
                if time.monotonic() > until:
                    break
                await asyncio.sleep(0.2)
                run = await client.read_flow_run(run.id)
        if run.state is None or not run.state.is_completed():
            raise Unavailable(f"De stroom {name} is niet goed geëindigd. Kijk in de logboeken in WOO_HOME.")


def _waits_for_sources(work: Work, case: Case) -> bool:
    return case.phase == Phase.GATHERING and not sources.report(work, case)


def _besluit_drafted(work: Work, case: Case) -> bool:
    besluit = screens.besluit(work, case)
    return besluit is not None and besluit.based_on_sha256 is not None


async def show(settings: Settings) -> None:
    """The demo for people: up to the jurist's gate, then until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Embedded(settings, free_where_taken(Ports())) as tree:
        database = Database(tree.settings)
        people = cast(database)
        preparing = asyncio.create_task(_prepare(tree, people, database))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({preparing, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if preparing.done():
            preparing.result()
        preparing.cancel()
        await stopped


async def _prepare(tree: Embedded, people: Cast, database: Database) -> None:
    await tree.ready(WORKBENCH)
    _say(
        "\n".join(
            ["", *(f"{name}: {url}" for name, url in tree.addresses.items()), "", "Inloggen:", *people.lines(), ""]
        )
    )
    await tree.ready()
    demo = Demo(tree, people, database, _say)
    await demo.receive()
    await demo.prepare()
    _say("De zaak wacht op de jurist. Stoppen: Ctrl+C. Alles blijft bewaard.")


async def run_script(out: Path) -> None:
    """The demo without people, in a home that is thrown away; fills `out` or fails whole."""
    check_target(out)
    with tempfile.TemporaryDirectory(prefix="woo-demo-") as home:
        settings = load_settings(home=Path(home))
        start = time.monotonic()
        async with Embedded(settings, FREE_PORTS, (PREFECT, RUNNER)) as tree:
            database = Database(tree.settings)
            demo = Demo(tree, cast(database), database, _say)
            await tree.ready()
            demo.seconds["opstarten"] = time.monotonic() - start
            await demo.receive()
            await demo.prepare()
            await demo.decide()
            demo.seconds["totaal"] = time.monotonic() - start
            demo.write_result(out)
            database.engine.dispose()
    _say(f"Klaar in {demo.seconds['totaal']:.0f} s. Het resultaat staat in {out}.")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def main() -> int:
    """Run the demo; the exit code is that of the error, which is told in one Dutch line."""
    options = argparse.ArgumentParser(prog="woo demo", description="Toont de hele keten op het voorbeeldverzoek.")
    options.add_argument("--scripted", action="store_true", help="van ontvangst tot publicatie zonder mens")
    options.add_argument("--out", type=Path, help="map voor het resultaat (met --scripted)")
    chosen = options.parse_args()
    try:
        if chosen.scripted:
            if chosen.out is None:
                raise InputRejected("Geef met --out een map voor het resultaat. Er is niets gestart.")
            asyncio.run(run_script(chosen.out.resolve()))
        else:
            asyncio.run(show(load_settings(**({} if "WOO_HOME" in os.environ else {"home": _DEFAULT_HOME}))))
    except WooError as error:
        _say(str(error))
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
