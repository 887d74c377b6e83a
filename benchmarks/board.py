"""How fast the overview of cases is with 10,000 open cases: first answer of a cold process, and later ones.

Usage: python -m benchmarks.board [cases, 10000 when left out] [database address]. Without an address SQLite in a
temporary folder; an empty PostgreSQL database may be named (its tables are made). Bar: 300 ms for a warm answer.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from starlette.testclient import TestClient

from models import AuditEvent, AuditHead, Case, CaseEvent, Document, Request, Requester, SourceFile, ToDo
from tests.support.people import PASSWORD, make_people
from tests.web.browser import Browser
from woo.law.lifecycle import DECIDED_PHASES, Event, Phase
from woo.services import board, legal_facts, projection, users
from woo.services.work import SYSTEM, Database, Work
from woo.settings import Settings
from woo.web.workbench import create_app

BAR = 300.0
OPEN = [phase for phase in Phase if phase not in DECIDED_PHASES]
DIRECTORATES = ("DGRR", "DGSenB", "DGPenV", "DGM", "DGOBDenPR", "PG", "SG", "")
Row = dict[str, Any]
Spent = tuple[float, float]


def main() -> int:
    """Print the table; 1 where a warm answer misses the bar."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as folder:
        settings = Settings(home=Path(folder), **({"database_url": sys.argv[2]} if len(sys.argv) > 2 else {}))
        database = Database(settings)
        database.migrate()
        make_people(database)
        fill(database, count)
        worst = measure(database, count)
        database.engine.dispose()
    return 1 if worst > BAR else 0


def measure(database: Database, count: int) -> float:
    """Print milliseconds per answer; returns the slowest median of the warm screens."""
    app = create_app(database)
    with TestClient(app, follow_redirects=False) as client:
        browser = Browser(client).sign_in("coordinator", PASSWORD)
        print(
            f"{database.engine.dialect.name}, {count} open cases{'':12}{'first':>9}{'median':>9}{'worst':>9}"
            f"{'CPU':>9}{'CPU first':>12}"
        )
        screens = ["/zaken", "/zaken?bladzijde=50", "/zaken?directie=DGRR&fase=review", "/termijnen"]
        medians = [shown(path, lambda path=path: browser.get(path).raise_for_status()) for path in screens]
        for path in ("/zaken", "/termijnen"):
            medians.append(told(f"{path} after a new fact", lambda path=path: after_a_fact(database, browser, path)))
        shown("/cijfers (no bar)", lambda: browser.get("/cijfers").raise_for_status())
        shown("services: board.rows", lambda: read(database, board.rows))
        shown("services: projection.pictures", lambda: read(database, projection.pictures))
    app.state.house.images.close()
    return max(medians)


def after_a_fact(database: Database, browser: Browser, path: str) -> Spent:
    """What the first look after a change takes; the change itself is not counted."""
    with database.work(SYSTEM) as work:
        case = work.session.scalars(select(Case).offset(random.Random().randrange(100)).limit(1)).one()
        today = work.clock.today()
        told = {"medegedeeld": today.isoformat()}
        legal_facts.record_fact(work, case, "mededeling_te_laat", today, told, note=uuid.uuid4().hex)
    return timed(lambda: browser.get(path).raise_for_status())


def timed(ask: Callable[[], object]) -> Spent:
    """Milliseconds on the clock and of the processor: on a busy machine only the second says what the work costs."""
    wall, processor = time.perf_counter(), time.process_time()
    ask()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - processor)


def shown(name: str, ask: Callable[[], object], times: int = 9) -> float:
    """Ask some times; print and return milliseconds (the first answer apart: it fills what is remembered)."""
    return told(name, lambda: timed(ask), times)


def told(name: str, measure_once: Callable[[], Spent], times: int = 9) -> float:
    """Measure some times; print, and return the median on the clock."""
    (first, first_processor), *rest = [measure_once() for _ in range(times)]
    wall, processor = zip(*rest, strict=True)
    median = statistics.median(wall)
    print(
        f"{name:40}{first:7.0f}ms{median:7.0f}ms{max(wall):7.0f}ms{statistics.median(processor):7.0f}ms"
        f"{first_processor:10.0f}ms",
        flush=True,
    )
    return median


def read(database: Database, function: Callable[[Any], object]) -> object:
    """One reading unit of work."""
    with database.reading() as work:
        return function(work)


def fill(database: Database, count: int) -> None:
    """Cases with histories of one to five facts, documents and to-dos, written straight into the tables."""
    started, dice = time.perf_counter(), random.Random(4)
    with database.work(SYSTEM) as work:
        jurists = [users.create_user(work, f"j{n}", f"Jurist {n}", ["jurist"], PASSWORD).id for n in range(8)]
        tables: dict[Any, list[Row]] = {
            m: [] for m in (Requester, Case, Request, CaseEvent, SourceFile, Document, ToDo)
        }
        for number in range(count):
            add_case(tables, dice, number, database, jurists)
        for model, rows in tables.items():
            for start in range(0, len(rows), 2000):
                work.session.execute(insert(model), rows[start : start + 2000])
        add_log(work, dice, jurists, [row["id"] for row in tables[Document]])
    print(f"filled in {time.perf_counter() - started:.1f} s", file=sys.stderr)


