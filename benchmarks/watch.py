"""What the deadline watch of 07:00 costs with 10,000 open cases, and how many requests Prefect gets for it.

Usage: python -m benchmarks.watch [cases, 10000 when left out] [address of an empty PostgreSQL database]. Real Prefect
on SQLite beside it; the case store on SQLite and, where an address is given, on PostgreSQL. Bar: 60 s for the watch.

Three mornings: the first ever (every case is new to Prefect), the next one (only a day passed), and one after a quiet
night (nothing changed). The pictures of the first morning are not delivered: that is the dispatcher's work, measured
on its own over the cases that changed in one night.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from prefect.client.orchestration import PrefectClient
from prefect.settings import PREFECT_API_URL, PREFECT_SERVER_ALLOW_EPHEMERAL_MODE, temporary_settings
from sqlalchemy import func, insert, select, update

from benchmarks.board import fill
from flows import watch_deadlines
from flows.dispatch import deliver_waiting
from flows.embedded import FREE_PORTS, PREFECT, Embedded
from models import AuditEvent, Case, OutboxMessage
from woo.clock import FixedClock
from woo.services import outbox, projection
from woo.services.work import Database
from woo.settings import Settings

BAR = 60.0
LINES_A_CASE = 20


def main() -> int:
    """Print the table; 1 where a morning takes longer than the bar."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    addresses = ["", *sys.argv[2:3]]
    title = f"{count} open cases, {LINES_A_CASE} lines each in the log"
    print(f"{title:48}{'wall':>8}{'CPU':>8}{'requests':>10}  messages")
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as folder:
        stores = [
            Settings(home=Path(folder) / str(number), **({"database_url": address} if address else {}))
            for number, address in enumerate(addresses)
        ]
        worst = asyncio.run(measure(Settings(home=Path(folder) / "prefect"), stores, count))
    return 1 if worst > BAR else 0


async def measure(prefect: Settings, stores: Sequence[Settings], count: int) -> float:
    """Print the lines of each case store, all with one Prefect; returns the seconds of the slowest morning."""
    async with Embedded(prefect, FREE_PORTS, (PREFECT,)) as tree:
        await tree.ready()
        quiet = {PREFECT_API_URL: f"{tree.prefect_url}/api", PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: False}
        with temporary_settings(quiet):
            return max([await mornings(store, count, tree.prefect_url) for store in stores])


async def mornings(settings: Settings, count: int, prefect_url: str) -> float:
    """Print the lines of one kind of case store; returns the seconds of the slowest morning."""
    database = Database(settings)
    database.migrate()
    fill(database, count)
    fill_log(database)
    today = database.clock.now()
    later = Database(settings, FixedClock(today + timedelta(days=1)))
    name = database.engine.dialect.name
    spent = [await asyncio.to_thread(morning, f"{name}: first morning ever", settings, today)]
    everything_arrived(database)
    spent.append(await asyncio.to_thread(morning, f"{name}: the next morning", settings, later.clock.now()))
    await deliver_some(f"{name}: the dispatcher, one round", later, prefect_url)
    everything_arrived(later)
    spent.append(await asyncio.to_thread(morning, f"{name}: nothing new", settings, later.clock.now()))
    database.engine.dispose()
    later.engine.dispose()
    return max(spent)


def morning(name: str, settings: Settings, moment: datetime) -> float:
    """One run in a process that remembers no sums, as each run of the flow is; seconds on the clock."""
    database = Database(settings, FixedClock(moment))
    with database.reading() as work:
        last = work.session.scalar(select(func.max(OutboxMessage.id))) or 0
    with measured(name, lambda: left_after(database, last)) as spent:
        seen = watch_deadlines.look(database)
        watch_deadlines.post_lists(database, seen)
        watch_deadlines.announce(database, seen)
    database.engine.dispose()
    return spent[0]


async def deliver_some(name: str, database: Database, prefect_url: str) -> None:
    """One round of the dispatcher. Prefect does not know the runs of these pictures, so each is drawn anew."""
    async with PrefectClient(f"{prefect_url}/api") as client:
        await client.api_healthcheck()
        delivered: list[int] = []
        with measured(name, lambda: f"{sum(delivered)} messages delivered"):
            done = await deliver_waiting(client, database)
            delivered.append(done.delivered)
    assert done.failed == 0


def everything_arrived(database: Database) -> None:
    """As if the dispatcher had delivered all: each picture is shown as it should be, and no message waits."""
    with database.work() as work:
        for picture in projection.pictures(work):
            run_id = picture.run_id or uuid.uuid4()
            projection.remember_run(work, picture.view.case_id, run_id, picture.view.sha256)
        work.session.execute(update(OutboxMessage).values(delivered_at=work.clock.now()))


def left_after(database: Database, last: int) -> str:
    """How many messages a morning left, by kind."""
    query = select(OutboxMessage.kind, func.count()).where(OutboxMessage.id > last).group_by(OutboxMessage.kind)
    with database.reading() as work:
        counts = dict(work.session.execute(query).tuples().all())
    return f"{counts.get(outbox.SHOW_CASE, 0)} pictures, {counts.get(outbox.EMIT_EVENT, 0)} events"


@contextmanager
def measured(name: str, remark: Callable[[], str]) -> Iterator[list[float]]:
    """Print what happens inside: seconds on the clock and of this process, and the requests it sent."""
    requests = [0]
    send, send_async = httpx.Client.send, httpx.AsyncClient.send

    def count(original: Any) -> Any:
        def counted(*args: Any, **kwargs: Any) -> Any:
            requests[0] += 1
            return original(*args, **kwargs)

        return counted

    spent: list[float] = []
    httpx.Client.send, httpx.AsyncClient.send = count(send), count(send_async)  # type: ignore[method-assign]
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        yield spent
    finally:
        spent.append(time.perf_counter() - wall)
        cpu = time.process_time() - cpu
        httpx.Client.send, httpx.AsyncClient.send = send, send_async  # type: ignore[method-assign]
    print(f"{name:48}{spent[0]:7.1f}s{cpu:7.1f}s{requests[0]:10}  {remark()}", flush=True)


def fill_log(database: Database) -> None:
    """Lines in the log of every case, over the time since it was registered."""
    dice = random.Random(5)
    with database.work() as work:
        first = (work.session.scalar(select(func.max(AuditEvent.seq))) or 0) + 1
        now = work.clock.now()
        cases = work.session.execute(select(Case.id, Case.created_at)).all()
        moments = sorted(
            (created + (now - created) * dice.random(), case_id)
            for case_id, created in cases
            for _ in range(LINES_A_CASE)
        )
        rows = [
            {
                "seq": first + number,
                "at": at,
                "origin": "bench",
                "action": "page_seen",
                "case_id": case_id,
                "object_type": "page",
                "object_id": "",
                "result": "ok",
                "data": {},
                "previous_hash": "",
                "hash": "",
            }
            for number, (at, case_id) in enumerate(moments)
        ]
        for start in range(0, len(rows), 5000):
            work.session.execute(insert(AuditEvent), rows[start : start + 5000])


if __name__ == "__main__":
    sys.exit(main())