def add_log(work: Work, dice: random.Random, jurists: list[uuid.UUID], documents: list[uuid.UUID]) -> None:
    """What a year leaves in the log that pace is measured from: judgements of every jurist, and finished cases."""
    head = work.session.get_one(AuditHead, 1)
    now, rows = work.clock.now(), []

    def line(action: str, days: int, key: uuid.UUID, who: uuid.UUID | None, **data: object) -> None:
        rows.append(
            {
                "seq": head.seq + len(rows) + 1,
                "at": now - timedelta(days=days),
                "actor_id": who,
                "origin": "bench",
                "action": action,
                "case_id": None,
                "object_type": "document",
                "object_id": str(key),
                "result": "ok",
                "data": data,
                "previous_hash": "0" * 64,
                "hash": "0" * 64,
            }
        )

    for place, document in enumerate(documents):
        line("document_judged", 200 - 200 * place // len(documents), document, dice.choice(jurists))
    cases = work.session.scalars(select(Case.id).limit(1000)).all()
    for days, event, source, target in (
        (30, Event.REVIEW_FINISHED, Phase.REVIEW, Phase.REDACTING),
        (20, Event.REDACTION_PROVEN, Phase.REDACTING, Phase.APPROVAL),
        (12, Event.APPROVED, Phase.APPROVAL, Phase.BESLUIT),
        (5, Event.BESLUIT_TAKEN, Phase.BESLUIT, Phase.PUBLICATION),
    ):
        for case_id in cases:
            line(event, days, case_id, None, source=source, target=target)
            rows[-1]["case_id"] = case_id
    for start in range(0, len(rows), 2000):
        work.session.execute(insert(AuditEvent), rows[start : start + 2000])
    head.seq += len(rows)


def add_case(
    tables: dict[Any, list[Row]], dice: random.Random, number: int, database: Database, jurists: list[uuid.UUID]
) -> None:
    """The rows of one open case, received at most a year ago."""
    today, now = database.clock.today(), database.clock.now()
    age = dice.randrange(1, 365)
    received, since = today - timedelta(days=age), now - timedelta(days=dice.randrange(age))
    case_id, requester_id = uuid.UUID(int=dice.getrandbits(128)), uuid.UUID(int=dice.getrandbits(128))
    tables[Requester].append({"id": requester_id, "name": "Verzoeker", "version": 1})
    tables[Case].append(
        {
            "id": case_id,
            "number": f"{received.year}-{number:05d}",
            "title": f"proef met meldpunt {number}",
            "summary": "",
            "directorate": dice.choice(DIRECTORATES),
            "phase": dice.choice(OPEN),
            "phase_since": since,
            "urgent": number % 97 == 0,
            "search_description": "",
            "assigned_to_id": dice.choice([None, *jurists]),
            "created_at": now - timedelta(days=age),
            "version": 1,
        }
    )
    tables[Request].append(
        {
            "id": uuid.UUID(int=dice.getrandbits(128)),
            "case_id": case_id,
            "requester_id": requester_id,
            "channel": "email",
            "received_at": now - timedelta(days=age),
            "subject": "proef",
            "text": "Graag alle documenten.",
        }
    )
    for kind, happened, data in history(dice, received, today):
        tables[CaseEvent].append(
            {
                "id": uuid.UUID(int=dice.getrandbits(128)),
                "case_id": case_id,
                "kind": kind,
                "happened_on": happened,
                "data": data,
                "note": "",
                "recorded_at": datetime.combine(happened, now.timetz()),
            }
        )
    for n in range(dice.randrange(4)):
        add_document(tables, dice, case_id, n, now)


def add_document(tables: dict[Any, list[Row]], dice: random.Random, case_id: uuid.UUID, n: int, now: datetime) -> None:
    """A document of a case, and for some a to-do about it."""
    source, document = uuid.UUID(int=dice.getrandbits(128)), uuid.UUID(int=dice.getrandbits(128))
    tables[SourceFile].append(
        {
            "id": source,
            "case_id": case_id,
            "delivery": "bench",
            "path": f"{n}.pdf",
            "sha256": "0" * 64,
            "size": 1,
            "outcome": "document",
            "added_at": now,
        }
    )
    tables[Document].append(
        {
            "id": document,
            "case_id": case_id,
            "source_file_id": source,
            "number": n + 1,
            "title": "Brief",
            "kind": "pdf",
            "date_source": "",
            "notes": [],
            "pdf_sha256": "0" * 64,
            "page_count": 3,
            "judgement_grounds": [],
            "judgement_reason": "",
            "aged_reason": "",
            "intern_beraad": False,
            "environmental": False,
            "emissions": False,
            "version": 1,
        }
    )
    if dice.random() < 0.1:
        tables[ToDo].append(
            {
                "id": uuid.UUID(int=dice.getrandbits(128)),
                "case_id": case_id,
                "document_id": document,
                "reason": "broken",
                "message": "Beschadigd.",
                "created_at": now,
                "version": 1,
            }
        )


def history(dice: random.Random, received: date, today: date) -> list[tuple[str, date, Row]]:
    """The facts of one case: the receipt, and by chance verdaging, zienswijze (some still running) and precisering."""

    def day(after: int) -> date:
        return min(today, received + timedelta(days=after))

    facts: list[tuple[str, date, Row]] = [("received", received, {})]
    if dice.random() < 0.5:
        told = day(dice.randrange(15, 28))
        facts.append(("verdaging", told, {"medegedeeld": told.isoformat(), "dagen": 14}))
    if dice.random() < 0.3:
        asked, answered = day(dice.randrange(5, 25)), None if dice.random() < 0.3 else day(dice.randrange(26, 60))
        data = {"mededeling_verzoeker": asked.isoformat()} | ({"einde": answered.isoformat()} if answered else {})
        facts.append(("zienswijze", asked, data))
    if dice.random() < 0.2:
        asked = day(dice.randrange(1, 14))
        facts.append(
            (
                "precisering",
                asked,
                {
                    "uitnodiging": asked.isoformat(),
                    "antwoordtermijn": (asked + timedelta(days=14)).isoformat(),
                    "gepreciseerd": max(asked, day(20)).isoformat(),
                },
            )
        )
    return facts


if __name__ == "__main__":
    sys.exit(main())
